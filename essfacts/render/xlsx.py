"""A workbook: records on a first sheet, under a frozen header, their sources on a second.

Its cells are those of the spreadsheet's CSV too: one language, real numbers and dates.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, TextIO, TypeAlias

from essfacts.errors import RequestError
from essfacts.export import SOURCE_PARTS, Exported
from essfacts.language import word
from essfacts.render import Listing, plain
from essfacts.text import printable

Value: TypeAlias = str | float | dt.date
_WIDEST, _DAY = 60, len("2025-11-13")


def rows_of(listing: Listing) -> Iterator[list[Value]]:
    """Give the headings in the language of the listing, then the cells of each record."""
    yield [word(field.name, listing.language) for field in listing.fields]
    for record in map(listing.data, listing.records):
        yield [_cell(record.get(f.name), f.name, record, listing) for f in listing.fields]


def _cell(value: Any, name: str, record: Exported, listing: Listing) -> Value:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if name in {"date", "date_published"} and value and len(value) == _DAY:
        return dt.date.fromisoformat(value)
    return printable(plain(name)(record, listing))


def render(listing: Listing, stream: TextIO) -> None:
    """Write a workbook, as bytes, to the stream under a stream of text."""
    try:
        from xlsxwriter import Workbook  # type: ignore[import-untyped]
    except ImportError:
        raise RequestError("needs-extra", extra="xlsx") from None
    if stream.isatty():
        raise RequestError("no-terminal", format="xlsx")
    records = list(listing.records)
    sources = {source["id"]: source for r in records for source in r.get("sources") or ()}
    content = BytesIO()
    # Text stays text: nothing that begins as a formula or an address becomes one.
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(content, settings) as book:
        name = listing.title or word("claims", listing.language)
        _write(book, name, [*rows_of(listing._replace(records=records))])
        if sources:
            rows = [[word(part, listing.language) for part in SOURCE_PARTS]]
            rows += [[source[part] or "" for part in SOURCE_PARTS] for source in sources.values()]
            _write(book, word("sources", listing.language), rows)
    stream.flush()
    stream.buffer.write(content.getvalue())
    stream.buffer.flush()


def _write(book: Any, name: str, rows: Sequence[Sequence[Value]]) -> None:
    """Write a sheet, each column as wide as what it holds, within bounds."""
    sheet = book.add_worksheet(name[:31])
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, dt.date):
                sheet.write_datetime(line, column, cell, day)
            elif cell != "":
                sheet.write(line, column, cell, wrapped)
    sheet.write_row(0, 0, rows[0], book.add_format({"bold": True, "bottom": 1}))
    for column, cells in enumerate(zip(*rows, strict=True)):
        sheet.set_column(column, column, min(max(len(str(cell)) for cell in cells) + 2, _WIDEST))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows) - 1, 1), len(rows[0]) - 1)
