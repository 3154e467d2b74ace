"""Text as a row of search terms: words without their plurals, numbers and dates as values.

And which terms are near each other: of one family, or one slip of the keyboard apart.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from essfacts.numbers import SPELLED, read
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

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


@cache
def _fold(word: str) -> str:
    # The East is no form of "to be".
    return "est." if word == "Est" else fold(word)


@cache
def _terms(word: str) -> tuple[str, ...]:
    """Give the terms that a folded word may be: none, several for `1,367`, which may be 1.367."""
    if not word[0].isdecimal():
        return () if word in STOP_WORDS else (stem(word),)
    if re.fullmatch(_DATE, word):
        return ("-".join(part.zfill(2) for part in reversed(re.split("[/.]", word))),)
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
    text, starts = " ".join(words), [0]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    for name in (language,) if language else ("fr", "en"):
        for number in read(text, name):
            inside = [at for at, start in enumerate(starts) if number.start <= start < number.end]
            if not SPELLED.isdisjoint(words[at] for at in inside):
                found[inside[0]] = _term(number.value), inside[-1] + 1
    return found


@cache
def row(text: str, language: str | None = None) -> tuple[str, ...]:
    """Give the terms of a text in a row."""
    return tuple([part.terms[0] for part in parts(text, language)])


def family(term: str, vocabulary: Collection[str], typed: str) -> Iterator[str]:
    """Go through the terms of a vocabulary that share most of their letters with a term.

    If the term is not among them, what is typed may be but the beginning of others: `coop`, or
    the month of a day.
    """
    if len(term) < 3 or not (term.isalpha() or "-" in term):
        return
    is_known = term in vocabulary
    for other in vocabulary:
        shared = max(6, len(term) - 5, len(other) - 5)
        # A day is not near another, only in its month.
        is_alike = term.isalpha() and term[:shared] == other[:shared]
        if is_alike or (not is_known and other.startswith(typed)):
            yield other


def one_slip(word: str, known: str) -> bool:
    """Tell whether one letter lost, added or changed, or two swapped, parts two words.

    Short words have many neighbours: no slip is at their beginning, and in less than six letters
    none is a change.
    """
    if len(word) < 5 or word[0] != known[0]:
        return False
    pairs = enumerate(zip(word, known, strict=False))
    start = next((at for at, (a, b) in pairs if a != b), min(len(word), len(known)))
    one, other = word[start:], known[start:]
    is_swapped = one[1::-1] == other[:2] and one[2:] == other[2:]
    is_changed = one[1:] == other[1:] and len(word) > 5
    return is_swapped or is_changed or one[1:] == other or one == other[1:]
