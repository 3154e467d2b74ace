"""Text as people type it and as French prints it."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essfacts.errors import nearest
from essfacts.french import read_number
from essfacts.language import format_number
from essfacts.text import fold, printable, unsafe

# What people type.

ALIKE = [
    ("Régions", "regions", "RÉGIONS", "re\u0301gions", "  Régions \n"),
    ("œuvre", "oeuvre", "ŒUVRE", "OEuvre"),
    ("Ex æquo", "ex aequo", "EX ÆQUO"),
    ("l'ESS", "l’ESS", "L‘ess", "lʼESS", "l`ESS", "l´ESS", "l′ESS"),
    ("1 367", "1\u00a0367", "1\u202f367", "1\u2009367", "1\t367", "1  367"),
    (
        "ultra-marins",
        "ultra‑marins",
        "ultra‐marins",
        "ultra–marins",
        "ultra—marins",
        "ultra−marins",
    ),
    ('"ESS-iser"', "«ESS-iser»", "“ESS-iser”", "„ESS-iser“"),
    ("réindustrialisation", "réin\u00addustrialisation", "réin\u200bdustrialisation"),
    ("ﬁlière", "filière"),
    ("Straße", "STRASSE"),
]


@pytest.mark.parametrize("words", ALIKE, ids=lambda words: words[0])
def test_what_two_people_type_alike_folds_alike(words: tuple[str, ...]) -> None:
    assert len({fold(word) for word in words}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("1 367", "1367"), ("1,3", "13"), ("%²", "%2"), ("peche", "pecher"), ("l'ESS", "less")],
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


FRENCH = st.text("aàâbcçdeéèêëfghiîïjklmnoôpqrstuùûüvwxyÿzœæ'’ -0123456789", max_size=40)


@given(FRENCH)
def test_folding_is_blind_to_case_composition_and_itself(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(text.upper()) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert folded.isascii()


@given(st.text())
def test_folding_takes_any_text(text: str) -> None:
    assert "  " not in fold(text)


# What reaches a terminal.

STEERING = "[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


@pytest.mark.parametrize(
    ("text", "shown", "char"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb", "\x1b"),
        ("a\x9bb", "a\\x9bb", "\x9b"),
        ("a\rb", "a\\rb", "\r"),
        ("a\nb", "a\\nb", "\n"),
        ("a\0b", "a\\x00b", "\0"),
        ("a\x7fb", "a\\x7fb", "\x7f"),
        ("a\u202eb", "a\\u202eb", "\u202e"),
        ("a\u2066b", "a\\u2066b", "\u2066"),
        ("a\ud800b", "a\\ud800b", "\ud800"),
    ],
    ids=ascii,
)
def test_what_steers_a_terminal_is_spelt_out(text: str, shown: str, char: str) -> None:
    assert printable(text) == shown
    assert unsafe(text) == char


@pytest.mark.parametrize(
    "text",
    ["", "1\u202f367 €", "« [sic] [/x] »", "œuvre é", "e\u0301", "日本", "👩\u200d🌾", "\ue000"],
)
def test_what_prints_stays(text: str) -> None:
    assert printable(text) == text
    assert unsafe(text) is None


@given(st.text(st.characters(codec=None) | st.sampled_from("\x1b\x9b\u202e\u2066\ud800\r")))
def test_nothing_that_steers_a_terminal_passes(text: str) -> None:
    assert not re.search(STEERING, printable(text))
    assert (unsafe(text) is None) == (printable(text) == text)


# Suggestions.


@pytest.mark.parametrize(
    ("value", "allowed", "end"),
    [
        ("regoins", ["regions", "insee"], ': did you mean "regions"?'),
        ("RÉGION", ["regions", "insee"], ': did you mean "regions"?'),
        ("regions de france", ["Régions de France"], ': did you mean "Régions de France"?'),
        # Only a beginning was typed, with a slip; of two that begin alike, the first is told.
        ("econmic", ["economic-cooperation"], ': did you mean "economic-cooperation"?'),
        ("cooprat", ["cooperatives-of-today", "cooperation-of-all-sorts", "insee"],
         ': did you mean "cooperatives-of-today"?'),
        ("xyz", ["regions", "insee"], ": one of regions, insee"),
        ("", ["regions"], ": one of regions"),
        ("x", [], ""),
    ],
)  # fmt: skip
def test_the_nearest_right_value_is_told(value: str, allowed: list[str], end: str) -> None:
    assert str(nearest(value, allowed)) == end


# Numbers that are read.

NUMBERS: list[tuple[str, float]] = [
    ("1 367", 1367),
    ("1\u00a0367", 1367),
    ("1\u202f367", 1367),
    ("1367", 1367),
    ("12 345 678", 12_345_678),
    ("1,3 %", 1.3),
    ("1 367,25", 1367.25),
    ("10 %", 10),
    ("14\u00a0%", 14),
    ("1,3 %²", 1.3),
    ("-4", -4),
    ("−4,5", -4.5),
    ("0", 0),
    ("les deux tiers", 2 / 3),
    ("un tiers", 1 / 3),
    ("les trois quarts", 0.75),
    ("un quart", 0.25),
    ("la moitié", 0.5),
    ("un demi", 0.5),
    ("deux et demi", 2.5),
    ("deux heures et demie", 2.5),
    ("un million et demi", 1_500_000),
    ("un cinquième", 0.2),
    ("neuf dixièmes", 0.9),
    ("deux centièmes", 0.02),
    ("trois millièmes", 0.003),
    ("près d'une entreprise adaptée sur deux", 0.5),
    ("près d’une entreprise sur deux", 0.5),
    ("deux sur trois", 2 / 3),
    ("9 sur 10", 0.9),
    ("près de quatre-vingts", 80),
    ("Près de 80", 80),
    ("Quatre", 4),
    ("une trentaine", 30),
    ("une dizaine", 10),
    ("près d'un millier", 1000),
    ("deux milliers", 2000),
    ("une centaine de milliers", 100_000),
    ("1,5 million", 1_500_000),
    ("3 milliards", 3_000_000_000),
    ("dix pour cent", 10),
    ("3,5 pour cent", 3.5),
    ("soixante et onze", 71),
    ("septante-deux", 72),
    ("nonante", 90),
    ("ŒUVRE DE QUATRE-VINGT-DIX-NEUF", 99),
    ("mille neuf cent quatre-vingt-quatre", 1984),
    ("deux cent mille", 200_000),
    ("zéro", 0),
]


@pytest.mark.parametrize(("written", "value"), NUMBERS)
def test_french_numbers_are_read(written: str, value: float) -> None:
    assert read_number(written) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "beaucoup",
        "%",
        "près de",
        "2 à 3",
        "05 à 39",
        "2-4 ateliers",
        "14 juin 2024",
        "1 367 12",
        "un tiers et un quart",
        "un sur zéro",
        "un sur deux sur trois",
        "1.3",
        "²",
    ],
)
def test_what_is_not_one_number_is_not_read(written: str) -> None:
    assert read_number(written) is None


ONES = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf"
).split()
TENS = "vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt".split()


def spell(number: int) -> str:
    """Write a number below 10,000 in words, as a French school does."""
    if number < 20:
        return ONES[number]
    if number < 100:
        ten, one = divmod(number, 10)
        if ten in (7, 9):
            one += 10
        word = TENS[ten - 2]
        if number == 80:
            return "quatre-vingts"
        if one == 0:
            return word
        joint = " et " if one in (1, 11) and ten < 8 else "-"
        return word + joint + ONES[one]
    scale, word = (100, "cent") if number < 1000 else (1000, "mille")
    head, tail = divmod(number, scale)
    words = [spell(head)] if head > 1 else []
    words.append("cents" if scale == 100 and head > 1 and not tail else word)
    return " ".join([*words, spell(tail)] if tail else words)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (21, "vingt et un"),
        (71, "soixante et onze"),
        (77, "soixante-dix-sept"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (91, "quatre-vingt-onze"),
        (100, "cent"),
        (200, "deux cents"),
        (201, "deux cent un"),
        (1000, "mille"),
        (1367, "mille trois cent soixante-sept"),
        (9999, "neuf mille neuf cent quatre-vingt-dix-neuf"),
    ],
)
def test_the_spelling_of_this_test_is_right(number: int, words: str) -> None:
    assert spell(number) == words


def test_every_number_in_words_below_10_000_is_read() -> None:
    wrong = {n: read_number(spell(n)) for n in range(10_000) if read_number(spell(n)) != n}
    assert wrong == {}


def test_the_spelling_of_1990_is_read_too() -> None:
    """All parts joined with hyphens."""
    joined = {n: spell(n).replace(" ", "-") for n in range(10_000)}
    assert [n for n, words in joined.items() if read_number(words) != n] == []


@given(st.integers(1, 99), st.integers(2, 20))
def test_shares_are_read(over: int, under: int) -> None:
    words = f"près de {spell(over)} communes sur {spell(under)}"
    assert read_number(words) == pytest.approx(float(Fraction(over, under)))


@given(st.text(st.sampled_from("0123456789 ,-%²") | st.characters(codec="utf-8"), max_size=60))
def test_reading_a_number_takes_any_text(text: str) -> None:
    assert isinstance(read_number(text), (int, float, type(None)))


@given(
    st.lists(
        st.sampled_from(
            [*ONES, *TENS, "cent", "mille", "tiers", "et", "sur", "demi", "million", "12"]
        )
    )
)
def test_reading_a_number_takes_any_words(words: list[str]) -> None:
    assert isinstance(read_number(" ".join(words)), (int, float, type(None)))


# Numbers that are printed.


@pytest.mark.parametrize(
    ("number", "fr", "en"),
    [
        (1367, "1 367", "1,367"),
        (1.3, "1,3", "1.3"),
        (80, "80", "80"),
        (1_000, "1 000", "1,000"),
        (12_345_678, "12 345 678", "12,345,678"),
        (1367.5, "1 367,5", "1,367.5"),
        (10.0, "10", "10"),
        (-1234.5, "-1 234,5", "-1,234.5"),
        (0, "0", "0"),
        (963, "963", "963"),
    ],
)
def test_numbers_are_printed_as_the_language_does(number: float, fr: str, en: str) -> None:
    assert " ".join(format_number(number, "fr").split()) == fr
    assert format_number(number, "en") == en


@given(st.integers(-(10**12), 10**12), st.integers(0, 99))
def test_a_printed_number_reads_back(whole: int, hundredths: int) -> None:
    number = whole + hundredths / 100 if abs(whole) < 10**9 else float(whole)
    assert read_number(format_number(number, "fr")) == pytest.approx(number, abs=1e-6)
