"""Pages of the main themes."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.glossary.models import Concept
from contactpoint.glossary.naming import ThemeNode, concepts_named, flat, theme_tree, theme_url
from contactpoint.kit.appearances import Subject, appearances
from contactpoint.kit.context import view_context
from contactpoint.kit.feeds import subscription
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link


@require_safe
def theme_index(request: HttpRequest) -> HttpResponse:
    """All main themes, as a tree."""
    tree = theme_tree(get_language() or FALLBACK_LANGUAGE)
    return render(
        request, "glossary/theme_index.html", {**view_context(request), "themes": nodes(tree)}
    )


@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """A theme: its children, its concepts, and all that stands under it."""
    language = get_language() or FALLBACK_LANGUAGE
    tree = theme_tree(language)
    node = next((node for node in flat(tree) if node.theme.slug == slug), None)
    if node is None:
        raise Http404
    parent = next((top for top in tree if top.pk == node.parent_id), None)
    crumbs = [Link(_("Themes"), theme_url("", language).replace("//", "/"))]
    if parent:
        crumbs.append(Link(parent.theme.label, parent.theme.url))
    pks = [node.pk, *(child.pk for child in node.children)]
    concepts = (
        Concept.objects.exclude(status=Concept.Status.DEPRECATED)
        .filter(themes__in=[node.pk])
        .distinct()
    )
    context = {
        **view_context(request, *crumbs),
        "theme": node.theme,
        "label": node.theme.label,
        "children": [child.theme for child in node.children],
        "concepts": concepts_named(concepts, language),
        "appearances": appearances(request, Subject("theme", slug, pks, language)),
        "feed_url": f"{node.theme.url}feed.atom",
        "calendar_url": subscription(node.theme.url),
    }
    return render(request, "glossary/theme.html", context)


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
