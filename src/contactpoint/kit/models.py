"""The outbox: what has happened and must still be told, written in the transaction that did it."""

from django.db import models


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
