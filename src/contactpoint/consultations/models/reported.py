"""Which answers stand in which pages, so that a page can be taken off when one may not be told."""

from typing import ClassVar

from django.db import models
from wagtail.models import Page


class ReportedAnswer(models.Model):
    """An answer that was written into the report of a state, known again by its block: in that
    page, in each translation, and in whatever was copied from it.

    The block is one of the answer as it was said then, so who says otherwise has another one. The
    row points nowhere, since it outlives all that it was made from: of an answer that is gone
    nothing may be told.
    """

    block = models.UUIDField(primary_key=True, editable=False)
    round = models.PositiveBigIntegerField()
    state = models.CharField(max_length=2)
    question = models.CharField(max_length=64)
    part = models.PositiveSmallIntegerField(default=0)
    """Which of the blocks of the answer it is."""

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        """Without what it says."""
        return f"block {self.block}"


class ReportPage(models.Model):
    """A page that was on the web with answers to a round in it, be it a report or a copy of one."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    round = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["page", "round"], name="report_page_once")
        ]

    def __str__(self) -> str:
        return f"page {self.page_id} on round {self.round}"
