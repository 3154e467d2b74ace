"""Compare a copy with the release's fingerprint; seal a dataset against the release."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from essfacts import model, rules
from essfacts.errors import Fault
from essfacts.fingerprint import (
    DASHES,
    ITEM,
    NEAR,
    PARAGRAPH,
    STOP,
    UNKNOWN,
    digest,
    hash_of,
    match_text,
    read_words,
    take,
)
from essfacts.language import Whole, chained, format_date, message
from essfacts.model import Quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from essfacts.copies import Copy
    from essfacts.fingerprint import Fingerprint
    from essfacts.model import Claim, Dataset

# What a text says of the release's words.

# One or two words may be exchanged whole, for a word more.
_SHORT = 2
# Page foot and notes may stand between two words of a passage, so many words or characters.
_REACH = 400
_LINES = r"[\n\f]"
_PAGE_NUMBER = r"(?i)\W*(?:page\s*)?\d{1,4}(?:\s*(?:/|sur|of|de)\s*\d{1,4})?\W*"
_SAYING = (
    "affirme ajoute annonce conclut confie déclare dit estime explique indique observe poursuit"
    " précise rappelle résume souligne"
).split()


class Damage(NamedTuple):
    """Where a text differs: the words gone, as places in the release, and those put in."""

    gone: range
    put: range


class Occurrence(NamedTuple):
    """A passage of the release found in a text: the places of its words there, and what differs."""

    passage: int
    places: list[int]
    damages: list[Damage]


class Reading:
    """A text read as the release: where each passage stands, and what differs there.

    `asides` are words that are no part of what is said, such as footnote marks, bullets and page
    numbers; `quotations` are those of the release, before which a text may say who speaks.
    """

    def __init__(self, release: Fingerprint, text: str, quotations: Iterable[range] = ()) -> None:
        self.release = release
        self.words, self.matches = match_text(release, text)
        self.quotations = {release.passage_of(place.start): place for place in quotations}
        self.occurrences = [Occurrence(*found, []) for found in self.gather()]
        self.asides = set(self.find_asides())
        for occurrence in self.occurrences:
            occurrence.damages.extend(self.find_damages(occurrence))

    def gather(self) -> list[tuple[int, list[int]]]:
        """Gather what is matched by passage; less than half of one is nothing."""
        found: list[tuple[int, list[int]]] = []
        latest: dict[int, list[int]] = {}
        for place, match in enumerate(self.matches):
            if match >= 0:
                number = self.release.passage_of(match)
                places = latest.get(number, [])
                if not places or match <= self.matches[places[-1]] or place - places[-1] > _REACH:
                    places = latest[number] = []
                    found.append((number, places))
                places.append(place)
        for number, places in found:
            if 2 * len(places) < len(self.release.passage(number)):
                for place in places:
                    self.matches[place] = UNKNOWN
        return [(number, places) for number, places in found if self.matches[places[0]] >= 0]

    # What is no part of the text.

    def find_asides(self) -> Iterator[int]:
        known = [place for place, match in enumerate(self.matches) if match >= 0]
        for left, right in pairwise([-1, *known, len(self.matches)]):
            others = range(left + 1, right)
            for place in {*others[:NEAR], *others[-NEAR:]}:
                if self.is_aside(place, left, right):
                    yield place

    def is_aside(self, place: int, left: int, right: int) -> bool:
        """Tell whether a word between two that are matched is no part of the text."""
        words, release = self.words, self.release
        label, opens_line = words.label(place), words.opens_line(place)
        before = self.matches[left] if left >= 0 else UNKNOWN
        after = self.matches[right] if right < len(self.matches) else UNKNOWN
        if place + 1 == right and after in release.notes:
            return label == release.notes[after]
        if label == release.marks.get(before + 1):
            return True
        if opens_line:
            around = {release.passage_of(at) for at in (before, after) if at >= 0}
            is_first = place + 1 == right and after in {0, *release.passages}
            if (
                label.startswith(">")
                or (is_first and (label[0] in DASHES or self.is_label(place)))
                or (
                    words.opens_line(place + 1)
                    and any(
                        label == mark and release.passage_of(at - 1) in around
                        for at, mark in release.marks.items()
                    )
                )
            ):
                return True
        if words.is_address(place):
            # An address in the place of another is no link of a word.
            return not {before + 1, after - 1} & release.addresses
        return min(before, after) >= 0 and self.is_furniture(place, left, right)

    def is_label(self, place: int) -> bool:
        """Tell whether a word is a footnote mark, or numbers an item or a note."""
        word, words = self.words.word(place), self.words
        if words.is_mark(place):
            return True
        is_short = len(word) == 1 or (len(word) == 2 and word.isdecimal())
        return (
            is_short
            and words.opens_line(place)
            and not words.opens_line(place + 1)
            and bool(
                re.match(r"\s" if word in "oO" else r"[.)\]°]+\s", words.between(place, place + 1))
            )
        )

    def is_furniture(self, place: int, left: int, right: int) -> bool:
        """Tell whether a word stands on a line that pages have at their ends."""
        text, at = self.words.text, self.words.starts[place]
        before, after = text[max(0, at - _REACH) : at], text[at : at + _REACH]
        line = (re.split(_LINES, before)[-1] + re.split(_LINES, after)[0]).strip()
        is_number = bool(re.fullmatch(_PAGE_NUMBER, line))
        if "\f" in self.words.between(left, right):
            return is_number or self.lines[_digitless(line)] > 1
        ends = (self.words.between(left, left + 1), self.words.between(right - 1, right))
        return is_number and all(map(PARAGRAPH.search, ends))

    @cached_property
    def lines(self) -> Counter[str]:
        return Counter(_digitless(line.strip()) for line in re.split(_LINES, self.words.text))

    # What differs.

    def find_damages(self, occurrence: Occurrence) -> Iterator[Damage]:
        number, places, _ = occurrence
        matches, whole = self.matches, self.release.passage(number)
        first, last = places[0], places[-1]
        gaps = [Damage(range(whole.start, matches[first]), self.touching(first, -1))]
        gaps += (
            Damage(range(matches[left] + 1, matches[right]), range(left + 1, right))
            for left, right in pairwise(places)
        )
        gaps.append(Damage(range(matches[last] + 1, whole.stop), self.touching(last, 1)))
        speaker = {self.words.hashes[place] for place in gaps[0].put}
        names = not gaps[0].gone and self.names_speaker(number, gaps[0].put)
        if names:
            self.asides.update(gaps[0].put)
        for gone, between in gaps:
            is_said = (
                names
                and gone.start >= self.quotations[number].stop
                and speaker.issuperset(self.release.hashes[gone.start : gone.stop])
            )
            put = [
                place
                for place in between
                if place not in self.asides and not self.is_note(place, number)
            ]
            if put:
                yield Damage(gone, range(put[0], put[-1] + 1))
            elif not (is_said or self.release.addresses.issuperset(gone)):
                yield Damage(gone, between[:0])

    def is_note(self, place: int, number: int) -> bool:
        """Tell whether a word is of a note that stands within a passage."""
        match = self.matches[place]
        passage = self.release.passage_of(match)
        return (
            match >= 0
            and passage != number
            and self.release.passage(passage).start in self.release.notes
        )

    def names_speaker(self, passage: int, before: range) -> bool:
        """Tell whether words before a quotation say who speaks, and nothing that it does not."""
        if passage not in self.quotations or not before:
            return False
        whole, verbs = self.release.passage(passage), {*map(hash_of, _SAYING)}
        said = {self.words.hashes[place] for place in before}
        known = verbs.union(self.release.hashes[whole.start : whole.stop])
        gap = self.words.between(before.stop - 1, before.stop)
        return bool(said & verbs) and said <= known and ":" in gap

    def touching(self, place: int, step: int) -> range:
        """Give the words that stand against a passage's first or last word, without a border."""
        at = place
        while 0 <= at + step < len(self.matches) and abs(at - place) < NEAR:
            beyond = at + step
            is_glued = beyond in self.asides or (
                self.is_label(beyond) and self.words.opens_line(beyond) == (step < 0)
            )
            if self.matches[beyond] >= 0 or (not is_glued and self.is_border(at, step)):
                break
            at = beyond
        return range(at, place) if step < 0 else range(place + 1, at + 1)

    def is_border(self, place: int, step: int) -> bool:
        words = self.words
        left = min(place, place + step)
        gap = words.between(left, left + 1)
        if any(border.search(gap) for border in (STOP, PARAGRAPH, ITEM)):
            return True
        if "\n" not in gap:
            return False
        # Where lines are wrapped, words that fill theirs from the paragraph's border are apart.
        at = place + step
        while self.is_wrapped and 0 <= at < len(self.matches) and self.matches[at] < 0:
            if abs(at - place) > NEAR:
                return False
            left = min(at, at + step)
            if PARAGRAPH.search(words.between(left, left + 1)):
                return True
            at += step
        return not (self.is_wrapped and 0 <= at < len(self.matches))

    @cached_property
    def is_wrapped(self) -> bool:
        """Tell whether lines end within passages."""
        return any(
            right - left == 1 and "\n" in self.words.between(left, right)
            for occurrence in self.occurrences
            for left, right in pairwise(occurrence.places)
        )


def _digitless(line: str) -> str:
    return " ".join("".join(char for char in line if not char.isdecimal()).split())


# What a report says.

Status: TypeAlias = Literal["verified", "altered", "missing", "ambiguous"]
PassageStatus: TypeAlias = Literal["intact", "altered", "missing", "ambiguous", "moved"]
Segment: TypeAlias = tuple[Literal["same", "removed", "added"], str]
# What is shown round a difference, of a text that was added, and at most of it.
_AROUND, _TEXT = 4, 200


class Result(NamedTuple):
    """What comparing one claim with a copy finds; `line` and `column` are those of `found`."""

    id: str
    kind: str
    status: Status
    expected: str
    line: int | None
    column: int | None
    found: str | None


class Passage(NamedTuple):
    """What becomes of one passage: `words` are not the release's, `difference` shows them."""

    status: PassageStatus
    section: str | None
    claims: tuple[str, ...]
    line: int | None
    column: int | None
    words: tuple[str, ...]
    difference: tuple[Segment, ...]


class Added(NamedTuple):
    """What a copy says besides, `within` a paragraph or list of the release or around it."""

    line: int
    column: int
    last_line: int
    text: str
    within: bool


class Coverage(NamedTuple):
    """On how many passages of the release a claim stands, and where none does."""

    sentences: int
    covered: int
    left_out: int
    uncovered: tuple[tuple[int | None, str], ...]


class Report(NamedTuple):
    """What comparing a dataset with a copy finds; `words` are the release's."""

    words: int
    results: tuple[Result, ...]
    passages: tuple[Passage, ...]
    added: tuple[Added, ...]
    coverage: Coverage

    @property
    def verified(self) -> bool:
        """Tell whether the copy is the release, whatever stands round its paragraphs."""
        return (
            all(result.status == "verified" for result in self.results)
            and all(passage.status == "intact" for passage in self.passages)
            and not any(added.within for added in self.added)
        )


class Wording(NamedTuple):
    """The release's own whole sentence, and its line in the copy that it is taken from."""

    text: str
    line: int


def verify(dataset: Dataset, fingerprint: Fingerprint, copy: Copy) -> Report:
    """Compare every passage of the release, and every claim, with a copy."""
    return _Verification(dataset, fingerprint, copy).report()


def official_wording(dataset: Dataset, fingerprint: Fingerprint, copy: Copy) -> dict[str, Wording]:
    """Give, by claim, the release's sentences that hold it, where they stand intact in a copy."""
    return dict(_Verification(dataset, fingerprint, copy).wordings())


class _Verification:
    """A dataset against a copy: where each passage stands in it, and what becomes of each claim."""

    def __init__(self, dataset: Dataset, fingerprint: Fingerprint, copy: Copy) -> None:
        self.dataset, self.release, self.copy = dataset, fingerprint, copy
        self.places = dict(_places(dataset, fingerprint))
        self.claims: list[list[Claim]] = [[] for _ in fingerprint.passages]
        for claim in dataset.claims:
            for number in self.passages_of(claim):
                self.claims[number].append(claim)
        quotations = [self.places[quote.id] for quote in dataset.quotes if quote.id in self.places]
        self.reading = Reading(fingerprint, copy.text, quotations)
        self.words, self.occurrences = self.reading.words, self.reading.occurrences
        self.chosen = self.choose()
        self.damages = {number: found.damages for number, found in self.chosen.items()}
        self.added = list(self.additions())

    def passages_of(self, claim: Claim) -> range:
        place = self.places.get(claim.id)
        return self.release.passages_of(place) if place else range(0)

    def choose(self) -> dict[int, Occurrence]:
        """Choose where each passage stands: where it is intact, and among its neighbours."""
        found = sorted(self.occurrences, key=lambda occurrence: occurrence.places[0])
        numbers = [UNKNOWN, *(occurrence.passage for occurrence in found), UNKNOWN]

        def rank(at: int) -> tuple[int, bool, int, int]:
            number, places, damages = found[at]
            neighbours = (numbers[at] == number - 1) + (numbers[at + 2] == number + 1)
            return number, bool(damages), -neighbours, -len(places)

        # The best comes last, and stays.
        ranked = [found[at] for at in sorted(range(len(found)), key=rank)]
        return {occurrence.passage: occurrence for occurrence in reversed(ranked)}

    # What a copy says besides.

    def additions(self) -> Iterator[Added]:
        """Find what stands between the passages, and passages that are exchanged whole."""
        told = set(self.reading.asides)
        for occurrence in self.occurrences:
            told.update(place for damage in occurrence.damages for place in damage.put)
        ours = {place: number for number, at in self.chosen.items() for place in at.places}
        repeated = {place for occurrence in self.occurrences for place in occurrence.places}
        for left, right in pairwise([-1, *sorted(ours), len(self.words.starts)]):
            others = [place for place in range(left + 1, right) if place not in told]
            before, after = ours.get(left, UNKNOWN), ours.get(right, UNKNOWN)
            number = before + 1
            if not others:
                continue
            is_next = number not in self.chosen and after == number + 1
            whole = self.release.passage(number) if is_next else range(0)
            if is_next and len(others) <= len(whole) + 1 <= _SHORT + 1:
                self.damages[number] = [Damage(whole, range(others[0], others[-1] + 1))]
                continue
            within = self.is_within(left, right, others, (before, after))
            if within or not repeated.issuperset(others):
                line, column = self.position(others[0])
                last_line, _ = self.position(others[-1])
                text = self.text(others[0], others[-1] + 1, _TEXT)
                yield Added(line, column, last_line, text, within)

    def is_within(
        self, left: int, right: int, others: list[int], passages: tuple[int, int]
    ) -> bool:
        """Tell whether words stand in a paragraph or list of the release, or against one."""
        if min(passages) >= 0 and len({self.release.paragraphs[at] for at in passages}) == 1:
            return True
        gaps = (self.words.between(left, others[0]), self.words.between(others[-1], right))
        depths = [
            2 if number < 0 or PARAGRAPH.search(gap) else int("\n" in gap)
            for number, gap in zip(passages, gaps, strict=True)
        ]
        return not all(depths) or (sum(depths) < 3 and self.reading.is_wrapped)

    # What differs, and whose it is.

    def touched(self, number: int, damages: Iterable[Damage]) -> dict[str, list[Damage]]:
        """Give the claims that each difference of a passage belongs to."""
        touched: dict[str, list[Damage]] = {}
        claims, excerpts = self.claims[number], self.release.excerpts
        for damage in damages:
            at = damage.gone.start
            is_mark = len(damage.put) == 1 and self.words.is_mark(damage.put.start)
            # What is put in belongs where the words on both sides do, a mark to the one before.
            spots = [{place} for place in damage.gone] or [{at - 1} if is_mark else {at - 1, at}]
            ids = [
                claim.id
                for claim in claims
                if isinstance(claim, Quote) and at in self.places[claim.id]
            ]
            for spot in spots:
                holders = [claim for claim in claims if spot.issubset(excerpts[claim.id])]
                ids += [claim.id for claim in holders or claims]
            for id in dict.fromkeys(ids):
                touched.setdefault(id, []).append(damage)
        return touched

    def repetitions(self) -> dict[int, list[Damage]]:
        """Find passages that stand intact, and once more with other words in their midst."""
        found: dict[int, list[Damage]] = {}
        for number, _, damages in self.occurrences:
            whole = self.release.passage(number)
            inside = [
                damage
                for damage in damages
                if damage.put and whole.start < damage.gone.start and damage.gone.stop < whole.stop
            ]
            if inside and not self.damages[number]:
                found.setdefault(number, []).extend(inside)
        return found

    def moved(self) -> set[int]:
        """Find the passages that are out of order; notes may stand anywhere."""
        notes = {self.release.passage_of(place) for place in self.release.notes}
        expected = sorted({*self.chosen} - notes)
        order = sorted(expected, key=lambda number: self.chosen[number].places[0])
        if order == expected:
            return set()
        from difflib import SequenceMatcher

        blocks = SequenceMatcher(None, expected, order, autojunk=False).get_matching_blocks()
        kept = {number for block in blocks for number in order[block.b : block.b + block.size]}
        return {*order} - kept

    def report(self) -> Report:
        repeated, moved = self.repetitions(), self.moved()
        touched: dict[str, list[Damage]] = {}
        for number, damages in self.damages.items():
            for id, found in self.touched(number, damages).items():
                touched.setdefault(id, []).extend(found)
        doubtful = {id for number in repeated for id in self.touched(number, repeated[number])}
        passages = []
        section: str | None = next((claim.section for claim in self.dataset.claims), None)
        for number, claims in enumerate(self.claims):
            section = claims[0].section if claims else section
            damages = self.damages.get(number) or repeated.get(number, [])
            status: PassageStatus = "intact"
            if number not in self.damages:
                status = "missing"
            elif damages:
                status = "ambiguous" if number in repeated else "altered"
            elif number in moved:
                status = "moved"
            whose = self.touched(number, damages) if damages else [claim.id for claim in claims]
            passages.append(self.passage(number, status, section, tuple(whose), damages))
        return Report(
            words=len(self.release.hashes),
            results=tuple(
                self.result(claim, touched.get(claim.id, []), is_doubtful=claim.id in doubtful)
                for claim in self.dataset.claims
            ),
            passages=tuple(passages),
            added=tuple(self.added),
            coverage=self.coverage(),
        )

    def passage(
        self,
        number: int,
        status: PassageStatus,
        section: str | None,
        claims: tuple[str, ...],
        damages: Sequence[Damage],
    ) -> Passage:
        line = column = None
        if status != "missing":
            first = damages[0].put.start if damages else self.chosen[number].places[0]
            line, column = self.position(min(first, len(self.words.starts) - 1))
        words = (self.text(damage.put.start, damage.put.stop) for damage in damages if damage.put)
        difference = tuple(self.difference(number, damages)) if damages else ()
        return Passage(status, section, claims, line, column, tuple(words), difference)

    def difference(self, number: int, damages: Sequence[Damage]) -> Iterator[Segment]:
        """Show the words that differ, among those around; what is gone where it is known."""
        known = {
            place: word
            for claim in self.claims[number]
            for place, word in zip(self.places[claim.id], _plain(_exact(claim)), strict=False)
        }
        ours = self.chosen[number].places if number in self.chosen else []
        edges = [*ours[:1], *(place + 1 for place in ours[-1:])]
        edges += (edge for damage in damages for edge in (damage.put.start, damage.put.stop))
        shown = 0
        following = [*(damage.put.start for damage in damages[1:]), max(edges)]
        for (gone, put), next_start in zip(damages, following, strict=True):
            start, end = max(shown, min(edges), put.start - _AROUND), put.stop + _AROUND
            end = min(end, max(edges), next_start)
            words = (known.get(place, "…") for place in gone)
            segments: tuple[Segment, ...] = (
                ("same", self.text(start, put.start)),
                ("removed", " ".join(word for word, _ in groupby(words))),
                ("added", self.text(put.start, put.stop)),
                ("same", self.text(put.stop, end)),
            )
            yield from (segment for segment in segments if segment[1])
            shown = end

    def result(self, claim: Claim, damages: list[Damage], *, is_doubtful: bool) -> Result:
        status: Status = "altered" if damages else "ambiguous" if is_doubtful else "verified"
        numbers, place = self.passages_of(claim), self.places.get(claim.id, range(0))
        held: list[int] = []
        if numbers and all(number in self.damages for number in numbers):
            found = (self.chosen[number].places for number in numbers if number in self.chosen)
            held = [at for places in found for at in places if self.reading.matches[at] in place]
            held += (at for damage in damages for at in damage.put)
        else:
            status = "missing"
        line = column = text = None
        if held:
            line, column = self.position(min(held))
            text = self.text(min(held), max(held) + 1)
        return Result(claim.id, claim.kind, status, _exact(claim), line, column, text)

    def coverage(self) -> Coverage:
        covered = {number for number, claims in enumerate(self.claims) if claims}
        left_out: set[int] = set()
        for passage in self.dataset.release.left_out:
            for start in self.release.find(passage.excerpt)[:1]:
                ends = self.release.find(passage.through or passage.excerpt)
                end = next((end.stop for end in ends if end.start >= start.start), start.stop)
                left_out.update(self.release.passages_of(range(start.start, end)))
        uncovered: list[tuple[int | None, str]] = []
        for number in sorted({*range(len(self.claims))} - covered - left_out):
            places = self.chosen[number].places if number in self.chosen else []
            text = self.text(places[0], places[-1] + 1) if places else ""
            uncovered.append((self.position(places[0])[0] if places else None, text))
        return Coverage(len(self.claims), len(covered), len(left_out - covered), tuple(uncovered))

    def wordings(self) -> Iterator[tuple[str, Wording]]:
        for claim in self.dataset.claims:
            numbers = self.passages_of(claim)
            if numbers and all(self.damages.get(number) == [] for number in numbers):
                text = " ".join(self.wording(self.chosen[number].places) for number in numbers)
                yield claim.id, Wording(text, self.position(self.chosen[numbers[0]].places[0])[0])

    def wording(self, places: list[int]) -> str:
        """Give a passage as the copy has it, without what the end of a page puts in its midst."""
        text, words = self.copy.text, self.words
        opening = re.search(r"(?:[«“„\"(\[]\s?)*\Z", text[: words.starts[places[0]]][-4:])
        parts = [opening[0] if opening else ""]
        for left, right in pairwise(places):
            parts.append(words.word(left))
            between = words.between(left, right)
            parts.append(" " if right > left + 1 and len(between.splitlines()) > 1 else between)
        end = words.ends[places[-1]]
        closing = re.match(r"(?:[^\w\s]|[^\S\r\n](?=[»:;!?]))*", text[end : end + 8])
        parts += [words.word(places[-1]), closing[0] if closing else ""]
        return " ".join("".join(parts).split())

    # The copy's own text.

    def position(self, place: int) -> tuple[int, int]:
        return self.copy.position(self.words.starts[place])

    def text(self, start: int, end: int, most: int | None = None) -> str:
        """Give words in one line, shortened."""
        if start >= end:
            return ""
        first, last = self.words.starts[start], self.words.ends[end - 1]
        cut = last if most is None else min(last, first + most)
        return " ".join(self.copy.text[first:cut].split()) + "…" * (cut < last)


def _exact(claim: Claim) -> str:
    return claim.words if isinstance(claim, Quote) else claim.excerpt


def _places(dataset: Dataset, fingerprint: Fingerprint) -> Iterator[tuple[str, range]]:
    """Go through where claims' words stand: a quotation's are more than its excerpt."""
    for claim in dataset.claims:
        excerpt = fingerprint.excerpts.get(claim.id)
        if excerpt is not None:
            found = fingerprint.find(claim.words) if isinstance(claim, Quote) else []
            yield claim.id, next((place for place in found if excerpt.start in place), excerpt)


def _plain(text: str) -> list[str]:
    words = read_words(text)
    return [words.word(at) for at in range(len(words.starts)) if not words.is_mark(at)]


# Sealing.

# Files whose words are the project's own, and fields of others that are the release's.
_PROJECTS_OWN = {"topics.yaml", "units.yaml", "synonyms.yaml", "computed.yaml"}
_OF_CLAIMS, _OF_OTHERS = ("words", "excerpt"), ("title", "name", "email", "phone")


def changed(dataset: Dataset, fingerprint: Fingerprint) -> Iterator[Fault]:
    """Find the records that say otherwise than when they were sealed."""
    sealed, then = dict(fingerprint.digests), message("read-again")
    for place, id, record in _records(dataset):
        said = sealed.pop(id, "")
        if said != digest(record):
            wrong = message("changed-record" if said else "new-record", then=then)
            yield place._replace(message=wrong, rule="sealed")
    for id in sealed:
        yield Fault("fingerprint.yaml", 0, id, message("lost-record", then=then), "sealed")


def seal(dataset: Dataset, copy: Copy) -> tuple[Fingerprint, list[Fault]]:
    """Take the fingerprint of a release, and look up in it what the records say is there."""
    fingerprint = take(copy.text)
    words, matches = match_text(fingerprint, copy.text)
    faults: list[Fault] = []
    for place, id, record in _records(dataset):
        fingerprint.digests[id] = digest(record)
        faults += [
            place._replace(message=message("not-in-release", field=field, text=Whole(text)))
            for field, text in _own_words(place.file, record)
            if text and not fingerprint.find(text)
        ]
        if isinstance(record, model.Claim):
            found = fingerprint.find(record.excerpt)
            if len(found) == 1:
                fingerprint.excerpts[id] = found[0]
            elif found:
                starts = [words.starts[matches.index(at.start)] for at in found]
                places = ["{}:{}".format(*copy.position(at)) for at in starts]
                wrong = message("not-once", places=chained("both", places))
                faults.append(place._replace(message=wrong))
    return fingerprint, faults


def _records(dataset: Dataset) -> Iterator[tuple[Fault, str, model.Frozen]]:
    """Go through what is sealed: every record, and the release under the name of its file."""
    release = dataset.release
    fields = {name: getattr(release, name) for name in release.__dataclass_fields__}
    alone = model.Release(**fields | {"sections": ()})
    yield Fault("release.yaml", 0, "", message("nothing")), "release.yaml", alone
    for place, record in rules.placed(dataset):
        yield place, record.id, record


def _own_words(file: str, record: Any) -> Iterator[tuple[str, str]]:
    """Go through what a record says in the release's own words, by field."""
    if file in _PROJECTS_OWN:
        return
    if isinstance(record, model.Release):
        yield "date", format_date(record.date, "fr")
        for passage in record.left_out:
            yield "left_out", passage.excerpt
            yield "left_out", passage.through or passage.excerpt
    for part in (record, *getattr(record, "offices", ())):
        for field in _OF_CLAIMS if isinstance(record, model.Claim) else _OF_OTHERS:
            said = getattr(part, field, None) or ""
            if not getattr(part, f"{field}_is_descriptive", False):
                yield (field if part is record else "offices"), getattr(said, "fr", said)
