"""What can go wrong, each with the exit code that the command line gives it.

EssfactsError
├── RequestError          a value that the user typed is wrong           exit 2
│   └── UnknownError      it names nothing                               exit 2
├── DatasetError          the dataset has faults, all of them listed     exit 2
├── CopyError             a copy of the release can't be read as text    exit 2
└── NothingFound          the request is right and nothing answers it    exit 1
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts.language import Message, Whole, lexicon, message
from essfacts.text import fold, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# So many right values, at most, are all told of.
_FEW = 30
_AS_TYPED: Mapping[str, Any] = {}


class Fault(NamedTuple):
    """One thing wrong in a dataset: its file, line and record, and the rule that found it."""

    file: str
    line: int
    record: str
    message: Message
    rule: str = ""

    def said(self, language: str) -> str:
        """Say in a language what is wrong, after its place as compilers write it."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        record = self.record if len(self.record) <= 100 else f"{self.record[:99]}…"
        parts = (place, record, self.rule, self.message.said(language))
        return ": ".join(part for part in parts if part)

    def __str__(self) -> str:
        return self.said("en")


class EssfactsError(Exception):
    """Anything that essfacts raises on purpose: a message of `language`, and what fills it."""

    exit_code = 2

    def __init__(self, key: str, **blanks: Any) -> None:
        self.message = Message(key, blanks)
        super().__init__(key)

    def said(self, language: str) -> str:
        """Say what is wrong in a language."""
        return self.message.said(language)

    def __str__(self) -> str:
        return self.said("en")


class RequestError(EssfactsError):
    """A value that the user typed is wrong."""


class UnknownError(RequestError):
    """A value that the user typed names nothing."""


class DatasetError(EssfactsError):
    """A dataset has faults."""

    def __init__(self, folder: str, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("dataset-faults", folder=Whole(printable(folder)), count=len(self.faults))

    def said(self, language: str) -> str:
        faults = (fault.said(language) for fault in self.faults)
        return "\n  ".join([super().said(language), *faults])


class CopyError(EssfactsError):
    """A copy of the release can't be read as text."""


class NothingFound(EssfactsError):  # noqa: N818 - an answer, not a mistake
    """The request is right and nothing answers it."""

    exit_code = 1


def reason(error: OSError | ValueError) -> Message:
    """Say why a file can't be read or written."""
    from errno import errorcode

    if error.args and isinstance(error.args[0], Message):
        return error.args[0]
    if "null" in str(error):
        return message("null-byte")
    name = errorcode.get(getattr(error, "errno", None) or 0, type(error).__name__)
    return message(name) if name in lexicon("messages") else message("system-error", name=name)


def unknown(
    what: str, value: str, allowed: Iterable[str], told: Mapping[str, Any] = _AS_TYPED
) -> UnknownError:
    """Make the error for a value that names nothing, with the nearest that does."""
    hint = nearest(value, allowed, told)
    return UnknownError("no-such", what=message(f"a-{what}"), value=value, hint=hint)


def nearest(value: str, allowed: Iterable[str], told: Mapping[str, Any] = _AS_TYPED) -> Message:
    """End a message about a wrong value with the nearest right one, or with all if they are few.

    `told` maps right values to how they are said in the language, where they have another name.
    """
    from difflib import get_close_matches

    typed = fold(value)[:60]
    by_fold = {fold(word): told.get(word, word) for word in reversed([*allowed])}
    # What was typed may be all of a right value, with a slip, or only its beginning.
    beginnings = {folded[: len(typed)]: folded for folded in by_fold if typed}
    close = get_close_matches(typed, by_fold, n=1) or [
        beginnings[part] for part in get_close_matches(typed, beginnings, n=1, cutoff=0.7)
    ]
    if close:
        return message("did-you-mean", value=by_fold[close[0]])
    values = [*dict.fromkeys(told.values() if told else reversed(by_fold.values()))]
    return message("one-of", values=values) if 0 < len(values) <= _FEW else message("nothing")
