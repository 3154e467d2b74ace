"""What a dataset keeps of the release: words in canonical form, hashes, passages, comparison."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essfacts.dataset import read_fingerprint
from essfacts.errors import DatasetError, RequestError
from essfacts.fingerprint import Fingerprint, digest, match_text, read_words, restore, take
from essfacts.model import Sealed
from essfacts.reading import Reading

if TYPE_CHECKING:
    from pathlib import Path

    from essfacts import Dataset

TEXT = """Le vélo pour tous

Les ateliers réparent 1 250 vélos et 14 %¹ des remorques. Ils prêtent M. Petit aux bourgs ; \
il pédale vite.

Deux pistes :

- Ouvrir tôt ;
- Fermer tard.

¹ Cercle, Carnet <https://exemple.invalid/carnet-de-route>

« Je roule. Je répare. », dit Zoé Roue.
"""


def hashes(text: str) -> list[int]:
    return list(read_words(text).hashes)


def words(text: str) -> list[str]:
    found = read_words(text)
    return [found.word(place) for place in range(len(found.starts))]


@pytest.mark.parametrize(
    ("typed", "otherwise"),
    [
        ("éco-organismes", "éco-\n> organismes"),
        ("éco-organismes", "éco\\-organismes"),
        ("territoires", "terri\u00adtoires"),
        ("territoires", "terri\u00ad\n  toires"),
        ("territoires", "TERRI-\r\nTOIRES"),
        ("élus", "e\u0301lus"),
        ("œuvre", "OEUVRE"),
        ("efficace", "eﬃcace"),
        ("l'élan", "l’élan"),
        ("1 367 vélos", "1\u202f367 vélos"),
        ("1 367 vélos", "1367 vélos"),
        ("1 367 vélos", "1\n367 vélos"),
        ("06 77 56 38 82", "06.77.56.38.82"),
        ("06 77 56 38 82", "06\u00a077-56 38 82"),
        ("10 %", "10%"),
        ("bourg – 10 vélos", "bourg - 10 vélos"),
        ("[le bourg](https://exemple.invalid/a)", "le bourg"),
        ("__le__ **bourg**", "le bourg"),
        ("<https://a.invalid/b-c>", "<https://a.invalid/b-\n   c>"),
        ("<https://a.invalid/b-c>", "https://a.invalid/b-c."),
    ],
)
def test_typography_makes_no_other_word(typed: str, otherwise: str) -> None:
    assert hashes(typed) == hashes(otherwise)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "à"),
        ("1,3 %", "13 %"),
        ("1,3 %", "1,3 ‰"),
        ("1 367", "1 376"),
        ("10 %", "-10 %"),
        ("10 %", "− 10 %"),
        ("10 %", "> 10 %"),
        ("10 %", "10 €"),
        ("06 77 56 38 82", "06 77 56 38 28"),
        ("12:30", "1230"),
        ("B à E", "A à E"),
    ],
)
def test_what_is_said_otherwise_makes_another(one: str, other: str) -> None:
    assert hashes(one) != hashes(other)


def test_a_footnote_mark_is_a_word_of_its_own() -> None:
    assert words("privé¹, 14 %²") == ["privé", "¹", "14", "%", "²"]
    assert words("privé1, [2]") == ["privé", "1", "2"]


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    found = read_words(text)
    assert len(found.hashes) == len(found.starts) == len(found.ends)
    assert all(start < end for start, end in zip(found.starts, found.ends, strict=True))


@given(st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), min_size=1))
def test_words_follow_from_runs(typed: list[str]) -> None:
    assert list(take(" ".join(typed)).hashes) == hashes(" ".join(typed))


def shown(fingerprint: Fingerprint, text: str) -> list[str]:
    """Write the passages of a text out; its marks are no words of them."""
    found = [word for word in words(text) if word != "¹"]
    numbers = range(len(fingerprint.passages))
    return [" ".join(found[place] for place in fingerprint.passage(n)) for n in numbers]


def test_a_release_is_parted_into_passages() -> None:
    fingerprint = take(TEXT)
    assert shown(fingerprint, TEXT) == [
        "Le vélo pour tous",
        "Les ateliers réparent 1 250 vélos et 14 % des remorques",
        "Ils prêtent M Petit aux bourgs il pédale vite",
        "Deux pistes",
        "Ouvrir tôt",
        "Fermer tard",
        "Cercle Carnet <https://exemple.invalid/carnet-de-route>",
        "Je roule Je répare dit Zoé Roue",
    ]
    assert fingerprint.paragraphs == [0, 1, 1, 2, 2, 2, 3, 4]
    assert fingerprint.marks == {12: "1"}
    assert fingerprint.notes == {29: "1"}
    assert fingerprint.addresses == {31}


def test_words_are_found_whatever_their_typography() -> None:
    fingerprint = take(TEXT)
    assert fingerprint.find("1250 VÉLOS") == [range(7, 9)]
    assert fingerprint.find("14 %¹") == [range(10, 12)]
    assert fingerprint.find("14 %²") == []
    assert fingerprint.find("1 250¹") == []
    assert fingerprint.find("je") == [range(32, 33), range(34, 35)]
    assert fingerprint.find("") == []


def judged(text: str) -> list[tuple[int, list[tuple[list[int], list[str]]]]]:
    """Give the passages found, each with what is gone and what is put."""
    reading = Reading(take(TEXT), text)
    return [
        (
            number,
            [
                (list(damage.gone), [reading.words.word(place) for place in damage.put])
                for damage in damages
            ],
        )
        for number, _, damages in reading.occurrences
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ils prêtent M. Petit aux bourgs ; il pédale vite.", [(2, [])]),
        ("Ils prêtent M. Petit aux bourgs ; il pédale lentement.", [(2, [([22], ["lentement"])])]),
        ("Ils prêtent M. Petit aux bourgs ; il ne pédale vite.", [(2, [([], ["ne"])])]),
        ("Ils prêtent M. Petit aux bourgs ; il pédale très vite", [(2, [([], ["très"])])]),
        (
            "On dit : Ils prêtent M. Petit aux bourgs ; il pédale vite.",
            [(2, [([], ["On", "dit"])])],
        ),
        ("Vite ! Ils prêtent M. Petit aux bourgs ; il pédale vite. Oui.", [(2, [])]),
        ("Ils prêtent M. Petit aux bourgs, dit-on", [(2, [([20, 21, 22], ["dit-on"])])]),
        ("Ils prêtent", []),
    ],
)
def test_a_passage_is_compared_word_by_word(text: str, found: list[object]) -> None:
    assert judged(text) == found


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("réparent 1 250 vélos", [6, 7, 8]),
        ("ateliers réparent 1 250 gros vélos et 14 %", [5, 6, 7, -1, 8, 9, 10, 11]),
        ("14 % des remorques. Ils prêtent M.", [*range(10, 17)]),
        ("ateliers réparent, réparent 1 250 vélos", [5, -1, 6, 7, 8]),
        ("réparent 1 250 vélos, 1 250 vélos et 14 %", [6, 7, 8, -1, -1, 9, 10, 11]),
        ("tout à fait autre chose", [-1] * 5),
    ],
)
def test_a_fragment_is_matched_too(text: str, places: list[int]) -> None:
    """What somebody quotes is cut, altered or joined."""
    assert list(match_text(take(TEXT), text)[1]) == places


def test_what_stands_twice_goes_on_from_what_was_matched_before() -> None:
    release = take("Les vélos de la vallée roulent. Les bourgs de la vallée dorment.")
    text = "Les vélos bleus de la vallée tournent. Les bourgs gris de la vallée rêvent."
    matches = [0, 1, -1, 2, 3, 4, -1, 6, 7, -1, 8, 9, 10, -1]
    assert list(match_text(release, text)[1]) == matches


def test_three_words_tell_where_a_common_run_stands() -> None:
    text = (
        "Les vélos de la vallée roulent. Les bourgs de la vallée dorment. "
        "Rien de la vallée ne vaut."
    )
    reading = Reading(take(text), "Les bourgs de la vallée dorment. Tout de la vallée ne vaut.")
    assert [number for number, _, _ in reading.occurrences] == [1, 2]


# The file.


def sealed(*records: str, release: str = "00000001 . 00000002 / 0000001f /") -> Sealed:
    return Sealed(release=(release,), records=records)


def test_a_file_is_read() -> None:
    release = "00000001 ^1 . =2 00000002 @ / 0000001f /"
    fingerprint = restore(sealed("a 00000000 0 2", "b 00000000", release=release))
    assert len(fingerprint.hashes) == 3
    assert fingerprint.passages == [1, 2, 3]
    assert fingerprint.paragraphs == [0, 0, 1]
    assert fingerprint.excerpts == {"a": range(2)}
    assert fingerprint.digests == {"a": "00000000", "b": "00000000"}
    assert (fingerprint.marks, fingerprint.notes) == ({1: "1"}, {1: "2"})
    assert fingerprint.addresses == {1}


@pytest.mark.parametrize(
    "release", ["", "00000001", "00000001 . 00000002", "/", ". 00000001 /", "1 . / 2 /", "x /"]
)
def test_words_that_are_damaged_are_refused(release: str) -> None:
    with pytest.raises(ValueError, match=r"^$|invalid literal"):
        restore(sealed(release=release))


@pytest.mark.parametrize("line", ["a 0 0 4", "a 0 2 2", "a 0 -1 2", "a", "", "a 0 1 2 1 1"])
def test_records_that_are_damaged_are_refused(line: str) -> None:
    with pytest.raises((ValueError, TypeError, IndexError)):
        restore(sealed(line))


def test_a_folder_without_it_is_told_to_be_sealed(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"has no fingerprint\.yaml: first run essfacts seal"):
        read_fingerprint(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("release: []\nrecords: []\n", r"fingerprint\.yaml: is damaged: run essfacts seal again"),
        ("release: [0\n", "not YAML"),
        ("release: []\nsentences: []\n", 'no field "sentences"'),
        ("", "is empty"),
    ],
)
def test_a_file_with_faults_names_them(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "fingerprint.yaml").write_text(text, "utf-8")
    with pytest.raises(DatasetError, match=message):
        read_fingerprint(tmp_path)


def test_a_digest_changes_with_what_a_record_says(made_up: Dataset) -> None:
    claim = made_up.claims[0]
    assert digest(claim) == digest(replace(claim, line=999))
    assert digest(claim) != digest(replace(claim, excerpt="une trentaine"))
    assert digest(claim) != digest(replace(claim, topics=()))
    assert len(digest(claim)) == 8


@pytest.mark.parametrize("sign", ["<", "=", "-", "−"])
def test_a_run_of_signs_takes_no_square(sign: str) -> None:
    """What is quadratic takes hours on a megabyte."""
    assert words(f"avant {sign * 2**20} après") == words("avant après")
