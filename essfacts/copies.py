"""Read a copy of the release, and keep where each character stands in the file."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from array import array
from binascii import a2b_qp
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from essfacts import documents
from essfacts.errors import CopyError, reason
from essfacts.language import Message, Whole, message
from essfacts.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import FileIO
    from typing import BinaryIO

MAX_BYTES = 64 * 2**20
_CHUNK = 2**20


class Copy:
    """A copy of the release: its text, and `notes` that its reader should know."""

    def __init__(
        self,
        source: str,
        notes: tuple[Message, ...] = (),
        shown: tuple[str, documents.Pieces] | None = None,
    ) -> None:
        self.text, (self._written, self._places) = shown or (source, ([0], [0]))
        self.notes = notes
        self._line_starts = array("Q", [0])
        self._line_starts.extend(found.end() for found in re.finditer("\n", source))

    def position(self, offset: int) -> tuple[int, int]:
        """Give the line and column, both from 1, that an editor shows for an offset of the text.

        Those of the file for text and HTML, else those of the text that was taken out of it.
        """
        piece = bisect_right(self._written, offset) - 1
        at = self._places[piece] + offset - self._written[piece]
        line = bisect_right(self._line_starts, at)
        return line, at - self._line_starts[line - 1] + 1


# Files, and what is none.

_NO_FILE = {
    stat.S_IFDIR: "a-folder",
    stat.S_IFIFO: "a-pipe",
    stat.S_IFSOCK: "a-socket",
    stat.S_IFCHR: "a-device",
    stat.S_IFBLK: "a-device",
}


def open_copy(path: str, max_bytes: int = MAX_BYTES) -> Copy:
    """Read a file as a copy of the release, or standard input if its name is `-`.

    Raises CopyError, in one line, for what can't be read, is no text or has too many bytes.
    """
    shown = _shown(path)
    try:
        if path != "-":
            # Asked before it is opened: to open a pipe waits, and a device may act.
            mode = os.stat(path).st_mode  # noqa: PTH116 - a path object tidies what was typed
            if wrong := _NO_FILE.get(stat.S_IFMT(mode)):
                raise CopyError("cannot-read", value=shown, reason=message(wrong))
            with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - as above
                content = b"".join(_chunks(stream, max_bytes))
        elif sys.stdin is None:
            raise CopyError("cannot-read", value=shown, reason=message("is-closed"))
        else:
            content = b"".join(_chunks(sys.stdin.buffer, max_bytes))
    except (OSError, ValueError) as error:
        raise CopyError("cannot-read", value=shown, reason=reason(error)) from None
    if len(content) > max_bytes:
        size = message("too-many-bytes", size=max_bytes / 2**20)
        raise CopyError("of-file", name=shown, what=size)
    return read_copy(content, path)


def _chunks(stream: BinaryIO | FileIO, max_bytes: int) -> Iterator[bytes]:
    left = max_bytes + 1
    while left and (chunk := stream.read(min(left, _CHUNK))) != b"":
        if chunk is None:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        left -= len(chunk)
        yield chunk


def _shown(name: str) -> Message | str:
    return message("standard-input") if name == "-" else Whole(printable(name))


# What a file holds.

_REFUSED = {b"\xd0\xcf\x11\xe0": "old-office", b"{\\rtf": "rtf"}


def read_copy(content: bytes, name: str) -> Copy:
    """Read bytes as a copy of the release: text, Markdown, HTML, mail, DOCX, ODT or PDF.

    Raises CopyError, in one line, for what is none of them or shows no text.
    """
    try:
        copy = _read(content, name)
    except CopyError as error:
        raise CopyError("of-file", name=_shown(name), what=error.message) from None
    if not copy.text.strip():
        raise CopyError("of-file", name=_shown(name), what=message("no-text"))
    return copy


def _read(content: bytes, name: str) -> Copy:
    for start, wrong in _REFUSED.items():
        if content.startswith(start):
            raise CopyError(wrong)
    if b"%PDF-" in content[:1024]:
        return Copy(_pdf(content, name))
    if content.startswith(b"PK\x03\x04"):
        return Copy(documents.read_office(content))
    is_page = name.lower().endswith((".html", ".htm", ".xhtml"))
    if documents.is_mail(content):
        content, is_page = documents.read_mail(content)
    elif documents.is_quoted_printable(content):
        content = a2b_qp(content)
    try:
        source, remarks = _decode(content)
    except UnicodeDecodeError:
        raise CopyError("no-encoding") from None
    if not source.strip():
        raise CopyError("no-content")
    notes = tuple(message("of-file", name=_shown(name), what=remark) for remark in remarks)
    is_page = is_page or documents.is_page(source)
    has_tags = is_page or re.search(r"</?[a-zA-Z][a-zA-Z1-6]*[\s/>]|<!--|&#?\w+;", source)
    return Copy(source, notes, documents.read_html(source, is_page=is_page) if has_tags else None)


def _pdf(content: bytes, name: str) -> str:
    try:
        return documents.read_pdf(content)
    except ImportError:
        import shlex

        command = Whole(f"pdftotext {shlex.quote(name)} - | essfacts verify -")
        raise CopyError("pdf-without-reader", command=command) from None


# Encodings. One that nothing announces is known by what would be rare in another.

_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_SINGLE_BYTE: dict[str, Message | str] = {
    "cp1252": "Windows-1252",
    "iso8859-15": "ISO 8859-15",
    "mac-roman": "Mac Roman",
    "cp850": message("code-page"),
}
_CONTROL = r"[\x00-\x08\x0e-\x1f\x7f-\x9f]"
_INVALID = r"[\udc80-\udcff]+"
_LIKELY = r"[ß-öø-üœ«»’‘“”–—…€°²³¹·•\xa0]|(?<![a-zß-öø-ü])[À-ÖØ-ÜŒŸ]"
_STRAY = "àâçéèêëîïôùûœÀÇÉÈÊËÎÏÔÙÛŒ«»’‘“”–—…°²³¹€\xa0"
_MARK = "\ufeff"  # of byte order


def _decode(content: bytes) -> tuple[str, tuple[Message, ...]]:
    """Decode a text in UTF-8, else as is likeliest, its lines ended as here."""
    start, notes = content[:4096], tuple[Message, ...]()
    text = content.decode("utf-8", "surrogateescape")
    invalid = sum(map(len, re.findall(_INVALID, text)))
    if b"\0" in start:
        # A character of four may be of another script, or a sign.
        text, invalid = content.decode(_likeliest(_WIDE, start, -len(start) // 8)), 0
    elif invalid > len(content) - len(text):
        beyond = islice(re.finditer(rb"(?s).?[\x80-\xff]+", content), 4096)
        encoding = _likeliest(_SINGLE_BYTE, b"\n".join(found[0] for found in beyond), 1)
        text, invalid = content.decode(encoding), 0
        notes = (message("other-encoding", encoding=_SINGLE_BYTE[encoding]),)
    if re.search(_CONTROL if notes else "\0", text):
        raise CopyError("no-encoding")
    text = text.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")
    return _mend(text, invalid) if invalid else (text, notes)


def _likeliest(encodings: Iterable[str], sample: bytes, least: int) -> str:
    """Choose the encoding in which most of what is not ASCII is of a French text."""

    def score(encoding: str) -> tuple[bool, int]:
        text = sample.decode(encoding, "replace")
        rest, likely = re.subn(_LIKELY, "", text.removeprefix(_MARK))
        return text[:1] == _MARK, likely - len(re.findall(r"[^\t-\r -~]", rest))

    best = max(encodings, key=score)
    if score(best) < (False, least):
        raise CopyError("no-encoding")
    return best


def _mend(text: str, invalid: int) -> tuple[str, tuple[Message, ...]]:
    """Read lone bytes that are not UTF-8 as Windows has them, or pass over them, columns kept."""

    def read(found: re.Match[str]) -> str:
        char = bytes([ord(found[0][0]) - 0xDC00]).decode("cp1252", "replace")
        return char if len(found[0]) == 1 and char in _STRAY else "\u2060" * len(found[0])

    first = re.search(_INVALID, text)
    at = first.start() if first else 0
    text = re.sub(_INVALID, read, text)
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    is_out = text[at] == "\u2060"
    how = message("passed-over") if is_out else message("read-as-char", char=text[at])
    place = {"line": str(line), "column": str(column), "how": how}
    key = "odd-byte" if invalid == 1 else "odd-bytes"
    return text, (message(key, number=invalid, **place),)
