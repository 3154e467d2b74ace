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
    "organisation": ("organisation", "organisation"),
    "match": ("trouvé", "match"),
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
    "copy": (
        "Une copie du communiqué : texte, Markdown, HTML, courriel ; - pour un tube.",
        "A copy of the release: text, Markdown, HTML, mail; - for a pipe.",
    ),
    "check copy": (
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
    "seal copy": (
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
    "install-completion": (
        "Installer la complétion pour le shell en cours.",
        "Install completion for the current shell.",
    ),
    "show-completion": (
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
    "found-by-search": (
        " : essfacts search trouve « {value} » par ce mot",
        ': essfacts search finds "{value}" by it',
    ),
    "several-begin": (
        "plusieurs commencent par « {value} » : {values}",
        'several begin with "{value}": {values}',
    ),
    "several-named": (
        "« {value} » en nomme plusieurs : {values}",
        '"{value}" names several: {values}',
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
        "sans chiffre comparable, non dessiné : {values}",
        "not drawn, for want of a like figure: {values}",
    ),
    "cannot-read": ("lecture impossible de {value} : {reason}", "can't read {value}: {reason}"),
    "cannot-write": ("écriture impossible : {reason}", "can't write: {reason}"),
    "output-closed": ("la sortie standard est fermée", "standard output is closed"),
    "completion-installed": (
        "complétion de {shell} installée dans {path} : ouvrez un nouveau terminal pour l'avoir",
        "{shell} completion installed in {path}: open a new terminal to have it",
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
    # What a text says otherwise than the release.
    "check-figure": ("le communiqué dit {fr}", "the release says {en}"),
    "check-computed": (
        "nombre calculé, que le communiqué ne dit pas",
        "worked out, not said by the release",
    ),
    "check-other": (
        "le communiqué donne ce nombre pour : {fr}",
        "the release gives this number for: {en}",
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
    "check-office": ("le communiqué dit {fr}", "the release says {en}"),
    "check-source": ("source du chiffre : {who}", "source of the figure: {who}"),
    "check-name": ("le nom est {who}", "the name is {who}"),
    "check-date": ("le communiqué dit {fr}", "the release says {en}"),
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
    "recognised": ("{what} reconnu{e}{s}", "{what} recognised"),
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


def message(key: str, **blanks: Any) -> Message:
    """Make a message of MESSAGES; a blank may be a message, a text, a number or a list."""
    return Message(key, blanks)


def _filled(blank: Any, language: str) -> str:
    if isinstance(blank, Message):
        return blank.said(language)
    if isinstance(blank, int | float):
        return format_number(blank, language)
    if not isinstance(blank, str):
        return ", ".join(_filled(item, language) for item in blank)
    text = printable(blank)
    return (
        text
        if len(text) <= _MOST_SHOWN or isinstance(blank, Whole)
        else f"{text[: _MOST_SHOWN - 1]}…"
    )


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
    (r"(?<=\d) (?=\d{3}(?!\d))| (?=[;!?])", "\u202f"),
    (r"(?<=«) | (?=[:»%€×])|(?<=≈) ", "\u00a0"),
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
