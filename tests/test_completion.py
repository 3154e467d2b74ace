"""Completion, tried in the shells themselves."""

from __future__ import annotations

import os
import re
import select
import shlex
import shutil
import stat
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
import yaml
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
    run_in_terminal,
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
    ("essfacts levers --fields exc", {"excerpt"}),
    ("essfacts levers --sort nam", {"name"}),
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
    assert french["financement"] == "Financement"
    shown = dict(line.split("\t") for line in offered("essfacts show ", home, "complete_fish"))
    # A lever has a name too, but its text says more.
    for claim in DATASET.of_kind("lever"):
        assert shown[claim.id] == claim.text.en
    assert shown["carole-delga"] == "Carole Delga"
    for line in ("essfacts ", "essfacts levers --format ", "essfacts cite --style "):
        assert all("\t" in offer for offer in offered(line, home, "complete_fish"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("essfacts vé", {"vérifier"}),
        ("essfacts lev", {"levers", "leviers"}),
        ("essfacts ", {*COMMANDS}),
        ("essfacts levers --topic emp", {"emploi"}),
        # What has no French name of one word, and what begins an id, has its id.
        ("essfacts levers --topic territoires-d", {"territoires-d-industrie"}),
        ("essfacts levers --topic financi", {"financing"}),
        ("essfacts stats --unit entrep", {"entreprises"}),
        ("essfacts claims --kind ch", {"chiffre"}),
        ("essfacts claims --org re", {"regions"}),
        ("essfacts show gdp", {"gdp-share"}),
    ],
)
def test_french_is_completed_in_french(line: str, expected: set[str], home: Path) -> None:
    assert set(offered(line, home, "complete_bash", ESSFACTS_LANG="fr")) == expected


def test_what_stands_before_the_command_holds_for_completion(
    home: Path, made_up_folder: Path
) -> None:
    ids = {record.id for record in load(made_up_folder).organisations}
    line = f"essfacts --data {made_up_folder} levers --org "
    assert set(offered(line, home, "complete_bash")) == ids


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


# What a dataset offers runs nowhere.

# How what stands before a command may end what a shell reads it in, then the command.
OPENINGS = ("", "\\", "\\\\", '"', '\\"', "'", "\\'", ":", ")", "]", "\"))';", "))';", "$'", "#")
RUNS = (
    "$(touch pwned)", "`touch pwned`", "; touch pwned;", "| touch pwned", "& touch pwned &",
    "${(e):-$(touch pwned)}", "<(touch pwned)", "=(touch pwned)", "*(e:'touch pwned':)",
    "$((a[$(touch pwned)]))", "{touch,pwned}", "(touch pwned)", "\\x24(touch pwned)",
    "＄（touch pwned）", "｀touch pwned｀", "；touch pwned；", ":::touch pwned",
    "--install-completion", "))' touch pwned", "(#e)", "[1]", "x) touch pwned (",
)  # fmt: skip
NASTY = [opening + run + closing for opening in OPENINGS for run in RUNS for closing in ("", '"')]
# Letters, and what means nothing to any shell, between quotation marks or not.
INERT = r"(?:[A-Za-z0-9 .,/%+_()-]|[^\x00-\x9f])"
OFFER = {
    "bash": rf"{INERT}+",
    "zsh": rf'"{INERT}+":"{INERT}+"',
    "fish": rf"{INERT}+\t{INERT}+",
    "powershell": rf"{INERT}+:::{INERT}+",
}


def hostile_folder(folder: Path, made_up_folder: Path, topics: list[dict[str, Any]]) -> Path:
    shutil.copytree(made_up_folder, folder)
    with (folder / "topics.yaml").open("a", encoding="utf-8") as stream:
        yaml.safe_dump(topics, stream, allow_unicode=True)
    return folder


@pytest.fixture(scope="module")
def hostile(made_up_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a dataset whose topics have names that would run commands."""
    topics = [{"id": f"t-{n}", "name": {"fr": text, "en": text}} for n, text in enumerate(NASTY)]
    return hostile_folder(tmp_path_factory.mktemp("names") / "data", made_up_folder, topics)


@pytest.fixture(scope="module")
def hostile_ids(made_up_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a dataset whose topics have ids that would run commands."""
    topics = [{"id": text, "name": {"fr": "x", "en": "x"}} for text in NASTY]
    return hostile_folder(tmp_path_factory.mktemp("ids") / "data", made_up_folder, topics)


def answered(shell: str, folder: Path, home: Path, encoding: str, *, by_variable: bool) -> str:
    """Give what the program answers to a shell that completes a topic of a dataset."""
    line = (
        "essfacts levers --topic " if by_variable else f"essfacts levers --data {folder} --topic "
    )
    changes = {"ESSFACTS_DATA": str(folder)} if by_variable else {}
    words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split())), "_TYPER_COMPLETE_ARGS": line}
    changes |= {"_TYPER_COMPLETE_FISH_ACTION": "get-args", "PYTHONIOENCODING": encoding}
    env = settings(home, _ESSFACTS_COMPLETE=f"complete_{shell}", **words, **changes)
    done = subprocess.run([*PROGRAM], capture_output=True, check=True, env=env)
    assert done.stderr == b""
    text = done.stdout.decode(encoding)
    # What Typer puts round all offers for zsh.
    return text.removeprefix("_arguments '*: :((").removesuffix("))'\n") if shell == "zsh" else text


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1", "shift_jis"])
@pytest.mark.parametrize("shell", OFFER)
def test_offers_mean_nothing_to_a_shell(
    shell: str, encoding: str, home: Path, hostile: Path, hostile_ids: Path
) -> None:
    for by_variable in (True, False):
        offers = answered(shell, hostile, home, encoding, by_variable=by_variable).splitlines()
        assert len(offers) == len(NASTY) + 4
        for offer in offers:
            assert re.fullmatch(OFFER[shell], offer)
        text = answered(shell, hostile_ids, home, encoding, by_variable=by_variable)
        assert "pwned" not in text
        assert "install" not in text


@pytest.mark.parametrize("place", ["ESSFACTS_DATA", "--data"])
@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_tab_runs_nothing(
    shell: str, place: str, home: Path, hostile: Path, hostile_ids: Path, tmp_path: Path
) -> None:
    start = {"bash": ["--noprofile", "--norc", "-i"], "zsh": ["-f", "-i"]}[shell]
    script = f"cd {tmp_path}; source <(_ESSFACTS_COMPLETE=source_{shell} essfacts); PS1='$ '"
    if shell == "bash":
        script = f"bind 'set completion-query-items 0'; bind 'set page-completions off'; {script}"
    else:
        start_up = "unsetopt zle_bracketed_paste; LISTMAX=9999; autoload -Uz compinit; compinit -u"
        script = f"{start_up}; {script}"
    for folder in (hostile, hostile_ids):
        data, changes = f"--data {folder} ", {}
        if place == "ESSFACTS_DATA":
            data, changes = "", {place: str(folder)}
        env = settings(home, **changes)
        # The second Tab lists all; then the line is taken away, and the shell is asked to speak.
        keys = f"essfacts levers {data}--topic \t\t\x15echo do''ne\r"
        screen = type_into([needs(shell), *start], script, keys, env, until="(?m)^done$")
        if folder == hostile:
            assert "t-100" in screen
        assert [*tmp_path.iterdir()] == []


def test_fish_runs_nothing(home: Path, hostile: Path, hostile_ids: Path, tmp_path: Path) -> None:
    for folder, count in ((hostile, len(NASTY) + 4), (hostile_ids, None)):
        script = "_ESSFACTS_COMPLETE=source_fish essfacts | source; complete -C $argv[1]"
        done = subprocess.run(
            [
                needs("fish"),
                "--no-config",
                "-c",
                script,
                f"essfacts levers --data {folder} --topic ",
            ],
            capture_output=True,
            check=True,
            cwd=tmp_path,
            text=True,
            env=settings(home),
        )
        assert count is None or done.stdout.count("\n") == count
        assert [*tmp_path.iterdir()] == []


# Nonsense, and what is not a completion.


@pytest.mark.parametrize(
    "changes",
    [
        {"_ESSFACTS_COMPLETE": instruction, **words}
        for instruction in (
            "complete_bash", "complete_zsh", "complete_fish", "complete_powershell", "complete_",
            "complete_tcsh", "complete", "source_", "source_tcsh", "eat_bash", "bash_complete", "_",
            " ",
        )
        for words in (
            {},
            {"COMP_WORDS": "essfacts", "COMP_CWORD": "x"},
            {"COMP_WORDS": "'", "COMP_CWORD": "99", "_TYPER_COMPLETE_ARGS": "'"},
            {"COMP_WORDS": "a", "COMP_CWORD": "-7", "_TYPER_COMPLETE_FISH_ACTION": "eat"},
        )
    ],
    ids=str,
)  # fmt: skip
def test_nonsense_is_no_traceback(changes: dict[str, str], home: Path) -> None:
    done = subprocess.run(
        [*PROGRAM], capture_output=True, check=False, text=True, env=settings(home, **changes)
    )
    assert done.stderr.count("\n") <= 1
    assert not re.search("Traceback|defect", done.stderr + done.stdout)
    assert done.returncode in {0, 1, 2, 70}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_without_words_it_says_so_in_one_line(shell: str, home: Path) -> None:
    variables = settings(home, _ESSFACTS_COMPLETE=f"complete_{shell}")
    done = subprocess.run([*PROGRAM], capture_output=True, check=False, text=True, env=variables)
    said = "essfacts: nothing to complete: it is for a shell to ask\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_a_variable_that_a_shell_left_empty_asks_for_nothing() -> None:
    table = run_in_terminal("levers", columns=80)
    assert run_in_terminal("levers", columns=80, _ESSFACTS_COMPLETE="") == table
    assert table.code == 0


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "complétion de bash installée dans {} : ouvrez un nouveau terminal pour l'avoir\n"),
        ("en", "bash completion installed in {}: open a new terminal to have it\n"),
    ],
)
def test_installing_says_so_in_the_language(language: str, said: str, tmp_path: Path) -> None:
    command = 'essfacts --install-completion; essfacts --show-completion > "$HOME/shown"'
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "essfacts"
    program.write_text(f'#!/bin/sh\nexec {" ".join(map(shlex.quote, PROGRAM))} "$@"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    done = subprocess.run(
        [needs("bash"), "--norc", "-i", "-c", f"{command}; :"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        env=settings(tmp_path, ESSFACTS_LANG=language),
    )
    installed = tmp_path / ".bash_completions" / "essfacts.sh"
    assert done.stdout == said.format(installed)
    assert (tmp_path / "shown").read_text("utf-8").rstrip() == installed.read_text("utf-8").rstrip()


@pytest.mark.parametrize("option", ["--install-completion", "--show-completion"])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "pas de complétion pour le shell en cours"),
        ("en", "no completion for the current shell"),
    ],
)
def test_a_shell_without_completion_is_one_line(
    option: str, language: str, said: str, home: Path
) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"essfacts {option}; echo $? >&2"],
        capture_output=True,
        check=True,
        text=True,
        env=settings(home, ESSFACTS_LANG=language),
    )
    message, code = done.stderr.splitlines()
    assert (done.stdout, code) == ("", "2")
    assert message.startswith(f"essfacts: {said} (")


# What it costs.


LOADED = """
import os, sys
from essfacts.cli import main
try:
    main([] if "COMP_WORDS" in os.environ else ["--version"])
finally:
    print(*(name for name, module in sys.modules.items() if module), file=sys.__stderr__)
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
