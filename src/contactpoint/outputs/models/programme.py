"""The work programme: what the network means to publish, with whom and in which quarter."""

import uuid
from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail_localize.fields import SynchronizedField, TranslatableField

from contactpoint.glossary.models import Theme, explains_terms_field
from contactpoint.kit.blocks import text_blocks
from contactpoint.kit.labels import Labelled, LabelsField
from contactpoint.kit.pages import BasePage
from contactpoint.network.models import Institution
from contactpoint.outputs.models.kinds import Publication
from contactpoint.outputs.models.output import Kind, Output


class WorkProgramme(BasePage):
    """`/<lang>/work-programme/`: the page on which the planned outputs stand."""

    SLUG = "work-programme"
    introduction = models.TextField(_("introduction"), blank=True)
    body = StreamField(text_blocks(), blank=True, verbose_name=_("text"))
    explains_terms = explains_terms_field()
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    settings_panels = [*BasePage.settings_panels, FieldPanel("explains_terms")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("title"),
        TranslatableField("introduction"),
        TranslatableField("body"),
        SynchronizedField("slug", overridable=False),
        SynchronizedField("explains_terms", overridable=False),
    ]

    class Meta:
        verbose_name = _("work programme")


class PlannedOutput(Labelled, ClusterableModel):
    """An output before it appears: one row for all languages, named by `labels`.

    Nobody sets it to published: it is so while readers may see `output`, in whatever language.
    """

    class Quarter(models.IntegerChoices):
        FIRST = 1, _("January–March")
        SECOND = 2, _("April–June")
        THIRD = 3, _("July–September")
        FOURTH = 4, _("October–December")

    key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, default=Kind.PUBLICATION
    )
    publication_type = models.CharField(
        _("type of publication"), max_length=30, choices=Publication.Type.choices, blank=True
    )
    theme = models.ForeignKey(
        Theme,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("main theme"),
    )
    year = models.PositiveSmallIntegerField(
        _("expected in the year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    quarter = models.PositiveSmallIntegerField(_("quarter"), choices=Quarter.choices)
    first_year = models.PositiveSmallIntegerField(
        _("expected at first in the year"),
        blank=True,
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
    )
    first_quarter = models.PositiveSmallIntegerField(
        _("quarter"), choices=Quarter.choices, blank=True
    )
    delayed = models.BooleanField(
        _("delayed"),
        default=False,
        help_text=_(
            "What is put off to a later quarter, or is not there when its quarter is over, is "
            "shown as delayed without this."
        ),
    )
    remarks = LabelsField(_("remark"), blank=True)
    output = models.ForeignKey(
        Output,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="planned_as",
        verbose_name=_("output"),
        help_text=_(
            "The page that it became, in any language; a draft too: once readers may see it, the "
            "programme shows it as published and leads there."
        ),
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["year", "quarter", "pk"]
        verbose_name = _("planned output")
        verbose_name_plural = _("planned outputs")

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Keeps the quarter that was named first; an earlier one takes its place."""
        expected = (self.year, self.quarter)
        first = (self.first_year or 9999, self.first_quarter or 9)
        self.first_year, self.first_quarter = min(expected, first)
        return super().save(*args, **kwargs)

    @property
    def last_day(self) -> date:
        """The last day of the quarter in which it is expected."""
        month = 3 * self.quarter
        following = date(self.year + month // 12, month % 12 + 1, 1)
        return following - timedelta(days=1)

    @property
    def is_put_off(self) -> bool:
        """Whether it was expected earlier at first."""
        return (self.year, self.quarter) > (self.first_year, self.first_quarter)

    @property
    def is_late(self) -> bool:
        """Whether its quarter is over, today in the portal's time zone."""
        return self.last_day < timezone.localdate()


class PlannedPartner(Orderable):
    """An institution that makes the planned output, or has a part in it."""

    planned = ParentalKey(PlannedOutput, on_delete=models.CASCADE, related_name="partners")
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="+", verbose_name=_("institution")
    )
    panels = [FieldPanel("institution")]

    def __str__(self) -> str:
        return str(self.institution)
