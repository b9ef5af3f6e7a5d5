"""What an import found and what became of it: the review list."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class WatchedFeed(models.Model):
    """A partner's feed that the worker looks at; what is new waits in the moderation queue.

    `etag` and `last_modified` are what its server said last, so that it need not send the same
    again; `problem` is why it could not be read, empty where all is well.
    """

    title = models.CharField(_("title"), max_length=200)
    address = models.URLField(
        _("address"),
        max_length=500,
        unique=True,
        help_text=_("Of the feed itself (RSS, Atom or JSON Feed), on a public server."),
    )
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    institution = models.ForeignKey(
        "network.Institution",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("institution"),
        help_text=_("Becomes the publisher of what is accepted."),
    )
    every_hours = models.PositiveSmallIntegerField(
        _("look every … hours"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 14)],
    )
    is_active = models.BooleanField(_("watched"), default=True)
    etag = models.CharField(max_length=255, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    checked_at = models.DateTimeField(_("looked at"), null=True, editable=False)
    due_at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    problem = models.CharField(_("problem"), max_length=500, blank=True, editable=False)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("watched feed")
        verbose_name_plural = _("watched feeds")

    def __str__(self) -> str:
        return self.title


class ImportRun(models.Model):
    """One reading of one source that found something new or changed."""

    class Status(models.TextChoices):
        READING = "reading", _("Reading")
        REVIEW = "review", _("To review")
        DONE = "done", _("Done")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    source = models.CharField(_("source"), max_length=255)
    feed = models.ForeignKey(
        WatchedFeed, null=True, blank=True, on_delete=models.SET_NULL, related_name="runs"
    )
    format = models.CharField(_("format"), max_length=20)
    language = models.CharField(_("language"), max_length=12)
    digest = models.CharField(max_length=64, editable=False, db_index=True)
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
    """One item of a source: its text, what was inferred from it, and what became of it.

    An item is the same one in every reading if its text is: `identity` says so. `opening` and
    `closing` find it again when its text was corrected. `run` is the reading whose review list
    shows it, `accepted_in` the one whose undoing takes its page away.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("To review")
        CHANGED = "changed", _("Changed at the source")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")
        UNDONE = "undone", _("Undone")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField(_("position"))
    language = models.CharField(_("language"), max_length=12)
    identity = models.CharField(max_length=48, unique=True)
    opening = models.CharField(max_length=16, db_index=True)
    closing = models.CharField(max_length=16, db_index=True)
    digest = models.CharField(max_length=32)
    original = models.TextField(_("as found"))
    inferred = models.JSONField(_("inferred"), default=dict)
    problems = models.JSONField(_("problems"), default=list, blank=True)
    mended = models.BooleanField(_("mended"), default=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PENDING, db_index=True
    )
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.BigIntegerField(null=True, blank=True, editable=False)
    accepted_in = models.ForeignKey(
        ImportRun, null=True, blank=True, on_delete=models.SET_NULL, related_name="accepted_items"
    )

    class Meta:
        ordering = ["run", "position"]
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")

    def __str__(self) -> str:
        return f"{self.position}. {self.inferred.get('title', '')}"
