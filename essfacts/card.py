"""Cards: all about one record, as labelled rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from essfacts import model
from essfacts.export import Exported, describe, export, say_figure, say_offices, source_part
from essfacts.language import format_date, quoted, word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from essfacts.model import Dataset, Record

Row = tuple[str, str]
_MOST_RELATED = 6


def card(record: Record, dataset: Dataset, language: str) -> Iterator[Row]:
    """Give the rows of a record, each a label and a value."""
    yield word("id", language), record.id
    for base, rows in _ROWS.items():
        if isinstance(record, base):
            for label, value in rows(record, dataset, language):
                if value:
                    yield word(label, language), value
            return


def _claim_rows(item: Any, dataset: Dataset, language: str) -> Iterator[Row]:
    exported = export(item, dataset)
    is_computed = isinstance(item, model.Computed)
    kind = getattr(model.KINDS[exported["kind"]].noun, language)
    yield "kind", f"{kind} ({word('computed', language)})" if is_computed else kind
    if "name" in exported:
        yield "name", exported["name"][language]
    yield "text_fr", item.text.fr
    yield "text_en", item.text.en
    if "words" in exported:
        yield "words", quoted(item.words, "fr")
        yield (
            "translation",
            f"{quoted(item.translation, 'en')} ({word('our-translation', language)})",
        )
        yield "speaker", exported["speaker"]["name"]
        yield "offices", say_offices(exported["speaker"]["offices"], language)
    if "value" in exported:
        yield from _figure_rows(item, exported, dataset, language)
    if not is_computed:
        yield "excerpt", quoted(item.excerpt, "fr")
        yield "section", getattr(dataset.named("section", item.section).name, language)
    if "date" in exported:
        yield "date", format_date(item.date, language)
    for source in exported["sources"]:
        yield "source", f"{describe(source, language)} ({source['id']})"
        yield "url", source["url"] or ""
    names = (getattr(dataset.named("topics", id).name, language) for id in item.topics)
    yield "topics", ", ".join(names)
    yield "organisations", ", ".join(part["name"] for part in exported["organisations"])
    for id, reason in _related(exported, dataset):
        yield "related", f"{id} ({word(reason, language)})"


def _figure_rows(item: Any, exported: Exported, dataset: Dataset, language: str) -> Iterator[Row]:
    def figure(stat: Exported) -> str:
        return say_figure(stat, dataset.named("unit", stat["unit"]), language)

    yield "figure", figure(exported)
    yield "unit", getattr(dataset.named("unit", item.unit).name, language)
    yield "counts", exported["counts"][language]
    if exported["written"]:
        yield "written", quoted(item.written, "fr")
    if isinstance(item, model.Computed):
        yield "formula", str(item.formula)
        for id in item.formula.inputs:
            yield "inputs", f"{id} = {figure(export(dataset.named('inputs', id), dataset))}"


def _related(exported: Exported, dataset: Dataset) -> list[tuple[str, str]]:
    """Give the claims that share most: a topic tells more than an organisation or a source."""
    shares: list[tuple[int, str, str]] = []
    own = {
        "same-topic": {*exported["topics"]},
        "same-organisation": {part["id"] for part in exported["organisations"]},
        "same-source": {part["id"] for part in exported["sources"]},
    }
    for claim in dataset.claims:
        others = {
            "same-topic": claim.topics,
            "same-organisation": claim.organisations,
            "same-source": claim.sources,
        }
        shared = {reason: len(own[reason].intersection(ids)) for reason, ids in others.items()}
        weight = 3 * shared["same-topic"] + shared["same-organisation"] + shared["same-source"]
        if weight and claim.id != exported["id"]:
            reason = next(reason for reason, count in shared.items() if count)
            shares.append((weight, claim.id, reason))
    shares.sort(key=lambda share: -share[0])
    return [(id, reason) for _, id, reason in shares[:_MOST_RELATED]]


def _organisation_rows(organisation: Any, dataset: Dataset, language: str) -> Iterator[Row]:
    yield "name", organisation.name
    yield "aliases", ", ".join(organisation.aliases)
    yield "description", getattr(organisation.description, language)
    # Press contacts show where someone asks for people.
    people = [
        person.name
        for person in dataset.people
        if not person.email
        and any(office.organisation == organisation.id for office in person.offices)
    ]
    yield "people", ", ".join(people)
    yield "sources", ", ".join(s.id for s in dataset.sources if organisation.id in s.producers)
    yield "claims", ", ".join(c.id for c in dataset.claims if organisation.id in c.organisations)


def _person_rows(person: Any, dataset: Dataset, language: str) -> Iterator[Row]:
    yield "name", person.name
    yield "aliases", ", ".join(person.aliases)
    yield "offices", say_offices(export(person, dataset)["offices"], language)
    yield "email", person.email or ""
    yield "phone", person.phone or ""
    yield "claims", ", ".join(quote.id for quote in dataset.quotes if quote.speaker == person.id)


def _source_rows(source: Any, dataset: Dataset, language: str) -> Iterator[Row]:
    yield "type", word(source.type, language)
    exported = export(source, dataset)
    for part in ("producer", "title", "date", "url"):
        yield part, source_part(exported, part, language)
    yield "aliases", ", ".join(source.aliases)
    yield "claims", ", ".join(claim.id for claim in dataset.claims if source.id in claim.sources)


_ROWS: Mapping[type, Callable[[Any, Dataset, str], Iterator[Row]]] = {
    model.Claim: _claim_rows,
    model.Computed: _claim_rows,
    model.Organisation: _organisation_rows,
    model.Person: _person_rows,
    model.Source: _source_rows,
}
