"""A Markdown table, as GitHub Flavored Markdown has it."""

import re
from collections.abc import Iterable
from typing import TextIO

from essfacts.render import Listing
from essfacts.text import printable

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&#])")


def render(listing: Listing, stream: TextIO) -> None:
    """Write a header, a rule and a row a record."""
    names = [column.name for column in listing.columns]
    _write(listing.headers(), stream)
    _write(["---:" if name in {"figure", "value"} else "---" for name in names], stream)
    for record in listing.records:
        _write(map(_cell, listing.cells(record)), stream)


def _write(cells: Iterable[str], stream: TextIO) -> None:
    print(f"| {' | '.join(cells)} |", file=stream)


def _cell(cell: str) -> str:
    """Escape what Markdown would read as a mark; addresses stay whole, to be linked."""
    words = [
        f"<{word}>".replace("|", r"\|")
        if re.fullmatch(r"https?://[^<>]+", word)
        else _SPECIAL.sub(r"\\\1", word)
        for word in map(printable, cell.split())
    ]
    return " ".join(words)
