"""Convert a release with the programs that people have, and print what `verify` takes for altered.

Run by hand: python tests/benchmarks/conversions.py RELEASE [FOLDER]
FOLDER holds the dataset, else the packaged one. Programs that are not there are passed over:
pandoc, soffice, chromium, pdftotext, lynx, w3m, docx2txt, html2text.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from retypings import as_html, judge, read_sealed, told

_STYLES = {
    "plain": "",
    "justified": "body {text-align: justify; font: 13pt serif; hyphens: auto}",
    "narrow": "body {width: 9cm; font: 12pt serif; text-align: justify; hyphens: auto}",
    "capitals": "h2 {text-transform: uppercase} li {list-style: square}",
    "large": "body {font: 20pt sans-serif} sup {font-size: 60%}",
}
_PAGE = (
    "<!doctype html><html lang=fr><meta charset=utf-8><title>{title}</title><style>{style}</style>"
)
_AROUND = (
    "<nav><a href=/>Accueil</a> <a href=/p>Presse</a></nav><p>Nous utilisons des cookies.</p>{}"
    "<footer><p>Mentions légales</p><p>Suivez-nous</p></footer>"
)


class Conversion(NamedTuple):
    """A chain of programs that leads from a page to text: each reads one file, writes the next."""

    name: str
    page: str
    steps: tuple[tuple[str, ...], ...]


_CHROMIUM = (
    *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000"),
    "--print-to-pdf={out.pdf}",
    "{in}",
)
_BARE = (*_CHROMIUM[:-2], "--no-pdf-header-footer", *_CHROMIUM[-2:])
_OFFICE = ("soffice", "--headless", "--convert-to")


def _office(kind: str, filter: str = "") -> tuple[str, ...]:
    return (*_OFFICE, filter or kind, "--outdir", "{folder}", "{in}", "{out." + kind + "}")


def _pandoc(kind: str, *options: str) -> tuple[str, ...]:
    return ("pandoc", "{in}", "-t", kind, "-o", "{out." + kind.partition("-")[0] + "}", *options)


def _pdftotext(*options: str) -> tuple[str, ...]:
    return ("pdftotext", *options, "{in}", "{out.txt}")


_WEB = _office("odt", "odt:writer8")
CONVERSIONS = [
    *(
        Conversion(
            f"chromium {style}, pdftotext {' '.join(options)}",
            style,
            (_CHROMIUM, _pdftotext(*options)),
        )
        for style in ("plain", "justified", "narrow", "capitals", "large", "around")
        for options in ((), ("-layout",))
    ),
    Conversion("chromium bare, pdftotext", "plain", (_BARE, _pdftotext())),
    Conversion("chromium bare, pdftotext -raw", "justified", (_BARE, _pdftotext("-raw"))),
    Conversion(
        "office pdf, pdftotext",
        "plain",
        (_office("pdf", "pdf:writer_web_pdf_Export"), _pdftotext()),
    ),
    Conversion(
        "office pdf, pdftotext -layout",
        "plain",
        (_office("pdf", "pdf:writer_web_pdf_Export"), _pdftotext("-layout")),
    ),
    Conversion(
        "pandoc docx, office pdf, pdftotext",
        "plain",
        (_pandoc("docx"), _office("pdf"), _pdftotext()),
    ),
    Conversion(
        "pandoc docx, office pdf, pdftotext -layout",
        "plain",
        (_pandoc("docx"), _office("pdf"), _pdftotext("-layout")),
    ),
    Conversion(
        "pandoc docx, office text",
        "plain",
        (_pandoc("docx"), _office("txt", "txt:Text (encoded):UTF8")),
    ),
    Conversion(
        "pandoc odt, office text",
        "plain",
        (_pandoc("odt"), _office("txt", "txt:Text (encoded):UTF8")),
    ),
    Conversion(
        "pandoc odt, office pdf, pdftotext", "plain", (_pandoc("odt"), _office("pdf"), _pdftotext())
    ),
    Conversion("pandoc docx, office html", "plain", (_pandoc("docx"), _office("html"))),
    Conversion(
        "pandoc docx, docx2txt", "plain", (_pandoc("docx"), ("docx2txt", "{in}", "{out.txt}"))
    ),
    Conversion("pandoc docx, pandoc plain", "plain", (_pandoc("docx"), _pandoc("plain"))),
    Conversion(
        "office odt, pandoc plain",
        "plain",
        (_office("odt", "odt:writerweb8_writer"), _pandoc("plain")),
    ),
    *(
        Conversion(f"pandoc {kind} {' '.join(options)}", page, (_pandoc(kind, *options),))
        for page in ("plain", "around")
        for kind, options in (
            ("plain", ()),
            ("plain", ("--columns=40",)),
            ("markdown", ()),
            ("gfm", ()),
            ("commonmark", ("--wrap=none",)),
        )
    ),
    *(
        Conversion(f"pandoc {kind}", "plain", (_pandoc(kind),))
        for kind in ("rst", "asciidoc", "mediawiki", "html", "html4")
    ),
    *(
        Conversion(f"{program[0]} {page}", page, ((*program, "{in}", ">{out.txt}"),))
        for page in ("plain", "around")
        for program in (
            ("lynx", "-dump", "-nolist", "-display_charset=utf-8"),
            ("lynx", "-dump", "-width=60", "-display_charset=utf-8"),
            ("w3m", "-dump", "-cols", "70", "-O", "UTF-8"),
            ("html2text", "-utf8"),
        )
    ),
]


def convert(conversion: Conversion, release: str, folder: Path) -> Path | None:
    """Give the file that a conversion writes; None where a program is missing or fails."""
    body = as_html(release)
    body = _AROUND.format(body) if conversion.page == "around" else body
    page = folder / "page.html"
    style = _STYLES.get(conversion.page, "")
    page.write_text(_PAGE.format(title="Une page de presse", style=style) + body, "utf-8")
    source = page
    for number, step in enumerate(conversion.steps):
        if not shutil.which(step[0]):
            return None
        target = source
        words = []
        piped = None
        for word in step:
            if "{out." in word:
                kind = word.partition("{out.")[2].partition("}")[0]
                target = source.with_suffix(f".{kind}")
                if target == source:
                    target = source.with_name(f"page{number}.{kind}")
                if word.startswith(">"):
                    piped = target
                    continue
                if step[0] == "soffice":
                    continue
                word = word.replace("{out." + kind + "}", str(target))  # noqa: PLW2901
            words.append(word.format(**{"in": source, "folder": folder}))
        done = subprocess.run(words, capture_output=True, check=False, timeout=120, cwd=folder)
        if piped:
            piped.write_bytes(done.stdout)
        if not target.exists():
            print(f"{conversion.name}: {done.stderr.decode()[-200:]}")
            return None
        source = target
    return source


def main() -> None:
    """Print what is taken for altered, and the rate of false alarms."""
    copy, sealed = read_sealed(sys.argv[1], sys.argv[2] if sys.argv[2:] else None)
    done = wrong = 0
    for conversion in CONVERSIONS:
        with tempfile.TemporaryDirectory() as folder:
            found = convert(conversion, copy.text, Path(folder))
            if found is None:
                print(f"{conversion.name}: not done")
                continue
            text = found.read_text("utf-8", errors="replace")
            report = judge(text, sealed, found.name)
            if sys.argv[3:]:
                Path(sys.argv[3], conversion.name.replace(" ", "_").replace("/", "")).write_text(
                    text
                )
        done += 1
        wrong += not report.verified
        if not report.verified:
            print(f"{conversion.name}: {told(report)}")
    print(f"{done} conversions, {wrong} false alarms")


if __name__ == "__main__":
    main()
