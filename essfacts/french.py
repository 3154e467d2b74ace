"""Numbers as French writes them, in words and in digits."""

from __future__ import annotations

import re
from itertools import pairwise

from essfacts.text import fold

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
