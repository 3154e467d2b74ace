"""What a new kind, format, style or unit costs: each is really added to a copy of the program."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from program import HOUSE, PROGRAM, Result, environment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow  # a process for each command, as the package is another one

KIND = """  "risk": {
    "command": "risks",
    "noun": {"fr": "risque", "en": "risk"},
    "title": {"fr": "Risques", "en": "Risks"},
    "help": {"fr": "Ce qui peut mal tourner.", "en": "List what may go wrong."},
    "typed": "risques peril danger"
  },
"""
RISKS = """- id: rust-spreads
  text:
    fr: La rouille gagne les vélos remisés.
    en: Rust spreads over stored bicycles.
  excerpt: la rouille gagne
  section: in-numbers
  topics: [repair]
  sources: [enquete]
  date: 2030
"""


class Copy:
    """A copy of the program and of the made-up dataset, to add to."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(HOUSE / "essfacts", root / "essfacts")
        self.data = shutil.copytree(HOUSE / "tests" / "data" / "made-up", root / "data")

    def insert(self, file: str, anchor: str, text: str) -> None:
        path = self.root / file
        before = path.read_text(encoding="utf-8")
        assert before.count(anchor) == 1
        path.write_text(before.replace(anchor, text + anchor), encoding="utf-8")

    def run(self, *args: str, **changes: str | None) -> Result:
        done = subprocess.run(
            [*PROGRAM, *args],
            capture_output=True,
            check=False,
            encoding="utf-8",
            cwd=self.root,
            env=environment(PYTHONPATH=str(self.root), ESSFACTS_DATA=str(self.data), **changes),
        )
        return Result(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def with_a_kind(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    copy = Copy(tmp_path_factory.mktemp("kind"))
    (copy.data / "risks.yaml").write_text(RISKS, encoding="utf-8")
    copy.insert("essfacts/kinds.json", '  "profile": {\n', KIND)
    return copy


LINE = "Rust spreads over stored bicycles.\trust-spreads\n"
FOUND = "risk\tRust spreads over stored bicycles.\t\trust-spreads\n"


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (("risks",), LINE),
        (("risks", "--lang", "fr"), "La rouille gagne les vélos remisés.\trust-spreads\n"),
        (("search", "risque"), FOUND),
        (("search", "danger", "--lang", "fr"), "risque\tLa rouille gagne les vélos remisés."),
        (("claims", "--search", "rust"), f"risk\t{LINE}"),
        (("timeline", "--search", "rust"), "2030\tRust spreads over stored bicycles.\trisk\t"),
        ((), "Risks\t1\tessfacts risks\n"),
        (("--lang", "fr"), "Risques\t1\tessfacts risks\n"),
        (("show", "rust-spreads"), "kind: risk\n"),
        (("cite", "rust-spreads", "--style", "sentence"), "Rust spreads over stored bicycles"),
        (("--help",), "  risks     List what may go wrong.\n"),
        (("risks", "--help"), "  List what may go wrong.\n"),
    ],
    ids=" ".join,
)
def test_a_kind_is_a_file_and_a_row(with_a_kind: Copy, args: tuple[str, ...], line: str) -> None:
    said = with_a_kind.run(*args)
    assert (said.code, said.err) == (0, "")
    assert line in said.out


def test_a_kind_is_exported_and_completed(with_a_kind: Copy) -> None:
    [risk] = json.loads(with_a_kind.run("risks", "--format", "json").out)
    assert (risk["id"], risk["kind"], risk["date"]) == ("rust-spreads", "risk", "2030")
    for words, offered in (("essfacts ri", "risks"), ("essfacts show rus", "rust-spreads")):
        completed = with_a_kind.run(
            _ESSFACTS_COMPLETE="complete_bash",
            COMP_WORDS=words,
            COMP_CWORD=str(len(words.split()) - 1),
        )
        assert completed.out.split() == [offered]


def test_a_kind_is_in_the_library(with_a_kind: Copy) -> None:
    code = "import essfacts, sys; print(essfacts.load(sys.argv[1]).risks[0].id)"
    done = subprocess.run(
        [PROGRAM[0], "-c", code, str(with_a_kind.data)],
        capture_output=True,
        check=True,
        encoding="utf-8",
        cwd=with_a_kind.root,
        env=environment(PYTHONPATH=str(with_a_kind.root)),
    )
    assert done.stdout == "rust-spreads\n"


def test_a_format_is_a_module_and_a_row(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    row = '    "ids": Format("identifiants seuls", "ids alone"),\n'
    copy.insert("essfacts/render/__init__.py", '    "ndjson": Format(', row)
    (tmp_path / "essfacts" / "render" / "ids.py").write_text(
        "def render(listing, stream):\n"
        "    for record in listing.records:\n"
        "        print(record['id'], file=stream)\n",
        encoding="utf-8",
    )
    assert copy.run("levers", "--format", "ids").out == "tool-lending\npostal-rounds\n"
    assert copy.run("show", "tool-lending", "--format", "ids").out == "tool-lending\n"


def test_a_style_is_a_row(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    row = '    "ids": Style("identifiants", "ids", lambda _, r: ", ".join(x.id for x in r)),\n'
    copy.insert("essfacts/cite.py", '    "bibtex": Style(', row)
    assert copy.run("cite", "tool-lending", "--style", "ids").out == "tool-lending\n"


def test_a_unit_is_a_record(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    units = copy.data / "units.yaml"
    text = units.read_text(encoding="utf-8")
    units.write_text(
        f"{text}\n- id: degree\n  name: {{fr: degrés, en: degrees}}\n  symbol: °\n", "utf-8"
    )
    stats = copy.data / "stats.yaml"
    first = stats.read_text(encoding="utf-8").replace("unit: per-hundred", "unit: degree", 1)
    stats.write_text(first, encoding="utf-8")
    assert copy.run("stats", "--unit", "degrés").out.startswith("avg. 18°\t")
