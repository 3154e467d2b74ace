"""Output formats: functions of their modules, all of `(listing, stream)`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple, TextIO, TypeAlias

from essfacts.export import (
    SEPARATOR,
    SOURCE_PARTS,
    Exported,
    Field,
    describe,
    say_figure,
    say_offices,
    source_part,
)
from essfacts.language import COLON, format_date, format_number, quoted, title, word
from essfacts.model import KINDS, Dataset
from essfacts.text import printable

Cell: TypeAlias = Callable[[Exported, "Listing"], str]
"""How a record fills a column for people."""


class Listing(NamedTuple):
    """What a command shows: exported records, the fields for data and the columns for people."""

    title: str
    records: Iterable[Exported]
    fields: Sequence[Field]
    columns: Mapping[str, Cell]
    language: str
    dataset: Dataset
    has_chosen_fields: bool = False
    excel: bool = False
    with_sources: bool = False
    marks: Callable[[str], Iterable[tuple[int, int]]] | None = None
    whole: int = 0  # how many there are, of which a limit may show the first

    def data(self, record: Exported) -> dict[str, Any]:
        """Give the fields of a record; those that were asked for by name are always there."""
        return {
            field.name: record.get(field.name)
            for field in self.fields
            if self.has_chosen_fields or field.name in record
        }

    def cells(self, record: Exported) -> list[str]:
        """Give the cells of a record, as a person reads them."""
        return [cell(record, self) for cell in self.columns.values()]

    def headers(self) -> list[str]:
        return [word(name, self.language) for name in self.columns]


class Notes(dict[str, Exported]):
    """Sources by id, numbered in the order in which they are referred to."""

    def number(self, source: Exported) -> int:
        self.setdefault(source["id"], source)
        return [*self].index(source["id"]) + 1

    def refer(self, sources: Iterable[Exported]) -> str:
        return "".join(f"[{self.number(source)}]" for source in sources)

    def described(self, language: str) -> list[str]:
        return [f"[{self.number(one)}] {describe(one, language)}" for one in self.values()]


class Format(NamedTuple):
    """An output format: what it is good for, in both languages, and what writes it.

    That is `render` in the module of its name, unless a module and a function are given.
    """

    fr: str
    en: str
    writer: str = ""


FORMATS: Mapping[str, Format] = {
    "table": Format("tableau à lire ; texte brut dans un tube", "table to read"),
    "text": Format("lignes étiquetées, sans cadre", "labelled lines, no boxes", "table.labelled"),
    "md": Format("tableau Markdown", "Markdown table"),
    "json": Format("JSON, les deux langues", "JSON, both languages"),
    "ndjson": Format("un objet JSON par ligne", "one JSON object a line", "json.ndjson"),
    "yaml": Format("YAML, les deux langues", "YAML, both languages"),
    "csv": Format("CSV exact (RFC 4180)", "exact CSV (RFC 4180)"),
    "xlsx": Format("classeur (Excel, LibreOffice)", "workbook (Excel, LibreOffice)"),
    "tsv": Format("valeurs séparées par tabulations", "tab-separated values", "csv.tsv"),
}


def render(listing: Listing, name: str, stream: TextIO) -> None:
    """Write a listing in a format to a stream."""
    module, _, function = (FORMATS[name].writer or f"{name}.render").partition(".")
    getattr(import_module(f"essfacts.render.{module}"), function)(listing, stream)


def about(dataset: Dataset, language: str) -> tuple[str, str, str]:
    """Give the title of the release, its translation if need be, and who publishes it when."""
    release = dataset.release
    titles = [source.title.en for source in dataset.sources if source.type == "release"]
    names = (dataset.named("publishers", id).name for id in release.publishers + release.partners)
    signed = ", ".join([*names, format_date(release.date, language)])
    return release.title, titles[0] if titles and language == "en" else "", signed


def quoted_once(text: str) -> str:
    """Set a sentence of the release between marks, if it has none of its own."""
    return text if text.startswith("«") else quoted(text, "fr")


def one_line(text: str) -> str:
    """Set a text on one line, safe to print."""
    return printable(" ".join(text.split()))


# How the values of fields are said to people, where they do not stand as they are.


def plain(name: str) -> Cell:
    """Make the cell of a field that was asked for by name."""
    return _figure if name == "value" else lambda record, its: _say(record.get(name), name, its)


def _say(value: Any, name: str, listing: Listing) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return SEPARATOR.join(_say(item, name, listing) for item in value)
    if name in {"topics", "section", "unit"}:
        return str(getattr(listing.dataset.named(name, value).name, listing.language))
    if name in _SAYING:
        return _SAYING[name](value, listing.language)
    if isinstance(value, dict):
        names = (listing.language, "name", "text")
        return str(next(value[name] for name in names if name in value))
    return value if isinstance(value, str) else format_number(value, listing.language)


def _say_kind(value: str, language: str) -> str:
    return str(getattr(KINDS[value].noun, language)) if value in KINDS else word(value, language)


_SAYING: Mapping[str, Callable[[Any, str], str]] = {
    "date": format_date,
    "date_published": format_date,
    "kind": _say_kind,
    "approximation": lambda value, language: word(f"approximation {value}", language),
    "type": word,
    "title_is_descriptive": lambda value, language: word(str(value), language),
    "sources": lambda value, language: describe(value, language, SOURCE_PARTS),
    "offices": lambda value, language: say_offices([value], language),
}

# How a record fills the columns for people.


def _figure(record: Exported, listing: Listing) -> str:
    if record.get("value") is None:
        return ""
    return say_figure(record, listing.dataset, listing.language)


def _text(record: Exported, listing: Listing) -> str:
    language = listing.language
    if "text" not in record:  # a person or an organisation, among claims
        about = record.get("description")
        said = about[language] if about else _offices(record, listing)
        return f"{record['name']}{COLON[language]}{said}"
    text: str = record["text"][language]
    if record.get("formula"):
        return f"{text} [{word('computed', language)}{COLON[language]}{record['formula']}]"
    # Among claims of other kinds, a quotation tells who speaks.
    return f"{text} ({record['speaker']['name']})" if "speaker" in record else text


def _words(record: Exported, listing: Listing) -> str:
    words = quoted(record["words"], "fr")
    if listing.language == "fr":
        return words
    return f"{words} [essfacts translation: {quoted(record['translation'], 'en')}]"


def _offices(record: Exported, listing: Listing) -> str:
    return say_offices(record["offices"], listing.language)


def _match(record: Exported, listing: Listing) -> str:
    """Show the words that made a record match, where its text is not what has them."""
    match = record["match"]
    spoken = (match["field"], match["language"])
    is_shown = match["field"] == "kind" or spoken == ("text", listing.language)
    return "" if is_shown or "text" not in record else str(match["text"])


def _wording(record: Exported, listing: Listing) -> str:
    """Give the release's own sentence with its line; nothing where the copy lacks it."""
    if "wording" not in record:  # a person or an organisation, among claims
        return _text(record, listing)
    if not (wording := record["wording"]):
        return ""
    line = f"{word('line', listing.language)} {wording['line']}"
    return f"{quoted_once(wording['text'])} ({line})"


def _of_sources(part: str) -> Cell:
    def cell(record: Exported, listing: Listing) -> str:
        sources = record.get("sources") or ()
        return SEPARATOR.join(source_part(source, part, listing.language) for source in sources)

    return cell


COLUMNS: Mapping[str, Cell] = {
    "figure": _figure,
    "text": _text,
    "match": _match,
    "wording": _wording,
    "words": _words,
    "speaker": lambda record, listing: (
        f"{record['speaker']['name']}, {_offices(record['speaker'], listing)}"
    ),
    "offices": _offices,
    "contact": lambda record, _: "\n".join(filter(None, (record["email"], record["phone"]))),
    "excerpt": lambda record, _: quoted(record["excerpt"], "fr") if record.get("excerpt") else "",
    "title": lambda record, listing: source_part(record, "title", listing.language),
}
SOURCE_COLUMNS: dict[str, Cell] = {part: _of_sources(part) for part in SOURCE_PARTS}
_OF_LISTS: Mapping[str, str] = {
    **{kind.command: " ".join(kind.columns) for kind in KINDS.values()},
    "claims": "kind text",
    "search": "kind text match",
    "timeline": "date text kind",
    "orgs": "name description",
    "people": "name offices contact",
    "sources": "producer title date_published url",
    "topics": "name claims",
    "sections": "name claims",
    "units": "name symbol claims",
}
# The field behind a column that has another name.
BEHIND = {"figure": "value", "contact": "email"}


def heading(name: str, language: str) -> str:
    """Give the heading of a list."""
    titles = [kind.title for kind in KINDS.values() if kind.command == name]
    return str(getattr(titles[0], language)) if titles else title(name, language)


def columns_of(name: str) -> dict[str, Cell]:
    """Give the columns for people of a list."""
    return named((*_OF_LISTS[name].split(), "id"))


def named(columns: Iterable[str]) -> dict[str, Cell]:
    """Give columns for people by their names."""
    return {name: COLUMNS.get(name) or plain(name) for name in columns}
