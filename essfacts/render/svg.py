"""The chart as an SVG: shapes and text alone, which every renderer draws alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from essfacts.language import COLON, SEMICOLON, format_date, quoted, say, typeset
from essfacts.render.chart import plot, wrapped
from essfacts.text import is_unicode, printable

if TYPE_CHECKING:
    from typing import TextIO

    from essfacts.model import Dataset
    from essfacts.render import Listing
    from essfacts.render.chart import Axis, Bar, Chart

_WIDTH, _LEAST_WIDTH, _MARGIN, _THICK = 800, 320, 28, 18
_INK, _SOFT, _RULE, _WHOLE, _BAR, _COMPUTED = (
    "#1f1b16", "#5a5249", "#c9c0b2", "#f0ebe1", "#a3421a", "#c0704a",
)  # fmt: skip
# Fonts that machines have, the most common first: some renderers look at no other.
_FONTS = "Arial, Helvetica, Liberation Sans, DejaVu Sans, sans-serif"
# How wide a character is on average in the widest of them; renderers measure their own.
_EM = 0.57
# What no XML may hold and no HTML should.
_NONCHARACTERS = dict.fromkeys(
    [*range(0xFDD0, 0xFDF0), *(plane | end for plane in range(0, 0x110000, 0x10000)
                               for end in (0xFFFE, 0xFFFF))], "\ufffd")  # fmt: skip


def escaped(text: str) -> str:
    """Make text safe inside an element or between the quotes of an attribute, of XML or HTML."""
    if not text.isprintable():
        text = printable(text).translate(_NONCHARACTERS)
    for char, reference in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(char, reference)
    return text


def write(markup: str, stream: TextIO) -> None:
    """Write markup, which says in references whatever characters a stream can't carry."""
    if not is_unicode(stream):
        markup = markup.encode("ascii", "xmlcharrefreplace").decode("ascii")
    stream.write(markup)


def origin(dataset: Dataset, language: str) -> str:
    """Say which release speaks, who publishes it and when."""
    release = dataset.release
    names = [dataset.named("publishers", id).name for id in release.publishers + release.partners]
    title = f"{say('genre-of-release', language)} {quoted(release.title, 'fr')}"
    return ", ".join([title, *names, format_date(release.date, language)])


def render(listing: Listing, stream: TextIO, width: int | None, title: str | None) -> list[str]:
    """Write the picture, and give the ids of the figures that are not on it."""
    language, chart = listing.language, plot(listing, title)
    release, licence = origin(listing.dataset, language), listing.dataset.release.licence
    picture = _Picture(max(width or _WIDTH, _LEAST_WIDTH))
    picture.paragraph(chart.title, 22, _INK, "bold")
    picture.paragraph(release, 13, _SOFT)
    for axis in chart.axes:
        picture.axis(axis, chart)
    picture.y += 20
    for text in (*chart.feet, *([getattr(licence, language)] if licence else ())):
        picture.paragraph(text, 11.5, _SOFT)
    figures = [
        axis.title
        + COLON[language]
        + SEMICOLON[language].join(f"{bar.label} {bar.figure} {bar.notes}" for bar in axis.bars)
        for axis in chart.axes
    ]
    alone = [say("not-drawn", language, values=chart.alone)] if chart.alone else []
    told = typeset(". ".join([*figures, *alone, *chart.feet, release]))
    size = f"{picture.width} {picture.y + _MARGIN:g}".split()
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" '
        f'viewBox="0 0 {" ".join(size)}" role="img" aria-labelledby="title desc" '
        f'xml:lang="{language}" font-family="{_FONTS}">\n'
        f'<title id="title">{escaped(typeset(chart.title))}</title>\n'
        f'<desc id="desc">{escaped(told)}</desc>\n'
        f'<rect width="{size[0]}" height="{size[1]}" fill="#ffffff"/>\n'
    )
    write(head + "\n".join(picture.parts) + "\n</svg>\n", stream)
    return chart.alone


class _Picture:
    """Sets one thing under another, and knows how far down it is."""

    def __init__(self, width: int) -> None:
        self.width, self.y = width, _MARGIN - 4.0
        self.parts: list[str] = []

    def draw(self, element: str, content: str | None = None, **attributes: object) -> None:
        named = (f'{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
        end = "/>" if content is None else f">{content}</{element}>"
        self.parts.append(f"<{element} {' '.join(named)}{end}")

    def paragraph(self, text: str, size: float, fill: str, weight: str = "normal") -> None:
        for line in _wrapped(text, self.width - 2 * _MARGIN, size):
            self.y += round(size * 1.3)
            self.draw("text", escaped(line), x=_MARGIN, y=f"{self.y - size * 0.3:g}",
                      font_size=size, font_weight=weight, fill=fill)  # fmt: skip
        self.y += round(size * 0.35)

    def axis(self, axis: Axis, chart: Chart) -> None:
        """Draw bars between their labels and their figures, all axes from edge to edge."""
        told = [bar.figure + bar.notes for other in chart.axes for bar in other.bars]
        left = round(self.width * 0.36)
        figures = max(map(len, told)) * 14 * _EM + 20
        scale = max(40, round(self.width - _MARGIN - left - figures))
        self.y += 14
        if len(chart.axes) > 1:
            self.paragraph(axis.title, 14, _INK, "bold")
        self.y += 4
        rows = [_wrapped(bar.label, left - _MARGIN - 12, 13) for bar in axis.bars]
        heights = [max(28, 16 * len(row) + 10) for row in rows]
        for tick in axis.ticks:
            x, end = f"{left + tick.at * scale:g}", self.y + sum(heights) + 4
            self.draw("line", x1=x, y1=self.y, x2=x, y2=end, stroke=_RULE)
            anchor = ("start", "middle", "end")[round(2 * tick.at)]
            self.draw("text", escaped(typeset(tick.text)), x=x, y=end + 14, font_size=11.5,
                      fill=_SOFT, text_anchor=anchor)  # fmt: skip
        for bar, row, height in zip(axis.bars, rows, heights, strict=True):
            middle = self.y + height / 2
            for number, line in enumerate(row):
                y = middle + 4.5 + 16 * (number - (len(row) - 1) / 2)
                self.draw("text", escaped(line), x=_MARGIN, y=f"{y:g}", font_size=13, fill=_INK)
            self.bar(bar, left, middle, scale, whole=axis.is_shares)
            self.y += height
        self.y += 22

    def bar(self, bar: Bar, left: float, middle: float, scale: float, *, whole: bool) -> None:
        # What is small is still there, at half a pixel.
        length = max(bar.length * scale, 0.5 if bar.length else 0)
        place: dict[str, Any] = {"x": left, "y": middle - _THICK / 2, "height": _THICK}
        if whole:  # of which the bar is a share
            self.draw("rect", **place, width=scale, fill=_WHOLE)
        fill = _COMPUTED if bar.is_computed else _BAR
        self.draw("rect", **place, width=f"{length:.2f}", fill=fill, data_id=escaped(bar.id))
        told = (
            f'<tspan font-weight="bold">{escaped(typeset(bar.figure))}</tspan>'
            f'<tspan dx="5" font-size="11" fill="{_SOFT}">{escaped(bar.notes)}</tspan>'
        )
        end = left + (scale if whole else length) + 8
        self.draw("text", told, x=f"{end:g}", y=middle + 5, font_size=14, fill=_INK)


def _wrapped(text: str, width: float, size: float) -> list[str]:
    return wrapped(text, max(4, int(width / size / _EM))) or [""]
