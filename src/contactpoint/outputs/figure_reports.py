"""Reports that the machine writes and an editor finishes: of a quarter, and of a year.

write(period("2018-Q4"))       a draft in each language, of live figures and pictures
write(period("2019"))       the annual infographic, with its cover

Written again, a draft is made anew as long as nobody has touched it; else it is left alone.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry
from wagtail.rich_text import RichText

from contactpoint.figures import FiguresError, Period
from contactpoint.figures.telling import LANGUAGES, Teller
from contactpoint.glossary.models import Concept
from contactpoint.kit.picturing import Frame
from contactpoint.kit.picturing.png import png
from contactpoint.media.models import CustomImage
from contactpoint.network.models import Country
from contactpoint.outputs.figures.choices import indicator_name
from contactpoint.outputs.figures.spans import Span, drawn
from contactpoint.outputs.figures.telling import Telling
from contactpoint.outputs.figures.tokens import Reference
from contactpoint.outputs.models import Classification, OutputCountry, Publication
from contactpoint.outputs.models.lists import PublicationList
from contactpoint.statistics.addresses import period_url
from contactpoint.statistics.answering import ANY_EU, Answers, Asked, answered
from contactpoint.statistics.configured import shown
from contactpoint.statistics.writers import Written

WRITTEN: Final = "outputs.figures_written"
FIRST: Final = "en"
COVER_WIDTH: Final = 1200
_SPACE: Final = uuid.UUID("6f0c7f6e-2d0e-5b0d-9d0b-0b6d1b6a2c11")
_BEFORE: Final = {"Q": 11, "A": 5}
_NEIGHBOURS: Final = ("DE", "FR", "NL", "LU", "IT", "EL")


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


def lists_by_language() -> dict[str, PublicationList]:
    """Under which publications are written, in each language that figures are told in; the first
    is that from which facts come."""
    found = PublicationList.objects.select_related("locale").order_by("path")
    rows = {each.locale.language_code: each for each in found}
    order = sorted((code for code in rows if code in LANGUAGES), key=lambda code: code != FIRST)
    return {code: rows[code] for code in order}


@transaction.atomic
def write(
    when: Period,
    country: str = settings.COUNTRY,
    *,
    lists: dict[str, PublicationList] | None = None,
    user: Any = None,
) -> list[Written]:
    """A draft in each language. Raises `FiguresError` where there is nothing to tell."""
    subject = _subject(when, country)
    parents = lists_by_language() if lists is None else lists
    if not parents:
        raise FiguresError("There is no list of publications to write under. Set the site up.")
    told = _told(subject)
    if not told.names:
        raise FiguresError(
            f"There is no figure of {when.code} for {country} or the EU. Load some: contactpoint "
            "statistics load DATASET, or ask for another period."
        )
    cover: CustomImage | None = None
    done = []
    for language, parent in parents.items():
        page = Publication.objects.filter(
            translation_key=subject.key, locale=parent.locale, alias_of=None
        ).first()
        if page is not None and is_touched(page):
            done.append(Written(language, page.pk, page.title, "left"))
            continue
        if subject.is_annual and cover is None:
            cover = (page.cover if page else None) or _cover(subject, told, language)
        with translation.override(language):
            is_new = page is None
            page = _filled(page or _begun(subject, parent, user), subject, told, language, cover)
        _kept(page, parent, user, is_new=is_new)
        done.append(Written(language, page.pk, page.title, "made" if is_new else "renewed"))
    return done


def is_touched(page: Page) -> bool:
    """Whether somebody has worked on it since it was written here, or published it."""
    if page.live or page.first_published_at is not None:
        return True
    entry = PageLogEntry.objects.filter(page=page.pk, action=WRITTEN).order_by("-pk").first()
    return entry is None or entry.data.get("revision") != page.latest_revision_id


@dataclass(frozen=True, slots=True)
class _Told:
    """What there is to tell: indicators, in their order, and where each has a figure."""

    answers: Answers
    names: tuple[str, ...]
    places: dict[str, tuple[str, ...]]


def _subject(when: Period, country: str) -> Subject:
    if when.frequency not in _BEFORE:
        raise FiguresError(
            f"{when.code} is neither a quarter nor a year. Ask for 2018Q4, or for 2019."
        )
    if not Teller(FIRST).words.has_place(country):
        raise FiguresError(f"No country is known as {country}. Write its code, such as BE.")
    return Subject(when, country)


def _told(subject: Subject) -> _Told:
    """Four queries."""
    wanted = {
        (name, geo): Asked(name, geo, subject.when)
        for name, one in shown().items()
        if one.counted(subject.when)
        for geo in (subject.country, ANY_EU)
    }
    answers = answered(wanted.values())
    places: dict[str, tuple[str, ...]] = {}
    for (name, geo), asked in wanted.items():
        figure = answers.told(asked).figure
        if figure is not None and figure.value is not None:
            places[name] = (*places.get(name, ()), geo)
    return _Told(answers, tuple(places), places)


def _begun(subject: Subject, parent: PublicationList, user: Any) -> Publication:
    page = Publication(
        translation_key=subject.key, locale=parent.locale, owner=user, live=False,
        slug=_free_slug(parent, subject.slug), has_unpublished_changes=True,
    )  # fmt: skip
    concepts = Concept.objects.filter(slug__in=[one.concept for one in shown().values()])
    page.classifications = [Classification(concept=one) for one in concepts[:6]]
    countries = Country.objects.filter(code=subject.country)
    page.country_links = [OutputCountry(country=one) for one in countries]
    return page


def _filled(
    page: Publication, subject: Subject, told: _Told, language: str, cover: CustomImage | None
) -> Publication:
    teller = Teller(language)
    name = teller.words.period("name", subject.when)
    facts = {"period": name, "place": teller.words.place(subject.country)}
    page.title = (
        _("Asylum and migration in %(period)s: the year in figures") % facts
        if subject.is_annual
        else _("Asylum and migration in figures: %(period)s") % facts
    )
    page.teaser = _teaser(subject, told, language)
    page.publication_type = (
        Publication.Type.COUNTRY_FACTSHEET if subject.is_annual else Publication.Type.QUARTERLY
    )
    page.published_on = subject.last
    page.covers_from, page.covers_until = subject.first, subject.last
    if cover is not None:
        page.cover = cover
    page.body = list(_blocks(subject, told, teller))
    return page


def _teaser(subject: Subject, told: _Told, language: str) -> str:
    """The first figure, as it is today: teasers are words, in lists and feeds."""
    name = told.names[0]
    telling = Telling.from_answers(language, told.answers)
    return telling.sentence(Asked(name, told.places[name][0], subject.when)).text


def _blocks(subject: Subject, told: _Told, teller: Teller) -> Iterable[tuple[str, Any]]:
    code, language = subject.when.code, teller.words.language
    facts = {
        "period": teller.words.period("in", subject.when),
        "place": teller.words.place(subject.country),
    }
    yield "paragraph", RichText(format_html("<p>{}</p>", _opening(subject, told, facts)))
    for name in told.names:
        yield "heading", indicator_name(name, teller.words)
        for at, geo in enumerate(told.places[name]):
            is_large = subject.is_annual and at == 0
            value = {"indicator": name, "place": geo, "period": code, "known": None}
            yield "figure_large" if is_large else "figure", value
        drawn_places = _drawn_places(subject, told, name)
        if drawn_places:
            yield "figure_picture", _span(subject, name, drawn_places)
    link = format_html(
        '<a href="{}{}">{}</a>',
        settings.BASE_URL,
        period_url(code, language),
        _("All indicators of the period, with their changes and sources"),
    )
    yield "paragraph", RichText(f"<p>{link}</p>")


def _opening(subject: Subject, told: _Told, facts: dict[str, str]) -> str:
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
        "What official statistics say of the quarter, for %(place)s and the EU. It begins with "
        "%(figure)s (%(change)s); each figure leads to its source and is kept up to date."
    ) % (facts | {"figure": Reference(first), "change": Reference(first, "change")})


def _drawn_places(subject: Subject, told: _Told, name: str) -> list[str]:
    """The country alone: beside the EU its line would lie on the ground. Else the EU."""
    return list(told.places[name][:1])


def _span(subject: Subject, name: str, places: Sequence[str]) -> dict[str, Any]:
    by = "year" if subject.is_annual else "quarter"
    since = subject.when.shifted(-_BEFORE[subject.when.frequency])
    return {
        "indicator": name, "places": list(places), "by": by, "since": since.code,
        "until": subject.when.code, "known": None,
    }  # fmt: skip


def _cover(subject: Subject, told: _Told, language: str) -> CustomImage | None:
    """The first figure over the years, as a picture for posts."""
    name = told.names[0]
    since = subject.when.shifted(-_BEFORE["A"])
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


def _kept(page: Publication, parent: PublicationList, user: Any, *, is_new: bool) -> None:
    if is_new:
        parent.add_child(instance=page)
    else:
        page.save()
    revision = page.save_revision(user=user)
    log(instance=page, action=WRITTEN, user=user, data={"revision": revision.pk})


def _free_slug(parent: PublicationList, wanted: str) -> str:
    taken = set(
        parent.get_children().filter(slug__startswith=wanted).values_list("slug", flat=True)
    )
    if wanted not in taken:
        return wanted
    return next(f"{wanted}-{n}" for n in range(2, len(taken) + 3) if f"{wanted}-{n}" not in taken)
