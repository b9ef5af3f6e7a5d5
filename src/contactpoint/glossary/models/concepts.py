"""Concepts, their labels, and main themes."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contactpoint.kit.labels import Labelled, LabelsField


class Theme(Labelled):
    """A main theme; a tree of two levels by `parent` and `position`."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("broader theme"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    hue = models.PositiveSmallIntegerField(_("hue"), default=1, help_text=_("1 to 11"))
    alternatives = models.JSONField(_("other names"), default=dict, blank=True)
    concepts: "models.ManyToManyField[Concept, Concept]" = models.ManyToManyField(
        "Concept", blank=True, related_name="themes"
    )

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def get_absolute_url(self) -> str:
        """The theme's page in the active language."""
        return reverse("theme", args=[self.slug])


class Concept(Labelled):
    """A SKOS concept: `labels` are its preferred labels, `ConceptLabel` rows all others."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        DEPRECATED = "deprecated", _("Deprecated")

    slug = models.SlugField(_("identifier"), max_length=100, unique=True)
    definitions = LabelsField(
        _("definitions"),
        blank=True,
        help_text=_("Per language: the text and its legal source."),
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.APPROVED
    )
    successor = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
        verbose_name=_("successor"),
    )
    broader = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="narrower", verbose_name=_("broader")
    )
    related = models.ManyToManyField("self", blank=True, verbose_name=_("related"))
    exact_matches = models.JSONField(_("exact matches"), default=list, blank=True)
    close_matches = models.JSONField(_("close matches"), default=list, blank=True)
    notation = models.CharField(_("notation"), max_length=100, blank=True)
    notes = models.JSONField(
        _("notes"),
        default=list,
        blank=True,
        help_text=_("Each with its text, its language and its kind."),
    )
    uri = models.CharField(
        _("address elsewhere"),
        max_length=500,
        blank=True,
        editable=False,
        help_text=_("Empty for a concept of this portal, whose address follows from its name."),
    )
    other = models.JSONField(_("other statements"), default=list, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True, db_index=True, editable=False)

    class Meta:
        ordering = ["slug"]
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")

    def get_absolute_url(self) -> str:
        """The concept's page in the active language."""
        return reverse("concept", args=[self.slug])


class ConceptLabel(models.Model):
    """An alternative or hidden label of a concept in one language, or a preferred one of a national
    variant. `learnt` are those that editors taught by mapping a keyword; they hold at once."""

    class Kind(models.TextChoices):
        PREFERRED = "preferred", _("Preferred")
        ALTERNATIVE = "alternative", _("Alternative")
        HIDDEN = "hidden", _("Hidden")

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="other_labels")
    language = models.CharField(_("language"), max_length=12)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    text = models.CharField(_("label"), max_length=200)
    variant = models.CharField(_("variant"), max_length=40, blank=True)
    learnt = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["language", "kind", "text"]
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "language", "text", "variant"], name="label_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.language})"
