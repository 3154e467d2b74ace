"""Find where a person's own text says otherwise than the release; silent where it may not."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from essfacts import model
from essfacts.export import say_figure
from essfacts.fingerprint import Comparison
from essfacts.language import COLON, LANGUAGES, Message, format_date, message
from essfacts.numbers import read, rounded
from essfacts.prose import find_hedge, read_dates
from essfacts.terms import one_slip, parts, row
from essfacts.text import fold
from essfacts.ways import Query, spots

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from essfacts.fingerprint import Fingerprint
    from essfacts.model import Claim, Computed, Dataset, Organisation, Person, Quote, Stat
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
_PER_CENT = re.compile(r"\bp(?:our|er) ?cent\b", re.IGNORECASE)
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
    text = _PER_CENT.sub(lambda found: "%".ljust(len(found[0])), text)
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
    r"|will|would|could|pourrai\w*|devrai\w*|d'ici|si|if|hors|hypothes\w*|estim\w+ (?:a|at)"
    r"|doubl\w+|tripl\w+)\b"
)
_CHANGE = re.compile(
    r"(?:augment|progress|recul|baiss|diminu|hausse|croi|cru|chut|gagn|perd|grew|grow|fell|fall"
    r"|ris|rose|increas|decreas|declin|drop|gain|lost|lose|los)\w*(?: \w+)? (?:de|d'|by|of)"
    r"(?: pres de| plus de| environ| about| nearly)? *$|(?:entre|between|non|not|contre|against"
    r"|instead of|au lieu de|pas|versus) (?:les |des |the )?$|^ *[-+]$"
)
_PLACE = re.compile(r"\b(?:[Ee]n|[Dd]ans|[ÀàAa]|[Ii]n|[Aa]cross) (?:l[ae] |l['’]|les |the )?([A-ZÀ-Ý][\w-]+)")
_GOES_ON = re.compile(
    r"\b(?:elles?|ils?|celles?-ci|ceux-ci|y|en|dont|ce secteur|cette|ces|cet|leurs?|it|its|they"
    r"|their|these|this|which|who)\b"
)
_CLAUSE = re.compile(r"[;:!?]|,? (?:mais|alors que|tandis que|but|while|whereas|puis)\b|\. ")
_OBJECT = re.compile(r"\s*(?:d(?:e|u|es) |d'|of )")
_OF_NUMBER = re.compile(r"\s*(?:d(?:es|e ces) |of (?:the |these )?|sur (?:les |ces )?)")
_POINT = re.compile(r"[ -]?(?:de |percentage )?points?\b")
_FAR, _HONEST = 34, 0.05


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
        organisations = [dataset.named("organisations", id) for id in getattr(stat, "organisations", ())]
        called = {term for body in organisations for name in checker.names(body) for term in row(name)}
        told = row(getattr(stat.text, side))
        said = {*told}
        # What counts it and is not in its text is a word between others: `among`.
        own = {concept for _, _, way in spots(told, self.query.ways) for concept in way.concepts}
        sources = [dataset.named("sources", id) for id in getattr(stat, "sources", ())]
        self.is_profile = any(source.type == "self-description" for source in sources)
        self.has_theme = checker.theme in said and not self.is_profile
        self.needed = {
            at for at, term in enumerate(terms) if term not in called and term != checker.theme
        }
        self.needed = self.needed & own or self.needed or {*range(len(terms))}
        named = {*row(unit.name.fr), *row(unit.name.en)}
        self.head = {at for at in self.needed if terms[at] in named} or self.needed
        self.weights = {at: 1 / (1 + checker.frequency[terms[at]]) for at in self.needed}
        self.bodies = organisations if self.is_profile else []

    def is_met(self, found: set[int], *, loosely: bool) -> bool:
        """Tell whether the concepts that a text has are what the stat counts."""
        if self.needed <= found or (loosely and not self.is_share and self.head <= found):
            return True
        both = self.needed & found
        if len(self.needed) < 3 or len(both) < 2:
            return bool(loosely and self.is_share and self.is_profile and both)
        weight = sum(self.weights[at] for at in both) / sum(self.weights.values())
        return max(self.needed, key=self.weights.__getitem__) in both and weight >= 0.6


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
        """In how many claims each term is."""
        texts = (getattr(claim.text, self.language) for claim in self.dataset.claims)
        return Counter(term for text in texts for term in {*row(text)})

    @cached_property
    def theme(self) -> str:
        """The term that most claims have, of those that have synonyms: what the release is about."""
        known = {row(words) for alike in self.dataset.synonyms for words in alike.words}
        terms = [term for term in self.frequency if (term,) in known] or [*self.frequency]
        return max(terms, key=lambda term: (self.frequency[term], term))

    @cached_property
    def topics(self) -> list[Topic]:
        return [Topic(stat, self) for stat in (*self.dataset.stats, *self.dataset.computed)]

    def names(self, body: Organisation | Person) -> tuple[str, ...]:
        return (body.name, *body.aliases)

    def tell(
        self, kind: str, offset: int, said: str, claim: str, expected: Message, *, remark: bool = False
    ) -> None:
        severity = "remark" if remark else "finding"
        said = " ".join(said.split())
        self.findings.append(Finding(offset, kind, severity, said, expected, claim))

    def check(self) -> Checked:
        self.figures()
        return Checked(sorted(self.findings), self.recognised)

    # Figures.

    def figures(self) -> None:
        earlier: list[Sentence] = []
        for sentence in self.sentences:
            if earlier and earlier[-1].paragraph != sentence.paragraph and not sentence.is_item:
                earlier = []
            text, side = sentence.plain, LANGUAGES.index(self.language)
            dates = [*read_dates(text, side)]
            for start, end, _ in dates:
                text = text[:start] + "·" * (end - start) + text[end:]
            numbers = [
                number
                for number in read(text, self.language)
                if not number.is_weak and not self.is_year(number, text)
            ]
            if numbers:
                self.figures_of(sentence, text, numbers, earlier)
            earlier.append(sentence)

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
        }
        bounds = [0, *(number.end for number in numbers)]
        stops = [*(number.start for number in numbers[1:]), len(text)]
        taken = 0
        for at, number in enumerate(numbers):
            hedge, start, _ = find_hedge(text, bounds[at], number.start, number.end, side := LANGUAGES.index(self.language))
            hedge = hedge or ("about" if number.is_rough else "")
            stop = stops[at]
            if _OF_NUMBER.fullmatch(text, number.end, stop):
                stop = [*stops, len(text)][at + 1]
            clause = _CLAUSE.search(text, number.end, stop)
            stop = clause.start() if clause else stop
            ranked = []
            for topic, places in met.items():
                rank = self.rank(topic, places, text, number, max(taken, bounds[at]), stop)
                if rank and self.is_about(topic, sentence, text, earlier, is_full=rank[3]):
                    ranked.append((rank[:3], topic))
            if not ranked:
                continue
            ranked.sort(key=lambda pair: pair[0])
            best = [topic for rank, topic in ranked if rank == ranked[0][0]]
            if ranked[0][0][0] == 0:
                taken = stop
            if self.is_elsewhere(sentence, text, start, number):
                continue
            self.judge(sentence, text, number, hedge, start, stop, best, [topic for _, topic in ranked])

    def rank(
        self,
        topic: Topic,
        places: list[tuple[int, int, tuple[int, ...]]],
        text: str,
        number: Quantity,
        begin: int,
        stop: int,
    ) -> tuple[int, int, int, bool] | None:
        """Tell how near to a number stands what a topic counts; None if it does not."""
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
        elif not topic.is_share and not is_closed:
            return None
        elif not _OBJECT.match(after) and topic.is_met(before, loosely=loosely):
            tier, used = 1, before
        elif topic.is_share and behind and topic.is_met(before | behind, loosely=False):
            tier, used = 2, before | behind
        elif len(topic.needed) > 2 and topic.is_share and min(topic.needed) in behind:
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
        if is_full and len(topic.needed) > 2 and not (topic.has_theme or topic.is_profile):
            return True
        if not earlier or topic.has_theme and not (sentence.is_item or _GOES_ON.search(text)):
            return False
        if topic.has_theme or topic.is_profile:
            reach = earlier[-2:] if not sentence.is_item else earlier
            return (is_full or topic.is_profile) and any(
                self.has_anchor(topic, other.plain) for other in reach
            )
        return is_full and any(self.has_anchor(topic, other.plain) for other in earlier)

    @lru_cache(maxsize=65536)  # noqa: B019 - a checker lives as long as its text is checked
    def has_anchor(self, topic: Topic, text: str) -> bool:
        if topic.bodies:
            return any(
                re.search(rf"\b{re.escape(fold(name))}\b", text)
                for body in topic.bodies
                for name in self.names(body)
            )
        terms = {*row(text)}
        if topic.has_theme:
            return bool(self.themes & terms) or self.long_theme in text
        return bool(terms & self.works) or bool(self.themes & terms)

    @cached_property
    def themes(self) -> set[str]:
        groups = [alike.words for alike in self.dataset.synonyms]
        same = {words for group in groups if (self.theme,) in map(row, group) for words in map(row, group)}
        return {self.theme, *(words[0] for words in same if len(words) == 1)}

    @cached_property
    def long_theme(self) -> str:
        groups = [alike.words for alike in self.dataset.synonyms]
        same = [fold(w) for group in groups if (self.theme,) in map(row, group) for w in group]
        wide = [w for w in same if w.count(" ") > 2]
        return wide[LANGUAGES.index(self.language) % len(wide)] if wide else self.theme

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
        for alike in self.dataset.synonyms:
            group = {row(name) for name in alike.words}
            if any((word,) in group for word in {*words}):
                words |= {name[0] for name in group if len(name) == 1}
        return words

    @cached_property
    def years(self) -> set[str]:
        dates = [claim.date for claim in self.dataset.claims] + [
            source.date_published for source in self.dataset.sources
        ]
        return {date[:4] for date in dates if date}

    def is_elsewhere(self, sentence: Sentence, text: str, start: int, number: Quantity) -> bool:
        """Tell whether a figure may be of another place or time, or no figure of a state."""
        if _ELSEWHERE.search(text) or _CHANGE.search(text[:start]) or "?" in text[number.end :]:
            return True
        if {*re.findall(r"\b((?:19|20)\d\d)\b", sentence.plain)} - self.years:
            return True
        known = {word for body in self.bodies for name in self.names(body) for word in row(name)}
        known |= {self.theme, "france", *self.works}
        places = _PLACE.findall(self.text[sentence.start : sentence.end])
        return any(not {*row(place)} <= known for place in places)

    @cached_property
    def bodies(self) -> list[Organisation | Person]:
        return [*self.dataset.organisations, *self.dataset.people]

    def judge(
        self,
        sentence: Sentence,
        text: str,
        number: Quantity,
        hedge: str,
        start: int,
        stop: int,
        best: list[Topic],
        others: list[Topic],
    ) -> None:
        value = number.amount[0]
        is_point = bool(_POINT.match(text[number.end : stop]))
        topic = next((topic for topic in (*best, *others) if topic.value == value), best[0])
        is_computed = isinstance(topic.stat, model.Computed)
        self.recognised["figures"] += 1
        end = sentence.places[min(stop, len(text))]
        said = self.text[sentence.places[start] : end].strip(" ,.;:)\n\t*_")
        tell = (sentence.places[start], said[:80], topic.id)
        if is_computed:
            if abs(topic.value - value) <= max(0.5 * 10 ** -(2 * topic.is_share), 0):
                self.tell("figure", *tell, message("check-computed"), remark=True)
            else:
                for stat in self.dataset.behind(topic.stat):
                    if self.dataset.values[stat.id] == value > 100:
                        counts = getattr(stat.counts, "fr")
                        self.tell("figure", tell[0], tell[1], stat.id, message("check-other", counts=counts))
                        return
                self.recognised["figures"] -= 1
            return
        verdict = "wrong" if is_point or number.sign == "‰" else compare(topic, value, hedge, text[number.start : number.end])
        if verdict:
            self.tell("figure", *tell, self.figure(topic), remark=verdict == "remark")

    def figure(self, topic: Topic) -> Message:
        stat = topic.stat
        said = {"value": stat.value, "unit": stat.unit, "approximation": stat.approximation}
        return message(
            "check-figure",
            fr=say_figure(said, self.dataset, "fr"),
            en=say_figure(said, self.dataset, "en"),
        )


def compare(topic: Topic, value: float, hedge: str, written: str) -> str:
    """Compare a number with a stat: nothing if it is honest, else `wrong` or `remark`."""
    stat, true = topic.stat, topic.value
    approximation = getattr(stat, "approximation", "exact")
    is_exact = approximation in {"exact", "on-average"}
    ratio = value / true if true else 0
    if hedge in {"more-than", "at-least"}:
        is_below = value < true or (hedge == "at-least" and value == true and approximation == "at-least")
        same = value == true and hedge == approximation
        return "" if (is_below and ratio >= 0.5) or same else "wrong"
    if hedge in {"less-than", "at-most"}:
        same = value == true and approximation in {hedge, "nearly"}
        return "" if (true < value and ratio <= 2) or same else "wrong"
    if value == true:
        if hedge == "nearly":
            return "remark" if is_exact else ""
        lost = not hedge and approximation in {"nearly", "more-than", "less-than", "at-least", "at-most"}
        return "remark" if lost else ""
    if topic.is_fraction and abs(value - true) < 0.01:
        return ""
    if hedge == "nearly":
        return "" if 0 < value - true <= 0.1 * true else "wrong"
    if hedge == "about":
        return "" if abs(ratio - 1) <= 2 * _HONEST or _is_rounded(value, true, topic) else "wrong"
    if abs(ratio - 1) <= _HONEST and _is_rounded(value, true, topic) and is_exact:
        return "remark"
    return "wrong"


def _is_rounded(value: float, true: float, topic: Topic) -> bool:
    """Tell whether a value is another with fewer digits."""
    scale = 100 if topic.is_share else 1
    value, true = rounded(value * scale), rounded(true * scale)
    return any(float(f"{true:.{digits}g}") == value for digits in (1, 2, 3))
