"""Run the program as people do: in a process, in a pipe, in a pseudo-terminal."""

from __future__ import annotations

import fcntl
import os
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import NamedTuple

import pytest
import typer

lean_typer = pytest.mark.skipif(
    tuple(map(int, typer.__version__.split(".")[:2])) >= (0, 29),
    reason="Typer 0.29 loads pydantic, and much with it, at every invocation: hence its bound",
)
HOUSE = Path(__file__).parent.parent
PROGRAM = (sys.executable, "-m", "essfacts")
ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\].*?(?:\x07|\x1b\\)|.)", re.DOTALL)


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


def run(*args: str, **changes: str | None) -> Result:
    """Run the program with its output in pipes."""
    done = subprocess.run(
        [*PROGRAM, *args], capture_output=True, check=False, env=environment(**changes), timeout=60
    )
    out, err = (part.decode("utf-8", "surrogateescape") for part in (done.stdout, done.stderr))
    return Result(done.returncode, out, err)


def open_terminal(columns: int) -> tuple[int, int]:
    """Open a pseudo-terminal of a width, and give its two ends."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
    return ours, theirs


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
        out = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # Linux says EIO where others say end of file.
                break
            if not part:
                break
            out += part
        os.close(ours)
        err = process.communicate(timeout=60)[1]
    text = out.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
    return Result(process.returncode, text, err.decode())


def plain(text: str) -> str:
    """Take escape sequences off."""
    return ESCAPE.sub("", text)
