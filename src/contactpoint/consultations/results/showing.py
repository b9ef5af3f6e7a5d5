"""What the page of a survey shows of its results, and what editors see as they come in."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contactpoint.consultations.models import Round
from contactpoint.consultations.reaching import results_are_public
from contactpoint.consultations.results.gathering import instrument_of, public_tables
from contactpoint.consultations.results.questions_shown import Sight, Wave, questions
from contactpoint.consultations.results.structured import dataset
from contactpoint.consultations.results.wording import Wording
from contactpoint.consultations.tables.tallies import Tables
from contactpoint.consultations.waves import wave_name
from contactpoint.kit.labels import FALLBACK_LANGUAGE

BY: Final = "by"
"""In the address: the group that is looked at alone."""


@dataclass(frozen=True, slots=True)
class Option:
    """A way to look at the results."""

    label: str
    url: str
    count: str
    selected: bool


def context(round: Round, request: HttpRequest) -> dict[str, Any]:
    """For the public page of a survey: its tables, or when there will be some."""
    language = get_language() or FALLBACK_LANGUAGE
    instrument = instrument_of(round)
    if not results_are_public(round) or instrument is None:
        return {"results": None}
    tables = public_tables(round)
    if tables is None:
        return {"results": None}
    group = request.GET.get(BY, "")
    group = group if group in tables.groups else ""
    wave = Wave(wave_name(round), round, tables, instrument)
    before = earlier(round)
    made = results(wave, before, language, group)
    return {
        "results": made,
        "is_filtered": bool(group),
        "structured": dataset(round, instrument, tables, language),
        "filter_query": urlencode({BY: group}) if group else "",
    }


def earlier(round: Round) -> Wave | None:
    """The wave before, as far as everybody may see it."""
    then = round.previous
    if then is None or not results_are_public(then):
        return None
    instrument, tables = instrument_of(then), public_tables(then)
    if instrument is None or tables is None:
        return None
    return Wave(wave_name(then), then, tables, instrument)


def results(wave: Wave, before: Wave | None, language: str, group: str = "") -> dict[str, Any]:
    """All that the template of results shows."""
    wording = Wording(wave.instrument, language)
    tables = wave.tables.within(group) if group else wave.tables
    then = _like(before, wave, group) if before else None
    shown = questions(Sight(wave, before, tables, then, wording))
    return {
        "wave": wave.name,
        "before": before.name if before else "",
        "rates": [rate(one, wording) for one in (before, wave) if one],
        "options": options(wave, wording, group),
        "group_of": _group_question(wave, wording),
        "questions": shown,
        "least": wave.round.least_shown,
        "has_hidden": any(
            one.why_not or any(block.has_hidden for block in one.blocks) for one in shown
        ),
    }


def _like(before: Wave, wave: Wave, group: str) -> Tables | None:
    """The wave before, of the same group where one is looked at."""
    if not group:
        return before.tables
    is_same = before.tables.background == wave.tables.background
    return before.tables.within(group) if is_same and group in before.tables.groups else None


def rate(wave: Wave, wording: Wording) -> dict[str, Any]:
    """How many answered, of how many who were asked."""
    number, invited = wave.tables.respondents, wave.round.invited
    told: dict[str, Any] = {"name": wave.name, "number": wording.number(number), "count": number}
    told |= {"share": "", "invited": ""}
    if invited and invited >= number:
        told["invited"] = wording.number(invited)
        told["share"] = wording.percent(number / invited)
    return told


def options(wave: Wave, wording: Wording, group: str) -> list[Option]:
    """All respondents, then each group of the background question that may be looked at alone."""
    tables = wave.tables
    by = wave.instrument.question(tables.background) if tables.background else None
    if by is None or not tables.groups:
        return []
    counts = tables.tallies[tables.background].counts
    everybody = Option(_("All"), "?", wording.number(tables.respondents), not group)
    return [everybody] + [
        Option(
            wording.category(by, one).text,
            f"?{urlencode({BY: one})}",
            wording.number(counts[one] or 0),
            one == group,
        )
        for one in tables.groups
    ]


def _group_question(wave: Wave, wording: Wording) -> str:
    by = wave.instrument.question(wave.tables.background) if wave.tables.background else None
    return wording.question(by).text if by else ""
