"""Read a text as the release: where each of its passages stands, and what differs there."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from essfacts.fingerprint import (
    DASHES,
    ITEM,
    NEAR,
    PARAGRAPH,
    STOP,
    UNKNOWN,
    hash_of,
    match_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from essfacts.fingerprint import Fingerprint

# Page foot and notes may stand between two words of a passage, so many words or characters.
_REACH = 400
_PAGE_NUMBER = r"(?i)\W*(?:page\s*)?\d{1,4}(?:\s*(?:/|sur|of|de)\s*\d{1,4})?\W*"
_BULLET = rf"[{DASHES}]|(?:\w|\d\d)[.)\]°]+[^\S\n\f]|[oO][^\S\n\f]"
_SAYING = (
    "affirme ajoute annonce conclut confie déclare dit estime explique indique observe poursuit"
    " précise rappelle résume souligne"
).split()


class Damage(NamedTuple):
    """Where a text differs: the words gone, as places in the release, and those put in."""

    gone: range
    put: range


class Occurrence(NamedTuple):
    """A passage in a text: its number, the places of its words there, and what differs."""

    number: int
    places: list[int]
    damages: list[Damage]


class Reading:
    """A text read as the release: where each passage stands, and what differs there.

    `asides` are words that are no part of what is said around them: notes, marks, page numbers;
    `quotations` are those of the release, before which a text may say who speaks.
    """

    def __init__(self, release: Fingerprint, text: str, quotations: Iterable[range] = ()) -> None:
        self.release = release
        self.words, self.matches = match_text(release, text)
        # What is before the first word, and after the last: nothing of the release.
        self.matches.append(UNKNOWN)
        self.size = len(self.words.starts)
        self.quotations = {release.passage_of(place.start): place for place in quotations}
        self.occurrences = list(self.gather())
        self.asides = set(self.find_asides())
        for found in self.occurrences:
            found.damages.extend(self.find_damages(found))

    def gather(self) -> Iterator[Occurrence]:
        """Gather what is matched by passage; less than half of one is nothing."""
        found: list[Occurrence] = []
        latest: dict[int, list[int]] = {}
        for place, match in enumerate(self.matches):
            if match >= 0:
                number = self.passage_at(place)
                places = latest.get(number)
                if not places or match <= self.matches[places[-1]] or place - places[-1] > _REACH:
                    places = latest[number] = []
                    found.append(Occurrence(number, places, []))
                places.append(place)
        for one in found:
            if 2 * len(one.places) >= len(self.release.passage(one.number)):
                yield one
            else:
                for place in one.places:
                    self.matches[place] = UNKNOWN

    def passage_at(self, place: int) -> int:
        """Give the passage in which a word stands, if it is the release's."""
        match = self.matches[place]
        return self.release.passage_of(match) if match >= 0 else UNKNOWN

    # What is no part of what is said.

    def find_asides(self) -> Iterator[int]:
        for number, places, _ in self.occurrences:
            if self.release.passage(number).start in self.release.notes:
                yield from places
        known = [place for place, match in enumerate(self.matches) if match >= 0]
        for left, right in pairwise([-1, *known, self.size]):
            if others := range(left + 1, right):
                near = {*others[:NEAR], *others[-NEAR:]}
                yield from (place for place in near if self.is_aside(place, left, right))

    def is_aside(self, place: int, left: int, right: int) -> bool:
        """Tell whether a word between two that are matched is no part of what is said."""
        words, release, label = self.words, self.release, self.words.label(place)
        before, after = self.matches[left], self.matches[right]
        if place + 1 == right and after in release.notes:
            return label == release.notes[after]
        if words.is_address(place):
            # An address in the place of another is no link of a word.
            return not {before + 1, after - 1} & release.addresses
        if words.opens_line(place):
            is_alone = words.opens_line(place + 1) and label in release.marks.values()
            is_item = place + 1 == right and after in release.starts
            if is_alone or label[0] == ">" or (is_item and self.is_bullet(place)):
                return True
        is_between = min(before, after) >= 0
        return label == release.marks.get(before + 1) or (
            is_between and self.is_furniture(place, left, right)
        )

    def is_bullet(self, place: int) -> bool:
        """Tell whether the first word of a line is a dash, or numbers an item or a note."""
        return bool(re.compile(_BULLET).match(self.words.text, self.words.starts[place]))

    def is_furniture(self, place: int, left: int, right: int) -> bool:
        """Tell whether a word stands on a line that pages have at their ends."""
        text, at = self.words.text, self.words.starts[place]
        before, after = text[max(0, at - _REACH) : at], text[at : at + _REACH]
        line = re.split(r"[\n\f]", before)[-1] + re.split(r"[\n\f]", after)[0]
        is_number = bool(re.fullmatch(_PAGE_NUMBER, line))
        if "\f" in self.words.between(left, right):
            return is_number or self.lines[_digitless(line)] > 1
        ends = (self.words.gap(left + 1), self.words.gap(right))
        return is_number and all(re.search(PARAGRAPH, end) for end in ends)

    @cached_property
    def lines(self) -> Counter[str]:
        return Counter(map(_digitless, re.split(r"[\n\f]", self.words.text)))

    # What differs.

    def find_damages(self, found: Occurrence) -> Iterator[Damage]:
        number, places, _ = found
        whole, hashes = self.release.passage(number), self.release.hashes
        before, after = self.touching(places[0], -1), self.touching(places[-1], 1)
        dispensable = set(self.release.addresses)
        if said := self.says_who(number, before):
            self.asides.update(before)
            behind = range(self.quotations[number].stop, whole.stop)
            dispensable.update(at for at in behind if hashes[at] in said)
        known = [(at, self.matches[at]) for at in places]
        ends = (before.start - 1, whole.start - 1), (after.stop, whole.stop)
        for (left, one), (right, other) in pairwise([ends[0], *known, ends[1]]):
            if right - left == other - one == 1:
                continue
            gone, put = range(one + 1, other), range(left + 1, right)
            if kept := [at for at in put if at not in self.asides]:
                yield Damage(gone, range(kept[0], kept[-1] + 1))
            elif not dispensable.issuperset(gone):
                yield Damage(gone, put[:0])

    def says_who(self, number: int, before: range) -> set[int]:
        """Give the words before a quotation where they say who speaks, and nothing else."""
        if number not in self.quotations or ":" not in self.words.gap(before.stop):
            return set()
        verbs, whole = {*map(hash_of, _SAYING)}, self.release.passage(number)
        said = {self.words.hashes[place] for place in before}
        known = verbs.union(self.release.hashes[whole.start : whole.stop])
        return said if said & verbs and said <= known else set()

    def touching(self, place: int, step: int) -> range:
        """Give the words that stand against a passage's first or last word, without a border."""
        words, is_first, end = self.words, step < 0, place
        beyond = range(place + step, place + step * (NEAR + 1), step)
        others = [*takewhile(self.is_other, beyond)]
        goes_on = not any(re.search(PARAGRAPH, words.gap(at + (not is_first))) for at in others)
        for at in others:
            is_label = self.is_bullet(at) if is_first else words.is_mark(at)
            if at not in self.asides and not (is_label and words.opens_line(at) == is_first):
                gap = words.gap(at + is_first)
                is_end = "\n" in gap and not (goes_on and self.is_wrapped)
                if is_end or re.search(f"{STOP}|{PARAGRAPH}|{ITEM}", gap):
                    break
            end = at
        return range(end, place) if is_first else range(place + 1, end + 1)

    def is_other(self, place: int) -> bool:
        """Tell whether a word of the text is none of the release."""
        return 0 <= place < self.size and self.matches[place] < 0

    @cached_property
    def is_wrapped(self) -> bool:
        """Tell whether lines end within passages."""
        return any(
            right - left == 1 and "\n" in self.words.between(left, right)
            for found in self.occurrences
            for left, right in pairwise(found.places)
        )


def _digitless(line: str) -> str:
    return " ".join(re.sub(r"\d", "", line).split())
