"""The command that checks a dataset, alone or against a copy of the release."""

# Annotations stay objects here: Typer reads the options out of them.

import re
import sys
from typing import Annotated, Any, TextIO

import typer

from essfacts import rules
from essfacts.cli.lists import folder_of, language_of, read
from essfacts.cli.options import Common, Format, argument, option, takes
from essfacts.cli.streams import warn
from essfacts.copies import open_copy
from essfacts.errors import DatasetError
from essfacts.export import Exported, Field
from essfacts.language import format_number, say, title, word
from essfacts.model import KINDS, Dataset
from essfacts.query import choose
from essfacts.render import FORMATS, Column, Listing, plain, render
from essfacts.render.json import dumps
from essfacts.render.table import render_lines
from essfacts.text import printable
from essfacts.verify import Report, diff
from essfacts.verify import verify as compare

_FIELDS = ("id", "kind", "status", "line", "column", "expected", "found")
# How a difference reads without colour.
_MARKS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
_STYLES = (
    (re.compile(r"\[-.*?-\]"), "red"),
    (re.compile(r"\{\+.*?\+\}"), "green"),
)


@takes(Common)
def verify(
    common: Common,
    *,
    copy: Annotated[
        str | None,
        argument(
            "[FILE]", help="A copy of the release: text, HTML, mail, DOCX, ODT, PDF; - for a pipe."
        ),
    ] = None,
    coverage: Annotated[
        bool, option("--coverage", help="List the sentences on which no claim stands.")
    ] = False,
    format: Format = "table",
) -> None:
    language = language_of(common.lang)
    name = choose(format, "format", FORMATS)
    if copy is None:
        _check_alone(read(common), name, common, language)
        return
    dataset = read(common, (*(kind.command for kind in KINDS.values()), "people"))
    opened = open_copy(copy)
    for note in opened.notes:
        warn(note)
    report = compare(dataset, opened)
    if name == "json":
        print(dumps(_as_json(report, dataset), sys.stdout, indent=2))
    else:
        render(_listing(report, language), name, sys.stdout)
        _conclude(
            report,
            language,
            with_coverage=coverage,
            stream=sys.stdout if name in {"table", "text"} else sys.stderr,
        )
    if not report.verified:
        raise typer.Exit(1)


def _check_alone(dataset: Dataset, name: str, common: Common, language: str) -> None:
    """Check what a dataset must keep by itself, and say what a copy would add."""
    faults = rules.faults(dataset)
    if faults:
        raise DatasetError(printable(folder_of(common.data) or "essfacts"), faults)
    if name == "json":
        empty = {"release": _release(dataset), "claims": [], "faults": [], "verified": True}
        print(dumps(empty, sys.stdout, indent=2))
    else:
        counts = (len(dataset.claims), len(dataset.computed))
        render_lines([say("no-fault", language).format(*counts)], sys.stdout)


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


def _listing(report: Report, language: str) -> Listing:
    return Listing(
        title=title("verify", language),
        # What needs a look stands last, next to the verdict.
        records=[
            _exported(result)
            for result in sorted(report.results, key=lambda result: result.status != "verified")
        ],
        fields=[Field(name) for name in _FIELDS],
        columns=[
            Column("status", lambda record, _: word(record["status"], language), ("status",)),
            Column("place", _place, ("line", "column")),
            Column("difference", _difference, ("expected", "found")),
            plain("id"),
        ],
        language=language,
        units={},
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


def _marks(text: str) -> list[tuple[int, int, str]]:
    return [
        (*found.span(), style) for pattern, style in _STYLES for found in pattern.finditer(text)
    ]


def _conclude(report: Report, language: str, *, with_coverage: bool, stream: TextIO) -> None:
    """Say what the sentences of the copy are about if asked, then the verdict in one line."""
    coverage = report.coverage
    if with_coverage:
        render_lines((f"{line}: {text}" for line, text in coverage.uncovered), stream)
        stated = coverage.sentences - coverage.left_out
        share = 100 * coverage.covered / stated if stated else 100
        summary = say("coverage", language).format(
            sentences=coverage.sentences,
            covered=coverage.covered,
            left_out=coverage.left_out,
            uncovered=len(coverage.uncovered),
            share=format_number(round(share, 1), language),
        )
        render_lines([summary], stream)
    counts: dict[str, int] = {}
    for result in report.results:
        counts[result.status] = counts.get(result.status, 0) + 1
    verdict = "verified-all" if report.verified else "verified-some"
    others = (f"{count} {word(status, language)}" for status, count in counts.items())
    sentence = say(verdict, language).format(count=len(report.results), counts=", ".join(others))
    render_lines([sentence], stream)
