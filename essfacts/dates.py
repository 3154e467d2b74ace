"""Check the dates of a person's own text: of which claim each is, and what that claim says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from essfacts.language import LANGUAGES, format_date, month
from essfacts.note import told
from essfacts.prose import read_dates
from essfacts.text import fold

if TYPE_CHECKING:
    from essfacts.credits import Study
    from essfacts.note import Finding, Note, Sentence, Token

# How much of what is known of a claim must be there.
_ENOUGH = 0.6
# How many sentences before one an event may be named; how long a year is.
_BACK, _YEAR = 3, 4


class _Dated(NamedTuple):
    """What a dated claim can be known by: who is named in it, and what has synonyms.

    What is so of `all` since a year need not be so of each.
    """

    id: str
    date: str
    keys: frozenset[str]
    bodies: frozenset[str]
    all: str

    def met(self, whole: frozenset[str], near: set[str]) -> int:
        """Count what a sentence, or what stands near a date in it, has of the claim: most, or 0."""
        named = self.bodies & near
        found = self.keys & (whole if self.bodies else near)
        is_enough = len(named | found) >= _ENOUGH * len(self.bodies | self.keys)
        return len(named | found) * (bool(found) and bool(named) == bool(self.bodies) and is_enough)


class Dates:
    """Checks the dates of a note, sentence by sentence."""

    def __init__(self, note: Note, study: Study) -> None:
        self.note, self.study, dataset = note, study, note.dataset
        names = [topic.name for topic in dataset.topics]
        telling = {*note.phrases.values()}.union(*map(note.keys, names))
        telling -= {note.theme, *note.bodies}
        self.dated = []
        for claim in dataset.claims:
            if not claim.date:
                continue
            plain = note.said(claim.text)
            tokens = note.tokens(plain)
            keys = {token.key for token in tokens}
            is_of_all = len(claim.date) == _YEAR and plain[tokens[0].end - 1] == "s"
            self.dated.append(
                _Dated(
                    claim.id,
                    claim.date,
                    frozenset(keys & telling),
                    frozenset(keys.intersection(claim.organisations)),
                    tokens[0].key if is_of_all else "",
                )
            )
        # What was held with bodies, when a sentence says but that all was presented to them.
        self.held = frozenset(key for known in self.dated if known.bodies for key in known.keys)
        # The works behind figures, by the words of their titles.
        self.works = {
            source.date_published: {token.key for token in note.tokens(fold(source.title.fr))}
            - {note.theme}
            for source in dataset.sources
            if source.date_published and source.type == "footnote"
        }
        self.since = note.pattern(r"\b{since} $")
        self.year = note.pattern(r"\b(?:{since}|{of year}) ((?:19|20)\d\d)\b(?![ ,.]?\d)")
        self.months = {fold(month(number, note.language)) for number in range(1, 13)}
        self.direct = note.pattern(r",? {dated} {articles}?")
        self.clause = note.pattern(r"[;:]|,? {but}\b")
        # What is asked, wished for, to come or the writer's own.
        self.elsewhere = note.pattern(
            r"\?|\b(?:{ahead}|{own})\b|\b{we}(?:(?!\b(?:que|that)\b)[^,;:])*$"
        )
        self.again = note.pattern(r"\b{again}\b")
        self.shown = note.pattern(r"\b{shown}\b.* {to}{articles}?(?:\w+ {of})?$")

    def check(self, sentence: Sentence) -> tuple[list[str], str, list[Finding]]:
        """Check the dates of a sentence; give them, and it without them but for others' years."""
        note, text, findings = self.note, sentence.plain, []
        is_dated = not self.months.isdisjoint(sentence.words)
        found = [*read_dates(text, note.language)] if is_dated else []
        found += [
            (*year.span(1), year[1])
            for year in self.year.finditer(text)
            if not any(start <= year.start(1) < end for start, end, _ in found)
        ]
        found.sort()
        ends, rest = [0, *(end for _, end, _ in found)], text
        begins = [*(start for start, _, _ in found[1:]), len(text)]
        for (start, end, date), begin, stop in zip(found, ends, begins, strict=False):
            likely = self.likely(sentence, (begin, start, end, stop), date)
            year = "" if likely or date[0] == "-" else date[:4]
            rest = rest[:start] + year.rjust(end - start, "·") + rest[end:]
            note.recognised["dates"] += bool(likely)
            if likely and not any(_is_same(date, known.date) for known in likely):
                expected = told(*(format_date(likely[0].date, name) for name in LANGUAGES))
                place = sentence.places[start], sentence.places[end - 1] + 1
                findings.append(note.finding("date", *place, expected, likely[0].id))
        return [date for _, _, date in found], rest, findings

    def likely(
        self, sentence: Sentence, places: tuple[int, int, int, int], date: str
    ) -> list[_Dated]:
        """Give the claims whose date a date of a sentence may be, the likeliest first.

        The date stands between the second and the third of four places; others end before the
        first, and begin behind the last.
        """
        plain, (begin, start, end, stop) = sentence.plain, places
        clause = [at.end() for at in self.clause.finditer(plain, 0, start)]
        if self.elsewhere.search(plain[clause[-1] if clause else 0 : start]) or plain[-1] == "?":
            return []
        halves = plain.rfind(";", begin, start) + 1, plain.find(";", end, stop)
        before = sentence.between(max(begin, halves[0]), start)
        after = sentence.between(end, stop if halves[1] < 0 else halves[1])
        sides = {token.key for token in before}, {token.key for token in after}
        others = {token.key for token in before if self.study.another.search(plain, 0, token.start)}
        near = (sides[0] | sides[1]) - others
        days = {day for day, words in self.works.items() if words <= near}
        # What a date is directly of: « le communiqué du 13 novembre ».
        names = [token for token in before if not self.study.beside.match(plain, token.start)]
        is_direct = names and self.direct.fullmatch(plain, names[-1].end, start)
        nouns = names[-1:] if is_direct else []
        noun, ours = {token.key for token in nouns}, self.note.dataset.release.date
        if len(date) > 5 and (date[0] == "-" or ours[:4] == date[:4] or ours[4:] == date[4:]):
            orders = () if noun else ([*reversed(before), *after], after)
            is_published = any(self.study.is_published(sentence, order) for order in orders)
            is_ours = any(self.study.is_ours(sentence, token) for token in nouns)
            days |= {ours} if is_published or is_ours else set()
        if days:
            return [known for known in self.dated if known.date in days]
        many = {token.key for token in sentence.tokens if plain[token.end - 1] in "sx"}
        around = self.earlier(sentence, plain, after + before)
        met = dict[_Dated, list[int]]()
        for known in self.dated:
            is_of_all = not known.all or known.all in many
            # Of a day, what shares no part of it is another's; « depuis 2014 » is since no day.
            is_since = self.since.search(plain, 0, start) and len(known.date) > _YEAR
            may_be = _shared(date, known.date) or min(len(date), len(known.date)) == _YEAR
            is_meant = is_of_all and known.date != ours and may_be and not is_since
            if noun <= known.keys | known.bodies and is_meant:
                is_near = date[:4] == known.date[:4] or date[-5:] == known.date[-5:]
                whole = sentence.whole | (around if is_near else frozenset())
                met[known] = [known.met(whole, near) for near in (*sides, sides[0] | sides[1])]

        def likelihood(known: _Dated) -> tuple[int, int, list[int]]:
            return max(met[known]), _shared(date, known.date), met[known]

        return sorted(filter(lambda known: any(met[known]), met), key=likelihood, reverse=True)

    def earlier(self, sentence: Sentence, plain: str, near: list[Token]) -> frozenset[str]:
        """Give what a sentence does not say again: « le dernier », or of what results are shown."""
        bodies = [token for token in near if token.key in self.note.bodies]
        is_ours = not self.note.works.isdisjoint(sentence.whole) or self.study.results.search(plain)
        if is_ours and any(self.shown.search(plain, 0, token.start) for token in bodies):
            return self.held
        if bodies and self.again.search(plain):
            first = max(sentence.first, sentence.number - _BACK)
            earlier = self.note.sentences[first : sentence.number]
            return self.held & frozenset(key for one in earlier for key in one.whole)
        return frozenset()


def _shared(said: str, date: str) -> int:
    """Count what two dates share of year, month and day."""
    return sum(a == b for a, b in zip(said.split("-"), date.split("-"), strict=False))


def _is_same(said: str, date: str) -> bool:
    """Tell whether a date is another one, with less of it or without its year."""
    return date.startswith(said) or said.startswith(date) or (said[0] == "-" and said in date)
