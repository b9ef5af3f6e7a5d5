"""Mails to the people of states: written with what they tell of, and sent once."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from contactpoint.consultations.models.rounds import Round
from contactpoint.network.models import Country


class StateNotice(models.Model):
    """A mail to somebody who answers for a state. `day` is the deadline that it names: a new
    deadline is told anew, the same one never twice."""

    class Kind(models.TextChoices):
        OPENED = "opened"
        REMINDER = "reminder"
        EXTENDED = "extended"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="state_notices")
    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    day = models.DateField(null=True)
    taken_at = models.DateTimeField(null=True)
    """When a job took it on: no other does."""

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "country", "user"],
                condition=models.Q(kind="opened"),
                name="opening_told_once",
            ),
            models.UniqueConstraint(
                fields=["round", "country", "user", "kind", "day"],
                condition=~models.Q(kind="opened"),
                name="state_told_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of round {self.round_id}"
