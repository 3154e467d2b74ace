"""One JSON object a line, written as it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essfacts.render.json import dumps

if TYPE_CHECKING:
    from typing import TextIO

    from essfacts.render import Listing


def render(listing: Listing, stream: TextIO) -> None:
    """Write a line a record."""
    stream.writelines(dumps(listing.data(record), stream) + "\n" for record in listing.records)
