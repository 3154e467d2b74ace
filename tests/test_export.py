"""The JSON contract, each kind written out by hand from the made-up dataset."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from essfacts.export import (
    FIELDS,
    WORDING,
    Export,
    Field,
    as_found,
    choices,
    describe,
    export,
    flatten,
    say_figure,
    source_part,
    with_wording,
)
from essfacts.model import Stat

if TYPE_CHECKING:
    from essfacts.model import Dataset, Source

ENQUETE = {
    "id": "enquete",
    "producer": "Union des Ateliers, Ligue des Bourgs",
    "title": "[Enquête sur les ateliers]",
    "title_en": "[Survey of the workshops]",
    "title_is_descriptive": True,
    "date_published": "2031-05-04",
    "url": None,
}
CARNET = {
    "id": "carnet",
    "producer": "Cercle des Rayons",
    "title": "Carnet de la vallée",
    "title_en": "Carnet de la vallée (the valley's logbook)",
    "title_is_descriptive": False,
    "date_published": "2030-03",
    "url": "https://rayons.example/carnet",
}
PROFILE = {
    "id": "union-profile",
    "producer": "Union des Ateliers",
    "title": "À propos de l'Union des Ateliers",
    "title_en": "About Union des Ateliers",
    "title_is_descriptive": False,
    "date_published": "2031-05-04",
    "url": None,
}
STATEMENT = {
    "id": "moyeu-statement",
    "producer": "Odile Moyeu",
    "title": "[Déclaration d'Odile Moyeu]",
    "title_en": "[Statement by Odile Moyeu]",
    "title_is_descriptive": True,
    "date_published": "2031-05-04",
    "url": None,
}
COMMUNIQUE = {
    "id": "communique",
    "producer": "Union des Ateliers, Ligue des Bourgs",
    "title": "Réparer les vélos, une chance pour les bourgs de la vallée d'Ormelle",
    "title_en": "Repairing bicycles, a chance for the towns of the Ormelle valley",
    "title_is_descriptive": False,
    "date_published": "2031-05-04",
    "url": "https://union.example/enquete",
}
UNION = {"id": "union", "name": "Union des Ateliers"}
LIGUE = {"id": "ligue", "name": "Ligue des Bourgs"}
MOYEU_OFFICES = [
    {"title": {"fr": "présidente", "en": "President"}, "organisation": UNION},
    {
        "title": {"fr": "mairesse", "en": "Mayor"},
        "organisation": {"id": "saint-fictif", "name": "Saint-Fictif"},
    },
]

EXPORTED: list[dict[str, Any]] = [
    {
        "id": "cyclists-share",
        "kind": "stat",
        "text": {
            "fr": "Les ateliers servent en moyenne 18 % des cyclistes.",
            "en": "The workshops serve 18% of cyclists on average.",
        },
        "excerpt": "18 % des cyclistes de la vallée¹",
        "section": "in-numbers",
        "topics": ["repair"],
        "organisations": [],
        "sources": [CARNET],
        "value": 18,
        "unit": "per-hundred",
        "approximation": "on-average",
        "written": "18 %",
        "counts": {"fr": "cyclistes de la vallée", "en": "cyclists of the valley"},
    },
    {
        "id": "tool-lending",
        "kind": "lever",
        "text": {"fr": "Partager l'outillage entre bourgs.", "en": "Share tools between towns."},
        "excerpt": "Prêter les outils rares",
        "section": "workbench",
        "topics": ["repair"],
        "organisations": [],
        "sources": [ENQUETE],
        "name": {"fr": "Prêt d'outils", "en": "Tool lending"},
    },
    {
        "id": "one-more-neighbour",
        "kind": "quote",
        "text": {
            "fr": "Réparer un vélo crée du voisinage.",
            "en": "Repairing a bicycle makes a neighbour.",
        },
        "excerpt": "un voisin de plus",
        "section": "partners",
        "topics": ["neighbours"],
        "organisations": [UNION],
        "sources": [STATEMENT],
        "speaker": {"id": "odile-moyeu", "name": "Odile Moyeu", "offices": MOYEU_OFFICES},
        "words": "Un vélo réparé, c'est un voisin de plus sur la place. [...] "
        "Nous ouvrirons donc chaque samedi.",
        "translation": "A bicycle repaired is one more neighbour on the square. [...] "
        "So we will open every Saturday.",
    },
    {
        "id": "closer-neighbours",
        "kind": "effect",
        "text": {
            "fr": "L'atelier crée des liens.",
            "en": "The workshop brings people together.",
        },
        "excerpt": "rapproche les voisins",
        "section": "workbench",
        "topics": ["neighbours"],
        "organisations": [],
        "sources": [ENQUETE],
    },
    {
        "id": "canteen-bicycles",
        "kind": "example",
        "text": {
            "fr": "À Saint-Fictif, La Chambre à Air s'occupe des vélos de la cantine.",
            "en": "In Saint-Fictif, La Chambre à Air looks after the canteen's bicycles.",
        },
        "excerpt": "les vélos de la cantine scolaire",
        "section": "workbench",
        "topics": ["repair"],
        "organisations": [
            {"id": "chambre-a-air", "name": "La Chambre à Air"},
            {"id": "saint-fictif", "name": "Saint-Fictif"},
        ],
        "sources": [ENQUETE],
    },
    {
        "id": "trailers-since-2029",
        "kind": "action",
        "text": {
            "fr": "Les deux partenaires paient des remorques depuis 2029.",
            "en": "Both partners have paid for trailers since 2029.",
        },
        "excerpt": "financent des remorques d'outillage",
        "section": "partners",
        "topics": ["repair"],
        "organisations": [UNION, LIGUE],
        "sources": [COMMUNIQUE],
        "date": "2029",
    },
    {
        "id": "volunteers-in-march",
        "kind": "method",
        "text": {
            "fr": "Les entretiens datent de mars 2031.",
            "en": "The interviews date from March 2031.",
        },
        "excerpt": "interrogés en mars 2031",
        "section": "how",
        "topics": ["survey"],
        "organisations": [],
        "sources": [ENQUETE],
        "date": "2031-03",
    },
    {
        "id": "union-lends-parts",
        "kind": "profile",
        "text": {
            "fr": "L'Union fournit des pièces à ses membres.",
            "en": "The Union supplies its members with parts.",
        },
        "excerpt": "prête des pièces",
        "section": "about-union",
        "topics": ["repair"],
        "organisations": [UNION],
        "sources": [PROFILE],
    },
    # What is computed rests on stats of the release, and is never taken for one of them.
    {
        "id": "members-counted",
        "kind": "stat",
        "text": {"fr": "Total des membres par lieu.", "en": "Total of members by place."},
        "excerpt": None,
        "section": None,
        "topics": ["neighbours"],
        "organisations": [UNION],
        "sources": [PROFILE],
        "value": 48,
        "unit": "workshop",
        "approximation": "exact",
        "written": None,
        "counts": {"fr": "membres comptés", "en": "members counted"},
        "formula": "members-in-towns + members-in-villages",
    },
    {
        "id": "union",
        "name": "Union des Ateliers",
        "aliases": ["L'Union", "UdA"],
        "description": {
            "fr": "Publie l'enquête ; relie les ateliers de la vallée.",
            "en": "Publishes the survey; links the valley's workshops.",
        },
    },
    {
        "id": "odile-moyeu",
        "name": "Odile Moyeu",
        "aliases": ["Mme Moyeu"],
        "offices": MOYEU_OFFICES,
        "email": None,
        "phone": None,
    },
    {
        "id": "basile-pignon",
        "name": "Basile Pignon",
        "aliases": [],
        "offices": [
            {"title": {"fr": "contact presse", "en": "press contact"}, "organisation": UNION}
        ],
        "email": "b.pignon@union.example",
        "phone": "01 99 00 00 01",
    },
    {**CARNET, "type": "footnote", "aliases": ["note 1"]},
]


@pytest.mark.parametrize("expected", EXPORTED, ids=lambda expected: expected["id"])
def test_a_record_is_exported_as_the_contract_has_it(
    made_up: Dataset, expected: dict[str, Any]
) -> None:
    exported = dict(export(made_up.by_id[expected["id"]], made_up))
    assert exported == expected
    assert json.loads(json.dumps(exported)) == expected


def test_fields_stand_in_the_order_of_the_contract(made_up: Dataset) -> None:
    claim = "id kind text excerpt section topics organisations sources".split()
    found = {claim.id: [*export(claim, made_up)] for claim in made_up.claims}
    assert all(names[:8] == claim for names in found.values())
    assert found["bicycles-saved"][8:] == "value unit approximation written counts".split()
    assert found["one-more-neighbour"][8:] == "speaker words translation".split()
    assert found["survey-published"][8:] == ["date"]


def test_a_flat_column_can_be_asked_for_by_its_name(made_up: Dataset) -> None:
    exported = export(made_up.by_id["bicycles-saved"], made_up)
    assert exported["text_en"] == exported["text"]["en"]
    assert exported["sources_producer"] == "Union des Ateliers, Ligue des Bourgs"
    assert "text_en" not in exported
    assert exported.get("speaker_name") is None


def test_every_record_of_the_real_dataset_is_exported(dataset: Dataset) -> None:
    for records in (dataset.claims, dataset.computed, dataset.people, dataset.sources):
        for record in records:
            assert json.dumps(dict(export(record, dataset)))


# What is computed.


@pytest.mark.parametrize(
    ("id", "approximation"),
    [
        ("members-counted", "exact"),  # whole numbers, each exact
        ("bicycles-in-use", "about"),  # three quarters is said of a whole
        ("counted-against-all", "about"),
    ],
)
def test_only_whole_exact_numbers_add_up_exactly(
    made_up: Dataset, id: str, approximation: str
) -> None:
    assert export(made_up.by_id[id], made_up)["approximation"] == approximation


@pytest.mark.parametrize(
    ("id", "approximation"),
    [
        ("industrial-cooperatives", "about"),
        ("employment-weight-ratio", "about"),
        ("members-by-category", "exact"),
        ("communautes-de-communes-share", "about"),
        ("workshops-by-participants", "exact"),
    ],
)
def test_the_real_computed_figures_say_how_exact_they_are(
    dataset: Dataset, id: str, approximation: str
) -> None:
    assert export(dataset.by_id[id], dataset)["approximation"] == approximation


def test_a_computed_figure_is_credited_to_all_on_which_it_rests(dataset: Dataset) -> None:
    ratio = export(dataset.by_id["employment-weight-ratio"], dataset)
    assert [source["id"] for source in ratio["sources"]] == [
        "ess-france-panorama",
        "insee-ess-france",
    ]


def test_the_inputs_of_inputs_are_found_once(made_up: Dataset) -> None:
    behind = made_up.behind(made_up.by_id["counted-against-all"])
    assert sorted(record.id for record in behind if isinstance(record, Stat)) == [
        "members-all",
        "members-in-towns",
        "members-in-villages",
    ]


def test_who_produced_a_source_may_be_a_body_or_a_person(made_up: Dataset) -> None:
    sources: dict[str, Source] = {source.id: source for source in made_up.sources}
    enquete, statement = (export(sources[id], made_up) for id in ("enquete", "moyeu-statement"))
    assert enquete["producer"] == "Union des Ateliers, Ligue des Bourgs"
    assert statement["producer"] == "Odile Moyeu"


def test_one_person_holds_two_offices(made_up: Dataset) -> None:
    [moyeu] = [person for person in made_up.people if person.id == "odile-moyeu"]
    assert export(moyeu, made_up)["offices"] == MOYEU_OFFICES


# Flat columns.

CLAIM_COLUMNS = (
    "id kind text_fr text_en excerpt section topics organisations_id organisations_name "
    "sources_id sources_producer sources_title sources_title_en sources_date_published sources_url "
    "date"
).split()
STAT_COLUMNS = "value unit approximation written counts_fr counts_en formula".split()
QUOTE_COLUMNS = "speaker_id speaker_name speaker_offices words translation".split()
COLUMNS = {
    "effects": CLAIM_COLUMNS,
    "examples": CLAIM_COLUMNS,
    "actions": CLAIM_COLUMNS,
    "method": CLAIM_COLUMNS,
    "profiles": CLAIM_COLUMNS,
    "stats": [*CLAIM_COLUMNS, *STAT_COLUMNS],
    "levers": [*CLAIM_COLUMNS, "name_fr", "name_en"],
    "quotes": [*CLAIM_COLUMNS, *QUOTE_COLUMNS],
    "claims": [*CLAIM_COLUMNS, *STAT_COLUMNS[:-1], "name_fr", "name_en", *QUOTE_COLUMNS, "formula"],
    "orgs": "id name aliases description_fr description_en".split(),
    "people": "id name aliases offices_title_fr offices_title_en offices_organisation email "
    "phone".split(),
    "sources": "id type producer title title_en title_is_descriptive date_published url "
    "aliases".split(),
    "topics": "id name_fr name_en claims".split(),
    "sections": "id name_fr name_en claims".split(),
    "units": "id name_fr name_en symbol claims".split(),
}
COLUMNS["timeline"] = COLUMNS["claims"]
COLUMNS["search"] = [
    *COLUMNS["claims"],
    *"aliases description_fr description_en offices_title_fr offices_title_en".split(),
    *"offices_organisation match_field match_language match_text match_loosened".split(),
]


def test_every_list_has_its_columns_here() -> None:
    assert {*COLUMNS} == {*FIELDS}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_have_stable_names(name: str) -> None:
    assert [column for field in FIELDS[name] for column in field.columns] == COLUMNS[name]


def test_every_field_exported_has_its_column(made_up: Dataset) -> None:
    names = {field.name for field in FIELDS["claims"]}
    for record in (*made_up.claims, *made_up.computed):
        assert export(record, made_up).keys() <= names


def flat(dataset: Dataset, id: str, name: str) -> dict[str, Any]:
    return flatten(export(dataset.by_id[id], dataset), FIELDS[name])


def test_a_stat_is_flattened(made_up: Dataset) -> None:
    assert flat(made_up, "cyclists-share", "stats") == {
        "id": "cyclists-share",
        "kind": "stat",
        "text_fr": "Les ateliers servent en moyenne 18 % des cyclistes.",
        "text_en": "The workshops serve 18% of cyclists on average.",
        "excerpt": "18 % des cyclistes de la vallée¹",
        "section": "in-numbers",
        "topics": "repair",
        "organisations_id": "",
        "organisations_name": "",
        "sources_id": "carnet",
        "sources_producer": "Cercle des Rayons",
        "sources_title": "Carnet de la vallée",
        "sources_title_en": "Carnet de la vallée (the valley's logbook)",
        "sources_date_published": "2030-03",
        "sources_url": "https://rayons.example/carnet",
        "date": None,
        "value": 18,
        "unit": "per-hundred",
        "approximation": "on-average",
        "written": "18 %",
        "counts_fr": "cyclistes de la vallée",
        "counts_en": "cyclists of the valley",
        "formula": None,
    }


def test_lists_are_joined_and_what_is_absent_keeps_its_place(made_up: Dataset) -> None:
    quote = flat(made_up, "one-more-neighbour", "quotes")
    assert quote["speaker_name"] == "Odile Moyeu"
    assert quote["speaker_offices"] == "présidente, Union des Ateliers | mairesse, Saint-Fictif"
    action = flat(made_up, "trailers-since-2029", "actions")
    assert action["organisations_id"] == "union | ligue"
    assert action["organisations_name"] == "Union des Ateliers | Ligue des Bourgs"
    person = flat(made_up, "odile-moyeu", "people")
    assert person["offices_title_fr"] == "présidente | mairesse"
    assert person["offices_title_en"] == "President | Mayor"
    assert person["offices_organisation"] == "Union des Ateliers | Saint-Fictif"
    assert person["email"] is None


def test_absent_parts_of_a_list_keep_their_place(dataset: Dataset) -> None:
    ratio = flat(dataset, "employment-weight-ratio", "stats")
    address = "https://www.ess-france.org/panorama-de-l-ess-ce-que-l-ess-apporte-a-la-societe"
    assert ratio["sources_url"] == f"{address} | "
    assert ratio["excerpt"] is None
    assert ratio["formula"] == "private-employment-share ÷ industrial-employment-share"


def test_a_field_without_parts_is_its_own_column() -> None:
    assert Field("id").columns == ("id",)
    assert Field("text", ("fr", "en")).columns == ("text_fr", "text_en")


class Wording(NamedTuple):
    text: str
    line: int


def test_what_a_search_finds_says_what_it_is_and_why_it_matches(made_up: Dataset) -> None:
    match: dict[str, Any] = {"field": "name", "language": None, "text": "x", "loosened": ["a", "b"]}
    records = (made_up.organisations[0], made_up.people[0], made_up.stats[0])
    for record, kind in zip(records, ("organisation", "person", "stat"), strict=True):
        shown = as_found(record, made_up, match)
        assert (shown["id"], shown["kind"], shown["match"]) == (record.id, kind, match)
        assert [*shown][-1] == "match"
        flat = flatten(shown, FIELDS["search"])
        assert (flat["match_field"], flat["match_text"]) == ("name", "x")
        assert flat["match_loosened"] == "a | b"


def test_a_claim_has_its_sentence_where_a_copy_of_the_release_has_it(made_up: Dataset) -> None:
    one, other = made_up.stats[:2]
    found = {one.id: Wording("Dix-huit cyclistes sur cent.", 7)}
    shown = with_wording(Export(one, made_up), found)
    assert shown["wording"] == {"text": "Dix-huit cyclistes sur cent.", "line": 7}
    assert flatten(shown, [WORDING])["wording_line"] == 7
    assert with_wording(Export(other, made_up), found)["wording"] is None
    # Without a copy there is no field, nor has what is no claim one.
    assert "wording" not in with_wording(Export(one, made_up), {})
    assert "wording" not in with_wording(Export(made_up.people[0], made_up), found)


@pytest.mark.parametrize(
    ("id", "fr", "en"),
    [
        ("gdp-share", "moy. 10 %", "avg. 10%"),
        ("industrial-employment-share", "1,3 %", "1.3%"),
        ("cooperatives-share", "2/3", "2/3"),
        ("adapted-enterprises-share", "près de 1/2", "nearly 1/2"),
        ("industrial-enterprises", "1 367", "1,367"),
        # Worked out of rounded numbers: as many digits as these have.
        ("employment-weight-ratio", "≈ 11 ×", "≈ 11×"),
        ("industrial-cooperatives", "≈ 911", "≈ 911"),
        ("communautes-de-communes-share", "≈ 75 %", "≈ 75%"),
        # Of exact numbers, all digits.
        ("members-by-category", "963", "963"),
    ],
)
def test_a_figure_is_said_with_its_unit_and_to_the_digits_that_are_known(
    id: str, fr: str, en: str, dataset: Dataset
) -> None:
    stat = Export(dataset.by_id[id], dataset)
    assert " ".join(say_figure(stat, dataset, "fr").split()) == fr
    assert say_figure(stat, dataset, "en") == en


@pytest.mark.parametrize(
    ("id", "fr", "en"),
    [
        (
            "carnet",
            "Cercle des Rayons, Carnet de la vallée, mars 2030",
            "Cercle des Rayons, Carnet de la vallée (the valley's logbook), March 2030",
        ),
        (
            "moyeu-statement",
            "Odile Moyeu, [Déclaration d'Odile Moyeu], 4 mai 2031",
            "Odile Moyeu, [Statement by Odile Moyeu], 4 May 2031",
        ),
    ],
)
def test_a_source_is_said_in_one_line(id: str, fr: str, en: str, made_up: Dataset) -> None:
    source = Export(made_up.by_id[id], made_up)
    assert (describe(source, "fr"), describe(source, "en")) == (fr, en)
    assert describe(source, "fr", ("title",)) == source["title"]


def test_a_source_without_a_date_or_an_address_says_so(made_up: Dataset) -> None:
    bare = replace(made_up.sources[0], date_published=None, url=None)
    source = Export(bare, made_up)
    assert source_part(source, "date_published", "fr") == "sans date"
    assert source_part(source, "date_published", "en") == "no date given"
    assert source_part(source, "url", "fr") == ""


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.01, "1/100"), (1 / 3, "1/3"), (0.3333, "0,33")],
)
def test_a_share_is_said_as_a_fraction_where_it_is_one_of_a_hundredth_or_more(
    value: float, said: str, dataset: Dataset
) -> None:
    share = next(stat for stat in dataset.stats if stat.unit == "fraction")
    stat = Export(replace(share, value=value, approximation="exact"), dataset)
    assert say_figure(stat, dataset, "fr") == said


def test_what_a_claim_is_called_may_be_asked_for_in_every_list_of_claims() -> None:
    for name, fields in FIELDS.items():
        known = choices(fields)
        assert [*known][: len(fields)] == [field.name for field in fields]
        if "excerpt" in known:
            assert known["name"].columns == ("name_fr", "name_en"), name


def test_a_title_is_flagged_in_csv_as_in_json(made_up: Dataset) -> None:
    titled = [Export(source, made_up) for source in made_up.sources]
    flat = {s["id"]: flatten(s, FIELDS["sources"])["title_is_descriptive"] for s in titled}
    assert (flat["carnet"], flat["enquete"]) == ("false", "true")
