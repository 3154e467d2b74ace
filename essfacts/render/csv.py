"""CSV: exact for programs (RFC 4180), or as a French spreadsheet opens it by a double click."""

from __future__ import annotations

import csv
import datetime as dt
from typing import TYPE_CHECKING

from essfacts.export import flatten
from essfacts.render.workbook import cells as cells_of
from essfacts.render.workbook import defused, headings
from essfacts.text import printable

if TYPE_CHECKING:
    from typing import TextIO

    from essfacts.render import Listing
    from essfacts.render.workbook import Cell


def render(listing: Listing, stream: TextIO) -> None:
    """Write a header and a row a record."""
    if listing.excel:
        _render_excel(listing, stream)
        return
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column for field in listing.fields for column in field.columns])
    for record in listing.records:
        cells = flatten(record, listing.fields).values()
        writer.writerow(
            [printable(cell, "\t\n") if isinstance(cell, str) else cell for cell in cells]
        )


def _render_excel(listing: Listing, stream: TextIO) -> None:
    stream.write("\ufeff")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings(listing))
    for record in listing.records:
        writer.writerow([_for_excel(cell) for cell in cells_of(record, listing)])


def _for_excel(cell: Cell) -> str:
    """Write a number with a decimal comma, a day as French does, and no formula."""
    if isinstance(cell, int | float):
        return str(cell).replace(".", ",")
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    return defused(cell) if cell else ""
