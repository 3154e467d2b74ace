"""The command that checks a person's own text against the release."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from essfacts import check as checks
from essfacts.cli.settings import open_file, read
from essfacts.dataset import read_fingerprint
from essfacts.export import Field
from essfacts.language import COLON, LANGUAGES, quoted, say, series, title, word
from essfacts.query import choose
from essfacts.render import FORMATS, Listing, plain, render
from essfacts.render.json import dumps
from essfacts.render.table import is_terminal, render_lines

if TYPE_CHECKING:
    from essfacts.cli.options import Options

_FIELDS = ("line", "column", "kind", "severity", "said", "expected", "claim", "proof")
_SORTS = ("figures", "quotations", "people", "dates")


def check(options: Options) -> int:
    """Tell where a text says otherwise than the release; 1 if it does."""
    language, dataset = options.lang, read(options.data)
    name = choose(options.format, "format", FORMATS)
    written = options.written and choose(options.written, "language", LANGUAGES)
    fingerprint = read_fingerprint(options.data)
    copy = open_file(str(options.file), language)
    found, known = checks.check(dataset, fingerprint, copy.text, written)
    records: list[dict[str, Any]] = []
    for finding in found:
        line, column = copy.position(finding.offset)
        severity = "finding" if options.strict else finding.severity
        expected = finding.expected.said(language)
        proof = f"essfacts cite {finding.claim}" if finding.claim else ""
        values = (line, column, finding.kind, severity, finding.said, expected)
        records.append(dict(zip(_FIELDS, (*values, finding.claim, proof), strict=True)))
    recognised = {sort: known[sort] for sort in _SORTS}
    findings = sum(record["severity"] == "finding" for record in records)
    if name == "json":
        print(dumps({"findings": records, "recognised": recognised}, sys.stdout, indent=2))
        return int(findings > 0)
    # In a terminal, a long path would leave no width to what differs.
    is_seen = is_terminal(sys.stdout)
    place = Path(str(options.file)).name if is_seen else options.file
    listing = Listing(
        title=title("check", language),
        records=records,
        fields=[Field(field) for field in _FIELDS],
        columns={
            "place": lambda record, _: f"{place}:{record['line']}:{record['column']}",
            "kind": _kind,
            "difference": _told,
            "excerpt": _excerpt,
            "proof": plain("proof"),
        },
        language=language,
        dataset=dataset,
    )
    if records or name != "table":
        render(listing, name, sys.stdout)
    summary = _summary(recognised, findings, len(records) - findings, language)
    lines = ["", summary] if records and is_seen else [summary]
    render_lines(lines, sys.stdout if name == "table" else sys.stderr)
    return int(findings > 0)


def _kind(record: Any, listing: Listing) -> str:
    kind = word(record["kind"], listing.language)
    remark = word("remark", listing.language)
    return f"{kind} ({remark})" if record["severity"] == "remark" else kind


def _excerpt(record: Any, listing: Listing) -> str:
    # What a quotation says is shown with it; its claim's excerpt is another part.
    claim = None if record["kind"] == "quotation" else listing.dataset.by_id.get(record["claim"])
    excerpt = getattr(claim, "excerpt", "")
    return quoted(excerpt, "fr") if excerpt else ""


def _told(record: Any, listing: Listing) -> str:
    said = quoted(record["said"], listing.language)
    return f"{said}{COLON[listing.language]}{record['expected']}"


def _summary(recognised: dict[str, int], findings: int, remarks: int, language: str) -> str:
    counts = [say("findings", language, count=findings)]
    counts += [say("remarks", language, count=remarks)] if remarks else []
    keys = {"people": "people-told"}
    told = [say(keys.get(sort, sort), language, count=n) for sort, n in recognised.items() if n]
    if not told:
        key = "check-nothing-but" if remarks else "check-nothing"
        return say(key, language, remarks=counts[-1])
    what = series(told, say("check-and", language))
    key = "recognised" if recognised["figures"] else "recognised-feminine"
    known = say(key, language, what=what, count=sum(recognised.values()))
    return say("check-summary", language, recognised=known, findings=counts)
