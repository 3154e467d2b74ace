"""Entries for a reference manager: BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts import language as words
from essfacts.text import escaped, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from essfacts.model import Date, Text


class Name(NamedTuple):
    """The name of an author: an organisation's is whole, a person's has two parts."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


class Work(NamedTuple):
    """What an entry of a bibliography stands for: the release, or what it cites."""

    key: str
    authors: tuple[Name, ...]
    title: Text
    date: Date
    url: str
    genre: str = ""
    accessed: Date = ""
    note: str = ""
    pinpoints: tuple[str, ...] = ()


def bibtex(work: Work, language: str) -> str:
    """Write a work as an `@misc` entry."""
    year, month, day = _parts(work.date)
    names = [", ".join(f"{{{_latex(part)}}}" for part in name if part) for name in work.authors]
    fields = {
        # Braces of their own keep an organisation whole, and a title's capitals.
        "author": " and ".join(names),
        "title": f"{{{_latex(work.title.fr)}}}",
        "howpublished": _latex(work.genre),
        "year": year,
        "month": words.month(int(month), "en")[:3].lower() if month else "",
        "day": day.lstrip("0"),
        "langid": "french",
        # A reader counts braces even in a web address.
        "url": work.url.replace("{", "%7B").replace("}", "%7D"),
        "urldate": work.accessed,
        "note": _latex(work.note),
        # Styles print `note`; `annote` goes along without being printed.
        "annote": _latex(words.SEMICOLON[language].join(work.pinpoints)),
    }
    # A macro stands for a month, which a style prints in its own language.
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@misc{{{work.key},", *lines, "}"])


# `\{` would unbalance the braces that a reader of BibTeX counts.
_SPELLED = {"{": "braceleft", "}": "braceright", "~": "asciitilde", "^": "asciicircum"}
_LATEX = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_"}
    | {char: f"{{\\text{name}}}" for char, name in (_SPELLED | {"\\": "backslash"}).items()}
)


def _latex(text: str) -> str:
    return text.translate(_LATEX)


def ris(work: Work, _: str) -> str:
    """Write a work as an `RPRT` entry."""
    fields = [
        ("TY", "RPRT"),
        ("ID", work.key),
        # A comma parts last and first names: at the end, it says that there is no first.
        *(("AU", ", ".join(p.replace(",", "") for p in name).strip()) for name in work.authors),
        ("TI", work.title.fr),
        ("M3", work.genre),
        ("PY", work.date[:4]),
        ("DA", _ris_date(work.date)),
        ("LA", "fr"),
        ("UR", work.url),
        ("Y2", _ris_date(work.accessed)),
        *(("N1", note) for note in (work.note, *work.pinpoints)),
    ]
    lines = [f"{tag}  - {' '.join(value.splitlines())}" for tag, value in fields if value]
    return "\n".join([*lines, "ER  - "])


def _ris_date(date: Date) -> str:
    """Write `2025/11/13`, or `2022/05/`: RIS keeps the slash before what is not known."""
    return "/".join(_parts(date)) if date else ""


def _parts(date: Date) -> list[str]:
    return [*date.split("-"), "", ""][:3]


def csl_json(work: Work, language: str) -> str:
    """Write a work as an item of type `document`."""
    import json

    item: dict[str, Any] = {
        "id": work.key,
        "type": "document",
        "author": [n._asdict() if n.given else {"literal": n.family} for n in work.authors],
        "title": work.title.fr,
        "genre": work.genre,
        "issued": _csl_date(work.date),
        "language": "fr",
        "URL": work.url,
        "accessed": _csl_date(work.accessed),
        # ISO 690's styles put nothing between an address and a note.
        "note": f" {work.note}" if work.note and work.url else work.note,
        "annote": words.SEMICOLON[language].join(work.pinpoints),
    }
    filled = {name: value for name, value in item.items() if value}
    return escaped(json.dumps(filled, ensure_ascii=False, indent=2))


def _csl_date(date: Date) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else None


FORMATS: Mapping[str, Callable[[Work, str], str]] = {
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
}


def write(works: Iterable[Work], format: str, language: str) -> str:
    """Write works in a format, each with a key of its own, taken for nothing else in any."""
    entries: dict[str, str] = {}
    for work in works:
        key = safe = re.sub("[^a-z0-9]+", "-", fold(work.key)).strip("-") or "work"
        while key in entries:
            key = f"{safe}-{len(entries) + 1}"
        entries[key] = FORMATS[format](work._replace(key=key), language)
    if format == "csl-json":
        return f"[{', '.join(entries.values())}]"
    return "\n\n".join(entries.values())
