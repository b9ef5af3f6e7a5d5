"""What the public is told of a question as a whole: the middle of its numbers, the mean ranks."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from contactpoint.consultations.questions import Kind, Question
from contactpoint.consultations.tables.gates import named
from contactpoint.consultations.tables.keeping import Kept
from contactpoint.consultations.tables.numbers import Summary, summary
from contactpoint.consultations.tables.sheets import NUMBERS, Sheet, numbers_of
from contactpoint.consultations.tables.tallies import ranked


def summaries(sheet: Sheet, kept: Mapping[str, Kept], least: int) -> dict[str, Summary]:
    """Where no class is hidden and enough stand on each side."""
    questions = {one.code: one for one in sheet.instrument.questions()}
    found: dict[str, Summary] = {}
    for key, one in kept.items():
        if one.column.kind not in NUMBERS and one.column.kind is not Kind.DATE:
            continue
        said = summary(numbers_of(questions[key], sheet.respondents))
        if said is None or one.hidden or said.answered < 2 * least:
            continue
        said = replace(said, least=None, greatest=None)
        if said.answered < 4 * least:
            said = replace(said, lower=None, upper=None)
        found[key] = said
    return found


def mean_ranks(sheet: Sheet, kept: Mapping[str, Kept], least: int) -> dict[str, dict[str, Decimal]]:
    """Where all that a mean could tell of may be known: it is a sum over who gave a whole ranking,
    and beside it stand the first places of everybody."""
    questions = {one.code: one for one in sheet.instrument.questions()}
    ruled = {
        name for one in questions.values() for name in named(f"{one.constraint} {one.required}")
    }
    return {
        code: {one: round(mean, 1) for one, mean in means.items()}
        for code, means in ranked(sheet, range(len(sheet.respondents))).items()
        if code in kept and not kept[code].hidden
        if code not in ruled and not questions[code].constraint
        if _are_places_large(sheet, questions[code], least)
    }


def _are_places_large(sheet: Sheet, question: Question, least: int) -> bool:
    """Whether enough whole rankings have each choice in each place, and as many of those that are
    not whole each first place that occurs among them."""
    if least <= 1:
        return True
    choices = [one.code for one in sheet.instrument.choices_of(question)]
    places: Counter[tuple[str, int]] = Counter()
    others: Counter[str] = Counter()
    for one in sheet.respondents:
        if question.code not in one.asked:
            continue
        given = one.values.get(question.code)
        ranking = given if isinstance(given, list) else []
        if len(ranking) == len(choices):
            places.update((code, place) for place, code in enumerate(ranking))
        else:
            others[next(iter(ranking), "")] += 1
    every = [places[code, place] for code in choices for place in range(len(choices))]
    return min([*every, *others.values()]) >= least
