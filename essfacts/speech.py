"""What a person's own text quotes, who it says speaks, in which office, under which name."""

from __future__ import annotations

import re
from bisect import bisect_left
from difflib import SequenceMatcher
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from essfacts.fingerprint import read_words, take
from essfacts.language import message
from essfacts.model import Person
from essfacts.note import QUOTED, Token, any_of, told
from essfacts.terms import one_slip
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from essfacts.fingerprint import Fingerprint, Words
    from essfacts.model import Claim
    from essfacts.note import Finding, Note

# Shorter quotations, runs and cuts tell nothing.
_SHORTEST, _RUN, _CUT = 4, 3, 4
_MARKED, _LEFT_OUT = re.compile(r"\[[^\]]*\]"), re.compile(r"\[|\(|\.\.\.|…")
# Who speaks stands so near to a quotation, an office to a name.
_AROUND = 160
_CAPITAL, _GAP = r"[A-ZÀ-Ý][\w-]+", r",? ?(?:m\. |mme |mr |ms )?"


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
    words, quotes = read_words(note.text), note.dataset.quotes
    exact = {claim.id: getattr(claim, "words", claim.excerpt) for claim in note.dataset.claims}
    translations = {quote.id: quote.translation for quote in quotes}
    # Another's translation has words of ours: more must be alike for it to be ours, altered.
    references = [
        (_reference(fingerprint, exact), 0.5),
        (_reference(take("\n\n".join(translations.values())), translations), 0.75),
    ]
    alike = (one.words for one in note.dataset.synonyms if one.id == note.theme)
    theme = {word for words in alike for word in read_words(" ".join(words)).hashes}
    for quoted in found:
        start, end = (bisect_left(words.starts, at) for at in quoted.span())
        kept = [place for place in range(start, end) if not words.is_mark(place)]
        if len(kept) < _SHORTEST:
            continue
        hashes = [words.hashes[place] for place in kept]
        options = []
        for reference, least in references:
            places = _align(reference, hashes)
            known = [at for at in range(len(kept)) if _is_joined(places, at)]
            is_told = sum(hashes[at] not in theme for at in known) >= _RUN
            options.append((is_told * len(known) / len(kept) / least, places, reference))
        share, places, reference = max(options, key=lambda option: option[0])
        if share < 1:
            expected = message("check-unknown")
            place = quoted.start() + 1, quoted.end() - 1
            yield note.finding("quotation", *place, expected, "", severity="remark")
            continue
        note.recognised["quotations"] += 1
        claim = _claim_at(note, reference, places)
        for key, at, said in _differences(note.text, words, kept, places, reference):
            yield note.finding("quotation", at, at, message(key), claim.id, said=said)
        yield from _speaker(note, quoted, claim)


def _is_joined(places: Sequence[int], at: int) -> bool:
    near = places[max(0, at - 1) : at + 2]
    return places[at] >= 0 and not {places[at] - 1, places[at] + 1}.isdisjoint(near)


def _align(reference: _Reference, hashes: Sequence[int]) -> list[int]:
    """Find where each word of a quotation stands, or -1: runs anywhere, single words near them."""
    matcher, whole, places = reference.matcher, len(reference.print.hashes), [-1] * len(hashes)
    matcher.set_seq1(hashes)
    waiting = [(0, len(hashes), -1, -1)]
    for low, high, first, last in waiting:
        at, place, size = matcher.find_longest_match(low, high, 0, whole)
        if size < _RUN and (first >= 0 or last >= 0):
            reach = 2 * (high - low)
            start = first if first >= 0 else max(0, last - reach)
            stop = last if last >= 0 else min(whole, first + reach)
            at, place, size = matcher.find_longest_match(low, high, start, stop)
        elif size < _RUN:
            continue
        if size:
            places[at : at + size] = range(place, place + size)
            waiting += [(low, at, first, place), (at + size, high, place + size, last)]
    return places


def _claim_at(note: Note, reference: _Reference, places: Sequence[int]) -> Claim:
    """Give the claim that most of some words stand in, else the nearest."""
    there = {*places}
    first = min(place for place in places if place >= 0)
    best = max(
        reference.spans.items(),
        key=lambda pair: (len(there.intersection(pair[1])), -abs(pair[1].start - first)),
    )
    return note.dataset.by_id[best[0]]  # type: ignore[return-value]


def _differences(
    text: str, words: Words, kept: Sequence[int], places: Sequence[int], reference: _Reference
) -> Iterator[tuple[str, int, str]]:
    """Go through how a quotation differs: what it is, where, and the words shown."""
    begin, end = words.starts[kept[0]], words.ends[kept[-1]]
    marked = [found.span() for found in _MARKED.finditer(text, begin, end)]
    outside = [
        at
        for at, place in enumerate(kept)
        if not any(start <= words.starts[place] < stop for start, stop in marked)
    ]
    known = [at for at in outside if _is_joined(places, at)]
    passage = reference.print.passage_of
    for left, right in pairwise([-1, *known, len(kept)]):
        put = [at for at in outside if left < at < right]
        before, after = (places[at] if 0 <= at < len(kept) else -1 for at in (left, right))
        gone = range(before + 1, after) if before >= 0 and after >= 0 else range(0)
        between = text[
            words.ends[kept[left]] if left >= 0 else begin : words.starts[kept[right]]
            if right < len(kept)
            else end
        ]
        key = "check-altered"
        if put:
            if after < 0 <= before and passage(
                min(before + len(put), reference.print.passages[-1] - 1)
            ) == passage(before):
                gone = range(before + 1, before + 1 + len(put))
            gone = gone if len(gone) <= len(put) + _CUT - 1 else range(0)
        elif (
            before < 0
            or after < 0
            or after == before + 1
            or (after > before and _LEFT_OUT.search(between))
        ):
            continue
        elif after < before or passage(before) != passage(after):
            key, gone = "check-joined", range(0)
        elif len(gone) >= _CUT:
            key, gone = "check-cut", range(0)
        at = kept[put[0] if put else right]
        lost = " ".join(reference.words.get(place, "…") for place in gone)
        added = " ".join(words.word(kept[at]) for at in put)
        shown = (
            text[words.starts[kept[max(0, left - 2)]] : words.ends[kept[left]]]
            if left >= 0
            else "",
            f"[-{lost}-]" if lost else "",
            f"{{+{added}+}}" if added else "",
            text[words.starts[kept[right]] : words.ends[kept[min(right + 2, len(kept) - 1)]]]
            if right < len(kept)
            else "",
        )
        yield key, words.starts[at], " ".join(filter(None, shown))


def _speaker(note: Note, quoted: re.Match[str], claim: Claim) -> Iterator[Finding]:
    """Compare who a quotation is given to with who speaks it."""
    text, start, end = note.text, quoted.start(), quoted.end()
    after = re.split(r"\n\s*\n|[«“]|[.!?]\s+(?=[A-ZÀ-Ý])", text[end : end + _AROUND])[0]
    before = re.split(r"\n\s*\n|[»”]", text[max(0, start - _AROUND) : start])[-1]
    near = [one for one in note.people if end <= one.start < end + len(after)]
    near = near or [one for one in note.people if start - len(before) <= one.start < start][-1:]
    speaker = getattr(claim, "speaker", "")
    name = note.dataset.named("speaker", speaker).name if speaker else ""
    says = note.pattern(r"[\s,.»”\"–—-]*{title}?{says}\s+{title}?$")
    for stranger in re.finditer(rf"{_CAPITAL}(?:\s+{_CAPITAL})+", after):
        first, last = end + stranger.start(), end + stranger.end()
        if says.match(fold(after[: stranger.start()]) + " ") and first not in [
            one.start for one in near
        ]:
            near = [Token("", first, last)]
            if _is_slip(fold(stranger[0]), fold(name)):
                return
    note.recognised["people"] += bool(near)
    if near and speaker not in [one.key for one in near]:
        expected = message("check-speaker", who=name) if name else message("check-not-spoken")
        yield note.finding("person", near[0].start, near[0].end, expected, claim.id)


def offices(note: Note) -> Iterator[Finding]:
    """Check in which offices people are said to be."""
    roles = {role: any_of(words) for role, words in note.words["roles"].items()}
    title = rf"(?P<title>(?:\b(?:{'|'.join(roles.values())})\b[- ]*)+)"
    body = rf"(?P<body>{note.names})"
    forms = rf"{title}[^,.;:()]{{0,60}}?{body}", rf"{body}(?:'s)? {title}"
    lead = note.pattern(r"[ ,(-]*(?:{articles}|{is} )*(?:[a-z]+ ){{0,2}}")
    the = note.pattern(r"{articles}(?:\w+ )?$")
    for sentence in chain.from_iterable(note.paragraphs):
        plain = sentence.plain
        people = [t for t in sentence.tokens if isinstance(note.bodies.get(t.key), Person)]
        ends = {token.end: token.key for token in people}
        found = chain.from_iterable(re.finditer(form, plain) for form in forms if people)
        for office in sorted(found, key=lambda office: office.start()):
            start, end = office.span()
            before = [who for at, who in ends.items() if lead.fullmatch(plain, at, start)]
            after = [one.key for one in people if re.fullmatch(_GAP, plain[end : one.start])]
            who = after[:1] if the.search(plain, 0, start) and after else before[-1:] or after[:1]
            where = note.called[office["body"]].id
            if not who or where in ends.values():
                continue
            ends[end] = who[0]
            person = note.dataset.named("speaker", who[0])
            if person.offices[0].title_is_descriptive:
                continue
            note.recognised["people"] += 1
            held = [one for one in person.offices if one.organisation == where]
            titles = [fold(title) for one in held for title in (one.title.fr, one.title.en)]
            if _roles(office["title"], roles) not in (_roles(title, roles) for title in titles):
                right = (held or person.offices)[0]
                name = note.dataset.named("organisation", right.organisation).name
                expected = told(f"{right.title.fr}, {name}", f"{right.title.en}, {name}")
                first, last = sentence.places[start], sentence.places[end - 1] + 1
                yield note.finding("person", first, last, expected, _claim_of(note, person.id))


def _roles(title: str, roles: Mapping[str, str]) -> set[str]:
    return {role for role, words in roles.items() if re.search(rf"\b{words}\b", title)}


def _is_slip(name: str, known: str) -> bool:
    return name != known and name[:1] == known[:1] and one_slip(name, known)


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


def _claim_of(note: Note, id: str) -> str:
    """Give a claim of a person or an organisation."""
    quotes = [quote.id for quote in note.dataset.quotes if quote.speaker == id]
    claims = [claim.id for claim in note.dataset.claims if id in claim.organisations]
    return next(iter(quotes + claims), "")
