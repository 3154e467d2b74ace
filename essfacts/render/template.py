"""Templates, each a file beside this one: text from a dataset never becomes markup in them.

`{{#name}}…{{/name}}` is repeated for each record of that name, and left out where there is none;
`{{#name,}}` puts commas between. `{{name}}` is a value of the record, or of one that has it; else a
word or a sentence of the program. `{{#json}}` is a part in which text is escaped as JSON has it.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, TextIO, TypeAlias

from essfacts.language import capital, say, typeset
from essfacts.packaged import content
from essfacts.text import escaped, is_unicode, printable

Record: TypeAlias = dict[str, Any]
_PART = re.compile(r"{{#([\w-]+)(,?)}}(.*?){{/\1}}|{{([\w-]+)}}", re.DOTALL)
_REFERENCES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_ESCAPES = str.maketrans({"&": "\\u0026", "<": "\\u003c", ">": "\\u003e"})


def write(name: str, record: Record, stream: TextIO) -> None:
    """Fill the template of a file, and write it with what escapes the stream needs."""
    is_ascii = not is_unicode(stream)
    template = content(f"render/{name}").decode("utf-8")
    text = _fill(template, record | {"is-ascii": is_ascii}, _markup)
    stream.write(text.encode("ascii", "xmlcharrefreplace").decode("ascii") if is_ascii else text)


def _fill(template: str, record: Record, escape: Callable[[str, Record], str]) -> str:
    def part(found: re.Match[str]) -> str:
        repeated, comma, inner, name = found.groups()
        if name:
            return escape(_said(name, record), record)
        if repeated == "json":
            return _fill(inner, record, _json)
        value = record.get(repeated)
        items = value if isinstance(value, list | tuple) else [value] if value else []
        return comma.join(_fill(inner, _inside(item, record), escape) for item in items)

    return _PART.sub(part, template)


def _inside(item: Any, record: Record) -> Record:
    if hasattr(item, "_asdict"):
        item = item._asdict()
    elif not isinstance(item, Mapping):
        item = getattr(item, "__dict__", {"item": item})
    return {**record, **item}


def _said(name: str, record: Record) -> str:
    language = record["language"]
    if name not in record:
        return capital(say(name, language))
    value = record[name]
    return str(value[language] if isinstance(value, Mapping) else getattr(value, language, value))


def _markup(text: str, _: Record) -> str:
    """Make text safe inside an element or between the quotes of an attribute, of XML or HTML."""
    return typeset(printable(text)).translate(_REFERENCES)


def _json(text: str, record: Record) -> str:
    """Make text safe between the quotes of JSON, of which none can close the script around it."""
    quoted = json.dumps(text, ensure_ascii=record["is-ascii"])
    return escaped(quoted[1:-1]).translate(_ESCAPES)
