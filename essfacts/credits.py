"""Who a person's own text credits with a figure, or with the study, and who really vouches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from essfacts.language import message
from essfacts.note import COUNTING
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from essfacts.model import Stat
    from essfacts.note import Finding, Note, Sentence, Token

_ACRONYM = re.compile(r"[A-Z]{3,}\b")
# How many words from its date what comes out may stand, bodies apart.
_NEAR = 8
# How far behind its verb what is published may begin.
_BESIDE = 12


class Study:
    """Tells what a note says of the study: that it comes out, and whose it is."""

    def __init__(self, note: Note) -> None:
        self.note, dataset, pattern = note, note.dataset, note.pattern
        works = [source for source in dataset.sources if source.type in {"release", "study"}]
        self.works = {source.id for source in works}
        self.makers = {id for source in works for id in source.producers}
        self.title = {note.theme}.union(*(note.keys(source.title) for source in works))
        # People make neither figures nor studies.
        self.others = {note.theme, *note.works, *(person.id for person in dataset.people)}
        self.things = {*note.phrases.values()} - note.bodies.keys()
        # Its makers' names in short, and of whom they are a part, are no other's.
        ours = [body for body in dataset.organisations if body.id in self.makers]
        parts = (word for body in ours for word in fold(body.name).split())
        kin = (note.keys(body.description) for body in ours)
        self.kin = self.others.union(self.makers, parts, *kin)
        self.maker = pattern(r"{makers}\b")
        self.published = pattern(r"\b{published}\b")
        self.made = pattern(r"\b(?:{published}|{made})\b")
        self.beside = pattern(r"{beside published}\b")
        self.by = pattern(r"(?:(?! {and} )(?:[^,.;:()]|,(?= ?\d))){{0,60}}?\b{by whom}{articles}?")
        self.has = pattern(r",? {has}?(?:{beside published} )*")
        self.of = pattern(r"(?:{of}|\b{by whom}|\b{which}){articles}?$")
        self.topic = pattern(r"\b(?:{about}|{in}){articles}?$")
        self.part = pattern(r"(\w+) (?:{about}|{of}){articles}?$")
        self.on = pattern(r" {about}{articles}?")
        self.the = pattern(r"^$|(?:{articles}|\b{this})(?:\w+ )?$")
        self.another = pattern(r"\b{other} $")
        self.results = pattern(r"{results}\b")
        self.it = pattern(r"\W*{goes on}\b")

    def check(self, sentence: Sentence, days: Sequence[str]) -> Iterator[Finding]:
        """Compare who is said to have made or published the study with who has."""
        note, plain, release = self.note, sentence.plain, self.note.dataset.release
        for said in self.made.finditer(plain) if plain[-1] != "?" else ():
            who, noun = self.agent(sentence, *said.span())
            if not (who and noun and self.is_work(sentence, noun)) or who.key in self.kin:
                continue
            is_ours = any(map(release.date.endswith, days))
            is_name = note.text[sentence.places[who.start]].isupper()
            is_known = self.the.search(plain, 0, noun.start) and note.is_seen(note.works, sentence)
            if (is_ours and is_name) or (is_known and self.is_maker(sentence, who)):
                claims = (one.id for one in note.dataset.claims if one.date == release.date)
                publishers = [note.dataset.named("publishers", id) for id in release.publishers]
                expected = message("check-publisher", who=[body.name for body in publishers])
                place = sentence.places[who.start], sentence.places[who.end - 1] + 1
                yield note.finding("source", *place, expected, next(claims, ""))
                return

    def agent(self, sentence: Sentence, start: int, end: int) -> tuple[Token | None, Token | None]:
        """Give who is said to make or to publish, and the word for what."""
        plain = sentence.plain
        words = [token for token in sentence.tokens if not self.beside.match(plain, token.start)]
        before = [token for token in words if token.end <= start]
        after = [token for token in words if token.start >= end]
        if by := self.by.match(plain, end):
            who = next((token for token in after if token.start == by.end()), None)
            # What stands between two commas is an aside.
            last = plain.rfind(",", 0, start)
            first = plain.rfind(",", 0, max(last, 0))
            nouns = [
                token
                for token in before
                if token.key not in self.note.bodies
                and not 0 <= first < token.start < last
                and (token.key in self.note.works or not self.topic.search(plain, 0, token.start))
            ][-1:]
            comma = plain.find(",", by.end()) % len(plain)
            nouns = nouns or [token for token in after if token.start > comma]
        else:
            is_next = before and self.has.fullmatch(plain, before[-1].end, start)
            who = before[-1] if is_next else None
            is_of = who and self.of.search(plain, 0, who.start)
            nouns = before[-2:-1] if is_of else after
        return who, next(iter(nouns), None)

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

    def is_published(self, sentence: Sentence, near: list[Token]) -> bool:
        """Tell whether the words near a date, the nearest first, say that the study comes out."""
        plain = sentence.plain
        bodies = {token.key for token in near if token.key in self.note.bodies}
        if bodies and bodies.isdisjoint(self.makers):
            return False
        near = [token for token in near if token.key not in bodies][:_NEAR]
        published = [token for token in near if self.published.match(plain, token.start)]
        nouns = [
            token
            for token in near
            if token not in published
            and not self.beside.match(plain, token.start)
            and not (token.key not in self.note.works and self.topic.search(plain, 0, token.start))
        ]
        before = self.note.sentences[max(sentence.number - 1, 0)]
        is_taken_up = self.it.match(plain) and not self.note.works.isdisjoint(before.whole)
        if published and bodies and is_taken_up:
            return True
        # What comes out stands nearest to its date, or is what somebody brings out.
        objects = [
            token
            for token in nouns
            if any(
                0 < token.start - one.end < _BESIDE and "," not in plain[near[0].start : one.end]
                for one in published
            )
        ]
        return bool(published) and any(
            self.is_ours(sentence, token) for token in (*nouns[:1], *objects)
        )

    def is_work(self, sentence: Sentence, noun: Token) -> bool:
        """Tell whether a word is the study's own, not of what is about it, nor of another."""
        if noun.key not in self.note.works:
            return False
        plain = sentence.plain
        part = self.part.search(plain, 0, noun.start)
        of = part[1] if part else ""
        topic = self.on.match(plain, noun.end)
        about = (token for token in sentence.tokens if topic and token.start == topic.end())
        is_other = any(token.key not in self.title for token in about)
        is_whole = not of or self.published.match(of) or self.results.match(of)
        return bool(is_whole) and not (is_other or self.another.search(plain, 0, noun.start))

    def is_ours(self, sentence: Sentence, noun: Token) -> bool:
        """Tell whether a word is the study, which somebody else's « une étude » is not."""
        is_known = self.the.search(sentence.plain, 0, noun.start) or self.makers & sentence.whole
        return bool(is_known) and self.is_work(sentence, noun)


class Credits:
    """Checks who is credited with figures."""

    def __init__(self, note: Note, study: Study) -> None:
        self.note, self.study, pattern = note, study, note.pattern
        self.credit = pattern(r"(?:\b{according to}|\((?=[\w .-]+(?:\)|, \d))){articles}?")
        self.counts = pattern(r"(?:'s (?=\w)| {have})? ?{counts}\b")
        self.of_figure = pattern(r"\b{figures}\b")
        # The figures of the last sentence that has any.
        self.last = -2
        self.stats: Sequence[Stat] = ()

    def check(self, sentence: Sentence, text: str, stats: Sequence[Stat]) -> Iterator[Finding]:
        """Find who is credited with figures, or those before, of which another is the source."""
        if stats:
            self.last, self.stats = sentence.number, stats
        is_next = sentence.number == self.last + 1 and COUNTING.isdisjoint(sentence.words)
        if not (stats or (is_next and self.of_figure.search(text))):
            return
        note, named, study = self.note, self.note.dataset.named, self.study
        sources = [[named("sources", id) for id in stat.sources] for stat in self.stats]
        vouching = study.makers | {id for row in sources for one in row for id in one.producers}
        credits = {found.end(): found.start() for found in self.credit.finditer(text)}
        for token in sentence.tokens:
            is_credited = token.start in credits or self.counts.match(text, token.end)
            if not is_credited or token.key in vouching or not study.is_maker(sentence, token):
                continue
            makers = [named("producers", id).name for one in sources[-1] for id in one.producers]
            is_ours = any(source.id in study.works for source in sources[-1])
            who = message("the-release") if is_ours else [*dict.fromkeys(makers)]
            start = sentence.places[credits.get(token.start, token.start)]
            end, expected = sentence.places[token.end - 1] + 1, message("check-source", who=who)
            yield note.finding("source", start, end, expected, self.stats[-1].id)
            return
