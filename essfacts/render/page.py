"""The release as one page of HTML: it opens from a disk, and asks a network for nothing."""

from collections.abc import Mapping
from typing import Any, TextIO

from essfacts import __version__, model
from essfacts.cite import cite, passage_link
from essfacts.export import describe, export, say_figure
from essfacts.language import COLON, capital, format_date, quoted, word
from essfacts.query import FILTERS
from essfacts.render import Listing, Notes, about, quoted_once
from essfacts.render.chart import plot
from essfacts.render.template import Record, write
from essfacts.text import printable

# No other scheme is a place to go to.
_PLACES = ("https://", "http://")


def render(
    dataset: model.Dataset,
    language: str,
    stream: TextIO,
    *,
    url: str | None,
    wordings: Mapping[str, tuple[str, int]],
    with_contacts: bool,
) -> None:
    """Write the page of a dataset; `url` is the address at which the release is read.

    `wordings` are whole sentences of a copy of the release, and their lines, by ids of claims.
    """
    release, notes = dataset.release, Notes()
    claims = [_claim(claim, dataset, language, url) for claim in dataset.claims]
    named = {one.id: FILTERS["org"](one.id, dataset) for one in dataset.organisations}
    holders: dict[str, str] = {}  # of a sentence: the first of the claims that stand in it
    for record, claim in zip(claims, dataset.claims, strict=True):
        record["orgs"] = ",".join(id for id, is_named in named.items() if is_named(claim))
        text, record["line"] = wordings.get(claim.id, ("", 0))
        holder = holders.setdefault(text, claim.id)
        record["holder"] = "" if holder == claim.id else holder
        if text and holder == claim.id:
            record["own"] = quoted_once(text)
    stats = [record for record in claims if "value" in record]
    chart = plot(Listing("", stats, (), {}, language, dataset), notes=notes)
    # A source bears the number that it has in the chart, or that of its first claim.
    for sourced in (*claims, {"sources": [export(one, dataset) for one in dataset.sources]}):
        notes.refer(sourced["sources"])
    works = {id: _work(id, dataset, language, notes) for id in notes}
    for record in claims:
        record["sources"] = [works[source["id"]] for source in record["sources"]]
    kinds = [
        {"kind": kind.name, "heading": kind.title, "claims": of_kind}
        for kind in model.KINDS.values()
        if (of_kind := [record for record in claims if record["kind"] == kind.name])
    ]
    _, translation, signed = about(dataset, language)
    bodies, people = dataset.organisations, dataset.people
    page = {
        "language": language,
        "translated": language != "fr",
        "version": __version__,
        "release": release,
        "whole": next((one.id for one in dataset.sources if one.type == "release"), "page_release"),
        "translation": translation,
        "signed": signed,
        "released": format_date(release.date, language),
        "cite-release": cite(dataset, [release], "sentence", language, url=url).strip(),
        "axes": chart.axes,
        "feet": chart.feet,
        "stats": stats,
        "kinds": kinds,
        "claimed": claims,
        "subjects": [topic for topic in dataset.topics if topic.id in dataset.mentions],
        "mentioned": [one for one in bodies if any(map(named[one.id], dataset.claims))],
        "dated": sorted((r for r in claims if "date" in r), key=lambda record: record["date"]),
        "persons": [export(one, dataset) for one in people if with_contacts or not one.email],
        "bodies": bodies,
        "works": [*works.values()],
    }
    write("page.html", page, stream)


def _claim(claim: Any, dataset: model.Dataset, language: str, url: str | None) -> Record:
    record: Record = {**export(claim, dataset), "own": quoted(claim.excerpt, "fr")}
    said = printable(getattr(claim.text, language).removesuffix("."))
    if "value" in record:
        unit = dataset.named("unit", claim.unit)
        figure = say_figure(record, dataset, language)
        record |= {"figure": figure, "unit-text": unit.symbol or unit.name}
    if "speaker" in record:
        opened = f"« {claim.words}" if language == "fr" else f"“{claim.translation}"
        said = printable(opened.removesuffix("."))
        record["own"] = "" if language == "fr" else quoted(claim.words, "fr")
    if "date" in record:
        record["day"] = format_date(claim.date, language)
    # A citation is what a claim says, with what stands round that; or it says it otherwise.
    citation = cite(dataset, [claim], "sentence", language, url=url).strip()
    start = citation.lower().find(said.lower())
    end = start + len(said)
    cited = {"before": citation[:start], "body": citation[start:end], "after": citation[end:]}
    if start < 0:
        cited = {"apart": said, "before": citation, "body": "", "after": ""}
    link = passage_link(url, claim.excerpt) if url and url.startswith(_PLACES) else ""
    return record | cited | {"link": link}


def _work(id: str, dataset: model.Dataset, language: str, notes: Notes) -> Record:
    source = dataset.named("sources", id)
    exported = export(source, dataset)
    vouched = capital(word(source.type, language))
    # The release and the study are named by what they are.
    if source.type not in {"release", "study"}:
        vouched += COLON[language] + exported["producer"]
    return {
        **vars(source),
        "name": source.shown_title,
        "number": notes.number(exported),
        "described": describe(exported, language),
        "vouched": vouched,
        "url": source.url if source.url and source.url.startswith(_PLACES) else "",
    }
