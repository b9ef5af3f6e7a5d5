"""By what outputs are found to be alike, and which were."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contactpoint.outputs.models import Output


class By(models.TextChoices):
    """What two outputs have in common."""

    SOURCE = "source", _("same source address")
    TITLE = "title", _("similar title")
    TEXT = "text", _("similar text")


class PageKey(models.Model):
    """One of some twenty numbers of an output: whoever shares one may be alike.

    `value` is a hash that holds `by` and the language, so that one index finds all.
    """

    page = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="desk_keys")
    by = models.CharField(max_length=6, choices=By.choices)
    value = models.BigIntegerField(db_index=True)
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.page_id} {self.by} {self.value}"


class Likeness(models.Model):
    """Two outputs that look like one; `one` has the smaller key. Percent says how much.

    Whoever says that they are not the same is written down, and they are not shown again.
    """

    one = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="+")
    by = models.CharField(max_length=6, choices=By.choices)
    percent = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField(auto_now_add=True)
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="likeness_once")]
        indexes = [models.Index(fields=["dismissed_at", "-percent"], name="likeness_open")]

    def __str__(self) -> str:
        return f"{self.one_id} ~ {self.other_id}"

    @property
    def both(self) -> tuple[Output, Output]:
        """For lists."""
        return self.one, self.other
