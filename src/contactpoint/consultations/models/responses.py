"""What was answered, and who may know it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contactpoint.consultations.models.instruments import Version
from contactpoint.consultations.models.querysets import AnswerQuerySet, ResponseQuerySet
from contactpoint.consultations.models.rounds import Respondent, Round
from contactpoint.network.models import Country


class Response(models.Model):
    """What one respondent or one state answers to a round.

    Of an anonymous round `respondent`, `begun_at` and `sent_at` stay empty; days are kept.
    `digest` is that of the secret by which its holder comes back; `revision` grows with each
    change, so that nobody writes over what they have not seen.
    """

    class Status(models.TextChoices):
        BEGUN = "begun", pgettext_lazy("response", "Begun")
        CHECKING = "checking", pgettext_lazy("response", "Waits for validation")
        SENT = "sent", pgettext_lazy("response", "Sent")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="responses")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    respondent = models.ForeignKey(
        Respondent, null=True, blank=True, on_delete=models.SET_NULL, related_name="responses"
    )
    digest = models.CharField(max_length=64, unique=True, null=True, editable=False)
    receipt = models.CharField(max_length=20, unique=True, null=True, editable=False)
    language = models.CharField(max_length=12, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.BEGUN)
    revision = models.PositiveIntegerField(default=0)
    place = models.CharField(max_length=64, blank=True, editable=False)
    """The section that a respondent goes on with; "-" for the review, "" where nothing says it."""
    is_test = models.BooleanField(default=False)
    """Of a test run: it is counted nowhere."""
    begun_at = models.DateTimeField(null=True, editable=False)
    begun_on = models.DateField(editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    sent_on = models.DateField(null=True, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    """Who asked for validation; somebody else gives it."""
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ResponseQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "country"],
                condition=models.Q(country__isnull=False, is_test=False),
                name="state_answers_once",
            ),
            models.UniqueConstraint(
                fields=["round", "respondent"],
                condition=models.Q(respondent__isnull=False),
                name="respondent_answers_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["round", "status"], name="response_status")
        ]

    def __str__(self) -> str:
        """Without what it says."""
        return f"response {self.pk}"


class Answer(models.Model):
    """What was answered to one question. `value` has the shape that `questions.Kind` tells.

    Of a state `dissemination` says who may know it. Only what is marked as wide may leave the
    network, so what nobody marked does not. Nothing reads answers past `reaching`.
    """

    class Dissemination(models.TextChoices):
        UNDECIDED = "", pgettext_lazy("dissemination", "Not decided")
        NETWORK = "network", pgettext_lazy("dissemination", "Within the network only")
        WIDE = "wide", pgettext_lazy("dissemination", "Wider dissemination")

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=64)
    value = models.JSONField(null=True)
    markdown = models.TextField(blank=True, editable=False)
    """How a chapter was written, to be changed again; `value` is the HTML made of it. Empty where
    it was written otherwise."""
    dissemination = models.CharField(
        _("wider dissemination"),
        max_length=7,
        blank=True,
        choices=Dissemination.choices,
        default=Dissemination.UNDECIDED,
    )
    remark = models.TextField(_("remark"), blank=True)
    """What a state adds to a closed question, in words."""
    sources = models.JSONField(_("sources"), default=list, blank=True)
    """`[{"title", "url"}, …]`"""
    answered_on = models.DateField(editable=False)
    confirmed_on = models.DateField(null=True, editable=False)
    """When the state last said that it is still so."""
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["response", "question"], name="answered_once")
        ]

    def __str__(self) -> str:
        """Without what it says."""
        return f"answer {self.pk}"


class Attachment(models.Model):
    """A file that belongs to an answer, and is as public as that, never more."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="attachments")
    question = models.CharField(max_length=64)
    reference = models.CharField(max_length=40, unique=True, editable=False)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    checksum = models.CharField(max_length=64)
    content = models.BinaryField(editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"attachment {self.pk}"
