"""Text as people type it and as French prints it."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essfacts.errors import nearest
from essfacts.language import format_number
from essfacts.numbers import read_one
from essfacts.text import escaped, fold, is_unicode, printable, unsafe

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
    ("ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ", "ff fi fl ffi ffl st st"),
    ("`l'ESS'", "'l’ESS`", "＇l‛ESS´"),
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


@pytest.mark.parametrize("code", range(0x2000, 0x2070), ids=hex)
def test_what_unicode_says_is_not_seen_is_nothing_and_a_space_is_a_space(code: int) -> None:
    char = chr(code)
    kind = unicodedata.category(char)
    parted = {"Cf": "ab", "Zs": "a b", "Zl": "a b", "Zp": "a b", "Pd": "a-b"}
    if kind in parted and char != "―":  # a bar before what is said
        assert fold(f"a{char}b") == parted[kind]
    elif char not in "‘’‛′“”„":
        assert fold(f"a{char}b") == f"a{char}b"


@pytest.mark.parametrize("char", "\u00ad\u034f\u061c\u180e\ufeff", ids=ascii)
def test_what_is_not_seen_elsewhere_is_nothing_too(char: str) -> None:
    assert fold(f"co{char}op") == "coop"


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


def test_what_steers_is_what_unicode_says_controls_or_turns() -> None:
    controls, turns = {"Cc", "Cs", "Zl", "Zp"}, "LRE RLE LRO RLO PDF LRI RLI FSI PDI".split()
    steering = {
        char
        for char in map(chr, range(0x10000))
        if unicodedata.category(char) in controls or unicodedata.bidirectional(char) in turns
    }
    # Marks of direction, formats that are deprecated, annotations, and what is no character.
    steering |= {*"\u061c\u200e\u200f\u206a\u206b\u206c\u206d\u206e\u206f"}
    steering |= {*"\ufff9\ufffa\ufffb\ufffe\uffff"}
    assert {char for char in map(chr, range(0x10000)) if unsafe(char)} == steering


def test_what_a_format_needs_is_kept() -> None:
    assert printable("a\tb\nc\x1bd", kept="\t\n") == "a\tb\nc\\x1bd"


def test_a_document_writes_what_steers_as_its_strings_may_hold_it() -> None:
    assert escaped('{"a": "\u202e\x9b"}\n') == '{"a": "\\u202e\\u009b"}\n'


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [("UTF-8", True), ("utf-16-le", True), ("ascii", False), ("latin-1", False)],
)
def test_a_stream_carries_every_character_if_it_is_of_unicode(
    encoding: str, expected: object
) -> None:
    assert is_unicode(io.TextIOWrapper(io.BytesIO(), encoding)) is expected


def test_a_text_in_memory_carries_every_character() -> None:
    assert is_unicode(io.StringIO())


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
        ("xyz", ["regions", "insee"], ": one of regions, insee"),
        ("", ["regions"], ": one of regions"),
        ("x", [], ""),
    ],
)
def test_the_nearest_right_value_is_told(value: str, allowed: list[str], end: str) -> None:
    assert str(nearest(value, allowed)) == end


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
    read = read_one(format_number(number, "fr"))
    assert read
    assert read.value == pytest.approx(number, abs=1e-6)
