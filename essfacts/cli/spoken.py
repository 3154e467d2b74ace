"""Typer's commands, help and errors, in the language of who reads them.

Typer carries a Click that speaks English alone: help is laid out here, and what is wrong with a
request is said from the class of Typer's error and what it holds. The language is the object of
the context.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from essfacts import __version__, query
from essfacts.cli import completion, options
from essfacts.errors import RequestError, UnknownError, nearest, reason
from essfacts.language import Message, lexicon, message, say, word
from essfacts.packaged import default_folder, version_of
from essfacts.text import fold


def build(name: str, language: str) -> Any:
    """Let Typer build a command with its options; the one without a name is the program.

    Typer looks at every option of every command that it knows, which takes longer than most
    commands; and its Rich help would double the time of `--help`.
    """

    def run(**given: Any) -> Any:
        if not name:
            return _start(language, **given)
        module = import_module(f"essfacts.cli.{options.COMMANDS[name].module}")
        own = getattr(module, name, None)
        read = options.read(given)
        return own(read) if own else module.run(name, read)

    app = typer.Typer(rich_markup_mode=None, add_completion=False)
    settings: dict[str, Any] = {
        "help": options.HELP[name][language],
        "context_settings": {"help_option_names": ["-h", "--help"]},
    }
    if name:
        takes = (*options.COMMANDS[name].takes, *options.COMMON)
        register = app.command(name, cls=_Command, **settings)
    else:
        takes = ("version", *options.COMMON, "install_completion", "show_completion")
        register = app.callback(cls=_Program, invoke_without_command=True, **settings)
    run.__signature__ = options.signature(takes, name, language)  # type: ignore[attr-defined]
    register(run)
    return typer.main.get_command(app)


def _start(language: str, **given: Any) -> None:
    """Do what the program does without a command, and leave; else go on."""
    if given["install_completion"] or given["show_completion"]:
        completion.give_script(language, is_installed=given["install_completion"])
        raise typer.Exit
    if given["version"]:
        folder = given["data"]
        try:
            date, data = version_of(Path(folder) if folder else default_folder())
        except OSError as error:
            raise RequestError("cannot-read", value=folder, reason=reason(error)) from None
        print(say("version", language, program=__version__, date=date, data=data))
        raise typer.Exit


class _Spoken:
    """What the program and its commands have in common."""

    metavar = ""

    def taken(self: Any, ctx: Any, kind: str) -> list[Any]:
        """Give the arguments, or the options."""
        return [taken for taken in self.get_params(ctx) if taken.param_type_name == kind]

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        names = [argument.metavar for argument in self.taken(ctx, "argument")]
        pieces = ["[OPTIONS]", *names, word(self.metavar, ctx.obj)]
        usage = say("usage", ctx.obj)
        formatter.write_usage(ctx.command_path, " ".join(pieces).rstrip(), prefix=usage)

    def get_help_option(self: Any, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.help, option.callback = lexicon("option help")["help"][ctx.obj], _print_help
        return option

    def format_options(self: Any, ctx: Any, formatter: Any) -> None:
        for kind in ("argument", "option"):
            if rows := [taken.get_help_record(ctx) for taken in self.taken(ctx, kind)]:
                with formatter.section(say(f"{kind}s", ctx.obj)):
                    formatter.write_dl(rows)


def _print_help(ctx: Any, _: Any, value: bool) -> None:  # noqa: FBT001 - the form that Typer calls
    # Typer's own way out would print UTF-8 on a stream that can't carry it.
    if value and not ctx.resilient_parsing:
        print(ctx.get_help())
        raise typer.Exit


class _Command(_Spoken, TyperCommand):
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        typed = [arg.partition("=")[0] for arg in args]
        for filter in query.FILTERS:
            if typed.count(f"--{filter}") > 1:  # Typer would pass over the first without a word
                raise RequestError("given-once", option=f"--{filter}")
        rest: list[str] = super().parse_args(ctx, args)
        if ctx.resilient_parsing:
            return rest
        if rest:
            raise RequestError("extra-argument", value=" ".join(rest))
        if (needs := options.COMMANDS[str(self.name)].needs) and not ctx.params[needs]:
            argument = word(options.OPTIONS[needs]["argument"], ctx.obj)
            raise RequestError("missing-argument", value=argument)
        return rest


class _Program(_Spoken, TyperGroup):
    metavar = "COMMAND [ARGS]..."

    def list_commands(self, ctx: Any) -> list[str]:
        french = (name.fr for name in options.SHOWN.values() if ctx.obj == "fr")
        return [*dict.fromkeys((*options.COMMANDS, *french))]

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        items = super().shell_complete(ctx, incomplete)
        # Where nothing is typed, a French name would only say again what the true one says.
        return items if incomplete else items[: len(options.COMMANDS)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        help = options.HELP[options.NAMES[fold(cmd_name)]][ctx.obj]
        return _Command(cmd_name, help=help, rich_markup_mode=None)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        typed, *rest = args
        if name := options.NAMES.get(fold(typed)):
            # What stands before the command holds for it too, and outweighs the environment.
            common = {option: ctx.params[option] for option in options.COMMON}
            ctx.default_map = {name: options.environment() | common}
            return name, build(name, ctx.obj), rest
        told = {name: options.SHOWN[command] for name, command in options.NAMES.items()}
        hint = nearest(typed, told, told)
        raise UnknownError("no-such", what=message("a-command"), value=typed, hint=hint)

    def invoke(self, ctx: Any) -> Any:
        code = super().invoke(ctx)
        if ctx.invoked_subcommand is None:
            from essfacts.cli.listing import glance

            glance(options.read(ctx.params))
        return code

    def format_options(self, ctx: Any, formatter: Any) -> None:
        super().format_options(ctx, formatter)
        for group in dict.fromkeys(command.group for command in options.COMMANDS.values()):
            names = (name for name, command in options.COMMANDS.items() if command.group == group)
            with formatter.section(say(group, ctx.obj)):
                formatter.write_dl([(name, options.HELP[name][ctx.obj]) for name in names])


def usage_error(error: Any) -> Message:
    """Say what Typer found wrong in a request, from the class of its error and what it holds."""
    if hasattr(error, "possibilities"):
        taken = error.ctx.command.taken(error.ctx, "option")
        hint = nearest(error.option_name, [max(option.opts, key=len) for option in taken])
        what = message("a-option")
        said = message("no-such", what=what, value=error.option_name, hint=hint)
    elif hasattr(error, "option_name"):
        row = options.OPTIONS.get(error.option_name.lstrip("-").replace("-", "_"), {})
        key = "needs-a-value" if "metavar" in row else "takes-no-value"
        said = message(key, value=error.option_name)
    else:
        said = message("text", text=error.format_message())
    command = error.ctx.command_path if error.ctx else "essfacts"
    return message("try-help", text=said, command=command)
