"""A Markdown table, as GitHub Flavored Markdown has it."""

import re
from itertools import chain
from typing import TextIO

from essfacts.render import Listing
from essfacts.text import printable

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&#])")


def render(listing: Listing, stream: TextIO) -> None:
    """Write a header, a rule and a row a record."""
    rule = ["---:" if name in {"figure", "value"} else "---" for name in listing.columns]
    rows = (map(_cell, listing.cells(record)) for record in listing.records)
    for row in chain([listing.headers(), rule], rows):
        print(f"| {' | '.join(row)} |", file=stream)


def _cell(cell: str) -> str:
    """Escape what Markdown would read as a mark; addresses stay whole, to be linked."""
    words = [
        f"<{word}>".replace("|", r"\|")
        if re.fullmatch(r"https?://[^<>]+", word)
        else _SPECIAL.sub(r"\\\1", word)
        for word in map(printable, cell.split())
    ]
    return " ".join(words)
