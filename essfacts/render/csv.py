"""CSV: exact for programs (RFC 4180), or as a French spreadsheet opens it by a double click."""

import csv
import datetime as dt
from typing import TextIO

from essfacts.export import flatten
from essfacts.render import Listing
from essfacts.render.xlsx import Cell, cells_of, headings
from essfacts.text import FORMULA_STARTS, printable


def render(listing: Listing, stream: TextIO) -> None:
    """Write a header and a row a record."""
    if listing.excel:
        stream.write("\ufeff")
        writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        writer.writerow(headings(listing))
        for record in listing.records:
            writer.writerow(map(_for_excel, cells_of(record, listing)))
        return
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(column for field in listing.fields for column in field.columns)
    for record in listing.records:
        cells = flatten(listing.data(record), listing.fields).values()
        writer.writerow(
            printable(cell, "\t\n") if isinstance(cell, str) else cell for cell in cells
        )


def _for_excel(cell: Cell) -> str:
    """Write a number with a decimal comma, a day as French does, and nothing that would run."""
    if isinstance(cell, int | float):
        return str(cell).replace(".", ",")
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
