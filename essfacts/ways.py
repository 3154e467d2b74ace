"""What a query asks for: its words, and every way in which a text may meet them."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from essfacts.terms import family, one_slip, parts, row, stem
from essfacts.text import fold

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping, Sequence

    from essfacts.model import Synonyms

MAX_WORDS = 64
# What another word of a family, a synonym or a slip is worth.
_NEAR = 0.4
PER_CENT = re.compile(r"\bp(?:our|er)\s?cent\b", re.IGNORECASE)


class Way(NamedTuple):
    """One way to meet words of a query: a term, and those that follow it."""

    concepts: tuple[int, ...]
    rest: tuple[str, ...]
    quality: float


Ways = dict[str, list[Way]]
"""By its first term, how a text may meet what is asked."""


def spots(terms: Sequence[str], ways: Ways) -> Iterator[tuple[int, int, Way]]:
    """Go through what a row of terms has of what is asked: from, to, and in which way."""
    for at, term in enumerate(terms):
        for way in ways.get(term, ()):
            end = at + 1 + len(way.rest)
            if tuple(terms[at + 1 : end]) == way.rest:
                yield at, end, way


def met(terms: Sequence[str], ways: Ways) -> dict[int, float]:
    """Give how well a row of terms meets each concept that it meets."""
    found: dict[int, float] = {}
    for _, _, way in spots(terms, ways):
        for concept in way.concepts:
            found[concept] = max(found.get(concept, 0), way.quality)
    return found


@cache
def _groups(synonyms: tuple[Synonyms, ...]) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    groups: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for alike in synonyms:
        group = {row(words) for words in alike.words} - {()}
        for known in group:
            groups[known] = groups.get(known, set()) | group
    return groups


class Query:
    """The words of a query, each a concept, and the ways in which they may be met."""

    def __init__(self, query: str, counts: Counter[str], synonyms: tuple[Synonyms, ...]) -> None:
        self.ways: Ways = {}
        self.counts = counts
        # What is typed, and the terms that it may be.
        self.concepts: list[tuple[str, tuple[str, ...]]] = []
        # The concepts that a phrase wants right after the one before.
        self.together: set[int] = set()
        # What no text has, as it is typed.
        self.unknown: dict[str, int] = {}
        self.groups = _groups(synonyms)
        self.vocabulary = {*counts, *(known[0] for known in self.groups if len(known) == 1)}
        words = PER_CENT.sub("%", re.sub("[«»“”„]", '"', query)).split()
        self.truncated = len(words) > MAX_WORDS
        for number, text in enumerate(" ".join(words[:MAX_WORDS]).split('"')):
            begun = len(self.concepts)
            read = islice(parts(text), MAX_WORDS - begun)
            self.concepts += [(fold(text[part.start : part.end]), part.terms) for part in read]
            if number % 2:
                self.together.update(range(begun + 1, len(self.concepts)))
        at = 0
        while at < len(self.concepts):
            at += self._meet_phrase(at) or self._meet_word(at)

    def _meet(self, concepts: Sequence[int], terms: tuple[str, ...], quality: float) -> bool:
        """Add a way and the synonyms of its terms; tell whether a text may have one of them."""
        alike = {terms, *self.groups.get(terms, ())}
        for known in alike:
            worth = quality if known == terms else quality * _NEAR
            self.ways.setdefault(known[0], []).append(Way(tuple(concepts), known[1:], worth))
        return any(self.counts.keys() >= {*known} for known in alike)

    def _meet_phrase(self, start: int) -> int:
        """Meet the longest phrase that has synonyms; tell how many concepts it takes."""
        for end in range(min(len(self.concepts), start + 5), start + 1, -1):
            terms = tuple(forms[0] for _, forms in self.concepts[start:end])
            if terms in self.groups and self._meet(range(start, end), terms, 1):
                # Its words are met apart, too.
                for concept, term in enumerate(terms, start):
                    self.ways.setdefault(term, []).append(Way((concept,), (), 1))
                return end - start
        return 0

    def _meet_word(self, concept: int) -> int:
        word, terms = self.concepts[concept]
        near = [(term, 1.0) for term in terms]
        for term in terms:
            near += [(other, _NEAR) for other in family(term, self.vocabulary) if other != term]
        known = [self._meet([concept], (term,), quality) for term, quality in near]
        if not any(known):
            self.unknown[word] = concept
        return 1

    def undo_slips(self, spellings: Mapping[str, str]) -> dict[str, str]:
        """Read unknown words as known ones that a slip of the keyboard parts from them."""
        read_as = {}
        for typed, concept in self.unknown.items():
            slips = [known for known in spellings if one_slip(typed, known)]
            if slips:
                best = max(slips, key=lambda known: self.counts[stem(known)])
                read_as[typed] = spellings[best]
                self._meet([concept], (stem(best),), _NEAR)
        return read_as
