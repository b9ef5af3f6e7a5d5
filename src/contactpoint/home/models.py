"""The front page of each language and the standard pages under it."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from contactpoint.glossary.models import explains_terms_field
from contactpoint.kit.blocks import text_blocks
from contactpoint.kit.checklist import Checklist
from contactpoint.kit.pages import BasePage
from contactpoint.outputs.models import Output


class HomePage(BasePage):
    """What this is in one sentence, the lead, and what is new, coming and planned."""

    statement = models.TextField(_("what this is, in one sentence"), blank=True)
    lead = models.ForeignKey(
        Output,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("lead"),
        help_text=_("Empty: the newest."),
    )
    content_panels = [*BasePage.content_panels, FieldPanel("statement"), FieldPanel("lead")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "outputs.NewsList",
        "outputs.PublicationList",
        "outputs.EventList",
        "outputs.VideoList",
        "outputs.VacancyList",
        "outputs.Chronicle",
        "home.StandardPage",
    ]
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("title"),
        TranslatableField("statement"),
        SynchronizedField("slug", overridable=False),
    ]

    class Meta:
        verbose_name = _("front page")


class StandardPage(BasePage):
    """A page of text: the network, the work programme, accessibility, privacy."""

    offered_in_every_language = True

    teaser = models.TextField(_("teaser"), blank=True, max_length=600)
    body = StreamField(text_blocks(), blank=True, verbose_name=_("text"))
    explains_terms = explains_terms_field()
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("teaser"),
        FieldPanel("body"),
        Checklist(heading=_("Checklist")),
    ]
    settings_panels = [*BasePage.settings_panels, FieldPanel("explains_terms")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("teaser"),
        index.SearchField("body"),
    ]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("title"),
        TranslatableField("teaser"),
        TranslatableField("body"),
        SynchronizedField("slug", overridable=False),
        SynchronizedField("explains_terms", overridable=False),
    ]

    class Meta:
        verbose_name = _("standard page")
