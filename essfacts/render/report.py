"""What verifying a copy finds: the verdict first, then only what differs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from essfacts.export import Field
from essfacts.language import COLON, Whole, say, title, word
from essfacts.render import Cell, Listing, plain
from essfacts.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from essfacts.model import Dataset
    from essfacts.verify import Report

_FEW, _MOST_LINES = 12, 5
_STATUSES = ("intact", "altered", "ambiguous", "moved", "missing")
_CLAIM: tuple[str, ...] = ("id", "kind", "status", "line", "column", "expected", "found")
_FINDING = ("status", "line", "column", "section", "difference", "claims")


def document(dataset: Dataset, report: Report | None = None) -> dict[str, Any]:
    """Give all that a report says, as the JSON contract has it; without one, a sound dataset."""
    release = dataset.release
    head = {"release": {"title": release.title, "date": release.date, "url": release.url}}
    if report is None:
        return head | {"claims": [], "faults": [], "verified": True}
    passages = [passage._asdict() for passage in report.passages]
    for passage in passages:
        del passage["difference"]
    return head | {
        "claims": [result._asdict() for result in report.results],
        "passages": passages,
        "added": [added._asdict() for added in report.added],
        "coverage": report.coverage(),
        "verified": report.verified,
    }


def verdict(report: Report, language: str) -> list[str]:
    """Say in a line what the copy is worth, and in others what it says of claims and around."""
    statuses: Counter[str] = Counter(passage.status for passage in report.passages)
    within = sum(added.within for added in report.added)
    counts = {key: statuses[key] for key in _STATUSES} | {"added": within}
    # What stands round a page, such as its navigation, may be long: the first lines will do.
    places = [str(added.line) for added in report.added if not added.within]
    listed = [*places[:_MOST_LINES], *("…" for _ in places[_MOST_LINES : _MOST_LINES + 1])]
    around = say("around", language, count=len(places), lines=listed)
    if report.verified:
        key = "conforming-with" if places else "conforming"
        lines = [say(key, language, words=report.words, around=Whole(around))]
    else:
        whole = say("passages", language, count=len(report.passages))
        parts = (say(key, language, count=count) for key, count in counts.items() if count)
        lines = [say("differing", language, whole=whole, parts=[*parts])]
    claims = Counter(result.status for result in report.results)
    parts = (say(f"claims-{status}", language, count=count) for status, count in claims.items())
    lines.append(word("claims", language).capitalize() + COLON[language] + ", ".join(parts) + ".")
    if places and not report.verified:
        lines.append(say("differing-with", language, around=Whole(around)))
    if 2 * statuses["missing"] > len(report.passages):
        lines.append(say("quotes-only", language))
    return lines


def _findings(report: Report, dataset: Dataset, language: str) -> Iterator[dict[str, Any]]:
    """Go through what differs, in the order of the copy; what is missing by section, last."""
    found = [p._asdict() for p in report.passages if p.status not in {"intact", "missing"}]
    for added in report.added:
        status = "added" if added.within else "around"
        found.append(added._asdict() | {"status": status, "difference": added.text})
    yield from sorted(found, key=lambda finding: (finding["line"], finding["column"]))
    lines = [passage.line for passage in report.passages]
    missing: dict[str | None, list[int]] = {}
    for number, passage in enumerate(report.passages):
        if passage.status == "missing":
            missing.setdefault(passage.section, []).append(number)
    names = {section.id: section.name for section in dataset.release.sections}
    for section, numbers in missing.items():
        name = getattr(names.get(section or ""), language, "")
        difference = say("passages", language, count=len(numbers))
        difference += COLON[language] + name if name else ""
        # Between which lines they should stand.
        first = next(filter(None, reversed(lines[: numbers[0]])), None)
        last = next(filter(None, lines[numbers[-1] :]), None)
        if first or last:
            key = "between-lines" if first and last else "after-line" if first else "before-line"
            difference += ", " + say(key, language, first=str(first), last=str(last))
        yield {"status": "missing", "section": section, "difference": difference}


def listing(report: Report, dataset: Dataset, language: str, *, with_claims: bool) -> Listing:
    """Give what differs, or every claim with its place, a record each."""
    if with_claims:
        found, names, last = [result._asdict() for result in report.results], _CLAIM, "id"
    else:
        found, names, last = [*_findings(report, dataset, language)], _FINDING, "claims"
    columns: dict[str, Cell] = {
        "place": lambda record, _: f"{record['line']}:{record['column']}" if record["line"] else "",
        "status": lambda record, _: word(record["status"], language),
        "difference": _difference,
    }
    return Listing(
        title=title("verify", language),
        records=[{name: record.get(name) for name in names} for record in found],
        fields=[Field(name) for name in names],
        columns=columns | {last: plain(last)},
        language=language,
        dataset=dataset,
    )


def _difference(record: Any, _: Listing) -> str:
    if "found" in record:
        return "" if record["status"] == "verified" else record["found"] or record["expected"]
    return str(record["difference"])


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
        marked = Text(difference)
        for pattern, style in ((r"\[-.*?-\]", "red"), (r"\{\+.*?\+\}", "green")):
            marked.highlight_regex(pattern, style)
        text = Text.assemble((f"{place} {status}".strip(), "bold"), "  ", marked)
        screen.print(Padding(text, (1, 0, 0, 0)))
        if claims:
            screen.print(Text(claims, style="dim"))
    if len(records) > _FEW:
        screen.print()
        screen.print(Text(say("more", language, count=len(records) - _FEW)))
