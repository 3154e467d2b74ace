"""The chart as an SVG: shapes and text alone, which every renderer draws alike."""

from typing import TextIO

from essfacts.language import capital, format_date, quoted, say
from essfacts.render import Listing
from essfacts.render.chart import Axis, Chart, plot, wrapped
from essfacts.render.template import Record, write

_WIDTH, _LEAST_WIDTH, _MARGIN, _THICK = 800, 320, 28, 18
_FILLS = {"bold": "#1f1b16", "normal": "#5a5249"}
_BAR, _COMPUTED = "#a3421a", "#c0704a"
# How wide a character is on average in the widest of the fonts; renderers measure their own.
_EM = 0.57


def render(listing: Listing, stream: TextIO, width: int | None, title: str | None) -> list[str]:
    """Write the picture, and say what the figures count that are not on it."""
    language, chart, release = listing.language, plot(listing, title), listing.dataset.release
    alone = [*chart.alone.values()]
    ids = release.publishers + release.partners
    names = [listing.dataset.named("publishers", id).name for id in ids]
    named = f"{say('genre-of-release', language)} {quoted(release.title, 'fr')}"
    origin = ", ".join([named, *names, format_date(release.date, language)])
    picture = _Picture(max(width or _WIDTH, _LEAST_WIDTH), chart)
    picture.paragraph(chart.title, 22, "bold")
    picture.paragraph(origin, 13)
    for axis in chart.axes:
        picture.axis(axis)
    picture.y += 20
    for text in (*chart.feet, *([getattr(release.licence, language)] if release.licence else ())):
        picture.paragraph(text, 11.5)
    about = {
        "language": language,
        "height": round(picture.y + _MARGIN),
        "apart": capital(say("not-drawn", language, values=alone)) if alone else "",
        "release": origin,
    }
    write("chart.svg", {**vars(picture), **chart._asdict(), **about}, stream)
    return alone


class _Picture:
    """Sets one thing under another, and knows how far down it is."""

    def __init__(self, width: int, chart: Chart) -> None:
        self.width, self.y, self.left = width, _MARGIN - 4.0, round(width * 0.36)
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
        top = self.y = self.y + 4
        for bar in axis.bars:
            lines = _wrapped(bar.label, self.left - _MARGIN - 12, 13)
            height = max(28, 16 * len(lines) + 10)
            middle = self.y + height / 2
            for number, line in enumerate(lines):
                y = middle + 4.5 + 16 * (number - (len(lines) - 1) / 2)
                self.labels.append({"text": line, "y": y})
            # What is small is still there, at half a pixel; behind a share is what it is one of.
            length = round(max(bar.length * self.scale, 0.5 if bar.length else 0), 2)
            whole = self.scale if axis.is_shares else 0
            place = {"x": self.left, "y": middle - _THICK / 2, "length": length, "whole": whole}
            place |= {"end": round(self.left + (whole or length) + 8, 1), "base": middle + 5}
            fill = _COMPUTED if bar.is_computed else _BAR
            self.drawn.append({**bar._asdict(), **place, "fill": fill})
            self.y += height
        for at, text in axis.ticks:
            place = {"x": round(self.left + at * self.scale, 1), "top": top, "bottom": self.y + 4}
            anchor = ("start", "middle", "end")[round(2 * at)]
            self.ticks.append({"text": text, "anchor": anchor, "base": self.y + 18, **place})
        self.y += 22


def _wrapped(text: str, width: float, size: float) -> list[str]:
    return wrapped(text, max(4, int(width / size / _EM))) or [""]
