"""Completion, tried in the shells themselves."""

from __future__ import annotations

import os
import re
import select
import shlex
import stat
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from program import (
    HOUSE,
    PATIENCE,
    PROGRAM,
    environment,
    lean_typer,
    needs,
    of_posix,
    plain,
    run,
)

from essfacts import load
from essfacts.cite import STYLES
from essfacts.cli import COMMANDS
from essfacts.render import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

DATASET = load()
ORGANISATIONS = {record.id for record in DATASET.organisations}
TOPICS = {record.id for record in DATASET.topics}
SECTIONS = {record.id for record in DATASET.release.sections}
SOURCES = {record.id for record in DATASET.sources}
UNITS = {record.id for record in DATASET.units}
CLAIMS = {record.id for record in DATASET.claims}

pytestmark = pytest.mark.slow  # each case is a process, some are a shell's

# What is typed before Tab, and all that the shell then offers.
OFFERS: list[tuple[str, set[str]]] = [
    ("essfacts lev", {"levers"}),
    ("essfacts s", {name for name in COMMANDS if name.startswith("s")}),
    ("essfacts quotes --org ", ORGANISATIONS),
    ("essfacts quotes --org re", {"regions"}),
    ("essfacts claims --topic ", TOPICS),
    ("essfacts claims --topic co", {"cooperatives", "cooperation"}),
    ("essfacts claims --section me", {"methodology"}),
    ("essfacts claims --section ", SECTIONS),
    ("essfacts claims --cites ", SOURCES),
    ("essfacts stats --unit ", UNITS),
    ("essfacts levers --format ", set(FORMATS)),
    ("essfacts cite gdp-share --style ", set(STYLES)),
    ("essfacts levers --lang ", {"fr", "en"}),
    ("essfacts show gdp", {"gdp-share"}),
    ("essfacts cite lutrot", {"lutrot-new-lever", "lutrot-statement"}),
    ("essfacts show members-m", {"members-metropoles"}),
    ("essfacts levers --ex", {"--excerpt", "--excel"}),
    ("essfacts stats --ch", {"--chart"}),
    ("essfacts people --org occ", {"occitanie"}),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a home of its own, and a folder with the program on the path."""
    folder = tmp_path_factory.mktemp("home")
    program = folder / "bin" / "essfacts"
    program.parent.mkdir()
    # The name by which it is called is the one that is completed.
    program.write_text(f'#!/bin/sh\nexec {" ".join(map(shlex.quote, PROGRAM))} "$@"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return folder


def settings(home: Path, **changes: str) -> dict[str, str]:
    path = f"{home}/bin:{os.environ['PATH']}"
    return environment(HOME=str(home), PATH=path, ZDOTDIR=str(home), **changes)


def offered(line: str, home: Path, variable: str, **changes: str) -> list[str]:
    """Ask the program as the shell's script does."""
    words = shlex.split(line) + ([""] if line.endswith(" ") else [])
    env = settings(home, _ESSFACTS_COMPLETE=variable, **changes)
    done = subprocess.run(
        [*PROGRAM],
        capture_output=True,
        check=False,
        text=True,
        env=env
        | {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_TYPER_COMPLETE_ARGS": line}
        | {"_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    )
    assert done.stderr == ""
    return list(filter(None, done.stdout.splitlines()))


# What is offered.


@pytest.mark.parametrize(("line", "expected"), OFFERS)
def test_offers(line: str, expected: set[str], home: Path) -> None:
    assert set(offered(line, home, "complete_bash")) == expected


def test_every_command_and_every_id_is_offered(home: Path) -> None:
    assert set(offered("essfacts ", home, "complete_bash")) == set(COMMANDS)
    ids = set(offered("essfacts show ", home, "complete_bash"))
    computed = {record.id for record in DATASET.computed}
    assert ids >= CLAIMS | computed | ORGANISATIONS | SOURCES


def test_offers_come_with_a_short_description(home: Path) -> None:
    offers = dict(
        line.split("\t") for line in offered("essfacts quotes --org ", home, "complete_fish")
    )
    assert offers["regions"] == "Régions de France"
    french = dict(
        line.split("\t")
        for line in offered("essfacts levers --topic ", home, "complete_fish", ESSFACTS_LANG="fr")
    )
    assert french["financing"] == "Financement"
    shown = dict(line.split("\t") for line in offered("essfacts show ", home, "complete_fish"))
    # A lever has a name too, but its text says more.
    for claim in DATASET.of_kind("lever"):
        assert shown[claim.id] == claim.text.en
    assert shown["carole-delga"] == "Carole Delga"
    for line in ("essfacts ", "essfacts levers --format ", "essfacts cite --style "):
        assert all("\t" in offer for offer in offered(line, home, "complete_fish"))


def test_a_broken_dataset_offers_nothing_and_says_nothing(home: Path, tmp_path: Path) -> None:
    env = {"ESSFACTS_DATA": str(tmp_path)}
    assert offered("essfacts levers --org ", home, "complete_bash", **env) == []


def test_another_dataset_offers_its_own(home: Path, made_up_folder: Path) -> None:
    ids = {record.id for record in load(made_up_folder).organisations}
    env = {"ESSFACTS_DATA": str(made_up_folder)}
    assert set(offered("essfacts levers --org ", home, "complete_bash", **env)) == ids


# The shells.


def test_bash(home: Path) -> None:
    """Call what the script installed, as readline does, and look at what it offers."""
    bash = needs("bash")
    lines = ["source <(_ESSFACTS_COMPLETE=source_bash essfacts)"]
    for line, _ in OFFERS:
        words = shlex.split(line) + ([""] if line.endswith(" ") else [])
        lines += [
            f"COMP_WORDS=({' '.join(map(shlex.quote, words))}); COMP_CWORD={len(words) - 1}",
            f"COMP_LINE={shlex.quote(line)}; COMP_POINT={len(line)}; COMPREPLY=()",
            "_essfacts_completion essfacts",
            'printf "%s " "${COMPREPLY[@]}"; echo',
        ]
    lines.insert(1, "complete -p essfacts >&2")
    done = subprocess.run(
        [bash, "--noprofile", "--norc", "-c", "\n".join(lines)],
        capture_output=True,
        check=True,
        text=True,
        env=settings(home),
    )
    assert "_essfacts_completion essfacts" in done.stderr
    answers = [set(line.split()) for line in done.stdout.splitlines()]
    assert answers == [expected for _, expected in OFFERS]


def test_bash_at_a_prompt(home: Path) -> None:
    """Press Tab in a terminal, where only one offer is left."""
    bash = needs("bash")
    start = [bash, "--noprofile", "--norc", "-i"]
    script = "source <(_ESSFACTS_COMPLETE=source_bash essfacts); PS1='$ '"
    typed = "essfacts quotes --org occ\t--limit 1\r"
    screen = type_into(start, script, typed, settings(home), until="Carole Delga")
    assert "--org occitanie --limit 1" in screen


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("essfacts quo\t--org occ\t--limit 1", "essfacts quotes --org occitanie --limit 1"),
        ("essfacts show gdp\t", "essfacts show gdp-share"),
        ("essfacts levers --topic fin\t", "essfacts levers --topic financing"),
        ("essfacts levers --sect\tfoot\t", "essfacts levers --section footnotes"),
        ("essfacts levers --cites insee\t", "essfacts levers --cites insee-ess-france"),
        ("essfacts levers --format nd\t", "essfacts levers --format ndjson"),
        ("essfacts cite --style bib\t", "essfacts cite --style bibtex"),
        ("essfacts stats --unit mono\t", "essfacts stats --unit monograph"),
    ],
)
def test_zsh_at_a_prompt(typed: str, completed: str, home: Path) -> None:
    zsh = needs("zsh")
    script = (
        "PS1='$ '; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u;"
        " source <(_ESSFACTS_COMPLETE=source_zsh essfacts)"
    )
    # Print what the line has become, rather than run it.
    keys = f"{typed}\x01print -r -- \x05\r"
    pattern = rf"(?m)^{re.escape(completed)} ?$"
    type_into([zsh, "-f", "-i"], script, keys, settings(home), until=pattern)


def test_zsh_lists_offers_with_their_descriptions(home: Path) -> None:
    zsh = needs("zsh")
    script = (
        "PS1='$ '; autoload -Uz compinit; compinit -u;"
        " source <(_ESSFACTS_COMPLETE=source_zsh essfacts)"
    )
    keys, pattern = "essfacts quotes --org \t", "regions +-- +Régions de France"
    type_into([zsh, "-f", "-i"], script, keys, settings(home), until=pattern)


def test_fish(home: Path) -> None:
    fish = needs("fish")
    line = "essfacts quotes --org re"
    script = f"_ESSFACTS_COMPLETE=source_fish essfacts | source; complete -C {shlex.quote(line)}"
    done = subprocess.run(
        [fish, "--no-config", "-c", script],
        capture_output=True,
        check=True,
        text=True,
        env=settings(home),
    )
    assert done.stdout == "regions\tRégions de France\n"


def type_into(start: list[str], script: str, keys: str, env: dict[str, str], until: str) -> str:
    """Start a shell in a terminal, run a script, type keys, and wait until a pattern shows."""
    pid, terminal = of_posix("pty").fork()
    if pid == 0:  # pragma: no cover - the child becomes the shell
        os.execve(start[0], start, env)  # noqa: S606
    try:
        os.write(terminal, f"{script}; echo 'rea''dy'\r".encode())
        # Keys typed before the prompt would be read by no line editor.
        read_until(terminal, r"(?m)^ready\n[\s\S]*^\$ ")
        os.write(terminal, keys.encode())
        return read_until(terminal, until)
    finally:
        os.close(terminal)
        os.waitpid(pid, 0)


def read_until(terminal: int, pattern: str) -> str:
    """Read a terminal until a pattern is on it."""
    raw = b""
    while True:
        screen = plain(raw.decode("utf-8", "replace")).replace("\r\n", "\n").replace("\r", "\n")
        if re.search(pattern, screen):
            return screen
        part = b""
        if select.select([terminal], [], [], PATIENCE)[0]:
            with suppress(OSError):  # the shell has left
                part = os.read(terminal, 65536)
        assert part, screen
        raw += part


# What it costs.


LOADED = """
import os, sys
from essfacts.cli import main
try:
    main([] if "COMP_WORDS" in os.environ else ["--version"])
finally:
    print(*(name for name, module in sys.modules.items() if module), file=sys.stderr)
"""


def loaded(home: Path, **changes: str) -> set[str]:
    """Give the modules that a completion, or `--version`, has loaded when it leaves."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        capture_output=True,
        check=True,
        text=True,
        env=settings(home, **changes),
    )
    return set(done.stderr.split())


@lean_typer
@pytest.mark.parametrize(
    ("line", "most"),
    # The first needs no dataset; the second needs the reader of YAML on top, and no more.
    [("essfacts levers --format ", 30), ("essfacts quotes --org ", 60)],
)
def test_a_completion_loads_little_more_than_version(line: str, most: int, home: Path) -> None:
    version = loaded(home)
    words = {"COMP_WORDS": line, "COMP_CWORD": "3"}
    more = loaded(home, _ESSFACTS_COMPLETE="complete_bash", **words) - version
    assert not any(name.split(".")[0] in {"rich", "pydantic", "csv", "json"} for name in more)
    assert not more & {"essfacts.verify", "essfacts.cite", "essfacts.render.table"}
    assert len(more) < most, sorted(more)


def test_the_script_names_the_program() -> None:
    assert str(HOUSE) not in run("--show-completion").out
