"""What a translation tells its readers: that it is older than its original, and where.

Registered with the base page when Django starts. Costs one query, and only a page that stands in
several languages asks it.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from contactpoint.kit.context import language_name
from contactpoint.kit.locating import Location
from contactpoint.kit.pages import shows
from contactpoint.kit.prepared import rows
from contactpoint.languages.borrowing import is_whole
from contactpoint.languages.differences import OLDER, UNCHECKED, UNTRANSLATED, Difference
from contactpoint.languages.marks import TEASER, TITLE, marked, marks_of
from contactpoint.languages.models import Standing
from contactpoint.outputs.models import Output


@shows(Output)
def standing_context(page: Page, request: HttpRequest) -> dict[str, Any]:
    """`standing` for the note, and `marked_body`; nothing for a page that follows its original."""
    location: Location | None = getattr(request, "location", None)
    if location is None or len(location.translations) < 2:
        return {}
    found = rows(("standing",), _standing, [page.pk])
    if not found or not found[0][0]:
        return {}
    differences, basis, since, language = found[0]
    if language not in location.translations:
        return {}
    marks = marks_of([Difference(**each) for each in differences])
    unfinished = [mark for mark in marks if mark.difference.kind == UNTRANSLATED]
    foreign = {mark.difference.path for mark in unfinished}
    is_foreign = is_whole(basis)
    body: Any = getattr(page, "body", None)
    in_text = [mark for mark in marks if mark.in_text]
    return {
        "standing": {
            "older": [mark for mark in marks if mark.difference.kind in OLDER],
            "unfinished": unfinished,
            "unchecked": [mark for mark in marks if mark.difference.kind == UNCHECKED],
            "since": since,
            "language": language,
            "language_name": language_name(language),
            "url": location.translations[language],
            "foreign": foreign,
            "title_language": language if TITLE in foreign else "",
            "teaser_language": language if TEASER in foreign else "",
            "whole_language": language if foreign and is_foreign else "",
        },
        "marked_body": marked(body, in_text, language) if body and in_text else "",
    }


def _standing(values: list[Any]) -> "QuerySet[Any, Any]":
    return (
        Standing.objects.order_by()
        .filter(page_id=values[0])
        .values_list("differences", "basis", "since", "original__page__locale__language_code")
    )
