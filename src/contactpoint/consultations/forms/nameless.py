"""A file of an anonymous survey, without what says whose it is: its name, and what a camera writes
into a picture (place, time, device, owner). What a document says of its author stays in it, so the
pages say so before somebody sends one."""

import hashlib
from io import BytesIO
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from contactpoint.consultations.forms.files import PICTURES, Checked
from contactpoint.consultations.questions import Question
from contactpoint.consultations.questions.checking_answers import AnswerError

WIDEST: Final = 4_000
"""Pixels of a side; a larger picture is made smaller, so that it fits into memory."""
MOST_DRAWN: Final = 40_000_000


def nameless(question: Question, file: Checked) -> Checked:
    """The file as it is kept; an `AnswerError` where a picture can't be drawn anew."""
    suffix = file.name.rpartition(".")[2].lower()
    content = file.content
    if suffix in PICTURES:
        try:
            content = _drawn(content, PICTURES[suffix])
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError,
                SyntaxError) as error:  # fmt: skip
            raise AnswerError(
                question.code,
                _(
                    "“%(name)s” can't be freed of what the camera wrote into it. Save it anew, or "
                    "make it smaller, and send that."
                )
                % {"name": file.name},
            ) from error
    checksum = hashlib.sha256(content).hexdigest()
    return Checked(f"file-{checksum[:6]}.{suffix}", file.media_type, content, checksum)


def _drawn(content: bytes, kind: str) -> bytes:
    """Its pixels alone, the right way up; of several pictures the first."""
    with Image.open(BytesIO(content), formats=[kind]) as opened:
        opened.draft("RGB", (WIDEST, WIDEST))  # a JPEG is read smaller, others as they are
        if opened.width * opened.height > MOST_DRAWN:
            raise ValueError("too large to be drawn")
        picture: Image.Image = ImageOps.exif_transpose(opened)
        picture.thumbnail((WIDEST, WIDEST))
        is_plain = kind == "JPEG" or not picture.has_transparency_data
        bare = picture.convert("RGB" if is_plain else "RGBA")
    bare.info.clear()
    made = BytesIO()
    bare.save(made, kind, **({"quality": 90} if kind in {"JPEG", "WEBP"} else {}))
    return made.getvalue()
