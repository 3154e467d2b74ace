"""Search: half a memory and a slip of the keyboard are enough."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essfacts import load
from essfacts.errors import EssfactsError, NothingFound, RequestError
from essfacts.model import KINDS, Dataset, Synonyms, Text
from essfacts.search import MAX_WORDS, have_all, search
from essfacts.text import fold

DATASET = load()
CLAIMS = DATASET.claims
CLAIMS_BY_ID = {claim.id: claim for claim in CLAIMS}
EVERYTHING = (*CLAIMS, *DATASET.organisations, *DATASET.people)
CONTACTS = {person.id for person in DATASET.people if person.email}
TABLE = (Path(__file__).parent / "data/searches.txt").read_text("utf-8")
CASES = [line.split(" | ") for line in TABLE.splitlines() if line[0] != "#"]
PROPERTY = settings(max_examples=2 * settings().max_examples)


def found(text: str, items: Any = CLAIMS) -> list[str]:
    """Give the ids that a search finds, best first."""
    return [hit.item.id for hit in search(items, DATASET, text).hits]


def loosened(text: str) -> list[tuple[str, ...]]:
    return [hit.loosened for hit in search(CLAIMS, DATASET, text).hits]


def without(field: str) -> Dataset:
    """Give the dataset without one of its tables."""
    tables = {name: getattr(DATASET, name) for name in DATASET.__dataclass_fields__}
    return Dataset(**{**tables, field: ()})


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "ids"), CASES, ids=[typed for typed, _ in CASES])
def test_what_a_person_types_finds_the_right_record_first(typed: str, ids: str) -> None:
    assert found(typed, EVERYTHING)[0] in ids.split()


def test_the_table_has_every_kind() -> None:
    by_id = {item.id: item for item in EVERYTHING}
    first = {by_id[id] for _, ids in CASES for id in ids.split()}
    kinds = {getattr(item, "kind", type(item).__name__) for item in first}
    assert kinds >= {*KINDS, "Person", "Organisation"}


# Numbers.


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1 367", "1\u202f367"),
        ("1 367", "1,367"),
        ("1,3 %", "1.3 pour cent"),
        ("2/3", "deux sur trois"),
        ("1/2", "one in two"),
        ("31/05/2024", "2024-05-31"),
        ("31.5.2024", "31/05/2024"),
        ("05/2024", "2024-05"),
        ("1 000", "mille"),
        ("80 %", "eighty per cent"),
    ],
)
def test_a_number_is_one_number_however_it_is_written(one: str, other: str) -> None:
    assert found(one) == found(other) != []


def test_a_number_in_words_is_one_in_its_own_language() -> None:
    claim = CLAIMS_BY_ID["territorial-monographs"]
    french = replace(claim, id="x", text=Text(fr="seize ateliers", en="workshops"), excerpt="x")
    english = replace(french, text=Text(fr="ateliers", en="firms seize workshops"))
    assert [hit.item for hit in search([english, french], DATASET, "16").hits] == [french]


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
        ("l'emploi", "emploi"),
        ("d’insertion", "insertion"),
        ("qu'industrie", "industrie"),
    ],
)
def test_plural_singular_and_elision_find_alike(one: str, other: str) -> None:
    assert found(one) == found(other) != []


def test_per_cent_in_words_is_a_sign() -> None:
    assert loosened("80 pour cent")[0] == loosened("80 percent")[0] == ()


# Too much.


@pytest.mark.parametrize(
    ("typed", "most"),
    [("régions", 25), ("réindustrialisation", 12), ("locaux", 30), ("industrie", 45)],
)
def test_the_title_and_the_producers_of_the_release_match_no_claim(typed: str, most: int) -> None:
    assert 0 < len(found(typed)) <= most


def test_what_all_claims_are_about_comes_in_the_order_of_the_dataset() -> None:
    typed = found("ESS")
    assert len(typed) > 30
    assert typed[:3] == ["gdp-share", "private-employment-share", "industrial-employment-share"]


# Synonyms.


def test_synonyms_are_data() -> None:
    bare = without("synonyms")
    with pytest.raises(NothingFound):
        search(CLAIMS, bare, "zouk")
    row = Synonyms(id="x", words=("zouk", "gigue lente", "de la", "comité consultatif"))
    known = Dataset(
        **{
            **{name: getattr(bare, name) for name in bare.__dataclass_fields__},
            "synonyms": (row,),
        }
    )
    for typed in ("zouk", "Zouks", "gigues lentes", "zouk réuni"):
        assert search(CLAIMS, known, typed).hits[0].item.id == "advisory-committee"
    # Half a phrase is no synonym, nor is a phrase in another order.
    for typed in ("gigue", "lente gigue"):
        with pytest.raises(NothingFound):
            search(CLAIMS, known, typed)


def test_what_is_typed_comes_before_its_synonyms() -> None:
    ids = found("employees")
    assert not {"partial"}.intersection(*loosened("employees"))
    assert ids[0] in {"private-employment-share", "industrial-employment-share", "local-jobs"}
    # A typed phrase that has synonyms is still met by its words apart.
    assert "land-strategy" in found("local real estate locaux")


# Slips.


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("cooepratives", "coopératives"),  # two letters swapped
        ("coopperatives", "coopératives"),  # one too many
        ("dechts", "déchets"),  # one too few
        ("cartans", "cartons"),  # one for another
        ("locux", "locaux"),  # in what no stem shows
        ("hnadicap", "handicap"),  # a word that synonyms alone have
    ],
)
def test_a_slip_of_the_keyboard_is_undone_and_said(typed: str, read_as: str) -> None:
    answer = search(CLAIMS, DATASET, typed)
    assert [fold(word) for word in answer.read_as.values()] == [fold(read_as)]
    assert {hit.loosened for hit in answer.hits} == {("slip",)}


@pytest.mark.parametrize("typed", ["outre", "soft", "price", "pomme", "nartons", "cartnos plage"])
def test_no_other_word_is_made_of_a_short_one_or_of_one_that_begins_otherwise(typed: str) -> None:
    try:
        answer = search(CLAIMS, without("synonyms"), typed)
    except NothingFound:
        return
    assert "ouvre" not in answer.read_as.values()
    assert [*answer.read_as] in ([], ["cartnos"])


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("entrrprise", "entreprise"),  # 30 words of texts, where `enterprise` has 26
        ("membrr", "member"),
        ("avcrage", "average"),  # synonyms alone have `ancrage`
        ("locaue", "locaux"),
    ],
)
def test_of_two_words_that_a_slip_may_mean_the_one_that_texts_have_most_is_read(
    typed: str, read_as: str
) -> None:
    assert search(EVERYTHING, DATASET, typed).read_as == {typed: read_as}


def test_a_word_with_a_slip_is_worth_less_than_one_without() -> None:
    one, other = CLAIMS_BY_ID["valo-tender"], CLAIMS_BY_ID["land-strategy"]
    pair = [replace(claim, topics=(), excerpt="x", id="x") for claim in (one, other)]
    pair = [
        replace(claim, text=Text(fr=text, en="x"))
        for claim, text in zip(pair, ("un cadastre", "une horloge"), strict=True)
    ]
    for typed, best in (("cadastre hrologe", 0), ("caadstre horloge", 1)):
        hits = search([*pair, *CLAIMS], DATASET, typed).hits
        assert [hit.item for hit in hits] == [pair[best], pair[1 - best]]


def test_a_word_that_is_known_is_no_slip() -> None:
    assert not search(CLAIMS, DATASET, "fonciere locaux local").read_as


def test_a_slip_is_not_undone_to_a_word_that_is_not_searched() -> None:
    with pytest.raises(NothingFound) as caught:
        search(CLAIMS, DATASET, "thier", "en")
    assert "their" not in caught.value.said("en")


def test_a_word_with_a_slip_finds_all_that_the_word_finds() -> None:
    assert {*found("coopratives")} == {*found("coopératives")}


# In the language asked.


@pytest.mark.parametrize("typed", ["mars", "mars 2026", "march", "main"])
def test_short_words_and_months_are_no_beginnings_of_other_words(typed: str) -> None:
    with pytest.raises(NothingFound) as caught:
        search(CLAIMS, DATASET, typed, "fr")
    assert caught.value.said("fr") == f"rien n'a {typed}"


def test_what_is_said_in_the_language_asked_comes_first() -> None:
    for language, typed in (("fr", "locaux"), ("en", "local")):
        hits = search(CLAIMS, DATASET, typed, language).hits
        foreign = [hit.is_foreign for hit in hits]
        assert foreign == sorted(foreign)
        assert not foreign[0]
    assert found("locaux") != [hit.item.id for hit in search(CLAIMS, DATASET, "locaux", "fr").hits]


def test_a_topic_is_shown_in_the_language_asked() -> None:
    for language in ("fr", "en"):
        answer = search(DATASET.topics, DATASET, "coopération cooperation", language)
        assert answer.match(answer.hits[0], language)["language"] == language


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("SCOP emploi", {"scop": ["coopérative"]}),
        ("SCOP SCIC", {"scop": ["coopérative"], "scic": ["coopérative"]}),
        ("employees", {"employees": ["job", "employment", "emploi"]}),
        ("vélo", {"velo": ["soft mobility", "mobilité douce"]}),
        ("emploi", {}),  # texts have it, and its synonyms
        ("xylophone emploi", {}),
    ],
)
def test_what_is_found_by_synonyms_alone_is_said(typed: str, said: dict[str, list[str]]) -> None:
    assert search(CLAIMS, DATASET, typed, "fr").by_synonym == said


@pytest.mark.parametrize(
    ("typed", "id"),
    [("bicyc", "valo-last-kilometre"), ("notar", "banque-des-territoires-clients")],
)
def test_the_beginning_of_a_synonym_is_enough(typed: str, id: str) -> None:
    assert found(typed)[0] == id


# Phrases, all words, some words.


def test_a_quoted_phrase_comes_first_and_hides_nothing() -> None:
    apart, together = found("activité industrielle"), found('"activité industrielle"')
    assert set(apart) == set(together)
    answer = search(CLAIMS, DATASET, '"activité industrielle"')
    assert answer.hits[0].item.id == "adapted-enterprises-share"
    assert answer.hits[0].loosened == ()
    ways = [hit.loosened for hit in answer.hits]
    assert ways == sorted(ways)
    assert not answer.is_loosened("apart")
    assert found("« Activité Industrielle »") == found("“activité industrielle”") == together


def test_who_quotes_a_phrase_wants_its_very_words_first() -> None:
    # « l'emploi privé » stands in one; « les emplois du secteur privé » is the figure.
    assert found("emploi privé") == ["private-employment-share", "panorama-reference"]
    assert found('"emploi privé"') == ["panorama-reference", "private-employment-share"]


@pytest.mark.parametrize("typed", ['"déchets Nancy"', "« déchets Nancy »", "“déchets Nancy”"])
def test_a_phrase_that_nothing_has_together_is_said(typed: str) -> None:
    answer = search(CLAIMS, DATASET, typed)
    assert [hit.item.id for hit in answer.hits] == ["valo-tender", "valo-last-kilometre"]
    assert answer.is_loosened("apart")


def test_a_phrase_stands_together_in_its_synonym() -> None:
    claim = CLAIMS_BY_ID["territorial-monographs"]
    cycling = replace(claim, text=Text(fr="un trajet", en="they go by bike"))
    [hit] = search([cycling], DATASET, '"mobilité douce"').hits
    assert hit.loosened == ()


def test_words_that_stand_together_count_without_quotation_marks() -> None:
    assert found("entreprises adaptées")[0] == "adapted-enterprises-share"
    assert found("développement industriel des structures")[0] == "genter-commitment"


def test_all_words_come_before_some() -> None:
    everything = search(CLAIMS, DATASET, "déchets Nancy")
    assert [hit.item.id for hit in everything.hits] == ["valo-tender", "valo-last-kilometre"]
    assert everything.hits[0].loosened == ()
    some = search(CLAIMS, DATASET, "déchets Nancy xylophone")
    assert [hit.item for hit in some.hits] == [hit.item for hit in everything.hits]
    assert some.hits[0].loosened == ("partial",)
    assert have_all(CLAIMS, DATASET, "déchets Nancy") == everything.hits
    for typed in ("déchets Nancy xylophone", "zzzqqq", "?!"):
        assert have_all(CLAIMS, DATASET, typed) == []
    assert {hit.loosened for hit in have_all(CLAIMS, DATASET, "cooepratives")} == {("slip",)}


def test_a_long_query_is_read_to_its_sixty_fourth_word() -> None:
    filler = " ".join(f"zq{number}" for number in range(MAX_WORDS - 1))
    assert loosened(f"{filler} hypercentre")[0] == ("partial",)
    answer = search(CLAIMS, DATASET, f"hypercentre {filler} déchets")
    assert answer.hits[0].loosened == ("partial", "truncated")
    with pytest.raises(NothingFound):
        search(CLAIMS, DATASET, f"{filler} zqx hypercentre")


# People and organisations.


@pytest.mark.parametrize(
    "typed",
    [
        "contact presse",
        "Contacts de presse",
        "press contact",
        "attachée de presse",
        "media contacts",
    ],
)
def test_press_contacts_are_found_by_those_who_look_for_them(typed: str) -> None:
    assert {*found(typed, EVERYTHING)[:3]} == CONTACTS


def test_a_press_contact_is_found_by_name_and_with_a_slip() -> None:
    assert found("Imbert", EVERYTHING) == found("aurélie imbret", EVERYTHING) == ["aurelie-imbert"]
    assert found("contact presse des régions", EVERYTHING)[0] == "violaine-hacke"


@pytest.mark.parametrize(
    "typed",
    ["contact", "presse", "Banque des Territoires", "Intercommunalités de France", "régions presse",
     "caissedesdepots", "06 77 56 38 82", "aurelie.imbert@caissedesdepots.fr presse"],
)  # fmt: skip
def test_a_press_contact_is_found_by_nothing_else(typed: str) -> None:
    try:
        ids = found(typed, EVERYTHING)
    except NothingFound:
        return
    assert not CONTACTS.intersection(ids) or "imbert" in typed


def test_among_people_alone_a_press_contact_is_found_by_organisation() -> None:
    assert "aurelie-imbert" in found("banque presse", DATASET.people)


def test_who_holds_an_office_comes_before_what_they_say_and_what_they_say_before_them() -> None:
    assert found("présidente des Régions", EVERYTHING)[:2] == ["carole-delga", "delga-key-role"]
    assert found("citation Delga", EVERYTHING)[0] == "delga-key-role"


def test_what_is_said_of_an_organisation_comes_before_its_record() -> None:
    ids = found("INSEE", EVERYTHING)
    assert ids[0] == "industry-definition"
    assert "insee" in ids


# What made a record match.


def match(typed: str, language: str | None = None) -> dict[str, Any]:
    answer = search(EVERYTHING, DATASET, typed)
    return answer.match(answer.hits[0], language)


@pytest.mark.parametrize(
    ("typed", "language", "field", "text"),
    [
        ("PIB", "fr", "text", "PIB"),
        ("GDP", "en", "text", "GDP"),
        ("2/3", "fr", "text", "deux tiers"),
        ("2/3", "en", "text", "two thirds"),
        ("66 %", "fr", "value", "66 % 66.7 % 67 %"),
        ("31/05/2024", None, "date", "2024-05-31"),
        ("outre-mer", "en", "text", "overseas"),
        ("innovation sociale", "fr", "text", "innovation sociale"),
        ("structures industrielles innovation", "fr", "words", "structures"),
        ("Genter", "fr", "name", "Christophe Genter"),
        ("directeur cohésion sociale", "fr", "title", "Cohésion Sociale"),
        ("combien", None, "kind", "combien"),
        ("rooted founded", "en", "translation", "rooted"),
    ],
)
def test_the_match_shows_the_words_where_they_stand(
    typed: str, language: str | None, field: str, text: str
) -> None:
    shown = match(typed, language)
    assert shown["field"] == field
    assert fold(text) in fold(shown["text"])
    assert shown["loosened"] == []
    if language and shown["language"]:
        assert shown["language"] == language


@pytest.mark.parametrize(
    ("typed", "field", "language", "text"),
    [
        ("gdp share", "counts", "en", "ESS share of GDP"),
        ("2022-05", "date", None, "2022-05"),
        ("avril 2024", "text", "fr", None),
        ("combien", "kind", None, None),
        ("Genter", "name", None, "Christophe Genter"),
        ("president of Occitanie", "title", "fr", None),
        ("rooted founded", "translation", "en", None),
    ],
)
def test_the_match_says_its_field_and_language(
    typed: str, field: str, language: str | None, text: str | None
) -> None:
    shown = match(typed)
    assert (shown["field"], shown["language"]) == (field, language)
    assert text in {None, shown["text"]}


@pytest.mark.parametrize("typed", ["Vice-Presidente", "communauté d'agglomération Caux"])
def test_a_quote_that_is_found_by_who_speaks_says_so(typed: str) -> None:
    answer = search(DATASET.quotes, DATASET, typed)
    [quote] = answer.hits
    assert (quote.item.id, answer.match(quote)["field"]) == ("lutrot-new-lever", "speaker")


def shown_of(text: str, typed: str) -> str:
    """Give what a search shows of a claim that says a text."""
    claim = replace(CLAIMS_BY_ID["territorial-monographs"], text=Text(fr=text, en="x"))
    answer = search([claim], DATASET, typed)
    return str(answer.match(answer.hits[0])["text"])


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("kiwi " * 19 + "mango", "mango", "kiwi " * 19 + "mango"),  # 100 letters
        ("kiwi " * 19 + "mangos", "kiwi", "kiwi " * 19 + "…"),
        ("kiwi " * 20 + "mango", "mango", "… " + "kiwi " * 7 + "mango"),
        (
            "kiwi " * 7 + "mango" + " kiwi" * 30,
            "mango",
            "kiwi " * 7 + "mango" + " kiwi" * 11 + " …",
        ),
    ],
)
def test_a_text_over_a_hundred_letters_is_cut_between_words(
    text: str, typed: str, shown: str
) -> None:
    assert shown_of(text, typed) == shown


def test_a_long_text_is_cut_to_the_words_around_the_first() -> None:
    shown = match("valorisation déchets friches structures", "fr")
    assert shown["text"].startswith("… ")
    assert shown["text"].endswith(" …")
    assert "friches" in shown["text"]
    assert len(shown["text"]) <= 104


def test_a_short_text_is_shown_whole() -> None:
    claim = CLAIMS_BY_ID["territorial-monographs"]
    answer = search([claim], DATASET, "produites")
    assert answer.match(answer.hits[0], "fr")["text"] == claim.text.fr


def test_the_match_says_how_the_query_was_loosened() -> None:
    assert match("hnadicap xylophone")["loosened"] == ["partial", "slip"]


def test_what_the_mayor_said_is_a_quote() -> None:
    assert {CLAIMS_BY_ID[id].kind for id in found("what the mayor said")} == {"quote"}


@pytest.mark.parametrize(
    "place",
    ["Panorama", "Cohésion Sociale", "Vice-Presidente", "Caux Seine", "insertion et handicap"],
)
def test_sources_offices_organisations_and_topics_are_searched(place: str) -> None:
    assert found(place)


def test_what_notes_vouch_for_is_found_by_their_titles() -> None:
    assert {"industrial-employment-share", "industry-naf-codes"} <= {*found("croisement")}


def test_computed_stats_and_named_records_are_searched() -> None:
    def first(items: Any, text: str) -> str:
        return str(search(items, DATASET, text).hits[0].item.id)

    assert first(DATASET.computed, "coopératives") == "industrial-cooperatives"
    # As it is printed, rounded to what is known of it.
    assert first(DATASET.computed, "911") == "industrial-cooperatives"
    assert first(DATASET.organisations, "appel d'offres") == "grand-nancy"
    assert first(DATASET.organisations, "statistics INSEE institut définition") == "insee"
    assert first(DATASET.people, "occitanie") == "carole-delga"
    assert first(DATASET.sources, "panorama 2022") == "ess-france-panorama"


@pytest.mark.parametrize(
    ("typed", "language", "said"),
    [
        ("zzzqqq", "en", "nothing has zzzqqq"),
        ("zzzz", "fr", "rien n'a zzzz"),
        ("solidity", "en", "nothing has solidity: nearest words: solidarity"),
        ("solidity", "fr", "rien n'a solidity ; mots les plus proches : solidaire"),
        ("zzzz solidity", "en", "nothing has zzzz solidity: nearest words: solidarity"),
        ("1999", "en", "nothing has 1999"),
        # A number or a day that is near is another.
        ("1 368", "fr", "rien n'a 1 368"),
        ("2024-05-30", "en", "nothing has 2024-05-30"),
        ("zolidity mars", "en", "nothing has zolidity mars: nearest words: solidarity"),
    ],
)
def test_nothing_found_gives_near_words_of_the_language(
    typed: str, language: str, said: str
) -> None:
    with pytest.raises(NothingFound) as caught:
        search(CLAIMS, DATASET, typed, language)
    assert caught.value.said(language) == said


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
    assert marked(text, "coopératives emploi") == ["coopératives", "emploi", "Emplois"]
    assert marked(text, "1,367") == ["1 367"]
    assert marked("les deux tiers, 2/3 et two thirds", "2/3") == ["deux tiers", "2/3", "two thirds"]
    assert marked("By bike or soft mobility", "mobilité douce") == ["bike", "soft mobility"]
    assert marked("e\u0301pargne cooperative\u0301", "cooperativé") == ["cooperative\u0301"]


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
    # Half of a number in words is no word of its own.
    return sorted({*re.findall(r"[^\W\d_]{5,}", text)} - {"vingts"})


@PROPERTY
@given(st.sampled_from(CLAIMS), st.data())
def test_every_claim_is_found_by_its_own_words(claim: Any, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(words_of(claim)), min_size=1, max_size=4))
    answer = search(CLAIMS, DATASET, " ".join(words))
    assert claim.id in [hit.item.id for hit in answer.hits]
    assert {hit.loosened for hit in answer.hits} == {()}


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
