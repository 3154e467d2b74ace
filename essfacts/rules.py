"""What a good dataset keeps.

`structural` holds what every command relies on; `faults` adds what makes a dataset worth trusting.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args

from essfacts import model
from essfacts.errors import Fault, nearest
from essfacts.language import Message, Whole, chained, message
from essfacts.text import FORMULA_STARTS, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from essfacts.model import Dataset, Record

T = TypeVar("T")

MAX_FAULTS = 1_000
# So many ids are looked at for hints at right ones.
_MAX_LOOKED_AT = 20_000
MAX_EXCERPT_WORDS = 25
MAX_EXCERPT_CHARS = 120
MAX_ID_CHARS = 80


class _Place(NamedTuple):
    file: str
    line: int
    id: str

    def fault(self, key: str, **blanks: Any) -> Fault:
        return Fault(self.file, self.line, self.id, message(key, **blanks))


def structural(dataset: Dataset) -> list[Fault]:
    """Find ids that are wrong, repeated or name nothing, and formulas that can't be worked out."""
    rules: Mapping[str, Iterator[Fault]] = {
        "ids": _bad_ids(dataset),
        "references": _dangling_ids(dataset),
        "formulas": _bad_formulas(dataset),
    }
    found = (fault._replace(rule=name) for name, rule in rules.items() for fault in rule)
    listed = list(islice(found, MAX_FAULTS))
    more = [Fault("", 0, "", message("more-faults"))] if any(found) else []
    return listed + more


def faults(dataset: Dataset) -> list[Fault]:
    """Find everything that a good dataset does not have; what is structural, first and alone."""
    return structural(dataset) or [
        fault._replace(rule=name) for name, rule in RULES.items() for fault in rule(dataset)
    ]


def placed(dataset: Dataset) -> Iterator[tuple[Fault, Any]]:
    """Go through every record that has an id, with a fault of it that has no message yet."""
    for place, record in _records(dataset):
        yield place.fault("nothing"), record


def _tables(dataset: Dataset) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
    """Go through the tables that have ids: their name, their file, their records."""
    yield "sections", "release.yaml", dataset.release.sections
    for name in ("topics", "units", "organisations", "people", "sources", "synonyms"):
        yield name, f"{name}.yaml", getattr(dataset, name)
    for kind in model.KINDS.values():
        yield kind.command, f"{kind.command}.yaml", dataset.of_kind(kind.name)
    yield "computed", "computed.yaml", dataset.computed


def _records(dataset: Dataset) -> Iterator[tuple[_Place, Any]]:
    for _, file, records in _tables(dataset):
        for record in records:
            yield _Place(file, record.line, record.id), record


def _bad_ids(dataset: Dataset) -> Iterator[Fault]:
    places: dict[str, _Place] = {}
    for place, record in _records(dataset):
        id = record.id
        is_kebab_case = id.isascii() and id == id.lower() and all(map(str.isalnum, id.split("-")))
        if not is_kebab_case:
            yield place.fault("not-kebab-case")
        elif len(id) > MAX_ID_CHARS:
            yield place.fault("id-too-long", chars=len(id), most=MAX_ID_CHARS)
        first = places.setdefault(record.id, place)
        if first is not place:
            yield place.fault("id-again", place=f"{first.file}:{first.line}")


def _hints() -> Callable[[str, Collection[str]], Message]:
    """Make what hints at the nearest ids, until it has looked at enough of them."""
    left = _MAX_LOOKED_AT

    def hint(id: str, known: Collection[str]) -> Message:
        nonlocal left
        left -= len(known)
        return nearest(id, sorted(known)) if left >= 0 else message("nothing")

    return hint


def _dangling_ids(dataset: Dataset) -> Iterator[Fault]:
    tables = {name: {record.id for record in records} for name, _, records in _tables(dataset)}
    hint = _hints()
    release = (_Place("release.yaml", 0, ""), dataset.release)
    for place, record in [release, *_records(dataset)]:
        for owner in (record, *getattr(record, "offices", ())):
            for field, targets in model.REFERENCES.items():
                ids = getattr(owner, field, None)
                for id in (ids,) if isinstance(ids, str) else ids or ():
                    if not any(id in tables[target] for target in targets):
                        wrong = _dangling(field, id, targets, tables, hint)
                        yield Fault(place.file, place.line, place.id, wrong)


def _dangling(
    field: str,
    id: str,
    targets: tuple[str, ...],
    tables: Mapping[str, set[str]],
    hint: Callable[[str, Collection[str]], Message],
) -> Message:
    wanted = chained("either", targets)
    home = next((name for name, ids in tables.items() if id in ids), None)
    if home:
        return message("elsewhere", field=field, value=id, home=home, tables=wanted)
    known = tables[targets[0]].union(*(tables[target] for target in targets[1:]))
    return message("dangling", field=field, value=id, tables=wanted, hint=hint(id, known))


def _bad_formulas(dataset: Dataset) -> Iterator[Fault]:
    stats = {stat.id for stat in dataset.stats}
    computed = {record.id: record for record in dataset.computed}
    known = stats | computed.keys()
    sound, hint = True, _hints()
    for record in dataset.computed:
        place = _Place("computed.yaml", record.line, record.id)
        inputs = record.formula.inputs
        for id in inputs:
            if id not in known:
                yield place.fault("no-stat", value=id, hint=hint(id, known))
                sound = False
        if len(inputs) < 2 or (record.formula.operation == "ratio" and len(inputs) > 2):
            yield place.fault("two-inputs", operation=record.formula.operation)
            sound = False
    if not sound:
        return
    from graphlib import CycleError, TopologicalSorter

    try:
        graph = {id: record.formula.inputs for id, record in computed.items()}
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = error.args[1]
        record = computed[circle[0]]
        place = _Place("computed.yaml", record.line, record.id)
        names = circle if len(circle) < 10 else [*circle[:8], "…", circle[-1]]
        ids = Whole(" → ".join(id[:MAX_ID_CHARS] for id in names))
        yield place.fault("circle", ids=ids)
        return
    values: dict[str, model.Number] = {stat.id: stat.value for stat in dataset.stats}
    for id in order:
        if id not in computed or not all(name in values for name in computed[id].formula.inputs):
            continue
        place = _Place("computed.yaml", computed[id].line, id)
        try:
            values[id] = model.evaluate(
                computed[id].formula, values, dataset.worths, dataset.worths[id]
            )
        except ZeroDivisionError:
            yield place.fault("by-zero")
        except OverflowError:
            yield place.fault("too-large")


def _of(dataset: Dataset, record: type[T]) -> Iterator[tuple[_Place, T]]:
    """Go through the records of a class."""
    return ((place, found) for place, found in _records(dataset) if isinstance(found, record))


def _languages(dataset: Dataset) -> Iterator[Fault]:
    for place, record in _records(dataset):
        for field in ("text", "name", "title", "counts", "description"):
            text = getattr(record, field, None)
            if isinstance(text, model.Text):
                for language in ("fr", "en"):
                    if not getattr(text, language).strip():
                        yield place.fault("no-translation", field=field, language=language)


def _sources(dataset: Dataset) -> Iterator[Fault]:
    for place, record in _records(dataset):
        if isinstance(record, model.Claim) and not record.sources:
            yield place.fault("no-source")
        if isinstance(record, model.Source) and not record.producers:
            yield place.fault("no-producer")


def _excerpts(dataset: Dataset) -> Iterator[Fault]:
    for place, claim in _of(dataset, model.Claim):
        words, chars = len(claim.excerpt.split()), len(claim.excerpt)
        if words > MAX_EXCERPT_WORDS:
            yield place.fault("too-many-words", words=words, most=MAX_EXCERPT_WORDS)
        if chars > MAX_EXCERPT_CHARS:
            yield place.fault("too-many-chars", chars=chars, most=MAX_EXCERPT_CHARS)


def _written(dataset: Dataset) -> Iterator[Fault]:
    from essfacts.numbers import plain, read, read_one

    for place, stat in _of(dataset, model.Stat):
        written = re.escape(plain(stat.written))
        if not re.search(rf"(?<![a-z\d]){written}(?![a-z\d])", plain(stat.excerpt)):
            yield place.fault("written-elsewhere", value=stat.written)
            continue
        number = read_one(stat.written)
        if number is None:
            yield place.fault("no-one-number", value=stat.written)
        elif number.amount not in {other.amount for other in read(plain(stat.excerpt), "fr")}:
            yield place.fault("part-of-number", value=stat.written)


def _values(dataset: Dataset) -> Iterator[Fault]:
    from essfacts.numbers import read_one
    from essfacts.prose import amount

    for place, stat in _of(dataset, model.Stat):
        number = read_one(stat.written)
        if number and number.amount != amount(stat, dataset):
            read = f"{round(number.value, 9):g}{number.sign.strip('/')}"
            written = {"unit": stat.unit, "written": stat.written}
            yield place.fault("other-value", value=f"{stat.value:g}", read=read, **written)


def _approximations(dataset: Dataset) -> Iterator[Fault]:
    from essfacts.prose import amount, figure, say

    allowed = get_args(model.Approximation)
    for place, stat in _of(dataset, model.Stat):
        if stat.approximation not in allowed:
            hint = nearest(stat.approximation, allowed)
            yield place.fault("no-approximation", value=stat.approximation, hint=hint)
            continue
        excerpt, written = say(stat.excerpt, "fr"), figure(amount(stat, dataset))
        said = [fact.rpartition(" ") for fact in chain(*excerpt["numbers"])]
        hedges = {hedge or "exact" for hedge, _, number in said if number == written}
        if excerpt["hedges"].said["on-average"]:
            hedges = {"on-average"}
        # « En moyenne » may stand far from its number; other hedges touch theirs.
        elif stat.approximation == "on-average":
            hedges.discard("exact")
        if hedges and stat.approximation not in hedges:
            values = (message(f"fact-{hedge}") for hedge in (stat.approximation, min(hedges)))
            yield place.fault("other-approximation", value=next(values), found=next(values))


def _quotations(dataset: Dataset) -> Iterator[Fault]:
    sources = {source.id: source for source in dataset.sources}
    for quote in dataset.quotes:
        place = _Place("quotes.yaml", quote.line, quote.id)
        if fold(quote.excerpt) not in fold(quote.words):
            yield place.fault("excerpt-elsewhere")
        for id in quote.sources:
            if id in sources and quote.speaker not in sources[id].producers:
                yield place.fault("other-speaker", source=id, speaker=quote.speaker)


def _use(dataset: Dataset) -> Iterator[Fault]:
    used: Counter[str] = Counter()
    for owner in [dataset.release, *dataset.records()]:
        for part in (owner, *getattr(owner, "offices", ())):
            for field in model.REFERENCES:
                ids = getattr(part, field, None) or ()
                used.update((ids,) if isinstance(ids, str) else ids)
    for name, file, records in _tables(dataset):
        if name in {"sections", "topics", "units", "organisations", "people", "sources"}:
            for record in records:
                # A press contact is named for itself.
                if not used[record.id] and not getattr(record, "email", None):
                    yield Fault(file, record.line, record.id, message("unused"))


def _urls(dataset: Dataset) -> Iterator[Fault]:
    for source in dataset.sources:
        if source.url and not re.fullmatch(r"https?://[^\s<>\"]+", source.url):
            place = _Place("sources.yaml", source.line, source.id)
            yield place.fault("no-address", value=source.url)


def _spreadsheets(dataset: Dataset) -> Iterator[Fault]:
    for place, record in _records(dataset):
        for field, text in _texts(record):
            if text.lstrip(" ").startswith(FORMULA_STARTS):
                yield place.fault("as-a-formula", field=field)


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    """Go through the texts of a record, by field."""
    for field in record.__dataclass_fields__:
        value = getattr(record, field)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, str):
                yield field, part
            elif isinstance(part, model.Text):
                yield field, part.fr
                yield field, part.en
            elif isinstance(part, model.Office):
                yield field, part.title.fr
                yield field, part.title.en


def _prose(rule: str) -> Callable[[Dataset], Iterator[Fault]]:
    """Make the rule that compares one sort of fact in all the texts of a record."""

    def compare(dataset: Dataset) -> Iterator[Fault]:
        from essfacts.prose import Comparison

        comparison = Comparison(dataset)
        for place, record in _records(dataset):
            for wrong in comparison.differences(rule, record):
                yield Fault(place.file, place.line, place.id, wrong)

    return compare


RULES: Mapping[str, Callable[[Dataset], Iterator[Fault]]] = {
    "languages": _languages,
    "sources": _sources,
    "excerpt": _excerpts,
    "written": _written,
    "value": _values,
    "approximation": _approximations,
    "numbers": _prose("numbers"),
    "dates": _prose("dates"),
    "negations": _prose("negations"),
    "hedges": _prose("hedges"),
    "names": _prose("names"),
    "quotations": _quotations,
    "unused": _use,
    "url": _urls,
    "spreadsheets": _spreadsheets,
}
