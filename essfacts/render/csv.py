"""CSV: exact for programs (RFC 4180), or as a French spreadsheet opens it by a double click."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from essfacts.export import flatten
from essfacts.text import FORMULA_STARTS, printable

if TYPE_CHECKING:
    from typing import TextIO

    from essfacts.render import Listing


def render(listing: Listing, stream: TextIO) -> None:
    """Write a header and a row a record."""
    delimiter = ";" if listing.excel else ","
    if listing.excel:
        stream.write("\ufeff")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([column for field in listing.fields for column in field.columns])
    for record in listing.records:
        cells = flatten(record, listing.fields).values()
        safe = [printable(cell, "\t\r\n") if isinstance(cell, str) else cell for cell in cells]
        writer.writerow([_for_people(cell) for cell in safe] if listing.excel else safe)


def _for_people(cell: Any) -> Any:
    """Write a number with a decimal comma, and defuse a text that would run as a formula."""
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
