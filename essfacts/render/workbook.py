"""Cells for a spreadsheet: one language, real numbers and dates, nothing that would run."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from essfacts.language import word
from essfacts.render import plain
from essfacts.text import FORMULA_STARTS, printable

if TYPE_CHECKING:
    from essfacts.export import Exported
    from essfacts.render import Listing

_DATES = frozenset({"date", "date_published"})
_DAY = len("2025-11-13")

Cell = str | float | dt.date | None


def headings(listing: Listing) -> list[str]:
    """Give the heading of each field, in the language of the listing."""
    return [word(field.name, listing.language) for field in listing.fields]


def cells(record: Exported, listing: Listing) -> list[Cell]:
    """Give the cells of a record, a field each."""
    return [_cell(record.get(field.name), field.name, record, listing) for field in listing.fields]


def defused(text: str) -> str:
    """Keep a spreadsheet from running a text as a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _cell(value: object, name: str, record: Exported, listing: Listing) -> Cell:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if name in _DATES and isinstance(value, str) and len(value) == _DAY:
        return dt.date.fromisoformat(value)
    return printable(plain(name).cell(record, listing)) or None
