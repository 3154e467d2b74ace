"""Typer's commands, help and errors, in the language of who reads them.

Typer carries a Click that speaks English alone: help is laid out here, and what is wrong with a
request is said from the class of Typer's error and what it holds. The language is the object of
the context.
"""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from essfacts import query
from essfacts.cli.options import Options
from essfacts.errors import RequestError, nearest
from essfacts.language import Message, lexicon, message, say


class _Spoken:
    """What a command and a group of commands have in common."""

    def taken(self: Any, ctx: Any, kind: str) -> list[Any]:
        """Give the arguments, or the options."""
        return [taken for taken in self.get_params(ctx) if taken.param_type_name == kind]

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        names = [argument.metavar for argument in self.taken(ctx, "argument")]
        pieces = ["[OPTIONS]", *names, getattr(self, "subcommand_metavar", "")]
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


class Command(_Spoken, TyperCommand):
    """A command that speaks."""

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
        for argument in self.taken(ctx, "argument"):
            if not (ctx.params[argument.name] or argument.metavar.startswith("[")):
                raise RequestError("missing-argument", value=argument.metavar)
        return rest


class Group(_Spoken, TyperGroup):
    """A group of commands that speaks."""


def usage_error(error: Any) -> Message:
    """Say what Typer found wrong in a request, from the class of its error and what it holds."""
    if hasattr(error, "possibilities"):
        taken = [t for t in error.ctx.command.params if t.param_type_name == "option"]
        options = [name for option in taken for name in option.opts]
        hint = nearest(error.option_name, [*options, "--help"])
        what = message("a-option")
        said = message("no-such", what=what, value=error.option_name, hint=hint)
    elif hasattr(error, "option_name"):
        default = Options._field_defaults.get(error.option_name.lstrip("-"))
        key = "takes-no-value" if default is False else "needs-a-value"
        said = message(key, value=error.option_name)
    else:
        said = message("text", text=error.format_message())
    command = error.ctx.command_path if error.ctx else "essfacts"
    return message("try-help", text=said, command=command)
