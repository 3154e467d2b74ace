"""The command that checks a dataset, alone or against a copy of the release."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, TextIO

from essfacts import rules
from essfacts.cli.settings import folder_of, language_of, read
from essfacts.copies import read_copy
from essfacts.errors import CopyError, DatasetError
from essfacts.export import Exported, Field
from essfacts.language import say, title, word
from essfacts.query import choose
from essfacts.render import FORMATS, Column, Listing, plain, render
from essfacts.render.json import dumps
from essfacts.render.table import render_lines
from essfacts.text import printable
from essfacts.verify import Report, diff
from essfacts.verify import verify as compare

if TYPE_CHECKING:
    from essfacts.cli.options import Options
    from essfacts.model import Dataset

_FIELDS = ("id", "kind", "status", "line", "column", "expected", "found")
# How a difference reads without colour.
_MARKS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
_MARKED = re.compile(r"\[-.*?-\]|\{\+.*?\+\}")


def verify(options: Options) -> int:
    """Check the dataset alone, or each of its claims against a copy of the release."""
    language, dataset = language_of(options.lang), read(options.data)
    name = choose(options.format, "format", FORMATS)
    if options.copy is None:
        _check_alone(dataset, name, options, language)
        return 0
    report = compare(dataset, read_copy(_read(options.copy), options.copy))
    if name == "json":
        print(dumps(_as_json(report, dataset), sys.stdout, indent=2))
    else:
        render(_listing(report, dataset, language), name, sys.stdout)
        _conclude(
            report,
            language,
            with_coverage=options.coverage,
            stream=sys.stdout if name in {"table", "text"} else sys.stderr,
        )
    return 0 if report.verified else 1


def _read(copy: str) -> bytes:
    try:
        if copy == "-":
            return sys.stdin.buffer.read()
        with open(copy, "rb") as stream:  # noqa: PTH123 - a path object would tidy what was typed
            return stream.read()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"can't read {printable(copy)}: {reason}"
        raise CopyError(message) from None


def _check_alone(dataset: Dataset, name: str, options: Options, language: str) -> None:
    """Check what a dataset must keep by itself, and say what a copy would add."""
    faults = rules.faults(dataset)
    if faults:
        raise DatasetError(folder_of(options.data) or "essfacts", faults)
    if name == "json":
        empty = {"release": _release(dataset), "claims": [], "faults": [], "verified": True}
        print(dumps(empty, sys.stdout, indent=2))
    else:
        counts = {"claims": len(dataset.claims), "computed": len(dataset.computed)}
        render_lines([say("no-fault", language, **counts)], sys.stdout)


def _release(dataset: Dataset) -> Exported:
    release = dataset.release
    return {"title": release.title, "date": release.date, "url": release.url}


def _as_json(report: Report, dataset: Dataset) -> Exported:
    coverage = report.coverage
    return {
        "release": _release(dataset),
        "claims": [_exported(result) for result in report.results],
        "coverage": {
            "sentences": coverage.sentences,
            "covered": coverage.covered,
            "left_out": coverage.left_out,
            "uncovered": [{"line": line, "text": text} for line, text in coverage.uncovered],
        },
        "verified": report.verified,
    }


def _exported(result: Any) -> Exported:
    return {name: getattr(result, name) for name in _FIELDS}


def _listing(report: Report, dataset: Dataset, language: str) -> Listing:
    return Listing(
        title=title("verify", language),
        # What needs a look stands last, next to the verdict.
        records=[
            _exported(result)
            for result in sorted(report.results, key=lambda result: result.status != "verified")
        ],
        fields=[Field(name) for name in _FIELDS],
        columns=[
            Column("status", lambda record, _: word(record["status"], language)),
            Column("place", _place),
            Column("difference", _difference),
            plain("id"),
        ],
        language=language,
        dataset=dataset,
        marks=_marks,
    )


def _place(record: Exported, _: Listing) -> str:
    return f"{record['line']}:{record['column']}" if record["line"] else ""


def _difference(record: Exported, _: Listing) -> str:
    if record["status"] == "verified":
        return ""
    if record["status"] != "altered":
        return str(record["expected"])
    parts = diff(record["expected"], record["found"])
    return " ".join(_MARKS[operation].format(words) for operation, words in parts)


def _marks(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _MARKED.finditer(text)]


def _conclude(report: Report, language: str, *, with_coverage: bool, stream: TextIO) -> None:
    """Say what the sentences of the copy are about if asked, then the verdict in one line."""
    coverage = report.coverage
    if with_coverage:
        render_lines((f"{line}: {text}" for line, text in coverage.uncovered), stream)
        stated = coverage.sentences - coverage.left_out
        share = 100 * coverage.covered / stated if stated else 100
        summary = say(
            "coverage",
            language,
            sentences=coverage.sentences,
            covered=coverage.covered,
            left_out=coverage.left_out,
            uncovered=len(coverage.uncovered),
            share=round(share, 1),
        )
        render_lines([summary], stream)
    counts: dict[str, int] = {}
    for result in report.results:
        counts[result.status] = counts.get(result.status, 0) + 1
    verdict = "verified-all" if report.verified else "verified-some"
    others = (f"{count} {word(status, language)}" for status, count in counts.items())
    sentence = say(verdict, language, claims=len(report.results), counts=list(others))
    render_lines([sentence], stream)
