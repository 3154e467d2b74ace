"""The JSON contract as YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from typing import TextIO

    from essfacts.render import Listing


def render(listing: Listing, stream: TextIO) -> None:
    """Write a sequence, a record at a time."""
    is_empty = True
    dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    is_unicode = (stream.encoding or "utf-8").lower().startswith("utf")
    for record in listing.records:
        is_empty = False
        text = yaml.dump(
            [listing.data(record)],
            Dumper=dumper,
            allow_unicode=is_unicode,
            sort_keys=False,
            width=2**31 - 1,
        )
        stream.write(text)
    if is_empty:
        stream.write("[]\n")
