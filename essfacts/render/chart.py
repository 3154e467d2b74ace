"""Bars for figures that can be compared: the axes, which three modules draw, and text."""

from __future__ import annotations

import math
import shutil
import textwrap
from typing import TYPE_CHECKING, NamedTuple

from essfacts.export import describe, say_figure
from essfacts.language import COLON, SEMICOLON, format_number, say, typeset, word
from essfacts.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TextIO

    from essfacts.export import Exported
    from essfacts.render import Listing

_MOST_WIDTH, _LEAST_SCALE = 100, 16
_EIGHTHS = " ▏▎▍▌▋▊▉"
# Where an axis of numbers may end, in powers of ten.
_ENDS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


class Bar(NamedTuple):
    """A figure on an axis: what it counts or of what it is a share, its length on the scale."""

    id: str
    label: str
    length: float
    figure: str
    notes: str
    is_computed: bool


class Axis(NamedTuple):
    """A scale from 0 to `most`, its ticks (position, text), and the bars drawn on it."""

    title: str
    most: float
    ticks: list[tuple[float, str]]
    is_shares: bool
    bars: list[Bar]


class Chart(NamedTuple):
    """Axes, the formulas and sources of their bars, and the ids of figures that share no scale."""

    title: str
    axes: list[Axis]
    formulas: list[str]
    sources: list[str]
    alone: list[str]

    def feet(self, language: str) -> list[str]:
        """Give what stands under the axes: how figures were worked out, then the sources."""
        told = [(word(name, language).capitalize() + COLON[language], parts) for name, parts in
                (("computed", self.formulas), ("sources", self.sources)) if parts]  # fmt: skip
        return [typeset(name + SEMICOLON[language].join(parts), language) for name, parts in told]


def plot(
    listing: Listing, title: str | None = None, numbers: dict[str, int] | None = None
) -> Chart:
    """Put figures on axes, never two units on one; `numbers` are those of sources, by id.

    Shares stand together on a scale of 0 to 100, whatever unit writes them.
    """
    language, numbers = listing.language, {} if numbers is None else numbers
    groups: dict[str, list[tuple[Exported, float]]] = {}
    for record in listing.records:
        unit = listing.dataset.named("unit", record["unit"])
        length = record["value"] * (unit.percent or 1)
        groups.setdefault("" if unit.percent else unit.id, []).append((record, length))
    axes, names, sources, alone = [], [], {}, []
    formulas = []
    for id, group in groups.items():
        drawn = [pair for pair in group if 0 <= pair[1] <= (math.inf if id else 100.000001)]
        if id and len(drawn) < 2:
            drawn = []
        alone += [pair[0]["id"] for pair in group if pair not in drawn]
        if not drawn:
            continue
        bars = [_bar(record, length, listing, numbers) for record, length in drawn]
        for record, _ in drawn:
            sources |= {source["id"]: source for source in record["sources"]}
            if formula := record.get("formula"):
                formulas.append(f"{record['counts'][language]} = {formula}")
        unit = listing.dataset.named("unit", id) if id else None
        axes.append(_axis(unit, bars, language))
        names.append(getattr(unit.name, language) if unit else word("shares", language))
    compared = say("figures-compared", language, names=names)
    default = axes[0].title if len(axes) == 1 else compared if axes else listing.title
    ordered = sorted(sources, key=numbers.__getitem__)
    described = [f"[{numbers[id]}] {describe(sources[id], language)}" for id in ordered]
    return Chart(typeset(title or default, language), axes, formulas, described, alone)


def _bar(record: Exported, length: float, listing: Listing, numbers: dict[str, int]) -> Bar:
    language = listing.language
    label = record["counts"][language]
    if is_computed := bool(record.get("formula")):
        label = f"{label} ({word('computed', language)})"
    ids = [source["id"] for source in record["sources"]]
    notes = "".join(f"[{numbers.setdefault(id, len(numbers) + 1)}]" for id in ids)
    figure = say_figure(record, listing.dataset.named("unit", record["unit"]), language)
    said = (typeset(text, language) for text in (label, figure))
    return Bar(record["id"], next(said), length, next(said), notes, is_computed)


def _axis(unit: Any, bars: list[Bar], language: str) -> Axis:
    if not unit:
        title, most = say("axis-shares", language, count=len(bars)), 100.0
    else:
        name, longest = getattr(unit.name, language), max(bar.length for bar in bars)
        title = say("axis-unit" if unit.symbol else "axis-count", language, name=name,
                    symbol=unit.symbol or "")  # fmt: skip
        power = 10 ** math.floor(math.log10(longest)) if longest else 1
        most = next(end * power for end in _ENDS if end * power >= longest * (1 - 1e-9))
    percent = "" if unit else (" %" if language == "fr" else "%")
    ticks = [
        (value, typeset(format_number(value, language) + (percent if value else ""), language))
        for value in (0, most / 2, most)
        if round(value, 2) == value
    ]
    title = typeset(title[:1].upper() + title[1:], language)
    return Axis(title, most, ticks, not unit, bars)


def lines(chart: Chart, width: int, language: str, *, is_ascii: bool) -> Iterator[str]:
    """Draw a chart in plain characters, no line wider than `width`: every axis from edge to edge.

    Bars keep to an eighth of a cell; in ASCII to a cell, and a note says so.
    """
    bars = [bar for axis in chart.axes for bar in axis.bars]
    figures = max((len(bar.figure) + len(bar.notes) + 1 for bar in bars), default=0)
    labels = min(34, width * 2 // 5, max((len(bar.label) for bar in bars), default=0))
    scale = width - labels - figures - 2
    is_stacked = scale < _LEAST_SCALE
    if is_stacked:
        labels, scale = 0, width
    margin = " " * (labels + 1) if labels else ""
    yield from textwrap.wrap(chart.title, width)
    for axis in chart.axes:
        yield ""
        if len(chart.axes) > 1:
            yield from textwrap.wrap(axis.title, width)
        for bar in axis.bars:
            cells = _cells(bar.length / axis.most * scale, is_ascii)
            told = f"{bar.figure} {bar.notes}"
            if is_stacked:
                label = typeset(f"{bar.label}{COLON[language]}{told}", language)
                yield from textwrap.wrap(label, width)
                yield cells
            else:
                first, *rest = textwrap.wrap(bar.label, labels, subsequent_indent="  ") or [""]
                yield f"{first:<{labels}} {cells}{' ' * bool(cells)}{told}"
                yield from rest
        yield margin + ("-" if is_ascii else "─") * scale
        yield margin + f"0{axis.ticks[-1][1]:>{scale - 1}}"
    yield ""
    for text in ([say("bars-in-ascii", language)] if is_ascii else []) + chart.feet(language):
        yield from textwrap.wrap(text, width)


def _cells(length: float, is_ascii: bool) -> str:  # noqa: FBT001 - one of two alphabets
    """Draw a length of cells; what is small but there is the least that can be drawn."""
    if is_ascii:
        return "#" * max(round(length), int(length > 0))
    whole, eighths = divmod(max(round(length * 8), int(length > 0)), 8)
    return "█" * whole + _EIGHTHS[eighths].strip()


def render(listing: Listing, stream: TextIO, width: int | None, title: str | None) -> list[str]:
    """Write the chart as text, and give the ids of the figures that are not on it."""
    chart = plot(listing, title)
    width = width or min(shutil.get_terminal_size().columns, _MOST_WIDTH)
    encoding = (stream.encoding or "utf-8").lower()
    is_ascii = not encoding.startswith("utf")
    for line in lines(chart, width, listing.language, is_ascii=is_ascii):
        print(printable(line.rstrip()), file=stream)
    return chart.alone
