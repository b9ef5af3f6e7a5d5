"""The public side of registration: the form, what is said after it, and the page to cancel."""

from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from contactpoint.accounts.places import HOUR, MINUTE
from contactpoint.events import actions
from contactpoint.events.announced import placed, sequences
from contactpoint.events.calendars import CONTENT_TYPE, Entry, calendar
from contactpoint.events.forms import RegistrationForm
from contactpoint.events.limits import seconds_to_wait
from contactpoint.events.links import followed
from contactpoint.events.openings import address, current_state, public_event, sentence
from contactpoint.kit import tickets
from contactpoint.kit.context import translations, view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link, Location, locate
from contactpoint.kit.models import BorrowedWords
from contactpoint.outputs.facts import clock, when, where
from contactpoint.outputs.models import Event, EventList

LARGEST: Final = 32 * 1024
FORM_TYPE: Final = "application/x-www-form-urlencoded"
KEPT_FOR: Final = 300


@csrf_exempt  # there is no session to ride on; `tickets` says what is checked instead
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, as long as registration is open."""
    location, event = _found(request, slug)
    if request.method == "POST":
        return _refusal(request, location, event) or _taken(request, location, event)
    return _form_page(request, location, event, RegistrationForm())


def _taken(request: HttpRequest, location: Location, event: Event) -> HttpResponse:
    """What is wrong is said on the form, which keeps its ticket: who corrects it need not wait."""
    form = RegistrationForm(request.POST)
    sent = request.POST.get("ticket", "")
    try:
        if not tickets.is_from_here(request):
            raise tickets.TicketError(_("This form was not sent from this site. Send it again."))
        ticket = tickets.redeem(sent, _about(event))
    except tickets.TicketError as problem:
        form.add_error(None, str(problem))
        return _form_page(request, location, event, form, status=400, ticket=problem.ticket)
    if not form.is_valid():
        return _form_page(request, location, event, form, status=422, ticket=sent)
    if wait := seconds_to_wait(request):
        form.add_error(None, _come_back(wait))
        answer = _form_page(request, location, event, form, status=429, ticket=sent)
        answer["Retry-After"] = str(wait)
        return answer
    try:
        actions.register(event.translation_key, form.person(), ticket=ticket.reference)
    except actions.ClosedError as problem:
        return _form_page(request, location, event, form, status=409, closed=str(problem))
    answer = HttpResponseRedirect("../registered/")
    answer.status_code = 303
    return _private(answer)


@require_safe
def registered(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for everybody: what became of the form stands in the mail."""
    location, event = _found(request, slug)
    context = _beside(request, location, event, "registered/")
    return _private(render(request, "events/registered.html", context))


@csrf_exempt  # the token in the address is the secret
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, token: str) -> HttpResponse:
    """Whether one has a place; asks before it cancels, because programs open the links of mails."""
    found = followed(token)
    state = found.status if found is not None else "gone"
    event = public_event(found.register.key, _language()) if found is not None else None
    if event is not None and event.called_off:
        state = "called-off"
    if found is not None and request.method == "POST":
        actions.cancel(found)
        state = "cancelled"
    language = _language()
    context = {
        **view_context(request, Link(_("Events"), f"/{language}/{EventList.SLUG}/")),
        "canonical_url": "",
        "state": state,
        "event": event,
        "event_url": address(event) if event else "",
        "title_language": _title_language(event, language) if event else "",
        "lines": _lines(event) if event else [],
        "kept_days": settings.REGISTRATIONS_KEPT_DAYS,
    }
    status = 404 if state == "gone" else 200
    page = render(request, "events/registration.html", context, status=status)
    page["Referrer-Policy"] = "no-referrer"
    return _private(page)


@require_safe
def event_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The event for a calendar; where one joins only those know who have a place."""
    location, event = _found(request, slug)
    if event.starts_at is None:
        raise Http404
    url = settings.BASE_URL + location.translations[location.row.language]
    entry = Entry(event, url, sequence=sequences([event])[event.translation_key])
    placed([event])
    answer = HttpResponse(calendar([entry]), f"{CONTENT_TYPE}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{event.slug[:80]}.ics"'
    patch_cache_control(answer, public=True, max_age=KEPT_FOR)
    return answer


def _found(request: HttpRequest, slug: str) -> tuple[Location, Event]:
    """The event at this address, if any reader may see it."""
    location = locate(request, _language(), f"{EventList.SLUG}/{slug}/")
    if location is None or not location.row.visible:
        raise Http404
    event = Event.objects.filter(pk=location.row.pk).first()
    if event is None:
        raise Http404
    return location, event


def _about(event: Event) -> str:
    """What a ticket of this form says that it is for."""
    return f"event:{event.translation_key}"


def _come_back(wait: int) -> str:
    if wait <= MINUTE:
        return _("Too many forms came at once. Wait a minute, then send it again.")
    if wait <= HOUR:
        return _("Too many forms came at once. Try again in an hour.")
    return _("Too many forms came in one day. Try again tomorrow.")


def _refusal(request: HttpRequest, location: Location, event: Event) -> HttpResponse | None:
    """For what is not a form without files, of the size that its fields allow."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    status = 400 if request.content_type != FORM_TYPE or not length.isdecimal() else 0
    if not status and int(length) > LARGEST:
        status = 413
    if not status:
        return None
    form = RegistrationForm({})
    form.full_clean()
    form.errors.clear()
    form.add_error(None, _("What came is no form of this site. Fill it in here, and send it."))
    return _form_page(request, location, event, form, status=status)


def _form_page(
    request: HttpRequest,
    location: Location,
    event: Event,
    form: RegistrationForm,
    *,
    status: int = 200,
    ticket: str = "",
    closed: str = "",
) -> HttpResponse:
    """The form; where registration is closed, a sentence in its place. `closed` is one that another
    page of the event knows."""
    state = current_state(event)
    if not event.takes_registrations:
        raise Http404
    context = {
        **_beside(request, location, event, "register/"),
        "form": form,
        "fields": [form[name] for name in form.field_names],
        "ticket": ticket or tickets.issue(_about(event)),
        "is_open": state.is_open and not closed,
        "state": state,
        "sentence": closed or sentence(event, state),
        "kept_days": settings.REGISTRATIONS_KEPT_DAYS,
    }
    return _private(render(request, "events/register.html", context, status=status))


def _beside(request: HttpRequest, location: Location, event: Event, rest: str) -> dict[str, Any]:
    event_url = location.translations[location.row.language]
    addresses = {code: f"{url}{rest}" for code, url in location.translated.items()}
    spoken = location.row.title_language
    return {
        **view_context(request, *location.crumbs, Link(event.title, event_url, spoken)),
        "title_language": spoken,
        "translations": translations(addresses),
        "event": event,
        "event_url": event_url,
        "lines": _lines(event),
    }


def _title_language(event: Event, language: str) -> str:
    """That of its title where it is another than the reader's; one query."""
    borrowed = BorrowedWords.objects.filter(page=event.pk).values_list("title", flat=True).first()
    spoken = borrowed or event.locale.language_code
    return "" if spoken == language else str(spoken)


def _lines(event: Event) -> list[str]:
    """When and where, a line each."""
    return [line for line in (when(event), clock(event), where(event)) if line]


def _language() -> str:
    return get_language() or FALLBACK_LANGUAGE


def _private(answer: HttpResponse) -> HttpResponse:
    """For one reader only: no cache keeps it, no search engine lists it."""
    patch_cache_control(answer, no_store=True)
    answer["X-Robots-Tag"] = "noindex"
    return answer
