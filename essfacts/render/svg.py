"""The chart as an SVG: shapes and text alone, which every renderer draws alike."""

from typing import TextIO

from essfacts.language import capital, quoted, say
from essfacts.render import Listing, about
from essfacts.render.chart import Axis, Chart, plot, wrapped
from essfacts.render.template import Record, write

_WIDTH, _LEAST_WIDTH, _MARGIN = 800, 320, 28
# Ink for what is read first, a softer one for what is read after.
_INK, _SOFT, _BAR, _COMPUTED = "#1f1b16", "#5a5249", "#a3421a", "#c0704a"
# How wide a character is on average in the widest of the fonts; renderers measure their own.
_EM = 0.57


def render(listing: Listing, stream: TextIO, width: int | None, title: str | None) -> list[str]:
    """Write the picture, and say what the figures count that are not on it."""
    language, chart, dataset = listing.language, plot(listing, title), listing.dataset
    own, translation, signed = about(dataset, language)
    named = f"{say('genre-of-release', language)} {quoted(own, 'fr')}"
    origin = f"{named} [{translation}], {signed}" if translation else f"{named}, {signed}"
    alone = [*chart.alone.values()]
    picture = _Picture(max(width or _WIDTH, _LEAST_WIDTH), chart)
    picture.paragraph(chart.title, 22, _INK, "bold")
    picture.paragraph(origin, 13)
    for axis in chart.axes:
        picture.axis(axis)
    picture.y += 20
    licence = dataset.release.licence
    for text in (*chart.feet, *([getattr(licence, language)] if licence else ())):
        picture.paragraph(text, 11.5)
    more = {
        "language": language,
        "height": round(picture.y + _MARGIN),
        "apart": capital(say("not-drawn", language, values=alone)) if alone else "",
        "origin": origin,
    }
    write("chart.svg", {**vars(picture), **chart._asdict(), **more}, stream)
    return alone


class _Picture:
    """Sets one thing under another, and knows how far down it is."""

    def __init__(self, width: int, chart: Chart) -> None:
        self.width, self.y, self.is_titled = width, _MARGIN - 4, len(chart.axes) > 1
        self.paragraphs: list[Record] = []
        self.ticks: list[Record] = []
        self.drawn: list[Record] = []
        told = [len(bar.figure + bar.notes) for axis in chart.axes for bar in axis.bars]
        # Every axis ends where the widest figure still has room.
        self.scale = round(width - 2 * _MARGIN - max(told, default=0) * 14 * _EM - 12)

    def paragraph(self, text: str, size: float, fill: str = _SOFT, weight: str = "normal") -> None:
        style = {"size": size, "weight": weight, "fill": fill}
        room = int((self.width - 2 * _MARGIN) / size / _EM)
        for line in wrapped(text, room) or [""]:
            self.y += round(size * 1.3)
            self.paragraphs.append({"text": line, "y": round(self.y - size * 0.3, 1), **style})
        self.y += round(size * 0.35)

    def axis(self, axis: Axis) -> None:
        """Draw bars under their labels and before their figures, all axes from edge to edge."""
        self.y += 14
        if self.is_titled:
            self.paragraph(axis.title, 14, _INK, "bold")
        for bar in axis.bars:
            self.paragraph(bar.label, 13, _INK)
            # What is small is still there, at half a pixel; behind a share is what it is one of.
            length = round(max(bar.length * self.scale, 0.5 if bar.length else 0), 2)
            whole = self.scale if axis.is_shares else 0
            fill = _COMPUTED if bar.is_computed else _BAR
            end = round(_MARGIN + (whole or length) + 8, 1)
            place = {"y": self.y, "length": length, "whole": whole, "end": end}
            self.drawn.append({**bar._asdict(), **place, "base": self.y + 14, "fill": fill})
            self.y += 26
        for at, text in axis.ticks:
            place = {"x": round(_MARGIN + at * self.scale, 1), "y": self.y, "end": self.y + 5}
            anchor = ("start", "middle", "end")[round(2 * at)]
            self.ticks.append({"text": text, "anchor": anchor, "base": self.y + 18, **place})
        self.y += 22
