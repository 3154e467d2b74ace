"""Find a dataset, read its YAML strictly, type it.

The reader works on parser events: each scalar stays text until the type of its field reads it,
and depth and size are bounded as they come. `yaml.load` would keep the last of two equal keys,
read `no` as false and `12:30` as 750, and nested brackets, aliases and merge keys can crash or
hang it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import MISSING, fields
from itertools import chain, repeat
from operator import itemgetter, length_hint
from pathlib import Path
from stat import S_IFREG, S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import yaml

from essfacts import model, rules
from essfacts.errors import DatasetError, Fault, RequestError, nearest, reason
from essfacts.language import Message, Whole, lexicon, message
from essfacts.packaged import default_folder
from essfacts.text import printable, unsafe

if TYPE_CHECKING:
    from essfacts.fingerprint import Fingerprint

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_SIZE = 16  # MB a file
# So many values a dataset, for each MB that a file may have: they cost more than their bytes.
_VALUES_A_MB = 125_000
_CHUNK = 2**16
_MAX_SCALAR = 10_000
_MAX_DEPTH = 100
_COMMENT = re.compile(r"[ \t]*#")

Reader = Callable[[Any], Any]
"""Takes the event that opens a node, reads the node to its end, gives its value."""


class Table(NamedTuple):
    """One file of a dataset: what it holds, and the record that each of its entries becomes."""

    holds: Message
    record: type
    kind: str | None = None
    is_optional: bool = False


TABLES: dict[str, Table] = {
    "release": Table(message("holds-release"), model.Release),
    "topics": Table(message("holds-topics"), model.Term),
    "units": Table(message("holds-units"), model.Unit),
    "organisations": Table(message("holds-organisations"), model.Organisation),
    "people": Table(message("holds-people"), model.Person),
    "sources": Table(message("holds-sources"), model.Source),
    **{
        kind.command: Table(message("holds-kind", kind=kind.noun), kind.record, kind.name)
        for kind in model.KINDS.values()
    },
    "computed": Table(message("holds-computed"), model.Computed),
    "synonyms": Table(message("holds-synonyms"), model.Synonyms, is_optional=True),
}


class _Packaged(model.Dataset):
    """The packaged dataset, each table of which is read when it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        if name not in self.__dataclass_fields__:
            wrong = f"no table {name!r}"
            raise AttributeError(wrong)
        self.__dict__[name] = records = self._read(name)
        return records

    def _read(self, name: str) -> Any:
        if name == "claims":
            return tuple(chain.from_iterable(map(self.of_kind, model.KINDS)))
        folder = default_folder()
        records, faults = read_table(folder, name)
        if faults:
            raise DatasetError(str(folder), faults)
        return records[0] if name == "release" else tuple(records)

    def of_kind(self, kind: str) -> tuple[Any, ...]:
        if "claims" in self.__dict__:
            return super().of_kind(kind)
        file = f"{kind}.yaml"
        if file not in self.__dict__:
            self.__dict__[file] = self._read(model.KINDS[kind].command)
        claims: tuple[Any, ...] = self.__dict__[file]
        return claims


def load(folder: Any = None, max_size: int = MAX_SIZE) -> model.Dataset:
    """Read a dataset: the packaged one table by table as they are asked for, another whole.

    A file of more than `max_size` MB is refused. Raises DatasetError with every fault found, by
    file and line.
    """
    if folder is None:
        return object.__new__(_Packaged)
    folder = Path(folder)
    read: dict[str, tuple[Any, ...]] = {}
    faults: list[Fault] = []
    budget = repeat(None, max_size * _VALUES_A_MB)
    for name in TABLES:
        records, found = read_table(folder, name, max_size=max_size, budget=budget)
        read[name] = tuple(records)
        faults += found
        if faults and not length_hint(budget):
            break
    if not faults:
        [release] = read.pop("release")
        claims = chain.from_iterable(read.pop(kind.command) for kind in model.KINDS.values())
        dataset = model.Dataset(release=release, claims=tuple(claims), **read)
        faults += rules.structural(dataset)
    if faults:
        raise DatasetError(str(folder), faults)
    return dataset


def read_fingerprint(folder: Any = None) -> Fingerprint:
    """Read the fingerprint of the release; RequestError where the dataset is not sealed.

    Raises DatasetError for a file that `essfacts seal` never writes.
    """
    import shlex

    # Most commands do without what reads texts.
    from essfacts.fingerprint import Sealed, restore

    folder = default_folder() if folder is None else Path(folder)
    if not (folder / "fingerprint.yaml").is_file():
        shown = str(folder)
        raise RequestError("not-sealed", folder=Whole(shown), quoted=Whole(shlex.quote(shown)))
    read, faults = read_table(folder, "fingerprint", Table(message("holds-fingerprint"), Sealed))
    if not faults:
        try:
            return restore(read[0])
        except (TypeError, ValueError, IndexError):
            faults = [Fault("fingerprint.yaml", 0, "", message("fingerprint-damaged"))]
    raise DatasetError(str(folder), faults)


def read_table(
    folder: Any,
    name: str,
    table: Table | None = None,
    max_size: int = MAX_SIZE,
    budget: Iterator[None] | None = None,
) -> tuple[list[Any], list[Fault]]:
    """Read the file of one table into records and faults; each value takes one of the budget."""
    table, file = table or TABLES[name], f"{name}.yaml"
    try:
        text = _read_text(folder / file, max_size)
    except FileNotFoundError:
        if table.is_optional:
            return [], []
        return [], [Fault(file, 0, "", message("file-missing", holds=table.holds))]
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return [], [Fault(file, line, "", message("not-utf-8"))]
    except (OSError, ValueError) as error:
        return [], [Fault(file, 0, "", message("file-unread", reason=reason(error)))]
    reading = _Reading(file, text, table, budget or repeat(None))
    return list(reading.records()), reading.faults


def _read_text(path: Any, max_size: int) -> str:
    # Asked before it is opened: to open a pipe waits, and a device may have no end.
    mode = path.stat().st_mode if isinstance(path, Path) else S_IFREG
    if not S_ISREG(mode) and not S_ISDIR(mode):
        raise ValueError(message("no-file"))
    content = bytearray()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            content += chunk
            if len(content) > max_size * 2**20:
                raise ValueError(message("file-too-large", size=max_size))
    return content.decode("utf-8-sig")


class _Wrong(Exception):  # noqa: N818 - control flow, never shown
    """A node that was read to its end and has a fault."""


class _Reading:
    """Reads one file: an iterator over its records, which gathers its faults."""

    def __init__(self, file: str, text: str, table: Table, budget: Iterator[None]) -> None:
        self.file = file
        self.table = table
        self.faults: list[Fault] = []
        # The record that is being read, and where its faults begin.
        self.id = ""
        self.first_fault = 0
        self.text = text
        self.has_comments = " #" in text or "\t#" in text
        self.events: Iterator[Any] = _bounded(yaml.parse(text, Loader=_LOADER), budget)
        self.readers: dict[str, Reader] = {}

    def records(self) -> Iterator[Any]:
        try:
            yield from self._records()
        except yaml.reader.ReaderError:
            # It says where in bytes or in characters, as the loader is in C or not.
            found = yaml.reader.Reader.NON_PRINTABLE.search(self.text)
            line = self.text.count("\n", 0, found.start()) + 1 if found else 0
            wrong = message("control-character", char=found[0]) if found else message("no-yaml")
            self.faults.append(Fault(self.file, line, "", wrong))
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or str(error).split("\n")[0]
            line = mark.line + 1 if mark else 0
            wrong = message("not-yaml", problem=_spoken(problem))
            self.faults.append(Fault(self.file, line, "", wrong))
            self._leave_record()
        except _StoppedError as stopped:
            wrong = message("stopped", why=message(str(stopped)))
            self.faults.append(Fault(self.file, stopped.line, "", wrong))
            self._leave_record()

    def _records(self) -> Iterator[Any]:
        event: Any = None
        for event in self.events:
            if not isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
                break
        if event is None or isinstance(event, yaml.StreamEndEvent):
            wrong = message("file-empty", holds=self.table.holds)
            self.faults.append(Fault(self.file, 0, "", wrong))
            return
        read = self._mapping(self.table.record)
        if not issubclass(self.table.record, model.Record):
            yield from self._try(read, event)
        elif isinstance(event, yaml.SequenceStartEvent):
            for item in self.events:
                if isinstance(item, yaml.SequenceEndEvent):
                    break
                yield from self._try(read, item)
        else:
            self._fault(event, message("file-no-list", holds=self.table.holds))
            self._skip(event)
        next(self.events)
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._fault(event, message("second-document"))
                return

    def _try(self, read: Reader, event: Any) -> Iterator[Any]:
        with suppress(_Wrong):
            yield read(event)

    # What a node may be: each method below makes the reader of one shape.

    def _reader(self, annotation: str) -> Reader:
        """Make the reader for a field's annotation in the model."""
        annotation = annotation.removesuffix(" | None")
        if annotation not in self.readers:
            if annotation.startswith("tuple["):
                reader = self._sequence(annotation[len("tuple[") : -len(", ...]")])
            elif annotation in SCALARS:
                reader = self._scalar(SCALARS[annotation])
            elif annotation == "Formula":
                reader = self._formula
            else:
                reader = self._mapping(getattr(model, annotation))
            self.readers[annotation] = reader
        return self.readers[annotation]

    def _scalar(self, shape: Scalar) -> Reader:
        parse, cut = shape.parse, shape.parse is _text

        def read(event: Any) -> Any:
            if type(event) is not yaml.ScalarEvent:
                self._refuse(event, _expected(shape.expected, event))
            if event.anchor or event.tag:
                self._plain_node(event)
            value: str = event.value
            if len(value) > _MAX_SCALAR:
                self._refuse(event, message("scalar-too-long", most=_MAX_SCALAR))
            if cut and self.has_comments and not event.style and self._is_cut(event):
                self._refuse(event, message("cut-short"))
            try:
                return parse(value)
            except ValueError as error:
                [wrong] = error.args or [_expected(shape.expected, event)]
                self._refuse(event, wrong)

        return read

    def _sequence(self, inner: str) -> Reader:
        read_item = self._reader(inner)

        def read(event: Any) -> tuple[Any, ...]:
            if type(event) is not yaml.SequenceStartEvent:
                self._refuse(event, _expected(message("a-list"), event))
            if event.anchor or event.tag:
                self._plain_node(event)
            items = []
            wrong = False
            for item in self.events:
                if type(item) is yaml.SequenceEndEvent:
                    break
                try:
                    items.append(read_item(item))
                except _Wrong:
                    wrong = True
            if wrong:
                raise _Wrong
            return tuple(items)

        return read

    def _mapping(self, record: type) -> Reader:
        known = {
            field.name: (str(field.type), field.default is MISSING)
            for field in fields(record)
            if field.name not in {"line", "kind"}
        }
        readers = {name: self._reader(annotation) for name, (annotation, _) in known.items()}
        required = [name for name, (_, is_required) in known.items() if is_required]
        has_line = issubclass(record, model.Record)
        extra = {"kind": self.table.kind} if issubclass(record, model.Claim) else {}

        def read(event: Any) -> Any:
            if type(event) is not yaml.MappingStartEvent:
                self._refuse(event, _expected(message("a-mapping"), event))
            if event.anchor or event.tag:
                self._plain_node(event)
            values: dict[str, Any] = {}
            wrong = False
            seen: set[str] = set()
            for key in self.events:
                if type(key) is yaml.MappingEndEvent:
                    break
                try:
                    name = self._key(key, readers, seen)
                    values[name] = readers[name](next(self.events))
                    if name == "id" and has_line:
                        self.id = values[name]
                except _Wrong:
                    wrong = True
            for name in required:
                if name not in seen:
                    self._fault(event, message("no-field-value", name=name))
                    wrong = True
            if wrong:
                raise _Wrong
            if has_line:
                values["line"] = event.start_mark.line + 1
            return record(**values, **extra)

        return self._naming(read) if has_line else read

    def _naming(self, read: Reader) -> Reader:
        """Make a reader of records that names each in the faults of its fields."""

        def read_record(event: Any) -> Any:
            self._leave_record()
            try:
                found = read(event)
            except _Wrong:
                self._leave_record()
                raise
            self._leave_record()
            return found

        return read_record

    def _key(self, key: Any, known: Iterable[str], seen: set[str]) -> str:
        """Read the key of a mapping; on a fault, pass over its value too."""
        name = key.value if type(key) is yaml.ScalarEvent else ""
        if name in known and name not in seen and not (key.anchor or key.tag):
            seen.add(name)
            return str(name)
        if type(key) is not yaml.ScalarEvent:
            problem = _expected(message("a-key"), key)
        elif name in seen:
            problem = message("key-twice", name=name)
        elif name == "<<":
            problem = message("merge-keys")
        elif key.anchor or key.tag:
            problem = message("key-alone")
        else:
            hint, what = nearest(name, known), message("a-field")
            problem = message("no-such", what=what, value=_shorten(name), hint=hint)
        self._fault(key, problem)
        self._skip(key)
        self._skip(next(self.events))
        raise _Wrong

    def _formula(self, event: Any) -> model.Formula:
        """Read `{sum: [id, id]}`: one operation and the ids that it takes."""
        if type(event) is not yaml.MappingStartEvent:
            self._refuse(event, _expected(message("a-formula"), event))
        self._plain_node(event)
        formulas = []
        seen: set[str] = set()
        wrong = False
        for key in self.events:
            if type(key) is yaml.MappingEndEvent:
                break
            try:
                operation: Any = self._key(key, model.OPERATORS, seen)
                inputs = self._reader("tuple[str, ...]")(next(self.events))
                formulas.append(model.Formula(operation=operation, inputs=inputs))
            except _Wrong:
                wrong = True
        if len(formulas) != 1 or wrong:
            if not wrong:
                self._fault(event, message("one-operation"))
            raise _Wrong
        return formulas[0]

    # Faults.

    def _fault(self, event: Any, wrong: Message) -> None:
        if len(self.faults) >= rules.MAX_FAULTS:
            raise _StoppedError(event, "stopped-faults")
        self.faults.append(Fault(self.file, event.start_mark.line + 1, "", wrong))

    def _leave_record(self) -> None:
        """Name the record in its faults."""
        for index in range(self.first_fault, len(self.faults)):
            self.faults[index] = self.faults[index]._replace(record=printable(self.id))
        self.id, self.first_fault = "", len(self.faults)

    def _refuse(self, event: Any, wrong: Message) -> None:
        """Note a fault and pass over the node."""
        is_alias = isinstance(event, yaml.AliasEvent)
        self._fault(event, message("aliases") if is_alias else wrong)
        self._skip(event)
        raise _Wrong

    def _plain_node(self, event: Any) -> None:
        for key, value in (("anchors", event.anchor), ("tags", event.tag)):
            if value:
                self._refuse(event, message(key, value=_shorten(value)))

    def _skip(self, event: Any) -> None:
        """Pass over the rest of a node."""
        depth = int(isinstance(event, yaml.CollectionStartEvent))
        while depth:
            event = next(self.events)
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _MAX_DEPTH:
                    raise _StoppedError(event, "stopped-depth")
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1

    def _is_cut(self, event: Any) -> bool:
        return _COMMENT.match(self.text, event.end_mark.index) is not None


class _StoppedError(Exception):
    """A file has so many faults, or is so deep, that reading on would help nobody."""

    def __init__(self, event: Any, key: str) -> None:
        self.line = event.start_mark.line + 1
        super().__init__(key)


def _bounded(events: Iterator[Any], budget: Iterator[None]) -> Iterator[Any]:
    yield from map(itemgetter(1), zip(budget, events, strict=False))
    for event in events:
        raise _StoppedError(event, "stopped-values")


def _expected(expected: Message, event: Any) -> Message:
    return message("expected", expected=expected, found=_name(event))


def _spoken(problem: str) -> model.Text:
    """Say what PyYAML finds wrong; what is not known in French stays in its words."""
    start = problem.partition(", but ")[0]
    starts = {start, re.sub(r" ['\"(].*", "", start)}
    known = lexicon("yaml problems").items()
    french = next((french for french, english in known if starts & {*english}), None)
    return model.Text(fr=french or printable(problem), en=printable(problem))


def _name(event: Any) -> Message:
    if isinstance(event, yaml.AliasEvent):
        return message("an-alias")
    if isinstance(event, yaml.SequenceStartEvent):
        return message("a-list")
    if isinstance(event, yaml.MappingStartEvent):
        return message("a-mapping")
    return message("quoted", value=_shorten(event.value))


def _shorten(value: str) -> str:
    return value if len(value) <= 60 else value[:57] + "..."


class Scalar(NamedTuple):
    """How a field's type reads a scalar, and the same as a JSON Schema."""

    parse: Callable[[str], Any]
    expected: Message
    schema: dict[str, Any]


def _text(value: str) -> str:
    value = value.removesuffix("\n")
    if not value.strip():
        raise ValueError(message("empty-text"))
    char = unsafe(value)
    if char:
        raise ValueError(message("control-character", char=char))
    return value


_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
_FRACTION = re.compile(r"(\d{1,9})/([1-9]\d{0,8})", re.ASCII)
_DATE = re.compile(r"([1-9]\d{3})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def _number(value: str) -> model.Number:
    if fraction := _FRACTION.fullmatch(value):
        return int(fraction[1]) / int(fraction[2])
    if not _NUMBER.fullmatch(value) or re.match(r"-?0\d", value):
        raise ValueError
    return float(value) if "." in value else int(value)


def _integer(value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise ValueError
    return int(value)


def _truth(value: str) -> bool:
    if value not in {"true", "false"}:
        raise ValueError
    return value == "true"


def _date(value: str) -> model.Date:
    found = _DATE.fullmatch(value)
    if not found:
        raise ValueError
    if found[2]:
        from datetime import date

        try:
            date(int(found[1]), int(found[2]), int(found[3] or 1))
        except ValueError:
            raise ValueError(message("no-day", value=value)) from None
    return value


def _vocabulary(words: Any) -> Scalar:
    allowed = get_args(words)

    def parse(value: str) -> str:
        if value not in allowed:
            what, hint = message("a-value"), nearest(value, allowed)
            raise ValueError(message("no-such", what=what, value=value[:60], hint=hint))
        return value

    return Scalar(parse, message("of-vocabulary", values=allowed), {"enum": list(allowed)})


SCALARS: dict[str, Scalar] = {
    "str": Scalar(_text, message("a-text"), {"type": "string", "minLength": 1}),
    "int": Scalar(_integer, message("an-integer"), {"type": "integer", "minimum": 0}),
    "bool": Scalar(_truth, message("a-truth"), {"type": "boolean"}),
    "Number": Scalar(
        _number,
        message("number-in-yaml"),
        {"oneOf": [{"type": "number"}, {"type": "string", "pattern": f"^{_FRACTION.pattern}$"}]},
    ),
    "Date": Scalar(
        _date,
        message("date-in-yaml"),
        {"oneOf": [{"type": "integer"}, {"type": "string", "pattern": f"^{_DATE.pattern}$"}]},
    ),
    "Approximation": _vocabulary(model.Approximation),
    "SourceType": _vocabulary(model.SourceType),
}
