"""Names that a person's own text misspells: of whom the dataset knows, but for a slip."""

from __future__ import annotations

import re
from bisect import bisect_right
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from essfacts.language import message
from essfacts.model import Person
from essfacts.note import flat
from essfacts.terms import one_slip
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from essfacts.model import Organisation
    from essfacts.note import Finding, Note

NAME = re.compile(r"[A-ZÀ-Ý][\w-]+(?:\s+[A-ZÀ-Ý][\w-]+)+")
_CAPITAL = re.compile(r"\b[A-ZÀ-Ý]\w+")
# Shorter words and slips tell nothing of a name; how alike two are of which one is meant.
_SHORT, _ALIKE = 3, 0.75
# How much of what is said of somebody tells that a name with a slip is theirs.
_TELLING = 2
# Longer names are known with any slip; of two letters that are the same, the first.
_LONG, _DOUBLED = 5, re.compile(r"(.)(?=\1)")


def misspelt(note: Note) -> Iterator[Finding]:
    """Find names that are misspelt: the dataset's, but for a slip, or a person's, nearly."""
    # What tells that a name may stand here: a word of it, or a person's initials.
    telling: dict[str, list[tuple[Organisation | Person, int, int]]] = {}
    for body in note.bodies.values():
        parts = [flat(part) for part in _CAPITAL.findall(body.name)]
        steps = [*enumerate(parts)] if " " in body.name else []
        if isinstance(body, Person):
            steps.append((0, "".join(part[0] for part in parts)))
        for step, part in steps:
            telling.setdefault(part, []).append((body, step, len(parts)))
    words = [*_CAPITAL.finditer(note.text)]
    plain = [*(flat(word[0]) for word in words), " "]
    found: dict[int, Finding] = {}
    for at in range(len(words)):
        initials = plain[at][0] + plain[at + 1][0]
        for body, step, size in (*telling.get(plain[at], ()), *telling.get(initials, ())):
            first, last = at - step, at - step + size - 1
            if first >= 0 and last < len(words):
                start, end = words[first].start(), words[last].end()
                is_near = end - start <= len(body.name) + _SHORT
                if is_near and is_misspelt(note.text[start:end], body):
                    expected, claim = message("check-name", who=body.name), claim_of(note, body.id)
                    found[start] = note.finding("name", start, end, expected, claim)
    yield from found.values()
    taken = {at for one in found.values() for at in range(one.offset, one.offset + len(one.said))}
    for word, id in _single(note, words):
        if word.start() not in taken:
            expected, claim = message("check-name", who=note.bodies[id].name), claim_of(note, id)
            yield note.finding("name", *word.span(), expected, claim)


def _single(note: Note, words: Sequence[re.Match[str]]) -> Iterator[tuple[re.Match[str], str]]:
    """Find names of one word that are misspelt: what is said around them is of whom they name.

    They have many neighbours: of a short one, but a letter that is doubled is taken for a slip.
    """
    names = {name: body for name, body in note.called.items() if name.isalpha()}
    begins = [sentence.places[0] for sentence in note.sentences]
    titled = note.pattern(r"\b{title}$")
    meant: dict[str, Organisation | Person | None] = {}
    around: dict[str, set[str]] = {}
    for word in words:
        said = flat(word[0])
        if said not in meant:
            like = (
                body
                for name, body in names.items()
                if one_slip(said, name)
                and (
                    isinstance(body, Person)
                    or len(name) > _LONG
                    or _DOUBLED.sub("", said) == _DOUBLED.sub("", name)
                )
            )
            meant[said] = None if said in names else next(like, None)
        if not (body := meant[said]):
            continue
        start = word.start()
        is_titled = titled.search(flat(note.text[max(0, start - _SHORT * 2) : start]))
        if is_titled or not isinstance(body, Person):
            sentence = note.sentences[bisect_right(begins, start) - 1]
            if body.id not in around:
                around[body.id] = _around(note, body)
            common = sentence.whole & around[body.id]
            weight = len(common) + len(common & note.bodies.keys())
            if weight >= _TELLING + (not is_titled):
                yield word, body.id


def _around(note: Note, body: Organisation | Person) -> set[str]:
    """Give what is said of a person or an organisation, and whom it is said with."""
    dataset, id = note.dataset, body.id
    of = {person.id: {one.organisation for one in person.offices} for person in dataset.people}
    found = of.get(id, set()).union(*({who} for who, bodies in of.items() if id in bodies))
    for claim in dataset.claims:
        if id in claim.organisations:
            found |= note.keys(claim.text)
    if not isinstance(body, Person):
        found |= note.keys(body.description) | {token.key for token in note.tokens(fold(body.name))}
    return found - {id, note.theme}


def is_misspelt(name: str, body: Organisation | Person) -> bool:
    """Tell whether a name is meant for one that it is not: but for a slip, or a person's, nearly.

    A surname that the release names is its own, unless another first name stands before it.
    """
    said, known = fold(name), fold(body.name)
    if said == known or said[0] != known[0] or not isinstance(body, Person):
        return said != known and one_slip(said, known)
    parts = zip(said.rsplit(" ", 1), known.rsplit(" ", 1), strict=False)
    alike = [SequenceMatcher(None, one, other).ratio() for one, other in parts]
    return min(alike) >= _ALIKE or alike[-1] == 1


def claim_of(note: Note, id: str) -> str:
    """Give a claim of a person or an organisation, else of who is in office there."""
    dataset = note.dataset
    offices = ((person, office) for person in dataset.people for office in person.offices)
    holders = {person.id for person, office in offices if office.organisation == id}
    quotes = [quote.id for quote in dataset.quotes if quote.speaker == id]
    claims = [claim.id for claim in dataset.claims if id in claim.organisations]
    others = [quote.id for quote in dataset.quotes if quote.speaker in holders]
    return next(iter(quotes + claims + others), "")
