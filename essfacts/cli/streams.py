"""The two streams of the process: messages, and what a stream can't carry."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

from essfacts.text import printable

if TYPE_CHECKING:
    from essfacts.errors import EssfactsError
    from essfacts.language import Message

_MARKS = str.maketrans(
    dict.fromkeys("«»“”„", '"')
    | dict.fromkeys("‘’‛", "'")
    | dict.fromkeys("‐‑‒–—−─", "-")
    | {"≈": "~", "×": "x", "÷": "/", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "█": "#"}
)


def prepare() -> None:
    """Let both streams print any text: in its nearest plain form where they can't carry it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # CSV ends its lines itself, and Windows would add to them.
            stream.reconfigure(newline="")
            if not stream.encoding.lower().startswith("utf"):
                import codecs

                codecs.register_error("essfacts", _replace)
                stream.reconfigure(errors="essfacts")


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return plain(error.object[error.start : error.end]), error.end


def plain(text: str) -> str:
    """Write text in ASCII: without accents, `~` for `≈`, `^1` for a footnote mark."""
    import unicodedata

    written = []
    for char in text.translate(_MARKS):
        parts = unicodedata.normalize("NFKD", char)
        ascii = "".join(part for part in parts if part.isascii())
        is_silent = unicodedata.category(char) in {"Cf", "Mn"}
        mark = "^" if unicodedata.decomposition(char).startswith("<super>") else ""
        written.append(mark + ascii if ascii or is_silent else "?")
    return "".join(written)


def warn(said: Message | EssfactsError, language: str) -> None:
    """Say something on standard error, where there is one."""
    if sys.stderr:
        lines = (printable(line) for line in said.said(language).split("\n"))
        print("essfacts:", "\n".join(lines), file=sys.stderr)
