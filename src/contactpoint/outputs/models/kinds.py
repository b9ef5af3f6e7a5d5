"""The kinds of output, each with what only it has."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from contactpoint.kit.headers import WITH_FULL_SCREEN
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
    authors = models.CharField(
        _("authors"),
        max_length=500,
        blank=True,
        help_text=_(
            "People, as “Family name, Given name”, separated by semicolons. Institutions that "
            "wrote it stand under “About” as authors."
        ),
    )
    covers_from = models.DateField(_("covers from"), null=True, blank=True)
    covers_until = models.DateField(_("covers until"), null=True, blank=True)
    doi = models.CharField(
        _("DOI"),
        max_length=200,
        blank=True,
        validators=[
            RegexValidator(
                r"^10\.\d{4,9}/[-._;()/:A-Za-z0-9]+\Z",
                _("A DOI begins with 10, such as 10.2838/45693."),
            )
        ],
    )
    supersedes = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="superseded_by",
        verbose_name=_("supersedes"),
        help_text=_("The earlier publication that this one takes the place of."),
    )
    picture_shapes: ClassVar = {"cover": "cover"}
    cover = models.ForeignKey(
        "media.CustomImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("cover"),
        help_text=_("Without one, the first page of a PDF among the files is the cover."),
    )
    edit_handler = tabs(
        [
            *Output.opening_panels,
            FactPanel("publication_type"),
            FieldPanel("body"),
            FactPanel("cover"),
            MultiFieldPanel(
                [
                    FactPanel("authors"),
                    FactPanel("covers_from"),
                    FactPanel("covers_until"),
                    FactPanel("doi"),
                    FactPanel("supersedes"),
                ],
                heading=_("For citing"),
            ),
        ],
        Output.about_panels,
    )
    translatable_fields: ClassVar[list[Any]] = [
        *Output.translatable_fields,
        SynchronizedField("publication_type", overridable=False),
        SynchronizedField("authors", overridable=False),
        SynchronizedField("covers_from", overridable=False),
        SynchronizedField("covers_until", overridable=False),
        SynchronizedField("doi", overridable=False),
        SynchronizedField("supersedes", overridable=False),
        SynchronizedField("cover", overridable=False),
    ]

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    @property
    def author_names(self) -> list[str]:
        """The people who wrote it, in their order."""
        return [name.strip() for name in self.authors.split(";") if name.strip()]

    def clean(self) -> None:
        """A period has a beginning before its end, and nothing takes its own place."""
        super().clean()
        if self.covers_from and self.covers_until and self.covers_until < self.covers_from:
            raise ValidationError({"covers_until": _("This is before the beginning.")})
        if self.supersedes and self.pk and self.supersedes.translation_key == self.translation_key:
            raise ValidationError({"supersedes": _("A publication can't take its own place.")})


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
        help_text=_("Our own, with its captions. Leave it empty for one that is kept elsewhere."),
    )
    picture_shapes: ClassVar = {"poster": "still"}
    poster = models.ForeignKey(
        "media.CustomImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("poster"),
        help_text=_("A still that stands in the film's place until it plays."),
    )
    transcript = models.TextField(
        _("transcript"),
        blank=True,
        help_text=_(
            "What is said, to read, in the language of this page. Without it, it is made of the "
            "captions of the film."
        ),
    )
    edit_handler = tabs(
        [
            *Output.opening_panels,
            MultiFieldPanel(
                [FieldPanel("recording"), FactPanel("poster")],
                heading=_("Film"),
            ),
            FieldPanel("body"),
            FieldPanel("transcript"),
        ],
        Output.about_panels,
    )
    translatable_fields: ClassVar[list[Any]] = [
        *Output.translatable_fields,
        SynchronizedField("recording"),
        SynchronizedField("poster", overridable=False),
        TranslatableField("transcript"),
    ]

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A film may fill the screen; no other page may."""
        response: HttpResponse = super().serve(request, *args, **kwargs)
        response["Permissions-Policy"] = WITH_FULL_SCREEN
        return response


class Vacancy(Output):
    """A post that an institution wants to fill; the employer stands among its institutions.

    It leaves lists, feeds and search when its last day has passed, and keeps its address.
    """

    KIND = Kind.VACANCY
    is_creatable = True
    parent_page_types = ["outputs.VacancyList"]
    subpage_types: ClassVar[list[str]] = []

    closes_on = models.DateField(
        _("apply until"),
        null=True,
        blank=True,
        help_text=_("The last day. The day after, the vacancy leaves the lists by itself."),
    )
    closed = models.BooleanField(
        _("closed"),
        default=False,
        help_text=_("Filled or withdrawn before its last day, or over without one."),
    )
    edit_handler = tabs(
        [
            *Output.opening_panels,
            MultiFieldPanel([FactPanel("closes_on"), FactPanel("closed")], heading=_("Deadline")),
            FieldPanel("body"),
        ],
        Output.about_panels,
    )
    translatable_fields: ClassVar[list[Any]] = [
        *Output.translatable_fields,
        SynchronizedField("closes_on", overridable=False),
        SynchronizedField("closed", overridable=False),
    ]

    class Meta:
        verbose_name = _("vacancy")
        verbose_name_plural = _("vacancies")

    @property
    def is_closed(self) -> bool:
        """Whether nobody can apply any more, today in the portal's time zone."""
        is_over = self.closes_on is not None and self.closes_on < timezone.localdate()
        return self.closed or is_over


class Development(Output):
    """A law, a policy note or a measure, with the day on which it takes effect."""

    KIND = Kind.DEVELOPMENT
    is_creatable = True
    parent_page_types = ["outputs.Chronicle"]
    subpage_types: ClassVar[list[str]] = []

    legal_reference = models.CharField(_("legal reference"), max_length=255, blank=True)
    edit_handler = tabs(
        [
            *Output.opening_panels,
            MultiFieldPanel(
                [FactPanel("effective_on"), FieldPanel("legal_reference")], heading=_("Law")
            ),
            FieldPanel("body"),
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
