"""What every app above may need of the database: the outbox, whose words a page has, long work."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OutboxEntry(models.Model):
    """One message to the worker; `kit.outbox` writes and drains them."""

    topic = models.CharField(max_length=100)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    available_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "outbox entries"

    def __str__(self) -> str:
        return f"{self.topic} #{self.pk}"


class BorrowedWords(models.Model):
    """Words of a translation that nobody has translated yet: codes of the language they stand in.

    A row of its own, not a column of the page: a version that is published would bring an older
    answer with it. `whole` is given where nothing of the page is translated; a page without a row
    has all its words in its own language. Whoever compares translations writes it.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="borrowed"
    )
    title = models.CharField(max_length=12, blank=True)
    teaser = models.CharField(max_length=12, blank=True)
    whole = models.CharField(max_length=12, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name_plural = "borrowed words"

    def __str__(self) -> str:
        return f"borrowed words of #{self.pk}"


class PageReads(models.Model):
    """How often a page was read on a day, in the portal's time zone; of whom there is nothing."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="reads")
    day = models.DateField()
    number = models.PositiveIntegerField(default=0)
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        verbose_name_plural = "reads of pages"
        constraints = [
            models.UniqueConstraint(fields=["page", "day"], name="reads_of_a_day_once"),
        ]

    def __str__(self) -> str:
        return f"reads of #{self.page_id} on {self.day}"


class Run(models.Model):
    """Long work that is cut in ranges, which the workers of all machines take from the queue.

    `kind` says who knows how (`kit.spreading`); of one kind one is open at a time. `ranges` and
    `things` are how much was planned, which is done once, after it was opened; `made` and
    `left_out` are what came of it, once it is finished.
    """

    class State(models.TextChoices):
        OPEN = "open"
        FINISHED = "finished"
        GIVEN_UP = "given-up"

    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    is_planned = models.BooleanField(default=False)
    ranges = models.PositiveIntegerField(default=0)
    things = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=list)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(state="open"), name="one_run_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk} ({self.state})"


class RunRange(models.Model):
    """One job's share of a run: its keys, which go when it is done; the row goes with the run.

    `told` is what the kind wants to know of it at the end.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    keys = models.JSONField()
    made = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=list)
    told = models.CharField(max_length=100, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="ranges_of_a_run_once"),
        ]

    def __str__(self) -> str:
        return f"range {self.number} of run {self.run_id}"


class PersonRequest(models.Model):
    """Somebody asked what is kept of them, or to be erased; it does not say who. `digest` is
    that of `persons.requests`, and of who was erased only."""

    class Kind(models.TextChoices):
        EXPORTED = "exported", _("Given what is kept")
        ERASED = "erased", pgettext_lazy("person", "Erased")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    rows = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        """Without the person: this stands in the log."""
        return f"request {self.pk}"
