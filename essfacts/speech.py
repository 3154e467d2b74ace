"""What a person's own text quotes, who it says speaks, in which office, under which name."""

from __future__ import annotations

import re
from bisect import bisect_left
from difflib import SequenceMatcher
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from essfacts.fingerprint import read_words, take
from essfacts.language import message
from essfacts.note import QUOTED, Token, any_of, flat, told
from essfacts.terms import one_slip
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from essfacts.fingerprint import Fingerprint, Words
    from essfacts.model import Record
    from essfacts.note import Finding, Note

# Shorter quotations, runs and cuts tell nothing; who speaks stands so near to a quotation.
_SHORTEST, _RUN, _CUT, _AROUND = 4, 3, 4, 160
_LEFT_OUT = re.compile(r"\[|\(|\.\.\.|…")
_NAME = re.compile(r"[A-ZÀ-Ý][\w-]+(?:\s+[A-ZÀ-Ý][\w-]+)+")


class _Reference(NamedTuple):
    """A text that may be quoted: where claims stand in it, and its words as far as known."""

    print: Fingerprint
    spans: Mapping[str, range]
    words: Mapping[int, str]
    matcher: SequenceMatcher[int]


def _reference(print: Fingerprint, texts: Mapping[str, str]) -> _Reference:
    spans = {id: found[0] for id, text in texts.items() if (found := print.find(text))}
    words: dict[int, str] = {}
    for id, span in spans.items():
        known = read_words(texts[id])
        plain = (known.word(at) for at in range(len(known.starts)) if not known.is_mark(at))
        words.update(zip(span, plain, strict=False))
    return _Reference(print, spans, words, SequenceMatcher(None, (), print.hashes, autojunk=False))


def quotations(note: Note, fingerprint: Fingerprint) -> Iterator[Finding]:
    """Check what stands between quotation marks, and who is said to speak."""
    found = [*QUOTED.finditer(note.text)]
    if not found:
        return
    words, dataset = read_words(note.text), note.dataset
    exact = {claim.id: getattr(claim, "words", claim.excerpt) for claim in dataset.claims}
    translations = {quote.id: quote.translation for quote in dataset.quotes}
    # Another's translation has words of ours: more must be alike for it to be ours, altered.
    references = [
        (_reference(fingerprint, exact), 0.5),
        (_reference(take("\n\n".join(translations.values())), translations), 0.75),
    ]
    alike = (row.words for row in dataset.synonyms if row.id == note.theme)
    theme = {word for names in alike for word in read_words(" ".join(names)).hashes}
    for quoted in found:
        start, end = (bisect_left(words.starts, at) for at in quoted.span())
        kept = [place for place in range(start, end) if not words.is_mark(place)]
        hashes = [words.hashes[place] for place in kept]
        if len(kept) < _SHORTEST:
            continue
        options = []
        for reference, least in references:
            blocks = _blocks(reference, hashes)
            known = [word for at, _, size in blocks for word in hashes[at : at + size]]
            is_told = sum(word not in theme for word in known) >= _RUN
            options.append((is_told * len(known) / len(kept) / least, blocks, reference))
        share, blocks, reference = max(options, key=lambda option: option[0])
        if share < 1:
            place = quoted.start() + 1, quoted.end() - 1
            expected = message("check-unknown")
            yield note.finding("quotation", *place, expected, "", severity="remark")
            continue
        note.recognised["quotations"] += 1
        claim = dataset.by_id[_claim_at(reference, blocks)]
        for key, at, said in _differences(words, kept, blocks, reference):
            yield note.finding("quotation", at, at, message(key), claim.id, said=said)
        yield from _speaker(note, quoted, claim)


def _blocks(reference: _Reference, hashes: Sequence[int]) -> list[tuple[int, int, int]]:
    """Align a quotation: from which word, from which place, how many; runs anywhere, pairs near."""
    matcher, whole, blocks = reference.matcher, len(reference.print.hashes), []
    matcher.set_seq1(hashes)
    waiting = [(0, len(hashes), -1, -1)]
    for low, high, first, last in waiting:
        at, place, size = matcher.find_longest_match(low, high, 0, whole)
        if size < _RUN:
            reach = 2 * (high - low)
            start = first if first >= 0 else max(0, last - reach)
            stop = last if last >= 0 else min(whole, first + reach)
            at, place, size = matcher.find_longest_match(low, high, start, stop)
        if size > 1:
            blocks.append((at, place, size))
            waiting += [(low, at, first, place), (at + size, high, place + size, last)]
    return sorted(blocks)


def _claim_at(reference: _Reference, blocks: Sequence[tuple[int, int, int]]) -> str:
    """Give the claim in which most of some words stand, else the nearest."""
    there = {place + step for _, place, size in blocks for step in range(size)}

    def nearness(id: str) -> tuple[int, int]:
        span = reference.spans[id]
        return len(there.intersection(span)), -abs(span.start - min(there))

    return max(reference.spans, key=nearness)


def _differences(
    words: Words,
    kept: Sequence[int],
    blocks: Sequence[tuple[int, int, int]],
    reference: _Reference,
) -> Iterator[tuple[str, int, str]]:
    """Go through how a quotation differs: what it is, where, and the words shown."""
    text, begin, passage = words.text, words.starts[kept[0]], reference.print.passage_of

    def is_aside(place: int) -> bool:
        start = words.starts[place]
        return text.rfind("[", begin, start) > text.rfind("]", begin, start)

    def said(start: int, stop: int) -> str:
        shown = kept[max(start, 0) : stop]
        return text[words.starts[shown[0]] : words.ends[shown[-1]]] if shown else ""

    for one, other in pairwise([(0, -1, 0), *blocks, (len(kept), -1, 0)]):
        left, right, before, after = one[0] + one[2], other[0], one[1] + one[2], other[1]
        put = [place for place in kept[left:right] if not is_aside(place)]
        is_inside = one[1] >= 0 and after >= 0
        gone = range(before, after if is_inside else before + len(put))
        if put:
            key, at = "check-altered", put[0]
        elif (
            not is_inside
            or before == after
            or (after > before and _LEFT_OUT.search(words.between(kept[left - 1], kept[right])))
        ):
            continue
        else:
            is_cut = after > before and passage(before - 1) == passage(after)
            key, at = "check-cut" if is_cut else "check-joined", kept[right]
            key = "check-altered" if is_cut and len(gone) < _CUT else key
        lost = " ".join(filter(None, map(reference.words.get, gone if one[1] >= 0 else ())))
        is_shown = len(gone) < len(put) + _CUT and lost
        pieces = (
            said(left - 3, left),
            f"[-{lost}-]" if is_shown else "",
            f"{{+{' '.join(map(words.word, put))}+}}" if put else "",
            said(right, right + 3),
        )
        yield key, words.starts[at], " ".join(filter(None, pieces))


def _speaker(note: Note, quoted: re.Match[str], claim: Record) -> Iterator[Finding]:
    """Compare who a quotation is given to with who speaks it."""
    text, start, end = note.text, quoted.start(), quoted.end()
    after = re.split(r"\n\s*\n|[«“]|[.!?]\s+(?=[A-ZÀ-Ý])", text[end : end + _AROUND])[0]
    before = re.split(r"\n\s*\n|[»”]", text[max(0, start - _AROUND) : start])[-1]
    near = [one for one in note.people if end <= one.start < end + len(after)]
    near = near or [one for one in note.people if start - len(before) <= one.start < start][-1:]
    speaker = getattr(claim, "speaker", "")
    name = note.dataset.named("speaker", speaker).name if speaker else ""
    says = note.pattern(r"\W*{title}?{says}\s+{title}?").match(flat(after))
    stranger = _NAME.match(after, says.end()) if says else None
    if stranger and _is_slip(fold(stranger[0]), fold(name)):
        return
    if stranger and end + stranger.start() not in [one.start for one in near]:
        near = [Token("", end + stranger.start(), end + stranger.end())]
    note.recognised["people"] += bool(near)
    if near and speaker not in [one.key for one in near]:
        expected = message("check-speaker", who=name) if name else message("check-not-spoken")
        yield note.finding("person", near[0].start, near[0].end, expected, claim.id)


def offices(note: Note) -> Iterator[Finding]:
    """Check in which offices people are said to be."""
    roles = {role: rf"\b{any_of(words)}\b" for role, words in note.words["roles"].items()}
    title, body = rf"(?P<title>(?:(?:{'|'.join(roles.values())})[- ]*)+)", f"(?P<body>{note.names})"
    forms = rf"{title}[^,.;:()]{{0,60}}?{body}", rf"{body}(?:'s)? {title}"
    # What stands between who it is and a title, and another; before a title whose holder follows.
    lead = note.pattern(r"[ ,(-]+(?:{is} )?{articles}?(?:[a-z]+ )?")
    more = note.pattern(r"\)?,? {and} {articles}?(?:[a-z]+ )?")
    the, gap = note.pattern(r"{articles}(?:\w+ )?$"), note.pattern(r",? ?{title}?")
    known = {one.id: one for one in note.dataset.people if not one.offices[0].title_is_descriptive}

    def roles_of(title: str) -> set[str]:
        return {role for role, words in roles.items() if re.search(words, fold(title))}

    for sentence in chain.from_iterable(note.paragraphs):
        plain, people = sentence.plain, [one for one in sentence.tokens if one.key in known]
        ends = {token.end: (token.key, lead) for token in people}
        found = chain.from_iterable(re.finditer(form, plain) for form in forms if people)
        for office in sorted(found, key=lambda office: office.start()):
            start, end = office.span()
            before = [who for at, (who, link) in ends.items() if link.fullmatch(plain, at, start)]
            after = [one.key for one in people if gap.fullmatch(plain, end, one.start)]
            is_before = before and not (after and the.search(plain, 0, start))
            where = note.called[office["body"]].id
            if not (before or after) or where in known:
                continue
            person = known[before[-1] if is_before else after[0]]
            ends[end] = person.id, more
            note.recognised["people"] += 1
            held = [one for one in person.offices if one.organisation == where]
            titles = [title for one in held for title in (one.title.fr, one.title.en)]
            if roles_of(office["title"]) not in map(roles_of, titles):
                right = (held or person.offices)[0]
                name = note.dataset.named("organisation", right.organisation).name
                expected = told(f"{right.title.fr}, {name}", f"{right.title.en}, {name}")
                first, last = sentence.places[start], sentence.places[end - 1] + 1
                yield note.finding("person", first, last, expected, _claim_of(note, person.id))


def names(note: Note) -> Iterator[Finding]:
    """Find names that are one slip of the keyboard away from the dataset's."""
    words = [*re.finditer(r"[A-ZÀ-Ý]\w+|\b(?:de|des|du|d|la|l|et)\b", note.text)]
    begun: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        begun.setdefault(fold(word[0])[0], []).append(at)
    for id, body in note.bodies.items():
        known = fold(body.name)
        size = len(re.findall(r"\w+", known))
        for at in begun.get(known[0], ()) if size > 1 else ():
            start, end = words[at].start(), words[min(at + size, len(words)) - 1].end()
            if end - start <= len(body.name) + 1 and _is_slip(fold(note.text[start:end]), known):
                expected = message("check-name", who=body.name)
                yield note.finding("name", start, end, expected, _claim_of(note, id))


def _is_slip(name: str, known: str) -> bool:
    return name != known and name[:1] == known[:1] and one_slip(name, known)


def _claim_of(note: Note, id: str) -> str:
    """Give a claim of a person or an organisation."""
    quotes = [quote.id for quote in note.dataset.quotes if quote.speaker == id]
    claims = [claim.id for claim in note.dataset.claims if id in claim.organisations]
    return next(iter(quotes + claims), "")
