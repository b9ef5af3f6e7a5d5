"""What the editors make of the answers to a study, chapter by chapter."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from contactpoint.consultations.models.rounds import Round
from contactpoint.kit.labels import LabelsField


class SynthesisChapter(models.Model):
    """The editors' text on one section of a study: light Markdown, by language, with live figures.
    `revision` counts what was saved: who saves says which one they saw."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="synthesis")
    section = models.CharField(max_length=64)
    texts = LabelsField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "section"], name="chapter_once")
        ]

    def __str__(self) -> str:
        return f"{self.section} of round {self.round_id}"
