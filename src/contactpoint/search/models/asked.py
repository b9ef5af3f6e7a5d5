"""How often a question was asked on a day; by whom and at what hour is nowhere."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONGEST = 80


class DayKey(models.Model):
    """The random key of a day, under which questions are counted that may not be read yet."""

    day = models.DateField(primary_key=True)
    key = models.BinaryField(max_length=32)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.day)


class AskedQuestion(models.Model):
    """A question in a reader's language on one day.

    `mark` is a keyed hash of the folded question. `words` and `folded` are empty until the
    question was asked for the fifth time that day; what never comes so far is deleted the next day
    together with the key, so that nobody can tell what it was. `times` is by how many networks,
    each once a day, `empty` by how many that found nothing, `opened` how often a result was opened
    afterwards. `networks` holds the marks of those counted, under a salt that lies in the shared
    cache and not here; it is emptied with the day.
    """

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=12)
    mark = models.CharField(max_length=32)
    words = models.CharField(_("question"), max_length=LONGEST, blank=True)
    folded = models.CharField(max_length=LONGEST, blank=True)
    times = models.PositiveIntegerField(_("asked"), default=0)
    empty = models.PositiveIntegerField(_("found nothing"), default=0)
    opened = models.PositiveIntegerField(_("opened"), default=0)
    networks = models.TextField(blank=True)

    class Meta:
        ordering = ["-day", "-times"]
        default_permissions = ("view",)
        verbose_name = _("question that was asked")
        verbose_name_plural = _("questions that were asked")
        constraints = [
            models.UniqueConstraint(fields=["day", "mark", "language"], name="asked_once_a_day"),
        ]
        indexes = [
            models.Index(fields=["language", "folded"], name="asked_words", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.words or '…'} ({self.language}, {self.day})"


class Unsuggested(models.Model):
    """A question that is not offered to readers while they type: an editor withheld it."""

    folded = models.CharField(max_length=LONGEST)
    language = models.CharField(max_length=12)

    class Meta:
        default_permissions = ("add",)
        verbose_name = _("question that is not suggested")
        verbose_name_plural = _("questions that are not suggested")
        constraints = [
            models.UniqueConstraint(fields=["folded", "language"], name="unsuggested_once"),
        ]

    def __str__(self) -> str:
        return f"{self.folded} ({self.language})"
