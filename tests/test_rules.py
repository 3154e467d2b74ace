"""Each rule meets rows that break it, made of a dataset that keeps them all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from essfacts.errors import Fault
from essfacts.model import Computed, Dataset, Formula, Office, Text
from essfacts.rules import MAX_FAULTS, faults, structural
from essfacts.text import FORMULA_STARTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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


TOOLS, MOYEU = "tool-lending", "odile-moyeu"
LONG = "a " * 25 + "b"
BAD: list[tuple[Change, str, str, str]] = [
    # Ids.
    (
        change("claims", TOOLS, id="Tool_Lending"),
        "levers.yaml",
        TOOLS,
        'the id is not kebab-case, such as "industrial-employment"',
    ),
    (
        change("claims", TOOLS, id="tools-"),
        "levers.yaml",
        TOOLS,
        'the id is not kebab-case, such as "industrial-employment"',
    ),
    # Languages.
    (
        change("claims", TOOLS, text=Text(fr=" ", en="Share.")),
        "levers.yaml",
        TOOLS,
        'text: no text in "fr"',
    ),
    (
        change("claims", TOOLS, name=Text(fr="Prêt", en="")),
        "levers.yaml",
        TOOLS,
        'name: no text in "en"',
    ),
    (
        change("computed", "members-counted", counts=Text(fr="a", en="")),
        "computed.yaml",
        "members-counted",
        'counts: no text in "en"',
    ),
    # Sources.
    (
        change("claims", TOOLS, sources=()),
        "levers.yaml",
        TOOLS,
        "no source: who vouches for the claim?",
    ),
    (
        change("sources", "carnet", producers=()),
        "sources.yaml",
        "carnet",
        "no producer: who vouches for what it says?",
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
        'value: 1284, but "1 248" reads as 1248',
    ),
    (
        change("claims", "still-rolling-share", value=0.74),
        "stats.yaml",
        "still-rolling-share",
        'value: 0.74, but "les trois quarts" reads as 0.75',
    ),
    (
        change("claims", "wages-share", value=25),
        "stats.yaml",
        "wages-share",
        'value: 25, but "2,5 %" reads as 2.5',
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
        change("claims", "still-rolling-share", written="trois", value=3),
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
    # Quotations.
    (
        change("claims", "one-more-neighbour", excerpt="un voisin de moins"),
        "quotes.yaml",
        "one-more-neighbour",
        "excerpt: does not stand in the words of the quotation",
    ),
    (
        change("claims", "one-more-neighbour", sources=("moyeu-statement", "enquete")),
        "quotes.yaml",
        "one-more-neighbour",
        'sources: "enquete" is not the word of "odile-moyeu"',
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
        'section: no "workbentch" in sections: did you mean "workbench"?',
    ),
    (
        change("claims", TOOLS, section="repair"),
        "levers.yaml",
        TOOLS,
        'section: "repair" stands in topics, not in sections',
    ),
    (
        change("claims", TOOLS, topics=("repair", "union")),
        "levers.yaml",
        TOOLS,
        'topics: "union" stands in organisations, not in topics',
    ),
    (
        change("claims", TOOLS, sources=("enquete", "enquette")),
        "levers.yaml",
        TOOLS,
        'sources: no "enquette" in sources: did you mean "enquete"?',
    ),
    (
        change("claims", TOOLS, organisations=("odile-moyeu",)),
        "levers.yaml",
        TOOLS,
        'organisations: "odile-moyeu" stands in people, not in organisations',
    ),
    (
        change("claims", "bicycles-saved", unit="bicycles"),
        "stats.yaml",
        "bicycles-saved",
        'unit: no "bicycles" in units: did you mean "bicycle"?',
    ),
    (
        change("computed", "bicycles-in-use", unit="repair"),
        "computed.yaml",
        "bicycles-in-use",
        'unit: "repair" stands in topics, not in units',
    ),
    (
        change("sources", "carnet", producers=("rayons", "repair")),
        "sources.yaml",
        "carnet",
        'producers: "repair" stands in topics, not in organisations or people',
    ),
    (
        change(
            "people",
            "basile-pignon",
            offices=(Office(title=Text(fr="x", en="x"), organisation="unoin"),),
        ),
        "people.yaml",
        "basile-pignon",
        'organisation: no "unoin" in organisations: did you mean "union"?',
    ),
    # Formulas.
    (
        change(
            "computed", "members-counted", formula=Formula(operation="sum", inputs=("days-held",))
        ),
        "computed.yaml",
        "members-counted",
        "formula: a sum takes two inputs",
    ),
    (
        change(
            "computed",
            "counted-against-all",
            formula=Formula(operation="ratio", inputs=("members-all",) * 3),
        ),
        "computed.yaml",
        "counted-against-all",
        "formula: a ratio takes two inputs",
    ),
    (
        change(
            "computed",
            "members-counted",
            formula=Formula(operation="sum", inputs=("members-in-towns", "members-in-village")),
        ),
        "computed.yaml",
        "members-counted",
        'formula: no stat "members-in-village": did you mean "members-in-villages"?',
    ),
    (
        change(
            "computed",
            "members-counted",
            formula=Formula(operation="sum", inputs=("members-in-towns", TOOLS)),
        ),
        "computed.yaml",
        "members-counted",
        f'formula: no stat "{TOOLS}": one of ',
    ),
    *(
        (
            change("claims", TOOLS, text=Text(fr=f"{start}cmd", en="x")),
            "levers.yaml",
            TOOLS,
            "text: begins as a spreadsheet's formula would",
        )
        for start in FORMULA_STARTS
    ),
    (
        change("organisations", "ligue", aliases=(" =1+1",)),
        "organisations.yaml",
        "ligue",
        "aliases: begins as a spreadsheet's formula would",
    ),
    (
        change("people", "basile-pignon", phone="+33 1 99 00 00 01"),
        "people.yaml",
        "basile-pignon",
        "phone: begins as a spreadsheet's formula would",
    ),
]


@pytest.mark.parametrize(("apply", "file", "id", "message"), BAD, ids=[row[3] for row in BAD])
def test_a_bad_row_is_found(
    made_up: Dataset, made_up_folder: Path, apply: Change, file: str, id: str, message: str
) -> None:
    [fault] = faults(apply(made_up))
    assert (fault.file, fault.line) == (file, line_of(made_up_folder, file, id))
    assert fault.message.startswith(message)
    if not message.startswith("the id is not"):
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
    assert Fault("release.yaml", 0, "", message) in faults(bad)


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
    assert faults(bad) == [Fault("levers.yaml", line, "carnet", message)]


@pytest.mark.parametrize("table", ["topics", "units", "organisations", "people", "sources"])
def test_what_nothing_names_is_found(made_up: Dataset, table: str) -> None:
    records = getattr(made_up, table)
    idle: dict[str, Any] = {"id": "idle", "line": 99}
    if table == "sources":  # who produced it is not idle
        idle["producers"] = ("union",)
    bad = put(made_up, table, (*records, replace(records[0], **idle)))
    assert faults(bad) == [Fault(f"{table}.yaml", 99, "idle", "nothing names it")]


def test_a_section_that_nothing_names_is_found(made_up: Dataset) -> None:
    section = replace(made_up.release.sections[0], id="idle", line=99)
    bad = change_release(sections=(*made_up.release.sections, section))(made_up)
    assert faults(bad) == [Fault("release.yaml", 99, "idle", "nothing names it")]


def test_a_formula_that_goes_in_a_circle_is_found(made_up: Dataset) -> None:
    bad = add(
        computed("chicken", "sum", "egg", "days-held"),
        computed("egg", "sum", "chicken", "days-held"),
    )(made_up)
    [fault] = structural(bad)
    assert (fault.file, fault.line) == ("computed.yaml", 99)
    assert fault.message in {
        "formula: goes round in a circle: chicken → egg → chicken",
        "formula: goes round in a circle: egg → chicken → egg",
    }


def test_a_formula_of_itself_is_a_circle(made_up: Dataset) -> None:
    [fault] = structural(add(computed("worm", "sum", "worm", "days-held"))(made_up))
    assert fault.message == "formula: goes round in a circle: worm → worm"


def test_a_large_circle_is_told_in_short(made_up: Dataset) -> None:
    circle = [computed(f"c{n}", "sum", f"c{(n + 1) % 5000}", "days-held") for n in range(5000)]
    [fault] = structural(add(*circle)(made_up))
    assert "…" in fault.message
    assert len(fault.message) < 200


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
    assert structural(bad) == [
        Fault("computed.yaml", 99, "endless", "formula: divides by zero"),
    ]


def test_a_result_too_large_is_found_and_what_rests_on_it_is_not_blamed(made_up: Dataset) -> None:
    bad = add(
        computed("vast", "product", "members-all", "members-all"),
        computed("vaster", "sum", "vast", "members-all"),
    )(change("claims", "members-all", value=10**15)(made_up))
    assert [fault for fault in structural(bad) if fault.record in {"vast", "vaster"}] == [
        Fault("computed.yaml", 99, "vast", "formula: its result is too large"),
    ]


def test_every_fault_is_found_at_once(made_up: Dataset) -> None:
    bad = made_up
    for apply in (
        change("claims", TOOLS, sources=(), excerpt=LONG),
        change("claims", "bicycles-saved", value=1),
        change("topics", "crafts", name=Text(fr="", en="")),
    ):
        bad = apply(bad)
    assert {(fault.record, fault.message.partition(":")[0]) for fault in faults(bad)} == {
        ("crafts", "name"),
        (TOOLS, "no source"),
        (TOOLS, "excerpt"),
        ("bicycles-saved", "value"),
    }
    assert len(faults(bad)) == 5


def test_faults_past_counting_are_not_all_told(made_up: Dataset) -> None:
    [first, *_] = made_up.claims
    claims = tuple(replace(first, id=f"claim-{index}", topics=("none",)) for index in range(2_000))
    found = structural(replace(made_up, claims=claims, computed=()))
    assert len(found) == MAX_FAULTS + 1
    assert str(found[-1]) == "there are more faults: these come first"
