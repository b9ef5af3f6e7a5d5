"""What only some lists tell: hours, figures, answers of states, guidance."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import guided
import pytest
from consulting import housing, made_instrument, made_query, made_round, state_answers
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import MadeSite, make_concept, make_output, make_theme
from made_answers import applicants
from storing import kept

from contactpoint.api.resources.found import names
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


def test_values_come_by_place_and_period_with_flags_changes_and_the_day_of_knowledge(
    ask: Ask, client: Any, site: MadeSite
) -> None:
    kept(applicants(BE=[1000, 1100, None, 900, 950, 980], EU27_2020=[9000] * 6))
    path = "figures/first-time-applicants/values"
    said = ask(f"{path}?by=month&place=BE")
    assert (said["indicator"], said["by"], said["unit"]) == (
        "first-time-applicants",
        "month",
        "PER",
    )
    assert said["vintage"] == "2019-06-17"
    values = {one["period"]: one for one in said["data"]}
    assert (values["2018-08"]["value"], "2018-09" in values) == (1100, False)
    assert values["2018-08"]["change_previous"]["value"] == pytest.approx(0.1, abs=0.01)
    assert values["2018-10"]["change_previous"]["reason"] == "no-base"
    assert "migr_asyappctzm" in values["2018-08"]["source"]
    alone = ask(values["2018-08"]["self"].partition("/api/v1/")[2])
    assert alone["data"] == [values["2018-08"]]
    assert client.get(said["csv"]).status_code == 200
    assert ask(f"{path}?by=month&known=2019-01-01")["data"] == []
    assert ask("figures/nowhere/values", 404)["type"].endswith("#problem-not-found")
    wrong = ask(f"{path}?by=month&place=BE&known=2999-01-01", 404)
    assert "known" in [one["parameter"] for one in wrong["errors"]]


def test_values_go_on_by_cursor_and_tell_each_once_though_more_come(
    ask: Ask, site: MadeSite
) -> None:
    kept(applicants(BE=[1000] * 6, FR=[2000] * 6))
    told, path = [], "figures/first-time-applicants/values?by=month&limit=5&fields=value"
    while path:
        said = ask(path)
        told += [one["id"] for one in said["data"]]
        if len(told) == 5:
            kept(
                applicants(AT=[1] * 6, BE=[1000] * 6, FR=[2000] * 6), day="2019-07-17", accept=True
            )
        path = (said["next"] or "").partition("/api/v1/")[2]
    assert told == sorted(set(told))
    assert {one[:2] for one in told} == {"BE", "FR"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("concept.any=applicant", []),
        ("place.all=BE,EU27_2020", ["first-time-applicants"]),
        ("place.any=FR,BE", ["first-time-applicants"]),
        ("place.none=BE", []),
    ],
)
def test_figures_are_narrowed_by_place_and_concept(
    ask: Ask, site: MadeSite, query: str, found: list[str]
) -> None:
    make_concept("applicant", en="applicant")
    kept(applicants(BE=[1500] * 6, EU27_2020=[9000] * 6))
    assert [one["id"] for one in ask(f"figures?{query}")["data"]] == found


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


def test_queries_are_narrowed_by_theme_and_kind(ask: Ask, query: Any) -> None:
    query.themes.add(make_theme("asylum"))
    make_theme("return")
    for asked, number in {
        "theme.any=asylum,return": 1, "theme.all=asylum,return": 0, "theme.none=asylum": 0,
        "kind.any=query": 1, "kind.none=query": 0,
    }.items():  # fmt: skip
        assert len(ask(f"queries?{asked}")["data"]) == number, asked


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


def test_guidance_is_narrowed_by_language(ask: Ask, site: MadeSite) -> None:
    guided.load()
    GuideText.objects.update(live=True)
    arabic = {one["id"] for one in ask("guidance?language.any=ar")["data"]}
    assert arabic == set(
        GuideText.objects.filter(language="ar").values_list("guide__code", flat=True)
    )
    others = {one["id"] for one in ask("guidance?language.none=ar")["data"]}
    assert others
    assert not others & arabic


def queries_for(client: Any, path: str) -> int:
    client.get(f"/api/v1/{path}")  # what is kept from the first request on
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/api/v1/{path}").status_code == 200
    return len(queries)


def test_figures_and_their_values_cost_the_same_however_many(client: Any, site: MadeSite) -> None:
    kept(applicants(BE=[1500] * 6))
    few = [queries_for(client, f"figures{rest}") for rest in ("", "/first-time-applicants/values")]
    places = {code: [1500] * 6 for code in ("AT", "BE", "BG", "CY", "CZ", "DE", "EE", "ES", "FI")}
    kept(applicants(**places), day="2019-07-17", accept=True)
    many = [queries_for(client, f"figures{rest}") for rest in ("", "/first-time-applicants/values")]
    assert many == few
    assert few[0] <= 6
    assert few[1] <= 5


def test_queries_cost_the_same_however_many(client: Any, db: None) -> None:
    def more(numbers: range) -> None:
        for number in numbers:
            made = made_query(asked=housing(f"housing{number}"))
            made.themes.add(make_theme(f"t{number}"))
            for state in ("BE", "FR"):
                state_answers(made, state, {"feasible": "no", "why": "Few."}, language="en")

    more(range(1))
    few = queries_for(client, "queries")
    more(range(1, 6))
    assert queries_for(client, "queries") == few <= 45


def test_guidance_costs_the_same_however_much(client: Any, site: MadeSite) -> None:
    guided.load()
    GuideText.objects.update(live=False)
    first = GuideText.objects.order_by("pk").first()
    assert first is not None
    GuideText.objects.filter(pk=first.pk).update(live=True)
    few = queries_for(client, "guidance")
    GuideText.objects.update(live=True)
    assert queries_for(client, "guidance") == few <= 6


def test_what_is_found_is_named_as_in_its_own_list(
    ask: Ask, client: Any, query: Any, site: MadeSite, fill: Callable[[], None]
) -> None:
    state_answers(query, "BE", {"feasible": "no", "why": "Too few places."}, language="en")
    guided.load()
    make_concept("reception", en="reception")
    make_theme("asylum", en="Asylum")
    make_output(site, "publication", title="Study")
    kept(applicants(BE=[1500] * 6))
    fill()
    told, path = [], "search?limit=100"
    while path:
        said = ask(path)
        told += said["data"]
        path = (said["next"] or "").partition("/api/v1/")[2]
    lists = set()
    for one in told:
        place = one["self"].partition("/api/v1/")[2]
        if place:
            lists.add(place.partition("/")[0])
            itself = ask(place)
            assert (one["id"], one["self"]) == (itself["id"], itself["self"])
        assert client.get(one["link"].partition("8000")[2]).status_code == 200, one["link"]
    assert lists >= {"outputs", "queries", "concepts", "themes", "figures", "guidance"}
    by_country = next(one for one in told if one["id"].startswith("statistics:"))
    assert by_country["self"] == by_country["link"]


def test_naming_what_is_found_takes_as_many_queries_for_many(
    query: Any, site: MadeSite, django_assert_max_num_queries: Any
) -> None:
    guided.load()
    guides = [f"guide:{pk}" for pk in GuideText.objects.values_list("guide", flat=True)]
    with django_assert_max_num_queries(8):
        assert names([*guides, f"consultation:{query.pk}", "page:1", "output:x"])
