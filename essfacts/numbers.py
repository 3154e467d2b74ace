"""Numbers as French and English write them, in words and in digits."""

from __future__ import annotations

import json
import re
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts.packaged import content
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Quantity(NamedTuple):
    """A number in a text, and where; weak where it may be an article, rough in « une dizaine »."""

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


class _Token(NamedTuple):
    """A word or digits, of a sort of numbers.json; of no sort, it ends all numbers."""

    word: str = ""
    sort: str = ""
    number: float = 0
    sign: str = ""
    start: int = 0
    end: int = 0


# A hyphen is a minus where it joins nothing; an ordinal is no number; M is a million of money.
_TOKENS = (
    r"(?:(?<![\w%€])(?<![\d%€] )(?P<minus>- ?))?(?P<money>[€$£] ?)?(?<![a-z\d])"
    r"(?P<digits>\d{{1,3}}(?:{group}\d{{3}})+(?:[{point}]\d++)?(?!{group}?\d)|\d++(?:[{point}]\d++)?)"
    r"(?!(?:er|re|e|i?eme|nde?|st|rd|th)s?\b)"
    r"(?: ?(?P<multiple>k|m|mds?|bn)(?(money)\b|(?= ?(?:[€$£]|d['e] ?euro))))?|(?P<word>[a-z]+)"
)
_MULTIPLES = {"k": 10**3, "m": 10**6, "md": 10**9, "mds": 10**9, "bn": 10**9}
_SIGN = re.compile(r" ?([%‰€$£])|[ -](?:d'|de |of )?(euro|dollar|pound)s?\b")
_MONEY = {"euro": "€", "dollar": "$", "pound": "£"}
_RANGE = re.compile(r" ?(?:-|a|to|et|and|ou|or) ?")
# English puts commas between groups in words too.
_GROUPS = re.compile(
    r"\b(thousand|million|billion), (?=(?:[a-z]+[ -]){1,2}(?:hundred|thousand|million)\b)"
)
_WITHOUT_PLURAL = {"unit", "joint", "article"}
_LANGUAGES: Mapping[str, Mapping[str, Any]] = json.loads(content("numbers.json"))
# Each word with its sort and its number.
_WORDS: Mapping[str, Mapping[str, tuple[str, float]]] = {
    language: {
        form: (sort, number)
        for sort, numbers in row["words"].items()
        for word, number in numbers.items()
        for form in ((word,) if sort in _WITHOUT_PLURAL else (word, f"{word}s"))
    }
    for language, row in _LANGUAGES.items()
}
# A text without any of these writes no number in words.
SPELLED = frozenset(
    word
    for words in _WORDS.values()
    for word, (sort, _) in words.items()
    if sort not in {"joint", "article"}
)


def rounded(number: float) -> float:
    """Round a number so far that two ways to the same one end in equal numbers."""
    return float(f"{number:.9g}")


def plain(text: str) -> str:
    """Fold a text, and write its percents with their sign."""
    text = re.sub(r"\b(?:pour ?cent|per ?cent)\b", "%", fold(text))
    return re.sub(r"\bpour mille\b", "‰", text)


def read_one(written: str, language: str = "fr") -> Quantity | None:
    """Find the one number of a text: `1 367`, `12 M€`, `près d'un millier`; no article is one."""
    found = read(plain(written), language)
    found = [number for number in found if not number.is_weak] or found
    return found[0] if len(found) == 1 else None


def read(text: str, language: str) -> list[Quantity]:
    """Find the numbers of a plain text, in words and digits; ordinals are none."""
    found: list[Quantity] = []
    for number in _Reader(_GROUPS.sub(r"\1  ", text), language).quantities():
        last = found[-1] if found else number
        gap = text[last.end : number.start]
        if _is_share(last, number, text, language):
            found[-1] = Quantity(last.value / number.value, "/", last.start, number.end)
            continue
        if number.sign and not last.sign and _RANGE.fullmatch(gap):
            found[-1] = last._replace(sign=number.sign)
        found.append(number)
    return found


def _is_share(over: Quantity, under: Quantity, text: str, language: str) -> bool:
    """Tell whether two numbers make a share, as in `deux entreprises sur trois`.

    Where words stand between more than one and a number of things, it is no share: `two
    workshops in four regions`.
    """
    if not 1 <= over.value <= under.value or over.sign:
        return False
    things = over.value > 1 and re.match(r" (?!is|was|this)[a-z]+[^s]s\b", text[under.end :])
    words = (
        rf"(?: (?!et\b|and\b)[\w'-]+){{0,{0 if things else 8}}} (?:{_LANGUAGES[language]['over']}) "
    )
    return bool(re.fullmatch(words, text[over.end : under.start]))


class _Reader:
    """Goes through the tokens of a plain text; `at` is the next."""

    def __init__(self, text: str, language: str) -> None:
        self.text, self.row = text, _LANGUAGES[language]
        self.at = 0
        self.tokens: list[_Token] = []
        group, point = self.row["group"], self.row["point"]
        for found in re.finditer(_TOKENS.format(group=group, point=point), text):
            word, (sort, number) = found["word"] or "", ("digits", 0.0)
            if word:
                sort, number = _WORDS[language].get(word, ("", 0))
            else:
                number = float(found["digits"].replace(group, "").replace(",", "."))
                number *= _MULTIPLES.get(found["multiple"], 1) * (-1 if found["minus"] else 1)
            # More than a space or a hyphen parts two numbers.
            if self.tokens and text[self.tokens[-1].end : found.start()] not in {" ", "  ", "-"}:
                self.tokens.append(_Token())
            sign = (found["money"] or "").strip()
            self.tokens.append(_Token(word, sort, number, sign, *found.span()))

    def quantities(self) -> Iterator[Quantity]:
        while self.at < len(self.tokens):
            start, first = self.at, self._token()
            value, sort = self._quantity(first) if first.sort else (None, "")
            self.at = max(self.at, start + 1)
            if value is None:
                continue
            sign, end = first.sign or sort.strip("~"), self.tokens[self.at - 1].end
            if found := _SIGN.match(self.text, end):
                sign, end = found[1] or _MONEY[found[2]], found.end()
            before = self.text[max(first.start - 4, 0) : end]
            is_weak = self.at == start + 1 and re.search(rf"\b(?:{self.row['weak']})$", before)
            yield Quantity(value, sign, first.start, end, bool(is_weak), sort == "~")

    def _token(self, ahead: int = 0) -> _Token:
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else _Token()

    def _quantity(self, first: _Token) -> tuple[float | None, str]:
        """Read a number from here: its value, and `~` for a rough one, `/` for a share."""
        has_article = first.sort == "article"
        self.at += has_article
        count, room, scale = self._cardinal()
        times, token = 1 if count is None else count, self._token()
        if token.sort == "rough" and (count is not None or not token.word.endswith("s")):
            has_scale = self._token(1).word in {"de", "of"} and self._token(2).sort == "scale"
            self.at += 1 + has_scale
            return times * token.number * (self._scale() if has_scale else 1), "~"
        if under := self._fraction(count, room, has_article=has_article):
            self.at += 1
            self.at += self._token().sort == "article" and self._token(1).sort == "scale"
            scale = self._scale()
            return times / under * scale, "/" if scale == 1 else ""
        is_vague = first.sort in {"hundred", "scale"} and first.word.endswith("s")
        if count is None or is_vague or token.sort == "ordinal":
            return None, ""
        for ahead in (0, 1):
            half = ahead + 1 + (self._token(ahead + 1).sort == "article")
            if self._token(ahead).sort == "joint" and self._token(half)[1:3] == ("part", 2):
                self.at += half + 1
                return (count + scale / 2) * self._scale(), ""
        return count, ""

    def _scale(self) -> float:
        token = self._token()
        self.at += token.sort == "scale"
        return token.number if token.sort == "scale" else 1

    def _fraction(self, count: float | None, room: float, *, has_article: bool) -> float:
        """Give what the next token divides by, if it is a fraction: `tiers`, `fifth`."""
        token, is_counted = self._token(), has_article or count is not None
        if token.sort == "part":
            is_place = token.word == "tiers" and self._token(1).word.startswith("lieu")
            return 0 if is_place or (token.word == "quarter" and not is_counted) else token.number
        if token.sort != "ordinal" or token.number < max(3, room) or not is_counted:
            return 0
        if token.word.endswith("s"):
            return token.number if count and count > 1 else 0
        ends = re.match(rf"{self.row['of']}|[^ \w-]|$", self.text[token.end :])
        is_joined = self.text[token.start - 1] == "-"
        return token.number if (ends or is_joined) and count in {None, 1} else 0

    def _cardinal(self) -> tuple[float | None, float, float]:
        """Read a whole number: its value, below what more may be added to it, its last scale."""
        begun = self.at
        total, group, room, scale = 0.0, 0.0, inf, inf
        while self.at < len(self.tokens):
            token, skipped = self._token(), 0
            if token.sort == "joint" and self.at > begun and self._token(2).sort != "hundred":
                token, skipped = self._token(1), 1
                joined = self.row["joined"] or [token.number]
                token = token if token.sort == "unit" and token.number in joined else _Token()
            word, sort, number = token[:3]
            if sort == "digits" and self.at == begun:
                group, room = number, 0
            elif sort == "unit" and number < room:
                group += number
                room = 20 if word == "soixante" else 10 if number >= 20 or word == "dix" else 0
            elif word in {"vingt", "vingts"} and group % 100 == 4 and not room:
                group, room = group + 76, 20
            elif sort == "hundred" and group < 100:
                group, room = (group or 1) * 100, 100
            elif sort == "scale" and number < scale:
                total, group, room, scale = total + (group or 1) * number, 0, inf, number
            else:
                break
            self.at += 1 + skipped
        value = total + group if self.at > begun else None
        return value, 0 if room == inf else room, 1 if scale == inf else scale
