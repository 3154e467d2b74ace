"""What a text says that can be compared with another: numbers, dates, hedges, negations, names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts import model
from essfacts.language import LANGUAGES, Message, lexicon, message, month
from essfacts.numbers import plain, read, rounded
from essfacts.text import APOSTROPHES, LIGATURES, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from essfacts.model import Claim, Dataset, Stat

FACTS = ("numbers", "dates", "negations", "hedges")
Facts = Counter[str]


class Reading(NamedTuple):
    """What a text says for sure, and what it may say: an article may be a one, `-able` a "can"."""

    said: Facts
    may: Facts


# Each way to hedge a number: what stands before and after it, in French and in English.
_HEDGES: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "nearly": (
        (r"(?:pres|pas loin) d(?:es? |u |')|presque |quasi(?:ment)?[ -]", "presque"),
        ("nearly |almost |close to |just under |not quite |approaching ", "nearly"),
    ),
    "about": (
        (r"environ |quelques? |a peu pres |(?:autour|l'ordre) d(?:e |')", "environ"),
        ("(?:about|around|some) (?!the )|roughly |approximately |circa ", "or so"),
    ),
    "at-least": (
        ("au moins |au minimum |pas moins d(?:e |')", "au moins|au minimum|ou plus"),
        ("at least |no less than |no fewer than |a minimum of ", "at least|or more"),
    ),
    "at-most": (
        ("au plus |au maximum |jusqu'a |pas plus d(?:e |')", "au plus|au maximum|ou moins"),
        ("at most |up to |no more than |not more than |a maximum of ", "at most|or less|or fewer"),
    ),
    "more-than": (
        ("(?:plus|au-dela) d(?:es? |u |')", "(?!)"),
        ("more than |(?:over|above) (?!the )|upwards of |in excess of ", "(?!)"),
    ),
    "less-than": (
        ("moins d(?:es? |u |')", "(?!)"),
        ("less than |fewer than |(?:under|below) (?!the )", "(?!)"),
    ),
}
_ARTICLES = ("(?:l[ae] |les |l'|une? )?", "(?:the |an? )?")
# What turns a claim, by the rule that compares it, in French and in English.
_MARKS: Mapping[str, tuple[str, str, str]] = {
    "not": (
        "negations",
        r"ne-pas|non|sans|impossibles?|(?<!# )pas|pas(?! d(?:e |u |'))|jamais|aucune?|nulle?|ni"
        "|rien",
        "not|never|no|none|neither|nor|without|nothing|impossible",
    ),
    "only": (
        "negations",
        "ne-que|seulement|seule?s?|uniques?|uniquement|exclusivement",
        "only|solely|merely|exclusively|single|sole|alone|unique",
    ),
    "on-average": ("hedges", "moyennes?", "averages?"),
    "can": ("hedges", "peut|peuvent|pourra|pourrai(?:en)?t|puissent", "can|may|might|could"),
    "may-can": (
        "hedges",
        r"\w+[ai]bles?|permet\w*",
        r"\w+[ai]bles?|able|lets?|allow\w*|enabl\w+",
    ),
    "often": ("hedges", "souvent|frequemment", "often|frequently"),
    "largely": ("hedges", "grande partie", "largely|large part"),
}
_NEGATIVE = r"\b(?:pas|point|jamais|aucune?|nulle?|rien|ni|personne|guere)\b"
_NE = r"([^,;.:!?]*?)\b(?:ne |n')((?:(?!\bne |\bn')[^,;.:!?])*)"
_ALIKE = {"pib": "gdp", "grand": "greater", "ue": "eu", "ess": "sse"}
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_MONTHS = [[fold(month(number, language)) for number in range(1, 13)] for language in LANGUAGES]
# English gives capitals to words that are no names, here None.
_SAME_WORDS: Mapping[str, str | None] = {
    **_ALIKE,
    **{english: french for french, english in _ALIKE.items()},
    **dict.fromkeys(["i", "french", "english", *_DAYS.split(), *_MONTHS[1]]),
}


@lru_cache(maxsize=4096)
def say(text: str, language: str) -> Mapping[str, Reading]:
    """Tell what a text in a language says, by the rule that compares it."""
    side = LANGUAGES.index(language)
    found = {rule: Reading(Counter(), Counter()) for rule in FACTS}
    folded = _take_dates(plain(text), side, found["dates"].said)
    rest, at = "", 0
    for number in read(folded, language):
        hedge, start, end = find_hedge(folded, at, number.start, number.end, side)
        hedge = hedge or ("about" if number.is_rough else "")
        facts = found["numbers"].may if number.is_weak and not hedge else found["numbers"].said
        facts[f"{hedge} {figure(number.amount)}".strip()] += 1
        found["dates"].may[figure(number.amount)] += 1
        # What stands between the numbers of a share still counts.
        rest, at = f"{rest}{folded[at:start]}{folded[number.start : number.end]}#", end
    rest += folded[at:]
    if language == "fr":
        rest = re.sub(_NE, _turn_ne, rest)
    else:
        rest = re.sub(r"n't\b|\bnon-", " not ", re.sub(r"can(?:not|'t)\b", "can not", rest))
    words = "|".join(f"(?P<m{at}>{mark[side + 1]})" for at, mark in enumerate(_MARKS.values()))
    for mark in re.finditer(rf"\b(?:{words})\b", rest):
        name = [*_MARKS][int(str(mark.lastgroup)[1:])]
        said, may = found[_MARKS[name][0]]
        (may if name.startswith("may-") else said)[name.removeprefix("may-")] += 1
    return found


def figure(amount: tuple[float, str]) -> str:
    """Write what a number comes to: `80`, `20%`, `12000000€`."""
    number, sign = amount
    return f"{number * 100 if sign == '%' else number:.9g}{sign}"


def _spoken(fact: str) -> Message | str:
    """Give a fact as a person says it: `nearly 20%` is « près de 20% » in French."""
    hedge, _, number = fact.rpartition(" ")
    if f"fact-{hedge}" in lexicon("messages"):
        return message("fact", hedge=message(f"fact-{hedge}"), figure=number)
    return message(f"fact-{fact}") if f"fact-{fact}" in lexicon("messages") else fact


def read_dates(text: str, side: int) -> Iterator[tuple[int, int, str]]:
    """Find the dates with a month in a plain text: from, to, `2024-05-31`, `2024-05`, `-05-31`."""
    months = _MONTHS[side]
    ordinal, before = r"(?:er|st|nd|rd|th)?", "in|of|since|until|from|by|early|late|last|next"
    pattern = (
        rf"(?:\b(?P<day>\d\d?){ordinal} (?:of )?|\b(?P<before>{before})[ -])?"
        rf"\b(?P<month>{'|'.join(months)})\b"
        rf"(?: (?P<after>\d\d?){ordinal}\b(?!,\d))?(?:,? (?P<year>\d{{4}})\b)?"
    )
    for found in re.finditer(pattern, text):
        day = found["day"] or found["after"] or "0"
        # With nothing beside them, "may" and "march" are verbs.
        is_alone = day == "0" and not found["year"] and not found["before"]
        if is_alone and found["month"] in {"may", "march"}:
            continue
        parts = [found["year"] or "", f"-{months.index(found['month']) + 1:02}"]
        yield *found.span(), "".join([*parts, f"-{int(day):02}" if int(day) else ""])


def _take_dates(text: str, side: int, dates: Facts) -> str:
    """Take the dates with a month out of a text."""
    rest, at = "", 0
    for start, end, date in read_dates(text, side):
        dates[date] += 1
        rest, at = f"{rest}{text[at:start]}@", end
    return rest + text[at:]


@lru_cache(maxsize=2)
def _hedge_patterns(side: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    groups = [
        "|".join(
            f"(?P<{name.replace('-', '_')}>{words[side][place]})" for name, words in _HEDGES.items()
        )
        for place in (0, 1)
    ]
    before = rf"(?<![a-z])(?:{groups[0]}){_ARTICLES[side]}$"
    return re.compile(before), re.compile(rf" (?:[a-z]+ )??(?:{groups[1]})\b")


def find_hedge(text: str, at: int, start: int, end: int, side: int) -> tuple[str, int, int]:
    """Find how the number between start and end is hedged, and where its hedge starts and ends."""
    before, after = _hedge_patterns(side)
    if found := before.search(text, max(at, start - 40), start):
        return str(found.lastgroup).replace("_", "-"), found.start(), end
    if found := after.match(text, end):
        return str(found.lastgroup).replace("_", "-"), start, found.end()
    return "", start, end


def _turn_ne(clause: re.Match[str]) -> str:
    """Write a « ne » with what goes with it as one word, so that it counts once."""
    before, after = clause[1], clause[2]
    first = re.search(rf"{_NEGATIVE}|\bplus\b|\bqu(?:e\b|')", after)
    if first and first[0].startswith("qu"):
        return f"{before}ne-que {after}"
    return f"{re.sub(_NEGATIVE, '', before)}ne-pas {re.sub(_NEGATIVE, '', after)}"


# Names.


@cache
def _bare(text: str) -> str:
    """Take the accents off a text, and leave its capitals."""
    table: dict[str, str] = LIGATURES | dict.fromkeys(APOSTROPHES, "'")
    text = text.translate({ord(char): other for char, other in table.items()})
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


class Names:
    """Finds known names in texts, and words with a capital that are part of none."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self.ids = {re.sub(r"^(?:L'|L[ae] |Les )", "", _bare(name)): id for name, id in ids.items()}
        names = sorted(self.ids, key=len, reverse=True)
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names)) or '(?!)'})(?!\w)")

    def of(self, text: str) -> list[str]:
        """Give the ids that a text names, in order."""
        return [self.ids[name] for name in self.pattern.findall(_bare(text))]

    def capitals(self, text: str) -> list[str]:
        """Give the words that have a capital where no sentence starts."""
        rest = self.pattern.sub("·", _bare(text))
        return re.findall(r"(?<![.!?…\])»”\"] )(?<![«“\"(\w])(?<!« )\b(?!^)[A-Z]\w*", rest)


@cache
def words_of(text: str) -> tuple[frozenset[str], str]:
    """Give the folded words of a text, and their initials without those of the small ones."""
    words = re.findall(r"\w+", fold(text))
    return frozenset(words), "".join(word[0] for word in words if len(word) > 2)


@cache
def lacks(text: str, word: str) -> bool:
    """Tell whether a text, in whichever language, has nothing like a name."""
    folded, (words, initials) = fold(word), words_of(text)
    same = _SAME_WORDS.get(folded.removesuffix("s"), folded)
    stem = folded[:5] if len(folded) > 4 else ""
    if same is None or {folded, same} & words or (stem and any(w.startswith(stem) for w in words)):
        return False
    acronym = folded.removesuffix("s") if word[:-1].isupper() else ""
    return len(acronym) < 3 or acronym not in initials


# What the texts of a record say, compared with each other and with what the record holds.


def pairs(record: Any) -> Iterator[tuple[str, str, str]]:
    """Go through the texts that a record has in French and in English, by field."""
    for field in record.__dataclass_fields__:
        value = getattr(record, field)
        for part in value if isinstance(value, tuple) else (value,):
            text = part.title if isinstance(part, model.Office) else part
            if isinstance(text, model.Text):
                yield field, text.fr, text.en
    if isinstance(record, model.Quote):
        yield "words", record.words, record.translation


def amount(stat: Stat, dataset: Dataset) -> tuple[float, str]:
    """Give what a stat comes to, as `Quantity.amount` does for what is written."""
    unit = next((unit for unit in dataset.units if unit.id == stat.unit), None)
    sign = "%" if unit and unit.percent else unit.symbol if unit else None
    return rounded(stat.value * dataset.worths[stat.id]), sign if sign and sign in "%€$£" else ""


class Comparison:
    """Compares the texts of a dataset's records; the French text speaks for both."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        bodies: list[Any] = [*dataset.organisations, *dataset.people]
        ids = {name: body.id for body in bodies for name in (body.name, *body.aliases)}
        self.names = Names(ids)
        self.known = " ".join([*ids, *self._vouching_texts()])

    def differences(self, rule: str, record: Any) -> Iterator[Message]:
        """Say what of a sort of fact is not the same everywhere, or has nothing to vouch for it."""
        yield from self._names(record) if rule == "names" else self._facts(rule, record)

    def _facts(self, rule: str, record: Any) -> Iterator[Message]:
        vouched = self._vouched(rule, record)
        for field, text, translation in pairs(record):
            fr, en = say(text, "fr")[rule], say(translation, "en")[rule]
            for fact in fr.said - en.said - en.may:
                yield message("french-only", field=field, fact=_spoken(fact))
            for fact in en.said - fr.said - fr.may:
                yield message("english-only", field=field, fact=_spoken(fact))
            for fact in fr.said if field != "words" else ():
                if vouched is not None and fact.rpartition(" ")[2] not in vouched:
                    yield message("unvouched", field=field, fact=_spoken(fact))
        if isinstance(record, model.Claim):
            fr, excerpt = say(record.text.fr, "fr")[rule], say(record.excerpt, "fr")[rule]
            own = self._own_fact(rule, record)
            for fact in excerpt.said - fr.said - fr.may:
                if rule != "dates" or fact != own:
                    yield message("excerpt-has", fact=_spoken(fact))
            if own and own not in {*chain(*fr, *excerpt)}:
                yield message("lacking", fact=_spoken(own))

    def _own_fact(self, rule: str, claim: Claim) -> str:
        """Give what the other fields of a claim say: its value, its approximation or its date."""
        if rule == "dates":
            return claim.date or ""
        if not isinstance(claim, model.Stat) or rule == "negations":
            return ""
        approximation = claim.approximation
        if rule == "hedges":
            return approximation if approximation == "on-average" else ""
        hedge = "" if approximation in {"exact", "on-average"} else approximation
        return f"{hedge} {figure(amount(claim, self.dataset))}".strip()

    def _vouched(self, rule: str, record: Any) -> set[str] | None:
        """Give the facts that a text may hold: its record's own, those of claims on its topics."""
        found: set[str] = set()
        if isinstance(record, model.Claim):
            found = {fact.rpartition(" ")[2] for fact in chain(*say(record.excerpt, "fr")[rule])}
            found.add(self._own_fact(rule, record).rpartition(" ")[2])
        elif not isinstance(record, model.Computed) or rule in {"negations", "hedges"}:
            return None
        if rule in {"negations", "hedges"}:
            loose = {"can"} if isinstance(record, model.Stat) else {"can", "on-average"}
            return found | loose | {*say(getattr(record, "words", ""), "fr")[rule].said}
        related = [claim for claim in self.dataset.claims if {*record.topics} <= {*claim.topics}]
        for date in (claim.date for claim in related if claim.date):
            # A date vouches for itself without its year, its month or its day.
            found |= {date, date[:4], date[4:], date[:7]}
        if isinstance(record, model.Computed):
            return found | self._vouched_by_formula(record, related)
        found.add(str(len(record.organisations)))
        return found | self._figures([record] if isinstance(record, model.Stat) else related)

    def _vouched_by_formula(self, computed: model.Computed, related: list[Claim]) -> set[str]:
        """Give the numbers that a formula's text may hold; what a sum adds up is not among them."""
        ids, values = computed.formula.inputs, self.dataset.values
        steps = [computed, *(step for step in self.dataset.computed if step.id in ids)]
        found = {str(len(step.formula.inputs)) for step in steps}
        found |= {figure((rounded(values[step.id]), "")) for step in steps}
        if computed.formula.operation == "sum":
            return found | self._figures([claim for claim in related if claim.id not in ids])
        return found | self._figures([*related, *self.dataset.behind(computed)])

    def _figures(self, records: list[Any]) -> set[str]:
        stats = (record for record in records if isinstance(record, model.Stat))
        return {figure(amount(stat, self.dataset)) for stat in stats}

    def _names(self, record: Any) -> Iterator[Message]:
        names = self.names
        for field, fr, en in pairs(record):
            if [*dict.fromkeys(names.of(fr))] != [*dict.fromkeys(names.of(en))]:
                yield message("other-names", field=field)
            if isinstance(record, model.Claim | model.Computed):
                both = [(en, word) for word in names.capitals(fr)]
                both += [(fr, word) for word in names.capitals(en)]
                for word in (word for text, word in both if lacks(text, word)):
                    yield message("one-language", field=field, fact=word)
                strange = [id for id in names.of(fr) if id not in self._own_names(record)]
                strange += [word for word in names.capitals(fr) if lacks(self.known, word)]
                for name in strange if field != "words" else ():
                    yield message("unvouched", field=field, fact=name)
        if isinstance(record, model.Claim):
            text, excerpt = record.text.fr, record.excerpt
            lacking = [*(Counter(names.of(excerpt)) - Counter(names.of(text)))]
            lacking += [word for word in names.capitals(excerpt) if lacks(text, word)]
            for name in lacking:
                yield message("excerpt-has", fact=name)

    def _own_names(self, record: Any) -> set[str]:
        """Give the ids of whom a record may name: its organisations, its speaker, its sources'."""
        claims = self.dataset.behind(record) if isinstance(record, model.Computed) else [record]
        found = {id for claim in claims for id in getattr(claim, "organisations", ())}
        sources = {id for claim in claims for id in getattr(claim, "sources", ())}
        producers = (source.producers for source in self.dataset.sources if source.id in sources)
        return found.union({getattr(record, "speaker", "")}, *producers)

    def _vouching_texts(self) -> Iterator[str]:
        """Go through what vouches for a word with a capital: all but the texts of claims."""
        yield self.dataset.release.title
        for record in self.dataset.records():
            if isinstance(record, model.Claim):
                yield f"{record.excerpt} {getattr(record, 'words', '')}"
            elif not isinstance(record, model.Computed):
                yield from chain.from_iterable((fr, en) for _, fr, en in pairs(record))
