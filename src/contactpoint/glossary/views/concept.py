"""The page of a concept, with everything that the glossary knows of it."""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.glossary import tree
from contactpoint.glossary.languages import LANGUAGES, by_name, name_in, name_within, own_name
from contactpoint.glossary.leading import in_use
from contactpoint.glossary.lexicon import lexicon
from contactpoint.glossary.models import Concept, Theme
from contactpoint.glossary.naming import concept_url, label_in, named_theme, with_narrower
from contactpoint.glossary.views.withdrawn import withdrawn
from contactpoint.kit.appearances import Subject, appearances
from contactpoint.kit.context import view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link
from contactpoint.vocabulary import Definition, VocabularyConcept

NOTES: Final = {
    "scope": pgettext_lazy("kind of note", "How it is used"),
    "note": pgettext_lazy("kind of note", "Note"),
    "example": pgettext_lazy("kind of note", "Example"),
    "history": pgettext_lazy("kind of note", "Earlier meanings"),
    "change": pgettext_lazy("kind of note", "What was changed"),
}
"""The kinds of notes that readers see; an editorial note is for the editors."""

DATA_FORMATS: Final = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
}
"""What machines may read instead, by the ending of the address."""


@require_safe
def concept(request: HttpRequest, slug: str) -> HttpResponse:
    """A concept: names, definitions, notes, its place, and all that is about it.

    A concept that was replaced leads to its successor; one that is merely withdrawn is gone.
    """
    language = get_language() or FALLBACK_LANGUAGE
    row = get_object_or_404(Concept.objects.select_related("successor"), slug=slug)
    if row.status == Concept.Status.DEPRECATED:
        successor = in_use(row)
        if successor is None:
            return withdrawn(request, row)
        return redirect(concept_url(successor.slug, language), permanent=True)
    words = lexicon()
    known = words.concepts.get(slug)
    if known is None:  # withdrawn a moment ago, in another process
        raise Http404
    term = words.term(slug, language)
    labels = _labels(known, language)
    definitions = _definitions(known.definitions, language)
    pks = sorted(with_narrower({row.pk}))
    context = {
        **view_context(request, Link(_("Glossary"), f"/{language}/glossary/")),
        "concept": row,
        "label": term.label,
        "label_language": term.language,
        "reader": language,
        "is_proposed": known.status == "proposed",
        "also": next(
            (line["alternatives"] for line in labels if line["language"] == term.language), []
        ),
        "labels": labels,
        "missing": _missing(words.preferred(slug), language),
        "definition": definitions[0] if definitions else None,
        "other_definitions": definitions[1:],
        "notes": _notes(known, language),
        "steps": tree.branch(words, slug, language),
        "broader": words.sorted_terms(known.broader, language),
        "narrower": words.sorted_terms(known.narrower, language),
        "related": words.sorted_terms(known.related, language),
        "exact_matches": list(known.exact_matches),
        "close_matches": list(known.close_matches),
        "notation": known.notation,
        "themes": _themes(row, language),
        "predecessors": [one.label for one in row.predecessors.all()],
        "appearances": appearances(request, Subject("concept", slug, pks, language)),
        "feed_url": f"{term.url}feed.atom",
        "identifier": f"{settings.BASE_URL}/id/concept/{slug}",
        "scheme_identifier": f"{settings.BASE_URL}/id/scheme/glossary",
        "data_formats": [
            {"url": f"/id/concept/{slug}.{ending}", "media_type": media_type}
            for ending, media_type in DATA_FORMATS.items()
        ],
        "hierarchy_url": f"/{language}/glossary/hierarchy/?at={slug}",
    }
    return render(request, "glossary/concept.html", context)


def _labels(known: VocabularyConcept, reader: str) -> list[dict[str, Any]]:
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


def _missing(preferred: Iterable[str], reader: str) -> list[dict[str, str]]:
    """The languages of the glossary in which the concept has no name yet."""
    lacking = set(LANGUAGES) - set(preferred)
    return [
        {"code": code, "name": name_in(code, reader), "name_within": name_within(code, reader)}
        for code in by_name(lacking, reader)
    ]


def _definitions(given: Iterable[Definition], reader: str) -> list[dict[str, Any]]:
    """The definition to read first (the reader's language, else English, else any), then others."""
    texts = [one for one in given if one.text]
    order = [reader, FALLBACK_LANGUAGE, *_own_first({one.language for one in texts}, reader)]
    texts.sort(key=lambda one: (order.index(one.language), one.context.casefold() != "eu"))
    return [
        {
            "text": one.text,
            "source": one.source,
            "context": one.context,
            "language": one.language,
            "name": name_in(one.language, reader),
            "name_within": name_within(one.language, reader),
            "is_fallback": one.language != reader,
        }
        for one in texts
    ]


def _notes(known: VocabularyConcept, reader: str) -> list[dict[str, Any]]:
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


def _themes(row: Concept, language: str) -> list[Any]:
    rows = Theme.objects.filter(concepts=row.pk).annotate(label_text=label_in(language))
    return [
        named_theme(slug, label, language, hue)
        for slug, label, hue in rows.values_list("slug", "label_text", "hue")
    ]
