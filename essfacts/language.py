"""What the program itself says, in both languages: words, numbers, dates, quotation marks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from essfacts.text import fold, printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LANGUAGES = ("fr", "en")
COLON = {"fr": " : ", "en": ": "}
SEMICOLON = {"fr": " ; ", "en": "; "}

TITLES: Mapping[str, tuple[str, str]] = {
    "claims": ("Affirmations", "Claims"),
    "stats --computed": ("Chiffres calculés", "Computed stats"),
    "search": ("Résultats", "Results"),
    "timeline": ("Chronologie", "Timeline"),
    "orgs": ("Organisations", "Organisations"),
    "people": ("Personnes", "People"),
    "sources": ("Sources", "Sources"),
    "topics": ("Thèmes", "Topics"),
    "sections": ("Parties du communiqué", "Sections of the release"),
    "units": ("Unités", "Units"),
    "verify": ("Vérification", "Verification"),
    "check": ("Constats", "Findings"),
}

# What PyYAML finds wrong in a text that is no YAML: how its words begin, and the same in French.
# Those of libyaml, then those of its own reader, which serves where libyaml is absent.
YAML_PROBLEMS: Mapping[str, str] = {
    "block sequence entries are not allowed in this context": "une liste n'est pas permise ici",
    "could not find expected ':'": "« : » est attendu",
    "could not find expected directive name": "un nom de directive est attendu",
    "did not find expected ',' or ']'": "« , » ou « ] » est attendu",
    "did not find expected ',' or '}'": "« , » ou « } » est attendu",
    "did not find expected '-' indicator": "« - » est attendu",
    "did not find expected <document start>": "un début de document est attendu",
    "did not find expected alphabetic or numeric character": "une lettre ou un chiffre est attendu",
    "did not find expected comment or line break": "une fin de ligne est attendue",
    "did not find expected digit or '.' character": "un chiffre ou un point est attendu",
    "did not find expected hexdecimal number": "un nombre hexadécimal est attendu",
    "did not find expected key": "une clé est attendue",
    "did not find expected node content": "une valeur est attendue",
    "did not find expected tag URI": "une adresse d'étiquette est attendue",
    "did not find expected version number": "un numéro de version est attendu",
    "did not find expected whitespace": "une espace est attendue",
    "did not find expected whitespace or line break": "une espace ou une fin de ligne est attendue",
    "did not find the expected '>'": "« > » est attendu",
    "did not find URI escaped octet": "un octet codé est attendu",
    "did not find expected '!'": "« ! » est attendu",
    "duplicate %TAG directive": "la directive %TAG y est deux fois",
    "found a tab character that violates indentation": "une tabulation sert de marge",
    "found a tab character where an indentation space is expected": "une tabulation sert de marge",
    "found an incorrect leading UTF-8 octet": "un octet n'est pas de l'UTF-8",
    "found an incorrect trailing UTF-8 octet": "un octet n'est pas de l'UTF-8",
    "found an indentation indicator equal to 0": "un retrait de 0 est demandé",
    "found character that cannot start any token": "un caractère ne peut rien commencer",
    "found duplicate %YAML directive": "la directive %YAML y est deux fois",
    "found extremely long version number": "le numéro de version est trop long",
    "found incompatible YAML document": "la version de YAML n'est pas connue",
    "found invalid Unicode character escape code": "le code d'un caractère n'existe pas",
    "found undefined tag handle": "une étiquette n'est pas définie",
    "found unexpected ':'": "« : » n'a rien à faire là",
    "found unexpected document indicator": "un document commence ou finit dans un texte",
    "found unexpected end of stream": "le fichier finit trop tôt",
    "found unexpected non-alphabetical character": "un caractère n'est pas une lettre",
    "found unknown directive name": "une directive n'est pas connue",
    "found unknown escape character": "le caractère qui suit « \\ » n'est pas connu",
    "mapping keys are not allowed in this context": "une clé n'est pas permise ici",
    "mapping values are not allowed in this context": "« : » n'est pas permis ici",
    "duplicate tag handle": "la directive %TAG y est deux fois",
    "expected ' '": "une espace est attendue",
    "expected '!'": "« ! » est attendu",
    "expected ',' or ']'": "« , » ou « ] » est attendu",
    "expected ',' or '}'": "« , » ou « } » est attendu",
    "expected '<document start>'": "un début de document est attendu",
    "expected '>'": "« > » est attendu",
    "expected <block end>": "la fin d'un bloc est attendue",
    "expected URI": "une adresse d'étiquette est attendue",
    "expected URI escape sequence of 2 hexadecimal numbers": "un octet codé est attendu",
    "expected a comment or a line break": "une fin de ligne est attendue",
    "expected a digit": "un chiffre est attendu",
    "expected a digit or": "un chiffre est attendu",
    "expected alphabetic or numeric character": "une lettre ou un chiffre est attendu",
    "expected chomping or indentation indicators": "une fin de ligne est attendue",
    "expected escape sequence of 2 hexadecimal numbers": "un code de 2 chiffres est attendu",
    "expected escape sequence of 4 hexadecimal numbers": "un code de 4 chiffres est attendu",
    "expected escape sequence of 8 hexadecimal numbers": "un code de 8 chiffres est attendu",
    "expected indentation indicator in the range 1-9": "un retrait de 0 est demandé",
    "expected the node content": "une valeur est attendue",
    "found character": "un caractère ne peut rien commencer",
    "found duplicate YAML directive": "la directive %YAML y est deux fois",
    "found unexpected document separator": "un document commence ou finit dans un texte",
    "mapping keys are not allowed here": "une clé n'est pas permise ici",
    "mapping values are not allowed here": "« : » n'est pas permis ici",
    "sequence entries are not allowed here": "une liste n'est pas permise ici",
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
    "date_published": ("date", "date"),
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
    "symbol": ("symbole", "symbol"),
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
    # What options take.
    "WORDS...": ("MOTS...", "WORDS..."),
    "FILE": ("FICHIER", "FILE"),
    "NAME": ("NOM", "NAME"),
    "KIND": ("GENRE", "KIND"),
    "TOPIC": ("THÈME", "TOPIC"),
    "SECTION": ("PARTIE", "SECTION"),
    "UNIT": ("UNITÉ", "UNIT"),
    "NUMBER": ("NOMBRE", "NUMBER"),
    "TEXT": ("TEXTE", "TEXT"),
    "FIELD": ("CHAMP", "FIELD"),
    "DIR": ("DOSSIER", "DIR"),
    "COMMAND [ARGS]...": ("COMMANDE [ARGUMENTS]...", "COMMAND [ARGS]..."),
    "text_fr": ("énoncé (français)", "claim (French)"),
    "text_en": ("en anglais", "claim (English)"),
    "inputs": ("à partir de", "worked out from"),
    "related": ("à rapprocher", "related"),
    "cite": ("pour citer", "to cite"),
    "claims": ("affirmations", "claims"),
    "topic": ("thème", "topic"),
    "organisation": ("organisation", "organisation"),
    "shares": ("parts", "shares"),
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
    "moved": ("déplacé", "moved"),
    "added": ("ajouté", "added"),
    "around": ("autour", "around"),
    "quotation": ("citation", "quotation"),
    "severity": ("gravité", "severity"),
    "finding": ("constat", "finding"),
    "remark": ("remarque", "remark"),
    "said": ("dit", "said"),
    "expected": ("attendu", "expected"),
    "claim": ("affirmation", "claim"),
    "proof": ("preuve", "proof"),
    # Types of source and approximations, as a reader says them.
    "release": ("communiqué", "release"),
    "study": ("étude", "study"),
    "footnote": ("note", "footnote"),
    "cross-reference": ("croisement de données", "cross-reference of data"),
    "statement": ("déclaration", "statement"),
    "self-description": ("présentation par elle-même", "self-description"),
    "person": ("personne", "person"),
    "match": ("trouvé", "match"),
    "wording": ("texte du communiqué", "the release's text"),
    "approximation exact": ("exact", "exact"),
    "approximation about": ("environ", "about"),
    "approximation nearly": ("près de", "nearly"),
    "approximation on-average": ("en moyenne", "on average"),
    "approximation more-than": ("plus de", "more than"),
    "approximation less-than": ("moins de", "less than"),
    "approximation at-least": ("au moins", "at least"),
    "approximation at-most": ("au plus", "at most"),
    "True": ("oui", "yes"),
    "False": ("non", "no"),
    "title_is_descriptive": ("titre donné par essfacts", "title given by essfacts"),
    "exact": ("", ""),
    "about": ("≈", "≈"),
    "nearly": ("près de", "nearly"),
    "more-than": ("plus de", "more than"),
    "less-than": ("moins de", "less than"),
    "at-least": ("au moins", "at least"),
    "at-most": ("au plus", "at most"),
    "on-average": ("moy.", "avg."),
}

# What a command or an option does; a row for both (`people org`) tells of the option there.
COMMAND_HELP: Mapping[str, tuple[str, str]] = {
    "": (
        "Explorer, vérifier et citer ce que dit un communiqué de presse.\n\n"
        "Sans commande : le communiqué en un coup d'œil.",
        "Explore, check and cite what one press release says.\n\n"
        "Without a command: the release at a glance.",
    ),
    "claims": (
        "Les affirmations de tous les genres ensemble.",
        "List the claims of every kind together.",
    ),
    "timeline": (
        "Tout ce qui est daté, du plus ancien au plus récent.",
        "List all that is dated, oldest first.",
    ),
    "orgs": ("Les organisations nommées.", "List the organisations that are named."),
    "people": (
        "Les personnes nommées, contacts presse compris.",
        "List the people who are named, press contacts too.",
    ),
    "sources": ("Qui répond des affirmations.", "List who vouches for claims."),
    "topics": ("Les thèmes, à passer à --topic.", "List the topics, for --topic."),
    "sections": (
        "Les parties du communiqué, à passer à --section.",
        "List the parts of the release, for --section.",
    ),
    "units": ("Les unités des chiffres, à passer à --unit.", "List the units, for --unit."),
    "search": (
        "Chercher des mots, des nombres ou des expressions, le plus proche d'abord.",
        "Find claims by words, figures or phrases, best match first.",
    ),
    "show": (
        "Tout sur une affirmation, une organisation, une personne ou une source.",
        "Show all about claims, organisations, people or sources.",
    ),
    "cite": (
        "Citer des affirmations, des sources ou le communiqué, prêts à coller.",
        "Cite claims, sources or the release, ready to paste.",
    ),
    "page": (
        "Tout sur une page web, à ouvrir sans réseau : essfacts page > fiche.html.",
        "Show all on one web page that needs no network: essfacts page > factsheet.html.",
    ),
    "schema": (
        "Donner le schéma JSON de ce qu'une commande imprime, ou d'un fichier de données.",
        "Print the JSON Schema of what a command prints, or of a dataset's file.",
    ),
    "verify": (
        "Comparer votre copie au communiqué, mot à mot.",
        "Compare your copy of the release with it, word by word.",
    ),
    "check": (
        "Dire où votre propre texte dit autre chose que le communiqué.",
        "Tell where your own text says otherwise than the release.",
    ),
    "seal": (
        "Prendre l'empreinte du communiqué dans un jeu de données.",
        "Take the release's fingerprint into a dataset.",
    ),
}
# What else a command answers to; those that list claims of a kind answer to its title.
COMMAND_NAMES: Mapping[str, str] = {
    "claims": "affirmations",
    "timeline": "chronologie",
    "orgs": "organisations",
    "people": "personnes",
    "topics": "thèmes",
    "sections": "parties",
    "units": "unités",
    "search": "chercher",
    "show": "montrer",
    "cite": "citer",
    "page": "fiche",
    "schema": "schéma",
    "verify": "vérifier",
    "check": "contrôler",
    "seal": "sceller",
}
OPTION_HELP: Mapping[str, tuple[str, str]] = {
    "name": (
        "Une commande (levers), ou un fichier d'un jeu de données (levers.yaml).",
        "A command (levers), or a file of a dataset (levers.yaml).",
    ),
    "words": (
        "Mots, nombres, « expressions entre guillemets ».",
        'Words, numbers, "quoted phrases".',
    ),
    "show ids": (
        "Identifiants, ou leur début : gdp-share, gdp, regions…",
        "Ids, or how they begin: gdp-share, gdp, regions…",
    ),
    "cite ids": (
        "Identifiants d'affirmations, de chiffres calculés ou de sources.",
        "Ids of claims, computed stats or sources.",
    ),
    "file": (
        "Une copie du communiqué : texte, Markdown, HTML, courriel ; - pour un tube.",
        "A copy of the release: text, Markdown, HTML, mail; - for a pipe.",
    ),
    "copy": (
        "Donner la phrase entière du communiqué, prise de votre copie ; sinon ESSFACTS_COPY.",
        "Give the release's whole sentence, taken from your copy; else ESSFACTS_COPY.",
    ),
    "check file": (
        "Votre texte : texte, Markdown, HTML, courriel, DOCX, ODT, PDF ; - pour un tube.",
        "Your text: text, Markdown, HTML, mail, DOCX, ODT, PDF; - for a pipe.",
    ),
    "strict": (
        "Compter les remarques comme des constats.",
        "Count remarks as findings.",
    ),
    "written": (
        "Langue de votre texte ; sinon elle est devinée.",
        "Language of your text; else it is guessed.",
    ),
    "seal file": (
        "Le communiqué lui-même : texte, Markdown, HTML, courriel ; - pour un tube.",
        "The release itself: text, Markdown, HTML, mail; - for a pipe.",
    ),
    "verify all": (
        "Donner toutes les affirmations, chacune à sa place.",
        "List every claim, with its place.",
    ),
    "computed": (
        "Ajouter les chiffres que calcule essfacts, signalés comme tels.",
        "Add the figures that essfacts computes, marked so.",
    ),
    "chart": (
        "Dessiner des barres ; avec --format svg, une image pour une diapositive.",
        "Draw bars; with --format svg, a picture for a slide.",
    ),
    "page copy": (
        "Une copie du communiqué, dont prendre les phrases entières.",
        "A copy of the release, to take whole sentences from.",
    ),
    "contacts": ("Ajouter les contacts presse.", "Add the press contacts."),
    "page url": (
        "Adresse où se lit le communiqué : chaque affirmation y renvoie.",
        "Address at which the release is read: each claim links to its passage there.",
    ),
    "width": (
        "Largeur du dessin : en caractères, ou en pixels avec --format svg.",
        "Width of the drawing: in characters, or in pixels with --format svg.",
    ),
    "title": ("Titre du dessin.", "Title of the drawing."),
    "kind": ("Garder un genre : chiffre, levier…", "Keep a kind: stat, lever…"),
    "org": (
        "Garder ce qui nomme une organisation : regions, ess-france…",
        "Keep what names an organisation: regions, ess-france…",
    ),
    "people org": (
        "Garder qui y exerce une fonction : regions, occitanie…",
        "Keep who has an office there: regions, occitanie…",
    ),
    "topic": (
        "Garder un thème : emploi, financement…",
        "Keep a topic: employment, financement…",
    ),
    "section": (
        "Garder une partie du communiqué : chapô, méthodologie…",
        "Keep a part of the release: figures, methodology…",
    ),
    "cites": (
        "Garder ce dont répond une source : étude, panorama, insee…",
        "Keep what a source vouches for: study, panorama, insee…",
    ),
    "unit": (
        "Garder une unité : percent, entreprises…",
        "Keep a unit: percent, enterprise…",
    ),
    "min": (
        "Garder les valeurs d'au moins 10, 1,3, 1.3…",
        "Keep values of at least 10, 1.3, 1,3…",
    ),
    "max": (
        "Garder les valeurs d'au plus 10, 1,3, 1.3…",
        "Keep values of at most 10, 1.3, 1,3…",
    ),
    "search": (
        "Garder ce qui a ces mots : coop, « emploi local »…",
        'Keep what has these words: coop, "emploi local"…',
    ),
    "source": (
        "Ajouter qui répond de chaque affirmation : producteur, titre, date, adresse.",
        "Add who vouches for each claim: producer, title, date, URL.",
    ),
    "excerpt": ("Ajouter les mots du communiqué.", "Add the release's own words."),
    "sort": (
        "Trier par un champ : id, value, date… ; -value pour le plus grand d'abord.",
        "Sort by a field: id, value, date…; -value from the greatest down.",
    ),
    "limit": ("S'en tenir aux N premiers.", "Show the first N only."),
    "fields": (
        "Ne montrer que ces champs : id,text,excerpt…",
        "Show these fields only: id,text,excerpt…",
    ),
    "format": (
        "Format : table, text, md, json, ndjson, yaml, csv, xlsx ou tsv.",
        "Print as table, text, md, json, ndjson, yaml, csv, xlsx or tsv.",
    ),
    "excel": (
        "Avec csv : pour un tableur français, ouvert par un double clic.",
        "With csv: for a French spreadsheet, opened by a double click.",
    ),
    "release": ("Citer le communiqué lui-même.", "Cite the release itself."),
    "all": ("Citer toutes les affirmations.", "Cite every claim."),
    "style": (
        "iso690, apa, chicago, bibtex, ris, csl-json ou sentence ; sinon iso690 en français, "
        "apa en anglais.",
        "iso690, apa, chicago, bibtex, ris, csl-json or sentence; else iso690 in French, apa in "
        "English.",
    ),
    "url": (
        "Adresse où vous avez lu le communiqué ; sinon ESSFACTS_URL.",
        "Where you read the release; else ESSFACTS_URL.",
    ),
    "accessed": (
        "Quand vous l'avez lu à cette adresse : 31/03/2026 ou 2026-03-31.",
        "When you read it there: 2026-03-31 or 31/03/2026.",
    ),
    "lang": (
        "Langue des textes ; sinon ESSFACTS_LANG, sinon celle du système, sinon l'anglais.",
        "Language of the texts; else ESSFACTS_LANG, else the locale, else English.",
    ),
    "data": (
        "Dossier d'un autre jeu de données ; sinon ESSFACTS_DATA, sinon celui du paquet.",
        "Folder of another dataset; else ESSFACTS_DATA, else the packaged one.",
    ),
    "version": ("Donner la version et s'arrêter.", "Print the version and leave."),
    "help": ("Afficher cette aide et s'arrêter.", "Show this message and leave."),
    "install_completion": (
        "Installer la complétion pour le shell en cours.",
        "Install completion for the current shell.",
    ),
    "show_completion": (
        "Afficher la complétion du shell en cours, pour la copier ou l'adapter.",
        "Show completion for the current shell, to copy it or customise the installation.",
    ),
}

# Sentences with blanks. In a sentence that counts, `{s}` is the plural's.
MESSAGES: Mapping[str, tuple[str, str]] = {
    "text": ("{text}", "{text}"),
    "version": (
        "essfacts {program}, communiqué du {date}, données {data}",
        "essfacts {program}, release of {date}, data {data}",
    ),
    "usage": ("Utilisation : ", "Usage: "),
    "options": ("Options ", "Options"),
    "arguments": ("Arguments ", "Arguments"),
    "group-lists": ("Listes d'affirmations ", "Lists of claims"),
    "group-named": ("Qui est nommé ", "Who is named"),
    "group-use": ("Chercher, vérifier, citer ", "Find, check and cite"),
    "default": ("[défaut : {value}]", "[default: {value}]"),
    # A wrong value: what it is none of, then what would be right.
    "no-such": ("aucun{what} « {value} »{hint}", 'no {what} "{value}"{hint}'),
    "a-command": ("e commande", "command"),
    "a-option": ("e option", "option"),
    "a-format": (" format", "format"),
    "a-style": (" style", "style"),
    "a-language": ("e langue", "language"),
    "a-field": (" champ", "field"),
    "a-schema": (" schéma", "schema"),
    "a-kind": (" genre", "kind"),
    "a-organisation": ("e organisation", "organisation"),
    "a-topic": (" thème", "topic"),
    "a-section": ("e partie", "section"),
    "a-source": ("e source", "source"),
    "a-unit": ("e unité", "unit"),
    "a-id": (" identifiant", "id"),
    "a-value": ("e valeur", "value"),
    "nothing": ("", ""),
    "did-you-mean": (" : vouliez-vous dire « {value} » ?", ': did you mean "{value}"?'),
    "one-of": (" : {values}", ": one of {values}"),
    "the-nearest": (" : les plus proches sont {values}", ": the nearest are {values}"),
    "several-begin": (
        "plusieurs commencent par « {value} » : {values}",
        'several begin with "{value}": {values}',
    ),
    "several-named": (
        "« {value} » en nomme plusieurs : {values}",
        '"{value}" names several: {values}',
    ),
    "several-found": (
        "plusieurs ont « {value} », nommez-en un :{values}",
        'several have "{value}", name one of them:{values}',
    ),
    "also-a-command": (
        "« {value} » est une commande ; pour une fiche, nommez-la en entier : {values}",
        '"{value}" is a command; for a record, give its whole id: {values}',
    ),
    "extra-argument": ("argument de trop : « {value} »", 'one argument too many: "{value}"'),
    "missing-argument": ("il manque {value}", "{value} is missing"),
    "needs-a-value": ("{value} attend une valeur", "{value} takes a value"),
    "takes-no-value": ("{value} n'attend pas de valeur", "{value} takes no value"),
    "try-help": ("{text} (voir {command} --help)", "{text} (try: {command} --help)"),
    "a-number": (
        "{option} attend un nombre, comme 10 ou 1,3, et non « {value} »",
        '{option} takes a number such as 10 or 1.3, not "{value}"',
    ),
    "a-whole-number": (
        "{option} attend un nombre entier à partir de 1, et non « {value} »",
        '{option} takes a whole number from 1, not "{value}"',
    ),
    "a-date": (
        "{option} attend une date, comme 31/03/2026 ou 2026-03-31, et non « {value} »",
        '{option} takes a date such as 2026-03-31 or 31/03/2026, not "{value}"',
    ),
    "svg-is-a-chart": (
        "--format svg va avec stats --chart",
        "--format svg goes with stats --chart",
    ),
    "excel-is-csv": (
        "--excel va avec --format csv, non avec {format}",
        "--excel goes with --format csv, not with {format}",
    ),
    "needs-extra": (
        "il manque une bibliothèque : pip install 'essfacts[{extra}]'",
        "a library is missing: pip install 'essfacts[{extra}]'",
    ),
    "no-terminal": (
        "un terminal ne montre pas ce format : essfacts … --format {format} > fichier.{format}",
        "a terminal can't show this format: essfacts … --format {format} > file.{format}",
    ),
    "an-address": (
        "{option} attend une adresse en http:// ou https://, et non « {value} »",
        '{option} takes an address that begins with http:// or https://, not "{value}"',
    ),
    "accessed-without-url": (
        "--accessed ne sert pas sans l'adresse du communiqué : ajoutez --url",
        "--accessed is of no use without the release's address: add --url",
    ),
    "nothing-there": ("il n'y a rien", "nothing is there"),
    "nothing-left-but": (
        "il ne reste rien : sans --{filter} « {value} », il y aurait {count} résultat{s}",
        'nothing is left: without --{filter} "{value}", {count} would be',
    ),
    "nothing-left": (
        "il ne reste rien : desserrez plus d'un filtre parmi {values}",
        "nothing is left: loosen more than one of {values}",
    ),
    "found-elsewhere": (
        "aucune affirmation n'a {value}, mais essfacts {command} --search le trouve",
        "no claim has {value}, but essfacts {command} --search does",
    ),
    "words-read": (
        "seuls les {count} premiers mots sont lus",
        "only the first {count} words are read",
    ),
    "nothing-to-search": (
        "rien à chercher : donnez des mots, un chiffre ou une « expression entre guillemets »",
        'nothing to search for: give words, a figure or a "quoted phrase"',
    ),
    "nothing-has": (
        "rien n'a {value} ; mots les plus proches : {values}",
        "nothing has {value}: nearest words: {values}",
    ),
    "words-apart": (
        "rien n'a ces mots ensemble : voici ce qui les a séparément",
        "nothing has these words together: showing what has them apart",
    ),
    "read-as": (
        "voici les résultats pour « {read_as} » : rien n'a « {value} »",
        'showing results for "{read_as}": nothing has "{value}"',
    ),
    "most-words": (
        "rien n'a tous ces mots : voici ce qui en a le plus",
        "nothing has all of these words: showing what has most of them",
    ),
    "not-drawn": (
        "non dessiné, faute de chiffre comparable : {values}",
        "not drawn, for want of a like figure: {values}",
    ),
    "genre-of-release": ("Communiqué de presse", "Press release"),
    # The page.
    "page-kicker": ("fiche du communiqué", "press release factsheet"),
    "page-skip": ("aller aux affirmations", "skip to the claims"),
    "page-contents": ("sommaire", "contents"),
    "page-chart": ("les chiffres comparés", "the figures compared"),
    "page-table": ("tous les chiffres", "all the figures"),
    "page-counts": ("ce qui est compté", "what is counted"),
    "page-search": ("chercher dans les affirmations", "search the claims"),
    "page-all": ("tout", "all"),
    "page-reset": ("tout afficher", "show all"),
    "page-ready": ("montrer de quoi citer", "show how to cite"),
    "page-copy": ("copier la citation", "copy citation"),
    "page-copied": ("copié", "copied"),
    "page-passage": ("le passage", "the passage"),
    "page-line": ("ligne", "line"),
    "figures-compared": ("Chiffres comparés : {names}", "Figures compared: {names}"),
    "axis-shares": (
        "part{s} en pour cent, chacune de son propre ensemble",
        "share{s} in percent, each of its own whole",
    ),
    "axis-count": ("{name}, en nombre", "number of {name}"),
    "axis-unit": ("{name} ({symbol})", "{name} ({symbol})"),
    "bars-in-ascii": (
        "Barres arrondies au # près ; ce qui est plus petit en a un.",
        "Bars are rounded to a whole #; what is smaller has one.",
    ),
    "cannot-read": ("lecture impossible de {value} : {reason}", "can't read {value}: {reason}"),
    "cannot-write": ("écriture impossible : {reason}", "can't write: {reason}"),
    "output-closed": ("la sortie standard est fermée", "standard output is closed"),
    "completion-installed": (
        "complétion de {shell} installée dans {path} : ouvrez un nouveau terminal pour l'avoir",
        "{shell} completion installed in {path}: open a new terminal to have it",
    ),
    "no-words-to-complete": (
        "rien à compléter : c'est au terminal de le demander",
        "nothing to complete: it is for a shell to ask",
    ),
    "no-completion": (
        "pas de complétion pour le shell en cours ({value}) : seulement pour {values}",
        "no completion for the current shell ({value}): only for {values}",
    ),
    "a-defect": (
        "{name} : {value} (un défaut d'essfacts : merci de le signaler)",
        "{name}: {value} (a defect of essfacts: please report it)",
    ),
    "not-sealed": (
        "{folder} n'a pas de fingerprint.yaml : essfacts seal COMMUNIQUÉ --data {quoted} le fait",
        "{folder} has no fingerprint.yaml: first run essfacts seal RELEASE --data {quoted}",
    ),
    "packaged-is-sealed": (
        "les données du paquet ne se scellent que dans un dépôt : nommez un dossier par --data",
        "the packaged dataset is sealed in a checkout alone: name a folder with --data",
    ),
    "dataset-faults": (
        "le jeu de données de {folder} a {count} faute{s} :",
        "the dataset in {folder} has {count} fault{s}:",
    ),
    "no-fault": (
        "{claims} affirmations et {computed} chiffres calculés, sans faute ; essfacts verify "
        "FICHIER les chercherait mot à mot dans une copie du communiqué.",
        "{claims} claims and {computed} computed stats, no fault; essfacts verify FILE would look "
        "them up word for word in a copy of the release.",
    ),
    "conforming": (
        "Conforme : les {words} mots du communiqué y sont, dans l'ordre.",
        "Conforming: all {words} words of the release are there, in order.",
    ),
    "differing": ("Non conforme : sur {whole}, {parts}.", "Not conforming: of {whole}, {parts}."),
    # Why the system, or a text that is none, can't be read; other codes of the system go by name.
    "EACCES": ("accès refusé", "Permission denied"),
    "EAGAIN": (
        "rien n'y est encore, et il n'attend pas",
        "nothing is there yet, and it does not wait",
    ),
    "EBADF": ("fichier fermé", "Bad file descriptor"),
    "EBUSY": ("fichier ou périphérique occupé", "Device or resource busy"),
    "EDQUOT": ("quota du disque dépassé", "Disk quota exceeded"),
    "EFBIG": ("fichier trop grand", "File too large"),
    "EINVAL": ("argument non valable", "Invalid argument"),
    "EIO": ("erreur d'entrée-sortie", "Input/output error"),
    "EISDIR": ("c'est un dossier", "Is a directory"),
    "ELOOP": ("trop de liens symboliques à suivre", "Too many levels of symbolic links"),
    "EMFILE": ("trop de fichiers ouverts", "Too many open files"),
    "ENAMETOOLONG": ("nom de fichier trop long", "File name too long"),
    "ENODEV": ("périphérique absent", "No such device"),
    "ENOENT": ("aucun fichier ni dossier de ce nom", "No such file or directory"),
    "ENOSPC": ("plus de place sur le disque", "No space left on device"),
    "ENOTDIR": ("ce n'est pas un dossier", "Not a directory"),
    "ENXIO": ("périphérique ou adresse absents", "No such device or address"),
    "EPERM": ("opération interdite", "Operation not permitted"),
    "EPIPE": ("tube coupé", "Broken pipe"),
    "EROFS": ("disque en lecture seule", "Read-only file system"),
    "ESTALE": ("fichier réseau périmé", "Stale file handle"),
    "ETIMEDOUT": ("délai de connexion dépassé", "Connection timed out"),
    "system-error": ("erreur {name} du système", "error {name} of the system"),
    "null-byte": ("le nom contient un octet nul", "embedded null byte"),
    # What a copy is, or holds: `what` stands after its name.
    "of-file": ("{name} {what}", "{name} {what}"),
    "standard-input": ("l'entrée standard", "standard input"),
    "a-folder": ("c'est un dossier", "it is a folder"),
    "a-pipe": (
        "c'est un tube : donnez-le en entrée standard, sous le nom -",
        "it is a pipe: give it as standard input, named -",
    ),
    "a-socket": ("c'est une socket", "it is a socket"),
    "a-device": ("c'est un périphérique", "it is a device"),
    "is-closed": ("elle est fermée", "it is closed"),
    "too-many-bytes": (
        "a plus de {size} Mo : la suite n'est pas lue",
        "has more than {size} MB: no more is read",
    ),
    "old-office": (
        "est un ancien fichier Office, ou a un mot de passe : enregistrez-le en DOCX, sans",
        "is an old Office file, or has a password: save it as DOCX without one",
    ),
    "rtf": (
        "est un fichier RTF : enregistrez-le en DOCX, en ODT ou en texte brut",
        "is an RTF file: save it as DOCX, ODT or plain text",
    ),
    "no-text": ("ne montre aucun texte", "shows no text"),
    "no-content": ("est vide", "is empty"),
    "pdf-without-reader": (
        "est un PDF : pip install 'essfacts[pdf]', ou donnez son texte par un tube : {command}",
        "is a PDF: pip install 'essfacts[pdf]', or pipe its text: {command}",
    ),
    "damaged-pdf": (
        "est un PDF abîmé ou protégé par un mot de passe",
        "is a PDF that is damaged or under a password",
    ),
    "no-encoding": (
        "n'est pas du texte, ou n'a aucun codage connu : enregistrez-le en UTF-8",
        "is not text, or in no known encoding: save it as UTF-8",
    ),
    "other-encoding": (
        "n'est pas en UTF-8 : lu comme du {encoding}",
        "is not UTF-8: read as {encoding}",
    ),
    "code-page": ("page de code DOS 850", "DOS code page 850"),
    "odd-byte": (
        "a 1 octet qui n'est pas de l'UTF-8, ligne {line}, colonne {column} : {how}",
        "has 1 byte that is not UTF-8, the first at line {line}, column {column}: {how}",
    ),
    "odd-bytes": (
        "a {number} octets qui ne sont pas de l'UTF-8, le premier ligne {line}, colonne {column} : "
        "{how}",
        "has {number} bytes that are not UTF-8, the first at line {line}, column {column}: {how}",
    ),
    "passed-over": ("laissé de côté", "passed over"),
    "read-as-char": ("lu comme {char}", "read as {char}"),
    "archive-of-many": (
        "est une archive de plus de {most} fichiers",
        "is an archive of more than {most} files",
    ),
    "unpacks-to-much": (
        "dépasse, décompressé, 10 Mo pour une partie ou 40 en tout",
        "unpacks to more than 10 MB a part, or 40 in all",
    ),
    "damaged-office": (
        "est un fichier DOCX ou ODT abîmé ou protégé par un mot de passe",
        "is a DOCX or ODT file that is damaged or under a password",
    ),
    "no-office": (
        "est une archive, et ni un DOCX ni un ODT : enregistrez-le ainsi, ou en texte brut",
        "is an archive, and no DOCX or ODT file: save it as one, or as plain text",
    ),
    "document-type": (
        "déclare un type de document, ce qu'aucun fichier DOCX ou ODT ne fait",
        "declares a document type, as no DOCX or ODT file does",
    ),
    "mail-without-text": ("est un courriel sans texte", "is a mail without text"),
    # What a file of a dataset should hold.
    "holds-release": (
        "le communiqué, ses parties et ce qui en est laissé de côté",
        "the release, its sections and what is left out of it",
    ),
    "holds-topics": ("les thèmes des affirmations", "the topics of claims"),
    "holds-units": ("les unités des chiffres", "the units of stats"),
    "holds-organisations": ("les organisations nommées", "the organisations that are named"),
    "holds-people": ("les personnes nommées", "the people who are named"),
    "holds-sources": ("les sources qui répondent des affirmations", "who vouches for claims"),
    "holds-kind": ("des affirmations du genre {kind}", "claims of the kind {kind}"),
    "holds-computed": ("des chiffres que calculent des formules", "stats worked out by formulas"),
    "holds-synonyms": (
        "des mots qu'une recherche confond",
        "words that a search takes alike",
    ),
    "holds-fingerprint": ("ce qui est gardé du communiqué", "what is kept of the release"),
    # What is wrong in a file of a dataset.
    "file-missing": (
        "est absent : il devrait contenir {holds}",
        "is missing: it should hold {holds}",
    ),
    "file-empty": ("est vide : il devrait contenir {holds}", "is empty: it should hold {holds}"),
    "file-no-list": (
        "il faut une liste : le fichier devrait contenir {holds}",
        "a list is expected: the file should hold {holds}",
    ),
    "file-unread": ("lecture impossible : {reason}", "can't be read: {reason}"),
    "no-file": ("ni un fichier ni un dossier", "neither a file nor a folder"),
    "file-too-large": (
        "plus de {size} Mo (ESSFACTS_MAX_SIZE en permet plus)",
        "larger than {size} MB (ESSFACTS_MAX_SIZE allows for more)",
    ),
    "not-utf-8": ("n'est pas de l'UTF-8", "is not UTF-8"),
    "not-yaml": ("n'est pas du YAML : {problem}", "not YAML: {problem}"),
    "no-yaml": ("n'est pas du YAML", "not YAML"),
    "control-character": (
        "contient le caractère de commande {char}",
        "holds the control character {char}",
    ),
    "fingerprint-damaged": (
        "est abîmé : relancez essfacts seal",
        "is damaged: run essfacts seal again",
    ),
    "stopped": ("{why} : la lecture s'arrête ici", "{why}: reading stopped here"),
    "stopped-faults": ("a d'autres fautes", "has more faults"),
    "stopped-depth": ("trop de niveaux imbriqués", "nested too deep"),
    "stopped-values": (
        "a plus de valeurs qu'il ne s'en lit (voir ESSFACTS_MAX_SIZE)",
        "has more values than can be read (see ESSFACTS_MAX_SIZE)",
    ),
    "second-document": (
        "un second document, après `---`, n'est pas lu",
        "a second document, after `---`, is not read",
    ),
    "expected": ("il faut {expected}, et non {found}", "{expected} is expected, not {found}"),
    "an-alias": ("un alias", "an alias"),
    "a-list": ("une liste", "a list"),
    "a-mapping": ("des champs", "a mapping"),
    "a-key": ("une clé", "a key"),
    "a-formula": ("une formule comme `sum: [id, id]`", "a formula such as `sum: [id, id]`"),
    "a-text": ("un texte", "a text"),
    "an-integer": ("un nombre entier", "a whole number"),
    "a-truth": ("true ou false", "true or false"),
    "number-in-yaml": (
        "un nombre comme 1367, 1.3 ou 2/3",
        "a number such as 1367, 1.3 or 2/3",
    ),
    "date-in-yaml": (
        "une date comme 2024-05-31, 2024-04 ou 2018",
        "a date such as 2024-05-31, 2024-04 or 2018",
    ),
    "of-vocabulary": ("une valeur parmi {values}", "one of {values}"),
    "quoted": ("« {value} »", '"{value}"'),
    "scalar-too-long": ("plus de {most} caractères", "longer than {most} characters"),
    "cut-short": (
        "coupé par « # » après une espace, qui ouvre un commentaire : mettez le texte entre "
        "guillemets",
        'cut short by " #", which begins a comment: quote the text',
    ),
    "no-field-value": ("pas de « {name} »", 'no "{name}"'),
    "key-twice": ("« {name} » y est deux fois", '"{name}" stands twice'),
    "merge-keys": (
        "les clés de fusion (<<) ne sont pas lues : écrivez les champs",
        "merge keys (<<) are not read: write the fields out",
    ),
    "key-alone": (
        "ancres et étiquettes ne sont pas lues : écrivez la clé seule",
        "anchors and tags are not read: write the key alone",
    ),
    "anchors": (
        "les ancres (« {value} ») ne sont pas lues : écrivez la valeur seule",
        'anchors ("{value}") are not read: write the value alone',
    ),
    "tags": (
        "les étiquettes (« {value} ») ne sont pas lues : écrivez la valeur seule",
        'tags ("{value}") are not read: write the value alone',
    ),
    "aliases": (
        "les alias ne sont pas lus : écrivez la valeur",
        "aliases are not read: write the value out",
    ),
    "one-operation": ("une formule a une seule opération", "a formula has one operation"),
    "empty-text": ("est vide : il faut un texte", "is empty: a text is expected"),
    "no-day": (
        "« {value} » n'est pas un jour du calendrier",
        '"{value}" is no day of the calendar',
    ),
    # What the rules find.
    "more-faults": (
        "il y a d'autres fautes : celles-ci d'abord",
        "there are more faults: these come first",
    ),
    "not-kebab-case": (
        "l'identifiant n'est pas en minuscules et traits d'union, comme « industrial-employment »",
        'the id is not kebab-case, such as "industrial-employment"',
    ),
    "id-too-long": (
        "l'identifiant a {chars} caractères, au plus {most}",
        "the id has {chars} characters, at most {most}",
    ),
    "id-again": (
        "l'identifiant est déjà à {place}",
        "the id stands already at {place}",
    ),
    "either": ("{first} ou {last}", "{first} or {last}"),
    "both": ("{first} et {last}", "{first} and {last}"),
    "elsewhere": (
        "{field} : « {value} » est dans {home}, et non dans {tables}",
        '{field}: "{value}" stands in {home}, not in {tables}',
    ),
    "dangling": (
        "{field} : pas de « {value} » dans {tables}{hint}",
        '{field}: no "{value}" in {tables}{hint}',
    ),
    "no-stat": ("aucun chiffre « {value} »{hint}", 'no stat "{value}"{hint}'),
    "two-inputs": (
        "l'opération {operation} prend deux valeurs",
        "a {operation} takes two inputs",
    ),
    "circle": ("tourne en rond : {ids}", "goes round in a circle: {ids}"),
    "by-zero": ("divise par zéro", "divides by zero"),
    "too-large": ("son résultat est trop grand", "its result is too large"),
    "no-translation": (
        "{field} : aucun texte dans « {language} »",
        '{field}: no text in "{language}"',
    ),
    "no-source": (
        "aucune source : qui répond de l'affirmation ?",
        "no source: who vouches for the claim?",
    ),
    "no-producer": (
        "aucun producteur : qui répond de ce qu'elle dit ?",
        "no producer: who vouches for what it says?",
    ),
    "too-many-words": ("{words} mots, au plus {most}", "{words} words, at most {most}"),
    "too-many-chars": (
        "{chars} caractères, au plus {most}",
        "{chars} characters, at most {most}",
    ),
    "written-elsewhere": (
        "« {value} » n'est pas dans l'extrait",
        '"{value}" does not stand in the excerpt',
    ),
    "no-one-number": (
        "« {value} » ne se lit pas comme un seul nombre",
        '"{value}" does not read as one number',
    ),
    "part-of-number": (
        "« {value} » n'est qu'une partie du nombre de l'extrait",
        '"{value}" is only a part of the excerpt\'s number',
    ),
    "other-value": (
        "{value} en « {unit} », mais « {written} » se lit {read}",
        '{value} in "{unit}", but "{written}" reads as {read}',
    ),
    "no-approximation": ("aucune précision « {value} »{hint}", 'no "{value}"{hint}'),
    "other-approximation": (
        "« {value} », mais l'extrait dit « {found} »",
        "{value}, but the excerpt's number is {found}",
    ),
    "excerpt-elsewhere": (
        "l'extrait n'est pas dans les mots de la citation",
        "the excerpt does not stand in the words of the quotation",
    ),
    "other-speaker": (
        "la source « {source} » n'est pas la parole de « {speaker} »",
        'the source "{source}" is not the word of "{speaker}"',
    ),
    "unused": ("rien ne le nomme", "nothing names it"),
    "no-address": (
        "« {value} » n'est pas une adresse web",
        '"{value}" is not a web address',
    ),
    "as-a-formula": (
        "{field} : commence comme une formule de tableur",
        "{field}: begins as a spreadsheet's formula would",
    ),
    # What texts say otherwise: a fact is a number, a date, a name, or one of the words below.
    "french-only": (
        "{field} : « {fact} » en français, et non en anglais",
        '{field}: "{fact}" in French, not in English',
    ),
    "english-only": (
        "{field} : « {fact} » en anglais, et non en français",
        '{field}: "{fact}" in English, not in French',
    ),
    "one-language": (
        "{field} : « {fact} » dans une langue, et non dans l'autre",
        '{field}: "{fact}" in one language, not in the other',
    ),
    "other-names": (
        "{field} : d'autres noms en français qu'en anglais",
        "{field}: other names in French than in English",
    ),
    "unvouched": (
        "{field} : rien ne répond de « {fact} »",
        '{field}: nothing vouches for "{fact}"',
    ),
    "excerpt-has": (
        "text : il manque « {fact} », qui est dans l'extrait",
        'text: lacks "{fact}", which the excerpt has',
    ),
    "lacking": ("text : il manque « {fact} »", 'text: lacks "{fact}"'),
    "fact": ("{hedge} {figure}", "{hedge} {figure}"),
    "fact-exact": ("exact", "exact"),
    "fact-about": ("environ", "about"),
    "fact-nearly": ("près de", "nearly"),
    "fact-at-least": ("au moins", "at-least"),
    "fact-at-most": ("au plus", "at-most"),
    "fact-more-than": ("plus de", "more-than"),
    "fact-less-than": ("moins de", "less-than"),
    "fact-on-average": ("en moyenne", "on-average"),
    "fact-not": ("ne… pas", "not"),
    "fact-only": ("seulement", "only"),
    "fact-can": ("peut", "can"),
    "fact-often": ("souvent", "often"),
    "fact-largely": ("en grande partie", "largely"),
    # What sealing finds.
    "read-again": (
        "relisez-la face au communiqué, puis scellez",
        "read it against the release, then seal",
    ),
    "new-record": ("pas encore : {then}", "not yet: {then}"),
    "changed-record": ("changée depuis : {then}", "changed since: {then}"),
    "lost-record": ("plus aucune fiche : {then}", "no record now: {then}"),
    "not-in-release": (
        "{field} : « {text} » n'est pas dans le communiqué",
        '{field}: "{text}" does not stand in the release',
    ),
    "not-once": (
        "excerpt : est à {places} du communiqué : un mot de plus suffirait",
        "excerpt: stands at {places} of the release: one more word would do",
    ),
    # What a text says otherwise than the release.
    "check-said": ("le communiqué dit {said}", "the release says {said}"),
    "check-computed": (
        "nombre calculé, que le communiqué ne dit pas",
        "worked out, not said by the release",
    ),
    "check-other": (
        "le communiqué donne ce nombre pour : {said}",
        "the release gives this number for: {said}",
    ),
    "check-altered": ("mots altérés", "words altered"),
    "check-cut": ("coupée sans le dire", "cut without a mark"),
    "check-joined": ("deux passages joints", "two passages joined"),
    "check-unknown": ("absente du communiqué", "not in the release"),
    "check-speaker": ("la citation est de {who}", "the quotation is {who}'s"),
    "check-not-spoken": (
        "ce sont les mots du communiqué, non d'une personne",
        "the words are the release's, no person's",
    ),
    "check-source": ("source du chiffre : {who}", "source of the figure: {who}"),
    "check-name": ("le nom est {who}", "the name is {who}"),
    "check-summary": ("{recognised}, {findings}.", "{recognised}, {findings}."),
    "check-nothing": (
        "Rien de reconnu : rien n'a été contrôlé.",
        "Nothing recognised: nothing was checked.",
    ),
    "figures": ("{} chiffre|{} chiffres", "{} figure|{} figures"),
    "quotations": ("{} citation|{} citations", "{} quotation|{} quotations"),
    "people-told": ("{} personne|{} personnes", "{} person|{} people"),
    "dates": ("{} date|{} dates", "{} date|{} dates"),
    "findings": ("{} constat|{} constats", "{} finding|{} findings"),
    "remarks": ("{} remarque|{} remarques", "{} remark|{} remarks"),
    "recognised": ("{what} reconnu{s}", "{what} recognised"),
    "recognised-feminine": ("{what} reconnue{s}", "{what} recognised"),
    "the-release": ("le communiqué", "the release"),
    "check-and": (" et ", " and "),
    # Counted: for one, then for several.
    "words": ("{} mot|{} mots", "{} word|{} words"),
    "passages": ("{} passage|{} passages", "{} passage|{} passages"),
    "records": ("{} fiche|{} fiches", "{} record|{} records"),
    "intact": ("{} conforme|{} conformes", "{} right|{} right"),
    "altered": ("{} altéré|{} altérés", "{} altered|{} altered"),
    "missing": ("{} absent|{} absents", "{} missing|{} missing"),
    "moved": ("{} déplacé|{} déplacés", "{} moved|{} moved"),
    "ambiguous": ("{} ambigu|{} ambigus", "{} ambiguous|{} ambiguous"),
    "added": (
        "{} texte ajouté dans ses paragraphes|{} textes ajoutés dans ses paragraphes",
        "{} text added within its paragraphs|{} texts added within its paragraphs",
    ),
    "claims-verified": ("{} vérifiée|{} vérifiées", "{} verified|{} verified"),
    "claims-altered": ("{} altérée|{} altérées", "{} altered|{} altered"),
    "claims-missing": ("{} absente|{} absentes", "{} missing|{} missing"),
    "claims-ambiguous": ("{} ambiguë|{} ambiguës", "{} ambiguous|{} ambiguous"),
    "around": (
        "Autour : {} texte qui n'est pas du communiqué.|"
        "Autour : {} textes qui ne sont pas du communiqué.",
        "Around it: {} text that is not the release's.|"
        "Around it: {} texts that are not the release's.",
    ),
    "more": (
        "… et {} autre constat : --format text les liste tous.|"
        "… et {} autres constats : --format text les liste tous.",
        "… and {} more: --format text lists them all.|… and {} more: --format text lists them all.",
    ),
}
_MOST_SHOWN = 100


class Whole(str):
    """A text that fills a blank and is never shortened: a path, or a command to paste."""

    __slots__ = ()


class Message(NamedTuple):
    """A sentence of MESSAGES with its blanks filled, to be said in either language.

    What fills a blank is shortened and made safe to print: it may be what somebody typed.
    """

    key: str
    blanks: Mapping[str, Any] = {}

    def said(self, language: str) -> str:
        """Say it in a language."""
        filled = {name: _filled(blank, language) for name, blank in self.blanks.items()}
        if "count" in self.blanks:
            count = self.blanks["count"]
            filled["s"] = "s" if (count > 1 if language == "fr" else count != 1) else ""
        if self.key not in MESSAGES:  # a word may fill a blank as well as a sentence
            return word(self.key, language)
        return MESSAGES[self.key][LANGUAGES.index(language)].format(**filled)

    def __str__(self) -> str:
        return self.said("en")

    def __hash__(self) -> int:
        return hash(str(self))


def message(key: str, **blanks: Any) -> Message:
    """Make a message of MESSAGES; a blank may be a message, a text or a Text, a number, a list."""
    return Message(key, blanks)


def chained(key: str, parts: Sequence[str]) -> Message | str:
    """Join parts by a sentence of two blanks, such as `either`."""
    joined: Message | str
    joined, *rest = parts
    for last in rest:
        joined = message(key, first=joined, last=last)
    return joined


def _filled(blank: Any, language: str) -> str:
    if isinstance(blank, Message):
        return blank.said(language)
    if isinstance(blank, int | float):
        return format_number(blank, language)
    if hasattr(blank, language):
        return str(getattr(blank, language))
    if not isinstance(blank, str):
        return ", ".join(_filled(item, language) for item in blank)
    if isinstance(blank, Whole):
        return "\n".join(map(printable, blank.split("\n")))
    text = printable(blank)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


# What citations add, with blanks; in French and in English.
CITATIONS: Mapping[str, tuple[str, str]] = {
    "and": (" et ", " and "),
    "of": ("de", "of"),
    "per-cent": ("{} %", "{}%"),
    "genre": ("Communiqué de presse", "Press release"),
    "undated": ("s. d.", "n.d."),
    # Where a work is read, and when.
    "online": ("[en ligne]", "[online]"),
    "on": ("le {}", "{}"),
    "in": ("en {}", "{}"),
    "viewed": ("[consulté {}]", "[viewed {}]"),
    "available": ("Disponible à l'adresse : {}", "Available from: {}"),
    "accessed": ("consulté {}", "accessed {}"),
    "retrieved": ("Consulté {} à l'adresse", "Retrieved {}, from"),
    # Where a claim stands in the release.
    "section": ("partie {}", "{} section"),
    "data": ("données : {}", "data: {}"),
    # A style's name and a type of source: who is cited or quoted, then the release.
    "iso690-footnote": ("{} Cité dans : {}", "{} Cited in: {}"),
    "iso690-statement": ("{} In : {}", "{} Quoted in: {}"),
    "iso690-self-description": ("{} In : {}", "{} In: {}"),
    "apa-text": ("Dans le texte : ({})", "In the text: ({})"),
    "apa-footnote": ("{}, cité dans {}", "{}, as cited in {}"),
    "apa-statement": ("{}, propos cités dans {}", "{}, as quoted in {}"),
    "chicago-footnote": ("{}, cité dans {}", "{}, cited in {}"),
    "chicago-statement": ("{}, propos cités dans {}", "{}, quoted in {}"),
    "note": ("Cité dans {}", "Cited in {}"),
    # Who vouches for a claim, inside a sentence.
    "the-release": ("le communiqué de presse", "the press release"),
    "the-study-release": (
        "le communiqué de presse présentant l'étude",
        "the press release presenting the study",
    ),
    "credit-release": ("{release}", "{release}"),
    "credit-study": (
        "l'étude présentée dans {release}",
        "the study presented in {release}",
    ),
    "credit-footnote": ("{who}, que cite {release}", "{who}, cited in {release}"),
    "credit-cross-reference": (
        "un croisement de données que décrit {release} : {who}",
        "a cross-reference of data described in {release}: {who}",
    ),
    "credit-note": ("une note {of_release}", "a footnote {of_release}"),
    "credit-statement": ("{who}, dans {release}", "{who}, quoted in {release}"),
    "credit-speaker": ("{who}, dans {release}", "{who}, in {release}"),
    "credit-self-description": (
        "{who}, qui se présente dans {release}",
        "the self-description of {who} in {release}",
    ),
    "credit-itself": (
        "la présentation que l'organisation fait d'elle-même dans {release}",
        "the organisation's description of itself in {release}",
    ),
    # Sentences, whole.
    "according": ("{}, selon {}.", "{}, according to {}."),
    "according-at-length": ("{} – selon {}.", "{} – according to {}."),
    "already-credited": ("{} – propos cités dans {}.", "{} – quoted in {}."),
    "says": ("{}, déclare {}.", "{} says {} (translation by essfacts)."),
    "lever": ("Parmi les leviers : {}", "Among the levers: {}"),
    "study-lever": (
        "Parmi les leviers que présente l'étude : {}",
        "Among the levers that the study presents: {}",
    ),
    "computed": ("Calcul d'essfacts ({}) : {} ({})", "Computed by essfacts ({}): {} ({})"),
    "where": (", où {} = {}, soit {}", ", where {} = {}, that is {}"),
    "based": ("{}, d'après {}.", "{}, based on {}."),
}

_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "January February March April May June July August September October November December".split(),
)


def word(key: str, language: str) -> str:
    """Say a word of the program in a language; a word it does not know stands as it is."""
    return WORDS[key][LANGUAGES.index(language)] if key in WORDS else key


def say(key: str, language: str, **blanks: Any) -> str:
    """Say a sentence of MESSAGES in a language."""
    return Message(key, blanks).said(language)


def counted(key: str, count: int, language: str) -> str:
    """Say how many there are; French counts none as one."""
    one, several = MESSAGES[key][LANGUAGES.index(language)].split("|")
    is_one = count < 2 if language == "fr" else count == 1
    return (one if is_one else several).format(format_number(count, language))


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


_GLUED = (
    # A thin space parts thousands and stands before high marks, a whole one before the others.
    # A pattern that begins with the space itself is found three times as fast.
    (r" (?:(?<=\d )(?=\d{3}(?!\d))|(?=[;!?]))", "\u202f"),
    (r" (?:(?<=[«≈] )|(?=[:»%€×]))", "\u00a0"),
)


def typeset(text: str) -> str:
    """Glue a mark to the word that it belongs to, so that no line begins or ends with it."""
    import re

    for pattern, space in _GLUED:
        text = re.sub(pattern, space, text)
    return text


def joined(small: str, noun: str, language: str) -> str:
    """Put a small word before a noun; in French `de`, `que`, `la`… elide, and `de le` is `du`."""
    if language != "fr":
        return f"{small} {noun}"
    first, _, rest = noun.partition(" ")
    if contracted := _CONTRACTIONS.get((small, first)):
        return f"{contracted} {rest}"
    if small.endswith("'"):
        return small + noun
    # H is left alone: nothing in a name says whether it is mute, and "de Henri" is French too.
    if small in {"de", "que", "le", "la"} and re.match(
        "(?!onz|oui\\b|y[aeiou])[aeiouy]", fold(noun)
    ):
        return f"{small[:-1]}'{noun}"
    return f"{small} {noun}"


_CONTRACTIONS = {
    ("de", "le"): "du",
    ("de", "les"): "des",
    ("à", "le"): "au",
    ("à", "les"): "aux",
}


def listed(*parts: str) -> str:
    """Put commas between parts; English closes its quotation marks after them."""
    *before, last = [part for part in parts if part] or [""]
    return " ".join([*(_marked(part, ",") for part in before), last])


def _marked(part: str, mark: str) -> str:
    body = part.rstrip("’”")
    return f"{body}{mark}{part[len(body) :]}"


def series(names: Sequence[str], of_two: str, of_more: str = "") -> str:
    *before, last = names or ("",)
    joint = of_more or of_two if len(before) > 1 else of_two
    return f"{', '.join(before)}{joint}{last}" if before else last


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """Begin with a small letter, unless the word is an acronym."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def sentences(*parts: str, url: str | None = None) -> str:
    """End each part with a stop, but not the web address, to which a reader would take it."""
    stopped = (
        part if part.rstrip("’”").endswith((".", "!", "?", "…")) else _marked(part, ".")
        for part in parts
        if part
    )
    return " ".join([*stopped, *([url] if url else [])])


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
