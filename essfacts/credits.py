"""Who a person's own text credits with a figure, or with the study, and who really vouches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from essfacts.language import message
from essfacts.note import COUNTING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from essfacts.model import Stat
    from essfacts.note import Finding, Note, Sentence, Token

_ACRONYM = re.compile(r"[A-Z]{3,}\b")


class Credits:
    """Checks who is credited with what a note says."""

    def __init__(self, note: Note) -> None:
        self.note, dataset, pattern = note, note.dataset, note.pattern
        ours = [source for source in dataset.sources if source.type in {"release", "study"}]
        self.ours = {source.id for source in ours}
        self.makers = {id for source in ours for id in source.producers}
        # People speak of figures, and make none.
        self.others = {note.theme, *note.works, *(person.id for person in dataset.people)}
        self.things = {*note.phrases.values()} - note.bodies.keys()
        self.maker = pattern(r"{makers}\b")
        self.credit = pattern(r"(?:\b{according to}|\((?=[\w .-]+(?:\)|, \d))){articles}?")
        self.counts = pattern(r"(?:'s (?=\w)| {have})? ?{counts}\b")
        self.of_figure = pattern(r"\b{figures}\b")
        self.made = pattern(r"\b{made} {made by}{articles}?")
        self.by = {word for words in note.words["made by"] for word in words.split()[:1]}
        self.a_thing = pattern(r"\b{of}{articles}?")
        self.the_work = pattern(r"\b(?:{articles}|{such})$")
        # The figures of the last sentence that has any.
        self.last = -2
        self.stats: Sequence[Stat] = ()

    def check(self, sentence: Sentence, text: str, stats: Sequence[Stat]) -> Iterator[Finding]:
        """Compare who a sentence credits with its figures, or those before it, and the study."""
        if stats:
            self.last, self.stats = sentence.number, stats
        is_next = sentence.number == self.last + 1 and COUNTING.isdisjoint(sentence.words)
        if stats or (is_next and self.of_figure.search(text)):
            yield from self.figures(sentence, text)
        if not self.by.isdisjoint(sentence.words):
            yield from self.study(sentence, text)

    def is_maker(self, sentence: Sentence, token: Token) -> bool:
        """Tell whether a word may name who makes figures: a body, letters, one that all know."""
        # Letters in brackets may stand for what is before them.
        is_after = sentence.plain[token.start - 1 : token.start] == "("
        if token.key in self.others or (is_after and token.key not in self.note.ours):
            return False
        if token.key in self.note.bodies or self.maker.match(sentence.plain, token.start):
            return True
        start = sentence.places[token.start]
        return token.key not in self.things and bool(_ACRONYM.match(self.note.text, start))

    def figures(self, sentence: Sentence, text: str) -> Iterator[Finding]:
        """Find who is credited with figures of which another is the source."""
        note, named = self.note, self.note.dataset.named
        sources = [[named("sources", id) for id in stat.sources] for stat in self.stats]
        vouching = self.makers | {id for row in sources for one in row for id in one.producers}
        credits = {found.end(): found.start() for found in self.credit.finditer(text)}
        for token in sentence.tokens:
            is_credited = token.start in credits or self.counts.match(text, token.end)
            if not is_credited or token.key in vouching or not self.is_maker(sentence, token):
                continue
            makers = [named("producers", id).name for one in sources[-1] for id in one.producers]
            is_ours = any(source.id in self.ours for source in sources[-1])
            who = message("the-release") if is_ours else [*dict.fromkeys(makers)]
            start = sentence.places[credits.get(token.start, token.start)]
            end, expected = sentence.places[token.end - 1] + 1, message("check-source", who=who)
            yield note.finding("source", start, end, expected, self.stats[-1].id)
            return

    def study(self, sentence: Sentence, text: str) -> Iterator[Finding]:
        """Find who is said to have made the study, and did not."""
        note, dataset = self.note, self.note.dataset
        for found in self.made.finditer(text):
            before = sentence.between(0, found.start())
            maker = next((one for one in sentence.tokens if one.start == found.end()), None)
            works = [one for one in before[-3:] if one.key in note.works]
            if not (maker and works and self.is_maker(sentence, maker)):
                continue
            # « L'étude se sert de la liste publiée par »: it is another thing that is published.
            if self.a_thing.search(text, works[-1].end, found.start()):
                continue
            is_the = self.the_work.search(text, 0, works[-1].start)
            if is_the and maker.key not in self.makers and note.is_seen(note.works, sentence):
                who = [dataset.named("publishers", id).name for id in dataset.release.publishers]
                places = sentence.places[maker.start], sentence.places[maker.end - 1] + 1
                day = dataset.release.date
                claim = next((one.id for one in dataset.claims if one.date == day), "")
                yield note.finding("source", *places, message("check-publisher", who=who), claim)
