"""Ranked search, for half a memory and a slip of the keyboard."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts import model
from essfacts.errors import NothingFound, RequestError
from essfacts.language import significant
from essfacts.query import names
from essfacts.text import fold, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from essfacts.model import Dataset

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d{1,3}(?:[ .,]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?")
_ANY_WORD = rf"{_NUMBER.pattern}|{_WORD.pattern}"
_BETWEEN_THOUSANDS = re.compile(r"[ .,](?=\d{3}(?!\d))")
_PHRASE = r'"([^"]*)"'
_ELIDED = frozenset("c d j l m n s t qu jusqu lorsqu puisqu quoiqu".split())
_STOP_WORDS = frozenset(
    "a an and are as at au aux avec by ce ces d dans de des du elle en est et eux for from how il"
    " in is it its la le les leur leurs lui of on ou par pas pour qu que quel quelle qui s sa se"
    " ses son sont sur that the their this to un une was what which who with y about".split()
)
# In the plural, `travail` becomes `travaux`.
_IN_AIL = frozenset("coraux emaux soupiraux travaux vantaux vitraux".split())


class Hit(NamedTuple):
    """A claim that a search found, and how well."""

    item: Any
    score: float


class Found(NamedTuple):
    """What a search found, best first; `read_as` maps words to what they were taken for."""

    hits: list[Hit]
    terms: frozenset[str]
    phrases: tuple[str, ...]
    read_as: dict[str, str]
    partial: bool

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Give where what was found stands in a text, as offsets."""
        words = list(re.finditer(_ANY_WORD, text))
        folded = [_folded_word(word[0]) for word in words]
        spans = [word.span() for word in words if self.terms.intersection(terms_of(word[0]))]
        for phrase in self.phrases:
            size = phrase.count(" ") + 1
            spans += [
                (words[start].start(), words[start + size - 1].end())
                for start in range(len(words) - size + 1)
                if " ".join(folded[start : start + size]) == phrase
            ]
        return spans


def stem(word: str) -> str:
    """Reduce a folded French or English word to what its plural and singular share."""
    if len(word) > 4 and word.endswith("aux"):
        if word.endswith("eaux"):
            return word[:-1]
        return word[:-3] + ("ail" if word in _IN_AIL else "al")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and word[-2] != "s" else word


def terms_of(text: str) -> list[str]:
    """Split text into search terms: stems, and numbers in every way they may be meant."""
    folded = fold(text)
    numbers = [form for found in _NUMBER.findall(folded) for form in _number_forms(found)]
    words = _WORD.findall(_NUMBER.sub(" ", folded))
    return numbers + [stem(word) for word in words if word not in _ELIDED]


def _number_forms(written: str) -> list[str]:
    """Give the values that a written number may have: `1,367` is 1367 or 1.367."""
    whole = _BETWEEN_THOUSANDS.sub("", written)
    forms = {whole.replace(",", "."), written.replace(" ", "").replace(",", ".")}
    return sorted(f"{float(form):g}" for form in forms if form.count(".") <= 1)


class _Entry(NamedTuple):
    item: Any
    weights: dict[str, float]


def _index(items: Iterable[Any], dataset: Dataset) -> tuple[list[_Entry], Counter[str]]:
    entries = []
    vocabulary: Counter[str] = Counter()
    shared: dict[str, list[str]] = {}
    for item in items:
        weights: dict[str, float] = {}
        for weight, text in _searched(item, dataset):
            # Names of organisations and the like come again with each claim.
            terms = shared.get(text)
            if terms is None:
                terms = terms_of(text)
                if weight < 1:
                    shared[text] = terms
            for term in terms:
                weights[term] = max(weight, weights.get(term, 0))
        vocabulary.update(weights.keys())
        entries.append(_Entry(item, weights))
    return entries, vocabulary


def _searched(item: Any, dataset: Dataset) -> Iterator[tuple[float, str]]:
    """Give what is searched of a record, each text with its weight."""
    for field, weight in _WEIGHTS.items():
        value = getattr(item, field, None)
        if isinstance(value, model.Text):
            yield weight, value.fr
            yield weight, value.en
        elif isinstance(value, str):
            yield weight, value
    if isinstance(item, model.Stat):
        yield 3, f"{item.value:g}"
    elif isinstance(item, model.Computed):
        yield 3, f"{significant(dataset.values[item.id], dataset.digits[item.id]):g}"
    if isinstance(item, model.Claim | model.Computed):
        kind = model.KINDS[getattr(item, "kind", "stat")]
        yield 0.6, f"{kind.noun.fr} {kind.noun.en} {kind.typed}"
        for weight, ids in (
            (0.9, [getattr(item, "speaker", None)]),
            (0.8, item.topics),
            (0.7, getattr(item, "organisations", ())),
            (0.5, getattr(item, "sources", ())),
        ):
            for id in filter(None, ids):
                for text in _named(dataset.by_id[id], dataset):
                    yield weight, text
    else:
        for text in _named(item, dataset):
            yield 0.9, text


def _named(record: Any, dataset: Dataset) -> Iterator[str]:
    """Give the names of a record, and of the offices of a person."""
    yield from names(record, dataset)
    for office in getattr(record, "offices", ()):
        yield office.title.fr
        yield office.title.en
        yield from names(dataset.by_id[office.organisation], dataset)


_WEIGHTS: Mapping[str, float] = {
    "id": 2.5,
    "name": 3,
    "text": 2,
    "counts": 2,
    "excerpt": 2,
    "words": 1.5,
    "translation": 1.5,
    "description": 1.5,
}


def search(items: Sequence[Any], dataset: Dataset, query: str) -> Found:
    """Rank the items that a query finds, best first.

    All words must match; where no item has them all, those with most of them are found, and
    `partial` is true. A word that the dataset does not know is read as the one that a single slip
    of the keyboard makes of it. Raises NothingFound with the nearest words.
    """
    asked = _quotes(query)
    phrases = tuple(filter(None, (_folded_words(part) for part in re.findall(_PHRASE, asked))))
    searched = items
    if phrases:
        items = [item for item in items if _has_phrases(item, dataset, phrases)]
    entries, vocabulary = _index(items, dataset)
    groups, read_as = _terms(re.sub(_PHRASE, " ", asked), vocabulary, items, dataset)
    if not (groups or phrases):
        message = 'nothing to search for: give words, a figure or a "quoted phrase"'
        raise RequestError(message)
    matches = []
    for entry in entries:
        scores = [_score(group, entry.weights, vocabulary) for group in groups]
        matched = sum(score > 0 for score in scores)
        matches.append((matched, sum(scores), entry.item))
    most = max((matched for matched, _, _ in matches), default=0)
    if not entries or (groups and not most):
        hint = _nearest_words(query, _spellings(searched, dataset))
        if phrases and search(searched, dataset, asked.replace('"', " ")).hits:
            hint = "its words stand apart, and are found without quotation marks"
        message = f"nothing has {printable(query)}: {hint}"
        raise NothingFound(message)
    hits = [Hit(item, score) for matched, score, item in matches if matched == most]
    hits.sort(key=lambda hit: -hit.score)
    terms = frozenset(
        term for group in groups for wanted in group for term in vocabulary if _meets(wanted, term)
    )
    return Found(hits, terms, phrases, read_as, partial=most < len(groups))


def have_all(items: Sequence[Any], dataset: Dataset, query: str) -> list[Any]:
    """Give the items that have all the words of a query, as they are typed, best first."""
    try:
        found = search(items, dataset, query)
    except NothingFound:
        return []
    return [] if found.partial or found.read_as else [hit.item for hit in found.hits]


def _quotes(query: str) -> str:
    return re.sub("[«»“”„]", '"', query)


def _folded_words(text: str) -> str:
    """Give the folded words and numbers of a text; `1 367` and `1,367` become alike."""
    return " ".join(_folded_word(word) for word in re.findall(_ANY_WORD, fold(text)))


def _folded_word(word: str) -> str:
    folded = fold(word)
    return _BETWEEN_THOUSANDS.sub("", folded).replace(",", ".") if folded[0].isdigit() else folded


def _has_phrases(item: Any, dataset: Dataset, phrases: Iterable[str]) -> bool:
    texts = [f" {_folded_words(text)} " for _, text in _searched(item, dataset)]
    return all(any(f" {phrase} " in text for text in texts) for phrase in phrases)


def _spellings(items: Iterable[Any], dataset: Dataset) -> dict[str, str]:
    """Give the words that are searched, folded, each as it is printed."""
    texts = {text.lower() for item in items for _, text in _searched(item, dataset)}
    words = sorted({word for text in texts for word in _WORD.findall(text) if word.isalpha()})
    return {fold(word): word for word in words if fold(word) not in _ELIDED | _STOP_WORDS}


def _terms(
    query: str, vocabulary: Counter[str], items: Iterable[Any], dataset: Dataset
) -> tuple[list[list[str]], dict[str, str]]:
    """Read the words of a query; each gives the terms that it may stand for."""
    folded = fold(query)
    groups = [_number_forms(written) for written in _NUMBER.findall(folded)]
    words = [word for word in _WORD.findall(_NUMBER.sub(" ", folded)) if word not in _ELIDED]
    telling = [word for word in words if word not in _STOP_WORDS]
    read_as: dict[str, str] = {}
    for word in telling or words:
        wanted = stem(word)
        if not any(_meets(wanted, term) for term in vocabulary):
            spellings = _spellings(items, dataset)
            slips = [known for known in spellings if _one_slip(word, known)]
            if slips:
                best = max(slips, key=lambda known: (vocabulary[stem(known)], known))
                read_as[word], wanted = spellings[best], stem(best)
        groups.append([wanted])
    return groups, read_as


def _meets(wanted: str, term: str) -> bool:
    """Tell whether a term of the dataset is the one wanted, or goes on from its beginning."""
    return term == wanted or (
        len(wanted) > 2 and term.startswith(wanted) and not wanted[0].isdigit()
    )


def _score(group: list[str], weights: Mapping[str, float], vocabulary: Counter[str]) -> float:
    """Weigh the best match: rare words weigh more, and a beginning half as much as a whole."""
    best = 0.0
    for wanted in group:
        if wanted in weights:
            best = max(best, weights[wanted] / vocabulary[wanted] ** 0.5)
        elif len(wanted) > 2 and not wanted[0].isdigit():
            for term, weight in weights.items():
                if term.startswith(wanted):
                    best = max(best, weight / 2 / vocabulary[term] ** 0.5)
    return best


def _one_slip(word: str, known: str) -> bool:
    """Tell whether one letter changed, lost or added, or two swapped, parts two words."""
    if len(word) < 4 or abs(len(word) - len(known)) > 1 or word[0].isdigit():
        return False
    start = 0
    while start < min(len(word), len(known)) and word[start] == known[start]:
        start += 1
    one, other = word[start:], known[start:]
    return (
        one[1:] == other[1:]
        or one[1:] == other
        or one == other[1:]
        or (len(one) > 1 and one[1::-1] == other[:2] and one[2:] == other[2:])
    )


def _nearest_words(query: str, spellings: Mapping[str, str]) -> str:
    from difflib import get_close_matches

    near: dict[str, None] = {}
    for word in filter(str.isalpha, _WORD.findall(fold(query))):
        near |= dict.fromkeys(get_close_matches(word[:40], spellings, n=3, cutoff=0))
    return f"nearest words: {', '.join(spellings[word] for word in near)}"
