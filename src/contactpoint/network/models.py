"""Countries and institutions: one row each for all languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contactpoint.kit.labels import Labelled


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
        _("joined"), max_length=10, blank=True, help_text=_("Year, month or day, such as 2021-03.")
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")


class Institution(Labelled):
    """An authority, agency or organisation that writes, publishes or is spoken of."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
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

    class Meta:
        ordering = ["slug"]
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
