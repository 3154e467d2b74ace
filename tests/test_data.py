"""The real data, read against the release; the expectations are a person's reading of it.

With ESSFACTS_RELEASE, the path of a copy, excerpts and quotations are looked up in it.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from essfacts import faults, load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from essfacts.model import (
        Claim,
        Dataset,
        LeftOut,
        Number,
        Organisation,
        Person,
        Quote,
        Record,
        Stat,
        Term,
    )

DATASET = load()
ROOT = Path(__file__).parents[1]


def by_id(records: Iterable[Record]) -> pytest.MarkDecorator:
    """Make one case of each record, its id the test's."""
    return pytest.mark.parametrize("record", [pytest.param(r, id=r.id) for r in records])


def plain(text: str) -> str:
    """Make every kind of space and of apostrophe the same."""
    return " ".join(text.replace("’", "'").split())


def quotations(release: str) -> list[str]:
    return [words.strip() for words in re.findall(r"«(.*?)»", plain(release))]


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


def test_the_data_have_no_faults() -> None:
    assert faults(DATASET) == []


# What stands in the release.


@by_id(DATASET.claims)
def test_an_excerpt_stands_once_in_the_release(record: Claim, release: str) -> None:
    assert plain(release).count(plain(record.excerpt)) == 1
    # It is cut between words.
    assert re.search(rf"(?<!\w){re.escape(plain(record.excerpt))}(?!\w)", plain(release))
    # Nor is it there twice for who reads words alone, whatever the typography.
    assert (
        " ".join(["", *words_of(release), ""]).count(" ".join(["", *words_of(record.excerpt), ""]))
        == 1
    )


@by_id(DATASET.quotes)
def test_a_quotation_stands_word_for_word(record: Quote, release: str) -> None:
    assert plain(record.words) in quotations(release)


def test_every_quotation_is_there(release: str) -> None:
    assert [plain(quote.words) for quote in DATASET.quotes] == quotations(release)


@by_id(DATASET.quotes)
def test_a_speaker_is_named_beside_the_quotation(record: Quote, release: str) -> None:
    [speaker] = [person.name for person in DATASET.people if person.id == record.speaker]
    attribution = plain(release).split(plain(record.words))[1][:60]
    assert speaker in attribution


def test_sections_follow_each_other(release: str) -> None:
    text = plain(release)
    spans: dict[str, list[int]] = {section.id: [] for section in DATASET.release.sections}
    for claim in DATASET.claims:
        spans[claim.section].append(text.index(plain(claim.excerpt)))
    for (earlier, before), (later, after) in pairwise(spans.items()):
        assert max(before) < min(after), f"{earlier} runs into {later}"


@pytest.mark.parametrize(
    "left_out", DATASET.release.left_out, ids=lambda left_out: left_out.excerpt
)
def test_what_is_left_out_stands_once_in_the_release(left_out: LeftOut, release: str) -> None:
    _, *after = plain(release).split(plain(left_out.excerpt))
    assert len(after) == 1
    assert plain(left_out.through or "") in after[0]


def test_the_title_is_the_releases_own(release: str) -> None:
    assert plain(DATASET.release.title) in plain(release)


@by_id(DATASET.release.sections)
def test_a_section_bears_the_releases_whole_heading(record: Term, release: str) -> None:
    headings = {plain(line).removesuffix(" :") for line in release.splitlines()}
    assert record.name_is_descriptive == (plain(record.name.fr) not in headings)


def test_titles_that_the_project_supplies_are_marked(release: str) -> None:
    own = {source.id for source in DATASET.sources if source.title_is_descriptive}
    assert own == {STUDY, CROSSING, "genter-statement", "lutrot-statement", "delga-statement"}
    for source in DATASET.sources:
        assert (plain(source.title.fr) in plain(release)) == (source.id not in own)


@by_id(DATASET.people)
def test_an_office_stands_in_the_release_or_is_marked(record: Person, release: str) -> None:
    for office in record.offices:
        stands = office.title.fr.casefold() in plain(release).casefold()
        assert office.title_is_descriptive == (not stands)


@by_id(DATASET.organisations)
def test_an_organisation_is_named_in_the_release(record: Organisation, release: str) -> None:
    assert record.name.casefold() in plain(release).casefold()


# In the project's own words.


@by_id([*DATASET.claims, *DATASET.computed])
def test_no_text_copies_more_than_six_words_but_names(record: Claim, release: str) -> None:
    names = [o.name for o in DATASET.organisations] + [p.name for p in DATASET.people]
    known = {word for name in names for word in words_of(name)} | {"la", "et"}
    text, words = " ".join(["", *words_of(release), ""]), words_of(record.text.fr)
    for start in range(len(words)):
        for end in range(start + 7, len(words) + 1):
            run = words[start:end]
            if " ".join(["", *run, ""]) in text:
                assert sum(word not in known for word in run) <= 6, " ".join(run)


@by_id([*DATASET.claims, *DATASET.computed])
def test_the_ess_is_spelt_out_in_english(record: Claim) -> None:
    own_names = re.sub("ESS France|Panorama de l'ESS|“ESS-iser”", "", record.text.en)
    if "ESS" in own_names:
        assert record.text.en.count("social and solidarity economy (ESS)") == 1


# How much of the release stands in the project.


def test_excerpts_make_at_most_a_third_of_the_release(release: str) -> None:
    text = plain(release)
    is_excerpt = [False] * len(text)
    for claim in DATASET.claims:
        start = text.index(plain(claim.excerpt))
        is_excerpt[start : start + len(plain(claim.excerpt))] = [True] * len(plain(claim.excerpt))
    outside = [True] * len(text)
    for found in re.finditer(r"«.*?»", text):
        outside[found.start() : found.end()] = [False] * len(found[0])
    count = sum(a and b for a, b in zip(is_excerpt, outside, strict=True))
    assert count <= sum(outside) / 3


def files_of_the_project() -> list[Path]:
    found = [path for name in ("data", "essfacts", "tests") for path in (ROOT / name).rglob("*")]
    kinds = {".yaml", ".py", ".md", ".txt"}
    return sorted(path for path in [*found, *ROOT.glob("*.md")] if path.suffix in kinds)


def test_no_passage_of_the_release_is_copied(release: str) -> None:
    runs: set[tuple[str, ...]] = set()
    for part in re.split(r"«.*?»", release, flags=re.DOTALL):
        words = words_of(part)
        runs.update(tuple(words[at : at + 26]) for at in range(len(words) - 25))
    for path in files_of_the_project():
        words = words_of(path.read_text(encoding="utf-8"))
        copied = runs.intersection(tuple(words[at : at + 26]) for at in range(len(words) - 25))
        assert copied == set(), path


# What a person reads in the release: value, unit, approximation, source.

RELEASE, STUDY = "release", "study"
PANORAMA, CROSSING = "ess-france-panorama", "insee-ess-france"
BANQUE, INTERCO = "banque-des-territoires-profile", "intercommunalites-profile"
FIGURES: dict[str, tuple[Number, str, str, str]] = {
    # Footnote 1 closes the phrase with both shares; footnote 2 is on the third one alone.
    "gdp-share": (10, "percent", "on-average", PANORAMA),
    "private-employment-share": (14, "percent", "on-average", PANORAMA),
    "industrial-employment-share": (1.3, "percent", "exact", CROSSING),
    # No footnote, and nothing says that the study found it: the release's own voice.
    "industrial-enterprises": (1367, "enterprise", "exact", RELEASE),
    "cooperatives-share": (2 / 3, "fraction", "exact", RELEASE),
    "adapted-enterprises-share": (1 / 2, "fraction", "nearly", RELEASE),
    "interviews-held": (80, "interview", "nearly", RELEASE),
    "territorial-monographs": (4, "monograph", "exact", RELEASE),
    "workshops-held": (4, "workshop", "exact", RELEASE),
    "workshops-with-industry": (2, "workshop", "exact", RELEASE),
    "workshops-with-regions": (1, "workshop", "exact", RELEASE),
    "workshops-with-ess-france": (1, "workshop", "exact", RELEASE),
    # What an organisation says of itself.
    "banque-des-territoires-offices": (37, "local-office", "exact", BANQUE),
    "members-total": (1000, "intercommunality", "nearly", INTERCO),
    "members-metropoles": (17, "intercommunality", "exact", INTERCO),
    "members-communautes-d-agglomeration": (205, "intercommunality", "exact", INTERCO),
    "members-communautes-urbaines": (11, "intercommunality", "exact", INTERCO),
    "members-grand-paris": (10, "intercommunality", "exact", INTERCO),
    "members-communautes-de-communes": (720, "intercommunality", "exact", INTERCO),
    "members-population-share": (80, "percent", "nearly", INTERCO),
}


@by_id(DATASET.stats)
def test_a_figure_is_what_the_release_says(record: Stat) -> None:
    value, unit, approximation, source = FIGURES[record.id]
    assert record.value == pytest.approx(value, rel=1e-12)
    assert (record.unit, record.approximation, record.sources) == (unit, approximation, (source,))


def test_no_figure_is_missing() -> None:
    assert {stat.id for stat in DATASET.stats} == FIGURES.keys()


@pytest.mark.parametrize(
    ("id", "value"),
    [
        ("industrial-cooperatives", 911.33),  # two thirds of 1,367
        ("employment-weight-ratio", 10.77),  # 14 over 1.3
        ("members-by-category", 963),  # 17 + 205 + 11 + 10 + 720
        ("communautes-de-communes-share", 74.766),  # 720 over 963
        ("workshops-by-participants", 4),  # 2 + 1 + 1
    ],
)
def test_a_computed_figure_is_the_one_worked_out_by_hand(id: str, value: float) -> None:
    assert DATASET.values[id] == pytest.approx(value, abs=0.005)


SOURCES = {
    RELEASE: (
        "release",
        ("banque-des-territoires", "intercommunalites", "regions"),
        "2025-11-13",
    ),
    STUDY: ("study", ("banque-des-territoires", "intercommunalites", "regions"), "2025-11-13"),
    PANORAMA: ("footnote", ("ess-france",), "2022-05"),
    CROSSING: ("cross-reference", ("insee", "ess-france"), None),
    "genter-statement": ("statement", ("christophe-genter",), "2025-11-13"),
    "lutrot-statement": ("statement", ("virginie-lutrot",), "2025-11-13"),
    "delga-statement": ("statement", ("carole-delga",), "2025-11-13"),
    BANQUE: ("self-description", ("banque-des-territoires",), "2025-11-13"),
    INTERCO: ("self-description", ("intercommunalites",), "2025-11-13"),
}


def test_sources_are_those_of_the_release() -> None:
    assert {
        source.id: (source.type, source.producers, source.date_published)
        for source in DATASET.sources
    } == SOURCES


def test_only_the_first_footnote_gives_an_address() -> None:
    address = "https://www.ess-france.org/panorama-de-l-ess-ce-que-l-ess-apporte-a-la-societe"
    assert {source.id: source.url for source in DATASET.sources if source.url} == {
        PANORAMA: address
    }


# What the release says that the study highlights, shows, reveals or made possible.
SHOWN_BY_THE_STUDY = {
    "growing-role",
    "cooperative-models",
    "answers-challenges",
    "inclusion-driver",
    "relocation",
    "short-supply-chains",
    "levers-from-obstacles",
}


@by_id([claim for claim in DATASET.claims if claim.kind not in {"stat", "quote"}])
def test_a_claim_is_credited_to_who_makes_it(record: Claim) -> None:
    own = {"about-banque-des-territoires": BANQUE, "about-intercommunalites": INTERCO}
    if record.kind == "lever" or record.id in SHOWN_BY_THE_STUDY:
        assert record.sources == (STUDY,)
    elif record.section in own:
        assert record.sources == (own[record.section],)
    elif record.section == "footnotes" and record.id != "panorama-reference":
        assert record.sources == (CROSSING,)
    elif record.id == "territoires-d-industrie-since-2018":
        assert record.sources == ("lutrot-statement",)
    else:
        assert record.sources == (RELEASE,)


# Who is named.

OFFICES = {
    "Christophe Genter": [
        ("directeur du Département Cohésion Sociale et Territoriale", "Banque des Territoires"),
    ],
    "Virginie Lutrot": [
        ("première vice-présidente", "Intercommunalités de France"),
        ("présidente de la communauté d'agglomération", "Caux Seine Agglo"),
    ],
    "Carole Delga": [
        ("présidente", "Régions de France"),
        ("présidente", "Région Occitanie"),
    ],
    "Aurélie Imbert": [("contact presse", "Banque des Territoires")],
    "Yoann Jacquet": [("contact presse", "Intercommunalités de France")],
    "Violaine Hacke": [("contact presse", "Régions de France")],
}


def test_people_hold_their_offices() -> None:
    names = {organisation.id: organisation.name for organisation in DATASET.organisations}
    assert {
        person.name: [(office.title.fr, names[office.organisation]) for office in person.offices]
        for person in DATASET.people
    } == OFFICES


@by_id(DATASET.people)
def test_a_press_contact_can_be_reached(record: Any, release: str) -> None:
    is_contact = record.offices[0].title.fr == "contact presse"
    assert bool(record.email) == bool(record.phone) == is_contact
    if is_contact:
        [line] = [line for line in release.splitlines() if line.startswith(f"{record.name} :")]
        assert record.email in line
        assert record.phone in line


@pytest.mark.parametrize(
    ("quote", "speaker", "source", "organisation"),
    [
        ("genter-commitment", "christophe-genter", "genter-statement", "banque-des-territoires"),
        ("lutrot-new-lever", "virginie-lutrot", "lutrot-statement", "intercommunalites"),
        ("delga-key-role", "carole-delga", "delga-statement", "regions"),
    ],
)
def test_a_quotation_is_its_speakers(
    quote: str, speaker: str, source: str, organisation: str
) -> None:
    [found] = [record for record in DATASET.quotes if record.id == quote]
    assert found.speaker == speaker
    assert found.sources == (source,)
    assert found.organisations == (organisation,)


def test_an_omission_is_kept_in_words_and_translation() -> None:
    omitting = [quote for quote in DATASET.quotes if "[...]" in quote.words]
    assert [quote.id for quote in omitting] == ["lutrot-new-lever"]
    assert "[...]" in omitting[0].translation


# Nothing is left out.

DATES = {
    "study-published": "2025-11-13",
    "territoires-d-industrie-since-2018": "2018",
    "panorama-reference": "2022-05",
    "ess-definition": "2014",
    "industry-workshops": "2024-04",
    "industry-workshops-aim": "2024-04",
    "regions-workshop": "2024-05-31",
    "ess-france-workshop": "2024-06-14",
}


def test_dated_claims_have_the_dates_of_the_release() -> None:
    assert {claim.id: claim.date for claim in DATASET.claims if claim.date} == DATES


MONTHS = {"04": "avril", "05": "mai", "06": "juin", "11": "novembre"}


@by_id([claim for claim in DATASET.claims if claim.date])
def test_an_excerpt_carries_the_date_of_its_claim(record: Claim) -> None:
    assert record.date
    year, month, day = (*record.date.split("-"), "", "")[:3]
    assert " ".join(filter(None, (day, MONTHS.get(month), year))) in record.excerpt


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("gdp-share", "en moyenne"),
        ("industrial-employment-share", "ne pèsent aujourd'hui que"),
        ("adapted-enterprises-share", "près d'une"),
        ("members-total", "aujourd'hui près d'un"),
        ("members-population-share", "près de"),
        ("interviews-held", "près de"),
        ("individual-interviews", "Près de"),
        ("answers-challenges", "peut"),
        ("supported-initiatives", "souvent"),
        ("local-jobs", "non délocalisables"),
        ("qualitative-approach", "en grande partie"),
        ("monographs-aim", "pour recenser"),
    ],
)
def test_an_excerpt_carries_its_hedge(id: str, words: str) -> None:
    assert words in next(claim.excerpt for claim in DATASET.claims if claim.id == id)


def test_the_ess_comes_first_among_figures_and_workshops_last() -> None:
    sections = [(stat.section, stat.unit) for stat in DATASET.stats]
    assert [section for section, _ in sections[:6]] == ["figures"] * 6
    assert [unit for _, unit in sections[-4:]] == ["workshop"] * 4


def test_the_thesis_of_title_and_headings_is_claimed() -> None:
    named = {claim.id: claim.section for claim in DATASET.claims}
    assert named["responsible-reindustrialisation"] == "headline"
    assert named["jobs-and-environment"] == "local-lever"
    assert named["close-collaboration"] == "collaboration"


def test_there_are_five_levers_in_their_order() -> None:
    assert [lever.id for lever in DATASET.of_kind("lever")] == [
        "economic-cooperation",
        "adapted-financing",
        "land-strategy",
        "talent-recruitment",
        "ess-in-industry",
    ]


@pytest.mark.parametrize(
    ("ending", "count"),
    [
        ("-financing", 5),  # one lever, and the four things that the partners finance
        ("interviewed-", 5),  # each of the groups with whom interviews were held
        ("members-", 7),  # five categories, their total, the population
    ],
)
def test_each_of_a_list_has_a_claim(ending: str, count: int) -> None:
    assert sum(ending in claim.id for claim in DATASET.claims if claim.kind != "quote") == count


def test_the_advisory_committee_has_its_five_members(dataset: Dataset) -> None:
    [committee] = [c for c in dataset.claims if c.id == "advisory-committee-members"]
    assert set(committee.organisations) == {
        "banque-des-territoires",
        "tresor",
        "ess-france",
        "intercommunalites",
        "regions",
    }


def test_the_release_is_identified(dataset: Dataset) -> None:
    assert dataset.release.date == "2025-11-13"
    assert dataset.release.publishers == ("banque-des-territoires",)
    assert dataset.release.partners == ("intercommunalites", "regions")


RECORDS = sorted(path for path in (ROOT / "data").iterdir() if path.stem != "fingerprint")


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.name)
def test_other_readers_of_yaml_find_the_same_records(path: Path) -> None:
    """What an editor or another program reads is what essfacts reads."""
    loaded = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)  # noqa: S506 - texts alone
    records = loaded if isinstance(loaded, list) else loaded["sections"]
    assert [record["id"] for record in records] == [
        record.id for record in DATASET.records() if record.id in {r["id"] for r in records}
    ]
