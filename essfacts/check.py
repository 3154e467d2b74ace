"""Find where a person's own text says otherwise than the release; silent where it may not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from essfacts import model
from essfacts.export import say_figure
from essfacts.fingerprint import match_text, read_words
from essfacts.language import LANGUAGES, Message, format_date, message
from essfacts.numbers import SPELLED, read, rounded
from essfacts.prose import find_hedge, read_dates
from essfacts.terms import one_slip, parts, row
from essfacts.text import fold
from essfacts.ways import PER_CENT, Query, met, spots

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from essfacts.fingerprint import Comparison, Fingerprint
    from essfacts.model import Claim, Computed, Dataset, Organisation, Person, Stat
    from essfacts.numbers import Quantity


class Finding(NamedTuple):
    """What a text says otherwise than the release, or a remark on it; `offset` is where."""

    offset: int
    kind: str
    severity: str
    said: str
    expected: Message
    claim: str


class Checked(NamedTuple):
    """What checking a text finds, and how much of each sort it recognised."""

    findings: list[Finding]
    recognised: Counter[str]


class Figure(NamedTuple):
    """A number in a sentence, with its hedge; what it counts stands from `begin` to `stop`."""

    number: Quantity
    hedge: str
    start: int
    begin: int
    stop: int


class Sentence(NamedTuple):
    """A sentence, or an item of a list; `places` says where each character of `plain` stands."""

    start: int
    end: int
    plain: str
    places: list[int]
    paragraph: int
    is_item: bool


# Sentences.

_UNREAD = re.compile(r"https?://\S+|\]\([^()\s]*\)|\S+@\S+\.\w+|<[^<>\n]{1,200}>")
_ITEM = r"[-*•–—·+#|>]|\d{1,2}[.)]\s"
_BORDER = re.compile(
    r"(?P<paragraph>\n[ \t>]*\n|\f)"
    rf"|(?P<item>\n(?=[ \t]*(?:{_ITEM})))"
    r"|(?<!\bM)(?<!\bMr)(?<!\bDr)(?<!\bMrs)(?<!\b[A-Z])[.!?…][»”\"')\]*_]*\s+(?=[«“\"(\[*_A-ZÀ-Ý\d])"
)


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    return " " if char.isspace() else "" if char in "*_`" else fold(char)


def sentences(text: str) -> Iterator[Sentence]:
    """Part a text into sentences; what stands in addresses is not read."""
    text = _UNREAD.sub(lambda found: " " * len(found[0]), text)
    text = PER_CENT.sub(lambda found: "%".ljust(len(found[0])), text)
    start, paragraph, is_item = 0, 0, bool(re.match(rf"\s*(?:{_ITEM})", text))
    borders = [*_BORDER.finditer(text), None]
    for border in borders:
        end = border.end() if border else len(text)
        plain, places = [" "], [start]
        for at in range(start, end):
            for char in _fold(text[at]):
                if char != " " or plain[-1] != " ":
                    plain.append(char)
                    places.append(at)
        if len(plain) > 1:
            yield Sentence(start, end, "".join(plain), [*places, end], paragraph, is_item)
        if border and border.lastgroup:
            paragraph += border.lastgroup == "paragraph"
            is_item = bool(re.match(rf"[ \t>]*(?:{_ITEM})", text[end : end + 20]))
        start = end


def language_of(text: str) -> str:
    """Tell whether a text is French or English, by its small words."""
    words = Counter(re.findall(r"[a-z]+", text.lower()))
    fr = sum(words[word] for word in "le la les des du et est une dans pour que sur au".split())
    en = sum(words[word] for word in "the of and is in to that for by with at are was".split())
    return "fr" if fr >= en else "en"


# What figures count.

# Where a figure is of another time, of another place, wished for, or a change: no claim's.
_ELSEWHERE = re.compile(
    r"\b(?:notre|nos|chez nous|our|ours|locally|regional\w*|departement\w*|europe\w*|mond\w+"
    r"|world\w*|objectif\w*|viser?|visent|vise|atteindre|atteindrai\w*|target\w*|aims?|reach\w*"
    r"|will|would|could|pourrai\w*|devrai\w*"
    r"|d'ici|si (?:l'|l[ae] |les )?\w+ \w+ai(?:t|ent)|if|hors|hypothes\w*|estim\w+ (?:a|at)"
    r"|doubl\w+|tripl\w+)\b"
)
_CHANGE = re.compile(
    r"(?:augment|progress|recul|baiss|diminu|hausse|croi|cru|chut|gagn|perd|grew|grow|fell|fall"
    r"|ris|rose|increas|decreas|declin|drop|gain|lost|lose|los)\w*(?: \w+)? (?:de|d'|by|of)"
    r"(?: pres de| plus de| environ| about| nearly)? *$|(?:entre|between|non|not|contre|against"
    r"|instead of|au lieu de|pas|versus) (?:les |des |the )?$|^ *[-+]$"
)
_PLACE = re.compile(
    r"\b(?:[Ee]n|[Dd]ans|[ÀàAa]|[Ii]n|[Aa]cross) (?:l[ae] |l['’]|les |the )?([A-ZÀ-Ý][\w-]+)"
)
_GOES_ON = re.compile(
    r"\b(?:elles?|ils?|celles?-ci|ceux-ci|y|en|dont|ce secteur|cette|ces|cet|leurs?|it|its|they"
    r"|their|these|this|which|who)\b"
)
_CLAUSE = re.compile(r"[;:!?]|,? (?:mais|alors que|tandis que|but|while|whereas|puis)\b|\. ")
_OBJECT = re.compile(r"\s*(?:d(?:e|u|es) |d'|of )")
_OF_NUMBER = re.compile(r"\s*(?:d(?:es|e ces) |of (?:the |these )?|sur (?:les |ces )?)")
_DIGIT = re.compile(r"\d")
_SHARE = {"part", "share"}
_POINT = re.compile(r"[ -]?(?:de |percentage )?points?\b")
# How far the thing counted may be; what is rounded honestly; a number that is no other's.
_FAR, _HONEST, _TELLING, _MOST = 48, 0.05, 100, 80


class Topic:
    """What a stat counts, as a text in a language may say it."""

    def __init__(self, stat: Stat | Computed, checker: Checker) -> None:
        dataset, side = checker.dataset, checker.language
        self.stat, self.id = stat, stat.id
        worth = dataset.worths[stat.id]
        self.value = rounded(dataset.values[stat.id] * worth)
        unit = dataset.named("unit", stat.unit)
        self.is_share = bool(unit.percent)
        self.is_fraction = self.is_share and unit.percent != 1
        self.query = Query(getattr(stat.counts, side), checker.counts, dataset.synonyms)
        terms = [forms[0] for _, forms in self.query.concepts]
        organisations = [
            dataset.named("organisations", id) for id in getattr(stat, "organisations", ())
        ]
        sources = [dataset.named("sources", id) for id in getattr(stat, "sources", ())]
        self.is_profile = any(source.type == "self-description" for source in sources)
        dates = [dataset.release.date, *(source.date_published for source in sources)]
        self.years = {date[:4] for date in dates if date}
        self.bodies = organisations if self.is_profile else []
        called = {
            term for body in self.bodies for name in checker.names(body) for term in row(name)
        }
        told = row(getattr(stat.text, side))
        said = {*told}
        # What counts it and is not in its text is a word between others: `among`.
        own = {concept for _, _, way in spots(told, self.query.ways) for concept in way.concepts}
        self.has_theme = checker.theme in said and not self.is_profile
        # A sign says that it is a share, and a text rarely says so again.
        implied = {*called, checker.theme, *(_SHARE if self.is_share else ())}
        self.needed = {at for at, term in enumerate(terms) if term not in implied}
        self.needed = self.needed & own or self.needed or {*range(len(terms))}
        named = {*row(unit.name.fr), *row(unit.name.en)} - _SHARE
        self.head = {at for at, term in enumerate(terms) if term in named} or self.needed
        self.needed |= self.head
        self.weights = {at: 1 / (1 + checker.frequency[terms[at]]) for at in self.needed}
        self.around = {term for term in said if checker.frequency[term] > 2 and term.isalpha()} - {
            terms[at] for at in self.needed
        }

    def is_met(self, found: set[int], *, loosely: bool) -> bool:
        """Tell whether the concepts that a text has are what the stat counts."""
        if self.needed <= found or (loosely and not self.is_share and self.head <= found):
            return True
        both = self.needed & found
        if len(self.needed) < 3 or len(both) < 2:
            return bool(loosely and self.is_share and self.is_profile and both)
        weight = sum(self.weights[at] for at in both) / sum(self.weights.values())
        return max(self.needed, key=self.weights.__getitem__) in both and weight >= 0.6


class Dated:
    """What a dated claim can be known by: who is named in it, and what has synonyms."""

    def __init__(self, claim: Claim, checker: Checker) -> None:
        self.id, self.date = claim.id, claim.date or ""
        text = getattr(claim.text, checker.language)
        self.query = Query(text, checker.counts, checker.dataset.synonyms)
        said = _spaced(fold(text))
        bodies = dict.fromkeys(
            body
            for body, name in checker.called
            if body.id in claim.organisations and f" {name} " in said
        )
        self.names = [[f" {fold(name)} " for name in checker.names(body)] for body in bodies]
        own = {term for names in self.names for name in names for term in row(name)}
        self.keys = {
            at
            for at, (_, forms) in enumerate(self.query.concepts)
            if forms and forms[0].isalpha() and forms[0] in checker.telling - own
        }

    def likeness(self, whole: tuple[str, ...], near: tuple[str, ...], spaced: str) -> float:
        """Tell how much of it a sentence has, or what stands near a date in it."""
        named = sum(any(name in spaced for name in names) for names in self.names)
        found = {*met(whole if self.names else near, self.query.ways)} & self.keys
        if not found or named < bool(self.names):
            return 0
        return (len(found) + named) / (len(self.keys) + len(self.names))


class Checker:
    """Checks the sentences, quotations, people and dates of one text."""

    def __init__(
        self, dataset: Dataset, fingerprint: Fingerprint, text: str, language: str | None = None
    ) -> None:
        self.dataset, self.release, self.text = dataset, fingerprint, text
        self.language = language or language_of(text)
        self.sentences = [*sentences(text)]
        self.findings: list[Finding] = []
        self.recognised: Counter[str] = Counter()

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(term for sentence in self.sentences for term in row(sentence.plain))

    @cached_property
    def frequency(self) -> Counter[str]:
        """In how many claims each term is; once more where a stat does not count what it says."""
        side = self.language
        found: Counter[str] = Counter()
        for claim in self.dataset.claims:
            found.update({*row(getattr(claim.text, side))})
        for stat in self.dataset.stats:
            found.update({*row(getattr(stat.text, side))} - {*row(getattr(stat.counts, side))})
        return found

    @cached_property
    def theme(self) -> str:
        """What the release is about: the term that most claims have, of those with synonyms."""
        known = {row(words) for alike in self.dataset.synonyms for words in alike.words}
        terms = [term for term in self.frequency if (term,) in known] or [*self.frequency]
        return max(terms, key=lambda term: (self.frequency[term], term))

    @cached_property
    def topics(self) -> list[Topic]:
        stats: list[Stat | Computed] = [*self.dataset.stats, *self.dataset.computed]
        return [Topic(stat, self) for stat in stats]

    def names(self, body: Organisation | Person) -> tuple[str, ...]:
        return (body.name, *body.aliases)

    def tell(
        self,
        kind: str,
        offset: int,
        said: str,
        claim: str,
        expected: Message,
        *,
        remark: bool = False,
    ) -> None:
        severity = "remark" if remark else "finding"
        said = " ".join(said.split())
        self.findings.append(Finding(offset, kind, severity, said, expected, claim))

    def check(self) -> Checked:
        self.figures()
        self.quotations()
        self.people()
        self.spellings()
        self.dates()
        return Checked(sorted(self.findings), self.recognised)

    # Figures.

    def figures(self) -> None:
        earlier: list[Sentence] = []
        for sentence in self.sentences:
            if earlier and earlier[-1].paragraph != sentence.paragraph and not sentence.is_item:
                earlier = []
            earlier.append(sentence)
            text = sentence.plain
            if not _DIGIT.search(text) and SPELLED.isdisjoint(re.findall(r"[a-z]+", text)):
                continue
            dates = [*read_dates(text, self.language)]
            for start, end, _ in dates:
                text = text[:start] + "·" * (end - start) + text[end:]
            numbers = [
                number
                for number in read(text, self.language)
                if not number.is_weak and not self.is_year(number, text)
            ]
            if numbers:
                self.figures_of(sentence, text, numbers, earlier[:-1])

    @staticmethod
    def is_year(number: Quantity, text: str) -> bool:
        return bool(re.fullmatch(r"(?:19|20)\d\d", text[number.start : number.end]))

    def figures_of(
        self, sentence: Sentence, text: str, numbers: list[Quantity], earlier: Sequence[Sentence]
    ) -> None:
        terms = [*parts(text, self.language)]
        rows = [part.terms[0] for part in terms]
        met = {
            topic: [
                (terms[at].start, terms[end - 1].end, way.concepts)
                for at, end, way in spots(rows, topic.query.ways)
            ]
            for topic in self.topics
            if not topic.query.ways.keys().isdisjoint(rows)
        }
        bounds = [0, *(number.end for number in numbers)]
        stops = [*(number.start for number in numbers[1:]), len(text)]
        taken = 0
        for at, number in enumerate(numbers):
            hedge, start, _ = find_hedge(text, bounds[at], number.start, number.end, self.language)
            stop = stops[at]
            if _OF_NUMBER.fullmatch(text, number.end, stop):
                stop = [*stops, len(text)][at + 1]
            clause = _CLAUSE.search(text, number.end, stop)
            stop = clause.start() if clause else stop
            hedge = hedge or ("about" if number.is_rough else "")
            figure = Figure(number, hedge, start, max(taken, bounds[at]), stop)
            ranked = []
            for topic, places in met.items():
                rank = self.rank(topic, places, text, figure)
                if rank and self.is_about(topic, sentence, text, earlier, is_full=rank[3]):
                    ranked.append((rank[:3], topic))
            if not ranked:
                continue
            ranked.sort(key=lambda pair: pair[0])
            if ranked[0][0][0] == 0:
                taken = stop
            if self.is_elsewhere(sentence, text, figure, ranked[0][1]):
                continue
            # Of what is counted as near, what has this value; else of all that is counted.
            same = (topic for _, topic in ranked if topic.value == number.amount[0])
            topic = next(same, ranked[0][1])
            ends = [b for a, b, _ in met[topic] if number.start <= a and b <= stop]
            end = sentence.places[max([number.end, *ends]) - 1] + 1
            said = self.text[sentence.places[start] : end][:_MOST]
            is_point = bool(_POINT.match(text[number.end : stop])) or number.sign == "‰"
            if self.judge(topic, figure, sentence.places[start], said, is_point=is_point):
                self.credit(sentence, text, topic)

    def rank(
        self,
        topic: Topic,
        places: list[tuple[int, int, tuple[int, ...]]],
        text: str,
        figure: Figure,
    ) -> tuple[int, int, int, bool] | None:
        """Tell how near to a number stands what a topic counts; None if it does not."""
        number, _, _, begin, stop = figure
        after = text[number.end : stop]
        is_point = bool(_POINT.match(after))
        if topic.is_share != (number.amount[1] == "%" or is_point) or number.sign in set("€$£"):
            return None

        def found(start: int, end: int) -> set[int]:
            return {c for a, b, way in places if start <= a and b <= end for c in way}

        near = found(number.start, min(stop, number.end + _FAR))
        behind = found(number.start, stop)
        before = found(begin, number.start)
        loosely = topic.is_profile or not topic.has_theme
        is_closed = not re.match(r"\s*\w", after)
        if topic.is_met(behind, loosely=loosely) and (topic.is_share or topic.head <= near):
            tier, used = 0, behind
        elif (
            not topic.is_share
            and topic.head <= near
            and topic.is_met(before | behind, loosely=False)
        ):
            tier, used = 1, before | behind
        elif not (topic.is_share or is_closed):
            return None
        elif not _OBJECT.match(after) and topic.is_met(before, loosely=loosely):
            tier, used = 1, before
        elif topic.is_share and behind and topic.is_met(before | behind, loosely=False):
            tier, used = 2, before | behind
        elif len(topic.needed) > 2 and min(topic.needed) in behind and not _OBJECT.match(after):
            used = found(0, stop)
            if not topic.is_met(used, loosely=False):
                return None
            tier = 3
        else:
            return None
        both = used & topic.needed
        return tier, -len(both), len(topic.needed - both), topic.needed <= used

    def is_about(
        self,
        topic: Topic,
        sentence: Sentence,
        text: str,
        earlier: Sequence[Sentence],
        *,
        is_full: bool,
    ) -> bool:
        """Tell whether a sentence speaks of whom the figure is, or goes on about it."""
        if self.has_anchor(topic, text):
            return True
        if is_full and len(topic.needed) > 2 and not (topic.has_theme and topic.is_share):
            return True
        goes_on = sentence.is_item or _GOES_ON.search(text)
        if not earlier or (topic.has_theme and not goes_on):
            return False
        if topic.has_theme or topic.is_profile:
            reach = earlier[-2:] if not sentence.is_item else earlier
            return any(self.has_anchor(topic, other.plain) for other in reach)
        return is_full and any(self.has_anchor(topic, other.plain) for other in earlier)

    @lru_cache(maxsize=65536)  # noqa: B019 - a checker lives as long as its text is checked
    def has_anchor(self, topic: Topic, text: str) -> bool:
        if topic.bodies:
            return any(
                re.search(rf"\b{re.escape(fold(name))}\b", text)
                for body in topic.bodies
                for name in self.names(body)
            )
        terms = row(text)
        sizes = {len(words) for words in self.themes}
        runs = {terms[at : at + size] for at in range(len(terms)) for size in sizes}
        is_theme = bool(runs & self.themes)
        return is_theme or (not topic.has_theme and bool({*terms} & (self.works | topic.around)))

    @cached_property
    def theme_words(self) -> tuple[str, ...]:
        """How the theme may be said: its synonyms."""
        groups = [alike.words for alike in self.dataset.synonyms]
        same = (group for group in groups if (self.theme,) in map(row, group))
        return next(same, (self.theme,))

    @cached_property
    def themes(self) -> set[tuple[str, ...]]:
        return {row(words) for words in self.theme_words}

    @cached_property
    def releases(self) -> set[str]:
        sources = [source for source in self.dataset.sources if source.type == "release"]
        return {fold(name) for source in sources for name in (*source.aliases, source.type)}

    @cached_property
    def works(self) -> set[str]:
        """The words for the release and the study."""
        names = {
            name
            for source in self.dataset.sources
            if source.type in {"release", "study"}
            for name in (*source.aliases, source.type)
        }
        words = {row(name)[0] for name in names if len(row(name)) == 1}
        words |= {
            row(getattr(source.title, self.language))[0]
            for source in self.dataset.sources
            if source.type == "study"
        }
        for alike in self.dataset.synonyms:
            group = {row(name) for name in alike.words}
            if any((word,) in group for word in {*words}):
                words |= {name[0] for name in group if len(name) == 1}
        return words

    def is_elsewhere(self, sentence: Sentence, text: str, figure: Figure, topic: Topic) -> bool:
        """Tell whether a figure may be of another place or time, or no figure of a state."""
        if (
            _ELSEWHERE.search(text)
            or _CHANGE.search(text[: figure.start])
            or "?" in text[figure.number.end :]
        ):
            return True
        if {*re.findall(r"\b((?:19|20)\d\d)\b", sentence.plain)} - topic.years:
            return True
        places = _PLACE.findall(self.text[sentence.start : sentence.end])
        return any(not {*row(place)} <= self.known for place in places)

    @cached_property
    def known(self) -> set[str]:
        """The words of names that are no other place."""
        names = (name for body in self.bodies for name in self.names(body))
        told = {word for name in (*names, *self.theme_words) for word in row(name)}
        return told | {"france", *self.works}

    @cached_property
    def bodies(self) -> list[Organisation | Person]:
        return [*self.dataset.organisations, *self.dataset.people]

    def judge(
        self, topic: Topic, figure: Figure, offset: int, said: str, *, is_point: bool
    ) -> bool:
        """Compare a figure with what it counts; tell whether it is the release's own."""
        stat, value = topic.stat, figure.number.amount[0]
        if isinstance(stat, model.Computed):
            given = [
                other
                for other in self.dataset.behind(stat)
                if self.dataset.values[other.id] == value > _TELLING
            ]
            self.recognised["figures"] += 1
            if abs(topic.value - value) <= (0.005 if topic.is_share else 0.5):
                self.tell("figure", offset, said, topic.id, message("check-computed"), remark=True)
            elif given:
                told = message("check-other", said=given[0].counts)
                self.tell("figure", offset, said, given[0].id, told)
            else:
                self.recognised["figures"] -= 1
            return False
        self.recognised["figures"] += 1
        is_part = figure.number.sign == "/"
        verdict = "wrong" if is_point else compare(topic, value, figure.hedge, is_part=is_part)
        if verdict:
            hedge = "exact" if stat.approximation == "on-average" else stat.approximation
            number = {"value": stat.value, "unit": stat.unit, "approximation": hedge}
            written = stat.written[:1].lower() + stat.written[1:]
            told = _told(written, say_figure(number, self.dataset, "en"))
            self.tell("figure", offset, said, topic.id, told, remark=verdict == "remark")
        return not verdict or value == topic.value

    # Who vouches.

    def credit(self, sentence: Sentence, text: str, topic: Topic) -> None:
        """Compare who a sentence credits with a figure with who vouches for it."""
        named = getattr(topic.stat, "sources", ())
        sources = [self.dataset.named("sources", id) for id in named]
        vouching = {
            id
            for source in self.dataset.sources
            if source.id in named or source.type in {"release", "study"}
            for id in source.producers
        }
        for found in _CREDIT.finditer(text):
            rest = text[found.end() :]
            body, said = next(
                ((b, n) for b, n in self.called if re.match(rf"{re.escape(n)}\b", rest)), (None, "")
            )
            start, end = sentence.places[found.start()], sentence.places[found.end()]
            name = said or (_ACRONYM.match(self.text[end:]) or [""])[0]
            if not name or (body and (body.id in vouching or isinstance(body, model.Person))):
                continue
            if not body and {*row(name)} <= {*self.works, self.theme}:
                continue
            who = [
                message("the-release")
                if source.type in {"release", "study"}
                else self.dataset.named("producers", id).name
                for source in sources
                for id in source.producers
            ]
            who = [*dict.fromkeys(who)] if all(isinstance(w, str) for w in who) else who[:1]
            said = self.text[start : end + len(name)]
            self.tell("source", start, said, topic.id, message("check-source", who=who))
            return

    @cached_property
    def called(self) -> list[tuple[Organisation | Person, str]]:
        """Every body with each of its names, folded, the longest first."""
        pairs = [(body, fold(name)) for body in self.bodies for name in self.names(body)]
        return sorted(pairs, key=lambda pair: -len(pair[1]))

    # Quotations, and who speaks.

    def quotations(self) -> None:
        found = [*_QUOTED.finditer(self.text)]
        if not found:
            return
        comparison = match_text(self.release, self.text)
        words = comparison.words
        for quote in found:
            start, end = quote.span(quote.lastindex or 0)
            places = range(bisect_left(words.starts, start), bisect_left(words.starts, end))
            kept = [place for place in places if not words.is_mark(place)]
            if len(kept) >= _SHORTEST:
                self.quotation(quote, kept, comparison)

    def quotation(self, quote: re.Match[str], kept: list[int], comparison: Comparison) -> None:
        words, matches = comparison.words, comparison.matches
        known = [matches[place] for place in kept if matches[place] >= 0]
        if known and len(known) < len(kept):
            self.match_nearby(kept, comparison)
            known = [matches[place] for place in kept if matches[place] >= 0]
        start, end = quote.span(quote.lastindex or 0)
        if len(known) < _LIKE * len(kept):
            said = " ".join(re.findall(r"\w+", fold(self.text[start:end])))
            for ours in self.dataset.quotes:
                if said in " ".join(re.findall(r"\w+", fold(ours.translation))):
                    self.recognised["quotations"] += 1
                    self.speaker(quote, ours)
                    return
            self.tell(
                "quotation", start, self.text[start:end], "", message("check-unknown"), remark=True
            )
            return
        self.recognised["quotations"] += 1
        claim = self.claim_at(known)
        key, at, said = self.difference(kept, comparison, claim)
        if key:
            self.tell("quotation", words.starts[at], said, claim.id, message(key))
        self.speaker(quote, claim)

    def match_nearby(self, kept: list[int], comparison: Comparison) -> None:
        """Match the words of a quotation, runs or not, around its longest run."""
        matches, best, begun = comparison.matches, range(0), 0
        for at in range(1, len(kept) + 1):
            if at == len(kept) or matches[kept[at]] != matches[kept[at - 1]] + 1:
                run = range(begun, at)
                best = run if len(run) > len(best) and matches[kept[begun]] >= 0 else best
                begun = at
        if len(best) < _RUN:
            return
        first = max(0, matches[kept[best.start]] - 2 * len(kept))
        last = matches[kept[best.stop - 1]] + 2 * len(kept)
        theirs = [comparison.words.hashes[place] for place in kept]
        ours = self.release.hashes[first:last].tolist()
        matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
        blocks = matcher.get_matching_blocks()
        if sum(block.size for block in blocks) >= sum(matches[place] >= 0 for place in kept):
            for place in kept:
                matches[place] = -1
            for block in blocks:
                for step in range(block.size):
                    matches[kept[block.b + step]] = first + block.a + step

    def claim_at(self, places: list[int]) -> Claim:
        """Give the claim that most of some words of the release stand in, else near."""
        there = {*places}
        held = {id: len(there.intersection(span)) for id, span in self.spans.items()}
        best = max(held, key=held.__getitem__)
        if not held[best]:
            best = min(held, key=lambda name: abs(self.spans[name].start - places[0]))
        return self.dataset.by_id[best]  # type: ignore[return-value]

    @cached_property
    def spans(self) -> dict[str, range]:
        """Where claims stand in the release: a quotation whole."""
        spans = dict(self.release.excerpts)
        for quote in self.dataset.quotes:
            if places := self.release.find(quote.words):
                spans[quote.id] = places[0]
        return spans

    def difference(
        self, kept: list[int], comparison: Comparison, claim: Claim
    ) -> tuple[str, int, str]:
        """Tell how a quotation differs from the release, where first, and show it."""
        words, matches = comparison.words, comparison.matches
        marked = [found.span() for found in re.finditer(r"\[[^\]]*\]", self.text)]
        exact = claim.words if isinstance(claim, model.Quote) else claim.excerpt
        ours = read_words(exact)
        span = self.spans.get(claim.id, range(0))
        plain = [ours.word(at) for at in range(len(ours.starts)) if not ours.is_mark(at)]
        known = dict(zip(span, plain, strict=False))
        outside = [p for p in kept if not any(a <= words.starts[p] < b for a, b in marked)]
        here = [place for place in outside if matches[place] >= 0]

        def show(left: int, right: int, gone: range) -> str:
            put = " ".join(words.word(place) for place in outside if left < place < right)
            parts = [
                self.text[words.starts[max(kept[0], left - 2)] : words.ends[left]]
                if left >= kept[0]
                else "",
                f"[-{' '.join(known.get(at, '…') for at in gone)}-]" if gone else "",
                f"{{+{put}+}}" if put else "",
                self.text[words.starts[right] : words.ends[min(kept[-1], right + 2)]]
                if right <= kept[-1]
                else "",
            ]
            return " ".join(part for part in parts if part)

        for left, right in pairwise([kept[0] - 1, *here, kept[-1] + 1]):
            put = [place for place in outside if left < place < right]
            is_edge = left < here[0] or right > here[-1]
            gone = range(0) if is_edge else range(matches[left] + 1, matches[right])
            if put and right > here[-1]:
                following = range(matches[left] + 1, matches[left] + 1 + len(put))
                if self.release.passage_of(following[-1]) == self.release.passage_of(matches[left]):
                    gone = following
            if put:
                short = gone if len(gone) <= len(put) + 3 else range(0)
                return "check-altered", put[0], show(left, right, short)
            if is_edge or matches[right] == matches[left] + 1:
                continue
            between = words.between(left, right)
            same = self.release.passage_of(matches[left]) == self.release.passage_of(matches[right])
            if re.search(r"\[|\(|\.\.\.|…", between) and matches[right] > matches[left]:
                continue
            if not same or matches[right] <= matches[left]:
                return "check-joined", right, show(left, right, range(0))
            key = "check-altered" if len(gone) < 4 else "check-cut"
            return key, right, show(left, right, gone if len(gone) < 4 else range(0))
        return "", 0, ""

    def speaker(self, quote: re.Match[str], claim: Claim) -> None:
        """Compare who a quotation is given to with who speaks it."""
        speaker = getattr(claim, "speaker", "")
        after = re.split(
            r"\n\s*\n|[«“]|[.!?]\s+(?=[A-ZÀ-Ý])", self.text[quote.end() : quote.end() + 160]
        )[0]
        begin = max(0, quote.start() - 160)
        before = re.split(r"\n\s*\n|[»”]", self.text[begin : quote.start()])[-1]
        begin = quote.start() - len(before)
        nearest = [*self.people_in(after, quote.end())] or [*self.people_in(before, begin)][-1:]
        name = self.dataset.named("speaker", speaker).name if speaker else ""
        if unknown := _SAYS_NAME.match(after):
            if name and self.is_slip(unknown[1], name):
                return
            at = quote.end() + unknown.start(1)
            if all(place != at for _, place, _ in nearest):
                nearest = [("", at, unknown[1])]
        if not nearest or (speaker and speaker in [id for id, _, _ in nearest]):
            self.recognised["people"] += bool(nearest)
            return
        _, at, said = nearest[0]
        expected = message("check-speaker", who=name) if name else message("check-not-spoken")
        self.tell("person", at, said, claim.id, expected)

    @staticmethod
    def is_slip(name: str, known: str) -> bool:
        pairs = [*zip(fold(name).split(), fold(known).split(), strict=False)]
        return all(a == b or _is_slip(a, b) for a, b in pairs)

    def people_in(self, text: str, offset: int) -> list[tuple[str, int, str]]:
        """Find who of the dataset is named in a piece of text, by the last name at least."""
        found = [
            (person.id, offset + match.start(), match[0])
            for person in self.dataset.people
            for match in re.finditer(self.pattern_of(person), text)
        ]
        return sorted(found, key=lambda row: row[1])

    @lru_cache(maxsize=256)  # noqa: B019 - a checker lives as long as its text is checked
    def pattern_of(self, person: Person) -> str:
        first, _, last = person.name.rpartition(" ")
        return rf"\b(?:{re.escape(first)}\s+)?{re.escape(last)}\b"

    # Offices and names.

    def people(self) -> None:
        for person in self.dataset.people:
            offices = [office for office in person.offices if not office.title_is_descriptive]
            for found in re.finditer(self.pattern_of(person), self.text) if offices else ():
                after = fold(
                    re.split(r"[.;:()«»\n]", self.text[found.end() + 2 : found.end() + 150])[0]
                )
                before = fold(
                    re.split(
                        r"[.;:()«»\n]", self.text[max(0, found.start() - 110) : found.start()]
                    )[-1]
                )
                self.office(person, found, after, before)

    def office(self, person: Person, found: re.Match[str], after: str, before: str) -> None:
        names = "|".join(re.escape(name) for _, name in self.called)
        joint = rf"(?P<title>{_TITLE})(?P<between>[^,.;:]{{0,60}}?)\b(?P<body>{names})\b"
        pieces = [re.match(rf"(?:l[ae] |l'|the |est |is )?(?:[a-z]+ ){{0,2}}?{joint}", after)]
        pieces.append(re.search(rf"{joint},? ?(?:m\. |mme |mr |ms )?$", before))
        pieces.append(re.search(rf"\b(?P<body>{names})(?:'s)? (?P<title>{_TITLE}),? ?$", before))
        piece = next(filter(None, pieces), None)
        if not piece:
            return
        body = next(b for b, name in self.called if name == piece["body"])
        if isinstance(body, model.Person):
            return
        self.recognised["people"] += 1
        held = [office for office in person.offices if office.organisation == body.id]
        titles = {_class(title) for o in held for title in (fold(o.title.fr), fold(o.title.en))}
        if _class(piece["title"]) not in titles:
            offices = held or person.offices[:1]
            at = self.dataset.named("organisation", offices[0].organisation).name
            title = offices[0].title
            claim = next((q.id for q in self.dataset.quotes if q.speaker == person.id), "")
            start = found.start() - (len(before) - piece.start()) * (piece.string is before)
            end = found.end() + (piece.end() + 2) * (piece.string is after)
            said = self.text[start:end]
            self.tell("person", start, said, claim, _told(f"{title.fr}, {at}", f"{title.en}, {at}"))

    def spellings(self) -> None:
        """Find names that are one slip of the keyboard away from the dataset's."""
        words = [*re.finditer(r"[A-ZÀ-Ý]\w+|\b(?:de|des|du|d|la|l|et)\b", self.text)]
        folded = [fold(word[0]) for word in words]
        begun: dict[str, list[int]] = {}
        for at, word in enumerate(folded):
            begun.setdefault(word[0], []).append(at)
        for body in self.bodies:
            wanted = re.findall(r"\w+", fold(body.name))
            if len(wanted) > 1:
                for at in begun.get(wanted[0][0], ()):
                    self.spelling(body, wanted, words[at : at + len(wanted)])

    def spelling(
        self, body: Organisation | Person, wanted: list[str], words: list[re.Match[str]]
    ) -> None:
        there = [fold(word[0]) for word in words]
        other = [(a, b) for a, b in zip(there, wanted, strict=False) if a != b]
        if len(there) < len(wanted) or len(other) != 1 or not _is_slip(*other[0]):
            return
        start, end = words[0].start(), words[-1].end()
        if end - start <= len(body.name) + 4:
            told = message("check-name", who=body.name)
            self.tell("name", start, self.text[start:end], self.claim_of(body), told)

    def claim_of(self, body: Organisation | Person) -> str:
        quotes = [quote.id for quote in self.dataset.quotes if quote.speaker == body.id]
        claims = [claim.id for claim in self.dataset.claims if body.id in claim.organisations]
        return next(iter(quotes + claims), "")

    # Dates.

    def dates(self) -> None:
        dated = [Dated(claim, self) for claim in self.dataset.claims if claim.date]
        for sentence in self.sentences:
            text = sentence.plain
            found = [*read_dates(text, self.language)]
            found += [
                (year.start(1), year.end(1), year[1])
                for year in _YEAR.finditer(text)
                if not any(start <= year.start(1) < end for start, end, _ in found)
            ]
            found.sort()
            bounds = [0, *(end for _, end, _ in found)]
            stops = [*(start for start, _, _ in found[1:]), len(text)]
            for at, (start, end, date) in enumerate(found):
                near = (text[bounds[at] : start], text[end : stops[at]])
                pieces = [(row(text), row(piece), _spaced(piece)) for piece in near]
                pieces.append((row(text), row(" ".join(near)), _spaced(" ".join(near))))
                ours, works = self.dataset.release.date, self.works_in(" ".join(near))
                is_near = date[:4] == ours[:4] or date[4:] == ours[4:]
                if len(date) == 10 and is_near and self.is_publication(near[0]):
                    works = {ours}
                scored = [
                    (max(known.likeness(*piece) for piece in pieces), known)
                    for known in dated
                    if not works
                ]
                scored += [(1.0, known) for known in dated if known.date in works]
                score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
                if not best or score < _ENOUGH:
                    continue
                self.recognised["dates"] += 1
                if not any(s >= score - _ALIKE and _same_date(date, d.date) for s, d in scored):
                    told = _told(*(format_date(best.date, name) for name in LANGUAGES))
                    place = sentence.places[start]
                    said = self.text[place : sentence.places[end - 1] + 1]
                    self.tell("date", place, said, best.id, told)

    def works_in(self, text: str) -> set[str]:
        """Give the dates of the works behind figures that a text names."""
        terms = {*row(text)}
        return {
            source.date_published
            for source in self.dataset.sources
            if source.date_published and source.type == "footnote"
            if {*row(source.title.fr)} - {self.theme} <= terms
        }

    @cached_property
    def telling(self) -> set[str]:
        """The terms that have synonyms or call a topic or a source: what claims are known by."""
        texts = [words for alike in self.dataset.synonyms for words in alike.words]
        texts += [getattr(topic.name, side) for topic in self.dataset.topics for side in LANGUAGES]
        texts += [alias for source in self.dataset.sources for alias in source.aliases]
        return {term for text in texts for term in row(text)} - {
            term for words in self.theme_words for term in row(words)
        }

    def is_publication(self, text: str) -> bool:
        """Tell whether a date that follows is that of the release or the study."""
        if re.search(
            rf"\b(?:{'|'.join(self.releases)})\w* (?:de presse )?(?:du|of|dated|date du) ?$", text
        ):
            return True
        said = row(re.split(r"[;:(]|, (?!publi)", text)[-1])[-8:]
        known = self.works | {term for _, name in self.called for term in row(name)}
        return bool({*said[-5:]} & self.works) and {*said} <= known | _ABOUT_WORKS


_ABOUT_WORKS = frozenset(
    "ete presse paru parue been date dated inedite conjointement jointly".split()
)


def _spaced(text: str) -> str:
    return " " + re.sub(r"[^\w-]+", " ", text) + " "


_SHORTEST, _RUN, _LIKE, _ENOUGH, _ALIKE = 4, 3, 0.6, 0.6, 0.05
_QUOTED = re.compile(
    "|".join(
        rf"{opens}((?:(?!\n\s*\n)[^{opens}{closes}]){{3,2000}}){closes}"
        for opens, closes in ("«»", "“”", '""')
    )
)
_CREDIT = re.compile(
    r"\b(?:selon|d'apres|source ?:|sources? |according to|(?:calcul|publi|estim)e\w* par"
    r"|chiffres? d(?:e|u|es)|reported by|published by|says) ?(?:l[ae] |les |l'|the )?|\((?=[a-z])"
)
_ACRONYM = re.compile(r"[A-Z]{3,}\b")
_VERBS = (
    r"d[ée]clar|affirm|expliqu|soulign|indiqu|estim|ajout|conclu|poursui|rappel|observ|pr[ée]cis"
    r"|insist|not[ei]|di[ts]|said|say|explain|add|stress|argu"
)
_SAYS_NAME = re.compile(
    rf"[\s,.»”\"–—-]*(?:a |has )?(?:{_VERBS})\w*"
    r"\s+(?:M\. |Mme |Mr |Ms )?([A-ZÀ-Ý][\w-]+(?:\s+[A-ZÀ-Ý][\w-]+)+)"
)
_TITLE = (
    r"(?:premi\w+ |first |1re )?vice[- ]?(?:president|chair)\w*|president\w*|chair\w*"
    r"|direct(?:eur|rice|or)\w*|head|maire\w*|mayor|secretaire general\w*|secretary general"
    r"|delegue\w*|ministre|minister|economist\w*"
)
_CLASSES = {
    "chai": "pres",
    "head": "dire",
    "mayo": "mair",
    "prem": "vice",
    "firs": "vice",
    "1re ": "vice",
}
_YEAR = re.compile(r"\b(?:depuis|en|since|in|de|from|of) ((?:19|20)\d\d)\b(?![ ,.]?\d)")


def _is_slip(word: str, known: str) -> bool:
    return one_slip(word, known) or {word, known} <= {"de", "des", "du"}


def _class(title: str) -> str:
    return _CLASSES.get(title[:4], title[:4])


def _same_date(said: str, date: str) -> bool:
    """Tell whether a date is another one, with less of it or without its year."""
    return date.startswith(said) or said.startswith(date) or (said[0] == "-" and said in date)


def compare(topic: Topic, value: float, hedge: str, *, is_part: bool) -> str:
    """Compare a number with a stat: nothing if it is honest, else `wrong` or `remark`."""
    true, approximation = topic.value, getattr(topic.stat, "approximation", "exact")
    is_exact = approximation in {"exact", "on-average"}
    ratio = value / true if true else 0
    if value == true:
        if hedge in {"", "about"}:
            return "" if hedge or is_exact or approximation == "about" else "remark"
        if hedge == "nearly" and is_exact:
            return "remark"
        is_same = hedge == approximation or {hedge, approximation} <= _BELOW
        return "" if is_same else "wrong"
    # One in seven is as near to 14 % as one in a whole number comes.
    one_in = 1 / value if is_part and value and not topic.is_fraction else 0
    is_one_in = bool(one_in) and abs(one_in - round(one_in)) < 0.5 * 10**-6
    is_rounded = _is_rounded(value, true, topic)
    is_honest = {
        "more-than": 0.5 <= ratio < 1,
        "at-least": 0.5 <= ratio < 1,
        "less-than": 1 < ratio <= 2,
        "at-most": 1 < ratio <= 2,
        "nearly": 1 < ratio <= 1 + 2 * _HONEST,
        "about": abs(ratio - 1) <= 2 * _HONEST or is_rounded,
    }.get(hedge, False)
    if hedge not in _BOUNDS:
        is_honest |= is_one_in and abs(one_in - 1 / true) < 0.5
        is_honest |= topic.is_fraction and abs(value - true) < 0.01
    if is_honest:
        return ""
    is_near = not hedge and is_exact and is_rounded and abs(ratio - 1) <= _HONEST
    return "remark" if is_near else "wrong"


_BOUNDS = {"more-than", "at-least", "less-than", "at-most"}
_BELOW = {"nearly", "less-than", "at-most"}


def _is_rounded(value: float, true: float, topic: Topic) -> bool:
    """Tell whether a value is another with fewer digits."""
    scale = 100 if topic.is_share else 1
    value, true = rounded(value * scale), rounded(true * scale)
    return any(float(f"{true:.{digits}g}") == value for digits in (1, 2, 3))


def _told(fr: str, en: str) -> Message:
    return message("check-said", said=model.Text(fr=fr, en=en))
