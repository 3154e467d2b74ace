"""Compare a copy with the release's fingerprint; seal a dataset against the release."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from essfacts import model, rules
from essfacts.errors import Fault
from essfacts.fingerprint import Comparison, Damage, border_depth, digest, read_words, take
from essfacts.language import Whole, chained, format_date, message
from essfacts.model import Quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from essfacts.copies import Copy
    from essfacts.fingerprint import Fingerprint, Occurrence
    from essfacts.model import Claim, Dataset

Status: TypeAlias = Literal["verified", "altered", "missing", "ambiguous"]
PassageStatus: TypeAlias = Literal["intact", "altered", "missing", "ambiguous", "moved"]
Segment: TypeAlias = tuple[Literal["same", "removed", "added"], str]


class Result(NamedTuple):
    """What comparing one claim with a copy finds; `line` and `column` are those of `found`."""

    id: str
    kind: str
    status: Status
    expected: str
    line: int | None = None
    column: int | None = None
    found: str | None = None


class Passage(NamedTuple):
    """What becomes of one passage: `words` are not the release's, `difference` shows them."""

    status: PassageStatus
    section: str | None
    claims: tuple[str, ...]
    line: int | None = None
    column: int | None = None
    words: tuple[str, ...] = ()
    difference: tuple[Segment, ...] = ()


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
    return _Reading(dataset, fingerprint, copy).report()


def official_wording(dataset: Dataset, fingerprint: Fingerprint, copy: Copy) -> dict[str, Wording]:
    """Give, by claim, the release's sentences that hold it, where they stand intact in a copy."""
    return dict(_Reading(dataset, fingerprint, copy).wordings())


# What is shown round a difference, of a text that was added, and at most of it.
_AROUND, _TEXT = 4, 200
# A passage of so few words may be exchanged whole, for a word more.
_SHORT = 2


class _Reading:
    """A copy read as the release: where each passage stands, and what differs there."""

    def __init__(self, dataset: Dataset, fingerprint: Fingerprint, copy: Copy) -> None:
        self.dataset, self.release, self.copy = dataset, fingerprint, copy
        found = {claim.id: _place(claim, fingerprint) for claim in dataset.claims}
        self.places = {id: place for id, place in found.items() if place}
        self.claims: list[list[Claim]] = [[] for _ in fingerprint.passages]
        for claim in dataset.claims:
            for number in self.passages_of(claim):
                self.claims[number].append(claim)
        quotations = [self.places[quote.id] for quote in dataset.quotes if quote.id in self.places]
        self.comparison = Comparison(fingerprint, copy.text, quotations)
        self.words = self.comparison.words
        self.chosen = self.choose()
        self.damages = {number: found.damages for number, found in self.chosen.items()}
        self.added = list(self.additions())

    def passages_of(self, claim: Claim) -> range:
        place = self.places.get(claim.id)
        return self.release.passages_of(place) if place else range(0)

    def choose(self) -> dict[int, Occurrence]:
        """Choose where each passage stands: where it is intact, and among its neighbours."""
        found = sorted(self.comparison.occurrences, key=lambda occurrence: occurrence.places[0])
        numbers = [-1, *(occurrence.passage for occurrence in found), -1]
        ranked: dict[int, tuple[tuple[bool, int, int], Occurrence]] = {}
        for at, occurrence in enumerate(found):
            number = occurrence.passage
            neighbours = (numbers[at] == number - 1) + (numbers[at + 2] == number + 1)
            rank = (bool(occurrence.damages), -neighbours, -len(occurrence.places))
            if number not in ranked or rank < ranked[number][0]:
                ranked[number] = rank, occurrence
        return {number: ranked[number][1] for number in sorted(ranked)}

    # What a copy says besides.

    def additions(self) -> Iterator[Added]:
        """Find what stands between the passages, and passages that are exchanged whole."""
        told = set(self.comparison.asides)
        for occurrence in self.comparison.occurrences:
            told.update(place for damage in occurrence.damages for place in damage.put)
        ours = {place: number for number, at in self.chosen.items() for place in at.places}
        repeated = {place for at in self.comparison.occurrences for place in at.places}
        left = -1
        for right in [*sorted(ours), len(self.words.starts)]:
            between = range(left + 1, right)
            is_page_end = 0 <= left < right - 1 < right < len(self.words.starts)
            others = [
                place
                for place in between
                if place not in told
                and not (is_page_end and self.comparison.is_furniture(place, between))
            ]
            if others:
                yield from self.addition(left, right, others, ours, repeated)
            left = right

    def addition(
        self, left: int, right: int, others: list[int], ours: dict[int, int], repeated: set[int]
    ) -> Iterator[Added]:
        before, after = ours.get(left, -1), ours.get(right, -1)
        number = before + 1
        if (
            number not in self.chosen
            and after == number + 1
            and (len(others) <= len(self.release.passage(number)) + 1 <= _SHORT + 1)
        ):
            put = range(others[0], others[-1] + 1)
            self.damages[number] = [Damage(self.release.passage(number), put)]
            return
        within = self.is_within(left, right, others, before, after)
        if within or not repeated.issuperset(others):
            line, column = self.position(others[0])
            last_line, _ = self.position(others[-1])
            text = self.text(others[0], others[-1] + 1, most=_TEXT)
            yield Added(line, column, last_line, text, within)

    def is_within(self, left: int, right: int, others: list[int], before: int, after: int) -> bool:
        """Tell whether words stand in a paragraph or list of the release, or against one."""
        paragraphs = self.release.paragraphs
        if before >= 0 and after >= 0 and paragraphs[before] == paragraphs[after]:
            return True
        depths = (
            2 if before < 0 else border_depth(self.words.between(left, others[0])),
            2 if after < 0 else border_depth(self.words.between(others[-1], right)),
        )
        return not all(depths) or (sum(depths) < 3 and self.comparison.is_wrapped)

    # What differs, and whose it is.

    def touched(self, number: int, damages: Iterable[Damage]) -> dict[str, list[Damage]]:
        """Give the claims that each difference of a passage belongs to."""
        touched: dict[str, list[Damage]] = {}
        for damage in damages:
            gone, at = damage.gone, damage.gone.start
            is_mark = len(damage.put) == 1 and self.words.is_mark(damage.put.start)
            held = range(at - 1, at) if is_mark and not gone else gone
            claims: list[Claim] = []
            for place in held or [None]:
                holders = [
                    claim
                    for claim in self.claims[number]
                    for excerpt in [self.release.excerpts[claim.id]]
                    if (excerpt.start < at < excerpt.stop if place is None else place in excerpt)
                ]
                claims += holders or self.claims[number]
                claims += [
                    claim
                    for claim in self.claims[number]
                    if isinstance(claim, Quote) and at in self.places[claim.id]
                ]
            for id in dict.fromkeys(claim.id for claim in claims):
                touched.setdefault(id, []).append(damage)
        return touched

    def repetitions(self) -> dict[int, list[Damage]]:
        """Find passages that stand intact, and once more with other words in their midst."""
        found: dict[int, list[Damage]] = {}
        for occurrence in self.comparison.occurrences:
            number, whole = occurrence.passage, self.release.passage(occurrence.passage)
            inside = [
                damage
                for damage in occurrence.damages
                if damage.put and whole.start < damage.gone.start and damage.gone.stop < whole.stop
            ]
            if inside and not self.damages[number]:
                found.setdefault(number, []).extend(inside)
        return found

    def moved(self) -> set[int]:
        """Find the passages that are out of order; notes may stand anywhere."""
        notes = {self.release.passage_of(place) for place in self.release.notes}
        order = sorted({*self.chosen} - notes, key=lambda number: self.chosen[number].places[0])
        # The longest sequence that rises, by patience sorting.
        tails: list[int] = []
        previous: dict[int, int] = {}
        for number in order:
            at = bisect_left(tails, number)
            previous[number] = tails[at - 1] if at else -1
            tails[at : at + 1] = [number]
        number = tails[-1] if tails else -1
        while number >= 0:
            order.remove(number)
            number = previous[number]
        return {*order}

    def report(self) -> Report:
        repeated, moved = self.repetitions(), self.moved()
        touched: dict[str, list[Damage]] = {}
        doubtful: set[str] = set()
        for number, damages in self.damages.items():
            for id, found in self.touched(number, damages).items():
                touched.setdefault(id, []).extend(found)
        for number, damages in repeated.items():
            doubtful.update(self.touched(number, damages))
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
        if status == "missing":
            return Passage(status, section, claims)
        first = damages[0].put.start if damages else self.chosen[number].places[0]
        line, column = self.position(min(first, len(self.words.starts) - 1))
        return Passage(
            status,
            section,
            claims,
            line,
            column,
            words=tuple(
                self.text(damage.put.start, damage.put.stop) for damage in damages if damage.put
            ),
            difference=tuple(self.difference(number, damages)) if damages else (),
        )

    def difference(self, number: int, damages: Sequence[Damage]) -> Iterator[Segment]:
        """Show the words that differ, among those around; what is gone where it is known."""
        known = {
            place: word
            for claim in self.claims[number]
            for place, word in zip(self.places[claim.id], _plain(_exact(claim)), strict=False)
        }
        ours = self.chosen[number].places if number in self.chosen else []
        first = min([damages[0].put.start, *ours[:1]])
        last = max([damages[-1].put.stop, *(place + 1 for place in ours[-1:])])
        shown = 0
        for damage in damages:
            start = max(shown, first, damage.put.start - _AROUND)
            end = min(last, damage.put.stop + _AROUND)
            for following in damages:
                if damage.put.start < following.put.start:
                    end = min(end, following.put.start)
            gone = [known.get(place, "…") for place in damage.gone]
            segments: tuple[Segment, ...] = (
                ("same", self.text(start, damage.put.start)),
                ("removed", " ".join(word for word, _ in groupby(gone))),
                ("added", self.text(damage.put.start, damage.put.stop)),
                ("same", self.text(damage.put.stop, end)),
            )
            yield from (segment for segment in segments if segment[1])
            shown = end

    def result(self, claim: Claim, damages: list[Damage], *, is_doubtful: bool) -> Result:
        status: Status = "altered" if damages else "ambiguous" if is_doubtful else "verified"
        numbers, place = self.passages_of(claim), self.places.get(claim.id, range(0))
        if not numbers or not all(number in self.damages for number in numbers):
            return Result(claim.id, claim.kind, "missing", _exact(claim))
        held = [
            at
            for number in numbers
            if number in self.chosen
            for at in self.chosen[number].places
            if self.comparison.matches[at] in place
        ]
        held += [at for damage in damages for at in damage.put]
        if not held:
            return Result(claim.id, claim.kind, status, _exact(claim))
        line, column = self.position(min(held))
        found = self.text(min(held), max(held) + 1)
        return Result(claim.id, claim.kind, status, _exact(claim), line, column, found)

    def coverage(self) -> Coverage:
        covered = {number for number, claims in enumerate(self.claims) if claims}
        left_out: set[int] = set()
        for passage in self.dataset.release.left_out:
            for start in self.release.find(passage.excerpt)[:1]:
                ends = self.release.find(passage.through or passage.excerpt)
                end = next((end.stop for end in ends if end.start >= start.start), start.stop)
                left_out.update(self.release.passages_of(range(start.start, end)))
        others = [n for n in range(len(self.claims)) if n not in covered | left_out]
        return Coverage(
            sentences=len(self.claims),
            covered=len(covered),
            left_out=len(left_out - covered),
            uncovered=tuple(
                (self.position(at.places[0])[0], self.text(at.places[0], at.places[-1] + 1))
                if (at := self.chosen.get(number))
                else (None, "")
                for number in others
            ),
        )

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


def _place(claim: Claim, fingerprint: Fingerprint) -> range | None:
    """Give where a claim's words stand: a quotation's are more than its excerpt."""
    excerpt = fingerprint.excerpts.get(claim.id)
    if excerpt is None or not isinstance(claim, Quote):
        return excerpt
    found = fingerprint.find(claim.words)
    return next((place for place in found if excerpt.start in place), excerpt)


def _plain(text: str) -> list[str]:
    words = read_words(text)
    return [words.word(at) for at in range(len(words.starts)) if not words.is_mark(at)]


# Sealing.


def changed(dataset: Dataset, fingerprint: Fingerprint) -> Iterator[Fault]:
    """Find the records that say otherwise than when they were sealed."""
    sealed, then = dict(fingerprint.digests), message("read-again")
    for place, id, record in _records(dataset):
        said = sealed.pop(id, None)
        if said is None:
            yield place._replace(message=message("new-record", then=then), rule="sealed")
        elif said != digest(record):
            yield place._replace(message=message("changed-record", then=then), rule="sealed")
    for id in sealed:
        yield Fault("fingerprint.yaml", 0, id, message("lost-record", then=then), "sealed")


def seal(dataset: Dataset, copy: Copy) -> tuple[Fingerprint, list[Fault]]:
    """Take the fingerprint of a release, and look up in it what the records say is there."""
    fingerprint = take(copy.text)
    whole = Comparison(fingerprint, copy.text)
    words, matches = whole.words, whole.matches
    faults: list[Fault] = []
    for place, id, record in _records(dataset):
        fingerprint.digests[id] = digest(record)
        faults += [
            place._replace(message=message("not-in-release", field=field, text=Whole(text)))
            for field, text in _own_words(record, dataset)
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


def _own_words(record: model.Frozen, dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Go through what a record says in the release's own words, by field."""
    match record:
        case model.Quote():
            yield from (("words", record.words), ("excerpt", record.excerpt))
        case model.Claim():
            yield "excerpt", record.excerpt
        case model.Release():
            yield from (("title", record.title), ("date", format_date(record.date, "fr")))
            for passage in record.left_out:
                yield "left_out", passage.excerpt
                yield "left_out", passage.through or passage.excerpt
        case model.Person():
            yield "name", record.name
            yield from (("email", record.email or ""), ("phone", record.phone or ""))
            for office in record.offices:
                yield "offices", "" if office.title_is_descriptive else office.title.fr
        case model.Source() if not record.title_is_descriptive:
            yield "title", record.title.fr
        case model.Organisation() if not record.name_is_descriptive:
            yield "name", record.name
        case model.Term() if record in dataset.release.sections and not record.name_is_descriptive:
            yield "name", record.name.fr
