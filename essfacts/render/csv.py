"""CSV: exact for programs (RFC 4180), or as a French spreadsheet opens it; and TSV."""

import csv
import datetime as dt
from collections.abc import Iterator
from typing import Any, TextIO

from essfacts.export import flatten
from essfacts.render import Listing, one_line
from essfacts.render.xlsx import Value, rows_of
from essfacts.text import FORMULA_STARTS, printable


def render(listing: Listing, stream: TextIO) -> None:
    """Write a header and a row a record."""
    delimiter, rows = ",", (map(_for_programs, row) for row in _flat_rows(listing))
    if listing.excel:
        stream.write("\ufeff")
        delimiter, rows = ";", (map(_for_excel, row) for row in rows_of(listing))
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(rows)


def tsv(listing: Listing, stream: TextIO) -> None:
    """Write a header and a line a record; a cell holds no tab and no line break."""
    for row in _flat_rows(listing):
        cells = ("" if cell is None else one_line(str(cell)) for cell in row)
        print(*cells, sep="\t", file=stream)


def _flat_rows(listing: Listing) -> Iterator[list[Any]]:
    yield [column for field in listing.fields for column in field.columns]
    for record in listing.records:
        yield [*flatten(listing.data(record), listing.fields).values()]


def _for_programs(cell: Any) -> Any:
    return printable(cell, "\t\n") if isinstance(cell, str) else cell


def _for_excel(cell: Value) -> str:
    """Write a number with a decimal comma, a day as French does, and nothing that would run."""
    if isinstance(cell, int | float):
        return str(cell).replace(".", ",")
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
