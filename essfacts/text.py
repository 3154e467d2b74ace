"""Text as people type it and as French prints it: folding, safe printing, numbers."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
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


_UNITS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        "zero|un une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze"
        "|quinze|seize".split("|")
    )
    for word in words.split()
} | {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_UNITS = _UNITS | {"septante": 70, "huitante": 80, "octante": 80, "nonante": 90}
_SCALES = {"cent": 100, "cents": 100, "mille": 1_000}
_GROUPS = {
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "millier": 1_000,
    "million": 10**6,
    "milliard": 10**9,
}
_FRACTIONS = {"demi": 2, "demie": 2, "moitie": 2, "tiers": 3, "quart": 4, "quarts": 4}
_ORDINAL = r"(.+?)iemes?"
_ORDINAL_STEMS = {"cinqu": "cinq", "neuv": "neuf", "onz": "onze", "douz": "douze"}
_DIGITS = r"-?\d{1,3}(?: \d{3})+(?:,\d+)?(?! ?\d)|-?\d+(?:,\d+)?"
_TOKEN = rf"{_DIGITS}|[^\W\d]+"


def read_number(written: str) -> float | None:
    """Read the number that French words or digits write: `1 367`, `1,3 %`, `les deux tiers`.

    Words that write no number (`près de`) are passed over; None where no number stands, or more
    than one.
    """
    text = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", fold(written)).replace("pour cent", "%")
    numbers = [_read_one(re.findall(_TOKEN, part)) for part in text.split(" sur ")]
    match numbers:
        case [number]:
            return number
        case [float() | int() as over, float() | int() as under] if under:
            return over / under
    return None


def _read_one(tokens: list[str]) -> float | None:
    numbers: list[float] = []
    words: list[str] = []
    scale = 1
    for previous, piece in pairwise(["", *tokens, ""]):
        if piece in _UNITS or piece in _SCALES or (piece == "et" and words):
            words.append(piece)
            continue
        group = _GROUPS.get(piece) or _GROUPS.get(piece.removesuffix("s"))
        part = _FRACTIONS.get(piece) or _read_ordinal(piece)
        if group or part:
            before = _read_cardinal(words) if words else numbers.pop() if numbers else 1
            if previous == "et" and piece in {"demi", "demie"}:
                numbers.append(before + scale / 2)
            else:
                numbers.append(before * group if group else before / part)
            scale = group or 1
            words = []
            continue
        if words:
            numbers.append(_read_cardinal(words))
            words = []
        if piece.lstrip("-")[:1].isdecimal():
            numbers.append(float(piece.replace(" ", "").replace(",", ".")))
    return numbers[0] if len(numbers) == 1 else None


def _read_ordinal(token: str) -> int:
    found = re.fullmatch(_ORDINAL, token)
    stem = found[1] if found else ""
    stem = _ORDINAL_STEMS.get(stem, stem)
    numbers = _UNITS | _SCALES | _GROUPS
    return numbers.get(stem) or numbers.get(stem + "e", 0)


def _read_cardinal(words: list[str]) -> int:
    total = group = 0
    for word in words:
        if word == "mille":
            total, group = total + max(group, 1) * 1_000, 0
        elif word in _SCALES:
            group = max(group, 1) * 100
        elif word in {"vingt", "vingts"} and group % 100 == 4:
            group += 76
        else:
            group += _UNITS.get(word, 0)
    return total + group


def significant(number: float) -> float:
    """Round what was worked out of rounded numbers to three digits, which is all that it knows."""
    return float(f"{number:.3g}")


_MARKS = {"fr": (" ", ","), "en": (",", ".")}


@lru_cache(maxsize=256)
def format_number(number: float, language: str) -> str:
    """Print a number as the language does: `1 367` and `1,3`, or `1,367` and `1.3`."""
    group, point = _MARKS[language]
    # Two decimals say enough of a ratio; the exact value stays in the data formats.
    whole, _, decimals = f"{number:,.2f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", group) + (point + decimals if decimals else "")
