"""Published versions of the scheme, what editors prepare for the next one, and former identifiers.

`Concept` and its labels are what readers see: the newest version. A version keeps the concepts that
differ from the one before, so that the glossary as it stood is the newest payload of each up to it.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SchemeVersion(models.Model):
    """A published version of the whole scheme; a newer one has a higher key.

    `diff` is what `contactpoint.vocabulary.diff` says against the version before, and is empty for
    the first; `counts` are its counts. `digest` is that of the file that it was loaded from."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    published_on = models.DateField(_("published on"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, editable=False
    )
    notes = models.TextField(_("notes"), blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    concept_count = models.PositiveIntegerField(default=0, editable=False)
    counts = models.JSONField(default=dict, blank=True, editable=False)
    diff = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["-published_on", "-pk"]
        verbose_name = _("glossary version")
        verbose_name_plural = _("glossary versions")
        permissions = [("publish_schemeversion", "Can publish a version of the glossary")]

    def __str__(self) -> str:
        return self.number


class ConceptVersion(models.Model):
    """A concept as it stood from a version on, until a later one has it too; None where it went."""

    version = models.ForeignKey(SchemeVersion, on_delete=models.CASCADE, related_name="concepts")
    concept = models.ForeignKey(
        "Concept", null=True, on_delete=models.SET_NULL, related_name="versions"
    )
    slug = models.SlugField(max_length=100)
    payload = models.JSONField(null=True)

    class Meta:
        ordering = ["version", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="concept_once_in_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.slug} ({self.version_id})"


class ConceptDraft(models.Model):
    """A concept as the next version shall have it; readers see none of it before publication.

    `concept` is the one that is changed, or None for a new one; `slug` is its identifier then.
    `forgotten` holds learnt hidden labels that the editor took out, as (language, text)."""

    concept = models.OneToOneField(
        "Concept", null=True, blank=True, on_delete=models.CASCADE, related_name="draft"
    )
    slug = models.SlugField(max_length=100, unique=True)
    payload = models.JSONField()
    forgotten = models.JSONField(default=list, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    edited_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["slug"]
        verbose_name = _("change to the glossary")
        verbose_name_plural = _("changes to the glossary")

    def __str__(self) -> str:
        return self.slug


class FormerSlug(models.Model):
    """An identifier that a concept had once; its addresses lead on."""

    slug = models.SlugField(max_length=100, unique=True)
    concept = models.ForeignKey("Concept", on_delete=models.CASCADE, related_name="former_slugs")

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug
