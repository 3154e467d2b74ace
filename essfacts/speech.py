"""What a person's own text quotes, who it says speaks, in which office, under which name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from difflib import SequenceMatcher
from functools import cached_property
from itertools import chain, pairwise, product
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from essfacts.fingerprint import hash_of, read_words, take
from essfacts.language import LANGUAGES, message
from essfacts.model import Person
from essfacts.note import ITEM, QUOTED, WORDS, Token, any_of, flat, told
from essfacts.prose import texts
from essfacts.terms import STOP_WORDS, one_slip, stem
from essfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from essfacts.fingerprint import Fingerprint, Words
    from essfacts.language import Message
    from essfacts.model import Organisation, Record, Text
    from essfacts.note import Finding, Note, Sentence

# Shorter quotations, runs and cuts tell nothing; who speaks stands so near to a quotation.
_SHORTEST, _RUN, _CUT, _AROUND = 4, 3, 4, 160
# What it costs at most, in words, that a quotation goes on elsewhere than it was.
_BREAK = 2
_LEFT_OUT, _STOP = re.compile(r"\[|\(|\.\.\.|…"), re.compile(r"[.!?]")
# What may change where a quotation is fitted into a sentence.
_JOINING = ("articles", "of")
_ELLIPSIS = re.compile(r"\[\W*\]|\.\.\.|…")
_WHOLE, _SENTENCE = re.compile(r"[.!?…]\W*\Z"), re.compile(r"[^\S\n]+[A-ZÀ-Ý]")
_NAME = re.compile(r"[A-ZÀ-Ý][\w-]+(?:\s+[A-ZÀ-Ý][\w-]+)+")
_CAPITAL = re.compile(r"\b[A-ZÀ-Ý]\w+")
# Shorter words and slips tell nothing of a name; how alike two are of which one is meant.
_SHORT, _ALIKE = 3, 0.75
# How much of what is said of somebody tells that a name with a slip is theirs.
_TELLING = 2
# Longer names are known with any slip; of two letters that are the same, the first.
_LONG, _DOUBLED = 5, re.compile(r"(.)(?=\1)")
_APPOSED = re.compile(rf"({_NAME.pattern}),\s+(?:la |le |the )?$")

# A word of a quotation, and the place of a text where it is the same.
_Pair = tuple[int, int]


class _Reference:
    """Texts that may be quoted: where each stands, its words as far as they are known.

    Of what a quotation has, `least` is known at least; what only joins words, `seams`, may differ.
    """

    def __init__(
        self,
        print: Fingerprint,
        texts: Mapping[str, str],
        least: float,
        seams: frozenset[int] = frozenset(),
    ) -> None:
        self.print, self.texts, self.least, self.seams = print, texts, least, seams
        self.places = [at for at, word in enumerate(print.hashes) if word not in seams]
        hashes = [print.hashes[place] for place in self.places]
        self.matcher = SequenceMatcher(None, (), hashes, autojunk=False)
        self.words = dict[int, str]()

    @cached_property
    def spans(self) -> dict[str, range]:
        """Give where each text stands."""
        found = {id: self.print.find(text) for id, text in self.texts.items()}
        return {id: spans[0] for id, spans in found.items() if spans}

    @cached_property
    def holders(self) -> dict[int, list[str]]:
        """Give in which texts a word stands, the longest first."""
        found: dict[int, list[str]] = {}
        for id, span in sorted(self.spans.items(), key=lambda held: -len(held[1])):
            for place in span:
                found.setdefault(place, []).append(id)
        return found

    def word(self, place: int) -> str:
        """Give a word with the marks behind it; nothing where no claim holds it."""
        if place not in self.words and place in self.holders:
            id = self.holders[place][0]
            known = read_words(self.texts[id])
            kept = [at for at in range(len(known.starts)) if not known.is_mark(at)]
            ends = [*(known.starts[at] for at in kept[1:]), len(known.text)]
            plain = (known.text[known.starts[at] : end] for at, end in zip(kept, ends, strict=True))
            self.words = dict(zip(self.spans[id], plain, strict=False)) | self.words
        return self.words.get(place, "")

    def claim_at(self, pairs: Sequence[_Pair]) -> str:
        """Give the claim in which most of some words stand, else the nearest."""
        held = Counter(id for _, place in pairs for id in self.holders.get(place, ()))

        def nearness(id: str) -> tuple[int, int]:
            return held[id], -abs(self.spans[id].start - pairs[0][1])

        return max(held or self.spans, key=nearness)

    def align(self, hashes: Sequence[int], theme: set[int]) -> list[_Pair]:
        """Align a quotation word by word; nothing unless enough of it is known."""
        kept = [at for at, word in enumerate(hashes) if word not in self.seams]
        said = [hashes[at] for at in kept]
        # Without what joins words, two in a row tell as much as three with it.
        run = _RUN - bool(self.seams)
        blocks = _blocks(self.matcher, said, len(self.places), run)
        known = [word for at, _, size in blocks for word in said[at : at + size]]
        # Pieces from here and there, and words of the theme alone, are another's sentence.
        drifts = [place - at for at, place, _ in blocks]
        breaks = sum(min(_BREAK, abs(after - before) / 2) for before, after in pairwise(drifts))
        # So is a sentence that goes on, or comes in, with words of its own.
        ends = [(0, 0), *((at, at + size) for at, _, size in blocks), (len(kept), 0)]
        breaks += (ends[1][0] > _RUN) + (len(kept) - ends[-2][1] > _RUN)
        share = (len(known) - breaks) / max(len(kept), 1)
        if share < self.least or sum(word not in theme for word in known) < _RUN:
            return []
        return [
            (kept[at + step], self.places[place + step])
            for at, place, size in blocks
            for step in range(size)
        ]


def _blocks(
    matcher: SequenceMatcher[int], hashes: Sequence[int], whole: int, run: int
) -> list[tuple[int, int, int]]:
    """Find what a quotation has of a text: runs of words anywhere, pairs near them.

    Give from which word of it, from which place of the text, how many are the same.
    """
    blocks = []
    matcher.set_seq1(hashes)
    waiting = [(0, len(hashes), -1, -1)]
    for low, high, first, last in waiting:
        at, place, size = matcher.find_longest_match(low, high, 0, whole)
        if size < run:
            reach = 2 * (high - low)
            start = max(first, last - reach, 0)
            stop = last if last >= 0 else min(whole, first + reach)
            at, place, size = matcher.find_longest_match(low, high, start, stop)
        if size > 1:
            blocks.append((at, place, size))
            waiting += [(low, at, first, place), (at + size, high, place + size, last)]
    return sorted(blocks)


def _references(note: Note, fingerprint: Fingerprint) -> Iterator[_Reference]:
    """Go through what may be quoted: the release, then our translations, then its words loosely."""
    dataset = note.dataset
    exact = {claim.id: claim.exact for claim in dataset.claims}
    ours = {quote.id: quote.translation for quote in dataset.quotes}
    yield _Reference(fingerprint, exact, 0.5)
    ours |= {
        f"{source.id} {language}": getattr(source.title, language)
        for source in dataset.sources
        for language in LANGUAGES
    }
    joining = (word for row in WORDS.values() for group in _JOINING for word in row[group])
    seams = frozenset(hash_of(word.strip(" '")) for word in joining)
    # Another's translation has words of ours: more must be alike for it to be ours, altered.
    yield _Reference(take("\n\n".join(ours.values())), ours, 0.75, seams)
    yield _Reference(fingerprint, exact, 0.75, seams)


def quotations(note: Note, fingerprint: Fingerprint) -> Iterator[Finding]:
    """Check what stands between quotation marks, and who is said to speak."""
    found = [*QUOTED.finditer(note.text)]
    if not found or not note.dataset.claims:
        return
    references, own = [*_references(note, fingerprint)], ""
    alike = (row.words for row in note.dataset.synonyms if row.id == note.theme)
    theme = {word for names in alike for word in read_words(" ".join(names)).hashes}
    for quoted in found:
        words = read_words(quoted[0])
        kept = [place for place in range(len(words.starts)) if not words.is_mark(place)]
        hashes = [words.hashes[place] for place in kept]
        if len(kept) < _SHORTEST:
            continue
        known = ((reference, reference.align(hashes, theme)) for reference in references)
        reference, pairs = next(filter(itemgetter(1), known), (references[0], []))
        if not pairs:
            own = own or _own_words(note)
            if _plain(quoted[0]) not in own:
                place = quoted.start() + 1, quoted.end() - 1
                expected = message("check-unknown")
                yield note.finding("quotation", *place, expected, "", severity="remark")
            continue
        id = reference.claim_at(pairs)
        # A term, a title or another name that the dataset has is nobody's words.
        if id not in note.dataset.by_id:
            continue
        note.recognised["quotations"] += 1
        # Who translates otherwise than we may be as right.
        severity = "remark" if reference is references[1] else "finding"
        for expected, at, said, gone in _differences(words, kept, pairs, reference):
            how = {"said": said, "severity": severity}
            offset = quoted.start() + at
            # What was there instead may be another claim's than most of the quotation.
            held = [other for place in gone for other in reference.holders.get(place, ())]
            claim = id if id in held else next(iter(held), id)
            yield note.finding("quotation", offset, offset, expected, claim, **how)
        yield from _speaker(note, quoted, note.dataset.by_id[id])


def _plain(text: str) -> str:
    return " ".join(["", *re.findall(r"\w+", fold(text)), ""])


def _own_words(note: Note) -> str:
    """Give all that the dataset says in its own words, and the names and terms that it has."""
    said = (text for record in note.dataset.records() for _, text in texts(record))
    sides = (
        side
        for text in said
        for side in ((text,) if isinstance(text, str) else vars(text).values())
    )
    return "|".join(map(_plain, sides))


def _differences(
    words: Words,
    kept: Sequence[int],
    pairs: Sequence[_Pair],
    reference: _Reference,
) -> Iterator[tuple[Message, int, str, range]]:
    """Go through how a quotation differs: how, where, what it says, and in place of which words."""
    text, begin, passage = words.text, words.starts[kept[0]], reference.print.passage_of
    hashes = reference.print.hashes

    def is_aside(place: int) -> bool:
        start = words.starts[place]
        return text.rfind("[", begin, start) > text.rfind("]", begin, start)

    def said(start: int, stop: int) -> str:
        shown = kept[max(start, 0) : stop]
        return text[words.starts[shown[0]] : words.ends[shown[-1]]] if shown else ""

    def written(places: range) -> str:
        return "".join(map(reference.word, places)).strip(" ,;:")

    def ends(place: int) -> bool:
        return bool(_STOP.search(reference.word(place) or "."))

    for (last, there), (right, after) in pairwise([(-1, -1), *pairs, (len(kept), -1)]):
        left, before = last + 1, there + 1
        put = [
            place
            for place in kept[left:right]
            if not is_aside(place) and words.hashes[place] not in reference.seams
        ]
        is_inside = there >= 0 and after >= 0
        gone = range(before if there >= 0 else after, after if after >= 0 else before + len(put))
        if after < 0 and ends(before - 1):
            gone = range(before, before)
        while gone and hashes[gone[0]] in reference.seams:
            gone = gone[1:]
        is_marked = after >= before and _LEFT_OUT.search(words.between(kept[left - 1], kept[right]))
        is_same = after >= before and not gone
        is_left_out = is_inside and _ELLIPSIS.search(reference.word(before - 1))
        if put:
            key, at = "check-altered", put[0]
        elif not is_inside or is_marked or (is_same and not is_left_out):
            continue
        else:
            is_cut = after > before and passage(before - 1) == passage(after)
            key, at = "check-cut" if is_cut or is_left_out else "check-joined", kept[right]
            key = "check-altered" if is_cut and len(gone) < _CUT else key
        is_shown = len(gone) < len(put) + _CUT and written(gone)
        pieces = (
            said(left - 3, left),
            f"[-{written(gone)}-]" if is_shown else "",
            f"{{+{' '.join(map(words.word, put))}+}}" if put else "",
            said(right, right + 3),
        )
        end = next((at + 1 for at in range(gone.stop, gone.stop + 3) if ends(at)), gone.stop + 3)
        theirs = written(range(gone.start - 3, end)) if key == "check-altered" else ""
        expected = message("check-altered-from", said=theirs) if theirs else message(key)
        yield expected, words.starts[at], " ".join(filter(None, pieces)), gone


def _people(note: Note, start: int, end: int) -> list[Token]:
    """Find people whom the dataset knows in a piece of the text."""
    found = re.finditer(rf"\b{note.names}\b", flat(note.text[start:end]))
    named = [
        Token(note.called[name[0]].id, start + name.start(), start + name.end()) for name in found
    ]
    people = {person.id for person in note.dataset.people}
    return [one for one in named if one.key in people and note.text[one.start].isupper()]


def _speaker(note: Note, quoted: re.Match[str], claim: Record) -> Iterator[Finding]:
    """Compare who a quotation is given to with who speaks it."""
    text, start, end = note.text, quoted.start(), quoted.end()
    # Who speaks in an item of a list stands there; under a quotation, a dash may name who spoke.
    is_item = re.match(ITEM, text[text.rfind("\n", 0, start) + 1 : start])
    border = rf"\n(?={ITEM})|\n\s*\n" if is_item else r"\n\s*\n"
    after = re.split(rf"{border}|[«“]|[.!?]\s+(?=[A-ZÀ-Ý])", text[end : end + _AROUND])[0]
    before = re.split(rf"{border}|[»”]", text[max(0, start - _AROUND) : start])[-1]
    # Behind a whole sentence another begins, which may say whose the words are.
    if _WHOLE.search(quoted[0]) and _SENTENCE.match(after) and not note.thus.match(flat(after)):
        after = ""
    near = _people(note, end, end + len(after)) or _people(note, start - len(before), start)[-1:]
    speaker = getattr(claim, "speaker", "")
    name = note.dataset.named("speaker", speaker).name if speaker else ""
    says = note.speaks.match(flat(after))
    stranger = _NAME.match(after, says.end()) if says else None
    if stranger and speaker and _is_misspelt(stranger[0], note.dataset.named("speaker", speaker)):
        return
    if stranger and end + stranger.start() not in [one.start for one in near]:
        near = [Token("", end + stranger.start(), end + stranger.end())]
    note.recognised["people"] += bool(near)
    if near and speaker not in [one.key for one in near]:
        expected = message("check-speaker", who=name) if name else message("check-not-spoken")
        yield note.finding("person", near[0].start, near[0].end, expected, claim.id)


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
                shown, claim = (places[start], places[end - 1] + 1), _claim_of(note, held.person.id)
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
                yield note.finding("person", *shown, held.told(), _claim_of(note, who.key))
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
        return next((one for one in chairs if not _is_misspelt(stranger, one.person)), None)

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


def names(note: Note) -> Iterator[Finding]:
    """Find names that are misspelt: the dataset's, but for a slip, or a person's, nearly."""
    # What tells that a name may stand here: a word of it, or a person's initials.
    telling: dict[str, list[tuple[Organisation | Person, int, int]]] = {}
    for body in note.bodies.values():
        parts = [flat(part) for part in _CAPITAL.findall(body.name)]
        steps = [*enumerate(parts)] if " " in body.name else []
        if isinstance(body, Person):
            steps.append((0, "".join(part[0] for part in parts)))
        for step, part in steps:
            telling.setdefault(part, []).append((body, step, len(parts)))
    words = [*_CAPITAL.finditer(note.text)]
    plain = [*(flat(word[0]) for word in words), " "]
    found: dict[int, Finding] = {}
    for at in range(len(words)):
        initials = plain[at][0] + plain[at + 1][0]
        for body, step, size in (*telling.get(plain[at], ()), *telling.get(initials, ())):
            first, last = at - step, at - step + size - 1
            if first >= 0 and last < len(words):
                start, end = words[first].start(), words[last].end()
                is_near = end - start <= len(body.name) + _SHORT
                if is_near and _is_misspelt(note.text[start:end], body):
                    expected, claim = message("check-name", who=body.name), _claim_of(note, body.id)
                    found[start] = note.finding("name", start, end, expected, claim)
    yield from found.values()
    told = {at for one in found.values() for at in range(one.offset, one.offset + len(one.said))}
    for word, id in _single(note, words):
        if word.start() not in told:
            expected, claim = message("check-name", who=note.bodies[id].name), _claim_of(note, id)
            yield note.finding("name", *word.span(), expected, claim)


def _single(note: Note, words: Sequence[re.Match[str]]) -> Iterator[tuple[re.Match[str], str]]:
    """Find names of one word that are misspelt: what is said around them is of whom they name.

    They have many neighbours: of a short one, but a letter that is doubled is taken for a slip.
    """
    names = {name: body for name, body in note.called.items() if name.isalpha()}
    begins = [sentence.places[0] for sentence in note.sentences]
    meant: dict[str, Organisation | Person | None] = {}
    around: dict[str, set[str]] = {}
    for word in words:
        said = flat(word[0])
        if said not in meant:
            like = (
                body
                for name, body in names.items()
                if one_slip(said, name)
                and (
                    isinstance(body, Person)
                    or len(name) > _LONG
                    or _DOUBLED.sub("", said) == _DOUBLED.sub("", name)
                )
            )
            meant[said] = None if said in names else next(like, None)
        if not (body := meant[said]):
            continue
        start = word.start()
        is_titled = note.titled.search(flat(note.text[max(0, start - _SHORT * 2) : start]))
        if is_titled or not isinstance(body, Person):
            sentence = note.sentences[bisect_right(begins, start) - 1]
            if body.id not in around:
                around[body.id] = _around(note, body)
            common = sentence.whole & around[body.id]
            weight = len(common) + len(common & note.bodies.keys())
            if weight >= _TELLING + (not is_titled):
                yield word, body.id


def _around(note: Note, body: Organisation | Person) -> set[str]:
    """Give what is said of a person or an organisation, and whom it is said with."""
    dataset, id = note.dataset, body.id
    of = {person.id: {one.organisation for one in person.offices} for person in dataset.people}
    found = of.get(id, set()).union(*({who} for who, bodies in of.items() if id in bodies))
    for claim in dataset.claims:
        if id in claim.organisations:
            found |= note.keys(claim.text)
    if not isinstance(body, Person):
        found |= note.keys(body.description) | {token.key for token in note.tokens(fold(body.name))}
    return found - {id, note.theme}


def _is_misspelt(name: str, body: Organisation | Person) -> bool:
    """Tell whether a name is meant for one that it is not: but for a slip, or a person's, nearly.

    A surname that the release names is its own, unless another first name stands before it.
    """
    said, known = fold(name), fold(body.name)
    if said == known or said[0] != known[0] or not isinstance(body, Person):
        return said != known and one_slip(said, known)
    parts = zip(said.rsplit(" ", 1), known.rsplit(" ", 1), strict=False)
    alike = [SequenceMatcher(None, one, other).ratio() for one, other in parts]
    return min(alike) >= _ALIKE or alike[-1] == 1


def _claim_of(note: Note, id: str) -> str:
    """Give a claim of a person or an organisation, else of who is in office there."""
    dataset = note.dataset
    offices = ((person, office) for person in dataset.people for office in person.offices)
    holders = {person.id for person, office in offices if office.organisation == id}
    quotes = [quote.id for quote in dataset.quotes if quote.speaker == id]
    claims = [claim.id for claim in dataset.claims if id in claim.organisations]
    others = [quote.id for quote in dataset.quotes if quote.speaker in holders]
    return next(iter(quotes + claims + others), "")
