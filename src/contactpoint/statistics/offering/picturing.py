"""Pictures as files: SVG as it is, PNG in the size of social posts, each with its source in it."""

import hashlib
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import QueryDict
from django.utils.translation import gettext as _

from contactpoint.kit.picturing import Frame, post, sheet
from contactpoint.kit.picturing.png import png
from contactpoint.kit.picturing.sheets import POST
from contactpoint.statistics import pictures
from contactpoint.statistics.choice import Choice, ChoiceError, UnknownIndicatorError
from contactpoint.statistics.choosing import Chosen, chosen
from contactpoint.statistics.offering.citing import remarks_of
from contactpoint.statistics.offering.gathering import NothingThereError
from contactpoint.statistics.offering.tables import Table
from contactpoint.statistics.showing import countries, label_of, source_of

MEDIA_TYPES: Final = {"svg": "image/svg+xml", "png": "image/png"}
"""By the end of an address."""
OF_ALL: Final = ("bars", "map")
"""Shapes of all countries at one period."""
SHAPES: Final = ("line", "dumbbell", *OF_ALL)
_KEPT_SECONDS: Final = 86_400


def picture_of(found: Chosen, language: str, shape: str = "line") -> pictures.Picture:
    """What the page shows for the same choice. Raises `NothingThereError` where nothing is."""
    if shape in OF_ALL:
        return _of_all(found, language, shape)
    places = pictures.drawn_places(found, found.choice)
    if not places:
        raise NothingThereError(_("There is no figure to be drawn."))
    title = label_of(found.choice.shown, language)
    newest = [one.period for place in places if (one := found.latest_of(place))]
    if shape == "dumbbell":
        now = min(newest)
        return pictures.rows_of_two(
            found, places, now.year_before, now, title=title, language=language
        )
    return pictures.lines_over_time(found, places, title=title, language=language)


def _of_all(found: Chosen, language: str, shape: str) -> pictures.Picture:
    """All countries at the newest period; those asked for are brought to the fore."""
    everywhere = chosen(found.choice.with_(places=()))
    if everywhere.newest is None:
        raise NothingThereError(_("There is no figure to be drawn."))
    beside = countries(everywhere, everywhere.newest, None, language, found.choice.places)
    title = f"{label_of(found.choice.shown, language)}, {beside.period}"
    draw = pictures.on_map if shape == "map" else pictures.by_country
    return draw(beside.figures, chosen=found.choice.places, title=title, language=language)


def frame_of(found: Chosen, table: Table) -> Frame:
    """What stands around a picture that leaves the site."""
    return Frame(
        heading=table.title,
        source=source_of(found, table.language),
        note=" ".join(f"{one.rstrip('.')}." for one in remarks_of(table)),
        publisher=settings.SITE_NAME,
    )


def drawn(found: Chosen, table: Table, format: str, shape: str = "line") -> bytes:
    """The file. Raises `NothingThereError`; `NotEngravedError` and `OSError` where no PNG can be
    made now."""
    picture, frame = picture_of(found, table.language, shape), frame_of(found, table)
    if format == "svg":
        return sheet(picture.draw(picture.series, **picture.said), frame).encode()
    svg = post(picture.draw, picture.series, frame, **picture.said)
    # A process is started for each, so the same picture is drawn once.
    key = f"statistics.png.{hashlib.blake2b(svg.encode(), digest_size=16).hexdigest()}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = png(svg, POST[0])
        cache.set(key, kept, _KEPT_SECONDS)
    return kept


def chosen_for(name: str, query: QueryDict) -> Chosen:
    """What is drawn for an address. Raises `ChoiceError`."""
    try:
        return chosen(Choice.read(name, query))
    except UnknownIndicatorError as error:
        raise NothingThereError(str(error)) from error


def shape_of(query: QueryDict) -> str:
    """One of `SHAPES`, lines where none is named. Raises `ChoiceError`."""
    shape = query.get("as", "") or "line"
    if shape not in SHAPES:
        raise ChoiceError(_("There is no picture “%(name)s”.") % {"name": shape[:20]})
    return shape
