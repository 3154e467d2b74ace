"""The command line: a shell round functions that take data and give data."""

# Annotations stay objects here: Typer reads the options out of them.

import errno
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import typer

from essfacts import __version__
from essfacts.cli import completion, spoken
from essfacts.cli.options import ADDS, COMMON, DISPLAY, FILTERS, Options, signature
from essfacts.cli.settings import folder_of, guess_language, language_of, typed_for
from essfacts.cli.streams import READ_ENOUGH, finish, prepare, warn, warn_in_json
from essfacts.errors import EssfactsError, RequestError, UnknownError, nearest, reason
from essfacts.language import Message, lexicon, lowered, message, say, word
from essfacts.model import KINDS, Text
from essfacts.packaged import default_folder, version_of
from essfacts.text import fold

_JSON = frozenset({"json", "ndjson", "jsonl", "csl-json"})
_BUG = 70  # EX_SOFTWARE of sysexits.h: neither the request nor the dataset is at fault


class Command(NamedTuple):
    """A command: its group in the help, the options that it takes, the module that runs it."""

    group: str
    takes: tuple[str, ...]
    module: str = "listing"


_LISTS, _NAMED, _USE = "group-lists", "group-named", "group-use"
_LIST = (*FILTERS, "search", *ADDS, *DISPLAY)
_VALUES = ("unit", "min", "max")
_STATS = ("computed", "chart", "width", "title", *FILTERS, *_VALUES, "search", *ADDS, *DISPLAY)
COMMANDS = {
    **{
        kind.command: Command(_LISTS, _STATS if kind.name == "stat" else _LIST)
        for kind in KINDS.values()
    },
    "claims": Command(_LISTS, ("kind", *_LIST)),
    "timeline": Command(_LISTS, ("kind", *_LIST)),
    "orgs": Command(_NAMED, ("search", *DISPLAY)),
    "people": Command(_NAMED, ("org", "search", *DISPLAY)),
    "sources": Command(_NAMED, ("search", *DISPLAY)),
    "topics": Command(_NAMED, DISPLAY),
    "sections": Command(_NAMED, DISPLAY),
    "units": Command(_NAMED, DISPLAY),
    "search": Command(_USE, ("words", "kind", *FILTERS, *ADDS, *DISPLAY)),
    "show": Command(_USE, ("ids", "copy", "fields", "format"), "records"),
    "cite": Command(_USE, ("ids", "release", "all", "style", "copy", "url", "accessed"), "records"),
    "page": Command(_USE, ("contacts", "copy", "url"), "records"),
    "schema": Command(_USE, ("name",), "records"),
    "verify": Command(_USE, ("file", "all", "format"), "verifying"),
    "check": Command(_USE, ("file", "strict", "written", "format"), "checking"),
    "seal": Command(_USE, ("file",), "verifying"),
}
# A command answers to its French name too, as the screen says it.
_SHOWN = {
    **{name: Text(fr=name, en=name) for name in COMMANDS},
    **{kind.command: Text(fr=lowered(kind.title.fr), en=kind.command) for kind in KINDS.values()},
    **{name: Text(fr=row["fr"], en=name) for name, row in lexicon("command names").items()},
}
_NAMES = {fold(name.fr): command for command, name in _SHOWN.items()} | {n: n for n in COMMANDS}
# The proper names of formats and styles that the screen, or other programs, call otherwise.
_PROPER = {fold(name): key for key, row in lexicon("values").items() for name in row.values()}
_HELP = {
    **lexicon("command help"),
    **{kind.command: {"fr": kind.help.fr, "en": kind.help.en} for kind in KINDS.values()},
}


class _Group(spoken.Group):
    """Builds the command that runs alone, and shows all in groups.

    Typer looks at every option of every command that it knows, which takes longer than most
    commands; and its Rich help would double the time of `--help`.
    """

    completed: tuple[str, ...] = ()

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        if incomplete and ctx.obj == "fr":
            self.completed = tuple(name.fr for name in _SHOWN.values())
        return super().shell_complete(ctx, incomplete)

    def list_commands(self, _: Any) -> list[str]:
        return [*dict.fromkeys((*COMMANDS, *self.completed))]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        help = _HELP[_NAMES[fold(cmd_name)]][ctx.obj]
        return spoken.Command(cmd_name, help=help, rich_markup_mode=None)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        typed, *rest = args
        if name := _NAMES.get(fold(typed)):
            # What stands before the command holds for it too.
            ctx.default_map = {name: {common: ctx.params[common] for common in COMMON}}
            return name, _build(name, ctx.obj), rest
        hint = nearest(typed, _NAMES, {name: _SHOWN[_NAMES[name]] for name in _NAMES})
        raise UnknownError("no-such", what=message("a-command"), value=typed, hint=hint)

    def invoke(self, ctx: Any) -> Any:
        code = super().invoke(ctx)
        if ctx.invoked_subcommand is None:
            from essfacts.cli.listing import glance

            glance(_options(ctx.params))
        return code

    def format_options(self, ctx: Any, formatter: Any) -> None:
        super().format_options(ctx, formatter)
        for group in (_LISTS, _NAMED, _USE):
            names = (name for name, command in COMMANDS.items() if command.group == group)
            with formatter.section(say(group, ctx.obj)):
                formatter.write_dl([(name, _HELP[name][ctx.obj]) for name in names])


def _build(name: str, language: str) -> Any:
    """Let Typer build a command with its options; the one without a name is the program."""

    def run(**given: Any) -> Any:
        if not name:
            return _start(Options(**given), language)
        module = import_module(f"essfacts.cli.{COMMANDS[name].module}")
        own = getattr(module, name, None)
        return own(_options(given)) if own else module.run(name, _options(given))

    app = typer.Typer(rich_markup_mode=None, add_completion=False)
    settings: dict[str, Any] = {
        "help": _HELP[name][language],
        "context_settings": {"help_option_names": ["-h", "--help"]},
    }
    if name:
        takes = (*COMMANDS[name].takes, *COMMON)
        register = app.command(name, cls=spoken.Command, **settings)
    else:
        takes = ("version", *COMMON, "install_completion", "show_completion")
        settings["subcommand_metavar"] = word("COMMAND [ARGS]...", language)
        register = app.callback(cls=_Group, invoke_without_command=True, **settings)
    run.__signature__ = signature(takes, name, language)  # type: ignore[attr-defined]
    register(run)
    return typer.main.get_command(app)


def _options(given: Mapping[str, Any]) -> Options:
    options = Options(**given)
    return options._replace(
        lang=language_of(options.lang),
        format=_PROPER.get(fold(options.format), options.format),
        style=_PROPER.get(fold(options.style or ""), options.style),
    )


def _start(options: Options, language: str) -> None:
    """Do what the program does without a command, and leave; else go on."""
    if options.install_completion or options.show_completion:
        completion.give_script(language, is_installed=options.install_completion)
        raise typer.Exit
    if options.version:
        folder = folder_of(options.data)
        try:
            date, data = version_of(Path(folder) if folder else default_folder())
        except OSError as error:
            raise RequestError("cannot-read", value=folder, reason=reason(error)) from None
        print(say("version", language, program=__version__, date=date, data=data))
        raise typer.Exit


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
        result = _build("", language)(
            args, prog_name="essfacts", standalone_mode=False, obj=language
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
