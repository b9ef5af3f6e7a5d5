"""The form of a picture in the admin."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL.Image import DecompressionBombError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from contactpoint.media.drawing import drawn


class PictureField(WagtailImageField):
    """Refuses what would be too large when it is unpacked, however small its file is."""

    def check_image_pixel_size(self, f: Any) -> None:
        """Pillow refuses the largest before Wagtail can ask it for their size."""
        try:
            super().check_image_pixel_size(f)
        except DecompressionBombError as error:
            text = _("This picture has too many pixels. At most %(most)s can be shown.")
            said = text % {"most": f"{self.max_image_pixels:_}".replace("_", "\u202f")}
            raise ValidationError(said, code="file_too_many_pixels") from error
        except (OSError, SyntaxError, ValueError) as error:  # cut off, or damaged
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from error


class PictureForm(BaseImageForm):
    """Wherever a picture is uploaded: alone, with others, or in a list to choose from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theirs = self.fields.get("file")
        if theirs is not None:
            self.fields["file"] = PictureField(
                required=theirs.required, label=theirs.label, widget=theirs.widget
            )

    def clean_file(self) -> Any:
        """Drawn anew: place, camera and owner are not kept. An error stands at the field."""
        file = self.cleaned_data["file"]
        return drawn(file) if file and "file" in self.changed_data else file
