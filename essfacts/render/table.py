"""A table for a terminal; in a pipe, the same records complete, one line each."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any, cast

from essfacts.export import describe
from essfacts.language import typeset, word
from essfacts.render import SOURCE_COLUMNS
from essfacts.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from rich.console import Console
    from rich.text import Text

    from essfacts.export import Exported
    from essfacts.render import Listing

# Narrower than this, columns would hold a word or two a line: records are stacked instead.
_MIN_WIDTH = 50
_LEAST_WIDTH = 20
# The columns wide enough to hold an id under their text.
_HOSTS = ("text", "words", "difference")
_WHOLE = frozenset({"figure", "value", "count", "date", "source", "contact"})
_STYLES = {"figure": "bold", "name": "bold", "kind": "cyan", "date": "bold"}


def is_terminal(stream: TextIO) -> bool:
    """Tell whether a person reads the stream; FORCE_COLOR says so for `less -R` and the like."""
    return stream.isatty() or bool(os.environ.get("FORCE_COLOR"))


def render(listing: Listing, stream: TextIO) -> None:
    """Write a Rich table to a terminal, or cells between tabs to a pipe."""
    if is_terminal(stream):
        _render_rich(listing, stream)
    else:
        for record in listing.records:
            print("\t".join(map(_one_line, listing.cells(record))), file=stream)


def _one_line(cell: str) -> str:
    return printable(" ".join(cell.split()))


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


def _render_rich(listing: Listing, stream: TextIO) -> None:
    screen = console(stream)
    records = list(listing.records)
    # What stands under the table instead.
    inside = [
        index
        for index, column in enumerate(listing.columns)
        if column not in SOURCE_COLUMNS and column.name != "url"
    ]
    rows = []
    notes: dict[str, str] = {}
    for record in records:
        cells = listing.cells(record)
        row = {listing.columns[index].name: _cell(cells[index], listing) for index in inside}
        if listing.with_sources:
            row["source"] = shown(
                " ".join(_note(source, notes) for source in record.get("sources") or ())
            )
        rows.append(row)
    if listing.title:
        screen.print(shown(f"{listing.title} ({len(rows)})", "bold"))
    if rows and "words" in rows[0] and not listing.has_chosen_fields:
        _quote(rows, screen)
    elif rows and not (screen.width >= _MIN_WIDTH and _columns(rows, listing, screen)):
        _stack(rows, listing, screen)
    _print_notes(records, notes, listing, screen)


def _cell(cell: str, listing: Listing) -> Text:
    text = shown(cell)
    plain = text.plain.translate(_UNMASK)
    for start, end in listing.marks(plain) if listing.marks else ():
        text.stylize("bold underline", start, end)
    return text


def _note(source: Exported, notes: dict[str, str]) -> str:
    return notes.setdefault(source["id"], f"[{len(notes) + 1}]")


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
    cells = [{name: row[name] for name in names} for row in rows]
    for row, set_row in zip(rows, cells if host else (), strict=False):
        id = Text(row["id"].plain, "dim not bold")
        set_row[host] = Text("\n").join([row[host], id]) if row[host].plain else id
    headers = {name: shown(word(name, listing.language)) for name in names}
    widths = _widths([headers, *cells], names, screen)
    if not widths:
        return False
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for name, width in widths.items():
        table.add_column(
            headers[name],
            style=_STYLES.get(name, ""),
            justify="right" if name in {"figure", "value", "count"} else "left",
            width=width,
            overflow="fold",
        )
    for set_row in cells:
        table.add_row(*set_row.values())
    screen.print(table)
    return True


def _widths(rows: list[dict[str, Text]], names: list[str], screen: Console) -> dict[str, int]:
    """Share the screen, the widest column giving first; nothing where words would break.

    Rich would break the ids of one column while another has room.
    """
    sizes = {
        name: [row[name].__rich_measure__(screen, screen.options) for row in rows] for name in names
    }
    widths = {name: max(size.maximum for size in sizes[name]) for name in names}
    least = {
        name: widths[name] if name in _WHOLE else max(size.minimum for size in sizes[name])
        for name in names
    }
    room = screen.width - (3 * len(names) - 1)  # rules and padding take the rest
    if sum(least.values()) > room:
        return {}
    while sum(widths.values()) > room:
        spare = [name for name in names if widths[name] > least[name]]
        widths[max(spare, key=lambda name: widths[name])] -= 1
    return widths


def _quote(rows: list[dict[str, Text]], screen: Console) -> None:
    """Give quotations the width of the screen, then who speaks, and what else was asked for."""
    from rich.padding import Padding

    for row in rows:
        screen.print()
        screen.print(row.pop("words"))
        row["id"].stylize("dim")
        for name, text in row.items():
            screen.print(
                Padding(shown("— ").append(text) if name == "speaker" else text, (0, 0, 0, 2))
            )


def _stack(rows: list[dict[str, Text]], listing: Listing, screen: Console) -> None:
    from rich.table import Table

    for row in rows:
        grid = Table.grid(padding=(0, 1))
        grid.add_column(style="dim", no_wrap=screen.width >= len("organisations") * 2)
        grid.add_column(overflow="fold")
        for name, text in row.items():
            if text.plain:
                text.style = _STYLES.get(name, "")
                grid.add_row(shown(word(name, listing.language)), text)
        screen.print()
        screen.print(grid)


def _print_notes(
    records: list[Exported], notes: dict[str, str], listing: Listing, screen: Console
) -> None:
    """Print sources under the table, where no column breaks their addresses."""
    if notes:
        sources = {
            source["id"]: source for record in records for source in record.get("sources") or ()
        }
        addressed = [(notes[id], sources[id]) for id in notes]
    else:
        addressed = [(record["id"], record) for record in records if record.get("url")]
    if addressed:
        screen.print()
    for mark, source in addressed:
        reference = f" {describe(source, listing.language)}" if notes else ":"
        screen.print(shown(mark + reference))
        if source["url"]:
            screen.print(shown(f"    {source['url']}"), soft_wrap=True)
