"""The options that commands share: a field each, with its type, its default and what it takes."""

# Annotations stay objects here: Typer reads the options out of them.

from collections.abc import Iterable
from inspect import Parameter, Signature
from typing import Annotated, Any, NamedTuple, get_args

import typer

from essfacts.cli.completion import completer
from essfacts.language import lexicon, say, word


class Taken(NamedTuple):
    """What an option or an argument takes: how help calls it, and what completes it."""

    metavar: str | None = None
    values: str | None = None
    is_argument: bool = False
    optional_for: tuple[str, ...] = ()


Text = str | None
Texts = list[str] | None
Flag = Annotated[bool, Taken()]


class Options(NamedTuple):
    """All that the commands take; what a command does not take has its default."""

    words: Annotated[Texts, Taken("WORDS...", is_argument=True)] = None
    ids: Annotated[Texts, Taken("ID...", "ids", is_argument=True, optional_for=("cite",))] = None
    name: Annotated[Text, Taken("NAME", "schemas", is_argument=True, optional_for=("schema",))] = (
        None
    )
    file: Annotated[Text, Taken("FILE", is_argument=True, optional_for=("verify",))] = None
    copy: Annotated[Text, Taken("FILE")] = None
    computed: Flag = False
    chart: Flag = False
    contacts: Flag = False
    width: Annotated[Text, Taken("N")] = None
    title: Annotated[Text, Taken("TEXT")] = None
    kind: Annotated[Text, Taken("KIND", "kinds")] = None
    org: Annotated[Text, Taken("ORG", "organisations")] = None
    topic: Annotated[Text, Taken("TOPIC", "topics")] = None
    section: Annotated[Text, Taken("SECTION", "sections")] = None
    cites: Annotated[Text, Taken("SOURCE", "sources")] = None
    unit: Annotated[Text, Taken("UNIT", "units")] = None
    min: Annotated[Text, Taken("NUMBER")] = None
    max: Annotated[Text, Taken("NUMBER")] = None
    search: Annotated[Text, Taken("TEXT")] = None
    source: Flag = False
    excerpt: Flag = False
    sort: Annotated[Text, Taken("FIELD", "fields")] = None
    limit: Annotated[Text, Taken("N")] = None
    fields: Annotated[Text, Taken("A,B,C", "fields")] = None
    format: Annotated[str, Taken("FORMAT", "formats")] = "table"
    excel: Flag = False
    release: Flag = False
    all: Flag = False
    strict: Flag = False
    written: Annotated[Text, Taken("fr|en", "languages")] = None
    style: Annotated[Text, Taken("STYLE", "styles")] = None
    url: Annotated[Text, Taken("URL")] = None
    accessed: Annotated[Text, Taken("DATE")] = None
    lang: Annotated[str, Taken("fr|en", "languages")] = ""
    data: Annotated[Text, Taken("DIR")] = None
    version: Flag = False
    install_completion: Flag = False
    show_completion: Flag = False


COMMON = ("lang", "data")
FILTERS = ("org", "topic", "section", "cites")
ADDS = ("source", "excerpt", "copy")
DISPLAY = ("sort", "limit", "fields", "format", "excel")


def signature(names: Iterable[str], command: str, language: str) -> Signature:
    """Show Typer a parameter for each option, with the help that it has for a command."""
    return Signature([_parameter(name, command, language) for name in names])


def _parameter(name: str, command: str, language: str) -> Parameter:
    hint, taken = get_args(Options.__annotations__[name])
    default, helps = Options._field_defaults[name], lexicon("option help")
    help = (helps.get(f"{command} {name}") or helps[name])[language]
    if default:
        help = f"{help} {say('default', language, value=default)}"
    metavar = word(taken.metavar, language) if taken.metavar else None
    settings: dict[str, Any] = {
        "help": help,
        "metavar": f"[{metavar}]" if command in taken.optional_for else metavar,
        "autocompletion": completer(taken.values) if taken.values else None,
        "show_default": False,
    }
    if taken.is_argument:
        info = typer.Argument(**settings)
    else:
        info = typer.Option(f"--{name.replace('_', '-')}", **settings)
    return Parameter(
        name, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[hint, info]
    )
