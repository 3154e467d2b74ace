"""Records as plain data: the JSON contract, and the flat columns that CSV makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts import model
from essfacts.language import SEMICOLON, format_date

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from essfacts.model import Dataset, Record, Text

    Getter: TypeAlias = Callable[[Any, Dataset], Any]

Exported = dict[str, Any]
SEPARATOR = " | "
_BOTH = ("fr", "en")


class Field(NamedTuple):
    """A field of the contract, and the flat columns that stand for it where it has parts."""

    name: str
    parts: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(f"{self.name}_{part}" for part in self.parts) or (self.name,)


_CLAIM = (
    Field("id"),
    Field("kind"),
    Field("text", _BOTH),
    Field("excerpt"),
    Field("section"),
    Field("topics"),
    Field("organisations", ("id", "name")),
    Field("sources", ("id", "producer", "title", "title_en", "date_published", "url")),
    Field("date"),
)
_STAT = (
    Field("value"),
    Field("unit"),
    Field("approximation"),
    Field("written"),
    Field("counts", _BOTH),
    Field("formula"),
)
_LEVER = (Field("name", _BOTH),)
_QUOTE = (
    Field("speaker", ("id", "name", "offices")),
    Field("words"),
    Field("translation"),
)
_ALL = (*_CLAIM, *_LEVER, *_STAT, *_QUOTE)

FIELDS: Mapping[str, tuple[Field, ...]] = {
    **{kind.command: _CLAIM for kind in model.KINDS.values()},
    "stats": (*_CLAIM, *_STAT),
    "levers": (*_CLAIM, *_LEVER),
    "quotes": (*_CLAIM, *_QUOTE),
    "claims": _ALL,
    "search": _ALL,
    "timeline": _ALL,
    "orgs": (Field("id"), Field("name"), Field("aliases"), Field("description", _BOTH)),
    "people": (
        Field("id"),
        Field("name"),
        Field("aliases"),
        Field("offices", ("title_fr", "title_en", "organisation")),
        Field("email"),
        Field("phone"),
    ),
    "sources": (
        Field("id"),
        Field("type"),
        Field("producer"),
        Field("title"),
        Field("title_en"),
        Field("date_published"),
        Field("url"),
        Field("aliases"),
    ),
}


def export(record: Record, dataset: Dataset, wanted: Collection[str] | None = None) -> Exported:
    """Give a record as the JSON contract has it, or only the fields wanted of it."""
    getters = next(_GETTERS[base] for base in _GETTERS if isinstance(record, base))
    exported = {
        name: get(record, dataset)
        for name, get in getters.items()
        if wanted is None or name in wanted
    }
    if exported.get("date", ...) is None:
        del exported["date"]
    return exported


def producer(source: model.Source, dataset: Dataset) -> str:
    """Name who produced a source."""
    return ", ".join(_named(id, dataset)["name"] for id in source.producers)


def offices(person: model.Person, dataset: Dataset) -> list[Exported]:
    """Give the offices of a person, each with its organisation."""
    return [
        {"title": _text(office.title), "organisation": _named(office.organisation, dataset)}
        for office in person.offices
    ]


def say_offices(offices: Iterable[Exported], language: str) -> str:
    """Say in one line the offices that a person holds."""
    return SEMICOLON[language].join(
        f"{office['title'][language]}, {office['organisation']['name']}" for office in offices
    )


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
    record: Any = dataset.by_id[id]
    return {"id": id, "name": record.name}


def _text(text: Text) -> Exported:
    return {"fr": text.fr, "en": text.en}


def _source(id: str, dataset: Dataset) -> Exported:
    getters = _GETTERS[model.Source]
    source: Any = dataset.by_id[id]
    names = ("id", "producer", "title", "title_en", "date_published", "url")
    return {name: getters[name](source, dataset) for name in names}


def _speaker(quote: Any, dataset: Dataset) -> Exported:
    person: Any = dataset.by_id[quote.speaker]
    return _named(person.id, dataset) | {"offices": offices(person, dataset)}


def _approximation(computed: Any, dataset: Dataset) -> str:
    """Keep exact only sums and products of whole numbers, each stated as exact."""
    exact = all(stat.approximation == "exact" for stat in inputs(computed, dataset))
    return "exact" if exact and isinstance(dataset.values[computed.id], int) else "about"


def _of_inputs(
    field: str, give: Callable[[str, Dataset], Exported]
) -> Callable[[Any, Dataset], list[Exported]]:
    """Give what a computed stat has from the stats on which it rests, each once."""
    return lambda computed, dataset: [
        give(id, dataset)
        for id in dict.fromkeys(
            id for stat in inputs(computed, dataset) for id in getattr(stat, field)
        )
    ]


def _own(name: str) -> Getter:
    return lambda record, _: getattr(record, name)


def _both(name: str) -> Getter:
    return lambda record, _: _text(getattr(record, name))


def _list(name: str) -> Getter:
    return lambda record, _: list(getattr(record, name))


_CLAIM_GETTERS: Mapping[str, Getter] = {
    "id": _own("id"),
    "kind": _own("kind"),
    "text": _both("text"),
    "excerpt": _own("excerpt"),
    "section": _own("section"),
    "topics": _list("topics"),
    "organisations": lambda claim, dataset: [_named(id, dataset) for id in claim.organisations],
    "sources": lambda claim, dataset: [_source(id, dataset) for id in claim.sources],
    "date": _own("date"),
}
# The most particular class first.
_GETTERS: Mapping[type[Record], Mapping[str, Getter]] = {
    model.Stat: {
        **_CLAIM_GETTERS,
        "value": _own("value"),
        "unit": _own("unit"),
        "approximation": _own("approximation"),
        "written": _own("written"),
        "counts": _both("counts"),
    },
    model.Lever: {**_CLAIM_GETTERS, "name": _both("name")},
    model.Quote: {
        **_CLAIM_GETTERS,
        "speaker": _speaker,
        "words": _own("words"),
        "translation": _own("translation"),
    },
    model.Claim: _CLAIM_GETTERS,
    model.Computed: {
        "id": _own("id"),
        "kind": lambda *_: "stat",
        "text": _both("text"),
        "excerpt": lambda *_: None,
        "section": lambda *_: None,
        "topics": _list("topics"),
        "organisations": _of_inputs("organisations", _named),
        "sources": _of_inputs("sources", _source),
        "value": lambda computed, dataset: dataset.values[computed.id],
        "unit": _own("unit"),
        "approximation": _approximation,
        "written": lambda *_: None,
        "counts": _both("counts"),
        "formula": lambda computed, _: str(computed.formula),
    },
    model.Organisation: {
        "id": _own("id"),
        "name": _own("name"),
        "aliases": _list("aliases"),
        "description": _both("description"),
    },
    model.Person: {
        "id": _own("id"),
        "name": _own("name"),
        "aliases": _list("aliases"),
        "offices": offices,
        "email": _own("email"),
        "phone": _own("phone"),
    },
    model.Source: {
        "id": _own("id"),
        "type": _own("type"),
        "producer": producer,
        "title": lambda source, _: source.title.fr,
        "title_en": lambda source, _: source.title.en,
        "date_published": _own("date_published"),
        "url": _own("url"),
        "aliases": _list("aliases"),
    },
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
    if not isinstance(value, dict):
        return value
    if part == "offices":
        return SEPARATOR.join(
            f"{office['title']['fr']}, {office['organisation']['name']}" for office in value[part]
        )
    if part.startswith("title_") and "organisation" in value:
        return value["title"][part.removeprefix("title_")]
    found = value[part]
    return found["name"] if isinstance(found, dict) else found
