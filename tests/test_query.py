"""Filters, names and search, over the real dataset and what people type."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from essfacts import load, query
from essfacts.errors import RequestError

DATASET = load()
CLAIMS = DATASET.claims
CLAIMS_BY_ID = {claim.id: claim for claim in CLAIMS}


def kept(of_kind: str | None = None, /, **wanted: str) -> list[str]:
    """Give the ids that filters keep."""
    items = [claim for claim in CLAIMS if of_kind is None or claim.kind == of_kind]
    return [item.id for item in query.select(items, DATASET, wanted)]


def told(text: str, /, **wanted: str) -> str:
    """Give what is said of a wrong value."""
    with pytest.raises(RequestError) as caught:
        kept(**wanted) if wanted else query.find(text, "id", CLAIMS, DATASET)
    return str(caught.value)


# Filters.


@pytest.mark.parametrize(
    ("kind", "wanted", "ids"),
    [
        ("quote", {"org": "regions"}, ["delga-key-role"]),
        ("quote", {"org": "banque-des-territoires"}, ["genter-commitment"]),
        # A person's office counts: the release names both of each.
        ("quote", {"org": "caux-seine-agglo"}, ["lutrot-new-lever"]),
        ("quote", {"org": "occitanie"}, ["delga-key-role"]),
        ("profile", {"org": "caisse-des-depots"}, ["banque-des-territoires-parent"]),
        ("stat", {"org": "regions"}, ["workshops-with-regions"]),
        # ESS France produced the first note, and half of the second.
        ("stat", {"org": "ess-france"}, ["gdp-share", "private-employment-share",
         "industrial-employment-share", "workshops-with-ess-france"]),
        ("stat", {"topic": "cooperatives"}, ["cooperatives-share"]),
        ("lever", {"topic": "land"}, ["land-strategy"]),
        ("stat", {"section": "collaboration"}, ["territorial-monographs"]),
        ("action", {"section": "lead"}, ["study-published", "study-partnership"]),
        # The first footnote stands on two figures, the second on one.
        ("stat", {"cites": "panorama"}, ["gdp-share", "private-employment-share"]),
        ("stat", {"cites": "note 2"}, ["industrial-employment-share"]),
        ("quote", {"cites": "delga-statement"}, ["delga-key-role"]),
        # Who produced sources names them all.
        ("stat", {"cites": "ESS France"},
         ["gdp-share", "private-employment-share", "industrial-employment-share"]),
        ("stat", {"unit": "fraction"}, ["cooperatives-share", "adapted-enterprises-share"]),
        ("stat", {"unit": "enterprise"}, ["industrial-enterprises"]),
        ("stat", {"min": "1000"}, ["industrial-enterprises", "members-total"]),
        ("stat", {"max": "0,6"}, ["adapted-enterprises-share"]),
        ("stat", {"min": "1.3", "max": "1,3"}, ["industrial-employment-share"]),
        ("stat", {"unit": "percent", "min": "14 %"},
         ["private-employment-share", "members-population-share"]),
        # A bound in a unit is one of figures in that unit, and a share is one however counted.
        ("stat", {"min": "50 %"},
         ["cooperatives-share", "adapted-enterprises-share", "members-population-share"]),
        ("stat", {"min": "60 pour cent", "max": "0,7 part"}, ["cooperatives-share"]),
        ("stat", {"min": "1 000 entreprises"}, ["industrial-enterprises"]),
        ("stat", {"unit": "fraction", "min": "60 %"}, ["cooperatives-share"]),
        ("stat", {"unit": "fraction", "min": "0.6"}, ["cooperatives-share"]),
        ("stat", {"section": "lead", "topic": "interviews", "cites": "release"},
         ["interviews-held"]),
        (None, {"org": "insee", "topic": "industry", "section": "footnotes", "cites": "insee"},
         ["industrial-weight-cross-reference", "industry-definition", "industry-naf-codes"]),
    ],
)  # fmt: skip
def test_filters_keep(kind: str | None, wanted: dict[str, str], ids: list[str]) -> None:
    assert kept(kind, **wanted) == ids


@pytest.mark.parametrize(
    ("filter", "typed"),
    [
        ("org", "Régions"),
        ("org", "RÉGIONS DE FRANCE"),
        ("org", "regions de france"),
        ("org", "Régions de  France"),
        ("org", "Re\u0301gions"),
        ("org", "regio"),
        ("topic", "ÉCOLOGIE"),
        ("topic", "Transition écologique"),
        ("topic", "ecological  transition"),
        ("section", "METHODOLOGY"),
        ("section", "méthodologie"),
        ("section", "meth"),
        ("cites", "panorama de l’ess"),
        ("cites", "Panorama de l'ESS"),
        ("cites", "PANORAMA DE L`ESS"),
        ("unit", "%"),
        ("unit", "pour cent"),
        ("unit", "Percent"),
    ],
)
def test_values_match_however_they_are_typed(filter: str, typed: str) -> None:
    right = {
        "org": "regions",
        "topic": "ecology",
        "section": "methodology",
        "cites": "ess-france-panorama",
        "unit": "percent",
    }
    if typed == "ÉCOLOGIE":
        assert '"' in told("", topic=typed)  # no such name: a suggestion, not a guess
        return
    assert kept(**{filter: typed}) == kept(**{filter: right[filter]}) != []


@pytest.mark.parametrize(
    ("filter", "typed", "said"),
    [
        ("org", "regoins", 'no organisation "regoins": did you mean "regions"?'),
        ("topic", "financng", 'no topic "financng": did you mean "financing"?'),
        ("section", "metodology", 'no section "metodology": did you mean "methodology"?'),
        ("cites", "panorma", 'no source "panorma": did you mean "panorama"?'),
        ("unit", "percnt", 'no unit "percnt": did you mean "percent"?'),
        ("min", "many", '--min takes a number such as 10 or 1.3, not "many"'),
        ("max", "nan", '--max takes a number such as 10 or 1.3, not "nan"'),
        ("max", "1e999", '--max takes a number such as 10 or 1.3, not "1e999"'),
        ("min", "", '--min takes a number such as 10 or 1.3, not ""'),
        ("min", "5 percnt", 'no unit "percnt": did you mean "percent"?'),
    ],
)
def test_a_wrong_value_names_the_nearest_right_one(filter: str, typed: str, said: str) -> None:
    assert told("", **{filter: typed}) == said


@pytest.mark.parametrize("filter", sorted(query.FILTERS))
@pytest.mark.parametrize("typed", ["", " ", "\x1b[31m", "é" * 5_000, "\u202e", "%", "*"])
def test_odd_values_are_requests_at_fault(filter: str, typed: str) -> None:
    if (filter, typed) != ("unit", "%"):
        assert "\x1b" not in told("", **{filter: typed})


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("10", 10),
        ("1.3", 1.3),
        ("1,3", 1.3),
        ("1,3 %", 1.3),
        ("1 367", 1367),
        ("1\u202f367", 1367),
        ("1,367", 1367),
        ("1,367.5", 1367.5),
        ("0,125", 0.125),
        ("-2", -2),
    ],
)
def test_numbers_are_read_as_both_languages_write_them(typed: str, number: float) -> None:
    assert query.number(typed, "--min") == number


def test_computed_stats_answer_for_what_they_rest_on() -> None:
    def ids(**wanted: str) -> list[str]:
        return [item.id for item in query.select(DATASET.computed, DATASET, wanted)]

    assert ids(cites="panorama") == ["employment-weight-ratio"]
    assert ids(cites="insee") == ["employment-weight-ratio"]
    # 1,367 enterprises, two in three of them, and 17 + 205 + 11 + 10 + 720 members.
    assert ids(min="911", max="912") == ["industrial-cooperatives"]
    assert ids(min="963", max="963") == ["members-by-category"]
    assert ids(org="regions") == ["workshops-by-participants"]
    assert ids(section="figures") == []


def test_shares_in_another_unit_are_known() -> None:
    def others(**wanted: str) -> list[str]:
        return query.other_shares(DATASET.stats, DATASET, wanted)

    assert others(unit="%") == ["fraction", "fraction"]
    assert others(unit="%", min="60") == ["fraction"]
    assert others(unit="%", min="70") == others(unit="enterprises") == others(min="10") == []
    assert others(unit="fraction") == ["percent"] * 4


def test_nothing_left_names_the_filter_to_loosen() -> None:
    stats = DATASET.stats
    wanted = {"unit": "percent", "min": "1000"}
    assert str(query.nothing_left(stats, DATASET, wanted)) == (
        'nothing is left: without --min "1000", 4 would be'
    )
    levers = DATASET.of_kind("lever")
    wanted = {"org": "insee", "topic": "workshops"}
    assert str(query.nothing_left(levers, DATASET, wanted)) == (
        "nothing is left: loosen more than one of --org, --topic"
    )


# One notion of an id.


def find(value: str) -> list[str]:
    records = (*CLAIMS, *DATASET.organisations, *DATASET.people, *DATASET.sources)
    return [record.id for record in query.find(value, "id", records, DATASET)]


def test_a_unique_beginning_is_enough_and_a_whole_id_outweighs_it() -> None:
    assert find("gdp") == ["gdp-share"]
    assert find("GDP-Sh") == ["gdp-share"]
    assert find("carole") == ["carole-delga"]
    assert find("Carole Delga") == ["carole-delga"]
    # Twelve claims and a source begin so.
    assert find("banque-des-territoires") == ["banque-des-territoires"]
    assert find("regions") == ["regions"]


def test_an_id_outweighs_a_name_that_another_record_has() -> None:
    first, second = DATASET.organisations[:2]
    namesake = replace(second, aliases=(first.id,))
    assert query.find(first.id, "organisation", (namesake, first), DATASET) == [first]


def test_an_ambiguous_beginning_lists_the_ids() -> None:
    said = told("workshops")
    assert said.startswith('several begin with "workshops": workshops-held, ')
    assert all(id in said for id in ("workshops-with-industry", "workshops-with-ess-france"))


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("gpd-share", "gdp-share"),
        ("delga-key-rol-", "delga-key-role"),
        ("cooperative-share", "cooperatives-share"),
        ("membres-metropoles", "members-metropoles"),
    ],
)
def test_a_wrong_id_gets_the_nearest(typed: str, near: str) -> None:
    assert told(typed) == f'no id "{typed}": did you mean "{near}"?'


def test_a_word_from_nowhere_gets_no_bad_suggestion() -> None:
    assert told("xyz") == 'no id "xyz"'


# Sorting.


@pytest.mark.parametrize(
    ("values", "order"),
    [
        ([["ouest"], ["Est"], ["Nord", "est"]], [2, 3, 1]),
        ([[{"id": "b"}], [{"id": "a"}, {"id": "c"}], [{"id": "a"}]], [3, 2, 1]),
        ([[{"title": {}, "organisation": {"id": id}}] for id in ("ligue", "union", "Amis")],
         [3, 1, 2]),
    ],
)  # fmt: skip
def test_lists_are_sorted_by_their_words_or_ids(values: list[Any], order: list[int]) -> None:
    records = [{"n": number, "field": value} for number, value in enumerate(values, 1)]
    ordered = query.sort(records, "field", {"field": "field"}, "fr")
    assert [record["n"] for record in ordered] == order


def test_sorts_by_text_number_and_list_and_keeps_what_lacks_the_field_last() -> None:
    def order(field: str) -> list[int]:
        records: list[dict[str, Any]] = [
            {"n": 1, "name": {"fr": "École", "en": "School"}, "value": 10, "topics": ["b"]},
            {"n": 2, "name": {"fr": "eau", "en": "Water"}, "value": None, "topics": []},
            {"n": 3, "name": {"fr": "Été", "en": "Air"}, "value": 9.5, "topics": ["a", "c"]},
        ]
        ordered = query.sort(records, field, {n: n for n in ("n", "name", "value", "topics")}, "fr")
        return [record["n"] for record in ordered]

    assert order("name") == [2, 1, 3]
    assert order("-name") == [3, 1, 2]
    assert order("value") == [3, 1, 2]
    assert order("-VALUE") == [1, 3, 2]
    assert order("topics") == [2, 3, 1]
    with pytest.raises(RequestError, match='no field "valeu": did you mean "value"'):
        order("valeu")
