"""The kinds of output, each with what only it has."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from contactpoint.outputs.models.output import Kind, Output
from contactpoint.outputs.panels import FactPanel, tabs


class NewsItem(Output):
    """Something that happened, was published or was announced."""

    KIND = Kind.NEWS_ITEM
    is_creatable = True
    parent_page_types = ["outputs.NewsList"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = tabs(Output.content_panels, Output.about_panels)

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")


class Publication(Output):
    """A document that the network or one of its institutions publishes."""

    class Type(models.TextChoices):
        ANNUAL_POLICY_REPORT = "annual-policy-report", _("Annual policy report")
        THEMATIC_STUDY = "thematic-study", _("Thematic study")
        EMN_INFORM = "emn-inform", _("EMN inform")
        AD_HOC_QUERY_COMPILATION = "ad-hoc-query-compilation", _("Ad-hoc query compilation")
        QUARTERLY = "quarterly", _("Quarterly")
        COUNTRY_FACTSHEET = "country-factsheet", _("Country factsheet")
        POLICY_PAPER = "policy-paper", _("Policy paper")
        REPORT = "report", _("Report")
        STUDY = "study", _("Study")

    KIND = Kind.PUBLICATION
    is_creatable = True
    parent_page_types = ["outputs.PublicationList"]
    subpage_types: ClassVar[list[str]] = []

    publication_type = models.CharField(
        _("type"), max_length=30, choices=Type.choices, default=Type.REPORT, db_index=True
    )
    edit_handler = tabs(
        [*Output.content_panels, FactPanel("publication_type")], Output.about_panels
    )
    translatable_fields: ClassVar[list[Any]] = [
        *Output.translatable_fields,
        SynchronizedField("publication_type", overridable=False),
    ]

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")


class Video(Output):
    """A film, ours or somebody else's; nothing of a third party's is loaded before a click."""

    KIND = Kind.VIDEO
    is_creatable = True
    parent_page_types = ["outputs.VideoList"]
    subpage_types: ClassVar[list[str]] = []

    recording = models.ForeignKey(
        "media.Recording",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("film"),
    )
    edit_handler = tabs([*Output.content_panels, FieldPanel("recording")], Output.about_panels)
    translatable_fields: ClassVar[list[Any]] = [
        *Output.translatable_fields,
        SynchronizedField("recording"),
    ]

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")


class Vacancy(Output):
    """A post that an institution wants to fill."""

    KIND = Kind.VACANCY
    is_creatable = True
    parent_page_types = ["outputs.VacancyList"]
    subpage_types: ClassVar[list[str]] = []

    closes_on = models.DateField(_("apply until"), null=True, blank=True)
    edit_handler = tabs([*Output.content_panels, FactPanel("closes_on")], Output.about_panels)
    translatable_fields: ClassVar[list[Any]] = [
        *Output.translatable_fields,
        SynchronizedField("closes_on", overridable=False),
    ]

    class Meta:
        verbose_name = _("vacancy")
        verbose_name_plural = _("vacancies")


class Development(Output):
    """A law, a policy note or a measure, with the day on which it takes effect."""

    KIND = Kind.DEVELOPMENT
    is_creatable = True
    parent_page_types = ["outputs.Chronicle"]
    subpage_types: ClassVar[list[str]] = []

    legal_reference = models.CharField(_("legal reference"), max_length=255, blank=True)
    edit_handler = tabs(
        [
            *Output.content_panels,
            MultiFieldPanel(
                [FactPanel("effective_on"), FieldPanel("legal_reference")], heading=_("Law")
            ),
        ],
        Output.about_panels,
    )
    translatable_fields: ClassVar[list[Any]] = [
        *Output.translatable_fields,
        TranslatableField("legal_reference"),
    ]

    class Meta:
        verbose_name = _("development")
        verbose_name_plural = _("developments")
