"""Copies in every encoding and format read alike, with the positions that an editor shows."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_verify import MADE_UP, by_id, compare

from essfacts.copies import open_copy, read_copy
from essfacts.errors import CopyError

if TYPE_CHECKING:
    from collections.abc import Callable

ACCENTS = "Où l'été naît : « ça gêne, là-bas ! » L'œuvre coûte 12 €."


def shown(content: bytes | str, name: str = "a.txt") -> str:
    return read_copy(content.encode() if isinstance(content, str) else content, name).text


def blocks(content: bytes | str, name: str = "a.txt") -> list[str]:
    """Give the blocks that a copy shows, each on one line."""
    parts = re.split(r"\n\s*\n|\f", shown(content, name))
    return [" ".join(part.split()) for part in parts if part.strip()]


def refusal(content: bytes, name: str = "a.txt") -> str:
    with pytest.raises(CopyError) as caught:
        read_copy(content, name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# Encodings.


@pytest.mark.parametrize(
    "content",
    [
        MADE_UP.encode("utf-8-sig"),
        MADE_UP.encode("utf-16"),
        b"\xfe\xff" + MADE_UP.encode("utf-16-be"),
        MADE_UP.encode("utf-16-le"),
        MADE_UP.encode("utf-16-be"),
        MADE_UP.encode("utf-32"),
        b"\0\0\xfe\xff" + MADE_UP.encode("utf-32-be"),
        MADE_UP.encode("utf-32-le"),
        MADE_UP.encode("utf-32-be"),
        MADE_UP.encode("cp1252"),
        MADE_UP.replace("œ", "oe").replace("–", "-").encode("latin-1"),
    ],
    ids=(
        "utf-8-sig utf-16 utf-16-be-bom utf-16-le utf-16-be utf-32 utf-32-be-bom utf-32-le "
        "utf-32-be cp1252 latin-1"
    ).split(),
)
def test_encodings(content: bytes) -> None:
    report = compare(content)
    assert report.verified is True
    # « une trentaine de bénévoles », by characters, not by bytes
    share = by_id(report)["volunteers-heard"]
    assert (share.line, share.column) == (5, 156)


@pytest.mark.parametrize("text", ["12 €", "a", "Un été à ▏ et à 🚲, là-bas"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_characters_need_no_mark(text: str, encoding: str) -> None:
    assert shown(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("encoding", "called"),
    [
        ("cp1252", "Windows-1252"),
        ("iso8859-15", "ISO 8859-15"),
        ("mac-roman", "Mac Roman"),
        ("cp858", "DOS code page 850"),
    ],
)
def test_an_encoding_that_nothing_announces_is_recognised_and_named(
    encoding: str, called: str
) -> None:
    text = ACCENTS.replace("€", "euros")
    if encoding == "cp858":
        text = text.replace("œ", "oe")
    copy = read_copy(text.encode(encoding), "a.txt")
    assert copy.text == text
    assert [*map(str, copy.notes)] == [f"a.txt is not UTF-8: read as {called}"]


@pytest.mark.parametrize(
    ("content", "text", "note"),
    [
        (
            "Un été.\r\nUn é".encode() + b"t\xe9.",
            "Un été.\nUn été.",
            "a.txt has 1 byte that is not UTF-8, the first at line 2, column 6: read as é",
        ),
        (
            "À l'été ".encode() + b"\xff, \xe2\x80.",
            "À l'été \u2060, \u2060\u2060.",
            "a.txt has 3 bytes that are not UTF-8, the first at line 1, column 9: passed over",
        ),
    ],
    ids=["an accent of Windows", "no character"],
)
def test_invalid_bytes_are_said_and_read_over(content: bytes, text: str, note: str) -> None:
    copy = read_copy(content, "a.txt")
    assert copy.text == text
    assert [*map(str, copy.notes)] == [note]


def test_quoted_printable_without_headers() -> None:
    assert shown(b"L'=C3=A9t=C3=A9 co=C3=BB=\nte 2=3D2") == "L'été coûte 2=2"
    assert shown(b"x=A0 y=AB z=a") == "x=A0 y=AB z=a"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "a.txt is empty"),
        (b" \r\n", "a.txt is empty"),
        (" \n".encode("utf-16"), "a.txt is empty"),
        (b"PK\x03\x04\x14\x00", "a.txt is a DOCX or ODT file that is damaged or under a password"),
        (b"{\\rtf1 x}", "a.txt is an RTF file: save it as DOCX, ODT or plain text"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "a.txt is an old Office file, or has a password: save it as DOCX without one",
        ),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.txt is not text"),
        (b"\xff\xfe\x00", "a.txt is not text"),
        (b"caf\xe9 \x01", "a.txt is not text"),
        (b"caf\xe9 \x81", "a.txt is not text"),
        (b"<html><script>1</script></html>", "a.txt shows no text"),
        (b"%PDF-1.7\n", "a.txt is a PDF that is damaged or under a password"),
    ],
)
def test_not_text(content: bytes, message: str) -> None:
    if b"%PDF" in content:
        pytest.importorskip("pypdfium2")
    assert refusal(content).startswith(message)


def test_a_pipe_is_named_as_people_call_it() -> None:
    assert refusal(b"", "-") == "standard input is empty"


def test_a_name_steers_no_terminal() -> None:
    assert refusal(b"", "a\x1b[2J.txt") == "a\\x1b[2J.txt is empty"


def test_a_pdf_without_its_reader_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert refusal(b"%PDF-1.7\n", "my copy;x.pdf") == (
        "my copy;x.pdf is a PDF: pip install 'essfacts[pdf]', or pipe its text: "
        "pdftotext 'my copy;x.pdf' - | essfacts verify -"
    )


def test_positions() -> None:
    text = "a\r\nb\rc\nd"
    for content in (text.encode("utf-8-sig"), text.encode("utf-16")):
        copy = read_copy(content, "a.txt")
        places = [copy.position(copy.text.index(letter)) for letter in "abcd"]
        assert places == [(1, 1), (2, 1), (3, 1), (4, 1)]


# Files.


def fifo(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.mkdir()


def socket_(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(path))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (fifo, "it is a pipe: give it as standard input, named -"),
        (folder, "it is a folder"),
        (socket_, "it is a socket"),
        (lambda _: None, "No such file or directory"),
    ],
    ids=["fifo", "folder", "socket", "nothing"],
)
def test_what_is_no_file_is_refused_at_once(
    make: Callable[[Path], None], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform == "win32" and make is not folder:
        pytest.skip("POSIX files")
    monkeypatch.chdir(tmp_path)
    make(Path("x"))
    with pytest.raises(CopyError) as caught:
        open_copy("x")
    assert str(caught.value) == f"can't read x: {reason}"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero")
def test_a_device_is_refused_at_once() -> None:
    with pytest.raises(CopyError, match=r"^can't read /dev/zero: it is a device$"):
        open_copy("/dev/zero")


def test_a_name_that_no_file_can_have() -> None:
    with pytest.raises(CopyError, match=r"^can't read a\\x00b: embedded null byte$"):
        open_copy("a\0b")


def test_a_file_has_a_bound_that_can_be_raised(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 2**21)
    assert len(open_copy(str(path), 2**21).text) == 2**21
    with pytest.raises(CopyError, match=r"a\.txt has more than 2 MB: no more is read$"):
        open_copy(str(path), 2**21 - 1)


OPEN_INPUT = """
from essfacts.copies import open_copy
from essfacts.errors import CopyError
try:
    print(open_copy("-", 2**21).text[:20])
except CopyError as error:
    print(error)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("redirection", "said"),
    [
        ("echo Bonjour |", "Bonjour"),
        ("< /dev/null", "standard input is empty"),
        ("<&-", "can't read standard input: it is closed"),
        ("< /dev/zero", "standard input has more than 2 MB: no more is read"),
        ("yes |", "standard input has more than 2 MB: no more is read"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="redirections of a POSIX shell")
def test_standard_input(redirection: str, said: str) -> None:
    before, after = (redirection, "") if "|" in redirection else ("", redirection)
    command = f'{before} "$PYTHON" -c "$CODE" {after}'
    environment = {**os.environ, "PYTHON": sys.executable, "CODE": OPEN_INPUT}
    ran = subprocess.run(
        ["/bin/sh", "-c", command], env=environment, capture_output=True, text=True, check=False
    )
    assert (ran.stdout.strip(), ran.stderr) == (said, "")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_an_input_that_does_not_wait_is_not_taken_for_its_end() -> None:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.write(writing, b"Bonjour")
    try:
        command = [sys.executable, "-c", OPEN_INPUT]
        ran = subprocess.run(command, stdin=reading, capture_output=True, text=True, check=False)
    finally:
        os.close(reading)
        os.close(writing)
    assert ran.stdout.startswith("can't read standard input: nothing is there yet")
    assert not ran.stderr


# Any bytes.

SEEDS = [b"%PDF-1.7\n", b"PK\x03\x04", b"<p>", b"MIME-Version: 1.0\n\n", b"=C3=A9=", b"\xff\xfe"]


@given(st.sampled_from([b"", *SEEDS]), st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(start: bytes, rest: bytes) -> None:
    try:
        copy = read_copy(start + rest, "a.txt")
    except CopyError as error:
        said = str(error)
    else:
        said = "read"
        copy.text.encode()
        assert min(copy.position(len(copy.text))) >= 1
    assert "\n" not in said


@given(st.text(max_size=200).filter(str.strip), st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_any_text_is_read_as_it_is(text: str, encoding: str) -> None:
    text = text.replace("\0", "").replace("<", "").replace("&", "") + "."
    read = shown(text.encode(encoding))
    assert read == re.sub("\r\n?", "\n", text)


# HTML, and tags in text.


def as_html(release: str) -> str:
    """Write a release as a web page would have it, each paragraph on lines of its own."""
    body = release.replace("&", "&amp;").replace("é", "&eacute;").replace("’", "&#8217;")
    body = (
        body.replace(" %", "&nbsp;%").replace("<https", "&lt;https").replace("route>", "route&gt;")
    )
    body = re.sub("[¹²]", lambda mark: f"<sup>{'¹²'.index(mark[0]) + 1}</sup>", body)
    body = re.sub(r"\[([^\]]+)\]\(#\)", r'<a href="#">\1</a>', body)
    body = re.sub("(?m)^- (.*)$", r"<li>\1</li>", body)
    paragraphs = "\n".join(f"<p>\n  {part}</p>" for part in body.split("\n\n"))
    return (
        "<!DOCTYPE html>\n<html><head><title>14 bourgs, 305 hameaux</title><style>p {}</style>\n"
        "<script>if (1 < 2) '14 bourgs'</script></head>\n<body><!-- 14 bourgs -->\n"
        + paragraphs
        + "</body></html>"
    )


@pytest.mark.parametrize("name", ["page.html", "-"])
def test_html(name: str) -> None:
    page = as_html(MADE_UP).replace("<p>\n  Le 3 mars", "<p>\n  Le <b>3</b>&#32;mars")
    report = compare(page, name=name)
    assert report.verified is True
    assert report.coverage()["uncovered"] == []
    lines = page.split("\n")
    for id, start in (
        ("volunteers-heard", "une trentaine de b&eacute;n&eacute;voles"),
        ("cyclists-share", "18&nbsp;% des cyclistes"),
    ):
        result = by_id(report)[id]
        assert result.line
        assert result.column
        assert lines[result.line - 1][result.column - 1 :].startswith(start)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>Oui.<br>Non<td>Rien<p>10<sup>2</sup> l<i>e</i>s", ["Oui. Non", "Rien", "10² les"]),
        ("<p>Un\n\nmot\n<li>Deux", ["Un mot", "Deux"]),
        ("<div>8 %<sup><a href='#n'>1</a></sup>, 9 %<a><sup>12</sup></a>", ["8 %¹, 9 %¹²"]),
        ("<p>8 %<sup>1<p>En 2031</p></sup>le 4", ["8 %¹", "En 2031", "le 4"]),
        ("<p>10<sup/> en 20", ["10 en 20"]),
        ("<p>Le</sup> 10<sup>2</sup>", ["Le 10²"]),
        ("<p>Il dit <q>oui</q>.", ["Il dit «oui»."]),
        ("<p>vé&shy;lo sa<wbr>voir &eacute;t&#233; &#xE9; &amp;lt; R&D &copy2", None),
        ("<p>a<script>if (a<b) '</p>'</script>b<style>p {}</style>c", ["abc"]),
        ("<p>a<template>x<template>y</template>z</template>b", ["ab"]),
        ("<p>a<noscript><p>x</noscript>b<title>x</title/ >c", ["abc"]),
        ("<p>a<script src='x'/>b", ["ab"]),
        ("<p title='a>b' x=\"'>\">c", ["c"]),
        ("<p x=a'>b' c", ["b' c"]),
        ("<p>a<!-- x > y -->b<!-->c<!--->d<?x?>e</>f", ["abcdef"]),
        ("<p>a < b <3 c<", ["a < b <3 c<"]),
        ("<p>Le <o:p>mot</o:p> <mon-mot>dit</mon-mot>", ["Le mot dit"]),
        ("<p>a<!-- sans fin", ["a"]),
        ("<p>a<b title='sans fin", ["a"]),
        ("<h1>T</h1><table><tr><th>A<th>B<tr><td>1<td>2</table>", ["T", "A", "B", "1", "2"]),
        ("  <!-- x --> <ARTICLE>A", ["A"]),
        ("<?xml version='1.0'?><html><body>A", ["A"]),
    ],
)
def test_html_shows(page: str, expected: list[str] | None) -> None:
    expected = expected or ["vé\u00adlo savoir été é &lt; R&D ©2"]
    assert blocks(page, "page.htm") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<main class=a>Un\n\nmot<p>Deux</main>\n", ["Un mot", "Deux"]),
        (" <!-- x --> <!DOCTYPE HTML>Un\n\nmot", ["Un mot"]),
        ("<?xml version='1.0'?><html lang=fr>Un\n\nmot", ["Un mot"]),
        ('<h1 align="left">Titre</h1>\n\nUn\n\n- mot', ["Titre", "Un", "- mot"]),
        ("<https://rayons.example>\n\nUn <mot>", ["<https://rayons.example>", "Un <mot>"]),
    ],
    ids=["part of a page", "page", "XHTML", "Markdown", "text"],
)
def test_a_page_is_known_without_its_name(text: str, expected: list[str]) -> None:
    assert blocks(text) == expected


def test_html_keeps_the_lines_of_what_is_set_out() -> None:
    assert shown("<div>a\nb<pre>c\nd</pre>e\nf", "a.htm") == "a b\n\nc\nd\n\ne f"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'<u>été</u> <b>dure</b>.", "L'été dure."),
        ('8 %<sup>1</sup><br/>9 %<sup><a href="#n">2</a></sup>', "8 %¹\n9 %²"),
        ("l&#39;été &amp; l&eacute;ger", "l'été & léger"),
        ("<https://rayons.example> a < b, <3 et R&D; <Nom>", None),
        ("a <u presque> b", None),
        ("a &#9999999999; b", None),
    ],
)
def test_tags_in_text(text: str, expected: str | None) -> None:
    assert shown(text) == (expected or text)


def test_positions_in_text_with_tags() -> None:
    copy = read_copy(b"Un\n<b>mot</b> &amp; deux", "a.md")
    places = {word: copy.position(copy.text.index(word)) for word in ("Un", "mot", "&", "deux")}
    assert places == {"Un": (1, 1), "mot": (2, 4), "&": (2, 12), "deux": (2, 18)}


NASTY = (
    *("<a ", "<p a='", '<p a="', "<!--", "<!-- -", "<", "</", "<!", "&", "&#", "&#x", "<script>"),
    *("</script", "<sup>", "<pre>", "<p>", "<q>", "<br>", "= ", "<a b=", "<template>", "&amp;"),
    *("<?xml ?><!-- --", "<title/", "<a\n", '<a b="c" ', "<p><!--", "\r", "\n", "=\n", "=C3=A9"),
    *("Content-Type: a\n", "Content-Type: multipart/a; boundary=a\n\n--a\n", "--a\n", "a:\n\n"),
    *("From \n", "a: b\n ", "Content-Type: a; " + ";" * 99, "\xe9", "\xff "),
)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.html", "a.md"])
@pytest.mark.parametrize("piece", NASTY)
def test_nothing_hangs(piece: str, name: str) -> None:
    """What is quadratic takes hours on a megabyte."""
    content = (piece * (2**20 // len(piece))).encode("latin-1")
    with suppress(CopyError):
        read_copy(content, name)
