"""The commands about single records: all about one, and how to cite it."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from typing import TYPE_CHECKING, Any

from essfacts import model
from essfacts.card import card
from essfacts.cite import STYLES
from essfacts.cite import cite as cite_records
from essfacts.cli.settings import language_of, read
from essfacts.cli.streams import warn
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
            citation = [sentence, shlex.join(["essfacts", "cite", record.id])]
        shown.append([*card(record, dataset, language, citation)])
    sheet.render(shown, language, sys.stdout)


def cite(options: Options) -> None:
    """Print references, entries or sentences that cite what is named."""
    dataset, language = read(options.data), language_of(options.lang)
    tables = (dataset.claims, dataset.computed, dataset.sources)
    records: list[Any] = [_find(id, dataset, *tables) for id in options.ids or ()]
    records += [dataset.release] if options.release else []
    records += dataset.claims if options.all else ()
    name = choose(options.style or _DEFAULT_STYLES[language], "style", STYLES)
    accessed, url = _read_date(options.accessed), _read_url(options.url)
    if accessed and not (url or dataset.release.url):
        warn(message("accessed-without-url"), language)
    text = cite_records(dataset, records or [dataset.release], name, language, accessed, url)
    if name == "csl-json":  # which has escapes for what the stream can't carry
        text = dumps(json.loads(text), sys.stdout, indent=2) + "\n"
    sys.stdout.write(text)


def _read_date(value: str | None) -> str | None:
    if value is None:
        return None
    # A French date begins with the day.
    french = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", value.strip())
    iso = f"{french[3]}-{french[2]:0>2}-{french[1]:0>2}" if french else value
    try:
        return str(SCALARS["Date"].parse(iso))
    except ValueError:
        raise RequestError("a-date", option="--accessed", value=value) from None


def _read_url(option: str | None) -> str | None:
    """Take the release's address from the option, else ESSFACTS_URL; raises RequestError."""
    name, value = "--url", option
    if option is None:
        name, value = "ESSFACTS_URL", os.environ.get("ESSFACTS_URL") or None
    if value is None:
        return None
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(value)
        is_address = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        is_address = False
    # What no address holds unencoded would end it in a text, or steer what reads the text.
    if not is_address or not value.isprintable() or set(value) & set(' "<>\\^`{|}'):
        raise RequestError("an-address", option=name, value=value)
    return value
