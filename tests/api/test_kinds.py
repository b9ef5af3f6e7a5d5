"""What only some lists tell: hours, figures, answers of states, guidance."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import guided
import pytest
from consulting import housing, made_instrument, made_query, made_round, state_answers
from django.utils import timezone
from factories import MadeSite, make_output
from made_answers import applicants
from storing import kept

from contactpoint.consultations.models import Answer
from contactpoint.guidance.models import GuideText

Ask = Callable[..., Any]


def test_events_come_by_their_beginning_and_never_tell_how_to_join(
    ask: Ask, site: MadeSite
) -> None:
    for year in (2024, 2026, 2025):
        make_output(
            site,
            "event",
            title=f"In {year}",
            place="Brussels",
            starts_at=datetime.datetime(year, 5, 1, 9, tzinfo=datetime.UTC),
            join_url="https://meet.example.org/secret",
        )
    make_output(site, title="No event")
    said = ask("events?sort=starts")
    assert [one["title"]["en"] for one in said["data"]] == ["In 2024", "In 2025", "In 2026"]
    assert said["data"][0]["starts"] == "2024-05-01T09:00:00Z"
    assert said["data"][0]["place"] == {"en": "Brussels"}
    later = ask("events?starts_from=2025-05-01T11:00:00%2B02:00")["data"]
    assert [one["title"]["en"] for one in later] == ["In 2026", "In 2025"]
    assert "secret" not in str(said)


def test_a_vacancy_leaves_the_list_after_its_day_and_keeps_its_address(
    ask: Ask, site: MadeSite
) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    page = make_output(site, "vacancy", closes_on=yesterday)
    assert ask("outputs?kind.any=vacancy")["data"] == []
    assert ask(f"outputs/{page.translation_key}")["closes"] == yesterday.isoformat()


def test_figures_tell_where_their_values_are(
    ask: Ask, client: Any, site: MadeSite, tmp_path: Path
) -> None:
    assert ask("figures")["data"] == []
    path = tmp_path / "answer.json"
    path.write_bytes(applicants(BE=[1500] * 6, EU27_2020=[9000] * 6))
    kept(path)
    (told,) = ask("figures")["data"]
    assert told["id"] == "first-time-applicants"
    assert told["places"] == ["BE", "EU27_2020"]
    assert "month" in told["periods"]
    for address in told["downloads"].values():
        assert client.get(address).status_code == 200
    assert ask("figures/first-time-applicants")["label"]["fr"] != told["label"]["en"]
    assert ask("figures/nowhere", 404)


@pytest.fixture
def query(db: None) -> Any:
    return made_query()


def test_a_query_tells_what_states_let_everybody_know(ask: Ask, query: Any) -> None:
    state_answers(query, "BE", {"feasible": "no", "why": "Too few places."}, language="en")
    state_answers(query, "FR", {"feasible": "yes", "why": "Secret."}, Answer.Dissemination.NETWORK)
    (listed,) = ask("queries")["data"]
    assert listed["title"] == {"en": "Housing", "nl": "Huisvesting"}
    assert listed["answered_by"] == ["BE"]
    assert "answers" not in listed
    told = ask(f"queries/{query.code}")
    assert {one["country"] for one in told["answers"]} == {"BE"}
    assert "Secret" not in str(told)
    by_question = {one["question"]: one for one in told["answers"]}
    assert by_question["why"]["text"] == {"en": "Too few places."}
    assert by_question["feasible"]["chosen"] == {"feasible": ["no"]}


def test_a_query_that_is_not_published_and_a_survey_are_not_told(ask: Ask, query: Any) -> None:
    query.published_at = None
    query.save()
    survey = made_round(made_instrument(housing("survey")), is_listed=True)
    assert ask("queries")["data"] == []
    assert ask(f"queries/{query.code}", 404)
    assert ask(f"queries/{survey.code}", 404)


def test_guidance_is_told_in_the_languages_in_which_it_is_live(ask: Ask, site: MadeSite) -> None:
    guided.load()
    assert ask("guidance")["data"] or not GuideText.objects.filter(live=True).exists()
    text = GuideText.objects.filter(live=True).first()
    assert text is not None
    told = ask(f"guidance/{text.guide.code}")
    assert told["title"][text.language] == text.title
    assert told["text"][text.language]
    text.live = False
    text.save()
    status = 200 if text.guide.texts.filter(live=True).exists() else 404
    assert text.title not in str(ask(f"guidance/{text.guide.code}", status))
