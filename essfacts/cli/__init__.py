"""The command line: a shell round functions that take data and give data."""

from __future__ import annotations

import errno

from essfacts.cli import completion, spoken
from essfacts.cli.options import COMMANDS as COMMANDS
from essfacts.cli.options import environment
from essfacts.cli.settings import guess_language, typed_for
from essfacts.cli.streams import READ_ENOUGH, finish, prepare, warn, warn_in_json
from essfacts.errors import EssfactsError, reason
from essfacts.language import Message, message

_JSON = frozenset({"json", "ndjson", "jsonl", "csl-json"})
_BUG = 70  # EX_SOFTWARE of sysexits.h: neither the request nor the dataset is at fault


def main(args: list[str]) -> int:
    """Run the command line and give its exit code; the one place where errors are caught."""
    # What other programs call it.
    args = ["--format=json" if arg == "--json" else arg for arg in args]
    language = guess_language(args)
    prepare()
    code = 0
    try:
        code = _answer(args, language)
        error = finish()
    except OSError as raised:
        error = raised
    # Whoever reads may have read enough.
    if error is None or error.errno in READ_ENOUGH:
        return code
    closed = error.errno == errno.EBADF
    why = message("output-closed") if closed else reason(error)
    warn(message("cannot-write", reason=why), language)
    return code or 1


def _answer(args: list[str], language: str) -> int:
    try:
        completion.prepare()
        result = spoken.build("", language)(
            args,
            prog_name="essfacts",
            standalone_mode=False,
            obj=language,
            default_map=environment(),
        )
    except SystemExit as left:
        result = left.code
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - a traceback helps no user
        said, code = _explained(error)
        if _JSON.intersection(typed_for("--format", args) + typed_for("--style", args)):
            warn_in_json(said, language, type(error).__name__)
        else:
            warn(said, language)
        return code
    return result if isinstance(result, int) else 0


def _explained(error: Exception) -> tuple[Message | EssfactsError, int]:
    """Say what went wrong, with the exit code that it has."""
    if isinstance(error, EssfactsError):
        return error, error.exit_code
    # What Typer says of a wrong option; its class has no public name before Typer 0.28.
    if hasattr(error, "format_message"):
        return spoken.usage_error(error), 2
    return message("a-defect", name=type(error).__name__, value=str(error)), _BUG
