"""When a page was read last, so that a change is noticed however it was written."""

from django.db import models
from wagtail.models import Page


class PageReading(models.Model):
    """`stamp` is the moment of the version that was read, as the page itself says it."""

    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, primary_key=True, related_name="desk_reading"
    )
    stamp = models.DateTimeField()
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.page_id} at {self.stamp}"
