"""The JSON Schemas accept what the reader accepts, and an editor would see what they refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from program import reader, run_here

from essfacts.dataset import TABLES
from essfacts.schema import COMMANDS, schema

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent


class EditorLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads YAML as editors do: a date is text."""


EditorLoader.yaml_implicit_resolvers = {
    char: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for char, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(folder: Path, name: str) -> Any:
    return yaml.load((folder / f"{name}.yaml").read_text("utf-8"), Loader=EditorLoader)  # noqa: S506


def validator(published: Any) -> Callable[[Any], None]:
    """Check a schema once, and give what refuses a document that does not keep it."""
    of_draft = reader("jsonschema").Draft202012Validator
    of_draft.check_schema(published)
    validate: Callable[[Any], None] = of_draft(published).validate
    return validate


@pytest.mark.parametrize("name", TABLES)
def test_is_a_schema_that_the_data_keeps(name: str, made_up_folder: Path) -> None:
    validate = validator(schema(f"{name}.yaml"))
    for folder in (ROOT / "data", made_up_folder):
        validate(read(folder, name))


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
        jsonschema.validate(stats, schema("stats.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_prints_keeps_its_schema(
    name: str, made_up_folder: Path, tmp_path: Path
) -> None:
    validate = validator(json.loads(run_here("schema", name).out))
    words = {"search": ["emploi"], "show": ["gdp-share", "regions", "carole", "panorama"]}
    note, text = tmp_path / "odd.txt", (made_up_folder / "communique.txt").read_text("utf-8")
    note.write_text(f"{text[600:900]}\n\nL'ESS pèse 14 % du PIB.\n\n{text}", "utf-8")
    files = {"verify": [str(note)], "check": [str(note)]}
    for data in ("", str(made_up_folder)):
        asked = ({"search": ["vélos"], "show": ["tool-lending"]} if data else words) | files
        said = run_here(name, *asked.get(name, ()), "--format", "json", ESSFACTS_DATA=data or None)
        printed = json.loads(said.out)
        assert printed
        validate(printed)


def test_computed_stats_keep_the_schema_of_stats() -> None:
    jsonschema = reader("jsonschema")
    printed = json.loads(run_here("stats", "--computed", "--format", "json").out)
    jsonschema.validate(printed, schema("stats"))


def test_a_schema_refuses_what_is_not_printed() -> None:
    jsonschema = reader("jsonschema")
    printed = json.loads(run_here("levers", "--format", "json").out)
    for field, value in (("name", "short"), ("kind", "stat"), ("sources", ["study"]), ("more", 1)):
        wrong = [printed[0] | {field: value}]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema("levers"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([{"id": "x"}], schema("claims"))


def test_an_unknown_schema_is_told() -> None:
    assert run_here("schema", "leverz") == (
        2,
        "",
        'essfacts: no schema "leverz": did you mean "levers"?\n',
    )
