"""What several people of one state do on one answer."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from contactpoint.consultations.models.responses import Answer, Response
from contactpoint.consultations.models.rounds import Seat


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
    shape of `actions.standing.kept`; of a mark that was changed which question, from what, to what;
    of an answer that was changed, withdrawn or confirmed later how it stood before.
    """

    class Kind(models.TextChoices):
        BEGUN = "begun", pgettext_lazy("step", "Begun")
        WROTE = "wrote", pgettext_lazy("step", "Wrote")
        ASKED = "asked", pgettext_lazy("step", "Asked for validation")
        BACK = "back", pgettext_lazy("step", "Given back to be written further")
        SENT = "sent", pgettext_lazy("step", "Validated and sent")
        REOPENED = "reopened", pgettext_lazy("step", "Reopened to correct it")
        MARKED = "marked", pgettext_lazy("step", "Changed who may know an answer")
        LANGUAGE = "language", pgettext_lazy("step", "Said in which language it is")
        VALID = "valid", pgettext_lazy("step", "Said that it is still valid")
        PROPOSED = "proposed", pgettext_lazy("step", "Asked for validation of a later change")
        DECLINED = "declined", pgettext_lazy("step", "Declined a later change")
        CHANGED = "changed", pgettext_lazy("step", "Validated a later change")
        WITHDREW = "withdrew", pgettext_lazy("step", "Validated that an answer is withdrawn")

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


class LaterChange(models.Model):
    """What one of a state says has become of an answer that was sent; it counts once another of
    them, who may send, says so too. Seen by that state alone.

    `before` is the answer as it stood, in the shape of `actions.standing.kept`: of an answer that
    is not what it was, nothing counts.
    """

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="later_change")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    said_at = models.DateTimeField()
    before = models.JSONField(editable=False)
    is_withdrawal = models.BooleanField(default=False)
    value = models.JSONField(null=True)
    remark = models.TextField(blank=True)
    dissemination = models.CharField(max_length=7, blank=True, choices=Answer.Dissemination.choices)
    valid_until = models.DateField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        """Without what it says."""
        return f"later change of answer {self.answer_id}"


class ChangeLetter(models.Model):
    """A mail to somebody of a state who may validate what another said; written with it, sent once,
    gone with it."""

    change = models.ForeignKey(LaterChange, on_delete=models.CASCADE, related_name="letters")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="change_letters")
    taken_at = models.DateTimeField(null=True)
    """When a job took it on: no other does."""

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["change", "seat"], name="change_told_once")
        ]

    def __str__(self) -> str:
        """Without the person: this may stand in a log."""
        return f"change letter {self.pk}"
