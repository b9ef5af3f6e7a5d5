"""What an import found and what became of it: the review list."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class ImportRun(models.Model):
    """One reading of one source."""

    class Status(models.TextChoices):
        READING = "reading", _("Reading")
        REVIEW = "review", _("To review")
        DONE = "done", _("Done")
        UNDONE = "undone", _("Undone")

    source = models.CharField(_("source"), max_length=500)
    format = models.CharField(_("format"), max_length=20)
    language = models.CharField(_("language"), max_length=12)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.READING
    )
    summary = models.JSONField(_("summary"), default=dict, blank=True)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{self.source} ({self.started_at:%Y-%m-%d %H:%M})"


class ImportedItem(models.Model):
    """One item of a source: its text, what was inferred from it, and what became of it."""

    class Status(models.TextChoices):
        PENDING = "pending", _("To review")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")
        UNDONE = "undone", _("Undone")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="items")
    source = models.CharField(max_length=500, db_index=True)
    position = models.PositiveIntegerField(_("position"))
    identity = models.CharField(max_length=64, db_index=True)
    digest = models.CharField(max_length=64)
    original = models.TextField(_("as found"))
    inferred = models.JSONField(_("inferred"), default=dict)
    problems = models.JSONField(_("problems"), default=list, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PENDING, db_index=True
    )
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["run", "position"]
        constraints = [
            models.UniqueConstraint(fields=["source", "identity"], name="imported_item_once")
        ]
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")

    def __str__(self) -> str:
        return f"{self.position}. {self.inferred.get('title', '')}"
