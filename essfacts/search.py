"""Ranked search, for half a memory and a slip of the keyboard.

Each word of a query is met by itself, by a word of its family, by a synonym that the dataset has,
or with a slip of the keyboard undone.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts import model
from essfacts.errors import NothingFound, RequestError
from essfacts.language import LANGUAGES, format_number, message, month, significant
from essfacts.query import names
from essfacts.terms import STOP_WORDS, WORD, family, one_slip, parts, row, stem
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from essfacts.model import Dataset, Synonyms

MAX_WORDS = 64
_EXCERPT = 100
# What another word of a family, a synonym or a slip is worth.
_NEAR = 0.4
_MONTHS = {fold(month(number, name)) for number in range(1, 13) for name in LANGUAGES}
_PER_CENT = re.compile(r"\bp(?:our|er)\s?cent\b", re.IGNORECASE)


# What is searched of a record.


class Field(NamedTuple):
    """A text that is searched, what it weighs, and its language where it has one."""

    name: str
    text: str
    weight: float
    language: str | None = None

    def is_of(self, language: str | None) -> bool:
        """Tell whether a language is that of the text; a name is of all."""
        return language in {self.language, None} or self.language is None


# What a record is called weighs more than what it says, what stands around it or at length less.
_CALLED, _ASIDE = 1.5, 0.5
_WEIGHTS: Mapping[str, float] = {
    "name": _CALLED,
    "text": 1,
    "counts": 1,
    "excerpt": 1,
    "id": 1,
    "date": 1,
    "words": _ASIDE,
    "translation": _ASIDE,
    "description": _ASIDE,
}
_LANGUAGE_OF = {"excerpt": "fr", "words": "fr", "id": "en", "translation": "en"}


def _fields(item: Any, dataset: Dataset) -> Iterator[Field]:
    is_claim = isinstance(item, model.Claim | model.Computed)
    for name, weight in _WEIGHTS.items():
        value = getattr(item, name, None)
        if isinstance(value, model.Text):
            yield from _in_both(name, value, weight)
        elif value and is_claim:
            yield Field(name, value, weight, _LANGUAGE_OF.get(name))
    yield from (_around_claim if is_claim else _called)(item, dataset)


def _in_both(name: str, text: model.Text, weight: float) -> Iterator[Field]:
    return (Field(name, getattr(text, language), weight, language) for language in LANGUAGES)


def _around_claim(claim: Any, dataset: Dataset) -> Iterator[Field]:
    """Give the number of a claim as printed, its kind, topics, organisations, notes and speaker."""
    if isinstance(claim, model.Computed):
        value = significant(dataset.values[claim.id], dataset.digits[claim.id])
        yield Field("value", format_number(value, "en"), 1)
    unit = dataset.named("unit", claim.unit) if isinstance(claim, model.Stat) else None
    if unit and (unit.percent or 1) != 1:
        # A fraction may be rounded to any of these percents.
        percent = claim.value * unit.percent
        rounded = sorted({percent // 1, round(percent, 1), round(percent)})
        yield Field("value", " ".join(f"{value:g} %" for value in rounded), 1)
    kind = model.KINDS[getattr(claim, "kind", "stat")]
    yield Field("kind", f"{kind.noun.fr} {kind.noun.en} {kind.typed}", 1)
    for name in ("topics", "organisations", "sources"):
        for id in getattr(claim, name, ()):
            record = dataset.named(name, id)
            # The release and the study vouch for most claims: their titles tell none apart.
            if getattr(record, "type", "footnote") in {"footnote", "cross-reference"}:
                yield from _names(name, record, _ASIDE, dataset)
    if isinstance(claim, model.Quote):
        for field in _called(dataset.named("speaker", claim.speaker), dataset):
            yield field._replace(name="speaker", weight=_ASIDE)


def _names(name: str, record: Any, weight: float, dataset: Dataset) -> Iterator[Field]:
    own = getattr(record, "title", None) or record.name
    languages = {own.en: "en", own.fr: "fr"} if isinstance(own, model.Text) else {}
    for text in names(record, dataset)[::-1]:
        yield Field(name, text, weight, languages.get(text))


def _called(record: Any, dataset: Dataset) -> Iterator[Field]:
    """Give the names of a record, and the offices of a person.

    Who is looked for by name or office is looked for; an organisation, for what is said of it.
    """
    weight = _CALLED if isinstance(record, model.Person) else _ASIDE
    yield from _names("name", record, weight, dataset)
    for office in getattr(record, "offices", ()):
        yield from _in_both("title", office.title, 1)
        organisation = dataset.named("organisation", office.organisation)
        yield from (Field("organisation", text, 1) for text in names(organisation, dataset))


def _spellings(texts: Iterable[str]) -> dict[str, str]:
    """Give the words that are searched, folded, each as it is printed."""
    words = sorted({word.lower() for text in texts for word in WORD.findall(text)})
    known = {fold(word): word for word in words if word.isalpha()}
    return {folded: word for folded, word in known.items() if folded not in STOP_WORDS}


# What a query asks for, and every way in which a text may meet it.


class Concept(NamedTuple):
    """A word of a query: as typed, the terms that it may be, whether it must follow another."""

    word: str
    terms: tuple[str, ...]
    follows: bool


class Way(NamedTuple):
    """One way to meet concepts, by their number: a term, and those that follow it."""

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
            if tuple(terms[at + 1 : end]) == way.rest:
                yield at, end, way


def _met(terms: Sequence[str], ways: Ways) -> dict[int, float]:
    """Give how well a row of terms meets each concept that it meets."""
    found: dict[int, float] = {}
    for _, _, way in _spots(terms, ways):
        for concept in way.concepts:
            found[concept] = max(found.get(concept, 0), way.quality)
    return found


class _Query:
    """The words of a query, and the ways in which texts with such terms may meet them."""

    def __init__(
        self, query: str, counts: Counter[str], vocabulary: set[str], synonyms: tuple[Synonyms, ...]
    ) -> None:
        self.ways: Ways = {}
        self.counts = counts
        # The terms of words and phrases, with those that are taken for them, as they are written.
        self.groups: dict[tuple[str, ...], dict[tuple[str, ...], str]] = {}
        for alike in synonyms:
            group = {terms: words for words in reversed(alike.words) if (terms := row(words))}
            for known in group:
                self.groups[known] = self.groups.get(known, {}) | group
        self.vocabulary = vocabulary | {known[0] for known in self.groups if len(known) == 1}
        text = _PER_CENT.sub("%", re.sub("[«»“”„]", '"', query))
        concepts = [
            Concept(fold(phrase[part.start : part.end]), part.terms, bool(number % 2 and at))
            for number, phrase in enumerate(text.split('"'))
            for at, part in enumerate(parts(phrase))
        ]
        self.concepts, self.truncated = concepts[:MAX_WORDS], len(concepts) > MAX_WORDS
        # The concepts that some text may meet.
        self.known: set[int] = set()
        for at, concept in enumerate(self.concepts):
            for term in concept.terms:
                self._meet_word(at, concept.word, term, 1)
            for end in range(at + 2, min(len(self.concepts), at + 5) + 1):
                phrase = tuple(word.terms[0] for word in self.concepts[at:end])
                if phrase in self.groups:
                    self._meet(range(at, end), phrase, 1)

    def _meet_word(self, at: int, word: str, term: str, quality: float) -> None:
        self._meet([at], (term,), quality)
        typed = word if word.isalpha() else term
        near = () if word in _MONTHS else family(term, self.vocabulary, typed)
        for other in {*near}.difference(self.concepts[at].terms, {term}):
            self._meet([at], (other,), quality * _NEAR)

    def by_synonym(self) -> dict[str, list[str]]:
        """Give the words that no text has, with their synonyms that some text has."""
        found = {}
        for word, terms, _ in self.concepts:
            alike = self.groups.get(terms[:1], {})
            known = [said for other, said in alike.items() if self.counts.keys() >= {*other}]
            if known and self.counts.keys().isdisjoint(terms):
                found[word] = known
        return found

    def _meet(self, concepts: Sequence[int], terms: tuple[str, ...], quality: float) -> None:
        """Add a way, and the synonyms of its terms."""
        alike = {terms, *self.groups.get(terms, ())}
        for known in alike:
            worth = quality if known == terms else quality * _NEAR
            self.ways.setdefault(known[0], []).append(Way(tuple(concepts), known[1:], worth))
            if self.counts.keys() >= {*known}:
                self.known.update(concepts)

    def undo_slips(self, texts: Iterable[str]) -> dict[str, str]:
        """Read unknown words as those of texts that a slip of the keyboard parts from them."""
        unknown = {*range(len(self.concepts))} - self.known
        spellings, read_as = _spellings(texts) if unknown else {}, {}
        for at in sorted(unknown):
            typed = self.concepts[at].word
            slips = [known for known in spellings if one_slip(typed, known)]
            if slips and typed not in _MONTHS:
                best = max(slips, key=lambda known: self.counts[stem(known)])
                read_as[typed] = spellings[best]
                self._meet_word(at, best, stem(best), _NEAR)
        return read_as


# What is found.


class Hit(NamedTuple):
    """A record that a search found, how well, and how it is not all that was typed.

    `loosened` may hold `partial` (some of the words are missing), `apart` (those of a phrase do
    not stand together), `slip` (a word was read as another), `truncated` (the query is too long).
    """

    item: Any
    score: float
    loosened: tuple[str, ...]
    fields: Sequence[tuple[Field, Sequence[str]]]
    is_foreign: bool


class Found(NamedTuple):
    """What a search found, best first.

    `read_as` maps words to what they were taken for; `by_synonym`, those that no text has to their
    synonyms.
    """

    hits: list[Hit]
    ways: Ways
    read_as: Mapping[str, str]
    by_synonym: Mapping[str, Sequence[str]]

    def is_loosened(self, how: str) -> bool:
        """Tell whether all that was found is loosened in a way."""
        return all(how in hit.loosened for hit in self.hits)

    def marks(self, text: str, language: str | None = None) -> list[tuple[int, int]]:
        """Give where what was found stands in a text, as offsets."""
        found = list(parts(text, language))
        spots = _spots([part.terms[0] for part in found], self.ways)
        marks: list[tuple[int, int]] = []
        for start, end in sorted((start, -end) for start, end, _ in spots):
            if not marks or found[start].start >= marks[-1][1]:
                marks.append((found[start].start, found[-end - 1].end))
        return marks

    def match(self, hit: Hit, language: str | None = None) -> dict[str, Any]:
        """Give the field that meets most of the query, and its words around the first that does.

        Of fields that meet as much, one in the language comes first, and what weighs most.
        """

        def rank(pair: tuple[Field, Sequence[str]]) -> tuple[float, ...]:
            field, terms = pair
            return len(_met(terms, self.ways)), language in {None, field.language}, field.weight

        field, _ = max(hit.fields, key=rank)
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

    def __init__(
        self, fields: Iterable[tuple[Field, Sequence[str]]], asked: _Query, language: str | None
    ) -> None:
        self.found: list[list[float]] = [[] for _ in asked.concepts]
        self.pairs = [0.0 for _ in asked.concepts]
        # By a name or a whole title: so must a press contact be asked for.
        self.is_named = False
        own: set[int] = set()
        for field, terms in fields:
            self._add(field, terms, asked.ways)
            if field.is_of(language):
                own.update(_met(terms, asked.ways))
        self.met = sum(map(bool, self.found))
        # Some of it is met in the other language alone.
        self.is_foreign = len(own) < self.met
        pairs = zip(asked.concepts, self.pairs, strict=True)
        self.is_apart = any(concept.follows and not pair for concept, pair in pairs)

    def _add(self, field: Field, terms: Sequence[str], ways: Ways) -> None:
        # A short text is more about each of its words.
        weight = field.weight / (5 + len(terms)) ** 0.5
        spots = [*_spots(terms, ways)]
        ends = {(way.concepts[-1], end) for _, end, way in spots}
        for start, _, way in spots:
            first, *rest = way.concepts
            for concept in way.concepts if (first - 1, start) in ends else rest:
                self.pairs[concept] = max(self.pairs[concept], way.quality * weight)
        for concept, quality in _met(terms, ways).items():
            self.found[concept].append(quality * weight)
        has = {at for start, end, _ in spots for at in range(start, end)}
        self.is_named |= len(has) >= {"name": 1, "title": len(terms)}.get(field.name, inf)

    def score(self, rarity: Sequence[float], cap: float) -> float:
        """Add up the best field of each concept, something for the others, and pairs."""
        return sum(
            rare * (min(cap, max(found) + 0.3 * sum(found)) + pair)
            for found, pair, rare in zip(self.found, self.pairs, rarity, strict=True)
            if found
        )


def search(
    items: Sequence[Any], dataset: Dataset, query: str, language: str | None = None
) -> Found:
    """Rank the items that a query finds, best first; of a long query, MAX_WORDS words are read.

    All words must be met; where no item meets them all, those that meet most are found. Items
    that have a quoted phrase together come before those that have its words apart. Among other
    records, a press contact is found by name or by a whole title alone. Raises NothingFound with
    the nearest words of the language, RequestError where there is nothing to search for.
    """
    read = [[(f, row(f.text, f.language)) for f in _fields(item, dataset)] for item in items]
    counts = Counter(term for fields in read for _, terms in fields for term in terms)
    own = [pair for fields in read for pair in fields if pair[0].is_of(language)]
    vocabulary = {term for _, terms in own for term in terms}
    asked = _Query(query, counts, vocabulary, dataset.synonyms)
    if not asked.concepts:
        raise RequestError("nothing-to-search")
    words = chain.from_iterable(alike.words for alike in dataset.synonyms)
    read_as = asked.undo_slips(chain(words, (field.text for field, _ in own)))
    is_mixed = not all(isinstance(item, model.Person) for item in items)
    matches = [
        (item, match, fields)
        for item, fields in zip(items, read, strict=True)
        if (match := _Match(fields, asked, language)).met
        and (match.is_named or not (is_mixed and getattr(item, "email", None)))
    ]
    if not matches:
        near = _nearest(asked, _spellings(field.text for field, _ in own if field.language))
        hint = message("nearest-words", values=near) if near else message("nothing")
        raise NothingFound("nothing-has", value=query, hint=hint)
    columns = zip(*(match.found for _, match, _ in matches), strict=True)
    spread = [sum(map(bool, column)) for column in columns]
    # Rare words tell more. Those that a quarter of all records have tell none of them apart: that
    # the record has them at all counts, and the dataset's order decides.
    rarity = [1 / max(1, count) ** 0.5 for count in spread]
    cap = 0.12 if min(spread) > len(items) / 4 else inf
    most = max(match.met for _, match, _ in matches)
    reasons = {"partial": most < len(rarity), "slip": read_as, "truncated": asked.truncated}
    hits = []
    for item, match, fields in matches:
        if match.met == most:
            how = [how for how, holds in {**reasons, "apart": match.is_apart}.items() if holds]
            score = match.score(rarity, cap)
            hits.append(Hit(item, score, tuple(how), fields, match.is_foreign))
    hits.sort(key=lambda hit: ("apart" in hit.loosened, hit.is_foreign, -hit.score))
    return Found(hits, asked.ways, read_as, asked.by_synonym())


def have_all(items: Sequence[Any], dataset: Dataset, query: str) -> list[Any]:
    """Give the items that have all the words of a query, as they are typed, best first."""
    try:
        found = search(items, dataset, query)
    except NothingFound:
        return []
    return [hit.item for hit in found.hits if not {"partial", "slip"}.intersection(hit.loosened)]


def _nearest(asked: _Query, spellings: Mapping[str, str]) -> list[str]:
    from difflib import get_close_matches

    near: dict[str, None] = {}
    for word in (concept.word[:40] for concept in asked.concepts):
        if len(word) > 4 and word not in _MONTHS:
            near |= dict.fromkeys(get_close_matches(word, spellings, cutoff=0.7))
    return [spellings[word] for word in near]
