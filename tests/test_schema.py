"""The JSON Schemas accept what the reader accepts, and an editor would see what they refuse."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from program import reader

from essfacts.dataset import TABLES
from essfacts.schema import schema

ROOT = Path(__file__).parent.parent


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do: a date is text."""


EditorLoader.yaml_implicit_resolvers = {
    char: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for char, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(folder: Path, name: str) -> Any:
    return yaml.load((folder / f"{name}.yaml").read_text("utf-8"), Loader=EditorLoader)  # noqa: S506


@pytest.mark.parametrize("name", TABLES)
def test_is_a_schema_that_the_data_keeps(name: str, made_up_folder: Path) -> None:
    jsonschema = reader("jsonschema")
    jsonschema.Draft202012Validator.check_schema(schema(name))
    for folder in (ROOT / "data", made_up_folder):
        jsonschema.validate(read(folder, name), schema(name))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("value", "many"),
        ("approximation", "roughly"),
        ("text", "only French"),
        ("sources", "study"),
        ("date", "yesterday"),
        # Nothing stands before or after a number or a date.
        ("value", "about 2/3"),
        ("value", "2/3 of them"),
        ("date", "in 2024-05"),
        ("date", "2024-05, about"),
        ("unknown", "field"),
    ],
)
def test_refuses_what_the_reader_refuses(field: str, value: str) -> None:
    jsonschema = reader("jsonschema")
    stats = read(ROOT / "data", "stats")
    stats[0][field] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(stats, schema("stats"))


def test_writes_a_file_for_each_table(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "essfacts.schema", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True)
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.schema.json" for name in TABLES}
