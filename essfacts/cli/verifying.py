"""The commands that compare a copy with the release, and that seal a dataset against it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from essfacts import rules, sealing
from essfacts import verify as verifying
from essfacts.cli.settings import open_file, read
from essfacts.cli.streams import warn
from essfacts.dataset import read_fingerprint
from essfacts.errors import DatasetError, RequestError
from essfacts.language import say
from essfacts.packaged import default_folder, version_of
from essfacts.query import choose
from essfacts.render import FORMATS, render, report
from essfacts.render.json import dumps
from essfacts.render.table import is_terminal, render_lines

if TYPE_CHECKING:
    from essfacts.cli.options import Options
    from essfacts.errors import Fault

# What the version of all files goes by, among the digests of records.
_ALL = "*.yaml"


def verify(options: Options) -> int:
    """Check the dataset alone, or a copy of the release against its fingerprint."""
    language, dataset = options.lang, read(options.data)
    name = choose(options.format, "format", FORMATS)
    folder = options.data
    faults: list[Fault] = []
    try:
        fingerprint = read_fingerprint(folder)
        _, version = version_of(Path(folder) if folder else default_folder())
        if fingerprint.digests.pop(_ALL, "") != version:
            faults += sealing.changed(dataset, fingerprint)
    except RequestError as error:
        # A folder that was never sealed can still be checked by itself.
        if options.file is not None:
            raise
        warn(error, language)
    # What was sealed kept the rules: with a copy, only what changed since may break them.
    if faults or options.file is None:
        faults = rules.faults(dataset) + faults
    if faults:
        raise DatasetError(folder or "essfacts", faults)
    found = None
    if options.file is not None:
        copy = open_file(options.file, language)
        found = verifying.verify(dataset, fingerprint, copy)
    if name == "json":
        print(dumps(report.document(dataset, found), sys.stdout, indent=2))
    elif found is None:
        counts = {"claims": len(dataset.claims), "computed": len(dataset.computed)}
        render_lines([say("no-fault", language, **counts)], sys.stdout)
    elif name == "table" and is_terminal(sys.stdout):
        report.draw(found, dataset, language, sys.stdout, with_claims=options.all)
    else:
        listing = report.listing(found, dataset, language, with_claims=options.all)
        render(listing, name, sys.stdout)
        render_lines(report.verdict(found, language), sys.stderr)
    return 0 if found is None or found.verified else 1


def seal(options: Options) -> None:
    """Write the fingerprint of the release beside the dataset's other files."""
    from essfacts.fingerprint import written

    language, named = options.lang, options.data
    folder = Path(named or str(default_folder()))
    if not named and not (folder.parent / "pyproject.toml").is_file():
        raise RequestError("packaged-is-sealed")
    dataset = read(options.data)
    fingerprint, faults = sealing.seal(dataset, open_file(options.file or "-", language))
    faults = [*rules.faults(dataset), *faults]
    if faults:
        raise DatasetError(str(folder), faults)
    counts = {
        "words": len(fingerprint.hashes),
        "passages": len(fingerprint.passages),
        "records": len(fingerprint.digests),
    }
    parts = [say(key, language, count=count) for key, count in counts.items()]
    _, fingerprint.digests[_ALL] = version_of(folder)
    file = folder / "fingerprint.yaml"
    file.write_text(written(fingerprint), encoding="utf-8", newline="\n")
    render_lines([f"{file}: {', '.join(parts)}"], sys.stdout)
