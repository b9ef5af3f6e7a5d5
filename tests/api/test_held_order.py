"""A list whose order is held is told as one that is asked of the database each time."""

import datetime
import random
from itertools import cycle
from typing import Any

import pytest
from database_work import steps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import MadeSite, make_output, make_theme

from contactpoint.kit import held
from contactpoint.kit.generations import Generations

SORTS = {"outputs": ("date", "-date", "changed"), "events": ("starts", "-starts", "-changed")}


def fill(site: MadeSite, things: int) -> None:
    """Of few days, so that many share one; some in two languages, events without a beginning."""
    chance = random.Random(7)
    for _number in range(things):
        day = datetime.date(2024, 1, chance.randint(1, 4))
        moment = datetime.datetime(2024, 1, chance.randint(1, 4), 12, 0, 0, 5, datetime.UTC)
        kind = chance.choice(["news-item", "event", "event"])
        page = make_output(
            site,
            kind,
            themes=chance.choice([["asylum"], []]),
            published_on=chance.choice([day, None]),
            last_published_at=chance.choice([moment, None]),
            **({"starts_at": moment} if kind == "event" else {}),
        )
        if chance.random() < 0.3:
            make_output(
                site, kind, language="fr", translation_of=page, published_on=day.replace(month=2)
            )


def whole(client: Client, path: str, limit: int, turn: Any = lambda: None) -> list[list[str]]:
    """The keys of all pages of a list; `turn` is called before each."""
    pages, cursor = [], ""
    while True:
        turn()
        going_on = f"&cursor={cursor}" if cursor else ""
        said = client.get(f"{path}&limit={limit}{going_on}").json()
        pages.append([one["id"] for one in said["data"]])
        if not said["next"]:
            return pages
        cursor = said["next"].partition("cursor=")[2].partition("&")[0]


@pytest.mark.parametrize("name", ["outputs", "events"])
def test_it_has_the_same_pages_and_cursors(
    site: MadeSite, client: Client, numbers: Generations, name: str
) -> None:
    make_theme("asylum", en="Asylum")
    fill(site, 25)
    filters = ("", "&theme.any=asylum", "&language.all=en,fr")
    paths = [f"/api/v1/{name}?sort={sort}{some}" for sort in SORTS[name] for some in filters]
    held.end()
    found = {path: whole(client, path, 7) for path in paths}
    held.begin()
    assert {path: whole(client, path, 7) for path in paths} == found
    is_held = cycle([True, False])

    def turn() -> None:
        held.begin() if next(is_held) else held.end()

    assert {path: whole(client, path, 7, turn) for path in paths} == found


def test_it_forgets_what_changed(site: MadeSite, client: Client, numbers: Generations) -> None:
    fill(site, 3)
    before = whole(client, "/api/v1/outputs?sort=date", 100)[0]
    page = make_output(site)
    assert whole(client, "/api/v1/outputs?sort=date", 100)[0] == before  # nobody told
    numbers.changed(["*"])
    assert set(whole(client, "/api/v1/outputs?sort=date", 100)[0]) - set(before) == {
        str(page.translation_key)
    }


@pytest.mark.parametrize(
    "cursor",
    ["WyItZGF0ZSIsICIyMDI0LTAxLTAxIl0", "WyItZGF0ZSIsICIyMDI0LTAxLTAxIiwgIngiXQ", "nothing"],
)
def test_a_cursor_that_leads_nowhere_is_refused(
    site: MadeSite, client: Client, numbers: Generations, cursor: str
) -> None:
    fill(site, 2)
    held_one = client.get("/api/v1/outputs", {"cursor": cursor})
    held.end()
    assert held_one.status_code == 404
    assert client.get("/api/v1/outputs", {"cursor": cursor}).json() == held_one.json()


def test_three_times_as_many_take_no_more_work(
    site: MadeSite, client: Client, numbers: Generations
) -> None:
    path = "/api/v1/outputs?limit=5&fields=title"

    def taken() -> int:
        client.get(path)
        return min(steps(lambda: client.get(path)) for _time in range(2))

    fill(site, 30)
    few = taken()
    fill(site, 60)
    numbers.changed(["*"])
    assert taken() <= 1.2 * few


def test_what_is_asked_for_by_a_moment_is_not_held(
    site: MadeSite, client: Client, numbers: Generations
) -> None:
    fill(site, 2)
    path = "/api/v1/outputs?changed_since=2020-01-01T00:00:00Z&fields=title"
    client.get(path)
    with CaptureQueriesContext(connection) as first:
        client.get(path)
    with CaptureQueriesContext(connection) as second:
        client.get(path)
    assert len(first) == len(second)
    assert any("GROUP BY" in one["sql"] for one in second.captured_queries)
