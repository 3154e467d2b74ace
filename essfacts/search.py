"""Ranked search, for half a memory and a slip of the keyboard.

Each word of a query is met by itself, by a word of its family, by a synonym that the dataset has,
or with a slip of the keyboard undone.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts import model
from essfacts.errors import NothingFound, RequestError
from essfacts.language import LANGUAGES, format_date, format_number, significant
from essfacts.query import names
from essfacts.terms import STOP_WORDS, WORD, parts, row
from essfacts.text import fold
from essfacts.ways import Query, Ways, met, spots

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from essfacts.model import Dataset

_EXCERPT = 100


# What is searched of a record.


class Field(NamedTuple):
    """A text that is searched, what it weighs, and its language where it has one."""

    name: str
    text: str
    weight: float
    language: str | None = None


# What a record is called weighs more than what it says, what stands around it or at length less.
_CALLED, _ASIDE = 1.5, 0.5
_WEIGHTS: Mapping[str, float] = {
    "name": _CALLED,
    "text": 1,
    "counts": 1,
    "excerpt": 1,
    "id": 1,
    "words": _ASIDE,
    "translation": _ASIDE,
    "description": _ASIDE,
}
_LANGUAGE_OF = {"excerpt": "fr", "words": "fr", "translation": "en"}


def _fields(item: Any, dataset: Dataset) -> Iterator[Field]:
    is_claim = isinstance(item, model.Claim | model.Computed)
    for name, weight in _WEIGHTS.items():
        value = getattr(item, name, None)
        if isinstance(value, model.Text):
            yield from _in_both(name, value, weight)
        elif value and is_claim:
            yield Field(name, value, weight, _LANGUAGE_OF.get(name))
    if date := getattr(item, "date", None):
        both = model.Text(**{language: format_date(date, language) for language in LANGUAGES})
        yield from (Field("date", date, 1), *_in_both("date", both, 1))
    if number := _as_printed(item, dataset):
        yield Field("value", number, 1)
    yield from (_around if is_claim else _of_named)(item, dataset)


def _in_both(name: str, text: model.Text, weight: float) -> Iterator[Field]:
    for language in LANGUAGES:
        yield Field(name, getattr(text, language), weight, language)


def _as_printed(item: Any, dataset: Dataset) -> str | None:
    """Give the number of a computed stat, and the percents that a fraction may be rounded to."""
    if isinstance(item, model.Computed):
        return format_number(significant(dataset.values[item.id], dataset.digits[item.id]), "en")
    unit = dataset.named("unit", item.unit) if isinstance(item, model.Stat) else None
    if not unit or unit.percent in {None, 1}:
        return None
    percent = item.value * unit.percent
    return " ".join(f"{p:g} %" for p in sorted({percent // 1, round(percent, 1), round(percent)}))


def _around(claim: Any, dataset: Dataset) -> Iterator[Field]:
    """Give what stands around a claim: its kind, topics, organisations, notes and speaker."""
    kind = model.KINDS[getattr(claim, "kind", "stat")]
    yield Field("kind", f"{kind.noun.fr} {kind.noun.en} {kind.typed}", 1)
    for name in ("topics", "organisations", "sources"):
        for id in getattr(claim, name, ()):
            record = dataset.named(name, id)
            # The release and the study vouch for most claims: their titles tell none apart.
            if getattr(record, "type", "footnote") in {"footnote", "cross-reference"}:
                for text in reversed(names(record, dataset)):
                    yield Field(name, text, _ASIDE)
    if isinstance(claim, model.Quote):
        for field in _of_named(dataset.named("speaker", claim.speaker), dataset):
            yield field._replace(name="speaker", weight=_ASIDE)


def _of_named(record: Any, dataset: Dataset) -> Iterator[Field]:
    """Give the names of a record, and the offices of a person.

    Who is looked for by name or office is looked for; an organisation, for what is said of it.
    """
    for text in reversed(names(record, dataset)):
        yield Field("name", text, _CALLED if isinstance(record, model.Person) else _ASIDE)
    for office in getattr(record, "offices", ()):
        yield from _in_both("title", office.title, 1)
        for text in names(dataset.named("organisation", office.organisation), dataset):
            yield Field("organisation", text, 1)


def _spellings(items: Iterable[Any], dataset: Dataset) -> dict[str, str]:
    """Give the words that are searched, folded, each as it is printed."""
    texts = {field.text for item in items for field in _fields(item, dataset)}
    texts.update(chain.from_iterable(synonyms.words for synonyms in dataset.synonyms))
    words = sorted({word.lower() for text in texts for word in WORD.findall(text)})
    known = {fold(word): word for word in words if len(word) > 2 and word.isalpha()}
    return {folded: word for folded, word in known.items() if folded not in STOP_WORDS}


# What is found.


class Hit(NamedTuple):
    """A record that a search found, how well, and how it is not all that was typed.

    `loosened` may hold `partial` (some of the words are missing), `apart` (those of a phrase do
    not stand together), `slip` (a word was read as another), `truncated` (the query is too long).
    """

    item: Any
    score: float
    loosened: tuple[str, ...]
    rows: Sequence[Sequence[str]]


class Found(NamedTuple):
    """What a search found, best first; `read_as` maps words to what they were taken for."""

    hits: list[Hit]
    ways: Ways
    read_as: Mapping[str, str]

    def is_loosened(self, how: str) -> bool:
        """Tell whether all that was found is loosened in a way."""
        return all(how in hit.loosened for hit in self.hits)

    def marks(self, text: str, language: str | None = None) -> list[tuple[int, int]]:
        """Give where what was found stands in a text, as offsets."""
        found = list(parts(text, language))
        at = spots([part.terms[0] for part in found], self.ways)
        return [(found[start].start, found[end - 1].end) for start, end, _ in at]

    def match(self, hit: Hit, dataset: Dataset, language: str | None = None) -> dict[str, Any]:
        """Give the field that meets most of the query, and its words around the first that does.

        Of fields that meet as much, one in the language comes first, and what weighs most.
        """

        def rank(pair: tuple[Field, Sequence[str]]) -> tuple[float, ...]:
            field, terms = pair
            return len(met(terms, self.ways)), language in {None, field.language}, field.weight

        field, _ = max(zip(_fields(hit.item, dataset), hit.rows, strict=True), key=rank)
        text = _cut(field.text, self.marks(field.text, field.language))
        loosened = list(hit.loosened)
        return {"field": field.name, "language": field.language, "text": text, "loosened": loosened}


def _cut(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """Cut a long text to the words around its first mark."""
    start = max(0, marks[0][0] - _EXCERPT // 3) if marks and len(text) > _EXCERPT else 0
    start = text.find(" ", start) + 1 if start else 0
    end = start + _EXCERPT
    end = text.rfind(" ", start, end) if end < len(text) else len(text)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


class _Match:
    """How well a record meets each concept, and each right after the one before."""

    def __init__(self, item: Any, rows: Sequence[Sequence[str]], size: int) -> None:
        self.item, self.rows = item, rows
        self.fields: list[list[float]] = [[] for _ in range(size)]
        self.pairs = [0.0] * size
        # By a name or a whole title: so must a press contact be asked for.
        self.is_named = False

    def add(self, field: Field, terms: Sequence[str], ways: Ways) -> None:
        # A short text is more about each of its words.
        weight = field.weight / (5 + len(terms)) ** 0.5
        ends: set[tuple[int, int]] = set()
        joined: set[int] = set()
        for start, end, way in spots(terms, ways):
            first, *rest = way.concepts
            if (first - 1, start) in ends:
                rest.append(first)
                joined.add(start)
            for concept in rest:
                self.pairs[concept] = max(self.pairs[concept], way.quality * weight)
            joined.update(range(start + 1, end))
            ends.add((way.concepts[-1], end))
        for concept, quality in met(terms, ways).items():
            self.fields[concept].append(quality * weight)
        is_whole = field.name == "title" and len(joined) >= len(terms) - 1
        self.is_named = self.is_named or (bool(ends) and (field.name == "name" or is_whole))

    @property
    def met(self) -> int:
        return sum(map(bool, self.fields))

    def score(self, rarity: Sequence[float], cap: float) -> float:
        """Add up the best field of each concept, something for the others, and pairs."""
        total = 0.0
        for found, pair, rare in zip(self.fields, self.pairs, rarity, strict=True):
            best = max(found, default=0)
            total += rare * (min(cap, best + 0.3 * (sum(found) - best)) + pair)
        return total


def search(items: Sequence[Any], dataset: Dataset, query: str) -> Found:
    """Rank the items that a query finds, best first; of a long query, MAX_WORDS words are read.

    All words must be met; where no item meets them all, those that meet most are found. Items
    that have a quoted phrase together come before those that have its words apart. Among other
    records, a press contact is found by name or by a whole title alone. Raises NothingFound with
    the nearest words, RequestError where there is nothing to search for.
    """
    rows = [[row(field.text, field.language) for field in _fields(item, dataset)] for item in items]
    asked = Query(query, Counter(chain.from_iterable(chain.from_iterable(rows))), dataset.synonyms)
    if not asked.concepts:
        raise RequestError("nothing-to-search")
    read_as = asked.undo_slips(_spellings(items, dataset)) if asked.unknown else {}
    matches = list(_matches(items, rows, asked, dataset))
    if not matches:
        nearest = _nearest_words(asked.concepts, _spellings(items, dataset))
        raise NothingFound("nothing-has", value=query, values=nearest)
    spread = [sum(map(bool, column)) for column in zip(*(m.fields for m in matches), strict=True)]
    # Rare words tell more. Those that a quarter of all records have tell none of them apart: that
    # the record has them at all counts, and the dataset's order decides.
    rarity = [1 / max(1, count) ** 0.5 for count in spread]
    cap = 0.12 if min(spread) > len(items) / 4 else inf
    most = max(match.met for match in matches)
    reasons = {"partial": most < len(rarity), "slip": read_as, "truncated": asked.truncated}
    loosened = tuple(how for how, holds in reasons.items() if holds)
    hits = []
    for match in matches:
        if match.met == most:
            is_apart = not all(match.pairs[concept] for concept in asked.together)
            how = loosened + ("apart",) * is_apart
            hits.append(Hit(match.item, match.score(rarity, cap), how, match.rows))
    hits.sort(key=lambda hit: ("apart" in hit.loosened, -hit.score))
    return Found(hits, asked.ways, read_as)


def _matches(
    items: Sequence[Any], rows: Iterable[Any], asked: Query, dataset: Dataset
) -> Iterator[_Match]:
    """Go through the items that meet anything of what is asked."""
    is_mixed = not all(isinstance(item, model.Person) for item in items)
    wanted = asked.ways.keys()
    for item, terms in zip(items, rows, strict=True):
        if all(map(wanted.isdisjoint, terms)):
            continue
        match = _Match(item, terms, len(asked.concepts))
        for field, own in zip(_fields(item, dataset), terms, strict=True):
            if not wanted.isdisjoint(own):
                match.add(field, own, asked.ways)
        is_contact = isinstance(item, model.Person) and (item.email or item.phone)
        if match.met and not (is_mixed and is_contact and not match.is_named):
            yield match


def have_all(items: Sequence[Any], dataset: Dataset, query: str) -> list[Any]:
    """Give the items that have all the words of a query, as they are typed, best first."""
    try:
        found = search(items, dataset, query)
    except NothingFound:
        return []
    return [hit.item for hit in found.hits if not {"partial", "slip"}.intersection(hit.loosened)]


def _nearest_words(concepts: Iterable[tuple[str, Any]], spellings: Mapping[str, str]) -> list[str]:
    from difflib import get_close_matches

    near: dict[str, None] = {}
    for word, _ in concepts:
        if word.isalpha():
            near |= dict.fromkeys(get_close_matches(word[:40], spellings, n=3, cutoff=0))
    return [spellings[word] for word in near]
