"""What holds for every command: the language that the system speaks, where it tells of it."""

from __future__ import annotations

import ctypes
import plistlib
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from essfacts.cli.settings import language_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("ESSFACTS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


def windows(monkeypatch: pytest.MonkeyPatch, language: int) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: language)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)


@pytest.mark.parametrize(
    ("code", "language"),
    # France, Canada, Belgium; the United States, Germany, and none at all.
    [(0x040C, "fr"), (0x0C0C, "fr"), (0x080C, "fr"), (0x0409, "en"), (0x0407, "en"), (0, "en")],
)
def test_windows_is_asked(code: int, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    windows(monkeypatch, code)
    assert language_of(None) == language


@pytest.mark.parametrize(
    ("content", "language"),
    [
        (plistlib.dumps({"AppleLanguages": ["fr-FR", "en-FR"]}), "fr"),
        (plistlib.dumps({"AppleLanguages": ["fr"]}, fmt=plistlib.FMT_BINARY), "fr"),
        (plistlib.dumps({"AppleLanguages": ["de-DE", "fr-FR"]}), "en"),
        (plistlib.dumps({"AppleLanguages": []}), "en"),
        (plistlib.dumps({}), "en"),
        (b"nonsense", "en"),
        (None, "en"),
    ],
)
def test_macos_is_asked(
    content: bytes | None, language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    if content is not None:
        folder = tmp_path / "Library" / "Preferences"
        folder.mkdir(parents=True)
        (folder / ".GlobalPreferences.plist").write_bytes(content)
    assert language_of(None) == language


def test_a_variable_comes_before_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    windows(monkeypatch, 0x040C)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert language_of(None) == "en"
    monkeypatch.setenv("ESSFACTS_LANG", "fr")
    assert language_of(None) == "fr"
    assert language_of("en") == "en"
