"""The options that commands share: a named tuple a group, an annotated field an option."""

# Annotations stay objects here: Typer reads the options out of them.

import os
from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Annotated, Any, NamedTuple

import typer

from essfacts.cli import completion

# Building the completion of each option costs time that only a completing shell needs.
_IS_COMPLETING = "_ESSFACTS_COMPLETE" in os.environ


def option(*names: str, help: str, metavar: str | None = None, values: str | None = None) -> Any:
    """Declare an option; `values` names what completes it."""
    return typer.Option(*names, help=help, metavar=metavar, autocompletion=_completer(values))


def argument(metavar: str, *, help: str, values: str | None = None) -> Any:
    """Declare an argument; `values` names what completes it."""
    return typer.Argument(metavar=metavar, help=help, autocompletion=_completer(values))


def _completer(values: str | None) -> Any:
    return completion.of(values) if values and _IS_COMPLETING else None


Text = str | None
Lang = Annotated[
    Text,
    option(
        "--lang",
        metavar="fr|en",
        help="Language of the texts; else ESSFACTS_LANG, else the locale, else English.",
        values="languages",
    ),
]
Data = Annotated[
    Text,
    option(
        "--data",
        metavar="DIR",
        help="Folder of another dataset; else ESSFACTS_DATA, else the packaged one.",
    ),
]


Format = Annotated[
    str,
    option(
        "--format",
        metavar="FORMAT",
        help="Print as table, text, md, json, ndjson, yaml, csv or tsv.",
        values="formats",
    ),
]


class Common(NamedTuple):
    """What every command takes."""

    lang: Lang = None
    data: Data = None


class Filters(NamedTuple):
    """What every list of claims can be narrowed by."""

    org: Annotated[
        Text,
        option(
            "--org",
            metavar="ORG",
            help="Keep what names an organisation: regions, ess-france…",
            values="organisations",
        ),
    ] = None
    topic: Annotated[
        Text,
        option(
            "--topic",
            metavar="TOPIC",
            help="Keep a topic: employment, financement…",
            values="topics",
        ),
    ] = None
    section: Annotated[
        Text,
        option(
            "--section",
            metavar="SECTION",
            help="Keep a part of the release: figures, methodology…",
            values="sections",
        ),
    ] = None
    cites: Annotated[
        Text,
        option(
            "--cites",
            metavar="SOURCE",
            help="Keep what a source vouches for: study, panorama, insee…",
            values="sources",
        ),
    ] = None


class StatFilters(NamedTuple):
    """What a list of stats can be narrowed by besides."""

    unit: Annotated[
        Text,
        option("--unit", metavar="UNIT", help="Keep a unit: percent, enterprise…", values="units"),
    ] = None
    min: Annotated[
        Text, option("--min", metavar="NUMBER", help="Keep values of at least 10, 1.3, 1,3…")
    ] = None
    max: Annotated[
        Text, option("--max", metavar="NUMBER", help="Keep values of at most 10, 1.3, 1,3…")
    ] = None


class Search(NamedTuple):
    """The search that every list takes."""

    search: Annotated[
        Text,
        option("--search", metavar="TEXT", help='Keep what has these words: coop, "emploi local"…'),
    ] = None


class Adds(NamedTuple):
    """What a list of claims can show besides."""

    source: Annotated[
        bool, option("--source", help="Add who vouches for each claim: producer, title, date, URL.")
    ] = False
    excerpt: Annotated[bool, option("--excerpt", help="Add the release's own words.")] = False


class Display(NamedTuple):
    """How a list is shown."""

    sort: Annotated[
        Text,
        option(
            "--sort",
            metavar="FIELD",
            help="Sort by a field: id, value, date…; -value from the greatest down.",
            values="fields",
        ),
    ] = None
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="Show the first N only.")
    ] = None
    fields: Annotated[
        Text,
        option(
            "--fields",
            metavar="A,B,C",
            help="Show these fields only: id,text,excerpt…",
            values="fields",
        ),
    ] = None
    format: Format = "table"
    excel: Annotated[
        bool,
        option("--excel", help="With csv: for a French spreadsheet, opened by a double click."),
    ] = False


def takes(*groups: type[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Let a command take its options as the named tuples that its first parameters are.

    Typer is shown one parameter for each field of each group, after the command's own.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        def run(**options: Any) -> None:
            filled = [group(*map(options.pop, group._fields)) for group in groups]
            command(*filled, **options)

        own = list(Signature.from_callable(command).parameters.values())[len(groups) :]
        shown = [parameter.replace(kind=Parameter.KEYWORD_ONLY) for parameter in own] + [
            Parameter(
                name,
                Parameter.KEYWORD_ONLY,
                default=group._field_defaults[name],
                annotation=group.__annotations__[name],
            )
            for group in groups
            for name in group._fields
        ]
        run.__signature__ = Signature(shown)  # type: ignore[attr-defined]
        run.__doc__ = command.__doc__
        return run

    return decorate
