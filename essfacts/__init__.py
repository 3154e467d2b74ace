"""The claims of one press release: what exactly it says, who vouches for it, how to cite it."""

# Nothing is imported here: until the command line's first own line, Ctrl-C is a traceback.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from essfacts.dataset import load as load
    from essfacts.errors import DatasetError as DatasetError
    from essfacts.errors import EssfactsError as EssfactsError
    from essfacts.errors import Fault as Fault
    from essfacts.model import Claim as Claim
    from essfacts.model import Computed as Computed
    from essfacts.model import Dataset as Dataset
    from essfacts.model import Lever as Lever
    from essfacts.model import Organisation as Organisation
    from essfacts.model import Person as Person
    from essfacts.model import Quote as Quote
    from essfacts.model import Release as Release
    from essfacts.model import Source as Source
    from essfacts.model import Stat as Stat
    from essfacts.model import Text as Text
    from essfacts.rules import faults as faults

__version__ = "0.2.0"
_HOMES = {"load": "dataset", "faults": "rules"}
_HOMES |= dict.fromkeys(("DatasetError", "EssfactsError", "Fault"), "errors")
_MODEL = "Claim Computed Dataset Lever Organisation Person Quote Release Source Stat Text"
_HOMES |= dict.fromkeys(_MODEL.split(), "model")
__all__ = list(_HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> "Any":
    # The command line imports this package at every start: load only what is asked for.
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module

    return getattr(import_module(f"essfacts.{_HOMES[name]}"), name)
