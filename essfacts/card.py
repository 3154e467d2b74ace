"""Cards: all about one record, as labelled rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from essfacts import model
from essfacts.export import Exported, describe, export, say_figure, say_offices, source_part
from essfacts.language import format_date, quoted, word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from essfacts.model import Dataset, Record

Row = tuple[str, str]
"""A label, of the words of language.json, and a value."""
# What a card says before all else, in the width of the screen.
HEADLINES = frozenset({"figure", "name", "text", "words"})
_MOST_RELATED = 4


def card(
    record: Record, dataset: Dataset, language: str, citation: Sequence[str] = ()
) -> Iterator[Row]:
    """Give the rows of a record, what matters most first; `citation` is how to cite it."""
    for base, rows in _ROWS.items():
        if isinstance(record, base):
            for label, value in rows(record, dataset, language, citation):
                if value:
                    yield label, value
            break
    yield "id", record.id


def _claim_rows(
    item: Any, dataset: Dataset, language: str, citation: Sequence[str]
) -> Iterator[Row]:
    exported = export(item, dataset)
    is_computed = isinstance(item, model.Computed)
    other = "en" if language == "fr" else "fr"
    if "value" in exported:
        yield "figure", _figure(exported, dataset, language)
    if "name" in exported:
        yield "name", exported["name"][language]
    if "words" not in exported:
        yield "text", exported["text"][language]
    else:
        yield "words", quoted(item.words, "fr")
        speaker = exported["speaker"]
        yield "speaker", f"{speaker['name']}, {say_offices(speaker['offices'], language)}"
        note = word("our-translation", language)
        yield "translation", f"{quoted(item.translation, 'en')} ({note})"
    if not is_computed:
        yield "excerpt", quoted(item.excerpt, "fr")
        yield "section", getattr(dataset.named("section", item.section).name, language)
    if "date" in exported:
        yield "date", format_date(item.date, language)
    if is_computed:
        yield "formula", str(item.formula)
        for id in item.formula.inputs:
            found = export(dataset.named("inputs", id), dataset)
            yield "inputs", f"{_figure(found, dataset, language)}, {_label(found, language)} ({id})"
    for source in exported["sources"]:
        yield "source", f"{describe(source, language)} ({source['id']})"
        yield "url", source["url"] or ""
    yield from (("cite", line) for line in citation)
    for said in (language, other) if "words" in exported else (other,):
        yield f"text_{said}", exported["text"][said]
    if "value" in exported:
        unit = getattr(dataset.named("unit", item.unit).name, language)
        yield "counts", f"{exported['counts'][language]} ({unit})"
        yield "written", quoted(item.written, "fr") if exported["written"] else ""
    kind = getattr(model.KINDS[exported["kind"]].noun, language)
    yield "kind", f"{kind} ({word('computed', language)})" if is_computed else kind
    names = (getattr(dataset.named("topics", id).name, language) for id in item.topics)
    yield "topics", ", ".join(names)
    yield "organisations", ", ".join(part["name"] for part in exported["organisations"])
    for claim in _related(exported, dataset):
        yield "related", _titled(claim, dataset, language)


def _figure(stat: Exported, dataset: Dataset, language: str) -> str:
    return say_figure(stat, dataset, language)


def _label(exported: Exported, language: str) -> str:
    """Call a claim by its name, its speaker, what it counts, or else what it says."""
    if "speaker" in exported:
        return str(exported["speaker"]["name"])
    for field in ("name", "counts", "text"):
        if field in exported:
            break
    return str(exported[field][language])


def _titled(claim: model.Claim, dataset: Dataset, language: str) -> str:
    return f"{_label(export(claim, dataset), language)} ({claim.id})"


def _related(exported: Exported, dataset: Dataset) -> list[model.Claim]:
    """Give the claims that share most: a topic tells more than an organisation or a source."""
    shares: list[tuple[int, model.Claim]] = []
    topics = {*exported["topics"]}
    organisations = {part["id"] for part in exported["organisations"]}
    sources = {part["id"] for part in exported["sources"]}
    for claim in dataset.claims:
        weight = sum(
            weights * len(own.intersection(ids))
            for weights, own, ids in (
                (3, topics, claim.topics),
                (1, organisations, claim.organisations),
                (1, sources, claim.sources),
            )
        )
        if weight and claim.id != exported["id"]:
            shares.append((weight, claim))
    shares.sort(key=lambda share: -share[0])
    return [claim for _, claim in shares[:_MOST_RELATED]]


def _organisation_rows(
    organisation: Any, dataset: Dataset, language: str, citation: Sequence[str]
) -> Iterator[Row]:
    del citation
    yield "name", organisation.name
    yield "description", getattr(organisation.description, language)
    # Press contacts show where someone asks for people.
    for person in dataset.people:
        if not person.email and any(o.organisation == organisation.id for o in person.offices):
            yield "people", f"{person.name} ({person.id})"
    yield "aliases", ", ".join(organisation.aliases)
    yield "sources", ", ".join(s.id for s in dataset.sources if organisation.id in s.producers)
    for claim in dataset.claims:
        if organisation.id in claim.organisations:
            yield "claims", _titled(claim, dataset, language)


def _person_rows(
    person: Any, dataset: Dataset, language: str, citation: Sequence[str]
) -> Iterator[Row]:
    del citation
    yield "name", person.name
    yield "offices", say_offices(export(person, dataset)["offices"], language)
    for quote in dataset.quotes:
        if quote.speaker == person.id:
            yield "words", quoted(quote.words, "fr")
            yield "claims", f"{getattr(quote.text, language)} ({quote.id})"
    yield "email", person.email or ""
    yield "phone", person.phone or ""
    yield "aliases", ", ".join(person.aliases)


def _source_rows(
    source: Any, dataset: Dataset, language: str, citation: Sequence[str]
) -> Iterator[Row]:
    exported = export(source, dataset)
    yield "name", source_part(exported, "title", language)
    for part in ("producer", "date", "url"):
        yield part, source_part(exported, part, language)
    yield "type", word(source.type, language)
    yield from (("cite", line) for line in citation)
    yield "aliases", ", ".join(source.aliases)
    for claim in dataset.claims:
        if source.id in claim.sources:
            yield "claims", _titled(claim, dataset, language)


_ROWS: Mapping[type, Callable[[Any, Dataset, str, Sequence[str]], Iterator[Row]]] = {
    model.Claim: _claim_rows,
    model.Computed: _claim_rows,
    model.Organisation: _organisation_rows,
    model.Person: _person_rows,
    model.Source: _source_rows,
}
