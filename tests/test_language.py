"""Small words before French names, and the punctuation of both languages."""

from __future__ import annotations

import pytest

from essfacts.language import joined, listed, lowered, sentences, series


@pytest.mark.parametrize(
    ("small", "noun", "expected"),
    [
        ("de", "Régions de France", "de Régions de France"),
        ("de", "Intercommunalités de France", "d'Intercommunalités de France"),
        ("de", "ESS France", "d'ESS France"),
        ("de", "Éco-organismes", "d'Éco-organismes"),
        ("de", "Œuvres", "d'Œuvres"),
        ("de", "Yvetot", "d'Yvetot"),
        ("de", "Yoann", "de Yoann"),
        ("de", "Onze Communes", "de Onze Communes"),
        ("de", "Hauts-de-France", "de Hauts-de-France"),
        ("de", "le Trésor", "du Trésor"),
        ("de", "les Régions", "des Régions"),
        ("de", "la Banque des Territoires", "de la Banque des Territoires"),
        ("de", "l'INSEE", "de l'INSEE"),
        # An article that belongs to the name stays with it.
        ("de", "Le Havre", "de Le Havre"),
        ("de", "lesquels", "de lesquels"),
        ("à", "le Trésor", "au Trésor"),
        ("à", "les Régions", "aux Régions"),
        ("à", "Intercommunalités de France", "à Intercommunalités de France"),
        ("que", "Intercommunalités de France", "qu'Intercommunalités de France"),
        ("que", "Régions de France", "que Régions de France"),
        ("la", "Assemblée", "l'Assemblée"),
        ("le", "Institut", "l'Institut"),
        ("l'", "INSEE", "l'INSEE"),
        ("la", "Banque", "la Banque"),
        ("la commune", "Arc", "la commune Arc"),
    ],
)
def test_joins_a_small_word_as_french_does(small: str, noun: str, expected: str) -> None:
    assert joined(small, noun, "fr") == expected
    assert joined("of", noun, "en") == f"of {noun}"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("a", "", "b"), "a, b"),
        (("« a »", "b"), "« a », b"),
        (("“a”", "b"), "“a,” b"),
        (("“‘a’ b”", "“‘c’”", "d"), "“‘a’ b,” “‘c,’” d"),
        ((), ""),
    ],
)
def test_lists(parts: tuple[str, ...], expected: str) -> None:
    assert listed(*parts) == expected


def test_ends_sentences() -> None:
    assert sentences("A", "", "B.", "C ?", "« d »", "“e”", "“f.”") == "A. B. C ? « d ». “e.” “f.”"
    assert sentences("A", url="https://e.org/") == "A. https://e.org/"


def test_names_a_series() -> None:
    assert series(["a"], " et ") == "a"
    assert series(["a", "b"], " et ") == "a et b"
    assert series(["a", "b", "c"], " and ", ", and ") == "a, b, and c"


def test_lowers_what_is_no_acronym() -> None:
    assert [lowered(text) for text in ("Bâtir", "ESS-iser", "L'ESS", "")] == [
        "bâtir", "ESS-iser", "l'ESS", ""
    ]  # fmt: skip
