"""What a good dataset keeps.

`structural` holds what every command relies on; `faults` adds what makes a dataset worth trusting.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args

from essfacts import model
from essfacts.errors import Fault
from essfacts.text import FORMULA_STARTS, fold, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from essfacts.model import Dataset, Record

T = TypeVar("T")

MAX_FAULTS = 1_000
MAX_EXCERPT_WORDS = 25
MAX_EXCERPT_CHARS = 120
MAX_ID_CHARS = 80

# The tables in which the ids of a field are looked up; `stats` and `computed` are looked up apart.
REFERENCES: Mapping[str, tuple[str, ...]] = {
    "section": ("sections",),
    "topics": ("topics",),
    "unit": ("units",),
    "sources": ("sources",),
    "organisations": ("organisations",),
    "organisation": ("organisations",),
    "publishers": ("organisations",),
    "partners": ("organisations",),
    "producers": ("organisations", "people"),
    "speaker": ("people",),
}


class _Place(NamedTuple):
    file: str
    line: int
    id: str

    def fault(self, message: str) -> Fault:
        return Fault(self.file, self.line, self.id, message)


def structural(dataset: Dataset, tables: frozenset[str] | None = None) -> list[Fault]:
    """Find ids that are wrong, not unique or name nothing, and formulas that can't be worked out.

    With `tables`, only what these tables hold is looked up; the others were not read.
    """
    rules: Mapping[str, Iterator[Fault]] = {
        "ids": _bad_ids(dataset),
        "references": _dangling_ids(dataset, tables),
        "formulas": _bad_formulas(dataset) if tables is None or "stats" in tables else iter(()),
    }
    found = (fault._replace(rule=name) for name, rule in rules.items() for fault in rule)
    listed = list(islice(found, MAX_FAULTS))
    more = [Fault("", 0, "", "there are more faults: these come first")] if any(found) else []
    return listed + more


def faults(dataset: Dataset) -> list[Fault]:
    """Find everything that a good dataset does not have; what is structural, first and alone."""
    return structural(dataset) or [
        fault._replace(rule=name) for name, rule in RULES.items() for fault in rule(dataset)
    ]


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


def _bad_ids(dataset: Dataset) -> Iterator[Fault]:
    places: dict[str, _Place] = {}
    for place, record in _records(dataset):
        id = record.id
        is_kebab_case = id.isascii() and id == id.lower() and all(map(str.isalnum, id.split("-")))
        if not is_kebab_case:
            yield place.fault('the id is not kebab-case, such as "industrial-employment"')
        elif len(id) > MAX_ID_CHARS:
            yield place.fault(f"the id has {len(id)} characters, at most {MAX_ID_CHARS}")
        first = places.setdefault(record.id, place)
        if first is not place:
            yield place.fault(f"the id stands already at {first.file}:{first.line}")


def _dangling_ids(dataset: Dataset, read: frozenset[str] | None) -> Iterator[Fault]:
    tables = {name: {record.id for record in records} for name, _, records in _tables(dataset)}
    unread = set() if read is None else {*tables} - {*read, "sections"}
    release = (_Place("release.yaml", 0, ""), dataset.release)
    for place, record in [release, *_records(dataset)]:
        for owner in (record, *getattr(record, "offices", ())):
            for field, targets in REFERENCES.items():
                ids = getattr(owner, field, None)
                if ids is None or unread.intersection(targets) or field == "sections":
                    continue
                for id in (ids,) if isinstance(ids, str) else ids:
                    if not any(id in tables[target] for target in targets):
                        yield place.fault(_dangling(field, id, targets, tables))


def _dangling(field: str, id: str, targets: tuple[str, ...], tables: Mapping[str, set[str]]) -> str:
    home = next((name for name, ids in tables.items() if id in ids), None)
    if home:
        return f"{field}: {shown(id)} stands in {home}, not in {' or '.join(targets)}"
    known = sorted(id for target in targets for id in tables[target] if len(id) <= MAX_ID_CHARS)
    return f"{field}: no {shown(id)} in {' or '.join(targets)}{nearest(id, known)}"


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
                near = nearest(id, sorted(id for id in known if len(id) <= MAX_ID_CHARS))
                yield place.fault(f"no stat {shown(id)}{near}")
                sound = False
        if len(inputs) < 2 or (record.formula.operation == "ratio" and len(inputs) > 2):
            yield place.fault(f"a {record.formula.operation} takes two inputs")
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
        yield place.fault(
            f"goes round in a circle: {' → '.join(id[:MAX_ID_CHARS] for id in names)}"
        )
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
            yield place.fault("divides by zero")
        except OverflowError:
            yield place.fault("its result is too large")


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
            yield place.fault(f"{words} words, at most {MAX_EXCERPT_WORDS}")
        if chars > MAX_EXCERPT_CHARS:
            yield place.fault(f"{chars} characters, at most {MAX_EXCERPT_CHARS}")
        for field in ("prefix", "suffix"):
            if len((getattr(claim, field) or "").split()) > 1:
                yield place.fault(f"{field}: one word is enough")


def _written(dataset: Dataset) -> Iterator[Fault]:
    from essfacts.numbers import plain, read, read_one

    for place, stat in _of(dataset, model.Stat):
        written = re.escape(plain(stat.written))
        if not re.search(rf"(?<![a-z\d]){written}(?![a-z\d])", plain(stat.excerpt)):
            yield place.fault(f"{shown(stat.written)} does not stand in the excerpt")
            continue
        number = read_one(stat.written)
        if number is None:
            yield place.fault(f"{shown(stat.written)} does not read as one number")
        elif number.amount not in {other.amount for other in read(plain(stat.excerpt), "fr")}:
            yield place.fault(f"{shown(stat.written)} is only a part of the excerpt's number")


def _values(dataset: Dataset) -> Iterator[Fault]:
    from essfacts.numbers import read_one

    for place, stat in _of(dataset, model.Stat):
        number = read_one(stat.written)
        if number and number.amount != _amount(stat, dataset):
            read = f"{round(number.value, 9):g}{number.sign.strip('/')}"
            yield place.fault(
                f"{stat.value:g} in {shown(stat.unit)}, but {shown(stat.written)} reads as {read}"
            )


def _amount(stat: model.Stat, dataset: Dataset) -> tuple[float, str]:
    """Give what a stat comes to, as `Quantity.amount` does for what is written."""
    from essfacts.numbers import rounded

    unit = next((unit for unit in dataset.units if unit.id == stat.unit), None)
    money = unit.symbol if unit and unit.symbol in {"€", "$", "£"} else None
    return rounded(
        stat.value * dataset.worths[stat.id]
    ), "%" if unit and unit.percent else money or ""


def _approximations(dataset: Dataset) -> Iterator[Fault]:
    from essfacts.prose import figure, say

    allowed = get_args(model.Approximation)
    for place, stat in _of(dataset, model.Stat):
        if stat.approximation not in allowed:
            yield place.fault(
                f"no {shown(stat.approximation)}{nearest(stat.approximation, allowed)}"
            )
            continue
        excerpt, written = say(stat.excerpt, "fr"), figure(_amount(stat, dataset))
        said = [fact.rpartition(" ") for fact in chain(*excerpt["numbers"])]
        hedges = {hedge or "exact" for hedge, _, number in said if number == written}
        if excerpt["hedges"].said["on-average"]:
            hedges = {"on-average"}
        # « En moyenne » may stand far from its number; other hedges touch theirs.
        elif stat.approximation == "on-average":
            hedges.discard("exact")
        if hedges and stat.approximation not in hedges:
            yield place.fault(f"{stat.approximation}, but the excerpt's number is {min(hedges)}")


def _quotations(dataset: Dataset) -> Iterator[Fault]:
    sources = {source.id: source for source in dataset.sources}
    for quote in dataset.quotes:
        place = _Place("quotes.yaml", quote.line, quote.id)
        if fold(quote.excerpt) not in fold(quote.words):
            yield place.fault("the excerpt does not stand in the words of the quotation")
        for id in quote.sources:
            if id in sources and quote.speaker not in sources[id].producers:
                yield place.fault(
                    f"the source {shown(id)} is not the word of {shown(quote.speaker)}"
                )


def _use(dataset: Dataset) -> Iterator[Fault]:
    used: Counter[str] = Counter()
    for owner in [dataset.release, *dataset.records()]:
        for part in (owner, *getattr(owner, "offices", ())):
            for field in REFERENCES:
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
            yield place.fault(f"{shown(source.url)} is not a web address")


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


# What the texts of a record say, compared with each other and with what the record holds.


def _pairs(record: Any) -> Iterator[tuple[str, str, str]]:
    """Go through the texts that a record has in French and in English, by field."""
    for field in record.__dataclass_fields__:
        value = getattr(record, field)
        for part in value if isinstance(value, tuple) else (value,):
            text = part.title if isinstance(part, model.Office) else part
            if isinstance(text, model.Text):
                yield field, text.fr, text.en
    if isinstance(record, model.Quote):
        yield "words", record.words, record.translation


def _compared(rule: str) -> Callable[[Dataset], Iterator[Fault]]:
    """Make the rule that French, English and the excerpt say the same, which something vouches for."""

    def compare(dataset: Dataset) -> Iterator[Fault]:
        from essfacts.prose import say

        for place, record in _records(dataset):
            vouched = _vouched(rule, record, dataset)
            for field, text, translation in _pairs(record):
                fr, en = say(text, "fr")[rule], say(translation, "en")[rule]
                for fact in fr.said - en.said - en.may:
                    yield place.fault(f"{field}: {shown(fact)} in French, not in English")
                for fact in en.said - fr.said - fr.may:
                    yield place.fault(f"{field}: {shown(fact)} in English, not in French")
                for fact in fr.said if vouched is not None and field != "words" else ():
                    if fact.rpartition(" ")[2] not in vouched:
                        yield place.fault(f"{field}: nothing vouches for {shown(fact)}")
            if isinstance(record, model.Claim):
                fr, excerpt = say(record.text.fr, "fr")[rule], say(record.excerpt, "fr")[rule]
                own = _own_fact(rule, record, dataset)
                for fact in excerpt.said - fr.said - fr.may:
                    if rule != "dates" or fact != own:
                        yield place.fault(f"text: lacks {shown(fact)}, which the excerpt has")
                if own and own not in {*chain(*fr, *excerpt)}:
                    yield place.fault(f"text: lacks {shown(own)}")

    return compare


def _own_fact(rule: str, claim: model.Claim, dataset: Dataset) -> str:
    """Give what the other fields of a claim say: its value, its approximation or its date."""
    from essfacts.prose import figure

    if rule == "dates":
        return claim.date or ""
    if not isinstance(claim, model.Stat) or rule == "negations":
        return ""
    approximation = claim.approximation
    if rule == "hedges":
        return approximation if approximation == "on-average" else ""
    hedge = "" if approximation in {"exact", "on-average"} else approximation
    return f"{hedge} {figure(_amount(claim, dataset))}".strip()


def _vouched(rule: str, record: Any, dataset: Dataset) -> set[str] | None:
    """Give the facts that a text may hold: its record's own and those of claims on its topics."""
    from essfacts.prose import figure, say

    ids = record.formula.inputs if isinstance(record, model.Computed) else ()
    if isinstance(record, model.Claim):
        found = {fact.rpartition(" ")[2] for fact in chain(*say(record.excerpt, "fr")[rule])}
        found.add(_own_fact(rule, record, dataset).rpartition(" ")[2])
    elif ids and rule in {"numbers", "dates"}:
        found = set()
    else:
        return None
    if rule in {"negations", "hedges"}:
        loose = {"can"} if isinstance(record, model.Stat) else {"can", "on-average"}
        return found | loose | {*say(getattr(record, "words", ""), "fr")[rule].said}
    related = [claim for claim in dataset.claims if {*record.topics} <= {*claim.topics}]
    for date in (claim.date for claim in related if claim.date):
        # A date vouches for itself without its year, its month or its day.
        found |= {date, date[:4], date[4:], date[:7]}
    if isinstance(record, model.Claim):
        found.add(str(len(record.organisations)))
        related = [record] if isinstance(record, model.Stat) else related
    else:
        formulas = [record, *(step for step in dataset.computed if step.id in ids)]
        found |= {str(len(step.formula.inputs)) for step in formulas}
        found |= {figure((dataset.values[step.id], "")) for step in formulas}
        inputs = [stat for stat in dataset.stats if stat.id in ids]
        is_sum = record.formula.operation == "sum"
        related = [c for c in related if c not in inputs] if is_sum else related + inputs
    return found | {figure(_amount(c, dataset)) for c in related if isinstance(c, model.Stat)}


def _names(dataset: Dataset) -> Iterator[Fault]:
    """Names are the same in French, English and the excerpt, and the record's own."""
    from essfacts.prose import Names, lacks

    named = [*dataset.organisations, *dataset.people]
    names = Names({name: body.id for body in named for name in (body.name, *body.aliases)})
    known = _known_words(dataset)
    for place, record in _records(dataset):
        for field, fr, en in _pairs(record):
            if [*dict.fromkeys(names.of(fr))] != [*dict.fromkeys(names.of(en))]:
                yield place.fault(f"{field}: other names in French than in English")
            if isinstance(record, model.Claim | model.Computed):
                both = [(en, word) for word in names.capitals(fr)]
                both += [(fr, word) for word in names.capitals(en)]
                for word in (word for text, word in both if lacks(text, word)):
                    yield place.fault(f"{field}: {shown(word)} in one language, not in the other")
                strange = [id for id in names.of(fr) if id not in _own_names(record, dataset)]
                strange += [word for word in names.capitals(fr) if lacks(known, word)]
                for name in strange if field != "words" else ():
                    yield place.fault(f"{field}: nothing vouches for {shown(name)}")
        if isinstance(record, model.Claim):
            text, excerpt = record.text.fr, record.excerpt
            lacking = [*(Counter(names.of(excerpt)) - Counter(names.of(text)))]
            lacking += [word for word in names.capitals(excerpt) if lacks(text, word)]
            for name in lacking:
                yield place.fault(f"text: lacks {shown(name)}, which the excerpt has")


def _own_names(record: Any, dataset: Dataset) -> set[str]:
    """Give the ids of whom a record may name: its organisations, its speaker, its sources'."""
    found: set[str] = set()
    for claim in dataset.behind(record) if isinstance(record, model.Computed) else [record]:
        found |= {*getattr(claim, "organisations", ()), getattr(claim, "speaker", "")}
        ids = getattr(claim, "sources", ())
        found.update(*(source.producers for source in dataset.sources if source.id in ids))
    return found


def _known_words(dataset: Dataset) -> str:
    """Join all that may vouch for a word with a capital: everything but the claims' own texts."""
    texts = [dataset.release.title]
    for _, record in _records(dataset):
        if isinstance(record, model.Claim):
            texts += (record.excerpt, getattr(record, "words", ""))
        elif not isinstance(record, model.Computed):
            texts += (text for _, text in _texts(record))
    return " ".join(texts)


RULES: Mapping[str, Callable[[Dataset], Iterator[Fault]]] = {
    "languages": _languages,
    "sources": _sources,
    "excerpt": _excerpts,
    "written": _written,
    "value": _values,
    "approximation": _approximations,
    "numbers": _compared("numbers"),
    "dates": _compared("dates"),
    "negations": _compared("negations"),
    "hedges": _compared("hedges"),
    "names": _names,
    "quotations": _quotations,
    "unused": _use,
    "url": _urls,
    "spreadsheets": _spreadsheets,
}
