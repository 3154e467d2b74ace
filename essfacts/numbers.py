"""Numbers as French and English write them, in words and in digits."""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping


class Quantity(NamedTuple):
    """A number in a text, and where; `is_weak` where it may be no more than an article."""

    value: float
    sign: str
    start: int
    end: int
    is_weak: bool = False
    is_rough: bool = False

    @property
    def amount(self) -> tuple[float, str]:
        """What it comes to, of what: `20 %` and `un sur cinq` are equal, as shares (`%`) of one."""
        share = {"%": 0.01, "‰": 0.001, "/": 1}.get(self.sign)
        return (rounded(self.value * share), "%") if share else (rounded(self.value), self.sign)


class _Words(NamedTuple):
    """What a language writes numbers with, folded: words by their number, and patterns."""

    group: str
    point: str
    units: Mapping[str, int]
    hundreds: Collection[str]
    scales: Mapping[str, int]
    collectives: Mapping[str, int]
    parts: Mapping[str, int]
    ordinals: Mapping[str, int]
    articles: Collection[str]
    joint: str
    joined: Collection[int]
    of: str
    over: str
    weak: str


class _Token(NamedTuple):
    word: str
    value: float | None
    money: str
    start: int
    end: int
    gap: str


def rounded(number: float) -> float:
    """Round a number so far that two ways to the same one end in equal numbers."""
    return float(f"{number:.9g}")


def _count(words: str, by: int = 1, first: int = 0) -> dict[str, int]:
    parts = enumerate(words.split("|"), first)
    return {word: number * by for number, same in parts for word in same.split()}


def _plural(words: Mapping[str, int]) -> dict[str, int]:
    return {**words, **{f"{word}s": number for word, number in words.items()}}


def _ordinals(odd: str, last: str, ending: str, numbers: Mapping[str, int]) -> dict[str, int]:
    """Make ordinals: those of `odd`, else with `ending` in the place of a number's last letter."""
    known = dict(pair.split(":") for pair in odd.split())
    return _plural({known.get(w) or w.removesuffix(last) + ending: n for w, n in numbers.items()})


_FRENCH = _count(
    "zero|un une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze"
    "|seize"
)
_FRENCH |= _count("dix|vingt vingts|trente|quarante|cinquante|soixante|septante", 10, 1)
_FRENCH |= _count("huitante octante|nonante", 10, 8)
_ENGLISH = _count(
    "zero|one|two both|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    "|fifteen|sixteen|seventeen|eighteen|nineteen"
)
_ENGLISH |= _count("twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety", 10, 2)
_WORDS = {
    "fr": _Words(
        group=" ",
        point=",",
        units=_FRENCH,
        hundreds=("cent", "cents"),
        scales={"mille": 1_000} | _plural({"millier": 1_000, "million": 10**6, "milliard": 10**9}),
        collectives=_plural(
            _count("dizaine|vingtaine|trentaine|quarantaine|cinquantaine|soixantaine", 10, 1)
            | {"douzaine": 12, "quinzaine": 15, "centaine": 100}
        ),
        parts=_plural({"demi": 2, "demie": 2, "moitie": 2, "quart": 4}) | {"tiers": 3},
        ordinals=_ordinals(
            "cinq:cinquieme neuf:neuvieme", "e", "ieme", _FRENCH | {"cent": 100, "mille": 1_000}
        ),
        articles=(),
        joint="et",
        joined=(1, 11),
        of=r" d(?:e|u|es|')",
        over="sur",
        weak="un|une|(?<=les )deux",
    ),
    "en": _Words(
        group=",",
        point=".",
        units=_ENGLISH,
        hundreds=("hundred", "hundreds"),
        scales=_plural({"thousand": 1_000, "million": 10**6, "billion": 10**9}),
        collectives=_plural({"dozen": 12, "score": 20}),
        parts=_plural({"half": 2, "quarter": 4}) | {"halves": 2},
        ordinals=_ordinals(
            "one:first two:second three:third five:fifth eight:eighth nine:ninth twelve:twelfth",
            "y",
            "th",
            _ENGLISH | {"hundred": 100, "thousand": 1_000},
        ),
        articles=("a", "an"),
        joint="and",
        joined=range(1, 100),
        of=" of",
        over="(?:in|out of)",
        weak="one|both",
    ),
}
# A hyphen is a minus where it joins nothing; an ordinal is no number; M is a million of money.
_PIECE = (
    r"(?:(?<![\w%€])(?<![\d%€] )(?P<minus>- ?))?(?P<money>[€$£] ?)?(?<![a-z\d])"
    r"(?P<digits>\d{{1,3}}(?:{group}\d{{3}})+(?:{point}\d++)?(?!{group}?\d)|\d++(?:{point}\d++)?)"
    r"(?!(?:er|re|e|i?eme|nde?|st|rd|th)s?\b)"
    r"(?: ?(?P<multiple>k|m|mds?|bn)(?(money)\b|(?= ?(?:[€$£]|d['e] ?euro))))?|(?P<word>[a-z]+)"
)
_MULTIPLES = {"k": 10**3, "m": 10**6, "md": 10**9, "mds": 10**9, "bn": 10**9}
_SIGN = r" ?([%‰€$£])|[ -](?:d'|de |of )?(euro|dollar|pound)s?\b"
_MONEY = {"euro": "€", "dollar": "$", "pound": "£"}
_RANGE = r" ?(?:-|a|to|et|and|ou|or) ?"


def plain(text: str) -> str:
    """Fold a text, and write its percents with their sign."""
    text = re.sub(r"\b(?:pour ?cent|per ?cent)\b", "%", fold(text))
    return re.sub(r"\bpour mille\b", "‰", text)


def read_number(written: str, language: str = "fr") -> float | None:
    """Read the one number that a text writes: `1 367`, `12 M€`, `près d'un millier`.

    None where no number stands, or more than one.
    """
    found = read_one(written, language)
    return found.value if found else None


def read_one(written: str, language: str = "fr") -> Quantity | None:
    """Find the one number of a text; an article beside it is none."""
    found = read(plain(written), language)
    found = [number for number in found if not number.is_weak] or found
    return found[0] if len(found) == 1 else None


def read(text: str, language: str) -> list[Quantity]:
    """Find the numbers of a plain text, in words and digits; ordinals are none."""
    words = _WORDS[language]
    found: list[Quantity] = []
    for number in _Reader(text, words).quantities():
        last = found[-1] if found else number
        gap = text[last.end : number.start]
        if found and _is_share(last, number, gap, text[number.end :], words):
            value = last.value / number.value
            found[-1] = Quantity(value, "/", last.start, number.end)
            continue
        if found and number.sign and not last.sign and re.fullmatch(_RANGE, gap):
            found[-1] = last._replace(sign=number.sign)
        found.append(number)
    return found


def _is_share(over: Quantity, under: Quantity, gap: str, rest: str, words: _Words) -> bool:
    """Tell whether two numbers make a share, as in `deux entreprises sur trois`.

    Where words stand between more than one and a number of things, it is no share: `two workshops
    in four regions`.
    """
    if not 1 <= over.value <= under.value or over.sign:
        return False
    things = over.value > 1 and re.match(r" (?!is|was|this)[a-z]+[^s]s\b", rest)
    return bool(re.fullmatch(rf"(?: [\w'-]+){{0,{0 if things else 8}}} {words.over} ", gap))


class _Reader:
    """Goes through the words and digits of a plain text; `at` is the next, `start` a number's."""

    def __init__(self, text: str, words: _Words) -> None:
        self.text, self.words = text, words
        self.at = self.start = end = 0
        self.tokens: list[_Token] = []
        pattern = _PIECE.format(group=words.group, point=re.escape(words.point))
        for found in re.finditer(pattern, text):
            value = None
            if digits := found["digits"]:
                value = float(digits.replace(words.group, "").replace(words.point, "."))
                value *= _MULTIPLES.get(found["multiple"], 1) * (-1 if found["minus"] else 1)
            gap = text[end : found.start()]
            money = (found["money"] or "").strip()
            self.tokens.append(_Token(found["word"] or "", value, money, *found.span(), gap))
            end = found.end()

    def quantities(self) -> Iterator[Quantity]:
        words = self.words
        begins = {"", words.joint, *words.articles, *words.ordinals, *words.units, *words.hundreds}
        begins |= {*words.scales, *words.collectives, *words.parts}
        while self.at < len(self.tokens):
            self.start = start = self.at
            if self.tokens[start].word not in begins:
                self.at += 1
                continue
            value, sort = self._quantity()
            self.at = max(self.at, start + 1)
            if value is None:
                continue
            first, end = self.tokens[start], self.tokens[self.at - 1].end
            sign = first.money or sort.strip("~")
            if found := re.compile(_SIGN).match(self.text, end):
                sign, end = found[1] or _MONEY[found[2]], found.end()
            before = self.text[max(first.start - 4, 0) : end]
            is_weak = self.at == start + 1 and re.search(rf"\b(?:{self.words.weak})$", before)
            yield Quantity(value, sign, first.start, end, bool(is_weak), sort == "~")

    def _word(self, ahead: int = 0) -> str:
        """Give a word to come, if nothing but a space or a hyphen parts it from the number."""
        if self.at + ahead >= len(self.tokens):
            return ""
        token = self.tokens[self.at + ahead]
        return token.word if token.gap in {" ", "-"} or self.at + ahead == self.start else ""

    def _quantity(self) -> tuple[float | None, str]:
        """Read a number from here: its value, and `~` for a rough one, `/` for a share."""
        words = self.words
        has_article = self._word() in words.articles
        self.at += has_article
        count, room, scale = self._cardinal()
        times, word = 1 if count is None else count, self._word()
        if word in words.collectives and (count is not None or not word.endswith("s")):
            self.at += 1
            times *= words.collectives[word]
            if self._word() in {"de", "of"} and self._word(1) in words.scales:
                times *= words.scales[self._word(1)]
                self.at += 2
            return times, "~"
        if under := self._fraction(word, count, room, has_article=has_article):
            self.at += 1
            self.at += self._word() in words.articles and self._word(1) in words.scales
            scale = self._scale()
            return times / under * scale, "/" if scale == 1 else ""
        if word in words.ordinals:
            self.at += 1
            return None, ""
        first = self.tokens[self.start].word
        if count is None or (first.endswith("s") and first in {*words.scales, *words.hundreds}):
            return None, ""
        for ahead in (0, 1):
            half = ahead + 1 + (self._word(ahead + 1) in words.articles)
            if self._word(ahead) == words.joint and words.parts.get(self._word(half)) == 2:
                self.at += half + 1
                return (count + scale / 2) * self._scale(), ""
        return count, ""

    def _scale(self) -> int:
        scale = self.words.scales.get(self._word(), 0)
        self.at += bool(scale)
        return scale or 1

    def _fraction(self, word: str, count: float | None, room: float, *, has_article: bool) -> int:
        """Give what the next word divides by, if it is a fraction: `tiers`, `fifth`."""
        words, is_counted = self.words, has_article or count is not None
        if word in words.parts:
            is_place = word == "tiers" and self._word(1).startswith("lieu")
            return 0 if is_place or (word == "quarter" and not is_counted) else words.parts[word]
        under = words.ordinals.get(word, 0)
        if under < max(3, room) or not is_counted:
            return 0
        if word.endswith("s"):
            return under if count and count > 1 else 0
        token = self.tokens[self.at]
        ends = token.gap == "-" or re.match(rf"{words.of}|[^ \w-]|$", self.text[token.end :])
        return under if ends and count in {None, 1} else 0

    def _cardinal(self) -> tuple[float | None, float, int]:
        """Read a whole number: its value, below what may be added to it, its last scale."""
        words, begun = self.words, self.at
        total, group, room, scale = 0.0, 0.0, inf, 0
        while self.at < len(self.tokens):
            token, word, skipped = self.tokens[self.at], self._word(), 0
            if token.gap == ", " and words.group == "," and scale and not group:
                follows = {other.word for other in self.tokens[self.at + 1 : self.at + 3]}
                word = token.word if follows & {*words.hundreds, *words.scales} else ""
            if word == words.joint and self.at > begun and self._word(2) not in words.hundreds:
                word, skipped = self._word(1), 1
                word = word if words.units.get(word) in words.joined else ""
            unit = words.units.get(word, inf)
            if self.at == begun and token.value is not None:
                group, room = token.value, 0
            elif unit < room and (unit or self.at == begun):
                group += unit
                room = 20 if word == "soixante" else 10 if unit >= 20 or word == "dix" else 0
            elif word in {"vingt", "vingts"} and group % 100 == 4 and not room:
                group, room = group + 76, 20
            elif word in words.hundreds and group < 100:
                group, room = (group or 1) * 100, 100
            elif word in words.scales and (not scale or words.scales[word] < scale):
                total, group = total + (group or 1) * words.scales[word], 0
                room, scale = inf, words.scales[word]
            else:
                break
            self.at += 1 + skipped
        return (
            (total + group if self.at > begun else None),
            (0 if room is inf else room),
            scale or 1,
        )
