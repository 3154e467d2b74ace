"""The JSON contract as YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from essfacts.text import escaped, is_unicode, unsafe

if TYPE_CHECKING:
    from typing import TextIO

    from essfacts.render import Listing


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Sets in double quotation marks, in which there are escapes, what needs them."""


def _represent(dumper: Any, text: str) -> Any:
    style = '"' if unsafe(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _represent)


def render(listing: Listing, stream: TextIO) -> None:
    """Write a sequence, a record at a time."""
    is_empty = True
    for record in listing.records:
        is_empty = False
        text = yaml.dump(
            [listing.data(record)],
            Dumper=_Dumper,
            allow_unicode=is_unicode(stream),
            sort_keys=False,
            width=2**31 - 1,
        )
        stream.write(escaped(text))
    if is_empty:
        stream.write("[]\n")
