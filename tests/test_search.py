"""Search: half a memory and a slip of the keyboard are enough."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essfacts import load
from essfacts.errors import EssfactsError, NothingFound, RequestError
from essfacts.search import search
from essfacts.text import fold

DATASET = load()
CLAIMS = DATASET.claims
CLAIMS_BY_ID = {claim.id: claim for claim in CLAIMS}
PROPERTY = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def found(text: str) -> list[str]:
    """Give the ids that a search finds, best first."""
    return [hit.item.id for hit in search(CLAIMS, DATASET, text).hits]


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
    answer = search(CLAIMS, DATASET, typed)
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
    everything = search(CLAIMS, DATASET, "déchets Nancy")
    assert not everything.partial
    assert everything.hits[0].item.id == "valo-tender"
    assert "delga-key-role" not in [hit.item.id for hit in everything.hits]  # waste, not Nancy
    some = search(CLAIMS, DATASET, "déchets Nancy xylophone")
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
        return str(search(items, DATASET, text).hits[0].item.id)

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
    answer = search(CLAIMS, DATASET, typed)
    return [text[start:end] for start, end in answer.marks(text)]


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
        answer = search(CLAIMS, DATASET, typed)
    except EssfactsError:
        return
    assert answer.hits
    for hit in answer.hits[:3]:
        for start, end in answer.marks(hit.item.text.fr):
            assert hit.item.text.fr[start:end].strip()


def words_of(claim: Any) -> list[str]:
    """Give the words of a claim that a person would remember: five letters and more."""
    text = f"{claim.text.fr} {claim.excerpt} {claim.text.en}"
    return sorted(set(re.findall(r"[^\W\d_]{5,}", text)))


@PROPERTY
@given(st.sampled_from(CLAIMS), st.data())
def test_every_claim_is_found_by_its_own_words(claim: Any, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(words_of(claim)), min_size=1, max_size=4))
    answer = search(CLAIMS, DATASET, " ".join(words))
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
    answer = search(CLAIMS, DATASET, typed)
    if typed != word and answer.read_as:
        assert claim.id in [hit.item.id for hit in answer.hits]
