"""What the program itself says, in both languages: words, numbers, dates, quotation marks."""

from __future__ import annotations

import re
from functools import cache, lru_cache, reduce
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts.packaged import content
from essfacts.text import fold, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LANGUAGES = ("fr", "en")
COLON = {"fr": " : ", "en": ": "}
SEMICOLON = {"fr": " ; ", "en": "; "}


@cache
def lexicon(group: str) -> Mapping[str, Any]:
    """Give the rows of a group of language.json by key; each has a column for each language."""
    return _groups()[group]


@cache
def _groups() -> Mapping[str, Mapping[str, Any]]:
    # Imported at the first word: what needs none, such as the library, starts without it.
    import json

    groups: dict[str, Any] = json.loads(content("language.json"))
    # Messages stand by theme there.
    themes = groups["messages"].values()
    groups["messages"] = {key: row for theme in themes for key, row in theme.items()}
    return groups


_MOST_SHOWN = 100


class Whole(str):
    """A text that fills a blank and is never shortened: a path, or a command to paste."""

    __slots__ = ()


class Message(NamedTuple):
    """A sentence of language.json with its blanks filled, to be said in either language.

    What fills a blank is shortened and made safe to print: it may be what somebody typed.
    A sentence that counts has a form for one and another for more, parted by a bar.
    """

    key: str
    blanks: Mapping[str, Any] = {}

    def said(self, language: str) -> str:
        """Say it in a language; French counts none as one."""
        row = lexicon("messages").get(self.key)
        if row is None:  # a word may fill a blank as well as a sentence
            return word(self.key, language)
        count = self.blanks.get("count", 1)
        is_one = count < 2 if language == "fr" else count == 1
        form: str = row[language].split("|")[0 if is_one else -1]
        said = {name: filled(blank, language) for name, blank in self.blanks.items()}
        return form.format(**said)

    def __str__(self) -> str:
        return self.said("en")

    def __hash__(self) -> int:
        return hash(str(self))


def message(key: str, **blanks: Any) -> Message:
    """Make a message; a blank may be a message, a text or a Text, a number, a list."""
    return Message(key, blanks)


def chained(key: str, parts: Iterable[Message | str]) -> Message | str:
    """Join parts by a sentence of two blanks, such as `either`."""
    return reduce(lambda first, last: message(key, first=first, last=last), parts)


def filled(blank: Any, language: str) -> str:
    """Say in a language what fills a blank."""
    if isinstance(blank, Message):
        return blank.said(language)
    if isinstance(blank, int | float):
        return format_number(blank, language)
    if hasattr(blank, language):
        return str(getattr(blank, language))
    if not isinstance(blank, str):
        return ", ".join(filled(item, language) for item in blank)
    if isinstance(blank, Whole):
        return "\n".join(map(printable, blank.split("\n")))
    text = printable(blank)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}


def word(key: str, language: str) -> str:
    """Say a word of the program in a language; a word it does not know stands as it is."""
    row = lexicon("words").get(key)
    return str(row[language]) if row else key


def say(key: str, language: str, **blanks: Any) -> str:
    """Say a sentence of language.json in a language."""
    return Message(key, blanks).said(language)


def title(name: str, language: str) -> str:
    """Give the heading of a list."""
    return str(lexicon("titles")[name][language])


def format_date(date: str, language: str) -> str:
    """Say an ISO 8601 day, month or year with the precision that it has."""
    year, *rest = date.split("-")
    names = [month(int(rest[0]), language)] if rest else []
    days = [format_day(int(day), language) for day in rest[1:]]
    return " ".join([*days, *names, year])


def month(number: int, language: str) -> str:
    """Name a month, from 1 to 12."""
    return _MONTHS[language].split()[number - 1]


def format_day(day: int, language: str) -> str:
    """Say a day of the month; French has an ordinal for the first."""
    return "1er" if day == 1 and language == "fr" else str(day)


def quoted(text: str, language: str) -> str:
    """Set text between the quotation marks of a language."""
    return f"« {text} »" if language == "fr" else f"“{text}”"


_GLUED = (
    # A thin space parts thousands and stands before high marks, a whole one before the others.
    # A pattern that begins with the space itself is found three times as fast.
    (r" (?:(?<=\d )(?=\d{3}(?!\d))|(?=[;!?]))", "\u202f"),
    (r" (?:(?<=[«≈] )|(?=[:»%€×]))", "\u00a0"),
)


def typeset(text: str) -> str:
    """Glue a mark to the word that it belongs to, so that no line begins or ends with it."""
    for pattern, space in _GLUED:
        text = re.sub(pattern, space, text)
    return text


def joined(small: str, noun: str, language: str) -> str:
    """Put a small word before a noun; in French `de`, `que`, `la`… elide, and `de le` is `du`."""
    if language != "fr":
        return f"{small} {noun}"
    first, _, rest = noun.partition(" ")
    if contracted := _CONTRACTIONS.get(f"{small} {first}"):
        return f"{contracted} {rest}"
    if small.endswith("'"):
        return small + noun
    # H is left alone: nothing in a name says whether it is mute, and "de Henri" is French too.
    elides = re.match("(?!onz|oui\\b|y[aeiou])[aeiouy]", fold(noun))
    if elides and small in {"de", "que", "le", "la"}:
        return f"{small[:-1]}'{noun}"
    return f"{small} {noun}"


_CONTRACTIONS = {"de le": "du", "de les": "des", "à le": "au", "à les": "aux"}


def listed(*parts: str) -> str:
    """Put commas between parts; English closes its quotation marks after them."""
    *before, last = [part for part in parts if part] or [""]
    return " ".join([*(_marked(part, ",") for part in before), last])


def _marked(part: str, mark: str) -> str:
    body = part.rstrip("’”")
    return f"{body}{mark}{part[len(body) :]}"


def series(names: Sequence[str], of_two: str, of_more: str = "") -> str:
    *before, last = names or ("",)
    joint = of_more or of_two if len(before) > 1 else of_two
    return f"{', '.join(before)}{joint}{last}" if before else last


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """Begin with a small letter, unless the word is an acronym."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def sentences(*parts: str, url: str | None = None) -> str:
    """End each part with a stop, but not the web address, to which a reader would take it."""
    stops = (".", "!", "?", "…")
    stopped = (p if p.rstrip("’”").endswith(stops) else _marked(p, ".") for p in parts if p)
    return " ".join([*stopped, *filter(None, [url])])


def significant(number: float, digits: int = 3) -> float:
    """Round what was worked out of rounded numbers to the digits that it knows."""
    return float(f"{number:.{digits}g}")


_MARKS = {"fr": (" ", ","), "en": (",", ".")}


@lru_cache(maxsize=256)
def format_number(number: float, language: str) -> str:
    """Print a number as the language does: `1 367` and `1,3`, or `1,367` and `1.3`."""
    group, point = _MARKS[language]
    # Two decimals say enough of a ratio; the exact value stays in the data formats.
    whole, _, decimals = f"{number:,.2f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", group) + (point + decimals if decimals else "")
