"""The commands as their users type them: what is listed, what is said, and the exit codes."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest
import yaml
from program import environment, lean_typer, plain, run, run_in_terminal

from essfacts import __version__
from essfacts.cli import COMMANDS, main

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "https://www.ess-france.org/panorama-de-l-ess-ce-que-l-ess-apporte-a-la-societe"
LISTS = [name for name, command in COMMANDS.items() if command.group == "group-lists"]
FORMATS = ("table", "text", "md", "json", "ndjson", "yaml", "csv", "tsv")


class Said(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def ids(self) -> list[str]:
        return [record["id"] for record in self.json]


Essfacts = Callable[..., Said]


@pytest.fixture
def essfacts(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Essfacts:
    """Run a command in this process, as `essfacts levers --limit 1` is typed."""
    for name in ("ESSFACTS_LANG", "ESSFACTS_DATA", "FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run(*args: str) -> Said:
        capsys.readouterr()
        said = Said(main(list(args)), *capsys.readouterr())
        # Any other code would tell of a defect.
        assert said.code in {0, 1, 2}, said
        return said

    return run


# The three commands of the project's user.


def test_levers(essfacts: Essfacts) -> None:
    said = essfacts("levers", "--format", "json")
    assert said.code == 0
    # Cooperation, financing, land, talents, supply chains, in the order of the release.
    assert said.ids == [
        "economic-cooperation",
        "adapted-financing",
        "land-strategy",
        "talent-recruitment",
        "ess-in-industry",
    ]
    assert essfacts("levers").out.count("\n") == 5


def test_stats_with_their_sources(essfacts: Essfacts) -> None:
    lines = essfacts("stats", "--source").out.splitlines()
    assert len(lines) == 20
    for line in lines[:2]:
        assert line.split("\t")[-4:] == [
            "ESS France",
            "Panorama de l'ESS (overview of the social and solidarity economy)",
            "May 2022",
            ADDRESS,
        ]
    assert "INSEE, ESS France" in lines[2]


def test_quotes_of_the_regions(essfacts: Essfacts) -> None:
    said = essfacts("quotes", "--org", "regions", "--format", "json")
    assert said.code == 0
    (quote,) = said.json
    assert quote["speaker"]["name"] == "Carole Delga"
    assert [office["organisation"]["id"] for office in quote["speaker"]["offices"]] == [
        "regions",
        "occitanie",
    ]
    assert quote["words"].startswith("Face aux multiples défis du dérèglement climatique")
    assert quote["words"].endswith("la preuve éclatante.")


@pytest.mark.slow
@pytest.mark.parametrize("columns", [40, 80, 140])
def test_an_address_stays_whole_on_one_line(columns: int) -> None:
    for command in (("stats", "--source"), ("sources",), ("show", "gdp-share")):
        lines = plain(run_in_terminal(*command, columns=columns).out).splitlines()
        assert ADDRESS in [line.strip() for line in lines], command


# Lists.


def test_the_json_contract(essfacts: Essfacts) -> None:
    claim = {"id", "kind", "text", "excerpt", "section", "topics", "organisations", "sources"}
    source = {
        "id",
        "producer",
        "title",
        "title_en",
        "title_is_descriptive",
        "date_published",
        "url",
    }
    number = {"value", "unit", "approximation", "written", "counts"}
    more = {"stat": number, "quote": {"speaker", "words", "translation"}, "lever": {"name"}}
    records = essfacts("claims", "--format", "json").json
    assert len(records) == 20 + 5 + 3 + 11 + 3 + 10 + 25 + 12
    for record in records:
        assert set(record) - {"date"} == claim | more.get(record["kind"], set())
        assert set(record["text"]) == {"fr", "en"}
        assert record["sources"]
        assert all(set(vouching) == source for vouching in record["sources"])
        assert all(set(named) == {"id", "name"} for named in record["organisations"])
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", record.get("date", "2025"))
    computed = essfacts("stats", "--computed", "--format", "json").json[20:]
    assert {record["formula"] is not None for record in computed} == {True}


def test_computed_stats_stay_out_unless_asked_for(essfacts: Essfacts) -> None:
    for name in (*LISTS, "search"):
        words = ["coopératives"] if name == "search" else []
        said = essfacts(name, *words, "--format", "json")
        assert not any("formula" in record for record in said.json)
    assert len(essfacts("stats", "--computed", "--format", "json").json) == 25


@pytest.mark.parametrize("name", [*LISTS, "orgs", "people", "sources"])
def test_every_list_in_every_format(name: str, essfacts: Essfacts) -> None:
    adds = ("--source", "--excerpt") if name in LISTS else ()
    count = len(essfacts(name, "--format", "json").json)
    lines = {"table": count, "ndjson": count, "tsv": count + 1, "md": count + 2}
    for format in FORMATS:
        said = essfacts(name, "--format", format, *adds)
        assert (said.code, said.err) == (0, ""), format
        if format in lines:
            assert said.out.count("\n") == lines[format], format


def test_press_contacts_are_for_people_and_show_alone(essfacts: Essfacts) -> None:
    contacts = ("aurelie-imbert", "yoann-jacquet", "violaine-hacke", "@", "06 77 56 38 82")
    for name in (*LISTS, "orgs", "sources"):
        out = essfacts(name, "--format", "json").out
        assert not any(contact in out for contact in contacts), name
    assert not any(contact in essfacts().out for contact in contacts)
    said = essfacts("people", "--format", "json")
    assert said.ids[3:] == ["aurelie-imbert", "yoann-jacquet", "violaine-hacke"]
    assert said.json[4]["phone"] == "06 71 50 65 88"
    assert essfacts("show", "yoann", "--format", "json").json[0]["email"].startswith("y.jacquet@")


def test_sort_and_limit(essfacts: Essfacts) -> None:
    percents = ("stats", "--unit", "percent", "--format", "json")
    up = essfacts(*percents, "--sort", "value").json
    assert [record["value"] for record in up] == [1.3, 10, 14, 80]
    down = essfacts(*percents, "--sort", "-value", "--limit", "2").json
    assert [record["value"] for record in down] == [80, 14]
    names = essfacts("levers", "--sort", "name", "--lang", "fr").out.splitlines()
    assert [name[:4] for name in names] == ["« ES", "Coop", "Fina", "Fonc", "Recr"]


def test_fields_are_contract_names_or_flat_columns(essfacts: Essfacts) -> None:
    asked = ("stats", "--limit", "1", "--fields", "id,sources_url,text,date")
    assert list(essfacts(*asked, "--format", "json").json[0]) == "id sources_url text date".split()
    assert essfacts(*asked, "--format", "json").json[0]["sources_url"] == ADDRESS
    header = essfacts(*asked, "--format", "csv").out.splitlines()[0]
    assert header == "id,sources_url,text_fr,text_en,date"
    cells = essfacts("stats", "--limit", "1", "--fields", "ID, Sources_URL").out.split()
    assert cells == ["gdp-share", ADDRESS]
    assert essfacts("stats", "--limit", "1", "--fields", "value,id").out == "avg. 10%\tgdp-share\n"


def test_fields_come_with_what_is_added(essfacts: Essfacts) -> None:
    said = essfacts("stats", "--limit", "1", "--fields", "id", "--excerpt", "--source")
    assert "« en moyenne 10 % du PIB »" in said.out.split("\t")
    assert said.out.endswith(f"{ADDRESS}\n")
    record = essfacts("stats", "--fields", "id", "--excerpt", "--source", "--format", "json").json[
        0
    ]
    assert list(record) == ["id", "excerpt", "sources"]


def test_excerpt_adds_the_release_s_own_words(essfacts: Essfacts) -> None:
    line = essfacts("stats", "--excerpt", "--cites", "note 2").out
    assert "« ne pèsent aujourd'hui que 1,3 %² de l'emploi industriel »" in line.split("\t")
    assert "«" not in essfacts("stats", "--cites", "note 2").out


@pytest.mark.parametrize(
    ("environment", "options", "first"),
    [
        ({}, (), "Economic cooperation"),
        ({"LC_ALL": "fr_FR.UTF-8"}, (), "Coopération économique"),
        ({"LC_ALL": "", "LC_MESSAGES": "fr_BE", "LANG": "en_GB"}, (), "Coopération économique"),
        ({"LC_ALL": "", "LANG": "fr_FR@euro"}, (), "Coopération économique"),
        ({"LC_ALL": "fr_FR", "ESSFACTS_LANG": "en"}, (), "Economic cooperation"),
        ({"ESSFACTS_LANG": "FR"}, (), "Coopération économique"),
        ({"ESSFACTS_LANG": "fr"}, ("--lang", "en"), "Economic cooperation"),
        ({"LC_ALL": "de_DE"}, (), "Economic cooperation"),
    ],
)
def test_language(
    environment: dict[str, str],
    options: tuple[str, ...],
    first: str,
    essfacts: Essfacts,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert essfacts("levers", *options).out.startswith(first)


def test_options_before_the_command_hold_for_it(essfacts: Essfacts) -> None:
    assert essfacts("--lang", "fr", "levers").out == essfacts("levers", "--lang", "fr").out


def test_what_is_typed_outweighs_the_environment(
    essfacts: Essfacts, made_up_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    french = essfacts("--lang", "fr", "levers").out
    there = essfacts("levers", "--data", str(made_up_folder)).out
    monkeypatch.setenv("ESSFACTS_LANG", "en")
    assert essfacts("--lang", "fr", "levers").out == french
    assert essfacts("--lang", "en", "levers", "--lang", "fr").out == french
    monkeypatch.setenv("ESSFACTS_DATA", str(made_up_folder))
    assert essfacts("levers").out == there
    assert "release of 2031-05-04" in essfacts("--version").out
    monkeypatch.setenv("ESSFACTS_DATA", "/nowhere")
    assert essfacts("--data", str(made_up_folder), "levers").out == there
    assert "/nowhere" in essfacts("levers", "--data", "").err


@pytest.mark.parametrize("name", ["DATA", "LANG", "COPY", "URL"])
def test_an_empty_variable_says_nothing(
    essfacts: Essfacts, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    typed = ("cite", "gdp-share")
    plain = essfacts(*typed)
    assert plain.code == 0
    monkeypatch.setenv(f"ESSFACTS_{name}", "")
    assert essfacts(*typed) == plain


def test_values_typed_in_any_way_give_the_same(essfacts: Essfacts) -> None:
    expected = essfacts("quotes", "--org", "regions").out
    for typed in ("Régions", "RÉGIONS DE FRANCE", "régions\u00a0de\u00a0france", "region"):
        assert essfacts("quotes", "--org", typed).out == expected
    assert essfacts("levers", "--format", "JSON").out == essfacts("levers", "--format", "json").out


def test_filters_combine(essfacts: Essfacts) -> None:
    said = essfacts(
        "stats", "--section", "figures", "--cites", "release", "--unit", "fraction", "--max", "0.5",
        "--topic", "insertion et handicap", "--search", "moitié", "--format", "json",
    )  # fmt: skip
    assert said.ids == ["adapted-enterprises-share"]


def test_the_release_at_a_glance(essfacts: Essfacts) -> None:
    out = essfacts("--lang", "fr").out
    assert "réindustrialisation responsable des Territoires" in out
    assert "Banque des Territoires, Intercommunalités de France, Régions de France" in out
    assert "13 novembre 2025" in out
    assert "The social and solidarity economy, a powerful lever" in essfacts().out
    commands = {line.split("\t")[2]: line.split("\t")[1] for line in out.splitlines()[2:]}
    assert commands["essfacts levers"] == "5"
    for command, count in commands.items():
        said = essfacts(*command.split()[1:], "--format", "json")
        expected = len([r for r in said.json if "--computed" not in command or "formula" in r])
        assert int(count) == expected


def test_spreadsheet_flavour(essfacts: Essfacts) -> None:
    out = essfacts("stats", "--computed", "--format", "csv", "--excel", "--lang", "fr").out
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert out.startswith("\ufeff")
    assert [row["valeur"] for row in rows[:4]] == ["10", "14", "1,3", "1367"]
    # Nothing packaged needs to be defused.
    assert not any(cell.startswith("'") for row in rows for cell in row.values())
    assert essfacts("stats", "--excel") == essfacts("stats", "--excel", "--format", "csv")
    said = essfacts("stats", "--excel", "--format", "md")
    assert said == (2, "", "essfacts: --excel goes with --format csv, not with md\n")


# Charts.


def test_chart(essfacts: Essfacts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    said = essfacts("stats", "--chart", "--computed")
    assert said.code == 0
    assert max(map(len, said.out.splitlines())) <= 60
    assert "\x1b" not in said.out
    assert "local offices of Banque des Territoires" in said.err  # alone of its unit
    for text in ("1.3%", "nearly 80%", "2/3", "720", "nearly 1,000"):
        assert text in said.out
    sorted_by = essfacts("stats", "--chart", "--unit", "percent", "--sort", "-value").out
    assert sorted_by.index("80%") < sorted_by.index("14%") < sorted_by.index("1.3%")


def test_svg_is_the_same_picture(essfacts: Essfacts) -> None:
    said = essfacts("stats", "--chart", "--format", "svg", "--lang", "fr")
    assert said.code == 0
    root = ET.fromstring(said.out)  # noqa: S314 - written here
    text = "".join(root.itertext()).replace("\xa0", " ")
    assert root.tag.endswith("svg")
    assert "communautés urbaines" in text
    assert "près de 80 %" in text


def test_a_chart_knows_its_own_formats(essfacts: Essfacts) -> None:
    said = essfacts("stats", "--chart", "--format", "yaml")
    assert said == (2, "", 'essfacts: no format "yaml": one of table, text, svg\n')
    for option in (("--format", "svg"), ("--title", "x"), ("--width", "80")):
        said = essfacts("stats", *option)
        shown = " ".join(option) if option[0] == "--format" else option[0]
        assert said == (2, "", f"essfacts: {shown} goes with stats --chart\n")
    for format in ("table", "svg"):
        said = essfacts("stats", "--chart", "--format", format, "--min", "9999")
        assert said.code == 1
        assert '--min "9999"' in said.err


# What goes wrong.


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("levers --org regoins", '"regions"'),
        ("levers --topic financng", '"financing"'),
        ("levers --section figurs", '"figures"'),
        ("levers --cites panorma", '"panorama"'),
        ("levers --fields id,txt", '"text"'),
        ("stats --sort valu", '"value"'),
        ("stats --unit percnt", '"percent"'),
        ("levers --format jsn", '"json"'),
        ("levers --lang fre", '"fr"'),
        ("cite gdp --style bibtx", '"bibtex"'),
        ("people --org ocitanie", '"occitanie"'),
        ("lever", '"levers"'),
        ("stat --source", '"stats"'),
        ("levers --sorce", "--source"),
        ("--verson", "--version"),
        ("show gpd-share", '"gdp-share"'),
        ("show", "ID..."),
        ("search", "WORDS..."),
        ("cite --url ftp://e.org", "http://"),
        ("cite gdp --accessed yesterday", "2026-03-31"),
        ("cite gdp --accessed 32/03/2026", 'not "32/03/2026"'),
        ("levers --limit 0", "--limit"),
        ("levers --limit two", "--limit"),
        ("stats --min two", "10 or 1.3"),
        ("levers extra", "extra"),
        ("levers --org", "--org"),
        ("orgs --org regions", "--org"),
        ("search ?!", "words, a figure"),
    ],
)
def test_a_wrong_request_is_one_line_with_the_nearest_right_value(
    typed: str, near: str, essfacts: Essfacts
) -> None:
    said = essfacts(*typed.split())
    assert said.code == 2
    assert said.out == ""
    assert re.fullmatch(r"essfacts: .+\n", said.err)
    assert near in said.err
    assert "defect" not in said.err


@pytest.mark.parametrize(
    ("typed", "code", "error", "value", "suggestions"),
    [
        ("levers --org regoins", 2, "UnknownError", "regoins", ["regions"]),
        ("levers --orgg x", 2, "NoSuchOption", "--orgg", ["--org"]),
        ("stats --min two", 2, "RequestError", "two", []),
        ("levers --topic waste", 1, "NothingFound", "waste", []),
        ("show members-c", 2, "RequestError", "members-c", None),
        ("levers --data nowhere", 2, "DatasetError", None, []),
    ],
)
def test_with_json_an_error_is_json_too(
    typed: str,
    code: int,
    error: str,
    value: str | None,
    suggestions: list[str] | None,
    essfacts: Essfacts,
) -> None:
    for format in (["--format", "json"], ["--format=JSON"]):
        said = essfacts(*shlex.split(typed), *format)
        assert said.code == code
        told = json.loads(said.err)
        assert [*told] == ["error", "message", "value", "suggestions"]
        assert (told["error"], told["value"]) == (error, value)
        assert told["message"]
        assert not told["message"].startswith("essfacts:")
        if suggestions is None:
            assert "members-communautes-urbaines" in told["suggestions"]
        else:
            assert told["suggestions"] == suggestions


def test_what_other_programs_call_json_is_known(essfacts: Essfacts) -> None:
    assert essfacts("levers", "--json") == essfacts("levers", "--format", "json")
    assert essfacts("levers", "--format", "jsonl") == essfacts("levers", "--format", "ndjson")
    for typed in ("levers --org zzz --json", "cite zzz --style csl-json"):
        assert json.loads(essfacts(*typed.split()).err)["value"] == "zzz"


@pytest.mark.parametrize(
    ("screen", "proper"),
    [
        ("levers --format texte", "levers --format text"),
        ("levers --format Tableau", "levers --format table"),
        ("cite gdp --style phrase", "cite gdp --style sentence"),
    ],
)
def test_values_have_a_name_in_french_too(screen: str, proper: str, essfacts: Essfacts) -> None:
    assert essfacts(*screen.split()) == essfacts(*proper.split())


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("levers --topic emplois", "vouliez-vous dire « emploi » ?"),
        ("levers --topic financng", "vouliez-vous dire « financement » ?"),
        ("claims --kind chifre", "vouliez-vous dire « chiffre » ?"),
        ("levrs", "vouliez-vous dire « leviers » ?"),
        ("verifir", "vouliez-vous dire « vérifier » ?"),
        ("stats --fields zzz", " : id, genre, énoncé, extrait, "),
        ("stats --sort zzzz", " : id, genre, énoncé, extrait, "),
        ("zzzz", " : chiffres, leviers, citations, "),
    ],
)
def test_what_is_suggested_in_french_is_french(typed: str, hint: str, essfacts: Essfacts) -> None:
    said = essfacts(*typed.split(), "--lang", "fr")
    assert said.code == 2
    assert hint in said.err


def test_a_filter_given_twice_is_refused(essfacts: Essfacts) -> None:
    said = essfacts("stats", "--unit", "percent", "--unit=fraction")
    assert (said.code, said.out) == (2, "")
    assert "--unit is given once" in said.err
    assert essfacts("stats", "--limit", "3", "--limit", "1").code == 0


def test_schema_alone_lists_its_names(essfacts: Essfacts) -> None:
    names = essfacts("schema").out.splitlines()
    assert {"levers", "levers.yaml", "verify"} <= {*names}
    assert all(essfacts("schema", name).code == 0 for name in names)


def test_nothing_is_suggested_that_is_not_near(essfacts: Essfacts) -> None:
    assert essfacts("show", "zzzz").err == 'essfacts: no id "zzzz"\n'


def test_one_argument_too_many_is_told_where_it_goes(essfacts: Essfacts) -> None:
    said = essfacts("levers", "local", "jobs").err
    assert '"local jobs"' in said
    assert "--search" in said


def test_help_is_offered_for_the_command_that_was_typed(essfacts: Essfacts) -> None:
    assert "(try: essfacts levers --help)" in essfacts("levers", "--nope").err
    assert "one of stats, levers, " in essfacts("nope").err


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_left_says_which_filter_to_loosen(format: str, essfacts: Essfacts) -> None:
    said = essfacts("levers", "--org", "insee", "--format", format)
    assert said.code == 1
    sentence = 'nothing is left: without --org "insee", 5 would be'
    if format in {"json", "ndjson"}:
        assert json.loads(said.err)["message"] == sentence
    else:
        assert said.err == f"essfacts: {sentence}\n"
    documents: dict[str, Callable[[str], bool]] = {
        "json": lambda out: json.loads(out) == [],
        "yaml": lambda out: yaml.safe_load(out) == [],
        "csv": lambda out: len(list(csv.reader(io.StringIO(out)))) == 1,
        "tsv": lambda out: out.count("\n") == 1,
        "md": lambda out: out.count("\n") == 2,
    }
    assert documents[format](said.out) if format in documents else not said.out


def test_nothing_found_gives_the_nearest_words(essfacts: Essfacts) -> None:
    said = essfacts("search", "solidity", "--format", "json")
    assert (said.code, said.json) == (1, [])
    told = json.loads(said.err)
    assert told["message"] == "nothing has solidity: nearest words: solidarity"
    assert told["suggestions"] == ["solidarity"]
    said = essfacts("claims", "--search", "solidity", "--lang", "fr")
    assert (said.code, said.out) == (1, "")
    assert said.err == "essfacts: rien n'a solidity ; mots les plus proches : solidaire\n"


@pytest.mark.parametrize("format", FORMATS)
def test_a_cut_prints_whole(format: str, essfacts: Essfacts) -> None:
    out = essfacts("quotes", "--org", "caux", "--format", format).out.replace("\\[", "[")
    assert "[...]" in out.replace("\\]", "]")


def test_brackets_typed_by_a_person_come_back_whole(essfacts: Essfacts) -> None:
    assert 'no organisation "[/red]x"' in essfacts("levers", "--org", "[/red]x").err
    assert r'no organisation "\x1b[31mx"' in essfacts("levers", "--org", "\x1b[31mx").err


# Search.


def test_search_and_the_lists_share_one_engine(essfacts: Essfacts) -> None:
    for words in ("emploi", "1 367", "coopératives industrielles", "1,3"):
        said = essfacts("search", *words.split(), "--format", "json").json
        # People and organisations are found by `search` alone.
        ranked = [hit["id"] for hit in said if hit["kind"] not in {"person", "organisation"}]
        listed = essfacts("claims", "--search", words, "--format", "json").ids
        assert sorted(ranked) == sorted(listed)
        # A list keeps the release's order, or that which was asked for.
        everything = essfacts("claims", "--format", "json").ids
        assert listed == [id for id in everything if id in listed]


def test_search_takes_the_lists_filters_and_formats(essfacts: Essfacts) -> None:
    said = essfacts(
        "search", "emploi", "--topic", "industry", "--section", "figures", "--format", "ndjson"
    )
    assert [json.loads(line)["id"] for line in said.out.splitlines()] == [
        "industrial-employment-share",
        "real-potential",
    ]
    assert essfacts("search", "PIB", "--fields", "id", "--limit", "1").out == "gdp-share\n"
    said = essfacts("search", "PIB", "--org", "valo")
    assert (said.code, said.out) == (1, "")
    assert '--org "valo"' in said.err


def test_a_slip_is_said(essfacts: Essfacts) -> None:
    said = essfacts("search", "cooepratives", "--fields", "id")
    assert "cooperatives-share" in said.out
    assert said.err == 'essfacts: showing results for "cooperatives": nothing has "cooepratives"\n'


def test_some_words_are_said(essfacts: Essfacts) -> None:
    said = essfacts("search", "xylophone", "recyclage")
    assert said.code == 0
    assert said.err == ("essfacts: nothing has all of these words: showing what has most of them\n")


def test_quotation_marks_that_the_shell_took_off_change_nothing(essfacts: Essfacts) -> None:
    whole = essfacts("search", "emploi privé", "--format", "json").ids
    assert whole == essfacts("search", "emploi", "privé", "--format", "json").ids
    assert whole[0] == "private-employment-share"
    assert essfacts("search", "1 367", "--format", "json").ids == ["industrial-enterprises"]


def test_a_phrase_that_stands_nowhere_is_said(essfacts: Essfacts) -> None:
    said = essfacts("search", '"déchets Nancy"', "--format", "json")
    assert said.ids[0] == "valo-tender"
    assert said.json[0]["match"]["loosened"] == ["apart"]
    assert said.err == ("essfacts: nothing has these words together: showing what has them apart\n")


def test_a_long_query_is_cut_and_said(essfacts: Essfacts) -> None:
    said = essfacts("search", "emploi " * 70, "--format", "json")
    assert said.json[0]["match"]["loosened"] == ["truncated"]
    assert said.err == "essfacts: only the first 64 words are read\n"


def test_search_tells_what_made_a_record_match(essfacts: Essfacts) -> None:
    shown = essfacts("search", "structures innovation", "--lang", "en").out.split("\t")
    assert (shown[0], shown[-1].strip()) == ("quote", "genter-commitment")
    assert "structures" in shown[2]
    # The text itself has the word, or what means the same: there is no more to show.
    for word in ("brownfield", "friche"):
        assert essfacts("search", word, "--lang", "en").out.split("\t")[2] == ""
    assert "equity" in essfacts("search", "equity", "--fields", "id,match", "--lang", "en").out
    match = essfacts("search", "friche", "--format", "json").json[0]["match"]
    assert {"field", "language", "text", "loosened"} == {*match}
    said = essfacts("search", "hnadicap xylophone", "--format", "csv")
    row = next(csv.DictReader(io.StringIO(said.out)))
    assert row["match_loosened"] == "partial | slip"
    assert "entreprises adaptées" in row["match_text"]


def test_search_finds_people_and_organisations_and_tells_no_way_to_reach_them(
    essfacts: Essfacts,
) -> None:
    first, *_ = essfacts("search", "contact presse", "--format", "json").json
    assert (first["kind"], first["name"]) == ("person", "Aurélie Imbert")
    assert not {"email", "phone"}.intersection(first)
    for format in FORMATS:
        said = essfacts("search", "imbert", "--format", format)
        assert "Aurélie Imbert" in said.out
        assert not re.search(r"06|@", said.out + said.err)
    shown = essfacts("search", "présidente des Régions", "--lang", "fr", "--limit", "1").out
    assert shown.startswith("personne\tCarole Delga : présidente, Régions de France ; ")
    # A filter is one of claims.
    ids = essfacts("search", "Delga", "--topic", "waste", "--format", "json").ids
    assert ids == ["delga-key-role"]
    for field in ("name", "offices", "match"):
        assert essfacts("search", "insee", "--sort", field, "--format", "json").code == 0


@pytest.mark.slow
def test_the_match_is_marked_in_a_terminal() -> None:
    out = run_in_terminal("search", "recyclage", "--excerpt", "--lang", "fr", columns=80).out
    assert plain(out) != out
    out = run_in_terminal("search", "cooperative", "--lang", "fr", columns=80).out
    assert re.search(r"\x1b\[[0-9;]*4m[^\x1b]*oopératives", out)


# One record or more.


def test_show(essfacts: Essfacts) -> None:
    out = essfacts("show", "gdp").out
    assert out.startswith("figure: avg. 10%\nclaim: ")
    assert "to cite: essfacts cite gdp-share\n" in out
    assert out.endswith("id: gdp-share\n")
    several = essfacts("show", "delga-key-role", "valo", "panorama", "carole").out
    assert [block.rstrip().split("\n")[-1] for block in several.split("\n\n")] == [
        "id: delga-key-role",
        "id: valo",
        "id: ess-france-panorama",
        "id: carole-delga",
    ]
    said = essfacts("show", "gdp", "nothing-like-it")
    assert (said.code, said.out) == (2, "")


def test_show_as_data(essfacts: Essfacts) -> None:
    said = essfacts("show", "gdp", "carole", "members-by-category", "--format", "json")
    assert said.json == yaml.safe_load(
        essfacts("show", "gdp", "carole", "members-by-category", "--format", "yaml").out
    )
    stat, person, computed, quote = said.json
    assert quote["speaker"]["id"] == person["id"]
    assert stat == essfacts("stats", "--limit", "1", "--format", "json").json[0]
    assert person["offices"][1]["organisation"]["name"] == "Région Occitanie"
    assert computed["value"] == 17 + 205 + 11 + 10 + 720
    said = essfacts("show", "gdp", "carole", "--format", "csv")
    stat, person, quote = csv.DictReader(io.StringIO(said.out, newline=""))
    assert (quote["speaker_id"], person["words"]) == (person["id"], "")
    assert (stat["value"], person["name"], person["value"]) == ("10", "Carole Delga", "")
    assert person["offices_organisation"] == "Régions de France | Région Occitanie"


def test_a_computed_figure_shows_its_inputs(essfacts: Essfacts) -> None:
    out = essfacts("show", "employment-weight-ratio").out
    for figure, counted, id in (
        ("avg. 14%", "ESS share of private-sector jobs", "private-employment-share"),
        ("1.3%", "ESS share of industrial employment", "industrial-employment-share"),
    ):
        assert f"worked out from: {figure}, {counted} ({id})\n" in out


def test_show_takes_words_and_a_surname(essfacts: Essfacts) -> None:
    assert essfacts("show", "delga").out.startswith("name: Carole Delga\n")
    assert "quotation: « Face aux multiples" in essfacts("show", "delga").out
    # One claim alone speaks of brownfields.
    assert essfacts("show", "friches").out.endswith("id: delga-key-role\n")
    said = essfacts("show", "emploi", "industriel")
    assert (said.code, said.out) == (2, "")
    first, *ids = said.err.splitlines()
    assert first == 'essfacts: several have "emploi industriel", name one of them:'
    assert ids[0].startswith("  industrial-employment-share  ")


def test_a_whole_name_needs_no_quotes(essfacts: Essfacts) -> None:
    assert essfacts("show", "régions", "de", "france") == essfacts("show", "regions")
    assert essfacts("show", "carole", "DELGA") == essfacts("show", "carole-delga")


def told(text: str) -> dict[str, str]:
    """Give what a message lists: an id and a title a line."""
    return dict(line.split(maxsplit=1) for line in text.splitlines()[1:] if "…" not in line[:4])


def test_what_may_be_meant_is_listed_by_title(essfacts: Essfacts) -> None:
    said = essfacts("show", "coopératives", "--lang", "fr")
    assert (said.code, said.out) == (2, "")
    assert told(said.err)["cooperatives-share"].startswith("Les coopératives forment les deux tie")
    assert {"cooperatives-share", "industrial-cooperatives", "valo"} <= {*told(said.err)}
    # A slip is put right as in a search, and never without a word.
    slip = essfacts("show", "coperatives", "--lang", "fr")
    assert slip.err.startswith("essfacts: rien n'a « coperatives »")
    assert "cooperatives-share" in told(slip.err)
    several = essfacts("show", "industrial", "employment").err
    assert len(told(several)) == 10
    assert several.splitlines()[-1] == "  … and 2 more"
    # What is listed has the words that the message names.
    some = essfacts("show", "organisation", "inconnue", "--lang", "fr").err
    assert some.startswith("essfacts: plusieurs ont « organisation », nommez-en un :\n")
    assert {*told(essfacts("show", "members-c").err)} == {
        "members-communautes-urbaines",
        "members-communautes-d-agglomeration",
        "members-communautes-de-communes",
    }


@pytest.mark.slow
def test_a_limit_says_of_how_many() -> None:
    out = plain(run_in_terminal("levers", "--limit", "2", columns=80).out)
    assert out.startswith("Levers (2 of 5)\n")
    out = plain(run_in_terminal("topics", "--limit", "1", "--lang", "fr", columns=80).out)
    assert out.startswith("Thèmes (1 sur ")
    assert plain(run_in_terminal("levers", columns=80).out).startswith("Levers (5)\n")


@pytest.mark.parametrize("command", ["show", "cite"])
def test_nothing_is_taken_that_was_not_meant(command: str, essfacts: Essfacts) -> None:
    for typed in ("levers", "leviers", "stats"):
        said = essfacts(command, typed)
        assert (said.code, said.out) == (2, "")
    said = essfacts(command, "levers")
    assert "levers-from-obstacles" in said.err
    assert essfacts(command, "levers-from").code == 0


def test_a_copy_gives_the_whole_sentences_of_the_release(
    essfacts: Essfacts, made_up_folder: Path
) -> None:
    data = ("--data", str(made_up_folder), "--copy", str(made_up_folder / "communique.txt"))
    release = (made_up_folder / "communique.txt").read_text("utf-8").splitlines()
    for record in essfacts("claims", *data, "--format", "json").json:
        wording = record["wording"]
        assert wording["text"] in " ".join(release)
        assert record["excerpt"].split()[0] in wording["text"]
        assert wording["text"].split()[0] in release[wording["line"] - 1]
    [shown] = essfacts("levers", *data, "--limit", "1").out.splitlines()
    assert re.search(r"\t« .+ » \(line \d+\)\ttool-lending$", shown)
    whole = essfacts("levers", *data, "--format", "json").json[0]["wording"]["text"]
    shown = essfacts("show", "tool-lending", *data).out
    assert re.search(
        rf"^the release's text: « {re.escape(whole)} » \(line \d+\)$", shown, re.MULTILINE
    )
    assert "excerpt:" not in shown
    record = essfacts("show", "tool-lending", *data, "--format", "json").json[0]
    assert record["wording"]["text"] == whole
    assert record["excerpt"] == "Prêter les outils rares"
    assert whole in essfacts("cite", "tool-lending", *data, "--lang", "fr").out


@pytest.mark.parametrize("command", ["levers", "show tool-lending", "cite tool-lending", "page"])
def test_a_copy_without_a_sentence_is_told(
    essfacts: Essfacts, made_up_folder: Path, tmp_path: Path, command: str
) -> None:
    text = (made_up_folder / "communique.txt").read_text("utf-8")
    copy = tmp_path / "copy.txt"
    copy.write_text(text.replace("les outils rares", "les outils communs"), "utf-8")
    said = essfacts(*command.split(), "--data", str(made_up_folder), "--copy", str(copy))
    told = f"1 claim without an intact sentence in this copy: see essfacts verify {copy}\n"
    assert said.err == f"essfacts: {told}"
    if command == "levers":
        assert "\t\ttool-lending\n" in said.out
        assert "(line " in said.out


def test_cite(essfacts: Essfacts) -> None:
    french = essfacts("cite", "gdp", "--lang", "fr")
    assert french == essfacts("cite", "gdp", "--style", "ISO690", "--lang", "fr")
    assert essfacts("cite", "gdp") == essfacts("cite", "gdp", "--style", "apa")
    assert "10 % du PIB" in french.out
    sentence = essfacts("cite", "industrial-employment-share", "--style", "sentence").out
    assert "INSEE" in sentence
    assert "described in the press release" in sentence
    entries = json.loads(essfacts("cite", "--all", "--style", "csl-json").out)
    assert len({entry["id"] for entry in entries}) == len(entries)
    assert essfacts("cite") == essfacts("cite", "--release") == essfacts("cite", "release")
    assert essfacts("cite").out.count("2025") == 1
    for style in ("iso690", "apa", "chicago", "bibtex", "ris", "csl-json", "sentence"):
        said = essfacts("cite", "gdp", "delga-key-role", "--style", style)
        assert (said.code, said.err) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize(
    "style", ["iso690", "apa", "chicago", "bibtex", "ris", "csl-json", "sentence"]
)
def test_cite_takes_the_address_of_the_release(
    essfacts: Essfacts, monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    typed = ("cite", "gdp", "--style", style, "--lang", "fr")
    url = "https://example.org/communique"
    said = essfacts(*typed, "--url", url)
    assert (said.code, said.err) == (0, "")
    assert f"{url}#:~:text=en%20moyenne%2010%20%25%20du%20PIB" in said.out
    dated = essfacts(*typed, "--url", url, "--accessed", "2026-03-31")
    assert dated != said
    for date in ("31/03/2026", "31 mars 2026", "31 March 2026", "March 31, 2026", "31 MARS 2026"):
        assert essfacts(*typed, "--url", url, "--accessed", date) == dated
    monkeypatch.setenv("ESSFACTS_URL", url)
    assert essfacts(*typed) == said
    assert essfacts(*typed, "--url", "https://e.org").out != said.out


def test_several_records_are_cited_with_the_address_of_the_release(
    essfacts: Essfacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESSFACTS_URL", "https://example.org/communique")
    for several in (("cite",), ("cite", "gdp", "delga-key-role")):
        out = essfacts(*several, "--style", "bibtex").out
        assert "url = {https://example.org/communique}" in out


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org", "ftp://e.org", "javascript:alert(1)", "file:///etc/passwd", "http://",
        "https://", "x" * 5000, "https:///x", "https://e.org/a b", "https://e.org/\n@misc{x,", "https://[::1",
        "https://e.org:99999/", "https://e.org/\u202e", "https://e.org/}", "https://e.org/<b>",
        'https://e.org/"', "https://e.org/\x1b[31m", "https://e.org/\\",
    ],
    ids=lambda url: ascii(url[:40]),
)  # fmt: skip
def test_cite_refuses_what_is_no_address(
    essfacts: Essfacts, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    said = essfacts("cite", "--url", url)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("essfacts: --url takes an address that begins with http://")
    assert said.err.count("\n") == 1
    assert len(said.err) < 250
    if url:
        monkeypatch.setenv("ESSFACTS_URL", url)
        assert essfacts("cite").err.startswith("essfacts: ESSFACTS_URL takes an address")


def test_cite_says_that_a_date_needs_an_address(essfacts: Essfacts, made_up_folder: Path) -> None:
    said = essfacts("cite", "--accessed", "2026-03-31")
    assert said.code == 0
    assert "--url" in said.err
    assert essfacts("cite", "--accessed", "2026-03-31", "--data", str(made_up_folder)).err == ""


@pytest.mark.parametrize(
    "date", ["31/02/2026", "2026-13-01", "3/2026", "31.03.2026", "31/3/26", ""]
)
def test_cite_refuses_what_is_no_date(essfacts: Essfacts, date: str) -> None:
    said = essfacts("cite", "--url", "https://e.org", "--accessed", date)
    assert (said.code, said.out) == (2, "")
    assert "31/03/2026" in said.err


def test_timeline_is_oldest_first_and_keeps_precision(essfacts: Essfacts) -> None:
    dates = [record["date"] for record in essfacts("timeline", "--format", "json").json]
    # The law, the programme, the Panorama, the workshops (what two were for too), the study.
    workshops = ["2024-04", "2024-04", "2024-05-31", "2024-06-14"]
    assert dates == ["2014", "2018", "2022-05", *workshops, "2025-11-13"]
    shown = [line.split("\t")[0] for line in essfacts("timeline", "--lang", "fr").out.splitlines()]
    assert shown[:4] == ["2014", "2018", "mai 2022", "avril 2024"]
    assert essfacts("timeline", "--sort", "-date", "--limit", "1", "--format", "json").ids == [
        "study-published"
    ]


# Help and version.


def test_version_and_help(essfacts: Essfacts, made_up_folder: Path) -> None:
    form = r"essfacts \d+\.\d+\.\d+, release of 2025-11-13, data [0-9a-f]{7}\n"
    assert re.fullmatch(form, essfacts("--version").out)
    assert essfacts("--version", "--lang", "fr").out.startswith(f"essfacts {__version__}, commu")
    made_up = ("--data", str(made_up_folder), "--version")
    assert "release of 2031-05-04, data " in essfacts(*made_up).out
    out = essfacts("--help").out
    groups = [
        line
        for line in out.splitlines()
        if line in {"Lists of claims:", "Who is named:", "Find, check and cite:"}
    ]
    assert len(groups) == 3
    for name in COMMANDS:
        [line] = re.findall(rf"^  {name} +(.+)", out, re.MULTILINE)
        said = essfacts(name, "-h")
        assert said.code == 0
        assert line in said.out.splitlines()[2]


def test_every_option_says_what_to_type(essfacts: Essfacts) -> None:
    for name in COMMANDS:
        options = essfacts(name, "--help").out.split("Options:")[1]
        rows = re.split(r"\n  (?=-)", options)[1:]
        assert len(rows) >= 3
        for row in rows:
            assert re.search(r"\s{2,}\w+", row), f"{name}: {row}"


# What a command loads decides how fast it is.


@pytest.mark.slow
@lean_typer
@pytest.mark.parametrize(
    ("args", "absent"),
    [
        (("--version",), {"rich", "yaml", "essfacts.export", "essfacts.dataset"}),
        (("levers", "--format", "json"), {"rich", "csv", "essfacts.cite", "essfacts.verify"}),
        (("levers", "--format", "csv"), {"rich", "essfacts.cite", "essfacts.verify"}),
        (("levers",), {"rich", "csv", "essfacts.cite"}),
        (("--help",), {"rich", "yaml"}),
        (("search", "emploi", "--format", "ndjson"), {"rich", "essfacts.cite"}),
    ],
)
def test_a_command_loads_only_what_it_needs(args: tuple[str, ...], absent: set[str]) -> None:
    code = (
        "import sys; from essfacts.cli import main; main(sys.argv[1:]);"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        capture_output=True,
        check=True,
        text=True,
        env=environment(),
    )
    assert not absent & set(done.stderr.split())


def test_the_module_runs_as_the_program() -> None:
    said = run("levers", "--limit", "1")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Economic cooperation\t")


@pytest.mark.parametrize(("language", "said"), [("fr", "sans date"), ("en", "no date given")])
def test_a_source_without_a_date_says_so(language: str, said: str, essfacts: Essfacts) -> None:
    asked = ("--lang", language)
    assert said in essfacts("show", "industrial-employment-share", *asked).out
    assert essfacts("stats", "--source", *asked).out.count(f"\t{said}\t") == 1
    assert said not in essfacts("stats", "--source", "--format", "csv", *asked).out


def test_units_are_those_of_claims(essfacts: Essfacts) -> None:
    counts = {unit["claims"] for unit in json.loads(essfacts("units", "--format", "json").out)}
    assert min(counts) == 1


def test_a_unit_tells_of_the_shares_that_it_leaves_out(essfacts: Essfacts) -> None:
    said = essfacts("stats", "--unit", "percent")
    assert said.out.count("\n") == 4
    assert said.err == "essfacts: without 2 shares, counted in another unit (--unit fraction)\n"
    assert essfacts("stats", "--unit", "workshop").err == ""


def test_data_have_what_a_person_says_as_its_card_has(essfacts: Essfacts) -> None:
    shown = json.loads(essfacts("show", "carole-delga", "--format", "json").out)
    assert [record["id"] for record in shown] == ["carole-delga", "delga-key-role"]
    assert shown[1]["words"] in essfacts("show", "carole-delga").out
    both = essfacts("show", "carole-delga", "delga-key-role", "--format", "json")
    assert json.loads(both.out) == shown


# What a claim is called, asked for by name: no field of the contract but for levers.


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (("chiffres", "--fields", "nom,chiffre", "--search", "PIB"), "part de l'ESS dans le PIB"),
        (("citations", "--fields", "nom", "--org", "regions"), "Carole Delga"),
        (("leviers", "--fields", "nom"), "Coopération économique"),
        (("montrer", "adapted-financing", "--fields", "nom"), "Financement"),
        (("montrer", "gdp-share", "--fields", "nom,valeur", "--format", "tsv"), "name_fr"),
    ],
)
def test_every_claim_has_a_name(
    essfacts: Essfacts, command: tuple[str, ...], expected: str
) -> None:
    said = essfacts(*command, "--lang", "fr")
    assert said.code == 0
    assert said.out.partition("\n")[0].split("\t")[0] == expected


@pytest.mark.parametrize("format", ["csv", "tsv", "json"])
def test_names_are_given_when_asked_for(essfacts: Essfacts, format: str) -> None:
    called = "ESS share of GDP"
    assert called in essfacts("claims", "--fields", "name", "--format", format).out
    row = essfacts("claims", "--limit", "1", "--format", format).out
    assert row.count(called) == 1  # as what the figure counts, and no second time


def test_arguments_are_no_options(essfacts: Essfacts) -> None:
    assert "ids" not in essfacts("show", "--qqq", "gdp-share").err


@pytest.mark.parametrize("ids", [("carole-delga", "adapted-financing"), ("gdp-share", "regions")])
@pytest.mark.parametrize("fields", [(), ("--fields", "id,name")])
def test_names_of_claims_and_people_stand_together(
    essfacts: Essfacts, ids: tuple[str, str], fields: tuple[str, ...]
) -> None:
    said = essfacts("show", *ids, *fields, "--format", "csv")
    assert said.code == 0
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(said.out))}
    assert rows.keys() >= {*ids}
    called = {"carole-delga": "Carole Delga", "adapted-financing": "Financing"}
    for id in called.keys() & rows.keys():
        assert rows[id]["name_en"] == called[id]


def test_french_help_of_sort_names_fields_as_french_tables_do(essfacts: Essfacts) -> None:
    said = essfacts("chiffres", "--help", "--lang", "fr").out
    assert "-valeur" in said
    assert "value" not in said
    assert essfacts("chiffres", "--sort=-valeur", "--limit", "1").out.startswith("1,367\t")
