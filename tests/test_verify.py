"""Retype and alter releases by the hundred: typography never matters, words and numbers always do.

The release is made up; with ESSFACTS_RELEASE, the path of a copy of the real one, that one too.
"""

from __future__ import annotations

import os
import random
import re
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essfacts import dataset as datasets
from essfacts.copies import read_copy
from essfacts.model import (
    Claim,
    Dataset,
    LeftOut,
    Office,
    Person,
    Quote,
    Release,
    Stat,
    Text,
)
from essfacts.verify import Report, Result, diff, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MADE_UP = """Communiqué

Les ateliers de vélos du Val d'Orne gagnent du terrain

Le 3 mars 2031 - La Maison du Cycle publie un état des lieux des ateliers. Les bénévoles y \
réparent en moyenne 12 % des vélos et 46 % des remorques de la vallée¹, mais ils ne vendent que \
2,7 %² des pièces neuves. Leur savoir-faire reste précieux : sur les 1 845 adhérents, les trois \
quarts sont des cyclistes quotidiens et près d'un bénévole sur cinq travaille à l'œuvre commune.

Une vallée qui pédale

Les élus ont retenu des pistes :

- Ouvrir des ateliers mobiles entre les bourgs, qu'ils soient grands ou petits ;
- Former les mécaniciens aux freins anciens ;
- "VÉLO-iser" les tournées du matin.

¹ Cercle des Cyclistes, Carnet de route, juin 2030 <https://www.exemple.invalid/carnet-de-route>

² Comptage mené sur les ventes (codes B à E, de 07 à 41) d'après la charte de 2019.

« Cet atelier change la vie du quartier, nourrit l'entraide et répare ce que d'autres jettent. », \
déclare Odile Marchenoir, directrice de la Maison du Cycle.

« Réunis dans le réseau depuis 2024, les ateliers forment aussi des apprentis. [...] Ainsi, je \
remercie les nombreuses équipes de nuit, qui réparent sans relâche. », poursuit Yvon Queffélec, \
Premier Vice-Président du Cercle – Président de l'association Roue Libre.

« Devant la hausse des prix, le vélo d'occasion joue un rôle décisif dans nos déplacements. Qu'il \
faille rouler ou porter, il tient. », Inès Brasseur, Présidente de la Fédération.

Pour lire le carnet, [cliquez là](#).

Enquête :

Près de 60 visites ont été faites, ainsi que 5 veillées d'échanges :

- 3 veillées avec des loueurs de vélos, tenues en mai 2030, pour présenter les premiers comptes
- 1 veillée avec le Cercle, le 21 juin 2030 ; et 1 veillée avec la mairie le 4 juillet 2030.

Le réseau réunit 14 bourgs, 305 hameaux, 11 écluses, 830 fermes et près d'un millier de garages.
"""


def _text(words: str) -> Text:
    return Text(fr=words, en=words)


def _claim(id: str, excerpt: str, *, negations: int = 0) -> Claim:
    before, after = re.split(re.escape(excerpt), MADE_UP)
    prefixes = re.findall(r"[^\W_]+", re.sub("[¹²]", "", before))
    suffixes = re.findall(r"[^\W_]+", re.sub("[¹²]", "", after))
    return Claim(
        id=id,
        kind="method",
        text=_text(id),
        section="lead",
        excerpt=excerpt,
        sources=("study",),
        topics=("bikes",),
        prefix=prefixes[-1] if prefixes else None,
        suffix=suffixes[0] if suffixes else None,
        negations=negations,
    )


def _fields(claim: Claim) -> dict[str, object]:
    return {name: getattr(claim, name) for name in Claim.__dataclass_fields__} | {"line": 0}


def _stat(id: str, excerpt: str, written: str, value: float, *, negations: int = 0) -> Stat:
    return Stat(
        **_fields(_claim(id, excerpt, negations=negations)) | {"kind": "stat"},  # type: ignore[arg-type]
        value=value,
        unit="percent",
        approximation="exact",
        written=written,
        counts=_text("vélos"),
    )


def _quote(id: str, speaker: str, excerpt: str) -> Quote:
    words = next(
        found[1] for found in re.finditer("« (.+?) »", MADE_UP) if excerpt in found[1]
    ).removesuffix(",")
    return Quote(
        **_fields(_claim(id, excerpt)) | {"kind": "quote"},  # type: ignore[arg-type]
        speaker=speaker,
        words=words.rstrip(),
        translation="in English",
    )


def _person(id: str, name: str) -> Person:
    return Person(id=id, name=name, offices=(Office(title=_text("élu"), organisation="cycle"),))


DATASET = Dataset(
    release=Release(
        title="Les ateliers de vélos du Val d'Orne gagnent du terrain",
        date="2031-03-03",
        publishers=("cycle",),
        partners=(),
        sections=(),
        left_out=(
            LeftOut(excerpt="Communiqué", reason=_text("nature")),
            LeftOut(excerpt="Les ateliers de vélos", reason=_text("titre")),
            LeftOut(excerpt="Une vallée qui pédale", reason=_text("intertitre")),
            LeftOut(excerpt="Pour lire", through="cliquez là", reason=_text("lien")),
            LeftOut(excerpt="Enquête :", reason=_text("intertitre")),
        ),
    ),
    people=(
        _person("odile", "Odile Marchenoir"),
        _person("yvon", "Yvon Queffélec"),
        _person("ines", "Inès Brasseur"),
        _person("press", "Luc Tréhorel"),
    ),
    claims=(
        _claim("published", "Le 3 mars 2031"),
        _stat("bikes", "12 % des vélos", "12 %", 12, negations=1),
        _stat("trailers", "46 % des remorques de la vallée¹", "46 %", 46, negations=1),
        _stat("parts", "2,7 %² des pièces neuves", "2,7 %", 2.7, negations=1),
        _stat("members", "1 845 adhérents", "1 845", 1845),
        _stat("daily", "les trois quarts sont des cyclistes", "les trois quarts", 3 / 4),
        _stat("helpers", "près d'un bénévole sur cinq", "près d'un bénévole sur cinq", 1 / 5),
        _claim("work", "l'œuvre commune"),
        _claim("ideas", "Les élus ont retenu"),
        _claim("mobile", "Ouvrir des ateliers mobiles"),
        _claim("training", "freins anciens"),
        _claim("rounds", '"VÉLO-iser" les tournées'),
        _claim("log", "Carnet de route, juin 2030"),
        _claim("codes", "B à E, de 07 à 41"),
        _claim("charter", "la charte de 2019"),
        _quote("odile-life", "odile", "change la vie du quartier"),
        _quote("yvon-apprentices", "yvon", "forment aussi des apprentis"),
        _quote("ines-role", "ines", "joue un rôle décisif"),
        _stat("visits", "Près de 60 visites", "Près de 60", 60),
        _stat("evenings", "5 veillées", "5", 5),
        _stat("evenings-renters", "3 veillées", "3", 3),
        _claim("evenings-may", "tenues en mai 2030"),
        _stat("evenings-circle", "1 veillée avec le Cercle", "1", 1),
        _claim("evenings-june", "le 21 juin 2030"),
        _stat("evenings-town", "1 veillée avec la mairie", "1", 1),
        _stat("towns", "14 bourgs", "14", 14),
        _stat("hamlets", "305 hameaux", "305", 305),
        _stat("farms", "830 fermes", "830", 830),
        _stat("garages", "près d'un millier", "près d'un millier", 1000),
    ),
)


class Subject:
    """A release and its dataset: what the tests retype and alter."""

    def __init__(self, release: str, dataset: Dataset) -> None:
        self.release = release
        self.dataset = dataset

    def words(self, claim: Claim) -> str:
        return claim.words if isinstance(claim, Quote) else claim.excerpt


MADE_UP_SUBJECT = Subject(MADE_UP, DATASET)
REAL = os.environ.get("ESSFACTS_RELEASE")
needs_release = pytest.mark.skipif(not REAL, reason="ESSFACTS_RELEASE names no copy of the release")


@cache
def real_subject() -> Subject:
    return Subject(Path(REAL or "").read_text(encoding="utf-8"), datasets.load())


SUBJECTS = [
    pytest.param(lambda: MADE_UP_SUBJECT, id="made-up"),
    pytest.param(real_subject, id="real", marks=needs_release),
]


def compare(text: str | bytes, dataset: Dataset = DATASET, name: str = "copy.txt") -> Report:
    content = text.encode() if isinstance(text, str) else text
    return verify(dataset, read_copy(content, name))


def by_id(report: Report) -> dict[str, Result]:
    return {result.id: result for result in report.results}


def faults(report: Report) -> dict[str, str]:
    return {result.id: result.status for result in report.results if result.status != "verified"}


# Retyping: what is typed otherwise, and where each character of the release has gone.


class Typed:
    """A text that remembers where in the release each of its characters comes from."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.origins: list[int | None] = list(range(len(text)))

    def sub(self, pattern: str, new: str | Callable[[re.Match[str]], str]) -> None:
        pieces: list[str] = []
        origins: list[int | None] = []
        start = 0
        for found in re.finditer(pattern, self.text):
            typed = new(found) if callable(new) else new
            pieces += [self.text[start : found.start()], typed]
            origins += self.origins[start : found.start()]
            origins += [*self.origins[found.start() : found.end()][:1], *[None] * len(typed)][
                : len(typed)
            ]
            start = found.end()
        self.text = "".join([*pieces, self.text[start:]])
        self.origins = origins + self.origins[start:]

    def position(self, origin: int) -> tuple[int, int]:
        before = self.text[: self.origins.index(origin)]
        lines = re.split(r"\r\n|\r|\n", before)
        return len(lines), len(lines[-1]) + 1


Retyping: TypeAlias = "Callable[[Typed, random.Random], None]"


def _each(pattern: str, *variants: str) -> Retyping:
    """Type each match in one of the ways given, drawn for each."""
    return lambda typed, draw: typed.sub(pattern, lambda _: draw.choice(variants))


def _all(pattern: str, *variants: str) -> Retyping:
    """Type all matches in one of the ways given."""
    return lambda typed, draw: typed.sub(pattern, draw.choice(variants))


def _notes(typed: Typed, draw: random.Random) -> None:
    way = draw.choice(["{}", "[{}]", "({})", "^{}", "^{}^", "[^{}]", " [{}]", "<sup>{}</sup>", ""])
    digits = str.maketrans("¹²", "12")
    typed.sub("(?<=[a-z%])[¹²]", lambda mark: way.format(mark[0].translate(digits)))


def _decompose(typed: Typed, _: random.Random) -> None:
    typed.sub(r"[^\W\d_]", lambda letter: unicodedata.normalize("NFD", letter[0]))


def _soften(typed: Typed, draw: random.Random) -> None:
    typed.sub(
        r"(?<=[a-zé]{3})(?=[a-zé]{3})",
        lambda _: draw.choice(["\u00ad", "\u200b", "", "", "", ""]),
    )


def _quotes(typed: Typed, draw: random.Random) -> None:
    opening, closing = draw.choice(["“”", "«»", '""', "„”", ("<<", ">>"), ("''", "''")])
    typed.sub('«|(?<=[ \n])"', opening)
    typed.sub('»|(?<=[a-z])"', closing)


def _emphasise(typed: Typed, draw: random.Random) -> None:
    mark = draw.choice(["*", "**", "_", "__"])
    typed.sub(r"(?<=[ \n])(?=[^\W_]{5,} )", lambda _: draw.choice([mark, "", ""]))


def _headings(typed: Typed, _: random.Random) -> None:
    typed.sub(r"(?<=\n\n)(?=[^\n.«¹²-]{5,60}\n\n)", "## ")


def _link(typed: Typed, draw: random.Random) -> None:
    url = draw.choice(["#", "https://exemple.invalid/a_b-c"])
    typed.sub(r"(?<= )(?=[^\W_]{6,} )", lambda _: draw.choice(["", "", "", "\0"]))
    typed.sub(r"\0(?=[^\W_]+ )", "[")
    typed.sub(r"(?<=[^\W_])(?= )", lambda gap: _link_end(gap, url))


def _link_end(gap: re.Match[str], url: str) -> str:
    opened = re.search(r"\[[^\W_]+\Z", gap.string[max(0, gap.start() - 60) : gap.start()])
    return f"]({url})" if opened else ""


RETYPINGS: dict[str, Retyping] = {
    "no-break spaces": _each(r"(?<=[\d«]) (?=[\d%€])|(?<=«) | (?=[»:;%])", " ", "\u00a0", "\u202f"),
    "no spaces": _all(r"(?<=\d) (?=\d{3}\b)|(?<=«) | (?=[»:;%])", "", "\u2009"),
    "wide spaces": _each("(?<=[a-z]) (?=[a-z])", " ", "  ", "\t", "\u00a0"),
    "apostrophes": _each("'", "'", "’", "ʼ", "´"),
    "quotes": _quotes,
    "ligatures": _all("œ", "oe"),
    "printed ligatures": _all("ffi", "ﬃ"),
    "accents": _decompose,
    "soft hyphens": _soften,
    "hyphens": _each("(?<=[a-zÉO])-(?=[a-z])", "-", "‐", "‑"),
    "dashes": _each("(?<= )[-–](?= )", "-", "–", "—", "--", "―"),
    "ellipses": _all(r"\[\.\.\.\]", "[…]", "(...)", "[ … ]", "(…)", "…", "..."),
    "notes": _notes,
    "bullets": _each(r"(?<=\n)- ", "- ", "• ", "– ", "* ", "▪ ", "◦\t", "— ", "  - ", "•"),
    "emphasis": _emphasise,
    "headings": _headings,
    "links": _link,
}


def _reflow(typed: Typed, draw: random.Random) -> None:
    width, indent = draw.choice([24, 40, 72]), draw.choice(["", "  ", "\t"])
    column = 0

    def wrap(found: re.Match[str]) -> str:
        nonlocal column
        if "\n" in found[0]:
            column = 0
            return found[0]
        following = re.match(r"\S*", found.string[found.end() :])
        if column + len(following[0] if following else "") < width:
            column += 1 + len(following[0] if following else "")
            return found[0]
        column = len(indent) + len(following[0] if following else "")
        return "\n" + indent

    typed.sub(r"\n+[-*•▪◦+–— ]*| ", wrap)


def _hyphenate(typed: Typed, draw: random.Random) -> None:
    end = draw.choice(["-\n", "-\r\n", "\u00ad\n", "‐\n  ", "-\n\t"])
    typed.sub(
        r"(?<= [a-zé]{3})(?=[a-zé]{3,} )|(?<=[a-z]-)(?=[a-z]{3})",
        lambda found: draw.choice(
            [end if found.string[found.start() - 1] != "-" else "\n", "", ""]
        ),
    )


def _columns(typed: Typed, _: random.Random) -> None:
    typed.sub("(?<=\n)(?=[^\n])", " " * 12)


LAYOUTS: dict[str, Retyping] = {
    "as it is": lambda _typed, _draw: None,
    "reflowed": _reflow,
    "hyphenated": _hyphenate,
    "one line": _all(r"\n+", " "),
    "single lines": _all(r"\n+", "\n"),
    "indented": _columns,
    "quoted": lambda typed, _: typed.sub(r"(?<=\n)(?=.)", "> "),
    "pages": _all(r"\n\n(?=Le réseau|Méthod|Une )", "\n\n7\n\f"),
}
LINE_ENDS = ["\n", "\r\n", "\r"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16"]


def retype(text: str, names: list[str], layout: str, draw: random.Random) -> Typed:
    typed = Typed(text)
    for name in sorted(names, key=list(RETYPINGS).index):
        RETYPINGS[name](typed, draw)
    LAYOUTS[layout](typed, draw)
    return typed


many = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.mark.parametrize("subject", SUBJECTS)
@many
@given(
    names=st.lists(st.sampled_from(list(RETYPINGS)), unique=True, max_size=6),
    layout=st.sampled_from(list(LAYOUTS)),
    line_end=st.sampled_from(LINE_ENDS),
    encoding=st.sampled_from(ENCODINGS),
    seed=st.integers(0, 2**16),
)
def test_retyped(
    subject: Callable[[], Subject],
    names: list[str],
    layout: str,
    line_end: str,
    encoding: str,
    seed: int,
) -> None:
    """Whoever copies a release changes its typography, not its words."""
    release, dataset = subject().release, subject().dataset
    typed = retype(release, names, layout, random.Random(seed))  # noqa: S311
    typed.sub("(?<!\r)\n", line_end)
    report = compare(typed.text.encode(encoding), dataset)
    assert not faults(report)
    for claim, result in zip(dataset.claims, report.results, strict=True):
        assert (result.line, result.column) == typed.position(release.index(claim.excerpt)), claim


# Altering: one word or one number at a time.


def _spans(subject: Subject, claim: Claim) -> tuple[int, int]:
    start = subject.release.index(subject.words(claim))
    return start, start + len(subject.words(claim))


def alterations(subject: Subject, claim: Claim) -> Iterator[tuple[str, int]]:
    """Alter what carries a claim in every way: the release, and where it is altered."""
    release = subject.release
    start, end = _spans(subject, claim)

    def put(first: int, last: int, words: str) -> tuple[str, int]:
        return release[:first] + words + release[last:], first

    for token in re.compile(r"\d+|[^\W\d_¹²]+").finditer(release, start, end):
        word, (first, last) = token[0], token.span()
        if word.isdecimal():
            for index, digit in enumerate(word):
                other = str((int(digit) + 1) % 10)
                yield put(first, last, word[:index] + other + word[index + 1 :])
            swapped = word[::-1]
            if swapped != word:
                yield put(first, last, swapped)
            yield put(first, last, f"1{word}")
            yield put(first, last, f"{word}0")
            yield put(first, first, "0,")
            yield put(last, last, ",5")
            if not release[first - 1].isalnum() and release[first - 1] not in ",.":
                for sign in "-−–+±<>~":
                    yield put(first, first, sign)
        else:
            yield put(first, last, "tulipe")
            yield put(first, last, f"{word}x")
            yield put(first, last, f"x{word}")
            yield put(first, last, word.swapcase())
            yield put(first, last, f"{word} tulipe")
            if release[last] == " " and release[first - 1] in " \n":
                yield put(first, last + 1, "")
    sentence = next(span for span in _segments(release) if span[0] <= start < span[1])
    gaps = [gap.start() for gap in re.compile(" (?=[^\\W_])").finditer(release, *sentence)]
    for gap in gaps:
        yield put(gap, gap, " ne")
        yield put(gap, gap, " n'est pas")


def _segments(release: str) -> list[tuple[int, int]]:
    """Cut a release into its sentences, more simply than the code under test."""
    ends = [
        end.end() for end in re.finditer(r"(?<=[.!?])(?: [»\"],?)? (?=[A-ZÉÀ«\[])|\n+", release)
    ]
    return list(zip([0, *ends], [*ends, len(release)], strict=True))


def apart(subject: Subject, at: int) -> set[str]:
    """Give the claims that stand in other sentences than the one altered."""
    altered = next(span for span in _segments(subject.release) if span[0] <= at < span[1])
    return {
        claim.id
        for claim in subject.dataset.claims
        for start, end in [_spans(subject, claim)]
        if end <= altered[0] or start >= altered[1]
    }


def check_altered(subject: Subject, claim: Claim, altered: str, at: int) -> None:
    report = compare(altered, subject.dataset)
    result = by_id(report)[claim.id]
    where = altered[max(0, at - 30) : at + 40]
    assert result.status in {"altered", "missing"}, where
    assert not report.verified
    # Not the names that follow a quotation: they are its own sentence's, and no other claim's.
    assert not faults(report).keys() & apart(subject, at), where
    if result.status == "altered":
        assert [op for op, _ in diff(result.expected, result.found or "")] != ["same"], result


@pytest.mark.parametrize("claim", DATASET.claims, ids=lambda claim: claim.id)
def test_altered(claim: Claim) -> None:
    for altered, at in alterations(MADE_UP_SUBJECT, claim):
        check_altered(MADE_UP_SUBJECT, claim, altered, at)


@needs_release
@pytest.mark.parametrize(
    "id", [claim.id for claim in real_subject().dataset.claims] if REAL else []
)
def test_altered_real_release(id: str) -> None:
    subject = real_subject()
    claim = next(claim for claim in subject.dataset.claims if claim.id == id)
    every = list(alterations(subject, claim))
    for altered, at in random.Random(id).sample(every, min(6, len(every))):  # noqa: S311
        check_altered(subject, claim, altered, at)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_another_speaker(subject: Callable[[], Subject]) -> None:
    """A speaker exchanged never verifies, be it for a stranger."""
    release, dataset = subject().release, subject().dataset
    names = {person.id: person.name for person in dataset.people}
    for quote in dataset.quotes:
        name = names[quote.speaker]
        others = [other for other in names.values() if other != name]
        for other in [*others, "Paule Stranger", f"Anne-{name}", f"{name}-Petit", f"{name}s"]:
            result = by_id(compare(release.replace(name, other), dataset))[quote.id]
            assert (result.status, result.expected) == ("altered", name), other


def test_speakers_swapped() -> None:
    swapped = MADE_UP.replace("Odile Marchenoir", "\0").replace("Inès Brasseur", "Odile Marchenoir")
    report = compare(swapped.replace("\0", "Inès Brasseur"))
    assert faults(report).keys() == {"odile-life", "ines-role"}
    assert by_id(report)["ines-role"].found == "Odile Marchenoir, Présidente de la Fédération"


@pytest.mark.parametrize(
    ("attribution", "status"),
    [
        ("{quote} Odile Marchenoir, directrice.", "verified"),
        ("{quote}\n\nOdile Marchenoir, directrice.", "verified"),
        ("Odile Marchenoir déclare : {quote}", "verified"),
        ("Yvon Queffélec a ouvert la séance. Odile Marchenoir déclare : {quote}", "verified"),
        ("Odile Marchenoir a ouvert la séance. {quote} déclare Yvon Queffélec.", "altered"),
        ("Odile Marchenoir : {quote}\n\nYvon Queffélec poursuit : « Bien dit. »", "verified"),
        ("{quote} ne déclare pas Odile Marchenoir.", "altered"),
        ("{quote} déclare Jean Passant, ami d'Odile Marchenoir.", "altered"),
        ("« Bonjour. », dit Odile Marchenoir. {quote} répond Jean Passant.", "altered"),
        ("{quote} dit-on.", "altered"),
        ("Yvon Queffélec a parlé.\n\n{quote}\n\nOdile Marchenoir, directrice.", "verified"),
    ],
)
def test_attribution(attribution: str, status: str) -> None:
    quote = DATASET.quotes[0]
    copy = attribution.format(quote=f"« {quote.words} »,")
    report = compare(copy, replace(DATASET, claims=(quote,)))
    assert report.results[0].status == status


# What stands next to an excerpt.


@pytest.mark.parametrize(
    ("right", "wrong", "id"),
    [
        (" 46 %", " 146 %", "trailers"),
        (" 46 %", " 0,46 %", "trailers"),
        (" 46 %", " 46,0 %", "trailers"),
        (" 830 fermes", " 1 830 fermes", "farms"),
        (" 830 fermes", " 1\u202f830 fermes", "farms"),
        (" 830 fermes", " 1.830 fermes", "farms"),
        (" 830 fermes", " 2-830 fermes", "farms"),
        (" 830 fermes", " 830 fermettes", "farms"),
        ("1 845", "1 854", "members"),
        ("1 845", "11 845", "members"),
        ("1 845", "2 1 845", "members"),
        ("2,7 %", "27 %", "parts"),
        ("2,7 %", "2, 7 %", "parts"),
        (" 12 %", " -12 %", "bikes"),
        (" 12 %", " −12 %", "bikes"),
        (" 12 %", " > 12 %", "bikes"),
        (" 12 %", " ≥12 %", "bikes"),
        ("07 à 41", "07 à 410", "codes"),
        ("07 à 41", "07 à 41,5", "codes"),
        ("07 à 41", "07 à 41 %", "codes"),
        ("Ouvrir", "Ne pas ouvrir", "mobile"),
        ("Ouvrir", "Ne pas Ouvrir", "mobile"),
        ("trois quarts sont des", "trois quarts ne sont des", "daily"),
        ("trois quarts sont des cyclistes", "trois quarts sont des motocyclistes", "daily"),
        ("cyclistes quotidiens", "cyclistes\nrarement quotidiens", "daily"),
        ("bénévole sur cinq", "bénévole sur cin\u00adquante", "helpers"),
        ("bénévole sur cinq", "bénévole sur cinq-\nquante", "helpers"),
        ("la charte", "l'avant-charte", "charter"),
        ("charte de 2019", "charte de 2019-2020", "charter"),
    ],
)
def test_look_alikes(right: str, wrong: str, id: str) -> None:
    """A right excerpt stands in all of these, or nearly."""
    assert MADE_UP.count(right) == 1
    assert by_id(compare(MADE_UP.replace(right, wrong)))[id].status == "altered"


def test_running_header() -> None:
    """A page number and a header between two blocks belong to no claim."""
    copy = MADE_UP.replace("\n\nUne vallée", "\n\n3\n\fLe Petit Courrier\n\nUne vallée")
    copy = copy.replace("\n- Former", "\n\n4\n\n- Former")
    assert compare(copy).verified is True


def test_page_within_a_sentence() -> None:
    """The pages of `pdftotext` end in a form feed, after their number."""
    copy = MADE_UP.replace("poursuit Yvon", "poursuit\n\n12\n\fYvon")
    copy = copy.replace("des cyclistes quotidiens", "des cy-\n\n 13 / 20\n\fclistes\n\fquotidiens")
    report = compare(copy)
    assert report.verified is True
    assert report.coverage.uncovered == ()


def test_blank_line_within_a_sentence() -> None:
    for gap in ("\n\n", "\n\n\f"):
        report = compare(MADE_UP.replace("bénévoles y ", f"bénévoles y{gap}"))
        assert faults(report) == {}
        assert report.coverage.uncovered == ()


def test_missing() -> None:
    copy = MADE_UP.replace("14 bourgs, ", "")
    result = by_id(compare(copy))["towns"]
    assert (result.status, result.line, result.column, result.found) == (
        "missing",
        None,
        None,
        None,
    )
    assert result.expected == "14 bourgs"


def test_altered_shows_the_closest_passage() -> None:
    copy = MADE_UP.replace(
        "les trois quarts sont des cyclistes", "les deux\ntiers sont des cyclistes"
    )
    result = by_id(compare(copy))["daily"]
    assert (result.line, result.column) == (5, MADE_UP.split("\n")[4].index("les trois") + 1)
    assert result.found == "les deux tiers sont des cyclistes"
    assert diff(result.expected, result.found) == [
        ("same", "les"),
        ("removed", "trois quarts"),
        ("added", "deux tiers"),
        ("same", "sont des cyclistes"),
    ]


def test_diff_passes_over_typography() -> None:
    typed = "« l\u2019œu-\nvre » : 1\u202f845\u00a0%"
    assert diff('"l\'oeuvre": 1 845 %', typed) == [("same", '"l\'oeuvre": 1 845 %')]


def test_context_tells_occurrences_apart() -> None:
    elsewhere = "Ailleurs, on compte 14 bourgs isolés.\n\n"
    result = by_id(compare(elsewhere + MADE_UP))["towns"]
    assert (result.status, result.line) == (
        "verified",
        MADE_UP[: MADE_UP.index("14 b")].count("\n") + 3,
    )


def test_ambiguous() -> None:
    report = compare(f"{MADE_UP}\n\n{MADE_UP}")
    assert {result.status for result in report.results} == {"ambiguous"}
    assert report.results[0].line == 5
    assert not report.verified


@pytest.mark.parametrize(
    "change", [{"value": 1854}, {"written": "845", "value": 845}, {"written": "x"}]
)
def test_wrong_number_in_the_dataset(change: dict[str, object]) -> None:
    wrong = tuple(
        replace(claim, **change) if claim.id == "members" else claim  # type: ignore[arg-type]
        for claim in DATASET.claims
    )
    assert faults(compare(MADE_UP, replace(DATASET, claims=wrong))) == {"members": "altered"}


# Coverage.


@pytest.mark.parametrize("subject", SUBJECTS)
def test_everything_is_covered(subject: Callable[[], Subject]) -> None:
    report = compare(subject().release, subject().dataset)
    assert report.verified is True
    assert report.coverage.uncovered == ()
    assert report.coverage.sentences == report.coverage.covered + report.coverage.left_out
    assert report.coverage.left_out >= len(subject().dataset.release.left_out) - 1


def test_uncovered() -> None:
    copy = MADE_UP.replace(
        "\n\nUne vallée", "\n\nM. J. Petit, p. 12, dit\n  l'inverse. Le p. 3 aussi.\n\nUne vallée"
    )
    line = copy[: copy.index("M. J.")].count("\n") + 1
    report = compare(f"Avant.\n{copy}Après ! Fin")
    assert report.coverage.uncovered == (
        (1, "Avant."),
        (line + 1, "M. J. Petit, p. 12, dit l'inverse."),
        (line + 2, "Le p. 3 aussi."),
        (copy.count("\n") + 2, "Après !"),
        (copy.count("\n") + 2, "Fin"),
    )


def test_coverage_without_a_claim() -> None:
    claims = tuple(claim for claim in DATASET.claims if claim.kind != "quote")
    report = compare(MADE_UP, replace(DATASET, claims=claims))
    assert [line for line, _ in report.coverage.uncovered] == [19, 21, 21, 23, 23]


def test_heavy_modules_stay_unloaded() -> None:
    code = "import sys, essfacts.verify; print({'difflib', 'html.parser'} & sys.modules.keys())"
    import subprocess
    import sys

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "set()\n"
