"""The command that writes the page."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from essfacts.cite import cite, passage_link
from essfacts.cli.settings import language_of, read, url_of, wordings_of
from essfacts.query import FILTERS
from essfacts.render.page import Extras, render

if TYPE_CHECKING:
    from essfacts.cli.options import Options


def page(options: Options) -> None:
    """Print the page of the dataset, with how to cite each claim and whom it names."""
    dataset, language = read(options.data), language_of(options.lang)
    url = url_of(options.url) or dataset.release.url
    wordings = wordings_of(options.copy, options.data, dataset)
    names = {one.id: FILTERS["org"](one.id, dataset) for one in dataset.organisations}
    extras = Extras(
        release=cite(dataset, [dataset.release], "sentence", language, url=url).strip(),
        citations={
            claim.id: cite(dataset, [claim], "sentence", language, url=url).strip()
            for claim in dataset.claims
        },
        organisations={
            claim.id: [id for id, is_named in names.items() if is_named(claim)]
            for claim in dataset.claims
        },
        links={claim.id: passage_link(url, claim.excerpt) for claim in dataset.claims}
        if url
        else {},
        wordings=wordings,
        with_contacts=options.contacts,
    )
    render(dataset, language, extras, sys.stdout)
