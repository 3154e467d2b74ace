"""Retype releases and alter them: typography never matters, words and numbers always do.

The release is made up; with ESSFACTS_RELEASE, the path of a copy of the real one, that one too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple

import pytest
from alterations import alterations
from program import PROGRAM, environment, run_here, run_in_terminal, run_process
from program import plain as without_colour
from retypings import RETYPINGS, wrapped

import essfacts
from essfacts.copies import read_copy
from essfacts.dataset import read_fingerprint
from essfacts.fingerprint import written
from essfacts.sealing import seal
from essfacts.verify import Report, Result, official_wording, verify

if TYPE_CHECKING:
    from essfacts import Dataset
    from essfacts.fingerprint import Fingerprint

FOLDER = Path(__file__).parent / "data" / "made-up"
MADE_UP = (FOLDER / "communique.txt").read_text("utf-8")
SPEAKER = "Odile Moyeu, présidente de l'Union des Ateliers – mairesse de Saint-Fictif"
REAL = os.environ.get("ESSFACTS_RELEASE")


class Subject(NamedTuple):
    """A release and its dataset, sealed: what the tests retype and alter."""

    release: str
    dataset: Dataset
    fingerprint: Fingerprint

    def verify(self, text: str | bytes, name: str = "copy.txt") -> Report:
        content = text.encode() if isinstance(text, str) else text
        return verify(self.dataset, self.fingerprint, read_copy(content, name))


@cache
def subject(name: str) -> Subject:
    if name == "made-up":
        return Subject(MADE_UP, essfacts.load(FOLDER), read_fingerprint(FOLDER))
    if not REAL:
        pytest.skip("ESSFACTS_RELEASE names no copy of the release")
    release = Path(REAL).read_text("utf-8")
    dataset = essfacts.load()
    return Subject(release, dataset, seal(dataset, read_copy(release.encode(), "release.txt"))[0])


either = pytest.mark.parametrize("name", ["made-up", "real"])


def compare(text: str | bytes, name: str = "copy.txt") -> Report:
    return subject("made-up").verify(text, name)


def by_id(report: Report) -> dict[str, Result]:
    return {result.id: result for result in report.results}


def exchange(text: str, *pairs: tuple[str, str]) -> str:
    """Change words that stand once."""
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def altered(*pairs: tuple[str, str]) -> Report:
    return compare(exchange(MADE_UP, *pairs))


def touched(report: Report) -> dict[str, str]:
    return {result.id: result.status for result in report.results if result.status != "verified"}


def differing(report: Report) -> list[tuple[str, int | None, list[str]]]:
    """Give the passages that are not intact: status, line, words that are not the release's."""
    return [
        (passage.status, passage.line, passage.words)
        for passage in report.passages
        if passage.status != "intact"
    ]


# What keeps the words.


@pytest.mark.slow
@either
@pytest.mark.parametrize("retyping", RETYPINGS)
def test_a_retyping_is_the_release(name: str, retyping: str) -> None:
    release = subject(name).release
    kind = "copy.html" if retyping.startswith("a page") else "copy.txt"
    report = subject(name).verify(RETYPINGS[retyping](release), kind)
    assert differing(report) == []
    assert touched(report) == {}
    assert report.verified


@pytest.mark.parametrize(
    "pairs",
    [
        pytest.param(
            [("« Un vélo réparé", "Odile Moyeu déclare : « Un vélo réparé")], id="speaker first"
        ),
        pytest.param(
            [
                (
                    "« Un vélo réparé",
                    f"{SPEAKER}, déclare : « Un vélo réparé",
                ),
                (
                    f" », déclare {SPEAKER}.",
                    " »",
                ),
            ],
            id="speaker first, with her offices",
        ),
        pytest.param([("outillage.\n", "outillage.\n\nPublicité\n")], id="an advertisement"),
        pytest.param([("la vallée¹", "la\n1\nvallée")], id="a mark that is printed as a line"),
        pytest.param(
            [("Communiqué", "Accueil\nPresse\nCommuniqué")], id="navigation without blank lines"
        ),
        pytest.param(
            [("lavoir.\n\n¹", "lavoir.\n\n12\n\n¹")], id="a page number between paragraphs"
        ),
        pytest.param(
            [("l'ancien lavoir", "l'ancien\n\n12\n\f\nlavoir")], id="a page number in a sentence"
        ),
        pytest.param(
            [("b.pignon@union.example", "b.pignon@union.example <mailto:b.pignon@union.example>")],
            id="an address behind an address",
        ),
        pytest.param(
            [("Ligue des Bourgs, publie", "Ligue des Bourgs (https://ligue.example/), publie")],
            id="an address behind a name",
        ),
        pytest.param(
            [
                (
                    "\n¹ Cercle des Rayons, Carnet de la vallée, mars 2030 <https://rayons.example/carnet>\n",
                    "",
                ),
                (
                    "deux pas de l'ancien",
                    "deux\n\n1 Cercle des Rayons, Carnet de la vallée, mars 2030\n\f\n"
                    "pas de l'ancien",
                ),
            ],
            id="a note at a page's foot",
        ),
    ],
)
def test_what_stands_by_is_no_alteration(pairs: list[tuple[str, str]]) -> None:
    report = altered(*pairs)
    assert differing(report) == []
    assert report.verified


# What changes them.


@pytest.mark.slow
@either
@pytest.mark.parametrize(
    "kind",
    [
        "exchanged",
        "removed",
        "doubled",
        "preceded by pas",
        "preceded by non",
        "preceded by sans",
        "preceded by presque",
        "words swapped",
        "items swapped",
        "digit changed",
        "sign put",
        "bound put",
        "unit changed",
        "speaker exchanged",
        "mark moved",
    ],
)
def test_alterations_are_told(name: str, kind: str) -> None:
    whole = subject(name)
    people = (
        ["Odile Moyeu", "Basile Pignon"]
        if name == "made-up"
        else ["Carole Delga", "Christophe Genter"]
    )
    found = [
        alteration
        for alteration in alterations(whole.release, people, every=7 if name == "made-up" else 60)
        if alteration.kind == kind
    ]
    assert found
    for alteration in found[:60]:
        report = whole.verify(alteration.text)
        assert not report.verified, alteration.spans
        assert len(differing(report)) <= 2


QUOTATION = "Nous ouvrirons donc chaque samedi. »"
# What is changed, the words that are then told as not the release's, the claims that it touches.
LIES = {
    "doubt after the words": (
        [(QUOTATION, "Nous ouvrirons donc chaque samedi. Mais j'en doute. »")],
        ("Mais j'en doute",),
        {"one-more-neighbour"},
    ),
    "a denial before": (
        [("« Un vélo réparé", "« Non : Un vélo réparé")],
        ("Non",),
        {"one-more-neighbour"},
    ),
    "a denial before the quotation": (
        [("« Un vélo réparé", "Il est faux de dire : « Un vélo réparé")],
        ("Il est faux de dire",),
        {"one-more-neighbour"},
    ),
    "denied by who speaks": (
        [("déclare Odile", "dément Odile")],
        ("dément",),
        {"one-more-neighbour"},
    ),
    "somebody else speaks, to her": (
        [("déclare Odile", "répond un élu à Odile")],
        ("répond un élu à",),
        {"one-more-neighbour"},
    ),
    "and not she": (
        [("déclare Odile", "et non Odile")],
        ("et non",),
        {"one-more-neighbour"},
    ),
    "somebody else says so before": (
        [("« Un vélo réparé", "Basile Pignon déclare : « Un vélo réparé")],
        ("Basile Pignon déclare",),
        {"one-more-neighbour"},
    ),
    "the mark on another figure": (
        [("vallée¹", "vallée"), ("18 % des", "18 %¹ des")],
        ("¹",),
        {"cyclists-share"},
    ),
    "the marks exchanged": (
        [("vallée¹", "vallée²"), ("2,5 %²", "2,5 %¹")],
        ("²", "¹"),
        {"cyclists-share", "wages-share"},
    ),
    "the notes exchanged": (
        [("¹ Cercle", "² Cercle"), ("² Croisement", "¹ Croisement")],
        ("²", "¹"),
        {"carnet-reference", "register-cross-reference"},
    ),
    "a qualifier gone at the end": (
        [(", à deux pas de l'ancien lavoir", "")],
        (),
        {"canteen-bicycles"},
    ),
    "the verb before an excerpt": (
        [("ne versent que", "gagnent")],
        ("gagnent",),
        {"cyclists-share", "wages-share"},
    ),
    "a lever turned round": ([("Prêter les", "Jeter les")], ("Jeter",), {"tool-lending"}),
    "one figure of several": ([("17 en", "71 en")], ("71",), {"members-in-villages"}),
    "a figure signed": (
        [("31 en", "-31 en")],
        ("-",),
        {"members-all", "members-in-towns", "members-in-villages"},
    ),
    "a negation": (
        [("relie 48", "ne relie pas 48")],
        ("ne", "pas"),
        {"members-all", "members-in-towns", "members-in-villages"},
    ),
    "a word doubled": ([("prête des", "prête prête des")], ("prête",), {"union-lends-parts"}),
    "two words doubled": (
        [("rapproche les", "rapproche les rapproche les")],
        ("rapproche les",),
        {"closer-neighbours"},
    ),
    "words of the quotation before it": (
        [("« Un vélo réparé", "Samedi : « Un vélo réparé")],
        ("Samedi",),
        {"one-more-neighbour"},
    ),
    "another title": ([("une chance pour", "une ruine pour")], ("ruine",), set()),
    "another office": (
        [("mairesse de", "adjointe de")],
        ("adjointe",),
        {"one-more-neighbour"},
    ),
    "another telephone": ([("00 00 01", "00 00 10")], ("01 99 00 00 10",), set()),
    "another heading": ([("Méthode :", "Méthodes :")], ("Méthodes",), set()),
    "another address": (
        [("rayons.example/carnet", "rayons.example/autre")],
        ("<https://rayons.example/autre>",),
        {"carnet-reference"},
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_told_and_whose_it_is(lie: str) -> None:
    pairs, words, claims = LIES[lie]
    report = altered(*pairs)
    found = differing(report)
    assert {status for status, _, _ in found} == {"altered"}
    assert tuple(word for _, _, said in found for word in said) == words
    assert touched(report) == dict.fromkeys(claims, "altered")
    assert {
        id for passage in report.passages if passage.status == "altered" for id in passage.claims
    } == claims


def test_what_is_gone_is_said_where_an_excerpt_knows_it() -> None:
    report = altered(("17 en village", "71 en village"), ("prête des", "vend des"))
    differences = [passage.difference for passage in report.passages if passage.status == "altered"]
    assert differences == [
        "31 en bourg et [-17-] {+71+} en village",
        "Elle [-prête-] {+vend+} des pièces à ses",
    ]
    report = altered(("relie 48", "a 48"))
    [difference] = [
        passage.difference for passage in report.passages if passage.status == "altered"
    ]
    assert difference == "L'Union des Ateliers [-…-] {+a+} 48 ateliers : 31 en"


@pytest.mark.parametrize(
    ("pairs", "within", "line"),
    [
        pytest.param(
            [("place.\n\nLes", "place. Tout va mal.\n\nLes")],
            True,
            5,
            id="at the end of a paragraph",
        ),
        pytest.param(
            [("Elle prête", "Tout va mal. Elle prête")], True, 34, id="between two sentences"
        ),
        pytest.param(
            [("L'Union des Ateliers relie", "Tout va mal. L'Union des Ateliers relie")],
            True,
            34,
            id="before a paragraph",
        ),
        pytest.param([('\n- "VÉLO', '\n- Tout arrêter ;\n- "VÉLO')], True, 14, id="an item"),
        pytest.param(
            [('\n- "VÉLO', '\n\nTout va mal.\n\n- "VÉLO')], True, 15, id="between two items"
        ),
        pytest.param(
            [("Méthode :\n", "Tout va mal.\n\nMéthode :\n")], False, 28, id="between paragraphs"
        ),
        pytest.param(
            [("– 01 99 00 00 01\n", "– 01 99 00 00 01\n\nErratum : 71 en village\n")],
            False,
            42,
            id="an erratum below",
        ),
    ],
)
def test_what_is_added_is_told(pairs: list[tuple[str, str]], within: bool, line: int) -> None:  # noqa: FBT001
    report = altered(*pairs)
    assert differing(report) == []
    assert touched(report) == {}
    [added] = report.added
    assert (added.within, added.line, added.last_line) == (within, line, line)
    assert re.search("Tout va mal|Tout arrêter|Erratum : 71 en village", added.text)
    assert report.verified is not within


def test_what_is_added_is_told_in_wrapped_lines() -> None:
    text = wrapped(MADE_UP, 60)
    around = compare(exchange(text, ("Communiqué", "Accueil\n\nCommuniqué")))
    assert around.verified
    assert [added.text for added in around.added] == ["Accueil"]
    foot = compare(text.rstrip() + "\nMentions légales. Suivez-nous\n")
    assert foot.verified
    assert [added.text for added in foot.added] == ["Mentions légales. Suivez-nous"]
    within = compare(exchange(text, ("place.\n\nLes ateliers", "place.\nRien.\nLes ateliers")))
    assert not within.verified
    assert [(added.text, added.within) for added in within.added] == [("Rien", True)]


def test_items_that_change_places_are_told() -> None:
    first, second = re.findall(r"^- .*$", MADE_UP, re.MULTILINE)
    report = altered((f"{first}\n{second}", f"{second}\n{first}"))
    assert [status for status, _, _ in differing(report)] == ["moved"]
    assert touched(report) == {}
    assert not report.verified


def test_notes_may_stand_anywhere() -> None:
    notes = re.findall(r"^[¹²] .*\n\n", MADE_UP, re.MULTILINE)
    report = compare(MADE_UP.replace("".join(notes), "") + "\n\n" + "".join(notes))
    assert report.verified


def test_an_altered_repetition_is_ambiguous() -> None:
    again = "L'Union des Ateliers relie 48 ateliers : 31 en bourg et 71 en village."
    report = compare(f"{MADE_UP}\n\n{again}\n")
    assert differing(report) == [("ambiguous", 43, ["71"])]
    assert touched(report) == {"members-in-villages": "ambiguous"}


def test_a_repetition_with_words_before_it_alters_nothing() -> None:
    again = "À lire : L'Union des Ateliers relie 48 ateliers : 31 en bourg et 17 en village."
    assert compare(f"{MADE_UP}\n\n{again}\n").verified


@pytest.mark.parametrize("first", [True, False])
def test_two_parts_that_differ_are_ambiguous(first: bool) -> None:  # noqa: FBT001
    parts = [exchange(MADE_UP, ("17 en", "71 en")), MADE_UP]
    report = compare("\n\n".join(parts if first else parts[::-1]))
    assert [status for status, _, _ in differing(report)] == ["ambiguous"]
    assert touched(report) == {"members-in-villages": "ambiguous"}


# A part of the release.


def test_a_page_that_quotes_the_release() -> None:
    page = """Des ateliers partout

On répare beaucoup dans la vallée.

L'Union des Ateliers relie 48 ateliers : 31 en bourg et 71 en village. Elle prête
des pièces à ses membres.

C'est tout.
"""
    report = compare(page)
    statuses = [passage.status for passage in report.passages]
    assert (statuses.count("intact"), statuses.count("altered"), statuses.count("missing")) == (
        1,
        1,
        23,
    )
    assert touched(report).pop("members-in-villages") == "altered"
    others = {*touched(report).values()}
    assert others == {"altered", "missing"}
    assert [result.id for result in report.results if result.status == "verified"] == [
        "members-all",
        "members-in-towns",
        "union-lends-parts",
    ]


@pytest.mark.parametrize("text", ["Rien.", "de la vallée, de la place, de la Ligue", "1 2 3 4 5"])
def test_a_text_that_is_not_the_release(text: str) -> None:
    report = compare(text)
    assert {passage.status for passage in report.passages} == {"missing"}
    assert {*touched(report).values()} == {"missing"}


def test_half_of_the_release_is_right_as_far_as_it_goes() -> None:
    half = MADE_UP[: MADE_UP.index("Une enquête à plusieurs")]
    report = compare(half)
    statuses = [passage.status for passage in report.passages]
    assert statuses == ["intact"] * 14 + ["missing"] * 11
    assert {*touched(report).values()} == {"missing"}


def test_places_and_words_of_a_claim() -> None:
    report = compare("\n\n" + MADE_UP.replace("48 ateliers", "48\n  ateliers"))
    assert by_id(report)["members-all"] == (
        "members-all",
        "stat",
        "verified",
        36,
        28,
        "48 ateliers",
        "48 ateliers",
    )


@either
def test_every_passage_has_a_claim_or_is_left_out(name: str) -> None:
    report = subject(name).verify(subject(name).release)
    coverage = report.coverage()
    assert coverage["uncovered"] == []
    assert coverage["sentences"] == len(report.passages)
    assert coverage["covered"] + coverage["left_out"] == len(report.passages)


def test_a_passage_without_claim_is_told(made_up: Dataset) -> None:
    whole = subject("made-up")
    claims = tuple(claim for claim in made_up.claims if claim.id != "union-lends-parts")
    report = verify(
        replace(made_up, claims=claims),
        whole.fingerprint,
        read_copy(MADE_UP.encode(), "copy.txt"),
    )
    [uncovered] = report.coverage()["uncovered"]
    assert uncovered == {"line": 34, "text": "Elle prête des pièces à ses membres"}


# The official wording.


def wordings(text: str) -> dict[str, tuple[str, int]]:
    whole = subject("made-up")
    copy = read_copy(text.encode(), "copy.txt")
    return {
        id: (wording.text, wording.line)
        for id, wording in official_wording(whole.dataset, whole.fingerprint, copy).items()
    }


def test_the_official_wording_is_whole_sentences() -> None:
    found = wordings(MADE_UP)
    assert found.keys() == {claim.id for claim in subject("made-up").dataset.claims}
    assert found["postal-rounds"] == ('"VÉLO-iser" les tournées du facteur.', 14)
    assert found["wages-share"] == (
        "Les ateliers remettent en selle en moyenne 18 % des cyclistes de la vallée¹, mais ne "
        "versent que 2,5 %² des salaires du métier.",
        7,
    )
    assert found["one-more-neighbour"][0].startswith("« Un vélo réparé, c'est un voisin")
    assert found["one-more-neighbour"][0].endswith("mairesse de Saint-Fictif.")


def test_the_official_wording_comes_from_intact_sentences_alone() -> None:
    text = exchange(
        MADE_UP,
        ("17 en village", "71 en village"),
        ("Elle prête des\u0020pièces", "Elle prête des\n\n3\n\f\npièces"),
    )
    found = wordings(text)
    assert "members-in-villages" not in found
    assert found["union-lends-parts"] == ("Elle prête des pièces à ses membres.", 34)


# The commands.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the made-up folder, to change."""
    return Path(shutil.copytree(FOLDER, tmp_path / "made-up"))


def write(folder: Path, *pairs: tuple[str, str]) -> str:
    path = folder / "copy.txt"
    path.write_text(exchange(MADE_UP, *pairs), "utf-8")
    return str(path)


CONFORMING = {
    "fr": "Conforme : les 299 mots du communiqué y sont, dans l'ordre.\n"
    "Affirmations : 24 vérifiées.\n",
    "en": "Conforming: all 299 words of the release are there, in order.\nClaims: 24 verified.\n",
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_pipe_has_findings_and_the_verdict_apart(folder: Path, language: str) -> None:
    common = ("--data", str(folder), "--lang", language)
    assert run_here("verify", write(folder), *common) == (0, "", CONFORMING[language])


@pytest.mark.parametrize(
    ("pairs", "language", "verdict"),
    [
        (
            [("17 en", "71 en")],
            "fr",
            "Non conforme : sur 25 passages, 24 conformes, 1 altéré.\n"
            "Affirmations : 23 vérifiées, 1 altérée.\n",
        ),
        (
            [("17 en", "71 en")],
            "en",
            "Not conforming: of 25 passages, 24 right, 1 altered.\n"
            "Claims: 23 verified, 1 altered.\n",
        ),
        (
            [("17 en", "71 en"), ("31 en", "13 en"), ("prête", "vend")],
            "fr",
            "Non conforme : sur 25 passages, 23 conformes, 2 altérés.\n"
            "Affirmations : 21 vérifiées, 3 altérées.\n",
        ),
        (
            [("Elle prête des pièces à ses membres.", "Tout va mal.")],
            "fr",
            "Non conforme : sur 25 passages, 24 conformes, 1 absent, "
            "1 texte ajouté dans ses paragraphes.\n"
            "Affirmations : 23 vérifiées, 1 absente.\n",
        ),
        (
            [("Communiqué", "Accueil\n\nCommuniqué")],
            "fr",
            "Conforme : les 299 mots du communiqué y sont, dans l'ordre, avec 1 texte qui n'est "
            "pas du communiqué, ligne 1.\nAffirmations : 24 vérifiées.\n",
        ),
        (
            [
                ("Communiqué", "Accueil\n\nCommuniqué"),
                ("Méthode :\n", "Tout va mal.\n\nMéthode :\n"),
                ("17 en", "71 en"),
            ],
            "en",
            "Not conforming: of 25 passages, 24 right, 1 altered.\n"
            "Claims: 23 verified, 1 altered.\n"
            "Around it: 2 texts that are not the release's, lines 1, 30.\n",
        ),
    ],
)
def test_the_verdict_counts_in_good_language(
    folder: Path, pairs: list[tuple[str, str]], language: str, verdict: str
) -> None:
    found = run_here("verify", write(folder, *pairs), "--data", str(folder), "--lang", language)
    assert found.err == verdict
    assert found.code == int(verdict.startswith("No"))


def test_a_pipe_has_a_line_a_finding(folder: Path) -> None:
    pairs = [
        ("17 en", "71 en"),
        ("12 avril 2031.\n", "12 avril 2031. Tout va mal.\n"),
        (" Elle prête des pièces à ses membres.", ""),
    ]
    found = run_here("verify", write(folder, *pairs), "--data", str(folder), "--lang", "fr")
    assert found.out.splitlines() == [
        "30:114\tajouté\tTout va mal\t",
        "34:57\taltéré\t31 en bourg et [-17-] {+71+} en village\tmembers-in-villages",
        "\tabsent\t1 passage : À propos de l'Union, entre les lignes 34 et 36\t",
    ]


def test_a_text_that_only_quotes_is_for_check(folder: Path) -> None:
    path = folder / "article.txt"
    quoted = "L'Union des Ateliers relie 48 ateliers : 31 en bourg et 17 en village."
    path.write_text(quoted, "utf-8")
    found = run_here("verify", str(path), "--data", str(folder), "--lang", "en")
    assert found.code == 1
    assert found.err.endswith(
        "A text that quotes the release without reproducing it is for essfacts check FILE.\n"
    )
    assert ", before line 1\t" in found.out
    assert ", after line 1\t" in found.out


def test_what_a_copy_lacks_is_told_with_a_command_to_paste(folder: Path) -> None:
    copy = folder / "my copy;x.txt"
    copy.write_text(exchange(MADE_UP, ("17 en", "71 en")), "utf-8")
    for command in (("stats",), ("show", "members-all"), ("cite", "members-all"), ("page",)):
        found = run_here(*command, "--data", str(folder), "--copy", str(copy), "--lang", "en")
        assert found.code == 0
        told = "3 claims without an intact sentence in this copy: see essfacts verify"
        assert found.err.endswith(f"{told} '{copy}'\n")


def test_every_claim_is_listed_when_asked(folder: Path) -> None:
    found = run_here(
        "verify", write(folder, ("17 en", "71 en")), "--all", "--data", str(folder), "--lang", "en"
    )
    lines = found.out.splitlines()
    assert len(lines) == 24
    assert lines[1] == "7:44\tverified\t\tcyclists-share"
    assert lines[9] == "34:57\taltered\t71 en village\tmembers-in-villages"


@pytest.mark.slow
def test_a_terminal_has_the_verdict_first(folder: Path) -> None:
    copy = write(folder, ("17 en", "71 en"))
    found = run_in_terminal("verify", copy, "--data", str(folder), "--lang", "fr", columns=80)
    lines = [line.rstrip() for line in without_colour(found.out).splitlines() if line.strip()]
    assert lines == [
        "Non conforme : sur 25 passages, 24 conformes, 1 altéré.",
        "Affirmations : 23 vérifiées, 1 altérée.",
        "34:57 altéré  31 en bourg et [-17-] {+71+} en village",
        "members-in-villages",
    ]
    assert found.code == 1


@pytest.mark.slow
def test_a_terminal_shows_a_screen(folder: Path) -> None:
    pairs = [
        (word, f"pas {word}")
        for word in re.findall(r"\b[a-zé]{7,}\b", MADE_UP)
        if MADE_UP.count(word) == 1
    ]
    copy = write(folder, *pairs)
    found = run_in_terminal("verify", copy, "--data", str(folder), "--lang", "en", columns=100)
    lines = without_colour(found.out).splitlines()
    assert len(lines) <= 50
    assert re.search(r"… and \d+ more: --format text lists them all", found.out)


def test_json_has_all(folder: Path) -> None:
    copy = write(folder, ("17 en", "71 en"), ("Elle prête", "Faux ! Elle prête"))
    found = run_here("verify", copy, "--data", str(folder), "--format", "json")
    document = json.loads(found.out)
    assert list(document) == ["release", "claims", "passages", "added", "coverage", "verified"]
    assert document["claims"][9] == {
        "id": "members-in-villages",
        "kind": "stat",
        "status": "altered",
        "line": 34,
        "column": 57,
        "expected": "17 en village",
        "found": "71 en village",
    }
    assert document["passages"][20] == {
        "status": "altered",
        "section": "about-union",
        "line": 34,
        "column": 57,
        "claims": ["members-in-villages"],
        "words": ["71"],
    }
    assert document["added"] == [
        {"line": 34, "column": 72, "last_line": 34, "text": "Faux", "within": True}
    ]
    assert document["coverage"] == {"sentences": 25, "covered": 16, "left_out": 9, "uncovered": []}
    assert document["verified"] is False


@pytest.mark.parametrize("format", ["text", "md", "ndjson", "yaml", "csv", "tsv"])
def test_every_format_has_what_differs(folder: Path, format: str) -> None:
    copy = write(folder, ("17 en", "71 en"))
    found = run_here("verify", copy, "--data", str(folder), "--format", format)
    assert found.code == 1
    assert "members-in-villages" in found.out
    assert "members-in-towns" not in found.out
    assert (
        "members-in-towns"
        in run_here("verify", copy, "--all", "--data", str(folder), "--format", format).out
    )


@pytest.mark.slow
def test_a_pipe_can_be_verified() -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "essfacts", "verify", "-", "--data", str(FOLDER), "--lang", "en"],
        input=MADE_UP.encode(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout.decode(), done.stderr.decode()) == (
        0,
        "",
        CONFORMING["en"],
    )


# Sealing.


def test_sealing_writes_what_is_there(folder: Path) -> None:
    before = (folder / "fingerprint.yaml").read_text("utf-8")
    (folder / "fingerprint.yaml").unlink()
    found = run_here("seal", str(folder / "communique.txt"), "--data", str(folder), "--lang", "fr")
    assert found == (0, f"{folder}/fingerprint.yaml: 299 mots, 25 passages, 61 fiches\n", "")
    assert (folder / "fingerprint.yaml").read_text("utf-8") == before


def test_a_fingerprint_holds_none_of_the_release() -> None:
    text = written(subject("made-up").fingerprint)
    assert written(read_fingerprint(FOLDER)) == text
    ids = {record.id for record in subject("made-up").dataset.records()}
    said = {word for word in re.findall(r"[^\W\d_]{5,}", MADE_UP) if word.lower() in text.lower()}
    assert all(any(word.lower() in id for id in ids) for word in said)


def edit(folder: Path, file: str, old: str, new: str) -> int:
    """Change what stands once in a file of a dataset; give its line."""
    text = (folder / file).read_text("utf-8")
    assert text.count(old) == 1, old
    (folder / file).write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize("copy", [[], ["communique.txt"]], ids=["alone", "with a copy"])
@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            "stats.yaml",
            "L'Union compte 48",
            "L'Union réunit 48",
            "members-all: sealed: changed since",
        ),
        ("people.yaml", "fr: mairesse", "fr: maire", "odile-moyeu: sealed: changed since"),
        (
            "sources.yaml",
            "aliases: [note 1]",
            "aliases: [note 3]",
            "carnet: sealed: changed since",
        ),
        (
            "release.yaml",
            "url: https://union.example/enquete",
            "url: https://autre.example",
            "sealed: changed since",
        ),
        ("topics.yaml", "fr: Métiers", "fr: Les métiers", "crafts: sealed: changed since"),
        (
            "computed.yaml",
            "  formula: {product: [bicycles-saved, still-rolling-share]}",
            "  formula: {sum: [bicycles-saved, still-rolling-share]}",
            "bicycles-in-use: sealed: changed since",
        ),
    ],
)
def test_what_changed_since_is_a_fault(
    folder: Path, copy: list[str], file: str, old: str, new: str, fault: str
) -> None:
    edit(folder, file, old, new)
    found = run_here("verify", *(str(folder / name) for name in copy), "--data", str(folder))
    assert (found.code, found.out) == (2, "")
    assert re.search(
        rf"  {file}(:\d+)?: {fault}: read it against the release, then seal$",
        found.err,
        re.MULTILINE,
    )
    assert "has 1 fault:" in found.err


def test_a_change_is_told_with_its_line(folder: Path) -> None:
    line = edit(
        folder,
        "stats.yaml",
        "- id: members-all\n  text: {fr: L'Union compte 48",
        "- id: members-all\n  text: {fr: L'Union compte 84",
    )
    found = run_here("verify", "--data", str(folder))
    assert (
        f"stats.yaml:{line}: members-all: sealed: changed since: "
        "read it against the release, then seal\n"
    ) in found.err


def test_new_and_lost_records_are_faults(folder: Path) -> None:
    edit(folder, "topics.yaml", "- id: crafts", "- id: trades")
    for file in ("stats", "levers", "method"):
        path = folder / f"{file}.yaml"
        path.write_text(path.read_text("utf-8").replace("[crafts]", "[trades]"), "utf-8")
    err = run_here("verify", "--data", str(folder)).err
    assert "trades: sealed: not yet: read it against the release, then seal\n" in err
    assert (
        "fingerprint.yaml: crafts: sealed: no record now: "
        "read it against the release, then seal\n" in err
    )


def test_the_strict_rules_hold_with_a_copy_too(folder: Path) -> None:
    edit(folder, "stats.yaml", "value: 1248", "value: 1284")
    found = run_here("verify", str(folder / "communique.txt"), "--data", str(folder))
    assert found.code == 2
    assert 'value: 1284 in "bicycle", but "1 248" reads as 1248' in found.err


NOT_THERE = "does not stand in the release"


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            "people.yaml",
            "name: Odile Moyeu",
            "name: Odile Moyeux",
            f'odile-moyeu: name: "Odile Moyeux" {NOT_THERE}',
        ),
        (
            "people.yaml",
            "fr: mairesse",
            "fr: adjointe",
            f'odile-moyeu: offices: "adjointe" {NOT_THERE}',
        ),
        (
            "people.yaml",
            "b.pignon@union",
            "p.pignon@union",
            f'basile-pignon: email: "p.pignon@union.example" {NOT_THERE}',
        ),
        (
            "people.yaml",
            "01 99 00 00 01",
            "01 99 00 00 10",
            f'basile-pignon: phone: "01 99 00 00 10" {NOT_THERE}',
        ),
        (
            "organisations.yaml",
            "name: Ligue des Bourgs",
            "name: Ligue des Villes",
            f'ligue: name: "Ligue des Villes" {NOT_THERE}',
        ),
        ("release.yaml", "title: Réparer les", "title: Jeter les", 'title: "Jeter les vélos'),
        ("release.yaml", "date: 2031-05-04", "date: 2031-05-05", f'date: "5 mai 2031" {NOT_THERE}'),
        ("release.yaml", "fr: Méthode", "fr: Manière", f'how: name: "Manière" {NOT_THERE}'),
        (
            "release.yaml",
            "excerpt: Ce que change",
            "excerpt: Ce que charge",
            f'left_out: "Ce que charge un établi" {NOT_THERE}',
        ),
        (
            "sources.yaml",
            "title: {fr: Carnet de la vallée",
            "title: {fr: Cahier de la vallée",
            f'carnet: title: "Cahier de la vallée" {NOT_THERE}',
        ),
        (
            "effects.yaml",
            "excerpt: rapproche les",
            "excerpt: éloigne les",
            f'closer-neighbours: excerpt: "éloigne les voisins" {NOT_THERE}',
        ),
        (
            "quotes.yaml",
            "words: Un vélo réparé",
            "words: Un vélo cassé",
            'one-more-neighbour: words: "Un vélo cassé',
        ),
        (
            "stats.yaml",
            "vallée¹",
            "vallée²",
            f'cyclists-share: excerpt: "18 % des cyclistes de la vallée²" {NOT_THERE}',
        ),
        (
            "method.yaml",
            "excerpt: Carnet de la vallée, mars 2030",
            "excerpt: la vallée",
            "carnet-reference: excerpt: stands at 3:50 and 5:127 and 7:66 and 18:32",
        ),
    ],
)
def test_what_is_not_in_the_release_is_not_sealed(
    folder: Path, file: str, old: str, new: str, fault: str
) -> None:
    before = (folder / "fingerprint.yaml").read_bytes()
    edit(folder, file, old, new)
    found = run_here("seal", str(folder / "communique.txt"), "--data", str(folder))
    assert (found.code, found.out) == (2, "")
    assert fault in found.err
    assert (folder / "fingerprint.yaml").read_bytes() == before


def test_what_stands_twice_needs_a_word_more(folder: Path) -> None:
    line = edit(folder, "levers.yaml", "excerpt: Prêter les outils rares", "excerpt: d'un bourg")
    found = run_here("seal", str(folder / "communique.txt"), "--data", str(folder))
    assert (
        "tool-lending: excerpt: stands at 7:208 and 13:27 of the release: one more word would do\n"
    ) in found.err
    assert line


def test_what_is_descriptive_is_not_looked_up(folder: Path) -> None:
    edit(
        folder,
        "organisations.yaml",
        "name: Ligue des Bourgs",
        "name: La ligue\n  name_is_descriptive: true",
    )
    assert run_here("seal", str(folder / "communique.txt"), "--data", str(folder)).code == 0


def test_a_folder_that_is_not_sealed(folder: Path) -> None:
    (folder / "fingerprint.yaml").unlink()
    hint = (
        f"essfacts: {folder} has no fingerprint.yaml: "
        f"first run essfacts seal RELEASE --data {folder}\n"
    )
    assert run_here("verify", str(folder / "communique.txt"), "--data", str(folder)) == (
        2,
        "",
        hint,
    )
    alone = run_here("verify", "--data", str(folder), "--lang", "en")
    assert (alone.code, alone.err) == (0, hint)
    assert alone.out.startswith("No copy was read. The dataset: 24 claims and 3 computed stats")
    assert run_here("stats", "--data", str(folder)).err == ""


def test_only_seal_and_verify_read_the_fingerprint(folder: Path) -> None:
    (folder / "fingerprint.yaml").write_text("[", "utf-8")
    assert run_here("claims", "--data", str(folder)).code == 0
    assert run_here("verify", "--data", str(folder)).code == 2


def test_the_packaged_dataset_is_sealed_in_a_checkout_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from essfacts.cli import main, verifying

    monkeypatch.setattr(verifying, "default_folder", lambda: tmp_path)
    monkeypatch.delenv("ESSFACTS_DATA", raising=False)
    assert main(["seal", str(FOLDER / "communique.txt")]) == 2
    assert "is sealed in a checkout alone: name a folder with --data" in capsys.readouterr().err


def test_a_copy_that_is_not_there(folder: Path) -> None:
    found = run_here("verify", str(folder / "none.txt"), "--data", str(folder))
    assert (found.code, found.out) == (2, "")
    assert "can't read" in found.err


def test_remarks_on_a_copy_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from essfacts import copies
    from essfacts.cli import main
    from essfacts.language import message

    def read(path: str) -> SimpleNamespace:
        text, notes = Path(path).read_text("utf-8"), (message("no-content"),)
        return SimpleNamespace(text=text, position=lambda at: (1, at), notes=notes)

    monkeypatch.setattr(copies, "open_copy", read)
    assert main(["verify", str(FOLDER / "communique.txt"), "--data", str(FOLDER)]) == 0
    assert "is empty" in capsys.readouterr().err


def test_commands_to_paste_are_quoted_for_the_shell(folder: Path) -> None:
    odd = Path(shutil.copytree(folder, folder.parent / "a b;c"))
    copy = odd / "d e;f.txt"
    copy.write_text(exchange(MADE_UP, ("Prêter les", "Jeter les")), "utf-8")
    said = run_here("levers", "--data", str(odd), "--copy", str(copy)).err
    assert f"essfacts verify '{copy}'\n" in said
    (odd / "fingerprint.yaml").unlink()
    said = run_here("verify", str(copy), "--data", str(odd)).err
    assert f"essfacts seal RELEASE --data '{odd}'\n" in said


@pytest.mark.slow
@pytest.mark.parametrize(
    "typed", ["verify -", "check -", "seal -", "levers --copy -", "show -", "cite -"]
)
@pytest.mark.parametrize(("given", "said"), [("<&-", "it is closed"), ("</dev/null", "is empty")])
def test_an_input_that_gives_nothing_is_said_in_one_line(typed: str, given: str, said: str) -> None:
    command = f'exec "$@" {given}'
    words = [*PROGRAM, *typed.split(), "--data", str(FOLDER)]
    done = run_process(["/bin/sh", "-c", command, "sh", *words], environment())
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "standard input" in done.err
    assert said in done.err
