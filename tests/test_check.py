"""`check`: what a person's own text says otherwise than the release."""

from __future__ import annotations

import json
import sys
from io import BytesIO
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from program import plain, reader, run_in_terminal
from program import run as run_program

from essfacts.check import check
from essfacts.cli import main
from essfacts.dataset import read_fingerprint
from essfacts.model import Dataset
from essfacts.note import language_of
from essfacts.packaged import content

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))
from check import NOTES, findings, is_told, planted

PLANTED = planted()
CLEAN = sorted((NOTES / "clean").iterdir())
ESS = "L'économie sociale et solidaire "


@pytest.mark.slow
def test_planted_errors_are_told() -> None:
    """At least 95 of 100, at the right place, of the right kind, against the right claim."""
    assert len(PLANTED) >= 120
    assert len({error.note for error in PLANTED}) >= 40
    found = {name: findings(NOTES / "planted" / name) for name in {e.note for e in PLANTED}}
    missed = [error for error in PLANTED if not is_told(error, found[error.note])]
    assert len(missed) <= 0.05 * len(PLANTED), missed


@pytest.mark.slow
def test_clean_notes_are_left_alone() -> None:
    assert len(CLEAN) >= 20
    false = [(note.name, *place) for note in CLEAN for place in findings(note)]
    assert len(false) <= 1, false


def told(text: str, dataset: Dataset, folder: str | None = None) -> list[tuple[str, str, str]]:
    """Give the kind, the severity and the claim of each finding and remark."""
    found, _ = check(dataset, read_fingerprint(folder), text)
    return [(finding.kind, finding.severity, finding.claim) for finding in found]


@pytest.mark.parametrize(
    "text",
    [
        f"{ESS}pèse un peu plus de 1 % de l'emploi industriel.",
        f"{ESS}compte environ 1 400 entreprises industrielles.",
        f"{ESS}pèse environ 10 % du PIB.",
        f"{ESS}pèse 1.3 % de l'emploi industriel.",
        "The ESS makes up 1,3% of industrial employment.",
        "Deux entreprises industrielles de l'ESS sur trois sont des coopératives.",
        "66 % des entreprises industrielles de l'ESS sont des coopératives.",
        f"{ESS}offre un emploi du secteur privé sur sept.",
        "En Bretagne, l'ESS pèse 15 % des emplois du secteur privé.",
        "En 2012, l'ESS pesait 8 % du PIB.",
        "L'agriculture pèse 2 % du PIB.",
        "L'ESS vise 20 % du PIB.",
        "L'ESS pèse-t-elle 20 % du PIB ?",
        "Les métropoles sont 22 en France.",
        "Le club a gagné 17 à 11.",
        "- « l'ESS offre des solutions innovantes et efficaces »\n- Contact : Aurélie Imbert",
        "Publié le 14 novembre 2025 par Le Monde, cet article parle de l'étude sur l'ESS.",
        "Le 14 novembre 2025, le maire a vu la Banque des Territoires, qui a publié une étude.",
        "Un communiqué vient de paraître. L'Union des Ateliers relie 48 ateliers.",
        f"{ESS}(ESS) pèse 10 % du PIB.",
        "Jean Delga est venu avec Carole Delmas.",
        "Jean Martin, vice-président d'Intercommunalités de France, a parlé.",
        "Carole Delga, présidente de la région la plus vaste, a parlé.",
        # Another name, and no slip of a name.
        "Le groupe Valeo recrute dans le Grand Est.",
        "M. Genten est venu avec Mme Delgay.",
        # Whose body the release leaves open, in a row, or for somebody of whom it knows nothing.
        "M. Genter, de la Caisse des Dépôts, en parle avec Paul Martin, d'ESS France.",
        "Il a le soutien de Christophe Genter, de Régions de France et d'ESS France.",
        "Pour Régions de France, Christophe Genter est un partenaire.",
        "We met Carole Delga at ESS France on Tuesday.",
        "Virginie Lutrot, présidente de la communauté d'agglomération normande Caux Seine Agglo,"
        " et Carole Delga, présidente de la commission Europe d'Intercommunalités de France.",
        "Christophe Genter, directeur de la cohésion sociale et territoriale à la Banque des"
        " Territoires, en parle.",
        # What others publish, hold or have signed, and what is asked or wished for.
        "L'étude a été diffusée aux élus de la commune le 20 novembre 2025.",
        "Mon article sur l'étude est paru le 14 novembre 2025.",
        "La commune a diffusé une étude le 20 novembre 2025.",
        "La Banque des Territoires a publié une étude sur les friches le 20 novembre 2025.",
        "L'étude se sert de la liste publiée par ESS France.",
        "The study, published on 13 November 2025, was summed up by Reuters.",
        "L'étude parle d'ateliers. Le congrès de Régions de France date du 26 septembre 2024.",
        "L'atelier avec Régions de France s'est-il tenu le 30 mai 2024 ?",
        "A workshop with Régions de France will be held on 30 June 2026.",
        "Notre intercommunalité a signé la convention Territoires d'industrie en 2019.",
        "Bolbec est dans le programme Territoires d'industrie depuis 2020.",
        # The next sentence is of somebody else; a term or a title is nobody's words.
        "« L'ESS offre des solutions innovantes et efficaces. » Virginie Lutrot, elle, salue.",
        "Le « Panorama de l'ESS » parle de l'« économie sociale et solidaire ».",
        "It is “a powerful lever for the responsible reindustrialisation of territories”.",
    ],
)
def test_what_is_honest_or_of_other_matters_is_silent(text: str, dataset: Dataset) -> None:
    assert told(text, dataset) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{ESS}pèse 14 % du PIB.", ("figure", "finding", "gdp-share")),
        (
            f"{ESS}pèse 1,3 ‰ de l'emploi industriel.",
            ("figure", "finding", "industrial-employment-share"),
        ),
        ("L'étude repose sur plus de 80 entretiens.", ("figure", "finding", "interviews-held")),
        ("L'étude repose sur 80 entretiens.", ("figure", "remark", "interviews-held")),
        (
            f"{ESS}pèse 1.8 % de l'emploi industriel.",
            ("figure", "finding", "industrial-employment-share"),
        ),
        (
            "Le 14 novembre 2025, la Banque des Territoires, Intercommunalités de France et Régions"
            " de France ont publié une étude sur l'ESS.",
            ("date", "finding", "study-published"),
        ),
        (
            "Le communiqué a été diffusé le 13 novembre 2024.",
            ("date", "finding", "study-published"),
        ),
        (
            "The press release came out on 14 November 2025.",
            ("date", "finding", "study-published"),
        ),
        (
            "L'étude a été publiée par Bpifrance le 13 novembre 2025.",
            ("source", "finding", "study-published"),
        ),
        (
            "Des ateliers ont complété l'étude. Celui de Régions de France date du 30 mai 2024.",
            ("date", "finding", "regions-workshop"),
        ),
        (
            "The findings of the study were presented to ESS France on 14 July 2024.",
            ("date", "finding", "ess-france-workshop"),
        ),
        (
            "Une étude sur l'ESS est parue.\n\nTrois ateliers ont réuni Régions de France.",
            ("figure", "finding", "workshops-with-regions"),
        ),
        (
            "L'ESS compte 911 coopératives industrielles.",
            ("figure", "remark", "industrial-cooperatives"),
        ),
        (
            "« l'ESS n'offre pas de solutions innovantes et efficaces »",
            ("quotation", "finding", "delga-key-role"),
        ),
        (
            "- « l'ESS offre des solutions innovantes et efficaces »\n  (Virginie Lutrot)",
            ("person", "finding", "delga-key-role"),
        ),
        (
            "« l'ESS offre des solutions innovantes et efficaces »\n— Virginie Lutrot",
            ("person", "finding", "delga-key-role"),
        ),
        (
            "« L'ESS offre des solutions innovantes et efficaces. » Ainsi parle Virginie Lutrot.",
            ("person", "finding", "delga-key-role"),
        ),
        (
            "Ils financent « l'aménagement, l'immobilier, les transports et la formation ».",
            ("quotation", "finding", "infrastructure-financing"),
        ),
        (
            "« un nouveau levier de réindustrialisation. Ainsi, je salue les nombreuses actions »",
            ("quotation", "finding", "lutrot-new-lever"),
        ),
        # Words from here and there, or a beginning that goes on otherwise, are another's sentence.
        (
            "« La réindustrialisation du pays passera par les coopératives »",
            ("quotation", "remark", ""),
        ),
        (
            "« les entreprises de l'ESS créent des emplois locaux dans la région »",
            ("quotation", "remark", ""),
        ),
        # Who translates otherwise than the project does may be as right.
        (
            "“The examples cited in this study are clear proof of it”, said Carole Delga.",
            ("quotation", "remark", "delga-key-role"),
        ),
        ("« une phrase que personne n'a jamais dite »", ("quotation", "remark", "")),
        (
            "Carole Delga, présidente d'ESS France, approuve.",
            ("person", "finding", "delga-key-role"),
        ),
        (
            "Et M. Genter, de Régions de France, en parle.",
            ("person", "finding", "genter-commitment"),
        ),
        ("Au nom d'ESS France, Carole Delga a parlé.", ("person", "finding", "delga-key-role")),
        (
            "Speaking for Régions de France, Christophe Genter spoke.",
            ("person", "finding", "genter-commitment"),
        ),
        (
            "Régions de France's Virginie Lutrot applauds it.",
            ("person", "finding", "lutrot-new-lever"),
        ),
        (
            "Virginie Lutrot préside la communauté d'agglomération Fécamp Caux Littoral.",
            ("person", "finding", "lutrot-new-lever"),
        ),
        (
            "M. Genter, directeur du département Cohésion numérique, en parle.",
            ("person", "finding", "genter-commitment"),
        ),
        (
            "Christophe Genter, who runs a department of ESS France, spoke.",
            ("person", "finding", "genter-commitment"),
        ),
        (
            "Virginie Lutrot, second vice-president of Intercommunalités de France.",
            ("person", "finding", "lutrot-new-lever"),
        ),
        ("Vallo, groupe coopératif d'insertion, roule à vélo.", ("name", "finding", "valo-tender")),
        ("Carole Delga préside la région Ocitanie.", ("name", "finding", "delga-key-role")),
        ("Mme Lutro, d'Intercommunalités de France.", ("name", "finding", "lutrot-new-lever")),
        ("Carolle Delgat est venue.", ("name", "finding", "delga-key-role")),
        ("Valérie Lutrot est venue.", ("name", "finding", "lutrot-new-lever")),
        ("Selon l'INSEE, l'ESS pèse 10 % du PIB.", ("source", "finding", "gdp-share")),
        ("The ESS makes up 12% of French GDP.", ("figure", "finding", "gdp-share")),
    ],
)
def test_what_is_told(text: str, expected: tuple[str, str, str], dataset: Dataset) -> None:
    assert told(text, dataset) == [expected]


def sentences() -> list[Any]:
    """Read short notes, each with what is told of it: `-` for no finding; each fourth is quick."""
    rows = (NOTES / "sentences.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [
        pytest.param(
            text.replace("\\n", "\n"), expected, marks=[pytest.mark.slow] if number % 4 else []
        )
        for number, (expected, text) in enumerate(map(_parted, rows))
    ]


def _parted(row: str) -> list[str]:
    return row.split("\t")


def test_no_group_of_words_is_named_twice() -> None:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len({*map(itemgetter(0), pairs)}) == len(pairs), pairs
        return dict(pairs)

    json.loads(content("check.json"), object_pairs_hook=once)


@pytest.mark.parametrize(("text", "expected"), sentences())
def test_a_short_note(text: str, expected: str, dataset: Dataset) -> None:
    found = {" ".join(finding) for finding in told(text, dataset)}
    if expected == "-":
        assert not [finding for finding in found if " finding " in finding]
    else:
        assert found == {expected}


@pytest.mark.parametrize(
    "quotation",
    [
        "« l'ESS offre des solutions innovantes et efficaces »",
        "« l'ESS offre […] solutions innovantes et efficaces »",
        "“The examples cited in this study are striking proof of it”",
    ],
    ids=["exact", "marked cut", "our translation"],
)
def test_a_quotation_that_is_the_releases_is_recognised(quotation: str, dataset: Dataset) -> None:
    found, recognised = check(dataset, read_fingerprint(None), quotation)
    assert (found, recognised["quotations"]) == ([], 1)


MADE_UP = {
    "Les ateliers servent 28 % des cyclistes de la vallée.": "cyclists-share",
    "Ils ont réparé 1 284 vélos en un an.": "bicycles-saved",
    "Les deux tiers des vélos réparés roulent encore.": "still-rolling-share",
    "Une cinquantaine de bénévoles ont été interrogés pour l'enquête.": "volunteers-heard",
    "L'Union des Ateliers compte 84 ateliers.": "members-all",
    "« Un vélo réparé, c'est un ami de plus sur la place », dit-elle.": "one-more-neighbour",
    "« c'est un voisin de plus sur la place », dit Jean Guidon.": "one-more-neighbour",
    "Odile Moyeu, présidente de la Ligue des Bourgs, l'a dit.": "one-more-neighbour",
    "Les ateliers paient 5,2 % des salaires du métier.": "wages-share",
    "The workshops serve 28% of cyclists of the valley.": "cyclists-share",
}


@pytest.mark.parametrize(("text", "claim"), MADE_UP.items())
def test_another_dataset_has_its_own_rules(
    text: str, claim: str, made_up: Dataset, made_up_folder: Path
) -> None:
    found = told(text, made_up, str(made_up_folder))
    assert claim in [id for _, severity, id in found if severity == "finding"]


def test_the_theme_is_no_other_place(dataset: Dataset) -> None:
    for theme in ("the SSE", "the ESS", "the Social and Solidarity Economy"):
        text = f"Cooperatives make up 75% of the industrial enterprises in {theme}."
        assert told(text, dataset) == [("figure", "finding", "cooperatives-share")]


def test_a_dataset_without_records_knows_nothing(dataset: Dataset) -> None:
    text = "Carole Delga : « l'ESS offre des solutions innovantes », soit 14 % du PIB."
    found, recognised = check(Dataset(release=dataset.release), read_fingerprint(None), text)
    assert (found, recognised.total()) == ([], 0)


def run(text: str, tmp_path: Path, *options: str) -> int:
    note = tmp_path / "note.txt"
    note.write_text(text, encoding="utf-8")
    return main(["check", str(note), *options])


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("L'ESS pèse 14 % du PIB.", (), 1),
        ("L'ESS pèse 10 % du PIB.", (), 0),
        ("L'étude repose sur 80 entretiens.", (), 0),
        ("L'étude repose sur 80 entretiens.", ("--strict",), 1),
        ("Il fait beau.", (), 0),
        ("Il fait beau.", ("--written", "xx"), 2),
    ],
)
def test_findings_set_the_exit_code(
    text: str, options: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    assert run(text, tmp_path, *options) == code


def test_json_says_all(tmp_path: Path, capsys: Any) -> None:
    run("Bonjour.\nL'ESS pèse 14 % du PIB.", tmp_path, "--format", "json", "--lang", "fr")
    assert json.loads(capsys.readouterr().out) == {
        "findings": [
            {
                "line": 2,
                "column": 12,
                "kind": "figure",
                "severity": "finding",
                "said": "14 % du PIB",
                "expected": "le communiqué dit 10 %",
                "claim": "gdp-share",
                "proof": "essfacts cite gdp-share",
            }
        ],
        "recognised": {"figures": 1, "quotations": 0, "people": 0, "dates": 0},
    }


@pytest.mark.parametrize(
    ("text", "language", "last"),
    [
        ("Il fait beau.", "fr", "Rien de reconnu : rien n'a été contrôlé."),
        ("Il fait beau.", "en", "Nothing recognised: nothing was checked."),
        (
            "« Rien de tout cela n'a lieu. »",
            "en",
            "Nothing of the release recognised, 1 remark.",
        ),
        ("L'ESS pèse 14 % du PIB.", "fr", "1 chiffre reconnu, 1 constat."),
        ("L'ESS pèse 14 % du PIB.", "en", "1 figure recognised, 1 finding."),
    ],
)
def test_the_last_line_counts(
    text: str, language: str, last: str, tmp_path: Path, capsys: Any
) -> None:
    run(text, tmp_path, "--lang", language)
    assert capsys.readouterr().out.splitlines()[-1] == last


@pytest.mark.slow
def test_a_workbook_holds_what_is_told(tmp_path: Path, capsysbinary: Any) -> None:
    reader("xlsxwriter")
    run("Bonjour.\nL'ESS pèse 14 % du PIB.", tmp_path, "--format", "xlsx", "--lang", "en")
    content = BytesIO(capsysbinary.readouterr().out)
    header, told = reader("openpyxl").load_workbook(content).worksheets[0].values
    row = dict(zip(header, told, strict=True))
    assert (row["line"], row["column"], row["claim"]) == (2, 12, "gdp-share")
    assert row["proof"] == "essfacts cite gdp-share"


@pytest.mark.parametrize("name", ["text", "md", "ndjson", "yaml", "csv", "tsv"])
def test_every_format_holds_the_claim(name: str, tmp_path: Path, capsys: Any) -> None:
    run("L'ESS pèse 14 % du PIB.", tmp_path, "--format", name)
    assert "gdp-share" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "language"),
    [("The share of the jobs in the sector", "en"), ("La part des emplois du secteur", "fr")],
)
def test_the_language_is_found(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.slow
@pytest.mark.parametrize("columns", [40, 80, 140])
def test_a_terminal_shows_the_name_of_the_file_and_a_pipe_its_path(
    columns: int, tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("L'ESS pèse 14 % du PIB.", encoding="utf-8")
    shown = plain(run_in_terminal("check", str(note), columns=columns).out)
    assert "note.txt:1:12" in shown
    assert str(tmp_path) not in shown
    assert max(map(len, shown.splitlines())) <= columns
    assert shown.split("\n\n")[-1].split() == "1 figure recognised, 1 finding.".split()
    assert run_program("check", str(note)).out.startswith(f"{note}:1:12\t")


@pytest.mark.slow
@pytest.mark.parametrize("columns", [60, 100, 140, 180])
def test_a_terminal_breaks_no_command_that_is_to_be_copied(columns: int, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("L'ESS pèse 1,8 % de l'emploi industriel, " + "selon l'INSEE, " * 9, "utf-8")
    shown = plain(run_in_terminal("check", str(note), columns=columns).out)
    assert "essfacts cite industrial-employment-share" in shown


@pytest.mark.slow
def test_a_sentence_without_end_takes_no_square(dataset: Dataset) -> None:
    """What is quadratic takes hours on half a megabyte."""
    text = "The ESS accounts for 10% of GDP. Then " + "10% of GDP " * 10_000
    _, known = check(dataset, read_fingerprint(), text, "en")
    assert known["figures"]
