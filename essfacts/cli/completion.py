"""What a completing shell is offered for the values of options and arguments."""

# Annotations stay objects here: Typer reads them.

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import typer

from essfacts.errors import EssfactsError

Offer = tuple[str, str]

# The tables that hold what completes a value; the rest needs no dataset.
_TABLES = {
    "organisations": ("organisations",),
    "topics": ("topics",),
    "sections": (),
    "sources": ("sources",),
    "units": ("units",),
    "ids": None,
}


def of(values: str) -> Callable[[typer.Context, str], list[Offer]]:
    """Make what completes a value: every offer, of which Typer keeps those that go on from it."""

    def complete(ctx: typer.Context, incomplete: str) -> list[Offer]:  # noqa: ARG001 - see above
        try:
            return list(_offers(values, ctx))
        except EssfactsError:
            # A shell in the middle of a line is no place for a message.
            return []

    return complete


def _offers(values: str, ctx: typer.Context) -> Iterable[Offer]:
    from essfacts.cli.lists import language_of

    language = language_of(ctx.params.get("lang"))
    if values in _TABLES:
        return _from_dataset(values, ctx, language)
    if values == "formats":
        from essfacts.render import FORMATS

        return [(name, getattr(format, language)) for name, format in FORMATS.items()]
    if values == "styles":
        from essfacts.cite import STYLES

        return [(name, getattr(style, language)) for name, style in STYLES.items()]
    if values == "languages":
        return [("fr", "français"), ("en", "English")]
    from essfacts.export import FIELDS

    return [(field.name, "") for field in FIELDS.get(str(ctx.info_name), FIELDS["claims"])]


def _from_dataset(values: str, ctx: typer.Context, language: str) -> Iterator[Offer]:
    from essfacts.cli.lists import folder_of
    from essfacts.dataset import TABLES, load

    folder = folder_of(ctx.params.get("data"))
    tables = _TABLES[values]
    dataset = load(folder, TABLES if tables is None else tables)
    if values == "ids":
        records: Iterable[Any] = (
            *dataset.claims,
            *dataset.computed,
            *dataset.organisations,
            *dataset.people,
            *dataset.sources,
        )
    else:
        records = dataset.release.sections if values == "sections" else getattr(dataset, values)
    for record in records:
        yield record.id, _describe(record, language)


def _describe(record: Any, language: str) -> str:
    for field in ("text", "title", "name"):
        value = getattr(record, field, None)
        if value:
            return str(getattr(value, language, value))
    return ""
