"""Bars for figures that can be compared: shares on one scale of 0 to 100, a unit on another."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, NamedTuple

from essfacts.export import say_figure
from essfacts.language import format_number
from essfacts.text import is_unicode, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from essfacts.export import Exported
    from essfacts.render import Listing

_SVG_WIDTH = 80
# For a slide: dark on white, no window round it, and no font to fetch.
_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">
<style>
.{unique_id}-matrix {{ font: {char_height}px Consolas, Menlo, "DejaVu Sans Mono", monospace; }}
{styles}
</style>
<defs>{lines}</defs>
<rect width="100%" height="100%" fill="#ffffff"/>
{backgrounds}
<g class="{unique_id}-matrix" transform="translate({terminal_x}, {char_height})">{matrix}</g>
</svg>"""
_MOST_WIDTH = 100


class Axis(NamedTuple):
    """A scale from 0 to `most`, and the bars drawn on it: label, length on the scale, figure."""

    title: str
    most: float
    end: str
    bars: list[tuple[str, float, str]]


def axes(listing: Listing) -> tuple[list[Axis], list[str]]:
    """Put the figures of a listing on axes, never two units on one, and name those left alone."""
    groups: dict[str, list[Exported]] = {}
    for record in listing.records:
        unit = listing.dataset.named("unit", record["unit"])
        groups.setdefault("" if unit.percent else unit.id, []).append(record)
    drawn, alone = [], []
    for id, records in groups.items():
        if id and len(records) < 2:
            alone += [record["id"] for record in records]
            continue
        bars = [_bar(record, listing) for record in records]
        if id:
            most = max(1.0, *(length for _, length, _ in bars))
            name = getattr(listing.dataset.named("unit", id).name, listing.language)
            drawn.append(Axis(name, most, format_number(most, listing.language), bars))
        else:
            drawn.append(Axis("%", 100, "100 %" if listing.language == "fr" else "100%", bars))
    return drawn, alone


def _bar(record: Exported, listing: Listing) -> tuple[str, float, str]:
    unit = listing.dataset.named("unit", record["unit"])
    label = record["counts"][listing.language]
    if record.get("formula"):
        label = f"{label} [{record['formula']}]"
    return label, record["value"] * (unit.percent or 1), say_figure(record, unit, listing.language)


def lines(drawn: Iterable[Axis], width: int, *, is_ascii: bool) -> Iterator[str]:
    """Draw axes in plain characters, no line wider than `width`."""
    full, rule = ("#", "-") if is_ascii else ("█", "─")
    for axis in drawn:
        figures = max(len(figure) for *_, figure in axis.bars)
        labels = max(4, min(28, (width - figures) // 2, max(len(bar[0]) for bar in axis.bars)))
        scale = max(1, width - labels - figures - 2)
        for label, length, figure_text in axis.bars:
            # A bar of one character at least: what is small is still there.
            count = max(1, round(length / axis.most * scale)) if length > 0 else 0
            first, *rest = textwrap.wrap(label, labels) or [""]
            yield f"{first:<{labels}} {full * min(count, scale)} {figure_text}"
            yield from rest
        # No line begins with a blank: some that draw SVG take it off.
        first, *rest = textwrap.wrap(axis.title, labels)
        ruled = f"0{axis.end:{rule}>{max(len(axis.end), scale - 1)}}"
        yield f"{first:<{labels}} {ruled}"
        yield from rest
        yield ""


def render(listing: Listing, stream: TextIO) -> list[str]:
    """Write the chart as text, and give the ids of figures that nothing can be compared with."""
    drawn, alone = axes(listing)
    width = min(shutil.get_terminal_size().columns, _MOST_WIDTH)
    for line in lines(drawn, width, is_ascii=not is_unicode(stream)):
        print(printable(line.rstrip()), file=stream)
    return alone


def render_svg(listing: Listing, stream: TextIO) -> list[str]:
    """Write the same picture as SVG, for a slide."""
    import io

    from rich.console import Console
    from rich.terminal_theme import DEFAULT_TERMINAL_THEME
    from rich.text import Text

    drawn, alone = axes(listing)
    console = Console(record=True, file=io.StringIO(), width=_SVG_WIDTH, height=25)
    console.print(Text(f"{printable(listing.title)}\n", style="bold"))
    for line in lines(drawn, _SVG_WIDTH, is_ascii=False):
        console.print(Text(printable(line)), no_wrap=True)
    svg = console.export_svg(theme=DEFAULT_TERMINAL_THEME, code_format=_SVG)
    # XML says in plain characters whatever a stream can't carry.
    print(svg.encode("ascii", "xmlcharrefreplace").decode("ascii"), file=stream)
    return alone
