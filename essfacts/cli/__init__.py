"""The command line: a shell round functions that take data and give data."""

# Annotations stay objects here: Typer reads the options out of them.

import os
import sys
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from essfacts import __version__
from essfacts.cli.options import Common, takes
from essfacts.cli.streams import prepare, warn
from essfacts.errors import EssfactsError

_BUG = 70  # EX_SOFTWARE of sysexits.h: neither the request nor the dataset is at fault
_SETTINGS = {"help_option_names": ["-h", "--help"]}


class Command(NamedTuple):
    """A command: the line that helps, the group that it stands in, the module that runs it."""

    help: str
    group: str
    module: str = "commands"


_LISTS, _NAMED, _USE = "Lists of claims", "Who is named", "Find, check and cite"
COMMANDS = {
    "levers": Command("List the levers for reindustrialisation through the ESS.", _LISTS),
    "stats": Command("List the figures; filter them by value, draw them.", _LISTS),
    "quotes": Command("List the quotations, with their speakers and offices.", _LISTS),
    "effects": Command("List what the ESS does for a place.", _LISTS),
    "examples": Command("List the examples that the release gives.", _LISTS),
    "actions": Command("List what the partners do.", _LISTS),
    "method": Command("List how the study was made and how it defines its terms.", _LISTS),
    "profiles": Command("List what the organisations say of themselves.", _LISTS),
    "claims": Command("List the claims of every kind together.", _LISTS),
    "timeline": Command("List all that is dated, oldest first.", _LISTS),
    "orgs": Command("List the organisations that are named.", _NAMED),
    "people": Command("List the people who are named, press contacts too.", _NAMED),
    "sources": Command("List who vouches for claims.", _NAMED),
    "search": Command("Find claims by words, figures or phrases, best match first.", _USE),
    "show": Command("Show all about claims, organisations, people or sources.", _USE, "records"),
    "cite": Command("Cite claims, sources or the release, ready to paste.", _USE, "records"),
    "verify": Command("Compare your copy of the release with it, word by word.", _USE, "verifying"),
    "seal": Command("Take the release's fingerprint into a dataset.", _USE, "verifying"),
}


class _Group(TyperGroup):
    """Builds the command that runs alone, and shows all in groups.

    Typer looks at every option of every command that it knows, which takes longer than most
    commands; and its Rich help would double the time of `--help`.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name, command in COMMANDS.items():
            self.add_command(TyperCommand(name, help=command.help, rich_markup_mode=None))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, command, rest = super().resolve_command(ctx, args)
        return name, command and _build(str(name)), rest

    def format_commands(self, _: Any, formatter: Any) -> None:
        groups: dict[str, list[tuple[str, str]]] = {}
        for name, command in COMMANDS.items():
            groups.setdefault(command.group, []).append((name, command.help))
        for group, rows in groups.items():
            with formatter.section(group):
                formatter.write_dl(rows)


def _build(name: str) -> Any:
    """Build the command that was asked for, with its options."""
    module = import_module(f"essfacts.cli.{COMMANDS[name].module}")
    app = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=_SETTINGS)
    run = getattr(module, name, None) or module.lister(name)
    app.command(name, help=COMMANDS[name].help)(run)
    return typer.main.get_command(app)


def _print_version(value: bool) -> None:  # noqa: FBT001 - the form that Typer calls
    if value:
        print(f"essfacts {__version__}")
        raise typer.Exit


def _make_app() -> typer.Typer:
    app = typer.Typer(cls=_Group, rich_markup_mode=None, context_settings=_SETTINGS)

    @app.callback(invoke_without_command=True)
    @takes(Common)
    def root(
        common: Common,
        ctx: typer.Context,
        version: Annotated[  # noqa: ARG001 - its callback has done it all
            bool,
            typer.Option(
                "--version",
                callback=_print_version,
                is_eager=True,
                help="Print the version and leave.",
            ),
        ] = False,
    ) -> None:
        """Explore, check and cite what one press release says of the social and solidarity economy.

        Without a command: the release at a glance.
        """
        if ctx.invoked_subcommand is None:
            from essfacts.cli.commands import glance

            glance(common)
        # What stands before the command holds for it too.
        ctx.default_map = dict.fromkeys(COMMANDS, common._asdict())

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
