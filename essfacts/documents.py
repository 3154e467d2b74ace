"""Read what a document shows: HTML, DOCX and ODT, PDF, mail.

Blocks are parted by blank lines, pages end in a form feed, and footnote marks are raised digits.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from essfacts.errors import CopyError
from essfacts.text import SUPERSCRIPTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Pieces: TypeAlias = "tuple[Sequence[int], Sequence[int]]"
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
    r"""(?:\s+[a-z-]+=(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+))*+\s*(?P<closed>/)?>"""
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


def read_html(source: str, *, is_page: bool) -> tuple[str, Pieces]:
    """Give the text that a page shows, or a text without its tags, and where its pieces stand."""
    from html import unescape

    shown: list[str] = []
    written, places = array("Q", [0]), array("Q")
    depth = dict.fromkeys(("hidden", "sup", "pre"), 0)
    at = 0

    def add(piece: str, place: int) -> None:
        shown.append(piece)
        places.append(place)
        written.append(written[-1] + len(piece))

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
            step = -1 if found["end"] else int(found["closed"] is None)
            depth[counted] = max(depth[counted] + step, 0)
        if tag in _SIGNS:
            add(_SIGNS[tag][bool(found["end"])], found.start())
        elif is_block(tag):
            # What a paragraph leaves raised ends with it.
            depth["sup"] = 0
            if shown and shown[-1] != "\n\n":
                add("\n\n", found.start())
    add_text(source[at:], at)
    places.append(len(source))
    return "".join(shown), (written, places)


# DOCX and ODT: XML in a zip archive.

MEMBER_BYTES = 10 * 2**20
_ARCHIVE_BYTES = 4 * MEMBER_BYTES
_MEMBERS = 4096
_DAMAGE = (RuntimeError, LookupError, EOFError, OSError, ValueError)
# What is read of an archive, in this order.
_PARTS = (
    *("word/styles", "word/header", "word/document", "word/footnotes", "word/endnotes"),
    *("word/footer", "styles", "content"),
)
# Elements by their local names: what they write, paragraphs at their ends too.
_BLOCK = {"p", "h"}
_TEXTS = {"br": "\n", "cr": "\n", "line-break": "\n", "tab": "\t", "s": " "} | {
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_UNSEEN = set("pPr del moveFrom Fallback annotation tracked-changes".split())
_ASIDE = {"note-body", "text-box", "txbxContent", "footnote", "endnote"}
_OFF = {"0", "false", "off"}


class _Open(NamedTuple):
    """An element that is open: where its text goes, and how."""

    out: list[str]
    is_shown: bool = False
    is_raised: bool = False


class _Office:
    """Takes what the elements of DOCX and ODT files show; notes and boxes stand aside."""

    def __init__(self, shown: set[str]) -> None:
        self.shown = shown
        self.body, self.aside, self.nowhere = list[str](), list[str](), list[str]()
        self.open = [_Open(self.body)]
        self.style = self.mark = ""
        self.raised_styles: set[str] = set()
        self.numbers = {"footnote": 0, "endnote": 0}
        self.marks: dict[tuple[str, str | None], str] = {}
        self.cited = 0

    def read(self, xml: bytes) -> None:
        from xml.parsers.expat import ParserCreate

        parser = ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.refuse
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.Parse(xml, True)  # noqa: FBT003 - it takes no names

    def refuse(self, *_: object) -> None:
        # Entities are declared there: they can multiply without end, and read other files.
        raise CopyError("document-type")

    def text(self, text: str) -> None:
        out, is_shown, is_raised = self.open[-1]
        if is_shown:
            text = text.translate(_BLANKS)
            out.append(text.translate(_RAISED) if is_raised else text)

    def end(self, name: str) -> None:
        closed = self.open.pop()
        if name.rpartition(" ")[2] in _BLOCK:
            closed.out.append("\n\n")

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open an element, named by its name space and its local name."""
        space, _, name = name.rpartition(" ")
        given = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        out, is_shown, is_raised = self.open[-1]
        if name.endswith("noteReference"):
            out.append(self.refer(name.removesuffix("Reference"), given))
        elif name == "note-citation":
            self.cited, is_raised = len(out), True
        elif name == "note-body":
            self.mark = "".join(out[self.cited :]) + " "
        elif name in self.numbers:
            self.mark = self.marks.get((name, given.get("id")), "") + " "
        elif name == "span" and given.get("style-name") in self.raised_styles:
            is_raised = True
        elif name in _TEXTS:
            count = given.get("c", "")
            out.append(_TEXTS[name] * (int(count) if re.fullmatch("[0-9]{1,3}", count) else 1))
        # What parts the notes from the text is a note too, to which nothing refers.
        is_parting = name in self.numbers and (name, given.get("id")) not in self.marks
        if name in _UNSEEN or "svg" in space or is_parting:
            out = self.nowhere
        elif name in _ASIDE and out is self.body:
            out = self.aside
        if name in _BLOCK:
            out += ("\n\n", self.mark)
            self.style = self.mark = ""
        self.open.append(_Open(out, is_shown or name in self.shown, is_raised))
        self.format(name, given)

    def refer(self, kind: str, given: Mapping[str, str]) -> str:
        """Number the notes by their order."""
        is_numbered = given.get("customMarkFollows", "0") in _OFF
        self.numbers[kind] = self.numbers.get(kind, 0) + is_numbered
        mark = str(self.numbers[kind]).translate(_RAISED) if is_numbered else ""
        self.marks.setdefault((kind, given.get("id")), mark)
        return mark

    def format(self, name: str, given: Mapping[str, str]) -> None:
        """Raise or hide what the format of a style or of a run does."""
        value = given.get("val", "")
        position = value if name == "vertAlign" else given.get("text-position", "")
        is_raised = bool(re.match(r"super|[1-9]\d*%", position))
        # A run holds its properties, and they hold each of them.
        run = max(len(self.open) - 3, 0)
        if name == "style":
            self.style = given.get("styleId") or given.get("name", "")
            self.raised_styles.discard(self.style)
        elif self.style and is_raised:
            self.raised_styles.add(self.style)
        elif is_raised or (name == "rStyle" and value in self.raised_styles):
            self.open[run] = self.open[run]._replace(is_raised=True)
        elif name == "vanish" and value not in _OFF:
            self.open[run] = self.open[run]._replace(out=self.nowhere)


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
            names = sorted({*archive.namelist()})
            found = (re.compile(rf"{part}\d*\.xml").fullmatch for part in _PARTS)
            parts = [name for is_part in found for name in filter(is_part, names)]
            if not parts:
                raise CopyError("no-office")
            # The elements that show text: runs in DOCX, blocks in ODT.
            office = _Office({"t"} if parts[0].startswith("word/") else _BLOCK)
            for part in parts:
                with archive.open(part) as stream:
                    xml = stream.read(MEMBER_BYTES + 1)
                left -= len(xml)
                if len(xml) > MEMBER_BYTES or left < 0:
                    raise CopyError("unpacks-to-much")
                office.read(xml)
    except (BadZipFile, ExpatError, zlib.error, *_DAMAGE):
        raise CopyError("damaged-office") from None
    return "".join(office.body + office.aside)


# PDF, which holds characters and their places: lines and blocks are made of them.


def read_pdf(content: bytes) -> str:
    """Give the text of a PDF in the order in which it was printed.

    Raises ImportError where pypdfium2 is not installed, CopyError for what it can't read.
    """
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as document:
            pages = [_join([*_lines(page.get_textpage())]) for page in document]
    except pypdfium2.PdfiumError:
        raise CopyError("damaged-pdf") from None
    # Characters beyond the first plane come as two halves.
    halves = "\n\f".join(pages).encode("utf-16-le", "surrogatepass")
    return halves.decode("utf-16-le", "replace").replace("\0", "")


def _lines(page: Any) -> Iterator[tuple[float, str]]:
    """Give the lines of a page: how high each stands, and what it shows."""
    from ctypes import byref, c_double

    from pypdfium2 import raw

    x, y, box = c_double(), c_double(), raw.FS_RECTF()
    line: list[tuple[str, float]] = []
    height, is_broken = 0.0, True
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
            size = box.top - box.bottom
            # A mark that is raised breaks no line.
            if line and 0 < abs(y.value - before) < 0.7 * max(size, height):
                size = max(size, height)
            elif line:
                yield _shown(line, height)
                line = []
            height = size
        # A hyphen at a line's end.
        is_broken = char == "\x02"
        line.append(("-" if is_broken else char, y.value))
    if line:
        yield _shown(line, height)


def _shown(line: list[tuple[str, float]], height: float) -> tuple[float, str]:
    """Give the height at which most characters of a line stand, and the line with marks raised."""
    baseline = Counter(round(y, 1) for _, y in line).most_common(1)[0][0]
    raised = baseline + height / 8
    text = "".join(char.translate(_RAISED) if y > raised else char for char, y in line)
    # The space before a mark is the font's, not the writer's.
    return baseline, re.sub(rf"(?<=\S) +(?=[{SUPERSCRIPTS}])", "", text.strip())


def _join(lines: list[tuple[float, str]]) -> str:
    """Part the lines of a page by more than usual with a blank line, and columns too."""
    steps = Counter(round(above - below) for (above, _), (below, _) in pairwise(lines))
    usual = max(steps, key=lambda step: (step > 0, steps[step], -step), default=0)
    parts = [text for _, text in lines[:1]]
    for (above, _), (below, text) in pairwise(lines):
        parts += ("\n" if 0 < above - below <= 1.25 * usual else "\n\n"), text
    return "".join(parts)


# Mail.

_HEADERS = rb"\s*(?:From [^\n]*\n)?(?:[!-9;-~]++:[^\n]*+\n(?:[ \t]+[^\n]*+\n)*+)++\n"
_MIME = rb"(?im)^(?:mime-version|content-type|content-transfer-encoding):"
# Of a header more characters tell nothing, and the library is slow to look at them.
_HEADER_CHARS = 2**12


def is_mail(content: bytes) -> bool:
    """Tell whether a text begins with the headers of a mail."""
    found = re.match(_HEADERS, content[: 2**16].replace(b"\r\n", b"\n"))
    return bool(found and re.search(_MIME, found[0]))


def read_mail(content: bytes) -> tuple[bytes, bool]:
    """Give what a mail shows, not yet decoded, and whether it is a page rather than its twin."""
    from email import message_from_bytes, policy

    class Bounded(policy.Compat32):
        def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
            name, value = super().header_source_parse(sourcelines)
            return name, value[:_HEADER_CHARS]

    shown: dict[str, list[bytes]] = {"text/html": [], "text/plain": []}
    try:
        for part in message_from_bytes(content.lstrip(), policy=Bounded()).walk():
            if part.get_content_disposition() != "attachment":
                body: Any = part.get_payload(decode=True)
                shown.get(part.get_content_type(), []).append(body)
    except RecursionError:
        raise CopyError("mail-without-text") from None
    for kind, bodies in shown.items():
        if bodies:
            return b"\n\n".join(bodies), kind == "text/html"
    raise CopyError("mail-without-text")


def is_quoted_printable(content: bytes) -> bool:
    """Tell whether a text without headers writes its accents as mail does."""
    return (
        content.isascii()
        and len(re.findall(rb"=[89A-F][0-9A-F]", content[: 2**16])) > 1
        and not re.search(rb"=(?![0-9A-F]{2}|[ \t]{0,9}(?:\r?\n|\Z))", content)
    )
