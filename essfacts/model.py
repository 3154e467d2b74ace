"""The records of a dataset: frozen dataclasses and their vocabularies.

The YAML reader and the JSON Schema both follow the annotations of these classes.
"""

from __future__ import annotations

import math
import re
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from functools import cached_property
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Literal,
    NamedTuple,
    TypeAlias,
    TypeVar,
    dataclass_transform,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

T = TypeVar("T")
Number: TypeAlias = int | float
Date: TypeAlias = str
"""An ISO 8601 day, month or year: `2024-05-31`, `2024-04`, `2018`."""
Approximation: TypeAlias = Literal[
    "exact", "about", "nearly", "on-average", "more-than", "less-than", "at-least", "at-most"
]
Operation: TypeAlias = Literal["sum", "product", "ratio"]
SourceType: TypeAlias = Literal[
    "release", "study", "footnote", "cross-reference", "statement", "self-description"
]

# What was worked out of rounded numbers knows no more.
MOST_DIGITS = 3

OPERATORS: Mapping[Operation, str] = {"sum": "+", "product": "×", "ratio": "÷"}


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make a frozen dataclass, of keywords only.

    `dataclass(frozen=True)` writes and compiles the methods of each class anew, a tenth of the
    time that a command takes; here they are inherited from Frozen.
    """
    return dataclass(init=False, repr=False, eq=False)(cls)


class Frozen:
    """What the dataclasses of the model have in common: they are values."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    def __init__(self, **values: Any) -> None:
        known = self.__dataclass_fields__
        for name, value in values.items():
            if name not in known:
                message = f"{type(self).__name__} has no field {name!r}"
                raise TypeError(message)
            object.__setattr__(self, name, value)
        if len(values) < len(known):
            missing = [n for n in known if n not in values and known[n].default is MISSING]
            if missing:
                message = f"{type(self).__name__} lacks {', '.join(missing)}"
                raise TypeError(message)

    def _compared(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self) if f.compare}

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash(tuple(self._compared().values()))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self._compared().items())
        return f"{type(self).__name__}({values})"

    def __setattr__(self, name: str, value: object) -> None:
        message = f"cannot assign to field {name!r}"
        raise FrozenInstanceError(message)

    def __delattr__(self, name: str) -> None:
        message = f"cannot delete field {name!r}"
        raise FrozenInstanceError(message)


@record
class Text(Frozen):
    """The same words in the two languages; French is authoritative."""

    fr: str
    en: str


@record
class Record(Frozen):
    """Anything that has an id, stable for ever and unique over the dataset."""

    id: str
    line: int = field(default=0, compare=False, repr=False)


@record
class Term(Record):
    """A topic, or a section of the release; a part without a heading is named by its place."""

    name: Text
    name_is_descriptive: bool = False


@record
class Unit(Record):
    """What a number counts in; `percent` says how many percent one is worth, for shares."""

    name: Text
    symbol: str | None = None
    percent: Number | None = None


@record
class Organisation(Record):
    """Who is named, as a body; a name that the release lacks is marked as descriptive."""

    name: str
    description: Text
    name_is_descriptive: bool = False
    aliases: tuple[str, ...] = ()


@record
class Office(Frozen):
    """In which office, and for which organisation, a person speaks."""

    title: Text
    organisation: str
    title_is_descriptive: bool = False


@record
class Person(Record):
    """Who is named, as a person; email and phone make a press contact."""

    name: str
    offices: tuple[Office, ...]
    aliases: tuple[str, ...] = ()
    email: str | None = None
    phone: str | None = None


@record
class Source(Record):
    """Who vouches for a claim: `producers` are ids of organisations or of people.

    A title that the project supplies, where the work has none, is marked as descriptive.
    """

    type: SourceType
    producers: tuple[str, ...]
    title: Text
    title_is_descriptive: bool = False
    date_published: Date | None = None
    url: str | None = None
    aliases: tuple[str, ...] = ()


@record
class Claim(Record):
    """One assertion of the release, and the exact words that carry it.

    `prefix` and `suffix` are the one word on each side of the excerpt, as in a W3C
    TextQuoteSelector. `negations` counts the `ne` and `pas` that the excerpt's sentence holds
    outside the excerpt.
    """

    kind: str
    text: Text
    section: str
    excerpt: str
    sources: tuple[str, ...]
    topics: tuple[str, ...]
    organisations: tuple[str, ...] = ()
    prefix: str | None = None
    suffix: str | None = None
    negations: int = 0
    date: Date | None = None


@record
class Stat(Claim):
    """A claim with a number; `written` is how the excerpt writes it."""

    value: Number
    unit: str
    approximation: Approximation
    written: str
    counts: Text

    @property
    def digits(self) -> int | None:
        """How many digits of the value are known; None where it is exact, as `deux tiers` is."""
        figures = re.findall(r"\d[\d\s,]*", self.written)
        if len(figures) == 1:
            return max(len(re.sub(r"\D", "", figures[0]).lstrip("0")), 1)
        if figures or self.approximation == "exact":
            return None
        return len(str(int(self.value)).rstrip("0")) or 1


@record
class Lever(Claim):
    """A way to lift what holds the ESS back, under a short name."""

    name: Text


@record
class Quote(Claim):
    """What a person says: `words` exact, `translation` the project's own."""

    speaker: str
    words: str
    translation: str


@record
class Formula(Frozen):
    """An operation over the ids of other stats."""

    operation: Operation
    inputs: tuple[str, ...]

    def __str__(self) -> str:
        return f" {OPERATORS[self.operation]} ".join(self.inputs)


@record
class Computed(Record):
    """A stat that the project works out by a formula; its number is never stored."""

    text: Text
    counts: Text
    unit: str
    formula: Formula
    topics: tuple[str, ...]


@record
class LeftOut(Frozen):
    """A passage of the release on which no claim stands, on purpose.

    It goes from `excerpt` to the end of `through`, or holds `excerpt` alone.
    """

    excerpt: str
    reason: Text
    through: str | None = None


@record
class Release(Frozen):
    """The press release; `publishers` and `partners` are ids of organisations."""

    title: str
    date: Date
    publishers: tuple[str, ...]
    partners: tuple[str, ...]
    sections: tuple[Term, ...]
    left_out: tuple[LeftOut, ...] = ()
    url: str | None = None


class Kind(NamedTuple):
    """What sort of claim: its command, which is also the name of its file, and its record."""

    name: str
    command: str
    record: type[Claim]


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("stat", "stats", Stat),
        Kind("lever", "levers", Lever),
        Kind("quote", "quotes", Quote),
        Kind("effect", "effects", Claim),
        Kind("example", "examples", Claim),
        Kind("action", "actions", Claim),
        Kind("method", "method", Claim),
        Kind("profile", "profiles", Claim),
    )
}


@record
class Dataset(Frozen):
    """Every record of one release; tables that were not asked for are empty."""

    release: Release
    claims: tuple[Claim, ...] = ()
    computed: tuple[Computed, ...] = ()
    topics: tuple[Term, ...] = ()
    units: tuple[Unit, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    sources: tuple[Source, ...] = ()

    def of_kind(self, kind: str) -> tuple[Claim, ...]:
        """Give the claims of one kind, in the order of their file."""
        return tuple(claim for claim in self.claims if claim.kind == kind)

    @property
    def stats(self) -> tuple[Stat, ...]:
        """The claims with a number, in the order of their file."""
        return tuple(claim for claim in self.claims if isinstance(claim, Stat))

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The claims that a person makes, in the order of their file."""
        return tuple(claim for claim in self.claims if isinstance(claim, Quote))

    @cached_property
    def by_id(self) -> Mapping[str, Record]:
        """Every record that has an id, by it."""
        return {record.id: record for record in self.records()}

    def records(self) -> Iterator[Record]:
        """Go through every record that has an id."""
        yield from self.release.sections
        yield from self.topics
        yield from self.units
        yield from self.organisations
        yield from self.people
        yield from self.sources
        yield from self.claims
        yield from self.computed

    def behind(self, computed: Computed) -> list[Stat | Computed]:
        """Give every stat, computed or not, that a formula rests on, each once."""
        found: dict[str, Any] = {}
        waiting = list(computed.formula.inputs)
        for id in waiting:
            if id not in found:
                found[id] = record = self.by_id[id]
                waiting += record.formula.inputs if isinstance(record, Computed) else ()
        return list(found.values())

    @cached_property
    def values(self) -> Mapping[str, Number]:
        """The number of every stat and computed stat, by id.

        Raises graphlib.CycleError, KeyError, OverflowError or ZeroDivisionError for a formula
        that `rules.structural` finds at fault.
        """
        values: dict[str, Number] = {stat.id: stat.value for stat in self.stats}
        if self.computed:
            from graphlib import TopologicalSorter

            formulas = {computed.id: computed.formula for computed in self.computed}
            order = TopologicalSorter({id: formula.inputs for id, formula in formulas.items()})
            for id in order.static_order():
                if id in formulas:
                    values[id] = evaluate(formulas[id], values, self.worths, self.worths[id])
        return values

    @cached_property
    def worths(self) -> Mapping[str, float]:
        """What one of the unit of each stat, computed or not, is worth: 0.01 for percents."""
        shares = {unit.id: unit.percent / 100 for unit in self.units if unit.percent}
        stats: tuple[Stat | Computed, ...] = (*self.stats, *self.computed)
        return {stat.id: shares.get(stat.unit, 1) for stat in stats}

    @cached_property
    def digits(self) -> Mapping[str, int]:
        """How many digits each computed stat knows: those of its least precise input, or three."""
        return {
            computed.id: min(
                stat.digits if isinstance(stat, Stat) and stat.digits else MOST_DIGITS
                for stat in self.behind(computed)
            )
            for computed in self.computed
        }


def evaluate(
    formula: Formula,
    values: Mapping[str, Number],
    worths: Mapping[str, float] | None = None,
    worth: float = 1,
) -> Number:
    """Work out a formula in a unit of which one is worth `worth`; `worths` are those of its inputs.

    Floats bound its size, and a whole result of whole inputs is an int.
    """
    inputs = [values[id] for id in formula.inputs]
    shares = [(worths or {}).get(id, 1) for id in formula.inputs]
    if formula.operation == "sum":
        result = math.fsum(n * (share / worth) for n, share in zip(inputs, shares, strict=True))
    elif formula.operation == "product":
        result = math.prod(map(float, inputs)) * (math.prod(shares) / worth)
    else:
        over, *under = map(float, inputs)
        result = over / math.prod(under) * (shares[0] / math.prod(shares[1:]) / worth)
    if not math.isfinite(result) or abs(result) > 2**53:
        raise OverflowError
    whole = formula.operation != "ratio" and all(isinstance(number, int) for number in inputs)
    return int(result) if whole and result == int(result) else result
