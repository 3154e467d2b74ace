"""Text as people type it and as it is safe to print."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

# Those of printers, such as ﬁ, are parted where case is folded.
LIGATURES = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"}
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
APOSTROPHES = "'’‘‛ʼ＇′´`"
# What a spreadsheet runs as a formula: OWASP's list, with the full-width forms.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What is not seen: soft hyphen, zero-width characters, byte order mark, direction marks.
INVISIBLE = "\u00ad\u034f\u061c\u180e\ufeff" + "".join(
    char for char in map(chr, range(0x2000, 0x2070)) if unicodedata.category(char) == "Cf"
)
# Patterns stay text until they are used: most commands need none of them.
_UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"
    "\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"
)
# Marks that say the same, as the plainest of them.
ALIKE = str.maketrans(
    LIGATURES
    | dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys("‐‑‒–—−", "-")
    | dict.fromkeys("«»“”„", '"')
)
_FOLDED = ALIKE | dict.fromkeys(map(ord, INVISIBLE))


def fold(text: str) -> str:
    """Reduce text to what two people would type alike: no case, accents or kinds of space."""
    if not text.isascii():
        text = unicodedata.normalize("NFD", text.translate(_FOLDED))
        text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(text.replace("`", "'").casefold().split())


def is_unicode(stream: TextIO) -> bool:
    """Tell whether a stream carries every character."""
    return (stream.encoding or "utf-8").lower().startswith("utf")


def unsafe(text: str) -> str | None:
    """Give the first character that could steer a terminal or turn the reading direction."""
    # Most text is printable, and then no pattern need be compiled.
    found = None if text.isprintable() else re.search(_UNSAFE, text)
    return found and found[0]


def printable(text: str, kept: str = "") -> str:
    """Spell out every character that could steer a terminal or turn the reading direction."""
    if text.isprintable():
        return text

    def spell(found: re.Match[str]) -> str:
        char = found[0]
        return char if char in kept else char.encode("unicode_escape").decode()

    return re.sub(_UNSAFE, spell, text)


def escaped(document: str) -> str:
    r"""Write as `\u202e` what `printable` spells out, in the strings of JSON, or YAML's quoted."""
    spell = "\\u{:04x}".format
    return re.sub(_UNSAFE, lambda char: "\n" if char[0] == "\n" else spell(ord(char[0])), document)
