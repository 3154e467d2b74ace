"""Each rule meets rows that break it, made of a dataset that keeps them all."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from wrong_edits import edits, unfound

from essfacts.model import Computed, Dataset, Formula, Office, Text
from essfacts.rules import MAX_FAULTS, RULES, faults, structural
from essfacts.text import FORMULA_STARTS

if TYPE_CHECKING:
    from collections.abc import Callable

    Change = Callable[[Dataset], Dataset]


def put(dataset: Dataset, table: str, records: Any) -> Dataset:
    tables: dict[str, Any] = {table: records}
    return replace(dataset, **tables)


def change(table: str, id: str, /, **values: Any) -> Change:
    """Make the change of one record of a table."""

    def apply(dataset: Dataset) -> Dataset:
        records = getattr(dataset, table)
        assert any(record.id == id for record in records)
        changed = tuple(
            replace(record, **values) if record.id == id else record for record in records
        )
        return put(dataset, table, changed)

    return apply


def change_release(**values: Any) -> Change:
    return lambda dataset: replace(dataset, release=replace(dataset.release, **values))


def computed(id: str, operation: Any, *inputs: str, **values: Any) -> Computed:
    return Computed(
        id=id,
        line=99,
        text=Text(fr="x", en="x"),
        counts=Text(fr="x", en="x"),
        unit="workshop",
        topics=("repair",),
        formula=Formula(operation=operation, inputs=inputs),
        **values,
    )


def add(*records: Computed) -> Change:
    return lambda dataset: replace(dataset, computed=(*dataset.computed, *records))


def line_of(folder: Path, file: str, id: str) -> int:
    """Find where a record begins, as a person would."""
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.strip() == f"- id: {id}")


def test_a_good_dataset_has_no_faults(made_up: Dataset, dataset: Dataset) -> None:
    assert faults(made_up) == []
    assert faults(dataset) == []


TOOLS = "tool-lending"
# The rules that compare what texts say; a wrong excerpt or value may break one of them too.
PROSE = {"numbers", "dates", "negations", "hedges", "names"}
LONG = "a " * 25 + "b"
BAD: list[tuple[Change, str, str, str]] = [
    # Ids.
    (
        change("claims", TOOLS, id="Tool_Lending"),
        "levers.yaml",
        TOOLS,
        'ids: the id is not kebab-case, such as "industrial-employment"',
    ),
    (
        change("claims", TOOLS, id="tools-"),
        "levers.yaml",
        TOOLS,
        'ids: the id is not kebab-case, such as "industrial-employment"',
    ),
    (
        change("claims", TOOLS, id="a" * 81),
        "levers.yaml",
        TOOLS,
        "ids: the id has 81 characters, at most 80",
    ),
    # Languages.
    (
        change("claims", TOOLS, text=Text(fr=" ", en="Share.")),
        "levers.yaml",
        TOOLS,
        'languages: text: no text in "fr"',
    ),
    (
        change("claims", TOOLS, name=Text(fr="Prêt", en="")),
        "levers.yaml",
        TOOLS,
        'languages: name: no text in "en"',
    ),
    (
        change("computed", "members-counted", counts=Text(fr="a", en="")),
        "computed.yaml",
        "members-counted",
        'languages: counts: no text in "en"',
    ),
    (
        change(
            "people",
            "basile-pignon",
            offices=(Office(title=Text(fr="Trésorier", en=""), organisation="union"),),
        ),
        "people.yaml",
        "basile-pignon",
        'languages: offices: no text in "en"',
    ),
    # Sources.
    (
        change("claims", TOOLS, sources=()),
        "levers.yaml",
        TOOLS,
        "sources: no source: who vouches for the claim?",
    ),
    (
        change("sources", "carnet", producers=()),
        "sources.yaml",
        "carnet",
        "sources: no producer: who vouches for what it says?",
    ),
    # Excerpts.
    (
        change("claims", TOOLS, excerpt=LONG),
        "levers.yaml",
        TOOLS,
        "excerpt: 26 words, at most 25",
    ),
    (
        change("claims", TOOLS, excerpt="é" * 121),
        "levers.yaml",
        TOOLS,
        "excerpt: 121 characters, at most 120",
    ),
    # Numbers.
    (
        change("claims", "bicycles-saved", written="1 249", value=1249),
        "stats.yaml",
        "bicycles-saved",
        'written: "1 249" does not stand in the excerpt',
    ),
    (
        change("claims", "bicycles-saved", value=1284),
        "stats.yaml",
        "bicycles-saved",
        'value: 1284 in "bicycle", but "1 248" reads as 1248',
    ),
    (
        change("claims", "still-rolling-share", value=0.74),
        "stats.yaml",
        "still-rolling-share",
        'value: 0.74 in "part", but "les trois quarts" reads as 0.75',
    ),
    (
        change("claims", "wages-share", value=25),
        "stats.yaml",
        "wages-share",
        'value: 25 in "per-hundred", but "2,5 %" reads as 2.5%',
    ),
    (
        change("claims", "days-held", written="journées"),
        "stats.yaml",
        "days-held",
        'written: "journées" does not read as one number',
    ),
    (
        change(
            "claims", "members-in-towns", excerpt="31 en bourg et 17", written="31 en bourg et 17"
        ),
        "stats.yaml",
        "members-in-towns",
        'written: "31 en bourg et 17" does not read as one number',
    ),
    (  # a digit of a number is no number
        change("claims", "members-in-towns", written="1", value=1),
        "stats.yaml",
        "members-in-towns",
        'written: "1" does not stand in the excerpt',
    ),
    (
        change("claims", "bicycles-saved", written="248", value=248),
        "stats.yaml",
        "bicycles-saved",
        'written: "248" is only a part of the excerpt\'s number',
    ),
    (
        change("claims", "wages-share", written="5 %", value=5),
        "stats.yaml",
        "wages-share",
        'written: "5 %" is only a part of the excerpt\'s number',
    ),
    (
        change("claims", "still-rolling-share", written="trois", value=3, unit="bicycle"),
        "stats.yaml",
        "still-rolling-share",
        'written: "trois" is only a part of the excerpt\'s number',
    ),
    (
        change("claims", "towns-share", approximation="zzz"),
        "stats.yaml",
        "towns-share",
        'approximation: no "zzz": one of exact, about, nearly, on-average, more-than, less-than, '
        "at-least, at-most",
    ),
    (
        change("claims", "towns-share", approximation="neerly"),
        "stats.yaml",
        "towns-share",
        'approximation: no "neerly": did you mean "nearly"?',
    ),
    (
        change("claims", "towns-share", approximation="about"),
        "stats.yaml",
        "towns-share",
        "approximation: about, but the excerpt's number is nearly",
    ),
    (
        change("claims", "bicycles-saved", approximation="nearly"),
        "stats.yaml",
        "bicycles-saved",
        "approximation: nearly, but the excerpt's number is exact",
    ),
    (
        change("claims", "cyclists-share", unit="volunteer"),
        "stats.yaml",
        "cyclists-share",
        'value: 18 in "volunteer", but "18 %" reads as 18%',
    ),
    (
        change("claims", "still-rolling-share", unit="bicycle"),
        "stats.yaml",
        "still-rolling-share",
        'value: 0.75 in "bicycle", but "les trois quarts" reads as 0.75',
    ),
    (
        change(
            "claims",
            "cyclists-share",
            excerpt="18 % des cyclistes en moyenne",
            approximation="exact",
        ),
        "stats.yaml",
        "cyclists-share",
        "approximation: exact, but the excerpt's number is on-average",
    ),
    (  # what is nearly so is another share
        change(
            "claims",
            "cyclists-share",
            excerpt="18 % des cyclistes, près de 20 % des bourgs",
            approximation="nearly",
        ),
        "stats.yaml",
        "cyclists-share",
        "approximation: nearly, but the excerpt's number is exact",
    ),
    # Quotations.
    (
        change("claims", "one-more-neighbour", excerpt="un voisin de moins"),
        "quotes.yaml",
        "one-more-neighbour",
        "quotations: the excerpt does not stand in the words of the quotation",
    ),
    (
        change("claims", "one-more-neighbour", sources=("moyeu-statement", "enquete")),
        "quotes.yaml",
        "one-more-neighbour",
        'quotations: the source "enquete" is not the word of "odile-moyeu"',
    ),
    # Web addresses.
    (
        change("sources", "carnet", url="javascript:alert(1)"),
        "sources.yaml",
        "carnet",
        'url: "javascript:alert(1)" is not a web address',
    ),
    (
        change("sources", "carnet", url="https://rayons.example/a b"),
        "sources.yaml",
        "carnet",
        'url: "https://rayons.example/a b" is not a web address',
    ),
    # Ids that name nothing, or a record of the wrong sort.
    (
        change("claims", TOOLS, section="workbentch"),
        "levers.yaml",
        TOOLS,
        'references: section: no "workbentch" in sections: did you mean "workbench"?',
    ),
    (
        change("claims", TOOLS, section="repair"),
        "levers.yaml",
        TOOLS,
        'references: section: "repair" stands in topics, not in sections',
    ),
    (
        change("claims", TOOLS, topics=("repair", "union")),
        "levers.yaml",
        TOOLS,
        'references: topics: "union" stands in organisations, not in topics',
    ),
    (
        change("claims", TOOLS, sources=("enquete", "enquette")),
        "levers.yaml",
        TOOLS,
        'references: sources: no "enquette" in sources: did you mean "enquete"?',
    ),
    (
        change("claims", TOOLS, organisations=("odile-moyeu",)),
        "levers.yaml",
        TOOLS,
        'references: organisations: "odile-moyeu" stands in people, not in organisations',
    ),
    (
        change("claims", "bicycles-saved", unit="bicycles"),
        "stats.yaml",
        "bicycles-saved",
        'references: unit: no "bicycles" in units: did you mean "bicycle"?',
    ),
    (
        change("computed", "bicycles-in-use", unit="repair"),
        "computed.yaml",
        "bicycles-in-use",
        'references: unit: "repair" stands in topics, not in units',
    ),
    (
        change("sources", "carnet", producers=("rayons", "repair")),
        "sources.yaml",
        "carnet",
        'references: producers: "repair" stands in topics, not in organisations or people',
    ),
    (
        change(
            "people",
            "basile-pignon",
            offices=(Office(title=Text(fr="x", en="x"), organisation="unoin"),),
        ),
        "people.yaml",
        "basile-pignon",
        'references: organisation: no "unoin" in organisations: did you mean "union"?',
    ),
    # Formulas.
    (
        change(
            "computed", "members-counted", formula=Formula(operation="sum", inputs=("days-held",))
        ),
        "computed.yaml",
        "members-counted",
        "formulas: a sum takes two inputs",
    ),
    (
        change(
            "computed",
            "counted-against-all",
            formula=Formula(operation="ratio", inputs=("members-all",) * 3),
        ),
        "computed.yaml",
        "counted-against-all",
        "formulas: a ratio takes two inputs",
    ),
    (
        change(
            "computed",
            "members-counted",
            formula=Formula(operation="sum", inputs=("members-in-towns", "members-in-village")),
        ),
        "computed.yaml",
        "members-counted",
        'references: inputs: no "members-in-village" in stats or computed: '
        'did you mean "members-in-villages"?',
    ),
    (
        change(
            "computed",
            "members-counted",
            formula=Formula(operation="sum", inputs=("members-in-towns", TOOLS)),
        ),
        "computed.yaml",
        "members-counted",
        f'references: inputs: "{TOOLS}" stands in levers, not in stats or computed',
    ),
    *(
        (
            change("claims", TOOLS, text=Text(fr=f"{start}cmd", en="x")),
            "levers.yaml",
            TOOLS,
            "spreadsheets: text: begins as a spreadsheet's formula would",
        )
        for start in FORMULA_STARTS
    ),
    (
        change("organisations", "ligue", aliases=(" =1+1",)),
        "organisations.yaml",
        "ligue",
        "spreadsheets: aliases: begins as a spreadsheet's formula would",
    ),
    (
        change("people", "basile-pignon", phone="+33 1 99 00 00 01"),
        "people.yaml",
        "basile-pignon",
        "spreadsheets: phone: begins as a spreadsheet's formula would",
    ),
]


@pytest.mark.parametrize(("apply", "file", "id", "message"), BAD, ids=[row[3] for row in BAD])
def test_a_bad_row_is_found(
    made_up: Dataset, made_up_folder: Path, apply: Change, file: str, id: str, message: str
) -> None:
    [fault] = [fault for fault in faults(apply(made_up)) if fault.rule not in PROSE]
    assert (fault.file, fault.line) == (file, line_of(made_up_folder, file, id))
    assert f"{fault.rule}: {fault.message}".startswith(message)
    if not message.startswith("ids"):
        assert fault.record == id


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("publishers", 'publishers: no "unions" in organisations: did you mean "union"?'),
        ("partners", 'partners: no "unions" in organisations: did you mean "union"?'),
    ],
)
def test_the_release_names_organisations(made_up: Dataset, field: str, message: str) -> None:
    bad = change_release(**{field: ("unions",)})(made_up)
    assert f"release.yaml: references: {message}" in map(str, faults(bad))


@pytest.mark.parametrize(("unit", "count"), [("euro", 0), ("bicycle", 1)])
def test_an_amount_is_of_its_currency(made_up: Dataset, unit: str, count: int) -> None:
    euro = replace(made_up.units[0], id="euro", symbol="€", percent=None)
    paid = {"excerpt": "1 248 € de vélos", "written": "1 248 €", "unit": unit}
    read = change("claims", "bicycles-saved", **paid)(put(made_up, "units", (*made_up.units, euro)))
    assert [fault.rule for fault in faults(read)].count("value") == count


@pytest.mark.parametrize("id", ["a" * 80, "b-2", "2031"])
def test_an_id_may_be_so(made_up: Dataset, id: str) -> None:
    assert faults(change("claims", TOOLS, id=id)(made_up)) == []


@pytest.mark.parametrize("id", ["", "-", "a--b", "a-", "-a", "A", "é", "a_b", "a b", "a\n", "x}{y"])
def test_ids_are_checked_wherever_a_dataset_is_read(made_up: Dataset, id: str) -> None:
    [fault] = structural(change("claims", TOOLS, id=id)(made_up))
    assert (fault.rule, str(fault.message)[:25]) == ("ids", "the id is not kebab-case,")


LONG_ID = "z" * 5_000


@pytest.mark.parametrize(
    "apply",
    [
        change("claims", TOOLS, id=LONG_ID),
        change("claims", TOOLS, id=f"{LONG_ID}!"),
        change("claims", TOOLS, topics=(LONG_ID,)),
        change("claims", TOOLS, section=LONG_ID),
        change("claims", "bicycles-saved", written=LONG_ID),
        change("claims", "bicycles-saved", unit=LONG_ID),
        change("claims", "bicycles-saved", approximation=LONG_ID),
        change("claims", "one-more-neighbour", speaker=LONG_ID),
        change("claims", TOOLS, text=Text(fr=f"Le {LONG_ID.title()}.", en="A tool.")),
        change("sources", "carnet", url=LONG_ID),
        add(computed("long", "sum", LONG_ID, "days-held")),
        add(computed(LONG_ID, "sum", LONG_ID, "days-held")),
        change("topics", "repair", id=LONG_ID),
    ],
)
def test_a_fault_shows_a_hundred_characters_of_what_is_wrong(
    made_up: Dataset, apply: Change
) -> None:
    found = faults(apply(made_up))
    assert found
    for fault in found:
        assert max(map(len, re.findall(r"[zZ]+", str(fault))), default=0) <= 100


@pytest.mark.parametrize("excerpt", ["a " * 24 + "b", "é" * 120])
def test_an_excerpt_may_reach_its_bounds(made_up: Dataset, excerpt: str) -> None:
    assert faults(change("claims", TOOLS, excerpt=excerpt)(made_up)) == []


def test_a_repeated_id_says_where_the_first_one_stands(
    made_up: Dataset, made_up_folder: Path
) -> None:
    bad = change("claims", TOOLS, id="carnet")(made_up)
    first = line_of(made_up_folder, "sources.yaml", "carnet")
    line = line_of(made_up_folder, "levers.yaml", TOOLS)
    message = f"the id stands already at sources.yaml:{first}"
    assert [*map(str, faults(bad))] == [f"levers.yaml:{line}: carnet: ids: {message}"]


@pytest.mark.parametrize("table", ["topics", "units", "organisations", "people", "sources"])
def test_what_nothing_names_is_found(made_up: Dataset, table: str) -> None:
    records = getattr(made_up, table)
    idle: dict[str, Any] = {"id": "idle", "line": 99}
    if table == "sources":  # who produced it is not idle
        idle["producers"] = ("union",)
    if table == "organisations":  # nor is who bears another's name
        idle |= {"name": "Oisifs", "aliases": ()}
    bad = put(made_up, table, (*records, replace(records[0], **idle)))
    assert [*map(str, faults(bad))] == [f"{table}.yaml:99: idle: unused: nothing names it"]


def test_a_section_that_nothing_names_is_found(made_up: Dataset) -> None:
    section = replace(made_up.release.sections[0], id="idle", line=99)
    bad = change_release(sections=(*made_up.release.sections, section))(made_up)
    assert [*map(str, faults(bad))] == ["release.yaml:99: idle: unused: nothing names it"]


def test_a_formula_that_goes_in_a_circle_is_found(made_up: Dataset) -> None:
    bad = add(
        computed("chicken", "sum", "egg", "days-held"),
        computed("egg", "sum", "chicken", "days-held"),
    )(made_up)
    [fault] = structural(bad)
    assert (fault.file, fault.line) == ("computed.yaml", 99)
    assert str(fault.message) in {
        "goes round in a circle: chicken → egg → chicken",
        "goes round in a circle: egg → chicken → egg",
    }


def test_a_formula_of_itself_is_a_circle(made_up: Dataset) -> None:
    [fault] = structural(add(computed("worm", "sum", "worm", "days-held"))(made_up))
    assert str(fault.message) == "goes round in a circle: worm → worm"


@pytest.mark.slow
def test_a_large_circle_is_told_in_short(made_up: Dataset) -> None:
    circle = [computed(f"c{n}", "sum", f"c{(n + 1) % 5000}", "days-held") for n in range(5000)]
    [fault] = structural(add(*circle)(made_up))
    assert "…" in str(fault.message)
    assert len(str(fault.message)) < 200


@pytest.mark.parametrize(
    ("zero", "inputs"),
    [
        ({"value": 0}, ("members-all", "days-held")),
        ({"value": 0.0}, ("members-all", "days-held")),
    ],
)
def test_a_division_by_zero_is_found(
    made_up: Dataset, zero: dict[str, Any], inputs: tuple[str, str]
) -> None:
    bad = add(computed("endless", "ratio", *inputs))(change("claims", "days-held", **zero)(made_up))
    assert [*map(str, structural(bad))] == ["computed.yaml:99: endless: formulas: divides by zero"]


def test_a_result_too_large_is_found_and_what_rests_on_it_is_not_blamed(made_up: Dataset) -> None:
    bad = add(
        computed("vast", "product", "members-all", "members-all"),
        computed("vaster", "sum", "vast", "members-all"),
    )(change("claims", "members-all", value=10**15)(made_up))
    assert [str(fault) for fault in structural(bad) if fault.record in {"vast", "vaster"}] == [
        "computed.yaml:99: vast: formulas: its result is too large"
    ]


def test_every_fault_is_found_at_once(made_up: Dataset) -> None:
    bad = made_up
    for apply in (
        change("claims", TOOLS, sources=(), excerpt=LONG),
        change("claims", "bicycles-saved", value=1),
        change("topics", "crafts", name=Text(fr="", en="")),
    ):
        bad = apply(bad)
    assert [(fault.rule, fault.record) for fault in faults(bad) if fault.rule not in PROSE] == [
        ("languages", "crafts"),
        ("languages", "crafts"),
        ("sources", TOOLS),
        ("excerpt", TOOLS),
        ("value", "bicycles-saved"),
    ]


def test_faults_past_counting_are_not_all_told(made_up: Dataset) -> None:
    [first, *_] = made_up.claims
    claims = tuple(replace(first, id=f"claim-{index}", topics=("none",)) for index in range(2_000))
    found = structural(replace(made_up, claims=claims, computed=()))
    assert len(found) == MAX_FAULTS + 1
    assert str(found[-1]) == "there are more faults: these come first"


# What texts say.


def claim(made_up: Dataset, id: str, fr: str | None, en: str | None, **values: Any) -> list[str]:
    """Give the faults of a claim or a computed stat with other texts."""
    record: Any = made_up.by_id[id]
    text = Text(fr=fr or record.text.fr, en=en or record.text.en)
    table = "computed" if isinstance(record, Computed) else "claims"
    found = faults(change(table, id, text=text, **values)(made_up))
    return [f"{fault.rule}: {fault.message}" for fault in found if fault.record == id]


SAID: list[tuple[str, str | None, str | None, dict[str, Any], str]] = [
    # Numbers.
    ("members-all", "L'Union compte 49 ateliers.", None, {}, 'numbers: text: "49" in French'),
    ("members-all", None, "The Union has forty workshops.", {}, 'numbers: text: "40" in English'),
    (
        "members-all",
        "L'Union compte 49 ateliers.",
        "The Union has 49 workshops.",
        {},
        'numbers: text: lacks "48"',
    ),
    (
        "canteen-bicycles",
        "À Saint-Fictif, La Chambre à Air s'occupe de 3 vélos de la cantine.",
        "In Saint-Fictif, La Chambre à Air looks after three of the canteen's bicycles.",
        {},
        'numbers: text: nothing vouches for "3"',
    ),
    (  # there are 48 of something else
        "canteen-bicycles",
        "À Saint-Fictif, La Chambre à Air s'occupe de 48 vélos de la cantine.",
        "In Saint-Fictif, La Chambre à Air looks after 48 of the canteen's bicycles.",
        {},
        'numbers: text: nothing vouches for "48"',
    ),
    ("towns-share", "Presque 20 points des bourgs en veulent un.", None, {}, 'numbers: text: "ne'),
    ("towns-share", "20 % des bourgs veulent un atelier.", None, {}, 'numbers: text: "20%" in Fr'),
    ("towns-share", None, "More than 20% of towns want one.", {}, 'numbers: text: "nearly 20%" in'),
    ("wages-share", "Ils paient environ 2,5 % des salaires du métier.", None, {}, "numbers: text:"),
    ("volunteers-heard", None, "Thirty volunteers answered.", {}, 'numbers: text: "about 30" in'),
    ("leads-found", None, None, {"excerpt": "Trois pistes"}, 'numbers: text: lacks "3"'),
    (
        "one-more-neighbour",
        None,
        None,
        {"translation": "A bicycle repaired is two more neighbours. [...] So we open on Saturday."},
        'numbers: words: "2" in English',
    ),
    # Dates.
    (
        "day-in-april",
        "Une journée a eu lieu le 12 mai 2031.",
        None,
        {},
        'dates: text: "2031-05-12"',
    ),
    ("day-in-april", None, None, {"date": "2031-04-13"}, 'dates: text: lacks "2031-04-13"'),
    ("day-in-april", None, None, {"excerpt": "l'une le 13 avril 2031"}, "dates: text: lacks"),
    ("trailers-since-2029", None, None, {"date": "2028"}, 'dates: text: lacks "2028"'),
    (
        "tool-lending",
        "Partager l'outillage entre bourgs en mai 2032.",
        "Share tools between towns in May 2032.",
        {},
        'dates: text: nothing vouches for "2032-05"',
    ),
    # Negations.
    ("square-revival", "Un atelier partagé ne ranime pas un bourg.", None, {}, "negations: text:"),
    ("square-revival", "Aucun atelier partagé ne ranime un bourg.", None, {}, "negations: text:"),
    ("square-revival", None, "A shared workshop never revives a town.", {}, "negations: text:"),
    ("square-revival", None, "A shared workshop doesn't revive a town.", {}, "negations: text:"),
    ("square-revival", None, "A shared workshop no longer revives it.", {}, "negations: text:"),
    ("square-revival", "Sans atelier partagé, un bourg revit.", None, {}, "negations: text:"),
    ("square-revival", "Un atelier ne ranime qu'un bourg.", None, {}, 'negations: text: "only" in'),
    (
        "square-revival",
        "Un atelier partagé ne ranime jamais un bourg.",
        "A shared workshop never revives a town.",
        {},
        'negations: text: nothing vouches for "not"',
    ),
    # Hedges.
    ("cyclists-share", "Les ateliers servent 18 % des cyclistes.", None, {}, "hedges: text:"),
    (
        "wages-share",
        None,
        None,
        {"approximation": "on-average"},
        'hedges: text: lacks "on-average"',
    ),
    (
        "closer-neighbours",
        None,
        "The workshop may bring people closer.",
        {},
        'hedges: text: "can" ',
    ),
    (
        "closer-neighbours",
        "L'atelier crée souvent des liens.",
        None,
        {},
        'hedges: text: "often" in',
    ),
    (
        "members-all",
        "L'Union compte en moyenne 48 ateliers.",
        "On average, the Union has 48 workshops.",
        {},
        'hedges: text: nothing vouches for "on-average"',
    ),
    # Names.
    ("survey-published", None, "The Ligue des Bourgs comes out on 4 May 2031.", {}, "names: text:"),
    (
        "members-all",
        "La Ligue des Bourgs compte 48 ateliers.",
        None,
        {},
        "names: text: other names",
    ),
    (
        "members-all",
        "La Ligue des Bourgs compte 48 ateliers.",
        "The Ligue des Bourgs has 48 workshops.",
        {},
        'names: text: nothing vouches for "ligue"',
    ),
    ("tool-lending", "Partager l'outillage à Lyon.", None, {}, 'names: text: "Lyon" in one'),
    ("tool-lending", None, "Share tools in Lyon.", {}, 'names: text: "Lyon" in one'),
    (
        "tool-lending",
        "Partager l'outillage à Lyon.",
        "Share tools in Lyon.",
        {},
        'names: text: nothing vouches for "Lyon"',
    ),
    (
        "tool-lending",
        None,
        None,
        {"excerpt": "les outils de la Ligue des Bourgs"},
        "names: text: l",
    ),
    ("tool-lending", None, None, {"excerpt": "les outils de Lyon"}, 'names: text: lacks "Lyon"'),
    (
        "members-counted",
        "Total : 31.",
        "Total: 31.",
        {},
        'numbers: text: nothing vouches for "31"',
    ),
    (
        "members-counted",
        "Total de trois membres.",
        "Total of three members.",
        {},
        "numbers: text: n",
    ),
]


@pytest.mark.parametrize(("id", "fr", "en", "values", "message"), SAID)
def test_what_texts_say_otherwise_is_found(
    made_up: Dataset, id: str, fr: str | None, en: str | None, values: dict[str, Any], message: str
) -> None:
    assert any(found.startswith(message) for found in claim(made_up, id, fr, en, **values))


@pytest.mark.parametrize(
    ("id", "fr", "en"),
    [
        ("members-all", "L'Union réunit quarante-huit ateliers.", "The Union joins 48 workshops."),
        (
            "towns-share",
            "Près d'un bourg sur cinq en veut un.",
            "Nearly one town in five wants it.",
        ),
        ("still-rolling-share", "75 % des vélos servent.", "Three-quarters of bicycles are used."),
        ("volunteers-heard", "Environ 30 bénévoles ont répondu.", "About thirty people answered."),
        ("volunteers-heard", "30 bénévoles environ y répondent.", "Thirty or so answered."),
        ("survey-published", "Le 4 mai 2031 paraît l'enquête.", "On May 4, 2031, it comes out."),
        ("days-held", "Les deux journées ont suivi.", "Both days followed."),
        ("tool-lending", "Les bourgs peuvent partager.", "Towns may share."),
        ("tool-lending", "Des outils partageables.", "Tools that can be shared."),
        ("trailers-since-2029", "Depuis 2029, les deux paient.", "Since 2029, the two have paid."),
        ("members-counted", "Total des deux lieux : 48.", "Total of the two places: 48."),
        ("volunteers-in-march", "En mars, avant le 12 avril.", "In March, before 12 April."),
        ("bicycles-in-use", "Les trois quarts des 1 248.", "Three quarters of the 1,248."),
        ("tool-lending", "Un outil européen.", "A European tool."),
        ("tool-lending", "Un lundi, en français.", "A Monday, in French."),
    ],
)
def test_what_texts_say_alike_is_no_fault(made_up: Dataset, id: str, fr: str, en: str) -> None:
    assert claim(made_up, id, fr, en) == []


def test_what_is_worked_out_may_tell_of_what_on(made_up: Dataset) -> None:
    fr, en = "Les trois quarts des 1 248 vélos.", "Three quarters of the 1,248 bicycles."
    assert claim(made_up, "bicycles-in-use", fr, en, topics=("crafts",)) == []


@pytest.mark.parametrize(
    ("fr", "en", "excerpt"),
    [
        ("On ne peut pas le délocaliser.", "It cannot be offshored.", "non délocalisable"),
        ("Sans outil, il n'y a rien.", "Without tools, there is nothing.", "rien sans outil"),
        ("Aucun outil ne sert.", "No tool is used.", "ne sert aucun outil"),
        ("Il ne sert plus.", "It is no longer used.", "ne sert plus"),
        ("Il ne sert que le samedi.", "It is used on Saturdays only.", "seulement le samedi"),
        ("Il n'est ni rare ni cher.", "It is not rare or dear.", "n'est ni rare ni cher"),
        ("Il est à deux pas du lavoir.", "It is two steps from it.", "à deux pas du lavoir"),
    ],
)
def test_negations_that_agree_are_no_fault(
    made_up: Dataset, fr: str, en: str, excerpt: str
) -> None:
    assert claim(made_up, "tool-lending", fr, en, excerpt=excerpt) == []


@pytest.mark.slow
def test_wrong_edits_of_the_packaged_prose_are_found(dataset: Dataset) -> None:
    wrong = list(edits(dataset))[::10]
    assert len(wrong) > 1_000
    assert [(edit.sort, edit.record.id, edit.what) for edit in unfound(dataset, wrong)] == []


def test_every_rule_is_documented() -> None:
    text = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z]+)` \| .+ \|$", text, re.MULTILINE)
    assert rows == ["ids", "references", "formulas", *RULES, "sealed"]
