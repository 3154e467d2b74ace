"""The streams of the process: none loses an answer; messages, and what a stream can't carry."""

from __future__ import annotations

import codecs
import errno
import os
import sys
from io import BufferedReader, BufferedWriter, FileIO, RawIOBase, TextIOWrapper
from typing import TYPE_CHECKING, Any

from essfacts.text import ALIKE, is_unicode, printable

if TYPE_CHECKING:
    from essfacts.errors import EssfactsError
    from essfacts.language import Message

# How a pipe answers that nobody reads any more; Windows has its own way.
READ_ENOUGH = frozenset({errno.EPIPE, *([errno.EINVAL] if os.name == "nt" else [])})

_PLAIN = ALIKE | str.maketrans("─≈×÷█", "-~x/#")


class Patient(FileIO):
    """A descriptor that waits where it would block, and to which writing never raises.

    A command then goes on to its verdict, whatever becomes of what it says; the first error is
    kept, and nothing is written after it.
    """

    error: OSError | None = None
    # Those of FileIO don't wait; these read by `readinto`.
    read = RawIOBase.read  # type: ignore[assignment]
    readall = RawIOBase.readall

    def readinto(self, buffer: Any) -> int:
        while (count := super().readinto(buffer)) is None:
            self._wait()
        return count

    def write(self, data: Any) -> int:
        try:
            while self.error is None:
                if (written := super().write(data)) is not None:
                    return written
                self._wait()
        except OSError as error:
            self.error = error
        return len(data)

    def _wait(self) -> None:
        from select import select

        select([self] if self.readable() else [], [self] if self.writable() else [], [])


def prepare() -> None:
    """Let the streams of the process lose no answer, and print any text."""
    codecs.register_error("essfacts", _replace)
    if sys.stdin:
        sys.stdin = _patient(sys.stdin, "rb")
    sys.stdout, sys.stderr = _patient(sys.stdout, "wb"), _patient(sys.stderr, "wb")


def _patient(stream: Any, mode: str) -> Any:
    """Open a stream anew as one that waits, and prints what it can't carry in its nearest form.

    A console or a test's own stays.
    """
    # CSV ends its lines itself, and Windows would add to them.
    settings: dict[str, Any] = {"encoding": "utf-8", "newline": ""}
    if stream is None:
        # Open for reading alone, it fails when it is written to, as a closed stream does.
        raw = Patient(os.open(os.devnull, os.O_RDONLY), mode)
    else:
        buffer = getattr(stream, "buffer", None)
        if type(getattr(buffer, "raw", buffer)) is not FileIO:
            return stream
        raw = Patient(stream.fileno(), mode, closefd=False)
        is_poor = mode == "wb" and not is_unicode(stream)
        settings["encoding"] = stream.encoding
        settings["errors"] = "essfacts" if is_poor else stream.errors
        settings["line_buffering"] = stream.line_buffering or stream.write_through
    return TextIOWrapper(BufferedReader(raw) if mode == "rb" else BufferedWriter(raw), **settings)


def finish() -> OSError | None:
    """Write out what is left, and give what kept standard output from being written."""
    sys.stdout.flush()
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return getattr(raw, "error", None)


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return plain(error.object[error.start : error.end]), error.end


def plain(text: str) -> str:
    """Write text in ASCII: without accents, `~` for `≈`, `^1` for a footnote mark."""
    import unicodedata

    written = []
    for char in text.translate(_PLAIN):
        parts = unicodedata.normalize("NFKD", char)
        ascii = "".join(part for part in parts if part.isascii())
        is_silent = unicodedata.category(char) in {"Cf", "Mn"}
        mark = "^" if unicodedata.decomposition(char).startswith("<super>") else ""
        written.append(mark + ascii if ascii or is_silent else "?")
    return "".join(written)


def warn(said: Message | EssfactsError, language: str) -> None:
    """Say something on standard error."""
    lines = (printable(line) for line in said.said(language).split("\n"))
    print("essfacts:", "\n".join(lines), file=sys.stderr)


def warn_in_json(said: Message | EssfactsError, language: str, name: str) -> None:
    """Say what went wrong on standard error as a JSON object, for programs."""
    from essfacts.language import filled
    from essfacts.render.json import dumps

    about: Any = getattr(said, "message", said)
    blanks = (about.blanks["text"] if about.key == "try-help" else about).blanks
    near = blanks["hint"].blanks if "hint" in blanks else {"values": blanks.get("values", ())}
    values = near.get("values", [*near.values()])
    error = {
        "error": name,
        "message": said.said(language),
        "value": blanks.get("value"),
        "suggestions": [filled(value, language) for value in values],
    }
    print(dumps(error, sys.stderr), file=sys.stderr)
