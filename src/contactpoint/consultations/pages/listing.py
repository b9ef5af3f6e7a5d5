"""Which consultations anybody may know of, as lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contactpoint.consultations.models import Instrument, Round
from contactpoint.consultations.reaching import (
    Circle,
    results_are_public,
    rounds,
    surveys_told_of,
)
from contactpoint.consultations.results.addresses import round_url
from contactpoint.consultations.timing import Standing, ended_at, standing
from contactpoint.glossary.naming import Named, named_theme
from contactpoint.kit.days import in_words
from contactpoint.kit.labels import FALLBACK_LANGUAGE, pick

KINDS: Final = dict(Instrument.Kind.choices)
LONGEST_TEASER: Final = 220


def told_of(now: datetime | None = None) -> "QuerySet[Round]":
    """Surveys that are listed, and queries and studies that are public, by the one way to both."""
    return surveys_told_of(now) | rounds(Circle.PUBLIC, now)


@dataclass(slots=True)
class RoundEntry:
    """What a list says of a round; answers to the same names as an output does in templates."""

    title: str
    title_language: str
    teaser: str
    url: str
    kind_label: str
    day: date | None
    themes: list[Named]
    languages: list[str]
    notes: list[str]
    mark: str = ""
    type_label: str = ""
    foreign: str = ""
    page_language: str = ""
    teaser_language: str = ""
    highlight: str = ""
    reasons: list[str] = field(default_factory=list)

    @property
    def iso_day(self) -> str:
        """For programs."""
        return self.day.isoformat() if self.day else ""


def entry(round: Round, language: str, *, has_themes: bool = True) -> RoundEntry:
    """A round for a list; themes should have been fetched before."""
    now = timezone.now()
    title = pick(round.labels, language)
    themes = round.themes.all() if has_themes else []
    return RoundEntry(
        title,
        "" if round.labels.get(language) else next(
            (code for code, text in round.labels.items() if text == title), ""
        ),
        Truncator(pick(round.introductions, language)).chars(LONGEST_TEASER),
        round_url(round.code, language),
        str(KINDS[round.instrument.kind]),
        day_of(round),
        [
            named_theme(one.slug, pick(one.labels, language), language, one.hue)
            for one in themes
        ],
        [str(code) for code in round.languages],
        [_note(round, now)],
        mark=_("Example, not real") if round.is_example else "",
    )  # fmt: skip


def _note(round: Round, now: datetime) -> str:
    """What there is to be done or to be read."""
    if not round.is_of_states and standing(round, now) is Standing.OPEN:
        end = ended_at(round)
        if end is None:
            return _("Open")
        return _("Open until %(day)s") % {"day": in_words(timezone.localtime(end))}
    if round.is_of_states:
        return _("Answers of the states")
    return _("Results") if results_are_public(round) else _("Closed; results come later")


def day_of(round: Round) -> date | None:
    """The day by which it stands in the list: of what is over when it was made public or ended."""
    moment = round.opens_at
    if round.is_of_states or standing(round) is not Standing.OPEN:
        moment = ended_at(round) or round.published_at or moment
    return timezone.localtime(moment).date() if moment else None


def entries(found: Iterable[Round], language: str | None = None) -> list[RoundEntry]:
    """Rounds as entries."""
    spoken = language or get_language() or FALLBACK_LANGUAGE
    return [entry(one, spoken) for one in found]


def counted_by_kind(found: "QuerySet[Round, Any]") -> dict[str, int]:
    """How many of each kind; one query."""
    kinds = found.order_by().values_list("instrument__kind", flat=True)
    counts = dict.fromkeys(KINDS, 0)
    for kind in kinds:
        counts[kind] += 1
    return counts
