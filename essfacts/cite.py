"""Citation styles: references to read, entries for a reference manager, a sentence to paste.

Citations name works, not claims: the release, and what it cites of other producers. A claim is a
pinpoint in the release, under the name of who vouches for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts import entries
from essfacts import language as words
from essfacts.entries import Name, Work
from essfacts.language import capital, joined, lexicon, listed, lowered, sentences
from essfacts.model import Claim, Computed, Lever, Person, Quote, Release, Source, Stat, Text
from essfacts.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from essfacts.model import Dataset, Date

    Citable: TypeAlias = Claim | Computed | Source | Release

# Words of a French family name that stand before its last one: Le Pen, Du Bellay.
_PARTICLES = frozenset({"le", "la", "les", "du", "des"})
# Parentheses inside parentheses are brackets.
_BRACKETS = str.maketrans("()", "[]")
_STOP = r"(?<!\.)\.$"
_FOOTNOTE_MARK = r"[¹²³⁰⁴-⁹*†‡]+|\[\d+\]"


class _Desk(NamedTuple):
    """Knows the dataset, the language and the release's address, and names things in them."""

    dataset: Dataset
    style: str
    language: str
    accessed: Date
    url: str

    def label(self, key: str, *blanks: object, **named: object) -> str:
        """Say what a citation adds, with its blanks filled."""
        return str(lexicon("citations")[key][self.language].format(*blanks, **named))

    def say(self, text: Text) -> str:
        return text.fr if self.language == "fr" else text.en

    def quote(self, text: str) -> str:
        if self.language != "fr":
            text = re.sub('["“]([^"”]*)["”]', r"‘\1’", text)
        return words.quoted(text, self.language)

    def lower(self, text: str) -> str:
        """Begin with a small letter, unless a name does not."""
        named: Iterable[Any] = (*self.dataset.organisations, *self.dataset.people)
        return text if text.startswith(tuple(who.name for who in named)) else lowered(text)

    def series(self, names: Iterable[str], of_two: str = "and", of_more: str = "") -> str:
        return words.series([*names], self.label(of_two), self.label(of_more or of_two))

    def joined(self, parts: Iterable[str]) -> str:
        """Put semicolons between parts, each once."""
        return words.SEMICOLON[self.language].join(dict.fromkeys(parts))

    def date(self, date: Date) -> str:
        return words.format_date(date, self.language)

    def year_and_day(self, date: Date) -> tuple[str, str]:
        """Part a date into its year and its day, where American English begins with the month."""
        *day, year = self.date(date).split(" ")
        return year, " ".join(day if self.language == "fr" else reversed(day))

    def month_first(self, date: Date) -> str:
        year, day = self.year_and_day(date)
        has_comma = self.language == "en" and date.count("-") > 1
        return f"{day}{',' * has_comma} {year}".strip()

    def read(self, work: Work, key: str, date: str) -> str:
        """Say when a work was read at its address."""
        preposition = "on" if work.accessed.count("-") > 1 else "in"
        return self.label(key, self.label(preposition, date)) if date else ""

    # Works.

    def release(self, claims: Sequence[Claim] = ()) -> Work:
        """Give the release, at the address of the passage where one claim stands."""
        release = self.dataset.release
        titles = [source.title.en for source in self.dataset.sources if source.type == "release"]
        return Work(
            key="-".join([*release.publishers[:1], release.date[:4]]),
            authors=self.authors(*release.publishers, *release.partners),
            title=Text(fr=release.title, en=(titles or [release.title])[0]),
            date=release.date,
            url=self.passage(claims) or self.url,
            genre=self.label("genre"),
            accessed=self.accessed,
        )

    def cited(self, source: Source) -> Work:
        """Give the work of a producer that the release cites."""
        authors, date = self.authors(*source.producers), source.date_published or ""
        return Work(source.id, authors, source.shown_title, date, source.url or "")

    def passage(self, claims: Sequence[Claim]) -> str:
        """Give the address of the passage of a claim, if it is the only one."""
        return passage_link(self.url, claims[0].excerpt) if self.url and len(claims) == 1 else ""

    def title(self, work: Work, mark: Callable[[str], str] = str) -> str:
        """Give the French title, which is the work's own, then its translation if need be."""
        if self.language == "fr":
            return mark(work.title.fr)
        if work.title.en.startswith((work.title.fr, "[")):
            return mark(work.title.en)
        return f"{mark(work.title.fr)} [{work.title.en}]"

    # Names.

    def named(self, ids: Iterable[str]) -> list[Any]:
        """Give the organisations and people of some ids."""
        return [self.dataset.named("producers", id) for id in ids]

    def authors(self, *ids: str) -> tuple[Name, ...]:
        names = []
        for who in self.named(ids):
            *given, family = who.name.split() if isinstance(who, Person) else [who.name]
            while given and given[-1].casefold() in _PARTICLES:
                family = f"{given.pop()} {family}"
            names.append(Name(family, " ".join(given)))
        return tuple(names)

    def introduced(self, who: Any) -> str:
        """Name an organisation with its article, or a person with the offices they hold."""
        if isinstance(who, Person):
            return listed(who.name, self.offices(who))
        article = getattr(who.article, self.language)
        return joined(article, who.name, self.language) if article else str(who.name)

    def offices(self, who: Any) -> str:
        """Say which offices a person holds: `présidente de X et de la Région Y`."""
        bodies: dict[str, list[str]] = {}
        for office in who.offices if isinstance(who, Person) else ():
            title, [body] = lowered(self.say(office.title)), self.named([office.organisation])
            article = getattr(body.article, self.language)
            # A title may hold already what introduces the name.
            if article and title.endswith(f" {article}"):
                bodies[f"{title} {body.name}"] = []
            else:
                bodies.setdefault(title, []).append(self.of(self.introduced(body)))
        return self.series(f"{title} {self.series(of)}".strip() for title, of in bodies.items())

    def of(self, name: str) -> str:
        return joined(self.label("of"), name, self.language)

    # Who vouches.

    def claims(self, record: Citable) -> list[Claim]:
        return [claim for claim in self.dataset.behind(record) if isinstance(claim, Claim)]

    def vouchers(self, record: Citable) -> list[Source]:
        """Give the sources of a record; a quotation is always its speaker's."""
        if isinstance(record, Source):
            return [record]
        if isinstance(record, Quote):
            speaker = (record.speaker,)
            return [Source(id=record.id, type="statement", producers=speaker, title=record.text)]
        ids = dict.fromkeys(id for claim in self.claims(record) for id in claim.sources)
        return [self.dataset.named("sources", id) for id in ids]

    def who(self, source: Source, said: str = "") -> str:
        """Name who vouches for a claim, where it is not the release, and is not `said` already."""
        title = self.say(source.shown_title)
        if source.type in {"release", "study"}:
            return ""
        if source.type == "cross-reference":
            return title
        names = self.series(map(self.introduced, self.named(source.producers)))
        if source.type != "footnote":
            return names
        date = self.date(source.date_published or "")
        if self.is_named(source, said):
            return f"{self.quote(title)} ({date})" if date else self.quote(title)
        return f"{names} ({listed(title.translate(_BRACKETS), date)})"

    def is_named(self, source: Source, said: str) -> bool:
        """Tell whether a text names all the producers of a source."""
        producers = self.named(source.producers)
        return all(any(name in said for name in (who.name, *who.aliases)) for who in producers)

    def mention(self, claims: Sequence[Claim]) -> str:
        """Name the release inside a sentence."""
        return self.label("the-release") + self.details(self.release(claims))

    def details(self, work: Work) -> str:
        """Say who published a work, when and where, without an article for each publisher."""
        read = self.read(work, "accessed", self.date(work.accessed))
        return f" ({listed(*map(str, work.authors), self.date(work.date), work.url, read)})"

    def credit(self, record: Citable, said: str = "") -> str:
        """Say inside a sentence who vouches for a record, and that the release says so."""
        has_study = any(source.type == "study" for source in self.dataset.sources)
        presentation = self.label("the-study-release" if has_study else "the-release") + "\0"
        credits = []
        for source in self.vouchers(record):
            key, release = str(source.type), self.label("the-release") + "\0"
            if key == "self-description" and self.is_named(source, said):
                key = "itself"
            elif key == "statement" and isinstance(record, Quote):
                key = "speaker"
            # Only a figure is worked out of data; what is said of them, the footnote says.
            elif key == "cross-reference" and not isinstance(record, Stat | Computed | Source):
                key = "note"
            if key in {"release", "note"}:
                release = presentation
            blanks = {"who": self.who(source, said), "release": release}
            credits.append(self.label(f"credit-{key}", of_release=self.of(release), **blanks))
        # Who publishes the release, and when, need be said once.
        details = self.details(self.release(self.claims(record)))
        text = self.joined(credits) or presentation
        return text.replace("\0", details, 1).replace("\0", "")

    # Where it stands.

    def place(self, record: Citable) -> str:
        """Say where in the release a record stands, in which words, and on what data."""
        if isinstance(record, Source) and record.type == "study":
            return self.say(record.shown_title)
        if isinstance(record, Source) and record.type == "self-description":
            return self.label("section", self.quote(record.title.fr))
        excerpts: dict[str, list[str]] = {}
        for claim in self.claims(record):
            # A copy gives whole sentences, which may be quotations already.
            bare = re.sub(r"^«\s*([^«»]*?)\s*»\.?$", r"\1", claim.excerpt)
            quoted = self.quote(re.sub(_STOP, "", bare))
            excerpts.setdefault(claim.section, []).append(quoted)
        places = [listed(self.section(id), *quoted) for id, quoted in excerpts.items()]
        return self.joined([*places, *self.data(record)])

    def data(self, record: Citable) -> list[str]:
        """Say which data are crossed: a work of nobody, which the release alone makes known."""
        crossed = [source for source in self.vouchers(record) if source.type == "cross-reference"]
        return [self.label("data", self.who(source)) for source in crossed]

    def section(self, id: str) -> str:
        """Name a part of the release by its heading, which is French, or by its place."""
        section = self.dataset.named("section", id)
        if section.name_is_descriptive:
            return lowered(self.say(section.name))
        return self.label("section", self.quote(section.name.fr))

    # Computed figures.

    def computation(self, computed: Computed) -> str:
        """Say that a figure is computed, from which ids and to what result."""
        formula = str(computed.formula)
        for step in self.dataset.behind(computed):
            if isinstance(step, Computed):
                formula += self.label("where", step.id, step.formula, self.figure(step))
        text = self.say(computed.text).removesuffix(".").translate(_BRACKETS)
        return self.label("computed", formula, self.figure(computed), self.lower(text))

    def figure(self, computed: Computed) -> str:
        unit, value = self.dataset.named("unit", computed.unit), self.dataset.values[computed.id]
        about, number = "", value * (unit.percent or 1)
        if not isinstance(value, int):
            about, number = "≈ ", words.significant(number, self.dataset.digits[computed.id])
        text = words.format_number(number, self.language)
        named = self.label("per-cent", text) if unit.percent else f"{text} {self.say(unit.name)}"
        return about + named


def cite(
    dataset: Dataset,
    records: Sequence[Citable],
    style: str,
    language: str,
    accessed: str | None = None,
    url: str | None = None,
) -> str:
    """Cite records of a dataset in a style of STYLES.

    `url` is the address at which the release was read, `accessed` the ISO date of that.
    """
    works = [
        dataset.release if isinstance(record, Source) and record.type == "release" else record
        for record in records
    ]
    url = url or dataset.release.url or ""
    desk = _Desk(dataset, style, language, (accessed or "") if url else "", url)
    return "".join(f"{printable(line)}\n" for line in STYLES[style].write(desk, works).split("\n"))


def passage_link(url: str, excerpt: str) -> str:
    """Point at words of a page; see https://wicg.github.io/scroll-to-text-fragment/.

    A footnote mark may be an element of its own there, and then no browser finds the word that it
    is glued to: what stands before and after is looked for instead.
    """
    from urllib.parse import quote

    before, *after = (part.strip() for part in re.split(_FOOTNOTE_MARK, excerpt))
    if after and re.search(r"\w\s+\S*\w$", before):
        before = before.rpartition(" ")[0]
    ends = [part for part in (before, *after[-1:]) if part]
    page, _, fragment = url.partition("#")
    text = ",".join(quote(end, safe="").replace("-", "%2D") for end in ends)
    return f"{page}#{fragment.partition(':~:')[0]}:~:text={text}"


# References to read.


class Manner(NamedTuple):
    """How a style refers to the release, to what stands in it, and to who is named there.

    Its name begins the labels that join the two last. A work that the release cites is referred
    to as `part`, of whom else it names `who` speaks.
    """

    name: str
    whole: Callable[[_Desk, Work], str]
    part: Callable[[_Desk, Work, str], str]
    who: Callable[[_Desk, Source], str]
    joint: str = "; "

    def write(self, desk: _Desk, records: Sequence[Citable]) -> str:
        if f"{self.name}-text" in lexicon("citations"):
            # The one work that was read is listed; what it cites, and where, goes into the text.
            others = [record for record in records if not isinstance(record, Release)]
            records = [desk.dataset.release, *others]
        return "\n\n".join(self.reference(desk, record) for record in records)

    def reference(self, desk: _Desk, record: Citable) -> str:
        if isinstance(record, Release):
            return self.whole(desk, desk.release())
        claims, vouchers = desk.claims(record), desk.vouchers(record)
        work, labels = desk.release(claims), lexicon("citations")
        text = self.part(desk, work, desk.place(record))
        for type in dict.fromkeys(source.type for source in reversed(vouchers)):
            if (key := f"{self.name}-{type}") in labels:
                named = [self.named(desk, source) for source in vouchers if source.type == type]
                text = desk.label(key, self.joint.join(named), text)
        if (key := f"{self.name}-text") in labels:
            text = f"{desk.label(key, text)} {desk.passage(claims)}".strip()
        elif not work.url:
            text = sentences(text)
        computation = desk.computation(record) if isinstance(record, Computed) else ""
        return sentences(computation, url=text)

    def named(self, desk: _Desk, source: Source) -> str:
        is_work = source.type == "footnote"
        return self.part(desk, desk.cited(source), "") if is_work else self.who(desk, source)


def _iso690(desk: _Desk, work: Work, pinpoint: str = "") -> str:
    issued = capital(listed(work.genre, desk.date(work.date)))
    return sentences(
        _iso690_names(desk, work),
        f"{desk.title(work)} {desk.label('online') if work.url else ''}".strip(),
        f"{issued} {desk.read(work, 'viewed', desk.date(work.accessed))}".strip(),
        capital(pinpoint),
        url=desk.label("available", work.url) if work.url else "",
    )


def _iso690_names(desk: _Desk, work: Work) -> str:
    return desk.series(listed(name.family.upper(), name.given) for name in work.authors)


def _iso690_who(desk: _Desk, source: Source) -> str:
    names = _iso690_names(desk, desk.cited(source))
    return sentences(listed(names, *map(desk.offices, desk.named(source.producers))))


def _apa_whole(desk: _Desk, work: Work) -> str:
    read = desk.read(work, "retrieved", desk.month_first(work.accessed))
    return sentences(
        desk.series(map(str, work.authors), "apa-and"),
        f"({listed(*desk.year_and_day(work.date))})",
        f"{desk.title(work)} [{work.genre}]",
        url=f"{read} {work.url}".strip(),
    )


def _apa_part(desk: _Desk, work: Work, pinpoint: str) -> str:
    year = (work.date or desk.label("undated")).partition("-")[0]
    return listed(_apa_names(desk, work), year, pinpoint)


def _apa_names(desk: _Desk, work: Work) -> str:
    names = [name.family for name in work.authors]
    return f"{names[0]} et al." if len(names) > 2 else desk.series(names, "apa-text-and")


def _chicago(desk: _Desk, work: Work, pinpoint: str = "") -> list[str]:
    return [
        desk.series(map(str, work.authors), "and", "chicago-and"),
        # Chicago sets a press release between quotation marks, other works in italics.
        desk.title(work, desk.quote if work.genre else str),
        listed(lowered(work.genre), desk.month_first(work.date)),
        pinpoint,
        desk.read(work, "accessed", desk.month_first(work.accessed)),
    ]


def _chicago_whole(desk: _Desk, work: Work) -> str:
    return sentences(*map(capital, _chicago(desk, work)), url=work.url)


def _chicago_note(desk: _Desk, work: Work, pinpoint: str) -> str:
    return listed(*_chicago(desk, work, pinpoint), work.url)


# Sentences to paste.


def _sentences(desk: _Desk, records: Sequence[Citable]) -> str:
    return "\n\n".join(_sentence(desk, record) for record in records)


def _sentence(desk: _Desk, record: Citable) -> str:
    if isinstance(record, Release):
        work = desk.release()
        return sentences(
            listed(desk.title(work, desk.quote), lowered(work.genre) + desk.details(work))
        )
    if isinstance(record, Source):
        return sentences(capital(desk.credit(record)))
    if isinstance(record, Computed):
        return desk.label("based", desk.computation(record), desk.credit(record))
    if isinstance(record, Quote):
        said, translated = (re.sub(_STOP, "", s) for s in (record.words, record.translation))
        quoted = desk.quote(said)
        if desk.language != "fr":
            translated += "" if translated.endswith(("!", "?")) else ","
            quoted += f" ({desk.quote(translated)} {desk.label('translation')})"
        return desk.label("says", quoted, desk.credit(record))
    text, sources = desk.say(record.text).removesuffix("."), desk.vouchers(record)
    types = {source.type for source in sources}
    if types == {"statement"} and all(desk.is_named(source, text) for source in sources):
        return desk.label("already-credited", text, desk.mention([record]))
    # After a list or a second clause, a comma would credit its end alone.
    key = "according-at-length" if re.search("[:;]", text) else "according"
    credit = desk.credit(record, text)
    if isinstance(record, Lever):
        text = desk.label("study-lever" if "study" in types else "lever", desk.lower(text))
        credit = desk.mention([record]) if types == {"study"} else credit
    return desk.label(key, text, credit)


def _entries(desk: _Desk, records: Sequence[Citable]) -> str:
    """Give an entry to each work, with its note and the pinpoints in it."""
    claims = list(dict.fromkeys(claim for record in records for claim in desk.claims(record)))
    pinpoints = [desk.computation(record) for record in records if isinstance(record, Computed)]
    for claim in claims:
        sources = [source for source in desk.vouchers(claim) if source.type != "cross-reference"]
        pinpoints.append(" – ".join(filter(None, [*map(desk.who, sources), desk.place(claim)])))
    data = [data for record in records for data in desk.data(record)]
    release = desk.release(claims)._replace(
        note=capital(desk.joined(data)), pinpoints=tuple(dict.fromkeys(pinpoints))
    )
    offline = release._replace(url="", accessed="")
    note = desk.label("note", desk.label("the-release") + desk.details(offline))
    sources = [source for record in records for source in desk.vouchers(record)]
    cited = [desk.cited(source) for source in sources if source.type == "footnote"]
    works = [release, *dict.fromkeys(work._replace(note=note) for work in cited)]
    return entries.write(works, desk.style, desk.language)


class Style(NamedTuple):
    """A citation style: what it is, in both languages, and what writes it."""

    fr: str
    en: str
    write: Callable[[_Desk, Sequence[Citable]], str]


_ISO690 = Manner("iso690", _iso690, _iso690, _iso690_who, joint=" ")
_APA = Manner(
    "apa", _apa_whole, _apa_part, lambda desk, source: _apa_names(desk, desk.cited(source))
)
_CHICAGO = Manner("chicago", _chicago_whole, _chicago_note, _Desk.who)
STYLES: Mapping[str, Style] = {
    "iso690": Style("référence ISO 690", "ISO 690 reference", _ISO690.write),
    "apa": Style("référence APA", "APA reference", _APA.write),
    "chicago": Style("référence Chicago", "Chicago reference", _CHICAGO.write),
    "bibtex": Style("entrées BibTeX, pour LaTeX", "BibTeX entries, for LaTeX", _entries),
    "ris": Style("entrées RIS, pour Zotero, EndNote", "RIS entries, for Zotero, EndNote", _entries),
    "csl-json": Style("entrées CSL-JSON, pour Pandoc", "CSL-JSON entries, for Pandoc", _entries),
    "sentence": Style(
        "une phrase attribuée, pour un article",
        "one sentence with its attribution, for an article",
        _sentences,
    ),
}
