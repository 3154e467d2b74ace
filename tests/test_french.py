"""Every sentence is said in both languages, and nothing of the one slips into the other."""

from __future__ import annotations

import ast
import os
import re
import shutil
from dataclasses import fields, is_dataclass
from errno import errorcode
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, get_args

import pytest
import yaml
from test_documents import archive
from test_rules import BAD, SAID, change

from essfacts import dataset, errors, load, model, rules, sealing
from essfacts.cli import COMMANDS, main
from essfacts.cli.options import OPTIONS
from essfacts.copies import open_copy, read_copy
from essfacts.errors import CopyError, DatasetError, EssfactsError, reason
from essfacts.language import LANGUAGES, lexicon, message
from essfacts.model import KINDS, Dataset, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PACKAGE = Path(errors.__file__).parent
DATA = Path(__file__).parent / "data" / "made-up"
GROUPS = ("titles", "words", "command help", "option help", "messages", "citations")
ROWS = [(group, key, row) for group in GROUPS for key, row in lexicon(group).items()]
# Words that are common in one language and none of the other; what both write alike tells nothing.
FOREIGN = {
    "fr": """
        the and of with without from this that these those which who whose what where when while how
        why is are was were be been being has have had having does did not none nothing neither
        nor to into it its they them their there here he she we you your by for than then such each
        every any some both either other others another one two first last more most less least
        fewer few many much only also too again already before after since until about between over
        under within against near nearly next same own all must should would could can may might
        will shall takes take taken give given gives keep kept find found finds look write written
        read add ask begin begins end ends make made goes going stand stands stood hold holds held
        lack lacks need needs needed know known unknown missing expected allowed empty wrong right
        damaged closed file files folder list lists name names named key keys number numbers
        line column character characters byte bytes year day month french english language command
        default error errors fault faults figure figures claim claims record records quotation
        release heading headings pipe device password plain shows printed stopped reading
        changed directory permission denied such space left large deep match try
    """.split(),
    "en": """
        le les du une est sont était être et avec sans que qui quoi dont dans chez pas ne jamais
        rien aux ce cet cette ces il ils elle elles nous vous leur leurs votre vos notre nos sa ses
        mes aucun aucune chaque tout tous toute toutes autre autres même mêmes faut manque peut doit
        deux trois premier première dernier dernière moins trop encore déjà avant après depuis
        entre vers sous selon comme mais donc ni si fichier fichiers dossier liste nom noms clé clés
        chiffre chiffres ligne colonne caractère caractères octets année jour mois français
        anglais langue commande défaut erreur faute fautes affirmation affirmations fiche fiches
        communiqué partie lire lu lue écrire écrivez garder donner ajouter chercher trouver
    """.split(),
}
# What is the same in all languages: options, names of files, ids, what is typed or quoted, and
# the type of an argument, which Typer shows from 0.29 on.
NEUTRAL = re.compile(
    r"<list\[str\]>|"
    r"« .*? »|“.*?”|\"[^\"]*\"|`[^`]*`|'[^' ]+\[[^']*'|\{\w*\}|--?[a-z]\S*|\S*[/\\_]\S*|https?:\S+|"
    r"\b[a-z]+(?:-[a-z]+)+\b|\b[\w-]+\.(?:yaml|txt|html|docx|pdf|py)\b|"
    r"\bessfacts(?: (?:verify|seal|page|show|search|stats))*|pdftotext.*"
)


# What is typed as it stands in a command or a file.
IDS = {*COMMANDS, *get_args(model.Approximation), *get_args(model.SourceType)}
for record in filter(is_dataclass, vars(model).values()):
    IDS |= {field.name for field in fields(record)} - {"line"}


def foreign(text: str, language: str) -> set[str]:
    """Give the words of a text that belong to the other language."""
    words = re.findall(r"[^\W\d_]+", NEUTRAL.sub(" ", text.replace("’", "'")).lower())
    return {*words} & {*FOREIGN[language]} - IDS


# Rows.


def blanks(text: str) -> set[str | None]:
    found = {name for part in text.split("|") for _, name, _, _ in Formatter().parse(part)}
    return found - {None}


def test_a_row_says_the_same_in_both_languages() -> None:
    for group, key, row in ROWS:
        assert [*row] == [*LANGUAGES], (group, key)
        assert bool(row["fr"]) == bool(row["en"]), (group, key)
        assert blanks(row["fr"]) == blanks(row["en"]), (group, key)


@pytest.mark.parametrize("name", LANGUAGES)
def test_no_row_mixes_languages(name: str) -> None:
    mixed = {f"{group} {key}": foreign(row[name], name) for group, key, row in ROWS}
    assert {key: words for key, words in mixed.items() if words} == {}


def test_what_yaml_lacks_is_said_in_french() -> None:
    for french, beginnings in lexicon("yaml problems").items():
        assert foreign(french, "fr") | foreign(" ".join(beginnings), "en") == set()


@pytest.mark.parametrize("name", LANGUAGES)
def test_kinds_speak(name: str) -> None:
    for kind in KINDS.values():
        for text in (kind.noun, kind.title, kind.help):
            assert foreign(getattr(text, name), name) == set()


def strings(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


# Keys, or how they begin, that the program makes of other words.
MADE = (
    "a-", "fact-", "claims-", "credit-", "holds-", "iso690-", "apa-", "chicago-",
    "approximation ", "text_", "True", "False",
)  # fmt: skip


def test_every_row_is_said_somewhere() -> None:
    said = {text for file in PACKAGE.rglob("*.py") for text in strings(file)} | {
        *errorcode.values()
    }
    page = (PACKAGE / "render" / "page.html").read_text(encoding="utf-8")
    said |= {*errorcode.values(), *re.findall(r"\{\{([\w-]+)", page), "options", "arguments"}
    # The help of an option may be that of one command.
    takes = {f"{name} {option}" for name, row in COMMANDS.items() for option in row.takes}
    said |= {*COMMANDS, *(command.group for command in COMMANDS.values())}
    said |= {*OPTIONS, *(str(value) for row in OPTIONS.values() for value in row.values())}
    keys = {key for _, key, _ in ROWS} | {*lexicon("command names")}
    assert [key for key in keys - said - takes if not key.startswith(MADE)] == []


GROUP_OF = {"word": "words", "title": "titles", "label": "citations"}


def test_what_is_said_has_a_row() -> None:
    classes = {name for name in vars(errors) if name.endswith(("Error", "Found"))}
    messages = classes - {"DatasetError"} | {"message", "say"}
    group_of = dict.fromkeys(messages, "messages") | GROUP_OF
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            group = group_of.get(getattr(node.func, "id", getattr(node.func, "attr", "")))
            key = node.args[0]
            if group and isinstance(key, ast.Constant) and isinstance(key.value, str):
                assert key.value in lexicon(group), (file.name, node.lineno)


# Help.


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_speaks_one_language(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    for name in LANGUAGES:
        assert main([*([command] if command else []), "--help", "--lang", name]) == 0
        assert foreign(capsys.readouterr().out, name) == set()


# Requests.

REQUESTS = """
    levers --org regoins|levers --topic financng|levers --section figurs|levers --cites panorma
    levers --fields id,txt|stats --sort valu|stats --unit percnt|levers --format jsn
    cite gdp --style x|people --org ocitanie|claims --kind zzz|lever|zzzz|levers --sorce
    levers --excel=yes|levers --org|show gpd-share|show ess|show|search|cite --url ftp://e.org
    cite gdp --accessed yesterday
    cite gdp --accessed 2026-03-31|levers --limit 0|levers --limit two|stats --min two|levers extra
    search ?!|search zzzzqqq|levers --search zzzzqqq|levers --search delga|levers --topic zzz
    levers --format csv --excel --limit 0|levers --format json --excel|levers --format svg
    levers --org regions --topic employment --section method|stats --min 99999999999
    search enterpize|schema zzz|verify nowhere.txt|verify .|verify --data nowhere|seal nowhere.txt
    cite delga-key-role zzzz|levers --copy nowhere.txt|stats --chart --min 99999999|levers --data=/
    --version --data nowhere|page --url zzz|show levers
""".replace("\n", "|").split("|")


@pytest.mark.slow
@pytest.mark.parametrize("name", LANGUAGES)
@pytest.mark.parametrize("request_", [text.strip() for text in REQUESTS if text.strip()])
def test_a_wrong_request_is_answered_in_one_language(
    request_: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*request_.split(), "--lang", name]) in {0, 1, 2}
    assert foreign(capsys.readouterr().err, name) == set()


# Copies and the system.


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_system_s_errors_speak(name: str) -> None:
    for code in errorcode:
        assert foreign(reason(OSError(code, os.strerror(code))).said(name), name) == set()
    for error in (OSError(), ValueError("embedded null byte"), ValueError("I am English of the")):
        assert foreign(reason(error).said(name), name) == set()


def test_english_words_of_the_system_are_the_system_s() -> None:
    for code in (2, 13, 17 + 4, 28, 27):
        assert str(reason(OSError(code, os.strerror(code)))) == os.strerror(code)


CONTENTS = [
    b"",
    b" ",
    b"<p></p>",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
    b"%PDF-1.4",
    b"PK\x03\x04",
    b"MIME-Version: 1.0\nContent-Type: image/png\n\nx",
    b"a\0b",
    archive({"a.txt": "a"}),
    archive({"word/document.xml": "<!DOCTYPE a><a/>"}),
    archive({"word/document.xml": "<a"}),
]


@pytest.mark.parametrize("name", LANGUAGES)
@pytest.mark.parametrize("content", CONTENTS)
def test_what_is_no_copy_is_said_in_one_language(content: bytes, name: str) -> None:
    with pytest.raises(CopyError) as caught:
        read_copy(content, "-")
    said = caught.value.said(name)
    assert said.startswith({"fr": "l'entrée standard ", "en": "standard input "}[name])
    assert foreign(said, name) == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", LANGUAGES)
@pytest.mark.parametrize("path", [".", "nowhere.txt", "a\0b", os.devnull, "x" * 5000])
def test_what_cannot_be_opened_is_said_in_one_language(path: str, name: str) -> None:
    with pytest.raises(CopyError) as caught:
        open_copy(path)
    assert foreign(caught.value.said(name), name) == set()


@pytest.mark.parametrize("name", LANGUAGES)
@pytest.mark.parametrize(
    "content", ["À l'été ".encode() + b"\xff.", "À l'été ".encode() + b"\xff, \xe2.", b"t\xe9"]
)
def test_notes_on_a_copy_speak(content: bytes, name: str) -> None:
    [note] = read_copy(content, "-").notes
    assert foreign(note.said(name), name) == set()


# Faults.

ENTRY = "- id: repair\n  name: {fr: a, en: b}\n"
YAML = [
    *("", "a: b", "x", "- 1", "- [a]", "- id: [a]", "- id: {a: b}", "- id: *a", "- &a {id: a}"),
    *("- !x {id: a}", "- id: &a b", "- id: !x b", "- id: ''", "- id: a\n  id: b", "- <<: a"),
    *("- idd: a", "- zzzzzz: a", "- [a, b]: c", "- ? &a id\n  : b", "- id: a #b", "a\0b", "\x1b"),
    *("- id: 'a", "- {a", "- [a", "- a: b: c", "- a\n b", "\t- a", "%YAML 9.1\n---\n- a", "- @"),
    *("- !<a b", "- *", "- &", '- "\\q"', '- "\\uZZZZ"', "- |x\n", "- !y!a b", "%X\n- a", "]"),
    *(ENTRY + "---\n" + ENTRY, "- " + "[" * 300, "- {id: a}\n" * 1200, "- id: " + "a" * 20_000),
]
FIELDS = [
    ("release.yaml", "date: ", "date: 2031-13-01 #"),
    ("release.yaml", "date: ", "date: soon #"),
    ("stats.yaml", "value: ", "value: many #"),
    ("stats.yaml", "approximation: ", "approximation: abuot #"),
    ("stats.yaml", "approximation: ", "approximation: [a] #"),
    ("computed.yaml", "formula: ", "formula: a #"),
    ("computed.yaml", "formula: ", "formula: {} #"),
    ("levers.yaml", "topics: ", "topics: a #"),
    ("levers.yaml", "topics: ", "topics: [zzzz] #"),
]


def faults_in(folder: Path) -> list[errors.Fault]:
    with pytest.raises(DatasetError) as caught:
        load(folder)
    for name in LANGUAGES:
        head, *lines = caught.value.said(name).split("\n  ")
        assert foreign(head, name) == set()
        assert lines == [fault.said(name) for fault in caught.value.faults]
    return list(caught.value.faults)


def speak(faults: list[errors.Fault]) -> None:
    for fault in faults:
        for name in LANGUAGES:
            assert foreign(fault.message.said(name), name) == set(), fault.message.said(name)


@pytest.fixture
def release_text(made_up_folder: Path) -> str:
    return (made_up_folder / "communique.txt").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "loader", ["CSafeLoader", pytest.param("SafeLoader", marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("text", YAML, ids=[ascii(text[:20]) for text in YAML])
def test_faults_of_reading_speak(
    text: str, loader: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dataset, "_LOADER", getattr(yaml, loader, yaml.SafeLoader))
    (folder / "topics.yaml").write_text(text, encoding="utf-8")
    speak(faults_in(folder))


@pytest.mark.parametrize(("file", "old", "new"), FIELDS)
def test_faults_of_fields_speak(file: str, old: str, new: str, folder: Path) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    speak(faults_in(folder))


def test_faults_of_files_speak(folder: Path, tmp_path: Path) -> None:
    speak(faults_in(tmp_path / "nowhere"))
    (folder / "topics.yaml").write_bytes(b"\xff")
    (folder / "units.yaml").unlink()
    (folder / "units.yaml").mkdir()
    (folder / "people.yaml").unlink()
    (folder / "people.yaml").symlink_to(os.devnull)
    (folder / "fingerprint.yaml").write_text("{}", encoding="utf-8")
    speak(faults_in(folder))


@pytest.mark.slow
@pytest.mark.parametrize("apply", [row[0] for row in BAD], ids=[row[3] for row in BAD])
def test_faults_of_rules_speak(apply: Callable[[Dataset], Dataset], made_up: Dataset) -> None:
    speak(rules.faults(apply(made_up)))


@pytest.mark.slow
@pytest.mark.parametrize(("id", "fr", "en", "values", "_"), SAID)
def test_faults_of_prose_speak(
    id: str, fr: str | None, en: str | None, values: dict[str, Any], _: str, made_up: Dataset
) -> None:
    record: Any = made_up.by_id[id]
    other = Text(fr=fr or record.text.fr, en=en or record.text.en)
    table = "claims" if record in made_up.claims else "computed"
    found = rules.faults(change(table, id, text=other, **values)(made_up))
    assert found
    speak(found)


def test_faults_of_sealing_speak(made_up: Dataset, release_text: str) -> None:
    sealed, _ = sealing.seal(made_up, read_copy(release_text.encode(), "a.txt"))
    changed = change("claims", "tool-lending", excerpt="les")(made_up)
    gone = change("claims", "square-revival", id="town-revival")(changed)
    speak([*sealing.changed(gone, sealed)])
    _, twice = sealing.seal(gone, read_copy(f"{release_text}\n\n{release_text}".encode(), "a.txt"))
    _, nowhere = sealing.seal(gone, read_copy(b"rien", "a.txt"))
    assert {fault.message.key for fault in twice + nowhere} == {"not-once", "not-in-release"}
    speak([fault for fault in twice + nowhere if fault.record == "tool-lending"])


def test_facts_are_said_in_french(made_up: Dataset) -> None:
    text = Text(fr="L'atelier n'est pas près de 20 %.", en="The workshop.")
    found = rules.faults(change("claims", "square-revival", text=text)(made_up))
    said = [fault.message.said("fr") for fault in found]
    assert "text : « ne… pas » en français, et non en anglais" in said
    assert "text : « près de 20% » en français, et non en anglais" in said


def test_a_fault_is_said_whole() -> None:
    fault = errors.Fault("a.yaml", 3, "id", message("by-zero"), "formulas")
    assert fault.said("fr") == "a.yaml:3: id: formulas: divise par zéro"
    assert str(fault) == "a.yaml:3: id: formulas: divides by zero"
    assert {fault, fault} == {fault}


def test_every_error_says_something_in_both_languages() -> None:
    assert issubclass(CopyError, EssfactsError)
    for name in LANGUAGES:
        raised = DatasetError("folder", [errors.Fault("a.yaml", 1, "", message("unused"))])
        assert foreign(raised.said(name).split("\n")[1], name) == set()
