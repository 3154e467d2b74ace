"""Charts in a terminal and as pictures: to scale, honest, and the same in every renderer."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essfacts import load
from essfacts.export import export
from essfacts.render import Listing, chart, svg
from essfacts.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from essfacts.export import Exported

DATASET = load()
STATS = [export(stat, DATASET) for stat in (*DATASET.stats, *DATASET.computed)]
HOSTILE = (
    "<b>&amp;</b>", '"><script>alert(1)</script>', "</title></svg>", "]]>", "<!--", "&#60;",
    "\ufffe",
    "\U0001ffff", "\ufdd0", "\u202eabc", "\x00\x1b[31m", "'onload='x", "", " ", "é" * 300,
)  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"


def listing(records: list[Exported] | None = None, language: str = "en") -> Listing:
    return Listing("Stats", STATS if records is None else records, (), {}, language, DATASET)


def made(*values: tuple[float, str], label: str = "label") -> list[Exported]:
    """Make stats out of values and units."""
    return [
        dict(STATS[0])
        | {"id": f"s{at}", "value": value, "unit": unit, "counts": {"fr": label, "en": label}}
        for at, (value, unit) in enumerate(values)
    ]  # fmt: skip


def drawn(
    records: list[Exported], width: int, language: str = "en", *, is_ascii: bool = False
) -> list[str]:
    plotted = chart.plot(listing(records, language))
    return list(chart.lines(plotted, width, language, is_ascii=is_ascii))


class Drawn(NamedTuple):
    """A bar in characters: how many cells it takes of how many."""

    cells: float
    scale: int


def bars(lines: list[str]) -> Iterator[Drawn]:
    """Measure the bars in characters, each against the axis under it."""
    waiting = []
    for line in lines:
        if found := re.search("[█▏▎▍▌▋▊▉]+", line):
            waiting.append(sum((8 - "█▉▊▋▌▍▎▏".index(char)) / 8 for char in found[0]))
        if found := re.search("─+", line):
            yield from (Drawn(cells, len(found[0])) for cells in waiting)
            waiting = []


# What can be compared.


def test_never_two_units_on_one_axis() -> None:
    plotted = chart.plot(listing())
    shares, *others = plotted.axes
    assert [axis.is_shares for axis in plotted.axes] == [True, False, False, False]
    assert {axis.title for axis in others} == {
        "Number of enterprises",
        "Number of workshops",
        "Number of intercommunal bodies",
    }
    lengths = {bar.label: round(bar.length, 3) for bar in shares.bars}
    # Whether written in percent or as a fraction.
    assert lengths["ESS share of GDP"] == 0.1
    assert lengths["share of cooperatives among industrial ESS enterprises"] == 0.667
    assert set(plotted.alone) == {
        "interviews-held",
        "territorial-monographs",
        "banque-des-territoires-offices",
        "employment-weight-ratio",
    }


@pytest.mark.parametrize("value", [-3.2, 100.5, 250], ids=str)
def test_what_is_no_share_of_a_whole_is_told_and_not_drawn(value: float) -> None:
    plotted = chart.plot(listing(made((value, "percent"), (40, "percent"))))
    assert plotted.alone == {"s0": "label"}
    assert [bar.id for bar in plotted.axes[0].bars] == ["s1"]


def test_a_number_below_zero_is_told_and_not_drawn() -> None:
    plotted = chart.plot(listing(made((-1, "workshop"), (4, "workshop"), (2, "workshop"))))
    assert plotted.alone == {"s0": "label"}


@pytest.mark.parametrize(
    ("most", "end"),
    [(1367, "1,500"), (1000, "1,000"), (1001, "1,500"), (4, "4"), (0.7, "0.8"), (0, "1"),
     (9.2, "10")],
    ids=str,
)  # fmt: skip
def test_an_axis_of_numbers_ends_at_a_round_one(most: float, end: str) -> None:
    [axis] = chart.plot(listing(made((most, "workshop"), (0, "workshop")))).axes
    assert axis.ticks[-1] == chart.Tick(1, end)
    assert all(0 <= bar.length <= 1 for bar in axis.bars)


def test_sources_are_numbered_beside_the_bars_and_named_at_the_end() -> None:
    lines = drawn(STATS[:6], 100, "fr")
    text = " ".join(" ".join(lines).split()).replace("\u202f", " ")
    assert "moy. 10 % [1]" in text
    assert "1,3 % [2]" in text
    last = text[text.index("Sources") :]
    assert last.startswith("Sources : [1] ESS France, Panorama de l'ESS, mai 2022 ; [2] INSEE")


def test_a_computed_figure_is_marked_and_shows_its_formula() -> None:
    lines = " ".join(" ".join(drawn(STATS, 100)).split())
    assert "industrial cooperatives (computed)" in lines
    assert "industrial cooperatives = industrial-enterprises × cooperatives-share" in lines


@pytest.mark.parametrize("language", ["fr", "en"])
def test_shares_say_of_what_and_that_they_are_of_different_wholes(language: str) -> None:
    shares = chart.plot(listing(language=language)).axes[0]
    assert shares.title == {
        "fr": "Parts en pour cent, chacune de son propre ensemble",
        "en": "Shares in percent, each of its own whole",
    }[language]  # fmt: skip
    assert all(("part" if language == "fr" else "share") in bar.label for bar in shares.bars)


# In a terminal.


@pytest.mark.parametrize("is_ascii", [False, True], ids=["blocks", "ascii"])
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", [12, 20, 40, 60, 80, 100])
def test_no_line_is_wider_than_asked(width: int, language: str, *, is_ascii: bool) -> None:
    lines = drawn(STATS, width, language, is_ascii=is_ascii)
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize("width", [20, 40, 57, 80, 100])
def test_bars_keep_to_an_eighth_of_a_cell(width: int) -> None:
    plotted = [bar for axis in chart.plot(listing()).axes for bar in axis.bars]
    measured = list(bars(drawn(STATS, width)))
    assert len({one.scale for one in measured}) == 1  # every axis ends at one edge
    for one, bar in zip(measured, plotted, strict=True):
        assert abs(one.cells - bar.length * one.scale) <= 1 / 8


def test_what_is_small_is_there_and_what_is_nothing_is_not() -> None:
    lines = drawn(made((0.0001, "percent"), (0, "percent"), (100, "percent")), 80)
    small, nothing, whole = (line for line in lines if line.startswith("label"))
    assert small.count("▏") == 1
    assert not re.search("[█▏▎▍▌▋▊▉]", nothing)
    [axis] = (line for line in lines if "─" in line)
    assert whole.rindex("█") == axis.rindex("─")
    assert whole.index("█") == axis.index("─")


def test_ascii_has_a_note() -> None:
    lines = drawn(made((0.1, "percent"), (50, "percent")), 80, is_ascii=True)
    assert "".join(lines).isascii()
    assert lines[2].count("#") == 1
    assert "Bars are rounded to a whole #; what is smaller has one." in lines


@given(
    st.lists(
        st.tuples(st.floats(0, 1e6), st.sampled_from(["percent", "fraction", "workshop", "ratio"])),
        max_size=6,
    ),
    st.integers(10, 120),
)
def test_any_figures_make_a_chart(values: list[tuple[float, str]], width: int) -> None:
    records = made(*values)
    plotted = chart.plot(listing(records))
    told = {*plotted.alone, *(bar.id for axis in plotted.axes for bar in axis.bars)}
    assert told == {record["id"] for record in records}
    assert all(len(line) <= width for line in drawn(records, width))


# As a picture.


def picture(
    records: list[Exported], language: str = "en", width: int | None = None, **more: Any
) -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=more.pop("encoding", "utf-8"))
    svg.render(listing(records, language), stream, width, more.pop("title", None))
    stream.flush()
    raw: bytes = stream.buffer.getvalue()
    return raw.decode("utf-8")


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - written here


def whole(root: ET.Element) -> float:
    """Give the width of what shares are shares of."""
    fills = ((rect.get("fill"), rect.get("width")) for rect in root.iter(f"{SVG}rect"))
    [width] = {float(str(width)) for fill, width in fills if fill == "#f0ebe1"}
    return width


@pytest.mark.parametrize("width", [None, 480, 1600])
def test_rects_are_to_scale(width: int | None) -> None:
    root = parsed(picture(STATS, width=width))
    plotted = [bar for axis in chart.plot(listing()).axes for bar in axis.bars]
    scale = whole(root)
    rects = [rect for rect in root.iter(f"{SVG}rect") if rect.get("data-id")]
    assert [rect.get("data-id") for rect in rects] == [bar.id for bar in plotted]
    for rect, bar in zip(rects, plotted, strict=True):
        assert abs(float(rect.get("width", 0)) - bar.length * scale) <= 0.5


def test_it_says_what_it_shows() -> None:
    root = parsed(picture(STATS[:6], "fr", title="Un titre"))
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title desc")
    assert root.findtext(f"{SVG}title") == "Un titre"
    desc = str(root.findtext(f"{SVG}desc")).replace("\xa0", " ").replace("\u202f", " ")
    assert "part de l'ESS dans le PIB moy. 10 % [1]" in desc
    assert "Non dessiné, faute de chiffre comparable : entreprises industrielles de l'ESS" in desc
    text = " ".join("".join(part.itertext()) for part in root.iter(f"{SVG}text")).replace(
        "\xa0", " "
    )
    for said in (
        "Communiqué de presse",
        "13 novembre 2025",
        "Sources : [1]",
        "Licence Ouverte 2.0",
    ):
        assert said in text


def test_a_narrow_picture_sets_labels_above_its_bars() -> None:
    root = parsed(picture(STATS, width=400))
    assert whole(root) > 180
    figures = max(float(str(text.get("x"))) for text in root.iter(f"{SVG}text"))
    assert figures < 400 - 90  # which leaves room for « nearly 1,000 [4] »
    ends = [
        float(str(text.get("x"))) for text in root.iter(f"{SVG}text") if text.get("text-anchor")
    ]
    assert min(abs(after - before) for before, after in pairwise(ends)) > 60


def test_a_french_title_is_translated_for_those_who_read_english() -> None:
    said = " ".join("".join(part.itertext()) for part in parsed(picture(STATS)).iter(f"{SVG}text"))
    assert "[The social and solidarity economy, a powerful lever" in said


def test_no_licence_is_claimed_for_the_words_of_others(made_up_folder: Path) -> None:
    dataset = load(made_up_folder)
    records = [export(stat, dataset) for stat in dataset.stats]
    stream = io.StringIO()
    svg.render(Listing("", records, (), {}, "en", dataset), stream, None, None)
    assert "Licence" not in stream.getvalue()


def test_it_has_nothing_that_a_renderer_may_lack() -> None:
    root = parsed(picture(STATS))
    names = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert names == {"svg", "title", "desc", "rect", "line", "text", "tspan"}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not attributes & {"style", "class", "clip-path", "href", "filter"}


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_pass_wcag_aa() -> None:
    root = parsed(picture(STATS))
    for element in root.iter():
        least = {"text": 4.5, "tspan": 4.5, "rect": 3.0}.get(element.tag.removeprefix(SVG))
        fill = element.get("fill", "#000000")
        if least and (least > 3 or element.get("data-id")):
            assert 1.05 / (_luminance(fill) + 0.05) >= least, fill


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_text_becomes_markup(text: str) -> None:
    records = made((1, "percent"), (2, "percent"), label=text)
    root = parsed(picture(records, title=text or "x"))
    names = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert names == {"svg", "title", "desc", "rect", "line", "text", "tspan"}
    assert not re.search("[\u202a-\u202e\ufffe\uffff]", picture(records, title=text or "x"))
    if text.isprintable() and text.strip():
        assert printable(text)[:20] in str(root.findtext(f"{SVG}desc"))


@pytest.mark.parametrize("records", [STATS, []], ids=["all", "none"])
def test_any_stream_carries_it(records: list[Exported]) -> None:
    text = picture(records, "fr", encoding="ascii")
    assert text.isascii()
    assert "".join(parsed(text).itertext()) == "".join(parsed(picture(records, "fr")).itertext())


# In pixels.


def _rsvg(source: Path, target: Path) -> None:
    subprocess.run([found("rsvg-convert"), source, "-o", target], check=True)


def _cairosvg(source: Path, target: Path) -> None:
    pytest.importorskip("cairosvg").svg2png(url=str(source), write_to=str(target))


def _inkscape(source: Path, target: Path) -> None:
    subprocess.run([found("inkscape"), source, "-o", target], check=True, capture_output=True)


def _chromium(source: Path, target: Path) -> None:
    height = parsed(source.read_text(encoding="utf-8")).get("height")
    command = [found("chromium"), "--headless", "--no-sandbox", "--hide-scrollbars",
               f"--screenshot={target}", f"--window-size=800,{height}",
               source.as_uri()]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)


def _firefox(source: Path, target: Path) -> None:
    height = parsed(source.read_text(encoding="utf-8")).get("height")
    command = [found("firefox"), "--headless", "--profile", str(target.parent), "--screenshot",
               str(target), "--window-size", f"800,{height}", source.as_uri()]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)


def _libreoffice(source: Path, target: Path) -> None:
    """Let Writer set the picture in a document, at 96 pixels an inch."""
    root = parsed(source.read_text(encoding="utf-8"))
    width, height = (float(str(root.get(name))) * 0.6 for name in ("width", "height"))
    size = f'width="{width:g}" height="{height:g}"'
    page = source.with_name("document.html")
    page.write_text(f'<p><img src="{source.name}" {size}></p>', encoding="utf-8")
    office = [
        found("soffice"),
        f"-env:UserInstallation={source.parent.as_uri()}/office",
        "--headless",
    ]
    for format in ("odt", "pdf"):
        command = [*office, "--convert-to", format, "--outdir", page.parent, page]
        subprocess.run(command, check=True, capture_output=True)
        page = page.with_suffix(f".{format}")
    command = [found("pdftoppm"), "-r", "160", "-png", "-singlefile", page, target.with_suffix("")]
    subprocess.run(command, check=True)


def found(name: str) -> str:
    path = shutil.which(name)
    if not path:
        pytest.skip(f"no {name} on this machine")
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    "draw", [_rsvg, _cairosvg, _inkscape, _chromium, _firefox, _libreoffice],
    ids=lambda draw: draw.__name__.strip("_"),
)  # fmt: skip
def test_every_renderer_draws_the_same_bars(draw: Any, tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    source, target = tmp_path / "chart.svg", tmp_path / "chart.png"
    source.write_text(picture(STATS[:6]), encoding="utf-8")
    draw(source, target)
    pixels = image.open(target).convert("RGB")
    plotted = chart.plot(listing(STATS[:6])).axes[0].bars
    root = parsed(source.read_text(encoding="utf-8"))
    rows = _bars_in_pixels(pixels)
    if draw is _libreoffice:  # a page has its own scale: bars are compared with each other
        longest = max(rows)
        expected = max(bar.length for bar in plotted)
        scale = longest / expected
    else:
        assert pixels.width == 800
        scale = whole(root)
    assert len(rows) == len(plotted)
    for length, bar in zip(rows, plotted, strict=True):
        assert abs(length - bar.length * scale) <= (0.5 if draw is not _libreoffice else 1)


def _bars_in_pixels(pixels: Any) -> list[float]:
    """Measure bars by their colour, a pixel at an edge by its share of it."""
    bar, whole = (0xA3, 0x42, 0x1A), (0xF0, 0xEB, 0xE1)
    lengths: list[float] = []
    previous = 0
    for y in range(pixels.height):
        row = [pixels.getpixel((x, y)) for x in range(pixels.width)]
        full = [
            x
            for x, pixel in enumerate(row)
            if max(abs(a - b) for a, b in zip(pixel, bar, strict=True)) < 6
        ]
        if full and not previous:
            middle = [pixels.getpixel((x, y + 5)) for x in range(pixels.width)]
            shares = [(whole[1] - green) / (whole[1] - bar[1]) for _, green, _ in middle]
            near = range(max(full[0] - 1, 0), min(full[-1] + 2, len(shares)))
            lengths.append(sum(min(max(shares[x], 0), 1) for x in near))
        previous = len(full)
    return lengths
