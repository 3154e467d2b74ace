"""Tab-separated values, a line a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from essfacts.export import flatten
from essfacts.text import printable

if TYPE_CHECKING:
    from typing import TextIO

    from essfacts.render import Listing


def render(listing: Listing, stream: TextIO) -> None:
    """Write a header and a line a record; a cell holds no tab and no line break."""
    columns = [column for field in listing.fields for column in field.columns]
    print("\t".join(columns), file=stream)
    for record in listing.records:
        cells = flatten(record, listing.fields).values()
        print("\t".join(map(_cell, cells)), file=stream)


def _cell(cell: Any) -> str:
    return "" if cell is None else printable(" ".join(str(cell).split()))
