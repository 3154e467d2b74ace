"""JSON Schemas: of a dataset's files, for editors, and of the JSON that commands print.

Both follow the annotations of the model, as the reader and the export do.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, get_args

from essfacts import model
from essfacts.dataset import SCALARS, TABLES
from essfacts.export import names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def of_file(name: str) -> Schema:
    """Give the JSON Schema of the file of a table."""
    record = _record(TABLES[name].record)
    whole = record if name == "release" else _array(record)
    return {"$schema": DIALECT, "title": f"{name}.yaml: {TABLES[name].holds}", **whole}


def of_command(name: str) -> Schema:
    """Give the JSON Schema of what a command prints with `--format json`."""
    return {"$schema": DIALECT, "title": f"essfacts {name} --format json", **COMMANDS[name]}


def schema(name: str) -> Schema:
    """Give the JSON Schema of a command's output, or of a file of a dataset: `levers.yaml`."""
    return NAMES[name](name.removesuffix(".yaml"))


# The files of a dataset.


def _record(record: type) -> Schema:
    known = model.given(record)
    required = [name for name in model.required(record) if name in known]
    described = {"description": (record.__doc__ or "").split("\n\n")[0]}
    return described | _object({name: _value(type) for name, type in known.items()}, required)


def _value(annotation: str) -> Schema:
    if annotation.startswith("tuple["):
        return _array(_value(annotation[len("tuple[") : -len(", ...]")]))
    if annotation in SCALARS:
        return SCALARS[annotation].schema
    if annotation == "Formula":
        operations = dict.fromkeys(get_args(model.Operation), _array(_TEXT) | {"minItems": 2})
        return _object(operations, ()) | {"minProperties": 1, "maxProperties": 1}
    return _record(getattr(model, annotation))


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _object(properties: Schema, required: Any = None) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [*(properties if required is None else required)],
        "additionalProperties": False,
    }


# What commands print.

_TEXT: Schema = {"type": "string"}
_NULL: Schema = {"type": "null"}
_BOTH = _object({"fr": _TEXT, "en": _TEXT})
_NAMED = _object({"id": _TEXT, "name": _TEXT})
_OFFICES = _array(_object({"title": _BOTH, "organisation": _NAMED}))
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_SOURCE = {
    "id": _TEXT,
    "producer": _TEXT,
    "title": _TEXT,
    "title_en": _TEXT,
    "title_is_descriptive": {"type": "boolean"},
    "date_published": _TEXT_OR_NULL,
    "url": _TEXT_OR_NULL,
}
# What the annotation of a field does not tell of what is printed.
_PRINTED: Mapping[str, Schema] = {
    "organisations": _array(_NAMED),
    "sources": _array(_object(_SOURCE)),
    "speaker": _object({"id": _TEXT, "name": _TEXT, "offices": _OFFICES}),
    "offices": _OFFICES,
    "formula": _TEXT,
    "claims": {"type": "integer"},
    "value": {"type": "number"},
    "date": _TEXT,
    "producer": _TEXT,
    "title": _TEXT,
    "title_en": _TEXT,
}
_BY_ANNOTATION: Mapping[str, Schema] = {
    "str": _TEXT,
    "Text": _BOTH,
    "bool": {"type": "boolean"},
    "tuple[str, ...]": _array(_TEXT),
    "Approximation": {"enum": [*get_args(model.Approximation)]},
    "SourceType": {"enum": [*get_args(model.SourceType)]},
}


# Only with --copy.
_WORDING = {"wording": {"anyOf": [_object({"text": _TEXT, "line": {"type": "integer"}}), _NULL]}}


def _printed(record: type, **fixed: Schema) -> Schema:
    """Give the schema of an exported record; only `date` may be absent."""
    known: Any = {field.name: str(field.type) for field in fields(record)}
    properties = {
        name: _PRINTED.get(name) or _BY_ANNOTATION.get(known.get(name, ""), _TEXT_OR_NULL)
        for name in names_of(record)
    }
    required = [name for name in properties if name != "date"]
    return _object(properties | fixed | (_WORDING if "excerpt" in properties else {}), required)


_KINDS = {
    kind.command: _printed(kind.record, kind={"const": kind.name}) for kind in model.KINDS.values()
}
_COMPUTED = _printed(
    model.Computed, kind={"const": "stat"}, excerpt=_NULL, section=_NULL, written=_NULL,
    approximation=_BY_ANNOTATION["Approximation"],
)  # fmt: skip
_NAMES = {
    "orgs": _printed(model.Organisation),
    "people": _printed(model.Person),
    "sources": _printed(model.Source),
    "topics": _printed(model.Term),
    "sections": _printed(model.Term),
    "units": _printed(model.Unit),
}
_CLAIMS = [*_KINDS.values(), _COMPUTED]
_MATCH = _object(
    {"field": _TEXT, "language": _TEXT_OR_NULL, "text": _TEXT, "loosened": _array(_TEXT)}
)
# Whom a search finds, without the ways to reach them.
_PERSON = {n: s for n, s in _NAMES["people"]["properties"].items() if n not in {"email", "phone"}}
_FOUND = [
    *_CLAIMS,
    _object({"kind": {"const": "organisation"}, **_NAMES["orgs"]["properties"]}),
    _object({"kind": {"const": "person"}, **_PERSON}),
]


def _found(item: Schema) -> Schema:
    return {
        **item,
        "properties": item["properties"] | {"match": _MATCH},
        "required": [*item["required"], "match"],
    }


_INTEGER: Schema = {"type": "integer"}
_BOOLEAN: Schema = {"type": "boolean"}
_INTEGER_OR_NULL: Schema = {"type": ["integer", "null"]}
_PLACE: Mapping[str, Schema] = {"line": _INTEGER_OR_NULL, "column": _INTEGER_OR_NULL}
_CLAIM_STATUSES = ("verified", "altered", "missing", "ambiguous")
_STATUSES = ("intact", *_CLAIM_STATUSES[1:], "moved")
_VERIFIED = _object(
    {
        "release": _object({"title": _TEXT, "date": _TEXT, "url": _TEXT_OR_NULL}),
        "claims": _array(
            _object(
                {
                    "id": _TEXT,
                    "kind": {"enum": [*model.KINDS]},
                    "status": {"enum": [*_CLAIM_STATUSES]},
                }
                | {**_PLACE, "expected": _TEXT, "found": _TEXT_OR_NULL}
            )
        ),
        "passages": _array(
            _object(
                {"status": {"enum": [*_STATUSES]}, "section": _TEXT_OR_NULL, **_PLACE}
                | {"claims": _array(_TEXT), "words": _array(_TEXT)}
            )
        ),
        "added": _array(
            _object(
                dict.fromkeys(("line", "column", "last_line"), _INTEGER)
                | {"text": _TEXT, "within": _BOOLEAN}
            )
        ),
        "coverage": _object(
            dict.fromkeys(("sentences", "covered", "left_out"), _INTEGER)
            | {"uncovered": _array(_object({"line": _INTEGER_OR_NULL, "text": _TEXT}))}
        ),
        "faults": _array(_TEXT),
        "verified": _BOOLEAN,
    },
    ("release", "claims", "verified"),
)
_FINDING = {
    **dict.fromkeys(("line", "column"), _INTEGER),
    "kind": {"enum": ["figure", "quotation", "person", "source", "name", "date"]},
    "severity": {"enum": ["finding", "remark"]},
    **dict.fromkeys(("said", "expected", "claim", "proof"), _TEXT),
}
_CHECKED = _object(
    {
        "findings": _array(_object(_FINDING)),
        "recognised": _object(
            dict.fromkeys(("figures", "quotations", "people", "dates"), _INTEGER)
        ),
    }
)
COMMANDS: Mapping[str, Schema] = {
    **{name: _array(item) for name, item in (_KINDS | _NAMES).items()},
    "stats": _array({"anyOf": [_KINDS["stats"], _COMPUTED]}),
    **dict.fromkeys(("claims", "timeline"), _array({"anyOf": _CLAIMS})),
    "search": _array({"anyOf": [_found(item) for item in _FOUND]}),
    "show": _array({"anyOf": [*_CLAIMS, *_NAMES.values()]}),
    "verify": _VERIFIED,
    "check": _CHECKED,
}
# All that a person may ask the schema of.
NAMES: Mapping[str, Callable[[str], Schema]] = {
    **dict.fromkeys(COMMANDS, of_command),
    **{f"{name}.yaml": of_file for name in TABLES},
}
