"""Cards: all about one record, as labelled rows; headlines first, in the width of a terminal."""

import shlex
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TextIO, TypeAlias

from essfacts import model
from essfacts.cite import cite
from essfacts.export import SEPARATOR, Exported, describe, export
from essfacts.language import COLON, quoted, word
from essfacts.model import Dataset
from essfacts.render import COLUMNS, Listing, named, plain
from essfacts.render.table import HEADLINES, console, is_terminal, shown, stack
from essfacts.text import printable

Row: TypeAlias = tuple[str, str]
"""A label, of the words of language.json, and a value."""
_STYLES = {"figure": "bold reverse", "name": "bold", "text": "bold", "id": "dim"}
_SHARED = {"topics": 3, "organisations": 1, "sources": 1}
_MOST_RELATED = 4


def render(listing: Listing, stream: TextIO) -> None:
    """Write a card a record, a blank line between two."""
    language, before = listing.language, ""
    for record in listing.records:
        stream.write(before)
        before = "\n"
        rows = card(record, listing)
        if is_terminal(stream):
            texts = [(label, shown(value, _STYLES.get(label, ""))) for label, value in rows]
            stack(texts, language, console(stream), HEADLINES)
        else:
            for label, value in rows:
                print(printable(f"{word(label, language)}{COLON[language]}{value}"), file=stream)


def card(exported: Any, listing: Listing) -> list[Row]:
    """Give the rows of a record, what matters most first."""
    rows = next(rows for base, rows in _ROWS.items() if isinstance(exported.record, base))
    found = [*rows(exported.record, exported, listing), ("id", exported["id"])]
    return [(label, value) for label, value in found if value]


def _said(exported: Exported, listing: Listing, *names: str) -> Iterator[Row]:
    """Give fields as the columns for people have them."""
    filled = (name for name in names if name in exported or name == "figure")
    return ((name, cell(exported, listing)) for name, cell in named(filled).items())


def _claim_rows(item: Any, exported: Exported, listing: Listing) -> Iterator[Row]:
    dataset, language = listing.dataset, listing.language
    yield from _said(exported, listing, "figure", "name")
    if "words" in exported:
        yield "words", quoted(item.words, "fr")
        yield from _said(exported, listing, "speaker")
        note = word("our-translation", language)
        yield "translation", f"{quoted(item.translation, 'en')} ({note})"
    else:
        yield "text", exported["text"][language]
    own = "wording" if exported.get("wording") else "excerpt"
    yield from _said(exported, listing, own, "section", "date", "formula")
    if isinstance(item, model.Computed):
        for id in item.formula.inputs:
            found = export(dataset.named("inputs", id), dataset)
            figure = COLUMNS["figure"](found, listing)
            yield "inputs", f"{figure}, {found['name'][language]} ({id})"
    for source in exported["sources"]:
        yield "source", f"{describe(source, language)} ({source['id']})"
        yield "url", source["url"] or ""
    yield from _citation(item, listing)
    other = "en" if language == "fr" else "fr"
    for said in (language, other) if "words" in exported else (other,):
        yield f"text_{said}", exported["text"][said]
    if "value" in exported:
        unit = plain("unit")(exported, listing)
        yield "counts", f"{exported['counts'][language]} ({unit})"
        yield "written", quoted(exported["written"], "fr") if exported["written"] else ""
    computed = f" ({word('computed', language)})" if "formula" in exported else ""
    yield "kind", plain("kind")(exported, listing) + computed
    for name, value in _said(exported, listing, "topics", "organisations"):
        yield name, value.replace(SEPARATOR, ", ")
    for claim in _related(exported, dataset):
        yield "related", _titled(claim, listing)


def _citation(record: Any, listing: Listing) -> Iterator[Row]:
    """Say how to cite a record: a sentence, and the command for other styles."""
    yield "cite", cite(listing.dataset, [record], "sentence", listing.language).strip()
    yield "cite", shlex.join(["essfacts", "cite", record.id])


def _titled(claim: model.Claim, listing: Listing) -> str:
    name = export(claim, listing.dataset)["name"][listing.language]
    return f"{name} ({claim.id})"


def _related(exported: Exported, dataset: Dataset) -> list[model.Claim]:
    """Give the claims that share most: a topic tells more than an organisation or a source."""
    parts = [(field, part) for field in _SHARED for part in exported[field]]
    own = {(field, part if isinstance(part, str) else part["id"]) for field, part in parts}

    def shared(claim: model.Claim) -> int:
        named = ((field, id) for field in _SHARED for id in getattr(claim, field))
        return sum(_SHARED[field] for field, id in named if (field, id) in own)

    others = [claim for claim in dataset.claims if claim.id != exported["id"] and shared(claim)]
    return sorted(others, key=shared, reverse=True)[:_MOST_RELATED]


def _claims(id: str, field: str, listing: Listing) -> Iterator[Row]:
    """Give the claims that name something in a field."""
    for claim in listing.dataset.claims:
        if id in getattr(claim, field):
            yield "claims", _titled(claim, listing)


def _organisation_rows(body: Any, exported: Exported, listing: Listing) -> Iterator[Row]:
    dataset = listing.dataset
    yield from _said(exported, listing, "name", "description")
    # Press contacts show where someone asks for people.
    for person in dataset.people:
        if not person.email and any(office.organisation == body.id for office in person.offices):
            yield "people", f"{person.name} ({person.id})"
    yield "aliases", ", ".join(body.aliases)
    yield "sources", ", ".join(s.id for s in dataset.sources if body.id in s.producers)
    yield from _claims(body.id, "organisations", listing)


def _person_rows(person: Any, exported: Exported, listing: Listing) -> Iterator[Row]:
    yield from _said(exported, listing, "name", "offices")
    for quote in listing.dataset.quotes:
        if quote.speaker == person.id:
            yield "words", quoted(quote.words, "fr")
            yield "claims", f"{getattr(quote.text, listing.language)} ({quote.id})"
    yield from _said(exported, listing, "email", "phone")
    yield "aliases", ", ".join(person.aliases)


def _source_rows(source: Any, exported: Exported, listing: Listing) -> Iterator[Row]:
    yield "name", COLUMNS["title"](exported, listing)
    yield from _said(exported, listing, "producer", "date_published", "url", "type")
    yield from _citation(source, listing)
    yield "aliases", ", ".join(source.aliases)
    yield from _claims(source.id, "sources", listing)


_ROWS: Mapping[type[Any], Callable[[Any, Exported, Listing], Iterator[Row]]] = {
    model.Claim: _claim_rows,
    model.Computed: _claim_rows,
    model.Organisation: _organisation_rows,
    model.Person: _person_rows,
    model.Source: _source_rows,
}
