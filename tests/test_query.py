"""Filters, names and search, over the real dataset and what people type."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essfacts import load, query
from essfacts.errors import EssfactsError, NothingFound, RequestError
from essfacts.text import fold

DATASET = load()
CLAIMS = DATASET.claims
CLAIMS_BY_ID = {claim.id: claim for claim in CLAIMS}
PROPERTY = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def kept(kind: str | None = None, **wanted: str) -> list[str]:
    """Give the ids that filters keep."""
    items = [claim for claim in CLAIMS if kind is None or claim.kind == kind]
    return [item.id for item in query.select(items, DATASET, wanted)]


def found(text: str) -> list[str]:
    """Give the ids that a search finds, best first."""
    return [hit.item.id for hit in query.search(CLAIMS, DATASET, text).hits]


def told(text: str, **wanted: str) -> str:
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
        ("stat", {"topic": "cooperatives"}, ["cooperatives-share"]),
        ("lever", {"topic": "land"}, ["land-strategy"]),
        ("stat", {"section": "collaboration"}, ["territorial-monographs"]),
        ("action", {"section": "lead"}, ["study-published", "study-partnership"]),
        # The first footnote stands on two figures, the second on one.
        ("stat", {"cites": "panorama"}, ["gdp-share", "private-employment-share"]),
        ("stat", {"cites": "note 2"}, ["industrial-employment-share"]),
        ("quote", {"cites": "delga-statement"}, ["delga-key-role"]),
        ("stat", {"unit": "fraction"}, ["cooperatives-share", "adapted-enterprises-share"]),
        ("stat", {"unit": "enterprise"}, ["industrial-enterprises"]),
        ("stat", {"min": "1000"}, ["industrial-enterprises", "members-total"]),
        ("stat", {"max": "0,6"}, ["adapted-enterprises-share"]),
        ("stat", {"min": "1.3", "max": "1,3"}, ["industrial-employment-share"]),
        ("stat", {"unit": "percent", "min": "14 %"},
         ["private-employment-share", "members-population-share"]),
        ("stat", {"section": "lead", "topic": "interviews", "cites": "study"}, ["interviews-held"]),
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


def test_a_word_from_nowhere_still_gets_ids() -> None:
    nearest = re.fullmatch(r'no id "xyz": the nearest are (.*)', told("xyz"))
    assert nearest
    assert {*nearest[1].split(", ")} <= {claim.id for claim in CLAIMS}


# Sorting.


def test_sorts_by_text_number_and_list_and_keeps_what_lacks_the_field_last() -> None:
    def order(field: str) -> list[int]:
        records: list[dict[str, Any]] = [
            {"n": 1, "name": {"fr": "École", "en": "School"}, "value": 10, "topics": ["b"]},
            {"n": 2, "name": {"fr": "eau", "en": "Water"}, "value": None, "topics": []},
            {"n": 3, "name": {"fr": "Été", "en": "Air"}, "value": 9.5, "topics": ["a", "c"]},
        ]
        query.sort(records, field, ["n", "name", "value", "topics"], "fr")
        return [record["n"] for record in records]

    assert order("name") == [2, 1, 3]
    assert order("-name") == [3, 1, 2]
    assert order("value") == [3, 1, 2]
    assert order("-VALUE") == [1, 3, 2]
    assert order("topics") == [2, 3, 1]
    with pytest.raises(RequestError, match='no field "valeu": did you mean "value"'):
        order("valeu")


# Search.


@pytest.mark.parametrize("typed", ["1367", "1 367", "1\u00a0367", "1\u202f367", "1,367", "1.367"])
def test_finds_a_number_however_its_thousands_are_parted(typed: str) -> None:
    assert found(typed)[0] == "industrial-enterprises"


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("1.3", "industrial-employment-share"),
        ("1,3", "industrial-employment-share"),
        ("1,3 %", "industrial-employment-share"),
        ("10 % du PIB", "gdp-share"),
        ("14%", "private-employment-share"),
        ("205", "members-communautes-d-agglomeration"),
        ("720 communautés", "members-communautes-de-communes"),
        ("quatre-vingts", "interviews-held"),
        ("05 à 39", "industry-naf-codes"),
        ("31 mai 2024", "regions-workshop"),
    ],
)
def test_finds_figures(typed: str, id: str) -> None:
    assert found(typed)[0] == id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("coopérative", "coopératives"),
        ("réseau", "réseaux"),
        ("local", "locaux"),
        ("travail", "travaux"),
        ("lever", "levers"),
        ("enterprise", "enterprises"),
        ("body", "bodies"),
        ("métropole", "métropoles"),
    ],
)
def test_plural_and_singular_find_alike(one: str, other: str) -> None:
    assert found(one) == found(other) != []


@pytest.mark.parametrize(
    ("elided", "bare"),
    [("l'emploi", "emploi"), ("d’insertion", "insertion"), ("qu'industrie", "industrie")],
)
def test_an_elision_finds_its_noun(elided: str, bare: str) -> None:
    assert found(elided) == found(bare) != []


@pytest.mark.parametrize(
    ("typed", "read_as", "id"),
    [
        ("cooepratives", "coopératives", "cooperatives-share"),  # two letters swapped
        ("métropolse", "métropoles", "members-metropoles"),
        ("coopperatives", "coopératives", "cooperatives-share"),  # one too many
        ("fonciere", None, "land-strategy"),  # no slip: `foncière` itself
        ("entretens", "entretiens", "interviews-held"),  # one too few
        ("cartans", "cartons", "valo-last-kilometre"),  # one for another
        ("locux", "locaux", "land-strategy"),  # in what no stem shows
    ],
)
def test_a_slip_of_the_keyboard_still_finds_and_is_said(
    typed: str, read_as: str | None, id: str
) -> None:
    answer = query.search(CLAIMS, DATASET, typed)
    assert id in [hit.item.id for hit in answer.hits]
    assert list(answer.read_as.values()) == ([read_as] if read_as else [])


def test_a_quoted_phrase_stays_together() -> None:
    apart, together = found("entreprises industrielles"), found('"entreprises industrielles"')
    assert set(apart) > set(together)
    assert "adapted-enterprises-share" in apart
    assert "adapted-enterprises-share" not in together
    assert found("« Entreprises Industrielles »") == together
    assert found("“entreprises industrielles” tiers") == ["cooperatives-share"]
    assert found('"1367 entreprises"') == found('"1 367 entreprises"') == ["industrial-enterprises"]
    with pytest.raises(NothingFound, match="its words stand apart"):
        found('"industrielles entreprises"')


def test_all_words_come_before_some() -> None:
    everything = query.search(CLAIMS, DATASET, "déchets Nancy")
    assert not everything.partial
    assert everything.hits[0].item.id == "valo-tender"
    assert "delga-key-role" not in [hit.item.id for hit in everything.hits]  # waste, not Nancy
    some = query.search(CLAIMS, DATASET, "déchets Nancy xylophone")
    assert [hit.item for hit in some.hits] == [hit.item for hit in everything.hits]
    assert some.partial


@pytest.mark.parametrize(
    ("memory", "ids"),
    [
        # A journalist, an analyst, a student: what they half remember, and what they look for.
        ("le chiffre sur les coopératives", "cooperatives-share"),
        ("combien d'entreprises industrielles", "industrial-enterprises"),
        ("poids dans l'emploi industriel", "industrial-employment-share"),
        ("part du PIB", "gdp-share"),
        ("ce qu'a dit Carole Delga", "delga-key-role"),
        ("recyclage des déchets", "delga-key-role"),
        ("entreprises adaptées", "adapted-enterprises-share"),
        ("comité consultatif", "advisory-committee"),
        ("loi de 2014", "ess-definition"),
        ("codes NAF", "industry-naf-codes"),
        ("atelier du 31 mai", "regions-workshop"),
        ("population des intercommunalités", "members-population-share"),
        ("foncier", "land-strategy"),
        ("dernier kilomètre", "valo-last-kilometre"),
        ("combien de métropoles", "members-metropoles"),
        ("the figure about cooperatives", "cooperatives-share"),
        ("how many interviews", "interviews-held"),
        ("share of GDP", "gdp-share"),
        ("private jobs", "private-employment-share"),
        ("climate change quote", "delga-key-role"),
        ("equity loans advice", "banque-des-territoires-services"),
        ("local offices", "banque-des-territoires-offices"),
        ("cardboard Nancy", "valo-tender"),
        ("who sits on the advisory committee", "advisory-committee-members"),
        ("quote Genter", "genter-commitment"),
    ],
)
def test_half_a_memory_is_enough(memory: str, ids: str) -> None:
    assert ids in found(memory)[:2]


def test_what_the_mayor_said_is_a_quote() -> None:
    assert {CLAIMS_BY_ID[id].kind for id in found("what the mayor said")} == {"quote"}


@pytest.mark.parametrize(
    "place",
    ["Panorama", "Cohésion Sociale", "Vice-Presidente", "Caux Seine", "insertion et handicap"],
)
def test_sources_offices_organisations_and_topics_are_searched(place: str) -> None:
    assert found(place)


def test_computed_stats_and_named_records_are_searched() -> None:
    def first(items: Any, text: str) -> str:
        return str(query.search(items, DATASET, text).hits[0].item.id)

    assert first(DATASET.computed, "coopératives") == "industrial-cooperatives"
    assert first(DATASET.organisations, "statistics INSEE institut définition") == "insee"
    assert first(DATASET.people, "occitanie") == "carole-delga"
    assert first(DATASET.sources, "panorama 2022") == "ess-france-panorama"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("zzzqqq", r"nothing has zzzqqq: nearest words: \w+, \w+, \w+"),
        ("hydrogenne", r"nothing has hydrogenne: nearest words: .*"),
    ],
)
def test_nothing_found_gives_the_nearest_words(typed: str, said: str) -> None:
    with pytest.raises(NothingFound) as caught:
        found(typed)
    assert re.fullmatch(said, str(caught.value))


@pytest.mark.parametrize("typed", ["", "  ", "?!", "l'", '""', "\u200b", '" " -'])
def test_nothing_to_search_for_says_what_to_type(typed: str) -> None:
    with pytest.raises(RequestError, match="give words, a figure"):
        found(typed)


def marked(text: str, typed: str) -> list[str]:
    answer = query.search(CLAIMS, DATASET, typed)
    return [text[start:end] for start, end, _ in query.marks(text, answer)]


def test_marks_stand_on_the_words_as_the_text_writes_them() -> None:
    text = "Les coopératives et l'emploi : 1 367 entreprises, 10 % d’Emplois."
    assert marked(text, "cooperative") == ["coopératives"]
    assert marked(text, "EMPLOI") == ["emploi", "Emplois"]
    assert marked(text, "1,367") == ["1 367"]
    assert marked("un moteur d'insertion, moteur", '"moteur d’insertion"') == ["moteur d'insertion"]
    assert marked("1,367 industrial sites", '"1 367 entreprises"') == []
    assert marked("les 1 367 entreprises", '"1367 entreprises"') == ["1 367 entreprises"]


QUERIES = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="\"«»“”'’ ,.0123456789%aàéœeilrs", max_size=30),
    st.lists(st.sampled_from(sorted({w for c in CLAIMS for w in c.text.fr.split()}))).map(" ".join),
)


@PROPERTY
@given(QUERIES)
def test_no_query_crashes(typed: str) -> None:
    try:
        answer = query.search(CLAIMS, DATASET, typed)
    except EssfactsError:
        return
    assert answer.hits
    for hit in answer.hits[:3]:
        for start, end, _ in query.marks(hit.item.text.fr, answer):
            assert hit.item.text.fr[start:end].strip()


def words_of(claim: Any) -> list[str]:
    """Give the words of a claim that a person would remember: five letters and more."""
    text = f"{claim.text.fr} {claim.excerpt} {claim.text.en}"
    return sorted(set(re.findall(r"[^\W\d_]{5,}", text)))


@PROPERTY
@given(st.sampled_from(CLAIMS), st.data())
def test_every_claim_is_found_by_its_own_words(claim: Any, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(words_of(claim)), min_size=1, max_size=4))
    answer = query.search(CLAIMS, DATASET, " ".join(words))
    assert claim.id in [hit.item.id for hit in answer.hits]
    assert not answer.partial
    assert not answer.read_as


@PROPERTY
@given(st.sampled_from(CLAIMS), st.data())
def test_accents_case_and_apostrophes_change_nothing(claim: Any, data: st.DataObject) -> None:
    words = claim.text.fr.split()
    start = data.draw(st.integers(0, len(words) - 1))
    typed = " ".join(word.strip('".') for word in words[start : start + 3])
    change = data.draw(
        st.sampled_from(
            [str.upper, str.lower, fold, lambda text: text.replace("'", "’").replace(" ", "\u00a0")]
        )
    )
    try:
        expected = found(typed)
    except RequestError:
        return
    assert found(change(typed)) == expected


@PROPERTY
@given(st.sampled_from(CLAIMS), st.data())
def test_two_swapped_letters_still_find(claim: Any, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from([word for word in words_of(claim) if len(word) > 6]))
    at = data.draw(st.integers(1, len(word) - 2))
    typed = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    answer = query.search(CLAIMS, DATASET, typed)
    if typed != word and answer.read_as:
        assert claim.id in [hit.item.id for hit in answer.hits]
