"""What harvesters have been told of: a row outlives its thing, and holds no words of it."""

from django.db import models


class Harvested(models.Model):
    """An output as harvesters know it, by its translation key.

    `stamp` is the second from which its record is as it is now, `mark` a fingerprint of the record,
    `sets` the names of its sets between bars. `published_at` and `versions` are what is cheap to
    compare. Rows are never deleted: one that is `gone` says so for good.
    """

    key = models.UUIDField(unique=True, editable=False)
    stamp = models.DateTimeField()
    mark = models.CharField(max_length=32)
    sets = models.TextField()
    published_at = models.DateTimeField(null=True)
    versions = models.PositiveSmallIntegerField(default=0)
    gone = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        ordering = ["stamp", "pk"]
        indexes = [models.Index(fields=["stamp", "id"], name="harvested_in_order")]

    def __str__(self) -> str:
        return f"output {self.key}, as harvested"
