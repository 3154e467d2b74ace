"""Find where a person's own text says otherwise than the release; silent where it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from essfacts import speech
from essfacts.figures import Figures
from essfacts.language import LANGUAGES, format_date, month
from essfacts.note import Note, told
from essfacts.prose import read_dates
from essfacts.text import fold

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from essfacts.fingerprint import Fingerprint
    from essfacts.model import Dataset
    from essfacts.note import Finding, Sentence, Token

# How much of what is known of a claim must be there.
_ENOUGH = 0.6
# How many words from its date what comes out may stand, bodies apart.
_NEAR = 8
# How many sentences before one an event may be named; how long a year is.
_BACK, _YEAR = 3, 4
# How far behind its verb what is published may begin.
_BESIDE = 12
# What the dataset's own works are.
_OURS = {"release", "study"}


def check(
    dataset: Dataset, fingerprint: Fingerprint, text: str, language: str | None = None
) -> tuple[list[Finding], Counter[str]]:
    """Give what a text says otherwise than the release, and how much of each sort it is known."""
    note = Note(dataset, text, language)
    found = [
        *_by_sentence(note),
        *speech.quotations(note, fingerprint),
        *speech.names(note),
    ]
    # Two rooms may see the same: who publishes the study is who made it.
    return sorted({(one.offset, one.kind): one for one in found}.values()), note.recognised


def _by_sentence(note: Note) -> Iterator[Finding]:
    dates, figures, offices = _Dates(note), Figures(note), speech.Offices(note)
    for sentence in note.sentences:
        text, findings = dates.check(sentence)
        yield from findings
        yield from figures.check(sentence, text)
        yield from offices.check(sentence)


class _Dated(NamedTuple):
    """What a dated claim can be known by: who is named in it, and what has synonyms.

    What is so of `all` since a year need not be so of each.
    """

    id: str
    date: str
    keys: frozenset[str]
    bodies: frozenset[str]
    all: str

    def met(self, whole: frozenset[str], near: set[str]) -> int:
        """Count what a sentence, or what stands near a date in it, has of the claim: most, or 0."""
        named = self.bodies & near
        found = self.keys & (whole if self.bodies else near)
        is_enough = len(named | found) >= _ENOUGH * len(self.bodies | self.keys)
        return len(named | found) * (bool(found) and bool(named) == bool(self.bodies) and is_enough)


class _Dates:
    """Checks the dates of a note, sentence by sentence."""

    def __init__(self, note: Note) -> None:
        self.note, dataset = note, note.dataset
        names = [topic.name for topic in dataset.topics]
        aliases = (fold(alias) for source in dataset.sources for alias in source.aliases)
        telling = {*note.phrases.values()}.union(*map(note.keys, names))
        telling |= {token.key for alias in aliases for token in note.tokens(alias)}
        telling -= {note.theme, *note.bodies}
        self.dated = []
        for claim in (claim for claim in dataset.claims if claim.date):
            plain = note.said(claim.text)
            tokens = note.tokens(plain)
            keys = {token.key for token in tokens}
            is_of_all = len(claim.date or "") == _YEAR and plain[tokens[0].end - 1] == "s"
            self.dated.append(
                _Dated(
                    claim.id,
                    claim.date or "",
                    frozenset(keys & telling),
                    frozenset(keys.intersection(claim.organisations)),
                    tokens[0].key if is_of_all else "",
                )
            )
        # What was held with bodies, when a sentence says but that all was presented to them.
        self.held = frozenset(key for known in self.dated if known.bodies for key in known.keys)
        # The works behind figures, by the words of their titles.
        self.works = {
            source.date_published: {token.key for token in note.tokens(fold(source.title.fr))}
            - {note.theme}
            for source in dataset.sources
            if source.date_published and source.type == "footnote"
        }
        self.year = note.pattern(r"\b{since} ((?:19|20)\d\d)\b(?![ ,.]?\d)")
        self.months = {fold(month(number, note.language)) for number in range(1, 13)}
        self.direct = note.pattern(r",? {dated} {articles}?")
        self.published = note.pattern(r"\b{published}\b")
        self.beside = note.pattern(r"{beside published}\b")
        self.clause = note.pattern(r"[;:]|,? {but}\b")
        # What is asked, wished for, to come or the writer's own.
        self.elsewhere = note.pattern(
            r"\?|\b(?:{ahead}|{own})\b|\b{we}(?:(?!\b(?:que|that)\b)[^,;:])*$"
        )
        self.topic = note.pattern(r"\b(?:{about}|{in}){articles}?$")
        self.part = note.pattern(r"(\w+) (?:{about}|{of}){articles}?$")
        self.on = note.pattern(r" {about}{articles}?")
        self.the = note.pattern(r"(?:^|{articles}|\b{this})(?:\w+ )?$")
        self.another = note.pattern(r"\b{other} $")
        self.results = note.pattern(r"{results}\b")
        self.again = note.pattern(r"\b{again}\b")
        self.shown = note.pattern(r"\b{shown}\b.* {to}{articles}?(?:\w+ {of})?$")
        works = (source for source in dataset.sources if source.type in _OURS)
        self.makers, self.title = set[str](), {note.theme}
        for source in works:
            self.makers |= {*source.producers}
            self.title |= note.keys(source.title)
        # Their names in short, and of whom they are a part, are no other publisher's.
        ours = [body for body in dataset.organisations if body.id in self.makers]
        kin = (note.keys(body.description) for body in ours)
        parts = (word for body in ours for word in fold(body.name).split())
        self.kin = {note.theme, *self.makers, *parts}.union(*kin)
        self.people = {person.id for person in dataset.people}
        self.by = note.pattern(
            r"(?:(?! {and} )(?:[^,.;:()]|,(?= ?\d))){{0,60}}?\b{by whom}{articles}?"
        )
        self.has = note.pattern(r",? {has}?(?:{beside published} )*")
        self.of = note.pattern(r"(?:{of}|\b{by whom}|\b{which}){articles}?$")

    def check(self, sentence: Sentence) -> tuple[str, list[Finding]]:
        """Check the dates of a sentence; give it without them, but for years of other matters."""
        note, text, findings = self.note, sentence.plain, []
        is_dated = not self.months.isdisjoint(sentence.words)
        found = [*read_dates(text, note.language)] if is_dated else []
        found += [
            (*year.span(1), year[1])
            for year in self.year.finditer(text)
            if not any(start <= year.start(1) < end for start, end, _ in found)
        ]
        found.sort()
        ends, rest = [0, *(end for _, end, _ in found)], text
        begins = [*(start for start, _, _ in found[1:]), len(text)]
        for (start, end, date), begin, stop in zip(found, ends, begins, strict=False):
            likely = self.likely(sentence, (begin, start, end, stop), date)
            year = "" if likely or date[0] == "-" else date[:4]
            rest = rest[:start] + year.rjust(end - start, "·") + rest[end:]
            note.recognised["dates"] += bool(likely)
            if likely and not any(_is_same(date, known.date) for known in likely):
                expected = told(*(format_date(likely[0].date, name) for name in LANGUAGES))
                place = sentence.places[start], sentence.places[end - 1] + 1
                findings.append(note.finding("date", *place, expected, likely[0].id))
        return rest, [*findings, *self.publisher(sentence, [date for _, _, date in found])]

    def publisher(self, sentence: Sentence, dates: list[str]) -> Iterator[Finding]:
        """Compare who is said to publish the study, on its day or with others, with who does."""
        note, plain, ours = self.note, sentence.plain, self.note.dataset.release.date
        published = [*self.published.finditer(plain)]
        if not published or note.works.isdisjoint(sentence.whole) or plain[-1] == "?":
            return
        is_ours = len(sentence.whole & self.makers) > 1 or any(
            len(date) > 5 and _is_same(date, ours) for date in dates
        )
        for said in published if is_ours else ():
            known = [claim for claim in self.dated if claim.date == ours and claim.bodies]
            who = self.agent(sentence, said.start(), said.end())
            if known and who:
                name = ", ".join(sorted(note.bodies[id].name for id in known[0].bodies))
                place = sentence.places[who.start], sentence.places[who.end - 1] + 1
                yield note.finding("source", *place, told(name, name), known[0].id)
                return

    def agent(self, sentence: Sentence, start: int, end: int) -> Token | None:
        """Give who is said to publish, if it is the study and somebody else than who does."""
        plain, text = sentence.plain, self.note.text
        words = [token for token in sentence.tokens if not self.beside.match(plain, token.start)]
        before = [token for token in words if token.end <= start]
        after = [token for token in words if token.start >= end]
        # What stands between two commas is an aside.
        last = plain.rfind(",", 0, start)
        first = plain.rfind(",", 0, max(last, 0))
        if by := self.by.match(plain, end):
            who = next((token for token in words if token.start == by.end()), None)
            nouns = [
                token
                for token in before
                if token.key not in self.note.bodies
                and not 0 <= first < token.start < last
                and (token.key in self.note.works or not self.topic.search(plain, 0, token.start))
            ][-1:]
            comma = plain.find(",", by.end()) % len(plain)
            nouns = nouns or [token for token in after if token.start > comma]
        else:
            who = (
                before[-1] if before and self.has.fullmatch(plain, before[-1].end, start) else None
            )
            is_of = who and self.of.search(plain, 0, who.start)
            nouns = before[-2:-1] if is_of else after
        if not who or not nouns or not self.is_work(sentence, nouns[0]):
            return None
        is_name = (
            text[sentence.places[who.start]].isupper() and plain[who.end : who.end + 2] != "'s"
        )
        is_other = (
            who.key not in self.kin | self.people and plain[who.start : who.end] not in self.kin
        )
        return who if is_name and is_other else None

    def likely(
        self, sentence: Sentence, places: tuple[int, int, int, int], date: str
    ) -> list[_Dated]:
        """Give the claims whose date a date of a sentence may be, the likeliest first.

        The date stands between the second and the third of four places; others end before the
        first, and begin behind the last.
        """
        plain, (begin, start, end, stop) = sentence.plain, places
        clause = [at.end() for at in self.clause.finditer(plain, 0, start)]
        if self.elsewhere.search(plain[clause[-1] if clause else 0 : start]) or plain[-1] == "?":
            return []
        halves = plain.rfind(";", begin, start) + 1, plain.find(";", end, stop)
        before = sentence.between(max(begin, halves[0]), start)
        after = sentence.between(end, stop if halves[1] < 0 else halves[1])
        sides = {token.key for token in before}, {token.key for token in after}
        days = {day for day, words in self.works.items() if words <= sides[0] | sides[1]}
        # What a date is directly of: « le communiqué du 13 novembre ».
        names = [token for token in before if not self.beside.match(plain, token.start)]
        is_direct = bool(names) and self.direct.fullmatch(plain, names[-1].end, start)
        noun, ours = {names[-1].key} if is_direct else set(), self.note.dataset.release.date
        is_ours = bool(is_direct) and self.is_ours(sentence, names[-1])
        if len(date) > 5 and (date[0] == "-" or ours[:4] == date[:4] or ours[4:] == date[4:]):
            orders = () if noun else ([*reversed(before), *after], after)
            published = any(self.is_published(sentence, order) for order in orders)
            days |= {ours} if published or is_ours else set()
        if days:
            return [known for known in self.dated if known.date in days]
        many = {token.key for token in sentence.tokens if plain[token.end - 1] in "sx"}
        around = self.earlier(sentence, plain, after + before)
        met = dict[_Dated, list[int]]()
        for known in self.dated:
            is_of_all = not known.all or known.all in many
            if noun <= known.keys | known.bodies and known.date != ours and is_of_all:
                is_near = date[:4] == known.date[:4] or date[-5:] == known.date[-5:]
                whole = sentence.whole | (around if is_near else frozenset())
                met[known] = [known.met(whole, near) for near in (*sides, sides[0] | sides[1])]
        return sorted(filter(lambda known: any(met[known]), met), key=met.__getitem__, reverse=True)

    def earlier(self, sentence: Sentence, plain: str, near: list[Token]) -> frozenset[str]:
        """Give what a sentence does not say again: « le dernier », or of what results are shown."""
        bodies = [token for token in near if token.key in self.note.bodies]
        is_ours = not self.note.works.isdisjoint(sentence.whole) or self.results.search(plain)
        if is_ours and any(self.shown.search(plain, 0, token.start) for token in bodies):
            return self.held
        if bodies and self.again.search(plain):
            first = max(sentence.first, sentence.number - _BACK)
            earlier = self.note.sentences[first : sentence.number]
            return self.held & frozenset(key for one in earlier for key in one.whole)
        return frozenset()

    def is_published(self, sentence: Sentence, near: list[Token]) -> bool:
        """Tell whether the words near a date, the nearest first, say that the study comes out."""
        plain = sentence.plain
        bodies = {token.key for token in near if token.key in self.note.bodies}
        if bodies and bodies.isdisjoint(self.makers):
            return False
        near = [token for token in near if token.key not in bodies][:_NEAR]
        published = [token for token in near if self.published.match(plain, token.start)]
        nouns = [
            token
            for token in near
            if token not in published
            and not self.beside.match(plain, token.start)
            and not (token.key not in self.note.works and self.topic.search(plain, 0, token.start))
        ]
        # What comes out stands nearest to its date, or is what somebody brings out.
        objects = [
            token
            for token in nouns
            if any(
                0 < token.start - one.end < _BESIDE and "," not in plain[near[0].start : one.end]
                for one in published
            )
        ]
        return bool(published) and any(
            self.is_ours(sentence, token) for token in (*nouns[:1], *objects)
        )

    def is_work(self, sentence: Sentence, noun: Token) -> bool:
        """Tell whether a word is the study's own, not of what is about it, nor of another."""
        if noun.key not in self.note.works:
            return False
        plain = sentence.plain
        part = self.part.search(plain, 0, noun.start)
        of = part[1] if part else ""
        topic = self.on.match(plain, noun.end)
        about = (token for token in sentence.tokens if topic and token.start == topic.end())
        is_other = any(token.key not in self.title for token in about)
        is_whole = not of or self.published.match(of) or self.results.match(of)
        return bool(is_whole) and not (is_other or self.another.search(plain, 0, noun.start))

    def is_ours(self, sentence: Sentence, noun: Token) -> bool:
        """Tell whether a word is the study, which somebody else's « une étude » is not."""
        is_known = self.the.search(sentence.plain, 0, noun.start) or self.makers & sentence.whole
        return bool(is_known) and self.is_work(sentence, noun)


def _is_same(said: str, date: str) -> bool:
    """Tell whether a date is another one, with less of it or without its year."""
    return date.startswith(said) or said.startswith(date) or (said[0] == "-" and said in date)
