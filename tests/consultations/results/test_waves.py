"""Waves: their names, which follow each other, what is compared; what files tell of rankings."""

import csv
import datetime
import io
import json

from consulting import made_instrument, made_round, respond
from django.test import Client
from django.utils import timezone

from contactpoint.consultations.models import Round, Version
from contactpoint.consultations.questions import Choice, Instrument, Kind, Question, Section
from contactpoint.consultations.waves import wave_name, waves_with

ORDERS = ("abc", "acb", "bac", "bca", "cab", "cba")


def _ranking(rule: str = "") -> Instrument:
    asked = (
        Question("order", Kind.RANKING, {"en": "In which order?"}, choices="abc"),
        Question(
            "several", Kind.MANY, {"en": "Which?"}, choices="abc",
            constraint=rule or "count-selected(.) <= 3",
        ),
    )  # fmt: skip
    sections = (Section("all", {"en": "All"}, questions=asked),)
    sets = {"abc": tuple(Choice(one, {"en": one.upper()}) for one in "abc")}
    return Instrument("ranking", ("en",), {"en": "Ranking"}, sections=sections, choice_sets=sets)


def _over(instrument: object, **fields: object) -> Round:
    ended = timezone.now() - datetime.timedelta(days=2)
    values = {"closes_at": ended, "published_at": ended, **fields}
    return made_round(instrument, **values)  # type: ignore[arg-type]


def test_a_wave_is_named_in_the_language_of_its_reader(client: Client, survey: Round) -> None:
    survey.wave_names = {"en": "spring 2019", "fr": "printemps 2019"}
    survey.save()
    page = client.get("/fr/consultations/housing/").content.decode()
    assert "printemps 2019" in page
    assert "spring 2019" not in page
    said = json.loads(client.get("/fr/consultations/housing/results.json").content)
    assert said["metadata"]["wave"] == "printemps 2019"


def test_only_rounds_that_follow_each_other_are_waves(client: Client, survey: Round) -> None:
    second = _over(survey.instrument, previous=survey, wave_names={"en": "second"})
    third = _over(survey.instrument, previous=second, wave_names={"en": "third"})
    other = _over(survey.instrument, wave_names={"en": "pilot"})
    for one in (survey, second, third):
        assert waves_with(one) == {survey.pk, second.pk, third.pk}
        page = client.get(f"/en/consultations/{one.code}/").content.decode()
        assert "third" in page
        assert "pilot" not in page
    assert waves_with(other) == {other.pk}
    assert "<dt>Waves</dt>" not in client.get(f"/en/consultations/{other.code}/").content.decode()
    survey.previous = third
    survey.save()
    assert len(waves_with(survey)) == 3, "a circle that was made before is no trap"
    assert wave_name(survey) == "2019"


def test_mean_ranks_stand_in_the_files_and_the_csv_has_a_codebook(
    client: Client, site: object
) -> None:
    round = _over(made_instrument(_ranking()))
    for order in ORDERS * 3:
        respond(round, {"order": list(order)})
    text = client.get(f"/en/consultations/{round.code}/results.csv").content.decode("utf-8-sig")
    rows = {(row["question"], row["answer"]): row for row in csv.DictReader(io.StringIO(text))}
    assert rows["order", "a"]["mean_rank"] == "2.0"
    book = client.get(f"/en/consultations/{round.code}/codebook.csv").content.decode("utf-8-sig")
    assert "order,ranking,In which order?,choice,a,A" in book
    assert "/codebook.csv" in client.get(f"/en/consultations/{round.code}/").content.decode()
    Round.objects.update(published_at=None)
    assert client.get(f"/en/consultations/{round.code}/codebook.csv").status_code == 404


def test_the_whole_ranking_of_one_person_is_not_told_by_mean_ranks(
    client: Client, site: object
) -> None:
    round = _over(made_instrument(_ranking()))
    for at in range(20):
        respond(round, {"order": ["a" if at < 10 else "b"]})
    respond(round, {"order": ["c", "a", "b"]})
    page = client.get(f"/en/consultations/{round.code}/").content.decode()
    assert "Mean rank" not in page
    text = client.get(f"/en/consultations/{round.code}/results.csv").content.decode("utf-8-sig")
    assert {row["mean_rank"] for row in csv.DictReader(io.StringIO(text))} == {""}


def test_where_another_number_may_be_chosen_nothing_is_compared(
    client: Client, site: object
) -> None:
    instrument = made_instrument(_ranking("count-selected(.) <= 2"))
    first = _over(instrument)
    definition = json.loads(
        json.dumps(first.version.definition).replace("<= 2", "<= 3")  # type: ignore[union-attr]
    )
    Version.objects.create(instrument=instrument, number=2, is_frozen=True, definition=definition)
    second = _over(instrument, previous=first)
    for one in (first, second):
        for at in range(30):
            respond(one, {"several": ["a"] if at % 2 else ["b", "c"]})
    page = client.get(f"/en/consultations/{second.code}/").content.decode()
    assert "Not compared: the rule for what may be chosen has changed" in page


def test_within_the_hour_of_grace_the_page_says_when_results_come(
    client: Client, site: object
) -> None:
    now = timezone.now()
    round = made_round(closes_at=now - datetime.timedelta(minutes=20), published_at=now)
    page = client.get(f"/en/consultations/{round.code}/").content.decode()
    assert "Who had begun may still send their answers; its results will stand here from" in page
    assert "once they are published" not in page
    Round.objects.update(published_at=None)
    page = client.get(f"/en/consultations/{round.code}/").content.decode()
    assert "once they are published" in page
