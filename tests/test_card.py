"""Cards: all about one record, as the release has it."""

from __future__ import annotations

import pytest

from essfacts import load
from essfacts.card import card

DATASET = load()


def rows(id: str, language: str = "en") -> dict[str, list[str]]:
    """Give the rows of a card: a label may come more than once."""
    labelled: dict[str, list[str]] = {}
    for label, value in card(DATASET.by_id[id], DATASET, language, "figure of {}".format):
        labelled.setdefault(label, []).append(value)
    return labelled


def test_a_stat_says_its_figure_excerpt_section_and_source() -> None:
    shown = rows("private-employment-share", "fr")
    assert shown["id"] == ["private-employment-share"]
    assert shown["genre"] == ["chiffre"]
    assert shown["chiffre"] == ["figure of private-employment-share"]
    assert shown["unité"] == ["pour cent"]
    assert shown["écrit"] == ["« 14 % »"]
    assert shown["extrait"] == ["« 14 % des emplois du secteur privé¹ »"]
    assert shown["partie"] == ["2e paragraphe"]
    assert shown["source"] == ["ESS France, Panorama de l'ESS, mai 2022 (ess-france-panorama)"]
    assert shown["adresse"] == [
        "https://www.ess-france.org/panorama-de-l-ess-ce-que-l-ess-apporte-a-la-societe"
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_card_holds_the_text_in_both_languages(language: str) -> None:
    text = DATASET.quotes[0].text
    values = [value for values in rows("genter-commitment", language).values() for value in values]
    assert text.fr in values
    assert text.en in values


def test_a_quote_gives_both_offices_and_marks_the_translation() -> None:
    french = rows("lutrot-new-lever", "fr")
    assert french["fonctions"] == [
        "première vice-présidente, Intercommunalités de France ; "
        "présidente de la communauté d'agglomération, Caux Seine Agglo"
    ]
    shown = rows("lutrot-new-lever")
    assert shown["speaker"] == ["Virginie Lutrot"]
    assert shown["quotation"][0].startswith("« Engagées dans le programme")
    assert " [...] " in shown["quotation"][0]
    assert shown["translation"][0].endswith("(translation by essfacts)")
    assert " [...] " in shown["translation"][0]


def test_a_computed_stat_gives_its_formula_and_its_inputs_values() -> None:
    shown = rows("employment-weight-ratio")
    assert shown["kind"] == ["stat (computed)"]
    assert shown["formula"] == ["private-employment-share ÷ industrial-employment-share"]
    assert shown["worked out from"] == [
        "private-employment-share = figure of private-employment-share",
        "industrial-employment-share = figure of industrial-employment-share",
    ]
    # It stands nowhere in the release, and rests on what both footnotes vouch for.
    assert "excerpt" not in shown
    assert "section" not in shown
    assert [source.split("(")[-1] for source in shown["source"]] == [
        "ess-france-panorama)",
        "insee-ess-france)",
    ]


@pytest.mark.parametrize(
    ("id", "date"),
    [
        ("ess-definition", "2014"),
        ("industry-workshops", "April 2024"),
        ("regions-workshop", "31 May 2024"),
    ],
)
def test_a_date_keeps_its_precision(id: str, date: str) -> None:
    assert rows(id)["date"] == [date]


def test_related_claims_share_a_source_a_topic_or_an_organisation() -> None:
    related = dict(row.rstrip(")").split(" (") for row in rows("gdp-share")["related"])
    # The same footnote vouches for it; it is no relation of itself.
    assert related["private-employment-share"] == "same source"
    assert "gdp-share" not in related
    reasons = {"same source", "same topic", "same organisation"}
    for claim in DATASET.claims:
        shown = rows(claim.id).get("related", [])
        assert len(shown) <= 6
        assert {row.rstrip(")").split(" (")[1] for row in shown} <= reasons


def test_an_organisation_leads_to_its_people_sources_and_claims() -> None:
    shown = rows("caux-seine-agglo")
    assert shown["name"] == ["Caux Seine Agglo"]
    assert shown["people"] == ["Virginie Lutrot"]
    assert "intercommunalites-profile" in rows("intercommunalites")["sources"][0].split(", ")
    assert rows("valo")["claims"][0].split(", ")[0] == "valo-tender"


def test_a_person_has_offices_and_claims_and_a_press_contact_an_address() -> None:
    assert rows("carole-delga")["claims"] == ["delga-key-role"]
    assert "email" not in rows("carole-delga")
    contact = rows("yoann-jacquet")
    assert contact["email"] == ["y.jacquet@intercommunalites.fr"]
    assert contact["phone"] == ["06 71 50 65 88"]


def test_a_source_lists_what_it_vouches_for() -> None:
    shown = rows("ess-france-panorama")
    # The first footnote stands on these two figures.
    assert shown["claims"][0].startswith("gdp-share, private-employment-share")
    assert shown["date"] == ["May 2022"]
    assert shown["producer"] == ["ESS France"]


def test_a_french_card_is_french() -> None:
    assert rows("ess-france-panorama", "fr")["type"] == ["note"]
    assert rows("caux-seine-agglo", "fr")["personnes"] == ["Virginie Lutrot"]


def test_every_record_has_a_card_in_both_languages() -> None:
    named = (*DATASET.organisations, *DATASET.people, *DATASET.sources)
    for record in (*DATASET.claims, *DATASET.computed, *named):
        for language in ("fr", "en"):
            assert all(values and all(values) for values in rows(record.id, language).values()), (
                record.id
            )
