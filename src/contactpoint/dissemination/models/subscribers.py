"""Who asked to be told. Nobody is kept here who has not confirmed their address."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from contactpoint.dissemination.models.interests import Interest


class Subscriber(models.Model):
    """An address whose owner said yes, with what they were asked and when they did so first; what
    they said yes to since stands at each subscription.

    An address is one whatever its case, and is kept as it was written.

    `reference` goes, signed, into links; a new one makes all earlier links void. No network address
    and no browser is kept. The row goes with the last subscription.
    """

    address = models.EmailField(_("e-mail address"), unique=True)
    reference = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    language = models.CharField(_("language"), max_length=12)
    confirmed_at = models.DateTimeField(_("confirmed"), editable=False)
    consented_to = models.TextField(_("agreed to"), editable=False)
    """The sentence beside the button, as it was shown."""
    bounces = models.PositiveSmallIntegerField(default=0, editable=False)
    """Refusals for good since the last mail that was taken."""
    held_back_since = models.DateTimeField(null=True, editable=False)
    """Since when nothing is sent because the address refuses."""

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        default_permissions = ("view", "delete")
        constraints = [models.UniqueConstraint(Lower("address"), name="one_address")]

    def __str__(self) -> str:
        """Without the address: this may stand in a log."""
        return f"follower {self.pk}"


class Subscription(models.Model):
    """One thing that somebody follows, and how often they want to hear of it."""

    class Rhythm(models.TextChoices):
        AT_ONCE = "at-once", _("At once")
        DAILY = "daily", _("Once a day")
        WEEKLY = "weekly", _("Once a week")

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="subscriptions"
    )
    interest = models.ForeignKey(Interest, on_delete=models.CASCADE, related_name="subscriptions")
    rhythm = models.CharField(_("how often"), max_length=8, choices=Rhythm.choices)
    since = models.DateTimeField(auto_now_add=True, editable=False)
    """What happened before is not told."""
    agreed_at = models.DateTimeField(null=True, editable=False)
    agreed_to = models.TextField(blank=True, editable=False)
    """The sentence beside the button with which it was confirmed last, as it was shown."""
    agreed_in = models.CharField(max_length=12, blank=True, editable=False)
    """The language of that sentence."""
    is_behind = models.BooleanField(default=False, editable=False)
    """Its rhythm was changed, and something of the earlier one may wait to be told."""

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "interest"], name="follows_once")
        ]
        indexes = [
            models.Index(fields=["interest", "rhythm"], name="followers_of_interest"),
            models.Index(
                fields=["rhythm"], condition=models.Q(is_behind=True), name="behind_of_rhythm"
            ),
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"

    @property
    def agreed(self) -> datetime:
        """When its owner said yes to it."""
        return self.agreed_at or self.subscriber.confirmed_at
