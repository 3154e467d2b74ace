"""Numbers as French and English write them, in words and in digits."""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping


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


class _Language(NamedTuple):
    """How a language writes numbers, folded: each word with its sort and its number, patterns."""

    group: str
    point: str
    words: Mapping[str, tuple[str, int]]
    joined: Collection[int]  # what may follow "et" or "and" in one number
    of: str
    over: str
    weak: str


class _Token(NamedTuple):
    """A word or digits, of a sort of `_Language.words`; `gap` stands before it."""

    word: str
    sort: str
    number: float
    sign: str = ""
    start: int = 0
    end: int = 0
    gap: str = ""


def rounded(number: float) -> float:
    """Round a number so far that two ways to the same one end in equal numbers."""
    return float(f"{number:.9g}")


def _words(sort: str, words: str, first: int = 0, by: int = 1) -> dict[str, tuple[str, int]]:
    """Make words of a sort: `|` parts those of a number from those of the next."""
    parts = enumerate(words.split("|"), first)
    return {word: (sort, number * by) for number, same in parts for word in same.split()}


def _plurals(sort: str, **numbers: int) -> dict[str, tuple[str, int]]:
    return {f"{word}{s}": (sort, number) for word, number in numbers.items() for s in ("", "s")}


def _ordinals(
    odd: str, last: str, ending: str, numbers: Mapping[str, tuple[str, int]]
) -> dict[str, tuple[str, int]]:
    """Make ordinals: those of `odd`, else with `ending` in the place of the `last` letter."""
    known = dict(pair.split(":") for pair in odd.split())
    return _plurals(
        "ordinal",
        **{known.get(w) or re.sub(f"{last}$", "", w) + ending: n for w, (_, n) in numbers.items()},
    )


_FRENCH = (
    _words(
        "unit",
        "zero|un une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze"
        "|quinze|seize",
    )
    | _words("unit", "vingt vingts|trente|quarante|cinquante|soixante|septante", 2, 10)
    | _words("unit", "huitante octante|nonante", 8, 10)
    | _plurals("hundred", cent=100)
    | {"mille": ("scale", 1_000)}
)
_ENGLISH = (
    _words(
        "unit",
        "zero|one|two both|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
        "|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen",
    )
    | _words("unit", "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety", 2, 10)
    | _plurals("hundred", hundred=100)
    | _plurals("scale", thousand=1_000)
)
_LANGUAGES = {
    "fr": _Language(
        group=" ",
        point=",",
        words=_ordinals("cinq:cinquieme neuf:neuvieme", "e", "ieme", _FRENCH)
        | _FRENCH
        | _plurals("scale", millier=1_000, million=10**6, milliard=10**9)
        | _plurals("rough", dizaine=10, douzaine=12, quinzaine=15, vingtaine=20, trentaine=30)
        | _plurals("rough", quarantaine=40, cinquantaine=50, soixantaine=60, centaine=100)
        | _plurals("part", demi=2, demie=2, moitie=2, quart=4)
        | {"tiers": ("part", 3), "et": ("joint", 0)},
        joined=(1, 11),
        of=r" d(?:e|u|es|')",
        over="sur",
        weak="un|une|(?<=les )deux",
    ),
    "en": _Language(
        group=",",
        point=".",
        words=_ordinals(
            "one:first two:second three:third five:fifth eight:eighth nine:ninth twelve:twelfth",
            "",
            "th",
            {re.sub("y$", "ie", word): number for word, number in _ENGLISH.items()},
        )
        | _ENGLISH
        | _plurals("scale", million=10**6, billion=10**9)
        | _plurals("rough", dozen=12, score=20)
        | _plurals("part", half=2, quarter=4)
        | {"halves": ("part", 2), "and": ("joint", 0), "a": ("article", 1), "an": ("article", 1)},
        joined=range(1, 100),
        of=" of",
        over="(?:in|out of)",
        weak="one|both",
    ),
}
# A text without any of these writes no number in words.
SPELLED = frozenset(
    word
    for language in _LANGUAGES.values()
    for word, (sort, _) in language.words.items()
    if sort not in {"joint", "article"}
)
# A hyphen is a minus where it joins nothing; an ordinal is no number; M is a million of money.
_TOKENS = (
    r"(?:(?<![\w%€])(?<![\d%€] )(?P<minus>- ?))?(?P<money>[€$£] ?)?(?<![a-z\d])"
    r"(?P<digits>\d{{1,3}}(?:{group}\d{{3}})+(?:{point}\d++)?(?!{group}?\d)|\d++(?:{point}\d++)?)"
    r"(?!(?:er|re|e|i?eme|nde?|st|rd|th)s?\b)"
    r"(?: ?(?P<multiple>k|m|mds?|bn)(?(money)\b|(?= ?(?:[€$£]|d['e] ?euro))))?|(?P<word>[a-z]+)"
)
_MULTIPLES = {"k": 10**3, "m": 10**6, "md": 10**9, "mds": 10**9, "bn": 10**9}
_SIGN = re.compile(r" ?([%‰€$£])|[ -](?:d'|de |of )?(euro|dollar|pound)s?\b")
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
    reader = _Reader(text, _LANGUAGES[language])
    found: list[Quantity] = []
    for number in reader.quantities():
        if found and reader.is_share(found[-1], number):
            value = found[-1].value / number.value
            found[-1] = Quantity(value, "/", found[-1].start, number.end)
            continue
        if found and number.sign and not found[-1].sign:
            gap = text[found[-1].end : number.start]
            if re.fullmatch(_RANGE, gap):
                found[-1] = found[-1]._replace(sign=number.sign)
        found.append(number)
    return found


class _Reader:
    """Goes through the tokens of a plain text; `at` is the next, `start` a number's first."""

    def __init__(self, text: str, language: _Language) -> None:
        self.text, self.language = text, language
        self.at = self.start = 0
        self.tokens: list[_Token] = []
        pattern = _TOKENS.format(group=language.group, point=re.escape(language.point))
        end = 0
        for found in re.finditer(pattern, text):
            word, (sort, number) = found["word"] or "", ("digits", 0.0)
            if word:
                sort, number = language.words.get(word, ("", 0))
            else:
                number = float(found["digits"].replace(language.group, "").replace(",", "."))
                number *= _MULTIPLES.get(found["multiple"], 1) * (-1 if found["minus"] else 1)
            sign = (found["money"] or "").strip()
            gap = text[end : found.start()]
            self.tokens.append(_Token(word, sort, number, sign, *found.span(), gap))
            end = found.end()

    def quantities(self) -> Iterator[Quantity]:
        while self.at < len(self.tokens):
            self.start = start = self.at
            first = self.tokens[start]
            value, sort = self._quantity() if first.sort else (None, "")
            self.at = max(self.at, start + 1)
            if value is None:
                continue
            sign, end = first.sign or sort.strip("~"), self.tokens[self.at - 1].end
            if found := _SIGN.match(self.text, end):
                sign, end = found[1] or _MONEY[found[2]], found.end()
            before = self.text[max(first.start - 4, 0) : end]
            is_weak = self.at == start + 1 and re.search(rf"\b(?:{self.language.weak})$", before)
            yield Quantity(value, sign, first.start, end, bool(is_weak), sort == "~")

    def is_share(self, over: Quantity, under: Quantity) -> bool:
        """Tell whether two numbers make a share, as in `deux entreprises sur trois`.

        Where words stand between more than one and a number of things, it is no share: `two
        workshops in four regions`.
        """
        if not 1 <= over.value <= under.value or over.sign:
            return False
        rest, gap = self.text[under.end :], self.text[over.end : under.start]
        things = over.value > 1 and re.match(r" (?!is|was|this)[a-z]+[^s]s\b", rest)
        words = rf"(?: (?!et\b|and\b)[\w'-]+){{0,{0 if things else 8}}} {self.language.over} "
        return bool(re.fullmatch(words, gap))

    def _token(self, ahead: int = 0) -> _Token:
        """Give a token to come; one of no sort, if more than a space or a hyphen parts it."""
        at = self.at + ahead
        if at < len(self.tokens) and (at == self.start or self.tokens[at].gap in {" ", "-"}):
            return self.tokens[at]
        return _Token("", "", 0)

    def _quantity(self) -> tuple[float | None, str]:
        """Read a number from here: its value, and `~` for a rough one, `/` for a share."""
        has_article = self._token().sort == "article"
        self.at += has_article
        count, room, scale = self._cardinal()
        times, token = 1 if count is None else count, self._token()
        if token.sort == "rough" and (count is not None or not token.word.endswith("s")):
            self.at += 1
            has_of = self._token().word in {"de", "of"} and self._token(1).sort == "scale"
            self.at += has_of
            return times * token.number * (self._scale() if has_of else 1), "~"
        if under := self._fraction(count, room, has_article=has_article):
            self.at += 1
            self.at += self._token().sort == "article" and self._token(1).sort == "scale"
            scale = self._scale()
            return times / under * scale, "/" if scale == 1 else ""
        if token.sort == "ordinal":
            self.at += 1
            return None, ""
        first = self.tokens[self.start]
        if count is None or (first.sort in {"hundred", "scale"} and first.word.endswith("s")):
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
        ends = re.match(rf"{self.language.of}|[^ \w-]|$", self.text[token.end :])
        return token.number if (ends or token.gap == "-") and count in {None, 1} else 0

    def _cardinal(self) -> tuple[float | None, float, float]:
        """Read a whole number: its value, below what more may be added to it, its last scale."""
        begun = self.at
        total, group, room, scale = 0.0, 0.0, inf, inf
        while self.at < len(self.tokens):
            token, skipped = self._token(), 0
            if self.tokens[self.at].gap == ", " and scale < inf and not group:
                token = self._after_comma()
            if token.sort == "joint" and self.at > begun and self._token(2).sort != "hundred":
                token, skipped = self._token(1), 1
                token = token if token.number in self.language.joined else _Token("", "", 0)
            word, sort, number = token[:3]
            if sort == "digits" and self.at == begun:
                group, room = number, 0
            elif sort == "unit" and number < room and (number or self.at == begun):
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

    def _after_comma(self) -> _Token:
        """Give the token after an English comma, if hundreds or thousands follow it."""
        sorts = {token.sort for token in self.tokens[self.at + 1 : self.at + 3]}
        is_group = self.language.group == "," and sorts & {"hundred", "scale"}
        return self.tokens[self.at] if is_group else _Token("", "", 0)
