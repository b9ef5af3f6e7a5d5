"""What is said of a concept, ready for a template: its names, definitions and notes.

The page of a concept shows it as it is, that of a version as it stood; both say it alike.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.utils.translation import pgettext_lazy

from contactpoint.glossary.languages import LANGUAGES, by_name, name_in, name_within, own_name
from contactpoint.glossary.sources import in_language
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.vocabulary import Definition, VocabularyConcept

NOTES: Final = {
    "scope": pgettext_lazy("kind of note", "How it is used"),
    "note": pgettext_lazy("kind of note", "Note"),
    "example": pgettext_lazy("kind of note", "Example"),
    "history": pgettext_lazy("kind of note", "Earlier meanings"),
    "change": pgettext_lazy("kind of note", "What was changed"),
}
"""The kinds of notes that readers see; an editorial note is for the editors."""


def label_lines(known: VocabularyConcept, reader: str) -> list[dict[str, Any]]:
    """One line a language: the portal's own first, then by their names. Hidden labels stay so."""
    shown = [label for label in known.labels if label.kind != "hidden"]
    # The common name first, then national ones, then synonyms.
    shown.sort(key=lambda label: (label.kind != "preferred", label.variant != ""))
    lines: dict[str, list[dict[str, str]]] = {}
    for label in shown:
        lines.setdefault(label.language, []).append({"text": label.text, "variant": label.variant})
    named = {label.language for label in shown if label.kind == "preferred"}
    return [
        {
            "language": code,
            "name": name_in(code, reader),
            "own_name": own_name(code),
            "preferred": lines[code][0] if code in named else None,
            "alternatives": lines[code][1:] if code in named else lines[code],
        }
        for code in _own_first(set(lines), reader)
    ]


def other_names(lines: list[dict[str, Any]], language: str) -> list[dict[str, str]]:
    """What `label_lines` gave as the further names in `language`."""
    return next((line["alternatives"] for line in lines if line["language"] == language), [])


def missing_languages(preferred: Iterable[str], reader: str) -> list[dict[str, str]]:
    """The languages of the glossary in which the concept has no name yet."""
    lacking = set(LANGUAGES) - set(preferred)
    return [
        {"code": code, "name": name_in(code, reader), "name_within": name_within(code, reader)}
        for code in by_name(lacking, reader)
    ]


def definitions(given: Iterable[Definition], reader: str) -> list[dict[str, Any]]:
    """The definition to read first (the reader's language, else English, else any), then others."""
    texts = [one for one in given if one.text]
    order = [reader, FALLBACK_LANGUAGE, *_own_first({one.language for one in texts}, reader)]
    texts.sort(key=lambda one: (order.index(one.language), one.context.casefold() != "eu"))
    return [
        {
            "text": one.text,
            "source": in_language(one.source, reader),
            "context": one.context,
            "language": one.language,
            "name": name_in(one.language, reader),
            "name_within": name_within(one.language, reader),
            "is_fallback": one.language != reader,
        }
        for one in texts
    ]


def notes(known: VocabularyConcept, reader: str) -> list[dict[str, Any]]:
    """Notes in the reader's language, else in English, else as they are, by kind."""
    spoken = {note.language for note in known.notes}
    language = next((code for code in (reader, FALLBACK_LANGUAGE) if code in spoken), None)
    return [
        {"heading": heading, "text": note.text, "language": note.language}
        for kind, heading in NOTES.items()
        for note in known.notes
        if note.kind == kind and language in (None, note.language)
    ]


def _own_first(codes: set[str], reader: str) -> list[str]:
    """The portal's own languages in their order, then the others by name."""
    own = [code for code, _name in settings.LANGUAGES if code in codes]
    return own + by_name(codes - set(own), reader)
