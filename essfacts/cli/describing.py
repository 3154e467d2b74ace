"""The command that describes what the program prints and reads, for programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from essfacts.query import choose
from essfacts.render.json import dumps
from essfacts.schema import NAMES
from essfacts.schema import schema as schema_of

if TYPE_CHECKING:
    from essfacts.cli.options import Options


def schema(options: Options) -> None:
    """Print a JSON Schema."""
    name = choose(options.name or "", "schema", NAMES)
    print(dumps(schema_of(name), sys.stdout, indent=2))
