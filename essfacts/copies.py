"""Read a copy of the release, and keep where each character stands in the file."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from essfacts.errors import CopyError
from essfacts.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

NEWLINE = r"(?>\r\n?|\n)"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans("0123456789", SUPERSCRIPTS)


class OffsetMap:
    """Leads the offsets of a rewritten text back to the text that it was written from."""

    def __init__(self) -> None:
        self._written, self._source = array("I", [0]), array("I", [0])

    def extend(self, source: Iterable[str], written: Iterable[str]) -> None:
        """Add parts of the source and what became of each."""
        for ends, parts in ((self._source, source), (self._written, written)):
            ends.extend(accumulate(map(len, parts), initial=ends.pop()))

    def start(self, offset: int) -> int:
        """Give where the character at an offset begins in the source."""
        part = bisect_right(self._written, offset) - 1
        if part == len(self._written) - 1:
            return self._source[part]
        inside = offset - self._written[part]
        return min(self._source[part] + inside, self._source[part + 1] - 1)

    def end(self, offset: int) -> int:
        """Give where the character before an offset ends in the source."""
        if not offset:
            return 0
        part = bisect_right(self._written, offset - 1) - 1
        if offset == self._written[part + 1]:
            return self._source[part + 1]
        return self.start(offset - 1) + 1


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the release: its text, and where each character stands in the file."""

    text: str
    _line_starts: array[int]
    _origin: OffsetMap | None = None

    def position(self, offset: int) -> tuple[int, int]:
        """Give the line and column, both from 1, that an editor shows for an offset of the text."""
        at = self._origin.start(offset) if self._origin else offset
        line = bisect_right(self._line_starts, at)
        return line, at - self._line_starts[line - 1] + 1


_PACKED = {
    b"PK\x03\x04": "a zip archive, as .docx and .odt files are",
    b"\xd0\xcf\x11\xe0": "an Office file",
    b"{\\rtf": "an RTF file",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE
)


def read_copy(content: bytes, name: str) -> Copy:
    """Read a file as a copy of the release; HTML as the text that it shows.

    Raises CopyError, in one line, for what is not text.
    """
    shown = "standard input" if name == "-" else printable(name)
    source = _decode(content, shown, name)
    line_starts = array("I", [0])
    line_starts.extend(found.end() for found in re.finditer(NEWLINE, source))
    if name.lower().endswith((".html", ".htm", ".xhtml")) or _HTML_START.match(source):
        text, origin = _read_html(source)
        if not text.strip():
            message = f"{shown} shows no text"
            raise CopyError(message)
        return Copy(text, line_starts, origin)
    return Copy(source, line_starts)


def _decode(content: bytes, shown: str, name: str) -> str:
    if not content.strip():
        message = f"{shown} is empty"
        raise CopyError(message)
    if b"%PDF-" in content[:1024]:
        command = f"pdftotext {printable(name)} - | essfacts verify -"
        message = f"{shown} is a PDF: pipe its text: {command}"
        raise CopyError(message)
    for start, what in _PACKED.items():
        if content.startswith(start):
            message = f"{shown} is {what}: save it as plain text"
            raise CopyError(message)
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace") if encoding == "utf-8-sig" else "\0"
        if "\ufffd" in text or _CONTROL.search(text):
            text = "\0"
    if "\0" in text:
        message = f"{shown} is not text"
        raise CopyError(message)
    if not text.strip():
        message = f"{shown} is empty"
        raise CopyError(message)
    return text


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # Without a BOM, what gives UTF-16 away is that one byte in two is null, nearly always.
    even, odd = (content[first:4096:2] for first in (0, 1))
    for encoding, low, high in (("utf-16-le", even, odd), ("utf-16-be", odd, even)):
        if b"\0" not in low and high.count(0) * 2 > len(high):
            return encoding
    return "utf-8-sig"


_UNSHOWN = {"noscript", "script", "style", "template", "title"}
_INLINE = set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp "
    "small span strike strong sub sup time tt u var wbr".split()
)


def _read_html(source: str) -> tuple[str, OffsetMap]:  # noqa: C901 - all the parser's handlers
    """Give the text that a page shows, and its map to the page."""
    from html import unescape
    from html.parser import HTMLParser

    line_starts = [0, *(found.end() for found in re.finditer("\n", source))]
    written: list[str] = []
    offsets = OffsetMap()

    class Reader(HTMLParser):
        unshown = raised = preformatted = 0
        at = 0

        def add(self, shown: str, length: int) -> None:
            line, column = self.getpos()
            start = line_starts[line - 1] + column
            parts = ("", shown)
            offsets.extend((source[self.at : start], source[start : start + length]), parts)
            written.append(shown)
            self.at = start + length

        def handle_starttag(self, tag: str, attrs: object) -> None:
            del attrs
            self.count(tag, 1)
            if tag == "br":
                self.add("\n", 0)

        def handle_endtag(self, tag: str) -> None:
            self.count(tag, -1)

        def handle_startendtag(self, tag: str, attrs: object) -> None:
            self.handle_starttag(tag, attrs)
            self.count(tag, -1)

        def count(self, tag: str, step: int) -> None:
            if tag in _UNSHOWN:
                self.unshown = max(self.unshown + step, 0)
            elif tag == "sup":
                self.raised = max(self.raised + step, 0)
            elif tag == "pre":
                self.preformatted = max(self.preformatted + step, 0)
            if tag not in _INLINE and tag != "br":
                self.add("\n\n", 0)

        def handle_data(self, data: str) -> None:
            self.show(data, len(data))

        def handle_entityref(self, name: str) -> None:
            self.show(unescape(f"&{name};"), len(name) + 1)

        def handle_charref(self, name: str) -> None:
            self.show(unescape(f"&#{name};"), len(name) + 2)

        def show(self, shown: str, length: int) -> None:
            if not self.unshown:
                if not self.preformatted:
                    shown = re.sub(r"[\t\r\n\f]", " ", shown)
                self.add(shown.translate(_RAISED) if self.raised else shown, length)

    reader = Reader(convert_charrefs=False)
    reader.feed(source)
    reader.close()
    return "".join(written), offsets
