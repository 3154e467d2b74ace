"""Cards, each row behind its label; addresses stand whole on lines of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essfacts.render.table import console, is_terminal
from essfacts.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO


def render(cards: Sequence[Sequence[tuple[str, str]]], stream: TextIO) -> None:
    """Write cards, a blank line between two; in a pipe, a row a line."""
    write = _write_rich if is_terminal(stream) else _write_lines
    for index, rows in enumerate(cards):
        if index:
            print(file=stream)
        write(rows, stream)


def _write_lines(rows: Sequence[tuple[str, str]], stream: TextIO) -> None:
    for label, value in rows:
        print(printable(f"{label}: {value}"), file=stream)


def _write_rich(rows: Sequence[tuple[str, str]], stream: TextIO) -> None:
    from rich.padding import Padding
    from rich.text import Text

    screen = console(stream)
    previous = ""
    for label, value in rows:
        if label != previous:
            screen.print(Text(label, style="dim"))
        previous = label
        text = Text(printable(value))
        if value.startswith(("http://", "https://")):
            screen.print(text, soft_wrap=True)
        else:
            screen.print(Padding(text, (0, 0, 0, 2)))
