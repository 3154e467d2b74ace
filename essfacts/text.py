"""Text as people type it and as it is safe to print."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LIGATURES = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"} | {
    ligature: unicodedata.normalize("NFKC", ligature) for ligature in "ﬀﬁﬂﬃﬄﬅﬆ"
}
APOSTROPHES = "'’‘‛ʼ＇′´`"
# What a spreadsheet runs as a formula: OWASP's list, with the full-width forms.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What is not seen: soft hyphen, zero-width characters, byte order mark, direction marks.
INVISIBLE = "".join(
    map(
        chr,
        (
            *(0x00AD, 0x034F, 0x061C, 0x180E, 0xFEFF),
            *(*range(0x200B, 0x2010), *range(0x202A, 0x202F)),
            *(*range(0x2060, 0x2065), *range(0x2066, 0x2070)),
        ),
    )
)
# Patterns stay text until they are used: most commands need none of them.
_UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
# So many right values, at most, are all told of.
_FEW = 24
_FOLDED = str.maketrans(
    {ligature: letters.lower() for ligature, letters in LIGATURES.items()}
    | dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys("‐‑‒–—−", "-")
    | dict.fromkeys("«»“”„", '"')
    | dict.fromkeys(INVISIBLE)
)


def fold(text: str) -> str:
    """Reduce text to what two people would type alike: no case, accents or kinds of space."""
    if not text.isascii():
        text = unicodedata.normalize("NFD", text.translate(_FOLDED))
        text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(text.replace("`", "'").casefold().split())


def unsafe(text: str) -> str | None:
    """Give the first character that could steer a terminal or turn the reading direction."""
    # Most text is printable, and then no pattern need be compiled.
    found = None if text.isprintable() else re.search(_UNSAFE, text)
    return found and found[0]


def printable(text: str) -> str:
    """Spell out every character that could steer a terminal or turn the reading direction."""
    if text.isprintable():
        return text
    return re.sub(_UNSAFE, lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def shown(value: str) -> str:
    """Quote a wrong value in a message, or its first hundred characters."""
    return f'"{value if len(value) <= 100 else value[:99] + "…"}"'


def nearest(value: str, allowed: Iterable[str]) -> str:
    """End a message about a wrong value with the nearest right one, or with all if they are few."""
    from difflib import get_close_matches

    typed = fold(value)[:60]
    by_fold: dict[str, str] = {}
    for word in allowed:
        by_fold.setdefault(fold(word), word)
    # What was typed may be all of a right value, with a slip, or only its beginning.
    beginnings = {folded[: len(typed)]: folded for folded in reversed(by_fold) if typed}
    close = get_close_matches(typed, by_fold, n=1)
    if not close:
        parts = get_close_matches(typed, beginnings, n=1, cutoff=0.7)
        close = [beginnings[part] for part in parts]
    if close:
        return f': did you mean "{by_fold[close[0]]}"?'
    if len(by_fold) <= _FEW:
        return f": one of {', '.join(by_fold.values())}" if by_fold else ""
    close = get_close_matches(typed, by_fold, n=3, cutoff=0)
    return f": the nearest are {', '.join(by_fold[folded] for folded in close)}"
