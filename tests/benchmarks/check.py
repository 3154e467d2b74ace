"""Print how many planted errors `check` tells, and how many findings it has in clean notes.

Run it as `python tests/benchmarks/check.py`; `-v` names those that it misses or invents.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from essfacts.check import check
from essfacts.copies import open_copy
from essfacts.dataset import load, read_fingerprint

if TYPE_CHECKING:
    from essfacts.note import Finding

NOTES = Path(__file__).parents[1] / "data" / "notes"


class Planted(NamedTuple):
    """An error planted in a note: where, of which kind, against which claim (`-` for any)."""

    note: str
    line: int
    column: int
    kind: str
    claim: str
    words: str


def planted(file: Path = NOTES / "planted.tsv") -> list[Planted]:
    """Read the errors that were planted."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = [*csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]
    return [Planted(row[0], int(row[1]), int(row[2]), *row[3:]) for row in rows]


def findings(note: Path, data: str | None = None) -> list[tuple[int, int, Finding]]:
    """Give the findings in a note, remarks apart, each with its line and column."""
    copy = open_copy(str(note))
    found, _ = check(load(data), read_fingerprint(data), copy.text)
    return [(*copy.position(f.offset), f) for f in found if f.severity == "finding"]


def is_told(error: Planted, found: list[tuple[int, int, Finding]]) -> bool:
    """Tell whether a finding stands at an error, is of its kind and names its claim."""
    return any(
        line == error.line
        and finding.kind == error.kind
        and error.claim in {"-", finding.claim}
        and column < error.column + len(error.words)
        and error.column < column + max(len(finding.said), 1)
        for line, column, finding in found
    )


def main() -> None:
    """Print both rates."""
    is_wordy = "-v" in sys.argv
    errors = planted()
    found = {name: findings(NOTES / "planted" / name) for name in {error.note for error in errors}}
    missed = [error for error in errors if not is_told(error, found[error.note])]
    told = len(errors) - len(missed)
    print(f"planted: {told} of {len(errors)} told ({told / len(errors):.1%})")
    for error in missed if is_wordy else ():
        print(f"  missed {error}")
    clean = sorted((NOTES / "clean").iterdir())
    false = [(note.name, *place) for note in clean for place in findings(note)]
    print(f"clean: {len(false)} false findings in {len(clean)} notes")
    for place in false if is_wordy else ():
        print(f"  false {place}")


if __name__ == "__main__":
    main()
