"""Ranked search, for half a memory and a slip of the keyboard.

Each word of a query is met by itself, by a word of its family, by a synonym that the dataset has,
or with a slip of the keyboard undone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts import model
from essfacts.errors import EssfactsError, NothingFound, RequestError
from essfacts.language import LANGUAGES, format_number, message, month, significant
from essfacts.query import names
from essfacts.terms import STOP_WORDS, WORD, family, one_slip, parts, row, stem
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from essfacts.model import Dataset

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
    weight: float = 1
    language: str | None = None

    @property
    def terms(self) -> tuple[str, ...]:
        """The text as a row of terms."""
        return row(self.text, self.language)

    def is_of(self, language: str | None) -> bool:
        """Tell whether a language is that of the text; a name is of all."""
        return language in {self.language, None} or self.language is None


# What a record is called weighs more than what it says, what stands around it or at length less.
_CALLED, _ASIDE = 1.5, 0.3
# What is searched of a claim, and the language where it is no text in both.
_OF_CLAIM: Mapping[str, tuple[float, str | None]] = {
    "name": (_CALLED, None),
    "text": (1, None),
    "counts": (1, None),
    "excerpt": (1, "fr"),
    "id": (1, "en"),
    "date": (1, None),
    "words": (_ASIDE, "fr"),
    "translation": (_ASIDE, "en"),
}


def _fields(item: Any, dataset: Dataset) -> Iterator[Field]:
    if isinstance(item, model.Claim | model.Computed):
        for name, (weight, language) in _OF_CLAIM.items():
            yield from _said(name, getattr(item, name, None), weight, language)
        yield from _around(item, dataset)
    else:
        yield from _said("description", getattr(item, "description", None), _ASIDE)
        yield from _called(item, dataset)


def _said(name: str, value: Any, weight: float, language: str | None = None) -> Iterator[Field]:
    if isinstance(value, model.Text):
        yield from (Field(name, getattr(value, own), weight, own) for own in LANGUAGES)
    elif value:
        yield Field(name, value, weight, language)


def _around(claim: Any, dataset: Dataset) -> Iterator[Field]:
    """Give the number of a claim as printed, its kind, topics, organisations, notes and speaker."""
    if isinstance(claim, model.Computed):
        value = significant(dataset.values[claim.id], dataset.digits[claim.id])
        yield Field("value", format_number(value, "en"))
    unit = dataset.named("unit", claim.unit) if isinstance(claim, model.Stat) else None
    if unit and (unit.percent or 1) != 1:
        # A fraction may be rounded to any of these percents.
        percent = claim.value * unit.percent
        rounded = sorted({percent // 1, round(percent, 1), round(percent)})
        yield Field("value", " ".join(f"{value:g} %" for value in rounded))
    kind = model.KINDS[getattr(claim, "kind", "stat")]
    yield Field("kind", f"{kind.noun.fr} {kind.noun.en} {kind.typed}")
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
        yield from _said("title", office.title, 1)
        organisation = dataset.named("organisation", office.organisation)
        yield from (Field("organisation", text) for text in names(organisation, dataset))


# What a query asks for, and every way in which a text may meet it.


class Concept(NamedTuple):
    """A word of a query: as typed, the terms that it may be, whether it must follow another."""

    word: str
    terms: tuple[str, ...]
    follows: bool


class Way(NamedTuple):
    """One way to meet concepts, by their number: a term, and those that follow it."""

    concepts: range
    rest: tuple[str, ...]
    quality: float


Ways = dict[str, list[Way]]


class _Query:
    """The words of a query, and the ways in which fields may meet them."""

    def __init__(
        self, query: str, dataset: Dataset, fields: Sequence[Field], language: str | None
    ) -> None:
        self.counts = Counter(term for field in fields for term in field.terms)
        self.own = [field for field in fields if field.is_of(language)]
        self.synonyms = [words for alike in dataset.synonyms for words in alike.words]
        # The terms of words and phrases, with those that are taken for them, as they are written.
        self.groups: dict[tuple[str, ...], dict[tuple[str, ...], str]] = {}
        for alike in dataset.synonyms:
            group = {terms: words for words in reversed(alike.words) if (terms := row(words))}
            for known in group:
                self.groups[known] = self.groups.get(known, {}) | group
        self.vocabulary = {term for field in self.own for term in field.terms}
        self.vocabulary |= {known[0] for known in self.groups if len(known) == 1}
        text = _PER_CENT.sub("%", re.sub("[«»“”„]", '"', query))
        concepts = [
            Concept(fold(phrase[part.start : part.end]), part.terms, bool(number % 2 and at))
            for number, phrase in enumerate(text.split('"'))
            for at, part in enumerate(parts(phrase))
        ]
        self.concepts, self.truncated = concepts[:MAX_WORDS], len(concepts) > MAX_WORDS
        # By its first term, how a field may meet what is asked.
        self.ways: Ways = {}
        # The concepts that some field meets, and months: they are right as they are typed.
        self.known = {at for at, concept in enumerate(self.concepts) if concept.word in _MONTHS}
        for at, concept in enumerate(self.concepts):
            for term in concept.terms:
                self._meet_word(at, concept.word, term, 1)
            for end in range(at + 2, len(self.concepts) + 1):
                phrase = tuple(word.terms[0] for word in self.concepts[at:end])
                if phrase in self.groups:
                    self._meet(range(at, end), phrase, 1)

    def _meet_word(self, at: int, word: str, term: str, quality: float) -> None:
        self._meet(range(at, at + 1), (term,), quality)
        typed = word if word.isalpha() else term
        near = () if word in _MONTHS else family(term, self.vocabulary, typed)
        for other in near:
            self._meet(range(at, at + 1), (other,), quality * _NEAR)

    def _meet(self, concepts: range, terms: tuple[str, ...], quality: float) -> None:
        """Add a way, and the synonyms of its terms."""
        for known in {terms, *self.groups.get(terms, ())}:
            worth = quality if known == terms else quality * _NEAR
            self.ways.setdefault(known[0], []).append(Way(concepts, known[1:], worth))
            if self.counts.keys() >= {*known}:
                self.known.update(concepts)

    def by_synonym(self) -> dict[str, list[str]]:
        """Give the words that no text has, with their synonyms that some text has."""
        found = {}
        for word, terms, _ in self.concepts:
            alike = self.groups.get(terms[:1], {})
            known = [said for other, said in alike.items() if self.counts.keys() >= {*other}]
            if known and self.counts.keys().isdisjoint(terms):
                found[word] = known
        return found

    def undo_slips(self) -> dict[str, str]:
        """Read unknown words as those of texts that a slip of the keyboard parts from them."""
        unknown = {*range(len(self.concepts))} - self.known
        texts = [*self.synonyms, *(field.text for field in self.own)] if unknown else []
        spellings, read_as = _spellings(texts), {}
        for at in sorted(unknown):
            typed = self.concepts[at].word
            slips = [known for known in spellings if one_slip(typed, known)]
            if slips:
                best = max(slips, key=lambda known: self.counts[stem(known)])
                read_as[typed] = spellings[best]
                self._meet_word(at, best, stem(best), _NEAR)
        return read_as

    def nearest(self) -> list[str]:
        """Give the words of texts that are like those asked for."""
        from difflib import get_close_matches

        spellings = _spellings([field.text for field in self.own if field.language])
        near: dict[str, None] = {}
        for at, concept in enumerate(self.concepts):
            if len(concept.word) > 4 and at not in self.known:
                near |= dict.fromkeys(get_close_matches(concept.word, spellings, cutoff=0.7))
        return [spellings[word] for word in near]


def _spellings(texts: Sequence[str]) -> dict[str, str]:
    """Give the words that are searched, folded, each as it is printed."""
    words = sorted({word.lower() for text in texts for word in WORD.findall(text)})
    known = {fold(word): word for word in words if word.isalpha()}
    return {folded: word for folded, word in known.items() if folded not in STOP_WORDS}


# What is found.


def _spots(terms: Sequence[str], ways: Ways) -> list[tuple[int, int, Way]]:
    """Find what a row of terms has of what is asked: from, to, and in which way."""
    return [
        (at, at + 1 + len(way.rest), way)
        for at, term in enumerate(terms)
        for way in ways.get(term, ())
        if tuple(terms[at + 1 : at + 1 + len(way.rest)]) == way.rest
    ]


@dataclass
class Hit:
    """A record that a search found, how well, and how it is not all that was typed.

    `loosened` may hold `partial` (some of the words are missing), `apart` (those of a phrase do
    not stand together), `slip` (a word was read as another), `truncated` (the query is too long).
    """

    item: Any
    fields: Sequence[Field]
    # What each concept that is met is worth, and those that are met in the language asked.
    worth: dict[int, float]
    own: set[int]
    # And how well those are met that stand right after the one before.
    joined: dict[int, float]
    # Met by a name or a whole title: so must a press contact be asked for.
    is_named: bool = False
    score: float = 0
    loosened: tuple[str, ...] = ()

    @property
    def is_foreign(self) -> bool:
        """Tell whether some of it is met in the other language alone."""
        return len(self.own) < len(self.worth)


def _hit(item: Any, fields: Sequence[Field], ways: Ways, language: str | None) -> Hit:
    hit = Hit(item, fields, defaultdict(float), set(), {})
    for field in fields:
        # A short text is more about each of its words.
        weight = field.weight / (5 + len(field.terms)) ** 0.5
        spots = _spots(field.terms, ways)
        ends = {(way.concepts[-1], end) for _, end, way in spots}
        met: dict[int, float] = {}
        for start, _, way in spots:
            worth = way.quality * weight
            for concept in way.concepts:
                met[concept] = max(met.get(concept, 0), worth)
                if concept > way.concepts[0] or (concept - 1, start) in ends:
                    hit.joined[concept] = max(hit.joined.get(concept, 0), worth)
        for concept, worth in met.items():
            hit.worth[concept] += worth
        if field.is_of(language):
            hit.own |= met.keys()
        has = {at for start, end, _ in spots for at in range(start, end)}
        hit.is_named |= len(has) >= {"name": 1, "title": len(field.terms)}.get(field.name, inf)
    return hit


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

        def rank(field: Field) -> tuple[float, ...]:
            met = {c for _, _, way in _spots(field.terms, self.ways) for c in way.concepts}
            return len(met), language in {None, field.language}, field.weight

        field = max(hit.fields, key=rank)
        (start, _), *_ = self.marks(field.text, field.language)
        said = {"field": field.name, "language": field.language, "text": _cut(field.text, start)}
        return {**said, "loosened": list(hit.loosened)}


def _cut(text: str, at: int) -> str:
    """Cut a long text to the words around an offset."""
    if len(text) <= _EXCERPT:
        return text
    start = text[: max(0, at - _EXCERPT // 3)].rfind(" ") + 1
    end = start + _EXCERPT
    end = text.rfind(" ", start, end) if end < len(text) else len(text)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def search(
    items: Sequence[Any], dataset: Dataset, query: str, language: str | None = None
) -> Found:
    """Rank the items that a query finds, best first; of a long query, MAX_WORDS words are read.

    All words must be met; where no item meets them all, those that meet most are found. Items
    that have a quoted phrase together come before those that have its words apart. Among other
    records, a press contact is found by name or by a whole title alone. Raises NothingFound with
    the nearest words of the language, RequestError where there is nothing to search for.
    """
    fields = [[*_fields(item, dataset)] for item in items]
    asked = _Query(query, dataset, [*chain.from_iterable(fields)], language)
    if not asked.concepts:
        raise RequestError("nothing-to-search")
    read_as = asked.undo_slips()
    hits = [_hit(*pair, asked.ways, language) for pair in zip(items, fields, strict=True)]
    is_mixed = not all(isinstance(item, model.Person) for item in items)
    hits = [
        hit
        for hit in hits
        if hit.worth and (hit.is_named or not (is_mixed and getattr(hit.item, "email", None)))
    ]
    if not hits:
        near = asked.nearest()
        hint = message("nearest-words", values=near) if near else message("nothing")
        raise NothingFound("nothing-has", value=query, hint=hint)
    # Rare words tell more. Those that a quarter of all records have tell none of them apart: that
    # the record has them at all counts, and the dataset's order decides.
    spread = Counter(concept for hit in hits for concept in hit.worth)
    cap = 0.12 if min(spread.values()) > len(items) / 4 else inf
    most = max(len(hit.worth) for hit in hits)
    hits = [hit for hit in hits if len(hit.worth) == most]
    reasons = {"partial": most < len(asked.concepts), "slip": read_as, "truncated": asked.truncated}
    for hit in hits:
        hit.score = sum(
            (min(cap, worth) + hit.joined.get(c, 0)) / spread[c] ** 0.5
            for c, worth in hit.worth.items()
        )
        is_apart = any(c.follows and at not in hit.joined for at, c in enumerate(asked.concepts))
        ways = {**reasons, "apart": is_apart}
        hit.loosened = tuple(how for how, holds in ways.items() if holds)
    hits.sort(key=lambda hit: ("apart" in hit.loosened, hit.is_foreign, -hit.score))
    return Found(hits, asked.ways, read_as, asked.by_synonym())


def have_all(items: Sequence[Any], dataset: Dataset, query: str) -> list[Hit]:
    """Give the hits that have all the words of a query, best first; none if there are no words."""
    try:
        found = search(items, dataset, query)
    except EssfactsError:
        return []
    return [hit for hit in found.hits if "partial" not in hit.loosened]
