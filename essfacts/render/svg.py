"""The chart as an SVG: shapes and text alone, which every renderer draws alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essfacts.language import COLON, SEMICOLON, format_date, quoted, say, typeset, word
from essfacts.render.chart import plot
from essfacts.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from essfacts.model import Dataset
    from essfacts.render import Listing
    from essfacts.render.chart import Axis, Bar, Chart

WIDTH, _LEAST_WIDTH, _MARGIN, _GAP = 800, 320, 28, 12
INK, SOFT, LINE, TRACK, BAR, BAR_COMPUTED = (
    "#1f1b16", "#5a5249", "#c9c0b2", "#f0ebe1", "#a3421a", "#cd8460",
)  # fmt: skip
# Fonts that machines have, the most common first: some renderers look at no other.
_FONTS = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_NARROW, _WIDE = frozenset("iljtfrI.,;:!|'’()[] \u00a0\u202f"), frozenset("mwMWO%@—œæ÷×≈")
_ESCAPED = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
    # What no XML may hold and no HTML should.
    | dict.fromkeys([*range(0xFDD0, 0xFDF0)], "\ufffd")
    | dict.fromkeys([plane << 16 | 0xFFFE | end for plane in range(17) for end in (0, 1)], "\ufffd")
)


def escaped(text: str) -> str:
    """Make text safe inside an element or a quoted attribute, of XML or of HTML."""
    return printable(text).translate(_ESCAPED)


def write(markup: str, stream: TextIO) -> None:
    """Write markup, which says in references whatever characters a stream can't carry."""
    if not (stream.encoding or "utf-8").lower().startswith("utf"):
        markup = markup.encode("ascii", "xmlcharrefreplace").decode("ascii")
    stream.write(markup)


def origin(dataset: Dataset, language: str) -> list[str]:
    """Say which release speaks, who publishes it and when; then the licence of the words."""
    release = dataset.release
    names = (*release.publishers, *release.partners)
    parts = [
        f"{say('press-release', language)} {quoted(release.title, 'fr')}",
        *(dataset.named("publishers", id).name for id in names),
        format_date(release.date, language),
    ]
    licence = [getattr(release.licence, language)] if release.licence else []
    return [typeset(text, language) for text in (", ".join(parts), *licence)]


def render(listing: Listing, stream: TextIO, width: int | None, title: str | None) -> list[str]:
    """Write the picture, and give the ids of the figures that are not on it."""
    chart = plot(listing, title)
    picture = _Picture(max(width or WIDTH, _LEAST_WIDTH))
    release, *licence = origin(listing.dataset, listing.language)
    picture.paragraph(chart.title, 22, INK, bold=True)
    picture.paragraph(release, 13, SOFT)
    for axis in chart.axes:
        picture.axis(axis, chart, with_title=len(chart.axes) > 1)
    picture.y += 20
    for text in (*chart.feet(listing.language), *licence):
        picture.paragraph(text, 11.5, SOFT)
    described = typeset(". ".join([*_described(chart, listing.language), release]), listing.language)
    height = round(picture.y + _MARGIN - 8)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{picture.width}" height="{height}" '
        f'viewBox="0 0 {picture.width} {height}" role="img" aria-labelledby="title desc" '
        f'xml:lang="{listing.language}" font-family="{_FONTS}">\n'
        f'<title id="title">{escaped(chart.title)}</title>\n'
        f'<desc id="desc">{escaped(described)}</desc>\n'
        f'<rect width="{picture.width}" height="{height}" fill="#ffffff"/>\n'
    )
    write(head + "\n".join(picture.parts) + "\n</svg>\n", stream)
    return chart.alone


def _described(chart: Chart, language: str) -> Iterator[str]:
    """Say the figures in words."""
    for axis in chart.axes:
        bars = (f"{bar.label}{COLON[language]}{bar.figure} {bar.notes}" for bar in axis.bars)
        yield axis.title + COLON[language] + SEMICOLON[language].join(bars)
    if chart.alone:
        yield say("not-drawn", language, values=chart.alone)
    yield from chart.feet(language)


class _Picture:
    """Sets one thing under another, and knows how far down it is."""

    def __init__(self, width: int) -> None:
        self.width, self.y = width, float(_MARGIN)
        self.parts: list[str] = []

    def text(self, x: float, y: float, text: str, size: float, fill: str = INK, **more: str) -> None:
        also = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items())
        self.parts.append(
            f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}"{also}>'
            f"{escaped(text)}</text>"
        )

    def rect(self, x: float, y: float, width: float, height: float, fill: str, id: str = "") -> None:
        data = f' data-id="{escaped(id)}"' if id else ""
        self.parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:.2f}" height="{height:g}" fill="{fill}"{data}/>'
        )

    def paragraph(self, text: str, size: float, fill: str, *, bold: bool = False) -> None:
        weight = {"font_weight": "bold"} if bold else {}
        for line in _wrapped(text, (self.width - 2 * _MARGIN) / (1.1 if bold else 1), size):
            self.y += round(size * 1.3)
            self.text(_MARGIN, self.y - round(size * 0.3), line, size, fill, **weight)
        self.y += round(size * 0.35)

    def axis(self, axis: Axis, chart: Chart, *, with_title: bool) -> None:
        """Draw bars between their labels and their figures, all axes from edge to edge."""
        bars = [bar for other in chart.axes for bar in other.bars]
        figures = max(_width(bar.figure, 14) * 1.1 + _width(bar.notes, 11) + 16 for bar in bars)
        left = round(self.width * 0.36)
        scale = max(40, round(self.width - left - _MARGIN - figures))
        self.y += 14
        if with_title:
            self.paragraph(axis.title, 14, INK, bold=True)
        self.y += 4
        at = len(self.parts)
        top = self.y
        for bar in axis.bars:
            self._bar(bar, axis, left, scale)
        ticks = [(left + value / axis.most * scale, text) for value, text in axis.ticks]
        # Under the bars, so that they stay as long as they are.
        lines = (
            f'<line x1="{x:g}" y1="{top:g}" x2="{x:g}" y2="{self.y + 4:g}" stroke="{LINE}"/>'
            for x, _ in ticks
        )
        self.parts[at:at] = lines
        self.y += 18
        for (x, text), anchor in zip(ticks, ("start", *["middle"] * (len(ticks) - 2), "end"),
                                     strict=True):  # fmt: skip
            self.text(x, self.y, text, 11.5, SOFT, text_anchor=anchor)

    def _bar(self, bar: Bar, axis: Axis, left: float, scale: float) -> None:
        labels = _wrapped(bar.label, left - _MARGIN - _GAP, 13)
        height = max(28, 16 * len(labels) + 10)
        middle = self.y + height / 2
        for number, line in enumerate(labels):
            y = middle + 4.5 + 16 * (number - (len(labels) - 1) / 2)
            self.text(_MARGIN, y, line, 13)
        if axis.is_shares:  # the whole of which the bar is a share
            self.rect(left, middle - 9, scale, 18, TRACK)
        # What is small is still there, at half a pixel.
        length = max(bar.length / axis.most * scale, 0.5 if bar.length else 0)
        self.rect(left, middle - 9, length, 18, BAR_COMPUTED if bar.is_computed else BAR, bar.id)
        end = left + (scale if axis.is_shares else length) + 8
        self.parts.append(
            f'<text x="{end:g}" y="{middle + 5:g}" font-size="14" fill="{INK}">'
            f'<tspan font-weight="bold">{escaped(bar.figure)}</tspan>'
            f'<tspan dx="5" font-size="11" fill="{SOFT}">{escaped(bar.notes)}</tspan></text>'
        )
        self.y += height


def _width(text: str, size: float) -> float:
    """Estimate how wide text may be in the widest of the fonts; renderers measure their own."""
    ems = (0.36 if char in _NARROW else 0.9 if char in _WIDE else 0.7 if char.isupper() else 0.57
           for char in text)  # fmt: skip
    return sum(ems) * size


def _wrapped(text: str, width: float, size: float) -> list[str]:
    """Break text into lines that fit; a word that is wider breaks too."""
    found: list[str] = []
    line = ""
    for word_ in text.split(" "):
        while _width(word_, size) > width and len(word_) > 1:
            cut = max(1, int(len(word_) * width / _width(word_, size)) - 1)
            found, line, word_ = [*found, *filter(None, [line]), word_[:cut]], "", word_[cut:]
        longer = f"{line} {word_}" if line else word_
        if line and _width(longer, size) > width:
            found.append(line)
            longer = word_
        line = longer
    return [*found, line]
