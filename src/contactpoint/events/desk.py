"""Registrations in the admin: events with their numbers, and the list of each, for its editors."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.log_actions import log
from wagtail.permissions import page_permission_policy

from contactpoint.events import actions
from contactpoint.events.attendance import TYPES, exported, people
from contactpoint.events.models import EventRegister, Registration
from contactpoint.events.openings import state_of
from contactpoint.kit.admin_pages import framed, paged
from contactpoint.kit.rights import WRITES_ORIGINALS
from contactpoint.outputs.facts import when
from contactpoint.outputs.models import Event
from contactpoint.outputs.rights import editable
from contactpoint.outputs.sources import originals, source_of

PER_PAGE = 30
PEOPLE_PER_PAGE = 100
_ORDERED_BY = ("translation_key", "alias_of", "starts_at", "ends_at", "whole_day", "time_zone")


def may_see(user: Any) -> bool:
    """Whether there may be a list for this user at all."""
    writes = page_permission_policy.user_has_any_permission(user, {"add", "change"})
    return bool(writes and user.has_perm(WRITES_ORIGINALS))


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Events for which people register here, those to come first, then the latest that are over."""
    if not may_see(request.user):
        raise PermissionDenied
    listed = paged(request, _events(request.user), PER_PAGE)
    shown = Event.objects.in_bulk(list(listed["items"]))
    events = [shown[pk] for pk in listed["items"] if pk in shown]
    registers = _registers([event.translation_key for event in events])
    entries = [_entry(event, registers.get(event.translation_key)) for event in events]
    context = framed(_("Registrations"), entries=entries, **listed)
    return render(request, "events/admin/index.html", context)


def _events(user: Any) -> list[int]:
    """The key of one page an event, of its source, which the user may edit: whose list it is; all
    are put in order, and only those that are shown are read whole.
    """
    may = Q(pk__in=editable(user).values("pk")) & originals()
    listed = Q(takes_registrations=True) | Q(
        translation_key__in=EventRegister.objects.values("key")
    )
    found: dict[Any, Event] = {}
    events = Event.objects.filter(listed, may).order_by("pk")
    for event in events.only(*_ORDERED_BY):
        known = found.get(event.translation_key)
        if known is None or (known.alias_of_id is not None and event.alias_of_id is None):
            found[event.translation_key] = event
    now = timezone.now()

    def place(event: Event) -> tuple[bool, float]:
        moment = event.starts_at.timestamp() if event.starts_at else 0.0
        is_over = event.over_at is None or event.over_at <= now
        return is_over, -moment if is_over else moment

    return [event.pk for event in sorted(found.values(), key=place)]


def _registers(keys: list[Any]) -> dict[Any, EventRegister]:
    status = Registration.Status
    counted = EventRegister.objects.annotate(
        places=Count("registrations", filter=Q(registrations__status=status.PLACE)),
        waiting=Count("registrations", filter=Q(registrations__status=status.WAITING)),
    )
    return {row.key: row for row in counted.filter(key__in=keys)}


def _entry(event: Event, register: Any) -> dict[str, Any]:
    places = register.places if register else 0
    return {
        "event": event,
        "when": when(event),
        "places": places,
        "waiting": register.waiting if register else 0,
        "free": max(0, event.capacity - places) if event.capacity is not None else None,
        "state": state_of(event, places).label,
        "places_given": register.places_given if register else None,
        "erased_at": register.erased_at if register else None,
    }


@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is on the list of an event."""
    event = _editable(request, pk)
    entry = _entry(event, _registers([event.translation_key]).get(event.translation_key))
    listed = paged(request, people(event.translation_key), PEOPLE_PER_PAGE)
    context = framed(
        event.title,
        ("events_index", _("Registrations")),
        people=list(listed["items"]),
        kept_days=settings.REGISTRATIONS_KEPT_DAYS,
        **entry,
        **listed,
    )
    return render(request, "events/admin/one.html", context)


@require_GET
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The attendance list as a file; who took it stands in the page's history."""
    event = _editable(request, pk)
    if form not in TYPES:
        raise Http404
    content = exported(people(event.translation_key), form)
    log(instance=event, action="events.export", user=request.user)
    answer = HttpResponse(content, TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{event.slug[:80]}.{form}"'
    return answer


@require_POST
def remove(request: HttpRequest, pk: int, registration: int) -> HttpResponse:
    """Take somebody off the list who asked for it in another way; the next moves up."""
    event = _editable(request, pk)
    rows = Registration.objects.filter(register__key=event.translation_key)
    actions.cancel(get_object_or_404(rows.select_related("register"), pk=registration))
    log(instance=event, action="events.remove", user=request.user)
    messages.success(request, _("Taken off the list, and deleted."))
    return HttpResponseRedirect(reverse("events_registrations", args=[event.pk]))


def _editable(request: HttpRequest, pk: int) -> Event:
    """The event by its source; whoever may edit that may know who comes."""
    asked = get_object_or_404(Event, pk=pk)
    event: Any = source_of(asked).specific
    if not event.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return event
