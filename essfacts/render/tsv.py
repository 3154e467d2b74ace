"""Tab-separated values, a line a record."""

from typing import TextIO

from essfacts.export import flatten
from essfacts.render import Listing, one_line


def render(listing: Listing, stream: TextIO) -> None:
    """Write a header and a line a record; a cell holds no tab and no line break."""
    columns = [column for field in listing.fields for column in field.columns]
    print(*columns, sep="\t", file=stream)
    for record in listing.records:
        cells = flatten(listing.data(record), listing.fields).values()
        lines = ("" if cell is None else one_line(str(cell)) for cell in cells)
        print(*lines, sep="\t", file=stream)
