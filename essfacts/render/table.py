"""A table for a terminal; in a pipe, the same records complete, one line each; labelled lines."""

from __future__ import annotations

import os
import shutil
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TextIO, cast

from essfacts.export import SOURCE_PARTS
from essfacts.language import typeset, word
from essfacts.render import Listing, Notes, one_line
from essfacts.text import printable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from rich.console import Console
    from rich.text import Text

# Narrower than this, columns would hold a word or two a line: records are stacked instead.
_MIN_WIDTH = 50
_LEAST_WIDTH = 20
# The columns wide enough to hold an id under their text.
_HOSTS = ("text", "wording", "words", "difference")
_NUMBERS = frozenset({"figure", "value", "count"})
# A command that is broken can't be copied.
_WHOLE = _NUMBERS | {"date", "source", "contact", "proof"}
_STYLES = {"figure": "bold", "name": "bold", "kind": "cyan", "date": "bold", "id": "dim"}
# What says most of a record: where rows are stacked, it has the width of the screen.
HEADLINES = frozenset({"figure", "name", "text", "words"})


def is_terminal(stream: TextIO) -> bool:
    """Tell whether a person reads the stream; FORCE_COLOR says so for `less -R` and the like."""
    return stream.isatty() or bool(os.environ.get("FORCE_COLOR"))


def render(listing: Listing, stream: TextIO) -> None:
    """Write a Rich table to a terminal, or cells between tabs to a pipe."""
    if is_terminal(stream):
        _render_rich(listing, stream)
    else:
        for record in listing.records:
            print(*map(one_line, listing.cells(record)), sep="\t", file=stream)


def labelled(listing: Listing, stream: TextIO) -> None:
    """Write each cell that holds something on a line, behind its label, for a screen reader.

    A blank line stands between two records.
    """
    before = ""
    for record in listing.records:
        stream.write(before)
        before = "\n"
        for header, cell in zip(listing.headers(), listing.cells(record), strict=True):
            if cell:
                print(one_line(f"{header}: {cell}"), file=stream)


def console(stream: TextIO) -> Console:
    """Make the one kind of console that the program writes with."""
    from rich.console import Console

    # Where not even a label has room, the terminal itself breaks the lines: nothing is lost.
    width = max(_LEAST_WIDTH, shutil.get_terminal_size().columns)
    return Console(
        file=cast("TextIO", _Unmasking(stream)),
        width=width,
        height=25,
        markup=False,
        emoji=False,
        highlight=False,
    )


# Rich breaks lines at every sort of space: the glued ones travel in disguise.
_DISGUISE = str.maketrans("\u00a0\u202f", "\ue000\ue001")
_UNMASK = str.maketrans("\ue000\ue001", "\u00a0\u202f")


class _Unmasking:
    """A stream that gives no-break spaces their own form back."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(text.translate(_UNMASK))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def shown(text: str, style: str = "") -> Text:
    """Make text safe for a terminal, with its marks glued to their words."""
    from rich.text import Text

    lines = (typeset(printable(line)).translate(_DISGUISE) for line in text.split("\n"))
    return Text("\n".join(lines), style)


def render_lines(lines: Iterable[str], stream: TextIO) -> None:
    """Write lines of text, wrapped in a terminal, whole in a pipe."""
    for line in lines:
        if is_terminal(stream):
            console(stream).print(shown(line))
        else:
            print(printable(line), file=stream)


def stack(
    rows: Iterable[tuple[str, Text]], language: str, screen: Console, headlines: Collection[str]
) -> None:
    """Print values beside their labels, or under them where these leave too little room.

    Headlines have no label and the width of the screen; an address stays whole.
    """
    from rich.text import Text

    filled = [(label, text) for label, text in rows if text.plain]
    width = max(len(word(label, language)) for label, _ in filled) + 1
    is_wide, previous = screen.width >= 4 * width, ""
    for label, text in filled:
        heading = "" if label in {previous, *headlines} else word(label, language)
        previous = label
        if text.plain.startswith(("http://", "https://")):
            screen.print(text, soft_wrap=True)
            continue
        if heading and not is_wide:
            screen.print(Text(heading, "dim"))
            heading = ""
        margin = width if is_wide and label not in headlines else 0
        for line in text.wrap(screen, screen.width - margin):
            line.rstrip()
            screen.print(Text.assemble((f"{heading:{margin}}", "dim"), line))
            heading = ""


def _render_rich(listing: Listing, stream: TextIO) -> None:
    screen, notes, records = console(stream), Notes(), list(listing.records)
    # Sources and addresses stand under the table instead.
    apart = (*SOURCE_PARTS, "url") if listing.with_sources else ("url",)
    inside = {name: cell for name, cell in listing.columns.items() if name not in apart}
    rows = [
        {name: _marked(name, cell(record, listing), listing) for name, cell in inside.items()}
        for record in records
    ]
    for before, row in reversed([*pairwise(rows)]):
        # Claims that stand in one sentence share it.
        if "wording" in row and row["wording"] == before["wording"]:
            row["wording"] = shown("")
    if listing.with_sources:
        for record, row in zip(records, rows, strict=True):
            row["source"] = shown(notes.refer(record.get("sources") or ()))
    if listing.title:
        count, whole = len(rows), listing.whole
        cut = f" {word('count-of', listing.language)} {whole}" if whole > count else ""
        screen.print(shown(f"{listing.title} ({count}{cut})", "bold"))
    # A quotation has the width of the screen.
    headlines = () if listing.has_chosen_fields else HEADLINES
    is_wide = screen.width >= _MIN_WIDTH and not (headlines and rows and "words" in rows[0])
    if rows and not (is_wide and _columns(rows, listing, screen)):
        for row in rows:
            screen.print()
            stack(row.items(), listing.language, screen, headlines)
    # No column breaks an address.
    addressed = [(f"{record['id']}:", record) for record in records if record.get("url")]
    if notes:
        addressed = [*zip(notes.described(listing.language), notes.values(), strict=True)]
    for index, (head, source) in enumerate(addressed):
        screen.print(shown(head if index else f"\n{head}"))
        if source["url"]:
            screen.print(shown(f"    {source['url']}"), soft_wrap=True)


def _marked(name: str, cell: str, listing: Listing) -> Text:
    text = shown(cell, _STYLES.get(name, ""))
    plain = text.plain.translate(_UNMASK)
    for start, end in listing.marks(plain) if listing.marks else ():
        text.stylize("bold underline", start, end)
    return text


def _columns(rows: list[dict[str, Text]], listing: Listing, screen: Console) -> bool:
    """Set rows in columns, unless that would break words; tell whether it was done.

    Ids that nobody asked for stand under the widest column.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    names = [name for name in rows[0] if name != "match" or any(row[name].plain for row in rows)]
    host = ""
    if "id" in names and not listing.has_chosen_fields:
        names.remove("id")
        host = next((name for name in _HOSTS if name in names), names[0])
    header = {name: shown(word(name, listing.language)) for name in names}
    cells = [header]
    for row in rows:
        cells.append({name: row[name] for name in names})
        if host:
            texts = [text for text in (row[host], row["id"]) if text.plain]
            cells[-1][host] = Text("\n").join(texts)
    widths = _widths(cells, screen)
    if not widths:
        return False
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for name, width in widths.items():
        table.add_column(
            header[name],
            justify="right" if name in _NUMBERS else "left",
            width=width,
            overflow="fold",
        )
    for row in cells[1:]:
        table.add_row(*row.values())
    screen.print(table)
    return True


def _widths(rows: list[dict[str, Text]], screen: Console) -> dict[str, int]:
    """Share the screen, the widest column giving first; nothing where words would break.

    Rich would break the ids of one column while another has room.
    """
    widths, least = {}, {}
    for name in rows[0]:
        sizes = [row[name].__rich_measure__(screen, screen.options) for row in rows]
        widths[name] = max(size.maximum for size in sizes)
        least[name] = widths[name] if name in _WHOLE else max(size.minimum for size in sizes)
    room = screen.width - (3 * len(widths) - 1)  # rules and padding take the rest
    if sum(least.values()) > room:
        return {}
    while sum(widths.values()) > room:
        widest = max(widths, key=lambda name: widths[name] * (widths[name] > least[name]))
        widths[widest] -= 1
    return widths
