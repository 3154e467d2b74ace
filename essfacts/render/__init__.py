"""Output formats: one module each, all with `render(listing, stream)`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts.export import (
    SEPARATOR,
    Exported,
    Field,
    describe,
    say_offices,
    source_part,
)
from essfacts.language import COLON, format_date, format_number, quoted, significant, word
from essfacts.model import MOST_DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TextIO

    from essfacts.model import Dataset, Unit


class Listing(NamedTuple):
    """What a command shows: exported records, the fields for data and the columns for people."""

    title: str
    records: Iterable[Exported]
    fields: Sequence[Field]
    columns: Sequence[Column]
    language: str
    units: Mapping[str, Unit]
    has_chosen_fields: bool = False
    excel: bool = False
    with_sources: bool = False
    marks: Callable[[str], Iterable[tuple[int, int, str]]] | None = None
    digits: Mapping[str, int] | None = None

    @classmethod
    def of_data(cls, records: Sequence[Exported], language: str, dataset: Dataset) -> Listing:
        """Make a listing of whole records, for data formats."""
        names = dict.fromkeys(name for record in records for name in record)
        return cls(
            title="",
            records=records,
            fields=[Field(name) for name in names],
            columns=(),
            language=language,
            units={unit.id: unit for unit in dataset.units},
            digits=dataset.digits,
        )

    def data(self, record: Exported) -> Exported:
        """Give the fields of a record; those that were asked for by name are always there."""
        return {
            field.name: record.get(field.name)
            for field in self.fields
            if self.has_chosen_fields or field.name in record
        }

    def cells(self, record: Exported) -> list[str]:
        """Give the cells of a record, as a person reads them, each on one line."""
        return [column.cell(record, self) for column in self.columns]

    def headers(self) -> list[str]:
        return [word(column.name, self.language) for column in self.columns]


class Column(NamedTuple):
    """A column for people: its word, how a record fills it, and from which of its fields."""

    name: str
    cell: Callable[[Exported, Listing], str]
    fields: tuple[str, ...]


class Format(NamedTuple):
    """An output format: what it is good for, in both languages, and its module."""

    fr: str
    en: str
    for_people: bool = False


FORMATS: Mapping[str, Format] = {
    "table": Format("tableau à lire ; texte brut dans un tube", "table to read", for_people=True),
    "text": Format("lignes étiquetées, sans cadre", "labelled lines, no boxes", for_people=True),
    "md": Format("tableau Markdown", "Markdown table", for_people=True),
    "json": Format("JSON, les deux langues", "JSON, both languages"),
    "ndjson": Format("un objet JSON par ligne", "one JSON object a line"),
    "yaml": Format("YAML, les deux langues", "YAML, both languages"),
    "csv": Format("CSV exact (RFC 4180)", "exact CSV (RFC 4180)"),
    "tsv": Format("valeurs séparées par tabulations", "tab-separated values"),
}


def render(listing: Listing, name: str, stream: TextIO) -> None:
    """Write a listing in a format to a stream."""
    module = import_module(f"essfacts.render.{name}")
    module.render(listing, stream)


# How a record fills the columns for people.

_SOURCE_PARTS = ("producer", "title", "date", "url")
_OF_SOURCE = ("producer", "title", "title_en", "date_published", "url")


def figure(record: Exported, listing: Listing) -> str:
    """Print a number with its unit's symbol and its approximation: `≈ 80`, `1,3 %`."""
    if record.get("value") is None:
        return ""
    unit = listing.units[record["unit"]]
    value = record["value"]
    if record.get("formula") and record["approximation"] != "exact":
        value = significant(value, (listing.digits or {}).get(record["id"], MOST_DIGITS))
    number = _number(value, unit, listing.language)
    parts = [word(record["approximation"], listing.language), number]
    return " ".join(part for part in parts if part)


def _number(value: float, unit: Unit, language: str) -> str:
    if unit.percent and unit.percent != 1 and value == (fraction := _fraction(value))[0]:
        return fraction[1]
    space = " " if language == "fr" else ""
    return format_number(value, language) + (space + unit.symbol if unit.symbol else "")


def _fraction(value: float) -> tuple[float, str]:
    from fractions import Fraction

    fraction = Fraction(value).limit_denominator(100)
    return float(fraction), str(fraction)


def _text(record: Exported, listing: Listing) -> str:
    text: str = record["text"][listing.language]
    if record.get("formula"):
        colon = COLON[listing.language]
        return f"{text} [{word('computed', listing.language)}{colon}{record['formula']}]"
    # Among claims of other kinds, a quotation tells who speaks.
    return f"{text} ({record['speaker']['name']})" if "speaker" in record else text


def _words(record: Exported, listing: Listing) -> str:
    words = quoted(record["words"], "fr")
    if listing.language == "fr":
        return words
    return f"{words} [essfacts translation: {quoted(record['translation'], 'en')}]"


def _speaker(record: Exported, listing: Listing) -> str:
    return f"{record['speaker']['name']}, {_offices(record['speaker'], listing)}"


def _offices(record: Exported, listing: Listing) -> str:
    return say_offices(record["offices"], listing.language)


def _contact(record: Exported, _: Listing) -> str:
    return "\n".join(part for part in (record["email"], record["phone"]) if part)


def _excerpt(record: Exported, _: Listing) -> str:
    return quoted(record["excerpt"], "fr") if record.get("excerpt") else ""


def _of_sources(part: str) -> Callable[[Exported, Listing], str]:
    def cell(record: Exported, listing: Listing) -> str:
        parts = [source_part(source, part, listing.language) for source in record["sources"]]
        return SEPARATOR.join(parts)

    return cell


def _own(part: str) -> Callable[[Exported, Listing], str]:
    return lambda record, listing: source_part(record, part, listing.language)


def plain(name: str) -> Column:
    """Make the column of a field that was asked for by name."""

    def cell(record: Exported, listing: Listing) -> str:
        return _say(record.get(name), name, listing)

    return COLUMNS["figure"]._replace(name=name) if name == "value" else Column(name, cell, (name,))


def _say(value: Any, name: str, listing: Listing) -> str:
    language = listing.language
    if value is None:
        return ""
    if name == "date":
        return format_date(value, language)
    if isinstance(value, list):
        return SEPARATOR.join(_say(item, name, listing) for item in value)
    if isinstance(value, dict):
        if name == "sources":
            return describe(value, language, _SOURCE_PARTS)
        if name == "offices":
            return say_offices([value], language)
        return str(value.get(language) or value["name"])
    return value if isinstance(value, str) else format_number(value, language)


COLUMNS: Mapping[str, Column] = {
    column.name: column
    for column in (
        plain("id"),
        plain("name"),
        plain("date"),
        plain("description"),
        Column("kind", lambda record, listing: word(record["kind"], listing.language), ("kind",)),
        Column("figure", figure, ("value", "unit", "approximation", "formula", "id")),
        Column("text", _text, ("text", "formula", "speaker")),
        Column("words", _words, ("words", "translation")),
        Column("speaker", _speaker, ("speaker",)),
        Column("offices", _offices, ("offices",)),
        Column("contact", _contact, ("email", "phone")),
        Column("excerpt", _excerpt, ("excerpt",)),
    )
}
SOURCE_COLUMNS = tuple(Column(part, _of_sources(part), ("sources",)) for part in _SOURCE_PARTS)
_OF_LISTS = {
    "levers": ("name", "text", "id"),
    "stats": ("figure", "text", "id"),
    "quotes": ("words", "speaker", "id"),
    "claims": ("kind", "text", "id"),
    "search": ("kind", "text", "id"),
    "timeline": ("date", "text", "kind", "id"),
    "orgs": ("name", "description", "id"),
    "people": ("name", "offices", "contact", "id"),
}


def columns_of(name: str) -> list[Column]:
    """Give the columns for people of a list."""
    if name == "sources":
        return [*(Column(part, _own(part), _OF_SOURCE) for part in _SOURCE_PARTS), COLUMNS["id"]]
    return [COLUMNS[column] for column in _OF_LISTS.get(name, ("text", "id"))]
