"""What is asked, by versions. A version that was ever open never changes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contactpoint.consultations import questions
from contactpoint.kit.labels import Labelled
from contactpoint.network.models import Institution


class Instrument(Labelled):
    """A questionnaire, a query or a common template; one row for all its versions and languages."""

    class Kind(models.TextChoices):
        SURVEY = "survey", pgettext_lazy("consultation", "Survey")
        QUERY = "query", pgettext_lazy("consultation", "Ad-hoc query")
        STUDY = "study", pgettext_lazy("consultation", "Study")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    code = models.SlugField(_("code"), max_length=60, unique=True)
    institution = models.ForeignKey(
        Institution,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("institution"),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")


class Version(models.Model):
    """An instrument as it was at one time; `definition` is what `questions.restored` reads.

    `changes` says what differs from the version before, as `questions` tells it:
    `[{"code", "nature": "cosmetic" | "meaning", "what", …}, …]`.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    definition = models.JSONField()
    changes = models.JSONField(default=list, blank=True)
    is_frozen = models.BooleanField(default=False, editable=False)
    """Somebody may have answered it: it is never changed again, a change makes a new version."""
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["instrument", "number"]
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["instrument", "number"], name="version_once")
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id} {self.number}"

    def asked(self) -> questions.Instrument:
        """What is asked; read anew at each call."""
        return questions.restored(self.definition)
