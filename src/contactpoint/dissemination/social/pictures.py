"""The picture that goes with a post: the item's cover with its title, the image that an editor
chose for a publication, or a chart of its text. It is drawn from what readers see when it is sent.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image as Pillow

from contactpoint.dissemination.social.items import Shared
from contactpoint.dissemination.social.limits import LIMITS
from contactpoint.dissemination.social.networks.networks import Image
from contactpoint.kit.days import in_words
from contactpoint.kit.picturing import POST, Frame
from contactpoint.kit.picturing.plates import Plate, plate
from contactpoint.kit.picturing.png import NoPictureError as NotDrawnError
from contactpoint.kit.picturing.png import NotEngravedError, png
from contactpoint.media.models import CustomImage
from contactpoint.media.visibility import public
from contactpoint.outputs.figures.spans import Drawn, drawn, spanned
from contactpoint.outputs.figures.telling import Telling
from contactpoint.outputs.models import Publication

COVER: Final = "cover"
IMAGE: Final = "image"
CHART: Final = "chart-"
MOST_CHARTS: Final = 6
_KEPT_SECONDS: Final = 86_400
_LARGEST: Final = 1_600
_QUALITIES: Final = (85, 70, 50, 30)


class NoPictureError(Exception):
    """It is not there any more, or could not be made now."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A picture that may be chosen; `alt` is what an editor begins with."""

    name: str
    label: str
    alt: str


def offered_pictures(item: Shared) -> list[Offered]:
    """In the language of the item; nothing is drawn."""
    page = item.page
    with override(item.language):
        found = [Offered(COVER, "", _cover_alt(item))]
        if (chosen := _cover_of(page)) is not None:
            found.append(Offered(IMAGE, "", chosen.description or item.title))
        for number, chart in enumerate(_charts(page, item.language), start=1):
            found.append(Offered(f"{CHART}{number}", chart.title, chart.alt))
    labels = {COVER: _("The cover with the title"), IMAGE: _("The chosen cover")}
    return [
        Offered(one.name, labels.get(one.name) or _("Chart: %(title)s") % {"title": one.label},
                one.alt)
        for one in found
    ]  # fmt: skip


def image(item: Shared, name: str, network: str, alt: str) -> Image:
    """As the network takes it. Raises `NoPictureError`."""
    most = LIMITS[network].picture_bytes if network in LIMITS else 0
    content, media_type, size = _made(item, name)
    if most and len(content) > most:
        content, media_type, size = _smaller(content, most)
    return Image(content, media_type, *size, alt)


def _made(item: Shared, name: str) -> tuple[bytes, str, tuple[int, int]]:
    page = item.page
    if name == IMAGE and (chosen := _cover_of(page)) is not None:
        return _chosen(chosen)
    with override(item.language):
        if name == COVER:
            given = _plate(item)
            return _kept(repr(given), partial(plate, given)), "image/png", POST
        for number, chart in enumerate(_charts(page, item.language), start=1):
            if name == f"{CHART}{number}":
                svg = chart.svg
                return _kept(svg, partial(png, svg, POST[0])), "image/png", POST
    raise NoPictureError(name)


def _kept(said: str, draw: Callable[[], bytes]) -> bytes:
    """A process is started for each, so the same picture is drawn once."""
    key = f"social.png.{hashlib.blake2b(said.encode(), digest_size=16).hexdigest()}"
    found: bytes | None = cache.get(key)
    if found is None:
        try:
            found = draw()
        except (NotDrawnError, NotEngravedError, OSError) as error:
            raise NoPictureError(str(error)) from error
        cache.set(key, found, _KEPT_SECONDS)
    return found


def _plate(item: Shared) -> Plate:
    entry = item.entry
    seeds = tuple(one.slug for one in entry.concepts) or (str(entry.translation_key),)
    hue = entry.themes[0].hue if entry.themes else 1
    return Plate(hue or 1, seeds, item.title, _line(item), settings.SITE_NAME)


def _line(item: Shared) -> str:
    entry = item.entry
    day = in_words(entry.day) if entry.day else ""
    return " · ".join(filter(None, (entry.type_label or entry.kind_label, day)))


def _cover_alt(item: Shared) -> str:
    return _("“%(title)s”, beside a drawing of lines around two points. %(line)s.") % {
        "title": item.title,
        "line": _line(item),
    }


@dataclass(frozen=True, slots=True)
class _Chart:
    """A picture of figures in the item's text."""

    picture: Drawn
    source: str

    @property
    def title(self) -> str:
        return str(self.picture.options["title"])

    @property
    def alt(self) -> str:
        """What a reader who can't see it gets of it."""
        said = (self.title, str(self.picture.options["description"]), self.source)
        return " ".join(f"{one.rstrip('.')}." for one in said if one)

    @property
    def svg(self) -> str:
        """As large as a post."""
        frame = Frame(self.title, self.source, publisher=settings.SITE_NAME)
        return self.picture.for_post(frame)


def _charts(page: Any, language: str) -> Iterator[_Chart]:
    """Those of the text that have something to show."""
    spans = [
        child.value.span
        for child in page.body or ()
        if child.block_type == "figure_picture" and child.value.span
    ][:MOST_CHARTS]
    if not spans:
        return
    telling = Telling.of([one for span in spans for one in span.asked], language)
    for span in spans:
        sources = spanned(span, telling, draw=False).sources
        if sources:  # where there is no figure, there is none
            yield _Chart(drawn(span, telling), " ".join(sources))


def _chosen(cover: Any) -> tuple[bytes, str, tuple[int, int]]:
    try:
        rendition = cover.get_rendition(f"max-{_LARGEST}x{_LARGEST}|format-jpeg|jpegquality-85")
        with rendition.file.open("rb") as file:
            return file.read(), "image/jpeg", (rendition.width, rendition.height)
    except (OSError, ValueError) as error:
        raise NoPictureError(str(error)) from error


def _cover_of(page: Any) -> Any:
    """The image that an editor chose, where any reader may have it."""
    if not isinstance(page, Publication) or page.cover is None:
        return None
    return public(CustomImage.objects.filter(pk=page.cover.pk)).first()


def _smaller(content: bytes, most: int) -> tuple[bytes, str, tuple[int, int]]:
    """As JPEG, of less quality step by step."""
    with Pillow.open(BytesIO(content)) as opened:
        made = opened.convert("RGB")
    for quality in _QUALITIES:
        file = BytesIO()
        made.save(file, "JPEG", quality=quality, optimize=True)
        if file.tell() <= most:
            return file.getvalue(), "image/jpeg", made.size
    raise NoPictureError("it is too large for the network")
