"""The one concrete model that holds what all outputs share, so that one query lists everything."""

from datetime import datetime
from typing import Any, ClassVar, Final

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Workflow
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from contactpoint.glossary.models import explains_terms_field
from contactpoint.kit.blocks import BodyBlock
from contactpoint.kit.pages import BasePage
from contactpoint.outputs.approving import workflow_for
from contactpoint.outputs.figures.blocks import FACTS, output_blocks
from contactpoint.outputs.forms import OutputForm
from contactpoint.outputs.models.words import WordsField
from contactpoint.outputs.panels import FactPanel, FactRows, Keywords, Suggestions
from contactpoint.outputs.rights import OutputRights
from contactpoint.outputs.sources import source_of

ENTRY: Final = "entry"
"""The name of the preview of lists and feeds."""


class Kind(models.TextChoices):
    """The kinds of output, by the names that the command line and the API use."""

    NEWS_ITEM = "news-item", pgettext_lazy("one item", "News")
    PUBLICATION = "publication", _("Publication")
    EVENT = "event", _("Event")
    VIDEO = "video", _("Video")
    VACANCY = "vacancy", _("Vacancy")
    DEVELOPMENT = "development", _("Development")


class Output(BasePage):
    """Title, teaser, text, dates and classification of anything that is published.

    `published_on` is the day that the item is dated, which need not be the day it went online.
    What is true in every language is edited on the source and synchronised to translations.
    """

    KIND: ClassVar[str] = ""
    offered_in_every_language = True
    is_creatable = False

    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, editable=False, db_index=True
    )
    teaser = models.TextField(_("teaser"), blank=True, max_length=600)
    body = StreamField(BodyBlock(output_blocks()), blank=True, verbose_name=_("text"))
    published_on = models.DateField(_("dated"), null=True, blank=True, db_index=True)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True, db_index=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    effective_on = models.DateField(_("takes effect"), null=True, blank=True)
    source_url = models.URLField(_("source address"), blank=True, max_length=500)
    series = models.CharField(
        _("series"),
        max_length=120,
        blank=True,
        help_text=_(
            "Only where the series has no page here; else choose it under “Studies and series”."
        ),
    )
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("Publishing before that moment, in whatever language, waits until then."),
    )
    explains_terms = explains_terms_field()
    words = WordsField()

    base_form_class = OutputForm
    opening_panels = [
        *BasePage.content_panels,
        FieldPanel(
            "teaser",
            help_text=_("One or two sentences: lists, feeds and search show them under the title."),
        ),
        FactPanel(
            "published_on",
            help_text=_("The day that readers see, and by which lists are sorted: 2026-11-30."),
        ),
    ]
    """What every form begins with; what only a kind has follows, then the text."""
    content_panels = [*opening_panels, FieldPanel("body")]
    about_panels = [
        FactRows("theme_links", heading=_("Main themes"), label=_("theme")),
        Suggestions(heading=_("Suggested concepts")),
        Keywords("classifications", heading=_("Keywords"), label=_("keyword")),
        FactRows("institution_links", heading=_("Institutions"), label=_("institution")),
        FactRows("country_links", heading=_("Countries"), label=_("country")),
        FactRows("family_links", heading=_("Studies and series"), label=_("study or series")),
        FactRows("related_links", heading=_("Related"), label=_("related output")),
        MultiFieldPanel([FactPanel("source_url"), FactPanel("series")], heading=_("Source")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("teaser"),
        index.SearchField("body"),
        index.FilterField("kind"),
        index.FilterField("published_on"),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("title"),
        TranslatableField("slug"),
        TranslatableField("teaser"),
        TranslatableField("body"),
        TranslatableField("seo_title"),
        TranslatableField("search_description"),
        SynchronizedField("published_on", overridable=False),
        SynchronizedField("starts_at", overridable=False),
        SynchronizedField("ends_at", overridable=False),
        SynchronizedField("effective_on", overridable=False),
        SynchronizedField("source_url", overridable=False),
        SynchronizedField("series", overridable=False),
        SynchronizedField("embargo_until", overridable=False),
        SynchronizedField("explains_terms", overridable=False),
        SynchronizedField("theme_links", overridable=False),
        SynchronizedField("classifications", overridable=False),
        SynchronizedField("institution_links", overridable=False),
        SynchronizedField("country_links", overridable=False),
        SynchronizedField("family_links", overridable=False),
        SynchronizedField("related_links", overridable=False),
        SynchronizedField("files", overridable=False),
    ]
    block_facts: ClassVar[dict[str, tuple[str, ...]]] = {"body": FACTS}

    class Meta:
        verbose_name = _("output")
        indexes = [models.Index(fields=["kind", "-published_on"], name="output_kind_date")]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """The kind is what the class says, whoever saves."""
        self.kind = self.KIND or self.kind
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Writes the kind even where `full_clean` was left out."""
        self.kind = self.KIND or self.kind
        return super().save(*args, **kwargs)

    def permissions_for_user(self, user: Any) -> OutputRights:
        """What a person may do with it."""
        return OutputRights(user, self)

    def is_original(self) -> bool:
        """Whether facts are edited here."""
        return self.pk is None or source_of(self).pk == self.pk

    @property
    def has_workflow(self) -> bool:
        """Whether somebody else reads it first."""
        return self.get_workflow() is not None

    def get_workflow(self) -> Workflow | None:
        """That of its institutions, else of its place in the tree."""
        found: Workflow | None = workflow_for(self) or super().get_workflow()
        return found

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The page, and how lists and feeds show it."""
        return [*super().preview_modes, (ENTRY, _("In lists and feeds"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Drafts are shown as entries, too; `contexts` says what stands there."""
        if mode_name == ENTRY:
            return "outputs/preview_entry.html"
        return str(super().get_preview_template(request, mode_name))

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """What is under embargo goes live when that ends, whoever publishes it and however."""
        embargo = self.embargo_until
        if embargo and not self.live and _breaks(self, embargo):
            self.go_live_at = embargo
        return super().save_revision(*args, **kwargs)


def _breaks(page: Any, embargo: datetime) -> bool:
    """Whether what is planned, for a moment or for now, would break an embargo that still holds."""
    return max(page.go_live_at or timezone.now(), timezone.now()) < embargo
