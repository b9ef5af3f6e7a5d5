"""That states were asked whether their answers still hold."""

from typing import ClassVar

from django.db import models

from contactpoint.consultations.models.responses import Answer
from contactpoint.consultations.models.rounds import Seat


class ValidityRequest(models.Model):
    """A state was asked about an answer; `due_on` is the day until which it was valid, or the same
    day of a later year. So it is asked about once a year."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="validity_requests")
    due_on = models.DateField()
    asked_on = models.DateField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["answer", "due_on"], name="validity_asked_once")
        ]

    def __str__(self) -> str:
        return f"request of {self.due_on} for answer {self.answer_id}"


class ValidityLetter(models.Model):
    """A mail to somebody of a state about what is due, written with the requests and sent once."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="validity_letters")
    made_on = models.DateField()
    taken_at = models.DateTimeField(null=True)
    """When a job took it on: no other does."""

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        """Without the person: this may stand in a log."""
        return f"validity letter {self.pk}"
