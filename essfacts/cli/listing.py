"""The commands that list: read, filter, search, sort, print."""

from __future__ import annotations

import sys
from itertools import islice
from typing import TYPE_CHECKING, Any

from essfacts import query, render
from essfacts.cli.settings import read, wordings_of
from essfacts.cli.streams import warn
from essfacts.errors import NothingFound, RequestError
from essfacts.export import FIELDS, WORDING, Export, Field, as_found, choices, with_wording
from essfacts.language import LANGUAGES, message, word
from essfacts.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from essfacts.cli.options import Options
    from essfacts.model import Dataset
    from essfacts.search import Found

_FOR_PEOPLE = ("table", "text", "md")
_CHART_FORMATS = ("table", "text", "svg")
_CHART_COLUMNS = ("figure", "text", "counts", "id")
# The tables that bear another name than the list made of them.
_TABLES = {
    "search": "claims",
    "timeline": "claims",
    "orgs": "organisations",
    "stats --computed": "computed",
}
# How a search may be loosened, and what then says so.
_LOOSENED = {"truncated": "words-read", "apart": "words-apart", "partial": "most-words"}


def run(name: str, options: Options) -> None:
    """Print the records of a list that pass filters and search.

    Raises NothingFound after an empty document.
    """
    dataset, format = read(options.data), _format(options)
    items, found, nothing = _find(name, options, dataset)
    fields, columns = _choose(name, options)
    records: Iterable[Any] = (Export(item, dataset) for item in items)
    if found and name == "search":
        # Data tell the best match, people the best in their language.
        spoken = options.lang if format in _FOR_PEOPLE else None
        records = (as_found(h.item, dataset, found.match(h, spoken)) for h in found.hits)
    is_of_claims = any(field.name == "excerpt" for field in FIELDS[name])
    if wordings := is_of_claims and wordings_of(options, dataset):
        fields += [WORDING]
        if options.fields is None:
            wording = {"text": ("wording", render.COLUMNS["wording"])}
            columns = dict(wording.get(name, (name, cell)) for name, cell in columns.items())
        records = (with_wording(record, wordings) for record in records)
    if sort := options.sort or ("date" if name == "timeline" else None):
        # A year sorts before its months, a month before its days: ISO 8601 dates sort as text.
        records = query.sort(records, sort, _typed(FIELDS[name]), options.lang)
    limit = query.whole_number(options.limit, "--limit") if options.limit else None
    listing = render.Listing(
        title=render.heading(name, options.lang),
        records=islice(records, limit),
        fields=fields,
        columns=columns,
        language=options.lang,
        dataset=dataset,
        has_chosen_fields=options.fields is not None,
        excel=options.excel,
        with_sources=options.source,
        marks=found.marks if found else None,
        whole=len(items),
    )
    if options.chart:
        _draw(listing, format, options)
    else:
        render.render(listing, format, sys.stdout)
    if nothing:
        raise nothing


def _draw(listing: render.Listing, format: str, options: Options) -> None:
    from essfacts.render import chart, svg

    width = query.whole_number(options.width, "--width") if options.width else None
    drawing = svg if format == "svg" else chart
    if alone := drawing.render(listing, sys.stdout, width, options.title):
        warn(message("not-drawn", values=alone), listing.language)


def _items(name: str, dataset: Dataset) -> list[Any]:
    items = getattr(dataset, _TABLES.get(name, name))
    if name == "units":  # but for those of computed stats alone
        return [unit for unit in items if unit.id in dataset.mentions]
    return [item for item in items if name != "timeline" or item.date]


def _find(
    name: str, options: Options, dataset: Dataset
) -> tuple[list[Any], Found | None, NothingFound | None]:
    """Give what passes filters and search, what the search found, and why nothing does."""
    items = [*_items(name, dataset), *(dataset.computed if options.computed else ())]
    typed = {filter: getattr(options, filter) for filter in query.FILTERS}
    wanted = {filter: value for filter, value in typed.items() if value is not None}
    if name == "search" and not wanted:
        items += [*dataset.organisations, *dataset.people]
    kept = query.select(items, dataset, wanted)
    if others := query.other_shares(items, dataset, wanted):
        warn(message("other-shares", count=len(others), values=sorted({*others})), options.lang)
    if not kept:
        return [], None, query.nothing_left(items, dataset, wanted)
    text = " ".join(options.words) if options.words else options.search
    if text is None:
        return kept, None, None
    from essfacts.search import search

    try:
        found = search(kept, dataset, text, options.lang)
    except NothingFound as nothing:
        return [], None, _hidden(text, dataset, items, wanted) or nothing
    _tell_how(found, options.lang)
    ids = {hit.item.id for hit in found.hits}
    return [item for item in kept if item.id in ids], found, None


def _tell_how(found: Found, language: str) -> None:
    """Say how what is found differs from what was typed."""
    from essfacts.search import MAX_WORDS

    for typed, read_as in found.read_as.items():
        warn(message("read-as", read_as=read_as, value=typed), language)
    for typed, synonyms in found.by_synonym.items():
        warn(message("by-synonym", values=synonyms, value=typed), language)
    for how, key in _LOOSENED.items():
        if found.is_loosened(how):
            warn(message(key, count=MAX_WORDS), language)


def _hidden(
    text: str, dataset: Dataset, items: Sequence[Any], wanted: Mapping[str, str]
) -> NothingFound | None:
    """Say which filter or list hides what a search would find."""
    from essfacts.search import have_all, search

    try:
        hits = search(items, dataset, text).hits
    except NothingFound:
        for command in ("people", "stats --computed"):
            hits = have_all(_items(command, dataset), dataset, text)
            if any("slip" not in hit.loosened for hit in hits):
                return NothingFound("found-elsewhere", value=text, command=command)
        return None
    return query.nothing_left([hit.item for hit in hits], dataset, wanted)


def _format(options: Options) -> str:
    of_charts = {
        "--format svg": options.format == "svg",
        "--width": options.width,
        "--title": options.title,
    }
    for option, value in of_charts.items():
        if value and not options.chart:
            raise RequestError("of-a-chart", option=option)
    known = _CHART_FORMATS if options.chart else render.FORMATS
    format = query.choose(options.format, "format", known)
    if options.excel and format == "table":
        return "csv"
    if options.excel and format != "csv":
        raise RequestError("excel-is-csv", format=format)
    return format


def _choose(name: str, options: Options) -> tuple[list[Field], dict[str, render.Cell]]:
    """Choose the fields for data and the columns for people."""
    fields, columns = list(FIELDS[name]), render.columns_of(name)
    if options.chart:
        columns = render.named(_CHART_COLUMNS)
    if options.fields is not None:
        added = {"excerpt": options.excerpt, "sources": options.source}
        known = choices(fields)
        fields = chosen(fields, options.fields)
        columns = {field.name: render.plain(field.name) for field in fields}
        fields += [known[n] for n, is_added in added.items() if is_added and known[n] not in fields]
    if options.excerpt and "excerpt" not in columns:
        last = [columns.popitem()] if columns else []
        columns |= {"excerpt": render.COLUMNS["excerpt"], **dict(last)}
    return fields, columns | (render.SOURCE_COLUMNS if options.source else {})


def chosen(fields: Sequence[Field], asked: str) -> list[Field]:
    """Find the fields that a person asks for, by their names or as tables head them."""
    known = {column: Field(column) for field in fields for column in field.columns}
    known |= choices(fields)
    parts = filter(None, (part.strip() for part in asked.split(",")))
    return [known[query.choose_field(part, _typed(fields), known)] for part in parts]


def _typed(fields: Sequence[Field]) -> dict[str, str]:
    """Map what a person may type for a field to its name: the headings of tables too."""
    names = {name: name for name in choices(fields)}
    shown = names | {column: field for column, field in render.BEHIND.items() if field in names}
    said = {word(name, language): field for name, field in shown.items() for language in LANGUAGES}
    return said | names


def glance(options: Options) -> None:
    """Print what the release is, and how many of each kind there are."""
    from essfacts.render.table import render_lines

    dataset, language = read(options.data), options.lang
    render_lines(filter(None, render.about(dataset, language)), sys.stdout)
    kinds = (kind.command for kind in KINDS.values())
    records = [
        {
            "name": render.heading(name, language),
            "count": len(_items(name, dataset)),
            "command": f"essfacts {name}",
        }
        for name in (*kinds, "stats --computed", "claims", "orgs", "people", "sources")
    ]
    columns = {name: render.plain(name) for name in records[0]}
    listing = render.Listing("", records, (), columns, language, dataset)
    render.render(listing, "table", sys.stdout)
