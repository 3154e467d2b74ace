"""Press contacts show to who asks for people, and nowhere else: no command, format or language."""

from __future__ import annotations

from io import BytesIO
from itertools import product
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from program import reader

from essfacts import load
from essfacts.cite import STYLES
from essfacts.cli import COMMANDS, main
from essfacts.language import LANGUAGES
from essfacts.render import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DATASET = load()
CONTACTS = [person for person in DATASET.people if person.email or person.phone]
ADDRESSES = {part for person in CONTACTS for part in (person.email, person.phone) if part}
# Where nobody asked for people, not even who is to be called may show.
PRIVATE = ADDRESSES | {part for person in CONTACTS for part in (person.id, person.name)}
OTHERS = (
    *(*DATASET.claims, *DATASET.computed, *DATASET.organisations, *DATASET.sources),
    *(person for person in DATASET.people if person not in CONTACTS),
)
# What a command can't do without: here, as much as it takes. A new command that takes
# arguments needs a row; whatever else it prints is looked through as it is.
ARGUMENTS: dict[str, Sequence[str]] = {
    "search": ("emploi", "--excerpt", "--source"),
    "schema": ("claims",),
    "show": [record.id for record in OTHERS],
    "cite": ("--all", "--release"),
    "check": ("tests/data/made-up/communique.txt",),
}
# `people` is where they are asked for; `seal` writes a file, and prints three counts.
FOR_PEOPLE = {"people", "seal"}


def leaks(
    arguments: Sequence[str], capsysbinary: pytest.CaptureFixture[bytes]
) -> tuple[int, set[str]]:
    """Run a command, and give its exit code and what it told of press contacts."""
    code = main([*arguments])
    out, err = capsysbinary.readouterr()
    if out.startswith(b"PK"):  # a workbook
        with ZipFile(BytesIO(out)) as book:
            out = b"".join(map(book.read, book.namelist()))
    said = (out + err).decode()
    assert said
    # However a number is spaced, it is the same number.
    bare = said.replace("\xa0", " ").replace("\u202f", " ")
    return code, {part for part in PRIVATE if part in bare}


def test_there_are_press_contacts() -> None:
    # Three people to call, each with an address and a number.
    assert (len(CONTACTS), len(ADDRESSES), len(PRIVATE)) == (3, 6, 12)


each_command = pytest.mark.parametrize(
    "name", [name for name in COMMANDS if name not in FOR_PEOPLE]
)


@each_command
def test_no_command_tells_of_them(name: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert leaks([name, *ARGUMENTS.get(name, ())], capsysbinary) == (0, set())


@pytest.mark.slow
@each_command
def test_no_command_tells_of_them_in_any_format(
    name: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for language, format in product(LANGUAGES, FORMATS):
        # Not every command has every format.
        typed = [name, *ARGUMENTS.get(name, ()), "--lang", language, "--format", format]
        assert not leaks(typed, capsysbinary)[1], typed


@each_command
def test_no_option_of_a_list_tells_of_them(
    name: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    typed = [name, *ARGUMENTS.get(name, ()), "--format", "json"]
    for option in ("--source", "--excerpt", "--computed"):
        assert not leaks([*typed, option], capsysbinary)[1]


@pytest.mark.parametrize("style", STYLES)
def test_no_citation_tells_of_them(style: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert leaks(["cite", "--all", "--release", "--style", style], capsysbinary) == (0, set())


@pytest.mark.parametrize(
    "arguments",
    [
        *([], ["--help"], ["stats", "--chart"], ["stats", "--chart", "--format", "svg"]),
        ["timeline", "--fields", "id,text,organisations,sources"],
    ],
    ids=" ".join,
)
def test_nothing_else_tells_of_them(
    arguments: list[str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert leaks(arguments, capsysbinary) == (0, set())


def test_verifying_a_copy_tells_nothing_of_them(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "copy.txt").write_text("Contacts presse\n", encoding="utf-8")
    assert leaks(["verify", str(tmp_path / "copy.txt")], capsysbinary) == (1, set())


@pytest.mark.parametrize("contact", CONTACTS, ids=lambda person: person.id)
def test_people_and_show_tell_who_to_call(
    contact: object, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    known = {str(getattr(contact, part)) for part in ("id", "name", "email", "phone")}
    for arguments in (["people"], ["show", getattr(contact, "id", "")]):
        code, told = leaks(arguments, capsysbinary)
        assert code == 0
        assert known <= told


@pytest.mark.parametrize("format", FORMATS)
def test_who_searches_for_them_finds_who_they_are_and_not_their_addresses(
    format: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    if format == "xlsx":
        reader("xlsxwriter")
    code, told = leaks(["search", "contact", "presse", "--format", format], capsysbinary)
    assert code == 0
    assert {person.name for person in CONTACTS} <= told
    assert not told & ADDRESSES
