"""What readers did not find and asked the editors for."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contactpoint.search.models.asked import LONGEST


class LookedFor(models.Model):
    """A question that a reader sent on from an empty page: the words and days, nothing else."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ANSWERED = "answered", pgettext_lazy("question", "Answered")
        DISMISSED = "dismissed", _("Dismissed")

    folded = models.CharField(max_length=LONGEST)
    language = models.CharField(_("language"), max_length=12)
    words = models.CharField(_("question"), max_length=LONGEST)
    times = models.PositiveIntegerField(_("looked for"), default=1)
    first_day = models.DateField(_("first"))
    last_day = models.DateField(_("last"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.WAITING
    )

    class Meta:
        ordering = ["-times", "-last_day", "folded"]
        default_permissions = ("view", "change")
        verbose_name = _("question that found nothing")
        verbose_name_plural = _("questions that found nothing")
        constraints = [
            models.UniqueConstraint(fields=["folded", "language"], name="looked_for_once"),
        ]

    def __str__(self) -> str:
        return f"{self.words} ({self.language})"
