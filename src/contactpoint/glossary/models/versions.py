"""Published versions of the scheme."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SchemeVersion(models.Model):
    """A published version of the whole scheme."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    published_on = models.DateField(_("published on"))
    notes = models.TextField(_("notes"), blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["-published_on", "-pk"]

    def __str__(self) -> str:
        return self.number
