"""All studies, and all series, as cards: each with what it is about, and how much there is."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Count
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext

from contactpoint.glossary.models import Theme
from contactpoint.glossary.naming import Named, named_theme
from contactpoint.kit.labels import FALLBACK_LANGUAGE, picked
from contactpoint.outputs.entries import day_of, drawn
from contactpoint.outputs.models import Family, FamilyLink, OutputTheme, PartElsewhere
from contactpoint.outputs.querysets import offered
from contactpoint.outputs.relations import family_url

_FIRST: Final = date.min
MOST_THEMES: Final = 3


@dataclass(slots=True)
class Card:
    """A study or series as the template of entries takes it; `day` is that of its newest part.

    Languages are those of words that are not there in the reader's.
    """

    title: str
    teaser: str
    url: str
    slug: str
    title_language: str = ""
    teaser_language: str = ""
    day: date | None = None
    notes: list[str] = field(default_factory=list)
    themes: list[Named] = field(default_factory=list)

    @property
    def iso_day(self) -> str:
        """The day as machines read it."""
        return self.day.isoformat() if self.day else ""

    @property
    def thumbnail(self) -> SafeString:
        """The drawing of its page, smaller."""
        hue = self.themes[0].hue if self.themes else 1
        return drawn(hue, (self.slug,), width=160, height=100)


def cards(form: str) -> list[Card]:
    """Those of which readers can see something, what has grown last first; five queries."""
    language = get_language() or FALLBACK_LANGUAGE
    days = _days(form)
    rows = PartElsewhere.objects.filter(family__form=form).order_by().values_list("family")
    elsewhere = dict(rows.annotate(number=Count("pk")))
    themes = _themes(form, language)
    made = []
    for family in Family.objects.filter(form=form, pk__in={*days, *elsewhere}):
        title, title_language = picked(family.labels)
        teaser, teaser_language = picked(family.summaries)
        own, others = days.get(family.pk, {}), elsewhere.get(family.pk, 0)
        made.append(
            Card(
                title,
                teaser,
                family_url(form, family.slug, language),
                family.slug,
                title_language,
                teaser_language,
                max(own.values(), default=_FIRST),
                _numbers(len(own), others),
                themes.get(family.pk, []),
            )
        )
    made.sort(key=lambda card: (card.day or _FIRST, card.title), reverse=True)
    for card in made:
        card.day = None if card.day == _FIRST else card.day
    return made


def _numbers(here: int, elsewhere: int) -> list[str]:
    made = []
    if here:
        made.append(ngettext("%(number)s item", "%(number)s items", here) % {"number": here})
    if elsewhere:
        said = ngettext("%(number)s on another site", "%(number)s on other sites", elsewhere)
        made.append(said % {"number": elsewhere})
    return made


def _days(form: str) -> dict[int, dict[UUID, date]]:
    """Family → each of its outputs, once whatever its languages, with its day."""
    found: dict[int, dict[UUID, date]] = defaultdict(dict)
    rows = offered().filter(family_links__family__form=form)
    columns = ("kind", "published_on", "starts_at", "effective_on")
    for family, key, *facts in rows.values_list(
        "family_links__family", "translation_key", *columns
    ):
        found[family][key] = day_of(*facts) or _FIRST
    return found


def _themes(form: str, language: str) -> dict[int, list[Named]]:
    """Family → what most of it is about."""
    links = FamilyLink.objects.filter(family__form=form).order_by()
    rows = OutputTheme.objects.filter(page__in=offered().filter(pk__in=links.values("page")))
    counted: dict[int, Counter[int]] = defaultdict(Counter)
    pairs = rows.filter(page__family_links__family__form=form).order_by()
    for family, theme, number in pairs.values_list("page__family_links__family", "theme").annotate(
        number=Count("pk")
    ):
        counted[family][theme] += number
    return _named(counted.items(), language)


def _named(counted: Iterable[tuple[int, Counter[int]]], language: str) -> dict[int, list[Named]]:
    known = {theme.pk: theme for theme in Theme.objects.all()}
    made: dict[int, list[Named]] = {}
    for family, themes in counted:
        most = sorted(themes, key=lambda pk: (-themes[pk], known[pk].position))[:MOST_THEMES]
        made[family] = [
            named_theme(theme.slug, theme.label, language, theme.hue)
            for theme in (known[pk] for pk in most)
        ]
    return made
