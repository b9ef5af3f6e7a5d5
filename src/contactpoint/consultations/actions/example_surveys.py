"""Example surveys for the demo: questions of our own, answers that nobody gave. `is_example` marks
their rounds, and whatever is shown of them repeats it."""

import copy
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from contactpoint.consultations.models import Answer, Instrument, Response, Round, Version
from contactpoint.consultations.questions import Instrument as Asked
from contactpoint.consultations.questions import Kind, Question, carried, restored
from contactpoint.consultations.questions.definition import Value
from contactpoint.consultations.questions.differences import Nature, as_data, differences
from contactpoint.consultations.questions.walking import course
from contactpoint.glossary.models import Concept, Theme
from contactpoint.network.models import Institution

FOLDER: Final = Path(__file__).parents[1] / "data" / "surveys"
INSTRUMENTS: Final = {"housing": ["housing_2019"], "glossary_users": []}
"""File of the first version → files of what changed in the later ones."""
OPENED_BEFORE: Final = timedelta(days=7)
FOLLOWS: Final = "follows"


@transaction.atomic
def load_example_surveys() -> int:
    """Create what is not there yet; returns how many rounds were made."""
    for first, later in INSTRUMENTS.items():
        _make_instrument(_read(first), [_read(one) for one in later])
    return sum(_make_round(fields) for fields in _read("rounds")["rounds"])


def _read(name: str) -> dict[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _make_instrument(first: dict[str, Any], later: list[dict[str, Any]]) -> None:
    code = first["code"]
    if Instrument.objects.filter(code=code).exists():
        return
    instrument = Instrument.objects.create(
        code=code, kind=Instrument.Kind.SURVEY, labels=first["titles"]
    )
    asked = restored(first)
    _make_version(instrument, 1, asked, [])
    data = first
    for number, changed in enumerate(later, 2):
        data = _changed(data, changed)
        before, asked = asked, restored(data)
        _make_version(instrument, number, asked, _logged(before, asked))


def _make_version(
    instrument: Instrument, number: int, asked: Asked, changes: list[dict[str, Any]]
) -> None:
    Version.objects.create(
        instrument=instrument,
        number=number,
        definition=carried(asked),
        changes=changes,
        is_frozen=True,
    )


def _changed(data: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    """With other fields of some questions, and with more choices in some sets."""
    new = copy.deepcopy(data)
    for section in new["sections"]:
        for question in section["questions"]:
            question.update(changed.get("questions", {}).get(question["code"], {}))
    for name, choices in changed.get("choice_sets", {}).items():
        new["choice_sets"][name] += choices
    return new


def _logged(before: Asked, after: Asked) -> list[dict[str, Any]]:
    """What differs; that it was put more clearly changed no meaning, as its editors said."""
    return [as_data(one) | {"nature": Nature.COSMETIC.value} for one in differences(before, after)]


def _make_round(fields: dict[str, Any]) -> int:
    if Round.objects.filter(code=fields["code"]).exists():
        return 0
    instrument = Instrument.objects.get(code=fields["instrument"])
    version = instrument.versions.get(number=fields["version"])
    round = Round.objects.create(
        instrument=instrument,
        version=version,
        code=fields["code"],
        labels=fields["labels"],
        introductions=fields["introductions"],
        summaries=fields.get("summaries", {}),
        wave_names=fields["wave_names"],
        reference=fields.get("reference", ""),
        previous=Round.objects.filter(code=fields.get("previous")).first(),
        invited=fields.get("invited"),
        background=fields["background"],
        is_anonymous=fields.get("is_anonymous", False),
        is_example=True,
        institution=Institution.objects.filter(slug=fields["institution"]).first(),
        **_times(fields),
    )
    round.themes.set(Theme.objects.filter(slug__in=fields["themes"]))
    round.concepts.set(Concept.objects.filter(slug__in=fields["concepts"]))
    _answer(round, version.asked(), fields)
    return 1


def _times(fields: dict[str, Any]) -> dict[str, Any]:
    """One that is open is so from the day of loading; the others are long over."""
    if "open_for_days" in fields:
        now = timezone.now()
        return {
            "access": Round.Access.OPEN,
            "status": Round.Status.OPEN,
            "opens_at": now - OPENED_BEFORE,
            "closes_at": now + timedelta(days=fields["open_for_days"]),
        }
    return {
        "access": Round.Access.PERSONAL,
        "status": Round.Status.CLOSED,
        "opens_at": fields["opens"],
        "closes_at": fields["closes"],
        "closed_at": fields["closes"],
        "published_at": fields["published"],
    }


def _answer(round: Round, asked: Asked, fields: dict[str, Any]) -> None:
    """Everybody answers what they are asked, in the language that their texts are in."""
    opened: datetime = round.opens_at or timezone.now()
    language = "" if round.is_anonymous else asked.language
    dealt = _dealt(asked, fields)
    responses = []
    for place in range(fields["respondents"]):
        day = (opened + timedelta(days=place % 20)).date()
        responses.append(
            Response(
                round=round,
                version=round.version,
                language=language,
                status=Response.Status.SENT,
                begun_on=day,
                sent_on=day,
            )
        )
    made = Response.objects.bulk_create(responses)
    rows = []
    for response, values in zip(made, dealt, strict=True):
        kept = course(asked, values, today=response.begun_on).values
        rows += [
            Answer(response=response, question=code, value=value, answered_on=response.begun_on)
            for code, value in kept.items()
        ]
    Answer.objects.bulk_create(rows)


def _dealt(asked: Asked, fields: dict[str, Any]) -> list[dict[str, Value]]:
    """What each respondent says, by lot that is always the same."""
    number, answers = fields["respondents"], fields["answers"]
    people: list[dict[str, Value]] = [{} for _ in range(number)]
    for question in asked.questions():
        given = answers.get(question.code)
        if given is not None:
            draw = Random(f"{fields['code']} {question.code}")  # noqa: S311 — nothing secret
            _deal(asked, question, given, people, draw)
    for code, texts in fields.get("words", {}).items():
        draw = Random(f"{fields['code']} {code}")  # noqa: S311 — nothing secret
        said = [text for one in texts for text in one["texts"]]
        for person, text in zip(draw.sample(people, len(said)), said, strict=True):
            person[code] = text
    return people


def _deal(
    asked: Asked,
    question: Question,
    given: Mapping[str, Any],
    people: list[dict[str, Value]],
    draw: Random,
) -> None:
    code = question.code
    if question.kind is Kind.MATRIX:
        for person in people:
            person[code] = {}
        for row, numbers in given.items():
            for person, value in zip(people, _lots(numbers, len(people), draw), strict=True):
                held = person[code]
                if value is not None and isinstance(held, dict):
                    held[row] = str(value)
        return
    if question.kind is Kind.MANY:
        for person in people:
            person[code] = []
        for choice in asked.choices_of(question):
            for person in draw.sample(people, given.get(choice.code, 0)):
                held = person[code]
                if isinstance(held, list):
                    held.append(choice.code)
        return
    order = _leaning(asked, str(given.get(FOLLOWS, "")), people, draw)
    numbers = {value: count for value, count in given.items() if value != FOLLOWS}
    lots = _lots(numbers, len(people), None if FOLLOWS in given else draw)
    for place, value in zip(order, lots, strict=True):
        if value is not None:
            people[place][code] = _shaped(question, str(value))


def _shaped(question: Question, value: str) -> Value:
    if question.kind is Kind.RANKING:
        return value.split()
    return int(value) if question.kind is Kind.INTEGER else value


def _lots(numbers: Mapping[str, int], people: int, draw: Random | None) -> list[str | None]:
    """So many of each, None for who says nothing; in their order where no lot is drawn."""
    lots: list[str | None] = [value for value, count in numbers.items() for _ in range(count)]
    lots += [None] * (people - len(lots))
    if draw is not None:
        draw.shuffle(lots)
    return lots


def _leaning(asked: Asked, code: str, people: list[dict[str, Value]], draw: Random) -> list[int]:
    """Places of respondents, roughly in the order of what they said to another question."""
    question = asked.question(code) if code else None
    if question is None:
        return list(range(len(people)))
    ranks = {one.code: at for at, one in enumerate(asked.choices_of(question))}
    keys = [ranks.get(str(person.get(code)), 0) + draw.random() * 7 for person in people]
    return sorted(range(len(people)), key=lambda place: keys[place])
