"""Compare a copy with the release's fingerprint; seal a dataset against the release."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cached_property
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

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
    from collections.abc import Callable, Iterable, Iterator

    from essfacts.copies import Copy
    from essfacts.fingerprint import Fingerprint
    from essfacts.model import Claim, Dataset

# What a text says of the release's words.

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


class Reading:
    """A text read as the release: where each passage stands, and what differs there.

    `occurrences` are numbers of passages, with the places of their words here, and what differs;
    `asides` are words that are no part of what is said around them: notes, marks, page numbers;
    `quotations` are those of the release, before which a text may say who speaks.
    """

    def __init__(self, release: Fingerprint, text: str, quotations: Iterable[range] = ()) -> None:
        self.release = release
        self.words, self.matches = match_text(release, text)
        self.quotations = {release.passage_of(place.start): place for place in quotations}
        self.occurrences = list(self.gather())
        self.asides = set(self.find_asides())
        for number, places, damages in self.occurrences:
            damages.extend(self.find_damages(number, places))

    def gather(self) -> Iterator[tuple[int, list[int], list[Damage]]]:
        """Gather what is matched by passage; less than half of one is nothing."""
        found: list[tuple[int, list[int]]] = []
        latest: dict[int, list[int]] = {}
        for place, match in enumerate(self.matches):
            if match >= 0:
                number = self.release.passage_of(match)
                places = latest.get(number)
                if not places or match <= self.matches[places[-1]] or place - places[-1] > _REACH:
                    places = latest[number] = []
                    found.append((number, places))
                places.append(place)
        for number, places in found:
            if 2 * len(places) >= len(self.release.passage(number)):
                yield number, places, []
            else:
                for place in places:
                    self.matches[place] = UNKNOWN

    # What is no part of what is said.

    def find_asides(self) -> Iterator[int]:
        for number, places, _ in self.occurrences:
            if self.release.passage(number).start in self.release.notes:
                yield from places
        known = [place for place, match in enumerate(self.matches) if match >= 0]
        for left, right in pairwise([-1, *known, len(self.matches)]):
            if left + 1 < right:
                others = range(left + 1, right)
                near = {*others[:NEAR], *others[-NEAR:]}
                yield from (place for place in near if self.is_aside(place, left, right))

    def is_aside(self, place: int, left: int, right: int) -> bool:
        """Tell whether a word between two that are matched is no part of what is said."""
        words, release, label = self.words, self.release, self.words.label(place)
        before = self.matches[left] if left >= 0 else UNKNOWN
        after = self.matches[right] if right < len(self.matches) else UNKNOWN
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
        start = self.words.starts[place]
        return bool(re.match(_BULLET, self.words.text[start : start + 9]))

    def is_furniture(self, place: int, left: int, right: int) -> bool:
        """Tell whether a word stands on a line that pages have at their ends."""
        text, at = self.words.text, self.words.starts[place]
        before, after = text[max(0, at - _REACH) : at], text[at : at + _REACH]
        line = re.split(r"[\n\f]", before)[-1] + re.split(r"[\n\f]", after)[0]
        is_number = bool(re.fullmatch(_PAGE_NUMBER, line))
        if "\f" in self.words.between(left, right):
            return is_number or self.lines[_digitless(line)] > 1
        ends = (self.words.gap(left + 1), self.words.gap(right))
        return is_number and all(map(PARAGRAPH.search, ends))

    @cached_property
    def lines(self) -> Counter[str]:
        return Counter(map(_digitless, re.split(r"[\n\f]", self.words.text)))

    # What differs.

    def find_damages(self, number: int, places: list[int]) -> Iterator[Damage]:
        matches, whole = self.matches, self.release.passage(number)
        first, last = places[0], places[-1]
        before = self.touching(first, -1)
        gaps = [(range(whole.start, matches[first]), before)]
        gaps += (
            (range(matches[left] + 1, matches[right]), range(left + 1, right))
            for left, right in pairwise(places)
            if left + 1 < right or matches[left] + 1 < matches[right]
        )
        gaps.append((range(matches[last] + 1, whole.stop), self.touching(last, 1)))
        dispensable = set(self.release.addresses)
        if matches[first] == whole.start and self.names_speaker(number, before):
            self.asides.update(before)
            said = {self.words.hashes[place] for place in before}
            after = range(self.quotations[number].stop, whole.stop)
            dispensable.update(at for at in after if self.release.hashes[at] in said)
        for gone, between in gaps:
            put = [at for at in between if at not in self.asides]
            if put:
                yield Damage(gone, range(put[0], put[-1] + 1))
            elif not dispensable.issuperset(gone):
                yield Damage(gone, between[:0])

    def names_speaker(self, number: int, before: range) -> bool:
        """Tell whether words before a quotation say who speaks, and nothing that it does not."""
        if number not in self.quotations or not before:
            return False
        verbs, whole = {*map(hash_of, _SAYING)}, self.release.passage(number)
        said = {self.words.hashes[place] for place in before}
        known = verbs.union(self.release.hashes[whole.start : whole.stop])
        gap = self.words.gap(before.stop)
        return bool(said & verbs) and said <= known and ":" in gap

    def touching(self, place: int, step: int) -> range:
        """Give the words that stand against a passage's first or last word, without a border."""
        at = place
        while 0 <= at + step < len(self.matches) and abs(at - place) < NEAR:
            beyond = at + step
            if self.matches[beyond] >= 0 or not self.is_glued(beyond, step):
                break
            at = beyond
        return range(at, place) if step < 0 else range(place + 1, at + 1)

    def is_glued(self, place: int, step: int) -> bool:
        """Tell whether no border stands between a word and the one from which one steps to it."""
        words = self.words
        is_label = words.is_mark(place) if step > 0 else self.is_bullet(place)
        if place in self.asides or (is_label and words.opens_line(place) == (step < 0)):
            return True
        gap = words.gap(place + (step < 0))
        is_line_end = "\n" in gap and (not self.is_wrapped or self.fills_lines(place, step))
        return not (is_line_end or any(border.search(gap) for border in (STOP, PARAGRAPH, ITEM)))

    def fills_lines(self, place: int, step: int) -> bool:
        """Tell whether a paragraph ends beyond words, and before any of the release."""
        for at in range(place, place + step * NEAR, step):
            if not 0 <= at < len(self.matches) or self.matches[at] >= 0:
                return not 0 <= at < len(self.matches)
            if PARAGRAPH.search(self.words.gap(at + (step > 0))):
                return True
        return False

    @cached_property
    def is_wrapped(self) -> bool:
        """Tell whether lines end within passages."""
        return any(
            right - left == 1 and "\n" in self.words.between(left, right)
            for _, places, _ in self.occurrences
            for left, right in pairwise(places)
        )


def _digitless(line: str) -> str:
    return " ".join(re.sub(r"\d", "", line).split())


# What a report says.

# What is shown round a difference, of a text that was added, and at most of it; how many words a
# passage has that may be exchanged whole, for a word more.
_AROUND, _TEXT, _SHORT = 4, 200, 2


class Result(NamedTuple):
    """What comparing one claim with a copy finds; `line` and `column` are those of `found`."""

    id: str
    kind: str
    status: str
    line: int | None
    column: int | None
    expected: str
    found: str | None


class Passage(NamedTuple):
    """What becomes of one passage: `words` are not the release's, `difference` shows them."""

    status: str
    section: str | None
    line: int | None
    column: int | None
    claims: list[str]
    words: list[str]
    difference: str


class Added(NamedTuple):
    """What a copy says besides, `within` a paragraph or list of the release or around it."""

    line: int
    column: int
    last_line: int
    text: str
    within: bool


class Report(NamedTuple):
    """What comparing a dataset with a copy finds; `words` are the release's."""

    words: int
    results: list[Result]
    passages: list[Passage]
    added: list[Added]
    covering: Callable[[], dict[str, Any]]

    @property
    def coverage(self) -> dict[str, Any]:
        """Say on how many passages of the release a claim stands, and where none does."""
        return self.covering()

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
    found = _Verification(dataset, fingerprint, copy)
    return Report(
        words=len(fingerprint.hashes),
        results=[found.result(claim) for claim in dataset.claims],
        passages=list(found.passages()),
        added=found.added,
        covering=found.coverage,
    )


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
        self.chosen: dict[int, list[int]] = {}
        self.damages: dict[int, list[Damage]] = {}
        for number, places, damages in self.ranked():
            self.chosen[number], self.damages[number] = places, damages
        matches = self.reading.matches
        self.stands = {matches[at]: at for places in self.chosen.values() for at in places}
        self.added = list(self.additions())
        self.repeated = self.repetitions()
        self.told = self.damages | self.repeated
        self.whose = {number: self.touched(number) for number in self.told}

    def passages_of(self, claim: Claim) -> range:
        place = self.places.get(claim.id)
        return self.release.passages_of(place) if place else range(0)

    def ranked(self) -> list[tuple[int, list[int], list[Damage]]]:
        """Sort occurrences, those last that are intact, and among their neighbours."""
        numbers = [UNKNOWN, *(number for number, _, _ in self.occurrences), UNKNOWN]

        def rank(at: int) -> tuple[bool, int, int, int]:
            number, places, damages = self.occurrences[at]
            neighbours = (numbers[at] == number - 1) + (numbers[at + 2] == number + 1)
            return not damages, neighbours, len(places), -at

        return [self.occurrences[at] for at in sorted(range(len(numbers) - 2), key=rank)]

    # What a copy says besides.

    def additions(self) -> Iterator[Added]:
        """Find what stands between the passages, and passages that are exchanged whole."""
        told = {place for place in self.reading.asides if self.reading.matches[place] < 0}
        for _, _, damages in self.occurrences:
            told.update(place for damage in damages for place in damage.put)
        ours = {place: number for number, at in self.chosen.items() for place in at}
        repeated = {place for _, places, _ in self.occurrences for place in places}
        for left, right in pairwise([-1, *sorted(ours), len(self.words.starts)]):
            others = [place for place in range(left + 1, right) if place not in told]
            before, after = ours.get(left, UNKNOWN), ours.get(right, UNKNOWN)
            if not others:
                continue
            put = range(others[0], others[-1] + 1)
            if before + 2 == after and before + 1 not in self.chosen:
                whole = self.release.passage(before + 1)
                if len(others) <= len(whole) + 1 <= _SHORT + 1:
                    self.damages[before + 1] = [Damage(whole, put)]
                    continue
            within = self.is_within(left, right, put, (before, after))
            if within or not repeated.issuperset(others):
                line, column = self.position(put[0])
                last_line, _ = self.position(put[-1])
                yield Added(line, column, last_line, self.text(put, _TEXT), within)

    def is_within(self, left: int, right: int, put: range, passages: tuple[int, int]) -> bool:
        """Tell whether words stand in a paragraph or list of the release, or against one."""
        if (
            min(passages) >= 0
            and len({self.release.paragraphs[number] for number in passages}) == 1
        ):
            return True
        gaps = [self.words.between(left, put[0]), self.words.between(put[-1], right)]
        gaps = [gap if number >= 0 else "\f" for gap, number in zip(gaps, passages, strict=True)]
        is_apart = not self.reading.is_wrapped or any(map(PARAGRAPH.search, gaps))
        return not (is_apart and all(re.search(r"[\n\f]", gap) for gap in gaps))

    # What differs, and whose it is.

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
        order = sorted(expected, key=lambda number: self.chosen[number][0])
        if order == expected:
            return set()
        from difflib import SequenceMatcher

        blocks = SequenceMatcher(None, expected, order, autojunk=False).get_matching_blocks()
        return {*order}.difference(*(order[at : at + size] for _, at, size in blocks))

    def touched(self, number: int) -> dict[str, list[Damage]]:
        """Give the claims that each difference of a passage belongs to."""
        touched: dict[str, list[Damage]] = {}
        claims = self.claims[number]
        for damage in self.told[number]:
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
                excerpts = ((claim.id, self.release.excerpts[claim.id]) for claim in claims)
                holders = [id for id, excerpt in excerpts if spot.issubset(excerpt)]
                ids += holders or (claim.id for claim in claims)
            for id in dict.fromkeys(ids):
                touched.setdefault(id, []).append(damage)
        return touched

    def passages(self) -> Iterator[Passage]:
        moved = self.moved()
        section: str | None = next((claim.section for claim in self.dataset.claims), None)
        for number, claims in enumerate(self.claims):
            section = claims[0].section if claims else section
            ids = [claim.id for claim in claims]
            if number not in self.damages:
                yield Passage("missing", section, None, None, ids, [], "")
                continue
            damages = self.told[number]
            status = "altered" if damages else "moved" if number in moved else "intact"
            first = damages[0].put.start if damages else self.chosen[number][0]
            yield Passage(
                "ambiguous" if number in self.repeated else status,
                section,
                *self.position(min(first, len(self.words.starts) - 1)),
                [*self.whose[number]] or ids,
                [self.text(damage.put) for damage in damages if damage.put],
                self.difference(number) if damages else "",
            )

    def difference(self, number: int) -> str:
        """Show the words that differ, among those around; what is gone where it is known."""
        known = {
            place: word
            for claim in self.claims[number]
            for place, word in zip(self.places[claim.id], _plain(claim.exact), strict=False)
        }
        ours, damages = self.chosen.get(number, []), self.told[number]
        edges = [*ours[:1], *(place + 1 for place in ours[-1:])]
        edges += (edge for _, put in damages for edge in (put.start, put.stop))
        following = [*(damage.put.start for damage in damages[1:]), max(edges)]
        parts: list[str] = []
        shown = min(edges)
        for (gone, put), next_start in zip(damages, following, strict=True):
            end = min(put.stop + _AROUND, max(edges), next_start)
            lost = " ".join(word for word, _ in groupby(known.get(place, "…") for place in gone))
            parts += (
                self.text(range(max(shown, put.start - _AROUND), put.start)),
                f"[-{lost}-]" if gone else "",
                f"{{+{self.text(put)}+}}" if put else "",
                self.text(range(put.stop, end)),
            )
            shown = end
        return " ".join(filter(None, parts))

    def result(self, claim: Claim) -> Result:
        numbers, place = self.passages_of(claim), self.places.get(claim.id, range(0))
        if not numbers or not all(number in self.damages for number in numbers):
            return Result(claim.id, claim.kind, "missing", None, None, claim.exact, None)
        touching = {number: self.whose[number].get(claim.id, []) for number in numbers}
        doubtful = [touching.pop(number) for number in numbers if number in self.repeated]
        damages = [damage for found in touching.values() for damage in found]
        status = "altered" if damages else "ambiguous" if any(doubtful) else "verified"
        held = [self.stands[at] for at in place if at in self.stands]
        held += (at for damage in damages for at in damage.put)
        line = column = text = None
        if held:
            line, column = self.position(min(held))
            text = self.text(range(min(held), max(held) + 1))
        return Result(claim.id, claim.kind, status, line, column, claim.exact, text)

    def coverage(self) -> dict[str, Any]:
        covered = {number for number, claims in enumerate(self.claims) if claims}
        left_out: set[int] = set()
        for passage in self.dataset.release.left_out:
            for start in self.release.find(passage.excerpt)[:1]:
                ends = self.release.find(passage.through or passage.excerpt)
                end = next((end.stop for end in ends if end.start >= start.start), start.stop)
                left_out.update(self.release.passages_of(range(start.start, end)))
        uncovered = []
        for number in sorted({*range(len(self.claims))} - covered - left_out):
            line, text = None, ""
            if places := self.chosen.get(number):
                line, _ = self.position(places[0])
                text = self.text(range(places[0], places[-1] + 1))
            uncovered.append({"line": line, "text": text})
        counts = {"covered": len(covered), "left_out": len(left_out - covered)}
        return {"sentences": len(self.claims), **counts, "uncovered": uncovered}

    def wordings(self) -> Iterator[tuple[str, Wording]]:
        for claim in self.dataset.claims:
            numbers = self.passages_of(claim)
            if numbers and all(self.damages.get(number) == [] for number in numbers):
                text = " ".join(self.wording(self.chosen[number]) for number in numbers)
                yield claim.id, Wording(text, self.position(self.chosen[numbers[0]][0])[0])

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

    def text(self, places: range, most: int | None = None) -> str:
        """Give words in one line, shortened."""
        if not places:
            return ""
        first, last = self.words.starts[places[0]], self.words.ends[places[-1]]
        cut = last if most is None else min(last, first + most)
        return " ".join(self.copy.text[first:cut].split()) + "…" * (cut < last)


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
    # Its sections are records of their own.
    alone = replace(dataset.release, sections=())
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
