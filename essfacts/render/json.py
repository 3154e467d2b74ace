"""One JSON array of the records, as the contract has them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from essfacts.text import escaped, is_unicode

if TYPE_CHECKING:
    from typing import TextIO

    from essfacts.render import Listing


def render(listing: Listing, stream: TextIO) -> None:
    """Write an array, a record at a time."""
    separator = "[\n  "
    for record in listing.records:
        stream.write(
            separator + dumps(listing.data(record), stream, indent=2).replace("\n", "\n  ")
        )
        separator = ",\n  "
    stream.write("[]\n" if separator.startswith("[") else "\n]\n")


def dumps(value: object, stream: TextIO, indent: int | None = None) -> str:
    r"""Write JSON in UTF-8; `\u` escapes only on a stream that can't carry other characters."""
    is_ascii = not is_unicode(stream)
    return escaped(json.dumps(value, ensure_ascii=is_ascii, indent=indent, allow_nan=False))
