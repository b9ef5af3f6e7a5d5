"""What a report of figures says: what there is to tell of its subject, its text and its cover."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from contactpoint.figures import Period
from contactpoint.figures.telling import Teller
from contactpoint.kit.picturing import Frame
from contactpoint.kit.picturing.png import png
from contactpoint.media.models import CustomImage
from contactpoint.outputs.figures.choices import indicator_name
from contactpoint.outputs.figures.spans import Span, drawn
from contactpoint.outputs.figures.telling import Telling
from contactpoint.outputs.figures.tokens import Reference
from contactpoint.statistics.addresses import period_url
from contactpoint.statistics.answering import ANY_EU, Answers, Asked, answered
from contactpoint.statistics.configured import shown

COVER_WIDTH: Final = 1200
BEFORE: Final = {"Q": 11, "A": 5}
"""So many periods are drawn before the one that is told."""
_NEIGHBOURS: Final = ("DE", "FR", "NL", "LU", "IT", "EL")
_SPACE: Final = uuid.UUID("6f0c7f6e-2d0e-5b0d-9d0b-0b6d1b6a2c11")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is reported: a period, for a country and the EU."""

    when: Period
    country: str

    @property
    def is_annual(self) -> bool:
        """An infographic, not a report of a quarter."""
        return self.when.frequency == "A"

    @property
    def key(self) -> uuid.UUID:
        """Links the languages, and finds them again."""
        return uuid.uuid5(_SPACE, f"{self.when.code} {self.country}")

    @property
    def slug(self) -> str:
        """Of the page in every language."""
        kind = "infographic" if self.is_annual else "figures"
        end = "" if self.country == settings.COUNTRY else f"-{self.country.lower()}"
        return f"{kind}-{self.when.code.lower()}{end}"

    @property
    def first(self) -> date:
        """The first day of the period."""
        return date(self.when.year, self.when.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        after = self.when.shifted(1)
        return date(after.year, after.month, 1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to tell: indicators, in their order, and where each has a figure."""

    answers: Answers
    names: tuple[str, ...]
    places: dict[str, tuple[str, ...]]
    """The country, the EU, or both."""
    beside: dict[str, tuple[str, ...]]
    """Other countries."""


def told_of(subject: Subject) -> Told:
    """Four queries."""
    wanted = {
        (name, geo): Asked(name, geo, subject.when)
        for name, one in shown().items()
        if one.counted(subject.when)
        for geo in (subject.country, ANY_EU, *(_NEIGHBOURS if subject.is_annual else ()))
    }
    answers = answered(wanted.values())
    places: dict[str, tuple[str, ...]] = {}
    beside: dict[str, tuple[str, ...]] = {}
    for (name, geo), asked in wanted.items():
        figure = answers.told(asked).figure
        if figure is not None and figure.value is not None:
            found = places if geo in (subject.country, ANY_EU) else beside
            found[name] = (*found.get(name, ()), geo)
    return Told(answers, tuple(places), places, beside)


def teaser(subject: Subject, told: Told, language: str) -> str:
    """The first figure, as it is today: teasers are words, in lists and feeds."""
    name = told.names[0]
    telling = Telling.from_answers(language, told.answers)
    return telling.sentence(Asked(name, told.places[name][0], subject.when)).text


def blocks(subject: Subject, told: Told, teller: Teller) -> Iterable[tuple[str, Any]]:
    code, language = subject.when.code, teller.words.language
    facts = {
        "period": teller.words.period("in", subject.when),
        "place": teller.words.place(subject.country),
    }
    yield "paragraph", RichText(format_html("<p>{}</p>", _opening(subject, told, facts, teller)))
    for name in told.names:
        yield "heading", indicator_name(name, teller.words)
        for at, geo in enumerate(told.places[name]):
            is_large = subject.is_annual and at == 0
            value = {"indicator": name, "place": geo, "period": code, "known": None}
            yield "figure_large" if is_large else "figure", value
        yield from (("figure_picture", one) for one in _pictures(subject, told, name))
    link = format_html(
        '<a href="{}{}">{}</a>',
        settings.BASE_URL,
        period_url(code, language),
        _("All indicators of the period, with their changes and sources"),
    )
    yield "paragraph", RichText(f"<p>{link}</p>")


def _opening(subject: Subject, told: Told, facts: dict[str, str], teller: Teller) -> str:
    """A sentence of its own, with a figure in it, to go on from."""
    if subject.is_annual:
        opening = _(
            "World Refugee Day, on 20 June, is a day to look at the year behind. What official "
            "statistics say of it, for %(place)s and the EU: each figure leads to its source and "
            "is kept up to date."
        )
        return opening % facts
    first = Asked(told.names[0], told.places[told.names[0]][0], subject.when)
    return _(
        "What official statistics say of the quarter, for %(place)s and the EU. The first of them: "
        "%(indicator)s, %(figure)s. Each figure leads to its source and is kept up to date."
    ) % (
        facts | {"indicator": indicator_name(first.name, teller.words), "figure": Reference(first)}
    )


def _pictures(subject: Subject, told: Told, name: str) -> Iterable[dict[str, Any]]:
    """How it went, for the country alone: beside the EU its line would lie on the ground; and of a
    year other countries beside it. What was only printed at the time has no course."""
    counted = shown()[name].counted(subject.when)
    geo = told.places[name][0]
    geos = Asked(name, geo, subject.when).geos
    if counted is None:
        return
    held = told.answers.group(shown()[name], counted[0], geos, counted[1])
    if held is None or held.is_printed:
        return
    since = subject.when.shifted(-BEFORE[subject.when.frequency])
    yield _picture(subject, name, [geo], since)
    others = [one for one in told.beside.get(name, ()) if one != geo]
    if others and geo == subject.country:
        yield _picture(subject, name, [geo, *others], subject.when)


def _picture(subject: Subject, name: str, places: Sequence[str], since: Period) -> dict[str, Any]:
    return {
        "indicator": name, "places": list(places), "since": since.code,
        "by": "year" if subject.is_annual else "quarter", "until": subject.when.code,
        "known": None,
    }  # fmt: skip


def make_cover(subject: Subject, told: Told, language: str) -> CustomImage | None:
    """The first figure over the years, as a picture for posts."""
    name = told.names[0]
    since = subject.when.shifted(-BEFORE["A"])
    span = Span(name, told.places[name][:1], "A", since, subject.when)
    telling = Telling.of(span.asked, language)
    figure = telling.answers.told(span.asked[0]).figure
    if figure is None:
        return None
    with translation.override(language):
        picture = drawn(span, telling)
        heading = str(picture.options["title"])
        frame = Frame(
            heading,
            telling.teller.source_of(figure),
            note=telling.teller.words.say("example") if figure.is_example else "",
            publisher=settings.SITE_NAME,
        )
        data = png(picture.for_post(frame), COVER_WIDTH)
    return CustomImage.objects.create(
        title=heading,
        description=str(picture.options["description"])[:255],
        file=ContentFile(data, f"{subject.slug}.png"),
        credit=settings.SITE_NAME,
    )
