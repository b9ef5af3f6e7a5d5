"""Who is asked, until when, in which languages, how open."""

from typing import Any, ClassVar, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contactpoint.consultations.models.instruments import Instrument, Version
from contactpoint.consultations.models.querysets import RoundQuerySet
from contactpoint.glossary.models import Concept, Theme
from contactpoint.kit.labels import Labelled, LabelsField
from contactpoint.network.models import Country, Institution
from contactpoint.outputs.models import Family

LEAST: Final = 5
"""No smaller number of a survey is ever public."""


def languages() -> list[str]:
    """Those of the portal."""
    return [code for code, _name in settings.LANGUAGES]


class Round(Labelled):
    """An instrument held once. `labels` name it, `introductions` say why it is asked: of a query
    its background. `summaries` are the editors' own words on what came of it.

    What is public of it and when is told by `published_at`; nothing of it is while that is empty
    but that it takes place, where `is_listed`.
    """

    class Access(models.TextChoices):
        OPEN = "open", _("Whoever has the link")
        PERSONAL = "personal", _("A link for each respondent")
        STATES = "states", _("States of the network")

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("round", "Draft")
        OPEN = "open", pgettext_lazy("round", "Open")
        CLOSED = "closed", pgettext_lazy("round", "Closed")

    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("questionnaire")
    )
    version = models.ForeignKey(
        Version, null=True, blank=True, on_delete=models.PROTECT, related_name="rounds"
    )
    """Which one is answered; fixed when it opens."""
    code = models.SlugField(_("address"), max_length=60, unique=True)
    reference = models.CharField(_("number"), max_length=40, blank=True)
    wave_names = LabelsField(_("wave"), blank=True)
    """What it is called beside other waves, such as “spring 2019”."""
    previous = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="following",
        verbose_name=_("wave before"),
    )
    introductions = LabelsField(_("background"), blank=True)
    summaries = LabelsField(_("summary"), blank=True)
    disclaimers = LabelsField(_("disclaimer"), blank=True)
    languages = models.JSONField(_("languages"), default=languages)
    access = models.CharField(_("who answers"), max_length=8, choices=Access.choices)
    is_anonymous = models.BooleanField(_("anonymous"), default=False)
    is_listed = models.BooleanField(_("told of in public"), default=True)
    is_example = models.BooleanField(_("example, not real"), default=False)
    invited = models.PositiveIntegerField(_("number of those asked"), null=True, blank=True)
    quota = models.PositiveIntegerField(
        _("most answers"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    deadline_reason = models.CharField(_("reason for the deadline"), max_length=300, blank=True)
    """Of a query that states have less than two weeks or more than four for."""
    closed_at = models.DateTimeField(null=True, editable=False)
    """When it was closed; who had begun has an hour more (`actions`)."""
    status = models.CharField(
        _("status"), max_length=6, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    first_published_at = models.DateTimeField(null=True, editable=False)
    """Stays where it is taken back: who has the tables of then keeps them."""
    smallest_cell = models.PositiveSmallIntegerField(
        _("smallest number shown in public"), default=LEAST, validators=[MinValueValidator(LEAST)]
    )
    background = models.CharField(
        _("question to compare groups by"),
        max_length=64,
        blank=True,
        help_text=_(
            "Code of a question with one answer. Public results can be read by its groups; "
            "once they are published it stays."
        ),
    )
    requested_by = models.ForeignKey(
        Country,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("requested by"),
    )
    institution = models.ForeignKey(
        Institution,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("institution"),
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))
    concepts = models.ManyToManyField(
        Concept, blank=True, related_name="+", verbose_name=_("concepts")
    )
    family = models.ForeignKey(
        Family,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("study that comes of it"),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-pk"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")

    def clean(self) -> None:
        """What decides which numbers are hidden stays as it was once they were public, also where
        they were taken back: from two ways of hiding, what both hide could be worked out. The
        smallest number is told to who answers, so it is not made smaller after that."""
        super().clean()
        before = Round.objects.filter(pk=self.pk).exclude(status=self.Status.DRAFT).first()
        if before is None or before.is_of_states:
            return
        if before.smallest_cell > self.smallest_cell:
            told = _(
                "Who answers was told that no number under %(number)s is shown. Raise it only."
            )
            raise ValidationError({"smallest_cell": told % {"number": before.smallest_cell}})
        kept = _(
            "The results were public with it, so it stays: from both, hidden numbers would show."
        )
        for name in ("background", "smallest_cell"):
            if before.was_published and getattr(self, name) != getattr(before, name):
                raise ValidationError({name: kept})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What was promised to who answers stays: an anonymous round that was ever open can't be
        made another."""
        if self.pk and not self.is_anonymous:
            stored = Round.objects.filter(pk=self.pk, is_anonymous=True)
            if stored.exclude(status=self.Status.DRAFT).exists():
                raise ValueError("A round that was opened as anonymous stays anonymous.")
        super().save(*args, **kwargs)

    @property
    def least_shown(self) -> int:
        """The smallest number that is shown in public, whatever is stored."""
        return max(LEAST, self.smallest_cell)

    @property
    def was_published(self) -> bool:
        """Whether what came of it is public, or was and was taken back."""
        return self.published_at is not None or self.first_published_at is not None

    @property
    def is_of_states(self) -> bool:
        """Whether states answer it, so that each answer has a mark."""
        return self.access == self.Access.STATES


class StateAsked(models.Model):
    """A state of which a round wants to know."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="states")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=10, choices=Country.Status.choices, default=Country.Status.MEMBER
    )
    """Its place in the network when it was asked."""
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "country"], name="state_asked_once")
        ]

    def __str__(self) -> str:
        return f"{self.country_id} in round {self.round_id}"


class Seat(models.Model):
    """Somebody who answers for a state; `sends` whether they may also validate and send."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seats"
    )
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    sends = models.BooleanField(_("validates and sends"), default=False)

    class Meta:
        verbose_name = _("person who answers for a state")
        verbose_name_plural = _("people who answer for a state")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "country"], name="seat_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.country})"


class Respondent(models.Model):
    """Somebody who gets a link of their own.

    Of an anonymous round nothing leads from here to what they answered, nor back: no time is kept
    of when they answered, and the two are found by different digests of a secret that is kept
    nowhere.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="respondents")
    email = models.EmailField(_("e-mail address"), blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    has_answered = models.BooleanField(default=False)
    invited_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "email"], condition=~models.Q(email=""), name="asked_once"
            )
        ]

    def __str__(self) -> str:
        """Without the person: this may stand in a log."""
        return f"respondent {self.pk}"
