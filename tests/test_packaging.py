"""What is built runs wherever it is installed: wheel, sdist, editable, checkout, zip."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LEVERS = 5


def run(*command: str | Path, cwd: Path, **variables: str) -> str:
    """Run a command outside the checkout's influence, and give its standard output."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    result = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env=environment | variables,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    # The test extra has the build backend: no need to fetch it anew.
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


def only(folder: Path, pattern: str) -> Path:
    [found] = folder.glob(pattern)
    return found


@pytest.mark.parametrize("pattern", ["*.whl", "*.tar.gz"], ids=["wheel", "sdist"])
def test_installs_into_a_fresh_environment(built: Path, tmp_path: Path, pattern: str) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    binaries = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    run(binaries / "python", "-m", "pip", "install", "-q", only(built, pattern), cwd=tmp_path)
    assert len(run(binaries / "essfacts", "levers", cwd=tmp_path).splitlines()) == LEVERS


def test_wheel_holds_the_data_once_and_the_marker_of_types(built: Path) -> None:
    names = zipfile.ZipFile(only(built, "*.whl")).namelist()
    assert sorted(Path(name).name for name in names if name.endswith(".yaml")) == sorted(
        path.name for path in (ROOT / "data").glob("*.yaml")
    )
    assert "essfacts/py.typed" in names


def test_sdist_holds_what_the_tests_need(built: Path) -> None:
    with tarfile.open(only(built, "*.tar.gz")) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"data/levers.yaml", "tests/test_packaging.py", "README.md", "LICENSE"} <= names


def test_runs_from_a_zip(built: Path, tmp_path: Path) -> None:
    wheel = only(built, "*.whl")
    site = Path(pytest.__file__).parent.parent
    path = os.pathsep.join([str(wheel), str(site)])
    code = "import essfacts.__main__ as main; assert '.whl' in main.__file__; main.run()"
    output = run(sys.executable, "-c", code, "levers", cwd=tmp_path, PYTHONPATH=path)
    assert len(output.splitlines()) == LEVERS
    page = run(sys.executable, "-c", code, "page", cwd=tmp_path, PYTHONPATH=path)
    assert page.startswith("<!DOCTYPE html>")


def test_runs_from_an_uninstalled_checkout(tmp_path: Path) -> None:
    output = run(sys.executable, "-m", "essfacts", "levers", cwd=tmp_path, PYTHONPATH=str(ROOT))
    assert len(output.splitlines()) == LEVERS


def test_checkout_has_no_second_copy_of_the_data() -> None:
    assert not (ROOT / "essfacts" / "data").exists()
