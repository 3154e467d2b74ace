"""The commands: each parses, queries and renders."""

# Annotations stay objects here: Typer reads the options out of them.

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from essfacts import model
from essfacts.cli.lists import (
    Request,
    language_of,
    list_claims,
    list_records,
    print_records,
    read,
)
from essfacts.cli.options import (
    Adds,
    Common,
    Display,
    Filters,
    Search,
    StatFilters,
    option,
    takes,
)
from essfacts.language import format_date, title

_ALL = tuple(model.KINDS.values())


def lister(name: str) -> Callable[..., None]:
    """Make the command that lists the claims of one kind, or of all."""
    kinds = [kind for kind in _ALL if kind.command == name] or _ALL

    @takes(Filters, Search, Adds, Display, Common)
    def run(filters: Filters, search: Search, adds: Adds, display: Display, common: Common) -> None:
        request = Request(name, display, common, filters._asdict(), search.search, adds)
        list_claims(request, kinds)

    return run


@takes(Filters, StatFilters, Search, Adds, Display, Common)
def stats(
    filters: Filters,
    numbers: StatFilters,
    search: Search,
    adds: Adds,
    display: Display,
    common: Common,
    *,
    computed: Annotated[
        bool, option("--computed", help="Add the figures that essfacts computes, marked so.")
    ] = False,
    chart: Annotated[
        bool,
        option("--chart", help="Draw bars; with --format svg, a picture for a slide."),
    ] = False,
) -> None:
    narrowed = filters._asdict() | numbers._asdict()
    request = Request("stats", display, common, narrowed, search.search, adds, is_chart=chart)
    list_claims(request, [model.KINDS["stat"]], computed=computed)


@takes(Filters, Adds, Display, Common)
def search(
    filters: Filters,
    adds: Adds,
    display: Display,
    common: Common,
    *,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help='Words, numbers, "quoted phrases".')
    ],
) -> None:
    request = Request("search", display, common, filters._asdict(), " ".join(words), adds)
    list_claims(request, _ALL, ranked=True)


@takes(Filters, Search, Adds, Display, Common)
def timeline(
    filters: Filters, search: Search, adds: Adds, display: Display, common: Common
) -> None:
    # A year sorts before its months, a month before its days: ISO 8601 dates sort as text.
    ordered = display if display.sort else display._replace(sort="date")
    request = Request("timeline", ordered, common, filters._asdict(), search.search, adds)
    list_claims(request, _ALL, keep=lambda claim: claim.date is not None)


@takes(Search, Display, Common)
def orgs(search: Search, display: Display, common: Common) -> None:
    dataset = read(common, ("organisations",))
    request = Request("orgs", display, common, search=search.search)
    list_records(request, dataset, dataset.organisations)


@takes(Search, Display, Common)
def people(
    search: Search,
    display: Display,
    common: Common,
    *,
    org: Annotated[
        str | None,
        option(
            "--org",
            metavar="ORG",
            help="Keep who has an office there: regions, occitanie…",
            values="organisations",
        ),
    ] = None,
) -> None:
    dataset = read(common, ("organisations", "people"))
    request = Request("people", display, common, {"org": org}, search.search)
    list_records(request, dataset, dataset.people)


@takes(Search, Display, Common)
def sources(search: Search, display: Display, common: Common) -> None:
    dataset = read(common, ("organisations", "people", "sources"))
    request = Request("sources", display, common, search=search.search)
    list_records(request, dataset, dataset.sources)


def glance(common: Common) -> None:
    """Print what the release is, and how many of each kind there are."""
    from essfacts.render.table import render_lines

    dataset, language = read(common), language_of(common.lang)
    release = dataset.release
    who = (dataset.by_id[id] for id in (*release.publishers, *release.partners))
    names = ", ".join(record.name for record in who if isinstance(record, model.Organisation))
    rows = [
        *((kind.command, kind.command, dataset.of_kind(kind.name)) for kind in _ALL),
        ("computed", "stats --computed", dataset.computed),
        ("claims", "claims", dataset.claims),
        ("orgs", "orgs", dataset.organisations),
        ("people", "people", dataset.people),
        ("sources", "sources", dataset.sources),
    ]
    records = [
        {"name": title(name, language), "count": len(counted), "command": f"essfacts {command}"}
        for name, command, counted in rows
    ]
    lines = (release.title, f"{names}, {format_date(release.date, language)}")
    render_lines(lines, sys.stdout)
    print_records(records, language)
