"""The commands about single records: all about one, and how to cite it."""

# Annotations stay objects here: Typer reads the options out of them.

import json
import sys
from typing import Annotated, Any

from essfacts import model
from essfacts.card import card
from essfacts.cite import STYLES
from essfacts.cite import cite as cite_records
from essfacts.cli.lists import language_of, read
from essfacts.cli.options import Common, argument, option, takes
from essfacts.dataset import SCALARS
from essfacts.errors import RequestError, UnknownError
from essfacts.export import export
from essfacts.language import word
from essfacts.query import choose, find
from essfacts.render import Listing, figure, render
from essfacts.render import card as cards
from essfacts.render.json import dumps
from essfacts.text import printable

_CITABLE = (model.Claim, model.Computed, model.Source)
_DEFAULT_STYLES = {"fr": "iso690", "en": "apa"}
_FORMATS = ("text", "json", "yaml")


def _find(value: str, dataset: model.Dataset, *tables: tuple[Any, ...]) -> Any:
    """Find the one record that an id, or how it begins, names; raises RequestError."""
    records = [record for table in tables for record in table]
    try:
        found = find(value, "id", records, dataset)
    except UnknownError as error:
        from essfacts.search import have_all

        # A word of a claim is no slip of an id.
        claims = have_all(dataset.claims, dataset, value)
        if not claims:
            raise
        message = f'no id "{printable(value)}": essfacts search finds "{claims[0].id}" by it'
        raise UnknownError(message) from error
    if len(found) > 1:
        ids = ", ".join(record.id for record in found)
        message = f'"{value}" names several: {ids}'
        raise RequestError(message)
    return found[0]


@takes(Common)
def show(
    common: Common,
    *,
    ids: Annotated[
        list[str],
        argument("ID...", help="Ids, or how they begin: gdp-share, gdp, regions…", values="ids"),
    ],
    format: Annotated[
        str, option("--format", metavar="FORMAT", help="Print as text, json or yaml.")
    ] = "text",
) -> None:
    dataset, language = read(common), language_of(common.lang)
    name = choose(format, "format", _FORMATS)
    tables = (dataset.claims, dataset.computed, dataset.organisations, dataset.people)
    records = [_find(id, dataset, *tables, dataset.sources) for id in ids]
    listing = Listing.of_data([export(record, dataset) for record in records], language, dataset)
    if name != "text":
        render(listing, name, sys.stdout)
        return
    figures = {
        record.id: figure(export(record, dataset), listing)
        for record in (*dataset.stats, *dataset.computed)
    }
    shown = []
    for record in records:
        rows = list(card(record, dataset, language, figures.__getitem__))
        if isinstance(record, _CITABLE):
            sentence = cite_records(dataset, [record], "sentence", language).strip()
            rows += [
                (word("cite", language), sentence),
                (word("cite", language), f"essfacts cite {record.id}"),
            ]
        shown.append(rows)
    cards.render(shown, sys.stdout)


@takes(Common)
def cite(
    common: Common,
    *,
    ids: Annotated[
        list[str] | None,
        argument("[ID...]", help="Ids of claims, computed stats or sources.", values="ids"),
    ] = None,
    release: Annotated[bool, option("--release", help="Cite the release itself.")] = False,
    all: Annotated[bool, option("--all", help="Cite every claim.")] = False,
    style: Annotated[
        str | None,
        option(
            "--style",
            metavar="STYLE",
            help="iso690, apa, chicago, bibtex, ris, csl-json or sentence;"
            " else iso690 in French, apa in English.",
            values="styles",
        ),
    ] = None,
    accessed: Annotated[
        str | None,
        option("--accessed", metavar="DATE", help="When you read it: 2026-03-31."),
    ] = None,
) -> None:
    dataset, language = read(common), language_of(common.lang)
    tables = (dataset.claims, dataset.computed, dataset.sources)
    records: list[Any] = [_find(id, dataset, *tables) for id in ids or ()]
    records += [dataset.release] if release else []
    records += dataset.claims if all else ()
    if not records:
        message = "nothing to cite: give an id, --release or --all (essfacts claims lists ids)"
        raise RequestError(message)
    name = choose(style or _DEFAULT_STYLES[language], "style", STYLES)
    text = cite_records(dataset, records, name, language, _read_date(accessed))
    if name == "csl-json":  # which has escapes for what the stream can't carry
        text = dumps(json.loads(text), sys.stdout, indent=2) + "\n"
    sys.stdout.write(text)


def _read_date(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return str(SCALARS["Date"].parse(value))
    except ValueError:
        message = f'--accessed takes a date such as 2026-03-31, not "{value}"'
        raise RequestError(message) from None
