"""Compare a dataset with a copy of the release, whatever its typography.

Copy and excerpts are both reduced to a canonical form, without white space, in which an excerpt is
looked up as it is. What guards against false matches then reads the copy's own text around it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from essfacts.copies import NEWLINE, SUPERSCRIPTS, OffsetMap
from essfacts.language import format_number
from essfacts.model import Quote, Stat
from essfacts.numbers import read_number
from essfacts.text import APOSTROPHES, INVISIBLE, LIGATURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from essfacts.copies import Copy
    from essfacts.model import Claim, Dataset

Status: TypeAlias = Literal["verified", "altered", "missing", "ambiguous"]
Op: TypeAlias = Literal["same", "removed", "added"]
Span: TypeAlias = tuple[int, int]
"""From the first character to after the last one, as offsets in a text."""

_HYPHENS = "\\-‐‑"
_DASHES = _HYPHENS + "‒–—―−"
_QUOTES = '"«»“”„‟″'
_BULLETS = "•·∙‣⁃◦●○▪▫■□▶►➢➤✓✔❖"
_COMBINING = "\u0300-\u036f"
_SOFT_HYPHEN = "\u00ad"
# One stands for all that is not seen: classes of a few characters of Latin-1 compile fast.
_ONE_INVISIBLE = str.maketrans(dict.fromkeys(INVISIBLE, _SOFT_HYPHEN))
# Possessive: the runs of spaces of a page laid out in columns are never tried twice.
_INDENT = rf"(?:[^\S\r\n\f]|[{_SOFT_HYPHEN}])*+"
_TO_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")


# The canonical form.

_MARK = "\x1f"
"""Stands for the white space between two digits, all that is kept of white space."""
# As pdftotext has it, with the page's number or without; a sentence may go on after it.
_PAGE_END = (
    rf"(?:(?:{NEWLINE}{_INDENT}){{2,4}}\d{{1,3}}(?:{_INDENT}/{_INDENT}\d{{1,3}})?"
    rf"{_INDENT}{NEWLINE}?{_INDENT})?\f"
)
_WRITTEN_OTHERWISE = (
    # Thousands: any one space, or a line's end.
    rf"(?<!\d)\d{{1,3}}(?:(?=[\s{_SOFT_HYPHEN}]){_INDENT}{NEWLINE}?{_INDENT}\d{{3}})+(?!\d)",
    rf"\d[.,]?(?!{_INDENT}{_PAGE_END})\s++(?=\d)",
    rf"(?<=\d)\s*[{_DASHES}]+\s*(?=\d)",
    rf"[{_DASHES}]+(?!{_INDENT}{_PAGE_END})(?=\s*\d)|(?<=\d)[{_DASHES}]+",
    rf"[^\W\d_][{_COMBINING}]+",
    r"\\?[\[(]\s*\\?(?:…|\.{3,}|\.(?:\s\.){2})\s*\\?[\])]",
    r"\.{3,}|\.(?:\s\.){2}",
    rf"[{_QUOTES}]|<<|(?<!\n)>>|[{APOSTROPHES}]{{2}}",
    f"[{APOSTROPHES}]",
    f"[{''.join(LIGATURES)}]",
)
_DROPPED = (
    f"{_INDENT}{_PAGE_END}",
    rf"[\s{_SOFT_HYPHEN}]+",
    f"[{_DASHES}]+",
    rf"[{_BULLETS}]+(?!\d)",
    "[*_]+",
    r"\#+(?!\d)",
    r"\\(?=[\s!-/:-@\[-`{-~])",
    "</?su[pb]>",
    r"(?<=\n)>(?:[ \t>]*[ \t])?(?!\d)",
    r"[<>](?!\s*\d)",
    # A Markdown link keeps its words.
    r"\[(?=[^\[\]]{1,300}\]\()",
    r"\]\([^()\s]*\)",
)
_SPECIAL = re.compile(f"({'|'.join(_WRITTEN_OTHERWISE)})|({'|'.join(_DROPPED)})")
# Where no special part goes on, and none looks back.
_CUT = re.compile("(?<=[a-z] )(?=[a-z])")
_CHUNK = 2**16


class _Rewriting(dict[str, str]):
    def __missing__(self, part: str) -> str:
        if part[0].isdecimal():
            digits = "".join(filter(str.isdecimal, part))
            written = digits if part[-1].isdecimal() else part.rstrip() + _MARK
        elif part[0] in APOSTROPHES:
            written = '"'
        elif "." in part or "…" in part:
            written = "…"
        elif part.strip()[0] in _DASHES:
            written = "-"
        else:
            written = unicodedata.normalize("NFC", part)
        self[part] = written
        return written


_REWRITTEN = _Rewriting(
    LIGATURES
    | {"": "", "<<": '"', ">>": '"'}
    | dict.fromkeys(_QUOTES, '"')
    | dict.fromkeys(APOSTROPHES, "'")
)


class _Canon:
    """A text in its canonical form."""

    def __init__(self, source: str) -> None:
        self.source = source = source.translate(_ONE_INVISIBLE)
        self._map = OffsetMap()
        self._places: dict[str, array[int]] = {}
        pieces, start = [], 0
        while start < len(source):
            cut = _CUT.search(source, start + _CHUNK)
            end = cut.end() if cut else len(source)
            parts = [part or "" for part in _SPECIAL.split(source[start:end])]
            written = parts.copy()
            written[1::3] = map(_REWRITTEN.__getitem__, parts[1::3])
            written[2::3] = [""] * (len(parts) // 3)
            self._map.extend(parts, written)
            pieces.append("".join(written))
            start = end
        self.text = "".join(pieces)
        self.start, self.end = self._map.start, self._map.end

    def between(self, at: int) -> str:
        """Give what stands in the source between a canonical character and the one before it."""
        return self.source[self.end(at) : self.start(at)]

    def find(self, excerpt: str) -> Iterator[Span]:
        """Find where an excerpt may stand, whole words or not; its footnote marks are optional."""
        head, *rest = re.split(f"([{SUPERSCRIPTS}]+)", canonical(excerpt).lstrip(SUPERSCRIPTS))
        tail = re.compile(
            "".join(
                _footnote_mark(part) if part[:1] in SUPERSCRIPTS else re.escape(part)
                for part in filter(None, rest)
            )
        )
        for at in self._starts(head) if head else ():
            if found := tail.match(self.text, at + len(head)):
                yield at, found.end()

    def index(self, excerpts: Iterable[str]) -> None:
        """Note in one pass where the beginnings of many excerpts stand."""
        beginnings = {canonical(excerpt)[:_BEGINNING] for excerpt in excerpts}
        self._places = {text: array("I") for text in beginnings if len(text) == _BEGINNING}
        for at in range(len(self.text) - _BEGINNING + 1):
            if (places := self._places.get(self.text[at : at + _BEGINNING])) is not None:
                places.append(at)

    def _starts(self, head: str) -> Iterator[int]:
        if (places := self._places.get(head[:_BEGINNING])) is not None:
            yield from (at for at in places if self.text.startswith(head, at))
            return
        at = self.text.find(head)
        while at >= 0:
            yield at
            at = self.text.find(head, at + 1)


@lru_cache(maxsize=1024)
def canonical(text: str) -> str:
    """Give what is left of a text without its typography."""
    return text if text.isascii() and text.isalnum() else _Canon(text).text


def _footnote_mark(mark: str) -> str:
    plain = mark.translate(_TO_DIGITS)
    return rf"(?:[\[(]?\^?(?:{mark}|(?<!\d){plain})\^?[\])]?(?!\d))?"


# What guards against false matches, on the copy's own text.

_EMPHASIS = rf"[{_SOFT_HYPHEN}*_\\]*"
_GLUED = re.compile(_EMPHASIS)
_HYPHENED = re.compile(rf"{_EMPHASIS}[{_HYPHENS}\u00ad]{_EMPHASIS}(?:{NEWLINE}\s*)?")
_BEFORE_NUMBER = re.compile(
    rf"(?:\d[.,:'’·]|(?:^|[\s\d])[.,]|[{_DASHES}+±~≈<>≤≥×÷=/€$£#@&%^°]){_EMPHASIS}\Z"
    r"|[<≤≥≈~±×÷=]\s+\Z|\S[ \t]*[>+]\s+\Z"
)
_AFTER_NUMBER = re.compile(
    rf"[{_SOFT_HYPHEN}]*(?:[.,:'’·/]\d|[{_DASHES}]+\d|\s*[%‰€$£°]|[{SUPERSCRIPTS}+×^])"
)
_PARAGRAPH = re.compile(rf"{NEWLINE}{_INDENT}{NEWLINE}|\f")
_BORDER = re.compile(
    rf"{_PARAGRAPH.pattern}"
    rf"|{NEWLINE}{_INDENT}(?:[{_BULLETS}]|[{_DASHES}*+]\s|\d{{1,2}}[.)]\s)"
    rf"|[.;:!?»](?:[»”\"’')\]*_]|[^\S\r\n])*{NEWLINE}|[.!?…][»”\"’')\]*_]*\s"
)
# Between two words: anything but letters and digits, and footnote marks.
_ASIDE = rf"(?:[\[(]\^?\d{{1,2}}[\])]|\^\d{{1,2}}|[\W_{SUPERSCRIPTS}])*"
_ASIDE_BEFORE = re.compile(rf"{_ASIDE}\Z")
_ASIDE_AFTER = re.compile(_ASIDE)
_NEARBY = 100
_LINE_END = re.compile(rf"{_INDENT}(?:{NEWLINE}|\f)\s*")
_NEGATIONS = {"ne", "pas", "jamais", "guère", "nullement", "aucunement"} | {
    f"aucun{ending}" for ending in ("", "e", "s", "es")
}
_SENTENCE_REACH = 2_000
_BEGINNING = 8
_MANY = 1_000


def _is_glued(canon: _Canon, at: int, *, by_hyphen: bool = True) -> bool:
    """Tell whether a word or a number goes on over a place in the canonical form."""
    left, right = canon.text[at - 1 : at], canon.text[at : at + 1]
    if right and right in SUPERSCRIPTS:
        return left.isdecimal()
    if not (left.isalnum() and right.isalnum()) or left in SUPERSCRIPTS:
        return False
    between = canon.between(at)
    return bool(_GLUED.fullmatch(between) or (by_hyphen and _HYPHENED.fullmatch(between)))


def _is_whole(canon: _Canon, span: Span, prefix: str | None, suffix: str | None) -> bool:
    start, end = span
    if _is_glued(canon, start, by_hyphen=not prefix) or _is_glued(canon, end, by_hyphen=not suffix):
        return False
    first, last = canon.start(start), canon.end(end)
    if canon.text[start].isdecimal() and _BEFORE_NUMBER.search(
        canon.source, max(0, first - _NEARBY), first
    ):
        return False
    return not (canon.text[end - 1].isdecimal() and _AFTER_NUMBER.match(canon.source, last))


def _whole(canon: _Canon, excerpt: str) -> Iterator[Span]:
    """Find where an excerpt stands, from whole word to whole word."""
    return (span for span in canon.find(excerpt) if _is_whole(canon, span, None, None))


class _Context(IntEnum):
    """How the word next to an excerpt compares."""

    WRONG = 0
    # Where a sentence or a block ends in between, page numbers and the like may stand.
    APART = 1
    RIGHT = 2


def _before(canon: _Canon, at: int, prefix: str) -> _Context:
    """Compare a word with the last one before a place."""
    near = max(0, at - _NEARBY)
    before = canon.text[near:at]
    aside, word = _ASIDE_BEFORE.search(before), canonical(prefix)
    if (
        aside
        and before.endswith(word, 0, aside.start())
        and not _is_glued(canon, near + aside.start() - len(word), by_hyphen=False)
    ):
        return _Context.RIGHT
    # A footnote mark may stand after the word, or look like part of it.
    found = re.search(rf"{re.escape(word)}((?<=[^\W\d_])\d{{1,2}})?{_ASIDE}\Z", before)
    if found and not _is_glued(canon, near + found.start(), by_hyphen=False):
        is_mark = not found[1] or _is_glued(canon, near + found.start(1))
        if is_mark:
            return _Context.RIGHT
    other = near + (aside.start() if aside else 0)
    is_first = not other
    border = _BORDER.search(canon.source, canon.end(other), canon.start(at))
    return _Context.APART if is_first or border else _Context.WRONG


def _after(canon: _Canon, at: int, suffix: str) -> _Context:
    """Compare a word with the first one after a place."""
    after = canon.text[at : at + _NEARBY]
    aside, word = _ASIDE_AFTER.match(after), canonical(suffix)
    beyond = aside.end() + len(word) if aside and after.startswith(word, aside.end()) else None
    # What looks like a footnote mark may be the word.
    if beyond is None and (found := re.match(_ASIDE + re.escape(word), after)):
        beyond = found.end()
    if beyond is not None:
        end = at + beyond
        is_marked = canon.text[end - 1].isalpha() and canon.text[end : end + 1].isdecimal()
        if is_marked or not _is_glued(canon, end, by_hyphen=False):
            return _Context.RIGHT
    other = at + (aside.end() if aside else 0)
    is_last = other == len(canon.text)
    border = _BORDER.search(canon.source, canon.end(at) - 1, canon.start(other))
    return _Context.APART if is_last or border else _Context.WRONG


# Sentences.

_BREAK = re.compile(
    rf"(?P<page>{_PAGE_END}\s*+)|{_PARAGRAPH.pattern}|{NEWLINE}{_INDENT}(?=[{_BULLETS}])"
    rf"|{NEWLINE}{_INDENT}(?=(?P<item>[{_DASHES}*+]|\d{{1,2}}[.)])\s)"
    rf"|(?P<stop>[.!?…])(?:\s*+[»”\"{APOSTROPHES})\]]|[{SUPERSCRIPTS}*_]|\[\d+\])*+\s++"
    rf"(?=[{_DASHES}{_SOFT_HYPHEN}{_QUOTES}{APOSTROPHES}(\[<*_#\\]*+[^\W_a-zß-öø-ÿœ])"
)
_SENTENCE_ENDS = (".", ";", ":", "!", "?", "»")
_ABBREVIATION = re.compile(
    r"(?<![^\W_])(?:[A-ZÀ-ÖØ-Þ]|MM|Mmes?|Mlles?|[DP]rs?|Mgr|Stes?|St|art|av|bd|cf|chap|éd|env|ex"
    r"|fig|hab|no|p|pp|réf|resp|tél|vol)\.\Z"
)


def _sentences(text: str) -> Iterator[Span]:
    """Go through the sentences of a text: spans that hold a letter or a digit."""
    start = 0
    for found in _BREAK.finditer(text):
        item, stop = found["item"], found.end("stop")
        before = text[max(start, found.start() - _NEARBY) : found.start()].rstrip()
        # A page may end, or pdftotext leave a blank line, in the middle of a sentence.
        following = text[found.end() : found.end() + _NEARBY].lstrip()
        goes_on = not item and stop < 0 and following[:1].islower()
        if (found["page"] or goes_on) and not before.endswith(_SENTENCE_ENDS):
            continue
        # A dash may open a line within a sentence; after a clause, or another item, it is an item.
        if item and not (
            before.endswith((*_SENTENCE_ENDS, ","))
            or text[start : start + _NEARBY].lstrip().startswith(item[0])
        ):
            continue
        if stop > 0 and (
            _ABBREVIATION.search(text, max(start, stop - 8), stop)
            or (stop - start < 8 and text[start : stop - 1].strip().isdecimal())
        ):
            continue
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    sentence = text[start:end]
    if any(map(str.isalnum, sentence)):
        start += len(sentence) - len(sentence.lstrip())
        yield start, start + len(sentence.strip())


# Words, to find the closest passage and what differs.

_TOKEN = re.compile(
    rf"[{_DASHES}+±~≈<>]?(?:\d{{1,3}}(?:[^\S\r\n]\d{{3}})+(?!\d)|\d+(?:[.,]\d+)*)"
    rf"|[^\W\d_](?:[^\W\d_]|[{_COMBINING}{_SOFT_HYPHEN}]|[{_HYPHENS}\u00ad]\s*(?=[^\W\d_]))*|[^\w\s]"
)


class _Keys(dict[str, str]):
    """The canonical form of words, worked out once for each."""

    def __missing__(self, word: str) -> str:
        self[word] = key = canonical(word)
        return key


def diff(expected: str, found: str) -> list[tuple[Op, str]]:
    """Say word by word what becomes of a passage; words that only look otherwise are the same."""
    from difflib import SequenceMatcher

    keys = _Keys()
    sides = [
        [token for token in _TOKEN.finditer(text) if keys[token[0]]] for text in (expected, found)
    ]
    before, after = ([keys[token[0]] for token in side] for side in sides)

    def words(side: int, first: int, last: int) -> str:
        tokens = sides[side][first:last]
        return tokens[0].string[tokens[0].start() : tokens[-1].end()] if tokens else ""

    segments: list[tuple[Op, str]] = []
    for op, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            segments.append(("same", words(0, i, j)))
        else:
            segments += [("removed", words(0, i, j)), ("added", words(1, k, m))]
    return [segment for segment in segments if segment[1]]


# Comparing.


@dataclass(frozen=True, slots=True)
class Result:
    """What comparing one claim with a copy finds; `line` and `column` are those of `found`."""

    id: str
    kind: str
    status: Status
    expected: str
    line: int | None = None
    column: int | None = None
    found: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """On how many sentences of a copy a claim stands, and where none does."""

    sentences: int
    covered: int
    left_out: int
    uncovered: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What comparing a dataset with a copy finds."""

    results: tuple[Result, ...]
    coverage: Coverage

    @property
    def verified(self) -> bool:
        """Tell whether the copy holds every claim, and as it stands in the dataset."""
        return all(result.status == "verified" for result in self.results)


class _Match(NamedTuple):
    """A passage of the copy; `expected` is what should stand in its place, None where it does."""

    at: int
    passage: Span
    expected: str | None = None
    score: int = 0
    also: Span | None = None


_OPENING = re.compile(rf"[«“„\"]|<<|[{APOSTROPHES}]{{2}}")
_CLOSING = re.compile(rf"[»”\"]|>>|[{APOSTROPHES}]{{2}}")
_CLOSED = re.compile(rf"[\s.,;!?…»”\"{APOSTROPHES})\]*_>]*")
_BEFORE_QUOTED = re.compile(r"(?:^|[^\w.!?…])\Z")
_AFTER_QUOTED = re.compile(r"[.…]?(?![\w?!])")
_ATTRIBUTION_REACH = 300
_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w’'-]+"
_STRANGER = re.compile(rf"\b{_CAPITALISED}\s+{_CAPITALISED}")
_RARE_WORDS, _PLACES, _CANDIDATES = 4, 1_000, 8


class _Comparison:
    def __init__(self, dataset: Dataset, copy: Copy) -> None:
        self.dataset = dataset
        self.copy = copy
        self.canon = _Canon(copy.text)
        if len(dataset.claims) > _MANY:
            # Each claim looked up by itself would read the whole copy once more.
            self.canon.index(map(_exact, dataset.claims))
        self.sentences = list(_sentences(self.canon.source))
        self.sentence_starts = array("I", (start for start, _ in self.sentences))
        self.people = {person.id: person.name for person in dataset.people}
        self.keys = _Keys()
        self.found_negations: dict[Span, list[Span]] = {}

    def source(self, span: Span) -> Span:
        return self.canon.start(span[0]), self.canon.end(span[1])

    def compare(self, claim: Claim) -> tuple[Status, list[_Match]]:
        """Find the passages of the copy that carry a claim, or else the one that comes closest."""
        # Some put the last full stop outside the quotation.
        spans = self.canon.find(_exact(claim).rstrip(". "))
        if isinstance(claim, Quote):
            matches = [self.quoted(claim, span) for span in spans]
        else:
            matches = [self.guarded(claim, span) for span in spans]
        top = max((match.score for match in matches if match.expected is None), default=None)
        right = [match for match in matches if match.expected is None and match.score == top]
        if isinstance(claim, Stat) and right and not _is_written(claim):
            value = format_number(claim.value, "fr")
            return "altered", [match._replace(expected=value) for match in right[:1]]
        if right:
            return ("verified" if len(right) == 1 else "ambiguous"), right
        best = max(matches, key=lambda match: match.score, default=None) or self.closest(claim)
        return ("altered", [best]) if best else ("missing", [])

    def guarded(self, claim: Claim, span: Span) -> _Match:
        """Check what stands around an excerpt: whole words, context, negations."""
        before = _before(self.canon, span[0], claim.prefix) if claim.prefix else _Context.APART
        after = _after(self.canon, span[1], claim.suffix) if claim.suffix else _Context.APART
        start, end = self.source(span)
        text = self.canon.source
        if not _is_whole(self.canon, span, claim.prefix, claim.suffix):
            passage, expected = (
                self.widened(start, end, right=not text[end : end + 1].isspace()),
                claim.excerpt,
            )
        elif not (before and after):
            passage = self.widened(start, end, left=not before, right=not after)
            words = (
                None if before else claim.prefix,
                claim.excerpt,
                None if after else claim.suffix,
            )
            expected = " ".join(filter(None, words))
        elif negated := self.negated(claim, start, end):
            passage, expected = negated, claim.excerpt
        else:
            return _Match(start, (start, end), None, before + after)
        return _Match(passage[0], passage, expected, before + after)

    def widened(self, start: int, end: int, *, left: bool = True, right: bool = True) -> Span:
        """Widen a passage by the words that it touches, or else the next ones."""
        text = self.canon.source
        if left and (found := re.search(r"\S+\s*\Z", text[max(0, start - _NEARBY) : start])):
            start -= len(found[0])
        if right and (found := re.match(r"\s*\S+", text[end : end + _NEARBY])):
            end += len(found[0])
        return start, end

    def negated(self, claim: Claim, start: int, end: int) -> Span | None:
        """Give the passage with its sentence's negations, if they are more than the claim's."""
        index = max(bisect_right(self.sentence_starts, start) - 1, 0)
        negations = [
            span
            for span in self.negations(*self.sentences[index])
            if start - _SENTENCE_REACH <= span[0] < start or end <= span[0] < end + _SENTENCE_REACH
        ]
        if len(negations) <= claim.negations:
            return None
        return min(start, negations[0][0]), max(end, negations[-1][1])

    def negations(self, start: int, end: int) -> list[Span]:
        """Give where negations stand between two places; the claims of a sentence share them."""
        if (start, end) not in self.found_negations:
            text = self.canon.source
            self.found_negations[start, end] = [
                token.span()
                for token in _TOKEN.finditer(text, start, end)
                if (key := self.keys[token[0]].lower()) in _NEGATIONS
                or (key == "n" and text.startswith(tuple(APOSTROPHES), token.end()))
            ]
        return self.found_negations[start, end]

    # Quotations.

    def quoted(self, claim: Quote, span: Span) -> _Match:
        """Check what stands around the words of a quotation, and who is said to speak."""
        passage = self.source(span)
        if not (_is_whole(self.canon, span, None, None) and self.is_all(span)):
            passage = self.widened(*passage)
            return _Match(passage[0], passage, claim.words)
        at = self.canon.text.find(canonical(claim.excerpt), *span)
        excerpt = self.source((at, at + len(canonical(claim.excerpt)))) if at >= 0 else passage
        if negated := self.negated(claim, *excerpt):
            return _Match(negated[0], negated, claim.words, 1)
        speaker = self.people[claim.speaker]
        regions = self.attributions(*passage)
        named = next(filter(None, (self.named(passage, region) for region in regions)), None)
        if named and named[0] == speaker:
            return _Match(excerpt[0], passage, also=named[1])
        start, end = regions[0]
        closed = _CLOSED.match(self.canon.source, start, end)
        start = closed.end() if closed else start
        wrong = (start, end) if start < end else passage
        return _Match(wrong[0], wrong, speaker, 2, also=passage)

    def is_all(self, span: Span) -> bool:
        """Tell whether a quotation neither begins before its words nor goes on after them."""
        canon, (start, end) = self.canon, span
        return all(
            border or _PARAGRAPH.search(canon.between(at))
            for at, border in (
                (start, _BEFORE_QUOTED.search(canon.text, max(0, start - 1), start)),
                (end, _AFTER_QUOTED.match(canon.text, end)),
            )
        )

    def attributions(self, start: int, end: int) -> tuple[Span, Span, Span]:
        """Give where to look for who speaks a quotation, the likeliest first."""
        text = self.canon.source
        reach = min(end + _ATTRIBUTION_REACH, len(text))
        closers = _CLOSED.match(text, end, reach)
        closed = closers.end() if closers else end
        opening = _OPENING.search(text, closed, reach)
        limit = opening.start() if opening else reach
        stop = _BREAK.search(text, end, limit)
        same_sentence = (end, stop.start() if stop else limit)
        far = max(0, start - _ATTRIBUTION_REACH)
        opened = far + len(text[far:start].rstrip(' \t\r\n\u00a0\u202f«“„"<*_([:'))
        # A sentence's end is known by the letter that follows.
        borders = [found.end() for found in _BREAK.finditer(text, far, start + 1)]
        borders += [found.end() for found in _CLOSING.finditer(text, far, opened)]
        before = (max(borders, default=far), opened)
        return same_sentence, before, (end, limit)

    def named(self, quotation: Span, region: Span) -> tuple[str, Span] | None:
        """Find the person named nearest to a quotation; a stranger, or a denial, has no name."""
        is_after = region[0] >= quotation[1]
        text = self.canon.source[slice(*region)]
        canon = _Canon(text)
        found = sorted(
            (canon.start(span[0]), canon.end(span[1]), name)
            for name in self.people.values()
            for span in _whole(canon, name)
        )
        start, end, name = found[0 if is_after else -1] if found else (len(text), 0, "")
        first, last = (0, start) if is_after else (end, len(text))
        between = unicodedata.normalize("NFC", text[first:last])
        is_strange = _STRANGER.search(between) and (is_after or not found)
        if is_strange or (found and any(self.negations(region[0] + first, region[0] + last))):
            return "", region
        return (name, (region[0] + start, region[0] + end)) if found else None

    # The closest passage.

    @cached_property
    def places(self) -> dict[str, array[int]]:
        """Where the words of the claims stand in the copy."""
        claims = self.dataset.claims
        words = " ".join(f"{claim.prefix} {_exact(claim)} {claim.suffix}" for claim in claims)
        places = {
            self.keys[word]: array("I") for word in _TOKEN.findall(words) if word[0].isalnum()
        }
        for token in _TOKEN.finditer(self.canon.source):
            if (place := places.get(self.keys[token[0]])) is not None:
                place.append(token.start())
        return places

    def closest(self, claim: Claim) -> _Match | None:
        """Find the passage that has most of a claim's words, if it has half of them."""
        from difflib import SequenceMatcher

        exact = _exact(claim)
        prefix, suffix = (_TOKEN.findall(word or "") for word in (claim.prefix, claim.suffix))
        if isinstance(claim, Quote):
            prefix = suffix = []
        words = [self.keys[word] for word in (*prefix, *_TOKEN.findall(exact), *suffix)]
        first, last = len(prefix), len(words) - len(suffix)
        best: tuple[int, int, Span] = (0, 0, (0, 0))
        for start in self.candidates(exact):
            near = max(0, start - len(exact) // 2 - _NEARBY // 2)
            window = list(
                _TOKEN.finditer(self.canon.source, near, start + 2 * len(exact) + _NEARBY)
            )
            there = [self.keys[token[0]] for token in window]
            blocks = SequenceMatcher(None, words, there, autojunk=False).get_matching_blocks()
            pairs = {
                block.a + step: block.b + step for block in blocks for step in range(block.size)
            }
            inside = [place for place in range(first, last) if place in pairs]
            if inside and (len(pairs), len(inside)) > best[:2]:
                # Words that differ at an end of the excerpt are part of the passage too.
                left, right = pairs[inside[0]], pairs[inside[-1]] + 1
                outer = pairs.get(first - 1, left - (inside[0] - first) - 1) + 1
                beyond = pairs.get(last, right + last - 1 - inside[-1])
                before = [token for token in window[max(outer, 0) : left] if token[0][0].isalnum()]
                after = [token for token in window[right:beyond] if token[0][0].isalnum()]
                tokens = [*before, *window[left:right], *after]
                best = len(pairs), len(inside), (tokens[0].start(), tokens[-1].end())
        if best[0] * 2 < len(words):
            return None
        return _Match(best[2][0], best[2], exact)

    def candidates(self, exact: str) -> list[int]:
        """Give where a passage may begin, by its rarest words, the likeliest first."""
        tokens = [(self.keys[token[0]], token.start()) for token in _TOKEN.finditer(exact)]
        held = [(self.places[key], at) for key, at in tokens if self.places.get(key)]
        held.sort(key=lambda word: len(word[0]))
        votes: dict[int, list[int]] = {}
        for places, at in held[:_RARE_WORDS]:
            for place in places[:_PLACES]:
                votes.setdefault((place - at) // (len(exact) // 4 + 32), []).append(place - at)
        likeliest = sorted(votes.values(), key=len, reverse=True)
        return [starts[0] for starts in likeliest[:_CANDIDATES]]

    # Coverage.

    def coverage(self, spans: Iterable[Span]) -> Coverage:
        """Tell on which sentences the passages of claims stand, and which are left out."""
        covered = {index for span in spans for index in self.under(span)}
        left_out = {index for span in self.left_out() for index in self.under(span)} - covered
        uncovered = tuple(
            (self.copy.position(start)[0], " ".join(self.copy.text[start:end].split()))
            for index, (start, end) in enumerate(self.sentences)
            if index not in covered and index not in left_out
        )
        return Coverage(len(self.sentences), len(covered), len(left_out), uncovered)

    def under(self, span: Span) -> Iterator[int]:
        """Go through the sentences that a passage overlaps."""
        index = max(bisect_right(self.sentence_starts, span[0]) - 1, 0)
        while index < len(self.sentences) and self.sentences[index][0] < span[1]:
            if self.sentences[index][1] > span[0]:
                yield index
            index += 1

    def left_out(self) -> Iterator[Span]:
        for passage in self.dataset.release.left_out:
            ends = [end for _, end in _whole(self.canon, passage.through or "")]
            for start, end in _whole(self.canon, passage.excerpt):
                through = bisect_right(ends, end)
                yield self.source((start, ends[through] if through < len(ends) else end))


def _exact(claim: Claim) -> str:
    return claim.words if isinstance(claim, Quote) else claim.excerpt


def _is_written(stat: Stat) -> bool:
    """Tell whether the excerpt writes a stat's number."""
    number = read_number(stat.written)
    return (
        number is not None
        and math.isclose(number, stat.value, rel_tol=1e-9)
        and any(_whole(_Canon(stat.excerpt), stat.written))
    )


def verify(dataset: Dataset, copy: Copy) -> Report:
    """Compare every claim of a dataset with a copy of the release."""
    comparison = _Comparison(dataset, copy)
    results, spans = [], []
    for claim in dataset.claims:
        status, matches = comparison.compare(claim)
        if not matches:
            results.append(Result(claim.id, claim.kind, status, _exact(claim)))
            continue
        match = matches[0]
        line, column = copy.position(match.at)
        results.append(
            Result(
                id=claim.id,
                kind=claim.kind,
                status=status,
                expected=match.expected or _exact(claim),
                line=line,
                column=column,
                found=_LINE_END.sub(" ", copy.text[slice(*match.passage)]),
            )
        )
        spans += [match.passage for match in matches]
        spans += [match.also for match in matches if match.also]
    return Report(tuple(results), comparison.coverage(spans))
