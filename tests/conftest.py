"""What several tests share: the real dataset, a made-up one, the release where it is at hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from essfacts import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from essfacts import Dataset

# The same examples for everybody, every time, however busy the machine; for who looks for more,
# `--hypothesis-profile=thorough`: forty times as many, others each time; among quick tests, few.
settings.register_profile(
    "default",
    max_examples=50,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "thorough", settings.get_profile("default"), max_examples=2_000, derandomize=False
)
settings.register_profile("quick", settings.get_profile("default"), max_examples=10)


def pytest_configure(config: pytest.Config) -> None:
    """Choose the profile, which `--hypothesis-profile` overrides."""
    settings.load_profile("quick" if config.getoption("-m") == "not slow" else "default")


@pytest.fixture(scope="session", autouse=True)
def _packaged() -> Iterator[None]:
    """Let the commands that run in this process share the packaged dataset: each would read it."""
    shared = load()

    def read(folder: object = None, *more: int) -> Dataset:
        return shared if folder is None else load(folder, *more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("essfacts.dataset.load", read)
        yield


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """Read the real dataset."""
    return load()


@pytest.fixture(scope="session")
def made_up_folder() -> Path:
    """Give the folder of a release that nobody wrote, and of its dataset."""
    return Path(__file__).parent / "data" / "made-up"


@pytest.fixture(scope="session")
def made_up(made_up_folder: Path) -> Dataset:
    """Read the made-up dataset."""
    return load(made_up_folder)


@pytest.fixture(scope="session")
def release() -> str:
    """Give the text of the real release, of which the project holds no copy."""
    path = os.environ.get("ESSFACTS_RELEASE")
    if not path:
        pytest.skip("ESSFACTS_RELEASE names no copy of the release")
    return Path(path).read_text(encoding="utf-8")
