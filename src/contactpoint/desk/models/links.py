"""Addresses that pages lead to, and what came of asking for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Link(models.Model):
    """An address outside the portal; one row however many pages lead there.

    `digest` is the SHA-256 of the address, because addresses are too long to be unique. `problem`
    is a status (`404`) or a reason of `kit.fetching`; `failing_since` is the first of the failures
    that followed one another.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("not asked yet")
        ALIVE = "alive", _("answers")
        MOVED = "moved", _("has moved for good")
        UNSURE = "unsure", _("failed, is asked again")
        DEAD = "dead", _("dead")
        CLOSED = "closed", _("does not answer programs")

    digest = models.CharField(max_length=64, unique=True)
    url = models.TextField(_("address"))
    host = models.CharField(max_length=255)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    problem = models.CharField(max_length=20, blank=True)
    leads_to = models.TextField(blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(db_index=True)
    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["state", "host"], name="link_state_host")]

    def __str__(self) -> str:
        return self.url


class LinkUse(models.Model):
    """Where a page leads to an address: `place` is what holds it, `words` are those of the link."""

    class Place(models.TextChoices):
        TEXT = "text", _("in the text")
        SOURCE = "source", _("source address")

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="uses")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="link_uses")
    place = models.CharField(max_length=8, choices=Place.choices)
    words = models.CharField(max_length=120, blank=True)
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "link", "place"], name="link_once_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.words}"
