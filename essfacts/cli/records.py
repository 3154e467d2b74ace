"""The commands about single records: all about one, how to cite it, how they are described."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from essfacts import model
from essfacts.cite import STYLES
from essfacts.cite import cite as cite_records
from essfacts.cli.settings import read, url_of, wordings_of
from essfacts.cli.streams import warn
from essfacts.dataset import SCALARS
from essfacts.errors import RequestError
from essfacts.export import export, fields_of
from essfacts.language import Whole, lexicon, message
from essfacts.query import choose, find, names
from essfacts.render import FORMATS, Listing, card, plain, render
from essfacts.render.json import dumps
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from essfacts.cli.options import Options

_DEFAULT_STYLES = {"fr": "iso690", "en": "apa"}
_CARDS = ("table", "text")
_MOST_SHOWN = 10


def _find_all(values: Sequence[str], dataset: model.Dataset, *tables: Sequence[Any]) -> list[Any]:
    """Find what ids, or how they begin, name; else the one record that all the words find.

    Raises RequestError where more than one may be meant.
    """
    if list(values) == ["-"]:
        values = sys.stdin.read().split() if sys.stdin else ()
    records = [record for table in tables for record in table]
    try:
        return [_find(value, dataset, records) for value in values]
    except RequestError:
        from essfacts.search import have_all

        text = " ".join(values)
        found = have_all(records, dataset, text)
        if len(found) == 1:
            return found
        if not found or len(values) == 1 == len(_begun(text, records)):
            raise
        lines = "".join(f"\n  {record.id}" for record in found[:_MOST_SHOWN])
        raise RequestError("several-found", value=text, values=Whole(lines)) from None


def _begun(value: str, records: Sequence[Any]) -> list[str]:
    return [record.id for record in records if record.id.startswith(fold(value))]


def _find(value: str, dataset: model.Dataset, records: Sequence[Any]) -> Any:
    found = find(value, "id", records, dataset)
    is_whole = any(fold(value) in map(fold, names(record, dataset)) for record in found)
    if not is_whole and fold(value) in _COMMANDS:
        raise RequestError("also-a-command", value=value, values=_begun(value, records))
    if len(found) > 1:
        raise RequestError("several-named", value=value, values=[record.id for record in found])
    return found[0]


# What may be a beginning of an id, and is a command.
_COMMANDS = {fold(name) for kind in model.KINDS.values() for name in kind.names} | {
    fold(name) for row in lexicon("command names").values() for name in row.values()
}


def _read(options: Options) -> model.Dataset:
    """Read the dataset, its excerpts whole sentences where a copy of the release has them."""
    dataset = read(options.data)
    wordings = wordings_of(options.copy, options.data, dataset)
    if not wordings:
        return dataset
    claims = (
        replace(claim, excerpt=wordings[claim.id].text) if claim.id in wordings else claim
        for claim in dataset.claims
    )
    return replace(dataset, claims=tuple(claims))


def show(options: Options) -> None:
    """Print all about each record that is named."""
    dataset, language = _read(options), options.lang
    name = choose(options.format, "format", FORMATS)
    named = (dataset.organisations, dataset.people, dataset.sources)
    records = _find_all(options.ids or (), dataset, dataset.claims, dataset.computed, *named)
    if name not in _CARDS:
        fields = fields_of(records)
        exported = [export(record, dataset) for record in records]
        columns = [plain(field.name) for field in fields]
        render(Listing("", exported, fields, columns, language, dataset), name, sys.stdout)
        return
    card.render(records, dataset, language, sys.stdout)


def cite(options: Options) -> None:
    """Print references, entries or sentences that cite what is named."""
    dataset, language = _read(options), options.lang
    tables = (dataset.claims, dataset.computed, dataset.sources)
    records = _find_all(options.ids or (), dataset, *tables)
    records += [dataset.release] if options.release else []
    records += dataset.claims if options.all else ()
    name = choose(options.style or _DEFAULT_STYLES[language], "style", STYLES)
    accessed, url = _read_date(options.accessed), url_of(options.url)
    if accessed and not (url or dataset.release.url):
        warn(message("accessed-without-url"), language)
    text = cite_records(dataset, records or [dataset.release], name, language, accessed, url)
    if name == "csl-json":  # which has escapes for what the stream can't carry
        text = dumps(json.loads(text), sys.stdout, indent=2) + "\n"
    sys.stdout.write(text)


def schema(options: Options) -> None:
    """Print a JSON Schema of what a command prints, or of a dataset's file."""
    from essfacts.schema import NAMES
    from essfacts.schema import schema as schema_of

    name = choose(options.name or "", "schema", NAMES)
    print(dumps(schema_of(name), sys.stdout, indent=2))


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
