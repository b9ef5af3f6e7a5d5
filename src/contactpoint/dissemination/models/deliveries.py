"""Which mail goes to whom: a row each, written before it is sent."""

from django.db import models

from contactpoint.dissemination.models.subscribers import Subscriber


class Mailing(models.Model):
    """One occasion to write to many. `key` makes it one whatever begins it twice
    (`at-once:<happening>`, `daily:2026-11-26`, `newsletter:<issue>`); `kind` names who composes."""

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20)
    created_at = models.DateTimeField(auto_now_add=True)
    filled_at = models.DateTimeField(null=True)
    """When all its deliveries were written: before, filling goes on where it stopped."""

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class Delivery(models.Model):
    """One mail to one subscriber. `about` is what its composer needs (pairs of a happening and the
    subscription that asks for it, never an address or a text); who is erased takes their
    deliveries along."""

    class State(models.TextChoices):
        WAITING = "waiting"
        TAKEN = "taken"
        SENT = "sent"
        REFUSED = "refused"
        DROPPED = "dropped"

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="deliveries")
    about = models.JSONField(default=list)
    told = models.JSONField(default=dict, blank=True, editable=False)
    """What it says of events, by the key of the thing (`matching.event_states`): the next one says
    what is other since."""
    domain = models.CharField(max_length=255)
    """Of the address: so many an hour to each."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    taken_by = models.CharField(max_length=40, blank=True)
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=200, blank=True)
    """The code and words of the server, without the address."""

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["mailing", "subscriber"], name="delivered_once")
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(state="waiting"),
                name="delivery_waiting",
            ),
            models.Index(
                fields=["taken_by"], condition=models.Q(state="taken"), name="delivery_taken"
            ),
            models.Index(
                fields=["done_at", "domain"],
                condition=models.Q(state="sent"),
                name="delivery_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"
