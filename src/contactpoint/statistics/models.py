"""What is stored of figures: a row for each series and extraction, with its cells packed.

A page asks for whole series: an indicator over time, a country's series, some countries side by
side. A row a cell would be a million rows for what is six thousand series; see
`docs/decisions/0034-statistics.md`. What is packed, and how, is told by `packing`.
"""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone

from contactpoint.figures import Vintage

LONGEST_WAIT = timedelta(days=7)


class Dataset(models.Model):
    """A table of a source, and how the last attempts to load it went."""

    class Source(models.TextChoices):
        EUROSTAT = "eurostat"
        NATIONAL = "national"
        PUBLISHED = "published"
        """What was printed at the time: few figures a vintage, each as rounded as it was told."""

    code = models.CharField(max_length=200, unique=True)
    source = models.CharField(max_length=12, choices=Source.choices)
    title = models.CharField(max_length=500, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True)
    good_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True)
    """Why the last attempt failed; empty after one that didn't."""
    indicators = models.JSONField(default=dict)
    """What a national table counts, by name, as its mapping says it; empty for Eurostat's."""

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def note_good(self, every: timedelta) -> None:
        """The source was read to its end."""
        now = timezone.now()
        self.tried_at = self.good_at = now
        self.due_at, self.failures, self.problem = now + every, 0, ""
        self._save_attempt()

    def note_problem(self, problem: str, every: timedelta) -> None:
        """The source failed: it is asked again soon, then less and less often."""
        now = timezone.now()
        wait = min(timedelta(hours=1) * 2 ** min(self.failures, 10), max(LONGEST_WAIT, every))
        self.tried_at, self.due_at, self.problem = now, now + wait, problem[:2000]
        self.failures = min(self.failures + 1, 30)
        self._save_attempt()

    def _save_attempt(self) -> None:
        self.save(update_fields=["tried_at", "good_at", "due_at", "failures", "problem"])


class Extraction(models.Model):
    """A vintage: what a source said on a day, or in a month. Never changed, only added."""

    class State(models.TextChoices):
        COMPLETE = "complete"
        ASIDE = "aside"
        """It could be read but surprises: a person has to look first. It has no lines."""

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="extractions")
    first = models.DateField()
    last = models.DateField()
    """The first and the last day on which it may have been extracted; mostly the same."""
    state = models.CharField(max_length=8, choices=State.choices)
    source = models.CharField(max_length=1000)
    """The file or address that it was read from."""
    publisher = models.CharField(max_length=500, blank=True)
    updated = models.CharField(max_length=100, blank=True)
    aggregate = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=200, blank=True)
    file_checksum = models.CharField(max_length=64, blank=True)
    checksum = models.CharField(max_length=64)
    """Of the figures, whatever the format they came in."""
    description = models.JSONField(default=dict)
    """What the next extraction is held against; see `contactpoint.figures.Description`."""
    findings = models.JSONField(default=list)
    is_example = models.BooleanField(default=False)
    """Invented, for the demo; whatever is shown of it says so."""
    cells = models.PositiveIntegerField(default=0)
    lines_count = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-last", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["dataset", "state", "-last", "-id"], name="statistics_newest")
        ]

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.vintage}"

    @property
    def vintage(self) -> Vintage:
        """As the library compares it."""
        return Vintage(self.first, self.last)


class Series(models.Model):
    """What is counted, for one place: the codes of a dataset's dimensions but time."""

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="series")
    key = models.CharField(max_length=32)
    """A digest of `measure`, which may be longer than an index takes."""
    measure = models.TextField()
    """`dimension=code` for all but geo and time, in alphabetical order, tabs in between."""
    geo = models.CharField(max_length=200, blank=True)
    frequency = models.CharField(max_length=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "key", "frequency", "geo"], name="statistics_series_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.geo}".replace("\t", " ")


class Line(models.Model):
    """The cells of a series in one extraction, from its first period to its last."""

    extraction = models.ForeignKey(Extraction, on_delete=models.CASCADE, related_name="lines")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="lines")
    begins = models.IntegerField()
    values = models.BinaryField()
    flags = models.BinaryField()
    gives = models.BinaryField(default=b"")
    """How far off each value may be; empty where the whole dataset is rounded alike."""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "extraction"], name="statistics_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.series_id} in {self.extraction_id}"


class CodeList(models.Model):
    """What the codes of a dimension are called in one language, where a file has said it."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="code_lists")
    language = models.CharField(max_length=12)
    dimension = models.CharField(max_length=200)
    label = models.CharField(max_length=2000, blank=True)
    labels = models.JSONField(default=dict)

    class Meta:
        ordering = ["dimension"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "language", "dimension"], name="statistics_codes_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.dimension} ({self.language})"
