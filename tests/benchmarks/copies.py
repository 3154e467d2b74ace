"""Show that copies are read in linear time: four times the size, about four times the time.

Run by hand: python tests/benchmarks/copies.py [FILE ...]
Files given are timed too, each after one reading that loads what it needs.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress

from essfacts.copies import open_copy, read_copy
from essfacts.errors import CopyError

SIZE = 2**20
PIECES = {
    "page.html": [
        "<a ",
        "<p a='",
        '<p a="',
        "<!--",
        "<",
        "</",
        "&",
        "<script>",
        "<sup>",
        "<p>",
        "&amp;",
    ],
    "text.md": ["<a ", '<a b="', "<!--", "<", "&", "<b>", "mot ", "\n", "=C3=A9", "a: b\n", "é"],
    "mail.eml": [
        "Content-Type: multipart/a; boundary=a\n\n--a\n",
        "Content-Type: a; ;;;;\n",
        "--a\n\n",
    ],
}


def seconds(content: bytes, name: str) -> float:
    start = time.perf_counter()
    with suppress(CopyError):
        read_copy(content, name)
    return time.perf_counter() - start


def main() -> None:
    for name, pieces in PIECES.items():
        for piece in pieces:
            once, more = (
                seconds((piece * (size // len(piece))).encode(), name) for size in (SIZE, 4 * SIZE)
            )
            print(f"{name:12}{piece.strip()!r:46}{once:6.2f} s  × {more / once:4.1f}")
    for path in sys.argv[1:]:
        open_copy(path)
        start = time.perf_counter()
        open_copy(path)
        print(f"{path}: {1000 * (time.perf_counter() - start):.0f} ms")


if __name__ == "__main__":
    main()
