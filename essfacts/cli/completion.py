"""What a completing shell is offered for the values of options and arguments."""

# Annotations stay objects here: Typer reads them.

from collections.abc import Callable, Iterable
from typing import Any

import typer

from essfacts.cli.settings import language_of, read
from essfacts.errors import EssfactsError

Offer = tuple[str, str]


def completer(values: str) -> Callable[[typer.Context, str], list[Offer]]:
    """Make what completes a value: every offer, of which Typer keeps those that go on from it."""

    def complete(ctx: typer.Context, incomplete: str) -> list[Offer]:  # noqa: ARG001 - see above
        try:
            return list(_offers(values, ctx))
        except EssfactsError:
            # A shell in the middle of a line is no place for a message.
            return []

    return complete


def _offers(values: str, ctx: typer.Context) -> Iterable[Offer]:
    language = language_of(ctx.params.get("lang"))
    if values == "formats":
        from essfacts.render import FORMATS

        return [(name, getattr(format, language)) for name, format in FORMATS.items()]
    if values == "styles":
        from essfacts.cite import STYLES

        return [(name, getattr(style, language)) for name, style in STYLES.items()]
    if values == "languages":
        return [("fr", "français"), ("en", "English")]
    if values == "schemas":
        from essfacts import schema

        return [(name, "") for name in schema.NAMES]
    if values == "kinds":
        from essfacts.model import KINDS

        return [(kind.name, getattr(kind.title, language)) for kind in KINDS.values()]
    if values == "fields":
        from essfacts.export import FIELDS

        return [(field.name, "") for field in FIELDS.get(str(ctx.info_name), FIELDS["claims"])]
    dataset = read(ctx.params.get("data"))
    ids = ("claims", "computed", "organisations", "people", "sources")
    tables = ids if values == "ids" else [values]
    records = (record for table in tables for record in getattr(dataset, table))
    return [(record.id, _describe(record, language)) for record in records]


def _describe(record: Any, language: str) -> str:
    for field in ("text", "title", "name"):
        value = getattr(record, field, None)
        if value:
            return str(getattr(value, language, value))
    return ""
