"""The page: all of the release in one file that opens in a browser, without a network."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from program import run_here

from essfacts import model
from essfacts.render.page import render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from essfacts import Dataset

VOID = frozenset({"meta", "input", "br", "link", "rect"})
HOSTILE = (
    "<b>x</b>", '" onfocus="alert(1)', "</script><script>alert(1)</script>", "</title>", "<!--",
    "{{cite-release}}", "{{#claims}}", "\ufffe", "\u202eabc\u2066", "\x1b[31m", "&lt;i&gt;",
    "\\u003c",
)  # fmt: skip


class Page(HTMLParser):
    """A page that was read: elements with their attributes, and text by the id that it is under."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.linked = ""
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["script"]:
            self.linked = self.linked or data
        elif self.open[-1:] != ["style"]:
            self.text += data

    @property
    def ids(self) -> list[str]:
        return [str(attributes["id"]) for _, attributes in self.elements if "id" in attributes]

    @property
    def words(self) -> str:
        return " ".join(self.text.replace("\xa0", " ").replace("\u202f", " ").split())


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {language: run_here("page", "--lang", language).out for language in ("fr", "en")}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_everything_is_there(pages: dict[str, str], dataset: Dataset, language: str) -> None:
    page = Page(pages[language])
    assert not page.open
    assert len(page.ids) == len({*page.ids})
    said = run_here("cite", "--all", "--style", "sentence", "--lang", language).out
    cited = [line for line in said.split("\n") if line]
    for claim, sentence in zip(dataset.claims, cited, strict=True):
        assert claim.id in page.ids
        assert " ".join(sentence.split()) in page.words
        if not (isinstance(claim, model.Quote) and language == "fr"):
            words = claim.words if isinstance(claim, model.Quote) else claim.excerpt
            assert f"« {words} »" in page.words
    for source in dataset.sources:
        assert source.id in page.ids
    links = [a["href"] for tag, a in page.elements if tag == "a" and str(a.get("href"))[:1] == "#"]
    assert {str(link)[1:] for link in links} <= {*page.ids}


def test_it_is_small_and_asks_for_nothing(pages: dict[str, str]) -> None:
    for text in pages.values():
        assert len(text.encode()) < 120_000
        page = Page(text)
        assert not [tag for tag, _ in page.elements if tag in {"link", "img", "iframe", "object"}]
        assert not [a for tag, a in page.elements if tag == "script" and "src" in a]
        assert "url(" not in text
        assert "@import" not in text


def test_a_french_title_is_translated_for_those_who_read_english(pages: dict[str, str]) -> None:
    english = "The social and solidarity economy, a powerful lever"
    assert f"<p>{english}" in pages["en"]
    assert english not in Page(pages["fr"]).words


def test_a_tab_of_a_browser_has_a_short_title(pages: dict[str, str]) -> None:
    assert "<title>Fiche du communiqué, 13 novembre 2025</title>" in pages["fr"]
    assert "<title>Press release factsheet, 13 November 2025</title>" in pages["en"]


def test_headings_are_in_order(pages: dict[str, str]) -> None:
    levels = [int(tag[1]) for tag, _ in Page(pages["fr"]).elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_press_contacts_are_there_when_asked_for(pages: dict[str, str], dataset: Dataset) -> None:
    asked = run_here("page", "--contacts").out
    for person in dataset.people:
        for text in (person.email, person.phone):
            if text:
                assert text in asked
                assert all(text not in page for page in pages.values())
    contacts = [person.name for person in dataset.people if person.email]
    assert all(name not in pages["fr"] for name in contacts)


def test_claims_link_to_their_passages(made_up_folder: Path) -> None:
    said = run_here("page", "--data", str(made_up_folder), "--url", "https://example.org/cp#top")
    assert 'href="https://example.org/cp#top:~:text=2%2C5%20%25,des%20salaires"' in said.out


def test_whole_sentences_come_from_a_copy(release: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(release, encoding="utf-8")
    text = run_here("page", "--copy", str(copy), "--lang", "fr").out
    assert len(text.encode()) < 120_000
    page = Page(text)
    line = release[: release.index("en moyenne")].count("\n") + 1
    assert f"Ligne {line}" in page.words
    assert "Alors que les entreprises" in page.words


def test_a_poor_stream_carries_it(pages: dict[str, str]) -> None:
    poor = run_here("page", "--lang", "fr", PYTHONIOENCODING="ascii").out
    assert poor.isascii()
    assert Page(poor).words == Page(pages["fr"]).words
    assert json.loads(Page(poor).linked) == json.loads(Page(pages["fr"]).linked)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own
@pytest.mark.parametrize("language", ["fr", "en"])
def test_machines_read_the_same(pages: dict[str, str], dataset: Dataset, language: str) -> None:
    rdflib = pytest.importorskip("rdflib")
    base = "https://example.org/page"
    graph = rdflib.Graph().parse(data=Page(pages[language]).linked, format="json-ld", publicID=base)
    schema = rdflib.Namespace("https://schema.org/")
    node = {claim.id: rdflib.URIRef(f"{base}#{claim.id}") for claim in dataset.claims}
    claims = {*graph.subjects(rdflib.RDF.type, schema.Claim)}
    assert claims == {*node.values()}
    for claim in dataset.claims:
        at = node[claim.id]
        assert str(graph.value(at, schema.text)) == getattr(claim.text, language)
        bases = {str(source).rpartition("#")[2] for source in graph.objects(at, schema.isBasedOn)}
        assert bases == {*claim.sources}
        assert rdflib.URIRef(f"{base}#release") in graph.objects(at, schema.appearance)
        if isinstance(claim, model.Stat):
            assert (at, rdflib.RDF.type, schema.Observation) in graph
            assert float(graph.value(at, schema.value)) == pytest.approx(float(claim.value))
    spoken = {}
    for quotation in graph.subjects(rdflib.RDF.type, schema.Quotation):
        words = graph.value(quotation, schema.text)
        assert words.language == "fr"
        spoken[str(words)] = str(graph.value(quotation, schema.creator)).rpartition("#")[2]
    assert spoken == {quote.words: quote.speaker for quote in dataset.quotes}
    authors = graph.objects(rdflib.URIRef(f"{base}#ess-france-panorama"), schema.author)
    assert [str(author).rpartition("#")[2] for author in authors] == ["ess-france"]


# Text from a dataset.


def hostile(dataset: Dataset, text: str) -> Dataset:
    """Put a text wherever a dataset has one."""
    both = model.Text(fr=text, en=text)

    def changed(record: Any, **values: Any) -> Any:
        return type(record)(**vars(record) | values)

    release = changed(dataset.release, title=text, licence=both, url=f"javascript:{text}")
    claims = [
        changed(claim, text=both, excerpt=text,
                **{name: both for name in ("counts", "name") if hasattr(claim, name)},
                **{name: text for name in ("words", "translation") if hasattr(claim, name)})
        for claim in dataset.claims
    ]  # fmt: skip
    return model.Dataset(
        release=release,
        claims=tuple(claims),
        topics=tuple(changed(topic, name=both) for topic in dataset.topics),
        units=tuple(changed(unit, name=both, symbol=text) for unit in dataset.units),
        organisations=tuple(
            changed(one, name=text, description=both) for one in dataset.organisations
        ),
        people=tuple(changed(one, name=text, email=text, phone=text) for one in dataset.people),
        sources=tuple(
            changed(one, title=both, url=f"javascript:alert('{text}')") for one in dataset.sources
        ),
    )


def written(dataset: Dataset, text: str, language: str) -> str:
    ids = [claim.id for claim in dataset.claims]
    wordings = dict.fromkeys(ids, (text, 3))
    stream = io.StringIO()
    url = f"javascript:{text}"
    render(dataset, language, stream, url=url, wordings=wordings, with_contacts=True)
    return stream.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_text_becomes_markup(made_up: Dataset, text: str, language: str) -> None:
    page = Page(written(hostile(made_up, text), text, language))
    plain = Page(written(hostile(made_up, "x"), "x", language))
    # Where a citation changes the marks of a text, the text stands in a paragraph before it.
    shown, expected = (
        [(tag, *attributes) for tag, attributes in one.elements if attributes != {"class": "apart"}]
        for one in (page, plain)
    )
    assert shown == expected
    json.loads(page.linked)
    assert not {*"<>&"} & {*page.linked}
    assert not re.search("[\u202a-\u202e\u2066-\u2069\ufffe\x1b]", written(made_up, text, language))
    links = [str(a["href"]) for tag, a in page.elements if tag == "a" and "href" in a]
    assert all(link.startswith(("#", "http")) for link in links)
    if text.isprintable():
        assert text in page.text


# In a browser.


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start the browser of the machine; what asks for a network fails the test."""
    sync_api = pytest.importorskip("playwright.sync_api")
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


class Tab:
    """A page open in the browser, from a disk and without a network."""

    def __init__(self, browser: Any, text: str, folder: Path, **settings: Any) -> None:
        file = folder / "page.html"
        file.write_text(text, encoding="utf-8")
        self.address = file.as_uri()
        context = browser.new_context(offline=True, **settings)
        self.page = context.new_page()
        self.asked: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.goto(self.address)

    def shown(self) -> list[str]:
        found: list[str] = self.page.evaluate(
            "[...document.querySelectorAll('.claims > li')]"
            ".filter(li => li.offsetParent).map(li => li.id)"
        )
        return found


@pytest.fixture
def tab(browser: Any, pages: dict[str, str], tmp_path: Path) -> Iterator[Tab]:
    opened = Tab(browser, pages["fr"], tmp_path)
    yield opened
    assert opened.asked == [opened.address]
    assert opened.faults == []
    opened.page.context.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("METROPOLES", "members-metropoles"),
        ("1367", "industrial-enterprises"),
        ("1 367", "industrial-enterprises"),
        ("coop industr", "cooperatives-share"),
        ("1,3", "industrial-employment-share"),
        ("local", "land-strategy"),  # which has « locaux »
        ("coopératives", "cooperative-models"),
        ("eco-organisme", "interviewed-eco-organisations"),
        ("zzz", ""),
    ],
)  # fmt: skip
def test_the_box_filters_as_one_types(tab: Tab, typed: str, expected: str) -> None:
    tab.page.fill("#page_words", typed)
    shown = tab.shown()
    assert (expected in shown) if expected else not shown
    assert len(shown) <= 8
    assert tab.page.inner_text("#page_said") == f"{len(shown)} / 89"
    tab.page.click("#page_reset")
    assert len(tab.shown()) == 89


@pytest.mark.slow
@pytest.mark.parametrize(
    ("field", "value", "option"),
    [
        ("page_kind", "lever", ("--kind", "lever")),
        ("page_topic", "employment", ("--topic", "employment")),
        ("page_org", "ess-france", ("--org", "ess-france")),
        ("page_org", "regions", ("--org", "regions")),
    ],
)
def test_the_lists_keep_what_the_commands_keep(
    tab: Tab, field: str, value: str, option: tuple[str, str]
) -> None:
    tab.page.select_option(f"#{field}", value)
    expected = json.loads(run_here("claims", *option, "--format", "json").out)
    assert tab.shown() == [claim["id"] for claim in expected]


@pytest.mark.slow
def test_an_anchor_shows_its_claim_whatever_is_filtered(tab: Tab) -> None:
    tab.page.fill("#page_words", "zzz")
    tab.page.evaluate("location.hash = '#gdp-share'")
    tab.page.wait_for_function("document.getElementById('gdp-share').offsetParent !== null")
    assert tab.page.evaluate("document.querySelector(':target').id") == "gdp-share"


@pytest.mark.slow
def test_a_button_copies_the_citation(tab: Tab) -> None:
    tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.page.click("#gdp-share button")
    tab.page.wait_for_function("document.querySelector('#gdp-share button').textContent == 'Copié'")
    copied = tab.page.evaluate("navigator.clipboard.readText()")
    cited = run_here("cite", "gdp-share", "--style", "sentence", "--lang", "fr").out
    assert " ".join(copied.split()) == " ".join(cited.split())


@pytest.mark.slow
def test_without_script_all_is_there(browser: Any, pages: dict[str, str], tmp_path: Path) -> None:
    tab = Tab(browser, pages["fr"], tmp_path, java_script_enabled=False)
    assert tab.page.locator(".claims > li").count() == 89
    assert not tab.page.locator("#page_words").is_visible()
    assert not tab.page.locator("button:visible").count()
    cite = tab.page.locator("#gdp-share p:not([class]) i").last
    assert not cite.is_visible()
    tab.page.check("#page_ready")
    assert cite.is_visible()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_fits_and_axe_finds_nothing(
    browser: Any, pages: dict[str, str], tmp_path: Path, language: str, width: int, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    size = {"width": width, "height": 900}
    tab = Tab(browser, pages[language], tmp_path, viewport=size, color_scheme=scheme)
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    tab.page.check("#page_ready")
    found = axe.Axe().run(tab.page)
    assert not found.response["violations"], found.generate_report()


@pytest.mark.slow
def test_focus_is_seen(tab: Tab) -> None:
    for _ in range(25):
        tab.page.keyboard.press("Tab")
        style = tab.page.evaluate(
            "(({outlineStyle, outlineWidth}) => `${outlineStyle} ${outlineWidth}`)"
            "(getComputedStyle(document.activeElement))"
        )
        assert style == "solid 3px"


@pytest.mark.slow
def test_it_prints_as_a_factsheet(tab: Tab, tmp_path: Path) -> None:
    pdftotext = shutil.which("pdftotext")
    if not pdftotext:
        pytest.skip("no pdftotext on this machine")
    file = tmp_path / "page.pdf"
    tab.page.pdf(path=str(file), prefer_css_page_size=True)
    text = subprocess.run(
        [pdftotext, "-layout", file, "-"], capture_output=True, check=True
    ).stdout.decode()
    words = " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())
    assert "moy. 10 %" in words
    assert "Copier" not in words
    assert "Chercher" not in words
    assert re.search(r"1\. ESS France, Panorama de l'ESS, mai 2022", words)
    assert len(text.split("\f")) - 1 <= 9
    sizes = subprocess.run(
        [str(shutil.which("pdfinfo")), file], capture_output=True, check=True
    ).stdout
    assert b"A4" in sizes


@pytest.mark.slow
def test_bars_are_to_scale_in_the_browser(tab: Tab) -> None:
    wide = tab.page.evaluate(
        "(label => { const bar = [...document.querySelectorAll('.bars li')]"
        " .find(bar => bar.textContent.includes(label)).querySelector('rect');"
        " const [drawn, whole] = [bar, bar.closest('svg')].map(one => one.getBoundingClientRect());"
        " return drawn.width / whole.width })"
        "('emplois du secteur privé')"
    )
    assert wide == pytest.approx(0.14, abs=0.001)
