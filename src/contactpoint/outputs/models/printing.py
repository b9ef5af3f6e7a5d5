"""The PDF of a publication's page, made by the portal."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contactpoint.outputs.models.kinds import Publication


class Printing(models.Model):
    """A row says that a page is to be had as PDF; `pdf` is empty until it is made, and where it
    could not be, for which `problem` has the reason.

    It stands in the database, so that it comes and goes with its page, and is only given to whoever
    may read that. `checksum` is the SHA-256 of the PDF.
    """

    class Problem(models.TextChoices):
        """A sentence for the editor, with the mend where there is one."""

        LONG = "long", _("It is too long for one PDF. Part it, or attach a file of your own.")
        UNSET = "unset", _("It could not be made. Tell whoever runs the portal.")

    page = models.OneToOneField(
        Publication, on_delete=models.CASCADE, primary_key=True, related_name="printing"
    )
    pdf = models.BinaryField(default=bytes)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    checksum = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=10, choices=Problem.choices, blank=True)
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.page_id}: {self.size}"
