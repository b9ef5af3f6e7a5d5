"""What editors decided about words and concepts, kept so that nobody is asked the same twice."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contactpoint.glossary.models.concepts import Concept
from contactpoint.vocabulary import fold

LONGEST: Final = 200


def key_of(words: str) -> str:
    """The form by which equal strings are one: without case, accents and double spaces."""
    return " ".join(fold(words).split())[:LONGEST]


class Decision(models.Model):
    """That words mean a concept, or don't; who said so, of what, and when.

    `subject` names what was before the editor's eyes, as `outputs.newsitem:123`, and is empty for a
    decision that holds everywhere. Without a concept the words are no topic (rejected), or are the
    same as other words (accepted; `same_as` is the key of those). Words that were the same as
    others when they were decided with them keep `same_as`. Decisions that were made together have
    the same time.
    """

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")

    class Source(models.TextChoices):
        SUGGESTED = "suggested", _("Suggestion")
        HARMONISED = "harmonised", _("Keyword of an item")
        WORKLIST = "worklist", _("Unknown keywords")

    concept = models.ForeignKey(
        Concept,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="decisions",
        verbose_name=_("concept"),
    )
    verdict = models.CharField(_("decision"), max_length=10, choices=Verdict.choices)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    subject = models.CharField(max_length=100, blank=True)
    words = models.CharField(_("words"), max_length=LONGEST, blank=True)
    key = models.CharField(max_length=LONGEST, blank=True, editable=False)
    same_as = models.CharField(max_length=LONGEST, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("editor"),
    )
    decided_at = models.DateTimeField(_("decided"), default=timezone.now)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [
            models.Index(fields=["concept", "language", "key"], name="decision_words"),
            models.Index(fields=["subject"], name="decision_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "source", "concept", "key"],
                condition=~Q(source="worklist"),
                name="decided_once",
            ),
            models.UniqueConstraint(
                fields=["key", "language"],
                condition=Q(source="worklist"),
                name="keyword_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words}: {self.concept or self.same_as or '–'} ({self.verdict})"
