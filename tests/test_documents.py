"""What documents show: Word's, LibreOffice's, printed ones, mail; and hostile ones."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING, TypeAlias

import pytest
from test_copies import blocks, refusal, shown

from essfacts import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
STYLES = (
    "<w:styles><w:style w:styleId='Note'><w:name w:val='superscript'/><w:rPr>"
    "<w:vertAlign w:val='superscript'/></w:rPr></w:style></w:styles>"
)


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return written.getvalue()


def word(text: str) -> str:
    """Declare the prefixes of a part of a DOCX file."""
    return re.sub(
        r"<(\w+:\w+)", rf"<\1 xmlns:w='{WORD}' xmlns:mc='urn:mc' xmlns:x='urn:x'", text, count=1
    )


def docx(body: str, **parts: str) -> bytes:
    parts = {"document": f"<w:document><w:body>{body}</w:body></w:document>", **parts}
    return archive({f"word/{name}.xml": word(part) for name, part in parts.items()})


def odt(body: str, styles: str = "", master: str = "") -> bytes:
    spaces = "".join(
        f" xmlns:{prefix}='{OASIS}:{name}:1.0'"
        for prefix, name in (
            ("office", "office"),
            ("text", "text"),
            ("style", "style"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
            ("table", "table"),
            ("number", "datastyle"),
        )
    )
    content = (
        f"<office:document-content{spaces}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
    header = f"<office:document-styles{spaces}>{master}</office:document-styles>"
    return archive({"mimetype": "x", "content.xml": content, "styles.xml": header})


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


UP = "<w:vertAlign w:val='superscript'/>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<w:p>{run('Un ')}{run('mot &lt;b&gt; &amp;amp;')}</w:p>", ["Un mot <b> &amp;"]),
        (f"<w:p>{run('A')}</w:p><w:p/><w:p>{run('B')}</w:p>", ["A", "B"]),
        (f"<w:p>{run('8 %')}{run('1', UP)}{run(', 10')}</w:p>", ["8 %¹, 10"]),
        (f"<w:p>{run('8 %')}{run('2', '<w:rStyle w:val=`Note`/>')}{run(' 1')}</w:p>", ["8 %² 1"]),
        (f"<w:p>{run('2', '<w:rPrChange><w:rPr>' + UP + '</w:rPr></w:rPrChange>')}</w:p>", ["2"]),
        (f"<w:p>{run('Vu')}{run(' caché', '<w:vanish/>')}{run(' 3')}</w:p>", ["Vu 3"]),
        (f"<w:p>{run('Vu', '<w:vanish w:val=`0`/>')}</w:p>", ["Vu"]),
        (
            "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/>"
            "<w:t>b</w:t><w:br/><w:t>c-</w:t><w:softHyphen/><w:t>d</w:t><w:noBreakHyphen/></w:r>"
            "</w:p>",
            ["a b c-\u00add\u2011"],
        ),
        (
            f"<w:p><w:ins>{run('neuf')}</w:ins><w:del><w:r><w:delText>vieux</w:delText></w:r>"
            f"</w:del><w:moveFrom>{run('parti')}</w:moveFrom><w:r><w:instrText>PAGE</w:instrText>"
            f"</w:r><w:hyperlink>{run(' lien')}</w:hyperlink></w:p>",
            ["neuf lien"],
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:p>{run('A1')}</w:p></w:tc><w:tc><w:p>{run('B1')}</w:p></w:tc>"
            "</w:tr></w:tbl>",
            ["A1", "B1"],
        ),
        (
            f"<w:p>{run('Un ')}<w:r><mc:AlternateContent><mc:Choice><x:a><w:txbxContent><w:p>"
            f"{run('Encadré')}</w:p></w:txbxContent></x:a></mc:Choice><mc:Fallback><w:txbxContent>"
            f"<w:p>{run('Encadré')}</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
            f"{run('mot.')}</w:p>",
            ["Un mot.", "Encadré"],
        ),
    ],
    ids=[
        "runs and entities",
        "paragraphs",
        "raised",
        "raised by its style",
        "raised once",
        "hidden",
        "not hidden",
        "tabs, breaks, hyphens",
        "revisions and fields",
        "table",
        "box amid a sentence",
    ],
)
def test_docx(body: str, expected: list[str]) -> None:
    assert blocks(docx(body.replace("`", "'"), styles=STYLES)) == expected


def test_docx_notes_and_running_heads() -> None:
    def refer(kind: str, id: int, more: str = "") -> str:
        return f"<w:r><w:{kind}Reference w:id='{id}'{more}/></w:r>"

    def note(kind: str, id: int, text: str) -> str:
        return (
            f"<w:{kind} w:id='{id}'><w:p><w:r><w:rPr>{UP}</w:rPr><w:{kind}Ref/></w:r>"
            f"{run(text)}</w:p></w:{kind}>"
        )

    custom = " w:customMarkFollows='1'"
    notes = (note("footnote", 0, "trait"), note("footnote", 3, "Bas"), note("footnote", 2, "Tas"))
    content = docx(
        f"<w:p>{run('8 %')}{refer('footnote', 2)}{run(' et')}{refer('footnote', 3)}{run(' ou')}"
        f"{refer('endnote', 5)}{refer('footnote', 9, custom)}{run('*')}</w:p>",
        header1=f"<w:hdr><w:p>{run('Tête')}</w:p></w:hdr>",
        footer2=f"<w:ftr><w:p>{run('Page 1')}</w:p></w:ftr>",
        footnotes=f"<w:footnotes>{''.join(notes)}</w:footnotes>",
        endnotes=f"<w:endnotes>{note('endnote', 5, 'Fin')}</w:endnotes>",
        comments=f"<w:comments><w:p>{run('Remarque')}</w:p></w:comments>",
    )
    assert blocks(content) == ["Tête", "8 %¹ et² ou¹*", "Page 1", "² Bas", "¹ Tas", "¹ Fin"]


ODT_STYLES = (
    "<style:style style:name='T1'><style:text-properties style:text-position='super 58%'/>"
    "</style:style><style:style style:name='T2'><style:text-properties/></style:style>"
    "<number:date-style><number:text>DATE</number:text></number:date-style>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<text:h>A</text:h><text:p>b<text:span>c</text:span> &amp;amp;</text:p>",
            ["A", "bc &amp;"],
        ),
        (
            "<text:p>8 %<text:span text:style-name='T1'>1</text:span>, <text:span "
            "text:style-name='T2'>10</text:span></text:p>",
            ["8 %¹, 10"],
        ),
        (
            "<text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d<text:s/>e</text:p>",
            ["a b c d e"],
        ),
        (
            "<text:p>a<text:note><text:note-citation>2</text:note-citation><text:note-body>"
            "<text:p>Note</text:p></text:note-body></text:note> b</text:p><text:p>c</text:p>",
            ["a² b", "c", "² Note"],
        ),
        (
            "<text:tracked-changes><text:p>vieux</text:p></text:tracked-changes><text:p>a"
            "<office:annotation><text:p>avis</text:p></office:annotation>b<text:title>T</text:title>"
            "<draw:frame><draw:text-box><text:p>Encadré</text:p></draw:text-box><svg:title>image"
            "</svg:title></draw:frame></text:p>",
            ["abT", "Encadré"],
        ),
        (
            "<table:table><table:table-row><table:table-cell><text:p>A1</text:p></table:table-cell>"
            "<table:table-cell><text:list><text:list-item><text:p>B1</text:p></text:list-item>"
            "</text:list></table:table-cell></table:table-row></table:table>",
            ["A1", "B1"],
        ),
    ],
    ids=["blocks", "raised", "spaces", "note", "unseen", "table and list"],
)
def test_odt(body: str, expected: list[str]) -> None:
    assert blocks(odt(body, ODT_STYLES)) == expected


def test_odt_running_heads_stand_apart() -> None:
    master = (
        "<style:style style:name='T2'><style:text-properties style:text-position='33% 58%'/>"
        "</style:style><style:master-page><style:header><text:p>Tête<text:span "
        "text:style-name='T2'>3</text:span></text:p></style:header></style:master-page>"
    )
    body = "<text:p>a <text:span text:style-name='T2'>4</text:span></text:p>"
    assert blocks(odt(body, ODT_STYLES, master)) == ["Tête³", "a 4"]


# Hostile archives.

BOMB = (
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {chr(b)} '{f'&{chr(b - 1)};' * 10}'>" for b in range(98, 108))
    + "]><x>&k;</x>"
)
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"
DAMAGED = "a.txt is a DOCX or ODT file that is damaged or under a password"
UNPACKS = "a.txt unpacks to more than 10 MB a part, or 40 in all"
DECLARES = "a.txt declares a document type, as no DOCX or ODT file does"
LARGE = b"<a>" + b" " * (documents.MEMBER_BYTES - 7) + b"</a>"
MANY = {f"word/header{number}.xml": LARGE for number in range(4)}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (archive({"word/document.xml": BOMB}), DECLARES),
        (archive({"content.xml": OUTSIDE}), DECLARES),
        (archive({"content.xml": BOMB.encode("utf-16")}), DECLARES),
        (archive({"content.xml": b"\0" * (documents.MEMBER_BYTES + 1)}), UNPACKS),
        (archive({"content.xml": LARGE}), "a.txt shows no text"),
        (archive({"word/document.xml": "<a/>", **MANY}), UNPACKS),
        (archive({"word/document.xml": "<a><b></a>"}), DAMAGED),
        (archive({"word/document.xml": "<?xml version='1.0' encoding='x'?><a/>"}), DAMAGED),
        (archive({"word/document.xml": "<w:a/>"}), DAMAGED),
        (archive({"word/document.xml": "<a>b</a>"}), "a.txt shows no text"),
        (archive({"word/styles.xml": "<a/>"}), "a.txt shows no text"),
        (archive({"xl/workbook.xml": "<a/>"}), "a.txt is an archive, and no DOCX or ODT file"),
        (archive({str(number): "" for number in range(5000)}), "a.txt is an archive of more than"),
        (archive({"word/document.xml": "<a/>"})[:-9], DAMAGED),
    ],
    ids=[
        "entities",
        "external entity",
        "entities in UTF-16",
        "bomb",
        "as large as may be",
        "many bombs",
        "not well formed",
        "unknown encoding",
        "unbound prefix",
        "no text",
        "no document",
        "a workbook",
        "many members",
        "cut",
    ],
)
def test_hostile_archives(content: bytes, message: str) -> None:
    assert refusal(content).startswith(message)


def test_an_encrypted_archive() -> None:
    content = bytearray(archive({"content.xml": "<a/>"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content)) == DAMAGED


@pytest.mark.slow
def test_deep_and_wide_xml_ends() -> None:
    depth = 300_000
    content = archive({"content.xml": "<a>" * depth + "</a>" * depth})
    assert refusal(content) == "a.txt shows no text"
    marks = "<w:vertAlign w:val='superscript'/><w:vanish w:val='1'/>" * 50_000
    assert blocks(docx(f"<w:p><w:r><w:rPr>{marks}</w:rPr></w:r>{run('a')}</w:p>")) == ["a"]


# Mail.

PLAIN = b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
PAGE = b"Content-Type: TEXT/HTML\nContent-Transfer-Encoding: base64\n\n"
HEAD = b"From: Odile <o@union.example>\nSubject: Un\n  sujet\nMIME-Version: 1.0\n"


def multipart(kind: bytes, *parts: bytes, boundary: bytes = b"b") -> bytes:
    head = b'Content-Type: multipart/%s;\n boundary="%s"\n\nen plusieurs parties\n' % (
        kind,
        boundary,
    )
    return (
        head
        + b"".join(b"--%s\n%s\n" % (boundary, part) for part in parts)
        + b"--%s--\nx" % boundary
    )


ENCODED = b64encode("<p>L'été<sup>1</sup></p><p>dure".encode())


@pytest.mark.parametrize(
    ("mail", "expected"),
    [
        (HEAD + PLAIN + b"L'=C3=A9t=C3=A9 du=\nre.\n\n> Oui.", ["L'été dure.", "> Oui."]),
        (HEAD + PAGE + ENCODED, ["L'été¹", "dure"]),
        (HEAD + PAGE + ENCODED[:-2], ["L'été¹", "du"]),
        (HEAD + multipart(b"alternative", PLAIN + b"non", PAGE + ENCODED), ["L'été¹", "dure"]),
        (
            HEAD
            + multipart(
                b"mixed",
                multipart(b"related", PLAIN + b"oui", boundary=b"b1"),
                b"Content-Type: text/html\nContent-Disposition: attachment\n\nnon",
                b"Content-Type: image/png\n\nnon",
                b"\noui",
            ),
            ["oui", "oui"],
        ),
        (HEAD + b"Content-Type: message/rfc822\n\n" + HEAD + b"\noui", ["oui"]),
        (b"From o@union.example Sun\n" + HEAD + b"\noui", ["oui"]),
        (b"Note: 1.\n\nIl dit : oui", ["Note: 1.", "Il dit : oui"]),
    ],
    ids=["plain", "page", "cut", "twins", "nested", "forwarded", "mbox", "no mail"],
)
def test_mail(mail: bytes, expected: list[str]) -> None:
    assert blocks(mail) == expected
    assert blocks(mail.replace(b"\n", b"\r\n")) == expected


@pytest.mark.slow
def test_mail_without_text_and_mail_without_end() -> None:
    assert refusal(HEAD + b"Content-Type: image/png\n\nx") == "a.txt is a mail without text"
    # What is quadratic takes minutes on a header of two megabytes.
    parameters = b"MIME-Version: 1\nContent-Type: multipart/a; boundary=a\n\n--a\n"
    parameters += b"Content-Type: multipart/b" + b";a" * 2**20 + b"\n\nx\n"
    assert refusal(parameters) == "a.txt is a mail without text"
    nested = b"".join(
        b"Content-Type: multipart/a; boundary=%d\n\n--%d\n" % (n, n) for n in range(9999)
    )
    assert refusal(b"MIME-Version: 1\n" + nested + b"\nx") == "a.txt is a mail without text"


# Printed.

Drawn: TypeAlias = "tuple[float, float, float, str]"
"""Where a text begins, from the left and from the bottom of a page; its size; the text."""


def pdf(*pages: list[Drawn]) -> bytes:
    """Write a PDF as small as can be."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        drawn = "\n".join(
            f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET" for x, y, size, text in page
        ).encode("cp1252")
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>" % (5 + 2 * number),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        ]
    body = b"%PDF-1.4\n"
    places = []
    for number, held in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, b"".join(places))
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, len(body))
    )


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (
            [[(9, 300, 12, "Un"), (9, 286, 12, "mot"), (9, 260, 12, "Deux"), (9, 246, 12, "mots")]],
            "Un\nmot\n\nDeux\nmots",
        ),
        ([[(9, 300, 12, "Bas"), (9, 286, 12, "ici"), (200, 390, 12, "Haut")]], "Bas\nici\n\nHaut"),
        ([[(9, 300, 12, "Un")], [(9, 300, 12, "Deux")]], "Un\n\fDeux"),
        ([[(9, 300, 12, "8 %"), (40, 304, 7, "12"), (48, 300, 12, ", dit 3")]], "8 %¹², dit 3"),
        ([[(9, 304, 7, "1"), (13, 300, 12, " Carnet 2030")]], "¹ Carnet 2030"),
        ([[(9, 300, 12, "H"), (18, 297, 7, "2"), (22, 300, 12, "O")]], "H2O"),
    ],
    ids=["blocks", "columns", "pages", "mark apart", "note", "lowered"],
)
def test_pdf(pages: list[list[Drawn]], expected: str) -> None:
    pytest.importorskip("pypdfium2")
    assert shown(pdf(*pages)) == expected


def test_a_scanned_pdf() -> None:
    pytest.importorskip("pypdfium2")
    assert refusal(pdf([])) == "a.txt shows no text"


GAZETTE = """La Fédération des cyclistes

La fédération des cyclistes de la vallée d'Ormelle annonce le 4 mai 2031 que 18 % des habitants
roulent chaque jour¹, mais que les bourgs ne leur réservent que 2,5 %² de la voirie. Sur les 1 248
vélos réparés, les trois quarts roulent encore et près d'un bourg sur cinq veut son atelier.

Ce que demandent les clubs

Les clubs voudraient des garages devant les écoles, des pompes près des lavoirs et, sur les routes
de la vallée, des bandes assez larges pour que deux enfants y roulent de front sans inquiétude.

Les communes, elles, promettent une signalisation renouvelée, des ralentisseurs devant les
boulangeries et un entretien hivernal des pistes, que les services techniques jugent raisonnable.

¹ Carnet de la vallée, mars 2030

² Relevé des communes, charte de 2027."""
HEADING = "Gazette des pédales"


def needs(program: str) -> str:
    found = shutil.which(program)
    if not found:
        pytest.skip(f"{program} is not installed")
    pytest.importorskip("pypdfium2")
    return found


def raise_marks(text: str, opening: str, closing: str) -> str:
    # Long words may part at a line's end.
    text = re.sub(r"(?<=\w{4})(?=\w{5})", "\u00ad", text)
    return re.sub("[¹²]", lambda mark: f"{opening}{'¹²'.index(mark[0]) + 1}{closing}", escape(text))


def print_by_chromium(folder: Path, columns: int) -> bytes:
    program = needs("chromium")
    paragraphs = (f"<p>{part}" for part in raise_marks(GAZETTE, "<sup>", "</sup>").split("\n\n"))
    page = folder / "gazette.html"
    page.write_text(
        f"<!doctype html><html lang=fr><meta charset=utf-8><title>{HEADING}</title><style>@page "
        f"{{size: A5}} body {{text-align: justify; hyphens: auto; columns: {columns}}}</style>"
        + "".join(paragraphs),
        encoding="utf-8",
    )
    printed = folder / "gazette.pdf"
    flags = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile")
    command = [program, *flags, f"--print-to-pdf={printed}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return printed.read_bytes()


def print_by_libreoffice(folder: Path, columns: int) -> bytes:
    program = needs("soffice")
    paragraphs = raise_marks(GAZETTE, "<text:span text:style-name='U'>", "</text:span>")
    names = "office text style".split()
    spaces = " ".join(f"xmlns:{name}='{OASIS}:{name}:1.0'" for name in names)
    source = folder / "gazette.fodt"
    document = (
        f"<?xml version='1.0'?><office:document {spaces} "
        f"xmlns:fo='{OASIS}:xsl-fo-compatible:1.0' office:version='1.3' "
        "office:mimetype='application/vnd.oasis.opendocument.text'><office:automatic-styles>"
        "<style:style style:name='J' style:family='paragraph'><style:paragraph-properties "
        "fo:text-align='justify' fo:margin-bottom='0.3cm'/><style:text-properties "
        "fo:hyphenate='true' fo:language='fr' fo:country='FR'/></style:style>"
        "<style:style style:name='U' style:family='text'><style:text-properties "
        "style:text-position='super 58%'/></style:style>"
        "<style:style style:name='S' style:family='section'><style:section-properties "
        "text:dont-balance-text-columns='true'><style:columns "
        f"fo:column-count='{columns}' fo:column-gap='0.8cm'/></style:section-properties>"
        "</style:style><style:page-layout style:name='L'><style:page-layout-properties "
        "fo:page-width='15cm' fo:page-height='13cm' fo:margin='1.5cm'/><style:header-style>"
        "<style:header-footer-properties fo:min-height='0.5cm' fo:margin-bottom='0.5cm'/>"
        "</style:header-style><style:footer-style><style:header-footer-properties "
        "fo:min-height='0.5cm' fo:margin-top='0.5cm'/></style:footer-style></style:page-layout>"
        "</office:automatic-styles><office:master-styles><style:master-page style:name='Standard' "
        f"style:page-layout-name='L'><style:header><text:p>{HEADING}</text:p></style:header>"
        "<style:footer><text:p>Page <text:page-number/></text:p></style:footer>"
        "</style:master-page></office:master-styles><office:body><office:text><text:section "
        "text:style-name='S' text:name='s'>"
        + "".join(
            f"<text:p text:style-name='J'>{part}</text:p>" for part in paragraphs.split("\n\n")
        )
        + "</text:section></office:text></office:body></office:document>"
    )
    # By double quotes LibreOffice knows the format.
    source.write_text(document.replace("'", '"'), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "gazette.pdf").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("printer", [print_by_chromium, print_by_libreoffice])
def test_printed(printer: Callable[[Path, int], bytes], columns: int, tmp_path: Path) -> None:
    content = printer(tmp_path, columns)
    parts = blocks(content, "gazette.pdf")
    furniture = re.compile(rf"{HEADING}|Page \d|.*{HEADING}$|file:.*|\d+/\d+")
    heads = [part for part in parts if furniture.fullmatch(part)]
    # As printed: a page has a head and a foot, and each is a block of its own.
    assert len(heads) >= 2
    told = " ".join(part for part in parts if part not in heads)
    # A hyphen at a line's end may be the printer's or the writer's.
    assert re.sub(r"(?<=\w)[-‐] (?=\w)", "", told) == " ".join(GAZETTE.split())
