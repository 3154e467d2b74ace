"""Find where a person's own text says otherwise than the release; silent where it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essfacts import names, quotations
from essfacts.credits import Credits, Study
from essfacts.dates import Dates
from essfacts.figures import Figures
from essfacts.note import Note
from essfacts.offices import Offices

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from essfacts.fingerprint import Fingerprint
    from essfacts.model import Dataset
    from essfacts.note import Finding


def check(
    dataset: Dataset, fingerprint: Fingerprint, text: str, language: str | None = None
) -> tuple[list[Finding], Counter[str]]:
    """Give what a text says otherwise than the release, and how much of each sort it is known."""
    note = Note(dataset, text, language)
    found = [
        *_by_sentence(note),
        *quotations.check(note, fingerprint),
        *names.misspelt(note),
    ]
    return sorted(found), note.recognised


def _by_sentence(note: Note) -> Iterator[Finding]:
    study, figures, offices = Study(note), Figures(note), Offices(note)
    dates, credits = Dates(note, study), Credits(note, study)
    for sentence in note.sentences:
        days, text, findings = dates.check(sentence)
        yield from findings
        yield from study.check(sentence, days)
        yield from figures.check(sentence, text)
        yield from credits.check(sentence, text, figures.right)
        yield from offices.check(sentence)
