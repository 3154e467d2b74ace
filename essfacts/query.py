"""Pure filters, and one notion of how a typed value names a record."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from essfacts import model
from essfacts.errors import NothingFound, RequestError, UnknownError, nearest, unknown
from essfacts.language import message
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from essfacts.language import Message
    from essfacts.model import Dataset, Record


# How a typed value names a record.


def _own_names(record: Any) -> list[str]:
    found = [record.id, *getattr(record, "aliases", ())]
    for field in ("name", "title"):
        value = getattr(record, field, None)
        if isinstance(value, model.Text):
            found += [value.fr, value.en]
        elif value:
            found.append(value)
    if symbol := getattr(record, "symbol", None):
        found.append(symbol)
    return found


def names(record: Any, dataset: Dataset) -> list[str]:
    """Give all that a person may type to name a record: for a source, also who produced it."""
    found = _own_names(record)
    for id in getattr(record, "producers", ()):
        found += names(dataset.named("producers", id), dataset)
    return found


def find(value: str, what: str, records: Sequence[Record], dataset: Dataset) -> list[Record]:
    """Find the records that a typed value names: by a whole name, else by how an id begins.

    Several records may share a whole name (two works of one producer), never a beginning.
    Raises UnknownError with the nearest right value, RequestError where several begin so.
    """
    wanted = fold(value)
    named = [(record, [fold(name) for name in names(record, dataset)]) for record in records]
    whole = [record for record, known in named if wanted in known]
    # An id outweighs a name that another record has too, and a name that of a producer.
    by_id = [record for record in whole if fold(record.id) == wanted]
    by_name = [record for record in whole if wanted in map(fold, _own_names(record))]
    people = [record for record in records if isinstance(record, model.Person)]
    by_surname: list[Record] = [p for p in people if fold(p.name.split()[-1]) == wanted]
    if meant := by_id or by_name or by_surname or whole:
        return meant
    begun: list[Record] = []
    for rank in (slice(1), slice(1, None)):  # an id, then any other name
        begun = begun or [
            record
            for record, known in named
            if wanted and any(name.startswith(wanted) for name in known[rank])
        ]
    if len(begun) == 1:
        return begun
    if begun:
        raise RequestError("several-begin", value=value, values=[record.id for record in begun])
    hint = _nearest(value, records, dataset)
    raise UnknownError("no-such", what=message(f"a-{what}"), value=value, hint=hint)


def _nearest(value: str, records: Sequence[Record], dataset: Dataset) -> Message:
    """Suggest an id if one is near, else another name; if nothing is, list ids."""
    ids = [record.id for record in records]
    others = [name for record in records for name in names(record, dataset)[1:]]
    tries = (nearest(value, ids), nearest(value, others))
    return next((hint for hint in tries if hint.key == "did-you-mean"), tries[0])


def choose(value: str, what: str, allowed: Iterable[str]) -> str:
    """Find the one allowed word that a typed value names; raises RequestError."""
    by_fold = {fold(word): word for word in allowed}
    if fold(value) not in by_fold:
        raise unknown(what, value, by_fold.values())
    return by_fold[fold(value)]


def number(value: str, option: str) -> float:
    """Read a number that a person types in French or in English."""
    text = re.sub(r"[\s_]|%$", "", value)
    if re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", text):  # as English tables print it
        text = text.replace(",", "")
    try:
        read = float(text.replace(",", "."))
    except ValueError:
        read = math.nan
    if not math.isfinite(read):
        raise RequestError("a-number", option=option, value=value)
    return read


def whole_number(value: str, option: str) -> int:
    """Read a whole number from 1."""
    if not re.fullmatch(r"\s*0*[1-9]\d{0,8}\s*", value, re.ASCII):
        raise RequestError("a-whole-number", option=option, value=value)
    return int(value)


# Filters: each makes a test of one claim out of the value that a person typed.


def _by_organisation(value: str, dataset: Dataset) -> Callable[[Any], bool]:
    ids = _ids(value, "organisation", dataset.organisations, dataset)
    speakers = {person.id for person in dataset.people if _has_office(person, ids)}
    # Whoever produced what a note refers to is named by it.
    notes = {
        source.id
        for source in dataset.sources
        if source.type in _NOTES and ids.intersection(source.producers)
    }

    def test(item: Any) -> bool:
        if isinstance(item, model.Person):
            return item.id in speakers
        if getattr(item, "speaker", None) in speakers:
            return True
        return any(
            ids.intersection(part.organisations) or notes.intersection(part.sources)
            for part in _rests_on(item, dataset)
        )

    return test


_NOTES = frozenset({"footnote", "cross-reference"})


def _has_office(person: model.Person, ids: set[str]) -> bool:
    return any(office.organisation in ids for office in person.offices)


def _rests_on(item: Any, dataset: Dataset) -> list[Any]:
    """Give the claims whose organisations and sources an item shares: its own, or its inputs'."""
    if not isinstance(item, model.Computed):
        return [item]
    return [stat for stat in dataset.behind(item) if isinstance(stat, model.Stat)]


def _by_source(value: str, dataset: Dataset) -> Callable[[Any], bool]:
    ids = _ids(value, "source", dataset.sources, dataset)
    return lambda item: any(ids.intersection(part.sources) for part in _rests_on(item, dataset))


def _by_topic(value: str, dataset: Dataset) -> Callable[[Any], bool]:
    ids = _ids(value, "topic", dataset.topics, dataset)
    return lambda item: bool(ids.intersection(item.topics))


def _by_section(value: str, dataset: Dataset) -> Callable[[Any], bool]:
    ids = _ids(value, "section", dataset.release.sections, dataset)
    return lambda item: getattr(item, "section", None) in ids


def _by_unit(value: str, dataset: Dataset) -> Callable[[Any], bool]:
    ids = _ids(value, "unit", dataset.units, dataset)
    return lambda item: getattr(item, "unit", None) in ids


def _from_value(value: str, dataset: Dataset) -> Callable[[Any], bool]:
    least = number(value, "--min")
    return lambda item: item.id in dataset.values and dataset.values[item.id] >= least


def _to_value(value: str, dataset: Dataset) -> Callable[[Any], bool]:
    most = number(value, "--max")
    return lambda item: item.id in dataset.values and dataset.values[item.id] <= most


def _ids(value: str, what: str, records: Sequence[Record], dataset: Dataset) -> set[str]:
    return {record.id for record in find(value, what, records, dataset)}


def _by_kind(value: str, _: Dataset) -> Callable[[Any], bool]:
    known = {name: kind.name for kind in model.KINDS.values() for name in kind.names}
    kind = known[choose(value, "kind", known)]
    return lambda item: getattr(item, "kind", "stat") == kind


FILTERS: Mapping[str, Callable[[str, Dataset], Callable[[Any], bool]]] = {
    "kind": _by_kind,
    "org": _by_organisation,
    "topic": _by_topic,
    "section": _by_section,
    "cites": _by_source,
    "unit": _by_unit,
    "min": _from_value,
    "max": _to_value,
}


def select(items: Sequence[Any], dataset: Dataset, wanted: Mapping[str, str]) -> list[Any]:
    """Keep the items that pass every filter; `wanted` maps names of filters to typed values.

    Raises RequestError for a wrong value.
    """
    tests = [FILTERS[name](value, dataset) for name, value in wanted.items()]
    return [item for item in items if all(test(item) for test in tests)]


def nothing_left(items: Sequence[Any], dataset: Dataset, wanted: Mapping[str, str]) -> NothingFound:
    """Say which filter to loosen when nothing is left."""
    gains = {}
    for name in wanted:
        others = {other: value for other, value in wanted.items() if other != name}
        gains[name] = len(select(items, dataset, others))
    best = max(gains, key=lambda name: gains[name], default=None)
    if best is None:
        return NothingFound("nothing-there")
    if gains[best]:
        value, count = wanted[best], gains[best]
        return NothingFound("nothing-left-but", filter=best, value=value, count=count)
    return NothingFound("nothing-left", values=[f"--{name}" for name in wanted])


def _id(part: dict[str, Any]) -> str:
    """Give the id of a part of a record: of an office, that of its organisation."""
    found: str = part["id"] if "id" in part else part["organisation"]["id"]
    return found


def sort(
    records: Iterable[Mapping[str, Any]], field: str, fields: Mapping[str, str], language: str
) -> list[Mapping[str, Any]]:
    """Sort exported records by a field, from the greatest down after a minus sign.

    Records without the field come last. `fields` maps what may be typed to the names of fields;
    raises RequestError for an unknown one.
    """
    name = fields[choose(field.removeprefix("-"), "field", fields)]

    def key(record: Mapping[str, Any]) -> Any:
        value = record[name]
        if isinstance(value, dict):
            value = value.get(language) or value.get("name") or value["text"]
        if isinstance(value, list):
            value = " ".join(item if isinstance(item, str) else _id(item) for item in value)
        return fold(value) if isinstance(value, str) else value

    records = list(records)
    present = [record for record in records if record.get(name) is not None]
    absent = [record for record in records if record.get(name) is None]
    return sorted(present, key=key, reverse=field.startswith("-")) + absent
