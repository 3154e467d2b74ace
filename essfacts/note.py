"""A person's own text as `check` reads it: its sentences, and what their words stand for."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts.language import LANGUAGES, Message, message
from essfacts.model import Text
from essfacts.numbers import SPELLED
from essfacts.packaged import content
from essfacts.terms import STOP_WORDS, stem
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from essfacts.model import Dataset, Organisation, Person


class Finding(NamedTuple):
    """What a text says otherwise than the release, or a remark on it; `offset` is where."""

    offset: int
    kind: str
    severity: str
    said: str
    expected: Message
    claim: str


class Token(NamedTuple):
    """A word, or a name or phrase that the dataset knows, by what it stands for."""

    key: str
    start: int
    end: int


class Sentence:
    """A sentence, or an item of a list, folded; `places` has where each character stands.

    `number` is its own, `first` that of the first sentence of its paragraph.
    """

    number = first = 0

    def __init__(self, note: Note, plain: str, places: Sequence[int], *, is_item: bool) -> None:
        self.note, self.plain, self.places, self.is_item = note, plain, places, is_item
        self.words = {*_PLAIN_WORD.findall(plain)}

    # Most sentences of most texts say nothing to check: what their words stand for is not asked.
    @cached_property
    def tokens(self) -> list[Token]:
        """Give what the words stand for."""
        return self.note.tokens(self.plain)

    @cached_property
    def whole(self) -> frozenset[str]:
        """Give all that the words stand for."""
        return frozenset(token.key for token in self.tokens)

    @cached_property
    def _borders(self) -> tuple[list[int], list[int]]:
        return [token.start for token in self.tokens], [token.end for token in self.tokens]

    def between(self, start: int, end: int) -> list[Token]:
        """Give what stands between two places."""
        starts, ends = self._borders
        return self.tokens[bisect_left(starts, start) : bisect_right(ends, end)]

    def keys(self, start: int, end: int) -> set[str]:
        """Give what the words between two places stand for."""
        return {token.key for token in self.between(start, end)}


QUOTED = re.compile(r"«[^«»]{3,2000}»|“[^“”]{3,2000}”|\"(?:[^\"\n]|\n(?!\s*\n)){3,2000}\"")
WORDS: Any = json.loads(content("check.json"))
# Of digits, it matters but that they are there.
_PLAIN_WORD = re.compile(r"[a-z]+|\d")
# What says that a sentence has a number; an article is none.
COUNTING = {*SPELLED, *"0123456789"} - {"un", "une", "one"}
# Words of a family share so many letters: `industrie`, `industriel`.
_STEM, _SHORT = 6, 3
_UNREAD = re.compile(
    r"https?://\S+|\]\([^()\s]*\)|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}|<[^<>\n]{1,200}>"
    # Quoted mail; « 3/8 » that closes a post of a thread.
    r"|(?m:^[ \t]*>[> \t]*)|(?m:(?<=[.!?…»”)])[ \t]+\d{1,2}/\d{0,2}[ \t]*$)"
    r"|\bp(?:our|er)\s?(?:(?P<cent>cent)|(?P<mille>mille|thousand))\b",
    re.IGNORECASE,
)
ITEM = (
    r"[ \t]*(?:[-−*•–—·+#|◦●▪■‣→➢✓✔]+|\(?(?:\d{1,2}|[a-zA-Z])\)\s|(?:\d{1,2}|[a-z])\.\s"
    r"|\d{1,2}(?:/|\s?/\s?\d{1,2})\s|\d{1,2}(?:\.\d{1,2})+\.?\s(?=[«“\"A-ZÀ-Ý]))"
)
_ITEM = re.compile(rf"\s*{ITEM}")
_PARAGRAPH = re.compile(rf"\n[ \t]*\n(?!{ITEM})|\f")
_STOP = re.compile(
    rf"\n(?={ITEM})|[.!?…](?<!\bM\.)(?<!\bMr\.)(?<!\bDr\.)(?<!\bMrs\.)(?<!\b[nN]o\.)(?<!\b[A-Z]\.)"
    r"(?<!(?m:^)\d\.)(?<!(?m:^)\d\d\.)(?<!(?m:^)[a-z]\.)"
    r"[»”\"')\]*_]*\s+(?=[«“\"(\[*_A-ZÀ-Ý\d])"
)
# Every figure looks at its whole sentence: one without end would take the square of its size.
_TOO_LONG = re.compile(r"(?s).{4000}\S*+(?:\s|\Z)")


def _pieces(border: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in border.finditer(text, start, end):
        yield start, found.end()
        start = found.end()
    yield start, end


class _Folded(dict[int, str]):
    """Each character folded; emphasis is none."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = folded = " " if char.isspace() else "" if char in _EMPHASIS else fold(char)
        return folded


_EMPHASIS = {*"*_`"}
_FOLDED = _Folded()


def flat(text: str) -> str:
    """Fold a text character by character, so that its places nearly stay."""
    return text.translate(_FOLDED)


def language_of(text: str) -> str:
    """Tell whether a text is French or English, by its small words; it may quote another's."""
    words = Counter(re.findall(r"[a-z]+", QUOTED.sub("", text).lower()))
    return max(LANGUAGES, key=lambda name: sum(words[w] for w in WORDS[name]["small words"]))


def any_of(words: Iterable[str]) -> str:
    """Give a pattern of words, in which `*` stands for any ending."""
    return rf"(?:{'|'.join(map(re.escape, words)) or '(?!)'})".replace(r"\*", r"\w*")


class _Terms(dict[str, str]):
    """What words stand for, alone: most words of a text come again."""

    def __init__(self, note: Note) -> None:
        super().__init__(dict.fromkeys(STOP_WORDS - note.called.keys(), ""))
        self.note = note

    def __missing__(self, word: str) -> str:
        body = self.note.called.get(word)
        # What ends in -ies is in the plural of -y in English alone.
        is_plural = self.note.language == "fr" and word.endswith("ies")
        self[word] = term = body.id if body else stem(word[:-1] if is_plural else word)
        return term


class Note:
    """A text, what the dataset knows that it may speak of, and how much of it is recognised."""

    def __init__(self, dataset: Dataset, text: str, language: str | None = None) -> None:
        self.dataset, self.text = dataset, text
        self.language = language or language_of(text)
        self.words = WORDS[self.language]
        self.groups = {group: any_of(words) for group, words in self.words.items()}
        self.recognised: Counter[str] = Counter()
        bodies: tuple[Organisation | Person, ...] = (*dataset.organisations, *dataset.people)
        self.bodies = {body.id: body for body in bodies}
        self.called = {fold(name): body for body in bodies for name in (body.name, *body.aliases)}
        self.called |= {fold(who.name).split()[-1]: who for who in dataset.people}
        self.names = any_of(sorted(self.called, key=len, reverse=True))
        self.word = re.compile(rf"\b{self.names}\b|[a-z]+")
        self.terms = _Terms(self)
        self.phrases: dict[tuple[str, ...], str] = {}
        full = {body.name: body.id for body in bodies}
        for alike in dataset.synonyms:
            # Where a body is named by its full name, the others are names of it too.
            key = next((full[words] for words in alike.words if words in full), alike.id)
            terms = [self._terms(fold(words)) for words in alike.words]
            # Of a short word the plural has a stem of its own: `co-ops`.
            terms += [(*one[:-1], f"{one[-1]}s") for one in terms if one and len(one[-1]) < _SHORT]
            self.phrases |= dict.fromkeys(terms, key)
        self.phrases.pop((), None)
        # Of a single word the family stands for the same, unless another's begins alike.
        alone = {words[0]: key for words, key in self.phrases.items() if not words[1:]}
        single = [(word[:_STEM], key) for word, key in alone.items()]
        times = Counter(stem for stem, _ in {*single})
        self.families = {stem: key for stem, key in single if times[stem] == 1}
        self.phrases |= {(id,): id for id in self.bodies}
        self.longest = max(map(len, self.phrases), default=1)
        self.begun = {words[0] for words in self.phrases}
        # What says that something is counted, not what.
        self.generic = self.stand_for("generic")
        # In how many claims each thing is; once more where a stat does not count what it says.
        claims = [self.keys(claim.text) for claim in dataset.claims]
        claims += [self.keys(stat.text) - self.keys(stat.counts) for stat in dataset.stats]
        self.frequency = Counter(key for keys in claims for key in keys)
        # What the release is about: what most claims have, of what has synonyms.
        known = self.frequency.keys() & {alike.id for alike in dataset.synonyms}
        self.theme = max(known, key=lambda key: (self.frequency[key], key), default="")
        # How the release and the study are called.
        ours = [source for source in dataset.sources if source.type in {"release", "study"}]
        called = {name for source in ours for name in (*source.aliases, source.type)}
        called |= {self.said(one.title).split()[0] for one in ours if one.title_is_descriptive}
        self.works = {token.key for name in called for token in self.tokens(fold(name))}
        self.ours = {id for source in dataset.sources for id in source.producers} | {self.theme}
        self.sentences = [*self._sentences()]
        # What the text has said so far; behind a heading of the writer's own, from there on.
        self.own = self.pattern(r"\b{ours}\b")
        self.seen, self.read = frozenset[str](), 0

    def stand_for(self, group: str) -> set[str]:
        """Give what the words of a group of check.json stand for."""
        return {token.key for words in self.words[group] for token in self.tokens(words)}

    def said(self, text: Text) -> str:
        """Give the side of a text that is in the note's language, folded."""
        return fold(getattr(text, self.language))

    def keys(self, text: Text) -> set[str]:
        """Give what the words of a text stand for."""
        return {token.key for token in self.tokens(self.said(text))}

    def _words(self, plain: str) -> list[Token]:
        found, terms = self.word.finditer(plain), self.terms
        return [Token(term, *word.span()) for word in found if (term := terms[word[0]])]

    def _terms(self, plain: str) -> tuple[str, ...]:
        return tuple(word.key for word in self._words(plain))

    def tokens(self, plain: str) -> list[Token]:
        """Read a folded text as what its words stand for, the longest phrases first."""
        words, found, at = self._words(plain), list[Token](), 0
        terms = tuple(word.key for word in words)
        while at < len(words):
            term, start, end = words[at]
            key, size = self.families.get(term[:_STEM], term[:_STEM]), 1
            if term in self.begun:
                sizes = range(min(self.longest, len(words) - at), 0, -1)
                size = next((size for size in sizes if terms[at : at + size] in self.phrases), 1)
                key, end = self.phrases.get(terms[at : at + size], key), words[at + size - 1].end
            found.append(Token(key, start, end))
            at += size
        return found

    @cached_property
    def whole(self) -> frozenset[str]:
        """Give all that the text speaks of."""
        return frozenset().union(*(sentence.whole for sentence in self.sentences))

    def is_seen(self, subjects: AbstractSet[str], sentence: Sentence) -> bool:
        """Tell whether the text has said so far that it is about the release, and of whom.

        Asked in the order of the text.
        """
        for each in self.sentences[self.read : sentence.number + 1]:
            begins = each.is_item or each.number == each.first
            is_own = begins and self.own.search(each.plain)
            self.seen = each.whole if is_own else self.seen | each.whole
        self.read = max(self.read, sentence.number + 1)
        return not (self.ours.isdisjoint(self.seen) or subjects.isdisjoint(self.seen))

    def _sentences(self) -> Iterator[Sentence]:
        """Part the text into sentences; a list is of the paragraph before it."""
        text = _UNREAD.sub(
            lambda found: ("%" * bool(found["cent"]) + "‰" * bool(found["mille"])).ljust(
                len(found[0])
            ),
            self.text,
        )
        number = 0
        for paragraph in _pieces(_PARAGRAPH, text, 0, len(text)):
            first, sentences = number, _pieces(_STOP, text, *paragraph)
            pieces = (
                piece for sentence in sentences for piece in _pieces(_TOO_LONG, text, *sentence)
            )
            for start, end in pieces:
                if text[start:end].strip():
                    sentence = self._sentence(text, start, end)
                    sentence.number, sentence.first = number, first
                    number += 1
                    yield sentence

    def _sentence(self, text: str, start: int, end: int) -> Sentence:
        item = _ITEM.match(text, start, end)
        start = item.end() if item else start
        end = start + len(text[start:end].rstrip())
        written = text[start:end].lstrip()
        start, plain = end - len(written), flat(written)
        if len(plain) == len(written) and "  " not in plain and _EMPHASIS.isdisjoint(written):
            return Sentence(self, plain, range(start, end + 1), is_item=bool(item))
        chars, places, last = list[str](), list[int](), " "
        for at, char in enumerate(written, start):
            folded = _FOLDED[ord(char)]
            if folded != " " or last != " ":
                chars.append(folded)
                places += [at] * len(folded)
                last = folded or last
        return Sentence(self, "".join(chars), [*places, end], is_item=bool(item))

    def pattern(self, template: str) -> re.Pattern[str]:
        """Compile a pattern in which `{group}` stands for words of check.json."""
        return re.compile(template.format_map(self.groups))

    def finding(
        self, kind: str, start: int, end: int, expected: Message, claim: str, **how: Any
    ) -> Finding:
        """Tell of what stands from start to end; `how` has its severity, or what else is shown."""
        said = " ".join(self.text[start:end].split())
        return Finding(start, kind, "finding", said, expected, claim)._replace(**how)


def told(fr: str, en: str) -> Message:
    """Say what the release says instead."""
    return message("check-said", said=Text(fr=fr, en=en))
