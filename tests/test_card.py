"""Cards: all about one record, what matters most first."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from essfacts import load
from essfacts.export import Export, with_wording
from essfacts.language import lexicon
from essfacts.render import Listing
from essfacts.render.card import card, render

if TYPE_CHECKING:
    from essfacts import Dataset

DATASET = load()


def rows(id: str, language: str = "en") -> dict[str, list[str]]:
    """Give the rows of a card: a label may come more than once."""
    labelled: dict[str, list[str]] = {}
    listing = Listing("", (), (), {}, language, DATASET)
    for label, value in card(Export(DATASET.by_id[id], DATASET), listing):
        labelled.setdefault(label, []).append(value)
    return labelled


def ids_of(values: list[str]) -> list[str]:
    """Give the ids that end rows between brackets."""
    return [found[1] for value in values if (found := re.search(r"\(([a-z0-9-]+)\)$", value))]


def test_a_stat_says_its_figure_claim_excerpt_section_and_source() -> None:
    shown = rows("private-employment-share", "fr")
    assert [*shown][:6] == ["figure", "text", "excerpt", "section", "source", "url"]
    assert [*shown][-1] == "id"
    assert shown["id"] == ["private-employment-share"]
    assert shown["kind"] == ["chiffre"]
    assert shown["figure"] == ["moy. 14 %"]
    assert shown["counts"] == ["part de l'ESS dans les emplois du secteur privé (pour cent)"]
    assert shown["written"] == ["« 14 % »"]
    assert shown["excerpt"] == ["« 14 % des emplois du secteur privé¹ »"]
    assert shown["section"] == ["2e paragraphe"]
    assert shown["source"] == ["ESS France, Panorama de l'ESS, mai 2022 (ess-france-panorama)"]
    assert shown["url"] == [
        "https://www.ess-france.org/panorama-de-l-ess-ce-que-l-ess-apporte-a-la-societe"
    ]
    assert shown["cite"][0].startswith("Les entreprises du secteur de l'ESS comptent en moyenne")
    assert shown["cite"][1] == "essfacts cite private-employment-share"


@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr")])
def test_a_card_holds_the_text_in_both_languages(language: str, other: str) -> None:
    shown = rows("gdp-share", language)
    text = DATASET.stats[0].text
    assert shown["text"] == [getattr(text, language)]
    assert shown[f"text_{other}"] == [getattr(text, other)]


def test_a_quote_begins_with_its_words_gives_both_offices_and_marks_the_translation() -> None:
    french = rows("lutrot-new-lever", "fr")
    assert [*french][:2] == ["words", "speaker"]
    assert french["speaker"] == [
        "Virginie Lutrot, première vice-présidente, Intercommunalités de France ; "
        "présidente de la communauté d'agglomération, Caux Seine Agglo"
    ]
    shown = rows("lutrot-new-lever")
    assert shown["words"][0].startswith("« Engagées dans le programme")
    assert " [...] " in shown["words"][0]
    assert shown["translation"][0].endswith("(translation by essfacts)")
    assert " [...] " in shown["translation"][0]
    assert {"text_fr", "text_en"} <= {*shown}


def test_a_computed_stat_gives_its_formula_and_its_inputs_values() -> None:
    shown = rows("employment-weight-ratio")
    assert shown["kind"] == ["stat (computed)"]
    assert shown["formula"] == ["private-employment-share ÷ industrial-employment-share"]
    assert shown["inputs"] == [
        "avg. 14%, ESS share of private-sector jobs (private-employment-share)",
        "1.3%, ESS share of industrial employment (industrial-employment-share)",
    ]
    # It stands nowhere in the release, and rests on what both footnotes vouch for.
    assert "excerpt" not in shown
    assert "section" not in shown
    assert ids_of(shown["source"]) == ["ess-france-panorama", "insee-ess-france"]


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


def test_a_topic_relates_more_than_a_source() -> None:
    related = ids_of(rows("gdp-share")["related"])
    # Both share its one topic; the same footnote vouches for the share of private employment.
    assert {*related[:2]} == {"answers-challenges", "panorama-reference"}
    assert related[2] == "private-employment-share"


@pytest.mark.parametrize("claim", DATASET.claims, ids=lambda claim: claim.id)
def test_no_claim_is_a_relation_of_itself(claim: object) -> None:
    id = getattr(claim, "id", "")
    related = ids_of(rows(id).get("related", []))
    assert len(related) <= 4
    assert id not in related


def test_relations_are_called_by_their_titles() -> None:
    assert "Talent recruitment (talent-recruitment)" in rows("employment-weight-ratio")["related"]
    assert "Carole Delga (delga-key-role)" in rows("regions")["claims"] + [
        row for claim in DATASET.claims for row in rows(claim.id).get("related", [])
    ]


def test_one_topic_tells_more_than_an_organisation_and_a_source(made_up: Dataset) -> None:
    shares: dict[str, dict[str, Any]] = {
        "asked": {"topics": ("repair",), "organisations": ("union",), "sources": ("carnet",)},
        "same-voice": {"topics": (), "organisations": ("union",), "sources": ("carnet",)},
        "same-subject": {"topics": ("repair",), "organisations": (), "sources": ()},
        "unrelated": {"topics": ("crafts",), "organisations": ("ligue",), "sources": ()},
    }
    base = made_up.of_kind("effect")[0]
    claims = tuple(replace(base, id=id, **fields) for id, fields in shares.items())
    dataset = replace(made_up, claims=claims, computed=())
    related = [
        value
        for label, value in card(Export(claims[0], dataset), Listing("", (), (), {}, "en", dataset))
        if label == "related"
    ]
    assert ids_of(related) == ["same-subject", "same-voice"]


def test_an_organisation_leads_to_its_people_sources_and_claims() -> None:
    shown = rows("caux-seine-agglo")
    assert shown["name"] == ["Caux Seine Agglo"]
    assert shown["people"] == ["Virginie Lutrot (virginie-lutrot)"]
    assert "intercommunalites-profile" in rows("intercommunalites")["sources"][0].split(", ")
    assert ids_of(rows("valo")["claims"])[0] == "valo-tender"
    # A press contact is no one whom an organisation leads to.
    assert "people" not in rows("caisse-des-depots")
    assert not any("@" in value for values in rows("regions").values() for value in values)


def test_a_person_comes_with_her_quotation_and_a_press_contact_with_an_address() -> None:
    shown = rows("carole-delga")
    assert shown["words"][0].startswith("« Face aux multiples défis")
    assert ids_of(shown["claims"]) == ["delga-key-role"]
    assert "email" not in shown
    contact = rows("yoann-jacquet")
    assert contact["email"] == ["y.jacquet@intercommunalites.fr"]
    assert contact["phone"] == ["06 71 50 65 88"]


def test_a_source_lists_what_it_vouches_for() -> None:
    shown = rows("ess-france-panorama")
    # The first footnote stands on these two figures.
    assert ids_of(shown["claims"])[:2] == ["gdp-share", "private-employment-share"]
    assert shown["date_published"] == ["May 2022"]
    assert shown["producer"] == ["ESS France"]
    assert rows("ess-france-panorama", "fr")["type"] == ["note"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_record_has_a_card(language: str) -> None:
    named = (*DATASET.organisations, *DATASET.people, *DATASET.sources)
    for record in (*DATASET.claims, *DATASET.computed, *named):
        shown = rows(record.id, language)
        assert {*shown} <= {*lexicon("words")}
        assert all(values and all(values) for values in shown.values()), record.id


def test_a_terminal_labels_rows_of_one_sort_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    stream = io.StringIO()
    stat = Export(DATASET.by_id["employment-weight-ratio"], DATASET)
    render(Listing("", [stat], (), {}, "en", DATASET), stream)
    assert stream.getvalue().count("worked out from") == 1
    assert stream.getvalue().count("essfacts cite employment-weight-ratio") == 1


@pytest.mark.parametrize(
    ("id", "label", "values"),
    [
        ("economic-cooperation", "topics", ["Economic cooperation, Industry"]),
        ("regions", "sources", ["release, study"]),
        ("ess-france-panorama", "aliases", ["panorama, note 1"]),
        ("ess-france-panorama", "id", ["ess-france-panorama"]),
        ("gdp-share", "written", ["« 10 % »"]),
        (
            "ess-france-panorama",
            "name",
            ["Panorama de l'ESS (overview of the social and solidarity economy)"],
        ),
        (
            "ess-france-panorama",
            "url",
            ["https://www.ess-france.org/panorama-de-l-ess-ce-que-l-ess-apporte-a-la-societe"],
        ),
    ],
)
def test_a_row_has_its_values_between_commas(id: str, label: str, values: list[str]) -> None:
    assert rows(id)[label] == values


def printed(*ids: str, language: str = "en") -> str:
    stream = io.StringIO()
    records = [Export(DATASET.by_id[id], DATASET) for id in ids]
    render(Listing("", records, (), {}, language, DATASET), stream)
    return stream.getvalue()


def test_cards_stand_apart_by_a_blank_line() -> None:
    one, other = printed("gdp-share").rstrip(), printed("regions").rstrip()
    assert printed("gdp-share", "regions") == f"{one}\n\n{other}\n"
    assert "" not in one.split("\n")
    assert printed("gdp-share", language="fr").startswith("chiffre : moy. 10 %\n")


def test_a_terminal_shows_what_matters_most_in_a_style_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    stat = printed("gdp-share")
    assert "\x1b[1;7mavg. 10%" in stat
    assert re.search(r"\x1b\[1m[^\x1b]*\bGDP\b", stat)
    assert re.search(r"\x1b\[2m[^\x1b]*gdp-share\x1b", stat)
    assert "\x1b[1mCarole Delga" in printed("carole-delga")


def test_four_claims_at_most_are_related() -> None:
    assert max(len(rows(claim.id).get("related", ())) for claim in DATASET.claims) == 4


def test_who_is_named_shows_other_names() -> None:
    named: tuple[Any, ...] = (*DATASET.organisations, *DATASET.people, *DATASET.sources)
    for record in named:
        assert rows(record.id).get("aliases", [""]) == [", ".join(record.aliases)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_who_is_named_shows_a_name_and_what_tells_who_that_is(language: str) -> None:
    for body in DATASET.organisations:
        shown = rows(body.id, language)
        assert shown["name"] == [body.name]
        assert shown["description"] == [getattr(body.description, language)]
    for person in DATASET.people:
        shown = rows(person.id, language)
        assert shown["name"] == [person.name]
        for office in person.offices:
            assert getattr(office.title, language) in shown["offices"][0]


def test_a_card_has_the_whole_sentence_where_a_copy_has_it_and_else_the_excerpt() -> None:
    class Wording(NamedTuple):
        text: str
        line: int

    claim = DATASET.by_id["gdp-share"]
    listing = Listing("", (), (), {}, "en", DATASET)
    found = with_wording(Export(claim, DATASET), {claim.id: Wording("Une phrase.", 7)})
    shown = dict(card(found, listing))
    assert "Une phrase." in shown["wording"]
    assert "excerpt" not in shown
    assert "wording" not in rows(claim.id)
