"""The commands and the options that they share: a row of commands.json each."""

from __future__ import annotations

import json
import os
from inspect import Parameter, Signature
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from essfacts.cli.completion import offers
from essfacts.cli.settings import language_of
from essfacts.language import lexicon, lowered, say, word
from essfacts.model import KINDS, Text
from essfacts.packaged import content
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Command(NamedTuple):
    """A command: its group in the help, what it takes and needs, the module that runs it."""

    group: str
    takes: tuple[str, ...]
    needs: str = ""
    module: str = "listing"


class Options(SimpleNamespace):
    """What a command line says, an attribute an option; what a command does not take is None."""


def _command(row: Mapping[str, Any]) -> Command:
    takes = (name for taken in row["takes"] for name in _TABLE["sets"].get(taken, [taken]))
    return Command(**{**row, "takes": tuple(takes)})


_TABLE = json.loads(content("commands.json"))
_ROWS = {kind.command: _TABLE["kind"] for kind in KINDS.values()} | _TABLE["commands"]
COMMANDS = {name: _command(row) for name, row in _ROWS.items()}
OPTIONS: Mapping[str, Mapping[str, Any]] = _TABLE["options"]
COMMON = ("lang", "data")
HELP = {
    **lexicon("command help"),
    **{kind.command: {"fr": kind.help.fr, "en": kind.help.en} for kind in KINDS.values()},
}
# A command answers to its French name too, as the screen says it.
_FRENCH = {
    **{kind.command: lowered(kind.title.fr) for kind in KINDS.values()},
    **{name: row["fr"] for name, row in lexicon("command names").items()},
}
SHOWN = {name: Text(fr=_FRENCH.get(name, name), en=name) for name in COMMANDS}
NAMES = {fold(shown.fr): name for name, shown in SHOWN.items()} | {name: name for name in COMMANDS}


# The proper names of formats and styles that the screen, or other programs, call otherwise.
_PROPER = {fold(name): key for key, row in lexicon("values").items() for name in row.values()}


def read(given: Mapping[str, Any]) -> Options:
    """Read what Typer found in a command line."""
    options = Options(**{**dict.fromkeys(OPTIONS), **given})
    options.lang = language_of(options.lang)
    for name in ("data", "copy"):  # an empty one is as good as none
        setattr(options, name, getattr(options, name) or environment().get(name))
    options.format = _PROPER.get(fold(options.format or ""), options.format)
    options.style = _PROPER.get(fold(options.style or ""), options.style)
    return options


def environment() -> dict[str, str]:
    """Give what variables of the environment say for options."""
    named = {name: os.environ.get(row.get("variable", "")) for name, row in OPTIONS.items()}
    return {name: value for name, value in named.items() if value}


def signature(names: Iterable[str], command: str, language: str) -> Signature:
    """Show Typer a parameter for each option, as a command takes it; the program has no name."""
    return Signature([_parameter(name, command, language) for name in names])


def _parameter(name: str, command: str, language: str) -> Parameter:
    row, helps = OPTIONS[name], lexicon("option help")
    help, default = (helps.get(f"{command} {name}") or helps[name])[language], row.get("default")
    if default:
        help = f"{help} {say('default', language, value=default)}"
    settings: dict[str, Any] = {"help": help, "show_default": False}
    if values := row.get("values"):
        settings["autocompletion"] = lambda ctx, incomplete: offers(values, ctx, incomplete)
    metavar = word(row.get("argument") or row.get("metavar", ""), language)
    hint: Any = str | None if metavar else bool
    if "argument" in row:
        hint = list[str] | None if metavar.endswith("...") else hint
        metavar = metavar if name == COMMANDS[command].needs else f"[{metavar}]"
        info = typer.Argument(metavar=metavar, **settings)
    else:
        info = typer.Option(f"--{name.replace('_', '-')}", metavar=metavar or None, **settings)
    annotation = Annotated[hint, info]
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
