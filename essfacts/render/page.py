"""The release as one page of HTML: it opens from a disk, and asks a network for nothing.

The template repeats `{{#name}}…{{/name}}` for each record of that name and leaves it out where
there is none; `{{name}}` and `{{name|filter}}` become text, never markup.
"""

from __future__ import annotations

import json
import re
from collections import ChainMap
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts import __version__, model
from essfacts.export import describe, export, say_figure, say_offices
from essfacts.language import COLON, MESSAGES, format_date, quoted, say, title, typeset, word
from essfacts.render import Listing, heading
from essfacts.render.chart import plot
from essfacts.render.svg import escaped, is_unicode, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from essfacts.export import Exported
    from essfacts.model import Dataset

_TITLED = ("timeline", "people", "orgs", "sources")
_LOADER: Any = __spec__.loader
_PART = re.compile(r"{{#([\w-]+)}}(.*?){{/\1}}|{{([\w-]+)(?:\|(\w+))?}}", re.DOTALL)


class Extras(NamedTuple):
    """What the page says besides the records: how to cite the release, and claims by their ids.

    `organisations` are ids, `links` addresses of passages, `wordings` whole sentences of a copy of
    the release with their line there.
    """

    release: str
    citations: Mapping[str, str]
    organisations: Mapping[str, Sequence[str]]
    links: Mapping[str, str] = {}
    wordings: Mapping[str, tuple[str, int]] = {}
    with_contacts: bool = False


def render(dataset: Dataset, language: str, extras: Extras, stream: TextIO) -> None:
    """Write the page of a dataset in a language."""
    template = _LOADER.get_data(str(__file__).replace("page.py", "page.html")).decode("utf-8")
    page = _page(dataset, language, extras) | {"is-ascii": not is_unicode(stream)}
    write(_fill(template, page), stream)


def _fill(template: str, record: Mapping[str, Any]) -> str:
    """Fill a template with a record, and what it repeats with the records that this one has."""

    def part(found: re.Match[str]) -> str:
        repeated, inner, name, filter = found.groups()
        if name:
            return _FILTERS[filter](record[name] if name in record else Word(name), record)
        value = record.get(repeated)
        items: Any = value if type(value) in (list, tuple) else [value] if value else []
        inside: Any = (ChainMap(_fields(item), record) for item in items)  # type: ignore[arg-type]
        return "".join(_fill(inner, item) for item in inside)

    return _PART.sub(part, template)


def _fields(item: Any) -> Any:
    if isinstance(item, Mapping):
        return item
    return item._asdict() if hasattr(item, "_asdict") else getattr(item, "__dict__", {})


class Word(NamedTuple):
    """A name in the template that no record has: a word or a sentence of the program."""

    name: str


def _said(value: Any, record: Mapping[str, Any]) -> Any:
    """Say a value in the language of the page, where it has one."""
    language = record["language"]
    if isinstance(value, Word):
        said = say(value.name, language) if value.name in MESSAGES else word(value.name, language)
        return said[:1].upper() + said[1:]
    if isinstance(value, model.Text):
        return getattr(value, language)
    return value[language] if isinstance(value, Mapping) else value


def _text(value: Any, record: Mapping[str, Any]) -> str:
    return escaped(typeset(str(_said(value, record)), record["language"]))


def _json(value: Any, record: Mapping[str, Any]) -> str:
    """Write JSON that no text can close the script of."""
    text = json.dumps(_said(value, record), ensure_ascii=record["is-ascii"], allow_nan=False)
    return re.sub("[<>&\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)


_FILTERS: Mapping[str | None, Callable[[Any, Mapping[str, Any]], str]] = {
    None: _text,
    "exact": lambda value, _: escaped(value),
    "date": lambda value, record: _text(format_date(value, record["language"]), record),
    "percent": lambda value, _: f"{100 * value:.3f}",
    # The release speaks French on every page.
    "french": lambda value, _: escaped(typeset(value, "fr")),
    "quoted": lambda value, _: escaped(typeset(quoted(value, "fr"), "fr")),
    "json": _json,
    "ref": lambda value, record: _json(f"#{value}", record),
}


def _page(dataset: Dataset, language: str, extras: Extras) -> dict[str, Any]:
    """Gather the records that fill the template."""
    release, named = dataset.release, dataset.named
    # A source bears its number in the list of sources, in the chart too.
    numbers = {source.id: number for number, source in enumerate(dataset.sources, 1)}
    sources = {
        source.id: {
            "id": source.id,
            "number": numbers[source.id],
            "who": _voucher(source, dataset, language),
            "told": describe(export(source, dataset), language),
            "kind-of-source": word(source.type, language),
            "title": source.shown_title,
            "authors": _references(source.producers),
            "dated": source.date_published,
            # No other scheme is a place to go to.
            "url": source.url if (source.url or "").startswith(("https://", "http://")) else None,
        }
        for source in dataset.sources
    }
    claims = [_claim(claim, dataset, language, extras, sources) for claim in dataset.claims]
    kinds = [
        {"kind": kind.name, "heading": kind.title, "claims": of_kind}
        for kind in model.KINDS.values()
        if (of_kind := [claim for claim in claims if claim["kind"] == kind.name])
    ]
    stats = [claim for claim in claims if "value" in claim]
    listing = Listing(heading("stats", language), stats, (), (), language, dataset)
    chart = plot(listing, say("page-chart", language), numbers)
    mentioned = {id for ids in extras.organisations.values() for id in ids}
    publishers = (*release.publishers, *release.partners)
    whole = next((one.id for one in dataset.sources if one.type == "release"), "_release")
    return {
        **{f"title-{name}": title(name, language) for name in _TITLED},
        "language": language,
        "version": __version__,
        "release": release,
        "whole": f"#{whole}",
        "publishers": ", ".join(named("publishers", id).name for id in publishers),
        "publisher": named("publishers", publishers[0]).name,
        "publishing": _references(publishers),
        "axes": chart.axes,
        "feet": " ".join(chart.feet),
        "stats": stats,
        "kinds": kinds,
        "topics": [topic for topic in dataset.topics if topic.id in dataset.mentions],
        "mentioned": [one for one in dataset.organisations if one.id in mentioned],
        "dated": sorted((c for c in claims if "date" in c), key=lambda claim: claim["date"]),
        "people": [
            {
                **vars(person),
                "told": say_offices(export(person, dataset)["offices"], language),
                "affiliations": _references(office.organisation for office in person.offices),
            }
            for person in dataset.people
            if extras.with_contacts or not person.email
        ],
        "organisations": dataset.organisations,
        "sources": list(sources.values()),
        "cite-release": extras.release,
    }


def _claim(
    claim: model.Claim,
    dataset: Dataset,
    language: str,
    extras: Extras,
    sources: Mapping[str, Any],
) -> ChainMap[str, Any]:
    """Give a claim with all that the page says of it."""
    exported: Any = export(claim, dataset)
    id, speaker = claim.id, exported.get("speaker")
    words, line = extras.wordings.get(id, (exported.get("words") or claim.excerpt, None))
    more: dict[str, Any] = {
        "topic-ids": " ".join(claim.topics),
        "organisation-ids": " ".join(extras.organisations.get(id, ())),
        **_cited(extras.citations[id], exported, language),
        "worded": "value" not in exported,
        "link": extras.links.get(id),
        "shown": "" if speaker and language == "fr" and not line else words,
        "at": line and {"line": line},
        "vouchers": [sources[id] for id in claim.sources],
        "basis": _references(claim.sources),
    }
    if speaker:
        more["quote"] = {
            "who": speaker["name"],
            "by": speaker["id"],
            "offices": say_offices(speaker["offices"], language),
        }
    elif "value" in exported:
        unit = dataset.named("unit", exported["unit"])
        figure = say_figure(exported, unit, language)
        more["stat"] = {"figure": figure, "unit": unit.symbol or unit.name}
    elif "name" in exported:
        more["titled"] = True
    else:
        more["plain"] = True
    return ChainMap(more, exported)


def _cited(citation: str, claim: Exported, language: str) -> dict[str, str]:
    """Part a citation into what it says and what stands round that, if it says it so."""
    words = claim.get("words" if language == "fr" else "translation")
    said = quoted(words, language) if words else claim["text"][language].removesuffix(".")
    start = citation.lower().find(said.lower())
    if start < 0:
        return {"apart": said, "lead": citation}
    end = start + len(said)
    return {"lead": citation[:start], "body": citation[start:end], "tail": citation[end:]}


def _voucher(source: model.Source, dataset: Dataset, language: str) -> str:
    """Say in a word who vouches: what speaks for itself is named by what it is."""
    kind = word(source.type, language).capitalize()
    if source.type in {"release", "study"}:
        return kind
    names = [dataset.named("producers", id).name for id in source.producers]
    return f"{kind}{COLON[language]}{', '.join(names)}"


def _references(ids: Any) -> list[str]:
    return [f"#{id}" for id in ids]
