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


def given(record: type[Any]) -> dict[str, Any]:
    """Give the fields that a file gives a record, by name; others come of where it stands."""
    known: dict[str, Any] = record.__dataclass_fields__
    return {name: field for name, field in known.items() if name not in {"line", "kind"}}


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
class Synonyms(Record):
    """Words and phrases, of both languages, that a search takes for one another."""

    words: tuple[str, ...]


@record
class Article(Frozen):
    """What stands before a name inside a sentence, in a language where something does."""

    fr: str | None = None
    en: str | None = None


@record
class Organisation(Record):
    """Who is named, as a body; a name that the release lacks is marked as descriptive."""

    name: str
    article: Article = Article()
    name_is_descriptive: bool = False
    aliases: tuple[str, ...] = ()
    description: Text


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
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...]
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

    @property
    def shown_title(self) -> Text:
        """The title, between brackets where it is the project's own."""
        if not self.title_is_descriptive:
            return self.title
        return Text(fr=f"[{self.title.fr}]", en=f"[{self.title.en}]")


@record
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
    columns: tuple[str, ...] = ("text",)

    @property
    def names(self) -> tuple[str, ...]:
        """What a person may type to name it."""
        noun, title = self.noun, self.title
        return (self.name, self.command, noun.fr, noun.en, title.fr, title.en)


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "stat",
            "stats",
            Stat,
            noun=Text(fr="chiffre", en="stat"),
            title=Text(fr="Chiffres", en="Stats"),
            help=Text(
                fr="Les chiffres, à filtrer par valeur ou à dessiner.",
                en="List the figures; filter them by value, draw them.",
            ),
            typed="chiffres figure number nombre statistique combien how many much share part"
            " proportion percentage pourcentage weight poids",
            columns=("figure", "text"),
        ),
        Kind(
            "lever",
            "levers",
            Lever,
            noun=Text(fr="levier", en="lever"),
            title=Text(fr="Leviers", en="Levers"),
            help=Text(fr="Les leviers, c'est-à-dire que faire.", en="List the levers: what to do."),
            typed="leviers",
            columns=("name", "text"),
        ),
        Kind(
            "quote",
            "quotes",
            Quote,
            noun=Text(fr="citation", en="quote"),
            title=Text(fr="Citations", en="Quotes"),
            help=Text(
                fr="Les citations, leurs auteurs et leurs fonctions.",
                en="List the quotations, with their speakers and offices.",
            ),
            typed="citations quotation said says declared dit declare parole",
            columns=("words", "speaker"),
        ),
        Kind(
            "effect",
            "effects",
            Claim,
            noun=Text(fr="effet", en="effect"),
            title=Text(fr="Effets", en="Effects"),
            help=Text(
                fr="Les effets : ce qui change pour un territoire.",
                en="List the effects: what changes for a place.",
            ),
            typed="effets",
        ),
        Kind(
            "example",
            "examples",
            Claim,
            noun=Text(fr="exemple", en="example"),
            title=Text(fr="Exemples", en="Examples"),
            help=Text(
                fr="Les exemples que donne le communiqué.",
                en="List the examples that the release gives.",
            ),
            typed="exemples",
        ),
        Kind(
            "action",
            "actions",
            Claim,
            noun=Text(fr="action", en="action"),
            title=Text(fr="Actions", en="Actions"),
            help=Text(
                fr="Les actions de ceux qui publient le communiqué.",
                en="List what those behind the release do.",
            ),
            typed="",
        ),
        Kind(
            "method",
            "method",
            Claim,
            noun=Text(fr="méthode", en="method"),
            title=Text(fr="Méthode", en="Method"),
            help=Text(
                fr="La méthode : d'où viennent les résultats, ce que veulent dire les termes.",
                en="List how the results were reached and what the terms mean.",
            ),
            typed="methode methodologie methodology",
        ),
        Kind(
            "profile",
            "profiles",
            Claim,
            noun=Text(fr="présentation", en="profile"),
            title=Text(fr="Présentations", en="Profiles"),
            help=Text(
                fr="Ce que les organisations disent d'elles-mêmes.",
                en="List what the organisations say of themselves.",
            ),
            typed="presentations propos",
        ),
    )
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


def _table() -> Any:
    return field(default_factory=tuple)


@record
class Dataset(Frozen):
    """Every record of one release."""

    release: Release
    topics: tuple[Term, ...] = _table()
    units: tuple[Unit, ...] = _table()
    organisations: tuple[Organisation, ...] = _table()
    people: tuple[Person, ...] = _table()
    sources: tuple[Source, ...] = _table()
    claims: tuple[Claim, ...] = _table()
    computed: tuple[Computed, ...] = _table()
    synonyms: tuple[Synonyms, ...] = _table()

    if not TYPE_CHECKING:

        def __init__(self, **tables: Any) -> None:
            super().__init__(**dict.fromkeys([*self.__dataclass_fields__][1:], ()) | tables)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.__dataclass_fields__})

    def __repr__(self) -> str:
        return f"<Dataset of the release of {self.release.date}>"

    def of_kind(self, kind: str) -> tuple[Any, ...]:
        """Give the claims of one kind, in the order of their file."""
        return tuple(claim for claim in self.claims if claim.kind == kind)

    if TYPE_CHECKING:  # each kind has its property, set below from its row

        @property
        def stats(self) -> tuple[Stat, ...]: ...
        @property
        def levers(self) -> tuple[Lever, ...]: ...
        @property
        def quotes(self) -> tuple[Quote, ...]: ...
        @property
        def effects(self) -> tuple[Claim, ...]: ...
        @property
        def examples(self) -> tuple[Claim, ...]: ...
        @property
        def actions(self) -> tuple[Claim, ...]: ...
        @property
        def method(self) -> tuple[Claim, ...]: ...
        @property
        def profiles(self) -> tuple[Claim, ...]: ...

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

    def records(self) -> Iterator[Record]:
        """Go through every record that has an id."""
        for table in ("sections", *[*self.__dataclass_fields__][1:]):
            yield from getattr(self, table)

    @cached_property
    def mentions(self) -> Mapping[str, int]:
        """How many claims have each topic, section, unit, organisation and source, by id."""
        counted: dict[str, int] = {}
        for claim in self.claims:
            unit = getattr(claim, "unit", None)
            ids = (*claim.topics, *claim.organisations, *claim.sources, claim.section, unit)
            for id in filter(None, ids):
                counted[id] = counted.get(id, 0) + 1
        return counted

    def behind(self, computed: Computed) -> list[Stat | Computed]:
        """Give every stat, computed or not, that a formula rests on, each once."""
        found: dict[str, Any] = {}
        waiting = list(computed.formula.inputs)
        for id in waiting:
            if id not in found:
                found[id] = record = self.named("inputs", id)
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


def _claims_of(kind: Kind) -> property:
    return property(lambda dataset: dataset.of_kind(kind.name), doc=kind.help.en)


for _kind in KINDS.values():
    setattr(Dataset, _kind.command, _claims_of(_kind))
