"""One JSON object a line, written as it comes."""

from typing import TextIO

from essfacts.render import Listing
from essfacts.render.json import dumps


def render(listing: Listing, stream: TextIO) -> None:
    """Write a line a record."""
    stream.writelines(dumps(listing.data(record), stream) + "\n" for record in listing.records)
