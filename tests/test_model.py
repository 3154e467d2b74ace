"""Records are values: frozen, compared by what they say, made by keywords."""

from __future__ import annotations

import pydoc
from dataclasses import FrozenInstanceError, fields, replace
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import essfacts
from essfacts.model import (
    KINDS,
    OPERATORS,
    Claim,
    Computed,
    Dataset,
    Formula,
    Lever,
    Office,
    Operation,
    Quote,
    Stat,
    Term,
    Text,
    Unit,
    evaluate,
)
from essfacts.rules import structural

if TYPE_CHECKING:
    from essfacts.model import Approximation, Number


def make_stat(id: str, value: Number, **values: Any) -> Stat:
    given: dict[str, Any] = {
        "kind": "stat",
        "text": Text(fr="un", en="one"),
        "section": "s",
        "excerpt": "un",
        "sources": ("x",),
        "topics": ("t",),
        "unit": "u",
        "approximation": "exact",
        "written": "un",
        "counts": Text(fr="c", en="c"),
    }
    return Stat(id=id, value=value, **(given | values))


# Values.


def test_records_are_equal_when_they_say_the_same() -> None:
    assert Text(fr="a", en="b") == Text(fr="a", en="b")
    assert Text(fr="a", en="b") != Text(fr="a", en="c")
    assert hash(Text(fr="a", en="b")) == hash(Text(fr="a", en="b"))
    assert len({make_stat("a", 1), make_stat("a", 1), make_stat("b", 1)}) == 2


def test_where_a_record_stands_is_no_part_of_what_it_says() -> None:
    assert make_stat("a", 1, line=3) == make_stat("a", 1, line=7)
    assert "line" not in repr(make_stat("a", 1, line=3))


def test_records_of_two_classes_differ() -> None:
    name = Text(fr="a", en="b")
    assert Term(id="a", name=name) != Unit(id="a", name=name)
    assert Term(id="a", name=name) != "a"


def test_a_record_shows_how_to_make_it() -> None:
    term = Term(id="a", name=Text(fr="b", en="c"))
    assert repr(term) == "Term(id='a', name=Text(fr='b', en='c'))"
    assert eval(repr(term)) == term  # noqa: S307 - of this test's own making


def test_records_are_frozen(made_up: Dataset) -> None:
    text: Any = made_up.claims[0].text
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'fr'"):
        text.fr = "other"
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'fr'"):
        del text.fr
    dataset: Any = made_up
    with pytest.raises(FrozenInstanceError):
        dataset.claims = ()
    with pytest.raises(FrozenInstanceError):
        text.new = 1


def test_every_record_is_hashable(dataset: Dataset) -> None:
    assert isinstance(hash(dataset), int)
    assert len(set(dataset.records())) == len(list(dataset.records()))


def test_a_field_that_is_unknown_or_lacking_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="Text has no field 'de'"):
        Text(fr="a", en="b", de="c")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Text lacks en"):
        Text(fr="a")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Office lacks title, organisation"):
        Office()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Text("a", "b")  # type: ignore[call-arg]


def test_defaults_fill_what_is_left_out() -> None:
    unit = Unit(id="u", name=Text(fr="a", en="b"))
    assert (unit.symbol, unit.percent, unit.line) == (None, None, 0)


def test_replace_makes_another_record() -> None:
    stat = make_stat("a", 1)
    assert replace(stat, value=2) == make_stat("a", 2)
    assert stat.value == 1
    with pytest.raises(TypeError):
        replace(stat, worth=2)  # type: ignore[call-arg]


def test_a_stat_has_the_fields_of_a_claim_first() -> None:
    names = [field.name for field in fields(Stat)]
    assert names[: len(fields(Claim))] == [field.name for field in fields(Claim)]


# The dataset.


def test_each_kind_has_its_record() -> None:
    kinds = "stat lever quote effect example action method profile".split()
    assert [*KINDS] == kinds
    assert {kind.record for kind in KINDS.values()} == {Stat, Lever, Quote, Claim}
    assert all(kind.name == name for name, kind in KINDS.items())


def test_claims_are_found_by_kind(made_up: Dataset) -> None:
    assert made_up.stats == made_up.of_kind("stat")
    assert made_up.quotes == made_up.of_kind("quote")
    assert made_up.of_kind("rumour") == ()
    assert sum(len(made_up.of_kind(kind)) for kind in KINDS) == len(made_up.claims)


def test_records_are_found_by_id(made_up: Dataset) -> None:
    assert made_up.by_id["carnet"] in made_up.sources
    assert made_up.by_id["workbench"] in made_up.release.sections
    assert made_up.by_id["members-counted"] in made_up.computed
    assert "basile" not in made_up.by_id


def test_tables_that_were_not_asked_for_are_empty(made_up: Dataset) -> None:
    dataset = Dataset(release=made_up.release)
    assert (dataset.claims, dataset.stats, dataset.values) == ((), (), {})


def test_values_are_those_worked_out_by_hand(made_up: Dataset) -> None:
    values = made_up.values
    assert (values["bicycles-saved"], values["wages-share"]) == (1248, 2.5)
    assert values["bicycles-in-use"] == 936  # three quarters of 1,248
    assert values["members-counted"] == 48  # 31 + 17
    assert type(values["members-counted"]) is int
    assert values["counted-against-all"] == 1  # 48 over 48, itself computed


def test_formulas_may_stand_in_any_order(made_up: Dataset) -> None:
    turned = replace(made_up, computed=made_up.computed[::-1])
    assert turned.values == made_up.values


# Formulas.


@pytest.mark.parametrize(
    ("operation", "numbers", "result"),
    [
        ("sum", (2, 1, 1), 4),
        ("sum", (17, 205, 11, 10, 720), 963),
        ("sum", (0.1, 0.2, 0.3), 0.6),
        ("sum", (0.1,) * 10, 1.0),
        ("product", (6, 7), 42),
        ("product", (1367, 2 / 3), 911.3333333333334),
        ("product", (0, 1.5), 0.0),
        ("ratio", (14, 1.3), 10.76923076923077),
        ("ratio", (48, 48), 1.0),
        ("ratio", (1, 4), 0.25),
        ("sum", (2**53 - 1, 1), 2**53),
    ],
)
def test_a_formula_is_worked_out(
    operation: Operation, numbers: tuple[Number, ...], result: Number
) -> None:
    values = {f"n{index}": number for index, number in enumerate(numbers)}
    found = evaluate(Formula(operation=operation, inputs=tuple(values)), values)
    assert found == pytest.approx(result, rel=1e-15)
    assert type(found) is type(result)


@pytest.mark.parametrize(
    ("operation", "numbers", "error"),
    [
        ("ratio", (1, 0), ZeroDivisionError),
        ("ratio", (1, 0.0), ZeroDivisionError),
        ("sum", (2**53, 1e10), OverflowError),
        ("product", (10**15, 10**15), OverflowError),
        ("product", (1e200, 1e200), OverflowError),
    ],
)
def test_a_formula_without_a_result_says_so(
    operation: Operation, numbers: tuple[Number, ...], error: type[Exception]
) -> None:
    values = {f"n{index}": number for index, number in enumerate(numbers)}
    with pytest.raises(error):
        evaluate(Formula(operation=operation, inputs=tuple(values)), values)


@given(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=8))
def test_whole_numbers_add_up_exactly(numbers: list[int]) -> None:
    values = {f"n{index}": number for index, number in enumerate(numbers)}
    found = evaluate(Formula(operation="sum", inputs=tuple(values)), values)
    assert found == sum(numbers)
    assert type(found) is int


@pytest.mark.parametrize(
    ("operation", "inputs", "unit", "result"),
    [
        ("ratio", ("members-in-towns", "members-all"), "per-hundred", 64.58333333333334),
        ("ratio", ("members-in-towns", "members-all"), "part", 0.6458333333333334),
        ("ratio", ("members-in-towns", "members-all"), "times", 0.6458333333333334),
        ("ratio", ("cyclists-share", "wages-share"), "times", 7.2),  # 18 % over 2.5 %
        ("ratio", ("towns-share", "cyclists-share"), "times", 1.1111111111111112),
        ("product", ("bicycles-saved", "cyclists-share"), "bicycle", 224.64),
        ("product", ("cyclists-share", "still-rolling-share"), "per-hundred", 13.5),
        ("sum", ("cyclists-share", "wages-share"), "per-hundred", 20.5),
        ("sum", ("cyclists-share", "towns-share"), "per-hundred", 38),
    ],
)
def test_percents_are_worked_out_as_shares(
    made_up: Dataset, operation: Operation, inputs: tuple[str, ...], unit: str, result: float
) -> None:
    formula = Formula(operation=operation, inputs=inputs)
    share = replace(made_up.computed[0], id="share", unit=unit, formula=formula)
    dataset = replace(made_up, computed=(*made_up.computed, share))
    assert structural(dataset) == []
    assert dataset.values["share"] == pytest.approx(result, rel=1e-12)


@pytest.mark.parametrize(
    ("written", "value", "approximation", "digits"),
    [
        ("14 %", 14, "on-average", 2),
        ("1,3 %", 1.3, "exact", 2),
        ("1 367", 1367, "exact", 4),
        ("0,05", 0.05, "exact", 1),
        ("12 M€", 12_000_000, "exact", 2),
        ("près de 80", 80, "nearly", 2),
        ("les deux tiers", 2 / 3, "exact", None),
        ("quatre", 4, "exact", None),
        ("2 sur 3", 2 / 3, "exact", None),
        ("près d'un millier", 1000, "nearly", 1),
        ("près de quatre-vingts", 80, "nearly", 1),
        ("près de la moitié", 0.5, "nearly", 1),
    ],
)
def test_a_number_knows_as_many_digits_as_are_written(
    made_up: Dataset, written: str, value: float, approximation: Approximation, digits: int | None
) -> None:
    values: dict[str, Any] = {"written": written, "value": value, "approximation": approximation}
    assert replace(made_up.stats[0], **values).digits == digits


def test_a_computed_stat_knows_the_digits_of_its_least_precise_input(dataset: Dataset) -> None:
    assert dataset.digits["employment-weight-ratio"] == 2  # 14 and 1.3
    assert dataset.digits["industrial-cooperatives"] == 3  # 1,367 and two thirds: three at most


@pytest.mark.parametrize(
    ("operation", "shown"), [("sum", "a + b"), ("product", "a × b"), ("ratio", "a ÷ b")]
)
def test_a_formula_shows_what_it_does(operation: Operation, shown: str) -> None:
    assert str(Formula(operation=operation, inputs=("a", "b"))) == shown


def test_each_operation_has_its_sign() -> None:
    assert set(OPERATORS) == set(get_args(Operation))


# The public face.


def test_what_the_package_offers_is_there() -> None:
    for name in essfacts.__all__:
        assert getattr(essfacts, name)
    assert essfacts.Stat is Stat
    assert essfacts.Computed is Computed
    with pytest.raises(AttributeError, match="module 'essfacts' has no attribute 'loud'"):
        essfacts.loud  # noqa: B018


def test_what_the_package_offers_can_be_discovered() -> None:
    assert {*essfacts.__all__} <= {*dir(essfacts)}
    shown = pydoc.plain(pydoc.render_doc(essfacts.load))
    assert max(map(len, shown.splitlines())) < 100


def test_each_kind_and_table_has_a_property_and_none_prints_it_all(made_up: Dataset) -> None:
    assert {"topics", "levers"} <= {*dir(essfacts.load())}
    for name in ("levers", "stats", "topics", "people", "release", "computed"):
        assert name in dir(made_up)
        assert getattr(made_up, name)
    assert [lever.id for lever in made_up.levers] == ["tool-lending", "postal-rounds"]
    assert str(made_up) == "<Dataset of the release of 2031-05-04>"
    assert len(repr(made_up.of_kind)) < 100


def test_what_a_formula_rests_on_is_walked_once(made_up: Dataset) -> None:
    # Walked anew at each mention, sixty doublings would take for ever.
    first, stat = made_up.computed[0], made_up.stats[0]
    chain = [
        replace(
            first,
            id=f"step-{step}",
            formula=Formula(operation="sum", inputs=(f"step-{step - 1}" if step else stat.id,) * 2),
        )
        for step in range(60)
    ]
    dataset = replace(made_up, computed=tuple(chain))
    assert [record.id for record in dataset.behind(chain[-1])] == [
        *(f"step-{step}" for step in range(58, -1, -1)),
        stat.id,
    ]
