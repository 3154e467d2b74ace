"""In which offices a person's own text says that people are, and on whose behalf they speak."""

from __future__ import annotations

import re
from itertools import chain, product
from typing import TYPE_CHECKING, NamedTuple

from essfacts.language import LANGUAGES
from essfacts.names import NAME, claim_of, is_misspelt
from essfacts.note import any_of, told
from essfacts.terms import STOP_WORDS, one_slip, stem
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from essfacts.language import Message
    from essfacts.model import Organisation, Person, Text
    from essfacts.note import Finding, Note, Sentence, Token

_APPOSED = re.compile(rf"({NAME.pattern}),\s+(?:la |le |the )?$")


class _Held(NamedTuple):
    """An office that the release gives to a person: its title, told by what it has, its body."""

    person: Person
    title: Text
    roles: list[set[str]]
    words: set[str]
    body: Organisation

    def told(self) -> Message:
        """Say who is what, and where."""
        titles = (getattr(self.title, language) for language in LANGUAGES)
        return told(*(f"{self.person.name}, {title}, {self.body.name}" for title in titles))


class Offices:
    """Checks in which offices people are said to be, and who is said to be in theirs."""

    def __init__(self, note: Note) -> None:
        self.note, named = note, note.dataset.named
        self.roles = {role: rf"\b{any_of(words)}\b" for role, words in note.words["roles"].items()}
        self.known: dict[str, set[str]] = {}
        self.title = re.compile(rf"\b{any_of(chain(*note.words['roles'].values()))}\b")
        self.ordinal = note.pattern(r"\b{ordinal}\b")
        self.held = [
            _Held(
                person,
                office.title,
                [self.roles_of(office.title.fr), self.roles_of(office.title.en)],
                {*self.words_of(office.title.fr), *self.words_of(office.title.en)},
                named("organisation", office.organisation),
            )
            for person in note.dataset.people
            for office in person.offices
            if not office.title_is_descriptive
        ]
        self.people = {held.person.id for held in self.held}
        people = {name for name, body in note.called.items() if body.id in self.people}
        self.called = {word for name in people for word in re.findall("[a-z]+", name)}
        title = rf"(?P<title>(?:(?:{'|'.join(self.roles.values())})[- ]*)+)"
        # Of a sort of bodies there may be another than the release has: another region.
        sorts = any_of({fold(held.body.name).split()[0] for held in self.held})
        bodies = any_of(sorted(note.called.keys() - people, key=len, reverse=True))
        body = rf"\b(?P<body>{bodies}|{sorts} (?P<other>[\w-]+))\b"
        more = rf" {note.groups['and']} (?:{note.groups['articles']})?{self.title.pattern}"
        of = rf"(?P<of>(?:(?!{more}|\b{any_of(people)}\b)[^,.;:()]){{0,60}}?)"
        self.forms = [
            re.compile(rf"{title}{of}{body}"),
            re.compile(rf"{body}(?P<of>)(?:'s)?(?: est| is)? {title}"),
        ]
        self.bare = re.compile(rf"{title}{of}(?P<body>)(?P<other>)(?=[,.;:()]|$|{more})")
        # Whom a person may speak for: their own bodies, and of what these are a part.
        self.own = {id: set[str]() for id in self.people}
        for held in self.held:
            self.own[held.person.id] |= {held.body.id, *note.keys(held.body.description)}
        self.behind = note.pattern(
            r",? (?:(?:\w+ |s'){{0,3}}?{speaks for}|{of}){articles}?|, {for}{articles}?| \("
        )
        self.place = note.pattern(r",? {at}{articles}?")
        self.ahead = note.pattern(r"\b{speaks for}{articles}?$")
        self.voice = note.pattern(r"(?:^|[,;:] ?){for}{articles}?$")
        self.comma = note.pattern(r",? {title}?")
        self.spoke = note.pattern(r" {title}?(?:{says}|{speaks})\b")
        self.row = note.pattern(r",? (?:{and} )?(?:{of}|{articles})|,? {and} ")
        self.after_of = note.pattern(r"{of}{title}?$")
        # What stands between who it is and a title, and another; before one whose holder follows.
        self.lead = note.pattern(r"[ ,(-]+(?:{is} )?{articles}?(?:[a-z]+ )?")
        self.more = note.pattern(r"\)?,? {and} {articles}?(?:[a-z]+ )?")
        self.the = note.pattern(r"{articles}(?:\w+ )?$")
        self.gap = note.pattern(r",? ?(?:par |by )?{title}?")
        self.of = note.pattern("{of}?{articles}?")
        self.inside = note.pattern(r" {in}")

    def roles_of(self, title: str) -> set[str]:
        """Tell what a title has; it is kept, since a text says the same titles again."""
        if title not in self.known:
            plain = fold(title)
            self.known[title] = {
                role for role, words in self.roles.items() if re.search(words, plain)
            }
        return self.known[title]

    def words_of(self, title: str) -> list[str]:
        """Give the words of a title but for what it has."""
        rest = self.ordinal.sub("", self.title.sub("", fold(title)))
        return [stem(word) for word in re.findall(r"\w+", rest) if word not in STOP_WORDS]

    def check(self, sentence: Sentence) -> Iterator[Finding]:
        """Check the offices that a sentence names."""
        note, plain, places = self.note, sentence.plain, sentence.places
        # Most sentences name nobody: what their words stand for is not asked.
        is_named = not self.called.isdisjoint(sentence.words)
        people = [one for one in sentence.tokens if one.key in self.people] if is_named else []
        if people:
            yield from self.spoken_for(sentence, people)
        if not self.title.search(plain) or note.bodies.keys().isdisjoint(sentence.whole):
            return
        ends = {token.end: (token.key, self.lead) for token in people}
        found = [said for form in self.forms for said in form.finditer(plain)]
        covered = [said.span() for said in found]
        found += [
            said
            for said in (self.bare.finditer(plain) if people else ())
            if not any(start < said.end() and said.start() < end for start, end in covered)
        ]
        for said in sorted(found, key=lambda said: said.start()):
            start, end = said.span()
            if said["other"] and not note.text[places[said.start("other")]].isupper():
                continue
            before = [who for at, (who, link) in ends.items() if link.fullmatch(plain, at, start)]
            after = [one.key for one in people if self.gap.fullmatch(plain, end, one.start)]
            is_before = before and not (after and self.the.search(plain, 0, start))
            who = "".join(before[-1:] if is_before else after[:1])
            ends |= {end: (who, self.more)} if who else {}
            stranger = _APPOSED.search(note.text, places[0], places[start])
            if held := self.instead(said, sentence, who, stranger[1] if stranger else ""):
                shown, claim = (places[start], places[end - 1] + 1), claim_of(note, held.person.id)
                yield note.finding("person", *shown, held.told(), claim)

    def spoken_for(self, sentence: Sentence, people: list[Token]) -> Iterator[Finding]:
        """Check on whose behalf people are said to speak."""
        note, plain, places = self.note, sentence.plain, sentence.places
        bodies = [
            one for one in sentence.tokens if one.key in note.bodies and one.key not in self.people
        ]
        for who, body in product(people, bodies):
            if body.key in self.own[who.key]:
                continue
            if self.is_behind(plain, who, body):
                held = next(held for held in self.held if held.person.id == who.key)
                shown = places[min(who.start, body.start)], places[max(who.end, body.end) - 1] + 1
                note.recognised["people"] += 1
                yield note.finding("person", *shown, held.told(), claim_of(note, who.key))
                return

    def is_behind(self, plain: str, who: Token, body: Token) -> bool:
        """Tell whether a text says that somebody speaks for a body."""
        if body.start > who.end:
            # In a row, each is of what leads to it: « avec le soutien de X, de Y et de Z ».
            if self.after_of.search(plain, 0, who.start) and self.row.match(plain, body.end):
                return False
            is_first = not who.start or plain[who.start - 2] == ","
            links = [self.behind, *([self.place] if is_first else [])]
            return any(link.fullmatch(plain, who.end, body.start) for link in links)
        if plain.startswith("'s ", body.end):
            return body.end + len("'s ") == who.start
        is_near = self.comma.fullmatch(plain, body.end, who.start)
        is_voice = self.voice.search(plain, 0, body.start) and self.spoke.match(plain, who.end)
        return bool(is_near and (is_voice or self.ahead.search(plain, 0, body.start)))

    def instead(
        self, said: re.Match[str], sentence: Sentence, who: str, stranger: str
    ) -> _Held | None:
        """Give the office that the release has, where a text says another or another's."""
        roles, own = (
            self.roles_of(said["title"]),
            [one for one in self.held if one.person.id == who],
        )
        if not said["body"]:
            return next((held for held in own if self.is_other(held, said, sentence)), None)
        if said["other"]:
            sort = said["body"].split()[0]
            like = [one for one in own if fold(one.body.name).split()[0] == sort]
            names = [fold(one.body.name).split()[-1] for one in like]
            is_slip = any(one_slip(said["other"], name) for name in names)
            is_own = any(said["body"] in fold(one.body.name) for one in own)
            alike = (held for held in like if {*roles} - {"leader"} in [*held.roles, set()])
            return None if is_slip or is_own else next(alike, None)
        body, words = self.note.called[said["body"]].id, {*self.words_of(said["of"])}
        at = [held for held in self.held if held.body.id == body]
        if own:
            self.note.recognised["people"] += 1
            mine = [held for held in at if held in own]
            fits = [held for held in mine if roles == {"leader"} or roles in held.roles]
            # Who presides or leads may do so elsewhere too: over a commission, a working group.
            known = {word for held in own for word in held.words}
            is_part = roles <= {"chair", "leader"} and not words <= known
            if not fits:
                return None if is_part else (mine or own)[0]
            held, first = fits[0], self.ordinal.search(sentence.plain[: said.start()][-20:])
            titles = " ".join(fold(getattr(held.title, name)) for name in LANGUAGES)
            is_first = not first or first[0] in titles or not self.ordinal.search(titles)
            is_whole = not words - held.words or held.words <= words
            return None if is_first and is_whole else held
        # Many may direct: one alone is in the chair.
        is_whole = roles == {"chair"} and bool(self.of.fullmatch(said["of"])) and bool(stranger)
        chairs = (held for held in at if is_whole and roles in held.roles)
        return next((one for one in chairs if not is_misspelt(stranger, one.person)), None)

    def is_other(self, held: _Held, said: re.Match[str], sentence: Sentence) -> bool:
        """Tell whether a title without a body is an office's, but for the name in it."""
        if {*self.roles_of(said["title"])} - {"leader"} not in [*held.roles, set()]:
            return False
        of = self.inside.split(said["of"])[0]
        words, body = {*self.words_of(of)}, {*self.words_of(held.body.name)}
        strange, shared = words - held.words - body, words & held.words
        at = said.start("of")
        names = {
            stem(word[0])
            for word in re.finditer(r"\w+", of)
            if self.note.text[sentence.places[at + word.start()]].isupper()
        }
        is_named = bool(strange & names)
        return bool(shared) and (
            is_named or bool(len(shared) > 1 and strange and held.words - words)
        )
