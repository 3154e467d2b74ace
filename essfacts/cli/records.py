"""The commands that are no list: all about a record, how to cite it, the page, the schemas."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from essfacts.cite import STYLES
from essfacts.cite import cite as cite_records
from essfacts.cli.completion import describe
from essfacts.cli.listing import chosen
from essfacts.cli.settings import open_file, read, url_of, wordings_of
from essfacts.cli.streams import warn
from essfacts.dataset import SCALARS
from essfacts.errors import RequestError
from essfacts.export import WORDING, Export, fields_of, with_wording
from essfacts.language import LANGUAGES, Whole, message, month, say
from essfacts.query import choose, find, names
from essfacts.render import FORMATS, Listing, card, plain, render
from essfacts.render.json import dumps
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from essfacts.cli.options import Options
    from essfacts.model import Dataset

_DEFAULT_STYLES = {"fr": "iso690", "en": "apa"}
_CARDS = ("table", "text")
_MOST_SHOWN = 10


def _find_all(options: Options, dataset: Dataset, *tables: Sequence[Any]) -> list[Any]:
    """Find what ids, how they begin or names name; else the one record that has all the words.

    Raises RequestError where more than one may be meant, with all of them, or none.
    """
    from essfacts.search import have_all

    values = options.ids or []
    if [*values] == ["-"]:
        values = [*dict.fromkeys(open_file("-", options.lang).text.split())]
    records = [record for table in tables for record in table]
    text = " ".join(values)
    whole = _named(text, dataset, records) if len(values) > 1 else []
    named = [whole] if len(whole) == 1 else [_named(value, dataset, records) for value in values]
    if all(len(found) == 1 for found in named):
        return [record for [record] in named]
    value, meant = next(pair for pair in zip(values, named, strict=False) if len(pair[1]) != 1)
    hits = [] if meant else have_all(records, dataset, text)
    if not hits:
        text, hits = value, [] if meant else have_all(records, dataset, value)
    meant = meant or [hit.item for hit in hits]
    if not meant:
        find(value, "id", records, dataset)
    key = "near-found" if any("slip" in hit.loosened for hit in hits) else "several-found"
    if key == "several-found" and len(meant) == 1:
        return meant
    shown = meant[:_MOST_SHOWN]
    width = max(len(record.id) for record in shown)
    told = (shorten(describe(record, options.lang), 80, placeholder=" …") for record in shown)
    lines = [f"\n  {one.id:{width}}  {text}" for one, text in zip(shown, told, strict=True)]
    if more := len(meant) - len(shown):
        lines.append(f"\n  {say('more-found', options.lang, count=more)}")
    ids = [record.id for record in meant]
    raise RequestError(key, value=text, values=ids, lines=Whole("".join(lines)))


def _named(value: str, dataset: Dataset, records: Sequence[Any]) -> list[Any]:
    """Find what a value names, or how an id begins if nothing else has its words as well."""
    from essfacts.search import have_all

    typed = fold(value)
    try:
        found = find(value, "id", records, dataset)
    except RequestError:
        return [record for record in records if "-" in typed and record.id.startswith(typed)]
    known = [fold(name) for name in names(found[0], dataset)]
    is_whole = typed in known or not any(name.startswith(typed) for name in known)
    if is_whole or "-" in typed:
        return found
    scores = {hit.item.id: hit.score for hit in have_all(records, dataset, value)}
    own = scores.pop(found[0].id, 0)
    is_best = found[0].id.startswith(f"{typed}-") and 2 * max(scores.values(), default=0) <= own
    return found if is_best or not scores else []


def _read(options: Options) -> Dataset:
    """Read the dataset, its excerpts whole sentences where a copy of the release has them."""
    dataset = read(options.data)
    wordings = wordings_of(options, dataset)
    if not wordings:
        return dataset
    claims = (
        replace(claim, excerpt=wordings[claim.id].text) if claim.id in wordings else claim
        for claim in dataset.claims
    )
    return replace(dataset, claims=tuple(claims))


def show(options: Options) -> None:
    """Print all about each record that is named."""
    dataset, language = read(options.data), options.lang
    wordings = wordings_of(options, dataset)
    name = choose(options.format, "format", FORMATS)
    named = (dataset.organisations, dataset.people, dataset.sources)
    records = _find_all(options, dataset, dataset.claims, dataset.computed, *named)
    if name not in _CARDS:
        # A card tells what a person says; data have it as the records that they are.
        ids = {record.id for record in records}
        records += [q for q in dataset.quotes if q.speaker in ids and q.id not in ids]
    exported = [with_wording(Export(record, dataset), wordings) for record in records]
    fields = [*fields_of(*map(type, records)), *([WORDING] if wordings else [])]
    if has_chosen := options.fields is not None:
        fields = chosen(fields, options.fields or "")
    columns = {field.name: plain(field.name) for field in fields}
    listing = Listing("", exported, fields, columns, language, dataset, has_chosen)
    if name in _CARDS and not has_chosen:
        card.render(listing, sys.stdout)
    else:
        render(listing, name, sys.stdout)


def cite(options: Options) -> None:
    """Print references, entries or sentences that cite what is named."""
    dataset, language = _read(options), options.lang
    tables = (dataset.claims, dataset.computed, dataset.sources)
    records = _find_all(options, dataset, *tables)
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


def page(options: Options) -> None:
    """Print the page of the dataset."""
    from essfacts.render.page import render as render_page

    dataset = read(options.data)
    render_page(
        dataset,
        options.lang,
        sys.stdout,
        url=url_of(options.url) or dataset.release.url,
        wordings=wordings_of(options, dataset),
        with_contacts=options.contacts,
    )


def schema(options: Options) -> None:
    """Print a JSON Schema of what a command prints, or of a dataset's file; else their names."""
    from essfacts.schema import NAMES
    from essfacts.schema import schema as schema_of

    if options.name is None:
        print(*NAMES, sep="\n")
        return
    name = choose(options.name, "schema", NAMES)
    print(dumps(schema_of(name), sys.stdout, indent=2))


def _read_date(value: str | None) -> str | None:
    if value is None:
        return None
    months = {fold(month(n, said)): n for n in range(1, 13) for said in LANGUAGES}
    iso = value
    # French begins with the day, as American English does with the name of the month.
    for pattern in (
        r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/",
        r"(?:(?P<day>\d{1,2})(?:er)? )?(?P<month>[a-z]+) ",
        r"(?P<month>[a-z]+) (?P<day>\d{1,2}),? ",
    ):
        if found := re.fullmatch(rf"{pattern}(?P<year>\d{{4}})", fold(value)):
            number = months.get(found["month"], found["month"])
            parts = (found["year"], f"{number:0>2}", found["day"] and f"{found['day']:0>2}")
            iso = "-".join(filter(None, parts))
    try:
        return str(SCALARS["Date"].parse(iso))
    except ValueError:
        raise RequestError("a-date", option="--accessed", value=value) from None
