"""What holds for every command: the language, and the dataset that is read."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from essfacts.errors import RequestError
from essfacts.language import LANGUAGES, Whole, message
from essfacts.query import choose, whole_number
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essfacts.copies import Copy
    from essfacts.model import Dataset
    from essfacts.verify import Wording


def typed_for(option: str, args: list[str]) -> list[str]:
    """Give what a command line that is not read yet says for an option."""
    joined = f"{option}="
    return [
        fold(value if word == option else word.removeprefix(joined))
        for word, value in pairwise([*args, ""])
        if word == option or word.startswith(joined)
    ]


def guess_language(args: list[str]) -> str:
    """Find in a command line that is not read yet the language to read it in."""
    asked = [language for language in typed_for("--lang", args) if language in LANGUAGES]
    try:
        return asked[0] if asked else language_of(None)
    except RequestError:
        return "en"


def language_of(option: str | None) -> str:
    """Choose the language: the option, else ESSFACTS_LANG, else the system's, else English."""
    asked = option or os.environ.get("ESSFACTS_LANG")
    if asked:
        return choose(asked, "language", LANGUAGES)
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), "") or _system_locale()
    return "fr" if locale.lower().startswith("fr") else "en"


def _system_locale() -> str:
    """Ask the system that tells no variable of it for the language of its screens."""
    if sys.platform == "win32":
        import ctypes

        # The low ten bits tell a language without its country: 12 is French.
        return "fr" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 12 else ""
    if sys.platform == "darwin":
        import plistlib
        from pathlib import Path

        settings = Path("~/Library/Preferences/.GlobalPreferences.plist")
        with suppress(Exception):  # whatever that file holds, English will do
            return str(plistlib.loads(settings.expanduser().read_bytes())["AppleLanguages"][0])
    return ""


def read(data: str | None) -> Dataset:
    """Read the dataset of a folder, else the packaged one."""
    # Completion and --help need the command, and not what reads YAML.
    from essfacts.dataset import MAX_SIZE, load

    size = os.environ.get("ESSFACTS_MAX_SIZE")
    max_size = whole_number(size, "ESSFACTS_MAX_SIZE") if size else MAX_SIZE
    return load(data, max_size)


def open_file(name: str, language: str) -> Copy:
    """Open a copy of the release, or somebody's text, and say what is odd about the file."""
    from essfacts.cli.streams import warn
    from essfacts.copies import open_copy

    copy = open_copy(name)
    for note in copy.notes:
        warn(note, language)
    return copy


def wordings_of(options: Any, dataset: Dataset) -> Mapping[str, Wording]:
    """Give the release's own sentences from the copy that --copy or ESSFACTS_COPY names, by id.

    What stands in no sentence that is intact there has none, and a warning says so.
    """
    if not options.copy:
        return {}
    from essfacts.cli.streams import warn
    from essfacts.dataset import read_fingerprint
    from essfacts.verify import official_wording

    copy = open_file(options.copy, options.lang)
    wordings = official_wording(dataset, read_fingerprint(options.data), copy)
    if count := len(dataset.claims) - len(wordings):
        import shlex

        command = Whole(f"essfacts verify {shlex.quote(options.copy)}")
        warn(message("not-intact", count=count, command=command), options.lang)
    return wordings


def url_of(value: str | None) -> str | None:
    """Take the release's address from the option or the environment; raises RequestError."""
    if value is None:
        return None
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(value)
        is_address = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        is_address = False
    # What no address holds unencoded would end it in a text, or steer what reads the text.
    if not is_address or not value.isprintable() or set(value) & set(' "<>\\^`{|}'):
        name = "ESSFACTS_URL"
        option = name if value == os.environ.get(name) else "--url"
        raise RequestError("an-address", option=option, value=value)
    return value
