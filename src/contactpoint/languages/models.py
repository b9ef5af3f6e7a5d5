"""What a translation was made from, and in which paragraphs its original has changed since."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Original(models.Model):
    """The paragraphs of a source page as it was last published.

    `passages` is `[path, digest, text]` in the order of the page. `earlier` keeps the text of those
    versions, by digest, that a translation was made from, so that it can be said what changed.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    passages = models.JSONField(default=list)
    earlier = models.JSONField(default=dict)
    compared_at = models.DateTimeField(null=True, editable=False)
    """When the comparison began that its translations stand by."""

    class Meta:
        verbose_name = _("original")

    def __str__(self) -> str:
        return f"original #{self.pk}"


class Standing(models.Model):
    """How a translation stands to its original.

    `basis` is `[path, digests]`: the version of each paragraph of the original that the paragraphs
    of the translation were made from; `~` before a digest says that nobody has translated it and
    that this version stands there itself, an empty one that the version was not noted.
    `differences` is worked out from it when either page is published, and is all that a reader's
    page has to read. `settled` are changes that make it no older, though the pieces of
    wagtail-localize stem from before them: `[path, kind, index, before, after]` in their order.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    original = models.ForeignKey(Original, on_delete=models.CASCADE, related_name="standings")
    basis = models.JSONField(default=list)
    settled = models.JSONField(default=list)
    differences = models.JSONField(default=list)
    outdated = models.PositiveSmallIntegerField(_("paragraphs out of date"), default=0)
    unfinished = models.PositiveSmallIntegerField(_("paragraphs not translated"), default=0)
    unchecked = models.PositiveSmallIntegerField(_("paragraphs not checked"), default=0)
    since = models.DateTimeField(_("out of date since"), null=True, blank=True)

    class Meta:
        verbose_name = _("standing of a translation")
        indexes = [models.Index(fields=["outdated", "since"], name="standing_outdated")]

    def __str__(self) -> str:
        return f"standing of #{self.pk}"
