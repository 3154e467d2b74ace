"""What a completing shell is offered for the values of options and arguments.

Shells evaluate what they are given, each in its own way: what a dataset offers to them is made
inert here, whatever Typer then escapes.
"""

# Annotations stay objects here: Typer reads them.

import io
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any

import typer

from essfacts.cli.settings import language_of, read
from essfacts.cli.streams import plain
from essfacts.errors import EssfactsError, RequestError
from essfacts.language import Whole, say
from essfacts.text import is_unicode

Offer = tuple[str, str]
VARIABLE = "_ESSFACTS_COMPLETE"
# Where a shell says what is typed: bash, and the others.
WORDS = {"COMP_WORDS", "_TYPER_COMPLETE_ARGS"}
# No value is offered that a shell would not read as one plain word, nor as an option.
_VALUE = "[A-Za-z0-9][A-Za-z0-9._-]*"
# In a description, only what means nothing to any shell, outside quotation marks as well as inside.
_PLAIN = " -.,/%+_()"
_ALIKE = str.maketrans({"'": "’", '"': "”", ":": "∶"})


def prepare() -> None:
    """Get ready to answer a shell, which is no place for a message."""
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


def completer(values: str) -> Callable[[typer.Context, str], list[Offer]]:
    """Make what completes a value: every offer, of which Typer keeps those that go on from it."""

    def complete(ctx: typer.Context, incomplete: str) -> list[Offer]:  # noqa: ARG001 - see above
        try:
            offers = [(value, _inert(help)) for value, help in _offers(values, ctx)]
            return [offer for offer in offers if re.fullmatch(_VALUE, offer[0])]
        except EssfactsError:
            # A shell in the middle of a line is no place for a message.
            return []

    return complete


def _offers(values: str, ctx: typer.Context) -> Iterable[Offer]:
    language = language_of(ctx.params.get("lang"))
    if values == "formats":
        from essfacts.render import FORMATS

        return [(name, getattr(format, language)) for name, format in FORMATS.items()]
    if values == "styles":
        from essfacts.cite import STYLES

        return [(name, getattr(style, language)) for name, style in STYLES.items()]
    if values == "languages":
        return [("fr", "français"), ("en", "English")]
    if values == "schemas":
        from essfacts import schema

        return [(name, "") for name in schema.NAMES]
    if values == "kinds":
        from essfacts.model import KINDS

        return [(kind.name, getattr(kind.title, language)) for kind in KINDS.values()]
    if values == "fields":
        from essfacts.export import FIELDS

        return [(field.name, "") for field in FIELDS.get(str(ctx.info_name), FIELDS["claims"])]
    dataset = read(ctx.params.get("data"))
    ids = ("claims", "computed", "organisations", "people", "sources")
    tables = ids if values == "ids" else [values]
    records = (record for table in tables for record in getattr(dataset, table))
    return [(record.id, _describe(record, language)) for record in records]


def _describe(record: Any, language: str) -> str:
    for field in ("text", "title", "name"):
        value = getattr(record, field, None)
        if value:
            return str(getattr(value, language, value))
    return ""
