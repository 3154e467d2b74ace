"""A Markdown table, as GitHub Flavored Markdown has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from essfacts.text import printable

if TYPE_CHECKING:
    from typing import TextIO

    from essfacts.render import Listing

_RIGHT = frozenset({"figure", "value"})
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&#])")


def render(listing: Listing, stream: TextIO) -> None:
    """Write a header, a rule and a row a record."""
    rule = ["---:" if column.name in _RIGHT else "---" for column in listing.columns]
    rows = [listing.headers(), rule]
    for row in rows:
        print(_row(row), file=stream)
    for record in listing.records:
        print(_row([_cell(cell) for cell in listing.cells(record)]), file=stream)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: str) -> str:
    """Escape what Markdown would read as a mark; addresses stay whole, to be linked."""
    words = [
        f"<{word}>".replace("|", r"\|")
        if re.fullmatch(r"https?://[^<>]+", word)
        else _SPECIAL.sub(r"\\\1", word)
        for word in map(printable, cell.split())
    ]
    return " ".join(words)
