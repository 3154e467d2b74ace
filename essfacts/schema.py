"""JSON Schemas of the dataset's files, made from the model, for editors to complete and check them.

`python -m essfacts.schema FOLDER` writes one for each file.
"""

from __future__ import annotations

import json
import sys
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, get_args

from essfacts import model
from essfacts.dataset import SCALARS, TABLES

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(name: str) -> dict[str, Any]:
    """Give the JSON Schema of the file of a table."""
    record = _record(TABLES[name].record)
    whole = record if name == "release" else {"type": "array", "items": record}
    return {"$schema": DIALECT, "title": f"{name}.yaml: {TABLES[name].holds}", **whole}


def _record(record: type) -> dict[str, Any]:
    known = [field for field in fields(record) if field.name not in {"line", "kind"}]
    return {
        "type": "object",
        "description": (record.__doc__ or "").split("\n\n")[0],
        "properties": {field.name: _value(str(field.type)) for field in known},
        "required": [field.name for field in known if field.default is MISSING],
        "additionalProperties": False,
    }


def _value(annotation: str) -> dict[str, Any]:
    annotation = annotation.removesuffix(" | None")
    if annotation.startswith("tuple["):
        return {"type": "array", "items": _value(annotation[len("tuple[") : -len(", ...]")])}
    if annotation in SCALARS:
        return SCALARS[annotation].schema
    if annotation == "Formula":
        ids = {"type": "array", "items": {"type": "string"}, "minItems": 2}
        operations = dict.fromkeys(get_args(model.Operation), ids)
        return {
            "type": "object",
            "properties": operations,
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": False,
        }
    return _record(getattr(model, annotation))


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print("usage: python -m essfacts.schema FOLDER, which exists", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    for name in TABLES:
        text = json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"
        (Path(sys.argv[1]) / f"{name}.schema.json").write_text(text, "utf-8")
