"""The commands that list: read, filter, search, sort, print."""

from __future__ import annotations

import sys
from itertools import islice
from typing import TYPE_CHECKING, Any

from essfacts import query
from essfacts.cli.settings import language_of, read, wordings_of
from essfacts.cli.streams import warn
from essfacts.errors import NothingFound, RequestError
from essfacts.export import FIELDS, Export, Field, as_found
from essfacts.language import LANGUAGES, format_date, message, word
from essfacts.model import KINDS
from essfacts.render import (
    BEHIND,
    COLUMNS,
    FORMATS,
    SOURCE_COLUMNS,
    Column,
    Listing,
    columns_of,
    heading,
    plain,
)
from essfacts.render import render as render_listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from essfacts.cli.options import Options
    from essfacts.export import Exported
    from essfacts.model import Dataset
    from essfacts.search import Found
    from essfacts.verify import Wording

_FOR_PEOPLE = ("table", "text", "md")
_CHART_FORMATS = ("table", "text", "svg")

# What a list is made of, where it does not bear the name of a table.
_ITEMS: Mapping[str, Callable[[Dataset], Sequence[Any]]] = {
    "search": lambda dataset: dataset.claims,
    "timeline": lambda dataset: [claim for claim in dataset.claims if claim.date],
    "orgs": lambda dataset: dataset.organisations,
}


def run(name: str, options: Options) -> None:
    """Print the records of a list that pass filters and search.

    Raises NothingFound after an empty document.
    """
    language, dataset = language_of(options.lang), read(options.data)
    items = _ITEMS[name](dataset) if name in _ITEMS else getattr(dataset, name)
    if options.computed:
        items = (*items, *dataset.computed)
    wanted = {
        filter: value for filter in query.FILTERS if (value := getattr(options, filter)) is not None
    }
    text = options.search if options.search is not None else " ".join(options.words or ())
    if name == "search" and not wanted:
        items = (*items, *dataset.organisations, *dataset.people)
    kept = query.select(items, dataset, wanted)
    error = None if kept else query.nothing_left(items, dataset, wanted)
    found = None
    if kept and (text or options.search is not None):
        found = _search(text, dataset, kept, language)
        error = None if found else _nothing_found(text, dataset, items, wanted)
        hits = {hit.item.id: hit.item for hit in found.hits} if found else {}
        kept = [*hits.values()] if name == "search" else [i for i in kept if i.id in hits]
    is_of_claims = any(field.name == "excerpt" for field in FIELDS[name])
    wordings = wordings_of(options.copy, options.data, dataset) if is_of_claims else {}
    _print(name, options, language, dataset, kept, found, wordings)
    if error:
        raise error


def _said(wordings: Mapping[str, Wording], record: Exported) -> dict[str, Any] | None:
    wording = wordings.get(record["id"])
    return wording and wording._asdict()


def _search(text: str, dataset: Dataset, items: Sequence[Any], language: str) -> Found | None:
    """Search, and say how what is found differs from what was typed."""
    from essfacts.search import search
    from essfacts.ways import MAX_WORDS

    try:
        found = search(items, dataset, text)
    except NothingFound:
        return None
    for typed, read_as in found.read_as.items():
        warn(message("read-as", read_as=read_as, value=typed), language)
    for how, key in (
        ("truncated", "words-read"),
        ("apart", "words-apart"),
        ("partial", "most-words"),
    ):
        if found.is_loosened(how):
            warn(message(key, count=MAX_WORDS), language)
    return found


def _nothing_found(
    text: str, dataset: Dataset, items: Sequence[Any], wanted: Mapping[str, str]
) -> NothingFound:
    """Say which filter or list hides what a search would find, or else the nearest words."""
    from essfacts.search import have_all, search

    try:
        found = search(items, dataset, text)
    except NothingFound as nothing:
        for command, records in (
            ("people", dataset.people),
            ("stats --computed", dataset.computed),
        ):
            if have_all(records, dataset, text):
                return NothingFound("found-elsewhere", value=text, command=command)
        return nothing
    return query.nothing_left([hit.item for hit in found.hits], dataset, wanted)


def _print(
    name: str,
    options: Options,
    language: str,
    dataset: Dataset,
    items: Sequence[Any],
    found: Found | None,
    wordings: Mapping[str, Wording],
) -> None:
    """Print records in the format, order and fields that were asked for."""
    format = _format(options)
    limit = query.whole_number(options.limit, "--limit") if options.limit else None
    fields, columns = _choose(name, options)
    if wordings:
        fields += [Field("wording", ("text", "line"))]
        if options.fields is None:
            columns = [COLUMNS["wording"] if c.name == "text" else c for c in columns]
    records: Iterable[Any] = (Export(item, dataset) for item in items)
    if found and name == "search":
        # Data tell the best match, people the best in their language.
        spoken = language if format in _FOR_PEOPLE else None
        records = (as_found(h.item, dataset, found.match(h, dataset, spoken)) for h in found.hits)
    if wordings:
        records = (record.adding(wording=_said(wordings, record)) for record in records)
    sort = options.sort or ("date" if name == "timeline" else None)
    if sort:
        # A year sorts before its months, a month before its days: ISO 8601 dates sort as text.
        records = query.sort(records, sort, _typed(name), language)
    listing = Listing(
        title=heading(name, language),
        records=islice(records, limit),
        fields=fields,
        columns=columns,
        language=language,
        dataset=dataset,
        has_chosen_fields=options.fields is not None,
        excel=options.excel,
        with_sources=options.source,
        marks=found.marks if found else None,
    )
    if options.chart:
        from essfacts.render import chart, svg

        width = query.whole_number(options.width, "--width") if options.width else None
        drawing = svg if format == "svg" else chart
        alone = drawing.render(listing, sys.stdout, width, options.title)
        if alone:
            warn(message("not-drawn", values=alone), language)
    else:
        render_listing(listing, format, sys.stdout)


def _format(options: Options) -> str:
    if options.format == "svg" and not options.chart:
        raise RequestError("svg-is-a-chart")
    format = query.choose(options.format, "format", _CHART_FORMATS if options.chart else FORMATS)
    if options.excel and format != "csv":
        raise RequestError("excel-is-csv", format=format)
    return format


def _choose(name: str, options: Options) -> tuple[list[Field], list[Column]]:
    """Choose the fields for data and the columns for people."""
    fields, columns = list(FIELDS[name]), columns_of(name)
    if options.chart:
        columns = [COLUMNS["figure"], COLUMNS["text"], plain("counts"), plain("id")]
    if options.fields is not None:
        known = {column: Field(column) for field in fields for column in field.columns}
        known |= {field.name: field for field in fields}
        typed = {column: column for column in known} | _typed(name)
        parts = filter(None, (part.strip() for part in options.fields.split(",")))
        asked = [typed[query.choose(part, "field", typed)] for part in parts]
        columns = [plain(part) for part in asked]
        added = {"excerpt": options.excerpt, "sources": options.source}
        asked += [field for field, is_added in added.items() if is_added and field not in asked]
        fields = [known[part] for part in asked]
    if options.excerpt and "excerpt" not in [column.name for column in columns]:
        columns.insert(max(len(columns) - 1, 0), COLUMNS["excerpt"])
    if options.source:
        columns += SOURCE_COLUMNS
    return fields, columns


def _typed(name: str) -> dict[str, str]:
    """Map what a person may type for a field of a list to its name: the headings of tables too."""
    names = [field.name for field in FIELDS[name]]
    shown = {name: name for name in names} | {
        column: field for column, field in BEHIND.items() if field in names
    }
    said = {word(name, language): field for name, field in shown.items() for language in LANGUAGES}
    return said | {name: name for name in names}


def glance(options: Options) -> None:
    """Print what the release is, and how many of each kind there are."""
    from essfacts.render.table import render_lines

    dataset, language = read(options.data), language_of(options.lang)
    release = dataset.release
    publishers = (dataset.named("publishers", id) for id in release.publishers)
    partners = (dataset.named("partners", id) for id in release.partners)
    names = ", ".join(record.name for record in (*publishers, *partners))
    lists = {
        **{kind.command: getattr(dataset, kind.command) for kind in KINDS.values()},
        "stats --computed": dataset.computed,
        "claims": dataset.claims,
        "orgs": dataset.organisations,
        "people": dataset.people,
        "sources": dataset.sources,
    }
    records = [
        {
            "name": heading(command, language),
            "count": len(counted),
            "command": f"essfacts {command}",
        }
        for command, counted in lists.items()
    ]
    render_lines((release.title, f"{names}, {format_date(release.date, language)}"), sys.stdout)
    columns = [plain(name) for name in records[0]]
    listing = Listing("", records, (), columns, language, dataset)
    render_listing(listing, "table", sys.stdout)
