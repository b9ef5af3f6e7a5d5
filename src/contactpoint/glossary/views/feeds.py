"""What is new in the glossary, as a feed: an item a version."""

import uuid
from collections.abc import Iterator
from datetime import datetime, time
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.glossary.models import SchemeVersion
from contactpoint.glossary.naming import version_url
from contactpoint.glossary.telling import counted
from contactpoint.kit.feeds import (
    Category,
    Feed,
    Item,
    answered,
    page_of,
    refused,
    under,
    unfiltered,
)
from contactpoint.kit.feeds.listed import Listed
from contactpoint.kit.labels import FALLBACK_LANGUAGE, labelled

KEEPING: Final = "public, max-age=300"


@require_safe
def changes(request: HttpRequest, ending: str) -> HttpResponse:
    """Versions with what changed in them, the newest first; one query."""
    if unknown := unfiltered(request.GET):
        return refused(unknown)
    language = get_language() or FALLBACK_LANGUAGE
    versions = SchemeVersion.objects.defer("diff").order_by("-pk")
    rows, page, has_next = page_of(request, versions)
    made = Feed(
        title=_("Changes of the glossary"),
        language=language,
        page_url=f"/{language}/glossary/versions/",
        under=under(request),
        items=[_item(row, language) for row in rows],
        page=page,
        has_next=has_next,
    )
    return answered(request, made, ending, KEEPING)


def _item(row: SchemeVersion, language: str) -> Item:
    """Notes stand as they were written, in whatever language."""
    day = timezone.make_aware(datetime.combine(row.published_on, time()))
    base = settings.BASE_URL
    counts = [labelled(str(name), str(count)) for _kind, name, count in counted(row.counts)]
    return Item(
        key=uuid.uuid5(uuid.NAMESPACE_URL, f"{base}/id/scheme/glossary/{row.number}"),
        title=_("Version %(number)s of the glossary") % {"number": row.number},
        url=base + version_url(row.number, language),
        summary=" · ".join(filter(None, [row.notes.strip(), *counts])),
        published=day,
        updated=day,
        categories=[Category(f"{base}/#kind", "glossary-version")],
        alternates={
            code: base + version_url(row.number, code)
            for code, _name in settings.LANGUAGES
            if code != language
        },
    )


def listed(language: str) -> Iterator[Listed]:
    """For the page of all feeds."""
    yield Listed(_("Changes of the glossary"), f"/{language}/glossary/")
