"""What stands in the menu and at the foot: the lists, the glossary, and the standard pages.

The titles are the editors'. They are kept in the shared cache, and read anew when a page under a
front page was written, moved out of sight or closed, so that the menu costs no query.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction

from contactpoint.consultations.results.addresses import consultations_url
from contactpoint.glossary.naming import concept_url, theme_url
from contactpoint.home.models import HomePage, StandardPage
from contactpoint.kit.locating import address, roots
from contactpoint.kit.shared import Shared
from contactpoint.kit.visibility import visible
from contactpoint.network.models import NetworkPage
from contactpoint.outputs.models import WorkProgramme
from contactpoint.outputs.models.lists import OutputList
from contactpoint.statistics.addresses import statistics_url

AN_HOUR: Final = 3600
MAIN: Final = ("news", "publications", "events", "chronicle")

NAMED: Final = (HomePage, StandardPage, OutputList, WorkProgramme, NetworkPage, PageViewRestriction)
"""What the menu names, and what closes it to readers."""
Rows = list[tuple[str, str, str]]
_shared: Final = Shared("contactpoint.menu", AN_HOUR)


def main(language: str) -> Iterator[tuple[str, str]]:
    """The four lists that readers come for, then figures, what is asked, themes and glossary."""
    pages = {slug: (title, url) for slug, title, url in _children(language)}
    yield from (pages[slug] for slug in MAIN if slug in pages)
    yield _("Statistics"), statistics_url(language)
    yield _("Consultations"), consultations_url(language)
    yield _("Themes"), theme_url("", language).removesuffix("/")
    yield _("Glossary"), concept_url("", language).removesuffix("/")


def footer(language: str) -> list[tuple[str, str]]:
    """Every other page under the front page."""
    return [(title, url) for slug, title, url in _children(language) if slug not in MAIN]


def _children(language: str) -> Rows:
    """Slug, title and address of what stands right under the front page."""
    now = timezone.now()
    kept = _shared.get(language, lambda: _read(language))
    return [(slug, title, url) for slug, title, url, ends in kept if ends is None or ends > now]


def _read(language: str) -> list[tuple[str, str, str, datetime | None]]:
    """With the moment at which each expires, while it is kept."""
    root = roots().get(language)
    if root is None:
        return []
    pages = visible(Page.objects.order_by("path")).filter(
        url_path__startswith=root, locale__language_code=language, depth=3
    )
    return [
        (slug, title, address(url_path, language, root), ends)
        for slug, title, url_path, ends in pages.values_list(
            "slug", "title", "url_path", "expire_at"
        )
    ]


def forget(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Read it anew when something that the menu may name has changed."""
    if isinstance(instance, NAMED):
        _shared.forget()
