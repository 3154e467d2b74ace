"""The release as one page of HTML: it opens from a disk, and asks a network for nothing.

The template repeats `{{#name}}…{{/name}}` for each record of that name and leaves it out where
there is none; `{{name}}` and `{{name|filter}}` become text, never markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from essfacts import __version__, model
from essfacts.export import describe, export, say_figure, say_offices
from essfacts.language import COLON, format_date, quoted, say, title, typeset, word
from essfacts.render import Listing
from essfacts.render.chart import plot
from essfacts.render.svg import escaped, write
from essfacts.text import is_unicode

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from essfacts.model import Dataset

Record: TypeAlias = Mapping[str, Any]
_LOADER: Any = __spec__.loader
_PART = re.compile(r"{{#([\w-]+)}}(.*?){{/\1}}|{{([\w-]+)(?:\|(\w+))?}}", re.DOTALL)
_ENCODERS = [json.JSONEncoder(ensure_ascii=is_ascii).encode for is_ascii in (False, True)]
_TITLED = ("timeline", "people", "orgs", "sources")


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
    template = _LOADER.get_data(__file__.replace("page.py", "page.html")).decode("utf-8")
    page = _page(dataset, language, extras) | {"is-ascii": not is_unicode(stream)}
    write(_fill(template, page), stream)


def _fill(template: str, record: Record) -> str:
    """Fill a template with a record, and what it repeats with the records that this one has."""
    parts = iter(_parts(template))
    filled = [next(parts)]
    for repeated, inner, name, filter, text in zip(*[parts] * 5, strict=True):
        try:
            value = record[name or repeated]
        except KeyError:
            value = _Word(name) if name else None
        if name:
            filled += (_FILTERS[filter](value, record), text)
        else:
            items: Any = value if type(value) in (list, tuple) else [value] if value else []
            filled += (*(_fill(inner, _inside(item, record)) for item in items), text)
    return "".join(filled)


@cache
def _parts(template: str) -> list[str]:
    return _PART.split(template)


def _inside(item: Any, record: Record) -> Record:
    """Look a name up in an item first, if it is a record, then in the record that has it."""
    if not isinstance(item, Mapping):
        item = item._asdict() if hasattr(item, "_asdict") else getattr(item, "__dict__", None)
    return {**record, **item} if item else record


class _Word(NamedTuple):
    """A name in the template that no record has: a word or a sentence of the program."""

    name: str


def _said(value: Any, record: Record) -> Any:
    """Say a value in the language of the page, where it has one."""
    language = record["language"]
    if isinstance(value, _Word):
        said = say(value.name, language)
        return said[:1].upper() + said[1:]
    if isinstance(value, model.Text):
        return getattr(value, language)
    return value[language] if isinstance(value, Mapping) else value


def _text(value: Any, record: Record) -> str:
    return typeset(escaped(str(_said(value, record))))


def _json(value: Any, record: Record) -> str:
    """Write JSON that no text can close the script of."""
    text = _ENCODERS[record["is-ascii"]](_said(value, record))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _described(id: str, record: Record) -> str:
    dataset = record["dataset"]
    return describe(export(dataset.named("sources", id), dataset), record["language"])


def _vouched(id: str, record: Record) -> str:
    """Say in a word who vouches: the release and the study are named by what they are."""
    dataset, language = record["dataset"], record["language"]
    source = dataset.named("sources", id)
    kind = word(source.type, language).capitalize()
    if source.type in {"release", "study"}:
        return kind
    names = [dataset.named("producers", id).name for id in source.producers]
    return f"{kind}{COLON[language]}{', '.join(names)}"


_FILTERS: Mapping[str | None, Callable[[Any, Record], str]] = {
    None: _text,
    "exact": lambda value, _: escaped(value),
    "spaced": lambda value, _: escaped(" ".join(value)),
    "date": lambda value, record: _text(format_date(value, record["language"]), record),
    "hundredths": lambda value, _: f"{100 * value:.3f}",
    "number": lambda value, record: str(record["numbers"][value]),
    "described": lambda value, record: _text(_described(value, record), record),
    "vouched": lambda value, record: _text(_vouched(value, record), record),
    "offices": lambda value, record: _text(say_offices(value, record["language"]), record),
    # The release speaks French on every page.
    "french": lambda value, _: typeset(escaped(value)),
    "quoted": lambda value, _: typeset(escaped(quoted(value, "fr"))),
    # No other scheme is a place to go to.
    "href": lambda url, _: escaped(url if url.startswith(("https://", "http://")) else "#"),
    "json": _json,
    "ref": lambda value, record: _json(f"#{value}", record),
    "refs": lambda value, record: _json(
        [f"#{one['id'] if isinstance(one, Mapping) else one}" for one in value], record
    ),
}


def _page(dataset: Dataset, language: str, extras: Extras) -> dict[str, Any]:
    """Gather the records that fill the template."""
    release = dataset.release
    # A source bears its number in the list of sources, in the chart too.
    numbers = {source.id: number for number, source in enumerate(dataset.sources, 1)}
    claims = [_claim(claim, dataset, language, extras) for claim in dataset.claims]
    for claim in claims[1:]:
        claim["following"] = True
    kinds = [
        {"kind": kind.name, "heading": kind.title, "claims": of_kind}
        for kind in model.KINDS.values()
        if (of_kind := [claim for claim in claims if claim["kind"] == kind.name])
    ]
    stats = [claim for claim in claims if "value" in claim]
    chart = plot(Listing("", stats, (), (), language, dataset), None, numbers)
    mentioned = {id for ids in extras.organisations.values() for id in ids}
    publishers = (*release.publishers, *release.partners)
    names = [dataset.named("publishers", id).name for id in publishers]
    people = [one for one in dataset.people if extras.with_contacts or not one.email]
    return {
        **{f"title-{name}": title(name, language) for name in _TITLED},
        "dataset": dataset,
        "language": language,
        "version": __version__,
        "release": release,
        "whole": next((one.id for one in dataset.sources if one.type == "release"), "page_release"),
        "publishing": publishers,
        "publisher": names[0],
        "signed": ", ".join(names),
        "axes": chart.axes,
        "feet": " ".join(chart.feet),
        "stats": stats,
        "kinds": kinds,
        "subjects": [topic for topic in dataset.topics if topic.id in dataset.mentions],
        "mentioned": [one for one in dataset.organisations if one.id in mentioned],
        "dated": sorted((c for c in claims if "date" in c), key=lambda claim: claim["date"]),
        "people": [
            {
                **vars(person),
                "offices": export(person, dataset)["offices"],
                "employers": [office.organisation for office in person.offices],
            }
            for person in people
        ],
        "bodies": dataset.organisations,
        "numbers": numbers,
        "works": [{**vars(one), "name": one.shown_title} for one in dataset.sources],
        "cite-release": extras.release,
    }


def _claim(claim: model.Claim, dataset: Dataset, language: str, extras: Extras) -> dict[str, Any]:
    """Give a claim with all that the page says of it."""
    exported: Any = export(claim, dataset)
    is_quote = "speaker" in exported
    words = exported["words"] if is_quote else claim.excerpt
    own, line = extras.wordings.get(claim.id, ("" if is_quote and language == "fr" else words, 0))
    more: dict[str, Any] = {
        "organisation-ids": " ".join(extras.organisations.get(claim.id, ())),
        "link": extras.links.get(claim.id),
        "own": own,
        "at": line and {"line": line},
        "worded": "value" not in exported,
        "titled": "name" in exported,
    }
    if "value" in exported:
        unit = dataset.named("unit", exported["unit"])
        figure = say_figure(exported, dataset, language)
        more["stat"] = {"figure": figure, "unit": unit.symbol or unit.name}
    # A citation is what a claim says, with what stands round that; or it says it otherwise.
    said = getattr(claim.text, language).removesuffix(".")
    if is_quote:
        said = quoted(words if language == "fr" else exported["translation"], language)
    citation = extras.citations[claim.id]
    start = citation.lower().find(said.lower())
    end = start + len(said)
    if start < 0:
        more |= {"apart": said, "before": citation, "body": "", "after": ""}
    else:
        more |= {"before": citation[:start], "body": citation[start:end], "after": citation[end:]}
    return {**exported, **more}
