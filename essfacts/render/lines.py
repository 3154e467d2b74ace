"""Labelled lines, a blank line between records: for a screen reader, or for `grep`."""

from typing import TextIO

from essfacts.render import Listing, one_line


def render(listing: Listing, stream: TextIO) -> None:
    """Write each cell that holds something on a line, behind its label."""
    before = ""
    for record in listing.records:
        stream.write(before)
        before = "\n"
        for header, cell in zip(listing.headers(), listing.cells(record), strict=True):
            if cell:
                print(one_line(f"{header}: {cell}"), file=stream)
