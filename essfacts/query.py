"""Pure filters, and one notion of how a typed value names a record."""

from __future__ import annotations

import math
import re
from functools import partial
from operator import ge, le
from typing import TYPE_CHECKING, Any

from essfacts import model
from essfacts.errors import NothingFound, RequestError, UnknownError, nearest, unknown
from essfacts.language import lowered, message, word
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from essfacts.model import Dataset, Record

    Test: TypeAlias = Callable[[Any], bool]
    Filter: TypeAlias = Callable[[str, Dataset], Test]


# How a typed value names a record.


def _own_names(record: Any) -> list[str]:
    found = [record.id, *getattr(record, "aliases", ())]
    for field in ("name", "title", "symbol"):
        value = getattr(record, field, None)
        if isinstance(value, model.Text):
            found += [value.fr, value.en]
        elif value:
            found.append(value)
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
    ranks = [_rank(wanted, record, dataset) for record in records] if wanted else []
    best = min(ranks, default=_UNNAMED)
    meant = [record for record, rank in zip(records, ranks, strict=False) if rank == best]
    if best < _BEGUN or (best < _UNNAMED and len(meant) == 1):
        return meant
    if best < _UNNAMED:
        raise RequestError("several-begin", value=value, values=[record.id for record in meant])
    # An id if one is near, else another name; if nothing is, ids.
    told = {record.id: _told(record) for record in records}
    others = [name for record in records for name in names(record, dataset)[1:]]
    tries = (nearest(value, told, told), nearest(value, others))
    hint = next((hint for hint in tries if hint.key == "did-you-mean"), tries[0])
    raise UnknownError("no-such", what=message(f"a-{what}"), value=value, hint=hint)


# From here on the ranks tell that a name begins so, then that none does.
_BEGUN, _UNNAMED = 4, 6


def _rank(wanted: str, record: Record, dataset: Dataset) -> int:
    """Tell how well a folded value names a record, the best way first.

    An id outweighs a name that another record has too, and a name that of a producer.
    """
    id, *others = map(fold, names(record, dataset))
    ways = (
        wanted == id,
        wanted in map(fold, _own_names(record)),
        wanted == _surname(record),
        wanted in others,
        id.startswith(wanted),
        any(name.startswith(wanted) for name in others),
        True,
    )
    return ways.index(True)


def _told(record: Any) -> model.Text | str:
    """Give what to type for a record: in French its name, where it has a French one."""
    name, id = getattr(record, "name", None), str(record.id)
    return model.Text(fr=lowered(name.fr), en=id) if isinstance(name, model.Text) else id


def _surname(record: Record) -> str:
    return fold(record.name.split()[-1]) if isinstance(record, model.Person) else ""


def choose(
    value: str, what: str, allowed: Iterable[str], told: Mapping[str, model.Text] | None = None
) -> str:
    """Find the one allowed word that a typed value names; raises RequestError."""
    by_fold = {fold(word): word for word in allowed}
    if fold(value) not in by_fold:
        raise unknown(what, value, by_fold.values(), told or {})
    return by_fold[fold(value)]


def choose_field(value: str, fields: Mapping[str, str], columns: Iterable[str] = ()) -> str:
    """Find the field, or the column, that a typed value names.

    `fields` maps what may be typed for a field to its name.
    """
    told = {typed: model.Text(fr=word(name, "fr"), en=name) for typed, name in fields.items()}
    chosen = choose(value, "field", [*fields, *columns], told)
    return fields.get(chosen, chosen)


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


# Filters: each makes a test of one item out of the value that a person typed.

_NOTES = frozenset({"footnote", "cross-reference"})


def _named(value: str, what: str, dataset: Dataset) -> set[str]:
    """Find the ids that a typed value names in the table of what it names."""
    return {record.id for record in find(value, what, getattr(dataset, f"{what}s"), dataset)}


def _ids(field: str, item: Any, dataset: Dataset) -> set[str]:
    """Give the ids in a field; who is named and who vouches, what a formula rests on tells."""
    is_behind = field in {"organisations", "sources"}
    parts = dataset.behind(item) if is_behind else [item]
    return {id for part in parts for id in model.ids_in(part, field)}


def _bodies(item: Any, dataset: Dataset) -> set[str]:
    """Give the organisations of an item, of its speaker, and who produced what a note refers to."""
    sources = [dataset.named("sources", id) for id in _ids("sources", item, dataset)]
    notes = [source.producers for source in sources if source.type in _NOTES]
    person = dataset.named("speaker", item.speaker) if isinstance(item, model.Quote) else item
    offices = {office.organisation for office in getattr(person, "offices", ())}
    return offices.union(_ids("organisations", item, dataset), *notes)


def _by(what: str, get: Callable[[Any, Dataset], set[str]]) -> Filter:
    """Make the filter that keeps what names one of the records that are meant."""

    def make(value: str, dataset: Dataset) -> Test:
        meant = _named(value, what, dataset)
        return lambda item: not meant.isdisjoint(get(item, dataset))

    return make


def _by_value(option: str, compare: Callable[[float, float], bool]) -> Filter:
    """Make the filter of a bound: of one in a unit, among the figures of that unit, or shares."""

    def make(value: str, dataset: Dataset) -> Test:
        parts = re.fullmatch(r"(.*\d)\s*(\D+)", value.strip())
        bound = number(parts[1] if parts else value, option)
        meant: list[Any] = find(parts[2], "unit", dataset.units, dataset) if parts else []

        def test(item: Any) -> bool:
            if item.id not in dataset.values:
                return False
            own, found = dataset.named("unit", item.unit), dataset.values[item.id]
            return any(
                compare(found * (own.percent or 1), bound * (unit.percent or 1))
                for unit in meant or [own]
                if unit is own or (unit.percent and own.percent)
            )

        return test

    return make


def _by_kind(value: str, _: Dataset) -> Test:
    known = {name: kind.name for kind in model.KINDS.values() for name in kind.names}
    told = {name: kind.noun for kind in model.KINDS.values() for name in kind.names}
    kind = known[choose(value, "kind", known, told)]
    return lambda item: getattr(item, "kind", "stat") == kind


FILTERS: Mapping[str, Filter] = {
    "kind": _by_kind,
    "org": _by("organisation", _bodies),
    "topic": _by("topic", partial(_ids, "topics")),
    "section": _by("section", partial(_ids, "section")),
    "cites": _by("source", partial(_ids, "sources")),
    "unit": _by("unit", partial(_ids, "unit")),
    "min": _by_value("--min", ge),
    "max": _by_value("--max", le),
}


def select(items: Sequence[Any], dataset: Dataset, wanted: Mapping[str, str]) -> list[Any]:
    """Keep the items that pass every filter; `wanted` maps names of filters to typed values.

    Raises RequestError for a wrong value.
    """
    tests = [FILTERS[name](value, dataset) for name, value in _in_unit(wanted).items()]
    return [item for item in items if all(test(item) for test in tests)]


def _in_unit(wanted: Mapping[str, str]) -> dict[str, str]:
    """Read a bound in the unit that is wanted, where it names none."""
    bare = {name for name in ("min", "max") if wanted.get(name, "")[-1:].isdigit()}
    unit = wanted.get("unit")
    return {n: f"{value} {unit}" if unit and n in bare else value for n, value in wanted.items()}


def other_shares(items: Sequence[Any], dataset: Dataset, wanted: Mapping[str, str]) -> list[str]:
    """Give the units of the shares that one unit leaves out: two thirds are no percents."""
    shares = {unit.id for unit in dataset.units if unit.percent}
    meant = _named(wanted["unit"], "unit", dataset) if "unit" in wanted else shares
    if meant.isdisjoint(shares):
        return []
    others = {name: value for name, value in _in_unit(wanted).items() if name != "unit"}
    units = [getattr(item, "unit", "") for item in select(items, dataset, others)]
    return [unit for unit in units if unit in shares - meant]


def nothing_left(items: Sequence[Any], dataset: Dataset, wanted: Mapping[str, str]) -> NothingFound:
    """Say which filter to loosen when nothing is left."""
    gains = {
        name: len(select(items, dataset, {n: value for n, value in wanted.items() if n != name}))
        for name in wanted
    }
    if not gains:
        return NothingFound("nothing-there")
    best = max(gains, key=gains.__getitem__)
    if not gains[best]:
        return NothingFound("nothing-left", values=[f"--{name}" for name in wanted])
    return NothingFound("nothing-left-but", filter=best, value=wanted[best], count=gains[best])


def sort(
    records: Iterable[Mapping[str, Any]], field: str, fields: Mapping[str, str], language: str
) -> list[Mapping[str, Any]]:
    """Sort exported records by a field, from the greatest down after a minus sign.

    Records without the field come last. `fields` maps what may be typed to the names of fields;
    raises RequestError for an unknown one.
    """
    name = choose_field(field.removeprefix("-"), fields)

    def key(record: Mapping[str, Any]) -> Any:
        value = record[name]
        if isinstance(value, dict):
            value = value.get(language) or value.get("name") or value["text"]
        if isinstance(value, list):  # of words, of what has ids, or of offices
            value = " ".join(
                part if isinstance(part, str) else part.get("organisation", part)["id"]
                for part in value
            )
        return fold(value) if isinstance(value, str) else value

    records = list(records)
    present = [record for record in records if record.get(name) is not None]
    absent = [record for record in records if record.get(name) is None]
    return sorted(present, key=key, reverse=field.startswith("-")) + absent
