"""What a person's own text quotes, and who it says speaks."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from essfacts.fingerprint import hash_of, read_words, take
from essfacts.language import LANGUAGES, message
from essfacts.names import NAME, is_misspelt
from essfacts.note import ITEM, QUOTED, WORDS, Token, flat
from essfacts.prose import texts
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from essfacts.fingerprint import Fingerprint, Words
    from essfacts.language import Message
    from essfacts.model import Record
    from essfacts.note import Finding, Note

# Shorter quotations, runs and cuts tell nothing; who speaks stands so near to a quotation.
_SHORTEST, _RUN, _CUT, _AROUND = 4, 3, 4, 160
# What it costs at most, in words, that a quotation goes on elsewhere than it was.
_BREAK = 2
_LEFT_OUT, _STOP = re.compile(r"\[|\(|\.\.\.|…"), re.compile(r"[.!?]")
# What may change where a quotation is fitted into a sentence.
_JOINING = ("articles", "of")
_ELLIPSIS = re.compile(r"\[\W*\]|\.\.\.|…")
_WHOLE, _SENTENCE = re.compile(r"[.!?…]\W*\Z"), re.compile(r"[^\S\n]+[A-ZÀ-Ý]")

# A word of a quotation, and the place of a text where it is the same.
_Pair = tuple[int, int]


class _Reference:
    """Texts that may be quoted: where each stands, its words as far as they are known.

    Of what a quotation has, `least` is known at least; what only joins words, `seams`, may differ.
    """

    def __init__(
        self,
        print: Fingerprint,
        texts: Mapping[str, str],
        least: float,
        seams: frozenset[int] = frozenset(),
    ) -> None:
        self.print, self.texts, self.least, self.seams = print, texts, least, seams
        self.places = [at for at, word in enumerate(print.hashes) if word not in seams]
        hashes = [print.hashes[place] for place in self.places]
        self.matcher = SequenceMatcher(None, (), hashes, autojunk=False)
        self.words = dict[int, str]()

    @cached_property
    def spans(self) -> dict[str, range]:
        """Give where each text stands."""
        found = {id: self.print.find(text) for id, text in self.texts.items()}
        return {id: spans[0] for id, spans in found.items() if spans}

    @cached_property
    def holders(self) -> dict[int, list[str]]:
        """Give in which texts a word stands, the longest first."""
        found: dict[int, list[str]] = {}
        for id, span in sorted(self.spans.items(), key=lambda held: -len(held[1])):
            for place in span:
                found.setdefault(place, []).append(id)
        return found

    def word(self, place: int) -> str:
        """Give a word with the marks behind it; nothing where no claim holds it."""
        if place not in self.words and place in self.holders:
            id = self.holders[place][0]
            known = read_words(self.texts[id])
            kept = [at for at in range(len(known.starts)) if not known.is_mark(at)]
            ends = [*(known.starts[at] for at in kept[1:]), len(known.text)]
            plain = (known.text[known.starts[at] : end] for at, end in zip(kept, ends, strict=True))
            self.words = dict(zip(self.spans[id], plain, strict=False)) | self.words
        return self.words.get(place, "")

    def claim_at(self, pairs: Sequence[_Pair]) -> str:
        """Give the claim in which most of some words stand, else the nearest."""
        held = Counter(id for _, place in pairs for id in self.holders.get(place, ()))

        def nearness(id: str) -> tuple[int, int]:
            return held[id], -abs(self.spans[id].start - pairs[0][1])

        return max(held or self.spans, key=nearness)

    def align(self, hashes: Sequence[int], theme: set[int]) -> list[_Pair]:
        """Align a quotation word by word; nothing unless enough of it is known."""
        kept = [at for at, word in enumerate(hashes) if word not in self.seams]
        said = [hashes[at] for at in kept]
        # Without what joins words, two in a row tell as much as three with it.
        run = _RUN - bool(self.seams)
        blocks = _blocks(self.matcher, said, len(self.places), run)
        known = [word for at, _, size in blocks for word in said[at : at + size]]
        # Pieces from here and there, and words of the theme alone, are another's sentence.
        drifts = [place - at for at, place, _ in blocks]
        breaks = sum(min(_BREAK, abs(after - before) / 2) for before, after in pairwise(drifts))
        # So is a sentence that goes on, or comes in, with words of its own.
        ends = [(0, 0), *((at, at + size) for at, _, size in blocks), (len(kept), 0)]
        breaks += (ends[1][0] > _RUN) + (len(kept) - ends[-2][1] > _RUN)
        share = (len(known) - breaks) / max(len(kept), 1)
        if share < self.least or sum(word not in theme for word in known) < _RUN:
            return []
        return [
            (kept[at + step], self.places[place + step])
            for at, place, size in blocks
            for step in range(size)
        ]


def _blocks(
    matcher: SequenceMatcher[int], hashes: Sequence[int], whole: int, run: int
) -> list[tuple[int, int, int]]:
    """Find what a quotation has of a text: runs of words anywhere, pairs near them.

    Give from which word of it, from which place of the text, how many are the same.
    """
    blocks = []
    matcher.set_seq1(hashes)
    waiting = [(0, len(hashes), -1, -1)]
    for low, high, first, last in waiting:
        at, place, size = matcher.find_longest_match(low, high, 0, whole)
        if size < run:
            reach = 2 * (high - low)
            start = max(first, last - reach, 0)
            stop = last if last >= 0 else min(whole, first + reach)
            at, place, size = matcher.find_longest_match(low, high, start, stop)
        if size > 1:
            blocks.append((at, place, size))
            waiting += [(low, at, first, place), (at + size, high, place + size, last)]
    return sorted(blocks)


def _references(note: Note, fingerprint: Fingerprint) -> Iterator[_Reference]:
    """Go through what may be quoted: the release, then our translations, then its words loosely."""
    dataset = note.dataset
    exact = {claim.id: claim.exact for claim in dataset.claims}
    ours = {quote.id: quote.translation for quote in dataset.quotes}
    yield _Reference(fingerprint, exact, 0.5)
    ours |= {
        f"{source.id} {language}": getattr(source.title, language)
        for source in dataset.sources
        for language in LANGUAGES
    }
    joining = (word for row in WORDS.values() for group in _JOINING for word in row[group])
    seams = frozenset(hash_of(word.strip(" '")) for word in joining)
    # Another's translation has words of ours: more must be alike for it to be ours, altered.
    yield _Reference(take("\n\n".join(ours.values())), ours, 0.75, seams)
    yield _Reference(fingerprint, exact, 0.75, seams)


def check(note: Note, fingerprint: Fingerprint) -> Iterator[Finding]:
    """Check what stands between quotation marks, and who is said to speak."""
    found = [*QUOTED.finditer(note.text)]
    if not found or not note.dataset.claims:
        return
    references, own = [*_references(note, fingerprint)], ""
    alike = (row.words for row in note.dataset.synonyms if row.id == note.theme)
    theme = {word for names in alike for word in read_words(" ".join(names)).hashes}
    for quoted in found:
        words = read_words(quoted[0])
        kept = [place for place in range(len(words.starts)) if not words.is_mark(place)]
        hashes = [words.hashes[place] for place in kept]
        if len(kept) < _SHORTEST:
            continue
        known = ((reference, reference.align(hashes, theme)) for reference in references)
        reference, pairs = next(filter(itemgetter(1), known), (references[0], []))
        if not pairs:
            own = own or _own_words(note)
            if _plain(quoted[0]) not in own:
                place = quoted.start() + 1, quoted.end() - 1
                expected = message("check-unknown")
                yield note.finding("quotation", *place, expected, "", severity="remark")
            continue
        id = reference.claim_at(pairs)
        # A term, a title or another name that the dataset has is nobody's words.
        if id not in note.dataset.by_id:
            continue
        note.recognised["quotations"] += 1
        # Who translates otherwise than we may be as right.
        severity = "remark" if reference is references[1] else "finding"
        for expected, at, said, gone in _differences(words, kept, pairs, reference):
            how = {"said": said, "severity": severity}
            offset = quoted.start() + at
            # What was there instead may be another claim's than most of the quotation.
            held = [other for place in gone for other in reference.holders.get(place, ())]
            claim = id if id in held else next(iter(held), id)
            yield note.finding("quotation", offset, offset, expected, claim, **how)
        yield from _speaker(note, quoted, note.dataset.by_id[id])


def _plain(text: str) -> str:
    return " ".join(["", *re.findall(r"\w+", fold(text)), ""])


def _own_words(note: Note) -> str:
    """Give all that the dataset says in its own words, and the names and terms that it has."""
    said = (text for record in note.dataset.records() for _, text in texts(record))
    sides = (
        side
        for text in said
        for side in ((text,) if isinstance(text, str) else vars(text).values())
    )
    return "|".join(map(_plain, sides))


def _differences(
    words: Words,
    kept: Sequence[int],
    pairs: Sequence[_Pair],
    reference: _Reference,
) -> Iterator[tuple[Message, int, str, range]]:
    """Go through how a quotation differs: how, where, what it says, and in place of which words."""
    text, begin, passage = words.text, words.starts[kept[0]], reference.print.passage_of
    hashes = reference.print.hashes

    def is_aside(place: int) -> bool:
        start = words.starts[place]
        return text.rfind("[", begin, start) > text.rfind("]", begin, start)

    def said(start: int, stop: int) -> str:
        shown = kept[max(start, 0) : stop]
        return text[words.starts[shown[0]] : words.ends[shown[-1]]] if shown else ""

    def written(places: range) -> str:
        return "".join(map(reference.word, places)).strip(" ,;:")

    def ends(place: int) -> bool:
        return bool(_STOP.search(reference.word(place) or "."))

    for (last, there), (right, after) in pairwise([(-1, -1), *pairs, (len(kept), -1)]):
        left, before = last + 1, there + 1
        put = [
            place
            for place in kept[left:right]
            if not is_aside(place) and words.hashes[place] not in reference.seams
        ]
        is_inside = there >= 0 and after >= 0
        gone = range(before if there >= 0 else after, after if after >= 0 else before + len(put))
        if after < 0 and ends(before - 1):
            gone = range(before, before)
        while gone and hashes[gone[0]] in reference.seams:
            gone = gone[1:]
        is_marked = after >= before and _LEFT_OUT.search(words.between(kept[left - 1], kept[right]))
        is_same = after >= before and not gone
        is_left_out = is_inside and _ELLIPSIS.search(reference.word(before - 1))
        if put:
            key, at = "check-altered", put[0]
        elif not is_inside or is_marked or (is_same and not is_left_out):
            continue
        else:
            is_cut = after > before and passage(before - 1) == passage(after)
            key, at = "check-cut" if is_cut or is_left_out else "check-joined", kept[right]
            key = "check-altered" if is_cut and len(gone) < _CUT else key
        is_shown = len(gone) < len(put) + _CUT and written(gone)
        pieces = (
            said(left - 3, left),
            f"[-{written(gone)}-]" if is_shown else "",
            f"{{+{' '.join(map(words.word, put))}+}}" if put else "",
            said(right, right + 3),
        )
        end = next((at + 1 for at in range(gone.stop, gone.stop + 3) if ends(at)), gone.stop + 3)
        theirs = written(range(gone.start - 3, end)) if key == "check-altered" else ""
        expected = message("check-altered-from", said=theirs) if theirs else message(key)
        yield expected, words.starts[at], " ".join(filter(None, pieces)), gone


def _people(note: Note, start: int, end: int) -> list[Token]:
    """Find people whom the dataset knows in a piece of the text."""
    found = re.finditer(rf"\b{note.names}\b", flat(note.text[start:end]))
    named = [
        Token(note.called[name[0]].id, start + name.start(), start + name.end()) for name in found
    ]
    people = {person.id for person in note.dataset.people}
    return [one for one in named if one.key in people and note.text[one.start].isupper()]


def _speaker(note: Note, quoted: re.Match[str], claim: Record) -> Iterator[Finding]:
    """Compare who a quotation is given to with who speaks it."""
    text, start, end = note.text, quoted.start(), quoted.end()
    thus = note.pattern(r"\W*{thus}\b")
    speaks = note.pattern(r"\W*{title}?{says}\s+{title}?")
    # Who speaks in an item of a list stands there; under a quotation, a dash may name who spoke.
    is_item = re.match(ITEM, text[text.rfind("\n", 0, start) + 1 : start])
    border = rf"\n(?={ITEM})|\n\s*\n" if is_item else r"\n\s*\n"
    after = re.split(rf"{border}|[«“]|[.!?]\s+(?=[A-ZÀ-Ý])", text[end : end + _AROUND])[0]
    before = re.split(rf"{border}|[»”]", text[max(0, start - _AROUND) : start])[-1]
    # Behind a whole sentence another begins, which may say whose the words are.
    if _WHOLE.search(quoted[0]) and _SENTENCE.match(after) and not thus.match(flat(after)):
        after = ""
    near = _people(note, end, end + len(after)) or _people(note, start - len(before), start)[-1:]
    speaker = getattr(claim, "speaker", "")
    name = note.dataset.named("speaker", speaker).name if speaker else ""
    says = speaks.match(flat(after))
    stranger = NAME.match(after, says.end()) if says else None
    if stranger and speaker and is_misspelt(stranger[0], note.dataset.named("speaker", speaker)):
        return
    if stranger and end + stranger.start() not in [one.start for one in near]:
        near = [Token("", end + stranger.start(), end + stranger.end())]
    note.recognised["people"] += bool(near)
    if near and speaker not in [one.key for one in near]:
        expected = message("check-speaker", who=name) if name else message("check-not-spoken")
        yield note.finding("person", near[0].start, near[0].end, expected, claim.id)
