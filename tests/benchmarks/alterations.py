"""Alter a release word by word, and print how many alterations `verify` tells and where it puts them.

Run by hand: python tests/benchmarks/alterations.py RELEASE [FOLDER] [EVERY]
FOLDER holds the dataset, else the packaged one; with EVERY, only one word in so many is altered.
"""

from __future__ import annotations

import random
import re
import sys
import time
from bisect import bisect_left
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from essfacts import load
from essfacts.copies import read_copy
from essfacts.fingerprint import Comparison
from essfacts.verify import seal, verify

if TYPE_CHECKING:
    from collections.abc import Iterator


class Alteration(NamedTuple):
    """A text that is no longer the release, and where it was changed: from, to, in the release."""

    kind: str
    text: str
    spans: tuple[tuple[int, int], ...]


_WORD = re.compile(r"[^\W_¹²³⁰⁴-⁹]+")
_FIGURE = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?")
_BOUNDS = ("plus de", "moins de", "au moins", "environ")


def alterations(release: str, people: list[str], every: int = 1) -> Iterator[Alteration]:
    """Go through the alterations of a release."""
    draw = random.Random(release[:50])  # noqa: S311
    words = list(_WORD.finditer(release))
    vocabulary = sorted({found[0] for found in words if not found[0].isdecimal()})

    def change(kind: str, *changes: tuple[int, int, str]) -> Alteration:
        text = release
        for start, end, new in sorted(changes, reverse=True):
            text = text[:start] + new + text[end:]
        return Alteration(kind, text, tuple((start, end) for start, end, _ in changes))

    for at, found in enumerate(words[::every]):
        start, end = found.span()
        others = [word for word in vocabulary if word.casefold() != found[0].casefold()]
        yield change("exchanged", (start, end, draw.choice(others)))
        yield change("removed", (start, end, ""))
        yield change("doubled", (start, end, f"{found[0]} {found[0]}"))
        for word in ("pas", "non", "sans", "presque"):
            yield change(f"preceded by {word}", (start, start, f"{word} "))
        following = words[at * every + 1 : at * every + 2]
        if following and following[0][0].casefold() != found[0].casefold():
            other = following[0]
            yield change("words swapped", (start, end, other[0]), (*other.span(), found[0]))
    items = [
        [found.span(1) for found in re.finditer(r"^- (.+?)(?: ;|\.)?$", block, re.MULTILINE)]
        for block in [release]
    ][0]
    for (start, end), (first, last) in zip(items, items[1:], strict=False):
        if "\n\n" not in release[end:first]:
            yield change(
                "items swapped",
                (start, end, release[first:last]),
                (first, last, release[start:end]),
            )
    for found in _FIGURE.finditer(release):
        start, end = found.span()
        for at in range(start, end):
            if release[at].isdecimal():
                other = str((int(release[at]) + 1 + draw.randrange(8)) % 10)
                yield change("digit changed", (at, at + 1, other))
        for sign in ("-", "−", "+", "± ", "> "):
            if not release[:start].rstrip(" ").endswith(("\n", "-", "–")):
                yield change("sign put", (start, start, sign))
        for bound in _BOUNDS:
            yield change("bound put", (start, start, f"{bound} "))
        unit = re.compile(r"\s?%").match(release, end)
        for other in ("‰", " €", " points", ""):
            if unit:
                yield change("unit changed", (*unit.span(), other))
    for name in people:
        for other in people:
            at = release.find(name)
            if name != other and at >= 0:
                yield change("speaker exchanged", (at, at + len(name), other))
    for mark in re.finditer(r"(?<=[\w% ])[¹²³]", release):
        for found in words[::every]:
            if found.end() != mark.start() and not release[found.end() :][:1].isalnum():
                yield change("mark moved", (*mark.span(), ""), (found.end(), found.end(), mark[0]))


def main() -> None:
    """Print the rates."""
    path, *more = sys.argv[1:]
    dataset = load(more[0] if more else None)
    content = Path(path).read_bytes()
    copy = read_copy(content, "release.txt")
    fingerprint, _ = seal(dataset, copy)
    people = [person.name for person in dataset.people if person.email is None]
    whole = Comparison(fingerprint, copy.text)
    words, matches = whole.words, whole.matches
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
