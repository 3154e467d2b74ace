"""Hard use: terminals of every width, poor streams, closed pipes, full disks, Ctrl-C."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import sys
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from program import (
    ESCAPE,
    PROGRAM,
    Result,
    environment,
    needs,
    of_posix,
    plain,
    read_terminal,
    run,
    run_in_terminal,
    run_process,
)

from essfacts.cli import COMMANDS, main, streams

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow  # hundreds of processes
LISTS = [name for name, command in COMMANDS.items() if command.module == "listing"]
FORMATS = ("table", "text", "md", "json", "ndjson", "yaml", "csv", "tsv")
DATA_FORMATS = FORMATS[3:]
WIDTHS = (20, 40, 80, 200)
ADDRESS = re.compile(r"https?://\S+")
TYPED = {
    "search": "search emploi",
    "show": "show gdp lutrot-new-lever carole",
    "cite": "cite gdp",
}
# Those print what a program or a browser reads, or read a file, or change one.
DOCUMENTS = {"page", "schema", "check", "seal"}
EVERY_COMMAND = [TYPED.get(name, name) for name in COMMANDS if name not in DOCUMENTS]


@cache
def shown(command: str, columns: int) -> str:
    """Give what a command shows in a terminal."""
    result = run_in_terminal(*shlex.split(command), columns=columns)
    assert (result.code, result.err) == (0, "")
    return result.out


def width(line: str) -> int:
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in line)
    return len(line) + wide


def squeezed(text: str) -> str:
    """Leave only what no wrapping changes."""
    return re.sub(r"[\s─]", "", text)


def texts_of(value: Any) -> list[str]:
    """Give every text of what JSON holds, in one language where there are two."""
    if isinstance(value, dict):
        if set(value) == {"fr", "en"}:
            return [value["en"]]
        return [text for part in value.values() for text in texts_of(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts_of(part)]
    return [value] if isinstance(value, str) else []


# Width.


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("command", ["", *(c for c in EVERY_COMMAND if c != "cite gdp")])
def test_no_line_is_wider_than_the_terminal(command: str, columns: int) -> None:
    for line in plain(shown(command, columns)).splitlines():
        # Addresses stay whole, and so do citations: they are there to be copied.
        if not ADDRESS.fullmatch(line.strip()):
            assert width(line) <= columns, line


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", [name for name in LISTS if name != "search"])
def test_nothing_is_cut(name: str, columns: int) -> None:
    piped = run(name).out
    seen = squeezed(plain(shown(name, columns)))
    assert "…" not in seen
    for line in piped.splitlines():
        for cell in line.split("\t"):
            # In columns a word of one cell stands between those of another.
            for word in cell.split() if columns >= 50 else [cell]:
                assert squeezed(word) in seen, (cell, columns)


@pytest.mark.parametrize("name", [name for name in LISTS if name not in {"search", "timeline"}])
def test_every_id_and_word_of_the_json_is_there(name: str) -> None:
    records = json.loads(run(name, "--format", "json").out)
    seen = squeezed(plain(shown(name, 200)))
    fields = ["id", "text", "description", "title_en", "url"]
    fields += ["name", "words", "translation"] if name != "claims" else []
    for record in records:
        for field in fields:
            for text in texts_of(record.get(field)):
                # A quotation stands for its claim, and a claim for its quotation.
                if (name, field) != ("quotes", "text"):
                    assert all(squeezed(word) in seen for word in text.split()), text


def test_ids_and_contacts_are_not_broken_where_there_is_room() -> None:
    for name in LISTS:
        ids = [record["id"] for record in json.loads(_of_list(name))]
        words = plain(shown(TYPED.get(name, name), 80)).split()
        assert set(ids) <= set(words), name
    words = plain(shown("people", 80)).replace(",", " ").split()
    assert "aurelie.imbert@caissedesdepots.fr" in words


def _of_list(name: str) -> str:
    return run(*shlex.split(TYPED.get(name, name)), "--format", "json").out


@pytest.mark.parametrize("columns", [20, 49, 50, 60, 100])
def test_more_fields_than_columns_can_hold_are_stacked(columns: int) -> None:
    fields = "id,kind,text,excerpt,section,topics,organisations,sources,value,unit,written,counts"
    result = run_in_terminal("stats", "--fields", fields, columns=columns)
    assert result.code == 0
    assert max(width(line) for line in plain(result.out).splitlines()) <= columns
    piped = run("stats", "--fields", fields).out
    seen = squeezed(plain(result.out))
    assert all(squeezed(c) in seen for line in piped.splitlines() for c in line.split("\t"))


# Colour.


def test_a_terminal_gets_colour_and_says_no_more_by_it() -> None:
    assert ESCAPE.search(shown("levers", 80))
    bare = run_in_terminal("levers", columns=80, NO_COLOR="1").out
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", bare)
    assert plain(bare) == plain(shown("levers", 80))


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_dumb_terminal_gets_no_escape(term: str) -> None:
    for command in ("levers", "", "show gdp", "stats --chart"):
        result = run_in_terminal(*shlex.split(command), columns=80, TERM=term)
        assert result.code == 0
        assert "\x1b" not in result.out
        assert "…" not in result.out
    assert squeezed(run_in_terminal("levers", columns=80, TERM=term).out) == squeezed(
        plain(shown("levers", 80))
    )


def test_no_term_at_all() -> None:
    assert run_in_terminal("levers", columns=80, TERM=None).code == 0


@pytest.mark.parametrize("format", [*DATA_FORMATS, "md", "text"])
def test_forced_colour_never_reaches_a_format_for_programs(format: str) -> None:
    result = run("stats", "--source", "--format", format, FORCE_COLOR="1", TERM="xterm-256color")
    assert result == run("stats", "--source", "--format", format)
    assert "\x1b" not in result.out


def test_forced_colour_gives_a_pager_the_table_of_a_terminal() -> None:
    result = run("levers", FORCE_COLOR="1", COLUMNS="80", TERM="xterm")
    assert "\x1b" in result.out
    assert plain(result.out) == plain(shown("levers", 80))


def test_columns_is_honoured_in_a_terminal_and_has_no_say_in_a_pipe() -> None:
    narrow = run_in_terminal("levers", columns=200, COLUMNS="60").out
    assert max(map(width, plain(narrow).splitlines())) <= 60
    for columns in ("1", "20", "0", "-5", "many"):
        assert run("claims", COLUMNS=columns) == run("claims")
    for columns in ("0", "many"):
        assert run_in_terminal("levers", columns=80, COLUMNS=columns).out == shown("levers", 80)


def test_a_terminal_of_no_size_still_gets_everything() -> None:
    for columns in (0, 1, 5):
        result = run_in_terminal("levers", columns=columns)
        assert result.code == 0
        assert squeezed("economic-cooperation") in squeezed(plain(result.out))


# Pipes.


@pytest.mark.parametrize("name", LISTS)
def test_the_cells_of_a_pipe_are_those_of_the_json(name: str) -> None:
    typed = shlex.split(TYPED.get(name, name))
    records = json.loads(run(*typed, "--format", "json").out)
    takes_excerpts = "excerpt" in COMMANDS[name].takes
    fields = "id,excerpt" if takes_excerpts else "id"
    lines = run(*typed, "--fields", fields).out.splitlines()
    assert len(lines) == len(records)
    for line, record in zip(lines, records, strict=True):
        # An organisation that a search finds has no excerpt.
        assert line.split("\t") == [record.get(field) or "" for field in fields.split(",")]


def test_wc_tells_the_truth() -> None:
    count = shell("essfacts claims --source --excerpt | wc -l")
    assert int(count.out) == len(json.loads(run("claims", "--format", "json").out))
    assert shell("essfacts claims | grep -c '\x1b'").out == "0\n"


def shell(command: str, **changes: str | None) -> Result:
    """Run a line of bash in which `essfacts` is the program; pipefail keeps its exit code."""
    call = " ".join(map(shlex.quote, PROGRAM))
    line = f'essfacts() {{ {call} "$@"; }}; set -o pipefail; {command}'
    return run_process([needs("bash"), "-c", line], environment(**changes))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("reader", ["head -1", "true", "head -c 10"])
def test_whoever_has_read_enough_closes_the_pipe(format: str, reader: str) -> None:
    done = shell(f"essfacts claims --source --format {format} | {reader}")
    assert done.err == ""
    assert done.code == 0


@pytest.mark.parametrize(
    "command",
    ["", "--help", "--version", "cite --all", "show gdp", "stats --chart --topic emploi", "verify"],
)
def test_every_command_bears_a_closed_pipe(command: str) -> None:
    done = shell(f"essfacts {command} | true")
    assert (done.code, done.err) == (0, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110
@pytest.mark.parametrize(
    "command",
    [*(f"levers --format {format}" for format in FORMATS), "", "--help", "--version", "cite --all",
     "show gdp", "verify"],
)  # fmt: skip
def test_a_full_disk_is_one_line(command: str) -> None:
    done = shell(f"essfacts {command} > /dev/full")
    assert (done.code, done.err) == (1, "essfacts: can't write: No space left on device\n")


@pytest.mark.parametrize("command", ["levers", "levers --format json", "", "--help", "cite --all"])
def test_a_closed_output_is_one_line(command: str) -> None:
    done = shell(f"essfacts {command} >&-")
    assert (done.code, done.err) == (1, "essfacts: can't write: standard output is closed\n")


def test_closed_errors_hide_nothing() -> None:
    done = shell("essfacts levers 2>&- <&-")
    assert (done.code, done.out.count("\n")) == (0, 5)
    done = shell("essfacts levers --org nobody 2>&-")
    assert (done.code, done.out) == (2, "")
    done = shell("essfacts search cooepratives --fields id 2>&-")
    assert (done.code, done.out.split("\n")[0]) == (0, "cooperatives-share")


# Poor streams.


def ascii_of(text: str) -> str:
    return streams.plain(text)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "ascii:strict"])
@pytest.mark.parametrize("format", FORMATS)
def test_a_poor_stream_gets_the_nearest_plain_form(format: str, encoding: str) -> None:
    typed = ("stats", "--computed", "--source", "--excerpt", "--lang", "fr", "--format", format)
    result = run(*typed, PYTHONIOENCODING=encoding)
    assert (result.code, result.err) == (0, "")
    rich = run(*typed).out
    if format in {"json", "ndjson"}:
        records = [json.loads(text) for text in (result.out, rich) if format == "json"]
        assert not records or records[0] == records[1]
        assert result.out.isascii()
    elif encoding.startswith("ascii"):
        assert result.out.isascii()
        assert "?" not in result.out
        if format != "yaml":
            assert result.out == ascii_of(rich)
    elif format != "yaml":
        assert "coopératives" in result.out.encode("utf-8", "surrogateescape").decode(encoding)


def test_plain_forms_read_well() -> None:
    assert ascii_of("« cœur d’été » — ≈ 1\u202f367 × 2…") == '" coeur d\'ete " - ~ 1 367 x 2...'
    assert ascii_of("14 % des emplois¹, 1,3 %²") == "14 % des emplois^1, 1,3 %^2"
    assert ascii_of("\ufeffa\u200bb日") == "ab?"


@pytest.mark.parametrize(
    "command",
    ["", "show lutrot-new-lever", "cite --release", "stats --chart", "timeline", "--help",
     "cite gdp --style bibtex", "stats --chart --format svg", "verify"],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_every_command_bears_a_poor_stream(command: str, encoding: str) -> None:
    result = run(*shlex.split(command), PYTHONIOENCODING=encoding, ESSFACTS_LANG="fr")
    assert result.code == 0
    assert "defect" not in result.err
    if encoding == "ascii":
        assert (result.out + result.err).isascii()


def test_csl_json_keeps_its_accents_on_a_poor_stream() -> None:
    typed = ("cite", "--all", "--style", "csl-json")
    result = run(*typed, PYTHONIOENCODING="ascii")
    assert result.out.isascii()
    assert json.loads(result.out) == json.loads(run(*typed).out)


def test_errors_too_reach_a_poor_stream() -> None:
    result = run("levers", "--org", "régoins", PYTHONIOENCODING="ascii")
    assert result.err == 'essfacts: no organisation "regoins": did you mean "regions"?\n'


@pytest.mark.parametrize(
    "changes",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LC_ALL": None, "LANG": None},
        {"LC_ALL": "xx_XX.nonsense"},
    ],
)
@pytest.mark.parametrize("format", ["table", "json", "csv"])
def test_any_locale_will_do(changes: dict[str, str | None], format: str) -> None:
    result = run("quotes", "--format", format, **changes)
    assert (result.code, result.err) == (0, "")
    assert "Delga" in result.out
    terminal = run_in_terminal("quotes", columns=80, **changes)
    assert (terminal.code, terminal.err) == (0, "")
    assert "[...]" in terminal.out


def test_ascii_terminals_get_ascii_tables() -> None:
    result = run_in_terminal("stats", "--computed", columns=80, PYTHONIOENCODING="ascii")
    assert result.code == 0
    assert result.out.isascii()
    assert max(width(line) for line in plain(result.out).splitlines()) <= 80


def test_no_home_at_all() -> None:
    for command in ("levers", "--version", "--help"):
        result = run(*shlex.split(command), HOME=None)
        assert (result.code, result.err) == (0, "")


def test_a_bom_and_a_spreadsheet_on_a_poor_stream() -> None:
    result = run("stats", "--format", "csv", "--excel", PYTHONIOENCODING="ascii")
    rows = list(csv.reader(io.StringIO(result.out, newline=""), delimiter=";"))
    assert (result.code, rows[0][0], len(rows)) == (0, "id", 21)


# Being interrupted.


# Presses Ctrl-C at the very moment when something happens: no clock need be hit.
INTERRUPTED = """
import os, sys
kind, name = sys.argv.pop(1), sys.argv.pop(1)

def watch(event, arguments):
    if event == kind and os.path.basename(str(arguments[0])) == name:
        os.kill(os.getpid(), 2)  # SIGINT; to import `signal` is a moment too

sys.addaudithook(watch)
from essfacts.__main__ import run
run()
"""


@pytest.mark.parametrize(
    "moment",
    [
        "import signal", "import essfacts.cli", "import typer", "import yaml",
        "open levers.yaml", "import json",
    ],
)  # fmt: skip
def test_ctrl_c_at_any_moment_leaves_with_130_and_says_nothing(moment: str) -> None:
    typed = ("-c", INTERRUPTED, *moment.split(), "levers", "--format", "json")
    assert run_process([sys.executable, *typed], environment()) == (130, "", "")


def test_ctrl_c_while_a_terminal_is_full_leaves_with_130() -> None:
    pid, terminal = of_posix("pty").fork()
    if pid == 0:  # pragma: no cover - the child becomes the program
        os.execve(sys.executable, [*PROGRAM, "claims", "--format", "json"], environment())  # noqa: S606
    # It has begun to write more than a terminal holds, and waits for somebody to read on.
    assert os.read(terminal, 1) == b"["
    os.write(terminal, b"\x03")
    assert b"Traceback" not in read_terminal(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 130


def test_the_output_of_a_file_is_complete(tmp_path: Path) -> None:
    done = shell(f"essfacts claims --format ndjson > {shlex.quote(str(tmp_path / 'claims'))}")
    assert done.code == 0
    lines = (tmp_path / "claims").read_text(encoding="utf-8").splitlines()
    assert lines == run("claims", "--format", "ndjson").out.splitlines()


class Screen(io.StringIO):
    """A stream that says it is a terminal, of UTF-8."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


SCREENS = [
    *([command] for command in ("stats", "levers", "quotes", "claims", "timeline", "people")),
    [],
    ["stats", "--source"],
    ["search", "emploi"],
    ["show", "gdp-share", "lutrot-new-lever", "employment-weight-ratio"],
]


@pytest.mark.parametrize(
    "columns",
    [40, 61, 80, 100, 140, *(pytest.param(c, marks=pytest.mark.slow) for c in range(41, 140, 3))],
)
def test_no_line_parts_a_mark_from_its_word(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"COLUMNS": str(columns), "NO_COLOR": "1", "FORCE_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    for command in SCREENS:
        screen = Screen()
        monkeypatch.setattr(sys, "stdout", screen)
        assert main([*command, "--lang", "fr"]) == 0
        lines = plain(screen.getvalue()).splitlines()
        assert len(lines) > 3
        for line in lines:
            for cell in re.split(r" {2,}", line):
                assert not re.match(r" *[;:!?»%€]", cell), line
                assert not re.search(r"[«≈] *$", cell), line
