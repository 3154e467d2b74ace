"""The command line: a shell round functions that take data and give data."""

# Annotations stay objects here: Typer reads the options out of them.

import os
import sys
from collections.abc import Callable
from importlib import import_module
from inspect import Signature
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from essfacts import __version__
from essfacts.cli.options import ADDS, COMMON, DISPLAY, FILTERS, Options, signature
from essfacts.cli.streams import prepare, warn
from essfacts.errors import EssfactsError
from essfacts.language import COMMAND_HELP, LANGUAGES, OPTION_HELP
from essfacts.model import KINDS

_BUG = 70  # EX_SOFTWARE of sysexits.h: neither the request nor the dataset is at fault
_LANGUAGE = "en"


class Command(NamedTuple):
    """A command: its group in the help, the options that it takes, the module that runs it."""

    group: str
    takes: tuple[str, ...]
    module: str = "listing"


_LISTS, _NAMED, _USE = "Lists of claims", "Who is named", "Find, check and cite"
_LIST = (*FILTERS, "search", *ADDS, *DISPLAY)
_STATS = ("computed", "chart", *FILTERS, "unit", "min", "max", "search", *ADDS, *DISPLAY)
COMMANDS = {
    **{
        kind.command: Command(_LISTS, _STATS if kind.name == "stat" else _LIST)
        for kind in KINDS.values()
    },
    "claims": Command(_LISTS, _LIST),
    "timeline": Command(_LISTS, _LIST),
    "orgs": Command(_NAMED, ("search", *DISPLAY)),
    "people": Command(_NAMED, ("org", "search", *DISPLAY)),
    "sources": Command(_NAMED, ("search", *DISPLAY)),
    "search": Command(_USE, ("words", *FILTERS, *ADDS, *DISPLAY)),
    "show": Command(_USE, ("ids", "format"), "records"),
    "cite": Command(_USE, ("ids", "release", "all", "style", "accessed"), "records"),
    "verify": Command(_USE, ("copy", "coverage", "format"), "check"),
}


def _help(name: str) -> str:
    for kind in KINDS.values():
        if kind.command == name:
            return str(getattr(kind.help, _LANGUAGE))
    return COMMAND_HELP[name][LANGUAGES.index(_LANGUAGE)]


class _Group(TyperGroup):
    """Builds the command that runs alone, and shows all in groups.

    Typer looks at every option of every command that it knows, which takes longer than most
    commands; and its Rich help would double the time of `--help`.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name in COMMANDS:
            self.add_command(TyperCommand(name, help=_help(name), rich_markup_mode=None))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, command, rest = super().resolve_command(ctx, args)
        return name, command and _build(str(name)), rest

    def format_commands(self, _: Any, formatter: Any) -> None:
        groups: dict[str, list[tuple[str, str]]] = {}
        for name, command in COMMANDS.items():
            groups.setdefault(command.group, []).append((name, _help(name)))
        for group, rows in groups.items():
            with formatter.section(group):
                formatter.write_dl(rows)


def _app(**settings: Any) -> typer.Typer:
    names = {"help_option_names": ["-h", "--help"]}
    return typer.Typer(rich_markup_mode=None, context_settings=names, **settings)


def _taking(names: tuple[str, ...], command: str, run: Callable[[Options], Any]) -> Any:
    """Make the function that Typer calls with the options of a command, one parameter each."""

    def call(**options: Any) -> Any:
        return run(Options(**options))

    call.__signature__ = signature(names, command, _LANGUAGE)  # type: ignore[attr-defined]
    return call


def _build(name: str) -> Any:
    """Build the command that was asked for, with its options."""
    command = COMMANDS[name]

    def run(options: Options) -> Any:
        module = import_module(f"essfacts.cli.{command.module}")
        own = getattr(module, name, None)
        return own(options) if own else module.run(name, options)

    app = _app(add_completion=False)
    app.command(name, help=_help(name))(_taking((*command.takes, *COMMON), name, run))
    return typer.main.get_command(app)


def _print_version(value: bool) -> None:  # noqa: FBT001 - the form that Typer calls
    if value:
        print(f"essfacts {__version__}")
        raise typer.Exit


def _make_app() -> typer.Typer:
    app = _app(cls=_Group)

    def root(
        ctx: typer.Context,
        version: Annotated[  # noqa: ARG001 - its callback has done it all
            bool,
            typer.Option(
                "--version",
                callback=_print_version,
                is_eager=True,
                help=OPTION_HELP["version"][LANGUAGES.index(_LANGUAGE)],
            ),
        ] = False,
        **common: Any,
    ) -> None:
        if ctx.invoked_subcommand is None:
            from essfacts.cli.listing import glance

            glance(Options(**common))
        # What stands before the command holds for it too.
        ctx.default_map = dict.fromkeys(COMMANDS, common)

    shown = signature(COMMON, "", _LANGUAGE)
    own = [p for p in Signature.from_callable(root).parameters.values() if p.name != "common"]
    root.__signature__ = Signature([*own, *shown.parameters.values()])  # type: ignore[attr-defined]
    app.callback(invoke_without_command=True, help=_help(""))(root)
    return app


def main(args: list[str]) -> int:
    """Run the command line and give its exit code; the one place where errors are caught."""
    if sys.stdout is None:
        warn("can't write: standard output is closed")
        return 1
    prepare()
    # Typer would load Rich to strip its markup from descriptions that have none.
    if "_ESSFACTS_COMPLETE" in os.environ:
        sys.modules["rich"] = None  # type: ignore[assignment]
    try:
        code = _run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has read enough.
        return 0
    except OSError as error:
        warn(f"can't write: {error.strerror}")
        return 1
    return code


def _run(args: list[str]) -> int:
    try:
        result = _make_app()(args, prog_name="essfacts", standalone_mode=False)
    except EssfactsError as error:
        warn(str(error))
        return error.exit_code
    except SystemExit as left:
        # Typer leaves with 1 when whoever reads has read enough, which is no failure.
        if isinstance(left.__context__, BrokenPipeError):
            return 0
        return left.code if isinstance(left.code, int) else 0
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - a traceback helps no user
        # What Typer says of a wrong option; its class has no public name before Typer 0.28.
        if hasattr(error, "format_message"):
            path = getattr(getattr(error, "ctx", None), "command_path", "essfacts")
            warn(f"{error.format_message()} (try: {path} --help)")
            return 2
        warn(f"{type(error).__name__}: {error} (a defect of essfacts: please report it)")
        return _BUG
    return result if isinstance(result, int) else 0
