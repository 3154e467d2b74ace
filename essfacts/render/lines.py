"""Labelled lines, a blank line between records: for a screen reader, or for `grep`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essfacts.text import printable

if TYPE_CHECKING:
    from typing import TextIO

    from essfacts.render import Listing


def render(listing: Listing, stream: TextIO) -> None:
    """Write each cell that holds something on a line, behind its label."""
    for index, record in enumerate(listing.records):
        if index:
            print(file=stream)
        for header, cell in zip(listing.headers(), listing.cells(record), strict=True):
            if cell:
                print(printable(f"{header}: {' '.join(cell.split())}"), file=stream)
