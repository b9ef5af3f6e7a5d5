"""The quarterly: what a quarter brought, gathered by theme into a draft that waits for an editor.

Quarter.read("2026Q3")                    1 July to 30 September 2026
gathered(Quarter(2026, 3), "nl")          sections of entries, themes in their order
"""

import datetime
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Self
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import formats, timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug

from contactpoint.glossary.models import Theme
from contactpoint.glossary.naming import ThemeNode, flat, theme_tree
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.models import OutputTheme, Publication
from contactpoint.outputs.models.lists import PublicationList
from contactpoint.outputs.models.output import Kind
from contactpoint.outputs.printing import offer
from contactpoint.outputs.querysets import entries, offered

ORDER: Final = (
    Kind.DEVELOPMENT,
    Kind.PUBLICATION,
    Kind.NEWS_ITEM,
    Kind.EVENT,
    Kind.VIDEO,
)
"""Kinds that a quarterly tells of, what changed in law and policy first; vacancies are over."""
_WRITTEN: Final = re.compile(r"(\d{4})[-\s]?Q([1-4])", re.IGNORECASE)


class Quarter(NamedTuple):
    """Three months of a year."""

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> Self:
        """A quarter as Eurostat writes it, such as `2026Q3`. Raises `ValueError`."""
        found = _WRITTEN.fullmatch(text.strip())
        if not found or not 1950 <= int(found[1]) <= 2200:
            raise ValueError(f"{text!r} is no quarter; write it as 2026Q3.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: datetime.date) -> Self:
        """The one that a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def before(self) -> "Quarter":
        """The one that ended as this one began."""
        return Quarter(self.year - (self.number == 1), (self.number + 2) % 4 + 1)

    @property
    def first(self) -> datetime.date:
        """Its first day."""
        return datetime.date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> datetime.date:
        """Its last day."""
        after = self.first + datetime.timedelta(days=100)
        return after.replace(day=1) - datetime.timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"


@dataclass(slots=True)
class Section:
    """A main theme and what it brought; without a theme for what has none."""

    label: str
    slug: str = ""
    entries: list[Entry] = field(default_factory=list)


def gathered(quarter: Quarter, language: str) -> list[Section]:
    """What readers may see of the quarter, each thing once, under the first of its themes.

    In `language` where it is there in it, else in the portal's first language that it has. Parts of
    a theme stand under the whole. Four queries, however much there is.
    """
    things: dict[UUID, Entry] = {}
    nearness = {code: place for place, code in enumerate(_languages(language))}
    for entry in entries(offered().filter(_within(quarter)), language):
        known = things.get(entry.translation_key)
        if known is None or nearness.get(entry.language, 99) < nearness.get(known.language, 99):
            things[entry.translation_key] = entry
    tree = theme_tree(language)
    tops = {node.theme.slug: top for top in tree for node in flat([top])}
    sections = {top.theme.slug: Section(top.theme.label, top.theme.slug) for top in tree}
    rest = Section(_("Other"))
    for entry in sorted(things.values(), key=_place):
        top: ThemeNode | None = next(
            (tops[theme.slug] for theme in entry.themes if theme.slug in tops), None
        )
        (sections[top.theme.slug] if top else rest).entries.append(entry)
    return [section for section in (*sections.values(), rest) if section.entries]


def _languages(first: str) -> list[str]:
    return [first, *(code for code, _name in settings.LANGUAGES if code != first)]


def _within(quarter: Quarter) -> Q:
    """A development by the day that it takes effect, an event by its start, all else as dated."""
    days = (quarter.first, quarter.last)
    zone = timezone.get_default_timezone()
    start = datetime.datetime.combine(quarter.first, datetime.time(), zone)
    end = datetime.datetime.combine(quarter.last, datetime.time.max, zone)
    dated = Q(published_on__range=days)
    return Q(kind__in=ORDER) & (
        Q(kind=Kind.EVENT, starts_at__range=(start, end))
        | Q(kind=Kind.EVENT, starts_at=None) & dated
        | Q(kind=Kind.DEVELOPMENT, effective_on__range=days)
        | Q(kind=Kind.DEVELOPMENT, effective_on=None) & dated
        | ~Q(kind__in=(Kind.EVENT, Kind.DEVELOPMENT)) & dated
    )


def _place(entry: Entry) -> tuple[int, datetime.date, int]:
    return (ORDER.index(Kind(entry.kind)), entry.day or datetime.date.min, entry.pk)


@transaction.atomic
def draft(
    quarter: Quarter,
    parent: PublicationList,
    *,
    left_out: Collection[int] = (),
    user: Any = None,
) -> Publication:
    """An unpublished quarterly under `parent`, in its language: a heading for each theme, what it
    brought as links with teasers, and the themes; once published it is to be had as PDF.
    `left_out` are pages that an editor dropped.
    """
    language = parent.locale.language_code
    with translation.override(language):
        sections = [
            (section, kept)
            for section in gathered(quarter, language)
            if (kept := [one for one in section.entries if one.pk not in left_out])
        ]
        title = _("Quarterly, %(period)s") % {"period": period(quarter)}
        body: list[tuple[str, Any]] = []
        for section, kept in sections:
            body += [("heading", section.label), ("paragraph", _told(kept, language))]
        page = Publication(
            title=title,
            slug=find_available_slug(parent, slugify(f"quarterly {quarter}")),
            publication_type=Publication.Type.QUARTERLY,
            published_on=quarter.last,
            covers_from=quarter.first,
            covers_until=quarter.last,
            body=body,
            live=False,
            has_unpublished_changes=True,
            owner=user,
            locale=parent.locale,
        )
    slugs = [section.slug for section, _kept in sections if section.slug]
    themes = Theme.objects.in_bulk(slugs, field_name="slug")
    page.theme_links = [OutputTheme(theme=themes[slug]) for slug in slugs]
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    offer(page, user=user)
    return page


def period(quarter: Quarter) -> str:
    """The months of a quarter for a reader, in the language that is on."""
    first, last = (formats.date_format(day, "F") for day in (quarter.first, quarter.last))
    return _("%(first)s to %(last)s %(year)s") % {
        "first": first,
        "last": last,
        "year": quarter.year,
    }


def _told(found: Iterable[Entry], language: str) -> str:
    """A list of links, each with its day and teaser, as rich text that follows pages that move."""
    return format_html(
        "<ul>{}</ul>",
        format_html_join(
            "",
            '<li><a linktype="page" id="{}">{}</a>{} ({}){}</li>',
            (
                (
                    entry.pk,
                    entry.title,
                    "" if entry.language == language else f" [{entry.language}]",
                    formats.date_format(entry.day, "SHORT_DATE_FORMAT") if entry.day else "",
                    f": {entry.teaser}" if entry.teaser else "",
                )
                for entry in found
            ),
        ),
    )
