"""Guides about a theme or a concept, on the pages of these.

Most concepts have none, and each of their pages asks: so it asks by a query that is built once.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from contactpoint.guidance.addresses import Addresses
from contactpoint.guidance.languages import SOURCE, languages
from contactpoint.guidance.models import GuideText
from contactpoint.kit.appearances import Appearance, Subject
from contactpoint.kit.prepared import rows

SHOWN: Final = 5
LINKS: Final = {"theme": "guide__subjects", "concept": "guide__concepts"}


@dataclass(slots=True)
class GuideEntry:
    """What a list says of a guide; answers to the same names as an output does in templates."""

    title: str
    title_language: str
    teaser: str
    url: str
    kind_label: str
    languages: list[str]
    day: None = None
    iso_day: str = ""
    mark: str = ""
    type_label: str = ""
    foreign: str = ""
    teaser_language: str = ""
    highlight: str = ""
    themes: list[Any] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def page_language(self) -> str:
        """The language of the page, where it is not the reader's."""
        return self.title_language


def guide_appearances(request: HttpRequest, subject: Subject) -> Iterator[Appearance]:
    """The first five in the order of guidance, each in the reader's language or the nearest, and
    where all of guidance begins. One query."""
    link = LINKS.get(subject.what)
    if link is None or not subject.pks:
        return
    found = rows(
        ("guides about", subject.what, len(subject.pks)), partial(_about, link), list(subject.pks)
    )
    if not found:
        return
    texts: dict[tuple[str, str], dict[str, tuple[str, str]]] = defaultdict(dict)
    for theme, code, language, title, summary, *_order in found:
        if language in languages():
            texts[theme, code][language] = (title, summary)
    entries = [_entry(theme, code, told, subject.language) for (theme, code), told in texts.items()]
    if entries:
        front = Addresses(subject.language if subject.language in languages() else SOURCE).front
        yield Appearance(_("Guidance for applicants"), len(entries), entries[:SHOWN], front)


def _about(link: str, values: list[Any]) -> "QuerySet[Any, Any]":
    found = GuideText.objects.filter(live=True, **{f"{link}__in": values}).order_by(
        "guide__theme__sort_order", "guide__sort_order", "guide__code"
    )
    return found.values_list(
        "guide__theme__code", "guide__code", "language", "title", "summary",
        "guide__theme__sort_order", "guide__sort_order",
    ).distinct()  # fmt: skip


def _entry(theme: str, code: str, told: dict[str, tuple[str, str]], language: str) -> GuideEntry:
    nearest = next(one for one in (language, SOURCE, *told) if one in told)
    title, summary = told[nearest]
    other = nearest if nearest != language else ""
    return GuideEntry(
        title,
        other,
        summary,
        Addresses(nearest).guide(theme, code),
        _("Guidance for applicants"),
        [one for one in languages() if one in told],
        teaser_language=other,
    )
