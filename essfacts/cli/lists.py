"""From options to a listing: read what is needed, filter, search, sort, print."""

from __future__ import annotations

import os
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts import query
from essfacts.cli.options import Adds, Common, Display
from essfacts.cli.streams import warn
from essfacts.errors import NothingFound, RequestError
from essfacts.export import FIELDS, Exported, Field, export, flatten
from essfacts.language import LANGUAGES, title
from essfacts.render import (
    COLUMNS,
    FORMATS,
    SOURCE_COLUMNS,
    Column,
    Listing,
    columns_of,
    plain,
    render,
)
from essfacts.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from essfacts.model import Dataset, Kind
    from essfacts.search import Found

_WHO = ("organisations", "people", "sources")
_SEARCHED = ("topics", "units", *_WHO)
_CHART_FORMATS = ("table", "text", "svg")


class Request(NamedTuple):
    """What a person asked of a list; `name` is its command."""

    name: str
    display: Display
    common: Common
    filters: Mapping[str, str | None] = {}
    search: str | None = None
    adds: Adds = Adds()
    is_chart: bool = False
    # The search without the quotation marks that a shell may have needed for an apostrophe.
    apart: str | None = None

    @property
    def wanted(self) -> dict[str, str]:
        return {name: value for name, value in self.filters.items() if value is not None}

    @property
    def format(self) -> str:
        if self.display.format == "svg" and not self.is_chart:
            message = "--format svg goes with stats --chart"
            raise RequestError(message)
        known = _CHART_FORMATS if self.is_chart else FORMATS
        return query.choose(self.display.format, "format", known)

    @property
    def is_for_people(self) -> bool:
        return self.is_chart or FORMATS[self.format].for_people

    @property
    def language(self) -> str:
        return language_of(self.common.lang)


def language_of(option: str | None) -> str:
    """Choose the language: the option, else ESSFACTS_LANG, else the locale, else English."""
    asked = option or os.environ.get("ESSFACTS_LANG")
    if asked:
        return query.choose(asked, "language", LANGUAGES)
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), "")
    return "fr" if locale.lower().startswith("fr") else "en"


def folder_of(option: str | None) -> str | None:
    """Choose the folder of the dataset: the option, else ESSFACTS_DATA, else the packaged one."""
    return option or os.environ.get("ESSFACTS_DATA")


def read(common: Common, tables: Iterable[str] | None = None) -> Dataset:
    """Read the dataset: of the packaged one, only the tables that are needed.

    Another folder is read and checked whole, whatever is shown of it.
    """
    # Completion and --help need the command, and not what reads YAML.
    from essfacts.dataset import TABLES, load

    folder = folder_of(common.data)
    return load(folder, TABLES if folder or tables is None else tables)


def list_claims(
    request: Request,
    kinds: Collection[Kind],
    *,
    keep: Callable[[Any], bool] = lambda _: True,
    computed: bool = False,
    ranked: bool = False,
) -> None:
    """Print the claims of some kinds that pass filters and search.

    `keep` narrows what is listed at all; `ranked` shows the best match first. Raises NothingFound
    after an empty document.
    """
    dataset = read(request.common, _tables(request, kinds, computed=computed))
    names = {kind.name for kind in kinds}
    items: list[Any] = [claim for claim in dataset.claims if claim.kind in names and keep(claim)]
    items += dataset.computed if computed else ()
    list_records(request, dataset, items, ranked=ranked)


def list_records(
    request: Request, dataset: Dataset, items: Sequence[Any], *, ranked: bool = False
) -> None:
    """Print the records that pass filters and search, as list_claims does."""
    wanted = request.wanted
    kept = query.select(items, dataset, wanted)
    error = None if kept else query.nothing_left(items, dataset, wanted)
    found = None
    if kept and request.search is not None:
        found = _search(request, dataset, kept)
        error = None if found else _nothing_found(request, dataset, items)
        hits = [hit.item for hit in found.hits] if found else []
        ids = {hit.id for hit in hits}
        kept = hits if ranked else [item for item in kept if item.id in ids]
    _print(request, dataset, kept, found)
    if error:
        raise error


def _search(request: Request, dataset: Dataset, items: Sequence[Any]) -> Found | None:
    """Search as asked, else for the words apart, and say how what is found differs."""
    from essfacts.search import search

    for text in filter(None, (request.search, request.apart)):
        try:
            found = search(items, dataset, text)
        except NothingFound:
            continue
        if text != request.search:
            warn("nothing has these words together: showing what has them apart")
        for typed, read_as in found.read_as.items():
            warn(f'showing results for "{read_as}": nothing has "{typed}"')
        if found.partial:
            warn("nothing has all of these words: showing what has most of them")
        return found
    return None


def _nothing_found(request: Request, dataset: Dataset, items: Sequence[Any]) -> NothingFound:
    """Say which filter or list hides what a search would find, or else the nearest words."""
    from essfacts.search import have_all, search

    text = request.apart or request.search or ""
    try:
        found = search(items, dataset, text)
    except NothingFound as nothing:
        for command, records in (
            ("people", dataset.people),
            ("stats --computed", dataset.computed),
        ):
            if have_all(records, dataset, text):
                message = f"no claim has {printable(text)}, but essfacts {command} --search does"
                return NothingFound(message)
        return nothing
    return query.nothing_left([hit.item for hit in found.hits], dataset, request.wanted)


def _tables(request: Request, kinds: Collection[Kind], *, computed: bool) -> set[str]:
    """Say which tables a list needs."""
    tables = {kind.command for kind in kinds}
    tables.update(*(query.FILTERS[name].tables for name in request.wanted))
    display = request.display
    if not request.is_for_people or request.adds.source or display.fields or display.sort:
        tables.update(_WHO)
    if "quotes" in tables:
        tables.update(("organisations", "people"))
    if request.is_for_people and "stats" in tables:
        tables.add("units")
    if computed:
        tables.update(("computed", "stats", "units", *_WHO))
    if request.search is not None:
        tables.update(_SEARCHED)
    if request.name == "search":
        tables.add("computed")
    return tables


def _print(request: Request, dataset: Dataset, items: Sequence[Any], found: Found | None) -> None:
    """Print records in the format, order and fields that were asked for."""
    display, format = request.display, request.format
    if display.excel and format != "csv":
        message = f"--excel goes with --format csv, not with {format}"
        raise RequestError(message)
    fields, columns, flat = _choose(request)
    wanted = None
    if request.is_for_people and not flat and not display.sort:
        wanted = {field for column in columns for field in column.fields}
    records: Iterable[Exported] = (_export(item, dataset, flat, wanted) for item in items)
    if display.sort:
        records = list(records)
        names = [field.name for field in FIELDS[request.name]]
        query.sort(records, display.sort, names, request.language)
    listing = Listing(
        title=title(request.name, request.language),
        records=islice(records, display.limit),
        fields=fields,
        columns=columns,
        language=request.language,
        units={unit.id: unit for unit in dataset.units},
        has_chosen_fields=display.fields is not None,
        excel=display.excel,
        with_sources=request.adds.source,
        marks=found.marks if found else None,
        digits=dataset.digits,
    )
    if request.is_chart:
        from essfacts.render import chart

        alone = (chart.render_svg if format == "svg" else chart.render)(listing, sys.stdout)
        if alone:
            warn(f"not drawn, for want of a like figure: {', '.join(alone)}")
    else:
        render(listing, format, sys.stdout)


def _choose(request: Request) -> tuple[list[Field], list[Column], dict[str, Field]]:
    """Choose the fields for data, the columns for people, and flat columns asked for by name."""
    by_name = {field.name: field for field in FIELDS[request.name]}
    fields, columns = list(by_name.values()), columns_of(request.name)
    flat: dict[str, Field] = {}
    adds = request.adds
    if request.is_chart:
        columns = [COLUMNS["figure"], COLUMNS["text"], plain("counts"), plain("id")]
    if request.display.fields is not None:
        flat = {column: field for field in fields for column in field.columns}
        known = {**by_name, **flat}
        parts = filter(None, (part.strip() for part in request.display.fields.split(",")))
        asked = [query.choose(part, "field", known) for part in parts]
        columns = [plain(part) for part in asked]
        added = {"excerpt": adds.excerpt, "sources": adds.source}
        asked += [field for field, is_added in added.items() if is_added and field not in asked]
        fields = [by_name.get(part, Field(part)) for part in asked]
        flat = {part: flat[part] for part in asked if part not in by_name}
    if adds.excerpt and "excerpt" not in [column.name for column in columns]:
        columns.insert(max(len(columns) - 1, 0), COLUMNS["excerpt"])
    if adds.source:
        columns += SOURCE_COLUMNS
    return fields, columns, flat


def _export(
    item: Any, dataset: Dataset, flat: Mapping[str, Field], wanted: Collection[str] | None
) -> Exported:
    """Export a record, with the flat columns that were asked for by name."""
    exported = export(item, dataset, wanted)
    for column, field in flat.items():
        exported[column] = flatten(exported, [field])[column]
    return exported


def print_records(records: Sequence[Exported], language: str) -> None:
    """Print records that are no part of a dataset, such as counts, in a table."""
    columns = [plain(name) for name in records[0]]
    listing = Listing(
        title="", records=records, fields=(), columns=columns, language=language, units={}
    )
    render(listing, "table", sys.stdout)
