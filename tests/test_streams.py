"""Streams that are closed, full, broken or do not wait: no answer is lost, no verdict is false."""

from __future__ import annotations

import errno
import importlib
import os
import select
import subprocess
import sys
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from program import HOUSE, PATIENCE, PROGRAM, Result, environment, of_posix, run

from essfacts.cli import main, streams

if TYPE_CHECKING:
    from collections.abc import Iterator

MADE_UP = HOUSE / "tests" / "data" / "made-up"
NO_SPACE = "essfacts: can't write: No space left on device\n"
CLOSED = "essfacts: can't write: standard output is closed\n"
STATES = ("pipe", "closed", "full", "broken", "unwaiting")
PAIRS = [*product(STATES, STATES)]


class Asked(NamedTuple):
    """A command, the exit code that its verdict has, and whether it writes its answer."""

    typed: str
    code: int = 0
    answers: bool = True


COMMANDS = (
    Asked("levers"),
    Asked("levers --format json"),
    Asked("claims --source --format yaml"),
    Asked("search cooepratives --fields id"),
    Asked("show zzz", 2, answers=False),
    Asked("levers --data /nope", 2, answers=False),
    Asked("cite gdp-share"),
    Asked("--help"),
    Asked("--version"),
    Asked("verify ALTERED --data MADE-UP", 1),
    Asked("verify ALTERED --data MADE-UP --format csv", 1),
    Asked("verify ALTERED --data MADE-UP --format json", 1),
)


@pytest.fixture(scope="module")
def altered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a copy of the made-up release that says a number otherwise."""
    copy = tmp_path_factory.mktemp("copy") / "altered.txt"
    text = (MADE_UP / "communique.txt").read_text("utf-8")
    copy.write_text(text.replace("1 248", "1 249"), "utf-8")
    assert copy.read_text("utf-8") != text
    return copy


def command(typed: str, altered: Path) -> list[str]:
    names = {"ALTERED": str(altered), "MADE-UP": str(MADE_UP)}
    return [*PROGRAM, *(names.get(word, word) for word in typed.split())]


class Stream:
    """One standard stream of a process in a state: what the process gets, what came through."""

    def __init__(self, state: str) -> None:
        self.state = state
        self.ours = self.theirs = -1
        if state == "full":
            self.theirs = os.open("/dev/full", os.O_WRONLY)
        elif state != "closed":
            self.ours, self.theirs = os.pipe()
            os.set_blocking(self.theirs, state != "unwaiting")
        if state == "broken":
            os.close(self.ours)
            self.ours = -1

    def read(self) -> str | None:
        """Read all that was written, where anybody can."""
        if self.theirs != -1:
            os.close(self.theirs)
        if self.ours == -1:
            return None
        with os.fdopen(self.ours, encoding="utf-8", newline="") as stream:
            return stream.read()


def run_with(typed: list[str], states: dict[int, str]) -> tuple[int, Any, Any]:
    """Run a command with its streams in states; give its exit code, output and errors."""
    output, errors = Stream(states[1]), Stream(states[2])
    closed = [number for number, state in states.items() if state == "closed"]
    shut = " ".join(f"{number}{'<' if number == 0 else '>'}&-" for number in closed)
    with subprocess.Popen(
        ["/bin/sh", "-c", f'exec "$@" {shut}', "sh", *typed],
        stdin=subprocess.DEVNULL,
        stdout=output.theirs if output.theirs != -1 else None,
        stderr=errors.theirs if errors.theirs != -1 else None,
        env=environment(),
    ) as process:
        out, err = output.read(), errors.read()
        return process.wait(timeout=PATIENCE), out, err


@cache
def plainly(typed: str, altered: Path) -> Result:
    done = subprocess.run(
        command(typed, altered), capture_output=True, check=False, env=environment()
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("asked", COMMANDS, ids=lambda asked: asked.typed)
@pytest.mark.parametrize("states", PAIRS, ids="-".join)
def test_the_verdict_holds_whatever_the_streams(
    asked: Asked, states: tuple[str, str], altered: Path
) -> None:
    whole = plainly(asked.typed, altered)
    assert whole.code == asked.code
    assert bool(whole.out) == asked.answers
    is_lost = asked.answers and states[0] in {"closed", "full"}
    said = whole.err
    if is_lost:
        said += CLOSED if states[0] == "closed" else NO_SPACE
    for stdin in ("pipe", "closed"):
        typed = command(asked.typed, altered)
        code, out, err = run_with(typed, {0: stdin, 1: states[0], 2: states[1]})
        assert code == (asked.code or int(is_lost))
        assert out in {None, whole.out}
        assert err in {None, said}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("states", PAIRS, ids="-".join)
def test_a_closed_input_is_one_line(states: tuple[str, str], altered: Path) -> None:
    typed = command("verify - --data MADE-UP", altered)
    code, out, err = run_with(typed, {0: "closed", 1: states[0], 2: states[1]})
    assert code == 2
    assert out in {None, ""}
    assert err is None or (err.count("\n") == 1 and "standard input" in err)


@pytest.mark.slow
@pytest.mark.parametrize("states", ["pipe-pipe", "broken-pipe", "pipe-closed"])
def test_an_input_that_does_not_wait_is_read_whole(states: str, altered: Path) -> None:
    ours, theirs = os.pipe()
    os.set_blocking(ours, False)
    output, errors = map(Stream, states.split("-"))
    with subprocess.Popen(
        command("verify - --data MADE-UP", altered),
        stdin=ours,
        stdout=output.theirs,
        stderr=errors.theirs if errors.theirs != -1 else subprocess.DEVNULL,
        env=environment(),
    ) as process:
        os.close(ours)
        content = altered.read_bytes()
        with os.fdopen(theirs, "wb", buffering=0) as stream:
            stream.write(content[:100])
            stream.write(content[100:])
        out, err = output.read(), errors.read()
        assert process.wait(timeout=PATIENCE) == 1
    expected = plainly("verify ALTERED --data MADE-UP", altered)
    assert out in {None, expected.out}
    assert err in {None, expected.err}


# The descriptor itself, without a process.


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """Give the ends of a pipe that does not wait."""
    of_posix("fcntl")
    ends = os.pipe()
    for end in ends:
        os.set_blocking(end, False)
    yield ends
    for end in ends:
        os.close(end)


def test_a_full_pipe_is_waited_for(pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    came = b""

    def drain(*_: Any) -> None:
        nonlocal came
        came += os.read(pipe[0], 10_000)

    monkeypatch.setattr(select, "select", drain)
    written = streams.Patient(pipe[1], "wb", closefd=False)
    content = bytes(range(256)) * 4_000
    left = memoryview(content)
    while left:
        left = left[written.write(left) :]
    while len(came) < len(content):
        drain()
    assert came == content
    assert written.error is None


def test_an_empty_pipe_is_waited_for(
    pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [b"one ", b"two"]

    def feed(*_: Any) -> None:
        os.write(pipe[1], parts.pop(0))

    monkeypatch.setattr(select, "select", feed)
    read = streams.Patient(pipe[0], "rb", closefd=False)
    assert read.read(4) == b"one "
    assert read.read(3) == b"two"


# Windows, by what Python says of it.

ON_WINDOWS = """
import errno, sys
from essfacts import cli
from essfacts.cli import streams
streams.Patient.error = OSError(errno.EINVAL, "Invalid argument")
cli.READ_ENOUGH = frozenset({errno.EPIPE, *map(int, sys.argv.pop(1).split())})
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("known", "typed", "code"),
    [
        (str(errno.EINVAL), "levers", 0),
        (str(errno.EINVAL), "verify ALTERED --data MADE-UP", 1),
        ("", "levers", 1),
    ],
)
def test_a_closed_pipe_of_windows(known: str, typed: str, code: int, altered: Path) -> None:
    words = command(typed, altered)[len(PROGRAM) :]
    done = subprocess.run(
        [sys.executable, "-c", ON_WINDOWS, known, *words], check=False, env=environment()
    )
    assert done.returncode == code


def test_windows_says_in_its_own_way_that_a_pipe_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert frozenset({errno.EPIPE}) == streams.READ_ENOUGH
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        assert errno.EINVAL in importlib.reload(streams).READ_ENOUGH
    importlib.reload(streams)


@pytest.mark.slow
def test_unbuffered_python_says_all() -> None:
    assert run("levers", PYTHONUNBUFFERED="1") == run("levers")
    assert run("show", "zzz", PYTHONUNBUFFERED="1") == run("show", "zzz")


@pytest.mark.slow
def test_ids_from_a_closed_input_are_one_line(altered: Path) -> None:
    code, out, err = run_with(
        command("cite - --data MADE-UP", altered), {0: "closed", 1: "pipe", 2: "pipe"}
    )
    assert (code, out) == (2, "")
    assert err is not None
    assert err.count("\n") == 1
    assert "standard input" in err


def test_a_file_name_opens_no_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "/nowhere\nConforming"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
