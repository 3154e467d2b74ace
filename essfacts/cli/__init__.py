"""The command line: a shell round functions that take data and give data."""

# Annotations stay objects here: Typer reads the options out of them.

import errno
import os
from importlib import import_module
from inspect import Signature
from pathlib import Path
from typing import Any, NamedTuple

import typer

from essfacts import __version__
from essfacts.cli import completion, spoken
from essfacts.cli.options import ADDS, COMMON, DISPLAY, FILTERS, Options, missing, signature
from essfacts.cli.settings import folder_of, guess_language, wanted_format
from essfacts.cli.streams import READ_ENOUGH, finish, prepare, warn, warn_in_json
from essfacts.errors import EssfactsError, RequestError, reason
from essfacts.language import lexicon, message, say
from essfacts.model import KINDS
from essfacts.packaged import default_folder, version_of
from essfacts.text import fold

_BUG = 70  # EX_SOFTWARE of sysexits.h: neither the request nor the dataset is at fault


class Command(NamedTuple):
    """A command: its group in the help, the options that it takes, the module that runs it."""

    group: str
    takes: tuple[str, ...]
    module: str = "listing"


_LISTS, _NAMED, _USE = "group-lists", "group-named", "group-use"
_LIST = (*FILTERS, "search", *ADDS, *DISPLAY)
_STATS = (
    "computed",
    "chart",
    "width",
    "title",
    *FILTERS,
    "unit",
    "min",
    "max",
    "search",
    *ADDS,
    *DISPLAY,
)
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
    "show": Command(_USE, ("ids", "copy", "format"), "records"),
    "cite": Command(_USE, ("ids", "release", "all", "style", "copy", "url", "accessed"), "records"),
    "page": Command(_USE, ("contacts", "copy", "url"), "publishing"),
    "schema": Command(_USE, ("name",), "describing"),
    "verify": Command(_USE, ("file", "all", "format"), "verifying"),
    "check": Command(_USE, ("file", "strict", "written", "format"), "checking"),
    "seal": Command(_USE, ("file",), "verifying"),
}
# A command answers to its French name too, as the screen says it.
_NAMES = {
    **{name: name for name in COMMANDS},
    **{fold(kind.title.fr): kind.command for kind in KINDS.values()},
    **{fold(row["fr"]): name for name, row in lexicon("command names").items()},
}


def _help(name: str, language: str) -> str:
    for kind in KINDS.values():
        if kind.command == name:
            return str(getattr(kind.help, language))
    return str(lexicon("command help")[name][language])


class _Group(spoken.Group):
    """Builds the command that runs alone, and shows all in groups.

    Typer looks at every option of every command that it knows, which takes longer than most
    commands; and its Rich help would double the time of `--help`.
    """

    names = _NAMES

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name in COMMANDS:
            help = _help(name, self.language)
            self.add_command(spoken.Command(name, help=help, rich_markup_mode=None))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, command, rest = super().resolve_command(ctx, args)
        return name, command and _build(str(name), self.language), rest

    def format_commands(self, _: Any, formatter: Any) -> None:
        groups: dict[str, list[tuple[str, str]]] = {}
        for name, command in COMMANDS.items():
            groups.setdefault(command.group, []).append((name, _help(name, self.language)))
        for group, rows in groups.items():
            with formatter.section(say(group, self.language)):
                formatter.write_dl(rows)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


def _app(**settings: Any) -> typer.Typer:
    names = {"help_option_names": ["-h", "--help"]}
    return typer.Typer(rich_markup_mode=None, context_settings=names, **settings)


def _in(language: str, command: type[Any]) -> Any:
    """Make a class of commands that speaks a language: Typer makes its instances by itself."""
    return type(command.__name__, (command,), {"language": language})


def _build(name: str, language: str) -> Any:
    """Build the command that was asked for, with its options."""
    command = COMMANDS[name]
    names = (*command.takes, *COMMON)

    def run(**given: Any) -> Any:
        options = Options(**given)
        if lacking := missing(options, names, name):
            raise RequestError("missing-argument", value=message(lacking))
        module = import_module(f"essfacts.cli.{command.module}")
        own = getattr(module, name, None)
        return own(options) if own else module.run(name, options)

    run.__signature__ = signature(names, name, language)  # type: ignore[attr-defined]
    app = _app(add_completion=False)
    app.command(name, cls=_in(language, spoken.Command), help=_help(name, language))(run)
    return typer.main.get_command(app)


def _make_app(language: str) -> typer.Typer:
    app = _app(cls=_in(language, _Group), add_completion=False)

    def root(ctx: typer.Context, **given: Any) -> None:
        options = Options(**given)
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
        if ctx.invoked_subcommand is None:
            from essfacts.cli.listing import glance

            glance(options)
        # What stands before the command holds for it too.
        common = {name: given[name] for name in COMMON}
        ctx.default_map = dict.fromkeys(COMMANDS, common)

    context, _ = Signature.from_callable(root).parameters.values()
    own = ("version", *COMMON, "install_completion", "show_completion")
    parameters = [context, *signature(own, "", language).parameters.values()]
    root.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    app.callback(invoke_without_command=True, help=_help("", language))(root)
    return app


def main(args: list[str]) -> int:
    """Run the command line and give its exit code; the one place where errors are caught."""
    language = guess_language(args)
    prepare()
    asked = os.environ.get(completion.VARIABLE)
    if asked:
        if asked.startswith("complete") and not completion.WORDS & os.environ.keys():
            warn(message("no-words-to-complete"), language)
            return 2
        completion.prepare()
    code = 0
    try:
        code = _run(args, language)
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


def _run(args: list[str], language: str) -> int:
    tell = warn_in_json if "json" in wanted_format(args) else warn
    try:
        result = _make_app(language)(args, prog_name="essfacts", standalone_mode=False)
    except EssfactsError as error:
        tell(error, language, type(error).__name__)
        return error.exit_code
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 0
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - a traceback helps no user
        name = type(error).__name__
        # What Typer says of a wrong option; its class has no public name before Typer 0.28.
        if hasattr(error, "format_message"):
            tell(spoken.usage_error(error), language, name)
            return 2
        tell(message("a-defect", name=name, value=str(error)), language, name)
        return _BUG
    return result if isinstance(result, int) else 0
