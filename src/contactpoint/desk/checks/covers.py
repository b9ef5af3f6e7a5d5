"""Whether anything can be made out of the picture that stands for an item.

Drawn covers have the colours of the look, whose contrast its own test holds, and no text stands on
any cover. What an editor uploads may still be so pale, or so dark, that it is an empty rectangle.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from PIL import Image

from contactpoint.desk.checks.facts import CONTENT, mend_facts
from contactpoint.kit.checking import Finding, checks
from contactpoint.outputs.models import Publication, Video

LEAST: Final = 3.0
"""What pictures need by WCAG 2.2, 1.4.11."""
_SMALL: Final = "max-165x165"
"""The size in which the form shows it, so that it is made anyway."""
_STRAY: Final = 0.01
"""The darkest and the lightest hundredth may be noise, a frame or a speck."""


@checks(Publication)
def cover(page: Publication) -> Iterator[Finding]:
    """The first page of the file stands there if nothing better does."""
    text = _(
        "Little can be made out on the cover: its contrast is %(ratio)s : 1, where 3 are needed."
    )
    mend = _("Choose a clearer one, or none: the first page of the file stands there then")
    yield from _found(page, page.cover, text, mend)


@checks(Video)
def poster(page: Video) -> Iterator[Finding]:
    """It is all that is seen of a film before it plays."""
    text = _(
        "Little can be made out on the still: its contrast is %(ratio)s : 1, where 3 are needed."
    )
    yield from _found(page, page.poster, text, _("Choose another moment of the film"))


def _found(page: Any, image: Any, text: str, mend: str) -> Iterator[Finding]:
    ratio = contrast(image) if image is not None else None
    if ratio is not None and ratio < LEAST:
        said = text % {"ratio": number_format(ratio, 1)}
        yield Finding("cover", said, mend, mend_facts(page, CONTENT))


def contrast(image: Any) -> float | None:
    """Of the lightest to the darkest of a picture, as WCAG counts it, from 1 to 21; None where its
    file is gone, which other checks tell."""
    try:
        rendition = image.get_rendition(_SMALL)
        with rendition.file.open("rb") as file, Image.open(file) as opened:
            picture = opened.convert("RGBA")
    except OSError:
        return None
    paper = Image.new("RGBA", picture.size, "#fff")  # as the style sheet lays it under
    lights = _luminances(Image.alpha_composite(paper, picture).convert("RGB"))
    darkest, lightest = _share(lights, _STRAY), _share(lights, 1 - _STRAY)
    return (lightest + 0.05) / (darkest + 0.05)


def _luminances(picture: Image.Image) -> list[float]:
    """Relative luminances (WCAG 2.2), the darkest first."""
    red, green, blue = (
        [value * weight for value in map(_LINEAR.__getitem__, band.tobytes())]
        for band, weight in zip(picture.split(), (0.2126, 0.7152, 0.0722), strict=True)
    )
    return sorted(map(sum, zip(red, green, blue, strict=True)))


def _linear(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


_LINEAR: Final = [_linear(value) for value in range(256)]


def _share(lights: list[float], share: float) -> float:
    return lights[min(len(lights) - 1, int(len(lights) * share))]
