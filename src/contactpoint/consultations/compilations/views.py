"""The addresses of compilations: files for everybody, and the network's own version for who is
signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.consultations import reaching
from contactpoint.consultations.compilations.addresses import network_url, round_url
from contactpoint.consultations.compilations.compilation import Compilation
from contactpoint.consultations.compilations.formats import FORMATS
from contactpoint.consultations.compilations.gathering import compiled, found_round
from contactpoint.consultations.compilations.offering import CLOSED, OPEN, offered
from contactpoint.consultations.compilations.showing import shown
from contactpoint.consultations.compilations.wording import kind_label
from contactpoint.consultations.models import Round
from contactpoint.consultations.questions import said
from contactpoint.consultations.reaching import Circle
from contactpoint.kit.composing.press import UnprintableError
from contactpoint.kit.context import view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link
from contactpoint.kit.pagination import AddressedPaginator, Slices

PER_PAGE: Final = 30
View = Callable[..., HttpResponse]


def for_network(view: View) -> View:
    """Only for who is of the network; whoever isn't signed in is asked to. Nobody keeps what it
    answers, whatever that is."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            response: HttpResponse = redirect_to_login(request.get_full_path())
        elif reaching.circle_of(request.user) is not Circle.NETWORK:
            raise PermissionDenied
        else:
            response = view(request, *args, **kwargs)
        response["Cache-Control"] = CLOSED
        response["X-Robots-Tag"] = "noindex"
        return response

    return asked


@require_safe
def public_file(request: HttpRequest, code: str, ending: str) -> HttpResponse:
    """The public version as a file."""
    return _offered(request, _compilation(Circle.PUBLIC, code), ending)


@require_safe
@for_network
def network_file(request: HttpRequest, code: str, ending: str) -> HttpResponse:
    """The network's version as a file."""
    return _offered(request, _compilation(Circle.NETWORK, code), ending)


@require_safe
@for_network
def network_page(request: HttpRequest, code: str) -> HttpResponse:
    """The network's version as a page."""
    compilation = _compilation(Circle.NETWORK, code)
    language = compilation.language
    is_public = reaching.rounds(Circle.PUBLIC).filter(code=code).exists()
    context = {
        **view_context(
            request,
            Link(_("Consultations"), f"/{language}/consultations/"),
            *([Link(compilation.title.text, round_url(code, language))] if is_public else []),
        ),
        **shown(compilation, request),
    }
    return render(request, "consultations/compilations/network.html", context)


@require_safe
@for_network
def network_list(request: HttpRequest) -> HttpResponse:
    """All queries and studies that were opened, the newest first, published or not; five queries at
    most."""
    language = get_language() or FALLBACK_LANGUAGE
    rows = reaching.rounds(Circle.NETWORK).select_related("instrument")
    found = rows.order_by("-opens_at", "-pk")
    slices = Slices(rows.count(), lambda start, stop: list(found[start:stop]))
    pages = AddressedPaginator(slices, PER_PAGE, path=request.path, query=request.GET)
    page = pages.asked(request.GET)
    public = reaching.rounds(Circle.PUBLIC).filter(pk__in=[one.pk for one in page.object_list])
    told = set(public.values_list("pk", flat=True))
    context = {
        **view_context(request, Link(_("Consultations"), f"/{language}/consultations/")),
        "rounds": [
            {
                "title": said(one.labels, language),
                "url": network_url(one.code, language),
                "kind": kind_label(one.instrument.kind),
                "reference": one.reference,
                "asked_on": one.opens_at,
                "is_open": one.status == Round.Status.OPEN,
                "is_public": one.pk in told,
            }
            for one in page.object_list
        ],
        "entries": page,
        "previous_url": page.previous_url,
        "next_url": page.next_url,
    }
    return render(request, "consultations/compilations/network_list.html", context)


@require_safe
def public_attachment(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """A file that belongs to an answer which is for everybody."""
    response = _attachment(Circle.PUBLIC, code, reference)
    response["Cache-Control"] = OPEN
    return response


@require_safe
@for_network
def network_attachment(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """A file that belongs to any answer that was sent."""
    return _attachment(Circle.NETWORK, code, reference)


def _compilation(circle: Circle, code: str) -> Compilation:
    round = found_round(circle, code)
    if round is None:
        raise Http404
    return compiled(round, circle, get_language() or FALLBACK_LANGUAGE)


def _offered(request: HttpRequest, compilation: Compilation, ending: str) -> HttpResponse:
    if ending not in FORMATS:
        raise Http404
    try:
        return offered(request, compilation, ending)
    except (UnprintableError, OSError):
        response = HttpResponse(
            _("The PDF can’t be made now. Try again later, or take the Word file.") + "\n",
            status=503,
            content_type="text/plain; charset=utf-8",
        )
        response["Cache-Control"] = "no-store"
        response["Retry-After"] = "60"
        return response


def _attachment(circle: Circle, code: str, reference: str) -> HttpResponse:
    """Kept by browsers and never run: a stranger to us made it."""
    rows = reaching.attachments(circle).filter(response__round__code=code, reference=reference)
    found = rows.first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    return response
