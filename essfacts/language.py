"""What the program itself says, in both languages: words, numbers, dates, quotation marks."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("fr", "en")
COLON = {"fr": " : ", "en": ": "}
SEMICOLON = {"fr": " ; ", "en": "; "}

TITLES: Mapping[str, tuple[str, str]] = {
    "levers": ("Leviers", "Levers"),
    "stats": ("Chiffres", "Stats"),
    "quotes": ("Citations", "Quotes"),
    "effects": ("Effets de l'ESS", "Effects of the ESS"),
    "examples": ("Exemples", "Examples"),
    "actions": ("Actions des partenaires", "Actions of the partners"),
    "method": ("Méthode", "Method"),
    "profiles": ("Présentations", "Profiles"),
    "claims": ("Affirmations", "Claims"),
    "computed": ("Chiffres calculés", "Computed stats"),
    "search": ("Résultats", "Results"),
    "timeline": ("Chronologie", "Timeline"),
    "orgs": ("Organisations", "Organisations"),
    "people": ("Personnes", "People"),
    "sources": ("Sources", "Sources"),
    "verify": ("Vérification", "Verification"),
}

WORDS: Mapping[str, tuple[str, str]] = {
    "id": ("id", "id"),
    "kind": ("genre", "kind"),
    "text": ("énoncé", "claim"),
    "name": ("nom", "name"),
    "figure": ("chiffre", "figure"),
    "words": ("citation", "quotation"),
    "speaker": ("auteur", "speaker"),
    "excerpt": ("extrait", "excerpt"),
    "source": ("source", "source"),
    "producer": ("producteur", "producer"),
    "title": ("titre", "title"),
    "date": ("date", "date"),
    "url": ("adresse", "URL"),
    "description": ("rôle", "role"),
    "offices": ("fonctions", "offices"),
    "contact": ("contact", "contact"),
    "section": ("partie", "section"),
    "topics": ("thèmes", "topics"),
    "organisations": ("organisations", "organisations"),
    "sources": ("sources", "sources"),
    "value": ("valeur", "value"),
    "unit": ("unité", "unit"),
    "approximation": ("précision", "approximation"),
    "written": ("écrit", "written"),
    "counts": ("compte", "counts"),
    "formula": ("formule", "formula"),
    "translation": ("traduction", "translation"),
    "aliases": ("autres noms", "aliases"),
    "email": ("courriel", "email"),
    "phone": ("téléphone", "phone"),
    "type": ("type", "type"),
    "computed": ("calculé", "computed"),
    "text_fr": ("énoncé", "claim (French)"),
    "text_en": ("énoncé (anglais)", "claim"),
    "inputs": ("à partir de", "worked out from"),
    "related": ("à rapprocher", "related"),
    "cite": ("pour citer", "to cite"),
    "claims": ("affirmations", "claims"),
    "same-source": ("même source", "same source"),
    "same-topic": ("même thème", "same topic"),
    "same-organisation": ("même organisation", "same organisation"),
    "people": ("personnes", "people"),
    "our-translation": ("traduction essfacts", "translation by essfacts"),
    "count": ("nombre", "count"),
    "command": ("commande", "command"),
    "status": ("constat", "status"),
    "place": ("ligne:colonne", "line:column"),
    "line": ("ligne", "line"),
    "column": ("colonne", "column"),
    "difference": ("différence", "difference"),
    "verified": ("vérifié", "verified"),
    "altered": ("altéré", "altered"),
    "missing": ("absent", "missing"),
    "ambiguous": ("ambigu", "ambiguous"),
    # Types of source, kinds and approximations, as a reader says them.
    "release": ("communiqué", "release"),
    "study": ("étude", "study"),
    "footnote": ("note", "footnote"),
    "cross-reference": ("croisement de données", "cross-reference of data"),
    "statement": ("déclaration", "statement"),
    "self-description": ("présentation par elle-même", "self-description"),
    "stat": ("chiffre", "stat"),
    "lever": ("levier", "lever"),
    "quote": ("citation", "quote"),
    "effect": ("effet", "effect"),
    "example": ("exemple", "example"),
    "action": ("action", "action"),
    "method": ("méthode", "method"),
    "profile": ("présentation", "profile"),
    "exact": ("", ""),
    "about": ("≈", "≈"),
    "nearly": ("près de", "nearly"),
    "more-than": ("plus de", "more than"),
    "less-than": ("moins de", "less than"),
    "at-least": ("au moins", "at least"),
    "at-most": ("au plus", "at most"),
    "on-average": ("moy.", "avg."),
}

SENTENCES: Mapping[str, tuple[str, str]] = {
    "no-fault": (
        "{} affirmations et {} chiffres calculés, sans faute ; essfacts verify FICHIER les "
        "chercherait mot à mot dans une copie du communiqué.",
        "{} claims and {} computed stats, no fault; essfacts verify FILE would look them up word "
        "for word in a copy of the release.",
    ),
    "coverage": (
        "{sentences} phrases : {covered} portent une affirmation ({share} %), "
        "{left_out} laissées de côté à dessein, {uncovered} sans affirmation.",
        "{sentences} sentences: {covered} carry a claim ({share}%), "
        "{left_out} left out on purpose, {uncovered} without a claim.",
    ),
    "verified-all": (
        "Vérifié : la copie porte les {count} affirmations.",
        "Verified: the copy holds all {count} claims.",
    ),
    "verified-some": (
        "Non vérifié : sur {count} affirmations, {counts}.",
        "Not verified: of {count} claims, {counts}.",
    ),
}

_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "January February March April May June July August September October November December".split(),
)


def word(key: str, language: str) -> str:
    """Say a word of the program in a language; a word it does not know stands as it is."""
    return WORDS[key][LANGUAGES.index(language)] if key in WORDS else key


def say(key: str, language: str) -> str:
    """Give a sentence of the program in a language, with its blanks to fill."""
    return SENTENCES[key][LANGUAGES.index(language)]


def title(name: str, language: str) -> str:
    """Give the heading of a list."""
    return TITLES[name][LANGUAGES.index(language)]


def format_date(date: str, language: str) -> str:
    """Say an ISO 8601 day, month or year with the precision that it has."""
    year, *rest = date.split("-")
    if not rest:
        return year
    day = format_day(int(rest[1]), language) if len(rest) > 1 else ""
    return " ".join(part for part in (day, month(int(rest[0]), language), year) if part)


def month(number: int, language: str) -> str:
    """Name a month, from 1 to 12."""
    return _MONTHS[LANGUAGES.index(language)][number - 1]


def format_day(day: int, language: str) -> str:
    """Say a day of the month; French has an ordinal for the first."""
    return "1er" if day == 1 and language == "fr" else str(day)


def quoted(text: str, language: str) -> str:
    """Set text between the quotation marks of a language."""
    return f"« {text} »" if language == "fr" else f"“{text}”"


def significant(number: float, digits: int = 3) -> float:
    """Round what was worked out of rounded numbers to the digits that it knows."""
    return float(f"{number:.{digits}g}")


_MARKS = {"fr": (" ", ","), "en": (",", ".")}


@lru_cache(maxsize=256)
def format_number(number: float, language: str) -> str:
    """Print a number as the language does: `1 367` and `1,3`, or `1,367` and `1.3`."""
    group, point = _MARKS[language]
    # Two decimals say enough of a ratio; the exact value stays in the data formats.
    whole, _, decimals = f"{number:,.2f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", group) + (point + decimals if decimals else "")
