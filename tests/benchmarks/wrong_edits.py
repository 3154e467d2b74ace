"""Make wrong edits of a dataset's prose, alike at each run, and count those that the rules find.

`python tests/benchmarks/wrong_edits.py [FOLDER]`, the packaged dataset if none is named.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts import faults, load
from essfacts.model import Dataset, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIELDS = ("text", "name", "counts")
WORDS = {
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze vingt trente cent mille",
    "en": "one two three four five six seven eight nine ten eleven twelve twenty thirty hundred",
}
ANOTHER = {"fr": "sept", "en": "seven"}
OTHERS = {"tiers": "quarts", "quatre-vingts": "soixante", "moitié": "totalité"}
OTHERS |= {"millier": "million", "half": "all", "thousand": "million"}
MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}
HEDGES = {
    "fr": (
        "près de , près d', environ , plus de , moins de , au moins , au plus , presque ".split(
            ", "
        ),
        r"(?:près|plus|moins) (?:de (?:la |l')?|d')|environ |presque ",
    ),
    "en": (
        "nearly , about , more than , less than , at least , at most , almost , over ".split(", "),
        r"(?:nearly|about|almost|more than|less than) ",
    ),
}
# What turns a sentence, put before one of its words, or round it.
TURNS = {
    "fr": ("ne {} pas", "n'{} jamais", "ne {} plus", "sans {}", "aucun {}", "non {}", "pas {}"),
    "en": ("not {}", "never {}", "no longer {}", "without {}", "no {}", "hardly not {}"),
}
LIMITS = {"fr": ("ne {} que", "seulement {}"), "en": ("only {}", "solely {}")}
PLACES = {"fr": (" à Lyon", " avec Airbus"), "en": (" in Lyon", " with Airbus")}
NEGATIONS = {
    "fr": r"\b(?:ne |n'(?=\w)|pas |non |jamais |sans )",
    "en": r"\b(?:not |never |without |no )|n't|(?<=can)not\b",
}


class Edit(NamedTuple):
    """One record as it is wrongly edited; `sort` and `what` tell how."""

    sort: str
    what: str
    record: Any
    table: str


def texts(record: Any) -> Iterator[tuple[str, str, str]]:
    """Go through the prose of a record: field, language, text."""
    for field in FIELDS:
        if isinstance(text := getattr(record, field, None), Text):
            yield field, "fr", text.fr
            yield field, "en", text.en
    for field, language in (("excerpt", "fr"), ("words", "fr"), ("translation", "en")):
        if hasattr(record, field):
            yield field, language, getattr(record, field)


def rewrite(record: Any, field: str, language: str, text: str) -> Any:
    if field in FIELDS:
        old = getattr(record, field)
        both = {"fr": old.fr, "en": old.en} | {language: text}
        return replace(record, **{field: Text(**both)})
    return replace(record, **{field: text})


def numbers(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Change each digit, and each number in words."""
    for found in re.finditer(r"\d", text):
        for step in (1, 5):
            digit = str((int(found[0]) + step) % 10)
            yield "digit", text[: found.start()] + digit + text[found.end() :]
    words = WORDS[language].split()
    # An article is no number, and a step or two ("un", "one") is left to the next test.
    known = "|".join([*words[1:], *OTHERS])
    for found in re.finditer(rf"\b(?:{known})\b", text, re.IGNORECASE):
        other = OTHERS.get(found[0].lower(), ANOTHER[language])
        yield "number word", text[: found.start()] + other + text[found.end() :]
    for found in re.finditer(r"\s?%", text):
        for other in (" points", "", " ‰"):
            yield "unit", text[: found.start()] + other + text[found.end() :]


def added(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Put in a number, a name, a hedge, a negation."""
    spaces = [found.start() for found in re.finditer(r"(?<=\w) (?=\w)", text)]
    for at in spaces[1::5]:
        for number in ("12 ", ANOTHER[language] + " "):
            yield "number added", f"{text[: at + 1]}{number}{text[at + 1 :]}"
        for name in PLACES[language]:
            yield "name added", text[:at] + name + text[at:]
    for found in list(re.finditer(r"[^\W\d]{3,}", text))[1::4]:
        # Of two negations of one clause, it is not for a program to say what they come to.
        for turn in TURNS[language] if not re.search(NEGATIONS[language], text) else ():
            around = turn.format(found[0])
            yield "negation added", text[: found.start()] + around + text[found.end() :]
        for turn in LIMITS[language]:
            around = turn.format(found[0])
            yield "restriction added", text[: found.start()] + around + text[found.end() :]
    for found in re.finditer(r"(?<![\d,.-])\d[\d  ]*(?: %|%)? (?!\d)", text):
        hedge, known = HEDGES[language]
        is_hedged = re.search(rf"(?:{known})$", text[: found.start()], re.IGNORECASE)
        if not is_hedged and not is_date(text, found):
            for other in hedge:
                yield "hedge added", text[: found.start()] + other + text[found.start() :]


def is_date(text: str, found: re.Match[str]) -> bool:
    months = "|".join(chain(MONTHS["fr"].split(), MONTHS["en"].split()))
    return bool(re.match(months, text[found.end() :]))


def dropped(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Take out a hedge, a negation, a number."""
    for found in re.finditer(HEDGES[language][1], text, re.IGNORECASE):
        if re.match(r"\d|qu|mill|half|la moi|a thou|[eu]n", text[found.end() :]):
            for other in ("", HEDGES[language][0][3]):
                yield "hedge changed", text[: found.start()] + other + text[found.end() :]
    taken = re.sub(NEGATIONS[language], "", text)
    if taken != text:
        yield "negation taken out", taken
    for average in (r" en moyenne\b", r" on average\b", r" only\b", r"\bsouvent ", r"\boften "):
        if (taken := re.sub(average, "", text)) != text:
            yield "adverb taken out", taken
    for found in re.finditer(r"\b\d+(?:[.,  ]\d+)*", text):
        yield "number taken out", text[: found.start()] + text[found.end() :]


def dates(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Change each year and each month."""
    for found in re.finditer(r"\b(?:19|20)\d\d\b", text):
        for step in (-1, 1, 10):
            yield "year", text[: found.start()] + str(int(found[0]) + step) + text[found.end() :]
    months = MONTHS[language].split()
    for found in re.finditer("|".join(rf"(?<=[\d ]){month}(?= \d)" for month in months), text):
        at = months.index(found[0])
        for step in (1, 6):
            other = months[(at + step) % 12]
            yield "month", text[: found.start()] + other + text[found.end() :]


def names(text: str, dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Exchange each name of a body or a person with two others, and take it out."""
    bodies: list[Any] = [*dataset.organisations, *dataset.people]
    known = [body.name for body in bodies]
    for at, name in enumerate(known):
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            for step in (1, 2):
                other = known[(at + step) % len(known)]
                yield "name exchanged", text[: found.start()] + other + text[found.end() :]
            yield "name taken out", text[: found.start()] + text[found.end() :]


def both(record: Any) -> Iterator[tuple[str, str, Any]]:
    """Change the same in French and in English."""
    fr, en = record.text.fr, record.text.en
    for found in re.finditer(r"\d+", fr):
        if found[0] in en:
            other = str(int(found[0]) + 45)
            text = Text(fr=fr.replace(found[0], other), en=en.replace(found[0], other))
            yield "both languages", text.fr, replace(record, text=text)
    for ours, theirs in (("deux", "two"), ("trois", "three"), ("cinq", "five"), ("quatre", "four")):
        if re.search(rf"\b{ours}\b", fr, re.IGNORECASE) and theirs in en.lower():
            pairs = [(ours, "huit", fr), (theirs, "eight", en)]
            new = [re.sub(rf"\b{a}\b", b, text, flags=re.IGNORECASE) for a, b, text in pairs]
            if "tiers" not in fr and "sur" not in fr:
                yield "both languages", new[0], replace(record, text=Text(fr=new[0], en=new[1]))
    head, _, tail = fr.partition(" ")
    text = Text(fr=f"{head} ne {tail} pas", en=f"Not {en}")
    yield "both languages", text.fr, replace(record, text=text)
    text = Text(fr=f"{fr[:-1]} à Lyon.", en=f"{en[:-1]} in Lyon.")
    yield "both languages", text.fr, replace(record, text=text)


def values(record: Any) -> Iterator[tuple[str, str, Any]]:
    """Change what is no prose: value, unit, approximation, date."""
    if hasattr(record, "value"):
        for value in (record.value + 1, record.value * 10, -record.value):
            yield "value", str(value), replace(record, value=value)
        for approximation in ("exact", "about", "nearly", "on-average", "more-than", "at-least"):
            if approximation != record.approximation:
                changed = replace(record, approximation=approximation)
                yield "approximation", approximation, changed
        unit = "enterprise" if record.unit in {"percent", "fraction"} else "percent"
        yield "unit", unit, replace(record, unit=unit)
    if getattr(record, "date", None):
        year, *rest = record.date.split("-")
        yield "date", "year", replace(record, date="-".join([str(int(year) + 1), *rest]))
        for at, part in enumerate(rest):
            parts = [*rest[:at], f"{int(part) % 12 + 1:02}", *rest[at + 1 :]]
            yield "date", "part", replace(record, date="-".join([year, *parts]))


def strangers(record: Any, dataset: Dataset) -> Iterator[tuple[str, str, Any]]:
    """Exchange each name of the excerpt with one that the text lacks."""
    for sort, new in names(record.excerpt, dataset):
        known = [body.name for body in dataset.organisations if body.name in new]
        if sort == "name exchanged" and any(name not in record.text.fr for name in known):
            yield f"{sort}, excerpt fr", new, replace(record, excerpt=new)


def edits(dataset: Dataset) -> Iterator[Edit]:
    """Make every edit of every claim and computed stat."""
    for table in ("claims", "computed"):
        for record in getattr(dataset, table):
            for field, language, text in texts(record):
                for sort, new in chain(
                    numbers(text, language),
                    dates(text, language),
                    names(text, dataset) if field != "excerpt" else (),
                    dropped(text, language) if field != "excerpt" else (),
                    added(text, language) if field != "excerpt" else (),
                ):
                    changed = rewrite(record, field, language, new)
                    yield Edit(f"{sort}, {field} {language}", new, changed, table)
            if table == "claims":
                others = chain(both(record), values(record), strangers(record, dataset))
                for sort, what, changed in others:
                    yield Edit(sort, what, changed, table)


def apply(dataset: Dataset, batch: Iterable[Edit]) -> Dataset:
    changed = {edit.record.id: edit.record for edit in batch}
    tables: dict[str, Any] = {name: getattr(dataset, name) for name in dataset.__dataclass_fields__}
    for table in ("claims", "computed"):
        tables[table] = tuple(changed.get(record.id, record) for record in tables[table])
    return Dataset(**tables)


def unfound(dataset: Dataset, wrong: Iterable[Edit]) -> list[Edit]:
    """Give the edits that bring no new fault of their record.

    Records are edited together, one edit of each at a time: what a text says is no matter of
    another record. Values, dates and the release's words are, and so are edited alone.
    """
    before = {*faults(dataset)}
    turns: Counter[str] = Counter()
    batches: dict[str, list[Edit]] = {}
    for edit in wrong:
        alone = re.search(r"excerpt|words|^(?:value|approximation|unit|date)$", edit.sort)
        turns[edit.record.id] += 1
        own = f" {edit.record.id}" if alone else ""
        batches.setdefault(f"{turns[edit.record.id]}{own}", []).append(edit)
    return [
        edit
        for batch in batches.values()
        for found in [{fault.record for fault in {*faults(apply(dataset, batch))} - before}]
        for edit in batch
        if edit.record.id not in found
    ]


def main() -> None:
    """Print how many edits of each sort are found, then those that are not."""
    dataset = load(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    wrong = list(edits(dataset))
    passed = unfound(dataset, wrong)
    counts, misses = Counter(e.sort for e in wrong), Counter(e.sort for e in passed)
    for sort, count in sorted(counts.items()):
        print(f"{sort:40}{count - misses[sort]:6} of {count:6}")
    print(f"{'all':40}{len(wrong) - len(passed):6} of {len(wrong):6}")
    for edit in passed:
        print(f"not found: {edit.sort}: {edit.record.id}: {edit.what}")


if __name__ == "__main__":
    main()
