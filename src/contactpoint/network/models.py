"""Countries, institutions and expert groups: one row each for all languages; their page; and how
an institution approves."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models.workflows import AbstractGroupApprovalTask
from wagtail_localize.fields import SynchronizedField, TranslatableField

from contactpoint.kit.blocks import text_blocks
from contactpoint.kit.labels import FALLBACK_LANGUAGE, Labelled, LabelsField, pick
from contactpoint.kit.pages import BasePage

partial_day = RegexValidator(
    r"^[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
    _("Write a year, a month or a day, such as 2021, 2021-03 or 2021-03-11."),
)


class Country(Labelled):
    """A state by its ISO 3166-1 code and its place in the network."""

    class Status(models.TextChoices):
        MEMBER = "member", _("Member")
        OBSERVER = "observer", _("Observer")
        NONE = "none", _("Outside the network")

    code = models.CharField(_("code"), max_length=2, unique=True)
    emn_status = models.CharField(
        _("place in the network"), max_length=10, choices=Status.choices, default=Status.NONE
    )
    joined = models.CharField(
        _("joined"),
        max_length=10,
        blank=True,
        validators=[partial_day],
        help_text=_("Year, month or day, such as 2021-03. Empty where nobody is sure."),
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")


class Institution(Labelled):
    """An authority, agency or organisation that writes, publishes or is spoken of."""

    class Kind(models.TextChoices):
        """What it is to the network; in the order in which readers meet them."""

        NETWORK = "network", _("Network")
        CONTACT_POINT = "contact-point", _("Contact point")
        NATIONAL_AUTHORITY = "national-authority", _("National authority")
        OMBUDS_BODY = "ombuds-body", _("Independent public body")
        PARLIAMENT = "parliament", _("Parliament")
        COURT = "court", _("Court")
        STATISTICAL_OFFICE = "statistical-office", _("Statistical office")
        EU_INSTITUTION = "eu-institution", _("Institution of the European Union")
        EU_AGENCY = "eu-agency", _("Agency of the European Union")
        INTERNATIONAL_ORGANISATION = "international-organisation", _("International organisation")
        RESEARCH_INSTITUTE = "research-institute", _("Research institute")
        ASSOCIATION = "association", _("Association")
        NGO = "ngo", _("Non-governmental organisation")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    kind = models.CharField(_("role"), max_length=40, blank=True, choices=Kind.choices)
    alternatives = models.JSONField(_("other names"), default=dict, blank=True)
    country = models.ForeignKey(
        Country,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="institutions",
        verbose_name=_("country"),
    )
    homepage = models.URLField(_("website"), blank=True)
    two_pairs_of_eyes = models.BooleanField(
        _("two pairs of eyes"),
        default=False,
        help_text=_("Nobody publishes a text of this institution alone: another editor approves."),
    )
    contributors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="institutions",
        verbose_name=_("people who write for it"),
        help_text=_("Contributors among them change what is by this institution, and only that."),
    )

    class Meta:
        ordering = ["slug"]
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")

    def short_name(self, language: str) -> str:
        """The acronym, where the name of that language doesn't hold it already.

        Initials (“CGRS”) are English; a word (“Fedasil”) is the same in every language.
        """
        is_for_readers = language == FALLBACK_LANGUAGE or self.acronym.istitle()
        is_new = self.acronym not in pick(self.labels, language)
        return self.acronym if is_for_readers and is_new else ""


class WroteItError(PermissionDenied):
    """Somebody approves what they wrote part of."""


class SecondReading(AbstractGroupApprovalTask):
    """The step of a workflow in which somebody approves who wrote none of it."""

    class Meta:
        verbose_name = _("second reading")
        verbose_name_plural = _("second readings")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Who wrote part of it may send it back, and not approve it."""
        actions: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        if wrote(obj, user):
            return [action for action in actions if action[0] != "approve"]
        said = {False: _("Approve unchanged"), True: _("Approve unchanged, with comment")}
        return [
            (name, said[asks] if name == "approve" else label, asks)
            for name, label, asks in actions
        ]

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Also not who changes it while approving: that would be read by nobody else."""
        if action_name == "approve" and wrote(task_state.workflow_state.content_object, user):
            raise WroteItError(gettext("You wrote part of this: somebody else approves it."))
        super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> Any:
        """For the list of kinds of steps."""
        return _("Members of the chosen groups approve what they did not write")


def wrote(page: Any, user: Any) -> bool:
    """Whether a person wrote any of what would become public now."""
    revisions = page.revisions.filter(user=user.pk)
    published = page.live_revision
    if published is not None:
        revisions = revisions.filter(created_at__gt=published.created_at)
    return bool(revisions.exists())


class ExpertGroup(Labelled):
    """Experts of many states who meet on one subject, return say; offices, never persons."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    about = LabelsField(_("what it does"), blank=True)
    since = models.CharField(
        _("since"), max_length=10, blank=True, validators=[partial_day],
        help_text=_("Year, month or day, such as 2021-03. Empty where nobody is sure."),
    )  # fmt: skip
    homepage = models.URLField(_("website"), blank=True)

    class Meta:
        ordering = ["slug"]
        verbose_name = _("expert group")
        verbose_name_plural = _("expert groups")


class NetworkPage(BasePage):
    """`/<lang>/network/`: who takes part, on a map and in a table, and who publishes here."""

    SLUG = "network"
    introduction = models.TextField(_("introduction"), blank=True)
    body = StreamField(text_blocks(), blank=True, verbose_name=_("text"))
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("title"),
        TranslatableField("introduction"),
        TranslatableField("body"),
        SynchronizedField("slug", overridable=False),
    ]

    class Meta:
        verbose_name = _("page of the network")
