"""The command that writes the page."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from essfacts.cli.settings import language_of, read, url_of, wordings_of
from essfacts.render.page import render

if TYPE_CHECKING:
    from essfacts.cli.options import Options


def page(options: Options) -> None:
    """Print the page of the dataset."""
    dataset = read(options.data)
    render(
        dataset,
        language_of(options.lang),
        sys.stdout,
        url=url_of(options.url) or dataset.release.url,
        wordings=wordings_of(options.copy, options.data, dataset),
        with_contacts=options.contacts,
    )
