"""Lists and things: what is told, narrowed, ordered, and gone on with."""

import datetime
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import (
    MadeSite,
    make_concept,
    make_country,
    make_family,
    make_institution,
    make_output,
    make_theme,
)

from contactpoint.api import cursors
from contactpoint.outputs.models import Correction, FamilyLink, Output

Ask = Callable[..., Any]
BASE = "http://localhost:8000"


def titles(said: Any) -> list[str]:
    return [next(iter(one["title"].values())) for one in said["data"]]


def test_texts_are_maps_from_languages_and_nothing_untranslated_is_made_up(
    ask: Ask, study: Output
) -> None:
    (told,) = ask("outputs")["data"]
    assert told["title"] == {"en": "Housing of families", "fr": "Le logement des familles"}
    assert told["teaser"] == {"en": "Where families live."}
    assert set(told["url"]) == {"en", "fr"}
    (theme,) = told["themes"]
    assert theme["label"] == {"en": "Reception centres"}
    assert told["institutions"][0]["institution"]["id"] == "fedasil"
    assert told["countries"][0]["label"] == {"en": "Belgium", "fr": "Belgique"}


def test_a_thing_stands_at_the_address_that_it_names(ask: Ask, study: Output) -> None:
    (told,) = ask("outputs")["data"]
    path = told["self"].partition("/api/v1/")[2]
    one = ask(path)
    whole = {"@context": one["@context"], "body": {}, "text": {}}
    assert one == {**told, **whole}


def test_what_nobody_may_see_is_in_no_list_and_at_no_address(ask: Ask, site: MadeSite) -> None:
    closed = make_output(site, title="Closed", private=True)
    draft = make_output(site, title="Draft", live=False)
    assert ask("outputs")["data"] == []
    for page in (closed, draft):
        assert ask(f"outputs/{page.translation_key}", 404)["title"]


def test_a_closed_translation_does_not_lend_its_words(
    ask: Ask, site: MadeSite, study: Output
) -> None:
    make_output(
        site, "publication", language="nl", title="Geheim", translation_of=study, private=True
    )
    (told,) = ask("outputs")["data"]
    assert set(told["title"]) == {"en", "fr"}
    assert ask("outputs?language.any=nl")["data"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("theme.any=asylum", ["Both", "Asylum only"]),
        ("theme.all=asylum,return", ["Both"]),
        ("theme.none=return", ["Asylum only"]),
        ("theme.any=asylum,return", ["Return only", "Both", "Asylum only"]),
        ("theme.any=return&theme.none=asylum", ["Return only"]),
        ("from=2021-02-01", ["Return only", "Both"]),
        ("to=2021-02-01", ["Both", "Asylum only"]),
        ("sort=date", ["Asylum only", "Both", "Return only"]),
        ("kind.any=video", ["Return only"]),
        ("kind.none=video", ["Both", "Asylum only"]),
        ("changed_since=2020-05-17T09:00:00Z", ["Return only", "Both", "Asylum only"]),
        ("changed_since=2990-05-17T09:00:00%2B02:00", []),
    ],
)
def test_filters_take_any_all_and_none(
    ask: Ask, site: MadeSite, query: str, found: list[str]
) -> None:
    dated = datetime.date
    make_output(site, title="Asylum only", themes=["asylum"], published_on=dated(2021, 1, 1))
    make_output(site, title="Both", themes=["asylum", "return"], published_on=dated(2021, 2, 1))
    make_output(
        site, "video", title="Return only", themes=["return"], published_on=dated(2021, 3, 1)
    )
    assert titles(ask(f"outputs?{query}")) == found


def test_a_theme_counts_what_stands_under_it(ask: Ask, study: Output) -> None:
    assert len(ask("outputs?theme.any=asylum")["data"]) == 1
    assert len(ask("outputs?theme.none=asylum")["data"]) == 0


def test_every_page_together_tells_each_thing_once_whatever_is_added_between(
    ask: Ask, client: Client, site: MadeSite
) -> None:
    day = datetime.date(2021, 1, 1)
    for number in range(7):
        make_output(site, title=f"Thing {number}", published_on=day if number % 2 else None)
    told, path = [], "outputs?limit=2"
    while path:
        said = ask(path)
        told += titles(said)
        make_output(site, title="New", published_on=datetime.date(2026, 1, 1))
        path = (said["next"] or "").partition("/api/v1/")[2]
    assert sorted(told) == [f"Thing {number}" for number in range(7)]


def test_the_next_page_stands_in_a_header_too(client: Client, site: MadeSite) -> None:
    for _number in range(2):
        make_output(site)
    answer = client.get("/api/v1/outputs?limit=1&fields=title")
    following = answer.json()["next"]
    assert answer.headers["Link"] == f'<{following}>; rel="next"'
    assert "fields=title" in following
    last = client.get(following)
    assert last.json()["next"] is None
    assert "Link" not in last.headers


@pytest.mark.parametrize("cursor", ["x", "AAAA", "W10", "WyItZGF0ZSIsIjIwMjEtMDEtMDEiLCJ4Il0", "é"])
def test_a_made_up_cursor_is_refused(ask: Ask, site: MadeSite, cursor: str) -> None:
    said = ask(f"outputs?cursor={cursor}", 404)
    assert said["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize(
    ("path", "order"),
    [("outputs", "changed"), ("events", "starts"), ("concepts", "changed")],
)
@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_cursor_at_a_moment_that_no_clock_shows_in_utc_is_refused(
    client: Client, site: MadeSite, path: str, order: str, sign: str, moment: str
) -> None:
    cursor = cursors.written(f"{sign}{order}", moment, str(uuid4()))
    answer = client.get(f"/api/v1/{path}?sort={sign}{order}&cursor={cursor}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"])
def test_a_cursor_at_the_edge_of_time_is_a_place(ask: Ask, site: MadeSite, moment: str) -> None:
    cursor = cursors.written("changed", moment, str(uuid4()))
    ask(f"outputs?sort=changed&cursor={cursor}")


def test_a_cursor_of_another_order_is_refused(ask: Ask, site: MadeSite) -> None:
    for _number in range(2):
        make_output(site)
    path = ask("outputs?limit=1")["next"].partition("/api/v1/")[2]
    assert ask(f"{path}&sort=changed", 404)["errors"][0]["parameter"] == "cursor"


def test_fields_are_chosen(ask: Ask, study: Output) -> None:
    (told,) = ask("outputs?fields=title,date")["data"]
    assert set(told) == {"id", "self", "title", "date"}
    assert set(ask("concepts/reception?fields=label")) == {"@context", "id", "self", "label"}


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("outputs?themes=asylum", 400, "themes"),
        ("outputs?limit=1000", 400, "limit"),
        ("outputs?limit=x", 400, "limit"),
        ("outputs?limit=1&limit=2", 400, "limit"),
        ("outputs?sort=title", 400, "sort"),
        ("outputs?fields=tilte", 400, "fields"),
        ("outputs?from=2021-13-01", 400, "from"),
        ("outputs?changed_since=yesterday", 400, "changed_since"),
        ("outputs?theme.any=", 400, "theme.any"),
        ("outputs?theme.any=asylum,nowhere", 404, "theme.any"),
        ("outputs?country.none=XX", 404, "country.none"),
        ("themes/asylum?limit=1", 400, "limit"),
        ("openapi.json?x=1", 400, "x"),
    ],
)
def test_what_is_wrong_is_named_with_its_mend(
    client: Client, study: Output, path: str, status: int, parameter: str
) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == status
    assert [one["parameter"] for one in said["errors"]] == [parameter]
    assert said["errors"][0]["mend"]


@pytest.mark.parametrize("path", ["nowhere", "outputs/", "outputs/x", "themes/nowhere", "search/x"])
def test_an_address_where_nothing_is_tells_a_problem(ask: Ask, db: None, path: str) -> None:
    assert ask(path, 404)["type"].endswith("#problem-not-found")


def test_concepts_tell_their_names_meanings_and_places(ask: Ask, db: None) -> None:
    make_concept("housing", en="housing")
    make_concept(
        "reception", broader=["housing"], alternatives={"en": ["taking in"]},
        definitions={"en": {"text": "Care.", "source": "Directive"}}, en="reception", fr="accueil",
    )  # fmt: skip
    make_theme("asylum").concepts.set([make_concept("reception")])
    told = ask("concepts/reception")
    assert told["label"] == {"en": "reception", "fr": "accueil"}
    assert told["alternatives"] == {"en": ["taking in"]}
    assert told["definition"] == {"en": "Care."}
    assert told["definition_source"] == {"en": "Directive"}
    assert [one["id"] for one in told["broader"]] == ["housing"]
    assert [one["id"] for one in ask("concepts/housing")["narrower"]] == ["reception"]
    assert [one["id"] for one in ask("concepts?theme.any=asylum")["data"]] == ["reception"]


def test_a_withdrawn_concept_is_not_told(ask: Ask, db: None) -> None:
    concept = make_concept("old")
    concept.status = "deprecated"
    concept.save()
    assert ask("concepts")["data"] == []
    assert ask("concepts/old", 404)


def test_themes_come_in_the_order_of_the_site(ask: Ask, db: None) -> None:
    make_theme("b", position=1)
    make_theme("a", position=2)
    make_theme("c", parent="a", position=3)
    assert [one["id"] for one in ask("themes?limit=2")["data"]] == ["b", "a"]
    assert [one["id"] for one in ask("themes?sort=id")["data"]] == ["a", "b", "c"]
    assert [one["id"] for one in ask("themes/a")["narrower"]] == ["c"]
    assert ask("themes/c")["broader"]["id"] == "a"


def test_institutions_are_narrowed_by_country(ask: Ask, study: Output) -> None:
    body = make_institution("office", en="Office")
    body.country = make_country("BE")
    body.save()
    assert [one["id"] for one in ask("institutions?country.any=BE")["data"]] == ["office"]
    assert [one["id"] for one in ask("institutions?country.none=BE")["data"]] == ["fedasil"]
    assert ask("countries/BE")["label"] == {"en": "Belgium", "fr": "Belgique"}


def test_the_search_answers_with_counts(ask: Ask, study: Output, fill: Callable[[], None]) -> None:
    study.save_revision().publish()
    fill()
    said = ask("search?q=housing&kind.any=publication")
    assert [one["title"] for one in said["data"]] == [{"en": "Housing of families"}]
    assert said["total"] == 1
    kinds = {one["value"]: one["count"] for one in said["facets"]["kind"]}
    assert kinds["publication"] == 1


def test_the_search_goes_on_by_cursor(ask: Ask, site: MadeSite, fill: Callable[[], None]) -> None:
    for number in range(3):
        make_output(site, title=f"Borders {number}", text="borders")
    fill()
    told, path = [], "search?q=borders&limit=2"
    while path:
        said = ask(path)
        told += titles(said)
        path = (said["next"] or "").partition("/api/v1/")[2]
    assert sorted(told) == ["Borders 0", "Borders 1", "Borders 2"]


def test_what_the_cursor_of_the_search_promises_is_said_where_it_is_explained(
    ask: Ask, client: Client, site: MadeSite
) -> None:
    """Its order moves with what is there, so its cursor counts; those of lists are places."""
    paths = ask("openapi.json")["paths"]
    about = {
        name: next(
            one["description"]
            for one in paths[f"/api/v1/{name}"]["get"]["parameters"]
            if one["name"] == "cursor"
        )
        for name in ("search", "outputs")
    }
    assert "come twice or be passed over" in about["search"]
    assert "passed over" not in about["outputs"]
    assert "come twice or be passed over" in client.get("/en/developers/").content.decode()


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("outputs", 13),
        ("outputs?fields=title,body,text", 4),
        ("themes", 5),
        ("concepts", 7),
        ("institutions", 3),
        ("countries", 3),
    ],
)
def test_a_page_costs_the_same_queries_whatever_its_size(
    client: Client, site: MadeSite, path: str, most: int
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert (
                client.get(f"/api/v1/{path}{'&' if '?' in path else '?'}limit=100").status_code
                == 200
            )
        return len(queries)

    def more(numbers: range) -> None:
        for number in numbers:
            make_theme(f"t{number}", parent="top")
            make_concept(f"c{number}", broader=["top"])
            body = make_institution(f"i{number}")
            make_output(
                site, themes=[f"t{number}"], concepts=[f"c{number}"], institutions=[body],
                countries=["BE"],
            )  # fmt: skip

    make_theme("top")
    more(range(2))
    cost()  # what is kept from the first request on
    few = cost()
    more(range(2, 22))
    assert cost() == few <= most


def test_the_whole_text_is_told_of_one_thing_and_in_lists_where_it_is_asked_for(
    ask: Ask, site: MadeSite
) -> None:
    open_page = make_output(site, title="Leads here")
    closed = make_output(site, title="Closed", private=True)
    html = (
        f'<p>A <b>word</b> to <a linktype="page" id="{open_page.pk}">one</a> and '
        f'<a linktype="page" id="{closed.pk}">none</a>.</p><script>alert(1)</script>'
    )
    body = [{"type": "heading", "value": "On & on"}, {"type": "paragraph", "value": html}]
    page = make_output(site, "publication", title="Told", body=json.dumps(body))
    told = ask(f"outputs/{page.translation_key}")
    leads = ask(f"outputs/{open_page.translation_key}")["url"]["en"]
    assert told["body"] == {
        "en": f'<h2>On &amp; on</h2><p>A <b>word</b> to <a href="{leads}">one</a> and '
        "<a>none</a>.</p>"
    }
    assert told["text"]["en"].startswith("On & on\n\nA word to one and none.")
    (listed,) = ask("outputs?kind.any=publication")["data"]
    assert "body" not in listed
    (listed,) = ask("outputs?kind.any=publication&fields=text")["data"]
    assert listed["text"] == told["text"]


def test_studies_corrections_and_covers_are_told(ask: Ask, study: Output) -> None:
    family = make_family("reception-2025", form="study", en="Reception")
    FamilyLink.objects.create(page=study, family=family, part="synthesis")
    Correction.objects.create(page=study, changes={"en": "The year."}, reasons={})
    told = ask(f"outputs/{study.translation_key}")
    assert [(one["id"], one["part"]) for one in told["families"]] == [
        ("reception-2025", "synthesis")
    ]
    assert told["corrections"][0]["change"] == {"en": "The year."}
    assert told["cover"] is None


def test_fields_inside_fields_are_chosen(ask: Ask, study: Output) -> None:
    (told,) = ask("outputs?fields=title,themes.label,institutions")["data"]
    assert set(told) == {"id", "self", "title", "themes", "institutions"}
    assert set(told["themes"][0]) == {"id", "self", "label"}
    (bare,) = ask("outputs?fields=files.bytes,countries.label,countries")["data"]
    assert set(bare["countries"][0]) == {"id", "self", "label"}
    assert ask("outputs?fields=themes.nothing", 400)["errors"][0]["parameter"] == "fields"


def test_what_goes_while_somebody_turns_pages_moves_nothing(ask: Ask, site: MadeSite) -> None:
    pages = [
        make_output(site, title=f"Thing {number}", published_on=datetime.date(2021, 1, 9 - number))
        for number in range(6)
    ]
    said = ask("outputs?limit=2")
    for gone in (pages[1], pages[3]):
        gone.unpublish()
    said = ask(said["next"].partition("/api/v1/")[2])
    assert titles(said) == ["Thing 2", "Thing 4"]
