"""Custom models for files from the first migration, so that none has to be swapped later."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtailmedia.models import AbstractMedia


class CustomImage(AbstractImage):
    """A picture with the words that replace it and the right to use it."""

    credit = models.CharField(_("credit"), max_length=255, blank=True)
    admin_form_fields = (*Image.admin_form_fields, "credit")


class CustomRendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]


class CustomDocument(AbstractDocument):
    """A file that readers download, with its language and whether it is accessible."""

    language = models.CharField(_("language"), max_length=12, blank=True)
    accessible = models.BooleanField(_("accessible"), null=True, blank=True)
    admin_form_fields = (*Document.admin_form_fields, "language", "accessible")


class Recording(AbstractMedia):
    """Sound or film, with what is said in it."""

    language = models.CharField(_("language"), max_length=12, blank=True)
    transcript = models.TextField(_("transcript"), blank=True)
    admin_form_fields = (
        "title",
        "file",
        "collection",
        "duration",
        "width",
        "height",
        "thumbnail",
        "language",
        "transcript",
        "tags",
    )
