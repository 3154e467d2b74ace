"""README and CONTRIBUTING show what the program prints.

`python tests/test_readme.py` brings them up to date.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from contextlib import chdir
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from program import run_here

from essfacts.export import FIELDS

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
CONSOLE = re.compile(r"```console\n\$ (?P<command>.+)\n(?P<output>[\s\S]*?)```")
STYLE = re.compile(r"\x1b\[[\d;]*m")

# Rich before 14.3 makes some columns one wider: the same words, other blanks.
OLD_RICH = tuple(map(int, version("rich").split(".")[:2])) < (14, 3)


def comparable(text: str) -> str:
    return re.sub("[ ─]+", " ", text) if OLD_RICH else text


def shown(command: str, *more: str) -> str:
    """Run a command as in a terminal of 80 columns, and give what it prints without its styles."""
    program, *arguments = shlex.split(command)
    assert program == "essfacts"
    look = {"FORCE_COLOR": "1", "NO_COLOR": "1", "COLUMNS": "80"}
    with chdir(ROOT):
        result = run_here(*arguments, *more, **look)
    lines = STYLE.sub("", result.err + result.out).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


BLOCKS = [match.groupdict() for match in CONSOLE.finditer(README.read_text("utf-8"))]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block["command"])
def test_shows_what_the_program_prints(block: dict[str, str]) -> None:
    assert comparable(shown(block["command"])) == comparable(block["output"])


def first_change(folder: Path) -> tuple[str, str, str]:
    """Make the change of CONTRIBUTING in a copy; give the command, its output then and now."""
    text = CONTRIBUTING.read_text("utf-8")
    change = re.search(r"```diff\n-(.+)\n\+(.+)\n```", text)
    block = CONSOLE.search(text)
    assert change
    assert block
    file = Path(shutil.copytree(ROOT / "data", folder / "data")) / "levers.yaml"
    levers = file.read_text("utf-8")
    assert levers.count(change[1]) == 1
    file.write_text(levers.replace(change[1], change[2]), "utf-8")
    return block["command"], block["output"], shown(block["command"], "--data", str(file.parent))


def test_the_first_change_of_a_contributor_shows(tmp_path: Path) -> None:
    _, output, seen = first_change(tmp_path)
    assert comparable(seen) == comparable(output)
    assert "Funding" in seen


def test_documents_every_command() -> None:
    from essfacts.cli import COMMANDS

    text = README.read_text("utf-8")
    assert [name for name in COMMANDS if not re.search(rf"essfacts {name}\b", text)] == []


def test_names_every_column_of_csv() -> None:
    block = re.search(r"```text\n([\s\S]*?)```", README.read_text("utf-8"))
    assert block
    columns = [column for field in FIELDS["claims"] for column in field.columns]
    assert block[1].split() == columns


def test_python_example_runs() -> None:
    code = re.search(r"```python\n([\s\S]*?)```", README.read_text("utf-8"))
    assert code
    result = subprocess.run(
        [sys.executable, "-c", code[1]], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    lines = result.stdout.splitlines()
    assert lines[0] == "gdp-share 10 percent Panorama de l'ESS"
    assert lines[-1].startswith("911.33")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        command, output, seen = first_change(Path(folder))
    text = CONTRIBUTING.read_text("utf-8")
    old, new = (f"$ {command}\n{part}```" for part in (output, seen))
    CONTRIBUTING.write_text(text.replace(old, new), "utf-8")
    text = README.read_text("utf-8")
    updated = CONSOLE.sub(
        lambda match: f"```console\n$ {match['command']}\n{shown(match['command'])}```", text
    )
    README.write_text(updated, "utf-8")
