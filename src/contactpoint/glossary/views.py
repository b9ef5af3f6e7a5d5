"""Pages of themes, concepts and the whole glossary; what uses them is told by whoever uses them."""

from itertools import groupby
from typing import Any, cast

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, get_language_from_request
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from contactpoint.glossary.collation import initial, sort_key
from contactpoint.glossary.leading import in_use
from contactpoint.glossary.models import Concept, ConceptLabel, Theme
from contactpoint.glossary.naming import (
    ThemeNode,
    concept_url,
    concepts_named,
    flat,
    label_in,
    named_concept,
    named_theme,
    theme_tree,
    theme_url,
    with_narrower,
)
from contactpoint.kit.appearances import Subject, appearances
from contactpoint.kit.context import view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link

RIGHT_TO_LEFT = frozenset({"ar", "fa", "ps"})


@require_safe
def theme_index(request: HttpRequest) -> HttpResponse:
    """All main themes, as a tree."""
    tree = theme_tree(_language())
    return render(
        request, "glossary/theme_index.html", {**view_context(request), "themes": nodes(tree)}
    )


@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """A theme: its children, its concepts, and all that stands under it."""
    language = _language()
    tree = theme_tree(language)
    node = next((node for node in flat(tree) if node.theme.slug == slug), None)
    if node is None:
        raise Http404
    parent = next((top for top in tree if top.pk == node.parent_id), None)
    crumbs = [Link(_("Themes"), theme_url("", language).replace("//", "/"))]
    if parent:
        crumbs.append(Link(parent.theme.label, parent.theme.url))
    pks = [node.pk, *(child.pk for child in node.children)]
    concepts = _approved().filter(themes__in=[node.pk]).distinct()
    context = {
        **view_context(request, *crumbs),
        "theme": node.theme,
        "label": node.theme.label,
        "children": [child.theme for child in node.children],
        "concepts": concepts_named(concepts, language),
        "appearances": appearances(request, Subject("theme", slug, pks, language)),
        "feed_url": f"{node.theme.url}feed.atom",
    }
    return render(request, "glossary/theme.html", context)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """All concepts from A to Z, in the order of the reader's language."""
    named = concepts_named(_approved(), _language())
    named.sort(key=lambda concept: sort_key(concept.label))
    letters = [
        {"letter": letter, "concepts": list(group)}
        for letter, group in groupby(named, key=lambda concept: initial(concept.label))
    ]
    return render(
        request, "glossary/glossary_index.html", {**view_context(request), "letters": letters}
    )


@require_safe
def concept(request: HttpRequest, slug: str) -> HttpResponse:
    """A concept: names, definition, neighbours, and all that is about it.

    A concept that was replaced leads to its successor; one that is merely withdrawn is gone.
    """
    language = _language()
    row = get_object_or_404(Concept.objects.select_related("successor"), slug=slug)
    if row.status == Concept.Status.DEPRECATED:
        successor = in_use(row)
        if successor is None:
            raise Http404
        return redirect(concept_url(successor.slug, language), permanent=True)
    pks = sorted(with_narrower({row.pk}))
    label = row.label
    context = {
        **view_context(request, Link(_("Glossary"), f"/{language}/glossary/")),
        "concept": row,
        "label": label,
        "labels": _labels(row),
        "definition": _definition(row, language),
        **_neighbours(row, language),
        "exact_matches": row.exact_matches,
        "themes": _themes(row, language),
        "appearances": appearances(request, Subject("concept", slug, pks, language)),
        "feed_url": f"{concept_url(slug, language)}feed.atom",
    }
    return render(request, "glossary/concept.html", context)


@require_safe
@vary_on_headers("Accept-Language")
def identifier(request: HttpRequest, slug: str) -> HttpResponse:
    """The concept's own address leads to the page in the language that the reader prefers."""
    if not Concept.objects.filter(slug=slug).exists():
        raise Http404
    response = HttpResponseRedirect(concept_url(slug, get_language_from_request(request)))
    response.status_code = 303
    return response


def nodes(tree: list[ThemeNode], counts: dict[int, int] | None = None) -> list[dict[str, Any]]:
    """The tree as templates show it; `counts` by primary key, None where nobody counted."""
    return [
        {
            "theme": node.theme,
            "children": nodes(node.children, counts),
            "count": None if counts is None else counts.get(node.pk, 0),
        }
        for node in tree
    ]


def language_name(code: str) -> str:
    """The name of a language in itself, with a capital: "Français"."""
    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name() or code
    except (UnknownLocaleError, ValueError):
        name = code
    return (
        name[:1].title() + name[1:]
    )  # Georgian letters have capitals, but no name starts with one


def _approved() -> Any:
    return Concept.objects.exclude(status=Concept.Status.DEPRECATED)


def _labels(row: Concept) -> list[dict[str, Any]]:
    """One line a language: the portal's own first, then by their names."""
    alternatives: dict[str, list[str]] = {}
    shown = row.other_labels.filter(kind=ConceptLabel.Kind.ALTERNATIVE)
    for language, text in shown.values_list("language", "text"):
        alternatives.setdefault(language, []).append(text)
    own = [code for code, _name in settings.LANGUAGES]
    lines = [
        {
            "language": code,
            "name": language_name(code),
            "dir": "rtl" if code.split("-")[0] in RIGHT_TO_LEFT else "ltr",
            "preferred": row.labels.get(code, ""),
            "alternatives": alternatives.get(code, []),
        }
        for code in {**row.labels, **alternatives}
    ]
    return sorted(
        lines,
        key=lambda line: (
            own.index(line["language"]) if line["language"] in own else len(own),
            sort_key(line["name"]),
        ),
    )


def _definition(row: Concept, language: str) -> dict[str, Any] | None:
    """The definition in the reader's language, else in English, else in any."""
    found = [
        code
        for code in dict.fromkeys((language, FALLBACK_LANGUAGE, *row.definitions))
        if (row.definitions.get(code) or {}).get("text")
    ]
    if not found:
        return None
    given = cast("dict[str, str]", row.definitions[found[0]])
    return {
        "text": given["text"],
        "source": given.get("source", ""),
        "language": found[0],
        "is_fallback": found[0] != language,
    }


def _neighbours(row: Concept, language: str) -> dict[str, list[Any]]:
    """Broader, narrower and related concepts, in one query."""
    near: dict[str, list[Any]] = {"broader": [], "narrower": [], "related": []}
    broader = set(row.broader.values_list("pk", flat=True))
    narrower = set(row.narrower.values_list("pk", flat=True))
    rows = (
        _approved()
        .filter(Q(pk__in=broader | narrower) | Q(related=row.pk))
        .distinct()
        .annotate(label_text=label_in(language))
        .values_list("pk", "slug", "label_text")
    )
    for pk, slug, label in rows:
        kind = "broader" if pk in broader else "narrower" if pk in narrower else "related"
        near[kind].append(named_concept(slug, label, language))
    for group in near.values():
        group.sort(key=lambda one: sort_key(one.label))
    return near


def _themes(row: Concept, language: str) -> list[Any]:
    rows = Theme.objects.filter(concepts=row.pk).annotate(label_text=label_in(language))
    return [
        named_theme(slug, label, language, hue)
        for slug, label, hue in rows.values_list("slug", "label_text", "hue")
    ]


def _language() -> str:
    return get_language() or FALLBACK_LANGUAGE
