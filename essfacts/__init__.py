"""The claims of one press release: what exactly it says, who vouches for it, how to cite it."""

# Nothing is imported here: until the command line's first own line, Ctrl-C is a traceback.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from essfacts.dataset import load
    from essfacts.errors import DatasetError, EssfactsError, Fault
    from essfacts.model import (
        Claim,
        Computed,
        Dataset,
        Lever,
        Organisation,
        Person,
        Quote,
        Release,
        Source,
        Stat,
        Text,
    )
    from essfacts.rules import faults

__version__ = "0.2.0"
__all__ = [
    "Claim",
    "Computed",
    "Dataset",
    "DatasetError",
    "EssfactsError",
    "Fault",
    "Lever",
    "Organisation",
    "Person",
    "Quote",
    "Release",
    "Source",
    "Stat",
    "Text",
    "faults",
    "load",
]

_HOMES = {"load": "dataset", "faults": "rules"} | dict.fromkeys(
    ("DatasetError", "EssfactsError", "Fault"), "errors"
)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> "Any":
    # The command line imports this package at every start: load only what is asked for.
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module

    return getattr(import_module(f"essfacts.{_HOMES.get(name, 'model')}"), name)
