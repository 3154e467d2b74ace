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
    return sorted(found), note.recognised


def _by_sentence(note: Note) -> Iterator[Finding]:
    dates, figures, offices = _Dates(note), Figures(note), speech.Offices(note)
    for sentence in note.sentences:
        text, findings = dates.check(sentence)
        yield from findings
        yield from figures.check(sentence, text)
        yield from offices.check(sentence)


class _Dated(NamedTuple):
    """What a dated claim can be known by: who is named in it, and what has synonyms."""

    id: str
    date: str
    keys: frozenset[str]
    bodies: frozenset[str]

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
        said = ((claim, note.keys(claim.text)) for claim in dataset.claims if claim.date)
        self.dated = [
            _Dated(
                claim.id,
                claim.date or "",
                frozenset(keys & telling),
                frozenset(keys.intersection(claim.organisations)),
            )
            for claim, keys in said
        ]
        # The works behind figures, by the words of their titles.
        self.works = {
            source.date_published: {token.key for token in note.tokens(fold(source.title.fr))}
            - {note.theme}
            for source in dataset.sources
            if source.date_published and source.type == "footnote"
        }
        self.year = note.pattern(r"\b{since} ((?:19|20)\d\d)\b(?![ ,.]?\d)")
        self.months = {fold(month(number, note.language)) for number in range(1, 13)}
        self.direct = note.pattern(r" {dated} {articles}?")
        self.published = note.pattern(r"{published}\b")
        self.beside = note.pattern(r"{beside published}\b")

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
            before = sentence.between(begin, start)
            after = sentence.between(end, stop)
            likely = self.likely(sentence, start, before, after, date)
            year = "" if likely or date[0] == "-" else date[:4]
            rest = rest[:start] + year.rjust(end - start, "·") + rest[end:]
            note.recognised["dates"] += bool(likely)
            if likely and not any(_is_same(date, known.date) for known in likely):
                expected = told(*(format_date(likely[0].date, name) for name in LANGUAGES))
                place = sentence.places[start], sentence.places[end - 1] + 1
                findings.append(note.finding("date", *place, expected, likely[0].id))
        return rest, findings

    def likely(
        self, sentence: Sentence, start: int, before: list[Token], after: list[Token], date: str
    ) -> list[_Dated]:
        """Give the claims whose date a date of a sentence may be, the likeliest first."""
        sides = {token.key for token in before}, {token.key for token in after}
        days = {day for day, words in self.works.items() if words <= sides[0] | sides[1]}
        # What a date is directly of: « le communiqué du 13 novembre ».
        is_direct = bool(before) and self.direct.fullmatch(sentence.plain, before[-1].end, start)
        noun, ours = {before[-1].key} if is_direct else set(), self.note.dataset.release.date
        if len(date) > 5 and (date[0] == "-" or ours[:4] == date[:4] or ours[4:] == date[4:]):
            orders = () if noun else ([*reversed(before), *after], after)
            published = any(self.is_published(sentence.plain, order) for order in orders)
            days |= {ours} if published or noun & self.note.works else set()
        if days:
            return [known for known in self.dated if known.date in days]
        whole = sentence.whole
        met = {
            known: [known.met(whole, near) for near in (*sides, sides[0] | sides[1])]
            for known in self.dated
            if noun <= known.keys | known.bodies and known.date != ours
        }
        return sorted(filter(lambda known: any(met[known]), met), key=met.__getitem__, reverse=True)

    def is_published(self, plain: str, near: list[Token]) -> bool:
        """Tell whether the words near a date, the nearest first, say that the study comes out."""
        near = [token for token in near if token.key not in self.note.bodies][:_NEAR]
        published = [token for token in near if self.published.match(plain, token.start)]
        nouns = [
            token.key
            for token in near
            if token not in published and not self.beside.match(plain, token.start)
        ]
        return bool(published) and not self.note.works.isdisjoint(nouns[:1])


def _is_same(said: str, date: str) -> bool:
    """Tell whether a date is another one, with less of it or without its year."""
    return date.startswith(said) or said.startswith(date) or (said[0] == "-" and said in date)
