"""Cards for a terminal: headlines in its width, then labelled rows; in a pipe, a row a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essfacts.card import HEADLINES
from essfacts.language import COLON, word
from essfacts.render.table import console, is_terminal, shown
from essfacts.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

# Narrower than this, a label stands above its value.
_MIN_WIDTH = 60
_STYLES = {"figure": "bold reverse", "name": "bold", "text": "bold", "id": "dim"}


def render(cards: Sequence[Sequence[tuple[str, str]]], language: str, stream: TextIO) -> None:
    """Write cards, a blank line between two."""
    write = _write_rich if is_terminal(stream) else _write_lines
    for index, rows in enumerate(cards):
        if index:
            print(file=stream)
        write(rows, language, stream)


def _write_lines(rows: Sequence[tuple[str, str]], language: str, stream: TextIO) -> None:
    for label, value in rows:
        print(printable(f"{word(label, language)}{COLON[language]}{value}"), file=stream)


def _write_rich(rows: Sequence[tuple[str, str]], language: str, stream: TextIO) -> None:
    from rich.padding import Padding
    from rich.table import Table

    screen = console(stream)
    previous = ""
    for label, value in rows:
        name = shown("" if label == previous else word(label, language), "dim")
        previous = label
        text = shown(value, _STYLES.get(label, ""))
        is_address = value.startswith(("http://", "https://"))
        if label in HEADLINES:
            screen.print(Padding(text, (0, 0, 1, 0), expand=False))
        elif screen.width < _MIN_WIDTH or is_address:
            if name.plain and not is_address:
                screen.print(name)
            screen.print(text, soft_wrap=is_address)
        else:
            grid = Table.grid(padding=(0, 2))
            grid.add_column(width=14)
            grid.add_column(overflow="fold")
            grid.add_row(name, text)
            screen.print(grid)
