"""What the worker does every hour: reminds people, lets them move up, and forgets them in time."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from contactpoint.events.actions import fill
from contactpoint.events.following import may_go
from contactpoint.events.models import EventRegister, Notice, Registration
from contactpoint.events.openings import source_event, speaking
from contactpoint.events.registers import notify
from contactpoint.events.telling import REMIND_BEFORE


def remind() -> int:
    """Remind those who have a place, once; who got it in these days has just heard. Returns 0,
    since nothing is deleted."""
    now = timezone.now()
    for held in EventRegister.objects.filter(registrations__isnull=False).distinct():
        event = speaking(held.key)
        if event is None or event.called_off or event.starts_at is None:
            continue
        since = event.starts_at - REMIND_BEFORE
        if not since <= now < event.starts_at:
            continue
        told = Notice.objects.filter(registration__register=held).filter(
            Q(kind=Notice.Kind.REMINDER)
            | Q(Q(taken_at=None) | Q(taken_at__gte=since), kind=Notice.Kind.MOVED_UP)
        )
        has_place = held.registrations.filter(status=Registration.Status.PLACE)
        due = has_place.filter(created_at__lt=since).exclude(pk__in=told.values("registration"))
        for registration in due:
            try:
                with transaction.atomic():
                    notify(registration, Notice.Kind.REMINDER)
            except IntegrityError:  # another worker, or cancelled in this moment
                continue
    return 0


def fill_all() -> int:
    """Give places that became free by another way than cancelling. Returns 0, as above."""
    waiting = EventRegister.objects.filter(registrations__status=Registration.Status.WAITING)
    for key in waiting.distinct().values_list("key", flat=True):
        fill(key)
    return 0


def erase() -> int:
    """Delete who registered for what was over long enough ago, or is gone and they were told;
    returns how many.

    How many had a place stays, and nothing of whom.
    """
    before = timezone.now() - timedelta(days=settings.REGISTRATIONS_KEPT_DAYS)
    erased = 0
    for held in EventRegister.objects.filter(registrations__isnull=False).distinct():
        event = source_event(held.key)
        is_due = event is not None and (event.over_at is None or event.over_at <= before)
        if is_due or (event is None and may_go(held)):
            erased += _erase(held)
    return erased


@transaction.atomic
def _erase(held: EventRegister) -> int:
    held = EventRegister.objects.select_for_update().get(pk=held.pk)
    rows = held.registrations.all()
    number = rows.count()
    held.places_given = rows.filter(status=Registration.Status.PLACE).count()
    held.erased_at = timezone.now()
    held.save(update_fields=["places_given", "erased_at"])
    rows.delete()
    return number
