"""Typer's commands, help and errors, in the language of who reads them.

Typer carries a Click that speaks English alone: help is laid out here, and what is wrong with a
request is said from the class of Typer's error and what it holds.
"""

from __future__ import annotations

from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup

from essfacts.cli.options import Options
from essfacts.errors import RequestError, UnknownError, nearest
from essfacts.language import Message, lexicon, message, say, word
from essfacts.text import fold


class _Spoken:
    """What a command and a group of commands have in common."""

    language: ClassVar[str]

    def collect_usage_pieces(self: Any, ctx: Any) -> list[str]:
        arguments = [p.metavar for p in self.get_params(ctx) if p.param_type_name == "argument"]
        return ["[OPTIONS]", *arguments]

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=say("usage", self.language))

    def get_help_option(self: Any, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option:
            option.callback = _print_help
        return option

    def format_options(self: Any, ctx: Any, formatter: Any) -> None:
        records: dict[str, list[Any]] = {"argument": [], "option": []}
        for parameter in self.get_params(ctx):
            if parameter.name == "help":
                parameter.help = lexicon("option help")["help"][self.language]
            records[parameter.param_type_name].append(parameter.get_help_record(ctx))
        for kind, rows in records.items():
            if rows:
                with formatter.section(say(f"{kind}s", self.language)):
                    formatter.write_dl(rows)


def _print_help(ctx: Any, _: Any, value: bool) -> None:  # noqa: FBT001 - the form that Typer calls
    # Typer's own way out would print UTF-8 on a stream that can't carry it.
    if value and not ctx.resilient_parsing:
        print(ctx.get_help())
        raise typer.Exit


class Command(_Spoken, TyperCommand):
    """A command that speaks."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        rest: list[str] = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise RequestError("extra-argument", value=" ".join(rest))
        return rest


class Group(_Spoken, TyperGroup):
    """A group of commands that speaks; `names` are other names that it knows them by."""

    names: ClassVar[dict[str, str]]

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [*super().collect_usage_pieces(ctx), word("COMMAND [ARGS]...", self.language)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return super().get_command(ctx, self.names.get(fold(cmd_name), cmd_name))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        command = self.get_command(ctx, args[0])
        if command:
            return super().resolve_command(ctx, [command.name, *args[1:]])
        hint = nearest(args[0], self.names)
        if hint.key != "did-you-mean":
            hint = nearest(args[0], self.commands)
        raise UnknownError("no-such", what=message("a-command"), value=args[0], hint=hint)


def usage_error(error: Any) -> Message:
    """Say what Typer found wrong in a request, from the class of its error and what it holds."""
    if hasattr(error, "possibilities"):
        parameters = error.ctx.command.get_params(error.ctx)
        options = [option for parameter in parameters for option in parameter.opts]
        said = message(
            "no-such",
            what=message("a-option"),
            value=error.option_name,
            hint=nearest(error.option_name, options),
        )
    elif hasattr(error, "option_name"):
        default = Options._field_defaults.get(error.option_name.lstrip("-"))
        key = "takes-no-value" if default is False else "needs-a-value"
        said = message(key, value=error.option_name)
    else:
        said = message("text", text=error.format_message())
    command = error.ctx.command_path if error.ctx else "essfacts"
    return message("try-help", text=said, command=command)
