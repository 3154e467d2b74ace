"""The architecture, read from the imports; and that start-up loads only what a command needs."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from program import lean_typer

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "essfacts"
MODULES = sorted(PACKAGE.rglob("*.py"))
NOTHING: set[str] = set()
BASE = {"errors", "language", "model", "packaged", "text"}
# What each part may import of the package: arrows point down only, so no two lines form a circle.
ALLOWED = {
    "errors": {"language", "text"},
    "language": {"packaged", "text"},
    "model": {"packaged"},
    "text": NOTHING,
    "rules": {"errors", "language", "model", "numbers", "prose", "text"},
    "prose": {"language", "model", "numbers", "packaged", "text"},
    "packaged": NOTHING,
    "fingerprint": {"model", "text"},
    "dataset": {"errors", "fingerprint", "language", "model", "packaged", "text", "rules"},
    "query": {"errors", "language", "model", "text"},
    "documents": {"errors", "text"},
    "copies": {"documents", "errors", "language", "text"},
    "reading": {"fingerprint"},
    "verify": {"copies", "fingerprint", "model", "reading"},
    "sealing": {"copies", "errors", "fingerprint", "language", "model", "rules"},
    "cite": {"entries", "language", "model", "text"},
    "entries": {"language", "model", "text"},
    "export": {"model", "language"},
    "schema": {"export", "model", "dataset", "packaged"},
    "numbers": {"packaged", "text"},
    "terms": {"numbers", "text"},
    "search": {"errors", "language", "model", "query", "terms", "text"},
    "note": {"language", "model", "numbers", "packaged", "terms", "text"},
    "credits": {"language", "model", "note", "text"},
    "dates": {"credits", "language", "note", "prose", "text"},
    "figures": {"export", "language", "model", "note", "numbers", "prose"},
    "names": {"language", "model", "note", "terms", "text"},
    "offices": {"language", "model", "names", "note", "terms", "text"},
    "quotations": {"fingerprint", "language", "model", "names", "note", "prose", "text"},
    "check": {
        *("credits", "dates", "figures", "fingerprint", "model", "names", "note", "offices"),
        "quotations",
    },
    "render": {
        *BASE,
        "cite",
        "export",
        "query",
        "verify",
    },
    "cli": {
        *BASE,
        "rules",
        "check",
        "dataset",
        "query",
        "search",
        "copies",
        "fingerprint",
        "sealing",
        "verify",
        "cite",
        "export",
        "render",
        "schema",
    },
    "__main__": {"cli"},
    # The public face loads what is asked for, when it is.
    "__init__": {"dataset", "errors", "model", "rules"},
}


@cache
def imports(path: Path) -> tuple[str, ...]:
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    """Go through the modules that a module imports, in whatever place."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: write imports out in full"
            module = str(node.module)
            # `from essfacts import model` names a module, `__version__` does not.
            if module == "essfacts":
                yield from (f"essfacts.{a.name}" for a in node.names if a.name != "__version__")
            else:
                yield module


def part(path: Path) -> str:
    """Name the part of the package that a file belongs to."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def external(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(path)} - {*sys.stdlib_module_names}


def by_file(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=by_file)
def test_arrows_point_down_only(path: Path) -> None:
    own = part(path)
    assert own in ALLOWED, f"say in ALLOWED what {own} may import"
    found = {name.split(".")[1] for name in imports(path) if name.startswith("essfacts.")}
    assert found - {own} <= ALLOWED[own]


def test_the_map_of_arrows_has_no_circle() -> None:
    placed: list[str] = []
    waiting = dict(ALLOWED)
    while waiting:
        ready = [name for name, below in waiting.items() if below <= {*placed}]
        assert ready, waiting
        placed += ready
        for name in ready:
            del waiting[name]


def test_no_modules_import_each_other_in_a_circle() -> None:
    names = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in MODULES
    }
    TopologicalSorter(
        {name: {*imports(path)} & {*names} - {name} for name, path in names.items()}
    ).prepare()


@pytest.mark.parametrize("path", MODULES, ids=by_file)
def test_heavy_packages_stay_in_their_place(path: Path) -> None:
    allowed = {"essfacts"}
    if part(path) == "cli":
        allowed |= {"typer"}
    drawing = ("table", "chart", "card", "report")
    if by_file(path) in {f"essfacts/render/{name}.py" for name in drawing}:
        allowed |= {"rich"}
    if by_file(path) == "essfacts/documents.py":
        allowed |= {"pypdfium2"}
    if by_file(path) in {"essfacts/dataset.py", "essfacts/render/yaml.py"}:
        allowed |= {"yaml"}
    if by_file(path) == "essfacts/render/xlsx.py":
        allowed |= {"xlsxwriter"}
    assert external(path) <= allowed


# What is loaded.

HEAVY = {"yaml", "typer", "rich", "click", "pydantic"}


def loaded(*args: str) -> set[str]:
    """Run Python and give the heavy packages that it imports; none may take part by itself."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("ESSFACTS_")}
    shown = subprocess.run(
        [sys.executable, "-X", "importtime", *args],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    lines = [line for line in shown.stderr.splitlines() if line.startswith("import time:")]
    names = {line.rpartition("|")[2].strip() for line in lines}
    assert "essfacts" in names
    return HEAVY & {name.partition(".")[0] for name in names}


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded("-c", "import essfacts") == set()


def test_loading_a_dataset_needs_yaml_alone() -> None:
    assert loaded("-c", "import essfacts; essfacts.load(); essfacts.faults") == {"yaml"}


def test_checking_an_error_type_needs_nothing() -> None:
    assert loaded("-c", "import essfacts; essfacts.DatasetError; essfacts.Stat") == set()


def test_nothing_is_imported_before_ctrl_c_is_heeded() -> None:
    code = (
        "import sys; before = {*sys.modules}; from essfacts.__main__ import run;"
        "print(*sorted({*sys.modules} - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["essfacts", "essfacts.__main__"]


@lean_typer
@pytest.mark.slow  # twenty processes
@pytest.mark.parametrize("format", ["json", "ndjson", "csv", "tsv", "yaml"])
@pytest.mark.parametrize("command", ["levers", "stats", "quotes", "claims"])
def test_data_formats_need_no_rich(command: str, format: str) -> None:
    assert loaded("-m", "essfacts", command, "--format", format) == {"typer", "yaml"}


@lean_typer
def test_a_pipe_needs_no_rich() -> None:
    assert loaded("-m", "essfacts", "levers") == {"typer", "yaml"}


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_what_needs_no_data_reads_none(option: str) -> None:
    # From 0.29 on, Typer reads pydantic where it is installed.
    assert loaded("-m", "essfacts", option) - {"pydantic"} == {"typer"}


def test_help_of_a_command_needs_no_rich() -> None:
    assert "rich" not in loaded("-m", "essfacts", "stats", "--help")


def test_no_two_modules_bear_one_name() -> None:
    names = [path.stem for path in MODULES if path.stem != "__init__"]
    packages = [path.parent.name for path in MODULES if path.stem == "__init__"]
    assert len({*names, *packages}) == len(names) + len(packages)
