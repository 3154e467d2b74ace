"""The strict reader: whatever a file holds, it is read or refused, with the place of each fault."""

from __future__ import annotations

import os
import pickle
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import tracemalloc
import zipfile
from copy import copy, deepcopy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from program import PROGRAM, environment, run, run_here, run_process

from essfacts import dataset as datasets
from essfacts import load, rules
from essfacts.errors import DatasetError, EssfactsError, Fault
from essfacts.language import message
from essfacts.model import KINDS, Claim, Computed, Dataset, Stat
from essfacts.packaged import default_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
DATA = Path(__file__).parent / "data" / "made-up"
FILES = sorted(path.name for path in DATA.glob("*.yaml"))
NUMBER = "a number such as 1367, 1.3 or 2/3 is expected, not"
DATE = "a date such as 2024-05-31, 2024-04 or 2018 is expected, not"


@pytest.fixture(params=["CSafeLoader", pytest.param("SafeLoader", marks=pytest.mark.slow)])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read with libyaml, then without it."""
    name = str(request.param)
    if not hasattr(yaml, name):
        pytest.skip("PyYAML has no libyaml here")
    monkeypatch.setattr(datasets, "_LOADER", getattr(yaml, name))
    return name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the made-up dataset, to break."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def edit(folder: Path, file: str, *changes: tuple[str, str]) -> str:
    text = (folder / file).read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / file).write_text(text, encoding="utf-8", newline="")
    return text


def refused(folder: Path) -> list[str]:
    """Read a dataset that is refused, and give its faults as they print."""
    with pytest.raises(DatasetError) as error:
        load(folder)
    faults = [str(fault) for fault in error.value.faults]
    count = "1 fault" if len(faults) == 1 else f"{len(faults):,} faults"
    head = f"the dataset in {folder} has {count}:"
    assert str(error.value).split("\n  ") == [head, *faults]
    assert error.value.exit_code == 2
    return faults


def line(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


# A good dataset.


def test_a_good_dataset_is_read_whole(loader: str, made_up_folder: Path) -> None:
    dataset = load(made_up_folder)
    assert {kind: len(dataset.of_kind(kind)) for kind in KINDS} == {
        "stat": 10,
        "lever": 2,
        "quote": 1,
        "effect": 2,
        "example": 1,
        "action": 2,
        "method": 5,
        "profile": 1,
    }, loader
    tables = ("computed", "topics", "units", "organisations", "people", "sources")
    assert [len(getattr(dataset, table)) for table in tables] == [3, 4, 7, 5, 2, 6]
    assert len(dataset.release.sections) == 7


def test_fields_have_the_type_of_the_model(loader: str, made_up: Dataset) -> None:
    values = {stat.id: stat.value for stat in made_up.stats}
    assert (values["bicycles-saved"], values["wages-share"]) == (1248, 2.5), loader
    assert (values["still-rolling-share"], values["towns-share"]) == (0.75, 0.2)
    assert type(values["bicycles-saved"]) is int
    assert made_up.quotes[0].topics == ("neighbours",)
    assert made_up.of_kind("action")[0].date == "2031-05-04"
    [example] = made_up.of_kind("example")
    assert (type(example), example.date) == (Claim, None)
    lines = (DATA / "examples.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[example.line - 1] == "- id: canteen-bicycles"


def test_of_the_packaged_dataset_only_what_is_asked_for_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "topics.yaml").write_text("- id: 1: 2", encoding="utf-8")
    monkeypatch.setattr(datasets, "default_folder", lambda: folder)
    dataset = load()
    assert [lever.id for lever in dataset.levers] == ["tool-lending", "postal-rounds"]
    with pytest.raises(DatasetError, match=r"topics\.yaml:1: .*not YAML"):
        _ = dataset.topics
    with pytest.raises(AttributeError, match="no attribute 'rumours'"):
        _ = dataset.rumours  # type: ignore[attr-defined]


def test_the_packaged_dataset_can_be_changed(dataset: Dataset) -> None:
    levers = dataset.levers[:1]
    changed = replace(load(), claims=levers)
    assert (changed.levers, changed.stats, changed.topics) == (levers, (), dataset.topics)
    assert changed.of_kind("lever") == levers


def test_the_packaged_dataset_can_be_copied_and_sent(dataset: Dataset) -> None:
    for copied in (copy(load()), deepcopy(dataset), pickle.loads(pickle.dumps(load()))):  # noqa: S301
        assert copied == dataset
        assert copied.levers == dataset.levers


def test_the_packaged_dataset_is_found(dataset: Dataset) -> None:
    assert load() == dataset
    assert default_folder() == ROOT / "data"


def test_a_zipped_package_reads_its_dataset(tmp_path: Path) -> None:
    archive = tmp_path / "essfacts.zip"
    with zipfile.ZipFile(archive, "w") as package:
        for path in (ROOT / "essfacts").rglob("*"):
            if path.suffix in {".py", ".json"}:
                package.write(path, path.relative_to(ROOT))
        for path in (ROOT / "data").iterdir():
            package.write(path, Path("essfacts/data") / path.name)
    code = "import essfacts; print(len(essfacts.load().of_kind('lever')), essfacts.__file__)"
    shown = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(archive)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.split()[0] == "5"
    assert str(archive) in shown.stdout


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_marks_and_line_ends_of_other_systems_are_accepted(
    loader: str, folder: Path, made_up: Dataset, end: str, mark: bytes
) -> None:
    for path in folder.glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("\n", end)
        path.write_bytes(mark + text.encode())
    assert load(folder) == made_up, loader
    assert [c.line for c in load(folder).claims] == [c.line for c in made_up.claims]


# Files and folders.


def test_a_missing_folder_says_what_each_file_should_hold(tmp_path: Path) -> None:
    faults = refused(tmp_path / "nowhere")
    assert len(faults) == 15
    assert faults[0] == (
        "release.yaml: is missing: it should hold the release, its sections and what is left out "
        "of it"
    )
    assert "levers.yaml: is missing: it should hold claims of the kind lever" in faults


def test_a_dataset_needs_no_synonyms(folder: Path) -> None:
    assert [row.id for row in load(folder).synonyms] == ["cycles", "helpers"]
    (folder / "synonyms.yaml").unlink()
    assert load(folder).synonyms == ()
    (folder / "synonyms.yaml").write_text("- id: cycles\n", "utf-8")
    assert refused(folder) == ['synonyms.yaml:1: cycles: no "words"']


def test_a_missing_file_says_what_it_should_hold(folder: Path) -> None:
    (folder / "units.yaml").unlink()
    assert refused(folder) == ["units.yaml: is missing: it should hold the units of stats"]


def test_a_file_in_place_of_a_folder_is_refused(folder: Path) -> None:
    assert "topics.yaml: can't be read: Not a directory" in refused(folder / "release.yaml")


def test_a_folder_in_place_of_a_file_is_refused(folder: Path) -> None:
    (folder / "units.yaml").unlink()
    (folder / "units.yaml").mkdir()
    assert refused(folder) == ["units.yaml: can't be read: Is a directory"]


@pytest.fixture
def no_rights(folder: Path) -> Iterator[Path]:
    """Take every right on a folder away; root, who keeps them all, becomes nobody for a while."""
    if not hasattr(os, "seteuid"):
        pytest.skip("rights are another matter here")
    folder.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield folder
    if user == 0:
        os.seteuid(0)
    folder.chmod(0o700)


def test_a_folder_without_rights_is_refused(no_rights: Path) -> None:
    faults = refused(no_rights)
    assert len(faults) == len(datasets.TABLES)
    assert faults[1] == "topics.yaml: can't be read: Permission denied"


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# nothing yet\n", b"\xef\xbb\xbf"], ids=ascii)
@pytest.mark.parametrize(
    ("file", "holds"),
    [
        ("release.yaml", "the release, its sections and what is left out of it"),
        ("levers.yaml", "claims of the kind lever"),
    ],
)
def test_an_empty_file_is_refused(
    loader: str, folder: Path, file: str, holds: str, content: bytes
) -> None:
    (folder / file).write_bytes(content)
    assert refused(folder) == [f"{file}: is empty: it should hold {holds}"], loader


@pytest.mark.parametrize("content", ["id: crafts\n", "crafts\n", "{}\n"])
def test_a_file_that_is_no_list_says_what_it_should_hold(folder: Path, content: str) -> None:
    (folder / "topics.yaml").write_text(content, encoding="utf-8")
    said = "a list is expected: the file should hold the topics of claims"
    assert refused(folder) == [f"topics.yaml:1: {said}"]


def test_a_control_character_is_told_on_its_line(folder: Path) -> None:
    (folder / "topics.yaml").write_text("\n\n\x07", encoding="utf-8")
    assert refused(folder) == ["topics.yaml:3: holds the control character \\x07"]


def test_a_file_that_is_not_utf8_is_refused(folder: Path) -> None:
    text = edit(folder, "units.yaml")
    (folder / "units.yaml").write_bytes(text.encode("latin-1"))
    assert refused(folder) == [f"units.yaml:{line(text, 'é')}: is not UTF-8"]


def test_utf16_is_refused(folder: Path) -> None:
    (folder / "units.yaml").write_bytes(edit(folder, "units.yaml").encode("utf-16"))
    assert refused(folder) == ["units.yaml:1: is not UTF-8"]


def test_a_file_of_200_mb_is_refused_before_it_is_all_in_memory(folder: Path) -> None:
    with (folder / "stats.yaml").open("ab") as stream:
        stream.truncate(200 * 2**20)
    tracemalloc.start()
    try:
        faults = refused(folder)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    reason = "larger than 16 MB (ESSFACTS_MAX_SIZE allows for more)"
    assert faults == [f"stats.yaml: can't be read: {reason}"]
    assert peak < 40 * 2**20


def test_a_file_may_be_as_large_as_is_allowed(folder: Path, made_up: Dataset) -> None:
    text = edit(folder, "topics.yaml")
    room = 2**20 - len(text.encode())
    (folder / "topics.yaml").write_text(f"{text}{'#' * room}", encoding="utf-8")
    assert load(folder, max_size=1) == made_up
    (folder / "topics.yaml").write_text(f"{text}{'#' * (room + 1)}", encoding="utf-8")
    with pytest.raises(DatasetError, match=r"topics\.yaml: can't be read: larger than 1 MB"):
        load(folder, max_size=1)


@pytest.mark.slow
def test_a_bound_can_be_raised(folder: Path) -> None:
    with (folder / "stats.yaml").open("ab") as stream:
        stream.write(b"# \n" * 6 * 2**20)
    [fault] = refused(folder)
    assert "larger than 16 MB" in fault
    load(folder, max_size=20)
    done = run_here("levers", "--data", str(folder), ESSFACTS_MAX_SIZE="20")
    assert (done.code, done.err) == (0, "")
    done = run_here("levers", "--data", str(folder), ESSFACTS_MAX_SIZE="vast")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "ESSFACTS_MAX_SIZE" in done.err


@pytest.mark.slow
def test_values_are_bounded_too(folder: Path) -> None:
    with (folder / "levers.yaml").open("a", encoding="utf-8") as stream:
        stream.write("  organisations: [" + "union," * 125_000 + "]\n")
    load(folder, max_size=2)
    with pytest.raises(DatasetError) as error:
        load(folder, max_size=1)
    [fault] = error.value.faults
    assert "has more values than can be read (see ESSFACTS_MAX_SIZE)" in str(fault)


@pytest.mark.slow
def test_hints_end_before_they_take_for_ever(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0

    def count(_: str, known: list[str]) -> str:
        nonlocal looked_at
        looked_at += len(known)
        return ""

    monkeypatch.setattr(rules, "nearest", count)
    with (folder / "topics.yaml").open("a", encoding="utf-8") as stream:
        stream.writelines(f"- id: t{n}\n  name: {{fr: a, en: a}}\n" for n in range(3_000))
    edit(folder, "levers.yaml", ("  topics: [crafts]\n", f"  topics: [{'x,' * 900}]\n"))
    assert len(refused(folder)) == 900
    assert 0 < looked_at <= 20_000


@pytest.mark.parametrize("what", ["FIFO", "socket", "/dev/zero", "/dev/full", "/dev/stdin"])
@pytest.mark.parametrize("file", ["levers.yaml", "release.yaml"])
def test_what_is_no_file_is_refused_at_once(what: str, file: str, folder: Path) -> None:
    path = folder / file
    path.unlink()
    if what == "FIFO":
        os.mkfifo(path)
    elif what == "socket":
        place = Path(tempfile.mkdtemp()) / "s"  # the name of a socket is short
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(str(place))
        path.symlink_to(place)
    else:
        path.symlink_to(what)
    [fault] = refused(folder)
    assert fault == f"{file}: can't be read: neither a file nor a folder"
    assert run_here("--version", "--data", str(folder)).code == 0


@pytest.mark.slow
def test_little_memory_will_do() -> None:
    limited = ["/bin/sh", "-c", 'ulimit -v 150000; exec "$@"', "sh", *PROGRAM, "levers"]
    assert run_process(limited, environment()) == run("levers")


# What YAML makes of a text.

ONE: list[tuple[str, tuple[str, str], list[str]]] = [
    # Keys, fields, shapes.
    (
        "topics.yaml",
        ("- id: crafts\n", "- id: crafts\n  id: craft\n"),
        ['6: crafts: "id" stands twice'],
    ),
    (
        "topics.yaml",
        ("- id: crafts\n", "- id: crafts\n  nmae: {fr: a, en: b}\n"),
        ['6: crafts: no field "nmae": did you mean "name"?'],
    ),
    (
        "topics.yaml",
        ("- id: crafts\n", "- id: crafts\n  zzz: [a, {b: c}]\n"),
        ['6: crafts: no field "zzz": one of id, name, name_is_descriptive'],
    ),
    (
        "topics.yaml",
        ("- id: crafts\n", "- id: crafts\n  line: 3\n"),
        ['6: crafts: no field "line": one of id, name, name_is_descriptive'],
    ),
    (
        "topics.yaml",
        ("- id: crafts\n", "- id: crafts\n  [a, b]: c\n"),
        ["6: crafts: a key is expected, not a list"],
    ),
    (
        "topics.yaml",
        ("{fr: Métiers, en: Crafts}", "[Métiers, Crafts]"),
        ["6: crafts: a mapping is expected, not a list"],
    ),
    (
        "topics.yaml",
        ("{fr: Métiers, en: Crafts}", "Métiers"),
        ['6: crafts: a mapping is expected, not "Métiers"'],
    ),
    (
        "topics.yaml",
        ("{fr: Métiers, en: Crafts}", "{fr: Métiers}"),
        ['6: crafts: no "en"'],
    ),
    (
        "topics.yaml",
        ("{fr: Métiers, en: Crafts}", "{fr: Métiers, en: }"),
        ["6: crafts: is empty: a text is expected"],
    ),
    (
        "topics.yaml",
        ("{fr: Métiers, en: Crafts}", "{fr: [a], en: {b: c}}"),
        [
            "6: crafts: a text is expected, not a list",
            "6: crafts: a text is expected, not a mapping",
        ],
    ),
    ("topics.yaml", ("- id: crafts\n  name:", "- name:"), ['5: no "id"']),
    ("topics.yaml", ("- id: crafts\n", "- \n- id: crafts\n"), ['5: a mapping is expected, not ""']),
    (
        "effects.yaml",
        (
            "  excerpt: fait revivre une place\n",
            "  excerpt: fait revivre une place\n  topics: neighbours\n",
        ),
        [
            '5: square-revival: a list is expected, not "neighbours"',
            '7: square-revival: "topics" stands twice',
        ],
    ),
    (
        "stats.yaml",
        ("  value: 1248\n", ""),
        ['38: bicycles-saved: no "value"'],
    ),
    # Vocabularies.
    (
        "stats.yaml",
        ("approximation: about", "approximation: abuot"),
        ['9: volunteers-heard: no value "abuot": did you mean "about"?'],
    ),
    (
        "sources.yaml",
        ("type: study", "type: 12"),
        [
            '10: enquete: no value "12": one of release, study, footnote, cross-reference, '
            "statement, self-description"
        ],
    ),
    # Dates.
    (
        "actions.yaml",
        ("date: 2029", "date: soon"),
        [
            "16: trailers-since-2029: a date such as 2024-05-31, 2024-04 or 2018 is expected, "
            'not "soon"'
        ],
    ),
    # Formulas.
    (
        "computed.yaml",
        ("{product: [bicycles-saved, still-rolling-share]}", "bicycles-saved + 2"),
        [
            "5: bicycles-in-use: a formula such as `sum: [id, id]` is expected, not "
            '"bicycles-saved + 2"'
        ],
    ),
    (
        "computed.yaml",
        ("product: [bicycles-saved, still-rolling-share]", ""),
        ["5: bicycles-in-use: a formula has one operation"],
    ),
    (
        "computed.yaml",
        ("still-rolling-share]", "still-rolling-share], sum: [a, b]"),
        ["5: bicycles-in-use: a formula has one operation"],
    ),
    (
        "computed.yaml",
        ("{product:", "{produtc:"),
        ['5: bicycles-in-use: no field "produtc": did you mean "product"?'],
    ),
    # Anchors, aliases, tags, merge keys.
    (
        "topics.yaml",
        ("id: crafts", "id: &a crafts"),
        ['5: anchors ("a") are not read: write the value alone'],
    ),
    (
        "topics.yaml",
        ("- id: crafts\n", "- &a\n  id: crafts\n"),
        ['5: anchors ("a") are not read: write the value alone'],
    ),
    (
        "topics.yaml",
        ("name: {fr: Métiers", "name: &a {fr: Métiers"),
        ['6: crafts: anchors ("a") are not read: write the value alone'],
    ),
    (
        "topics.yaml",
        ("fr: Métiers", "&a fr: Métiers"),
        [
            "6: crafts: anchors and tags are not read: write the key alone",
            '6: crafts: no "fr"',
        ],
    ),
    ("topics.yaml", ("id: crafts", "id: *a"), ["5: aliases are not read: write the value out"]),
    (
        "topics.yaml",
        ("{fr: Métiers, en: Crafts}", "*a"),
        ["6: crafts: aliases are not read: write the value out"],
    ),
    (
        "effects.yaml",
        (
            "  excerpt: fait revivre une place\n",
            "  excerpt: fait revivre une place\n  organisations: *a\n",
        ),
        ["5: square-revival: aliases are not read: write the value out"],
    ),
    (
        "effects.yaml",
        (
            "  excerpt: fait revivre une place\n",
            "  excerpt: fait revivre une place\n  organisations: [union, *a]\n",
        ),
        ["5: square-revival: aliases are not read: write the value out"],
    ),
    (
        "computed.yaml",
        ("{product: [bicycles-saved, still-rolling-share]}", "*a"),
        ["5: bicycles-in-use: aliases are not read: write the value out"],
    ),
    (
        "topics.yaml",
        ("- id: crafts\n", "- *a\n- id: crafts\n"),
        ["5: aliases are not read: write the value out"],
    ),
    (
        "topics.yaml",
        ("- id: crafts\n", "- id: crafts\n  *a : b\n"),
        ["6: crafts: a key is expected, not an alias"],
    ),
    (
        "topics.yaml",
        ("- id: crafts\n", "- id: crafts\n  <<: *a\n"),
        ["6: crafts: merge keys (<<) are not read: write the fields out"],
    ),
    (
        "topics.yaml",
        ("- id: crafts\n", "- id: crafts\n  <<: [{a: b}, {a: b}]\n"),
        ["6: crafts: merge keys (<<) are not read: write the fields out"],
    ),
    (
        "topics.yaml",
        ("id: crafts", "id: !!python/object/apply:os.system crafts"),
        [
            '5: tags ("tag:yaml.org,2002:python/object/apply:os.system") are not read: '
            "write the value alone"
        ],
    ),
    (
        "topics.yaml",
        ("name: {fr: Métiers", "name: !!python/object:os.x {fr: Métiers"),
        [
            '6: crafts: tags ("tag:yaml.org,2002:python/object:os.x") are not read: '
            "write the value alone"
        ],
    ),
    (
        "stats.yaml",
        ("value: 1248", "value: !!int 1248"),
        ['44: bicycles-saved: tags ("tag:yaml.org,2002:int") are not read: write the value alone'],
    ),
    # Texts cut short, and texts that would steer a terminal.
    (
        "topics.yaml",
        ("{fr: Métiers, en: Crafts}", "\n    fr: Métiers # et arts\n    en: Crafts"),
        ['7: crafts: cut short by " #", which begins a comment: quote the text'],
    ),
    (
        "topics.yaml",
        ("Métiers, en: Crafts}", "😀é # et arts\r\n    , en: Crafts}"),
        ['6: crafts: cut short by " #", which begins a comment: quote the text'],
    ),
    (
        "topics.yaml",
        ("Métiers", '"a\\e[31mb"'),
        ["6: crafts: holds the control character \\x1b"],
    ),
    ("topics.yaml", ("Métiers", '"a\\u202eb"'), ["6: crafts: holds the control character \\u202e"]),
    ("topics.yaml", ("Métiers", '"a\\x9bb"'), ["6: crafts: holds the control character \\x9b"]),
    ("topics.yaml", ("Métiers", '"a\\0b"'), ["6: crafts: holds the control character \\x00"]),
    ("topics.yaml", ("Métiers", '"a\\nb"'), ["6: crafts: holds the control character \\n"]),
    ("topics.yaml", ("Métiers", "a\x1b[31mb"), ["6: holds the control character \\x1b"]),
    ("topics.yaml", ("Métiers", "a\0b"), ["6: holds the control character \\x00"]),
    ("topics.yaml", ("Métiers", "a\x9bb"), ["6: holds the control character \\x9b"]),
    (
        "topics.yaml",
        ("- id: crafts", "# \x07\n- id: crafts"),
        ["5: holds the control character \\x07"],
    ),
    (
        "topics.yaml",
        ("- id: crafts\n", '- id: crafts\n  "\\e[2Jx": y\n'),
        ['6: crafts: no field "\\x1b[2Jx": one of id, name, name_is_descriptive'],
    ),
    (
        "topics.yaml",
        ("{fr: Métiers, en: Crafts}", '"\\e[2J"'),
        ['6: crafts: a mapping is expected, not "\\x1b[2J"'],
    ),
    # Ids that name a record of the wrong sort, or none; repeated ids.
    (
        "effects.yaml",
        (
            "  excerpt: fait revivre une place\n",
            "  excerpt: fait revivre une place\n  organisations: [repair]\n",
        ),
        [
            '1: square-revival: references: organisations: "repair" stands in topics, '
            "not in organisations"
        ],
    ),
    (
        "effects.yaml",
        ("section: opening", "section: oppening"),
        [
            '1: square-revival: references: section: no "oppening" in sections: '
            'did you mean "opening"?'
        ],
    ),
    (
        "quotes.yaml",
        ("speaker: odile-moyeu", "speaker: union"),
        [
            '1: one-more-neighbour: references: speaker: "union" stands in organisations, '
            "not in people"
        ],
    ),
    (
        "effects.yaml",
        ("id: closer-neighbours", "id: square-revival"),
        ["7: square-revival: ids: the id stands already at effects.yaml:1"],
    ),
    (
        "effects.yaml",
        ("id: closer-neighbours", "id: tool-lending"),
        ["7: tool-lending: ids: the id stands already at levers.yaml:1"],
    ),
    # Formulas that can't be worked out.
    (
        "computed.yaml",
        ("[members-in-towns, members-in-villages]", "[members-counted, members-in-villages]"),
        ["7: members-counted: formulas: goes round in a circle: members-counted → members-counted"],
    ),
    (
        "computed.yaml",
        ("[members-counted, members-all]", "[members-counted]"),
        ["13: counted-against-all: formulas: a ratio takes two inputs"],
    ),
    (
        "computed.yaml",
        ("[members-counted, members-all]", "[members-counted, tool-lending]"),
        [
            '13: counted-against-all: references: inputs: "tool-lending" stands in levers, '
            "not in stats or computed"
        ],
    ),
    # The release.
    (
        "release.yaml",
        ("excerpt: Ce que change", "excrept: Ce que change"),
        ['32: no field "excrept": did you mean "excerpt"?', '32: no "excerpt"'],
    ),
    (
        "release.yaml",
        ("name: {fr: Un établi, en: A workbench}", "nam: {fr: Un établi, en: A workbench}"),
        ['16: workbench: no field "nam": did you mean "name"?', '15: workbench: no "name"'],
    ),
    (
        "release.yaml",
        ("partners: [ligue]", "partners: ligue"),
        ['5: a list is expected, not "ligue"'],
    ),
    (
        "release.yaml",
        ("publishers: [union]", "publishers: [unoin]"),
        ['references: publishers: no "unoin" in organisations: did you mean "union"?'],
    ),
    (
        "topics.yaml",
        ("- id: survey\n", "- id: survey\n---\n- id: other\n"),
        ['7: survey: no "name"', "8: a second document, after `---`, is not read"],
    ),
]


@pytest.mark.parametrize(
    ("file", "change", "faults"), ONE, ids=[f"{row[0]}-{ascii(row[1][1])[:40]}" for row in ONE]
)
def test_what_is_wrong_is_refused_where_it_stands(
    loader: str, folder: Path, file: str, change: tuple[str, str], faults: list[str]
) -> None:
    edit(folder, file, change)
    if "a second document" in faults[-1]:
        edit(folder, file, ("- id: other\n", ""))
    joints = [f"{file}:{fault}" if fault[0].isdigit() else f"{file}: {fault}" for fault in faults]
    assert refused(folder) == joints, loader


@pytest.mark.slow
@pytest.mark.parametrize(
    "value",
    "no on ~ null true 12:30 0o17 017 0x1F 1_000 1e3 1.3.1 1,3 2024-04 2024-04-01 .inf -.inf .nan "
    "+5 - 5. .5 00 -05 -00.5 2/0 0/0 -1/2 1/2/3 ١٢ ² ½ 1234567890123456 NaN Infinity".split(),
)
def test_a_number_is_a_number(loader: str, folder: Path, value: str) -> None:
    edit(folder, "stats.yaml", ("value: 1248", f'value: "{value}"'))
    assert refused(folder) == [f'stats.yaml:44: bicycles-saved: {NUMBER} "{value}"'], loader


@pytest.mark.parametrize("value", "no on 12:30 0o17 1_000 2024-04 .inf .nan ~ 1e3".split())
def test_a_plain_number_is_a_number(loader: str, folder: Path, value: str) -> None:
    edit(folder, "stats.yaml", ("value: 1248", f"value: {value}"))
    assert refused(folder) == [f'stats.yaml:44: bicycles-saved: {NUMBER} "{value}"'], loader


@pytest.mark.parametrize(
    ("written", "value"),
    [("0", 0), ("-3", -3), ("1.50", 1.5), ("0.25", 0.25), ("2/3", 2 / 3), ("4/2", 2.0)],
)
def test_numbers_are_read(loader: str, folder: Path, written: str, value: float) -> None:
    edit(folder, "stats.yaml", ("value: 2\n", f"value: {written}\n"))
    [stat] = [stat for stat in load(folder).stats if stat.id == "days-held"]
    assert stat.value == value, loader
    assert type(stat.value) is type(value)


@pytest.mark.slow
@pytest.mark.parametrize(
    "value",
    "no on ~ 12:30 0o17 1_000 .inf .nan 24-04 2024-4 2024-04-1 2024/04 20240401 0999 "
    "2024-04-01T00:00:00 2٠٢٩ 31-05-2024 2024-W05".split(),
)
def test_a_date_is_a_date(loader: str, folder: Path, value: str) -> None:
    edit(folder, "actions.yaml", ("date: 2029", f"date: {value}"))
    place = "actions.yaml:16: trailers-since-2029"
    assert refused(folder) == [f'{place}: {DATE} "{value}"'], loader


@pytest.mark.parametrize("value", "2023-02-29 2024-13 2024-00 2024-06-31 2024-01-00".split())
def test_a_date_is_in_the_calendar(loader: str, folder: Path, value: str) -> None:
    edit(folder, "actions.yaml", ("date: 2029", f"date: {value}"))
    place = "actions.yaml:16: trailers-since-2029"
    assert refused(folder) == [f'{place}: "{value}" is no day of the calendar'], loader


@pytest.mark.parametrize("value", ["2024-02-29", "2024-04", "2018", '"2018"'])
def test_dates_are_read(loader: str, folder: Path, value: str) -> None:
    edit(folder, "actions.yaml", ("date: 2029", f"date: {value}"))
    assert load(folder).of_kind("action")[1].date == value.strip('"'), loader


@pytest.mark.slow
@pytest.mark.parametrize(
    "value", "no on yes true null ~ 12:30 05 0o17 1_000 2024-04 2024-05-31 .inf .nan 1e3 <<".split()
)
def test_a_text_stays_as_it_is_written(loader: str, folder: Path, value: str) -> None:
    edit(folder, "topics.yaml", ("fr: Métiers", f"fr: {value}"))
    assert load(folder).topics[2].name.fr == value, loader


def test_a_text_may_stand_in_a_block(loader: str, folder: Path, made_up: Dataset) -> None:
    edit(
        folder,
        "topics.yaml",
        ("{fr: Métiers, en: Crafts}", "\n    fr: |\n      Métiers\n    en: >\n      Crafts"),
    )
    assert load(folder) == made_up, loader


def test_a_comment_elsewhere_cuts_nothing(loader: str, folder: Path, made_up: Dataset) -> None:
    edit(
        folder,
        "stats.yaml",
        ("  value: 1248\n", "  # Counted.\n  value: 1248 # in a year\n"),
        ("  written: 1 248\n", "  written: '1 248' # digits\n"),
        ("[repair]\n  value: 3/4", "[repair] # a topic\n  value: 3/4"),
    )
    assert load(folder) == made_up, loader


def test_tabs_are_refused(loader: str, folder: Path) -> None:
    edit(folder, "topics.yaml", ("- id: crafts\n  name", "- id: crafts\n\tname"))
    [fault] = refused(folder)
    assert fault.startswith("topics.yaml:6: "), loader
    assert "not YAML" in fault


@pytest.mark.parametrize(
    "change",
    [
        ("{fr: Métiers, en: Crafts}", "{fr: Métiers, en: Crafts"),
        ("{fr: Métiers, en: Crafts}", '{fr: "Métiers, en: Crafts}'),
        ("{fr: Métiers, en: Crafts}", "{fr: Métiers]"),
        ("{fr: Métiers, en: Crafts}", "a: b: c"),
        ("{fr: Métiers, en: Crafts}", "@x"),
        ("{fr: Métiers, en: Crafts}", '"\\q"'),
    ],
    ids=lambda change: change[1],
)
def test_what_is_not_yaml_is_refused(loader: str, folder: Path, change: tuple[str, str]) -> None:
    edit(folder, "topics.yaml", change)
    faults = refused(folder)
    place, _, message = faults[-1].partition(": not YAML: ")
    assert message, loader
    assert 6 <= int(place.split(":")[1]) <= 9


@pytest.mark.parametrize(
    ("written", "french"),
    [
        ("{fr: Métiers]", "« , » ou « } » est attendu"),
        ("[Métiers}", "« , » ou « ] » est attendu"),
        ("{fr: *, en: a}", "une lettre ou un chiffre est attendu"),
        ("a: b: c", "« : » n'est pas permis ici"),
        ("@x", "un caractère ne peut rien commencer"),
    ],
)
def test_what_is_not_yaml_is_told_in_french(
    loader: str, folder: Path, written: str, french: str
) -> None:
    edit(folder, "topics.yaml", ("{fr: Métiers, en: Crafts}", written))
    with pytest.raises(DatasetError) as error:
        load(folder)
    said = error.value.faults[-1].said("fr")
    assert said == f"topics.yaml:6: crafts: n'est pas du YAML : {french}", loader


# Large and deep.


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("topics.yaml", "[" * 10_000),
        ("topics.yaml", "[" * 10_000 + "]" * 10_000),
        ("topics.yaml", "- " + "{a: " * 10_000),
        ("topics.yaml", "- " * 10_000 + "a\n"),
        ("topics.yaml", "? " * 10_000 + "a\n"),
        ("release.yaml", "{title: " + "[" * 10_000 + "]" * 10_000 + "}"),
        ("release.yaml", "[" * 10_000 + "]" * 10_000 + ": a\n"),
        ("topics.yaml", "\n".join(" " * depth + "-" for depth in range(1_000))),
    ],
    ids=range(8),
)
def test_depth_is_bounded(loader: str, folder: Path, file: str, content: str) -> None:
    (folder / file).write_text(content, encoding="utf-8")
    faults = refused(folder)
    assert faults[-1].startswith(f"{file}:"), loader
    # From PyYAML 6.0.4 on, libyaml has a bound of its own, and may meet it first.
    deep = ("nested too deep: reading stopped here", "not YAML: exceeded maximum nesting depth")
    assert faults[-1].endswith(deep)


@pytest.mark.parametrize(("depth", "count"), [(100, 1), (101, 2)])
def test_a_hundred_levels_are_passed_over(folder: Path, depth: int, count: int) -> None:
    deep = "[" * depth + "]" * depth
    edit(folder, "topics.yaml", ("- id: crafts\n", f"- id: crafts\n  zzz: {deep}\n"))
    faults = refused(folder)
    assert faults[0].startswith('topics.yaml:6: crafts: no field "zzz"')
    assert len(faults) == count
    assert faults[-1].endswith("reading stopped here") == (count == 2)


def test_a_billion_laughs_are_refused(loader: str, folder: Path) -> None:
    lines = ["- &a [lol, lol]"]
    lines += [
        f"- &{b} [{', '.join([f'*{a}'] * 10)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    (folder / "topics.yaml").write_text("\n".join(lines), encoding="utf-8")
    faults = refused(folder)
    assert len(faults) == 9, loader
    assert faults[8] == "topics.yaml:9: a mapping is expected, not a list"


def test_26_merge_keys_are_refused(loader: str, folder: Path) -> None:
    keys = [f"- &m{n}\n  <<: [*m{n - 1}, *m{n - 1}]" for n in range(1, 27)]
    text = "- &m0 {id: a}\n" + "\n".join(keys)
    (folder / "topics.yaml").write_text(text, encoding="utf-8")
    assert 27 <= len(refused(folder)) <= 100, loader


@pytest.mark.parametrize("digits", [5_000, 10**6])
def test_a_vast_integer_is_refused(loader: str, folder: Path, digits: int) -> None:
    edit(folder, "stats.yaml", ("value: 1248", "value: " + "9" * digits))
    [fault] = refused(folder)
    shown = f'{NUMBER} "{"9" * 57}..."'
    message = shown if digits < 10_000 else "longer than 10,000 characters"
    assert fault == f"stats.yaml:44: bicycles-saved: {message}", loader


def test_a_vast_key_is_shown_in_short(loader: str, folder: Path) -> None:
    edit(folder, "stats.yaml", ("  value: 1248\n", f"  ? {'v' * 10**6}\n  : 1\n"))
    faults = refused(folder)
    assert faults[0].startswith(f'stats.yaml:44: bicycles-saved: no field "{"v" * 57}...'), loader
    assert faults[1] == 'stats.yaml:38: bicycles-saved: no "value"'


def test_a_long_text_is_refused(loader: str, folder: Path) -> None:
    edit(folder, "topics.yaml", ("Métiers", "é" * 10_001))
    assert refused(folder) == ["topics.yaml:6: crafts: longer than 10,000 characters"], loader
    edit(folder, "topics.yaml", ("é" * 10_001, "é" * 10_000))
    load(folder)


def test_faults_without_end_stop_the_reading(folder: Path) -> None:
    text = edit(folder, "effects.yaml") + "  a: 1\n" * 100_000
    (folder / "effects.yaml").write_text(text, encoding="utf-8")
    faults = refused(folder)
    assert len(faults) == 1_001
    place = "effects.yaml:1013: closer-neighbours"
    assert faults[-1] == f"{place}: has more faults: reading stopped here"


@pytest.mark.slow
def test_a_long_chain_of_formulas_is_worked_out(folder: Path) -> None:
    first = (folder / "computed.yaml").read_text(encoding="utf-8")
    chain = [
        f"- id: c{n}\n  text: {{fr: a, en: a}}\n  counts: {{fr: a, en: a}}\n  unit: workshop\n"
        f"  topics: [repair]\n  formula: {{sum: [c{n - 1}, days-held]}}\n"
        for n in range(3_000)
    ]
    text = first + "".join(chain).replace("c-1", "days-held")
    (folder / "computed.yaml").write_text(text, encoding="utf-8")
    assert load(folder).values["c2999"] == 6_002


def test_a_division_by_zero_is_refused(loader: str, folder: Path) -> None:
    edit(folder, "stats.yaml", ("value: 48", "value: 0"))
    assert refused(folder) == [
        "computed.yaml:13: counted-against-all: formulas: divides by zero"
    ], loader


def test_all_faults_are_told_at_once(loader: str, folder: Path) -> None:
    (folder / "units.yaml").unlink()
    (folder / "people.yaml").write_bytes(b"- id: \xff\n")
    edit(folder, "topics.yaml", ("id: crafts", "id: [crafts]"))
    edit(
        folder, "effects.yaml", ("excerpt: fait", "exerpt: fait"), ("[neighbours]\n- id", "x\n- id")
    )
    edit(folder, "stats.yaml", ("value: 1248", "value: many"), ("value: 18", "value: no"))
    edit(folder, "examples.yaml", ("- id:", "-\tid"))
    faults = refused(folder)
    assert faults[:3] == [
        "topics.yaml:5: a text is expected, not a list",
        "units.yaml: is missing: it should hold the units of stats",
        "people.yaml:1: is not UTF-8",
    ], loader
    assert f'stats.yaml:20: cyclists-share: {NUMBER} "no"' in faults
    assert f'stats.yaml:44: bicycles-saved: {NUMBER} "many"' in faults
    assert 'effects.yaml:4: square-revival: no field "exerpt": did you mean "excerpt"?' in faults
    assert 'effects.yaml:6: square-revival: a list is expected, not "x"' in faults
    assert 'effects.yaml:1: square-revival: no "excerpt"' in faults
    assert any(fault.startswith("examples.yaml:1: ") for fault in faults)
    assert len(faults) == 9


def test_a_fault_reads_as_a_line() -> None:
    assert str(Fault("a.yaml", 3, "id", message("no-text"))) == "a.yaml:3: id: shows no text"
    assert str(Fault("a.yaml", 0, "", message("no-content"))) == "a.yaml: is empty"


def test_a_dataset_error_is_one_of_essfacts() -> None:
    assert issubclass(DatasetError, EssfactsError)


# Whatever a file holds.

STEERING = "[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
TEXTS = {name: (DATA / name).read_text(encoding="utf-8") for name in FILES}
PIECES = [
    *": ,[]{}#&*!|>'\"%@`?-\t\n~<= ",
    *("---\n", "...\n", "- ", "? ", "<<: ", "&a ", "*a", "!!int ", "!x ", "|\n", ">-\n", "\r\n"),
    *("id", "id: repair\n", "text", "fr: ", "{fr: a, en: b}", "[repair]", "\\e[0m", '"\\u202e"'),
    *(
        "1/0",
        "1e999",
        ".nan",
        "\x85",
        "\u2028",
        "\ufeff",
        "\x00",
        "\x1b",
        "é",
        "𝒳",
        "- - -",
        "%YAML 1.1\n",
    ),
]
FOLDER: list[Path] = []


@pytest.fixture(scope="module", autouse=True)
def _folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    FOLDER[:] = [Path(shutil.copytree(DATA, tmp_path_factory.mktemp("fuzz") / "data"))]


def read_or_refuse(file: str, content: bytes) -> None:
    """Read a dataset of which one file was changed; only a DatasetError may come of it."""
    path = FOLDER[0] / file
    path.write_bytes(content)
    faults: tuple[Fault, ...] = ()
    try:
        dataset = load(FOLDER[0])
    except DatasetError as error:
        faults = error.faults
    finally:
        path.write_text(TEXTS[file], encoding="utf-8")
    for fault in faults:
        lines = content if fault.file == file else TEXTS[fault.file].encode()
        assert 0 <= fault.line <= len(lines.decode("utf-8", "replace").splitlines()) + 1
        assert not re.search(STEERING, str(fault))
    if not faults:
        assert set(dataset.values) == {
            record.id for record in dataset.records() if isinstance(record, (Stat, Computed))
        }


# Structures are drawn that are larger than Hypothesis likes.
any_size = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def mutate(text: str, chance: random.Random) -> str:
    """Change a good file as a hasty hand would: lines, words, marks, indents."""
    lines = text.splitlines(keepends=True)
    for _ in range(chance.choice([1, 1, 1, 2, 3, 8])):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        line = lines[at]
        cut = chance.randrange(len(line) + 1)
        change = chance.randrange(9)
        if change == 0:
            lines[at], lines[other] = lines[other], line
        elif change == 1 and len(lines) > 1:
            del lines[at]
        elif change == 2:
            lines.insert(other, line)
        elif change == 3:
            lines[at] = " " * chance.randrange(6) + line.lstrip()
        elif change == 4:
            lines[at] = line[:cut] + chance.choice(PIECES) + line[cut:]
        elif change == 5:
            lines[at] = line[:cut] + line[cut + chance.randrange(1, 6) :]
        elif change == 6:
            lines[at] = line[:cut] + chr(chance.choice([*range(160), 0x2028, 0xFEFF])) + line[cut:]
        elif change == 7:
            lines[at] = line.replace(
                ": ", chance.choice([":", ": - ", ": [", ": {", ": &x ", ":\n"])
            )
        else:
            words = lines[other].split() or ["x"]
            lines[at] = line[:cut] + chance.choice(words) + "\n"
    return "".join(lines)


@given(file=st.sampled_from(FILES), seed=st.integers(0, 2**64))
@settings(max_examples=4 * settings().max_examples)
def test_a_mutated_file_is_read_or_refused(file: str, seed: int) -> None:
    read_or_refuse(file, mutate(TEXTS[file], random.Random(seed)).encode())  # noqa: S311


@given(file=st.sampled_from(FILES), parts=st.lists(st.sampled_from(PIECES), max_size=40))
def test_pieces_of_yaml_are_read_or_refused(file: str, parts: list[str]) -> None:
    read_or_refuse(file, "".join(parts).encode())


@given(file=st.sampled_from(FILES), text=st.text(max_size=200))
def test_any_text_is_read_or_refused(file: str, text: str) -> None:
    read_or_refuse(file, text.encode())


@given(file=st.sampled_from(FILES), content=st.binary(max_size=100))
def test_any_bytes_are_read_or_refused(file: str, content: bytes) -> None:
    read_or_refuse(file, content)


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.text(max_size=20)
    | st.sampled_from(["repair", "union", "carnet", "exact", "2024-04", "1 248", "opening"])
)
FIELDS = ["id", "text", "name", "fr", "en", "value", "formula", "sum", "topics", "date", "sections"]
STRUCTURES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(FIELDS) | SCALARS, inner, max_size=6)
    ),
    max_leaves=25,
)


@given(file=st.sampled_from(FILES), value=STRUCTURES, flow=st.sampled_from([None, True, False]))
@any_size
def test_any_structure_is_read_or_refused(file: str, value: Any, flow: Any) -> None:
    dumped = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=True)
    read_or_refuse(file, dumped.encode())


@given(file=st.sampled_from(FILES), data=st.data())
@any_size
def test_a_record_with_any_value_is_read_or_refused(file: str, data: st.DataObject) -> None:
    records = yaml.load(TEXTS[file], Loader=yaml.BaseLoader)  # noqa: S506 - texts alone
    record = records if isinstance(records, dict) else data.draw(st.sampled_from(records))
    record[data.draw(st.sampled_from([*record]))] = data.draw(STRUCTURES)
    read_or_refuse(file, yaml.safe_dump(records, allow_unicode=True).encode())
