"""The command that writes the page."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from essfacts.cite import cite, passage_link
from essfacts.cli.settings import folder_of, language_of, read
from essfacts.dataset import read_fingerprint
from essfacts.query import FILTERS
from essfacts.render.page import Extras, render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essfacts.cli.options import Options


def page(options: Options) -> None:
    """Print the page of the dataset, with how to cite each claim and whom it names."""
    dataset, language = read(options.data), language_of(options.lang)
    url = options.url or dataset.release.url
    wordings: Mapping[str, tuple[str, int]] = {}
    if options.copy is not None:
        from essfacts.cli.verifying import read_file
        from essfacts.verify import official_wording

        fingerprint = read_fingerprint(folder_of(options.data))
        wordings = official_wording(dataset, fingerprint, read_file(options.copy, language))
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
