"""Draws pictures anew when they come: editors' pictures, and the posters of films."""

from pathlib import PurePosixPath
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from contactpoint.media.formats.redrawn import KINDS, NoPictureError, redrawn

LARGEST: Final = 32 * 1024**2


def draw_anew(image: Any) -> None:
    """Puts a picture of pixels alone in the place of a new file of an image that is being saved.

    A file of another kind stays as it is; the form takes none. Who makes a picture and says the
    digest of what came keeps that, as an import does to know the same picture again. Raises
    `ValidationError` where it can't be drawn.
    """
    file = image.file
    if not file or file._committed or PurePosixPath(file.name).suffix[1:].lower() not in KINDS:
        return
    if getattr(file.file, "is_drawn_anew", False):
        return
    came = image.file_hash if image._state.adding else ""
    image.file = drawn(file)
    image._set_image_file_metadata()
    image.file_hash = came or image.file_hash


def drawn(file: Any) -> ContentFile:
    """A file with the same picture under the same name. Raises `ValidationError`."""
    name = PurePosixPath(file.name).name
    file.seek(0)
    content = file.read(LARGEST + 1)
    try:
        if len(content) > LARGEST:
            raise NoPictureError("too large")
        made = ContentFile(redrawn(content, PurePosixPath(name).suffix[1:]), name=name)
    except NoPictureError as error:
        raise ValidationError(
            _("This picture is damaged, too large, or not what its name says. Save it again."),
            code="invalid_image",
        ) from error
    made.is_drawn_anew = True  # type: ignore[attr-defined]
    return made
