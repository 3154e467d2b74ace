"""The chart as an SVG: shapes and text alone, which every renderer draws alike."""

from typing import TextIO

from essfacts.language import capital, quoted, say
from essfacts.render import Listing, about
from essfacts.render.chart import Axis, Chart, plot, wrapped
from essfacts.render.template import Record, write

_WIDTH, _LEAST_WIDTH, _NARROW, _MARGIN, _THICK = 800, 320, 560, 28, 18
_FILLS = {"bold": "#1f1b16", "normal": "#5a5249"}
_BAR, _COMPUTED = "#a3421a", "#c0704a"
# How wide a character is on average in the widest of the fonts; renderers measure their own.
_EM = 0.57


def render(listing: Listing, stream: TextIO, width: int | None, title: str | None) -> list[str]:
    """Write the picture, and say what the figures count that are not on it."""
    language, chart, licence = (
        listing.language,
        plot(listing, title),
        listing.dataset.release.licence,
    )
    own, translation, signed = about(listing.dataset, language)
    named = f"{say('genre-of-release', language)} {quoted(own, 'fr')}"
    origin = f"{named} [{translation}], {signed}" if translation else f"{named}, {signed}"
    alone = [*chart.alone.values()]
    picture = _Picture(max(width or _WIDTH, _LEAST_WIDTH), chart)
    picture.paragraph(chart.title, 22, "bold")
    picture.paragraph(origin, 13)
    for axis in chart.axes:
        picture.axis(axis)
    picture.y += 20
    for text in (*chart.feet, *([getattr(licence, language)] if licence else ())):
        picture.paragraph(text, 11.5)
    more = {
        "language": language,
        "height": round(picture.y + _MARGIN),
        "apart": capital(say("not-drawn", language, values=alone)) if alone else "",
        "release": origin,
    }
    write("chart.svg", {**vars(picture), **chart._asdict(), **more}, stream)
    return alone


class _Picture:
    """Sets one thing under another, and knows how far down it is."""

    def __init__(self, width: int, chart: Chart) -> None:
        self.width, self.y = width, _MARGIN - 4.0
        self.is_narrow = width < _NARROW
        self.left = _MARGIN if self.is_narrow else round(width * 0.36)
        self.room = width - 2 * _MARGIN if self.is_narrow else self.left - _MARGIN - 12
        self.paragraphs: list[Record] = []
        self.ticks: list[Record] = []
        self.labels: list[Record] = []
        self.drawn: list[Record] = []
        told = [len(bar.figure + bar.notes) for axis in chart.axes for bar in axis.bars]
        figures = max(told, default=0) * 14 * _EM + 20
        self.scale = max(40, round(width - _MARGIN - self.left - figures))
        self.is_titled = len(chart.axes) > 1

    def paragraph(self, text: str, size: float, weight: str = "normal") -> None:
        style = {"size": size, "weight": weight, "fill": _FILLS[weight]}
        for line in _wrapped(text, self.width - 2 * _MARGIN, size):
            self.y += round(size * 1.3)
            self.paragraphs.append({"text": line, "y": round(self.y - size * 0.3, 1), **style})
        self.y += round(size * 0.35)

    def axis(self, axis: Axis) -> None:
        """Draw bars between their labels and their figures, all axes from edge to edge."""
        self.y += 14
        if self.is_titled:
            self.paragraph(axis.title, 14, "bold")
        self.y += 4
        top = self.y
        for bar in axis.bars:
            lines = _wrapped(bar.label, self.room, 13)
            height = max(28, 16 * len(lines) + 10)
            base = self.y + height / 2 + 4.5 - 8 * (len(lines) - 1)
            if self.is_narrow:  # labels stand above their bars
                base, height = self.y + 16, 28
                self.y += 16 * len(lines)
            self.labels += [{"text": line, "y": base + 16 * at} for at, line in enumerate(lines)]
            middle = self.y + height / 2
            self.y += height
            # What is small is still there, at half a pixel; behind a share is what it is one of.
            length = round(max(bar.length * self.scale, 0.5 if bar.length else 0), 2)
            whole = self.scale if axis.is_shares else 0
            place = {"x": self.left, "y": middle - _THICK / 2, "length": length, "whole": whole}
            place |= {"end": round(self.left + (whole or length) + 8, 1), "base": middle + 5}
            fill = _COMPUTED if bar.is_computed else _BAR
            self.drawn.append({**bar._asdict(), **place, "fill": fill})
        for at, text in axis.ticks:
            x, bottom = round(self.left + at * self.scale, 1), self.y + 4
            place = {"x": x, "top": self.y if self.is_narrow else top, "bottom": bottom}
            anchor = ("start", "middle", "end")[round(2 * at)]
            self.ticks.append({"text": text, "anchor": anchor, "base": self.y + 18, **place})
        self.y += 22


def _wrapped(text: str, width: float, size: float) -> list[str]:
    return wrapped(text, max(4, int(width / size / _EM))) or [""]
