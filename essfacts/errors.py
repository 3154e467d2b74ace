"""What can go wrong, each with the exit code that the command line gives it.

EssfactsError
├── RequestError          a value that the user typed is wrong           exit 2
│   └── UnknownError      it names nothing                               exit 2
├── DatasetError          the dataset has faults, all of them listed     exit 2
├── CopyError             a copy of the release can't be read as text    exit 2
└── NothingFound          the request is right and nothing answers it    exit 1
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Fault(NamedTuple):
    """One thing wrong in a dataset: its file, line and record, and the rule that found it."""

    file: str
    line: int
    record: str
    message: str
    rule: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        record = self.record if len(self.record) <= 100 else f"{self.record[:99]}…"
        return ": ".join(part for part in (place, record, self.rule, self.message) if part)


class EssfactsError(Exception):
    """Anything that essfacts raises on purpose."""

    exit_code = 2


class RequestError(EssfactsError):
    """A value that the user typed is wrong."""


class UnknownError(RequestError):
    """A value that the user typed names nothing."""


class DatasetError(EssfactsError):
    """A dataset has faults."""

    def __init__(self, folder: str, faults: Sequence[Fault]) -> None:
        self.folder = folder
        self.faults = tuple(faults)
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        lines = [f"the dataset in {folder} has {count}:", *map(str, self.faults)]
        super().__init__("\n  ".join(lines))


class CopyError(EssfactsError):
    """A copy of the release can't be read as text."""


class NothingFound(EssfactsError):  # noqa: N818 - an answer, not a mistake
    """The request is right and nothing answers it."""

    exit_code = 1
