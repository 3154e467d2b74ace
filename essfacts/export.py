"""Records as plain data: the JSON contract, and the flat columns that CSV makes of it.

The fields are those of the model; where a field names organisations, sources or a speaker, whole
objects stand in place of their ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from essfacts import model
from essfacts.language import SEMICOLON, format_date, format_number, significant, word

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from essfacts.model import Dataset, Record

    Getter: TypeAlias = Callable[[Any, Dataset], Any]

Exported: TypeAlias = Mapping[str, Any]
SEPARATOR = " | "


class Field(NamedTuple):
    """A field of the contract, and the flat columns that stand for it where it has parts."""

    name: str
    parts: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(f"{self.name}_{part}" for part in self.parts) or (self.name,)


def export(record: Record, dataset: Dataset) -> Exported:
    """Give a record as the JSON contract has it."""
    return Export(record, dataset)


def as_found(record: Record, dataset: Dataset, match: Mapping[str, Any]) -> Export:
    """Give a record that a search found, and what made it match; no way to reach a person."""
    exported = Export(record, dataset)
    exported.getters = {n: get for n, get in exported.getters.items() if n not in _CONTACT}
    kinds = {model.Organisation: "organisation", model.Person: "person"}
    kind = {"kind": kinds[type(record)]} if type(record) in kinds else {}
    return exported.adding(**kind).adding(match=match)


class Export(Mapping[str, Any]):
    """Works each field out when it is asked for: few lists show all that a record has."""

    def __init__(self, record: Record, dataset: Dataset) -> None:
        self._record, self._dataset = record, dataset
        self.getters = _GETTERS[type(record)]
        self._fields: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._fields:
            if field := _FLAT.get(name):  # a flat column, asked for by name
                self._fields[name] = flatten(self, [field])[name]
            else:
                self._fields[name] = self.getters[name](self._record, self._dataset)
        return self._fields[name]

    def adding(self, **values: Any) -> Export:
        """Add fields that the record itself does not have."""
        self.getters = {**self.getters, **dict.fromkeys(values, lambda *_: None)}
        self._fields.update(values)
        return self

    def __contains__(self, name: object) -> bool:
        # Few claims are dated: the others do without the field.
        return name in self.getters and (name != "date" or self["date"] is not None)

    def __iter__(self) -> Iterator[str]:
        return filter(self.__contains__, self.getters)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def producer(source: model.Source, dataset: Dataset) -> str:
    """Name who produced a source."""
    return ", ".join(dataset.named("producers", id).name for id in source.producers)


def offices(person: model.Person, dataset: Dataset) -> list[Exported]:
    """Give the offices of a person, each with its organisation."""
    return [
        {"title": _plain(office.title), "organisation": _named(office.organisation, dataset)}
        for office in person.offices
    ]


def say_offices(offices: Iterable[Exported], language: str) -> str:
    """Say in one line the offices that a person holds."""
    return SEMICOLON[language].join(
        f"{office['title'][language]}, {office['organisation']['name']}" for office in offices
    )


def say_figure(stat: Exported, dataset: Dataset, language: str) -> str:
    """Print a number with its unit's symbol and its approximation: `≈ 80`, `1,3 %`."""
    value, unit = stat["value"], dataset.named("unit", stat["unit"])
    if stat.get("formula") and stat["approximation"] != "exact":
        value = significant(value, dataset.digits[stat["id"]])
    if unit.percent and unit.percent != 1 and value == (fraction := _fraction(value))[0]:
        number = fraction[1]
    else:
        space = " " if language == "fr" else ""
        number = format_number(value, language) + (space + unit.symbol if unit.symbol else "")
    return " ".join(filter(None, (word(stat["approximation"], language), number)))


def _fraction(value: float) -> tuple[float, str]:
    from fractions import Fraction

    fraction = Fraction(value).limit_denominator(100)
    return float(fraction), str(fraction)


def describe(
    source: Exported, language: str, parts: Sequence[str] = ("producer", "title", "date")
) -> str:
    """Describe a source in one line."""
    found = [source_part(source, part, language) for part in parts]
    return ", ".join(part for part in found if part)


def source_part(source: Exported, part: str, language: str) -> str:
    """Say a part of a source: its producer, title, date or url."""
    if part == "date":
        return format_date(source["date_published"], language) if source["date_published"] else ""
    if part == "title" and language == "en":
        part = "title_en"
    return source[part] or ""


def inputs(computed: model.Computed, dataset: Dataset) -> list[model.Stat]:
    """Give the stats of the release on which a computed stat rests, each once."""
    return [stat for stat in dataset.behind(computed) if isinstance(stat, model.Stat)]


def _named(id: str, dataset: Dataset) -> Exported:
    return {"id": id, "name": dataset.named("organisation", id).name}


def _source(id: str, dataset: Dataset) -> Exported:
    source = export(dataset.named("sources", id), dataset)
    return {part: source[part] for part in (*_PARTS["sources"], "title_is_descriptive")}


def _speaker(quote: Any, dataset: Dataset) -> Exported:
    person = dataset.named("speaker", quote.speaker)
    return {"id": person.id, "name": person.name, "offices": offices(person, dataset)}


def _approximation(computed: Any, dataset: Dataset) -> str:
    """Keep exact only sums and products of whole numbers, each stated as exact."""
    exact = all(stat.approximation == "exact" for stat in inputs(computed, dataset))
    return "exact" if exact and isinstance(dataset.values[computed.id], int) else "about"


def _mentions(record: Any, dataset: Dataset) -> int:
    return dataset.mentions.get(record.id, 0)


def _plain(value: Any) -> Any:
    if isinstance(value, model.Text):
        return {"fr": value.fr, "en": value.en}
    return list(value) if isinstance(value, tuple) else value


def _own(name: str) -> Getter:
    return lambda record, _: _plain(getattr(record, name))


def _each(field: str, give: Callable[[str, Dataset], Exported]) -> Getter:
    """Give what a claim names, or what a computed stat has from its inputs, each once."""

    def get(item: Any, dataset: Dataset) -> list[Exported]:
        claims = inputs(item, dataset) if isinstance(item, model.Computed) else [item]
        ids = dict.fromkeys(id for claim in claims for id in getattr(claim, field))
        return [give(id, dataset) for id in ids]

    return get


# Fields whose ids give way to objects, and the flat columns that stand for fields with parts.
_OBJECTS: Mapping[str, Getter] = {
    "organisations": _each("organisations", _named),
    "sources": _each("sources", _source),
    "speaker": _speaker,
    "offices": offices,
}
_BOTH = ("fr", "en")
_PARTS: Mapping[str, tuple[str, ...]] = {
    "organisations": ("id", "name"),
    "sources": ("id", "producer", "title", "title_en", "date_published", "url"),
    "speaker": ("id", "name", "offices"),
    "offices": ("title_fr", "title_en", "organisation"),
    "title": (),
}
# What only those who make a dataset need.
_CONTACT = frozenset({"email", "phone"})
_INNER = frozenset({"line", "name_is_descriptive", "article"})
_BY_CLASS: Mapping[type[Any], Mapping[str, Getter]] = {
    model.Term: {"id": _own("id"), "name": _own("name"), "claims": _mentions},
    model.Unit: {
        "id": _own("id"),
        "name": _own("name"),
        "symbol": _own("symbol"),
        "claims": _mentions,
    },
    model.Source: {
        "id": _own("id"),
        "type": _own("type"),
        "producer": producer,
        "title": lambda source, _: source.shown_title.fr,
        "title_en": lambda source, _: source.shown_title.en,
        "title_is_descriptive": _own("title_is_descriptive"),
        "date_published": _own("date_published"),
        "url": _own("url"),
        "aliases": _own("aliases"),
    },
    model.Computed: {
        "id": _own("id"),
        "kind": lambda *_: "stat",
        "text": _own("text"),
        "excerpt": lambda *_: None,
        "section": lambda *_: None,
        "topics": _own("topics"),
        "organisations": _OBJECTS["organisations"],
        "sources": _OBJECTS["sources"],
        "value": lambda computed, dataset: dataset.values[computed.id],
        "unit": _own("unit"),
        "approximation": _approximation,
        "written": lambda *_: None,
        "counts": _own("counts"),
        "formula": lambda computed, _: str(computed.formula),
    },
}


def _getters(record: type[Any]) -> Mapping[str, Getter]:
    names = [name for name in record.__dataclass_fields__ if name not in _INNER]
    return _BY_CLASS.get(record) or {name: _OBJECTS.get(name) or _own(name) for name in names}


_CLAIMS = [kind.record for kind in model.KINDS.values()]
_NAMED = [model.Organisation, model.Person, model.Source, model.Term, model.Unit]
_GETTERS = {record: _getters(record) for record in (*_CLAIMS, model.Computed, *_NAMED)}


def _fields(*records: type[Any], without: Collection[str] = ()) -> tuple[Field, ...]:
    """Give the fields that records of some classes have, each once."""
    names = {
        name: _BOTH
        if name in (own := record.__dataclass_fields__) and own[name].type == "Text"
        else ()
        for record in records
        for name in _GETTERS[record]
    }
    return tuple(
        Field(name, _PARTS.get(name, parts)) for name, parts in names.items() if name not in without
    )


def names_of(record: type[Any]) -> list[str]:
    """Name the fields that a class of records has in the contract."""
    return [*_GETTERS[record]]


def fields_of(records: Iterable[Record]) -> tuple[Field, ...]:
    """Give the fields that some records have, each once."""
    return _fields(*dict.fromkeys(map(type, records)))


_ALL = _fields(*_CLAIMS, model.Computed)
FIELDS: Mapping[str, tuple[Field, ...]] = {
    **{kind.command: _fields(kind.record) for kind in model.KINDS.values()},
    "stats": _fields(model.Stat, model.Computed),
    **dict.fromkeys(("claims", "timeline"), _ALL),
    "search": (
        *_ALL,
        *_fields(model.Organisation, model.Person, without={*_CONTACT, *(f.name for f in _ALL)}),
        Field("match", ("field", "language", "text", "loosened")),
    ),
    "orgs": _fields(model.Organisation),
    "people": _fields(model.Person),
    "sources": _fields(model.Source),
    "topics": _fields(model.Term),
    "sections": _fields(model.Term),
    "units": _fields(model.Unit),
}
_FLAT = {
    column: field
    for fields in FIELDS.values()
    for field in fields
    for column in field.columns
    if field.parts
}


def flatten(exported: Exported, fields: Iterable[Field]) -> dict[str, Any]:
    """Give a record as flat columns: lists are joined, what is absent is None."""
    row: dict[str, Any] = {}
    for field in fields:
        value = exported.get(field.name)
        for part, column in zip(field.parts or ("",), field.columns, strict=True):
            row[column] = _flat(value, part)
    return row


def _flat(value: Any, part: str) -> Any:
    if isinstance(value, list):
        items = [_flat(item, part) for item in value]
        return SEPARATOR.join("" if item is None else str(item) for item in items)
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, dict):
        return value
    if part == "offices":
        return SEPARATOR.join(
            f"{office['title']['fr']}, {office['organisation']['name']}" for office in value[part]
        )
    if part.startswith("title_") and "organisation" in value:
        return value["title"][part.removeprefix("title_")]
    found = value[part]
    if isinstance(found, list):
        return SEPARATOR.join(found)
    return found["name"] if isinstance(found, dict) else found
