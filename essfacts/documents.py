"""Read what a document shows: HTML, DOCX and ODT, PDF, mail.

Blocks are parted by blank lines, pages end in a form feed, and footnote marks are raised digits.
"""

from __future__ import annotations

import re
from array import array
from binascii import a2b_base64, a2b_qp
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from essfacts.errors import CopyError
from essfacts.text import SUPERSCRIPTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Pieces: TypeAlias = "tuple[array[int], array[int]]"
"""Where each piece of a shown text begins, and where what it stands for begins in the source."""
_RAISED = str.maketrans("0123456789", SUPERSCRIPTS)
_BLANKS = str.maketrans("\t\n\r\f", "    ")


# HTML, and the tags and entities of Markdown.

_BLOCKS = (
    "address article aside blockquote body button caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h[1-6] head header hgroup hr html iframe input legend "
    "li link listing main menu meta nav ol optgroup option p plaintext pre search section select "
    "summary table tbody td textarea tfoot th thead tr ul"
)
_INLINE = (
    "a abbr b bdo big br cite code del dfn em font i img ins kbd mark q s samp small span strike "
    "strong sub sup tt u var wbr"
)
_SIGNS = {"br": "\n\n", "q": "«»"}
_HIDDEN = set("audio canvas datalist object template video".split())
# Each pattern ends, at the latest, where the source does: none is tried twice on one stretch.
_ATTRIBUTES = r"""(?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+))*+"""
_TOKENS = (
    r"(?s)<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<(?P<raw>script|style|title|noscript|noembed|noframes|iframe)(?=[\s/>]){_ATTRIBUTES}"
    r"(?:(?<=/)>|.*?(?:</(?P=raw)(?=[\s/>])[^>]*+(?:>|\Z)|\Z))"
    rf"|<(?P<end>/?)(?P<tag>[a-z][^\s/>]*+){_ATTRIBUTES}(?:(?P<closed>(?<=/))?>|\Z)"
    r"|<[!?/](?!\s)[^>]*+(?:>|\Z)"
    r"|&(?:\#(?:0{0,99}[0-9]{1,7}|x0{0,99}[0-9a-f]{1,6})|[a-z][a-z0-9]{1,31});?"
)
# Of a text, only what is surely meant as a tag is one: `<https://…>` and `a < b` stay.
_TAGS_IN_TEXT = (
    rf"<!--[^<>]*-->|<(?P<end>/?)(?P<tag>{'|'.join(f'{_BLOCKS} {_INLINE}'.split())})"
    r"""(?:\s+[a-z-]+="[^"<>]*")*+\s*(?P<closed>/)?>"""
    r"|&(?:\#[0-9]{1,7}|\#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});"
)
_PAGE_START = r"(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*+-->\s*)*+<(?:!doctype\s+html|html)\b"


def is_page(source: str) -> bool:
    """Tell whether a text is a web page, or a part of one: blocks from end to end."""
    source = source.strip()
    is_block = rf"<(?:{'|'.join(_BLOCKS.split())})[\s/>]"
    return source[:1] == "<" and bool(
        re.match(_PAGE_START, source, re.IGNORECASE)
        or (source[-1] == ">" and re.match(is_block, source, re.IGNORECASE))
    )


def has_tags(text: str) -> bool:
    """Tell whether a text may hold a tag or an entity."""
    return bool(re.search(r"</?[a-zA-Z][a-zA-Z1-6]*[\s/>]|<!--|&#?\w+;", text))


def read_html(source: str, *, is_page: bool = True) -> tuple[str, Pieces]:
    """Give the text that a page shows, or a text without its tags, and where its pieces stand."""
    from html import unescape

    shown: list[str] = []
    written, places = array("Q", [0]), array("Q", [0])
    depth = dict.fromkeys(("hidden", "sup", "pre"), 0)
    length = at = 0

    def add(piece: str, place: int) -> None:
        nonlocal length
        shown.append(piece)
        written.append(length)
        places.append(place)
        length += len(piece)

    def add_text(text: str, place: int) -> None:
        if text and not depth["hidden"]:
            text = text.translate(_BLANKS) if is_page and not depth["pre"] else text
            add(text.translate(_RAISED) if depth["sup"] else text, place)

    pattern = re.compile(_TOKENS if is_page else _TAGS_IN_TEXT, re.IGNORECASE)
    is_block = re.compile("|".join(_BLOCKS.split())).fullmatch
    for found in pattern.finditer(source):
        add_text(source[at : found.start()], at)
        at = found.end()
        if found[0][0] == "&":
            add_text(unescape(found[0]), found.start())
        tag = (found["tag"] or "").lower()
        counted = "hidden" if tag in _HIDDEN else tag
        if counted in depth:
            step = -1 if found["end"] else 1 if found["closed"] is None else 0
            depth[counted] = max(depth[counted] + step, 0)
        if tag in _SIGNS:
            add(_SIGNS[tag][bool(found["end"])], found.start())
        elif is_block(tag):
            # What a paragraph leaves raised ends with it.
            depth["sup"] = 0
            if shown and shown[-1] != "\n\n":
                add("\n\n", found.start())
    add_text(source[at:], at)
    return "".join(shown), (written, places)


# DOCX and ODT: XML in a zip archive, of which a page is written.

MEMBER_BYTES = 10 * 2**20
_ARCHIVE_BYTES = 4 * MEMBER_BYTES
_MEMBERS = 4096
_DAMAGE = (RuntimeError, LookupError, EOFError, OSError, ValueError)
# What is read of an archive, in this order, and the elements that show text.
_DOCX = (r"styles\d*", r"header\d*", r"document\d*", r"footnotes\d*", r"endnotes\d*", r"footer\d*")
_KINDS = (
    ([rf"word/{name}\.xml" for name in _DOCX], {"t"}),
    ([r"styles\.xml", r"content\.xml"], {"p", "h"}),
)
# Elements by their local names: the tag of HTML that does as they do, or the text that they write.
_TAGS = {"p": "p", "h": "p", "br": "br", "cr": "br", "line-break": "br", "note-citation": "sup"}
_TEXTS = {"tab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "s": " "}
_UNSEEN = set("pPr del moveFrom Fallback annotation tracked-changes".split())
_ASIDE = {"note-body", "text-box", "txbxContent", "footnote", "endnote"}
_OFF = {"0", "false", "off"}


class _Office:
    """Writes the page that the elements of DOCX and ODT files make."""

    def __init__(self, shown: set[str]) -> None:
        self.shown, self.shows = shown, False
        # Notes stand aside, and boxes, which may be anchored amid a sentence.
        self.body, self.aside, self.nowhere = list[str](), list[str](), list[str]()
        self.out = self.body
        self.open: list[tuple[str, list[str], bool]] = []
        self.style = self.mark = ""
        self.raised_styles: set[str] = set()
        self.numbers = {"footnote": 0, "endnote": 0}
        self.marks: dict[tuple[str, str | None], str] = {}
        self.cited = 0

    def text(self, text: str) -> None:
        if self.shows:
            self.out.append(text.replace("&", "&amp;").replace("<", "&lt;"))

    def end(self, _: str) -> None:
        closing, out, self.shows = self.open.pop()
        self.out.append(closing)
        self.out = out

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open an element, named by its name space and its local name."""
        space, _, name = name.rpartition(" ")
        given = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        tag = _TAGS.get(name, "")
        self.open.append((f"</{tag}>" if tag not in {"", "br"} else "", self.out, self.shows))
        self.shows = self.shows or name in self.shown
        self.lead(name, given, is_unseen=name in _UNSEEN or "svg" in space)
        if tag:
            self.out.append(f"<{tag}>")
        if tag == "p":
            self.out.append(self.mark)
            self.style = self.mark = ""
        elif name in _TEXTS:
            count = given.get("c", "")
            self.out.append(_TEXTS[name] * (int(count) if re.fullmatch("[0-9]{1,3}", count) else 1))
        else:
            self.format(name, given)

    def lead(self, name: str, given: Mapping[str, str], *, is_unseen: bool) -> None:
        """Lead what an element holds to its place, and number the notes by their order."""
        if kind := name.removesuffix("Reference") if name.endswith("noteReference") else "":
            is_numbered = given.get("customMarkFollows", "0") in _OFF
            self.numbers[kind] = self.numbers.get(kind, 0) + is_numbered
            mark = f"<sup>{self.numbers[kind]}</sup>" if is_numbered else ""
            self.marks.setdefault((kind, given.get("id")), mark)
            self.out.append(mark)
        elif name == "note-citation":
            self.cited = len(self.out)
        elif name == "note-body":
            self.mark = "".join(self.out[self.cited : self.cited + 3]) + " "
        elif name in self.numbers:
            # What parts the notes from the text is a note too, to which nothing refers.
            is_unseen = (name, given.get("id")) not in self.marks
            self.mark = self.marks.get((name, given.get("id")), "") + " "
        if is_unseen:
            self.out = self.nowhere
        elif name in _ASIDE and self.out is self.body:
            self.out = self.aside

    def format(self, name: str, given: Mapping[str, str]) -> None:
        """Raise or hide what the format of a style, a span or a run does."""
        value = given.get("val", "")
        position = value if name == "vertAlign" else given.get("text-position", "")
        is_raised = bool(re.match(r"super|[1-9]\d*%", position))
        if name == "style":
            self.style = given.get("styleId") or given.get("name", "")
            self.raised_styles.discard(self.style)
        elif self.style and is_raised:
            self.raised_styles.add(self.style)
        elif name == "span" and given.get("style-name") in self.raised_styles:
            self.wrap("sup", 1)
        elif is_raised or (name == "rStyle" and value in self.raised_styles):
            self.wrap("sup", 3)
        elif name == "vanish" and value not in _OFF:
            self.wrap("template", 3)

    def wrap(self, tag: str, above: int) -> None:
        """Put the rest of an open element in a tag: of the last one, or of one above it."""
        closing, out, shows = self.open[-above:][0]
        if f"</{tag}>" not in closing:
            self.out.append(f"<{tag}>")
            self.open[max(len(self.open) - above, 0)] = f"{closing}</{tag}>", out, shows


def read_office(content: bytes) -> str:
    """Give the text of a DOCX or ODT file; raise CopyError for any other archive."""
    import zlib
    from io import BytesIO
    from xml.parsers.expat import ExpatError
    from zipfile import BadZipFile, ZipFile

    if content.count(b"PK\x01\x02") > _MEMBERS:
        raise CopyError("archive-of-many", most=str(_MEMBERS))
    left = _ARCHIVE_BYTES
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts, office = _parts({*archive.namelist()})
            for part in parts:
                with archive.open(part) as stream:
                    xml = stream.read(MEMBER_BYTES + 1)
                left -= len(xml)
                if len(xml) > MEMBER_BYTES or left < 0:
                    raise CopyError("unpacks-to-much")
                _walk(xml, office)
    except (BadZipFile, ExpatError, zlib.error, *_DAMAGE):
        raise CopyError("damaged-office") from None
    return read_html("".join(office.body + office.aside))[0]


def _parts(names: set[str]) -> tuple[list[str], _Office]:
    """Choose what to read of an archive."""
    for patterns, shown in _KINDS:
        parts = [part for each in patterns for part in sorted(names) if re.fullmatch(each, part)]
        if parts:
            return parts, _Office(shown)
    raise CopyError("no-office")


def _walk(xml: bytes, office: _Office) -> None:
    from xml.parsers.expat import ParserCreate

    def refuse(*_: object) -> None:
        # Entities are declared there: they can multiply without end, and read other files.
        raise CopyError("document-type")

    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = office.start
    parser.EndElementHandler = office.end
    parser.CharacterDataHandler = office.text
    parser.Parse(xml, True)  # noqa: FBT003 - it takes no names


# PDF, which holds characters and their places: lines and blocks are made of them.


class _Line:
    def __init__(self, height: float) -> None:
        self.height = height
        self.chars: list[tuple[str, float]] = []

    @property
    def baseline(self) -> float:
        """Give the height at which most characters stand."""
        return Counter(round(y, 1) for _, y in self.chars).most_common(1)[0][0]

    def text(self) -> str:
        raised = self.baseline + self.height / 8
        shown = (char.translate(_RAISED) if y > raised else char for char, y in self.chars)
        # The space before a mark is the font's, not the writer's.
        return re.sub(rf"(?<=\S) +(?=[{SUPERSCRIPTS}])", "", "".join(shown).strip())


def read_pdf(content: bytes) -> str:
    """Give the text of a PDF in the order in which it was printed.

    Raises ImportError where pypdfium2 is not installed, CopyError for what it can't read.
    """
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as document:
            pages = [_join(_lines(page.get_textpage())) for page in document]
    except pypdfium2.PdfiumError:
        raise CopyError("damaged-pdf") from None
    # Characters beyond the first plane come as two halves.
    halves = "\n\f".join(pages).encode("utf-16-le", "surrogatepass")
    return halves.decode("utf-16-le", "replace").replace("\0", "")


def _lines(page: Any) -> Iterator[_Line]:
    from ctypes import byref, c_double

    from pypdfium2 import raw

    x, y, box = c_double(), c_double(), raw.FS_RECTF()
    line, is_broken = _Line(0), True
    for index in range(raw.FPDFText_CountChars(page)):
        char = chr(raw.FPDFText_GetUnicode(page, index))
        if char in "\r\n":
            is_broken = True
            continue
        before = y.value
        if not raw.FPDFText_IsGenerated(page, index):
            raw.FPDFText_GetCharOrigin(page, index, byref(x), byref(y))
        if is_broken:
            raw.FPDFText_GetLooseCharBox(page, index, byref(box))
            height = max(box.top - box.bottom, line.height)
            # A mark that is raised breaks no line.
            if 0 < abs(y.value - before) < 0.7 * height and line.chars:
                line.height = height
            else:
                if line.chars:
                    yield line
                line = _Line(box.top - box.bottom)
        # A hyphen at a line's end.
        is_broken = char == "\x02"
        line.chars.append(("-" if is_broken else char, y.value))
    if line.chars:
        yield line


def _join(lines: Iterable[_Line]) -> str:
    """Part the lines of a page by more than usual with a blank line, and columns too."""
    placed = [(line.baseline, line.text()) for line in lines]
    steps = Counter(round(above[0] - below[0]) for above, below in pairwise(placed))
    usual = max(steps, key=lambda step: (step > 0, steps[step], -step), default=0)
    parts = [shown for _, shown in placed[:1]]
    for (above, _), (below, shown) in pairwise(placed):
        parts += ("\n" if 0 < above - below <= 1.25 * usual else "\n\n"), shown
    return "".join(parts)


# Mail.

_HEADERS = rb"\s*(?:From [^\n]*\n)?(?:[!-9;-~]++:[^\n]*+\n(?:[ \t]+[^\n]*+\n)*+)++\n"
_MIME = rb"(?im)^(?:mime-version|content-type|content-transfer-encoding):"
_DEPTH = 8


def is_mail(content: bytes) -> bool:
    """Tell whether a text begins with the headers of a mail."""
    found = re.match(_HEADERS, content[: 2**16].replace(b"\r\n", b"\n"))
    return bool(found and re.search(_MIME, found[0]))


def read_mail(content: bytes) -> tuple[bytes, bool]:
    """Give what a mail shows, not yet decoded, and whether it is a page rather than its twin."""
    leaves = list(_leaves(content.lstrip().replace(b"\r\n", b"\n"), _DEPTH))
    pages = [body for kind, body in leaves if kind == b"text/html"]
    shown = pages or [body for kind, body in leaves if kind == b"text/plain"]
    if not shown:
        raise CopyError("mail-without-text")
    return b"\n\n".join(shown), bool(pages)


def is_quoted_printable(content: bytes) -> bool:
    """Tell whether a text without headers writes its accents as mail does."""
    return (
        content.isascii()
        and len(re.findall(rb"=[89A-F][0-9A-F]", content[: 2**16])) > 1
        and not re.search(rb"=(?![0-9A-F]{2}|[ \t]{0,9}(?:\r?\n|\Z))", content)
    )


def _leaves(message: bytes, depth: int) -> Iterator[tuple[bytes, bytes]]:
    """Go through the parts of a mail that hold no others, with their types."""
    head, _, body = (b"\n" + message).partition(b"\n\n")
    head = re.sub(rb"\n[ \t]+", b" ", head)
    fields = dict(re.findall(rb"\n([!-9;-~]+):[ \t]*([^\n]*)", head.lower()))
    kind = fields.get(b"content-type", b"text/plain").partition(b";")[0].strip()
    boundary = re.search(rb'(?i)\ncontent-type:[^\n]*?boundary="?([^"\n;]+)', head)
    if kind.startswith(b"multipart/") and boundary and depth:
        line = rb"\n--" + re.escape(boundary[1].strip())
        parts = re.split(line + rb"--", b"\n" + body, maxsplit=1)[0]
        for part in re.split(line + rb"[ \t]*\n", parts)[1:]:
            yield from _leaves(part, depth - 1)
    elif kind == b"message/rfc822" and depth:
        yield from _leaves(body, depth - 1)
    elif not fields.get(b"content-disposition", b"").startswith(b"attachment"):
        way = fields.get(b"content-transfer-encoding", b"").strip()
        yield kind, _TRANSFERS.get(way, bytes)(body)


def _from_base64(body: bytes) -> bytes:
    """Decode base64, even if it is cut."""
    digits = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
    return a2b_base64(digits[: len(digits) - (len(digits) % 4 == 1)] + b"==")


_TRANSFERS: dict[bytes, Callable[[bytes], bytes]] = {
    b"quoted-printable": a2b_qp,
    b"base64": _from_base64,
}
