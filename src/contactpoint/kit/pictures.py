"""How pages show a photograph: AVIF and WebP in the widths that are used, and a form for all.

The sizes of a picture are made by the worker when a page with it is published, and when its file or
the part that matters is another. Where a page is asked for before, it shows what is there, and asks
the worker for the rest; only a picture of which there is nothing yet is made for that reader, in
one size, and of many only as many as can be begun within a second.
"""

import logging
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, Final

from django.core.cache import cache
from django.core.signals import request_finished, request_started
from wagtail.images import get_image_model
from wagtail.images.models import Filter, SourceImageIOError
from wagtail.models import Page, ReferenceIndex
from willow.registry import UnavailableOperationError

from contactpoint.kit.jobs import TryLaterError, task
from contactpoint.kit.patient_caches import CACHE_ERRORS

log = logging.getLogger(__name__)

MODERN: Final = ("avif", "webp")
"""The smallest first: a browser takes the first that it knows."""
_PLAIN: Final = {".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".gif": "png"}
_ASKED_SECONDS: Final = 600
_BEFORE_OTHERS: Final = 1
"""A reader may wait for it."""
_PATIENCE: Final = 1.0
"""Seconds that a reader waits for pictures of which there is nothing yet; what is not begun by then
is left out until the worker has made it."""
_NO_PICTURE: Final = (OSError, ValueError, SyntaxError, UnavailableOperationError)
"""What readers of pictures raise of a file that is none."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a kind of picture stands on a page.

    `widths` in pixels, those that layouts ask for at one, two and three device pixels a pixel;
    `tall` is how high it may be by its width, 0 for any. `sizes` is how wide it is shown, `plain`
    the width for browsers that know neither AVIF nor WebP, and for programs.
    """

    widths: tuple[int, ...]
    plain: int
    sizes: str
    tall: float = 0

    def spec(self, width: int, form: str) -> str:
        """Wagtail's words for a size and a form."""
        size = f"max-{width}x{round(width * self.tall)}" if self.tall else f"width-{width}"
        return f"{size}|format-{form}"

    def widths_of(self, image: Any) -> tuple[int, ...]:
        """None is larger than the picture itself, but for the last that holds all of it."""
        enough = next((width for width in self.widths if width >= image.width), self.widths[-1])
        return tuple(width for width in self.widths if width <= enough)


SHAPES: Final = {
    # A column of 15rem; on a phone it is not shown.
    "cover": Shape((240, 480), 480, "15rem", 2),
    "still": Shape((480, 768, 1280), 1280, "(width < 50rem) calc(100vw - 2rem), 48rem", 9 / 16),
    "text": Shape((480, 720, 1216), 720, "(width < 40rem) calc(100vw - 2rem), 38rem"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """The addresses of one form, with their widths."""

    media_type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Look:
    """A picture by its address and its size in pixels, and better forms of it; `light` is the one
    for what takes a single address, such as the poster of a film."""

    url: str
    width: int
    height: int
    sources: tuple[Source, ...] = ()
    sizes: str = ""
    light: str = ""


def look_of(image: Any, shape: str, *, make: bool = True) -> Look | None:
    """The picture as a page shows it; None where it can't be had. One query where all is there.

    Without `make` nothing is made for whoever waits: None where there is nothing yet.
    """
    form = SHAPES[shape]
    plain = form.spec(form.plain, plain_form(image))
    found = existing(image, shape)
    if len(found) < len(_specs(image, form)):
        make_later(image, shape)
    shown = found.get(plain) or next(iter(reversed(found.values())), None)
    if shown is None and make:
        shown = _made_at_once(image, plain)
    if shown is None:
        return None
    sources = tuple(_sources(image, form, found)) if plain in found or len(found) > 1 else ()
    widest = found.get(form.spec(form.widths_of(image)[-1], "webp"), shown)
    sizes = form.sizes if sources else ""
    return Look(shown.url, shown.width, shown.height, sources, sizes, widest.url)


def plain_form(image: Any) -> str:
    """For browsers that know no better, and for programs; what came as WebP or AVIF is WebP."""
    return _PLAIN.get(PurePosixPath(image.file.name).suffix.lower(), "webp")


def _specs(image: Any, shape: Shape) -> list[str]:
    specs = [shape.spec(width, form) for form in MODERN for width in shape.widths_of(image)]
    return list(dict.fromkeys([*specs, shape.spec(shape.plain, plain_form(image))]))


def existing(image: Any, shape: str) -> dict[str, Any]:
    """The sizes that are there by their spec, in the order of `_specs`."""
    filters = [Filter(spec=spec) for spec in _specs(image, SHAPES[shape])]
    found = {one.spec: row for one, row in image.find_existing_renditions(*filters).items()}
    return {one.spec: found[one.spec] for one in filters if one.spec in found}


def _sources(image: Any, shape: Shape, found: Mapping[str, Any]) -> Iterator[Source]:
    for form in MODERN:
        there = (found.get(shape.spec(width, form)) for width in shape.widths_of(image))
        widths = {row.width: row.url for row in there if row is not None}
        if widths:
            said = ", ".join(f"{url} {width}w" for width, url in widths.items())
            yield Source(f"image/{form}", said)


class _Waited(threading.local):
    """How long the reader whom this thread answers has waited for pictures; None outside."""

    seconds: float | None = None


_waited = _Waited()


def _somebody_waits(**_kwargs: Any) -> None:
    _waited.seconds = 0.0


def _nobody_waits(**_kwargs: Any) -> None:
    _waited.seconds = None


request_started.connect(_somebody_waits, dispatch_uid="pictures.started")
request_finished.connect(_nobody_waits, dispatch_uid="pictures.finished")


def _made_at_once(image: Any, spec: str) -> Any:
    if _waited.seconds is not None and _waited.seconds > _PATIENCE:
        return None
    begun = time.monotonic()
    try:
        return image.get_rendition(spec)
    except _NO_PICTURE as problem:
        log.warning("Picture %s can't be shown: %s", image.pk, problem)
        return None
    finally:
        if _waited.seconds is not None:
            _waited.seconds += time.monotonic() - begun


def make_later(image: Any, shape: str) -> None:
    """Ask the worker, once in some minutes for whoever looks meanwhile."""
    try:
        is_first = cache.add(f"pictures.{image.pk}.{shape}.{image.file.name}", 1, _ASKED_SECONDS)
    except CACHE_ERRORS as problem:  # the next reader asks
        log.warning("The shared cache can't be written: %s", problem)
        return
    if is_first:
        make_pictures.enqueue(pk=image.pk, shape=shape)


@task(priority=_BEFORE_OTHERS)
def make_pictures(pk: int, shape: str) -> None:
    """The job; run twice it finds all there."""
    image = get_image_model()._default_manager.filter(pk=pk).first()
    if image is None:
        return
    try:
        make(image, shape)
    except SourceImageIOError as problem:
        if isinstance(problem.__cause__, FileNotFoundError):
            log.warning("The file of picture %s is gone.", pk)
            return
        raise TryLaterError(f"picture {pk} can't be read now: {problem}") from problem
    except _NO_PICTURE as problem:
        log.warning("Picture %s can't be made smaller: %s", pk, problem)


def make(image: Any, shape: str) -> int:
    """Make the sizes that are not there, one after the other, since a large picture takes much
    memory; all are seen at once. Returns how many. Raises what reading it raises."""
    there = existing(image, shape)
    lacking = [spec for spec in _specs(image, SHAPES[shape]) if spec not in there]
    if not lacking:
        return 0
    with image.open_file() as file:
        content = file.read()
    made = [
        image.generate_rendition_instance(Filter(spec=spec), BytesIO(content)) for spec in lacking
    ]
    image.get_rendition_model().objects.bulk_create(made, ignore_conflicts=True)
    stored = existing(image, shape)
    for one in made:
        if stored[one.filter_spec].file.name != one.file.name:  # another worker was first
            one.file.delete(save=False)
    return len(made)


def pictures_of(page: Any) -> Iterator[tuple[Any, str]]:
    """The pictures of a page with their shapes: those of the fields that its model names in
    `picture_shapes`, and those of its texts."""
    shapes: Mapping[str, str] = getattr(page, "picture_shapes", {})
    for name, shape in shapes.items():
        image = getattr(page, name)
        if image is not None:
            yield image, shape
    for field in page._meta.get_fields():
        if hasattr(field, "stream_block"):
            for image in _in_blocks(getattr(page, field.name) or ()):
                yield image, "text"


def _in_blocks(value: Any) -> Iterator[Any]:
    if isinstance(value, get_image_model()):
        yield value
        return
    if isinstance(value, Mapping):
        parts: Iterable[Any] = value.values()
    elif hasattr(value, "bound_blocks"):
        parts = (child.value for child in value.bound_blocks)
    elif hasattr(value, "stream_block"):
        parts = (child.value for child in value)
    else:
        return
    for part in parts:
        yield from _in_blocks(part)


def make_for(page: Any) -> None:
    """Ask the worker for what a page that readers see now lacks; one query a picture."""
    for image, shape in pictures_of(page):
        if len(existing(image, shape)) < len(_specs(image, SHAPES[shape])):
            make_later(image, shape)


def shapes_shown(image: Any) -> set[str]:
    """In which shapes pages show a picture."""
    shapes: set[str] = set()
    for reference in ReferenceIndex.get_references_to(image).select_related("content_type"):
        model = reference.content_type.model_class()
        if model is None or not issubclass(model, Page):
            continue
        name = reference.model_path.partition(".")[0]
        shapes.add(getattr(model, "picture_shapes", {}).get(name, "text"))
    return shapes
