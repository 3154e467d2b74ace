"""What a dataset keeps of the release instead of its text, and how a text is matched with it.

The release is a chain of words in canonical form. For each word the fingerprint holds a hash of
the run of three that it ends (a polynomial of the words' CRC-32, as Karp and Rabin 1987 have it):
what comes before the first word is nothing, so the hash of each word follows from the runs. Three
hashes of 32 bits stand behind every match: in a copy of any size, none is an accident.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from essfacts.text import APOSTROPHES, INVISIBLE, LIGATURES, SUPERSCRIPTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from essfacts.model import Frozen, Sealed

# Words in canonical form.

_LOWERED = str.maketrans(SUPERSCRIPTS, "0123456789")
_LETTER = rf"[^\W\d_{SUPERSCRIPTS}]"
_SPACE = r"[^\S\r\n\f\v]"
# A line's end, in quoted mail too.
_LINE_END = rf"{_SPACE}*\r?\n[\s>]*"
_HYPHENS, DASHES = r"\-‐‑", r"\-‐‑‒–—―−"
_SIGNS = "+±~≈<>≤≥×=−"
_BULLETS = "•·∙‣⁃◦●○▪▫■□▶►➢➤✓✔❖"
_TOKEN = re.compile(
    # Not read: link addresses of Markdown, numbers of links as lynx has them, roles.
    r"\]\([^()\s]{0,2000}(?:\s\"[^\"\n]*\")?\)|(?<!\S)\[\d+\](?=\w)|:su[bp]:"
    # Addresses: white space between angle brackets is none of theirs (RFC 3986, appendix C).
    r"|((?i:<(?:https?|mailto):[^<>]{1,400}>|(?:https?|mailto):[^\s<>]+)"
    # Words, over hyphens and the ends of lines.
    rf"|{_LETTER}+(?:(?:\\?[{_HYPHENS}\u00ad](?:{_LINE_END})?(?={_LETTER})"
    rf"|[\u0300-\u036f{INVISIBLE}]+){_LETTER}*)*"
    # Telephone numbers, thousands, other numbers.
    rf"|(?<!\d)0\d(?:(?:[.-]|{_SPACE}|{_LINE_END})?\d\d){{4}}(?!\d)"
    rf"|(?<!\d)\d{{1,3}}(?:(?:[{APOSTROPHES}]|{_SPACE}|{_LINE_END})\d{{3}})+(?!\d)(?:,\d+)?"
    r"|\d+(?:[.,:/]\d+)*"
    # Units and signs, footnote marks.
    rf"|[%‰€$£°]|[{_SIGNS}]+(?={_SPACE}?\d)|[{DASHES}]+(?=\d)|(?<=\d)\+|[{SUPERSCRIPTS}]+)"
    # A run that is none is passed over at once: sought from each of its signs, it takes the square.
    rf"|[{_SIGNS}]+(?=[{_SIGNS}])|[{DASHES}]+(?=[{DASHES}])"
)
_SPELT_OUT = str.maketrans({**LIGATURES})
_ADDRESS = re.compile("<?(?:https?|mailto):", re.IGNORECASE)
_UNREAD = re.compile(rf"[\s<>\\{_HYPHENS}{INVISIBLE}]+")


def _canonical(word: str) -> str:
    if word.isascii() and word.isalpha():
        return word.lower()
    if word[0].isdecimal():
        number = "".join(char for char in word if char.isdecimal() or char in ",.:/")
        return number.replace(".", "") if re.match(r"0\d(?:\.\d\d){4}\Z", number) else number
    if word[0] in SUPERSCRIPTS:
        return word.translate(_LOWERED)
    if word[0] in DASHES:
        return "-"
    if not (word[0].isalpha() or _ADDRESS.match(word)):
        return word
    written = _UNREAD.sub("", word).rstrip(".,;:)]").translate(_SPELT_OUT)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", written).casefold())


@cache
def hash_of(word: str) -> int:
    """Reduce a word to 32 bits, whatever its typography."""
    return crc32(_canonical(word).encode("utf-8", "surrogatepass"))


class Words(NamedTuple):
    """The words of a text: their hashes, and where each begins and ends."""

    text: str
    hashes: array[int]
    starts: array[int]
    ends: array[int]

    def word(self, place: int) -> str:
        """Give a word as it is written."""
        return self.text[self.starts[place] : self.ends[place]]

    def label(self, place: int) -> str:
        """Give a word with its raised digits lowered."""
        return self.word(place).translate(_LOWERED)

    def between(self, left: int, right: int) -> str:
        """Give what stands between two words; before the first and after the last, a page ends."""
        is_first, is_last = left < 0, right == len(self.starts)
        start, end = 0 if is_first else self.ends[left], None if is_last else self.starts[right]
        return "\f" * is_first + self.text[start:end] + "\f" * is_last

    def gap(self, place: int) -> str:
        """Give what stands between the word before a place and the word there."""
        return self.between(place - 1, place)

    def is_address(self, place: int) -> bool:
        """Tell whether a word is an address."""
        return bool(_ADDRESS.match(self.text, self.starts[place]))

    def is_mark(self, place: int) -> bool:
        """Tell whether a word is a footnote mark: raised, or in square brackets."""
        start, end = self.starts[place], self.ends[place]
        around = self.text[max(0, start - 1) : start] + self.text[end : end + 1]
        return self.text[start] in SUPERSCRIPTS or (around == "[]" and self.text[start].isdecimal())

    def opens_line(self, place: int) -> bool:
        """Tell whether a word is the first of its line."""
        return not {"\n", "\f"}.isdisjoint(self.gap(place))


def read_words(text: str) -> Words:
    """Find the words of a text, and its footnote marks, which are like words here."""
    words = Words(text, array("I"), array("I"), array("I"))
    for token in _TOKEN.finditer(text):
        if token.lastindex:
            words.hashes.append(hash_of(token[0]))
            words.starts.append(token.start())
            words.ends.append(token.end())
    return words


# The release.

# Borders, in what stands between two words: patterns that a copy without oddities does without.
PARAGRAPH = r"\n[ \t\r>|]*\n|\f"
ITEM = rf"[\n\f][\s>]*(?:[{_BULLETS}]|[{DASHES}*+]\s|\#)"
STOP = r"[.!?…][^\w\s]*(?:\s[»”\"'\s]*|\Z)"
_ABBREVIATION = r"[A-ZÀ-Þ]|MM|Mmes?|Mlles?|[DP]rs?|Mgr|Stes?|St|art|cf|env|ex|no|p|pp|tél|vol"
_HEAD = "# Hashes of the release, none of its sentences. Written by `essfacts seal`: don't edit.\n"
_MASK, _BASE = 2**32 - 1, 0x9E3779B1
_SQUARE = _BASE * _BASE & _MASK


class Fingerprint:
    """The release as hashes; places are numbers of words, from 0, and a range has no last one.

    `tokens` are what its file holds: a run's hash for each word, `@` behind one that is an address,
    `^1` for a footnote mark, `=1` for one that opens a note, `.` where a passage ends, and `/`
    where its paragraph or list does too. `marks` and `notes` go by how many words stand before
    them; `excerpts` are where excerpts stand and `digests` what records said, by id.
    """

    def __init__(self, tokens: Sequence[str]) -> None:
        """Read tokens; raises ValueError for what `take` never gives."""
        self.tokens = tokens
        self.hashes = array("I")
        self.passages, self.paragraphs = list[int](), list[int]()
        self.marks, self.notes = dict[int, str](), dict[int, str]()
        self.addresses = set[int]()
        self.excerpts, self.digests = dict[str, range](), dict[str, str]()
        paragraph = first = second = 0
        for token in tokens:
            size, sign = len(self.hashes), token[0]
            if sign in "./":
                self.passages.append(size)
                self.paragraphs.append(paragraph)
                paragraph += sign == "/"
            elif sign in "^=":
                (self.marks if sign == "^" else self.notes)[size] = token[1:]
            elif sign == "@":
                self.addresses.add(size - 1)
            else:
                first, second = second, (int(token, 16) - first * _SQUARE - second * _BASE) & _MASK
                self.hashes.append(second)
        sizes = [stop - start for start, stop in pairwise([0, *self.passages])]
        self.starts = {0, *self.passages}
        if not sizes or min(sizes) < 1 or sum(sizes) < len(self.hashes):
            raise ValueError

    def passage_of(self, place: int) -> int:
        """Give the passage in which a word stands."""
        return bisect_right(self.passages, place)

    def passage(self, number: int) -> range:
        """Give the words of a passage."""
        return range(self.passages[number - 1] if number else 0, self.passages[number])

    def passages_of(self, places: range) -> range:
        """Give the passages over which words stand."""
        return range(self.passage_of(places.start), self.passage_of(places.stop - 1) + 1)

    def find(self, text: str) -> list[range]:
        """Find where the words of a text stand, its footnote marks where it has any."""
        words = read_words(text)
        wanted, marks = array("I"), []
        for place, hash in enumerate(words.hashes):
            if words.word(place)[0] in SUPERSCRIPTS:
                marks.append((len(wanted), words.label(place)))
            else:
                wanted.append(hash)
        whole, part, width = self.hashes.tobytes(), wanted.tobytes(), wanted.itemsize
        found, at = [], whole.find(part) if part else -1
        while at >= 0:
            start = at // width
            if at % width == 0 and all(self.marks.get(start + n) == mark for n, mark in marks):
                found.append(range(start, start + len(wanted)))
            at = whole.find(part, at + 1)
        return found


def take(text: str) -> Fingerprint:
    """Take the fingerprint of a release; no excerpt and no record stands in it yet."""
    words = read_words(text)
    tokens: list[str] = []
    hashes, last = [0, 0], -1
    depth, is_list = 0, False
    for place, hash in enumerate(words.hashes):
        word, opens_line = words.word(place), words.opens_line(place)
        if words.is_mark(place):
            tokens.append("^="[opens_line] + words.label(place))
            continue
        if word[0] in DASHES and opens_line:
            continue
        gap = words.between(last, place)
        is_item, is_apart = bool(re.search(ITEM, gap)), bool(re.search(PARAGRAPH, gap))
        is_stop = re.search(STOP, gap) and not (
            depth > 0 or word[0].islower() or re.fullmatch(_ABBREVIATION, words.word(last))
        )
        if last >= 0 and (is_item or is_apart or is_stop):
            # The items of a list, and the words that lead to it, are like one paragraph.
            is_list = is_item and (is_list or ":" in gap)
            tokens.append("/" if is_apart and not is_list else ".")
        # A quotation is one passage, with who speaks it.
        depth = 0 if is_apart else depth
        depth += sum(map(gap.count, "«“")) - sum(map(gap.count, "»”"))
        run = hashes[-2] * _SQUARE + hashes[-1] * _BASE + hash
        tokens.append(f"{run & _MASK:08x}")
        if words.is_address(place):
            tokens.append("@")
        hashes.append(hash)
        last = place
    return Fingerprint([*tokens, "/"])


# Its file.


def written(fingerprint: Fingerprint) -> str:
    """Write a fingerprint as the YAML of its file."""
    places = fingerprint.excerpts
    records = [
        f"{id} {said}" + (f" {places[id].start} {places[id].stop}" if id in places else "")
        for id, said in sorted(fingerprint.digests.items())
    ]
    lines = ["release:", *_packed(fingerprint.tokens, " ", 100)]
    lines += ["records:", *_packed(records, ", ", 8)]
    return _HEAD + "".join(f"{line}\n" for line in lines)


def _packed(parts: Sequence[str], separator: str, size: int) -> Iterator[str]:
    """Write many in a line: each line that YAML parts takes time to read."""
    for at in range(0, len(parts), size):
        yield f"- '{separator.join(parts[at : at + size])}'"


def restore(sealed: Sealed) -> Fingerprint:
    """Make the fingerprint that a file holds; ValueError for what `written` never writes."""
    fingerprint = Fingerprint(" ".join(sealed.release).split())
    for part in ", ".join(sealed.records).split(", "):
        id, said, *ends = part.split()
        fingerprint.digests[id] = said
        if ends:
            fingerprint.excerpts[id] = place = range(*map(int, ends))
            if not 0 <= place[0] <= place[-1] < len(fingerprint.hashes):
                raise ValueError
    return fingerprint


def digest(record: Frozen) -> str:
    """Reduce what a record says to eight digits; fields that it leaves out don't count."""
    return f"{crc32(repr(record).encode()):08x}"


# Matching.

UNKNOWN = -1
# So many words are compared one by one where runs leave a gap.
NEAR = 40
# A run that stands oftener tells nothing, and is not followed everywhere.
_MANY = 16


def match_text(release: Fingerprint, text: str) -> tuple[Words, array[int]]:
    """Find the words of a text, and the place of each in the release, or -1; long runs first."""
    words = read_words(text)
    matches = array("i", [UNKNOWN]) * len(words.hashes)
    for _, _, first, end, drift in sorted(_runs(release.hashes, words.hashes)):
        free = [place for place in range(first, end) if matches[place] < 0]
        if len(free) >= 3:
            for place in free:
                matches[place] = place + drift
    known = [place for place, match in enumerate(matches) if match >= 0]
    for left, right in pairwise([-1, *known, len(matches)] if known else []):
        first = matches[left] + 1 if left >= 0 else 0
        last = matches[right] if right < len(matches) else len(release.hashes)
        if 1 < right - left <= NEAR and 0 < last - first <= NEAR:
            from difflib import SequenceMatcher

            theirs = words.hashes[left + 1 : right]
            matcher = SequenceMatcher(None, release.hashes[first:last], theirs, autojunk=False)
            for at, place, size in matcher.get_matching_blocks():
                for step in range(size):
                    matches[left + 1 + place + step] = first + at + step
    # One or two words that stand twice.
    last = UNKNOWN
    for place, match in enumerate(matches):
        if 0 <= last - match < 2 and match not in release.starts:
            matches[place] = UNKNOWN
        elif match >= 0:
            last = match
    return words, matches


def _runs(release: array[int], text: array[int]) -> Iterator[tuple[int, int, int, int, int]]:
    """Find the runs of three words and more that two chains share, to be sorted the best first.

    Of runs that are as long, the best goes on from what was matched before.
    """
    places: dict[tuple[int, ...], list[int]] = {}
    run: tuple[int, ...]
    for at, run in enumerate(zip(release, release[1:], release[2:], strict=False)):
        places.setdefault(run, []).append(at)
    begun: dict[int, int] = {}
    usual = 0
    for place, run in enumerate(chain(zip(text, text[1:], text[2:], strict=False), [()])):
        drifts = {at - place for at in places.get(run, ())[:_MANY]}
        if drifts == begun.keys():
            continue
        ended = sorted(
            (first - place - 2, abs(drift - usual), first, place + 2, drift)
            for drift, first in begun.items()
            if drift not in drifts
        )
        yield from ended
        if ended and drifts.isdisjoint(begun):
            usual = ended[0][-1]
        begun = {drift: begun.get(drift, place) for drift in drifts}
