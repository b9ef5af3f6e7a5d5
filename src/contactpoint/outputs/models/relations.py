"""What an output is about: rows beneath it, edited on the source page and synchronised."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from contactpoint.glossary.models import Concept, Theme
from contactpoint.media.models import CustomDocument
from contactpoint.network.models import Country, Institution
from contactpoint.outputs.models.output import Output


class OutputTheme(Orderable):
    """A main theme of an output; the order is the editor's."""

    page = ParentalKey(Output, on_delete=models.CASCADE, related_name="theme_links")
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="output_links", verbose_name=_("theme")
    )
    panels = [FieldPanel("theme")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "theme"], name="theme_once")]

    def __str__(self) -> str:
        return str(self.theme)


class Classification(Orderable):
    """A keyword and the concept that it was taken to mean; the original string is always kept."""

    class Source(models.TextChoices):
        EDITOR = "editor", _("Editor")
        IMPORTED = "imported", _("Imported")
        SUGGESTED = "suggested", _("Suggested")

    class Resolution(models.TextChoices):
        CONCEPT = "concept", _("Concept")
        TYPE = "type", _("Kind of output")
        PLACE = "place", _("Place")
        UNKNOWN = "unknown", _("Unknown")

    page = ParentalKey(Output, on_delete=models.CASCADE, related_name="classifications")
    concept = models.ForeignKey(
        Concept,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="classifications",
        verbose_name=_("concept"),
    )
    keyword = models.CharField(_("original keyword"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True, editable=False)
    source = models.CharField(
        _("source"), max_length=12, choices=Source.choices, default=Source.EDITOR, editable=False
    )
    resolves_to = models.CharField(
        max_length=10, choices=Resolution.choices, default=Resolution.CONCEPT, editable=False
    )
    confidence = models.FloatField(default=1.0, editable=False)
    reason = models.CharField(max_length=40, blank=True, editable=False)
    panels = [FieldPanel("concept"), FieldPanel("keyword")]

    class Meta(Orderable.Meta):
        indexes = [models.Index(fields=["concept", "page"], name="classification_concept")]

    def __str__(self) -> str:
        return self.keyword or str(self.concept)


class OutputInstitution(Orderable):
    """An institution and its part in an output."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("Author")
        PUBLISHER = "publisher", _("Publisher")
        COMMISSIONER = "commissioner", _("Commissioned by")
        EMPLOYER = "employer", _("Employer")
        MENTIONED = "mentioned", _("Mentioned")

    page = ParentalKey(Output, on_delete=models.CASCADE, related_name="institution_links")
    institution = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        related_name="output_links",
        verbose_name=_("institution"),
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.MENTIONED)
    panels = [FieldPanel("institution"), FieldPanel("role")]

    def __str__(self) -> str:
        return str(self.institution)


class OutputCountry(Orderable):
    """A country that an output is about."""

    page = ParentalKey(Output, on_delete=models.CASCADE, related_name="country_links")
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="output_links", verbose_name=_("country")
    )
    panels = [FieldPanel("country")]

    def __str__(self) -> str:
        return str(self.country)


class OutputFile(Orderable):
    """A file that belongs to an output; one list for all languages, as files tell their own.

    A document that says no language is in that of the page on which it stands first, its source.
    """

    page = ParentalKey(Output, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        CustomDocument, on_delete=models.PROTECT, related_name="+", verbose_name=_("file")
    )
    panels = [FieldPanel("document")]

    def __str__(self) -> str:
        return str(self.document)


class RelatedOutput(Orderable):
    """An output that an editor placed beside another."""

    page = ParentalKey(Output, on_delete=models.CASCADE, related_name="related_links")
    related = models.ForeignKey(
        Output, on_delete=models.CASCADE, related_name="+", verbose_name=_("related output")
    )
    panels = [FieldPanel("related")]

    def __str__(self) -> str:
        return str(self.related)
