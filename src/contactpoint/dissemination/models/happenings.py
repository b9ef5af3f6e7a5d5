"""What happened to a thing that readers see: written with the change, matched once."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contactpoint.dissemination.models.interests import Interest


class Happening(models.Model):
    """Something new about a thing. `thing` is the key of its search document; `mark` makes it one
    whatever tells of it twice (a language, a correction's number, a vintage)."""

    class What(models.TextChoices):
        NEW = "new", _("New")
        TRANSLATED = "translated", _("Now in another language")
        CORRECTED = "corrected", _("Corrected")
        CHANGED = "changed", pgettext_lazy("one item", "Changed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        FIGURES = "figures", _("New figures")
        DEFINITION = "definition", _("New definition")
        ANSWERED = "answered", _("New answers")

    class Untold(models.TextChoices):
        """What of it is to be told to somebody once the thing is open (again)."""

        ASIDE = "aside"
        """It was hidden when it was to be matched; it is matched with nothing."""
        HIDDEN = "hidden"
        """It was hidden when somebody was due to be told."""
        OPENED = "opened"
        """The same, and the thing may be open again: whoever was not told is told now."""

    thing = models.CharField(max_length=200, db_index=True)
    what = models.CharField(max_length=12, choices=What.choices)
    mark = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=12, blank=True)
    """The language that it concerns; empty for all."""
    note = models.TextField(blank=True)
    """What readers are told of it in words (why it was corrected), public as the thing is."""
    detail = models.JSONField(default=dict, blank=True, editable=False)
    """Of a changed event what its public pages said `before`: `matching.event_states`; of a
    definition in which `languages` it is another."""
    at = models.DateTimeField(db_index=True)
    matched_at = models.DateTimeField(null=True, db_index=True, editable=False)
    told_in = models.ForeignKey(
        "dissemination.Mailing",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="happenings",
    )
    """In which mailing it goes to those who want to hear at once."""
    untold = models.CharField(max_length=6, choices=Untold.choices, blank=True, editable=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["thing", "what", "mark"], name="happened_once")
        ]
        indexes = [
            models.Index(fields=["untold"], condition=~models.Q(untold=""), name="happening_untold")
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.what} {self.mark}".strip()


class Match(models.Model):
    """A happening that a rule asks for; however many follow the rule, one row."""

    happening = models.ForeignKey(Happening, on_delete=models.CASCADE, related_name="matches")
    # What is unique begins with it.
    interest = models.ForeignKey(
        Interest, on_delete=models.CASCADE, related_name="matches", db_index=False
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["interest", "happening"], name="matched_once")
        ]

    def __str__(self) -> str:
        return f"match {self.pk}"
