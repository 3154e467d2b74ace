"""What a dataset keeps of the release instead of its text, and how a text compares with it.

The release is a chain of words in canonical form. For each word the fingerprint holds a hash of
the run of three that it ends (a polynomial of the words' CRC-32, as Karp and Rabin 1987 have it):
what comes before the first word is nothing, so the hash of each word follows from the runs. Three
hashes of 32 bits stand behind every match: in a copy of any size, none is an accident.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from binascii import a2b_base64, b2a_base64
from bisect import bisect_right
from collections import Counter
from functools import cached_property
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from essfacts.model import Frozen
from essfacts.text import APOSTROPHES, INVISIBLE, LIGATURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# Words in canonical form.

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWERED = str.maketrans(_RAISED, "0123456789")
_LETTER = rf"[^\W\d_{_RAISED}]"
_NEWLINE = r"(?>\r\n?|\n)"
_SPACE = "[ \t\u00a0\u2007\u2009\u202f]"
# A line's end, in quoted mail too.
_LINE_END = rf"{_SPACE}*{_NEWLINE}[\s>]*"
_HYPHENS, _DASHES = r"\-‐‑", r"\-‐‑‒–—―−"
_BULLETS = "•·∙‣⁃◦●○▪▫■□▶►➢➤✓✔❖"
_TAGS = "a|abbr|b|big|br|cite|code|div|em|font|h[1-6]|hr|i|li|mark|ol|p|small|span|strong|su[bp]"
_TOKEN = re.compile(
    # Not read: tags and link addresses of Markdown, entities.
    rf"</?(?i:{_TAGS}|t(?:able|body|d|h|head|r)|ul?)\b[^<>]*>"
    r"|\]\([^()\s]{0,2000}(?:\s\"[^\"\n]*\")?\)|&(?:\#\w+|[a-zA-Z]+);|:su[bp]:"
    # Addresses: white space between angle brackets is none of theirs (RFC 3986, appendix C).
    r"|((?i:<(?:https?|mailto):[^<>]{1,400}>|(?:https?|mailto):(?:(?!&[gl]t;)[^\s<>])+)"
    # Words, over hyphens and the ends of lines.
    rf"|{_LETTER}+(?:\u00ad(?:{_LINE_END}(?={_LETTER}))?{_LETTER}*"
    rf"|[\u0300-\u036f{INVISIBLE}]+{_LETTER}*|\\?[{_HYPHENS}](?:{_LINE_END})?(?={_LETTER}){_LETTER}+)*"
    # Telephone numbers, thousands, other numbers.
    rf"|(?<!\d)0\d(?:(?:[.-]|{_SPACE}|{_LINE_END})?\d\d){{4}}(?!\d)"
    rf"|(?<!\d)\d{{1,3}}(?:(?:[{APOSTROPHES}]|{_SPACE}|{_LINE_END})\d{{3}})+(?!\d)(?:,\d+)?"
    r"|\d+(?:[.,:/]\d+)*"
    # Units and signs, footnote marks.
    rf"|[%‰€$£°]|[+±~≈<>≤≥×=−]+(?={_SPACE}?\d)|[{_DASHES}]+(?=\d)|(?<=\d)\+|[{_RAISED}]+)"
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
    if word[0] in _RAISED:
        return word.translate(_LOWERED)
    if word[0] in _DASHES:
        return "-"
    if not (word[0].isalpha() or _ADDRESS.match(word)):
        return word
    written = _UNREAD.sub("", word).rstrip(".,;:)]").translate(_SPELT_OUT)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", written).casefold())


class _Hashes(dict[str, int]):
    def __missing__(self, word: str) -> int:
        self[word] = value = crc32(_canonical(word).encode("utf-8", "surrogatepass"))
        return value


_HASHES = _Hashes()


class Words(NamedTuple):
    """The words of a text: their hashes, and where each begins and ends."""

    text: str
    hashes: array[int]
    starts: array[int]
    ends: array[int]

    def word(self, place: int) -> str:
        """Give a word as it is written."""
        return self.text[self.starts[place] : self.ends[place]]

    def between(self, left: int, right: int) -> str:
        """Give what stands between two words; there is one before the first, after the last."""
        after = self.starts[right] if right < len(self.starts) else len(self.text)
        return self.text[self.ends[left] if left >= 0 else 0 : after]

    def gap(self, place: int) -> str:
        """Give what stands between the word before a place and the word there."""
        return self.between(place - 1, place)

    def is_mark(self, place: int) -> bool:
        """Tell whether a word is a footnote mark: raised, or in square brackets."""
        start, end = self.starts[place], self.ends[place]
        around = self.text[max(0, start - 1) : start] + self.text[end : end + 1]
        return self.text[start] in _RAISED or (around == "[]" and self.text[start].isdecimal())

    def opens_line(self, place: int) -> bool:
        """Tell whether a word is the first of its line."""
        return not place or bool(re.search(r"[\r\n\f]", self.gap(place)))


def read_words(text: str) -> Words:
    """Find the words of a text, and its footnote marks, which are like words here."""
    words = Words(text, array("I"), array("I"), array("I"))
    for token in _TOKEN.finditer(text):
        if token.lastindex:
            words.hashes.append(_HASHES[token[0]])
            words.starts.append(token.start())
            words.ends.append(token.end())
    return words


# Borders, in what stands between two words.

_PARAGRAPH = re.compile(rf"{_NEWLINE}[ \t>|]*{_NEWLINE}|\f")
_ITEM = re.compile(rf"(?:{_NEWLINE}|\f)[\s>]*(?:[{_BULLETS}]|[{_DASHES}*+]\s|\#)")
_STOP = re.compile(r"[.!?…][^\w\s]*(?:\s[»”\"'\s]*|\Z)")
_ABBREVIATION = r"[A-ZÀ-Þ]|MM|Mmes?|Mlles?|[DP]rs?|Mgr|Stes?|St|art|cf|env|ex|no|p|pp|tél|vol"
_HEAD = "# Hashes of the release, none of its sentences. Written by `essfacts seal`: don't edit."


def border_depth(gap: str) -> int:
    """Tell what stands between two words: 2 for the end of a paragraph, 1 for that of a line."""
    if _PARAGRAPH.search(gap):
        return 2
    return int(bool(re.search(_NEWLINE, gap)))


_MASK, _BASE = 2**32 - 1, 0x9E3779B1
_SQUARE = _BASE * _BASE & _MASK
# A run that stands oftener tells nothing, and is not followed everywhere.
_MANY = 16


class Fingerprint(NamedTuple):
    """The release as hashes; places are numbers of words, from 0, and a range has no last one.

    `passages` are where passages end, `paragraphs` in which paragraph or list each stands; `marks`
    are footnote marks by how many words stand before them, `notes` those that open a passage;
    `excerpts` are where excerpts stand and `digests` what records said, by id.
    """

    hashes: array[int]
    passages: Sequence[int]
    paragraphs: Sequence[int]
    marks: Mapping[int, str]
    notes: Mapping[int, str]
    addresses: set[int]
    excerpts: dict[str, range]
    digests: dict[str, str]

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
            if words.word(place)[0] in _RAISED:
                marks.append((len(wanted), words.word(place).translate(_LOWERED)))
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

    @property
    def runs(self) -> array[int]:
        """The hash of each run of three words, by its last word."""
        padded = [0, 0, *self.hashes]
        return array("I", [_run(padded, place) for place in range(len(self.hashes))])


class Sealed(Frozen):
    """A fingerprint as its file holds it: lines of numbers, a paragraph or a record each."""

    runs: tuple[str, ...]
    passages: tuple[str, ...]
    records: tuple[str, ...]
    marks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


def written(fingerprint: Fingerprint) -> str:
    """Write a fingerprint as the YAML of its file."""
    paragraphs: dict[int, list[str]] = {}
    for number, end in zip(fingerprint.paragraphs, fingerprint.passages, strict=True):
        paragraphs.setdefault(number, []).append(str(end))
    places = {id: f" {place.start} {place.stop}" for id, place in fingerprint.excerpts.items()}
    runs = b2a_base64(_little(fingerprint.runs), newline=False).decode()
    parts = {
        "runs": (runs[at : at + 96] for at in range(0, len(runs), 96)),
        "passages": map(" ".join, paragraphs.values()),
        "marks": (f"{place} {mark}" for place, mark in fingerprint.marks.items()),
        "notes": (f"{place} {mark}" for place, mark in fingerprint.notes.items()),
        "addresses": map(str, sorted(fingerprint.addresses)),
        "records": (
            id + " " + said + places.get(id, "") for id, said in fingerprint.digests.items()
        ),
    }
    lines = [_HEAD]
    for name, values in parts.items():
        items = [f"  - {value}" for value in values]
        lines += [f"{name}:", *items] if items else [f"{name}: []"]
    return "\n".join(lines) + "\n"


def restore(sealed: Sealed) -> Fingerprint:
    """Make the fingerprint that a file holds; ValueError for what `written` never writes."""
    runs = array("I", a2b_base64("".join(sealed.runs), strict_mode=True))
    passages = [list(map(int, line.split())) for line in sealed.passages]
    ends = [end for line in passages for end in line]
    records = [line.split() for line in sealed.records]
    fingerprint = Fingerprint(
        hashes=of_runs(_little(runs)),
        passages=ends,
        paragraphs=[number for number, line in enumerate(passages) for _ in line],
        marks={int(place): mark for place, mark in map(str.split, sealed.marks)},
        notes={int(place): mark for place, mark in map(str.split, sealed.notes)},
        addresses=set(map(int, sealed.addresses)),
        excerpts={id: range(*map(int, place)) for id, _, *place in records if place},
        digests={id: said for id, said, *_ in records},
    )
    size = len(fingerprint.hashes)
    if (
        ends != sorted({*ends})
        or ends[:1] == [0]
        or ends[-1:] != [size]
        or not all(
            place and 0 <= place[0] <= place[-1] < size for place in fingerprint.excerpts.values()
        )
    ):
        raise ValueError
    return fingerprint


def _little(numbers: array[int]) -> array[int]:
    """Turn the bytes of numbers where the machine has the great end first."""
    turned = array("I", numbers)
    if sys.byteorder == "big":
        turned.byteswap()
    return turned


def digest(record: Any) -> str:
    """Reduce what a record says to eight digits; fields that it leaves out don't count."""
    return f"{crc32(repr(_said(record)).encode()):08x}"


def _said(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_said(part) for part in value]
    if not isinstance(value, Frozen):
        return value
    known = value.__dataclass_fields__
    said = ((name, getattr(value, name)) for name in sorted(known) if name != "line")
    return [(name, _said(part)) for name, part in said if part != known[name].default]


def _run(hashes: Sequence[int], start: int) -> int:
    return (hashes[start] * _SQUARE + hashes[start + 1] * _BASE + hashes[start + 2]) & _MASK


def of_runs(runs: Iterable[int]) -> array[int]:
    """Work the hashes of the words out of those of their runs."""
    hashes = array("I")
    first = second = 0
    for run in runs:
        first, second = second, (run - first * _SQUARE - second * _BASE) & _MASK
        hashes.append(second)
    return hashes


def take(text: str) -> Fingerprint:
    """Take the fingerprint of a release; no excerpt and no record stands in it yet."""
    words = read_words(text)
    hashes, passages, paragraphs = array("I"), [], [0]
    marks: dict[int, str] = {}
    notes: dict[int, str] = {}
    kept: list[int] = []
    depth, is_list = 0, False
    for place, hash in enumerate(words.hashes):
        word, opens_line = words.word(place), words.opens_line(place)
        if words.is_mark(place):
            (notes if opens_line else marks)[len(kept)] = word.translate(_LOWERED)
            continue
        if word[0] in _DASHES and opens_line:
            continue
        before = words.word(kept[-1]) if kept else ""
        gap = text[words.ends[kept[-1]] if kept else 0 : words.starts[place]]
        is_item, is_apart = bool(_ITEM.search(gap)), bool(_PARAGRAPH.search(gap))
        is_stop = _STOP.search(gap) and not (
            depth > 0 or word[0].islower() or re.fullmatch(_ABBREVIATION, before)
        )
        if kept and (is_item or is_apart or is_stop):
            passages.append(len(kept))
            # The items of a list, and the words that lead to it, are like one paragraph.
            is_list = is_item and (is_list or ":" in gap)
            paragraphs.append(paragraphs[-1] + (is_apart and not is_list))
        # A quotation is one passage, with who speaks it.
        depth = 0 if is_apart else depth
        depth += sum(map(gap.count, "«“")) - sum(map(gap.count, "»”"))
        hashes.append(hash)
        kept.append(place)
    passages.append(len(kept))
    addresses = {at for at, place in enumerate(kept) if _ADDRESS.match(words.word(place))}
    return Fingerprint(hashes, passages, paragraphs, marks, notes, addresses, {}, {})


# Comparing.

_UNKNOWN = -1
# So many words are compared one by one where runs leave a gap, or looked through for a border.
_NEAR = 40
# One or two words that stand twice.
_DOUBLED = 2
# Page foot and notes may stand between two words of a passage.
_REACH = 400
_SAYING = {
    _HASHES[verb]
    for verb in (
        "affirme ajoute annonce conclut confie déclare dit estime explique indique observe poursuit"
        " précise rappelle résume souligne"
    ).split()
}


class Damage(NamedTuple):
    """Where a text differs: the words gone, as places in the release, and those put in."""

    gone: range
    put: range


class Occurrence(NamedTuple):
    """A passage of the release found in a text: the places of its words there, and what differs."""

    passage: int
    places: list[int]
    damages: list[Damage]


class Comparison:
    """A text against the release.

    `matches` has, for each word of the text, its place in the release, or -1; `asides` are words
    that are no part of what is said, such as footnote marks, bullets and page numbers. A passage
    occurs where a share of its words stands, `least`; `quotations` are those of the release, before
    which a text may say who speaks.
    """

    def __init__(
        self,
        fingerprint: Fingerprint,
        text: str,
        quotations: Iterable[range] = (),
        *,
        least: float = 0.5,
    ) -> None:
        self.release, self.words = fingerprint, read_words(text)
        self.quotations = {fingerprint.passage_of(place.start): place for place in quotations}
        self.matches = _align(fingerprint.hashes, self.words.hashes)
        self._fill_gaps()
        self.asides: set[int] = set()
        self.occurrences = [Occurrence(*found, []) for found in self._gather(least)]
        for occurrence in self.occurrences:
            occurrence.damages.extend(self._damages(occurrence))

    def _fill_gaps(self) -> None:
        """Match single words where runs leave a short gap."""
        release, matches = self.release, self.matches
        known = [place for place, match in enumerate(matches) if match >= 0]
        if not known:
            return
        for left, right in pairwise([-1, *known, len(matches)]):
            if not 1 < right - left <= _NEAR:
                continue
            first = matches[left] + 1 if left >= 0 else 0
            last = matches[right] if right < len(matches) else len(release.hashes)
            if 0 < last - first <= _NEAR:
                wanted = release.hashes[first:last]
                for at, place in _common(wanted, self.words.hashes[left + 1 : right]):
                    matches[left + 1 + place] = first + at

    def _gather(self, least: float) -> list[tuple[int, list[int]]]:
        """Gather what is matched by passage; too small a part of one is nothing."""
        matches, found = self.matches, []
        latest: dict[int, list[int]] = {}
        number, whole = 0, range(0)
        for place, match in enumerate(matches):
            if match < 0:
                continue
            if match not in whole:
                number = self.release.passage_of(match)
                whole = self.release.passage(number)
            places = latest.get(number, [])
            last = matches[places[-1]] if places else -1
            if match > whole.start and 0 <= last - match < _DOUBLED:
                matches[place] = _UNKNOWN
                continue
            if not places or match <= last or place - places[-1] > _REACH:
                places = latest[number] = []
                found.append((number, places))
            places.append(place)
        for number, places in found:
            if len(places) < least * len(self.release.passage(number)):
                for place in places:
                    matches[place] = _UNKNOWN
        return [(number, places) for number, places in found if matches[places[0]] >= 0]

    def _damages(self, occurrence: Occurrence) -> Iterator[Damage]:
        places, matches = occurrence.places, self.matches
        whole, first, last = self.release.passage(occurrence.passage), places[0], places[-1]
        before, after = self._touching(first, -1), self._touching(last, 1)
        gaps = [Damage(range(whole.start, matches[first]), before)]
        for left, right in pairwise(places):
            if right - left > 1 or matches[right] - matches[left] > 1:
                gaps.append(
                    Damage(range(matches[left] + 1, matches[right]), range(left + 1, right))
                )
        gaps.append(Damage(range(matches[last] + 1, whole.stop), after))
        names = self._names_speaker(occurrence.passage, before) and not gaps[0].gone
        for gap in gaps:
            gone, put = gap
            if names and (put is before or not put):
                quotation = self.quotations[occurrence.passage]
                said = {self.words.hashes[place] for place in before}
                attribution = self.release.hashes[gone.start : gone.stop]
                if not gone or (gone.start >= quotation.stop and said.issuperset(attribution)):
                    self.asides.update(put)
                    continue
            if self.release.addresses.issuperset(gone) and all(
                self._is_aside(place, gap, whole) for place in put
            ):
                self.asides.update(put)
            else:
                yield gap

    def _touching(self, place: int, step: int) -> range:
        """Give the words that stand against a passage's first or last word, without a border."""
        at = place
        while 0 <= at + step < len(self.matches) and abs(at - place) < _NEAR:
            if at == place:
                if self._goes_on(at, step):
                    break
                if self._is_label(at + step, step):
                    at += step
                    continue
            if self._is_border(at, step) or (at != place and self.matches[at] >= 0):
                break
            at += step
        return range(at, place) if step < 0 else range(place + 1, at + 1)

    def _goes_on(self, place: int, step: int) -> bool:
        """Tell whether the release itself goes on, with its next word or with another passage."""
        match, following = self.matches[place], self.matches[place + step]
        if match + step == following or following < 0:
            return following >= 0
        number = self.release.passage_of(following)
        whole = self.release.passage(number)
        return number != self.release.passage_of(match) and following == whole[(step - 1) // 2]

    def _is_label(self, place: int, step: int) -> bool:
        """Tell whether a word numbers an item or a note, or is a mark behind a full stop."""
        word, words = self.words.word(place), self.words
        if step > 0:
            return words.is_mark(place) and not words.opens_line(place)
        pattern = r"\s" if word in "oO" else r"[.)\]°]+\s"
        is_short = len(word) == 1 or (len(word) == 2 and word.isdecimal())
        return (
            is_short
            and words.opens_line(place)
            and not words.opens_line(place + 1)
            and bool(re.match(pattern, words.gap(place + 1)))
        )

    def _is_border(self, place: int, step: int) -> bool:
        gap = self.words.gap(max(place, place + step))
        if any(border.search(gap) for border in (_STOP, _PARAGRAPH, _ITEM)):
            return True
        if not re.search(_NEWLINE, gap):
            return False
        if not self.is_wrapped:
            return True
        # Where lines are wrapped, words that fill theirs from the paragraph's border are apart.
        at = place + step
        while 0 <= at < len(self.matches) and self.matches[at] < 0:
            if abs(at - place) > _NEAR:
                return False
            if _PARAGRAPH.search(self.words.gap(max(at, at + step))):
                return True
            at += step
        return not 0 <= at < len(self.matches)

    @cached_property
    def is_wrapped(self) -> bool:
        """Tell whether lines end within passages."""
        return any(
            right - left == 1 and re.search(_NEWLINE, self.words.gap(right))
            for occurrence in self.occurrences
            for left, right in pairwise(occurrence.places)
        )

    def _names_speaker(self, passage: int, before: range) -> bool:
        """Tell whether words before a quotation say who speaks, and nothing that it does not."""
        if passage not in self.quotations or not before:
            return False
        whole = self.release.passage(passage)
        said = {self.words.hashes[place] for place in before}
        known = _SAYING.union(self.release.hashes[whole.start : whole.stop])
        return bool(said & _SAYING) and said <= known and ":" in self.words.gap(before.stop)

    def _is_aside(self, place: int, gap: Damage, whole: range) -> bool:
        """Tell whether a word between two of a passage, or against it, is no part of the text."""
        words, release, match = self.words, self.release, self.matches[place]
        word = words.word(place)
        label, at = word.translate(_LOWERED), gap.gone.start
        if match >= 0:
            note = release.passage(release.passage_of(match)).start
            return note in release.notes and note != whole.start
        following = self.matches[place + 1] if place + 1 < len(words.hashes) else _UNKNOWN
        if following in release.notes:
            return label == release.notes[following]
        is_alone = words.opens_line(place) and words.opens_line(place + 1)
        if label == release.marks.get(at) or (
            is_alone and label in [release.marks.get(mark) for mark in whole]
        ):
            return True
        is_item = at == whole.start and place + 1 == gap.put.stop
        if words.opens_line(place) and (
            word[0] == ">" or (is_item and (word[0] in _DASHES or self._is_label(place, -1)))
        ):
            return True
        # An address in the place of another is no link of a word.
        return (self._is_link(place) and not gap.gone) or self.is_furniture(place, gap.put)

    def _is_link(self, place: int) -> bool:
        """Tell whether a word is part of an address, or numbers a link as lynx does."""
        words = self.words
        start, end = words.starts[place], words.ends[place]
        before, after = words.text[max(0, start - 2) : start], words.text[end : end + 2]
        if before.endswith("[") and after[:1] == "]" and before[:-1].strip() == "":
            return after[1:].isalnum()
        return bool(_ADDRESS.match(words.word(place)))

    def is_furniture(self, place: int, put: range) -> bool:
        """Tell whether a word stands on a line that pages have at their ends."""
        words = self.words
        before = words.text[max(0, words.starts[place] - _REACH) : words.starts[place]]
        after = words.text[words.starts[place] : words.starts[place] + _REACH]
        line = (re.split(_LINES, before)[-1] + re.split(_LINES, after)[0]).strip()
        is_number = bool(re.fullmatch(_PAGE_NUMBER, line))
        if "\f" in words.between(put.start - 1, put.stop):
            return is_number or self._lines[_digitless(line)] > 1
        return is_number and all(_PARAGRAPH.search(words.gap(end)) for end in (put.start, put.stop))

    @cached_property
    def _lines(self) -> Counter[str]:
        return Counter(_digitless(line.strip()) for line in re.split(_LINES, self.words.text))


_LINES = r"[\r\n\f]"
_PAGE_NUMBER = r"(?i)\W*(?:page\s*)?\d{1,4}(?:\s*(?:/|sur|of|de)\s*\d{1,4})?\W*"


def _digitless(line: str) -> str:
    return " ".join("".join(char for char in line if not char.isdecimal()).split())


def _align(release: array[int], text: array[int]) -> array[int]:
    """Match the runs that two chains of words share, the longest first; -1 is no match."""
    runs: dict[int, list[int]] = {}
    for at in range(len(release) - 2):
        starts = runs.setdefault(_run(release, at), [])
        if len(starts) < _MANY:
            starts.append(at)
    found: list[tuple[int, int, int]] = []
    place, last, drift = 0, len(text) - 2, 0
    while place < last:
        run = text[place] * _SQUARE + text[place + 1] * _BASE + text[place + 2]
        starts = runs.get(run & _MASK, [])
        if not starts:
            place += 1
            continue
        sizes = {at: _common_size(release, at, text, place) for at in starts}
        # Of runs that are as long, the one that goes on from what was matched before.
        at = max(starts, key=lambda at: (sizes[at], -abs(at - place - drift)))
        first, end, drift = place, place + sizes[at], at - place
        while first and first + drift and release[first + drift - 1] == text[first - 1]:
            first -= 1
        if end - first >= 3:
            found.append((first - end, first, drift))
        # Another run may begin in the last two words of this one.
        place = max(place + 1, end - 2)
    matches = array("i", [_UNKNOWN]) * len(text)
    for size, first, drift in sorted(found):
        free = [place for place in range(first, first - size) if matches[place] < 0]
        if len(free) >= 3:
            for place in free:
                matches[place] = place + drift
    return matches


def _common_size(left: array[int], at: int, right: array[int], place: int) -> int:
    """Count the words that two chains have alike from two places on."""
    size, most = 0, min(len(left) - at, len(right) - place)
    while size < most and left[at + size] == right[place + size]:
        size += 1
    return size


def _common(left: array[int], right: array[int]) -> list[tuple[int, int]]:
    """Pair the longest sequence of words that two short chains have in common."""
    sizes = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i, j in product(reversed(range(len(left))), reversed(range(len(right)))):
        sizes[i][j] = (
            sizes[i + 1][j + 1] + 1
            if left[i] == right[j]
            else max(sizes[i + 1][j], sizes[i][j + 1])
        )
    pairs, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if left[i] == right[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif sizes[i + 1][j] >= sizes[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs
