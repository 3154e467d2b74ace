"""Find where a person's own text says otherwise than the release; silent where it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from essfacts import speech
from essfacts.figures import Figures
from essfacts.language import LANGUAGES, format_date
from essfacts.note import Note, told
from essfacts.prose import read_dates
from essfacts.text import fold

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from essfacts.fingerprint import Fingerprint
    from essfacts.model import Dataset
    from essfacts.note import Finding, Sentence

# How much of what is known of a claim must be there.
_ENOUGH = 0.6


def check(
    dataset: Dataset, fingerprint: Fingerprint, text: str, language: str | None = None
) -> tuple[list[Finding], Counter[str]]:
    """Give what a text says otherwise than the release, and how much of each sort it is known."""
    note = Note(dataset, text, language)
    found = [
        *_by_sentence(note),
        *speech.quotations(note, fingerprint),
        *speech.offices(note),
        *speech.names(note),
    ]
    return sorted(found), note.recognised


def _by_sentence(note: Note) -> Iterator[Finding]:
    dates, figures = _Dates(note), Figures(note)
    for paragraph in note.paragraphs:
        for at, sentence in enumerate(paragraph):
            text, findings = dates.check(sentence)
            yield from findings
            yield from figures.check(sentence, text, paragraph[:at])


class _Dated(NamedTuple):
    """What a dated claim can be known by: who is named in it, and what has synonyms."""

    id: str
    date: str
    keys: frozenset[str]
    bodies: frozenset[str]

    def met(self, whole: set[str], near: set[str]) -> int:
        """Count what a sentence, or what stands near a date in it, has of the claim: most, or 0."""
        named, found = self.bodies & near, self.keys & (whole if self.bodies else near)
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
        self.direct = note.pattern(r"\b{dated} {articles}?$")
        self.published = note.pattern("{published}$")
        self.beside = note.pattern("(?:{published}|{beside published})$")

    def check(self, sentence: Sentence) -> tuple[str, list[Finding]]:
        """Check the dates of a sentence; give it without them, but for years of other matters."""
        note, text, findings = self.note, sentence.plain, []
        found = [*read_dates(text, note.language)]
        found += [
            (*year.span(1), year[1])
            for year in self.year.finditer(text)
            if not any(start <= year.start(1) < end for start, end, _ in found)
        ]
        found.sort()
        ends, rest = [0, *(end for _, end, _ in found)], text
        begins = [*(start for start, _, _ in found[1:]), len(text)]
        for (start, end, date), begin, stop in zip(found, ends, begins, strict=False):
            before = max(begin, text.rfind(";", 0, start)), start
            after = end, text.find(";", end, stop) % (stop + 1)
            likely = self.likely(sentence, before, after, date)
            year = "" if likely or date[0] == "-" else date[:4]
            rest = rest[:start] + year.rjust(end - start, "·") + rest[end:]
            note.recognised["dates"] += bool(likely)
            if likely and not any(_is_same(date, known.date) for known in likely):
                expected = told(*(format_date(likely[0].date, name) for name in LANGUAGES))
                first, last = sentence.places[start], sentence.places[end - 1] + 1
                findings.append(note.finding("date", first, last, expected, likely[0].id))
        return rest, findings

    def likely(
        self, sentence: Sentence, before: tuple[int, int], after: tuple[int, int], date: str
    ) -> list[_Dated]:
        """Give the claims whose date a date of a sentence may be, the likeliest first."""
        sides = sentence.keys(*before), sentence.keys(*after)
        near = (*sides, sides[0] | sides[1])
        works = {day for day, words in self.works.items() if words <= near[2]}
        is_direct = bool(self.direct.search(sentence.plain, *before))
        if self.is_publication(sentence, before, after, date, is_direct=is_direct):
            works = {self.note.dataset.release.date}
        if works:
            return [known for known in self.dated if known.date in works]
        last = [token.key for token in sentence.tokens if token.end <= before[1]][-1:]
        noun = {*last} if is_direct else set()
        met = {
            known: [known.met(sentence.keys(), piece) for piece in near]
            for known in self.dated
            if noun <= known.keys | known.bodies
        }
        return sorted(filter(lambda known: any(met[known]), met), key=met.__getitem__, reverse=True)

    def is_publication(
        self,
        sentence: Sentence,
        before: tuple[int, int],
        after: tuple[int, int],
        date: str,
        *,
        is_direct: bool,
    ) -> bool:
        """Tell whether a date is told as that of the release or the study."""
        ours = self.note.dataset.release.date
        if len(date) < 6 or (date[0] != "-" and date[:4] != ours[:4] and date[4:] != ours[4:]):
            return False
        said = {
            sentence.plain[token.start : token.end]: token.key
            for token in sentence.tokens
            if before[0] <= token.start and token.end <= before[1]
            if token.key not in self.note.bodies
        }
        words = [*said][-6:]
        if is_direct or not any(map(self.published.match, words)):
            return is_direct and bool(words) and said[words[-1]] in self.note.works
        rest = [said[word] for word in words if not self.beside.match(word)]
        following = [token.key for token in sentence.tokens if token.start >= after[0]]
        return not {*(rest[-1:] or following[:1])}.isdisjoint(self.note.works)


def _is_same(said: str, date: str) -> bool:
    """Tell whether a date is another one, with less of it or without its year."""
    return date.startswith(said) or said.startswith(date) or (said[0] == "-" and said in date)
