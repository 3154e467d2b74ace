"""Text as a row of search terms: words without their plurals, numbers and dates as values.

And which terms are near each other: of one family, or one slip of the keyboard apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from essfacts.numbers import SPELLED, read
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STOP_WORDS = frozenset(
    "a an and are as at au aux avec by c ce ces d dans de des do does du elle en est et eux for"
    " from has have how il in is it its j jusqu l la le les leur leurs lorsqu lui m n of on ou par"
    " pas pour puisqu qu que quel quelle qui quoiqu s sa se ses son sont sur t that the their"
    " there these this those to un une one was what when where which who with y about"
    " almost environ nearly pres presque".split()
)
_DATE = r"\d{4}-\d\d(?:-\d\d)?(?!\d)|(?:\d{1,2}[/.])?\d{1,2}[/.]\d{4}(?!\d)"
_FRACTION = r"\d{1,2}(?:/| sur | in | out of )\d{1,2}(?![\d.,])"
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?"
# Footnote marks are no part of a word; accents that stand apart from their letters are.
_LETTERS = r"[^\W\d_¹²³⁰⁴-⁹](?:[^\W_¹²³⁰⁴-⁹]|[\u0300-\u036f])*"
WORD = re.compile(f"{_DATE}|{_FRACTION}|{_NUMBER}|%|{_LETTERS}")
_BETWEEN_THOUSANDS = re.compile(r"[ .,](?=\d{3}(?!\d))")
# In the plural, `travail` becomes `travaux`.
_IN_AIL = frozenset("coraux emaux soupiraux travaux vantaux vitraux".split())


class Part(NamedTuple):
    """What stands at a place of a text: the terms that it may be, the likeliest first."""

    terms: tuple[str, ...]
    start: int
    end: int


def stem(word: str) -> str:
    """Reduce a folded French or English word to what its plural and singular share."""
    word = word.replace("iz", "is")
    if len(word) > 4 and word.endswith("aux"):
        if word.endswith("eaux"):
            return word[:-1]
        return word[:-3] + ("ail" if word in _IN_AIL else "al")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    word = word[:-1] if len(word) > 3 and word[-1] in "sx" and word[-2] != "s" else word
    return word[:-1] if len(word) > 4 and word.endswith("ee") else word


@lru_cache(maxsize=2**16)
def _fold(word: str) -> str:
    # The East is no form of "to be".
    return "est." if word == "Est" else fold(word)


@lru_cache(maxsize=2**16)
def _terms(word: str) -> tuple[str, ...]:
    """Give the terms that a folded word may be: none, several for `1,367`, which may be 1.367."""
    if not word[0].isdecimal():
        return () if word in STOP_WORDS else (stem(word),)
    if day := re.fullmatch(_DATE, word):
        return ("-".join(part.zfill(2) for part in reversed(re.split("[/.]", day[0]))),)
    if re.fullmatch(_FRACTION, word):
        over, under = map(int, re.findall(r"\d+", word))
        return (_term(over / under) if under else word,)
    whole = _BETWEEN_THOUSANDS.sub("", word)
    forms = (form.replace(",", ".") for form in (whole, word.replace(" ", "")))
    return tuple(dict.fromkeys(_term(float(form)) for form in forms if form.count(".") < 2))


def _term(value: float) -> str:
    return f"{value:.12g}"


def parts(text: str, language: str | None = None) -> Iterator[Part]:
    """Go through the words and numbers of a text; those in words, too, of one or both languages."""
    places = [found.span() for found in WORD.finditer(text)]
    words = [_fold(text[start:end]) for start, end in places]
    spelled = {} if SPELLED.isdisjoint(words) else _spelled(words, language)
    end = 0
    for at, word in enumerate(words):
        if at in spelled:
            term, end = spelled[at]
            yield Part((term,), places[at][0], places[end - 1][1])
        if (at >= end or word not in SPELLED) and (terms := _terms(word)):
            yield Part(terms, *places[at])


def _spelled(words: Sequence[str], language: str | None) -> dict[int, tuple[str, int]]:
    """Find the numbers that words write: by their first word, each with its end."""
    found = {}
    starts = [0, *accumulate(len(word) + 1 for word in words)]
    for name in (language,) if language else ("fr", "en"):
        for number in read(" ".join(words), name):
            first, last = bisect_right(starts, number.start) - 1, bisect_left(starts, number.end)
            if not SPELLED.isdisjoint(words[first:last]):
                found[first] = _term(number.value), last
    return found


@lru_cache(maxsize=1024)
def row(text: str, language: str | None = None) -> tuple[str, ...]:
    """Give the terms of a text in a row."""
    words = [_fold(word) for word in WORD.findall(text)]
    if not SPELLED.isdisjoint(words):
        return tuple(part.terms[0] for part in parts(text, language))
    return tuple([terms[0] for word in words if (terms := _terms(word))])


def _shared(one: str, other: str) -> int:
    """Count the letters with which both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def family(term: str, vocabulary: Sequence[str], *, is_known: bool) -> Iterator[str]:
    """Go through the terms of a sorted vocabulary that share most of their letters with a term.

    An unknown term may be but the beginning of others: `coop`, or the month of a day.
    """
    if len(term) < 3 or not (term.isalpha() or "-" in term):
        return
    for at in range(bisect_left(vocabulary, term[:6]), len(vocabulary)):
        other = vocabulary[at]
        shared = _shared(term, other)
        if shared < min(len(term), 6):
            return
        is_beginning = shared == len(term) and not is_known
        if is_beginning or (shared > 5 and max(len(term), len(other)) - shared < 6):
            yield other


def one_slip(word: str, known: str) -> bool:
    """Tell whether one letter lost, added or changed, or two swapped, parts two words.

    Short words have many neighbours: no slip is at their beginning, and in less than six letters
    none is a change.
    """
    if len(word) < 5 or word[0] != known[0] or abs(len(word) - len(known)) > 1:
        return False
    start = _shared(word, known)
    one, other = word[start:], known[start:]
    return (
        (one[1:] == other[1:] and len(word) > 5)
        or one[1:] == other
        or one == other[1:]
        or (len(one) > 1 and one[1::-1] == other[:2] and one[2:] == other[2:])
    )
