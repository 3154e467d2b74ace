"""Citation styles: references to read, entries for a reference manager, a sentence to paste.

Citations name works, not claims: the release, and what it quotes of other producers. A claim is a
pinpoint in the release, under the name of who vouches for it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from essfacts import language as labels
from essfacts.language import format_number, quoted, significant
from essfacts.model import Claim, Computed, Person, Quote, Record, Release, Source, Text
from essfacts.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from essfacts.model import Dataset, Date, Organisation, SourceType

    Citable: TypeAlias = Claim | Computed | Source | Release

R = TypeVar("R", bound=Record)


class Labels(NamedTuple):
    """The words that citations add in one language."""

    percent: str
    conjunction: str
    separator: str
    genre: str
    undated: str
    available: str
    accessed: str
    own: str
    release: str
    quoted: str
    credits: Mapping[SourceType, str]
    leads: Mapping[SourceType, str]
    according: str
    stated: str
    says: str
    computed: str
    where: str
    based: str


LABELS: Mapping[str, Labels] = {
    "fr": Labels(
        percent="{} %",
        conjunction=" et ",
        separator=" ; ",
        genre="Communiqué de presse",
        undated="s. d.",
        available="Disponible à l'adresse : {}",
        accessed="[Consulté le {}]",
        own="{} (présentation de l'organisation par elle-même)",
        release="le communiqué de presse ({})",
        quoted="Cité dans {}",
        credits={
            "release": "{release}",
            "study": "l'étude présentée dans {release}",
            "footnote": "{who}, cité dans {release}",
            "cross-reference": "un croisement de données {who}, cité dans {release}",
            "statement": "{who}, dans {release}",
            "self-description": "{who}, dans {release}",
        },
        leads={
            "footnote": "{reference} Cité dans :",
            "cross-reference": "Données : {reference} Cité dans :",
            "statement": "{who}. In :",
            "self-description": "{who}. In :",
        },
        according="{}, selon {}.",
        stated="{} – déclaration : {}.",
        says="{}, déclare {}.",
        computed="Calcul essfacts à partir de {formula} : {figure} ({text})",
        where=", où {} = {} = {}",
        based="{}, d'après {}.",
    ),
    "en": Labels(
        percent="{}%",
        conjunction=" and ",
        separator="; ",
        genre="Press release",
        undated="n.d.",
        available="Available from: {}",
        accessed="[Accessed {}]",
        own="{} (the organisation's description of itself)",
        release="the press release ({})",
        quoted="Quoted in {}",
        credits={
            "release": "{release}",
            "study": "the study presented in {release}",
            "footnote": "{who}, quoted in {release}",
            "cross-reference": "a cross-reference of data from {who}, quoted in {release}",
            "statement": "{who}, in {release}",
            "self-description": "{who}, in {release}",
        },
        leads={
            "footnote": "{reference} Quoted in",
            "cross-reference": "Data: {reference} Quoted in",
            "statement": "{who}. In",
            "self-description": "{who}. In",
        },
        according="{}, according to {}.",
        stated="{} – statement by {}.",
        says="{} (translation by essfacts), says {}.",
        computed="Computed by essfacts from {formula}: {figure} ({text})",
        where=", where {} = {} = {}",
        based="{}, based on {}.",
    ),
}

# The types of source that are works of others, quoted in the release.
QUOTED = frozenset({"footnote", "cross-reference"})

# How a date reads when it has a year, a month, a day.
_DAY_FIRST = ("{year}", "{month} {year}", "{day} {month} {year}")
_APA_DATES = {
    "fr": ("{year}", "{year}, {month}", "{year}, {day} {month}"),
    "en": ("{year}", "{year}, {month}", "{year}, {month} {day}"),
}
_CHICAGO_DATES = {"fr": _DAY_FIRST, "en": ("{year}", "{month} {year}", "{month} {day}, {year}")}
# What stands before the last of two names, and of more.
_APA_JOINTS = {"fr": (" et ", " et "), "en": (", & ", ", & ")}
_CHICAGO_JOINTS = {"fr": (" et ", " et "), "en": (" and ", ", and ")}


class Work(NamedTuple):
    """What an entry of a bibliography stands for: the release, or what it quotes."""

    key: str
    authors: tuple[str, ...]
    title: Text
    date: Date | None
    url: str | None
    genre: str = ""


class _Desk:
    """Knows the dataset and the language, and names things in it."""

    def __init__(self, dataset: Dataset, language: str, accessed: str | None) -> None:
        self.dataset = dataset
        self.language = language
        self.accessed = accessed
        self.labels = LABELS[language]
        self.named: dict[str, Organisation | Person] = {
            **_by_id(dataset.organisations),
            **_by_id(dataset.people),
        }
        self.sources = _by_id(dataset.sources)
        self.sections = _by_id(dataset.release.sections)
        self.units = _by_id(dataset.units)

    def say(self, text: Text) -> str:
        return text.fr if self.language == "fr" else text.en

    def quote(self, text: str) -> str:
        return quoted(text, self.language)

    def date(self, date: Date | None, patterns: Sequence[str] = _DAY_FIRST) -> str:
        """Say a date with the precision that it has."""
        if not date:
            return ""
        year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
        return patterns[date.count("-")].format(
            year=year,
            month=labels.month(month, self.language),
            day=labels.format_day(day, self.language),
        )

    def title(self, work: Work, mark: Callable[[str], str] = str) -> str:
        """Give the French title, which is the work's own, then its translation if need be."""
        if self.language == "fr" or work.title.en == work.title.fr:
            return mark(work.title.fr)
        if work.title.en.startswith(work.title.fr):
            return mark(work.title.en)
        return f"{mark(work.title.fr)} [{work.title.en}]"

    def release(self) -> Work:
        release = self.dataset.release
        titles = [source.title.en for source in self.dataset.sources if source.type == "release"]
        return Work(
            key="-".join([*release.publishers[:1], release.date[:4]]),
            authors=tuple(self.named[id].name for id in (*release.publishers, *release.partners)),
            title=Text(fr=release.title, en=(titles or [release.title])[0]),
            date=release.date,
            url=release.url,
            genre=self.labels.genre,
        )

    def quoted(self, source: Source) -> Work:
        """Give the work of a producer that the release quotes."""
        return Work(
            key=source.id,
            authors=tuple(self.named[id].name for id in source.producers),
            title=source.title,
            date=source.date_published,
            url=source.url,
        )

    def mention(self) -> str:
        """Name the release inside a sentence, without an article for each of its publishers."""
        work = self.release()
        return self.labels.release.format(_listed(*work.authors, self.date(work.date)))

    def who(self, source: Source) -> str:
        """Name who vouches for a claim, where it is not the release itself."""
        if source.type in {"release", "study"}:
            return ""
        names = _series([self._introduced(id) for id in source.producers], self.labels.conjunction)
        if source.type in QUOTED:
            # Parentheses inside parentheses are brackets.
            title = self.say(source.title).translate(str.maketrans("()", "[]"))
            return f"{names} ({_listed(title, self.date(source.date_published))})"
        return self.labels.own.format(names) if source.type == "self-description" else names

    def _introduced(self, id: str) -> str:
        """Name an organisation, or a person with the offices in which they speak."""
        record = self.named[id]
        if not isinstance(record, Person):
            return record.name
        offices = [
            f"{self.say(office.title)} ({self.named[office.organisation].name})"
            for office in record.offices
        ]
        return _listed(record.name, _series(offices, self.labels.conjunction))

    def credit(self, source: Source) -> str:
        """Say inside a sentence who vouches for a claim, and that the release says so."""
        template = self.labels.credits[source.type]
        return template.format(who=self.who(source), release=self.mention())

    def vouchers(self, claim: Claim) -> list[Source]:
        """Give the sources of a claim; a quotation is always its speaker's."""
        sources = [self.sources[id] for id in claim.sources]
        if not isinstance(claim, Quote):
            return sources
        spoken = Source(id=claim.id, type="statement", producers=(claim.speaker,), title=claim.text)
        return [spoken, *(source for source in sources if source.type != "statement")]

    def pinpoint(self, claims: Iterable[Claim]) -> str:
        """Say where in the release claims stand, and the words that carry them."""
        excerpts: dict[str, list[str]] = {}
        for claim in claims:
            excerpts.setdefault(claim.section, []).append(self.quote(claim.excerpt))
        return self.labels.separator.join(
            _listed(self.say(self.sections[id].name), *quoted) for id, quoted in excerpts.items()
        )

    def claims(self, record: Citable) -> list[Claim]:
        """Give the claims behind a record: itself, or all that a formula rests on."""
        if isinstance(record, Claim):
            return [record]
        behind = self.dataset.behind(record) if isinstance(record, Computed) else ()
        return [stat for stat in behind if isinstance(stat, Claim)]

    def computation(self, computed: Computed) -> str:
        """Say that a figure is computed, from which ids and to what result."""
        formula = str(computed.formula)
        for step in self.dataset.behind(computed):
            if isinstance(step, Computed):
                formula += self.labels.where.format(step.id, step.formula, self._figure(step))
        return self.labels.computed.format(
            formula=formula,
            figure=self._figure(computed),
            text=self.say(computed.text).removesuffix(".").translate(str.maketrans("()", "[]")),
        )

    def _figure(self, computed: Computed) -> str:
        unit, value = self.units[computed.unit], self.dataset.values[computed.id]
        about = "" if isinstance(value, int) else "≈ "
        number = value if unit.percent is None else value * unit.percent
        digits = self.dataset.digits[computed.id]
        text = format_number(significant(number, digits) if about else number, self.language)
        if unit.percent is not None:
            return about + self.labels.percent.format(text)
        return f"{about}{text} {self.say(unit.name)}"


def cite(
    dataset: Dataset,
    records: Sequence[Citable],
    style: str,
    language: str,
    accessed: str | None = None,
) -> str:
    """Cite records of a fully loaded dataset in a style of STYLES; `accessed` is an ISO date."""
    text = STYLES[style].write(_Desk(dataset, language, accessed), records)
    return "".join(f"{printable(line)}\n" for line in text.split("\n"))


# References to read.


def _iso690(desk: _Desk, work: Work) -> str:
    return _sentences(
        _series([name.upper() for name in work.authors], desk.labels.conjunction),
        desk.title(work),
        _capital(_listed(work.genre, desk.date(work.date))),
        desk.labels.accessed.format(desk.date(desk.accessed)) if work.url and desk.accessed else "",
        url=desk.labels.available.format(work.url) if work.url else "",
    )


def _apa(desk: _Desk, work: Work) -> str:
    genre = f" [{work.genre}]" if work.genre else ""
    return _sentences(
        _series(work.authors, *_APA_JOINTS[desk.language]),
        f"({desk.date(work.date, _APA_DATES[desk.language]) or desk.labels.undated})",
        desk.title(work) + genre,
        url=work.url,
    )


def _chicago(desk: _Desk, work: Work) -> str:
    # Chicago sets a press release between quotation marks, other works in italics.
    return _sentences(
        _series(work.authors, *_CHICAGO_JOINTS[desk.language]),
        desk.title(work, desk.quote if work.genre else str),
        _capital(_listed(work.genre, desk.date(work.date, _CHICAGO_DATES[desk.language]))),
        url=work.url,
    )


def _prose(reference: Callable[[_Desk, Work], str], desk: _Desk, records: Sequence[Citable]) -> str:
    return "\n".join(_paragraph(reference, desk, record) for record in records)


def _paragraph(reference: Callable[[_Desk, Work], str], desk: _Desk, record: Citable) -> str:
    def located(sources: Iterable[Source], pinpoint: str = "") -> str:
        leads = [
            lead.format(who=desk.who(source), reference=reference(desk, desk.quoted(source)))
            for source in sources
            if (lead := desk.labels.leads.get(source.type))
        ]
        parts = [*leads, reference(desk, desk.release()), _sentences(pinpoint)]
        return " ".join(filter(None, parts))

    if isinstance(record, Release):
        return located([])
    if isinstance(record, Source):
        has_own_title = record.type not in {"release", *QUOTED}
        return located([record], desk.say(record.title) if has_own_title else "")
    if isinstance(record, Claim):
        return located(desk.vouchers(record), desk.pinpoint([record]))
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in desk.claims(record):
        groups.setdefault(claim.sources, []).append(claim)
    inputs = [
        located((desk.sources[id] for id in ids), desk.pinpoint(claims))
        for ids, claims in groups.items()
    ]
    return " ".join([_sentences(desk.computation(record)), *inputs])


def _sentence(desk: _Desk, records: Sequence[Citable]) -> str:
    return "\n".join(_one_sentence(desk, record) for record in records)


def _one_sentence(desk: _Desk, record: Citable) -> str:
    if isinstance(record, Release):
        work = desk.release()
        kind = f"{work.genre.lower()} ({_listed(*work.authors, desk.date(work.date))})"
        return _sentences(f"{desk.title(work, desk.quote)}, {kind}")
    if isinstance(record, Source):
        return _sentences(_capital(desk.credit(record)))
    sources = [source for claim in desk.claims(record) for source in desk.vouchers(claim)]
    credited = (
        desk.labels.separator.join(dict.fromkeys(map(desk.credit, sources))) or desk.mention()
    )
    if isinstance(record, Computed):
        return desk.labels.based.format(desk.computation(record), credited)
    if isinstance(record, Quote):
        words = record.words if desk.language == "fr" else record.translation
        return desk.labels.says.format(desk.quote(words), credited)
    is_stated = {source.type for source in sources} == {"statement"}
    template = desk.labels.stated if is_stated else desk.labels.according
    return template.format(desk.say(record.text).removesuffix("."), credited)


# Entries for a reference manager, one for each work.


def _works(desk: _Desk, records: Sequence[Citable]) -> Iterator[tuple[Work, str, list[str]]]:
    """Go through the works to cite, each with its note and the pinpoints in it."""
    pinpoints = []
    quoted = []
    for record in records:
        if isinstance(record, Computed):
            pinpoints.append(desk.computation(record))
        sources = [record] if isinstance(record, Source) else []
        for claim in desk.claims(record):
            vouchers = desk.vouchers(claim)
            who = [name for name in map(desk.who, vouchers) if name]
            pinpoints.append(" – ".join([*who, desk.pinpoint([claim])]))
            sources += vouchers
        quoted += [desk.quoted(source) for source in sources if source.type in QUOTED]
    yield desk.release(), "", list(dict.fromkeys(pinpoints))
    for work in dict.fromkeys(quoted):
        yield work, desk.labels.quoted.format(desk.mention()), []


def _bibtex(desk: _Desk, records: Sequence[Citable]) -> str:
    return "\n\n".join(
        _bibtex_entry(desk, work, note, pinpoints)
        for work, note, pinpoints in _works(desk, records)
    )


def _bibtex_entry(desk: _Desk, work: Work, note: str, pinpoints: Sequence[str]) -> str:
    year, month, day = (*(work.date or "").split("-"), "", "")[:3]
    # A macro stands for a month, which a style prints in its own language.
    macro = labels.month(int(month), "en")[:3].lower() if month else ""
    fields = {
        # Braces of their own keep an organisation whole, and a title's capitals.
        "author": _braced(" and ".join(_braced(_latex(name)) for name in work.authors)),
        "title": _braced(_braced(_latex(work.title.fr))),
        "howpublished": _braced(_latex(work.genre)),
        "year": _braced(year),
        "month": macro,
        "day": _braced(day.lstrip("0")),
        "langid": _braced("french"),
        # A reader counts braces even in a web address.
        "url": _braced((work.url or "").replace("{", "%7B").replace("}", "%7D")),
        "urldate": _braced((work.url and desk.accessed) or ""),
        "note": _braced(_latex(note)),
        # Styles print `note`; `annote` goes along without being printed.
        "annote": _braced(_latex(desk.labels.separator.join(pinpoints))),
    }
    lines = [f"  {name} = {value}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{work.key},", *lines, "}"])


_LATEX = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_"}
    | {
        # `\{` would unbalance the braces that a reader of BibTeX counts.
        "{": "{\\textbraceleft}",
        "}": "{\\textbraceright}",
        "~": "{\\textasciitilde}",
        "^": "{\\textasciicircum}",
        "\\": "{\\textbackslash}",
    }
)


def _latex(text: str) -> str:
    return text.translate(_LATEX)


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""


def _ris(desk: _Desk, records: Sequence[Citable]) -> str:
    return "\n\n".join(
        _ris_entry(desk, work, note, pinpoints) for work, note, pinpoints in _works(desk, records)
    )


def _ris_entry(desk: _Desk, work: Work, note: str, pinpoints: Sequence[str]) -> str:
    fields = [
        ("TY", "RPRT"),
        ("ID", work.key),
        # A comma parts a person's last and first names: at the end, it says that there is no first.
        *(("AU", f"{name.replace(',', '')},") for name in work.authors),
        ("TI", work.title.fr),
        ("M3", work.genre),
        ("PY", (work.date or "")[:4]),
        ("DA", _ris_date(work.date)),
        ("LA", "fr"),
        ("UR", work.url),
        ("Y2", _ris_date(desk.accessed) if work.url else ""),
        ("N1", note),
        *(("N1", pinpoint) for pinpoint in pinpoints),
    ]
    lines = [f"{tag}  - {' '.join(value.splitlines())}" for tag, value in fields if value]
    return "\n".join([*lines, "ER  - "])


def _ris_date(date: Date | None) -> str:
    """Write `2025/11/13`, or `2022/05/`: RIS keeps the slash before what is not known."""
    return "/".join((*date.split("-"), "", "")[:3]) if date else ""


def _csl_json(desk: _Desk, records: Sequence[Citable]) -> str:
    import json

    items = [
        {
            "id": work.key,
            "type": "document",
            "author": [{"literal": name} for name in work.authors],
            "title": work.title.fr,
            "genre": work.genre,
            "issued": _csl_date(work.date),
            "language": "fr",
            "URL": work.url,
            "accessed": _csl_date(desk.accessed) if work.url else None,
            "note": note,
            "annote": desk.labels.separator.join(pinpoints),
        }
        for work, note, pinpoints in _works(desk, records)
    ]
    filled = [{name: value for name, value in item.items() if value} for item in items]
    return json.dumps(filled, ensure_ascii=False, indent=2)


def _csl_date(date: Date | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else None


# Words, one after the other.


def _by_id(records: Iterable[R]) -> dict[str, R]:
    return {record.id: record for record in records}


def _listed(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _series(names: Sequence[str], of_two: str, of_more: str = "") -> str:
    *before, last = names or ("",)
    joint = of_more or of_two if len(before) > 1 else of_two
    return f"{', '.join(before)}{joint}{last}" if before else last


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentences(*parts: str, url: str | None = None) -> str:
    """End each part with a stop, but not the web address, to which a reader would take it."""
    stopped = (
        part if part.endswith((".", "!", "?", "…")) else f"{part}." for part in parts if part
    )
    return " ".join([*stopped, *([url] if url else [])])


class Style(NamedTuple):
    """A citation style: what it is, in both languages, and what writes it."""

    fr: str
    en: str
    write: Callable[[_Desk, Sequence[Citable]], str]


STYLES: Mapping[str, Style] = {
    "iso690": Style("référence ISO 690", "ISO 690 reference", partial(_prose, _iso690)),
    "apa": Style("référence APA", "APA reference", partial(_prose, _apa)),
    "chicago": Style("référence Chicago", "Chicago reference", partial(_prose, _chicago)),
    "bibtex": Style("entrées BibTeX, pour LaTeX", "BibTeX entries, for LaTeX", _bibtex),
    "ris": Style("entrées RIS, pour Zotero, EndNote", "RIS entries, for Zotero, EndNote", _ris),
    "csl-json": Style("entrées CSL-JSON, pour Pandoc", "CSL-JSON entries, for Pandoc", _csl_json),
    "sentence": Style(
        "une phrase attribuée, pour un article",
        "one sentence with its attribution, for an article",
        _sentence,
    ),
}
