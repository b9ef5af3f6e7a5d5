"""The concept's own address, which holds whatever the language."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from contactpoint.glossary.models import Concept
from contactpoint.glossary.naming import concept_url


@require_safe
@vary_on_headers("Accept-Language")
def identifier(request: HttpRequest, slug: str) -> HttpResponse:
    """The concept's own address leads to the page in the language that the reader prefers."""
    if not Concept.objects.filter(slug=slug).exists():
        raise Http404
    response = HttpResponseRedirect(concept_url(slug, get_language_from_request(request)))
    response.status_code = 303
    return response
