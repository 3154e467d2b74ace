"""Numbers as French and English write them, against a person's reading and another library's."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words  # type: ignore[import-untyped]

from essfacts.numbers import plain, read, read_one


def read_number(written: str, language: str = "fr") -> float | None:
    found = read_one(written, language)
    return found.value if found else None


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
    ("12 M€", 12_000_000),
    ("12\u202fM€", 12_000_000),
    ("12M€", 12_000_000),
    ("12 M d'euros", 12_000_000),
    ("12 millions d’euros", 12_000_000),
    ("1,2 Md€", 1_200_000_000),
    ("12 k€", 12_000),
    ("350 000 €", 350_000),
    ("− 3,2 %", -3.2),
    ("–\u202f3,2\u00a0%", -3.2),
    ("-3,2 %", -3.2),
    ("une baisse de − 3,2 %", -3.2),
    ("12 ‰", 12),
    ("cinq pour mille", 5),
    ("deux millions trois cent mille", 2_300_000),
    ("un demi-million", 500_000),
    ("une douzaine", 12),
    ("covid-19", 19),
    ("deux mille vingt-cinq", 2025),
]

ENGLISH: list[tuple[str, float]] = [
    ("$90,000", 90_000),
    ("$90k", 90_000),
    ("€12m", 12_000_000),
    ("€ 1.2bn", 1_200_000_000),
    ("12 million euros", 12_000_000),
    ("4 million", 4_000_000),
    ("1,367", 1367),
    ("1.3%", 1.3),
    ("−3.2 %", -3.2),
    ("10 percent", 10),
    ("ten per cent", 10),
    ("half", 0.5),
    ("nearly half", 0.5),
    ("half a million", 500_000),
    ("two and a half", 2.5),
    ("a million and a half", 1_500_000),
    ("one and a half million", 1_500_000),
    ("two in three", 2 / 3),
    ("one in two", 0.5),
    ("nine out of ten", 0.9),
    ("one adapted enterprise in two carries out", 0.5),
    ("Three repaired bicycles in four are", 0.75),
    ("two-thirds", 2 / 3),
    ("three-quarters", 0.75),
    ("a third of members", 1 / 3),
    ("one fifth of", 0.2),
    ("a dozen", 12),
    ("nearly a thousand", 1000),
    ("a hundred and five", 105),
    ("one thousand, two hundred and three", 1203),
    ("twelve hundred", 1200),
    ("twenty-one", 21),
]


@pytest.mark.parametrize(("written", "value"), NUMBERS)
def test_french_numbers_are_read(written: str, value: float) -> None:
    assert read_number(written) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(("written", "value"), ENGLISH)
def test_english_numbers_are_read(written: str, value: float) -> None:
    assert read_number(written, "en") == pytest.approx(value, rel=1e-12)


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
        "Entre 10 et 15 %",
        "10 à 15 %",
        "10-15 %",
        "10 – 15 %",
        "le deuxième",
        "1er",
        "2e",
        "la 3ème",
        "le vingt-deuxième",
        "le cent cinquième",
        "aux vingt-cinquièmes rencontres",
        "un troisième atelier",
        "tiers-lieux",
        "des millions d'euros",
        "des dizaines",
        "CO2",
        "un sur deux sur trois",
        "1.3",
        "²",
    ],
)
def test_what_is_not_one_number_is_not_read(written: str) -> None:
    assert read_number(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "between 10 and 15%",
        "10 to 15%",
        "10-15%",
        "between one hundred and two hundred",
        "two workshops in four regions",
        "the second",
        "a second workshop",
        "the third workshop",
        "21st",
        "2nd",
        "the twenty-first",
        "the twentieth",
        "the hundredth",
        "first-of-its-kind",
        "thousands of people",
        "a quarterly",
        "in the last quarter",
        "the third quarter",
    ],
)
def test_what_is_not_one_english_number_is_not_read(written: str) -> None:
    assert read_number(written, "en") is None


@pytest.mark.parametrize(
    ("text", "language", "amounts"),
    [
        ("Entre 10 et 15 %", "fr", [(0.1, "%"), (0.15, "%")]),
        ("from 10 to 15%", "en", [(0.1, "%"), (0.15, "%")]),
        ("20 % ou un sur cinq", "fr", [(0.2, "%"), (0.2, "%")]),
        ("10 points", "fr", [(10, "")]),
        ("12 M€ et $90k", "fr", [(12_000_000, "€"), (90_000, "$")]),
        ("un atelier, 4 ateliers", "fr", [(1, ""), (4, "")]),
        ("deux, trois ou quatre", "fr", [(2, ""), (3, ""), (4, "")]),
        ("mille, deux cents", "fr", [(1000, ""), (200, "")]),
        ("seven, eight", "en", [(7, ""), (8, "")]),
        ("one hundred and two hundred", "en", [(100, ""), (200, "")]),
    ],
)
def test_a_number_says_of_what_it_is(
    text: str, language: str, amounts: list[tuple[float, str]]
) -> None:
    assert [number.amount for number in read(plain(text), language)] == amounts


LANGUAGES = [("fr", "fr"), ("fr_BE", "fr"), ("fr_CH", "fr"), ("en", "en")]


@pytest.mark.slow
@pytest.mark.parametrize(("spelling", "language"), LANGUAGES, ids=[row[0] for row in LANGUAGES])
@pytest.mark.parametrize("numbers", [range(2_000), range(2_000, 2_000_001, 1_999)], ids=str)
def test_what_another_library_spells_is_read(spelling: str, language: str, numbers: range) -> None:
    wrong = {n for n in numbers if read_number(num2words(n, lang=spelling), language) != n}
    assert wrong == set()


@pytest.mark.parametrize(("spelling", "language"), LANGUAGES, ids=[row[0] for row in LANGUAGES])
@given(st.integers(0, 2_000_000))
def test_any_number_that_another_library_spells_is_read(
    spelling: str, language: str, number: int
) -> None:
    assert read_number(num2words(number, lang=spelling), language) == number


@given(st.integers(0, 2_000_000))
def test_the_spelling_of_1990_is_read_too(number: int) -> None:
    """All parts joined with hyphens."""
    assert read_number(num2words(number, lang="fr").replace(" ", "-")) == number


@given(st.integers(1, 99), st.integers(2, 20))
def test_shares_are_read(over: int, under: int) -> None:
    words = f"près de {num2words(over, lang='fr')} communes sur {num2words(under, lang='fr')}"
    assert read_number(words) == (
        pytest.approx(float(Fraction(over, under))) if over <= under else None
    )


@given(st.text(st.sampled_from("0123456789 ,-%²") | st.characters(codec="utf-8"), max_size=60))
@settings(max_examples=10 * settings().max_examples)
def test_reading_a_number_takes_any_text(text: str) -> None:
    assert isinstance(read_number(text), (int, float, type(None)))


@given(
    st.lists(
        st.sampled_from(
            "un deux dix vingt soixante quatre cent mille millions tiers et sur demi les de 12 "
            "cinquieme douzaine milliers centaine million moitie".split()
        )
    )
)
@settings(max_examples=10 * settings().max_examples)
def test_reading_a_number_takes_any_words(words: list[str]) -> None:
    assert isinstance(read_number(" ".join(words)), (int, float, type(None)))


@given(
    st.lists(
        st.sampled_from(
            "a one two ten twenty hundred thousand millions third thirds half halves and in of 12 "
            "dozen fifth quarter out first".split()
        )
    )
)
@settings(max_examples=10 * settings().max_examples)
def test_reading_a_number_takes_any_english_words(words: list[str]) -> None:
    assert isinstance(read_number(" ".join(words), "en"), (int, float, type(None)))
