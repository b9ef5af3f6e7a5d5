"""Who comes to which event, for as long as that has to be known."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventRegister(models.Model):
    """The list of one event, whatever the language of its page; its row is the lock of the list.

    `key` is the translation key of the pages. `places_given` stays when the people are forgotten.
    """

    key = models.UUIDField(unique=True, editable=False)
    places_given = models.PositiveIntegerField(null=True, editable=False)
    known = models.JSONField(default=dict, editable=False)
    """What was noted last of the event, as `changes.known_of` writes it; empty: nobody asked."""
    sequence = models.PositiveIntegerField(default=0, editable=False)
    """How often they were told of one: what calendars call the sequence of an event."""
    missing_since = models.DateTimeField(null=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"register of event {self.key}"


class Registration(models.Model):
    """Somebody who has a place or waits for one. Cancelling deletes the row; so does time.

    `reference` goes, signed, into the links of mails. `ticket` is that of the form, so that a form
    sent twice is known as the same.
    """

    class Status(models.TextChoices):
        PLACE = "place", pgettext_lazy("registration", "Has a place")
        WAITING = "waiting", pgettext_lazy("registration", "On the waiting list")

    register = models.ForeignKey(
        EventRegister, on_delete=models.CASCADE, related_name="registrations"
    )
    reference = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    ticket = models.CharField(max_length=40, editable=False)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    needs = models.TextField(_("what they need to take part"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    told = models.JSONField(default=dict, editable=False)
    """What the person knows of the event: as it was on registering, or their last mail said."""
    created_at = models.DateTimeField(_("registered"), auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["register", "email"], name="registered_once")
        ]
        indexes = [models.Index(fields=["register", "status"], name="registration_status")]

    def __str__(self) -> str:
        """Without the person: this may stand in a log."""
        return f"registration {self.pk}"


class Notice(models.Model):
    """A mail to somebody on the list, written with the change that it tells of and sent once."""

    class Kind(models.TextChoices):
        PLACE = "place"
        WAITING = "waiting"
        MOVED_UP = "moved-up"
        AGAIN = "again"
        REMINDER = "reminder"
        MOVED = "moved"
        CALLED_OFF = "called-off"
        WITHDRAWN = "withdrawn"
        ON_AGAIN = "on-again"

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    sequence = models.PositiveIntegerField(default=0)
    """Of a change of the event: which was the last when it was written."""
    taken_at = models.DateTimeField(null=True)
    """When a job took it on: no other does."""
    waits = models.BooleanField(default=False)
    """It came to be sent while nobody might read of the event; it goes out once somebody may."""

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "kind", "sequence"],
                condition=~models.Q(kind="again"),
                name="noticed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of registration {self.registration_id}"


class Announced(models.Model):
    """An event as calendars that follow the site know it; it outlives the page, and holds no words.

    `sequence` counts its changes of title, time, place and standing in any language; `themes` are
    slugs, `links` keys of the concepts, institutions and countries that it was about. `languages`
    are those in which it ever stood; none: it was noted before they were.
    """

    key = models.UUIDField(unique=True, editable=False)
    moves = models.CharField(max_length=24)
    sequence = models.PositiveIntegerField(default=0)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(null=True)
    whole_day = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=64)
    themes = models.JSONField(default=list)
    links = models.JSONField(default=dict)
    languages = models.JSONField(default=list)
    changed_at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"event {self.key}, as announced"
