"""What a good dataset keeps.

`structural` holds what every command relies on; `faults` adds what makes a dataset worth trusting.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from essfacts import model
from essfacts.errors import Fault, nearest
from essfacts.language import LANGUAGES, Message, chained, message
from essfacts.text import FORMULA_STARTS, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from essfacts.model import Dataset
    from essfacts.prose import Comparison

T = TypeVar("T")

MAX_FAULTS = 1_000
# So many ids are looked at for hints at right ones.
_MAX_LOOKED_AT = 20_000
MAX_EXCERPT_WORDS = 25
MAX_EXCERPT_CHARS = 120
MAX_ID_CHARS = 80
# What is there to be named by others.
_NAMED = (model.Term, model.Unit, model.Organisation, model.Person, model.Source)


def placed(dataset: Dataset) -> Iterator[tuple[Fault, Any]]:
    """Go through every record that has an id, with a fault of it that has no message yet."""
    for name, records in dataset.tables().items():
        file = "release.yaml" if name == "sections" else f"{name}.yaml"
        for record in records:
            yield Fault(file, record.line, record.id, message("nothing")), record


def _of(dataset: Dataset, sort: type[T]) -> Iterator[tuple[Fault, T]]:
    return ((place, record) for place, record in placed(dataset) if isinstance(record, sort))


def _at(place: Fault, key: str, /, **blanks: Any) -> Fault:
    return place._replace(message=message(key, **blanks))


# What every command relies on.


def structural(dataset: Dataset) -> list[Fault]:
    """Find ids that are wrong, repeated or name nothing, and formulas that can't be worked out."""
    rules = {"ids": _bad_ids, "references": _dangling_ids, "formulas": _bad_formulas}
    found = (fault._replace(rule=name) for name in rules for fault in rules[name](dataset))
    listed = list(islice(found, MAX_FAULTS))
    return listed + [Fault("", 0, "", message("more-faults")) for _ in islice(found, 1)]


def _bad_ids(dataset: Dataset) -> Iterator[Fault]:
    places: dict[str, Fault] = {}
    for place, record in placed(dataset):
        id = record.id
        if not re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", id):
            yield _at(place, "not-kebab-case")
        elif len(id) > MAX_ID_CHARS:
            yield _at(place, "id-too-long", chars=len(id), most=MAX_ID_CHARS)
        first = places.setdefault(id, place)
        if first is not place:
            yield _at(place, "id-again", place=f"{first.file}:{first.line}")


def _dangling_ids(dataset: Dataset) -> Iterator[Fault]:
    tables = {name: {r.id for r in records} for name, records in dataset.tables().items()}
    looked_at = 0
    release = (Fault("release.yaml", 0, "", message("nothing")), dataset.release)
    for place, record in [release, *placed(dataset)]:
        for field, id in model.references(record):
            targets = model.REFERENCES[field]
            home = next((name for name in (*targets, *tables) if id in tables[name]), None)
            wrong = {"field": field, "value": id, "tables": chained("either", targets)}
            if home is None:
                known = sorted(chain.from_iterable(tables[target] for target in targets))
                looked_at += len(known)
                hint = nearest(id, known) if looked_at < _MAX_LOOKED_AT else message("nothing")
                yield _at(place, "dangling", hint=hint, **wrong)
            elif home not in targets:
                yield _at(place, "elsewhere", home=home, **wrong)


def _bad_formulas(dataset: Dataset) -> Iterator[Fault]:
    computed = {r.id: (place, r.formula) for place, r in _of(dataset, model.Computed)}
    for place, formula in computed.values():
        count = len(formula.inputs)
        if count < 2 or (formula.operation == "ratio" and count > 2):
            yield _at(place, "two-inputs", operation=formula.operation)
    from graphlib import CycleError

    try:
        values = dataset.values
    except CycleError as error:
        circle = error.args[1]
        yield _at(computed[circle[0]][0], "circle", ids=" → ".join(circle))
        return
    for id, (place, formula) in computed.items():
        if id not in values and values.keys() >= {*formula.inputs}:
            is_ratio = formula.operation == "ratio"
            is_by_zero = is_ratio and not all(values[id] for id in formula.inputs[1:])
            yield _at(place, "by-zero" if is_by_zero else "too-large")


# What makes a dataset worth trusting: each rule says what is wrong in one record.


def faults(dataset: Dataset) -> list[Fault]:
    """Find everything that a good dataset does not have; what is structural, first and alone."""
    if found := structural(dataset):
        return found
    from essfacts.prose import Comparison

    known = Comparison(dataset)
    return [
        place._replace(message=wrong, rule=name)
        for name, (sort, rule) in RULES.items()
        for place, record in _of(dataset, sort)
        for wrong in rule(record, known)
    ]


def _languages(record: Any, _: Comparison) -> Iterator[Message]:
    from essfacts.prose import pairs

    for field, *texts in pairs(record):
        for language, text in zip(LANGUAGES, texts, strict=True):
            if not text.strip():
                yield message("no-translation", field=field, language=language)


def _sources(record: Any, _: Comparison) -> Iterator[Message]:
    if isinstance(record, model.Claim) and not record.sources:
        yield message("no-source")
    if isinstance(record, model.Source) and not record.producers:
        yield message("no-producer")


def _excerpt(claim: model.Claim, _: Comparison) -> Iterator[Message]:
    words, chars = len(claim.excerpt.split()), len(claim.excerpt)
    if words > MAX_EXCERPT_WORDS:
        yield message("too-many-words", words=words, most=MAX_EXCERPT_WORDS)
    if chars > MAX_EXCERPT_CHARS:
        yield message("too-many-chars", chars=chars, most=MAX_EXCERPT_CHARS)


def _written(stat: model.Stat, _: Comparison) -> Iterator[Message]:
    from essfacts.numbers import plain, read, read_one

    written, excerpt = plain(stat.written), plain(stat.excerpt)
    number = read_one(stat.written)
    if not re.search(rf"(?<![a-z\d]){re.escape(written)}(?![a-z\d])", excerpt):
        yield message("written-elsewhere", value=stat.written)
    elif number is None:
        yield message("no-one-number", value=stat.written)
    elif number.amount not in {other.amount for other in read(excerpt, "fr")}:
        yield message("part-of-number", value=stat.written)


def _value(stat: model.Stat, known: Comparison) -> Iterator[Message]:
    from essfacts.numbers import read_one

    number = read_one(stat.written)
    if number and number.amount != known.amount(stat):
        read = f"{round(number.value, 9):g}{number.sign.strip('/')}"
        written = {"unit": stat.unit, "written": stat.written}
        yield message("other-value", value=f"{stat.value:g}", read=read, **written)


def _approximation(stat: model.Stat, known: Comparison) -> Iterator[Message]:
    allowed = get_args(model.Approximation)
    if stat.approximation not in allowed:
        hint = nearest(stat.approximation, allowed)
        yield message("no-approximation", value=stat.approximation, hint=hint)
        return
    hedges = known.hedges(stat)
    if hedges and stat.approximation not in hedges:
        value, found = (message(f"fact-{hedge}") for hedge in (stat.approximation, min(hedges)))
        yield message("other-approximation", value=value, found=found)


_PROSE = ("numbers", "dates", "negations", "hedges", "names")


def _prose(rule: str, record: Any, known: Comparison) -> Iterator[Message]:
    return known.differences(rule, record)


def _quotation(quote: model.Quote, known: Comparison) -> Iterator[Message]:
    if fold(quote.excerpt) not in fold(quote.words):
        yield message("excerpt-elsewhere")
    for id in quote.sources:
        if quote.speaker not in known.dataset.named("sources", id).producers:
            yield message("other-speaker", source=id, speaker=quote.speaker)


def _unused(record: Any, known: Comparison) -> Iterator[Message]:
    # A press contact is named for itself.
    if record.id not in known.dataset.named_ids and not getattr(record, "email", None):
        yield message("unused")


def _url(source: model.Source, _: Comparison) -> Iterator[Message]:
    if source.url and not re.fullmatch(r"https?://[^\s<>\"]+", source.url):
        yield message("no-address", value=source.url)


def _spreadsheets(record: Any, _: Comparison) -> Iterator[Message]:
    from essfacts.prose import texts

    for field, text in texts(record):
        for part in (text,) if isinstance(text, str) else (text.fr, text.en):
            if part.lstrip(" ").startswith(FORMULA_STARTS):
                yield message("as-a-formula", field=field)


RULES: Mapping[str, tuple[Any, Callable[[Any, Comparison], Iterator[Message]]]] = {
    "languages": (model.Record, _languages),
    "sources": (model.Record, _sources),
    "excerpt": (model.Claim, _excerpt),
    "written": (model.Stat, _written),
    "value": (model.Stat, _value),
    "approximation": (model.Stat, _approximation),
    **{rule: (model.Record, partial(_prose, rule)) for rule in _PROSE},
    "quotations": (model.Quote, _quotation),
    "unused": (_NAMED, _unused),
    "url": (model.Source, _url),
    "spreadsheets": (model.Record, _spreadsheets),
}
