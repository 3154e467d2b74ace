"""What a text says that can be compared with another: numbers, dates, hedges, negations, names."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts import model
from essfacts.language import LANGUAGES, Message, message, month
from essfacts.numbers import plain, read, rounded
from essfacts.packaged import content
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from essfacts.model import Claim, Dataset, Stat

Fact = tuple[str, str]
"""A hedge, or none, and what it hedges: `nearly` and `20%`."""


class Reading(NamedTuple):
    """What a text says for sure, and what it may say: an article may be a one, `-able` a "can"."""

    said: Counter[Fact]
    may: Counter[Fact]


_TABLES: Mapping[str, Any] = json.loads(content("prose.json"))
_MONTHS = {name: [fold(month(number, name)) for number in range(1, 13)] for name in LANGUAGES}
# English gives capitals to words that are no names, here None.
_SAME: Mapping[str, str | None] = {
    **_TABLES["same"],
    **{english: french for french, english in _TABLES["same"].items()},
    **dict.fromkeys([*_TABLES["no names"], *_MONTHS["en"]]),
}
_NEGATIVE = r"\b(?:pas|point|jamais|aucune?|nulle?|rien|ni|personne|guere)\b"
_NE = r"([^,;.:!?]*?)\b(?:ne |n')((?:(?!\bne |\bn')[^,;.:!?])*)"
_DATE = (
    r"(?:\b(?P<day>\d\d?)(?:er|st|nd|rd|th)? (?:of )?"
    r"|\b(?P<before>in|of|since|until|from|by|early|late|last|next)[ -])?\b(?P<month>{months})\b"
    r"(?: (?P<after>\d\d?)(?:er|st|nd|rd|th)?\b(?!,\d))?(?:,? (?P<year>\d{{4}})\b)?"
)


def _patterns(row: Mapping[str, Any], sort: str) -> dict[str, re.Pattern[str]]:
    articles = "|".join(row["articles"])
    before, after = {
        "before": ("(?<![a-z])", f"(?:{articles})?$"),
        "after": (" (?:[a-z]+ )??", r"\b"),
    }.get(sort, (r"\b", r"\b"))
    joined = {name: "|".join(words).replace("*", r"\w*") for name, words in row[sort].items()}
    return {name: re.compile(f"{before}(?:{words}){after}") for name, words in joined.items()}


_MARKS = {
    language: {sort: _patterns(row, sort) for sort in row if sort != "articles"}
    for language, row in _TABLES["languages"].items()
}


@lru_cache(maxsize=4096)
def say(text: str, language: str) -> Mapping[str, Reading]:
    """Tell what a text in a language says, by the rule that compares it."""
    rules = ("numbers", "dates", "negations", "hedges")
    found = {rule: Reading(Counter(), Counter()) for rule in rules}
    folded, rest, at = plain(text), "", 0
    for start, end, date in read_dates(folded, language):
        found["dates"].said["", date] += 1
        folded = f"{folded[:start]}{'@' * (end - start)}{folded[end:]}"
    for number in read(folded, language):
        hedge, start, end = find_hedge(folded, at, number.start, number.end, language)
        hedge = hedge or ("about" if number.is_rough else "")
        facts = found["numbers"].may if number.is_weak and not hedge else found["numbers"].said
        facts[hedge, figure(number.amount)] += 1
        found["dates"].may["", figure(number.amount)] += 1
        # What stands between the numbers of a share still counts.
        rest, at = f"{rest}{folded[at:start]}{folded[number.start : number.end]}#", end
    rest += folded[at:]
    if language == "fr":
        # A step is no negation.
        rest = re.sub(_NE, _turn_ne, re.sub(r"# pas (?=d[eu' ])", "# ", rest))
    else:
        rest = re.sub(r"n't\b|(?<=can)not\b|\bnon-", " not ", rest.replace("can't", "cannot"))
    for facts, sort in (
        (found["negations"].said, "negations"),
        (found["hedges"].said, "hedges"),
        (found["hedges"].may, "may"),
    ):
        for name, pattern in _MARKS[language][sort].items():
            facts.update([("", name)] * len(pattern.findall(rest)))
    return found


def figure(amount: tuple[float, str]) -> str:
    """Write what a number comes to: `80`, `20%`, `12000000€`."""
    number, sign = amount
    return f"{number * 100 if sign == '%' else number:.9g}{sign}"


def _spoken(fact: Fact) -> Message | str:
    """Give a fact as a person says it: `nearly 20%` is « près de 20% » in French."""
    hedge, said = fact
    if hedge:
        return message("fact", hedge=message(f"fact-{hedge}"), figure=said)
    return message(f"fact-{said}") if said[0].isalpha() else said


def read_dates(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Find the dates with a month in a plain text: from, to, `2024-05-31`, `2024-05`, `-05-31`."""
    months = _MONTHS[language]
    for found in re.finditer(_DATE.format(months="|".join(months)), text):
        day = int(found["day"] or found["after"] or 0)
        # With nothing beside them, "may" and "march" are verbs.
        is_alone = not (day or found["year"] or found["before"])
        if not (is_alone and found["month"] in {"may", "march"}):
            year, number = found["year"] or "", months.index(found["month"]) + 1
            yield *found.span(), f"{year}-{number:02}" + (f"-{day:02}" if day else "")


def find_hedge(text: str, at: int, start: int, end: int, language: str) -> tuple[str, int, int]:
    """Find how the number between start and end is hedged, and where its hedge starts and ends."""
    marks = _MARKS[language]
    for name, pattern in marks["before"].items():
        if found := pattern.search(text, max(at, start - 40), start):
            return name, found.start(), end
    for name, pattern in marks["after"].items():
        if found := pattern.match(text, end):
            return name, start, found.end()
    return "", start, end


def _turn_ne(clause: re.Match[str]) -> str:
    """Write a « ne » with what goes with it as one word, so that it counts once."""
    before, after = clause[1], clause[2]
    first = re.search(rf"{_NEGATIVE}|\bplus\b|\bqu(?:e\b|')", after)
    if first and first[0].startswith("qu"):
        return f"{before}ne-que {after}"
    return f"{re.sub(_NEGATIVE, '', before)}ne-pas {re.sub(_NEGATIVE, '', after)}"


@cache
def _bare(text: str) -> str:
    """Take the accents off a text, and leave its capitals."""
    text = unicodedata.normalize("NFD", text.replace("’", "'"))
    return "".join(char for char in text if not unicodedata.combining(char))


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(text)))


def _lacks(text: str, word: str) -> bool:
    """Tell whether a text, in whichever language, has nothing like a name."""
    folded = fold(word)
    same = _SAME.get(folded.removesuffix("s"), folded)
    # A European thing is of Europe.
    like = [known for known in _words(text) if len(folded) > 4 and known.startswith(folded[:5])]
    return not (same is None or {folded, same} & _words(text) or like)


# What the texts of a record say, compared with each other and with what the record holds.


def texts(record: Any) -> Iterator[tuple[str, str | model.Text]]:
    """Go through the texts of a record, by field, in two languages or in one."""
    for field in record.__dataclass_fields__:
        value = getattr(record, field)
        for part in value if isinstance(value, tuple) else (value,):
            text = part.title if isinstance(part, model.Office) else part
            if isinstance(text, str | model.Text):
                yield field, text


def pairs(record: Any) -> Iterator[tuple[str, str, str]]:
    """Go through the texts that a record has in French and in English, by field."""
    for field, text in texts(record):
        if isinstance(text, model.Text):
            yield field, text.fr, text.en
    if isinstance(record, model.Quote):
        yield "words", record.words, record.translation


class Comparison:
    """Compares the texts of a dataset's records; the French text speaks for both."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        bodies: list[Any] = [*dataset.organisations, *dataset.people]
        called = {name: body.id for body in bodies for name in (body.name, *body.aliases)}
        articles = r"^(?:L'|L[ae] |Les )"
        self.ids = {re.sub(articles, "", _bare(name)): id for name, id in called.items()}
        names = "|".join(map(re.escape, sorted(self.ids, key=len, reverse=True))) or "(?!)"
        self.names = re.compile(rf"(?<!\w)(?:{names})(?!\w)")
        # The release's own words, and no others, vouch for a word with a capital.
        excerpts = [f"{claim.excerpt} {getattr(claim, 'words', '')}" for claim in dataset.claims]
        self.known = " ".join([dataset.release.title, *called, *excerpts])

    def differences(self, rule: str, record: Any) -> Iterator[Message]:
        """Say what of a sort of fact is not the same everywhere, or has nothing to vouch for it."""
        yield from self._names(record) if rule == "names" else self._facts(rule, record)

    def amount(self, stat: Stat) -> tuple[float, str]:
        """Give what a stat comes to, as `Quantity.amount` does for what is written."""
        unit = self.dataset.named("unit", stat.unit)
        sign = "%" if unit.percent else unit.symbol if unit.symbol in {*"€$£"} else ""
        return rounded(stat.value * self.dataset.worths[stat.id]), sign

    def hedges(self, stat: Stat) -> set[str]:
        """Give how the excerpt of a stat hedges its number: not at all is `exact`."""
        excerpt, written = say(stat.excerpt, "fr"), figure(self.amount(stat))
        if excerpt["hedges"].said["", "on-average"]:
            return {"on-average"}
        said = chain(*excerpt["numbers"])
        found = {hedge or "exact" for hedge, number in said if number == written}
        # « En moyenne » may stand far from its number; other hedges touch theirs.
        return found - {"exact"} if stat.approximation == "on-average" else found

    def _facts(self, rule: str, record: Any) -> Iterator[Message]:
        vouched = self._vouched(rule, record)
        for field, text, translation in pairs(record):
            fr, en = say(text, "fr")[rule], say(translation, "en")[rule]
            for fact in fr.said - en.said - en.may:
                yield message("french-only", field=field, fact=_spoken(fact))
            for fact in en.said - fr.said - fr.may:
                yield message("english-only", field=field, fact=_spoken(fact))
            for fact in fr.said if field != "words" else ():
                if vouched is not None and fact[1] not in vouched:
                    yield message("unvouched", field=field, fact=_spoken(fact))
        if isinstance(record, model.Claim):
            fr, excerpt = say(record.text.fr, "fr")[rule], say(record.excerpt, "fr")[rule]
            own = self._own(record).get(rule)
            for fact in excerpt.said - fr.said - fr.may:
                if rule != "dates" or fact != own:
                    yield message("excerpt-has", fact=_spoken(fact))
            if own and own not in {*chain(*fr, *excerpt)}:
                yield message("lacking", fact=_spoken(own))

    def _own(self, claim: Claim) -> dict[str, Fact]:
        """Give what the other fields of a claim say: its date, its value, its approximation."""
        found = {"dates": ("", claim.date)} if claim.date else {}
        if isinstance(claim, model.Stat):
            hedge = claim.approximation
            touching = hedge if hedge in _MARKS["fr"]["before"] else ""
            found["numbers"] = touching, figure(self.amount(claim))
            if hedge == "on-average":
                found["hedges"] = "", hedge
        return found

    def _vouched(self, rule: str, record: Any) -> set[str] | None:
        """Give the facts that a text may hold: its record's own, those of claims on its topics."""
        found: set[str] = set()
        if isinstance(record, model.Claim):
            found = {said for _, said in chain(*say(record.excerpt, "fr")[rule])}
            found.add(self._own(record).get(rule, ("", ""))[1])
        elif not isinstance(record, model.Computed) or rule in {"negations", "hedges"}:
            return None
        if rule in {"negations", "hedges"}:
            words = say(getattr(record, "words", ""), "fr")[rule].said
            return found | {"can"} | {said for _, said in words}
        claims = self.dataset.claims
        related: list[Any] = [claim for claim in claims if {*record.topics} <= {*claim.topics}]
        for date in (claim.date for claim in related if claim.date):
            # A date vouches for itself without its year, its month or its day.
            found |= {date, date[:4], date[4:], date[:7]}
        if isinstance(record, model.Computed):
            inputs = record.formula.inputs
            steps = [record, *(step for step in self.dataset.computed if step.id in inputs)]
            found |= {str(len(step.formula.inputs)) for step in steps}
            # What a sum adds up is no matter of its text.
            if record.formula.operation == "sum":
                related = [claim for claim in related if claim.id not in inputs]
            else:
                related += self.dataset.behind(record)
        stats = (claim for claim in related if isinstance(claim, model.Stat))
        return found | {figure(self.amount(stat)) for stat in stats}

    def _ids(self, text: str) -> list[str]:
        return [self.ids[name] for name in self.names.findall(_bare(text))]

    def _capitals(self, text: str) -> list[str]:
        """Give the words that have a capital where no sentence starts, and are part of no name."""
        rest = self.names.sub("·", _bare(text))
        return re.findall(r"(?<![.!?…\])»”\"] )(?<![«“\"(\w])(?<!« )\b(?!^)[A-Z]\w*", rest)

    def _missing(self, text: str, ids: Iterable[str], other: str) -> list[str]:
        """Give the names in a text that are not among some ids, or words of another text."""
        missing = [id for id in self._ids(text) if id not in ids]
        return missing + [word for word in self._capitals(text) if _lacks(other, word)]

    def _names(self, record: Any) -> Iterator[Message]:
        for field, fr, en in pairs(record):
            in_french, in_english = self._ids(fr), self._ids(en)
            if {*in_french} != {*in_english}:
                yield message("other-names", field=field)
            if isinstance(record, model.Claim | model.Computed):
                for word in self._missing(fr, in_french, en) + self._missing(en, in_english, fr):
                    yield message("one-language", field=field, fact=word)
                for name in self._missing(fr, self._own_names(record), self.known):
                    yield message("unvouched", field=field, fact=name)
        if isinstance(record, model.Claim):
            text = record.text.fr
            for name in self._missing(record.excerpt, self._ids(text), text):
                yield message("excerpt-has", fact=name)

    def _own_names(self, record: Any) -> set[str]:
        """Give the ids of whom a record may name: its organisations, its speaker, its sources'."""
        claims = self.dataset.behind(record) if isinstance(record, model.Computed) else [record]
        found = {getattr(record, "speaker", "")}
        for claim in (claim for claim in claims if isinstance(claim, model.Claim)):
            sources = [self.dataset.named("sources", id) for id in claim.sources]
            found.update(claim.organisations, *(source.producers for source in sources))
        return found
