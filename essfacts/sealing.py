"""Seal a dataset against the release: its fingerprint, and what each record said then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from essfacts import model, rules
from essfacts.errors import Fault
from essfacts.fingerprint import digest, match_text, take
from essfacts.language import Whole, chained, format_date, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from essfacts.copies import Copy
    from essfacts.fingerprint import Fingerprint
    from essfacts.model import Dataset

# Files whose words are the project's own, and fields of others that are the release's.
_PROJECTS_OWN = {"topics.yaml", "units.yaml", "synonyms.yaml", "computed.yaml"}
_OF_CLAIMS = ("words", "excerpt")
_OF_OTHERS = ("title", "name", "email", "phone", "excerpt", "through")
_PARTS = ("offices", "left_out")


def changed(dataset: Dataset, fingerprint: Fingerprint) -> Iterator[Fault]:
    """Find the records that say otherwise than when they were sealed."""
    sealed, then = dict(fingerprint.digests), message("read-again")
    for place, id, record in _records(dataset):
        said = sealed.pop(id, "")
        if said != digest(record):
            wrong = message("changed-record" if said else "new-record", then=then)
            yield place._replace(message=wrong, rule="sealed")
    for id in sealed:
        yield Fault("fingerprint.yaml", 0, id, message("lost-record", then=then), "sealed")


def seal(dataset: Dataset, copy: Copy) -> tuple[Fingerprint, list[Fault]]:
    """Take the fingerprint of a release, and look up in it what the records say is there."""
    fingerprint = take(copy.text)
    words, matches = match_text(fingerprint, copy.text)
    faults: list[Fault] = []
    for place, id, record in _records(dataset):
        fingerprint.digests[id] = digest(record)
        faults += [
            place._replace(message=message("not-in-release", field=field, text=Whole(text)))
            for field, text in _own_words(place.file, record)
            if text and not fingerprint.find(text)
        ]
        if isinstance(record, model.Claim):
            found = fingerprint.find(record.excerpt)
            if len(found) == 1:
                fingerprint.excerpts[id] = found[0]
            elif found:
                starts = [words.starts[matches.index(at.start)] for at in found]
                places = ["{}:{}".format(*copy.position(at)) for at in starts]
                wrong = message("not-once", places=chained("both", places))
                faults.append(place._replace(message=wrong))
    return fingerprint, faults


def _records(dataset: Dataset) -> Iterator[tuple[Fault, str, model.Frozen]]:
    """Go through what is sealed: every record, and the release under the name of its file."""
    # Its sections are records of their own.
    alone = replace(dataset.release, sections=())
    yield Fault("release.yaml", 0, "", message("nothing")), "release.yaml", alone
    for place, record in rules.placed(dataset):
        yield place, record.id, record


def _own_words(file: str, record: Any) -> Iterator[tuple[str, str]]:
    """Go through what a record says in the release's own words, by field."""
    if file in _PROJECTS_OWN:
        return
    if isinstance(record, model.Release):
        yield "date", format_date(record.date, "fr")
    parts = [(record, "")] + [(one, at) for at in _PARTS for one in getattr(record, at, ())]
    for part, owner in parts:
        for field in _OF_CLAIMS if isinstance(record, model.Claim) else _OF_OTHERS:
            said = getattr(part, field, None) or ""
            if not getattr(part, f"{field}_is_descriptive", False):
                yield owner or field, getattr(said, "fr", said)
