"""What was changed after publication, and why."""

import uuid
from datetime import timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contactpoint.kit.labels import LabelsField
from contactpoint.outputs.models.output import Output
from contactpoint.outputs.signals import output_corrected

TOLD_FOR: Final = timedelta(days=31)


class Correction(models.Model):
    """A correction of an output, or that it was withdrawn; one row for all its languages.

    `item` is the translation key, so that the row outlives the page. `titles` are those under
    which a withdrawn item may be told of, empty where it may not.
    """

    class Kind(models.TextChoices):
        CORRECTED = "corrected", _("Corrected")
        WITHDRAWN = "withdrawn", pgettext_lazy("one item", "Withdrawn")

    key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    kind = models.CharField(
        _("what became of it"), max_length=10, choices=Kind.choices, default=Kind.CORRECTED
    )
    page = models.ForeignKey(
        Output,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="corrections",
        verbose_name=_("output"),
        help_text=_("The page in any language: it holds for all of them."),
    )
    item = models.UUIDField(editable=False, db_index=True)
    corrected_on = models.DateField(_("day"), default=timezone.localdate, db_index=True)
    changes = LabelsField(_("what was changed"))
    reasons = LabelsField(_("why"), blank=True)
    names_item = models.BooleanField(
        _("the title may be told"),
        default=False,
        help_text=_("Of what is withdrawn. Without this, readers are told that something was."),
    )
    titles = models.JSONField(default=dict, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-corrected_on", "-pk"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        title = self.page.title if self.page is not None else _("an item that is gone")
        return f"{self.corrected_on}: {title}"

    def clean(self) -> None:
        """What nobody has ever seen can't be corrected in public."""
        page = self.page
        if page is None and self.item is None:
            raise ValidationError({"page": _("Choose what was corrected.")})
        if page is not None and page.first_published_at is None and not page.live:
            raise ValidationError(
                {"page": _("It was never published, so there is nothing to tell of.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Keeps which item it is of, and its titles as long as they may be told."""
        if self.page is not None:
            self.item = self.page.translation_key
        if self.kind != self.Kind.WITHDRAWN or not self.names_item:
            self.titles = {}
        elif self.page is not None:
            seen = Output.objects.filter(
                translation_key=self.item, first_published_at__isnull=False
            )
            self.titles = dict(seen.values_list("locale__language_code", "title"))
        with transaction.atomic():
            saved = super().save(*args, **kwargs)
            self.tell()
        return saved

    def tell(self) -> None:
        """Let upper floors know, once it holds. They hear of each once, however often it is told;
        what is entered for the record long after is for nobody's letter box."""
        today = timezone.localdate()
        if self.kind == self.Kind.CORRECTED and today - TOLD_FOR <= self.corrected_on <= today:
            output_corrected.send(type(self), key=self.item, number=str(self.key), note="")
