"""What verifying a copy finds: the verdict first, then only what differs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from essfacts.export import SEPARATOR, Exported, Field
from essfacts.language import COLON, counted, say, title, word
from essfacts.render import Column, Listing, plain
from essfacts.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from essfacts.model import Dataset
    from essfacts.verify import Report

# How a difference reads without colour, and with it.
_MARKS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
_STYLES = {"same": "", "removed": "red strike", "added": "bold green"}
_FEW = 12
_STATUSES = ("intact", "altered", "ambiguous", "moved", "missing")
_CLAIM = ("id", "kind", "status", "line", "column", "expected", "found")
_PASSAGE = ("status", "section", "line", "column", "claims", "words")
_FINDING = ("status", "line", "column", "section", "difference", "claims")


def document(dataset: Dataset, report: Report | None = None) -> dict[str, Any]:
    """Give all that a report says, as the JSON contract has it; without one, a sound dataset."""
    release = dataset.release
    head = {"release": {"title": release.title, "date": release.date, "url": release.url}}
    if report is None:
        return head | {"claims": [], "faults": [], "verified": True}
    coverage = report.coverage
    return head | {
        "claims": [_fields(result, _CLAIM) for result in report.results],
        "passages": [_fields(passage, _PASSAGE) for passage in report.passages],
        "added": [added._asdict() for added in report.added],
        "coverage": {
            "sentences": coverage.sentences,
            "covered": coverage.covered,
            "left_out": coverage.left_out,
            "uncovered": [{"line": line, "text": text} for line, text in coverage.uncovered],
        },
        "verified": report.verified,
    }


def _fields(found: Any, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(found, name) for name in names}
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in values.items()
    }


def verdict(report: Report, language: str) -> list[str]:
    """Say in a line what the copy is worth, and in others what it says of claims and around."""
    statuses: Counter[str] = Counter(passage.status for passage in report.passages)
    within = sum(added.within for added in report.added)
    counts = {key: statuses[key] for key in _STATUSES} | {"added": within}
    if report.verified:
        lines = [say("conforming", language, words=report.words)]
    else:
        whole = counted("passages", len(report.passages), language)
        parts = (counted(key, count, language) for key, count in counts.items() if count)
        lines = [say("differing", language, whole=whole, parts=[*parts])]
    claims = Counter(result.status for result in report.results)
    parts = (counted(f"claims-{status}", count, language) for status, count in claims.items())
    lines.append(word("claims", language).capitalize() + COLON[language] + ", ".join(parts) + ".")
    if around := len(report.added) - within:
        lines.append(counted("around", around, language))
    return lines


def _findings(report: Report, dataset: Dataset, language: str) -> Iterator[dict[str, Any]]:
    """Go through what differs, in the order of the copy; what is missing by section, last."""
    found: list[dict[str, Any]] = []
    missing: Counter[str | None] = Counter()
    for passage in report.passages:
        if passage.status == "missing":
            missing[passage.section] += 1
        elif passage.status != "intact":
            marked = (_MARKS[operation].format(text) for operation, text in passage.difference)
            found.append(_fields(passage, _PASSAGE) | {"difference": " ".join(marked)})
    for added in report.added:
        status = "added" if added.within else "around"
        found.append(added._asdict() | {"status": status, "difference": added.text})
    yield from sorted(found, key=lambda finding: (finding["line"], finding["column"]))
    names = {section.id: section.name for section in dataset.release.sections}
    for section, count in missing.items():
        name = getattr(names.get(section or ""), language, "")
        difference = counted("passages", count, language)
        difference += COLON[language] + name if name else ""
        yield {"status": "missing", "section": section, "difference": difference}


def listing(report: Report, dataset: Dataset, language: str, *, with_claims: bool) -> Listing:
    """Give what differs, or every claim with its place, a record each."""
    if with_claims:
        records = [_fields(result, _CLAIM) for result in report.results]
        names: tuple[str, ...] = _CLAIM
        told = Column("difference", _found)
    else:
        blank = dict.fromkeys(_FINDING)
        records = [
            {name: (blank | finding)[name] for name in _FINDING}
            for finding in _findings(report, dataset, language)
        ]
        names, told = _FINDING, plain("difference")
    return Listing(
        title=title("verify", language),
        records=records,
        fields=[Field(name) for name in names],
        columns=[
            Column("place", _place),
            Column("status", lambda record, _: word(record["status"], language)),
            told,
            plain("id") if with_claims else Column("claims", _claims),
        ],
        language=language,
        dataset=dataset,
    )


def _place(record: Exported, _: Listing) -> str:
    return f"{record['line']}:{record['column']}" if record["line"] else ""


def _found(record: Exported, _: Listing) -> str:
    return "" if record["status"] == "verified" else record["found"] or record["expected"]


def _claims(record: Exported, _: Listing) -> str:
    return SEPARATOR.join(record["claims"] or ())


def draw(
    report: Report, dataset: Dataset, language: str, stream: TextIO, *, with_claims: bool
) -> None:
    """Draw a report for a person: in a screen, unless every claim is asked for."""
    from rich.padding import Padding
    from rich.text import Text

    from essfacts.render.table import console, render

    screen = console(stream)
    first, *others = verdict(report, language)
    screen.print(Text(first, style="bold green" if report.verified else "bold red"))
    for line in others:
        screen.print(Text(line))
    found = listing(report, dataset, language, with_claims=with_claims)
    if with_claims:
        render(found, stream)
        return
    records = list(found.records)
    for record in records[:_FEW]:
        place, status, difference, claims = map(printable, found.cells(record))
        text = Text.assemble((f"{place} {status}".strip(), "bold"), "  ", _styled(difference))
        screen.print(Padding(text, (1, 0, 0, 0)))
        if claims:
            screen.print(Text(claims, style="dim"))
    if len(records) > _FEW:
        screen.print()
        screen.print(Text(counted("more", len(records) - _FEW, language)))


def _styled(difference: str) -> Any:
    from rich.text import Text

    text = Text(difference)
    for pattern, style in ((r"\[-.*?-\]", "red"), (r"\{\+.*?\+\}", "green")):
        text.highlight_regex(pattern, style)
    return text
