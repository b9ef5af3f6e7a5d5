"""What the index still has to hear of: changes, written in the transaction of the change itself."""

from django.db import models
from django.utils import timezone


class Index(models.Model):
    """An index of the engine, from the moment that it is begun until another has taken its place.

    `cursor` is the key up to which it is filled, all of it once `is_filled`; `number` grows with
    each batch that is applied; `vocabulary` tells with which state of the glossary texts are read,
    `form` which version of our fields it has. `problem` says why it could not be written the last
    time, empty once it could. With a `run` its documents are made by the workers of all machines.
    """

    class State(models.TextChoices):
        BUILDING = "building"
        CURRENT = "current"
        OLD = "old"

    name = models.CharField(max_length=60, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.BUILDING)
    engine = models.CharField(max_length=40)
    form = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True)
    problem_at = models.DateTimeField(null=True, blank=True)
    vocabulary = models.CharField(max_length=64, blank=True)
    cursor = models.CharField(max_length=255, blank=True)
    is_filled = models.BooleanField(default=False)
    documents = models.PositiveIntegerField(default=0)
    number = models.PositiveBigIntegerField(default=0)
    run = models.ForeignKey(
        "kit.Run", on_delete=models.SET_NULL, null=True, blank=True, related_name="indexes"
    )
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="building"), name="one_index_building"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"


class Change(models.Model):
    """A document that an index must look at again; gone once the engine has kept what it found.

    The same document may have several: none is ever rewritten, so that no transaction waits for
    another's. Nor does the database watch over the relation, or a save would fail whose index was
    removed a moment ago. What `hides` may have closed, moved or taken away something that the index
    still tells of: it is not searched until it is applied. Other changes leave the old text there.
    """

    index = models.ForeignKey(
        Index, on_delete=models.CASCADE, related_name="changes", db_constraint=False
    )
    key = models.CharField(max_length=255)
    hides = models.BooleanField(default=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.key


class Made(models.Model):
    """Documents of an index that a worker has made and its writer has not put yet, packed as
    `indexing.packing` says; of one range there may be several. Gone once the engine keeps them."""

    index = models.ForeignKey(Index, on_delete=models.CASCADE, related_name="made")
    number = models.PositiveIntegerField()
    documents = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        verbose_name_plural = "made documents"

    def __str__(self) -> str:
        return f"{self.documents} documents of range {self.number}"


class Expiry(models.Model):
    """When a document that is in an index must be looked at again, as a version of it expires."""

    key = models.CharField(max_length=255, unique=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        ordering = ["at"]

    def __str__(self) -> str:
        return self.key
