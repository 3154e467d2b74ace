"""The JSON contract as YAML."""

from typing import Any, TextIO

import yaml

from essfacts.render import Listing
from essfacts.text import escaped, is_unicode, unsafe


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Sets in double quotation marks, in which there are escapes, what needs them."""


def _represent(dumper: Any, text: str) -> Any:
    style = '"' if unsafe(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _represent)


def render(listing: Listing, stream: TextIO) -> None:
    """Write a sequence, a record at a time."""
    settings: dict[str, Any] = {
        "allow_unicode": is_unicode(stream),
        "sort_keys": False,
        "width": 2**31 - 1,
    }
    end = "[]\n"
    for record in listing.records:
        stream.write(escaped(yaml.dump([listing.data(record)], Dumper=_Dumper, **settings)))
        end = ""
    stream.write(end)
