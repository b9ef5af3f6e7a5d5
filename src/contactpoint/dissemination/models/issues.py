"""Issues of the newsletter: what editors arrange, and what was sent, kept as it was."""

from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from contactpoint.dissemination.blocks import SectionBlock
from contactpoint.kit.labels import FALLBACK_LANGUAGE, LabelsField

USUAL: Final = timedelta(days=31)
"""What counts as new where there is no issue before."""


def since_the_last() -> date:
    """The day of the last issue that left."""
    latest = Issue.objects.exclude(sent_at=None).order_by("-sent_at").first()
    moment = latest.sent_at if latest and latest.sent_at else timezone.now() - USUAL
    return timezone.localdate(moment)


class SectionsField(StreamField):
    """Sections. Their fields follow the portal's languages, so the database knows only JSON."""

    def __init__(self, *_args: Any, **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        super().__init__([("section", SectionBlock())], **kwargs)

    def deconstruct(self) -> Any:
        """Without the blocks: another list of languages is no other table."""
        name, path, _blocks, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class Issue(models.Model):
    """An issue. It has a number once it has left, and from that moment nothing of it changes."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SCHEDULED = "scheduled", _("Scheduled")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")

    titles = LabelsField(_("title"), blank=True)
    introductions = LabelsField(_("introduction"), blank=True)
    since = models.DateField(
        _("new is what came since"),
        default=since_the_last,
        help_text=_("The day of the issue before."),
    )
    sections = SectionsField(blank=True, verbose_name=_("sections"))
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.DRAFT, editable=False
    )
    number = models.PositiveIntegerField(_("number"), unique=True, null=True, editable=False)
    send_at = models.DateTimeField(_("leaves at"), null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False, db_index=True)
    """When it left, that is, when it was frozen and its mails began."""
    outcome = models.JSONField(default=dict, editable=False)
    """How many mails were sent, refused and dropped, once all are done."""
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    CONTENT = ("titles", "introductions", "since", "sections")

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("issue of the newsletter")
        verbose_name_plural = _("issues of the newsletter")
        permissions = [("send_issue", "Can send an issue of the newsletter")]
        indexes = [models.Index(fields=["state", "send_at"], name="issue_due")]

    def __str__(self) -> str:
        return self.title_in(FALLBACK_LANGUAGE)

    def title_in(self, language: str) -> str:
        """Its title, or the month in which it leaves."""
        own = self.titles.get(language, "")
        if own:
            return str(own)
        moment = self.sent_at or self.send_at or self.created_at or timezone.now()
        with override(language):
            month = date_format(timezone.localdate(moment), "YEAR_MONTH_FORMAT")
        return month[:1].upper() + month[1:]

    def clean(self) -> None:
        """A day to come has nothing new since."""
        if self.since and self.since > timezone.localdate():
            raise ValidationError({"since": gettext("This day is still to come.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A form writes words and order, never what became of the issue in the meantime."""
        if self.pk and not kwargs.get("force_insert"):
            kwargs.setdefault("update_fields", self.CONTENT)
        super().save(*args, **kwargs)


class IssueEdition(models.Model):
    """An issue in one language, as it was when it left (`newsletter.editions.Edition` as JSON)."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="editions")
    language = models.CharField(max_length=12)
    content = models.JSONField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["issue", "language"], name="edition_of_language_once")
        ]

    def __str__(self) -> str:
        return f"edition {self.pk}"
