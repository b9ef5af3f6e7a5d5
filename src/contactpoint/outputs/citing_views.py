"""Outputs for bibliographies, in BibTeX, RIS and CSL-JSON: one, or a list with its filters."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from contactpoint.glossary.naming import theme_tree
from contactpoint.kit.citing import FORMATS, together
from contactpoint.kit.feeds import refused
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import roots
from contactpoint.outputs.citing import MOST_CITED, cited, cited_entries
from contactpoint.outputs.feeds import KEEPING
from contactpoint.outputs.filters import narrowed, select, unanswerable
from contactpoint.outputs.listing import names_for, of_kind
from contactpoint.outputs.models import Output
from contactpoint.outputs.querysets import entries, newest_first, readable
from contactpoint.outputs.relations import about

if TYPE_CHECKING:
    from django.db.models import QuerySet


@require_safe
def citation(request: HttpRequest, slug: str, form: str, kind: str) -> HttpResponse:
    """One output; for browsers a download."""
    language = get_language() or FALLBACK_LANGUAGE
    if form not in FORMATS:
        raise Http404
    page = get_object_or_404(readable(language).filter(kind=kind), slug=slug).specific
    url = f"{settings.BASE_URL}{request.path.removesuffix(f'citation.{form}')}"
    one = cited(page, about(page, language, "../", roots(request)), language, url)
    return taken_along(FORMATS[form][1](one), page.slug, form)


@require_safe
def citations(request: HttpRequest, form: str, kind: str) -> HttpResponse:
    """The newest of a list, with the reader's filters as the list and its feed have them. What
    nobody knows is refused: whoever opens the file doesn't see that it holds everything."""
    language = get_language() or FALLBACK_LANGUAGE
    if form not in FORMATS:
        raise Http404
    names, tree = names_for(kind), theme_tree(language)
    selection = select(request.GET, names, kind=kind, language=language, tree=tree)
    if unknown := unanswerable(request.GET, selection):
        return refused(unknown)
    outputs: QuerySet[Output] = narrowed(of_kind(kind, language), selection)
    shown = entries(newest_first(outputs, kind)[:MOST_CITED], language, roots(request))
    return taken_along(together(form, cited_entries(shown, language)), kind, form)


def taken_along(text: str, name: str, form: str, keeping: str = KEEPING) -> HttpResponse:
    """A file of citations."""
    response = HttpResponse(text, content_type=FORMATS[form][0])
    disposition = content_disposition_header(True, f"{name}.{form}")
    response["Content-Disposition"] = disposition or "attachment"
    response["Cache-Control"] = keeping
    response["X-Robots-Tag"] = "noindex"
    return response
