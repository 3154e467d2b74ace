"""Find a dataset, read its YAML strictly, type it.

The reader works on parser events: each scalar stays text until the type of its field reads it,
and depth and size are bounded as they come. `yaml.load` would keep the last of two equal keys,
read `no` as false and `12:30` as 750, and nested brackets, aliases and merge keys can crash or
hang it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cached_property
from itertools import chain, repeat, takewhile
from operator import itemgetter, length_hint
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, get_args

import yaml

from essfacts import model, rules
from essfacts.errors import DatasetError, Fault, RequestError, nearest, reason
from essfacts.language import Message, Whole, lexicon, message
from essfacts.packaged import default_folder
from essfacts.text import printable, unsafe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from essfacts.fingerprint import Fingerprint

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# MB a file; the loader in Python takes six times as long.
MAX_SIZE = 16 if hasattr(yaml, "CSafeLoader") else 4
# So many values a dataset, for each MB that a file may have: they cost more than their bytes.
_VALUES_A_MB = 125_000
_MAX_SCALAR = 10_000
_MAX_DEPTH = 100
_COMMENT = re.compile(r"[ \t]*#")

TABLES = model.TABLES
_KINDS = {kind.command: kind for kind in model.KINDS.values()}


def _read_later(name: str) -> Any:
    def read(dataset: model.Dataset) -> Any:
        if name == "claims":
            return tuple(chain.from_iterable(getattr(dataset, file) for file in _KINDS))
        files = _Files(default_folder())
        found = files.read(name)
        files.check()
        return found

    return cached_property(read)


class _Packaged(model.Dataset):
    """The packaged dataset, each table of which is read when it is first asked for."""

    locals().update({name: _read_later(name) for name in ("claims", *TABLES)})

    def __new__(cls, **tables: Any) -> Any:
        """Make a plain dataset of tables that are at hand, as `replace` does."""
        return model.Dataset(**tables) if tables else object.__new__(cls)


def load(folder: Any = None, max_size: int = MAX_SIZE) -> model.Dataset:
    """Read a dataset: the packaged one table by table as they are asked for, another whole.

    A file of more than `max_size` MB is refused. Raises DatasetError with every fault found, by
    file and line.
    """
    if folder is None:
        return object.__new__(_Packaged)
    files = _Files(Path(folder), max_size)
    read: dict[str, Any] = {}
    for name in TABLES:
        read[name] = files.read(name)
        if files.faults and not length_hint(files.budget):
            break
    files.check()
    claims = tuple(chain.from_iterable(read.pop(name) for name in _KINDS))
    dataset = model.Dataset(claims=claims, **read)
    files.faults += rules.structural(dataset)
    files.check()
    return dataset


def read_fingerprint(folder: Any = None) -> Fingerprint:
    """Read the fingerprint of the release; RequestError where the dataset is not sealed.

    Raises DatasetError for a file that `essfacts seal` never writes.
    """
    # Most commands do without what reads texts.
    from essfacts.fingerprint import restore

    files = _Files(default_folder() if folder is None else Path(folder))
    if not (files.folder / "fingerprint.yaml").is_file():
        import shlex

        shown = str(files.folder)
        raise RequestError(
            "not-sealed", folder=Whole(printable(shown)), quoted=Whole(shlex.quote(shown))
        )
    sealed = files.read("fingerprint")
    files.check()
    try:
        return restore(sealed)
    except (TypeError, ValueError, IndexError):
        damaged = Fault("fingerprint.yaml", 0, "", message("fingerprint-damaged"))
        raise DatasetError(str(files.folder), [damaged]) from None


def holds(name: str) -> Message:
    """Say what a file should hold."""
    kind = _KINDS.get(name)
    return message("holds-kind", kind=kind.noun) if kind else message(f"holds-{name}")


class _StoppedError(Exception):
    """What makes reading on useless is among the faults."""


class _Files:
    """Reads the files of a folder, as many values as it may in all, and gathers their faults.

    What is read of a node that has a fault is None.
    """

    def __init__(self, folder: Any, max_size: int = MAX_SIZE) -> None:
        self.folder = folder
        self.max_size = max_size
        self.budget = repeat(None, max_size * _VALUES_A_MB)
        self.faults: list[Fault] = []
        # The file that is being read.
        self.name = ""
        self.commented = ""
        self.events: Iterator[Any] = iter(())

    def check(self) -> None:
        if self.faults:
            raise DatasetError(str(self.folder), self.faults)

    def read(self, name: str) -> Any:
        """Give what a file holds."""
        self.name = name
        with suppress(_StoppedError):
            return self._whole(self._text(self.folder / f"{name}.yaml"))
        return ()

    def _content(self, path: Any) -> bytes:
        # Asked before it is opened: to open a pipe waits, and a device may have no end.
        if isinstance(path, Path) and path.exists() and not (path.is_file() or path.is_dir()):
            raise ValueError(message("no-file"))
        with path.open("rb") as stream:
            content: bytes = stream.read(self.max_size * 2**20 + 1)
        if len(content) > self.max_size * 2**20:
            raise ValueError(message("file-too-large", size=self.max_size))
        return content

    def _text(self, path: Any) -> str:
        try:
            return self._content(path).decode("utf-8-sig")
        except FileNotFoundError:
            if self.name == "synonyms":  # which a search can do without
                raise _StoppedError from None
            self._end(0, message("file-missing", holds=holds(self.name)))
        except UnicodeDecodeError as error:
            self._end(error.object.count(b"\n", 0, error.start) + 1, message("not-utf-8"))
        except (OSError, ValueError) as error:
            self._end(0, message("file-unread", reason=reason(error)))

    def _whole(self, text: str) -> Any:
        if found := yaml.reader.Reader.NON_PRINTABLE.search(text):
            wrong = message("control-character", char=found[0])
            self._end(text.count("\n", 0, found.start()) + 1, wrong)
        self.commented = text if " #" in text or "\t#" in text else ""
        self.events = self._parsed(text)
        openings = (yaml.StreamStartEvent, yaml.DocumentStartEvent)
        event = next(event for event in self.events if not isinstance(event, openings))
        annotation, value = TABLES.get(self.name, "Sealed"), None
        if isinstance(event, yaml.StreamEndEvent):
            self._end(0, message("file-empty", holds=holds(self.name)))
        if annotation.startswith("tuple[") and type(event) is not yaml.SequenceStartEvent:
            self._refuse(event, message("file-no-list", holds=holds(self.name)))
        else:
            value = self._read(event, annotation)
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._fault(event, message("second-document"))
                break
        return value

    def _parsed(self, text: str) -> Iterator[Any]:
        """Go through the events, within bounds and as far as the file is YAML."""
        try:
            events = yaml.parse(text, Loader=_LOADER)
            yield from map(itemgetter(1), zip(self.budget, events, strict=False))
            for event in events:
                self._stop(event, "stopped-values")
        except yaml.MarkedYAMLError as error:
            mark: Any = error.problem_mark
            self._end(mark.line + 1, message("not-yaml", problem=_spoken(str(error.problem))))

    def _inside(self) -> Iterator[Any]:
        """Go through what opens the nodes of a list or a mapping, each read before the next."""
        return takewhile(lambda event: not isinstance(event, yaml.CollectionEndEvent), self.events)

    def _read(self, event: Any, annotation: str) -> Any:
        """Read a node to its end, as the annotation of a field says."""
        scalar, is_list = SCALARS.get(annotation), annotation.startswith("tuple[")
        opening = yaml.SequenceStartEvent if is_list else yaml.MappingStartEvent
        if type(event) is not (yaml.ScalarEvent if scalar else opening):
            what = "a-list" if is_list else "a-mapping"
            what = "a-formula" if annotation == "Formula" else what
            expected = scalar.expected if scalar else message(what)
            return self._refuse(event, _expected(expected, event))
        if event.anchor:
            return self._refuse(event, message("anchors", value=_shorten(event.anchor)))
        if event.tag:
            return self._refuse(event, message("tags", value=_shorten(event.tag)))
        if scalar:
            return self._scalar(event, scalar)
        if is_list:
            inner = annotation[len("tuple[") : -len(", ...]")]
            return tuple([self._read(item, inner) for item in self._inside()])
        if annotation == "Formula":
            return self._formula(event)
        return self._record(event, annotation)

    def _scalar(self, event: Any, scalar: Scalar) -> Any:
        value: str = event.value
        if len(value) > _MAX_SCALAR:
            return self._refuse(event, message("scalar-too-long", most=_MAX_SCALAR))
        is_plain = scalar.make is _text and not event.style
        if is_plain and _COMMENT.match(self.commented, event.end_mark.index):
            return self._refuse(event, message("cut-short"))
        try:
            return scalar.parse(value)
        except ValueError as error:
            [wrong] = error.args or [_expected(scalar.expected, event)]
            return self._refuse(event, wrong)

    def _formula(self, event: Any) -> Any:
        """Read `{sum: [id, id]}`: one operation and the ids that it takes."""
        first, found = len(self.faults), dict[Any, Any]()
        self._fill(found, dict.fromkeys(model.OPERATORS, "tuple[str, ...]"))
        if len(self.faults) == first and len(found) != 1:
            self._fault(event, message("one-operation"))
        for operation, inputs in found.items():
            return model.Formula(operation=operation, inputs=inputs)
        return None

    def _record(self, event: Any, name: str) -> Any:
        record = getattr(model, name)
        first, values = len(self.faults), dict[str, Any]()
        if issubclass(record, model.Record):
            values["line"] = event.start_mark.line + 1
        if issubclass(record, model.Claim):
            values["kind"] = _KINDS[self.name].name
        try:
            self._fill(values, model.given(record))
            for missing in model.required(record):
                if missing not in values:
                    self._fault(event, message("no-field-value", name=missing))
        finally:
            id = printable(values.get("id") or "")
            self.faults[first:] = [
                fault if fault.record else fault._replace(record=id)
                for fault in self.faults[first:]
            ]
        return None if len(self.faults) > first else record(**values)

    def _fill(self, values: dict[str, Any], types: Mapping[str, str]) -> None:
        """Read the rest of a mapping, each value as the type of its key says."""
        for key in self._inside():
            if wrong := _wrong_key(key, types, values):
                self._fault(key, wrong)
                self._skip(key)
                self._skip(next(self.events))
            else:
                values[key.value] = self._read(next(self.events), types[key.value])

    # Faults.

    def _note(self, line: int, wrong: Message) -> None:
        self.faults.append(Fault(f"{self.name}.yaml", line, "", wrong))

    def _fault(self, event: Any, wrong: Message) -> None:
        if len(self.faults) >= rules.MAX_FAULTS:
            self._stop(event, "stopped-faults")
        self._note(event.start_mark.line + 1, wrong)

    def _refuse(self, event: Any, wrong: Message) -> None:
        """Note a fault and pass over the node."""
        is_alias = isinstance(event, yaml.AliasEvent)
        self._fault(event, message("aliases") if is_alias else wrong)
        self._skip(event)

    def _skip(self, event: Any) -> None:
        """Pass over the rest of a node."""
        depth = int(isinstance(event, yaml.CollectionStartEvent))
        while depth:
            event = next(self.events)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _MAX_DEPTH:
                self._stop(event, "stopped-depth")

    def _stop(self, event: Any, why: str) -> NoReturn:
        """Read no further: of a file with so many faults, or so deep, it would help nobody."""
        self._end(event.start_mark.line + 1, message("stopped", why=message(why)))

    def _end(self, line: int, wrong: Message) -> NoReturn:
        self._note(line, wrong)
        raise _StoppedError


def _wrong_key(key: Any, known: Iterable[str], seen: Iterable[str]) -> Message | None:
    if type(key) is not yaml.ScalarEvent:
        return _expected(message("a-key"), key)
    if key.value == "<<":
        return message("merge-keys")
    if key.anchor or key.tag:
        return message("key-alone")
    if key.value not in known:
        hint, what = nearest(key.value, known), message("a-field")
        return message("no-such", what=what, value=_shorten(key.value), hint=hint)
    return message("key-twice", name=key.value) if key.value in seen else None


def _expected(expected: Message, event: Any) -> Message:
    return message("expected", expected=expected, found=_name(event))


def _name(event: Any) -> Message:
    if isinstance(event, yaml.AliasEvent):
        return message("an-alias")
    if isinstance(event, yaml.CollectionStartEvent):
        return message("a-list" if isinstance(event, yaml.SequenceStartEvent) else "a-mapping")
    return message("quoted", value=_shorten(event.value))


def _shorten(value: str) -> str:
    return value if len(value) <= 60 else value[:57] + "..."


def _spoken(problem: str) -> model.Text:
    """Say what PyYAML finds wrong; what is not known in French stays in its words."""
    start = problem.partition(", but ")[0]
    starts = {start, re.sub(r" ['\"(].*", "", start)}
    known = lexicon("yaml problems").items()
    french = next((french for french, english in known if starts & {*english}), None)
    return model.Text(fr=french or printable(problem), en=printable(problem))


class Scalar(NamedTuple):
    """How a field's type reads a scalar, and the same as a JSON Schema."""

    make: Callable[[str], Any]
    expected: Message
    schema: dict[str, Any]
    pattern: str = ""

    def parse(self, value: str) -> Any:
        """Read a text; ValueError, of a message where `expected` does not say all."""
        if self.pattern and not re.fullmatch(self.pattern, value, re.ASCII):
            raise ValueError
        return self.make(value)


def _text(value: str) -> str:
    value = value.removesuffix("\n")
    if not value.strip():
        raise ValueError(message("empty-text"))
    if char := unsafe(value):
        raise ValueError(message("control-character", char=char))
    return value


def _number(value: str) -> model.Number:
    over, _, under = value.partition("/")
    if under:
        return int(over) / int(under)
    return float(value) if "." in value else int(value)


def _date(value: str) -> model.Date:
    from datetime import date

    try:
        date.fromisoformat(f"{value}-01-01"[: len("2024-05-31")])
    except ValueError:
        raise ValueError(message("no-day", value=value)) from None
    return value


def _vocabulary(words: Any) -> Scalar:
    allowed = get_args(words)

    def make(value: str) -> str:
        if value not in allowed:
            what, hint = message("a-value"), nearest(value, allowed)
            raise ValueError(message("no-such", what=what, value=value[:60], hint=hint))
        return value

    return Scalar(make, message("of-vocabulary", values=allowed), {"enum": list(allowed)})


def _or_text(type: str, pattern: str) -> dict[str, Any]:
    """Give the schema of what YAML takes for a number, unless it is of a pattern."""
    return {"oneOf": [{"type": type}, {"type": "string", "pattern": f"^{pattern}$"}]}


_FRACTION = r"(\d{1,9})/([1-9]\d{0,8})"
_DECIMAL = r"-?(?!0\d)\d{1,15}(?:\.\d{1,15})?"
_DATE = r"([1-9]\d{3})(?:-(\d\d)(?:-(\d\d))?)?"
SCALARS: Mapping[str, Scalar] = {
    "str": Scalar(_text, message("a-text"), {"type": "string", "minLength": 1}),
    "bool": Scalar("true".__eq__, message("a-truth"), {"type": "boolean"}, "true|false"),
    "Number": Scalar(
        _number,
        message("number-in-yaml"),
        _or_text("number", _FRACTION),
        f"{_DECIMAL}|{_FRACTION}",
    ),
    "Date": Scalar(_date, message("date-in-yaml"), _or_text("integer", _DATE), _DATE),
    "Approximation": _vocabulary(model.Approximation),
    "SourceType": _vocabulary(model.SourceType),
}
