"""The commands about single records: all about one, and how to cite it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from essfacts import model
from essfacts.card import card
from essfacts.cite import STYLES
from essfacts.cite import cite as cite_records
from essfacts.cli.settings import language_of, read
from essfacts.dataset import SCALARS
from essfacts.errors import RequestError, UnknownError
from essfacts.export import export, fields_of
from essfacts.language import message
from essfacts.query import choose, find
from essfacts.render import FORMATS, Listing, plain, render, sheet
from essfacts.render.json import dumps

if TYPE_CHECKING:
    from essfacts.cli.options import Options

_CITABLE = (model.Claim, model.Computed, model.Source)
_DEFAULT_STYLES = {"fr": "iso690", "en": "apa"}
_CARDS = ("table", "text")


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
        hint = message("found-by-search", value=claims[0].id)
        raise UnknownError("no-such", what=message("a-id"), value=value, hint=hint) from error
    if len(found) > 1:
        raise RequestError("several-named", value=value, values=[record.id for record in found])
    return found[0]


def show(options: Options) -> None:
    """Print all about each record that is named."""
    dataset, language = read(options.data), language_of(options.lang)
    name = choose(options.format, "format", FORMATS)
    tables = (dataset.claims, dataset.computed, dataset.organisations, dataset.people)
    records = [_find(id, dataset, *tables, dataset.sources) for id in options.ids or ()]
    if name not in _CARDS:
        fields = fields_of(records)
        exported = [export(record, dataset) for record in records]
        columns = [plain(field.name) for field in fields]
        render(Listing("", exported, fields, columns, language, dataset), name, sys.stdout)
        return
    shown = []
    for record in records:
        citation = []
        if isinstance(record, _CITABLE):
            sentence = cite_records(dataset, [record], "sentence", language).strip()
            citation = [sentence, f"essfacts cite {record.id}"]
        shown.append([*card(record, dataset, language, citation)])
    sheet.render(shown, language, sys.stdout)


def cite(options: Options) -> None:
    """Print references, entries or sentences that cite what is named."""
    dataset, language = read(options.data), language_of(options.lang)
    tables = (dataset.claims, dataset.computed, dataset.sources)
    records: list[Any] = [_find(id, dataset, *tables) for id in options.ids or ()]
    records += [dataset.release] if options.release else []
    records += dataset.claims if options.all else ()
    if not records:
        raise RequestError("nothing-to-cite")
    name = choose(options.style or _DEFAULT_STYLES[language], "style", STYLES)
    text = cite_records(dataset, records, name, language, _read_date(options.accessed))
    if name == "csl-json":  # which has escapes for what the stream can't carry
        text = dumps(json.loads(text), sys.stdout, indent=2) + "\n"
    sys.stdout.write(text)


def _read_date(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return str(SCALARS["Date"].parse(value))
    except ValueError:
        raise RequestError("a-date", option="--accessed", value=value) from None
