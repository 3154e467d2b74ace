"""What a completing shell is offered for the values of options and arguments.

Shells evaluate what they are given, each in its own way: what a dataset offers to them is made
inert here, whatever Typer then escapes.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from essfacts.cli.settings import language_of, read
from essfacts.cli.streams import plain
from essfacts.errors import EssfactsError, RequestError
from essfacts.language import Whole, say
from essfacts.text import fold, is_unicode

if TYPE_CHECKING:
    from collections.abc import Iterable

    import typer

VARIABLE = "_ESSFACTS_COMPLETE"
# Where a shell says what is typed: bash, and the others.
WORDS = {"COMP_WORDS", "_TYPER_COMPLETE_ARGS"}
# No value is offered that a shell would not read as one plain word, nor as an option.
_VALUE = "[A-Za-z0-9][A-Za-z0-9._-]*"
# In a description, only what means nothing to any shell, outside quotation marks as well as inside.
_PLAIN = " -.,/%+_()"
_ALIKE = str.maketrans({"'": "’", '"': "”", ":": "∶"})


def prepare() -> None:
    """Get ready to answer a shell, if one asks: it is no place for a message."""
    asked = os.environ.get(VARIABLE)
    if not asked:
        return
    if asked.startswith("complete") and not WORDS & os.environ.keys():
        raise RequestError("no-words-to-complete")
    # Typer would load Rich to strip its markup from descriptions that have none.
    sys.modules["rich"] = None  # type: ignore[assignment]
    sys.stderr = io.StringIO()
    from typer._completion_classes import completion_init

    completion_init()


def give_script(language: str, *, is_installed: bool) -> None:
    """Print the script that completes in the current shell, or install it and say where."""
    from typer._completion_shared import Shells, _get_shell_name, get_completion_script, install

    shell, known = _get_shell_name() or "?", [shell.value for shell in Shells]
    if shell not in known:
        raise RequestError("no-completion", value=shell, values=known)
    settings = {"prog_name": "essfacts", "complete_var": VARIABLE, "shell": shell}
    if is_installed:
        _, path = install(**settings)
        print(say("completion-installed", language, shell=shell, path=Whole(str(path))))
    else:
        print(get_completion_script(**settings))


def _inert(text: str) -> str:
    # A stream that can't carry a character prints what is like it, quotation marks too.
    text = text.translate(_ALIKE) if is_unicode(sys.stdout) else plain(text)
    chars = (
        char if char.isalnum() or char in _PLAIN or (char > "~" and char.isprintable()) else " "
        for char in text
    )
    return " ".join("".join(chars).split())


def offers(values: Any, ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Give every offer for a value, of which Typer keeps those that go on from what is typed."""
    try:
        language, rows = language_of(ctx.params.get("lang")), [*_rows(values, ctx)]
    except EssfactsError:
        # A shell in the middle of a line is no place for a message.
        return []
    spoken = [(_french(row) or id, row) for id, row in rows if language == "fr"]
    named = spoken if any(name.startswith(incomplete) for name, _ in spoken) else rows
    described = [(name, describe(row, language)) for name, row in named]
    return [(name, _inert(text)) for name, text in described if re.fullmatch(_VALUE, name)]


def _rows(values: Any, ctx: typer.Context) -> Iterable[tuple[str, Any]]:
    """Find what a row of commands.json says: tables of the dataset, or where a vocabulary is."""
    if isinstance(values, list):
        dataset = read(ctx.params.get("data"))
        return [(record.id, record) for table in values for record in getattr(dataset, table)]
    if values == "fields":
        from essfacts.export import FIELDS, choices

        values = dict.fromkeys(choices(FIELDS.get(str(ctx.info_name), FIELDS["claims"])), "")
    elif isinstance(values, str):
        module, name = values.split(".")
        values = getattr(import_module(f"essfacts.{module}"), name)
    return values.items() if isinstance(values, Mapping) else [(name, "") for name in values]


def _french(row: Any) -> str:
    """Give the French name of what is no claim, if it is one plain word."""
    name = None if hasattr(row, "text") else getattr(row, "noun", getattr(row, "name", None))
    french = fold(getattr(name, "fr", ""))
    return french if re.fullmatch(_VALUE, french) else ""


def describe(row: Any, language: str) -> str:
    """Say in a language what a record, or a row of a vocabulary, is."""
    if isinstance(row, str):
        return row
    texts = (getattr(row, field, None) for field in (language, "text", "title", "name"))
    text = next(filter(None, texts), "")
    return str(getattr(text, language, text))
