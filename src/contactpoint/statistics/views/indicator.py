"""The page of an indicator: over time, by country, what it counts, and what is about it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.glossary.lexicon import Lexicon, lexicon
from contactpoint.glossary.models import Concept
from contactpoint.kit.appearances import Subject, appearances
from contactpoint.kit.context import same_path, translations, view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link
from contactpoint.kit.prepared import rows
from contactpoint.statistics import controls, pictures, showing
from contactpoint.statistics.addresses import statistics_url
from contactpoint.statistics.choice import parts_of
from contactpoint.statistics.choosing import (
    Choice,
    Chosen,
    UnknownIndicatorError,
    chosen,
    chosen_of,
)
from contactpoint.statistics.configured import population
from contactpoint.statistics.defining import (
    absent,
    meaning,
    missing_sentence,
    notes,
    why_nothing,
)
from contactpoint.statistics.offering.embedding import frame_code, taken
from contactpoint.statistics.offering.picturing import OF_ALL
from contactpoint.statistics.packing import at_ordinal
from contactpoint.statistics.reading import EU
from contactpoint.statistics.structured import dataset_block
from contactpoint.statistics.views.downloads import downloads, downloads_of_shape
from contactpoint.statistics.wording import period_words

MOST_COLUMNS: Final = 12
"""Of a picture of parts."""


@require_safe
def indicator(request: HttpRequest, name: str) -> HttpResponse:
    """One indicator; `by`, `since`, `until`, `place`, `known` and `eu` say what of it."""
    language = get_language() or FALLBACK_LANGUAGE
    try:
        choice, problems = Choice.mended(name, request.GET)
    except UnknownIndicatorError as error:
        raise Http404 from error
    everywhere = choice.with_(places=())
    people = Choice(population(), "A", known=choice.known)
    found, populations, *parts = chosen_of([everywhere, people, *parts_of(choice)])
    places = pictures.drawn_places(found, choice)
    newest = chosen(everywhere.with_(known=None)) if choice.known else None
    words = lexicon()
    means = meaning(choice.shown, words, language)
    label = showing.label_of(choice.shown, language)
    when = found.newest
    context = {
        **view_context(request, Link(_("Statistics"), statistics_url(language))),
        "translations": translations(same_path(request), choice.query()),
        "choice": choice,
        "found": found,
        "name": label,
        "problems": problems,
        "head": showing.headline(found, places[0], language, newest=newest) if places else None,
        "meaning": means,
        "reader": language,
        "notes": notes(found),
        "nothing": why_nothing(found) if not places else "",
        "is_filtered": bool(choice.query()),
        "controls": _controls(found, choice, language),
        "source": showing.source_of(found, language),
        "downloads": downloads(choice, language),
        "appearances": _related(request, choice.shown.concept, words, language),
        "absent": missing_sentence(lacking) if (lacking := absent(found, language)) else "",
        "structured": dataset_block(found, label, means, language) if places else None,
        "taken": taken(replace(found, choice=choice), language) if places else None,
        "compare_url": choice.comparison_address(language=language),
    }
    if places:
        context |= _over_time(found, places, label, language, are_equal=len(choice.places) > 1)
        context["parts"] = _parts(parts, places[0], label, language)
        context["revisions"] = showing.revisions(found, newest, places[0], language)
    if when is not None:
        context |= _by_country(found, choice, populations, label, language)
    return render(request, "statistics/indicator.html", context)


def _over_time(
    found: Chosen, places: Sequence[str], label: str, language: str, *, are_equal: bool
) -> dict[str, Any]:
    recent, before = showing.over_time(found, places, language)
    letters = [one.flags for row in (*recent, *before) for one in row.cells]
    return {
        "line": pictures.over_time(
            found, places, title=label, language=language, are_equal=are_equal
        ),
        "columns": showing.place_names(places, language),
        "recent": recent,
        "before": before,
        "has_previous": found.choice.frequency != "A",
        "legend": showing.legend(letters, language),
    }


def _parts(parts: Sequence[Chosen], place: str, label: str, language: str) -> dict[str, Any] | None:
    """What the figures of a place are made of, by year; none unless all parts are known."""
    lines = [(showing.label_of(one.choice.shown, language), one.lines.get(place)) for one in parts]
    there = [(name, line) for name, line in lines if line is not None and line.latest]
    if not there or len(there) < len(parts):
        return None
    numbers = parts[0].numbers[-MOST_COLUMNS:]
    title = f"{label}, {showing.place_names([place], language)[0]}"
    newest = at_ordinal(numbers[-1], "A")
    return {
        "picture": pictures.of_parts(there, numbers, title=title, language=language).page(),
        "place": showing.place_names([place], language)[0],
        "columns": [name for name, _line in there],
        "rows": [
            (period_words(when, language), [showing.cell(line.at(when), language)
                                            for _name, line in there])
            for when in (at_ordinal(one, "A") for one in reversed(numbers))
        ],
        "period": period_words(newest, language),
    }  # fmt: skip


def _by_country(
    found: Chosen, choice: Choice, populations: Chosen, label: str, language: str
) -> dict[str, Any]:
    if found.newest is None:
        return {}
    beside = showing.countries(found, found.newest, populations, language, choice.places)
    if not beside.figures:
        return {"beside": None}
    title = f"{label}, {beside.period}"
    said: dict[str, Any] = {"chosen": choice.places, "title": title, "language": language}
    return {
        "beside": beside,
        "bars": pictures.by_country(beside.figures, **said).page(),
        "map": pictures.on_map(beside.figures, **said).page(),
        "shapes": [
            (shape, downloads_of_shape(choice, language, shape),
             frame_code(choice, language, shape))
            for shape in OF_ALL
        ],
        "beside_legend": showing.legend([one.cell.flags for one in beside.rows], language),
        "beside_missing": missing_sentence(list(beside.missing)) if beside.missing else "",
    }  # fmt: skip


def _controls(found: Chosen, choice: Choice, language: str) -> list[controls.Control]:
    places = [code for code in found.lines if code not in EU]
    made = [
        controls.by_period(choice),
        controls.place(choice, [*([found.eu] if found.eu else []), *places], language),
        controls.since(found),
        controls.known(choice, controls.vintages(found), language),
    ]
    return [one for one in made if one.is_needed]


def _related(request: HttpRequest, slug: str, words: Lexicon, language: str) -> list[Any]:
    """What is published about the concept, and about what is narrower."""
    if slug not in words.concepts:
        return []
    slugs = sorted(words.with_narrower(slug))
    found = rows(
        ("concept-keys", len(slugs)),
        lambda values: Concept.objects.filter(slug__in=values).order_by().values_list("pk"),
        slugs,
    )
    pks = sorted(pk for (pk,) in found)
    if not pks:
        return []
    return appearances(request, Subject("concept", slug, pks, language))
