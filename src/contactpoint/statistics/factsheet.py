"""A country in figures on one page, beside the EU: the newest of each indicator, with its changes.

    sheet_of("BE", "nl")       the sheet, for `kit.composing`
    printed_country("BE", "nl")       its PDF, kept until a figure changes

Costs four queries.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final

from babel.dates import format_date
from django.conf import settings
from django.core.cache import cache
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from contactpoint.figures import Figure, Period
from contactpoint.figures.telling import Teller
from contactpoint.glossary.models import Concept
from contactpoint.kit.composing.document import Run
from contactpoint.kit.composing.press import printed_sheet
from contactpoint.kit.composing.sheet import MOST_ENTRIES, Course, Entry, Reading, Sheet
from contactpoint.statistics.addresses import country_url
from contactpoint.statistics.answering import Answer, Answers, Held, held_of
from contactpoint.statistics.choice import frequencies, usual
from contactpoint.statistics.configured import Shown, population, shown
from contactpoint.statistics.placing import COUNTRIES, Placed, placed
from contactpoint.statistics.reading import EU
from contactpoint.statistics.showing import label_of

DRAWN: Final = {"M": 24, "Q": 12, "S": 8, "A": 8}
"""So many periods are drawn: two or three years, of years eight."""
LONGEST_DEFINITION: Final = 140
_FORMS: Final[dict[str, str]] = {"A": "y", "S": "MMM y", "Q": "QQQ y", "M": "MMM y"}
_EXAMPLE: Final = "*"
"""Stands beside each figure of which the notice says that it isn't official."""
_KEPT_SECONDS: Final = 30 * 24 * 3600
_SENTENCE: Final = re.compile(r"^.{40,}?[.!?](?=\s|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator in a country and in the EU: the newest figures, and how the country's went."""

    shown: Shown
    here: Answer
    there: Answer
    course: Sequence[Figure | None] = ()
    placed: Placed | None = None


def standings(geo: str) -> list[Standing]:
    """Each of the portal's indicators. Three queries."""
    rows = list(shown().values())
    answers = held_of([*rows, population()], {geo, *EU, *COUNTRIES})
    return [_standing(one, geo, answers) for one in rows]


def sheet_of(geo: str, language: str) -> Sheet:
    """The sheet of a country. Raises `FiguresError` for a language that figures aren't told in."""
    teller = Teller(language)
    every = standings(geo)
    # Where not all find a place, those without a figure give way first.
    has = [one for one in every if one.here.figure is not None]
    kept = {
        one.shown.name for one in (*has, *(one for one in every if one not in has))[:MOST_ENTRIES]
    }
    found = [one for one in every if one.shown.name in kept]
    meant = _meant([one.shown.concept for one in found], language)
    figures = [one.figure for row in found for one in (row.here, row.there) if one.figure]
    name = teller.words.place(geo)
    with translation.override(language):
        url = settings.BASE_URL + country_url(geo, language)
        return Sheet(
            title=name,
            language=language,
            publisher=settings.SITE_NAME,
            made_at=datetime.combine(_newest(figures), time(), UTC),
            summary=_("Asylum and migration in figures, beside the EU"),
            kicker=_("Country factsheet"),
            notice=(
                f"{_EXAMPLE} {teller.words.say('example')}"
                if any(one.is_example for row in found for one in (row.here, row.there))
                else ""
            ),
            address=url,
            entries=[
                _entry(one, name, teller, label_of(one.shown, language), meant[one.shown.concept])
                for one in found
            ],
            closing=[
                [Run(" · ".join(_sources(figures, teller)))],
                [Run(" ".join(_said_at_the_end(figures, len(every) - len(found))))],
                [Run(_("On the web:") + " "), Run(url, url=url)],
            ],
        )


def printed_country(geo: str, language: str) -> tuple[bytes, str]:
    """The PDF and a name for its content, which changes with any word in it.

    Raises `UnprintableError`, `OSError` where no process can be started, and `FiguresError`."""
    sheet = sheet_of(geo, language)
    said = json.dumps(asdict(sheet), default=str, sort_keys=True)
    digest = hashlib.blake2b(said.encode(), digest_size=16).hexdigest()
    key = f"statistics.sheet.{digest}"
    pdf: bytes | None = cache.get(key)
    if pdf is None:
        pdf = printed_sheet(sheet).pdf
        cache.set(key, pdf, _KEPT_SECONDS)
    return pdf, digest


def _standing(one: Shown, geo: str, answers: Answers) -> Standing:
    here, course = _newest_in(one, (geo,), answers)
    when = here.figure.period if here.figure else None
    there = Answer()
    if when is not None:
        there, _course = _newest_in(one, EU, answers, when)
    if there.figure is None:
        there, _course = _newest_in(one, EU, answers)
    # What was printed at the time has no course, and no others of its kind to stand among.
    found = placed(one, here.figure, there.figure, answers) if here.figure and course else None
    return Standing(one, here, there, course, found)


def _newest_in(
    one: Shown, geos: Sequence[str], answers: Answers, when: Period | None = None
) -> tuple[Answer, list[Figure | None]]:
    """The newest figure, or that of a period, with its course up to there."""
    for held in _lines(one, geos, answers):
        if when is not None and (held.frequency != when.frequency):
            continue
        latest = when or held.latest
        if latest is None:
            continue
        answer = held.answer(latest)
        if answer.figure is None or answer.figure.value is None:
            continue
        if held.is_printed:
            return answer, []
        first = latest.shifted(1 - DRAWN[latest.frequency])
        drawn = held.between(first, latest)
        course = [drawn.at(first.shifted(at)) for at in range(DRAWN[latest.frequency])]
        return answer, course
    return Answer(), []


def _lines(one: Shown, geos: Sequence[str], answers: Answers) -> Iterable[Held]:
    """By the kind of period that the pages show where none is asked for; else by another."""
    for frequency in dict.fromkeys((usual(one), *frequencies(one))):
        counted = one.counted(Period(2000, 1, frequency))
        if counted is None:
            continue
        for geo in geos:
            held = answers.held(one, counted[0], geo)
            if held is not None:
                yield held
        if answers.were_printed(one, counted[0], None):
            return  # What was printed isn't made whole by examples of other periods.


def _entry(one: Standing, name: str, teller: Teller, label: str, definition: str) -> Entry:
    course = _course(one.course, label, name, teller)
    eu = one.there.figure.geo if one.there.figure else "EU"
    return Entry(
        label[:1].upper() + label[1:],
        definition,
        [
            _reading(one.here, name, teller, one.placed.told(teller) if one.placed else ""),
            _reading(one.there, teller.words.place(eu), teller),
        ],
        course if course.can_be_drawn else None,
    )


def _reading(answer: Answer, name: str, teller: Teller, placed: str = "") -> Reading:
    figure = answer.figure
    if figure is None or figure.value is None:
        return Reading(name, notes=[pgettext("of a figure", "No figure is known here.")])
    said = [phrase for one in answer.changes if (phrase := teller.change(one))]
    reasons = [why for one in answer.changes if (why := teller.why_not(one))]
    # Beside the period, since notes that don't fit are left out: a flag goes where its figure goes.
    flags = f", {teller.flags(figure.flags)}" if figure.flags else ""
    phrases = [phrase[:1].upper() + phrase[1:] for phrase in said]
    return Reading(
        name,
        teller.words.number(figure.value),
        short(figure.period, teller) + flags + (f" {_EXAMPLE}" if figure.is_example else ""),
        [
            *phrases,
            *([placed] if placed else []),
            *([] if said else reasons[:1]),
        ],
    )


def _course(found: Sequence[Figure | None], label: str, name: str, teller: Teller) -> Course:
    known = [one for one in found if one is not None and one.value is not None]
    values = [None if one is None else one.value for one in found]
    if not known:
        return Course(values, "")
    first, last = known[0], known[-1]
    most = max(known, key=lambda one: one.value or 0)
    told = _(
        "%(label)s, %(place)s: %(first)s in %(since)s, %(last)s in %(until)s; most in "
        "%(most_when)s, %(most)s."
    ) % {
        "label": label,
        "place": name,
        "first": teller.words.number(first.value or 0),
        "since": short(first.period, teller),
        "last": teller.words.number(last.value or 0),
        "until": short(last.period, teller),
        "most": teller.words.number(most.value or 0),
        "most_when": short(most.period, teller),
    }
    ends = [first.period.shifted(-values.index(first.value)), last.period]
    return Course(values, told, short(ends[0], teller), short(ends[1], teller))


def short(when: Period, teller: Teller) -> str:
    """A period in few letters: `Q4 2018`, `T4 2018`, `K4 2018`, `Dec 2018`."""
    day = date(when.year, when.month, 1)
    return format_date(day, _FORMS[when.frequency], locale=teller.words.locale)


def _meant(concepts: Sequence[str], language: str) -> dict[str, str]:
    """What each concept means, in a sentence. One query."""
    rows = Concept.objects.filter(slug__in=concepts).values_list("slug", "definitions")
    found = {slug: _first_sentence(texts, language) for slug, texts in rows}
    return {slug: found.get(slug, "") for slug in concepts}


def _first_sentence(definitions: dict[str, Any], language: str) -> str:
    text = " ".join(str((definitions.get(language) or {}).get("text", "")).split())
    match = _SENTENCE.match(text)
    text = match[0] if match else text
    if len(text) <= LONGEST_DEFINITION:
        return text
    return text[: LONGEST_DEFINITION - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _sources(figures: Iterable[Figure], teller: Teller) -> list[str]:
    return list(dict.fromkeys(teller.source_of(one) for one in figures))


def _said_at_the_end(figures: Sequence[Figure], left_out: int) -> list[str]:
    said = [_("No figure is never zero; rounded figures can be a little off.")]
    told = [one for one in figures if not one.is_example]
    publishers = dict.fromkeys(one.source.partition(" (")[0] for one in told if one.source)
    if publishers:
        said.append(
            _("Changes were computed here; who published the figures isn't answerable for them: ")
            + f"{', '.join(publishers)}."
        )
    if left_out:
        said.append(
            ngettext(
                "%(number)s more indicator stands on the page on the web.",
                "%(number)s more indicators stand on the page on the web.",
                left_out,
            )
            % {"number": left_out}
        )
    return said


def _newest(figures: Iterable[Figure]) -> date:
    return max((one.vintage.last for one in figures if one.vintage), default=date(2000, 1, 1))
