"""What holds for every command: the language, and the dataset that is read."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import TYPE_CHECKING

from essfacts.errors import RequestError
from essfacts.language import LANGUAGES
from essfacts.query import choose
from essfacts.text import fold

if TYPE_CHECKING:
    from essfacts.model import Dataset


def guess_language(args: list[str]) -> str:
    """Find in a command line that is not read yet the language to read it in."""
    for option, value in pairwise([*args, ""]):
        asked = value if option == "--lang" else option.removeprefix("--lang=")
        if asked != option and fold(asked) in LANGUAGES:
            return fold(asked)
    try:
        return language_of(None)
    except RequestError:
        return "en"


def language_of(option: str | None) -> str:
    """Choose the language: the option, else ESSFACTS_LANG, else the locale, else English."""
    asked = option or os.environ.get("ESSFACTS_LANG")
    if asked:
        return choose(asked, "language", LANGUAGES)
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), "")
    return "fr" if locale.lower().startswith("fr") else "en"


def folder_of(option: str | None) -> str | None:
    """Choose the folder of the dataset: the option, else ESSFACTS_DATA, else the packaged one."""
    return option or os.environ.get("ESSFACTS_DATA")


def read(data: str | None) -> Dataset:
    """Read the dataset that an option, the environment or nothing names."""
    # Completion and --help need the command, and not what reads YAML.
    from essfacts.dataset import load

    return load(folder_of(data))
