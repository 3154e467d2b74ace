"""Retype a release as people and programs do, and print what `verify` takes for altered.

Run by hand: python tests/benchmarks/retypings.py RELEASE [FOLDER]
FOLDER holds the dataset, else the packaged one. Each retyping keeps the words, in their order.
"""

from __future__ import annotations

import html
import re
import sys
import textwrap
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from essfacts import load
from essfacts.copies import Copy, read_copy
from essfacts.sealing import seal
from essfacts.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from essfacts.verify import Report

NOTES = str.maketrans("¹²", "12")
_MARK = re.compile(r"(?<=[\w%])[¹²]")
_FIRST_MARK = re.compile(r"^[¹²] ", re.MULTILINE)


def wrapped(text: str, width: int, indent: str = "", first: str = "") -> str:
    """Break lines at a width."""
    lines = (
        textwrap.fill(
            line,
            width,
            initial_indent=first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in text.split("\n")
    )
    return "\n".join(lines)


def hyphenated(text: str, hyphen: str, every: int = 3) -> str:
    """Part long words at the ends of lines."""
    counts = iter(range(len(text)))

    def part(found: re.Match[str]) -> str:
        return found[0] if next(counts) % every else f"{found[1]}{hyphen}{found[2]}"

    return re.sub(r"(?<= )([a-zéè]{4})([a-zéè]{4,})(?= )", part, text)


def quoted(text: str, mark: str, *, blank: bool = True) -> str:
    """Quote lines as mail does."""
    lines = (mark + line if line or blank else line for line in text.split("\n"))
    return "\n".join(line.rstrip() for line in lines)


def noted(text: str, form: str, first: str) -> str:
    """Write footnote marks otherwise: in the text, and before each note."""
    text = _MARK.sub(lambda mark: form.format(mark[0].translate(NOTES)), text)
    return _FIRST_MARK.sub(lambda mark: first.format(mark[0].strip().translate(NOTES)), text)


def bulleted(text: str, bullet: str) -> str:
    """Give the items of lists another bullet; `#` is their number, `@` their letter."""
    counts = iter(range(1, 100))

    def number(_: re.Match[str]) -> str:
        count = next(counts)
        return bullet.replace("#", str(count)).replace("@", chr(96 + count))

    return re.sub(r"^- ", number, text, flags=re.MULTILINE)


def paged(text: str, foot: str, head: str, lines: int = 30) -> str:
    """Part a text wrapped at 80 into pages, in the midst of sentences too."""
    rows = wrapped(text, 80).split("\n")
    pages = [rows[start : start + lines] for start in range(0, len(rows), lines)]
    return "".join(
        "\n".join(
            [head.replace("#", str(number)), "", *page, "", foot.replace("#", str(number)), "\f"]
        )
        for number, page in enumerate(pages, 1)
    )


def headings(text: str, change: Callable[[str], str]) -> str:
    """Change the lines that stand alone and end no sentence."""
    return re.sub(
        r"(?<=\n\n)(?![-¹²«])[^\n]{5,110}[^\n.,:;](?=\n\n)", lambda found: change(found[0]), text
    )


def as_html(text: str) -> str:
    """Make a page of a text: headings, paragraphs, lists, raised marks."""
    parts = []
    for block in re.split(r"\n{2,}", text.strip()):
        escaped = re.sub(
            r"[¹²]", lambda m: f"<sup>{m[0].translate(NOTES)}</sup>", html.escape(block)
        )
        if block.startswith("- "):
            items = "".join(f"<li>{line[2:]}</li>" for line in escaped.split("\n"))
            parts.append(f"<ul>{items}</ul>")
        elif len(block) < 110 and not block.endswith((".", ":")):
            parts.append(f"<h2>{escaped}</h2>")
        else:
            parts.append(f"<p>{escaped}</p>")
    return "\n".join(parts)


def _page(body: str) -> str:
    return f"<!doctype html><meta charset=utf-8><title>Une page</title><body>{body}</body>"


_NAVIGATION = "<nav><ul><li>Accueil</li><li>Presse</li></ul></nav><p>Nous utilisons des cookies</p>"
_FOOTER = "<footer><p>Mentions légales</p><p>Partager cette page</p></footer>"

RETYPINGS: Mapping[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "twice": lambda text: f"{text}\n\n{text}",
    "a teaser above": lambda text: f"{text.strip()[:260]}…\n\nLire la suite\n\n{text}",
    "wrapped at 25": lambda text: wrapped(text, 25),
    "wrapped at 40": lambda text: wrapped(text, 40),
    "wrapped at 60": lambda text: wrapped(text, 60),
    "wrapped at 72, indented": lambda text: wrapped(text, 72, "   ", "   "),
    "hyphenated": lambda text: hyphenated(text, "-\n"),
    "hyphenated, indented": lambda text: hyphenated(text, "‐\n    "),
    "hyphenated in quoted mail": lambda text: quoted(hyphenated(text, "-\n"), "> "),
    "soft hyphens": lambda text: hyphenated(text, "\u00ad", 1),
    "soft hyphens at line ends": lambda text: hyphenated(text, "\u00ad\n"),
    "its own hyphens at line ends": lambda text: re.sub(r"(?<=[a-zéo])-(?=[a-zO])", "-\n", text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "zero-width spaces": lambda text: re.sub(r"(?<=[a-z]{3})(?=[a-z]{3})", "\u200b", text),
    "no-break spaces": lambda text: re.sub(r" (?=[:;»%?!])|(?<=«) |(?<=\d) ", "\u00a0", text),
    "thin spaces": lambda text: re.sub(r"(?<=\d) (?=\d)| (?=%)", "\u202f", text),
    "no thousands' spaces": lambda text: re.sub(r"(?<=\b\d)\s(?=\d{3}\b)", "", text),
    "double spaces": lambda text: text.replace(". ", ".  "),
    "tabs and trailing spaces": lambda text: re.sub(r"$", " \t", text, flags=re.MULTILINE),
    "curly apostrophes": lambda text: text.replace("'", "’"),
    "straight quotes": lambda text: re.sub(r"«\s?|\s?»", '"', text),
    "English quotes": lambda text: text.replace("« ", "“").replace(" »", "”"),
    "ligatures spelt out": lambda text: text.replace("œ", "oe").replace("Œ", "OE"),
    "printed ligatures": lambda text: text.replace("fi", "ﬁ").replace("ffi", "ﬃ"),
    "other dashes": lambda text: text.replace(" – ", " -- ").replace(" - ", " — "),
    "ellipses": lambda text: text.replace("[...]", "[…]"),
    "Windows lines": lambda text: text.replace("\n", "\r\n"),
    "old Mac lines": lambda text: text.replace("\n", "\r"),
    "single line ends": lambda text: re.sub(r"\n{2,}", "\n", text),
    "blank lines doubled": lambda text: text.replace("\n", "\n\n"),
    "one line": lambda text: " ".join(text.split()),
    "capital headings": lambda text: headings(text, str.upper),
    "capitals": str.upper,
    "capital surnames": lambda text: re.sub(
        r"\b([A-ZÀ-Þ][a-zéè]+) ([A-ZÀ-Þ][a-zéè]+)(?=, | :)",
        lambda found: f"{found[1]} {found[2].upper()}",
        text,
    ),
    "Markdown headings": lambda text: headings(text, "## {}".format),
    "bold headings": lambda text: headings(text, "**{}**".format),
    "Markdown escapes": lambda text: re.sub(r"([.\-\[\]#!])", r"\\\1", text),
    "HTML marks in Markdown": lambda text: headings(text, "<b><u>{}</u></b><br>".format),
    "entities": lambda text: text.replace("'", "&#39;").replace("«", "&laquo;"),
    "links": lambda text: re.sub(r"(?<= )([a-z]{9,})(?= )", r"[\1](https://x.invalid/a_b-c)", text),
    "emphasis": lambda text: re.sub(r"(?<= )([a-z]{7,})(?= )", r"_\1_", text),
    "marks in brackets": lambda text: noted(text, "[{}]", "[{}] "),
    "marks in round brackets": lambda text: noted(text, " ({})", "({}) "),
    "marks glued": lambda text: noted(text, "{}", "{} "),
    "marks as Markdown notes": lambda text: noted(text, "[^{}]", "[^{}]: "),
    "marks raised by tags": lambda text: noted(text, "<sup>{}</sup>", "<sup>{}</sup> "),
    "marks raised by carets": lambda text: noted(text, "^{}^", "{}. "),
    "no marks": lambda text: noted(text, "", ""),
    "notes as links": lambda text: re.sub(
        r"^([¹²] )(.+?) <(http\S+)>$", r"\1[\2](\3)", text, flags=re.MULTILINE
    ),
    "notes without addresses": lambda text: re.sub(r" <https?://\S+>", "", text),
    "bullets": lambda text: bulleted(text, "• "),
    "stars": lambda text: bulleted(text, "  * "),
    "dashes for bullets": lambda text: bulleted(text, "– "),
    "o for bullets": lambda text: bulleted(text, "o "),
    "numbered with brackets": lambda text: bulleted(text, "#) "),
    "numbered with stops": lambda text: bulleted(text, "#. "),
    "lettered": lambda text: bulleted(text, "@) "),
    "quoted mail": lambda text: quoted(text, "> "),
    "quoted mail, thrice": lambda text: quoted(text, "> > > "),
    "quoted mail, blank lines bare": lambda text: quoted(text, "> ", blank=False),
    "quoted mail, folded": lambda text: quoted(wrapped(text, 70), ">> "),
    "mail round it": lambda text: f"Bonjour,\n\nVoici.\n\n{text}\n\n--\nZoé, service presse\n",
    "pages": lambda text: paged(text, "#", ""),
    "pages with heads and feet": lambda text: paged(text, "Page # sur 5", "Service de presse"),
    "a cookie line above": lambda text: "Nous utilisons des cookies\n" + text.lstrip(),
    "a byte order mark": lambda text: "\ufeff" + text,
    "a page": lambda text: _page(as_html(text)),
    "a page with its navigation": lambda text: _page(_NAVIGATION + as_html(text) + _FOOTER),
}


def judge(text: str, sealed: tuple[object, object], name: str = "copy.txt") -> Report:
    """Verify a text by a dataset and its fingerprint."""
    dataset, fingerprint = sealed
    return verify(dataset, fingerprint, read_copy(text.encode(), name))  # type: ignore[arg-type]


def told(report: Report) -> str:
    """Say what a report holds against a copy."""
    parts = [
        f"{passage.status} {passage.line}: {passage.difference}"
        for passage in report.passages
        if passage.status != "intact"
    ]
    parts += [f"added {added.line}: {added.text[:60]}" for added in report.added if added.within]
    return "; ".join(parts[:3])


def read_sealed(path: str, folder: str | None) -> tuple[Copy, tuple[object, object]]:
    """Read a release and a dataset, and take the fingerprint."""
    dataset = load(folder)
    copy = read_copy(Path(path).read_bytes(), "release.txt")
    return copy, (dataset, seal(dataset, copy)[0])


def main() -> None:
    """Print what is taken for altered, and the rate of false alarms."""
    copy, sealed = read_sealed(sys.argv[1], sys.argv[2] if sys.argv[2:] else None)
    wrong = 0
    for name, retype in RETYPINGS.items():
        text = retype(copy.text)
        assert name == "as it is" or text != copy.text, name
        report = judge(text, sealed, "copy.html" if name.startswith("a page") else "copy.txt")
        wrong += not report.verified
        if not report.verified:
            print(f"{name}: {told(report)}")
    print(f"{len(RETYPINGS)} retypings, {wrong} false alarms")


if __name__ == "__main__":
    main()
