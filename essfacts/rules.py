"""What a good dataset keeps.

`structural` holds what every command relies on; `faults` adds what makes a dataset worth trusting.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from essfacts import model
from essfacts.errors import Fault, nearest
from essfacts.french import read_number
from essfacts.text import FORMULA_STARTS, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from essfacts.model import Dataset, Record

MAX_FAULTS = 1_000
MAX_EXCERPT_WORDS = 25
MAX_EXCERPT_CHARS = 120
_KEBAB_CASE = r"[a-z0-9]+(?:-[a-z0-9]+)*"


class _Place(NamedTuple):
    file: str
    line: int
    id: str

    def fault(self, message: str) -> Fault:
        return Fault(self.file, self.line, self.id, message)


def structural(dataset: Dataset) -> list[Fault]:
    """Find ids that are not unique or name nothing, and formulas that can't be worked out."""
    found = chain(_repeated_ids(dataset), _dangling_ids(dataset), _bad_formulas(dataset))
    listed = list(islice(found, MAX_FAULTS))
    more = [Fault("", 0, "", "there are more faults: these come first")] if any(found) else []
    return listed + more


def faults(dataset: Dataset) -> list[Fault]:
    """Find everything that a good dataset does not have, in the order of its files."""
    found = structural(dataset)
    for rule in RULES:
        found += rule(dataset)
    return found


def placed(dataset: Dataset) -> Iterator[tuple[Fault, Any]]:
    """Go through every record that has an id, with a fault of it that has no message yet."""
    for place, record in _records(dataset):
        yield place.fault(""), record


def _tables(dataset: Dataset) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
    """Go through the tables that have ids: their name, their file, their records."""
    yield "sections", "release.yaml", dataset.release.sections
    for name in ("topics", "units", "organisations", "people", "sources"):
        yield name, f"{name}.yaml", getattr(dataset, name)
    for kind in model.KINDS.values():
        yield kind.command, f"{kind.command}.yaml", dataset.of_kind(kind.name)
    yield "computed", "computed.yaml", dataset.computed


def _records(dataset: Dataset) -> Iterator[tuple[_Place, Any]]:
    for _, file, records in _tables(dataset):
        for record in records:
            yield _Place(file, record.line, record.id), record


def _repeated_ids(dataset: Dataset) -> Iterator[Fault]:
    places: dict[str, _Place] = {}
    for place, record in _records(dataset):
        first = places.setdefault(record.id, place)
        if first is not place:
            yield place.fault(f"the id stands already at {first.file}:{first.line}")


def _dangling_ids(dataset: Dataset) -> Iterator[Fault]:
    tables = {name: {record.id for record in records} for name, _, records in _tables(dataset)}
    release = (_Place("release.yaml", 0, ""), dataset.release)
    for place, record in [release, *_records(dataset)]:
        for owner in (record, *getattr(record, "offices", ())):
            for field, targets in model.REFERENCES.items():
                ids = getattr(owner, field, None)
                for id in (ids,) if isinstance(ids, str) else ids or ():
                    if not any(id in tables[target] for target in targets):
                        yield place.fault(_dangling(field, id, targets, tables))


def _dangling(field: str, id: str, targets: tuple[str, ...], tables: Mapping[str, set[str]]) -> str:
    home = next((name for name, ids in tables.items() if id in ids), None)
    if home:
        return f'{field}: "{id}" stands in {home}, not in {" or ".join(targets)}'
    known = sorted(id for target in targets for id in tables[target])
    return f'{field}: no "{id}" in {" or ".join(targets)}{nearest(id, known)}'


def _bad_formulas(dataset: Dataset) -> Iterator[Fault]:
    stats = {stat.id for stat in dataset.stats}
    computed = {record.id: record for record in dataset.computed}
    known = stats | computed.keys()
    sound = True
    for record in dataset.computed:
        place = _Place("computed.yaml", record.line, record.id)
        inputs = record.formula.inputs
        for id in inputs:
            if id not in known:
                yield place.fault(f'formula: no stat "{id}"{nearest(id, sorted(known))}')
                sound = False
        if len(inputs) < 2 or (record.formula.operation == "ratio" and len(inputs) > 2):
            yield place.fault(f"formula: a {record.formula.operation} takes two inputs")
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
        yield place.fault(f"formula: goes round in a circle: {' → '.join(names)}")
        return
    values: dict[str, model.Number] = {stat.id: stat.value for stat in dataset.stats}
    for id in order:
        if id not in computed or not all(name in values for name in computed[id].formula.inputs):
            continue
        place = _Place("computed.yaml", computed[id].line, id)
        try:
            values[id] = model.evaluate(computed[id].formula, values)
        except ZeroDivisionError:
            yield place.fault("formula: divides by zero")
        except OverflowError:
            yield place.fault("formula: its result is too large")


def _ids(dataset: Dataset) -> Iterator[Fault]:
    for place, record in _records(dataset):
        if not re.fullmatch(_KEBAB_CASE, record.id):
            yield place.fault('the id is not kebab-case, such as "industrial-employment"')


def _languages(dataset: Dataset) -> Iterator[Fault]:
    for place, record in _records(dataset):
        for field in ("text", "name", "title", "counts", "description"):
            text = getattr(record, field, None)
            if isinstance(text, model.Text):
                for language in ("fr", "en"):
                    if not getattr(text, language).strip():
                        yield place.fault(f'{field}: no text in "{language}"')


def _sources(dataset: Dataset) -> Iterator[Fault]:
    for place, record in _records(dataset):
        if isinstance(record, model.Claim) and not record.sources:
            yield place.fault("no source: who vouches for the claim?")
        if isinstance(record, model.Source) and not record.producers:
            yield place.fault("no producer: who vouches for what it says?")


def _excerpts(dataset: Dataset) -> Iterator[Fault]:
    for place, claim in _records(dataset):
        if not isinstance(claim, model.Claim):
            continue
        words, chars = len(claim.excerpt.split()), len(claim.excerpt)
        if words > MAX_EXCERPT_WORDS:
            yield place.fault(f"excerpt: {words} words, at most {MAX_EXCERPT_WORDS}")
        if chars > MAX_EXCERPT_CHARS:
            yield place.fault(f"excerpt: {chars} characters, at most {MAX_EXCERPT_CHARS}")


def _numbers(dataset: Dataset) -> Iterator[Fault]:
    for place, stat in _records(dataset):
        if not isinstance(stat, model.Stat):
            continue
        written = re.escape(fold(stat.written))
        stands = re.search(rf"(?<![a-z\d]){written}(?![a-z\d])", fold(stat.excerpt))
        if not stands:
            yield place.fault(f'written: "{stat.written}" does not stand in the excerpt')
        number = read_number(stat.written)
        if number is None:
            yield place.fault(f'written: "{stat.written}" does not read as one number')
        elif not math.isclose(number, stat.value, rel_tol=1e-9):
            yield place.fault(
                f'value: {stat.value}, but "{stat.written}" reads as {round(number, 9):g}'
            )
        elif stands and (read_number(stat.excerpt) or number) != number:
            yield place.fault(f'written: "{stat.written}" is only a part of the excerpt\'s number')
        if stat.approximation not in get_args(model.Approximation):
            words = get_args(model.Approximation)
            yield place.fault(
                f'approximation: no "{stat.approximation}"{nearest(stat.approximation, words)}'
            )


def _quotations(dataset: Dataset) -> Iterator[Fault]:
    sources = {source.id: source for source in dataset.sources}
    for quote in dataset.quotes:
        place = _Place("quotes.yaml", quote.line, quote.id)
        if fold(quote.excerpt) not in fold(quote.words):
            yield place.fault("excerpt: does not stand in the words of the quotation")
        for id in quote.sources:
            if id in sources and quote.speaker not in sources[id].producers:
                yield place.fault(f'sources: "{id}" is not the word of "{quote.speaker}"')


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
                    yield Fault(file, record.line, record.id, "nothing names it")


def _urls(dataset: Dataset) -> Iterator[Fault]:
    for source in dataset.sources:
        if source.url and not re.fullmatch(r"https?://[^\s<>\"]+", source.url):
            place = _Place("sources.yaml", source.line, source.id)
            yield place.fault(f'url: "{source.url}" is not a web address')


def _spreadsheets(dataset: Dataset) -> Iterator[Fault]:
    for place, record in _records(dataset):
        for field, text in _texts(record):
            if text.lstrip(" ").startswith(FORMULA_STARTS):
                yield place.fault(f"{field}: begins as a spreadsheet's formula would")


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


RULES: tuple[Callable[[Dataset], Iterator[Fault]], ...] = (
    _ids,
    _languages,
    _sources,
    _excerpts,
    _numbers,
    _quotations,
    _use,
    _urls,
    _spreadsheets,
)
