"""The records as the contract has them: one JSON array, or an object a line."""

import json
from typing import TextIO

from essfacts.render import Listing
from essfacts.text import escaped, is_unicode


def render(listing: Listing, stream: TextIO) -> None:
    """Write an array, a record at a time."""
    before, end = "[\n  ", "[]\n"
    for record in listing.records:
        text = dumps(listing.data(record), stream, indent=2)
        stream.write(before + text.replace("\n", "\n  "))
        before, end = ",\n  ", "\n]\n"
    stream.write(end)


def ndjson(listing: Listing, stream: TextIO) -> None:
    """Write a line a record, as it comes."""
    stream.writelines(dumps(listing.data(record), stream) + "\n" for record in listing.records)


def dumps(value: object, stream: TextIO, indent: int | None = None) -> str:
    r"""Write JSON in UTF-8; `\u` escapes only on a stream that can't carry other characters."""
    is_ascii = not is_unicode(stream)
    return escaped(json.dumps(value, ensure_ascii=is_ascii, indent=indent, allow_nan=False))
