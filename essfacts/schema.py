"""JSON Schemas: of a dataset's files, for editors, and of the JSON that commands print.

Both follow the annotations of the model, as the reader and the export do. What these do not tell
of what is printed stands in shapes.json: `?` after a type means that it may be null, after a name
that it may be absent; `a|b` is one of some words.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

from essfacts import model
from essfacts.dataset import SCALARS, TABLES, holds
from essfacts.export import names_of
from essfacts.packaged import content

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(name: str) -> Schema:
    """Give the JSON Schema of a command's output, or of a file of a dataset: `levers.yaml`."""
    if name in COMMANDS:
        title = f"essfacts {name} --format json"
        return {"$schema": DIALECT, "title": title, **_shape(COMMANDS[name])}
    table = name.removesuffix(".yaml")
    return {"$schema": DIALECT, "title": f"{name}: {holds(table)}", **_value(TABLES[table])}


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _object(properties: Schema, required: Any) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [*required],
        "additionalProperties": False,
    }


# The files of a dataset.


def _record(record: type) -> Schema:
    known = model.given(record)
    required = [name for name in model.required(record) if name in known]
    described = {"description": (record.__doc__ or "").split("\n\n")[0]}
    return described | _object({name: _value(of) for name, of in known.items()}, required)


def _value(annotation: str) -> Schema:
    if annotation.startswith("tuple["):
        return _array(_value(annotation[len("tuple[") : -len(", ...]")]))
    if annotation in SCALARS:
        return SCALARS[annotation].schema
    if annotation == "Formula":
        inputs = _array(_shape("string")) | {"minItems": 2}
        operations: Schema = dict.fromkeys(model.OPERATORS, inputs)
        return _object(operations, ()) | {"minProperties": 1, "maxProperties": 1}
    return _record(getattr(model, annotation))


# What commands print.

_SHAPES: dict[str, Any] = json.loads(content("shapes.json"))


def _shape(told: Any) -> Schema:
    """Make the schema of a type, of a list of one, of one of several, or of an object's fields."""
    if isinstance(told, list):
        return _array(_shape(told[0]))
    if isinstance(told, tuple):
        return {"anyOf": [_shape(choice) for choice in told]}
    if isinstance(told, dict):
        properties = {name.removesuffix("?"): _shape(of) for name, of in told.items()}
        return _object(properties, [name for name in told if not name.endswith("?")])
    name = told.removesuffix("?")
    if name in _SHAPES["parts"]:
        part = _SHAPES["parts"][name]
        return _shape(part if name == told else (part, "null"))
    if name.startswith("="):
        return {"const": name[1:]}
    if name in SCALARS:  # a vocabulary
        return SCALARS[name].schema
    if name == "kind" or "|" in name:
        return {"enum": [*model.KINDS] if name == "kind" else name.split("|")}
    return {"type": name if name == told else [name, "null"]}


def _printed(record: type[Any], **fixed: str) -> dict[str, Any]:
    """Give the shape of an exported record: few are dated, and few show what a copy says."""
    fields, annotations = _SHAPES["fields"], _SHAPES["annotations"]
    own = record.__dataclass_fields__.values()
    types = {field.name: annotations.get(field.type, "string?") for field in own}
    shape = {name: fields.get(name) or types.get(name, "string?") for name in names_of(record)}
    if "excerpt" in shape:
        fixed["wording?"] = "wording?"
    return {"date?" if name == "date" else name: of for name, of in (shape | fixed).items()}


_KINDS = {
    kind.command: _printed(kind.record, kind=f"={kind.name}") for kind in model.KINDS.values()
}
_COMPUTED = _printed(
    model.Computed,
    kind="=stat",
    excerpt="null",
    section="null",
    written="null",
    approximation="Approximation",
)
_CLAIMS = (*_KINDS.values(), _COMPUTED)
_NAMES = {
    "orgs": _printed(model.Organisation),
    "people": _printed(model.Person),
    "sources": _printed(model.Source),
    "topics": _printed(model.Term),
    "sections": _printed(model.Term),
    "units": _printed(model.Unit),
}
# Whom a search finds, without the ways to reach them.
_PERSON = {name: of for name, of in _NAMES["people"].items() if name not in {"email", "phone"}}
_FOUND = (
    *_CLAIMS,
    {"kind": "=organisation", **_NAMES["orgs"]},
    {"kind": "=person", **_PERSON},
)
COMMANDS: Mapping[str, Any] = {
    **{name: [shape] for name, shape in (_KINDS | _NAMES).items()},
    "stats": [(_KINDS["stats"], _COMPUTED)],
    "claims": [_CLAIMS],
    "timeline": [_CLAIMS],
    "search": [tuple(shape | {"match": "match"} for shape in _FOUND)],
    "show": [(*_CLAIMS, *_NAMES.values())],
    **_SHAPES["commands"],
}
# All that a person may ask the schema of.
NAMES = (*COMMANDS, *(f"{name}.yaml" for name in TABLES))
