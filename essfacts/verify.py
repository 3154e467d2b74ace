"""Compare a copy with the release's fingerprint, and tell what becomes of each claim."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts.fingerprint import PARAGRAPH, UNKNOWN, read_words
from essfacts.model import Quote
from essfacts.reading import Damage, Occurrence, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from essfacts.copies import Copy
    from essfacts.fingerprint import Fingerprint
    from essfacts.model import Claim, Dataset

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
    """What comparing a dataset with a copy finds; `words` are the release's.

    `coverage` says on how many passages of the release a claim stands, and where none does.
    """

    words: int
    results: list[Result]
    passages: list[Passage]
    added: list[Added]
    coverage: Callable[[], dict[str, Any]]

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
        coverage=found.coverage,
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
        self.words = self.reading.words
        self.chosen = {found.number: found for found in self.ranked()}
        # By place in the release, where its words stand.
        chosen = (at for found in self.chosen.values() for at in found.places)
        self.stands = {self.reading.matches[at]: at for at in chosen}
        self.added = list(self.additions())
        self.statuses = dict.fromkeys(self.chosen, "intact") | dict.fromkeys(self.moved(), "moved")
        self.damages = {found.number: found.damages for found in self.chosen.values()}
        self.statuses |= {number: "altered" for number, found in self.damages.items() if found}
        for number, damages in self.repetitions():
            self.statuses[number] = "ambiguous"
            self.damages[number] = self.damages[number] + damages
        self.whose = {number: self.touched(number) for number in self.chosen}

    def passages_of(self, claim: Claim) -> range:
        place = self.places.get(claim.id)
        return self.release.passages_of(place) if place else range(0)

    def ranked(self) -> list[Occurrence]:
        """Sort occurrences, those last that are intact, and among their neighbours."""
        found = self.reading.occurrences
        numbers = [UNKNOWN, *(one.number for one in found), UNKNOWN]

        def rank(at: int) -> tuple[bool, int, int, int]:
            number, places, damages = found[at]
            neighbours = (numbers[at] == number - 1) + (numbers[at + 2] == number + 1)
            return not damages, neighbours, len(places), -at

        return [found[at] for at in sorted(range(len(found)), key=rank)]

    # What a copy says besides.

    def additions(self) -> Iterator[Added]:
        """Find what stands between the passages, and passages that are exchanged whole."""
        told = {at for at in self.reading.asides if self.reading.matches[at] < 0}
        repeated = set[int]()
        for _, places, damages in self.reading.occurrences:
            told.update(at for damage in damages for at in damage.put)
            repeated.update(places)
        for left, right in pairwise([-1, *sorted(self.stands.values()), self.reading.size]):
            others = [at for at in range(left + 1, right) if at not in told]
            if not others:
                continue
            put = range(others[0], others[-1] + 1)
            before, after = self.reading.passage_at(left), self.reading.passage_at(right)
            if before + 2 == after and before + 1 not in self.chosen:
                whole = self.release.passage(before + 1)
                if len(others) <= len(whole) + 1 <= _SHORT + 1:
                    damages = [Damage(whole, put)]
                    self.chosen[before + 1] = Occurrence(before + 1, [], damages)
                    continue
            within = self.is_within(left, right, put)
            if within or not repeated.issuperset(others):
                line, column = self.position(put[0])
                last_line, _ = self.position(put[-1])
                yield Added(line, column, last_line, self.text(put, _TEXT), within)

    def is_within(self, left: int, right: int, put: range) -> bool:
        """Tell whether words stand in a paragraph or list of the release, or against one."""
        before, after = self.reading.passage_at(left), self.reading.passage_at(right)
        paragraphs = self.release.paragraphs
        if min(before, after) >= 0 and paragraphs[before] == paragraphs[after]:
            return True
        gaps = self.words.between(left, put[0]), self.words.between(put[-1], right)
        is_apart = not self.reading.is_wrapped or any(re.search(PARAGRAPH, gap) for gap in gaps)
        return not (is_apart and all(re.search(r"[\n\f]", gap) for gap in gaps))

    # What differs, and whose it is.

    def repetitions(self) -> Iterator[tuple[int, list[Damage]]]:
        """Find passages that stand intact, and once more with other words in their midst."""
        for number, _, damages in self.reading.occurrences:
            whole = self.release.passage(number)
            inside = [
                damage
                for damage in damages
                if damage.put and whole.start < damage.gone.start and damage.gone.stop < whole.stop
            ]
            if inside and not self.chosen[number].damages:
                yield number, inside

    def moved(self) -> set[int]:
        """Find the passages that are out of order; notes may stand anywhere."""
        notes = {self.release.passage_of(place) for place in self.release.notes}
        starts = {one.number: one.places[0] for one in self.chosen.values() if one.places}
        expected = sorted(starts.keys() - notes)
        order = sorted(expected, key=starts.__getitem__)
        if order == expected:
            return set()
        from difflib import SequenceMatcher

        blocks = SequenceMatcher(None, expected, order, autojunk=False).get_matching_blocks()
        return {*order}.difference(*(order[at : at + size] for _, at, size in blocks))

    def touched(self, number: int) -> dict[str, list[Damage]]:
        """Give the claims that each difference of a passage belongs to."""
        touched: dict[str, list[Damage]] = {}
        claims, excerpts = self.claims[number], self.release.excerpts
        for damage in self.damages[number]:
            at = damage.gone.start
            is_mark = len(damage.put) == 1 and self.words.is_mark(damage.put.start)
            # What is put in belongs where the words on both sides do, a mark to the one before.
            spots = [{place} for place in damage.gone] or [{at - 1} if is_mark else {at - 1, at}]
            quotes = (one for one in claims if isinstance(one, Quote))
            whose: list[Claim] = [one for one in quotes if at in self.places[one.id]]
            for spot in spots:
                whose += [one for one in claims if spot.issubset(excerpts[one.id])] or claims
            for id in dict.fromkeys(claim.id for claim in whose):
                touched.setdefault(id, []).append(damage)
        return touched

    def passages(self) -> Iterator[Passage]:
        section: str | None = next((claim.section for claim in self.dataset.claims), None)
        for number, claims in enumerate(self.claims):
            section = claims[0].section if claims else section
            ids = [claim.id for claim in claims]
            if number not in self.chosen:
                yield Passage("missing", section, None, None, ids, [], "")
                continue
            damages = self.damages[number]
            first = damages[0].put.start if damages else self.chosen[number].places[0]
            yield Passage(
                self.statuses[number],
                section,
                *self.position(min(first, self.reading.size - 1)),
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
        ours, damages = self.chosen[number].places, self.damages[number]
        whole = ours or damages[0].put
        shown, stop = whole[0], whole[-1] + 1
        following = [*(damage.put.start for damage in damages[1:]), stop]
        parts: list[str] = []
        for (gone, put), next_start in zip(damages, following, strict=True):
            end = min(put.stop + _AROUND, stop, next_start)
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
        if not numbers or not self.chosen.keys() >= {*numbers}:
            return Result(claim.id, claim.kind, "missing", None, None, claim.exact, None)
        touching = [number for number in numbers if claim.id in self.whose[number]]
        status = min((self.statuses[number] for number in touching), default="verified")
        held = [self.stands[at] for at in place if at in self.stands]
        for number in touching:
            if self.statuses[number] == "altered":
                held += (at for damage in self.whose[number][claim.id] for at in damage.put)
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
            if number in self.chosen and (places := self.chosen[number].places):
                line, _ = self.position(places[0])
                text = self.text(range(places[0], places[-1] + 1))
            uncovered.append({"line": line, "text": text})
        counts = {"covered": len(covered), "left_out": len(left_out - covered)}
        return {"sentences": len(self.claims), **counts, "uncovered": uncovered}

    def wordings(self) -> Iterator[tuple[str, Wording]]:
        for claim in self.dataset.claims:
            found = [self.chosen.get(number) for number in self.passages_of(claim)]
            whole = [one.places for one in found if one and not one.damages]
            if found and len(whole) == len(found):
                text = " ".join(map(self.wording, whole))
                yield claim.id, Wording(text, self.position(whole[0][0])[0])

    def wording(self, places: list[int]) -> str:
        """Give a passage as the copy has it, without what the end of a page puts in its midst."""
        words = self.words
        parts = re.findall(r"(?:[«“„\"(\[]\s?)*\Z", words.gap(places[0])[-4:])
        for left, right in pairwise(places):
            between = words.between(left, right)
            is_broken = right > left + 1 and len(between.splitlines()) > 1
            parts += words.word(left), " " if is_broken else between
        closing = r"\A(?:[^\w\s]|[^\S\r\n](?=[»:;!?]))*"
        parts += words.word(places[-1]), *re.findall(closing, words.gap(places[-1] + 1)[:8])
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
