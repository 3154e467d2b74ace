"""Run the program as people do, in a process, a pipe or a terminal; find what reads its outputs."""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

import pytest
import typer

from essfacts.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping

lean_typer = pytest.mark.skipif(
    tuple(map(int, typer.__version__.split(".")[:2])) >= (0, 29),
    reason="Typer 0.29 loads pydantic, and much with it, at every invocation: hence its bound",
)
HOUSE = Path(__file__).parent.parent
PROGRAM = (sys.executable, "-m", "essfacts")
ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\].*?(?:\x07|\x1b\\)|.)", re.DOTALL)
# How long a process may take that should end by itself: no measure, only the end of a hang.
PATIENCE = 300


class Result(NamedTuple):
    """What a process left: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


def environment(**changes: str | None) -> dict[str, str]:
    """Give a bare environment, the same on every machine; None takes a variable away."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    asked = kept | {"PYTHONPATH": str(HOUSE), "LC_ALL": "C.UTF-8", "TERM": "xterm"} | changes
    return {name: value for name, value in asked.items() if value is not None}


def needs(*programs: str) -> str:
    """Find the first program of the system that is there; the test skips where none is."""
    for program in programs:
        if found := shutil.which(program):
            return found
    pytest.skip(f"{' or '.join(programs)} is not installed")


def reader(module: str) -> Any:
    """Import what reads our outputs; the test skips where it is not installed."""
    return pytest.importorskip(module, reason=f"{module} is not installed: see the extra `readers`")


def of_posix(module: str) -> Any:
    """Import a module that POSIX systems alone have; elsewhere the test skips."""
    return pytest.importorskip(module, reason=f"this system has no {module}")


def run(*args: str, **changes: str | None) -> Result:
    """Run the program with its output in pipes."""
    return run_process([*PROGRAM, *args], environment(**changes))


def run_here(*args: str, **changes: str | None) -> Result:
    """Run the program in this process: as `run` does, but for its start, and ten times sooner."""
    encoding = changes.get("PYTHONIOENCODING") or "utf-8"
    out, err = (TextIOWrapper(BytesIO(), encoding, newline="") for _ in range(2))
    with (
        mock.patch.dict(os.environ, environment(**changes), clear=True),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = main([*args])
    for stream in (out, err):
        stream.seek(0)
    return Result(code, out.read(), err.read())


def run_process(command: list[str], env: Mapping[str, str]) -> Result:
    """Run a command with its output in pipes."""
    done = subprocess.run(command, capture_output=True, check=False, env=env, timeout=PATIENCE)
    out, err = (part.decode("utf-8", "surrogateescape") for part in (done.stdout, done.stderr))
    return Result(done.returncode, out, err)


def open_terminal(columns: int) -> tuple[int, int]:
    """Open a pseudo-terminal of a width, and give its two ends."""
    fcntl, termios = of_posix("fcntl"), of_posix("termios")
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
    return ours, theirs


def read_terminal(terminal: int) -> bytes:
    """Read a pseudo-terminal until nobody writes there any more."""
    out = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux says EIO where others say end of file.
            return out
        if not part:
            return out
        out += part


def run_in_terminal(*args: str, columns: int, **changes: str | None) -> Result:
    """Run the program with its standard output in a pseudo-terminal, its errors in a pipe."""
    ours, theirs = open_terminal(columns)
    with subprocess.Popen(
        [*PROGRAM, *args],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=environment(**changes),
    ) as process:
        os.close(theirs)
        out = read_terminal(ours)
        os.close(ours)
        err = process.communicate(timeout=PATIENCE)[1]
    text = out.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
    return Result(process.returncode, text, err.decode())


def plain(text: str) -> str:
    """Take escape sequences off."""
    return ESCAPE.sub("", text)
