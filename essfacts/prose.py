"""What a text says that can be compared with another: numbers, dates, hedges, negations, names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from essfacts.language import LANGUAGES, month
from essfacts.numbers import plain, read
from essfacts.text import APOSTROPHES, LIGATURES, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

FACTS = ("numbers", "dates", "negations", "hedges")
Facts = Counter[str]


class Reading(NamedTuple):
    """What a text says for sure, and what it may say: an article may be a one, `-able` a "can"."""

    said: Facts
    may: Facts


# Each way to hedge a number: what stands before and after it, in French and in English.
_HEDGES: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "nearly": (
        (r"(?:pres|pas loin) d(?:es? |u |')|presque |quasi(?:ment)?[ -]", "presque"),
        ("nearly |almost |close to |just under |not quite |approaching ", "nearly"),
    ),
    "about": (
        (r"environ |quelques? |a peu pres |(?:autour|l'ordre) d(?:e |')", "environ"),
        ("(?:about|around|some) (?!the )|roughly |approximately |circa ", "or so"),
    ),
    "at-least": (
        ("au moins |au minimum |pas moins d(?:e |')", "au moins|au minimum|ou plus"),
        ("at least |no less than |no fewer than |a minimum of ", "at least|or more"),
    ),
    "at-most": (
        ("au plus |au maximum |jusqu'a |pas plus d(?:e |')", "au plus|au maximum|ou moins"),
        ("at most |up to |no more than |not more than |a maximum of ", "at most|or less|or fewer"),
    ),
    "more-than": (
        ("(?:plus|au-dela) d(?:es? |u |')", "(?!)"),
        ("more than |(?:over|above) (?!the )|upwards of |in excess of ", "(?!)"),
    ),
    "less-than": (
        ("moins d(?:es? |u |')", "(?!)"),
        ("less than |fewer than |(?:under|below) (?!the )", "(?!)"),
    ),
}
_ARTICLES = ("(?:l[ae] |les |l'|une? )?", "(?:the |an? )?")
# What turns a claim, by the rule that compares it, in French and in English.
_MARKS: Mapping[str, tuple[str, str, str]] = {
    "not": (
        "negations",
        r"ne-pas|non|sans|impossibles?|(?<!# )pas|pas(?! d(?:e |u |'))|jamais|aucune?|nulle?|ni|rien",
        "not|never|no|none|neither|nor|without|nothing|impossible",
    ),
    "only": (
        "negations",
        "ne-que|seulement|seule?s?|uniques?|uniquement|exclusivement",
        "only|solely|merely|exclusively|single|sole|alone|unique",
    ),
    "on-average": ("hedges", "moyennes?", "averages?"),
    "can": ("hedges", "peut|peuvent|pourra|pourrai(?:en)?t|puissent", "can|may|might|could"),
    "may-can": (
        "hedges",
        r"\w+[ai]bles?|permet\w*",
        r"\w+[ai]bles?|able|lets?|allow\w*|enabl\w+",
    ),
    "often": ("hedges", "souvent|frequemment", "often|frequently"),
    "largely": ("hedges", "grande partie", "largely|large part"),
}
_NEGATIVE = r"\b(?:pas|point|jamais|aucune?|nulle?|rien|ni|personne|guere)\b"
_NE = r"([^,;.:!?]*?)\b(?:ne |n')((?:(?!\bne |\bn')[^,;.:!?])*)"
_ALIKE = {"pib": "gdp", "grand": "greater", "ue": "eu", "ess": "sse"}
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_MONTHS = [[fold(month(number, language)) for number in range(1, 13)] for language in LANGUAGES]
# English gives capitals to words that are no names, here None.
_SAME_WORDS: Mapping[str, str | None] = {
    **_ALIKE,
    **{english: french for french, english in _ALIKE.items()},
    **dict.fromkeys(["i", "french", "english", *_DAYS.split(), *_MONTHS[1]]),
}


@lru_cache(maxsize=4096)
def say(text: str, language: str) -> Mapping[str, Reading]:
    """Tell what a text in a language says, by the rule that compares it."""
    side = LANGUAGES.index(language)
    found = {rule: Reading(Counter(), Counter()) for rule in FACTS}
    folded = _take_dates(plain(text), side, found["dates"].said)
    rest, at = "", 0
    for number in read(folded, language):
        hedge, start, end = _hedge(folded, at, number.start, number.end, side)
        hedge = hedge or ("about" if number.is_rough else "")
        facts = found["numbers"].may if number.is_weak and not hedge else found["numbers"].said
        facts[f"{hedge} {figure(number.amount)}".strip()] += 1
        found["dates"].may[figure(number.amount)] += 1
        # What stands between the numbers of a share still counts.
        rest, at = f"{rest}{folded[at:start]}{folded[number.start : number.end]}#", end
    rest += folded[at:]
    if language == "fr":
        rest = re.sub(_NE, _turn_ne, rest)
    else:
        rest = re.sub(r"n't\b|\bnon-", " not ", re.sub(r"can(?:not|'t)\b", "can not", rest))
    words = "|".join(f"(?P<m{at}>{mark[side + 1]})" for at, mark in enumerate(_MARKS.values()))
    for mark in re.finditer(rf"\b(?:{words})\b", rest):
        name = [*_MARKS][int(str(mark.lastgroup)[1:])]
        said, may = found[_MARKS[name][0]]
        (may if name.startswith("may-") else said)[name.removeprefix("may-")] += 1
    return found


def figure(amount: tuple[float, str]) -> str:
    """Write what a number comes to: `80`, `20%`, `12000000€`."""
    number, sign = amount
    return f"{number * 100 if sign == '%' else number:.9g}{sign}"


def _take_dates(text: str, side: int, dates: Facts) -> str:
    """Take the dates with a month out of a text."""
    months = _MONTHS[side]

    def take(found: re.Match[str]) -> str:
        day = found["day"] or found["after"] or "0"
        # Without a day or a year, "may" and "march" are verbs.
        if day == "0" and not found["year"] and found["month"] in {"may", "march"}:
            return found[0]
        parts = [found["year"] or "", f"-{months.index(found['month']) + 1:02}"]
        dates["".join([*parts, f"-{int(day):02}" if int(day) else ""])] += 1
        return "@"

    ordinal = r"(?:er|st|nd|rd|th)?"
    pattern = (
        rf"(?:\b(?P<day>\d\d?){ordinal} (?:of )?)?\b(?P<month>{'|'.join(months)})\b"
        rf"(?: (?P<after>\d\d?){ordinal}\b(?!,\d))?(?:,? (?P<year>\d{{4}})\b)?"
    )
    return re.sub(pattern, take, text)


@lru_cache(maxsize=2)
def _hedge_patterns(side: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    groups = [
        "|".join(
            f"(?P<{name.replace('-', '_')}>{words[side][place]})" for name, words in _HEDGES.items()
        )
        for place in (0, 1)
    ]
    before = rf"(?<![a-z])(?:{groups[0]}){_ARTICLES[side]}$"
    return re.compile(before), re.compile(rf" (?:[a-z]+ )??(?:{groups[1]})\b")


def _hedge(text: str, at: int, start: int, end: int, side: int) -> tuple[str, int, int]:
    """Find how the number between start and end is hedged, and where its hedge starts and ends."""
    before, after = _hedge_patterns(side)
    if found := before.search(text, max(at, start - 40), start):
        return str(found.lastgroup).replace("_", "-"), found.start(), end
    if found := after.match(text, end):
        return str(found.lastgroup).replace("_", "-"), start, found.end()
    return "", start, end


def _turn_ne(clause: re.Match[str]) -> str:
    """Write a « ne » with what goes with it as one word, so that it counts once."""
    before, after = clause[1], clause[2]
    first = re.search(rf"{_NEGATIVE}|\bplus\b|\bqu(?:e\b|')", after)
    if first and first[0].startswith("qu"):
        return f"{before}ne-que {after}"
    return f"{re.sub(_NEGATIVE, '', before)}ne-pas {re.sub(_NEGATIVE, '', after)}"


# Names.


@cache
def _bare(text: str) -> str:
    """Take the accents off a text, and leave its capitals."""
    text = text.translate(str.maketrans(LIGATURES | dict.fromkeys(APOSTROPHES, "'")))
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


class Names:
    """Finds known names in texts, and words with a capital that are part of none."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self.ids = {re.sub(r"^(?:L'|L[ae] |Les )", "", _bare(name)): id for name, id in ids.items()}
        names = sorted(self.ids, key=len, reverse=True)
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names)) or '(?!)'})(?!\w)")

    def of(self, text: str) -> list[str]:
        """Give the ids that a text names, in order."""
        return [self.ids[name] for name in self.pattern.findall(_bare(text))]

    def capitals(self, text: str) -> list[str]:
        """Give the words that have a capital where no sentence starts."""
        rest = self.pattern.sub("·", _bare(text))
        return re.findall(r"(?<![.!?…\])»”\"] )(?<![«“\"(\w])(?<!« )\b(?!^)[A-Z]\w*", rest)


@cache
def words_of(text: str) -> tuple[frozenset[str], str]:
    """Give the folded words of a text, and their initials without those of the small ones."""
    words = re.findall(r"\w+", fold(text))
    return frozenset(words), "".join(word[0] for word in words if len(word) > 2)


@cache
def lacks(text: str, word: str) -> bool:
    """Tell whether a text, in whichever language, has nothing like a name."""
    folded, (words, initials) = fold(word), words_of(text)
    same = _SAME_WORDS.get(folded.removesuffix("s"), folded)
    stem = folded[:5] if len(folded) > 4 else ""
    if same is None or {folded, same} & words or (stem and any(w.startswith(stem) for w in words)):
        return False
    acronym = folded.removesuffix("s") if word[:-1].isupper() else ""
    return len(acronym) < 3 or acronym not in initials
