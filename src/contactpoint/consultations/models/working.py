"""What several people of one state do on one answer."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from contactpoint.consultations.models.responses import Response


class SectionLock(models.Model):
    """Somebody writes in a section: others read it until then. It lapses by itself.

    The row stays, since `revision` counts what was saved in the section: who saves says which one
    they saw. `user` is who wrote or writes.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="locks")
    section = models.CharField(max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["response", "section"], name="locked_once")
        ]

    def __str__(self) -> str:
        return f"lock of {self.section} in response {self.response_id}"


class Comment(models.Model):
    """What people of one state say to each other about an answer; it never leaves them."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="comments")
    question = models.CharField(max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField()
    said_at = models.DateTimeField(auto_now_add=True)
    is_settled = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"comment {self.pk}"


class Step(models.Model):
    """What was done to the answer of a state, by whom and when; seen by that state alone.

    `note` is what they said to it. Of what was sent `kept` holds the answers as they were, in the
    shape of `actions.states.kept`; of a mark that was changed which question, from what, to what.
    """

    class Kind(models.TextChoices):
        BEGUN = "begun", pgettext_lazy("step", "Begun")
        WROTE = "wrote", pgettext_lazy("step", "Wrote")
        ASKED = "asked", pgettext_lazy("step", "Asked for validation")
        BACK = "back", pgettext_lazy("step", "Given back to be written further")
        SENT = "sent", pgettext_lazy("step", "Validated and sent")
        REOPENED = "reopened", pgettext_lazy("step", "Reopened to correct it")
        MARKED = "marked", pgettext_lazy("step", "Changed who may know an answer")

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    note = models.TextField(blank=True)
    kept = models.JSONField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} of response {self.response_id}"
