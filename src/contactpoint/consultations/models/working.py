"""What several people of one state do on one answer."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from contactpoint.consultations.models.responses import Response


class SectionLock(models.Model):
    """Somebody writes in a section: others read it until then. It lapses by itself."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="locks")
    section = models.CharField(max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["response", "section"], name="locked_once")
        ]

    def __str__(self) -> str:
        return f"lock of {self.section} in response {self.response_id}"


class Comment(models.Model):
    """What people of one state say to each other about an answer; it never leaves them."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="comments")
    question = models.CharField(max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField()
    said_at = models.DateTimeField(auto_now_add=True)
    is_settled = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"comment {self.pk}"
