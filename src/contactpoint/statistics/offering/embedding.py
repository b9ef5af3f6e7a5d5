"""A picture with its title and source for the frames of other sites: no script, no cookie.

Only this page may stand in a frame of another site; see `kit.headers.EMBED_POLICY`.
"""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.kit.citing import LABELS, sentence
from contactpoint.kit.headers import EMBED_POLICY
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link
from contactpoint.statistics.addresses import embed_url, indicator_url
from contactpoint.statistics.choice import Choice, UnknownIndicatorError
from contactpoint.statistics.choosing import Chosen, chosen
from contactpoint.statistics.offering.answering import MAX_AGE
from contactpoint.statistics.offering.citing import cited, licence_of, remarks_of, reuse
from contactpoint.statistics.offering.gathering import NothingThereError, outline_of
from contactpoint.statistics.offering.picturing import picture_of
from contactpoint.statistics.showing import label_of, source_of

WIDTH, HEIGHT = 640, 460
_SANDBOX: Final = "allow-popups allow-popups-to-escape-sandbox"
"""What a frame has to do for its links, and nothing else."""


@require_safe
def embed(request: HttpRequest, name: str) -> HttpResponse:
    """The picture over time for the same choice as on the page."""
    language = get_language() or FALLBACK_LANGUAGE
    try:
        choice, problems = Choice.mended(name, request.GET)
    except UnknownIndicatorError as error:
        raise Http404 from error
    found = chosen(choice)
    table = outline_of(found, language)
    try:
        picture: SafeString | str = picture_of(found, language).page()
    except NothingThereError:
        picture = ""
    context = {
        "title": table.title,
        "picture": picture,
        "problems": problems,
        "source": source_of(found, language),
        "remarks": remarks_of(table),
        "page": table.page,
        "site": settings.SITE_NAME,
    }
    response = render(request, "statistics/embed.html", context)
    response["Content-Security-Policy"] = EMBED_POLICY
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    response["X-Robots-Tag"] = "noindex"
    response["Link"] = f'<{context["page"]}>; rel="canonical"'
    return response


@dataclass(frozen=True, slots=True)
class Taken:
    """What a page offers to those who quote."""

    citation: str
    files: list[Link]
    remarks: list[str]
    frame: str


def taken(found: Chosen, language: str) -> Taken:
    """How the figures of a page are cited and shown elsewhere."""
    table = outline_of(found, language)
    query = f"?{table.query}" if table.query else ""
    page = indicator_url(found.choice.shown.name, language)
    licence = [reuse(language)] if licence_of(table) else []
    return Taken(
        sentence(cited(table)),
        [Link(label, f"{page}citation.{form}{query}") for form, label in LABELS.items()],
        [*remarks_of(table), *licence],
        frame_code(found.choice, language),
    )


def frame_code(choice: Choice, language: str) -> str:
    """What somebody copies into a page of theirs."""
    query = choice.query()
    address = settings.BASE_URL + embed_url(choice.shown.name, language)
    title = _("%(title)s, %(site)s") % {
        "title": label_of(choice.shown, language), "site": settings.SITE_NAME,
    }  # fmt: skip
    source = f"{address}?{query}" if query else address
    # A text like any other: whoever shows it escapes it once more.
    return (
        f'<iframe src="{escape(source)}" title="{escape(title)}" width="{WIDTH}"'
        f' height="{HEIGHT}" loading="lazy" sandbox="{_SANDBOX}"'
        ' style="border:0;max-width:100%"></iframe>'
    )
