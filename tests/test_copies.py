"""Copies in every encoding and format read alike, with the positions that an editor shows."""

from __future__ import annotations

import re

import pytest
from test_verify import MADE_UP, by_id, compare

from essfacts.copies import read_copy
from essfacts.errors import CopyError


@pytest.mark.parametrize(
    "content",
    [
        MADE_UP.encode("utf-8-sig"),
        MADE_UP.encode("utf-16"),
        b"\xfe\xff" + MADE_UP.encode("utf-16-be"),
        MADE_UP.encode("utf-16-le"),
        MADE_UP.encode("utf-16-be"),
        MADE_UP.encode("cp1252"),
        MADE_UP.replace("œ", "oe").replace("–", "-").encode("latin-1"),
    ],
    ids=["utf-8-sig", "utf-16", "utf-16-be-bom", "utf-16-le", "utf-16-be", "cp1252", "latin-1"],
)
def test_encodings(content: bytes) -> None:
    report = compare(content)
    assert report.verified is True
    assert (report.results[0].line, report.results[0].column) == (5, 1)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "a.txt is empty"),
        (b" \r\n", "a.txt is empty"),
        (" \n".encode("utf-16"), "a.txt is empty"),
        (b"%PDF-1.7\n\x00", "a.txt is a PDF: pipe its text: pdftotext a.txt - | essfacts verify -"),
        (b"PK\x03\x04\x14\x00", "a.txt is a zip archive, as .docx and .odt files are: save it as"),
        (b"{\\rtf1 x}", "a.txt is an RTF file: save it as plain text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.txt is not text"),
        (b"\xff\xfe\x00", "a.txt is not text"),
        (b"caf\xe9 \x01", "a.txt is not text"),
        (b"caf\xe9 \x81", "a.txt is not text"),
        (b"<html><script>1</script></html>", "a.txt shows no text"),
    ],
)
def test_not_text(content: bytes, message: str) -> None:
    with pytest.raises(CopyError, match=re.escape(message)) as caught:
        read_copy(content, "a.txt")
    assert "\n" not in str(caught.value)


def test_a_pipe_is_named_as_people_call_it() -> None:
    with pytest.raises(CopyError, match=r"^standard input is empty$"):
        read_copy(b"", "-")


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
    assert report.coverage.uncovered == ()
    lines = page.split("\n")
    for id, start in (
        ("farms", "830 fermes"),
        ("helpers", "pr&egrave;s d'un b"),
        ("mobile", "Ouvrir"),
    ):
        result = by_id(report)[id]
        shown = start.replace("&egrave;", "è").replace(
            " b", " b&eacute;" if id == "helpers" else " b"
        )
        assert result.line
        assert result.column
        assert lines[result.line - 1][result.column - 1 :].startswith(shown)


def test_html_breaks_and_tables() -> None:
    page = "<html><p>Oui.<br>Non<td>Rien<p>10<sup>2</sup> l<i>e</i>s"
    shown = read_copy(page.encode(), "a.htm").text
    assert re.split("(\n+)", shown.strip()) == [
        "Oui.",
        "\n",
        "Non",
        "\n\n",
        "Rien",
        "\n\n",
        "10² les",
    ]


def test_positions() -> None:
    text = "a\r\nb\rc\nd"
    for content in (text.encode("utf-8-sig"), text.encode("utf-16")):
        copy = read_copy(content, "a.txt")
        places = [copy.position(copy.text.index(letter)) for letter in "abcd"]
        assert places == [(1, 1), (2, 1), (3, 1), (4, 1)]
