"""Loads the demo's study and ad-hoc query, with example answers that no state gave."""

import datetime
import logging
import tomllib
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from contactpoint.consultations.models import (
    Answer,
    Instrument,
    Response,
    Round,
    StateAsked,
    Version,
)
from contactpoint.consultations.questions import carried, restored
from contactpoint.consultations.studies.family import write
from contactpoint.glossary.models import Concept, Theme
from contactpoint.network.models import Country
from contactpoint.outputs.figure_reports import lists_by_language

FOLDER: Final = Path(__file__).parent / "demo"
log = logging.getLogger(__name__)
_NOON: Final = datetime.time(12)


@transaction.atomic
def load_answers_of_states(folder: Path = FOLDER) -> int:
    """Create the rounds that are not there yet; returns how many were made. The same each time."""
    made = 0
    for path in sorted(folder.glob("*.toml")):
        with path.open("rb") as file:
            content = tomllib.load(file)
        codes = [one["code"] for one in content["rounds"]]
        there = set(Round.objects.filter(code__in=codes).values_list("code", flat=True))
        version = _version(content)
        for data in content["rounds"]:
            if data["code"] not in there:
                round = _round(version, data)
                made += 1
                if data.get("family") and lists_by_language():
                    write(round, publish=True, day=data["published_on"])
    return made


def _version(content: dict[str, Any]) -> Version:
    asked = restored(content["instrument"])
    instrument, _made = Instrument.objects.get_or_create(
        code=asked.code, defaults={"kind": content["kind"], "labels": dict(asked.titles)}
    )
    version, _made = Version.objects.get_or_create(
        instrument=instrument,
        number=1,
        defaults={"definition": carried(asked), "is_frozen": True},
    )
    return version


def _round(version: Version, data: dict[str, Any]) -> Round:
    states = {one.code: one for one in Country.objects.filter(code__in=data["asked"])}
    round = Round.objects.create(
        instrument=version.instrument,
        version=version,
        code=data["code"],
        reference=data["reference"],
        labels=data["labels"],
        introductions=data["introductions"],
        summaries=data.get("summaries", {}),
        access=Round.Access.STATES,
        status=Round.Status.CLOSED,
        is_example=True,
        requested_by=states.get(data.get("requested_by", "")),
        opens_at=_noon(data["opens_on"]),
        closes_at=_noon(data["closes_on"]),
        closed_at=_noon(data["closes_on"]),
        published_at=_noon(data["published_on"]),
    )
    round.themes.set(Theme.objects.filter(slug__in=data["themes"]))
    concepts = list(Concept.objects.filter(slug__in=data["concepts"]))
    if missing := {*data["concepts"]} - {one.slug for one in concepts}:
        log.warning("The example %s names no concept of the glossary: %s.", round.code,
                    ", ".join(sorted(missing)))  # fmt: skip
    round.concepts.set(concepts)
    StateAsked.objects.bulk_create(
        StateAsked(round=round, country=states[code], status=states[code].emn_status)
        for code in data["asked"]
    )
    for one in data["responses"]:
        _response(round, version, states[one["state"]], one)
    return round


def _response(round: Round, version: Version, state: Country, data: dict[str, Any]) -> None:
    day = data["answered_on"]
    response = Response.objects.create(
        round=round,
        version=version,
        country=state,
        language=data.get("language", "en"),
        status=Response.Status.SENT,
        begun_on=day,
        sent_on=day,
        sent_at=_noon(day),
    )
    Answer.objects.bulk_create(
        Answer(
            response=response,
            question=code,
            value=one["value"],
            remark=one.get("remark", ""),
            sources=one.get("sources", []),
            dissemination=one.get("mark", Answer.Dissemination.WIDE),
            answered_on=day,
            confirmed_on=data.get("confirmed_on"),
            valid_until=data.get("valid_until"),
        )
        for code, one in data["answers"].items()
    )


def _noon(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, _NOON))
