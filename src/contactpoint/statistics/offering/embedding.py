"""A picture with its title and source for the frames of other sites: no script, no cookie.

Only such pages may stand in frames of other sites; see `kit.framing`.
"""

from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.kit.citing import LABELS, sentence
from contactpoint.kit.framing import code, framed, framing_of, nothing
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link
from contactpoint.statistics.addresses import embed_url, indicator_url
from contactpoint.statistics.choice import Choice, ChoiceError, UnknownIndicatorError
from contactpoint.statistics.choosing import Chosen, chosen
from contactpoint.statistics.offering.answering import MAX_AGE
from contactpoint.statistics.offering.citing import (
    cited,
    licence_of,
    remarks_of,
    reuse,
    source_lines,
)
from contactpoint.statistics.offering.gathering import NothingThereError, outline_of
from contactpoint.statistics.offering.picturing import picture_of, shape_of
from contactpoint.statistics.offering.tables import Table
from contactpoint.statistics.showing import label_of, source_of

WIDTH, HEIGHT = 640, 460


@require_safe
def embed(request: HttpRequest, name: str) -> HttpResponse:
    """A picture for the same choice as on the page: over time, or in another of `SHAPES`."""
    language = get_language() or FALLBACK_LANGUAGE
    try:
        choice, problems = Choice.mended(name, request.GET)
    except UnknownIndicatorError:
        return nothing(request, _("This indicator is not among those shown."), 404)
    shape = "line"
    try:
        shape = shape_of(request.GET)
    except ChoiceError as error:
        problems = (*problems, str(error))
    found = chosen(choice)
    table = outline_of(found, language)
    try:
        picture: SafeString | str = picture_of(found, language, shape).page()
    except NothingThereError:
        picture = ""
    context = {
        "framing": framing_of(request.GET),
        "title": table.title,
        "picture": picture,
        "problems": problems,
        "source": source_of(found, language),
        "remarks": remarks_of(table),
        "page": table.page,
        "site": settings.SITE_NAME,
    }
    response = render(request, "statistics/embed.html", context)
    return framed(request, response, table.page, f"public, max-age={MAX_AGE}")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a page offers to those who quote; `frame` is empty where there is no picture."""

    citation: str
    files: list[Link]
    remarks: list[str]
    frame: str = ""


def taken(found: Chosen, language: str) -> Taken:
    """How the figures of an indicator are cited and shown elsewhere."""
    pinned = replace(found, choice=pinned_choice(found))
    name = found.choice.shown.name
    table = outline_of(pinned, language)
    base = f"{indicator_url(name, language)}citation."
    return taken_of(table, base, frame_code(found.choice, language))


def taken_of(table: Table, base: str, frame: str = "") -> Taken:
    """How a table is cited, its sources with the days of their extraction; `base` is where the
    files of the citation begin."""
    query = f"?{table.query}" if table.query else ""
    licence = [reuse(table.language)] if licence_of(table) else []
    sources = " ".join(f"{one}." for one in source_lines(table.parts, table.language))
    return Taken(
        f"{sentence(cited(table))} {sources}",
        [Link(label, f"{base}{form}{query}") for form, label in LABELS.items()],
        [*remarks_of(table), *licence],
        frame,
    )


def pinned_choice(found: Chosen) -> Choice:
    """As these figures will be found again when they have been revised: as known on the day on
    which they were extracted. What was printed at the time doesn't change."""
    choice, vintage = found.choice, found.vintage
    if choice.known or found.is_printed or found.is_example or vintage is None:
        return choice
    return choice.with_(known=vintage.last)


def frame_code(choice: Choice, language: str, shape: str = "line") -> str:
    """What somebody copies into a page of theirs."""
    query = choice.query(**({"as": shape} if shape != "line" else {}))
    address = embed_url(choice.shown.name, language)
    source = f"{address}?{query}" if query else address
    return code(source, label_of(choice.shown, language), WIDTH, HEIGHT)
