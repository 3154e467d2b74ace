"""The records of a dataset: frozen dataclasses and their vocabularies.

The YAML reader and the JSON Schema both follow the annotations of these classes.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from contextlib import suppress
from dataclasses import FrozenInstanceError, dataclass
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, TypeAlias, dataclass_transform

from essfacts.packaged import content

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Frozen:
    """A record: a frozen dataclass, made by keywords.

    `dataclass(frozen=True)` writes and compiles the methods of each class anew, a tenth of the
    time that a command takes; here they are inherited.
    """

    __dataclass_fields__: ClassVar[dict[str, Any]]

    def __init_subclass__(cls) -> None:
        dataclass(init=False, repr=False, eq=False)(cls)

    def __init__(self, **values: Any) -> None:
        cls: Any = type(self)
        missing = [name for name in required(cls) if name not in values]
        unknown = values.keys() - self.__dataclass_fields__
        if missing or unknown:
            wrong = f"has no field {min(unknown)!r}" if unknown else f"lacks {', '.join(missing)}"
            message = f"{cls.__name__} {wrong}"
            raise TypeError(message)
        self.__dict__.update(values)

    def _said(self) -> dict[str, Any]:
        """Give the fields that it does not leave out, but for where the record stands."""
        known = ((name, getattr(self, name), f) for name, f in self.__dataclass_fields__.items())
        return {name: value for name, value, f in known if name != "line" and value != f.default}

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._said() == other._said()

    def __hash__(self) -> int:
        return hash(tuple(self._said().values()))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self._said().items())
        return f"{type(self).__name__}({values})"

    def __setattr__(self, name: str, value: object) -> None:
        message = f"cannot assign to field {name!r}"
        raise FrozenInstanceError(message)

    def __delattr__(self, name: str) -> None:
        message = f"cannot delete field {name!r}"
        raise FrozenInstanceError(message)


@cache
def required(record: type[Any]) -> list[str]:
    """Name the fields that a record can't do without."""
    return [name for name in record.__dataclass_fields__ if not hasattr(record, name)]


@cache
def given(record: type[Any]) -> Mapping[str, str]:
    """Give the annotations of the fields that a file gives a record: not of where it stands."""
    known = (f for f in record.__dataclass_fields__.values() if f.name not in {"line", "kind"})
    return {field.name: field.type.removesuffix(" | None") for field in known}


class Text(Frozen):
    """The same words in the two languages; French is authoritative."""

    fr: str
    en: str


class Record(Frozen):
    """Anything that has an id, stable for ever and unique over the dataset."""

    id: str
    line: int = 0


class Term(Record):
    """A topic, or a section of the release; a part without a heading is named by its place."""

    name: Text
    name_is_descriptive: bool = False


class Unit(Record):
    """What a number counts in; `percent` says how many percent one is worth, for shares."""

    name: Text
    symbol: str | None = None
    percent: Number | None = None


class Synonyms(Record):
    """Words and phrases, of both languages, that a search takes for one another."""

    words: tuple[str, ...]


class Article(Frozen):
    """What stands before a name inside a sentence, in a language where something does."""

    fr: str | None = None
    en: str | None = None


class Organisation(Record):
    """Who is named, as a body; a name that the release lacks is marked as descriptive."""

    name: str
    article: Article = Article()
    name_is_descriptive: bool = False
    aliases: tuple[str, ...] = ()
    description: Text


class Office(Frozen):
    """In which office, and for which organisation, a person speaks."""

    title: Text
    organisation: str
    title_is_descriptive: bool = False


class Person(Record):
    """Who is named, as a person; email and phone make a press contact."""

    name: str
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...]
    email: str | None = None
    phone: str | None = None


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

    @property
    def shown_title(self) -> Text:
        """The title, between brackets where it is the project's own."""
        if not self.title_is_descriptive:
            return self.title
        return Text(fr=f"[{self.title.fr}]", en=f"[{self.title.en}]")


class Claim(Record):
    """One assertion of the release, and the exact words that carry it."""

    kind: str
    text: Text
    excerpt: str
    section: str
    topics: tuple[str, ...]
    organisations: tuple[str, ...] = ()
    sources: tuple[str, ...]
    date: Date | None = None

    @property
    def exact(self) -> str:
        """The release's own words that the claim holds: of a quotation, all of them."""
        return self.excerpt


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


class Lever(Claim):
    """A way to lift what holds the ESS back, under a short name."""

    name: Text


class Quote(Claim):
    """What a person says: `words` exact, `translation` the project's own."""

    speaker: str
    words: str
    translation: str

    @property
    def exact(self) -> str:
        return self.words


class Formula(Frozen):
    """An operation over the ids of other stats."""

    operation: Operation
    inputs: tuple[str, ...]

    def __str__(self) -> str:
        return f" {OPERATORS[self.operation]} ".join(self.inputs)


class Computed(Record):
    """A stat that the project works out by a formula; its number is never stored."""

    text: Text
    counts: Text
    unit: str
    formula: Formula
    topics: tuple[str, ...]


class LeftOut(Frozen):
    """A passage of the release on which no claim stands, on purpose.

    It goes from `excerpt` to the end of `through`, or holds `excerpt` alone.
    """

    excerpt: str
    reason: Text
    through: str | None = None


class Release(Frozen):
    """The press release; `publishers` and `partners` are ids of organisations.

    `licence` is that of the dataset's own words, not of the release's.
    """

    title: str
    date: Date
    publishers: tuple[str, ...]
    partners: tuple[str, ...]
    sections: tuple[Term, ...]
    left_out: tuple[LeftOut, ...] = ()
    url: str | None = None
    licence: Text | None = None


class Sealed(Frozen):
    """A fingerprint as its file holds it: lines of tokens, and what is known of each record."""

    release: tuple[str, ...]
    records: tuple[str, ...]


class Kind(NamedTuple):
    """What sort of claim: its record, and all that the program says of it.

    `command` is also the name of its file. `typed` is how people call it: the command's other
    names first. `columns` are those for people, in a list of this kind alone.
    """

    name: str
    command: str
    record: type[Claim]
    noun: Text
    title: Text
    help: Text
    typed: str
    columns: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What a person may type to name it."""
        noun, title = self.noun, self.title
        return (self.name, self.command, noun.fr, noun.en, title.fr, title.en)


def _read_kind(name: str, row: dict[str, Any]) -> Kind:
    noun, title, help = (Text(**row[part]) for part in ("noun", "title", "help"))
    record = globals()[row.get("record", "Claim")]
    columns = tuple(row.get("columns", ["text"]))
    return Kind(name, row["command"], record, noun, title, help, row["typed"], columns)


KINDS: Mapping[str, Kind] = {
    name: _read_kind(name, row) for name, row in json.loads(content("kinds.json")).items()
}

# The tables in which the ids of a field are looked up.
REFERENCES: Mapping[str, tuple[str, ...]] = {
    "section": ("sections",),
    "topics": ("topics",),
    "unit": ("units",),
    "sources": ("sources",),
    "organisations": ("organisations",),
    "organisation": ("organisations",),
    "publishers": ("organisations",),
    "partners": ("organisations",),
    "producers": ("organisations", "people"),
    "speaker": ("people",),
    "inputs": ("stats", "computed"),
}


def references(record: Any) -> Iterator[tuple[str, str]]:
    """Go through the ids that a record names, itself or in its parts, each with its field."""
    for owner in (record, *getattr(record, "offices", ()), getattr(record, "formula", None)):
        yield from ((field, id) for field in REFERENCES for id in ids_in(owner, field))


def ids_in(record: Any, field: str) -> tuple[str, ...]:
    """Give the ids in a field: one, several or none."""
    value = getattr(record, field, None) or ()
    return (value,) if isinstance(value, str) else value


def _of_kind(kind: str) -> Any:
    return cached_property(lambda dataset: tuple(c for c in dataset.claims if c.kind == kind))


class Dataset(Frozen):
    """Every record of one release, and the claims of each kind under the name of its file."""

    release: Release
    topics: tuple[Term, ...] = ()
    units: tuple[Unit, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    computed: tuple[Computed, ...] = ()
    synonyms: tuple[Synonyms, ...] = ()

    if TYPE_CHECKING:
        stats: ClassVar[tuple[Stat, ...]]
        levers: ClassVar[tuple[Lever, ...]]
        quotes: ClassVar[tuple[Quote, ...]]
        effects: ClassVar[tuple[Claim, ...]]
        examples: ClassVar[tuple[Claim, ...]]
        actions: ClassVar[tuple[Claim, ...]]
        method: ClassVar[tuple[Claim, ...]]
        profiles: ClassVar[tuple[Claim, ...]]
    locals().update({kind.command: _of_kind(name) for name, kind in KINDS.items()})

    def __repr__(self) -> str:
        return f"<Dataset of the release of {self.release.date}>"

    def of_kind(self, kind: str) -> tuple[Any, ...]:
        """Give the claims of one kind, in the order of their file."""
        return getattr(self, KINDS[kind].command) if kind in KINDS else ()

    @property
    def sections(self) -> tuple[Term, ...]:
        """The parts of the release, in its order."""
        return self.release.sections

    def named(self, field: str, id: str) -> Any:
        """Give the record that a field of another record names; reads no other table for it."""
        for table in REFERENCES[field]:
            if found := self._index(table).get(id):
                return found
        raise KeyError(id)

    def _index(self, table: str) -> Mapping[str, Record]:
        indexes: dict[str, dict[str, Record]] = self.__dict__.setdefault("_indexes", {})
        if table not in indexes:
            indexes[table] = {record.id: record for record in getattr(self, table)}
        return indexes[table]

    @cached_property
    def by_id(self) -> Mapping[str, Record]:
        """Every record that has an id, by it."""
        return {record.id: record for record in self.records()}

    def tables(self) -> Mapping[str, tuple[Any, ...]]:
        """Give what has an id, table by table: the sections, then each file's records."""
        return {name: getattr(self, name) for name in ("sections", *TABLES) if name != "release"}

    def records(self) -> Iterator[Record]:
        """Go through every record that has an id."""
        return chain.from_iterable(self.tables().values())

    @cached_property
    def mentions(self) -> Mapping[str, int]:
        """How often claims name each other record, by its id."""
        return Counter(id for claim in self.claims for _, id in references(claim))

    @cached_property
    def named_ids(self) -> set[str]:
        """The ids that anything names."""
        owners = (self.release, *self.records())
        return {id for owner in owners for _, id in references(owner)}

    def behind(self, record: Any) -> list[Any]:
        """Give what a record rests on: every stat, computed or not, that a formula does; itself."""
        if not isinstance(record, Computed):
            return [record]
        found: dict[str, Any] = {}
        waiting = list(record.formula.inputs)
        for id in waiting:
            if id not in found:
                found[id] = stat = self.named("inputs", id)
                waiting += stat.formula.inputs if isinstance(stat, Computed) else ()
        return list(found.values())

    @cached_property
    def values(self) -> Mapping[str, Number]:
        """The number of every stat and computed stat that has one, by id.

        Raises graphlib.CycleError for formulas that rest on one another in a circle.
        """
        values: dict[str, Number] = {stat.id: stat.value for stat in self.stats}
        formulas = {computed.id: computed.formula for computed in self.computed}
        if formulas:
            from graphlib import TopologicalSorter

            graph = {id: formula.inputs for id, formula in formulas.items()}
            for id in TopologicalSorter(graph).static_order():
                if id in formulas and values.keys() >= {*graph[id]}:
                    with suppress(ArithmeticError):
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


_CLAIMS = {kind.command: f"tuple[{kind.record.__name__}, ...]" for kind in KINDS.values()}
# The annotation of what each file of a dataset holds, by its name.
TABLES: Mapping[str, str] = {
    file: annotation
    for name, held in given(Dataset).items()
    for file, annotation in (_CLAIMS if name == "claims" else {name: held}).items()
}


def evaluate(
    formula: Formula,
    values: Mapping[str, Number],
    worths: Mapping[str, float] = {},
    worth: float = 1,
) -> Number:
    """Work out a formula in a unit of which one is worth `worth`; `worths` are those of its inputs.

    Floats bound its size, and a whole result of whole inputs is an int.
    """
    inputs = [values[id] for id in formula.inputs]
    shares = [worths.get(id, 1) for id in formula.inputs]
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
