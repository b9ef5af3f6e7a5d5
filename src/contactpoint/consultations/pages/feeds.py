"""The consultations that are open, as a feed; what has ended leaves it."""

import uuid
from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.consultations.models import Round
from contactpoint.consultations.pages.listing import KINDS, entry, told_of
from contactpoint.consultations.results.addresses import round_url
from contactpoint.consultations.timing import Standing, standing
from contactpoint.kit.feeds import (
    MOST_ITEMS,
    NEVER,
    Category,
    Feed,
    Item,
    answered,
    refused,
    under,
    unfiltered,
)
from contactpoint.kit.feeds.listed import Listed
from contactpoint.kit.labels import FALLBACK_LANGUAGE, labelled, pick

MAX_AGE: Final = 300


@require_safe
def open_now(request: HttpRequest, ending: str) -> HttpResponse:
    """Those that anybody may take part in, what opened last first; four queries."""
    if unknown := unfiltered(request.GET):
        return refused(unknown)
    language = get_language() or FALLBACK_LANGUAGE
    surveys = told_of().exclude(access=Round.Access.STATES).filter(status=Round.Status.OPEN)
    rows = surveys.select_related("instrument").prefetch_related("themes", "concepts")
    going = [one for one in rows.order_by("-opens_at", "-pk") if standing(one) is Standing.OPEN]
    made = Feed(
        title=_("Open consultations"),
        language=language,
        page_url=under(request),
        under=under(request),
        items=[_item(one, language) for one in going[:MOST_ITEMS]],
    )
    return answered(request, made, ending, f"public, max-age={MAX_AGE}")


def _item(round: Round, language: str) -> Item:
    """The key is that which it has in the search; what a round says of itself is its own text."""
    told, base = entry(round, language), settings.BASE_URL
    kind = round.instrument.kind
    spoken = told.title_language
    return Item(
        key=uuid.uuid5(uuid.NAMESPACE_URL, f"consultation:{round.pk}"),
        title=labelled(told.mark, told.title) if told.mark else told.title,
        url=base + told.url,
        summary=" · ".join(filter(None, [*told.notes, told.teaser])),
        title_language=spoken,
        summary_language=spoken,
        published=round.opens_at,
        updated=round.opens_at or NEVER,
        categories=[
            Category(f"{base}/#kind", kind, str(KINDS[kind])),
            *(Category(f"{base}/#theme", one.slug, one.label) for one in told.themes),
            *(
                Category(f"{base}/id/concept/", one.slug, pick(one.labels, language))
                for one in round.concepts.all()
            ),
        ],
        alternates={
            code: base + round_url(round.code, code)
            for code in told.languages
            if code != language and code in dict(settings.LANGUAGES)
        },
    )


def listed(language: str) -> Iterator[Listed]:
    """For the page of all feeds."""
    yield Listed(_("Open consultations"), f"/{language}/consultations/")
