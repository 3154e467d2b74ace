"""Every format, read back by a tool that reads it, and compared with the same records' JSON."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from program import PATIENCE, needs, reader
from program import plain as strip_escapes

from essfacts import load
from essfacts.errors import RequestError
from essfacts.export import FIELDS, Exported, Field, export, flatten
from essfacts.language import word
from essfacts.model import KINDS
from essfacts.render import FORMATS, Listing, columns_of, named, plain, render
from essfacts.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DATASET = load()
LISTS: dict[str, tuple[Any, ...]] = {
    **{kind.command: DATASET.of_kind(kind.name) for kind in KINDS.values()},
    "claims": DATASET.claims,
    "orgs": DATASET.organisations,
    "people": DATASET.people,
    "sources": DATASET.sources,
}
TEXTS = [name for name in FORMATS if name != "xlsx"]
NASTY = (
    "=1+1", "+33", "-2", "@SUM(A1)", "\tx", "\ry", "\nz", "＝1", "＋1", "－1", "＠a",
    "[...]", "[/b] [red]x[/red]", 'a "b", c;d', "line\nbreak", "  spaces  ", "|pipe|",
    "*a* _b_ `c`",
    "<b>&amp;</b>",
    "null", "2024-04", "05", "no", "12:30", "été — « œuvre »", "", "#x", "- y", ": z",
    "https://example.org/a|b_c*d", "\u202eabc", "\x1b[31mred", "\\n", "~a~", "1. x", "😀",
)  # fmt: skip


def listing(name: str, records: list[Exported] | None = None, **settings: Any) -> Listing:
    """Make the listing of a command, of all its records or of given ones."""
    if records is None:
        records = [export(item, DATASET) for item in LISTS[name]]
    return Listing(
        title=name,
        records=records,
        fields=FIELDS[name],
        columns=columns_of(name),
        language=settings.pop("language", "en"),
        dataset=DATASET,
    )._replace(**settings)


def nasty(text: str, number: float = 0.5) -> Exported:
    """Give an exported stat in which every text is the same."""
    both = {"fr": text, "en": text}
    return dict(export(DATASET.stats[0], DATASET)) | {
        "text": both,
        "excerpt": text,
        "written": text,
        "counts": both,
        "value": number,
        "organisations": [],
    }


def written(shown: Listing, format: str, encoding: str = "utf-8") -> str:
    """Write a listing in a format, as to a pipe."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="", write_through=True)
    render(shown, format, stream)
    return raw.getvalue().decode(encoding)


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


# Machine formats.


@pytest.mark.parametrize("name", LISTS)
def test_json_ndjson_and_yaml_hold_the_same(name: str) -> None:
    records = json.loads(written(listing(name), "json"))
    assert records == listing(name).records
    lines = written(listing(name), "ndjson").splitlines()
    assert [json.loads(line) for line in lines] == records
    assert yaml.safe_load(written(listing(name), "yaml")) == records


@pytest.mark.parametrize("name", LISTS)
def test_csv_and_tsv_hold_the_flat_columns_of_the_json(name: str) -> None:
    flat = [flatten(record, FIELDS[name]) for record in json.loads(written(listing(name), "json"))]
    cells = [{k: "" if v is None else str(v) for k, v in row.items()} for row in flat]
    text = written(listing(name), "csv")
    assert list(csv.DictReader(io.StringIO(text, newline=""), strict=True)) == cells
    assert "\r\n" in text
    assert "\n" not in text.replace("\r\n", "")
    tsv = written(listing(name), "tsv")
    assert list(csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE)) == cells


def test_csv_columns_are_stable() -> None:
    claim = (
        "id kind text_fr text_en excerpt section topics organisations_id organisations_name"
        " sources_id sources_producer sources_title sources_title_en sources_date_published"
        " sources_url date"
    )
    columns = {
        "levers": f"{claim} name_fr name_en",
        "stats": f"{claim} value unit approximation written counts_fr counts_en formula",
        "quotes": f"{claim} speaker_id speaker_name speaker_offices words translation",
        "effects": claim,
    }
    for name, expected in columns.items():
        assert written(listing(name), "csv").splitlines()[0].split(",") == expected.split()


def spelled(text: str) -> str:
    """Give a text as CSV has it, which has no escapes: its controls in letters, but \\t and \\n."""
    return "\n".join("\t".join(map(printable, line.split("\t"))) for line in text.split("\n"))


@pytest.mark.parametrize("text", NASTY)
def test_csv_yaml_and_json_keep_any_text(text: str) -> None:
    shown = listing("stats", [nasty(text)])
    assert json.loads(written(shown, "json"))[0]["excerpt"] == text
    assert yaml.safe_load(written(shown, "yaml"))[0]["excerpt"] == text
    rows = list(csv.DictReader(io.StringIO(written(shown, "csv"), newline=""), strict=True))
    assert rows[0]["excerpt"] == spelled(text)
    assert len(written(shown, "ndjson").splitlines()) == 1
    assert len(written(shown, "tsv").split("\n")) == 3


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=40)
)
def test_any_text_survives_the_formats_for_programs(text: str) -> None:
    shown = listing("stats", [nasty(text)])
    assert json.loads(written(shown, "json"))[0]["excerpt"] == text
    assert yaml.safe_load(written(shown, "yaml"))[0]["excerpt"] == text
    rows = list(csv.DictReader(io.StringIO(written(shown, "csv"), newline=""), strict=True))
    assert rows[0]["excerpt"] == spelled(text)


# What no format lets through: controls, directions, halves of characters, what XML can't hold.
STEERING = [
    *map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F))),
    *map(chr, (*range(0x2066, 0x2070), 0xFFF9, 0xFFFB, 0xFFFE, 0xFFFF)),
]


@pytest.mark.parametrize("format", TEXTS)
def test_nothing_steers_a_terminal(format: str) -> None:
    sequences = ("\x1b]0;title\x07", "\x9b31m", "\x1b[2J", "a\u202eb\u2066c", "".join(STEERING))
    for text in (*STEERING, *sequences):
        document = written(listing("stats", [nasty(f"x{text}y")]), format)
        left = {char for char in document.replace("\r\n", "\n") if char in STEERING}
        assert left <= {"\t", "\n"}, ascii(text)
        if format in {"json", "yaml"}:
            records = json.loads(document) if format == "json" else yaml.safe_load(document)
            assert records[0]["excerpt"] == f"x{text}y"


@pytest.mark.parametrize("format", TEXTS)
def test_nothing_left_is_still_a_document(format: str) -> None:
    empty = {
        "json": "[]\n",
        "yaml": "[]\n",
        "csv": "id,kind,text_fr,text_en,excerpt,section,topics,",
        "tsv": "id\tkind\ttext_fr\ttext_en\texcerpt\tsection\ttopics\t",
        "md": "| name | claim | id |\n| --- | --- | --- |\n",
    }
    text = written(listing("levers", []), format)
    assert text.startswith(empty.get(format, ""))
    assert text if format in empty else not text


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("format", ["json", "ndjson", "yaml"])
def test_a_poor_stream_gets_escapes_that_read_the_same(format: str, encoding: str) -> None:
    readers: dict[str, Callable[[str], Any]] = {
        "json": json.loads,
        "yaml": yaml.safe_load,
        "ndjson": lambda text: [json.loads(line) for line in text.splitlines()],
    }
    shown = listing("quotes")
    assert readers[format](written(shown, format, encoding)) == shown.records


# Formats for people, compared cell by cell with the columns that the records fill.


def cells_of_pipe(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()]


def cells_of_markdown(text: str) -> list[list[str]]:
    tokens = reader("markdown_it").MarkdownIt("commonmark").enable("table").parse(text)
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows:
            rows[-1].append("".join(child.content for child in token.children or ()))
    return rows[1:]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", LISTS)
def test_pipe_and_markdown_hold_every_cell(name: str, language: str) -> None:
    shown = listing(name, language=language)
    expected = [[" ".join(cell.split()) for cell in shown.cells(row)] for row in shown.records]
    assert cells_of_pipe(written(shown, "table")) == expected
    assert cells_of_markdown(written(shown, "md")) == expected


@pytest.mark.parametrize("name", LISTS)
def test_text_labels_every_cell_that_holds_something(name: str) -> None:
    shown = listing(name)
    records = written(shown, "text").rstrip("\n").split("\n\n")
    expected = []
    for row in shown.records:
        labelled = zip(shown.headers(), shown.cells(row), strict=True)
        filled = [(label, " ".join(cell.split())) for label, cell in labelled if cell]
        expected.append([f"{label}: {cell}" for label, cell in filled])
    assert [record.split("\n") for record in records] == expected


@pytest.mark.parametrize("text", [text for text in NASTY if text.isprintable()])
def test_people_read_any_text_whole(text: str) -> None:
    shown = listing(
        "stats", [nasty(text)], columns={name: plain(name) for name in ("id", "excerpt")}
    )
    expected = [["gdp-share", " ".join(text.split())]]
    assert cells_of_pipe(written(shown, "table")) == expected
    assert cells_of_markdown(written(shown, "md")) == expected


@pytest.mark.parametrize("format", ["table", "text", "md"])
@pytest.mark.parametrize("text", ["\x1b[31mred", "a\u202eb", "a\x9bb", "a\x07b"])
def test_no_control_character_reaches_people(text: str, format: str) -> None:
    shown = listing(
        "stats", [nasty(text)], columns={name: plain(name) for name in ("id", "excerpt")}
    )
    out = written(shown, format)
    assert not set(out) & set("\x1b\u202e\x9b\x07")
    assert "a" in out or "red" in out


@pytest.mark.parametrize("format", TEXTS)
def test_a_cut_in_a_quotation_prints_whole(format: str) -> None:
    # The release cuts Virginie Lutrot's quotation once.
    shown = listing("quotes")._replace(language="fr")
    out = written(shown, format).replace("\\[...\\]", "[...]")
    assert "réindustrialisation. [...] Ainsi" in out


# Figures as a reader wants them: what the release writes, in both languages.


@pytest.mark.parametrize(
    ("id", "fr", "en"),
    [
        ("gdp-share", "moy. 10 %", "avg. 10%"),
        ("industrial-employment-share", "1,3 %", "1.3%"),
        ("industrial-enterprises", "1 367", "1,367"),
        ("cooperatives-share", "2/3", "2/3"),
        ("adapted-enterprises-share", "près de 1/2", "nearly 1/2"),
        ("interviews-held", "près de 80", "nearly 80"),
        ("members-total", "près de 1 000", "nearly 1,000"),
        ("members-population-share", "près de 80 %", "nearly 80%"),
        # Worked out: 1,367 × 2/3 = 911.33; 14 ÷ 1.3 = 10.77, and no more precise than that.
        ("industrial-cooperatives", "≈ 911", "≈ 911"),
        ("members-by-category", "963", "963"),
        ("workshops-by-participants", "4", "4"),
    ],
)
def test_figures_read_as_the_language_writes_them(id: str, fr: str, en: str) -> None:
    record = export(DATASET.by_id[id], DATASET)
    for language, expected in (("fr", fr), ("en", en)):
        shown = listing("stats", [record], language=language)
        assert shown.cells(record)[0] == expected


def test_a_quotation_stands_in_french_and_its_translation_beside_it() -> None:
    [quote] = [quote for quote in DATASET.quotes if quote.id == "delga-key-role"]
    words, translation = f"« {quote.words} »", f"“{quote.translation}”"
    for language, said in (("fr", words), ("en", f"{words} [essfacts translation: {translation}]")):
        assert said in listing("quotes", language=language).cells(export(quote, DATASET))


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_a_table_with_more_text_than_room_fills_the_screen(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # as a terminal of that width
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = strip_escapes(written(listing("levers"), "table")).splitlines()
    assert max(map(len, lines)) == columns


def as_in_a_terminal(shown: Listing, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    return strip_escapes(written(shown, "table"))


def test_a_quotation_has_no_spaces_at_the_ends_of_its_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = as_in_a_terminal(listing("quotes", language="fr"), monkeypatch).splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("«"))
    last = next(number for number, line in enumerate(lines) if line.endswith("»"))
    assert last > first
    assert [line for line in lines[first:last] if line != line.rstrip()] == []


def test_claims_of_one_sentence_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    wordings = ("Une phrase entière.", "Une phrase entière.", "Une autre.")
    records: list[Exported] = [
        {**export(stat, DATASET), "wording": {"text": text, "line": 1}}
        for stat, text in zip(DATASET.stats, wordings, strict=False)
    ]
    columns = named(("figure", "wording", "id"))
    out = as_in_a_terminal(listing("stats", records, columns=columns), monkeypatch)
    assert out.count("Une phrase entière") == 1
    assert out.count("Une autre") == 1
    assert all(stat.id in out for stat in DATASET.stats[:3])


def test_computed_figures_are_marked_with_their_formula() -> None:
    record = export(DATASET.by_id["members-by-category"], DATASET)
    for language, said in (("fr", "[calculé : members-metropoles + "), ("en", "[computed: ")):
        assert said in listing("stats", [record], language=language).cells(record)[1]


# Spreadsheets.


def test_excel_flavour_is_what_a_french_spreadsheet_opens() -> None:
    records = [nasty(text, 1.3) for text in NASTY]
    text = written(listing("stats", records, excel=True, language="fr"), "csv")
    assert text.startswith("\ufeffid;genre;énoncé;extrait;partie;")
    rows = list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True))
    for row, typed in zip(rows, NASTY, strict=True):
        # What could steer a terminal is spelled out, and then no formula.
        said = printable(typed)
        defused = "'" if said.startswith(tuple("=+-@＝＋－＠")) else ""
        assert row["extrait"] == defused + said
        assert (row["valeur"], row["genre"], row["précision"]) == ("1,3", "chiffre", "en moyenne")


def test_excel_flavour_writes_numbers_and_days_as_french_does() -> None:
    shown = listing("stats", [nasty("x", number) for number in (-2, -0.5, 1367)], excel=True)
    rows = csv.DictReader(io.StringIO(written(shown, "csv")[1:], newline=""), delimiter=";")
    assert [row["value"] for row in rows] == ["-2", "-0,5", "1367"]
    records = [{"date": date} for date in ("2025-11-13", "2024-04", "2018")]
    shown = listing("claims", records, excel=True)  # type: ignore[arg-type]
    rows = csv.DictReader(io.StringIO(written(shown, "csv")[1:], newline=""), delimiter=";")
    assert [row["date"] for row in rows] == ["13/11/2025", "April 2024", "2018"]


def converted(path: Path, to: str, *arguments: str) -> Path:
    """Let LibreOffice convert a file beside itself."""
    office = needs("soffice", "libreoffice")
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    folder = path.parent / "converted"
    command = [office, profile, "--headless", *arguments, "--convert-to", to, "--outdir"]
    subprocess.run(
        [*command, str(folder), str(path)], check=True, capture_output=True, timeout=PATIENCE
    )
    return folder / f"{path.stem}.{to.partition(':')[0]}"


SPOKEN = [text for text in NASTY if text.isprintable() and text == text.strip() and text]


@pytest.mark.slow
def test_libreoffice_finds_the_same_cells(tmp_path: Path) -> None:
    records = [*listing("stats").records, *(nasty(text, 1.3) for text in SPOKEN)]
    shown = listing("stats", records, excel=True, language="fr")
    path = tmp_path / "stats.csv"
    path.write_text(written(shown, "csv"), encoding="utf-8", newline="")
    # Fields parted by semicolons, text between quotation marks, UTF-8, French numbers.
    filter = "--infilter=CSV:59,34,76,1,,1036,false,true"
    sheet = reader("openpyxl").load_workbook(converted(path, "xlsx", filter)).active
    header, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert header[:3] == ["id", "genre", "énoncé"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    for row, record in zip(rows, records, strict=True):
        cells = dict(zip(header, row, strict=True))
        assert cells["valeur"] == pytest.approx(record["value"])
        text = record["excerpt"]
        if not text[:1].isdigit():  # a spreadsheet reads `05` and `2024-04` its own way
            defused = "'" if text.startswith(tuple("=+-@＝＋－＠")) else ""
            assert cells["extrait"] == defused + text


def workbook(shown: Listing) -> io.BytesIO:
    reader("xlsxwriter")
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
    render(shown, "xlsx", stream)
    stream.detach()
    return raw


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_workbook_has_real_numbers_and_dates_sources_and_no_formula(language: str) -> None:
    records = [*listing("claims").records, *(nasty(text, 1.3) for text in NASTY)]
    book = reader("openpyxl").load_workbook(workbook(listing("claims", records, language=language)))
    sheet, sources = book.worksheets
    assert sheet.title == "claims"
    assert sources.title == "sources"
    assert sheet.freeze_panes == "B2"
    header, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert header[:3] == {"fr": ["id", "genre", "énoncé"], "en": ["id", "kind", "claim"]}[language]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    value, date, text = (header.index(word(name, language)) for name in ("value", "date", "text"))
    for row, record in zip(rows, records, strict=True):
        assert row[value] == (pytest.approx(record["value"]) if "value" in record else None)
        assert (row[text] or "") == printable(record["text"][language])
        if len(record.get("date") or "") == len("2025-11-13"):
            assert f"{row[date]:%Y-%m-%d}" == record["date"]
    named = {row[0] for row in sources.iter_rows(min_row=2, values_only=True)}
    assert {"ESS France", "Carole Delga"} <= named


@pytest.mark.slow
def test_libreoffice_opens_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "stats.xlsx"
    path.write_bytes(workbook(listing("stats", language="fr")).getvalue())
    text = converted(path, "csv:Text - txt - csv (StarCalc):59,34,76").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["id"] for row in rows] == [stat.id for stat in DATASET.stats]
    assert rows[0]["valeur"] == "10"


def test_a_terminal_gets_no_workbook() -> None:
    reader("xlsxwriter")
    stream = io.StringIO()
    stream.isatty = lambda: True  # type: ignore[method-assign]
    with pytest.raises(RequestError, match="can't show this format"):
        render(listing("stats"), "xlsx", stream)


def test_fields_of_every_list_exist() -> None:
    """A field that no record has would be an empty column for ever."""
    for name, fields in FIELDS.items():
        if name in LISTS:
            present = {key for item in LISTS[name] for key in export(item, DATASET)} | {"formula"}
            optional = {Field("date"), Field("formula")}
            assert {field.name for field in fields if field not in optional} <= present, name
