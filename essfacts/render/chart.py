"""Bars for figures that can be compared: the axes, which three modules draw, and text."""

import math
import shutil
import textwrap
from collections.abc import Iterator
from typing import Any, NamedTuple, TextIO

from essfacts.export import Exported, say_figure
from essfacts.language import COLON, SEMICOLON, capital, format_number, say, typeset, word
from essfacts.render import Listing, Notes
from essfacts.text import is_unicode, printable

_MOST_WIDTH, _LEAST_SCALE = 100, 16
_EIGHTHS: tuple[str, ...] = ("", *"▏▎▍▌▋▊▉")
# Where an axis of numbers may end, in powers of ten.
_ENDS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


class Bar(NamedTuple):
    """A figure: of what it is, its length from 0 to 1 of the axis, the numbers of its sources."""

    id: str
    label: str
    length: float
    figure: str
    notes: str
    is_computed: bool


class Tick(NamedTuple):
    """A number beside an axis, at a place from 0 to 1."""

    at: float
    text: str


class Axis(NamedTuple):
    """A scale from 0, and the bars drawn on it; that of shares ends at 100."""

    title: str
    is_shares: bool
    ticks: list[Tick]
    bars: list[Bar]


class Chart(NamedTuple):
    """Axes, what stands under them, and what the figures that share no scale count, by id."""

    title: str
    axes: list[Axis]
    feet: list[str]
    alone: dict[str, str]


def plot(listing: Listing, title: str | None = None, notes: Notes | None = None) -> Chart:
    """Put figures on axes, never two units on one, and number their sources.

    Shares stand together on a scale of 0 to 100, whatever unit writes them.
    """
    language, notes = listing.language, Notes() if notes is None else notes
    groups: dict[Any, list[tuple[Exported, float]]] = {}
    for record in listing.records:
        unit = listing.dataset.named("unit", record["unit"])
        value = record["value"] * (unit.percent or 1)
        groups.setdefault(None if unit.percent else unit, []).append((record, value))
    axes, names, formulas = [], [], []
    alone: dict[str, str] = {}
    for unit, group in groups.items():
        most = math.inf if unit else 100 + 1e-9
        drawn = [(record, value) for record, value in group if 0 <= value <= most]
        if unit and len(drawn) < 2:
            drawn = []
        alone |= {record["id"]: record["counts"][language] for record, _ in group}
        if drawn:
            axes.append(_axis(unit, drawn, listing, notes))
            names.append(getattr(unit.name, language) if unit else word("shares", language))
        for record, _ in drawn:
            del alone[record["id"]]
            if formula := record.get("formula"):
                formulas.append(f"{record['counts'][language]} = {formula}")
    feet = [
        capital(word(name, language)) + COLON[language] + SEMICOLON[language].join(parts)
        for name, parts in (("computed", formulas), ("sources", notes.described(language)))
        if parts
    ]
    if not title:
        compared = say("figures-compared", language, names=names)
        title = axes[0].title if len(axes) == 1 else compared if axes else listing.title
    return Chart(title, axes, feet, alone)


def _axis(unit: Any, drawn: list[tuple[Exported, float]], listing: Listing, notes: Notes) -> Axis:
    language, most, sign = listing.language, 100.0, ""
    if unit:
        longest = max(value for _, value in drawn)
        power = 10 ** math.floor(math.log10(longest)) if longest else 1
        most = next(end * power for end in _ENDS if end * power >= longest * (1 - 1e-9))
        key, name = "axis-unit" if unit.symbol else "axis-count", getattr(unit.name, language)
        title = say(key, language, name=name, symbol=unit.symbol or "")
    else:
        sign = " %" if language == "fr" else "%"
        title = say("axis-shares", language, count=len(drawn))
    ticks = [
        Tick(at, format_number(at * most, language) + sign * (at > 0))
        for at in (0, 0.5, 1)
        if round(at * most, 2) == at * most or at == 1
    ]
    bars = []
    for record, value in drawn:
        computed = f" ({word('computed', language)})" if record.get("formula") else ""
        label = record["counts"][language] + computed
        figure = say_figure(record, listing.dataset, language)
        numbers = notes.refer(record["sources"])
        bars.append(Bar(record["id"], label, value / most, figure, numbers, bool(computed)))
    return Axis(capital(title), not unit, ticks, bars)


def lines(chart: Chart, width: int, language: str, *, is_ascii: bool) -> Iterator[str]:
    """Draw a chart in plain characters, no line wider than `width`, every axis edge to edge.

    Bars keep to an eighth of a cell; in ASCII to a cell, and a note says so.
    """
    bars = [bar for axis in chart.axes for bar in axis.bars]
    figures = max((len(f" {bar.figure} {bar.notes}") for bar in bars), default=0)
    labels = min(34, width * 2 // 5, max((len(bar.label) for bar in bars), default=0))
    scale = width - labels - 1 - figures
    if is_stacked := scale < _LEAST_SCALE:
        labels, scale = -1, width
    margin = " " * (labels + 1)
    yield from wrapped(chart.title, width)
    for axis in chart.axes:
        yield ""
        yield from wrapped(axis.title, width) if len(chart.axes) > 1 else ()
        for bar in axis.bars:
            cells = _cells(bar.length * scale, is_ascii=is_ascii)
            told = typeset(f"{bar.figure} {bar.notes}")
            if is_stacked:
                yield from (*wrapped(f"{bar.label}{COLON[language]}{told}", width), cells)
            else:
                first, *rest = wrapped(bar.label, labels, "  ") or [""]
                yield f"{first:<{labels}} {cells}{' ' * bool(cells)}{told}"
                yield from rest
        yield margin + ("-" if is_ascii else "─") * scale
        yield f"{margin}0{typeset(axis.ticks[-1].text):>{scale - 1}}"
    yield ""
    for text in [say("bars-in-ascii", language)] * is_ascii + chart.feet:
        yield from wrapped(text, width)


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Break text into lines, no mark of which parts from its word."""
    return textwrap.wrap(typeset(text), width, subsequent_indent=indent)


def _cells(length: float, *, is_ascii: bool) -> str:
    """Draw a length of cells; what is small but there is the least that can be drawn."""
    if is_ascii:
        return "#" * max(round(length), int(length > 0))
    eighths = max(round(length * 8), int(length > 0))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8]


def render(listing: Listing, stream: TextIO, width: int | None, title: str | None) -> list[str]:
    """Write the chart as text, and say what the figures count that are not on it."""
    chart = plot(listing, title)
    width = width or min(shutil.get_terminal_size().columns, _MOST_WIDTH)
    is_ascii = not is_unicode(stream)
    for line in lines(chart, width, listing.language, is_ascii=is_ascii):
        print(printable(line.rstrip()), file=stream)
    return [*chart.alone.values()]
