"""Alter a release word by word, and print how much `verify` tells, and whether in its place.

Run by hand: python tests/benchmarks/alterations.py RELEASE [FOLDER] [EVERY]
FOLDER holds the dataset, else the packaged one; with EVERY, only one word in so many is altered.
"""

from __future__ import annotations

import random
import re
import sys
import time
from bisect import bisect_left
from itertools import chain, pairwise, permutations, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from essfacts import load
from essfacts.copies import read_copy
from essfacts.fingerprint import match_text
from essfacts.sealing import seal
from essfacts.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator


Change: TypeAlias = tuple[int, int, str]
"""From where to where in the release, and what stands there instead."""


class Alteration(NamedTuple):
    """A text that is no longer the release, and where it was changed."""

    kind: str
    text: str
    spans: tuple[tuple[int, int], ...]


_WORD = re.compile(r"[^\W_¹²³⁰⁴-⁹]+")
_FIGURE = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?")


def alterations(release: str, people: list[str], every: int = 1) -> Iterator[Alteration]:
    """Go through the alterations of a release, of one word in so many."""
    words = list(_WORD.finditer(release))
    found = chain(
        _of_words(words, every),
        _of_items(release),
        _of_figures(release),
        _of_speakers(release, people),
        _of_marks(release, words[::every]),
    )
    for kind, changes in found:
        text = release
        for start, end, new in sorted(changes, reverse=True):
            text = text[:start] + new + text[end:]
        yield Alteration(kind, text, tuple((start, end) for start, end, _ in changes))


def _of_words(words: list[re.Match[str]], every: int) -> Iterator[tuple[str, list[Change]]]:
    draw = random.Random(len(words))  # noqa: S311
    vocabulary = sorted({found[0] for found in words if not found[0].isdecimal()})
    for found, following in [*zip_longest(words, words[1:])][::every]:
        start, end = found.span()
        others = [word for word in vocabulary if word.casefold() != found[0].casefold()]
        yield "exchanged", [(start, end, draw.choice(others))]
        yield "removed", [(start, end, "")]
        yield "doubled", [(start, end, f"{found[0]} {found[0]}")]
        for word in ("pas", "non", "sans", "presque"):
            yield f"preceded by {word}", [(start, start, f"{word} ")]
        if following and following[0].casefold() != found[0].casefold():
            yield "words swapped", [(start, end, following[0]), (*following.span(), found[0])]


def _of_items(release: str) -> Iterator[tuple[str, list[Change]]]:
    items = [found.span(1) for found in re.finditer(r"^- (.+?)(?: ;|\.)?$", release, re.MULTILINE)]
    for one, other in pairwise(items):
        if "\n\n" not in release[one[1] : other[0]]:
            swapped = [(*one, release[slice(*other)]), (*other, release[slice(*one)])]
            yield "items swapped", swapped


def _of_figures(release: str) -> Iterator[tuple[str, list[Change]]]:
    draw = random.Random(len(release))  # noqa: S311
    for found in _FIGURE.finditer(release):
        start, end = found.span()
        for at in range(start, end):
            if release[at].isdecimal():
                other = str((int(release[at]) + 1 + draw.randrange(8)) % 10)
                yield "digit changed", [(at, at + 1, other)]
        if not release[:start].rstrip(" ").endswith(("\n", "-", "–")):
            for sign in ("-", "−", "+", "± ", "> "):
                yield "sign put", [(start, start, sign)]
        for bound in ("plus de", "moins de", "au moins", "environ"):
            yield "bound put", [(start, start, f"{bound} ")]
        if unit := re.compile(r"\s?%").match(release, end):
            for other in ("‰", " €", " points", ""):
                yield "unit changed", [(*unit.span(), other)]


def _of_speakers(release: str, people: list[str]) -> Iterator[tuple[str, list[Change]]]:
    for name, other in permutations(people, 2):
        at = release.find(name)
        if at >= 0:
            yield "speaker exchanged", [(at, at + len(name), other)]


def _of_marks(release: str, words: list[re.Match[str]]) -> Iterator[tuple[str, list[Change]]]:
    for mark in re.finditer(r"(?<=[\w% ])[¹²³]", release):
        for found in words:
            end = found.end()
            if end != mark.start() and not release[end:][:1].isalnum():
                yield "mark moved", [(*mark.span(), ""), (end, end, mark[0])]


def main() -> None:
    """Print the rates."""
    path, *more = sys.argv[1:]
    dataset = load(more[0] if more else None)
    content = Path(path).read_bytes()
    copy = read_copy(content, "release.txt")
    fingerprint, _ = seal(dataset, copy)
    people = [person.name for person in dataset.people if person.email is None]
    words, matches = match_text(fingerprint, copy.text)
    counts: dict[str, list[int]] = {}
    started = time.perf_counter()
    for kind, text, spans in alterations(copy.text, people, int(more[1]) if more[1:] else 1):
        report = verify(dataset, fingerprint, read_copy(text.encode(), "copy.txt"))
        # Those of the words that were changed, and of their neighbours.
        own = {
            fingerprint.passage_of(place)
            for start, end in spans
            for place in matches[
                bisect_left(words.ends, start) : bisect_left(words.starts, end) + 1
            ]
            if place >= 0
        }
        blamed = {at for at, passage in enumerate(report.passages) if passage.status != "intact"}
        told = not report.verified
        right = told and blamed <= own
        count = counts.setdefault(kind, [0, 0, 0])
        count[0] += 1
        count[1] += told
        count[2] += right
        if not right:
            print(f"  {kind}: {'elsewhere' if told else 'missed'}: {_shown(copy.text, spans)}")
    for kind, count in [*counts.items(), ("all", [*map(sum, zip(*counts.values(), strict=True))])]:
        shares = " ".join(f"{100 * part / count[0]:8.2f}%" for part in count[1:])
        print(f"{kind:20} {count[0]:6} told and rightly put {shares}")
    print(f"{time.perf_counter() - started:.0f} s")


def _shown(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    return " / ".join(" ".join(text[max(0, a - 20) : b + 20].split()) for a, b in spans)


if __name__ == "__main__":
    main()
