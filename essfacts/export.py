"""Records as plain data: the JSON contract, and the flat columns that CSV makes of it.

The fields are those of the model; where a field names organisations, sources or a speaker, whole
objects stand in place of their ids.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from essfacts import model
from essfacts.language import LANGUAGES, SEMICOLON, format_date, format_number, significant, word
from essfacts.model import Dataset, Record

Exported: TypeAlias = Mapping[str, Any]
SEPARATOR = " | "
SOURCE_PARTS = ("producer", "title", "date_published", "url")


class Field(NamedTuple):
    """A field of the contract, and the flat columns that stand for it where it has parts."""

    name: str
    parts: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(f"{self.name}_{part}" for part in self.parts) or (self.name,)


class Export(Mapping[str, Any]):
    """Works each field out when it is asked for: few lists show all that a record has."""

    def __init__(self, record: Record, dataset: Dataset) -> None:
        self.record, self._dataset = record, dataset
        self._names = names_of(type(record))
        self._fields: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._fields:
            if field := _FLAT.get(name):  # a flat column, asked for by name
                self._fields[name] = flatten(self, [field])[name]
            elif name in self._names:
                # A computed stat stands nowhere in the release: it has no excerpt.
                own = getattr(self.record, name, None)
                self._fields[name] = _plain(self._made.get(name, own), name, self._dataset)
            elif name == "name" and "text" in self._names:  # asked for: no claim is without one
                self._fields[name] = self._short_name()
        return self._fields[name]

    @cached_property
    def _made(self) -> Mapping[str, Any]:
        make = _MADE.get(type(self.record))
        return make(self.record, self._dataset) if make else {}

    def _short_name(self) -> Any:
        """Call a claim by its speaker, by what it counts, or else by what it says."""
        if "speaker" in self:
            return dict.fromkeys(LANGUAGES, self["speaker"]["name"])
        return self["counts" if "counts" in self else "text"]

    def adding(self, **values: Any) -> "Export":
        """Add fields that the record itself does not have."""
        self._names += values
        self._fields |= values
        return self

    def __contains__(self, name: object) -> bool:
        # Few claims are dated: the others do without the field.
        return name in self._names and (name != "date" or self["date"] is not None)

    def __iter__(self) -> Iterator[str]:
        return filter(self.__contains__, self._names)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def export(record: Record, dataset: Dataset) -> Exported:
    """Give a record as the JSON contract has it."""
    return Export(record, dataset)


def as_found(record: Record, dataset: Dataset, match: Mapping[str, Any]) -> Export:
    """Give a record that a search found, and what made it match."""
    exported = Export(record, dataset)
    if kind := {model.Organisation: "organisation", model.Person: "person"}.get(type(record)):
        exported.adding(kind=kind)
    return exported.adding(match=match)


WORDING = Field("wording", ("text", "line"))


def with_wording(exported: Export, wordings: Mapping[str, Any]) -> Export:
    """Add to a claim its sentence and line in a copy of the release, where there is a copy."""
    if wordings and "excerpt" in exported:
        wording = wordings.get(exported["id"])
        exported.adding(wording=wording and wording._asdict())
    return exported


# What people read of a record.


def say_offices(offices: Iterable[Exported], language: str) -> str:
    """Say in one line the offices that a person holds."""
    return SEMICOLON[language].join(
        f"{office['title'][language]}, {office['organisation']['name']}" for office in offices
    )


def say_figure(stat: Exported, dataset: Dataset, language: str) -> str:
    """Print a number with its unit's symbol and its approximation: `≈ 80`, `1,3 %`."""
    value, unit, number = stat["value"], dataset.named("unit", stat["unit"]), ""
    if stat.get("formula") and stat["approximation"] != "exact":
        value = significant(value, dataset.digits[stat["id"]])
    if unit.percent and unit.percent != 1:
        from fractions import Fraction

        fraction = Fraction(value).limit_denominator(100)
        number = str(fraction) if float(fraction) == value else ""
    if not number:
        space = " " if language == "fr" else ""
        number = format_number(value, language) + (space + unit.symbol if unit.symbol else "")
    return " ".join(filter(None, (word(stat["approximation"], language), number)))


def describe(source: Exported, language: str, parts: Sequence[str] = SOURCE_PARTS[:-1]) -> str:
    """Describe a source in one line."""
    return ", ".join(filter(None, (source_part(source, part, language) for part in parts)))


def source_part(source: Exported, part: str, language: str) -> str:
    """Say one of the parts of a source."""
    if part == "date_published":
        date = source[part]
        return format_date(date, language) if date else word("undated", language)
    return source["title_en" if part == "title" and language == "en" else part] or ""


# Where fields are more than what the record itself has.


def _counted(term: Any, dataset: Dataset) -> dict[str, Any]:
    return {"claims": dataset.mentions.get(term.id, 0)}


def _cited(source: Any, dataset: Dataset) -> dict[str, Any]:
    producers = [dataset.named("producers", id).name for id in source.producers]
    title = source.shown_title
    return {"producer": ", ".join(producers), "title": title.fr, "title_en": title.en}


def _worked_out(computed: Any, dataset: Dataset) -> dict[str, Any]:
    """Give a computed stat what its inputs have, each once.

    Only sums and products of whole numbers, each stated as exact, are exact.
    """
    value = dataset.values[computed.id]
    inputs = [stat for stat in dataset.behind(computed) if isinstance(stat, model.Stat)]
    exact = isinstance(value, int) and all(stat.approximation == "exact" for stat in inputs)
    return {
        "kind": "stat",
        "value": value,
        "approximation": "exact" if exact else "about",
        "formula": str(computed.formula),
        "organisations": tuple({id: None for stat in inputs for id in stat.organisations}),
        "sources": tuple({id: None for stat in inputs for id in stat.sources}),
    }


_MADE: Mapping[type[Any], Callable[[Any, Dataset], dict[str, Any]]] = {
    model.Term: _counted,
    model.Unit: _counted,
    model.Source: _cited,
    model.Computed: _worked_out,
}
# The fields of classes that have others in the contract, and what none has.
_NAMES: Mapping[type[Any], str] = {
    model.Term: "id name claims",
    model.Unit: "id name symbol claims",
    model.Source: "id type producer title title_en title_is_descriptive date_published url aliases",
    model.Computed: "id kind text excerpt section topics organisations sources value unit"
    " approximation written counts formula",
}
_INNER = frozenset({"line", "name_is_descriptive", "article"})
# What stands for an id in these fields, and the flat columns of fields with parts.
_SHOWN: Mapping[str, tuple[str, ...]] = {
    "organisation": ("id", "name"),
    "organisations": ("id", "name"),
    "sources": ("id", "producer", "title", "title_en", "date_published", "url"),
    "speaker": ("id", "name", "offices"),
}
_PARTS = {**_SHOWN, "offices": ("title_fr", "title_en", "organisation"), "title": ()}


def names_of(record: type[Any]) -> list[str]:
    """Name the fields that a class of records has in the contract."""
    if record in _NAMES:
        return _NAMES[record].split()
    return [name for name in record.__dataclass_fields__ if name not in _INNER]


def _plain(value: Any, field: str, dataset: Dataset) -> Any:
    if isinstance(value, model.Text):
        return {"fr": value.fr, "en": value.en}
    if isinstance(value, tuple):
        return [_plain(item, field, dataset) for item in value]
    if isinstance(value, model.Office):
        parts = ("title", "organisation")
        return {part: _plain(getattr(value, part), part, dataset) for part in parts}
    if field in _SHOWN:
        named = export(dataset.named(field, value), dataset)
        more = ("title_is_descriptive",) if field == "sources" else ()
        return {part: named[part] for part in (*_SHOWN[field], *more)}
    return value


# Flat columns.


def fields_of(*records: type[Any]) -> tuple[Field, ...]:
    """Give the fields that records of some classes have, each once."""
    fields: dict[str, Field] = {}
    for record in records:
        for name in names_of(record):
            own = record.__dataclass_fields__.get(name)
            parts = ("fr", "en") if own and own.type == "Text" else ()
            # A lever has a name in each language, a person one.
            if name not in fields or parts:
                fields[name] = Field(name, _PARTS.get(name, parts))
    return tuple(fields.values())


_CLAIMS = (*(kind.record for kind in model.KINDS.values()), model.Computed)
_FOUND = fields_of(*_CLAIMS, model.Organisation, model.Person)
FIELDS: Mapping[str, tuple[Field, ...]] = {
    **{kind.command: fields_of(kind.record) for kind in model.KINDS.values()},
    "stats": fields_of(model.Stat, model.Computed),
    **dict.fromkeys(("claims", "timeline"), fields_of(*_CLAIMS)),
    # A search tells no way to reach a person.
    "search": (
        *(field for field in _FOUND if field.name not in {"email", "phone"}),
        Field("match", ("field", "language", "text", "loosened")),
    ),
    "orgs": fields_of(model.Organisation),
    "people": fields_of(model.Person),
    "sources": fields_of(model.Source),
    **dict.fromkeys(("topics", "sections"), fields_of(model.Term)),
    "units": fields_of(model.Unit),
}
_NAME = Field("name", ("fr", "en"))


def choices(fields: Iterable[Field]) -> dict[str, Field]:
    """Give the fields that may be asked for, by name: what a claim is called is one of them."""
    known = {field.name: field for field in fields}
    return known | {"name": _NAME} if "excerpt" in known else known


_FLAT = {
    column: field
    for fields in FIELDS.values()
    for field in fields
    for column in field.columns
    if field.parts
}


def flatten(exported: Exported, fields: Iterable[Field]) -> dict[str, Any]:
    """Give a record as flat columns: lists are joined, what is absent is None."""
    return {
        column: _flat(exported.get(field.name), part)
        for field in fields
        for part, column in zip(field.parts or ("",), field.columns, strict=True)
    }


def _flat(value: Any, part: str) -> Any:
    if isinstance(value, list):
        items = [_flat(item, part) for item in value]
        return SEPARATOR.join("" if item is None else str(item) for item in items)
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, dict):
        return value
    name, _, language = part.partition("_")
    found = value[part] if part in value else value[name][language]
    if isinstance(found, list):
        texts = (one if isinstance(one, str) else say_offices([one], "fr") for one in found)
        return SEPARATOR.join(texts)
    return found["name"] if isinstance(found, dict) else found
