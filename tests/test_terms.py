"""Terms: what two people would take for the same word or the same number is one term."""

from __future__ import annotations

import pytest

from essfacts.terms import family, one_slip, parts, row, stem


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("reseaux", "reseau"),
        ("locaux", "local"),
        ("travaux", "travail"),
        ("bodies", "body"),
        ("emplois", "emploi"),
        ("adaptee", "adapte"),
        ("adaptees", "adapte"),
        ("organization", "organisation"),
        ("access", "access"),
        ("gaz", "gaz"),
        ("bus", "bus"),
        ("eaux", "eau"),
        ("taux", "tau"),
        ("canaux", "canal"),
        ("pies", "pie"),
        ("series", "sery"),
        ("idees", "idee"),
        ("lycees", "lyce"),
        ("musee", "muse"),
        ("prix", "pri"),
        ("stress", "stress"),
    ],
)
def test_a_stem_is_what_plural_and_singular_share(word: str, expected: str) -> None:
    assert stem(word) == expected


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("L'emploi industriel¹ des Régions", "emploi industriel region"),
        ("1 367 entreprises, dont 1,3 % en 2024", "1367 entreprise dont 1.3 % 2024"),
        ("près d'une entreprise adaptée sur deux", "0.5 entreprise adapte"),
        ("les deux tiers des coopératives", "0.666666666667 cooperative"),
        ("deux entreprises sur trois", "0.666666666667 entreprise"),
        ("trente-sept implantations", "37 implantation"),
        ("two hundred and five members", "205 member"),
        ("2/3 ou 1 sur 2", "0.666666666667 0.5"),
        ("le 31/05/2024, le 31.5.2024", "2024-05-31 2024-05-31"),
        ("en 05/2024, depuis 2018", "2024-05 depui 2018"),
        ("1/0", "1/0"),
        ("1.234.567 euros", "1234567 euro"),
        ("third sector", "third sector"),
        ("dans le Grand Est, l'ESS est", "grand est. ess"),
        ("co\u0301ope\u0301rer", "cooperer"),
    ],
)
def test_a_text_is_a_row_of_terms(text: str, terms: str) -> None:
    assert " ".join(row(text)) == terms


def test_a_number_of_another_language_is_a_word() -> None:
    assert row("firms seize it", "en") == ("firm", "seise")
    assert row("firms seize it") == ("firm", "16")


def test_parts_stand_where_the_text_has_them() -> None:
    text = "Près de la moitié des œuvres, et 1,367 ateliers"
    assert [text[part.start : part.end] for part in parts(text)] == [
        *("moitié", "œuvres", "1,367", "ateliers")
    ]
    # What may be thousands in English may be a decimal mark in French.
    assert [part.terms for part in parts("1,367")] == [("1367", "1.367")]


@pytest.mark.parametrize(
    ("term", "is_known", "expected"),
    [
        ("industrie", True, {"industriel"}),
        ("coop", False, {"cooperation", "cooperative"}),
        ("coop", True, set()),
        ("cooperative", True, {"cooperation"}),
        ("colloque", True, set()),
        ("co", False, set()),
        ("2024-05", False, {"2024-05-31"}),
        ("20", False, set()),
        ("2024-05-30", False, set()),
        ("collectif", False, {"collectivites"}),
        ("industr", True, {"industriel"}),
    ],
)
def test_a_family_shares_most_of_its_letters(
    term: str, is_known: object, expected: set[str]
) -> None:
    words = "2024-05-31 cooperation cooperative collectivites industriel ind 2018".split()
    vocabulary = {*words, term} if is_known else {*words}
    assert {*family(term, vocabulary, term)} - {term} == expected


@pytest.mark.parametrize(
    ("word", "known", "is_slip"),
    [
        ("delgua", "delga", True),
        ("delgo", "delga", False),  # a change in five letters
        ("delag", "delga", True),
        ("foncire", "fonciere", True),
        ("fonsiere", "fonciere", True),
        ("soft", "sofas", False),
        ("outre", "ouvre", False),
        ("nartons", "cartons", False),
        ("fonicree", "fonciere", False),
    ],
)
def test_one_slip_parts_two_words(word: str, known: str, is_slip: object) -> None:
    assert one_slip(word, known) is is_slip
