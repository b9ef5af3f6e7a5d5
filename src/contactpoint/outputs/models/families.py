"""Families: outputs that stand together on a page, as the parts of a study or as a series."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from contactpoint.kit.labels import Labelled, LabelsField
from contactpoint.network.models import Country
from contactpoint.outputs.models.output import Output


class Part(models.TextChoices):
    """What something is in its study, in the order of the study's page."""

    SYNTHESIS = "synthesis", _("Synthesis report")
    NATIONAL = "national", _("National report")
    TEMPLATE = "template", _("Common template")
    INFORM = "inform", _("Inform")
    FLASH = "flash", _("Flash")
    VIDEO = "video", _("Video")
    EVENT = "event", _("Event")
    OTHER = "other", _("Further material")


class Family(ClusterableModel, Labelled):
    """A study with all that came of it, or a series; one row for all languages.

    `summaries` say in each language what it is about.
    """

    class Form(models.TextChoices):
        STUDY = "study", _("Study")
        SERIES = "series", _("Series")

    form = models.CharField(_("kind"), max_length=6, choices=Form.choices, default=Form.STUDY)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    summaries = LabelsField(_("summary"), blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["slug"]
        verbose_name = _("study or series")
        verbose_name_plural = _("studies and series")


class FamilyLink(Orderable):
    """An output's place in a study or series; the part is told of studies only."""

    page = ParentalKey(Output, on_delete=models.CASCADE, related_name="family_links")
    family = models.ForeignKey(
        Family, on_delete=models.PROTECT, related_name="links", verbose_name=_("study or series")
    )
    part = models.CharField(
        _("part in the study"), max_length=10, choices=Part.choices, default=Part.OTHER
    )
    panels = [FieldPanel("family"), FieldPanel("part")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "family"], name="family_once")]

    def __str__(self) -> str:
        return f"{self.family} ({self.get_part_display()})"


class PartElsewhere(Orderable):
    """A part of a study that another site holds, such as the report of another state."""

    family = ParentalKey(Family, on_delete=models.CASCADE, related_name="elsewhere")
    part = models.CharField(
        _("part in the study"), max_length=10, choices=Part.choices, default=Part.NATIONAL
    )
    country = models.ForeignKey(
        Country,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("country"),
    )
    title = models.CharField(_("title"), max_length=255)
    language = models.CharField(
        _("language"), max_length=12, blank=True, help_text=_("Its code, such as “en” or “sv”.")
    )
    url = models.URLField(_("address"), max_length=500)
    panels = [
        FieldPanel("part"),
        FieldPanel("country"),
        FieldPanel("title"),
        FieldPanel("language"),
        FieldPanel("url"),
    ]

    def __str__(self) -> str:
        return self.title
