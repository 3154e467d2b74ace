"""The figures of a person's own text: what each counts, and whether the release says so."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from operator import itemgetter, ne
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from essfacts.export import say_figure
from essfacts.language import message
from essfacts.model import Computed, Stat
from essfacts.note import COUNTING, told
from essfacts.numbers import read, rounded
from essfacts.prose import find_hedge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from essfacts.language import Message
    from essfacts.note import Finding, Note, Sentence
    from essfacts.numbers import Quantity

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# A person writes 1,3 in English too, and 1.3 in French.
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d{1,2}(?![\d.,]))")
# Behind the number of a seminar or of a report nothing is counted.
_LABEL = re.compile(r"(?:\b(?:n[o°º]\.?|numero|number)|#) ?$")
_COMMA = re.compile(", ")
_COLON = re.compile(r"\s*:")
_TIMES = re.compile(r" (?:fois|times)\b")
_POINT = re.compile(r"[ -]?(?:de |percentage )?points?\b")
# Of what is stated, how much may be said of it, by hedge; how far from it a round number may be.
_HONEST = {
    "more-than": (0.5, 1),
    "at-least": (0.5, 1),
    "less-than": (1, 2),
    "at-most": (1, 2),
    "nearly": (1, 1.1),
    "about": (0.9, 1.1),
}
_BELOW = {"nearly", "less-than", "at-most"}
_ROUNDED = 0.05
# Within so many words is what is counted; a number that is no other's; how much is shown; how far
# before a name « dans les » may begin, how far what is counted may be; how many sentences back is
# what they are about.
_NEAR, _TELLING, _MOST, _BEFORE, _FAR, _FARTHEST = 3, 100, 80, 16, 400, 12


class _Topic:
    """What a stat counts, as a text may say it."""

    def __init__(self, stat: Stat | Computed, note: Note) -> None:
        self.stat, self.generic = stat, note.generic
        self.dataset = dataset = note.dataset
        self.value = rounded(dataset.values[stat.id] * dataset.worths[stat.id])
        unit = dataset.named("unit", stat.unit)
        self.is_share, self.is_fraction = bool(unit.percent), unit.percent not in {None, 1}
        self.is_ratio = unit.symbol == "×"
        sources = [dataset.named("sources", id) for id in getattr(stat, "sources", ())]
        is_profile = any(source.type == "self-description" for source in sources)
        self.bodies = {*getattr(stat, "organisations", ())} if is_profile else set()
        said, counts = note.keys(stat.text), note.tokens(note.said(stat.counts))
        self.has_theme = note.theme in said and not self.bodies
        # A share whose part is the theme itself: « part de l'ESS dans ... ».
        self.is_of_theme = self.is_share and note.theme in {token.key for token in counts[:2]}
        needed = [token.key for token in counts if token.key not in {note.theme, *self.bodies}]
        # What counts it and is not in its text is a word between others: `among`.
        needed = [key for key in needed if key in said] or needed
        self.head = note.keys(unit.name).intersection(token.key for token in counts)
        self.head = self.head - {"part", "share"} or {*needed}
        self.weights = {
            key: 0 if key in note.generic else 1 / (1 + note.frequency[key])
            for key in (*needed, *self.head)
        }
        self.subjects = self.bodies or {note.theme}
        if not (self.has_theme or self.bodies):
            around = {key for key in said if note.frequency[key] > 2 and self.is_share}
            self.subjects |= note.works | around - self.weights.keys()

    @cached_property
    def expected(self) -> Message:
        """What the release says instead of what is said."""
        stat = self.stat
        if not isinstance(stat, Stat):
            return message("check-worked", said=f"{self.value:.0f}")
        hedge = "exact" if stat.approximation == "on-average" else stat.approximation
        number = {"value": stat.value, "unit": stat.unit, "approximation": hedge}
        written = stat.written[:1].lower() + stat.written[1:]
        return told(written, say_figure(number, self.dataset, "en"))

    def is_met(self, found: set[str], *, loosely: bool) -> bool:
        """Tell whether what a text has is what the stat counts: all, or most with the rarest."""
        both = self.weights.keys() & found
        if loosely and (self.bodies or self.head <= found):
            return bool(both)
        return len(both) == len(self.weights) or (len(both) > 1 and any(map(self.is_rarest, both)))

    def is_rarest(self, key: str) -> bool:
        """Tell whether nothing tells the stat from others as well as a thing."""
        return self.weights[key] == max(self.weights.values())

    @property
    def is_telling(self) -> bool:
        """Tell whether the number is hardly another's: 1,367 or 1.3 %, but not 10 %."""
        if self.is_share:
            return rounded(self.value * 100) % 1 > 0
        return self.value > _TELLING and self.value % 10 > 0

    def is_slip(self, value: float) -> bool:
        """Tell whether a telling number is the stat's but for a digit, their order or zeros."""
        if self.is_share or self.value <= _TELLING:
            return False
        said, true = (f"{number:.9g}" for number in (value, self.value))
        is_same = sorted(said.replace("0", "")) == sorted(true.replace("0", ""))
        is_near = len(said) == len(true) and sum(map(ne, said, true)) == 1
        return is_same or is_near

    def is_worked_out(self, value: float) -> bool:
        """Tell whether a telling number is what follows from others: 911 of 1,367."""
        is_count = not (self.is_share or self.is_ratio) and value > _TELLING
        return isinstance(self.stat, Computed) and is_count and self.is_value(value)

    def is_value(self, value: float) -> bool:
        """Tell whether a number is the stat's, worked out or not."""
        if isinstance(self.stat, Computed):
            room = self.value / 10 if self.is_ratio else 0.005 if self.is_share else 0.5
            return abs(self.value - value) <= room
        return self.value == value


class _Figure(NamedTuple):
    """A number in a sentence, with its hedge; what it counts stands at most as far as `stop`.

    What is said within a few words, behind it, before it, from the sentence's beginning, and of
    what it is a part, as in « quatre ateliers, dont trois ».
    """

    number: Quantity
    value: float
    hedge: str
    start: int
    stop: int
    is_share: bool
    is_free: bool
    near: set[str]
    behind: set[str]
    object: set[str]
    before: set[str]
    whole: set[str]
    part_of: set[str]
    share_of: set[str]
    is_times: bool


_Ranked: TypeAlias = tuple[tuple[int, int, int], _Topic]


class Figures:
    """Checks the figures of a note, sentence by sentence."""

    def __init__(self, note: Note) -> None:
        self.note, pattern = note, note.pattern
        stats: list[Stat | Computed] = [*note.dataset.stats, *note.dataset.computed]
        self.topics = [_Topic(stat, note) for stat in stats]
        self.people = note.stand_for("people")
        # What is no other place, no other time.
        dataset = note.dataset
        self.places = {*note.phrases.values()} - note.bodies.keys() | note.works | note.ours
        self.places |= {"france", "french", "franca"}
        # Shares are of when they were published; what the study did has dates of its own.
        self.years = {(source.date_published or "")[:4] for source in dataset.sources}
        self.dated = self.years | {(claim.date or "")[:4] for claim in dataset.claims}
        self.known = note.frequency.keys() | note.works | note.bodies.keys() | note.generic
        self.known = self.known | note.stand_for("authors")
        # Of whom sentences are known to be by their figures, without naming them.
        self.told = defaultdict[int, set[str]](set)
        # Where a figure is wished for, of another place, the writer's own, a change or of none.
        self.elsewhere = pattern(r"\b(?:{ours}|{elsewhere})\b")
        self.wished = pattern(r"\b{wished}\b")
        self.founded = pattern(r"\b{founded} $")
        self.against = pattern(r"\b{against}\b")
        self.change = pattern(r"\b{change}(?: \w+)? {by}?$|\b{not} {articles}?$|\b{we}[^;:]*$")
        self.governing = pattern(
            r"\b(?:{ours}|{elsewhere}|{wished}|{change}|{not}|{we}|(?:19|20)\d\d\b)"
        )
        self.governed: tuple[Sentence | None, bool] = None, False
        self.inside = pattern(r"\b{in}{articles}?$")
        self.some = pattern(r"\b(?:{some}|{several}) $")
        self.of_some = pattern(
            r" {some}\b|(?: \w+)? {more}\b| {that of} (?:{of}|$)|(?: [\w'-]+){{1,3}} {but those}\b"
        )
        self.goes_on = pattern(r"\b{goes on}\b")
        self.subject = pattern(r"\W*(?:{and} )?(?:{articles}|{a})")
        self.opening = pattern(r"[,;:!?(]|\b{but}\b|\. |\b{that} ")
        self.statement = pattern(r"[;!?]|\. |,? {but}\b")
        self.joined_to = pattern(r"\b{joined to}$")
        self.joined = pattern(r", {and} ")
        self.adverbial = pattern(r" ?(?:{in}|{according to})")
        self.clause = pattern(r"[;:!?]|,? {but}\b|\. ")
        self.aside = pattern(r"[,;:()]| {and} ")
        self.are = pattern(r" {are}\b")
        self.joint = pattern(r"[;:()]| {and} ")
        self.object = pattern(r"\s*{of}")
        self.of_number = pattern(r"\s*{of these}")
        self.of_which = pattern(r"\b{of which}{articles}?$")
        self.of_them = pattern(r" {of them}\b")

    def check(self, sentence: Sentence, text: str) -> Iterator[Finding]:
        """Check the figures of a sentence, whose `text` is without its dates."""
        self.right = list[Stat]()
        if COUNTING.isdisjoint(sentence.words):
            return
        taken, keys = 0, sentence.whole
        matched, others = list[tuple[_Topic, _Figure]](), set[float]()
        topics = [topic for topic in self.topics if not keys.isdisjoint(topic.weights)]
        for each in self.read(sentence, text) if topics else ():
            figure = each._replace(before=each.before & sentence.keys(taken, each.start))
            ranked, about = self.candidates(topics, figure, sentence, text)
            if about and not about[0][0][0]:
                taken = figure.stop
            # Of what is counted as near, what has this value; else of all that is counted.
            same = next((topic for _, topic in ranked if topic.is_value(figure.value)), None)
            topic = same or (about[0][1] if about else None)
            if topic and self.is_elsewhere(sentence, text, figure, topic):
                continue
            if topic and topic.has_theme and (about or self.note.is_seen(topic.subjects, sentence)):
                self.told[sentence.number] |= topic.subjects
            if topic and about:
                matched.append((topic, figure))
            elif not about:
                others.add(figure.value)
                yield from self.misplaced(figure, sentence, text)
        for topic, figure in matched:
            # « Ici 22 %, contre 14 % en moyenne » : what the release says is beside it.
            if topic.is_fraction or not figure.is_share or topic.value not in others:
                yield from self.judge(topic, figure, sentence, text)

    def candidates(
        self, topics: list[_Topic], figure: _Figure, sentence: Sentence, text: str
    ) -> tuple[list[_Ranked], list[_Ranked]]:
        """Give what may be counted by a figure, the nearest first, and what its text is about."""
        ranks = (
            (_rank(topic, figure), topic)
            for topic in topics
            if topic.is_share == figure.is_share and topic.is_ratio == figure.is_times
        )
        ranked = sorted(((rank, topic) for rank, topic in ranks if rank), key=itemgetter(0))
        for rank, topic in ranked:
            # So many members of a sort has one body alone, whatever it is called.
            if not rank[2] and topic.value == figure.value > _TELLING:
                self.told[sentence.number] |= topic.bodies
        about = [
            (rank, topic)
            for rank, topic in ranked
            if self.is_about(topic, figure, sentence, text, is_full=not rank[2])
        ]
        if about and not figure.is_share:
            # Of things of one sort, the nearest is meant, once one is what the text is about.
            sort = about[0][1].stat.unit
            about = ranked = [pair for pair in ranked if pair[1].stat.unit == sort]
        return ranked, about

    def read(self, sentence: Sentence, text: str) -> Iterator[_Figure]:
        """Go through the figures of a sentence."""
        language, keys = self.note.language, sentence.keys
        numbers = [
            number
            for number in read(_DECIMAL.sub("." if language == "en" else ",", text), language)
            if not (number.is_weak or _YEAR.fullmatch(text, number.start, number.end))
            and not (
                _LABEL.search(text, max(0, number.start - _BEFORE), number.start)
                or self.some.search(text, max(0, number.start - _BEFORE), number.start)
            )
            and not self.of_some.match(text, number.end)
        ]
        begins = [0, *(number.end for number in numbers)]
        stops = [*(number.start for number in numbers[1:]), len(text), len(text)]
        for at, number in enumerate(numbers):
            begin, end = begins[at], number.end
            hedge, start, _ = find_hedge(text, begin, number.start, end, language)
            stop = stops[at + bool(self.of_number.fullmatch(text, end, stops[at]))]
            # « 14 % : voilà ce que pèse » goes on behind the colon.
            colon = _COLON.match(text, end)
            clause = self.clause.search(text, colon.end() if colon else end, stop)
            stop = clause.start() if clause else stop
            value, sign = number.amount
            is_share = sign == "%" or bool(_POINT.match(text, end))
            aside = self.aside.search(text, end, stop)
            following = sentence.between(end, stop)
            is_people = following and following[0].key in self.people
            if is_people:
                aside = self.joint.search(text, end, stop)
            following = following[: None if is_people else _NEAR]
            is_times = bool(_TIMES.match(text, end))
            of_them = self.of_them.match(text, end)
            is_part = bool(
                of_them or self.of_which.search(text, max(0, start - 2 * _BEFORE), start)
            )
            is_part |= is_share and not sentence.between(self.begin(text, start), start)
            share_of = self.object.match(text, end) if not of_them else None
            # « 10 % des emplois sont industriels » : of all jobs, not of those; « 1,3 %, moins que
            # dans le privé » : of what stands before.
            ending = (
                self.are.search(text, end, stop) if share_of else _COMMA.search(text, end, stop)
            )
            # « Séance 6 » has no number of sessions.
            label = sentence.between(begin, start)[-1:] if not is_share else ()
            is_label = any(token.end == number.start - 1 for token in label)
            is_closed = is_share or not re.match(r"\s*\w", text[end:stop])
            yield _Figure(
                number,
                value,
                hedge or ("about" if number.is_rough else ""),
                start,
                stop,
                is_share,
                is_free=is_closed and not share_of and not is_label,
                near={t.key for t in following if t.end <= (aside.start() if aside else stop)},
                behind=keys(number.start, stop),
                object=keys(number.start, ending.start() if ending else stop),
                before=keys(begin, number.start),
                whole=keys(max(0, stop - _FAR), stop) if is_times else set(),
                part_of=self.counted(sentence, numbers[:at], start) if is_part else set(),
                share_of=self.noun(sentence, text, share_of.end(), stop) if share_of else set(),
                is_times=is_times,
            )

    def counted(self, sentence: Sentence, before: list[Quantity], start: int) -> set[str]:
        """Give what the number before one counts, or the sentence before."""
        if before:
            return sentence.keys(before[-1].start, start)
        at = sentence.number - 1
        return {*self.note.sentences[at].whole} if at >= sentence.first else set()

    def begin(self, text: str, start: int) -> int:
        """Give where the clause begins that has a figure."""
        return max((found.end() for found in self.opening.finditer(text, 0, start)), default=0)

    def noun(self, sentence: Sentence, text: str, start: int, stop: int) -> set[str]:
        """Give the noun that begins somewhere, with its adjectives: not what it is of in turn."""
        found, end = set[str](), start
        for token in sentence.between(start, stop):
            if found and self.object.search(text, end, token.start):
                break
            found.add(token.key)
            end = token.end
        return found

    def is_about(
        self, topic: _Topic, figure: _Figure, sentence: Sentence, text: str, *, is_full: bool
    ) -> bool:
        """Tell whether a sentence speaks of whom the figure is, or goes on about it."""
        if is_full and len(topic.weights) > 2 and not (topic.has_theme and topic.is_share):
            return True
        theme, start = self.note.theme, figure.start
        is_of_study = not (topic.has_theme or topic.bodies)
        is_rival = not topic.bodies and self.is_rival(sentence, text, start)
        is_named = not self.note.bodies.keys().isdisjoint(sentence.whole)
        told = set[str]() if is_named else self.told[sentence.number]
        if not topic.subjects.isdisjoint(sentence.whole | told):
            subjects = self.note.works if is_of_study else {theme}
            return not (is_rival and subjects.isdisjoint(sentence.keys(0, start)))
        if not is_rival and self.is_told(topic, sentence):
            return True
        # Of the study, in a text that is about it, figures need not say again that they are;
        # nor need others that are the release's, but for a slip.
        is_slip = is_full and topic.is_slip(figure.value)
        is_ours = not is_rival and (is_of_study or is_slip or topic.is_worked_out(figure.value))
        return is_ours and self.note.is_seen(topic.subjects, sentence)

    def is_told(self, topic: _Topic, sentence: Sentence) -> bool:
        """Tell whether what stands before a sentence is of whom the figure is.

        Looked for in its paragraph and the one before, as far as nothing else is their subject.
        """
        sentences, first = self.note.sentences, sentence.first
        begin = max(sentences[max(first - 1, 0)].first, sentence.number - _FARTHEST)
        for at in range(sentence.number - 1, begin - 1, -1):
            each = sentences[at]
            if not topic.subjects.isdisjoint(each.whole | self.told[at]):
                return True
            begins = each.is_item or at == each.first
            has_subject = self.subject.match(each.plain)
            if begins and self.note.own.search(each.plain):
                return False
            if has_subject and self.is_rival(each, each.plain, len(each.plain)):
                return False
        return False

    def is_rival(self, sentence: Sentence, text: str, start: int) -> bool:
        """Tell whether the subject before a figure is a thing of which the release says nothing."""
        begins = [0, *(found.end() for found in self.opening.finditer(text, 0, start))]
        # « Le numérique aussi : il pèse 5 % » takes its subject from the clause before.
        end = start
        while begins[1:] and not self.subject.match(text, begins[-1], end):
            end = begins.pop()
        begin = begins[-1]
        subject = self.subject.match(text, begin, end)
        at = subject.end() if subject else begin
        tokens = sentence.between(at, end)
        # English has subjects without an article, lists in both languages.
        may_be_bare = sentence.is_item or (self.note.language == "en" and len(tokens) > 1)
        is_bare = may_be_bare and not (
            subject or begin or self.adverbial.match(text) or self.goes_on.search(text, 0, start)
        )
        is_first = bool(tokens) and (is_bare or bool(subject and tokens[0].start == at))
        is_listed = self.joined_to.search(text, at, start)
        return is_first and not is_listed and tokens[0].key not in self.known

    def scope(self, text: str, figure: _Figure) -> tuple[str, str]:
        """Give what governs a figure, before and after it; an aside does not, nor what follows it.

        « L'ESS, que soutiennent nos régions, pèse 10 %, et notre but est de faire mieux. »
        """
        start, end = figure.start, figure.number.end
        found = self.statement.finditer(text, max(0, start - _FAR), start)
        first, *asides = text[max((one.end() for one in found), default=0) : start].split(", ")
        last = asides[-1:]
        kept = [first, *filter(self.adverbial.match, asides[:-1]), *last]
        after = text[end : end + _FAR]
        for border in (self.statement, self.joined):
            after = border.split(after, maxsplit=1)[0]
        return ", ".join(kept), after

    def is_of_another_year(self, topic: _Topic, before: str, after: str) -> bool:
        """Tell whether a year governs a figure: « en 2012 », not « la loi de 2014 »."""
        known = self.years if topic.is_share else self.dated
        return any(
            year[0] not in known and not spared.search(part, 0, year.start())
            for part, spared in ((before, self.founded), (after, self.against))
            for year in _YEAR.finditer(part)
        )

    def is_elsewhere(self, sentence: Sentence, text: str, figure: _Figure, topic: _Topic) -> bool:
        """Tell whether a figure may be of another place or time, or no figure of a state."""
        if sentence is not self.governed[0]:
            self.governed = sentence, bool(self.governing.search(text))
        before, after = self.scope(text, figure) if self.governed[1] else ("", "")
        if self.wished.search(before) or self.wished.search(after) or self.change.search(before):
            return True
        if topic.has_theme or topic.bodies:
            # « Nos membres le savent : l'ESS pèse 10 % » is of the ESS; of what one did, one's own.
            before = before.rpartition(":")[2]
        if self.elsewhere.search(before) or self.elsewhere.search(after):
            return True
        said = sentence.keys(figure.number.start, figure.number.end)
        if topic.is_of_theme and self.note.theme in said:
            return True
        if self.is_of_another_year(topic, before, after):
            return True
        if "?" in text[figure.stop :]:
            return True
        # « Deux ateliers en avril » are those of the month, of all that were held.
        is_part = "·" in text[figure.number.end : figure.stop] and figure.value < topic.value
        if is_part and not (topic.is_share or topic.bodies or getattr(topic.stat, "date", None)):
            return True
        for token in sentence.between(max(0, figure.start - _FAR), figure.stop + _FAR):
            is_of = text.startswith("'s ", token.end)
            if is_of or self.inside.search(text, max(0, token.start - _BEFORE), token.start):
                # A date is none: it stands there no more.
                first = self.note.text[sentence.places[token.start]]
                is_name = first.isupper() and text[token.start] != "·"
                is_other = token.key not in self.places | topic.bodies
                # « Dans l'ESS, 14 % des emplois » is no share of all; that of enterprises in it is.
                opens = not sentence.between(self.begin(text, token.start), token.start)
                is_theme = topic.is_of_theme and token.key == self.note.theme
                is_whole = is_theme and opens and not is_of
                if (is_name and is_other) or (is_whole and token.end < figure.start):
                    return True
        return False

    def misplaced(self, figure: _Figure, sentence: Sentence, text: str) -> Iterator[Finding]:
        """Find a number of the release that is given to another body, or to another thing.

        « Les deux tiers des entreprises industrielles de l'ESS sont des associations. »
        """
        note, start = self.note, figure.start
        bodies = [token for token in sentence.between(0, start) if token.key in note.bodies]
        said = figure.before | figure.behind
        others = {*note.phrases.values()} - {note.theme}
        for topic in self.topics:
            lacks = [key for key, weight in topic.weights.items() if weight and key not in said]
            if not topic.is_value(figure.value) or isinstance(topic.stat, Computed):
                continue
            if topic.bodies:
                between = sentence.keys(bodies[-1].end, start) if bodies else set()
                is_other = bool(bodies) and topic.bodies.isdisjoint({token.key for token in bodies})
                is_given = not lacks and is_other and len(between) <= _NEAR
            else:
                counted = figure.behind if topic.is_share else figure.near
                given = counted & others - topic.weights.keys()
                is_given = (
                    (len(topic.weights) > 2 or topic.is_telling) and len(lacks) == 1 and bool(given)
                )
                is_given = is_given and topic.is_rarest(lacks[0])
                is_given = is_given and note.theme in note.whole
            if is_given and not self.is_elsewhere(sentence, text, figure, topic):
                expected = message("check-other", said=topic.stat.counts)
                place = sentence.places[start], sentence.places[figure.number.end - 1] + 1
                yield note.finding("figure", *place, expected, topic.stat.id)
                note.recognised["figures"] += 1
                return

    def judge(
        self, topic: _Topic, figure: _Figure, sentence: Sentence, text: str
    ) -> Iterator[Finding]:
        """Compare a figure with what it counts, and who is credited with it."""
        note, stat, value = self.note, topic.stat, figure.value
        severity, id, expected = "remark", stat.id, topic.expected
        if isinstance(stat, Stat):
            severity = _compare(topic, figure, text)
            if not severity or value == topic.value:
                self.right.append(stat)
        elif topic.is_value(value):
            expected = message("check-computed")
        elif topic.is_ratio:
            severity = "finding"
        else:
            values, behind = note.dataset.values, note.dataset.behind(stat)
            given = [other for other in behind if values[other.id] == value > _TELLING]
            if not given:
                return
            severity, id = "finding", given[0].id
            expected = message("check-other", said=given[0].counts)
        note.recognised["figures"] += 1
        if severity:
            counted = [token.end for token in sentence.tokens if token.key in topic.weights]
            ends = (end for end in counted if end <= figure.stop)
            start = sentence.places[figure.start]
            end = sentence.places[max([figure.number.end, *ends]) - 1] + 1
            shown = start, min(end, start + _MOST)
            yield note.finding("figure", *shown, expected, id, severity=severity)


def _rank(topic: _Topic, figure: _Figure) -> tuple[int, int, int] | None:
    """Tell how near to a number stands what a topic counts, and how much of it lacks."""
    is_share, weights = figure.is_share, topic.weights
    if figure.number.sign in {*"€$£"}:
        return None
    if topic.is_ratio:
        return (0, -len(weights), 0) if topic.is_met(figure.whole, loosely=False) else None
    if topic.is_worked_out(figure.value) and any(
        map(topic.is_rarest, weights.keys() & figure.near)
    ):
        return 0, -1, 0
    # A share is of what stands behind it, if anything does.
    if is_share and figure.share_of and figure.share_of.isdisjoint([*weights, *topic.generic]):
        return None
    # « 10 % de l'emploi total » is of no part of it.
    is_of_all = not figure.share_of.isdisjoint(topic.generic)
    head = topic.head & figure.part_of if topic.is_fraction or not is_share else set()
    behind = (figure.object if topic.is_of_theme else figure.behind) | head
    before, near = figure.before, figure.near | head
    is_named = not near.isdisjoint(weights if topic.bodies else topic.head)
    is_named = is_named or topic.is_slip(figure.value)
    is_named = is_share or (is_named and (bool(topic.bodies) or topic.head <= behind))
    is_loose = not head and bool(topic.bodies or not topic.has_theme)
    reaches = (
        (behind, is_named, is_loose),
        (before, figure.is_free, is_loose),
        (before | behind, is_named and behind and not (is_share and is_of_all), False),
    )
    # « 2 % des entreprises de l'ESS » are of them all, not of those in industry.
    is_strict = topic.is_fraction and not figure.share_of.isdisjoint(weights)
    for tier, (reach, is_open, loosely) in enumerate(reaches):
        if is_open and topic.is_met(reach, loosely=loosely):
            lacks = [key for key, weight in weights.items() if key not in reach and weight]
            if not (is_strict and lacks):
                # « Près de mille membres, dont 250 métropoles » : of those, not of the members.
                is_of_head = (
                    bool(head) and head <= weights.keys() and figure.behind.isdisjoint(weights)
                )
                return tier + is_of_head, len(lacks) - len(weights), len(lacks)
    return None


def _compare(topic: _Topic, figure: _Figure, text: str) -> str:
    """Compare a number with a stat: nothing if it is honest, else a finding or a remark."""
    number, hedge, true = figure.number, figure.hedge, topic.value
    value, approximation = figure.value, getattr(topic.stat, "approximation", "exact")
    is_exact = approximation in {"exact", "on-average"}
    if number.sign == "‰" or _POINT.match(text, number.end) or not (true and value):
        return "" if value == true else "finding"
    if value == true and hedge in {"", "about"}:
        return "" if hedge or is_exact or approximation == "about" else "remark"
    if value == true:
        is_same = hedge == approximation or {hedge, approximation} <= _BELOW
        return "" if is_same else "remark" if hedge == "nearly" and is_exact else "finding"
    low, high = _HONEST.get(hedge, (1, 1))
    scale = 100 if topic.is_share else 1
    is_rounded = rounded(value * scale) in {
        float(f"{rounded(true * scale):.{digits}g}") for digits in (1, 2, 3)
    }
    is_honest = low <= value / true <= high or (hedge == "about" and is_rounded)
    is_honest |= topic.is_fraction and abs(value - true) < 0.01
    # One in seven is as near to 14 % as one in a whole number comes.
    is_whole = number.sign == "/" and abs(1 / value - round(1 / value)) < 1e-6
    is_honest |= is_whole and not topic.is_fraction and abs(1 / value - 1 / true) < 0.5
    if is_honest:
        return ""
    is_near = not hedge and is_exact and is_rounded and abs(value / true - 1) <= _ROUNDED
    return "remark" if is_near else "finding"
