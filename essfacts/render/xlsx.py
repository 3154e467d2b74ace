"""A workbook: records on a first sheet, under a frozen header, their sources on a second."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import TYPE_CHECKING, Any

from essfacts.errors import RequestError
from essfacts.language import word
from essfacts.render.workbook import cells, headings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from essfacts.render import Listing
    from essfacts.render.workbook import Cell

_WIDEST = 60
_SOURCE_PARTS = ("producer", "title", "date_published", "url")


def render(listing: Listing, stream: TextIO) -> None:
    """Write a workbook, as bytes, to the stream under a stream of text."""
    try:
        from xlsxwriter import Workbook  # type: ignore[import-untyped]
    except ImportError:
        raise RequestError("needs-extra", extra="xlsx") from None
    if stream.isatty():
        raise RequestError("no-terminal", format="xlsx")
    records = list(listing.records)
    content = BytesIO()
    # Text stays text: nothing that begins as a formula or an address becomes one.
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(content, settings) as book:
        rows = [cells(record, listing) for record in records]
        _write(book, listing.title or word("claims", listing.language), headings(listing), rows)
        sources = {
            source["id"]: source for record in records for source in record.get("sources") or ()
        }
        if sources:
            heads = [word(part, listing.language) for part in _SOURCE_PARTS]
            lines = [[source[part] for part in _SOURCE_PARTS] for source in sources.values()]
            _write(book, word("sources", listing.language), heads, lines)
    stream.flush()
    stream.buffer.write(content.getvalue())
    stream.buffer.flush()


def _write(book: Any, name: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Write a sheet, each column as wide as what it holds, within bounds."""
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    sheet.write_row(0, 0, heads, bold)
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, dt.date):
                sheet.write_datetime(line, column, cell, day)
            elif cell is not None:
                sheet.write(line, column, cell, wrapped)
    for column, head in enumerate(heads):
        longest = max([len(head), *(len(str(row[column] or "")) for row in rows)])
        sheet.set_column(column, column, min(longest + 2, _WIDEST))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
