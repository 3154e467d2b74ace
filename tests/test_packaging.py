"""What is built runs wherever it is put: wheel, sdist, zip, zipapp, checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipapp
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # builds and installs
ROOT = Path(__file__).parent.parent
# What essfacts depends on stands here: no test fetches it anew.
SITE = Path(pytest.__file__).parent.parent
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


def install(distribution: Path, folder: Path) -> Path:
    """Install a wheel or an sdist into a folder, as pip does, from nothing but what is here."""
    options = ("-q", "--no-index", "--no-deps", "--no-build-isolation", "--target", folder)
    run(sys.executable, "-m", "pip", "install", *options, distribution, cwd=folder.parent)
    return folder


@pytest.mark.parametrize("pattern", ["*.whl", "*.tar.gz"], ids=["wheel", "sdist"])
def test_runs_where_it_is_installed(built: Path, tmp_path: Path, pattern: str) -> None:
    site = install(only(built, pattern), tmp_path / "site")
    script = only(site / "bin", "essfacts*")
    assert len(run(script, "levers", cwd=tmp_path, PYTHONPATH=str(site)).splitlines()) == LEVERS
    code = "import essfacts.dataset; print(essfacts.dataset.default_folder())"
    shown = run(sys.executable, "-c", code, cwd=tmp_path, PYTHONPATH=str(site))
    assert shown.strip() == str(site / "essfacts" / "data")


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
    path = os.pathsep.join([str(wheel), str(SITE)])
    code = "import essfacts.__main__ as main; assert '.whl' in main.__file__; main.run()"
    output = run(sys.executable, "-c", code, "levers", cwd=tmp_path, PYTHONPATH=path)
    assert len(output.splitlines()) == LEVERS
    page = run(sys.executable, "-c", code, "page", cwd=tmp_path, PYTHONPATH=path)
    assert page.startswith("<!DOCTYPE html>")


def test_runs_as_a_zipapp(built: Path, tmp_path: Path) -> None:
    site = install(only(built, "*.whl"), tmp_path / "site")
    archive = tmp_path / "essfacts.pyz"
    zipapp.create_archive(site, archive, main="essfacts.__main__:run")
    output = run(sys.executable, archive, "levers", cwd=tmp_path, PYTHONPATH=str(SITE))
    assert len(output.splitlines()) == LEVERS


def test_the_tests_of_an_unpacked_sdist_run(built: Path, tmp_path: Path) -> None:
    with tarfile.open(only(built, "*.tar.gz")) as archive:
        archive.extractall(tmp_path, filter="data")
    house = only(tmp_path, "essfacts-*")
    pytest_there = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    # Those that read the files beside the package.
    modules = [f"tests/test_{name}.py" for name in ("data", "imports", "model", "readme", "rules")]
    options = ("-m", "not slow")
    shown = run(*pytest_there, *options, *modules, cwd=house, PYTHONPATH=str(house))
    assert " passed" in shown


def test_runs_from_an_uninstalled_checkout(tmp_path: Path) -> None:
    output = run(sys.executable, "-m", "essfacts", "levers", cwd=tmp_path, PYTHONPATH=str(ROOT))
    assert len(output.splitlines()) == LEVERS


def test_checkout_has_no_second_copy_of_the_data() -> None:
    assert not (ROOT / "essfacts" / "data").exists()
