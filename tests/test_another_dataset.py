"""Every command works on another release: nothing in the package knows this one's ids or words."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import get_args

import pytest

import essfacts
from essfacts.cli import COMMANDS, main
from essfacts.model import KINDS, OPERATORS, SourceType

ROOT = Path(__file__).parent.parent
# What a command can't do without, on the made-up dataset.
ARGUMENTS = {
    "search": ["cyclistes"],
    "show": ["cyclists-share"],
    "cite": ["--all", "--release"],
    "schema": ["claims"],
    "verify": ["communique.txt"],
    "check": ["communique.txt"],
    "seal": ["communique.txt"],
}


def run(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str], *more: str
) -> tuple[int, str, str]:
    arguments = ARGUMENTS.get(command, [])
    paths = [str(folder / part) if part.endswith(".txt") else part for part in arguments]
    code = main([command, *paths, *more, "--data", str(folder), "--lang", "fr"])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_command_works_on_it(
    command: str, made_up_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(made_up_folder, tmp_path / "made-up"))
    code, out, err = run(command, folder, capsys)
    # In a pipe, the verdict on a copy stands apart from what differs.
    assert (code, bool(err)) == (0, command == "verify")
    assert out or command == "verify"
    assert "Banque des Territoires" not in out


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.command)
def test_lists_its_claims(
    kind: essfacts.model.Kind, made_up_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(kind.command, made_up_folder, capsys, "--format", "json")
    expected = [claim.id for claim in essfacts.load(made_up_folder).of_kind(kind.name)]
    assert [record["id"] for record in json.loads(out)] == expected


def test_environment_names_it_too(
    made_up_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ESSFACTS_DATA", str(made_up_folder))
    assert main(["stats", "--format", "json"]) == 0
    ids = [record["id"] for record in json.loads(capsys.readouterr().out)]
    assert "cyclists-share" in ids


def test_glance_is_at_it(made_up_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(made_up_folder)]) == 0
    title = essfacts.load(made_up_folder).release.title
    assert capsys.readouterr().out.startswith(title)


def test_option_before_the_command_holds_for_it(
    made_up_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(made_up_folder), "show", "cyclists-share"]) == 0
    assert "18 %" in capsys.readouterr().out


def test_no_module_knows_an_id_of_the_release(dataset: essfacts.Dataset) -> None:
    # Types of source, operations and what `check` counts are words that ids may share.
    shared = {*get_args(SourceType), *OPERATORS, "figures"}
    ids = {record.id for record in dataset.records()} - shared
    for file in (ROOT / "essfacts").rglob("*.py"):
        words = set(re.findall(r"""(?<=["'])[a-z0-9-]+(?=["'])""", file.read_text("utf-8")))
        assert words & ids == set(), file
