"""What editors put first for a question."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from contactpoint.glossary.models.decisions import key_of

MOST = 5
LONGEST = 200


class Pin(ClusterableModel):
    """A question, in one language or in all, for which some things stand first."""

    question = models.CharField(
        gettext_lazy("question"),
        max_length=LONGEST,
        help_text=gettext_lazy(
            "The whole question, as readers ask it. Case and accents don't matter."
        ),
    )
    folded = models.CharField(max_length=LONGEST, editable=False)
    language = models.CharField(
        gettext_lazy("asked in"),
        max_length=12,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=gettext_lazy("The language in which the portal is read. Leave it empty for all."),
    )
    until = models.DateField(
        gettext_lazy("until"),
        null=True,
        blank=True,
        help_text=gettext_lazy(
            "The last day on which they stand first. Leave it empty for no end."
        ),
    )

    class Meta:
        ordering = ["folded", "language"]
        verbose_name = gettext_lazy("pinned result")
        verbose_name_plural = gettext_lazy("pinned results")
        constraints = [
            models.UniqueConstraint(fields=["folded", "language"], name="pinned_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question} ({self.language})" if self.language else self.question

    def clean(self) -> None:
        """A question has a word, and is pinned once."""
        super().clean()
        self.folded = key_of(self.question)
        if not any(sign.isalnum() for sign in self.folded):
            raise ValidationError({"question": _("A question has letters or figures.")})
        others = Pin.objects.filter(folded=self.folded, language=self.language)
        if others.exclude(pk=self.pk).exists():
            raise ValidationError(
                {"question": _("This question has pinned results already. Change those.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The folded form follows the question."""
        self.folded = key_of(self.question)
        super().save(*args, **kwargs)


class PinnedThing(Orderable):
    """A page (an output or another one) or a concept that stands first, in the given order."""

    pin = ParentalKey(Pin, on_delete=models.CASCADE, related_name="things")
    page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=gettext_lazy("page"),
    )
    concept = models.ForeignKey(
        "glossary.Concept",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=gettext_lazy("concept"),
    )

    class Meta(Orderable.Meta):
        default_permissions = ()
        verbose_name = gettext_lazy("pinned thing")
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, concept__isnull=True)
                | Q(page__isnull=True, concept__isnull=False),
                name="pinned_page_or_concept",
            ),
        ]

    def __str__(self) -> str:
        return str(self.page or self.concept or "")

    def clean(self) -> None:
        """One of the two."""
        super().clean()
        if bool(self.page_id) == bool(self.concept_id):
            raise ValidationError(_("Choose a page or a concept, and not both."))
