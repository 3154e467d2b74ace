"""The commands that compare a copy with the release, and that seal a dataset against it."""

# Annotations stay objects here: Typer reads the options out of them.

import sys
from pathlib import Path
from typing import Annotated

import typer

from essfacts import rules
from essfacts import verify as verifying
from essfacts.cli.lists import folder_of, language_of, read
from essfacts.cli.options import Common, Format, argument, option, takes
from essfacts.cli.streams import warn
from essfacts.copies import Copy, read_copy
from essfacts.errors import CopyError, DatasetError, RequestError
from essfacts.language import counted, say
from essfacts.query import choose
from essfacts.render import FORMATS, render, report
from essfacts.render.json import dumps
from essfacts.render.table import is_terminal, render_lines
from essfacts.text import printable

_FORMATS = "text, Markdown, HTML, mail; - for a pipe."


@takes(Common)
def verify(
    common: Common,
    *,
    copy: Annotated[
        str | None, argument("[FILE]", help=f"A copy of the release: {_FORMATS}")
    ] = None,
    all: Annotated[bool, option("--all", help="List every claim, with its place.")] = False,
    format: Format = "table",
) -> None:
    language = language_of(common.lang)
    name = choose(format, "format", FORMATS)
    from essfacts.dataset import read_fingerprint

    dataset = read(common)
    faults = rules.faults(dataset)
    folder = folder_of(common.data)
    try:
        fingerprint = read_fingerprint(folder)
        faults += verifying.changed(dataset, fingerprint)
    except RequestError as error:
        # A folder that was never sealed can still be checked by itself.
        if copy is not None:
            raise
        warn(str(error))
    if faults:
        raise DatasetError(printable(folder or "essfacts"), faults)
    if copy is None:
        if name == "json":
            print(dumps(report.document(dataset), sys.stdout, indent=2))
        else:
            counts = (len(dataset.claims), len(dataset.computed))
            render_lines([say("no-fault", language).format(*counts)], sys.stdout)
        return
    found = verifying.verify(dataset, fingerprint, _read(copy))
    if name == "json":
        print(dumps(report.document(dataset, found), sys.stdout, indent=2))
    elif name == "table" and is_terminal(sys.stdout):
        report.draw(found, dataset, language, sys.stdout, with_claims=all)
    else:
        render(report.listing(found, dataset, language, with_claims=all), name, sys.stdout)
        render_lines(report.verdict(found, language), sys.stderr)
    if not found.verified:
        raise typer.Exit(1)


@takes(Common)
def seal(
    common: Common,
    *,
    release: Annotated[str, argument("RELEASE", help=f"The release itself: {_FORMATS}")],
) -> None:
    from essfacts.dataset import default_folder
    from essfacts.fingerprint import written

    named = folder_of(common.data)
    folder = Path(named or str(default_folder()))
    if not named and not (folder.parent / "pyproject.toml").is_file():
        message = "the packaged dataset is sealed in a checkout alone: name a folder with --data"
        raise RequestError(message)
    dataset = read(common)
    fingerprint, faults = verifying.seal(dataset, _read(release))
    faults = [*rules.faults(dataset), *faults]
    if faults:
        raise DatasetError(printable(str(folder)), faults)
    file = folder / "fingerprint.yaml"
    file.write_text(written(fingerprint), encoding="utf-8", newline="\n")
    counts = (len(fingerprint.hashes), len(fingerprint.passages), len(fingerprint.digests))
    parts = [
        counted(key, count, language_of(common.lang))
        for key, count in zip(("words", "passages", "records"), counts, strict=True)
    ]
    render_lines([f"{file}: {', '.join(parts)}"], sys.stdout)


def _read(name: str) -> Copy:
    try:
        if name == "-":
            content = sys.stdin.buffer.read()
        else:
            with open(name, "rb") as stream:  # noqa: PTH123 - a path would tidy what was typed
                content = stream.read()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"can't read {printable(name)}: {reason}"
        raise CopyError(message) from None
    copy = read_copy(content, name)
    for note in getattr(copy, "notes", ()):
        warn(note)
    return copy
