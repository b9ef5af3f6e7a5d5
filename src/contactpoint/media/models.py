"""Custom models for files from the first migration, so that none has to be swapped later."""

import mimetypes
from typing import Any, Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtailmedia.models import AbstractMedia

from contactpoint.media.drawing import draw_anew

SILENT: Final = "zxx"
"""The language of what holds no word (ISO 639-2)."""


class CustomImage(AbstractImage):
    """A picture with the words that replace it and the right to use it."""

    credit = models.CharField(_("credit"), max_length=255, blank=True)
    admin_form_fields = (*Image.admin_form_fields, "credit")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new file, whoever brings it, is drawn anew first: without place, camera and owner."""
        draw_anew(self)
        super().save(*args, **kwargs)


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


class DocumentReading(models.Model):
    """What came of reading a document's file: how far it is, and if it failed, why.

    `pages` is how many the file has, also where they hold no text; 0 where that is not known.
    `checksum` is the SHA-256 of the file that was read, `size` its bytes, `name` where it was kept.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        READ = "read", _("read")
        EMPTY = "empty", _("no text")
        FAILED = "failed", _("failed")

    class Unit(models.TextChoices):
        """What is numbered; `WHOLE` where nothing is, so that all stands on page 1."""

        PAGE = "page"
        SLIDE = "slide"
        SHEET = "sheet"
        WHOLE = "whole"

    class Problem(models.TextChoices):
        """A sentence for the editor, with the mend where there is one."""

        SCANNED = "scanned", _("No text: probably scanned. Run text recognition over it (OCR).")
        BLANK = "blank", _("No text in it.")
        KIND = "kind", _("Text is not read from files of this kind.")
        OLD = "old", _("An old office format, which is not read. Save it as .docx, .xlsx or .pptx.")
        ENCRYPTED = "encrypted", _("It asks for a password. Save it without one.")
        BROKEN = "broken", _("It is damaged, or not what its name says. Save it again.")
        LARGE = "large", _("It is too large, or unpacks to too much. Split it, or shrink it.")
        SLOW = "slow", _("Reading took too much time or memory and was given up. Save it again.")
        MISSING = "missing", _("The file is gone. Upload it again.")
        CUT = "cut", _("It is long: only its beginning was read.")
        MACROS = "macros", _("It holds macros, programs that may run on opening. Save it without.")
        DISGUISED = "disguised", _("It is another kind of file than its name says. Rename it.")

    document = models.OneToOneField(
        CustomDocument, on_delete=models.CASCADE, primary_key=True, related_name="reading"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    problem = models.CharField(max_length=10, choices=Problem.choices, blank=True)
    unit = models.CharField(max_length=6, choices=Unit.choices, default=Unit.WHOLE)
    pages = models.PositiveIntegerField(default=0)
    checksum = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    name = models.CharField(max_length=255, blank=True)
    about = models.JSONField(default=dict)
    """What the file says of itself beside its text: `media.formats.properties`."""
    read_at = models.DateTimeField(null=True)
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.document_id}: {self.state}"

    @property
    def length(self) -> str:
        """How long the file is, in the active language: "12 pages"; empty where not known."""
        units = {
            self.Unit.PAGE: ngettext("%(count)s page", "%(count)s pages", self.pages),
            self.Unit.SLIDE: ngettext("%(count)s slide", "%(count)s slides", self.pages),
            self.Unit.SHEET: ngettext("%(count)s sheet", "%(count)s sheets", self.pages),
        }
        text = units.get(self.Unit(self.unit), "") if self.pages else ""
        return text and text % {"count": self.pages}


class DocumentScan(models.Model):
    """What ClamAV said of a document's file; `found` is the name of what it found, or its words.

    `name` and `checksum` (SHA-256) are those of the file that it looked at.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits to be checked for viruses")
        CLEAN = "clean", _("checked, nothing found")
        FOUND = "found", _("a virus was found")
        REFUSED = "refused", _("could not be checked")

    document = models.OneToOneField(
        CustomDocument, on_delete=models.CASCADE, primary_key=True, related_name="scan"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    found = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=255, blank=True)
    checksum = models.CharField(max_length=64, blank=True)
    scanned_at = models.DateTimeField(null=True)
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.document_id}: {self.state}"


class DocumentText(models.Model):
    """The text of one page, slide or sheet of a document; `number` counts from 1, and `part` from 0
    where a page is too long for one row.

    `words` are those of the text as they are compared, each after a space, so that ` asyl` finds
    the words that begin so. Pages without text have no row.
    """

    document = models.ForeignKey(CustomDocument, on_delete=models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField()
    part = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    words = models.TextField()
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number", "part"], name="document_part_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id}, {self.number}"


class FirstPage(models.Model):
    """How the first page of a document looks, as WebP: the cover of what has none.

    It stands in the database, so that it comes and goes with what was read, and is only given to
    whoever may have the document.
    """

    document = models.OneToOneField(
        CustomDocument, on_delete=models.CASCADE, primary_key=True, related_name="first_page"
    )
    checksum = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    picture = models.BinaryField()
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.document_id}: {self.width} × {self.height}"

    @property
    def url(self) -> str:
        """Another address for another file, so that it can be kept for long."""
        return reverse("first-page", args=[self.document_id, self.checksum[:16]])


class Recording(AbstractMedia):
    """Sound or film, with what is said in it."""

    language = models.CharField(_("language"), max_length=12, blank=True)
    transcript = models.TextField(
        _("transcript"),
        blank=True,
        help_text=_("In that language. Without one, the page to read is made of the captions."),
    )
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

    def clean(self, *args: Any, **kwargs: Any) -> None:
        """A file that the form has refused is not here, and its name would be refused once more."""
        if self.file:
            super().clean(*args, **kwargs)

    @property
    def is_silent(self) -> bool:
        """Whether nothing is spoken in it."""
        return self.language == SILENT

    @property
    def spoken(self) -> str:
        """The language that is spoken in it; empty where none is, or where nobody said which."""
        return "" if self.is_silent else self.language

    @property
    def kind(self) -> str:
        """The media type that its name tells; it was held against the file when that came."""
        return mimetypes.guess_type(self.filename)[0] or "application/octet-stream"


class Captions(models.Model):
    """What is said in a recording, as it is shown while it plays; WebVTT as we write it."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=12)
    text = models.TextField()
    changed_at = models.DateTimeField(auto_now=True)
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("language",)
        constraints = [
            models.UniqueConstraint(fields=["recording", "language"], name="captions_once")
        ]

    def __str__(self) -> str:
        return f"{self.language}.vtt"

    @property
    def url(self) -> str:
        """Where players fetch them."""
        return reverse("captions", args=[self.recording_id, self.language])
