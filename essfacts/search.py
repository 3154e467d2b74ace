"""Ranked search, for half a memory and a slip of the keyboard.

Each word of a query is met by itself, by a word of its family, by a synonym that the dataset has,
or with a slip of the keyboard undone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from itertools import chain
from math import inf
from operator import add, mul
from os.path import commonprefix
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts import model
from essfacts.errors import NothingFound, RequestError
from essfacts.language import LANGUAGES, format_date, format_number, significant
from essfacts.query import names
from essfacts.terms import STOP_WORDS, WORD, parts, row, stem
from essfacts.text import fold, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from essfacts.model import Dataset

MAX_WORDS = 64
_EXCERPT = 100
_PER_CENT = re.compile(r"\bp(?:our|er) ?cent\b")
# How people call a kind of claim when they have only half a memory of it.
KIND_WORDS: Mapping[str, str] = {
    "stat": "stat figure number chiffre nombre statistique combien many much"
    " share part proportion percentage pourcentage weight poids",
    "lever": "lever levier",
    "quote": "quote quotation citation said says declared dit declare parole",
    "effect": "effect effet",
    "example": "example exemple",
    "action": "action",
    "method": "method methode methodologie methodology",
    "profile": "profile presentation propos",
}


# What is searched of a record.


class Field(NamedTuple):
    """A text that is searched, and what it weighs."""

    name: str
    text: str
    weight: float
    language: str | None = None


_WEIGHTS: Mapping[str, float] = {
    "name": 1.5,
    "text": 1,
    "counts": 1,
    "written": 1,
    "excerpt": 1,
    "words": 0.5,
    "translation": 0.5,
    "description": 0.6,
    "id": 1,
}
_AROUND = 0.3
_LANGUAGE_OF = {"excerpt": "fr", "written": "fr", "words": "fr", "translation": "en"}


def _fields(item: Any, dataset: Dataset) -> Iterator[Field]:
    for name, weight in _WEIGHTS.items():
        value = getattr(item, name, None)
        if isinstance(value, model.Text):
            yield Field(name, value.fr, weight, "fr")
            yield Field(name, value.en, weight, "en")
        elif value and (isinstance(item, model.Claim | model.Computed) or name == "description"):
            yield Field(name, value, weight, _LANGUAGE_OF.get(name))
    if isinstance(item, model.Claim):
        yield from _of_claim(item, dataset)
    elif isinstance(item, model.Computed):
        value = significant(dataset.values[item.id])
        yield Field("value", format_number(value, "en"), 1)
        yield from _around(item, "stat", dataset)
    else:
        yield from _of_named(item, dataset)


def _of_claim(claim: model.Claim, dataset: Dataset) -> Iterator[Field]:
    if claim.date:
        yield Field("date", claim.date, 1)
        for language in LANGUAGES:
            yield Field("date", format_date(claim.date, language), 1, language)
    if isinstance(claim, model.Stat):
        unit: Any = dataset.by_id[claim.unit]
        if unit.percent not in {None, 1}:
            percent = claim.value * unit.percent
            shares = {round(percent, 1), round(percent), percent // 1}
            yield Field("value", " ".join(f"{share:g} %" for share in sorted(shares)), 1)
    if isinstance(claim, model.Quote):
        for field in _of_named(dataset.by_id[claim.speaker], dataset):
            yield field._replace(name="speaker", weight=_AROUND)
    yield from _around(claim, claim.kind, dataset)


def _around(item: Any, kind: str, dataset: Dataset) -> Iterator[Field]:
    """Give what stands around a claim: its kind, topics, organisations and notes."""
    yield Field("kind", KIND_WORDS[kind], 3)
    for name in ("topics", "organisations", "sources"):
        for id in getattr(item, name, ()):
            record: Any = dataset.by_id[id]
            # The release and the study vouch for most claims: their titles tell none apart.
            if getattr(record, "type", "footnote") in {"footnote", "cross-reference"}:
                for text in names(record, dataset):
                    yield Field(name, text, _AROUND)


def _of_named(record: Any, dataset: Dataset) -> Iterator[Field]:
    """Give the names of a record, and of the offices of a person."""
    weight = 1.5 if isinstance(record, model.Person) else _AROUND
    for text in names(record, dataset):
        yield Field("name", text, weight)
    for office in getattr(record, "offices", ()):
        yield Field("title", office.title.fr, 0.9, "fr")
        yield Field("title", office.title.en, 0.9, "en")
        for text in names(dataset.by_id[office.organisation], dataset):
            yield Field("organisation", text, 0.6)


# What a query asks for.


class Way(NamedTuple):
    """One way to meet words of a query: a term, and those that follow it."""

    concepts: tuple[int, ...]
    rest: tuple[str, ...]
    quality: float


Ways = dict[str, list[Way]]
"""By its first term, how a text may meet what is asked."""


def _spots(terms: Sequence[str], ways: Ways) -> Iterator[tuple[int, int, Way]]:
    """Go through what a row of terms has of what is asked: from, to, and in which way."""
    for at, term in enumerate(terms):
        for way in ways.get(term, ()):
            end = at + 1 + len(way.rest)
            if not way.rest or tuple(terms[at + 1 : end]) == way.rest:
                yield at, end, way


class _Query:
    """The words of a query, each a concept, and the ways in which they may be met."""

    def __init__(self, query: str, counts: Counter[str], dataset: Dataset) -> None:
        self.ways: Ways = {}
        self.counts = counts
        # What is typed, and the terms that it may be.
        self.concepts: list[tuple[str, tuple[str, ...]]] = []
        # The concepts that a phrase wants right after the one before.
        self.together: set[int] = set()
        # What no text has, as it is typed.
        self.unknown: dict[str, int] = {}
        self.groups: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        for synonyms in dataset.synonyms:
            group = {row(words) for words in synonyms.words}
            for known in group:
                self.groups[known] = self.groups.get(known, set()) | group
        self.vocabulary = sorted({*counts, *(known[0] for known in self.groups if len(known) == 1)})
        words = _PER_CENT.sub("%", fold(query)).split()
        self.truncated = len(words) > MAX_WORDS
        for number, text in enumerate(" ".join(words[:MAX_WORDS]).split('"')):
            begun = len(self.concepts)
            read = [(text[part.start : part.end], part.terms) for part in parts(text)]
            self.concepts += read[: MAX_WORDS - begun]
            if number % 2:
                self.together.update(range(begun + 1, len(self.concepts)))
        at = 0
        while at < len(self.concepts):
            at += self._meet_phrase(at) or self._meet_word(at)

    def _add(self, concepts: Iterable[int], terms: Sequence[str], quality: float) -> bool:
        """Add a way and the synonyms of its terms; tell whether a text may have one of them."""
        concepts, terms = tuple(concepts), tuple(terms)
        others = self.groups.get(terms, set()) - {terms}
        for known, worth in ((terms, quality), *((other, quality * 0.8) for other in others)):
            self.ways.setdefault(known[0], []).append(Way(concepts, known[1:], worth))
        return any(self.counts.keys() >= {*known} for known in (terms, *others))

    def _meet_phrase(self, start: int) -> int:
        """Meet the longest phrase that has synonyms; tell how many concepts it takes."""
        for end in range(min(len(self.concepts), start + 5), start + 1, -1):
            terms = [forms[0] for _, forms in self.concepts[start:end]]
            if tuple(terms) in self.groups and self._add(range(start, end), terms, 1):
                for concept, term in enumerate(terms, start):
                    self.ways.setdefault(term, []).append(Way((concept,), (), 1))
                return end - start
        return 0

    def _meet_word(self, concept: int) -> int:
        word, forms = self.concepts[concept]
        family = [member for form in forms for member in self._family(form)]
        if not any([self._add([concept], [term], quality) for term, quality in family]):
            self.unknown[word] = concept
        return 1

    def _family(self, term: str) -> Iterator[tuple[str, float]]:
        """Give a term, those that it begins if it is unknown, and those of its family."""
        yield term, 1
        head = term[:6]
        first = bisect_left(self.vocabulary, head)
        if len(term) < 3 or not (term.isalpha() or "-" in term):
            return
        is_known = term in self.counts or (term,) in self.groups
        for at in range(first, len(self.vocabulary)):
            other = self.vocabulary[at]
            shared = len(commonprefix((term, other)))
            if shared < len(head):
                return
            if shared == len(term) != len(other) and not is_known:
                yield other, 0.5
            elif other != term and shared > 5 and max(len(term), len(other)) - shared < 6:
                yield other, 0.5

    def undo_slips(self, spellings: Mapping[str, str]) -> dict[str, str]:
        """Read unknown words as known ones that a slip of the keyboard parts from them."""
        read_as = {}
        for typed, concept in self.unknown.items():
            slips = [known for known in spellings if _one_slip(typed, known)]
            if slips:
                best = max(slips, key=lambda known: (self.counts[stem(known)], known))
                read_as[typed] = spellings[best]
                self._add([concept], [stem(best)], 0.5)
        return read_as


def _one_slip(word: str, known: str) -> bool:
    """Tell whether one letter lost, added or changed, or two swapped, parts two words.

    Short words have many neighbours: no slip is at their beginning, and none is a change in less
    than six letters.
    """
    if len(word) < 5 or word[0] != known[0] or abs(len(word) - len(known)) > 1:
        return False
    start = len(commonprefix((word, known)))
    one, other = word[start:], known[start:]
    return (
        (one[1:] == other[1:] and len(word) > 5)
        or one[1:] == other
        or one == other[1:]
        or (len(one) > 1 and one[1::-1] == other[:2] and one[2:] == other[2:])
    )


def _spellings(items: Iterable[Any], dataset: Dataset) -> dict[str, str]:
    """Give the words that are searched, folded, each as it is printed."""
    texts = {field.text for item in items for field in _fields(item, dataset)}
    texts.update(word for synonyms in dataset.synonyms for word in synonyms.words)
    words = sorted({word.lower() for text in texts for word in WORD.findall(text)})
    known = {fold(word): word for word in words if len(word) > 2 and word.isalpha()}
    return {folded: word for folded, word in known.items() if folded not in STOP_WORDS}


# What is found.


class Hit(NamedTuple):
    """A record that a search found, and how well; `loosened` says how it is not all as typed.

    `partial`: it lacks some of the words; `apart`: it has those of a phrase apart; `slip`: a word
    is read as another; `truncated`: only the first words of the query were read.
    """

    item: Any
    score: float
    loosened: tuple[str, ...] = ()


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
        spots = _spots([part.terms[0] for part in found], self.ways)
        return [(found[start].start, found[end - 1].end) for start, end, _ in spots]

    def match(self, hit: Hit, dataset: Dataset, language: str | None = None) -> dict[str, Any]:
        """Give the field that has most of what was asked, its words around it, and `loosened`.

        Of fields that have as much, one in the language comes first.
        """

        def has(field: Field) -> tuple[float, bool, float]:
            met = _met(row(field.text, field.language), self.ways)
            return sum(met.values()), field.language == language, field.weight

        field = max(_fields(hit.item, dataset), key=has)
        text = _around_mark(field.text, self.marks(field.text, field.language))
        return {"field": field.name, "text": text, "loosened": list(hit.loosened)}


def _around_mark(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """Cut a long text to the words around its first mark."""
    start = max(0, marks[0][0] - _EXCERPT // 3) if marks and len(text) > _EXCERPT else 0
    start = text.find(" ", start) + 1 if start else 0
    end = start + _EXCERPT
    end = text.rfind(" ", start, end) if end < len(text) else len(text)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def _met(terms: Sequence[str], ways: Ways) -> dict[int, float]:
    """Give how well a row of terms meets each concept that it meets."""
    met: dict[int, float] = {}
    for _, _, way in _spots(terms, ways):
        for concept in way.concepts:
            met[concept] = max(met.get(concept, 0), way.quality)
    return met


class _Match:
    """How well a record meets each concept, and each right after the one before."""

    def __init__(self, size: int) -> None:
        self.scores = [0.0] * size
        self.pairs = [0.0] * size
        # A name, or a whole title: what is typed to find a press contact.
        self.is_named = False

    def add(self, field: Field, terms: Sequence[str], ways: Ways) -> None:
        weight = field.weight / (10 + len(terms)) ** 0.5
        ends: set[tuple[int, int]] = set()
        joined: set[int] = set()
        for start, end, way in _spots(terms, ways):
            first, *rest = way.concepts
            if (first - 1, start) in ends:
                rest.append(first)
                joined.add(start)
            for concept in rest:
                self.pairs[concept] = max(self.pairs[concept], way.quality * weight)
            joined.update(range(start + 1, end))
            ends.add((way.concepts[-1], end))
        for concept, quality in _met(terms, ways).items():
            low, high = sorted((self.scores[concept], quality * weight))
            self.scores[concept] = high + 0.3 * low
        is_whole = field.name == "title" and len(joined) >= len(terms) - 1
        self.is_named = self.is_named or (bool(ends) and (field.name == "name" or is_whole))

    @property
    def met(self) -> int:
        return sum(score > 0 for score in self.scores)


def search(items: Sequence[Any], dataset: Dataset, query: str) -> Found:
    """Rank the items that a query finds, best first; of a long query, MAX_WORDS words are read.

    All words must be met; where no item meets them all, those that meet most are found. Items
    that have a quoted phrase together come before those that have its words apart. A press
    contact is found by name or by a whole title alone. Raises NothingFound with the nearest
    words, RequestError where there is nothing to search for.
    """
    rows = [[row(field.text, field.language) for field in _fields(item, dataset)] for item in items]
    asked = _Query(query, Counter(chain.from_iterable(chain.from_iterable(rows))), dataset)
    if not asked.concepts:
        message = 'nothing to search for: give words, a figure or a "quoted phrase"'
        raise RequestError(message)
    read_as = asked.undo_slips(_spellings(items, dataset)) if asked.unknown else {}
    matches = list(_matches(items, rows, asked, dataset))
    if not matches:
        nearest = _nearest_words(asked.concepts, _spellings(items, dataset))
        message = f"nothing has {printable(query)}: nearest words: {nearest}"
        raise NothingFound(message)
    most = max(match.met for _, match in matches)
    spread = [sum(map(bool, column)) for column in zip(*(match.scores for _, match in matches))]
    rarity = [1 / max(1, count) ** 0.5 for count in spread]
    # Words that a quarter of all have tell none apart: these keep the dataset's order.
    cap = 0.12 if min(spread) > len(items) / 4 else inf
    reasons = {"partial": most < len(rarity), "slip": read_as, "truncated": asked.truncated}
    loosened = tuple(how for how, holds in reasons.items() if holds)
    hits = []
    for item, match in matches:
        if match.met == most:
            apart = ("apart",) * (not all(match.pairs[concept] for concept in asked.together))
            totals = [min(cap, score) + pair for score, pair in zip(match.scores, match.pairs)]
            score = sum(map(mul, totals, rarity))
            hits.append(Hit(item, score, (*loosened, *apart)))
    hits.sort(key=lambda hit: ("apart" in hit.loosened, -hit.score))
    return Found(hits, asked.ways, read_as)


def _matches(
    items: Iterable[Any], rows: Iterable[Any], asked: _Query, dataset: Dataset
) -> Iterator[tuple[Any, _Match]]:
    """Go through the items that meet anything of what is asked."""
    wanted = asked.ways.keys()
    for item, terms in zip(items, rows, strict=True):
        if all(map(wanted.isdisjoint, terms)):
            continue
        match = _Match(len(asked.concepts))
        for field, own in zip(_fields(item, dataset), terms, strict=True):
            if not wanted.isdisjoint(own):
                match.add(field, own, asked.ways)
        is_contact = getattr(item, "email", None) or getattr(item, "phone", None)
        if match.met and (match.is_named or not is_contact):
            yield item, match


def have_all(items: Sequence[Any], dataset: Dataset, query: str) -> list[Any]:
    """Give the items that have all the words of a query, as they are typed, best first."""
    try:
        found = search(items, dataset, query)
    except NothingFound:
        return []
    return [hit.item for hit in found.hits if not {"partial", "slip"}.intersection(hit.loosened)]


def _nearest_words(concepts: Iterable[tuple[str, Any]], spellings: Mapping[str, str]) -> str:
    from difflib import get_close_matches

    near: dict[str, None] = {}
    for word, _ in concepts:
        if word.isalpha():
            near |= dict.fromkeys(get_close_matches(word[:40], spellings, n=3, cutoff=0))
    return ", ".join(spellings[word] for word in near)
