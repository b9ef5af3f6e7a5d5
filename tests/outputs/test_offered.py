"""A vacancy whose last day is over is offered nowhere, and stays where it was."""

import datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from factories import MadeSite, make_output

from contactpoint.outputs.models import Output
from contactpoint.outputs.querysets import offered, readable

TODAY = timezone.localdate
LAST_DAY = datetime.date(2027, 3, 31)
IN_TIME = datetime.datetime(2027, 3, 31, 21, 59, tzinfo=datetime.UTC)  # 23:59 in Brussels
TOO_LATE = datetime.datetime(2027, 3, 31, 22, 0, tzinfo=datetime.UTC)  # midnight in Brussels


@pytest.fixture
def posts(site: MadeSite) -> dict[str, Output]:
    """One that is open for a day, one that closed yesterday, both about the same."""
    day = datetime.timedelta(days=1)
    return {
        title: make_output(
            site, "vacancy", title=title, closes_on=closes_on, themes=["asylum"],
            concepts=["reception"],
        )
        for title, closes_on in (("Open post", TODAY()), ("Closed post", TODAY() - day))
    }  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["/en/vacancies/", "/en/", "/en/themes/asylum/", "/en/glossary/reception/", "/en/feed.atom",
     "/en/vacancies/feed.atom", "/en/themes/asylum/feed.atom", "/en/glossary/reception/feed.atom"],
)  # fmt: skip
def test_lists_and_feeds_offer_only_what_is_open(
    client: Client, posts: dict[str, Output], path: str
) -> None:
    text = client.get(path).content.decode()
    assert "Open post" in text
    assert "Closed post" not in text


def test_counts_leave_it_out(client: Client, posts: dict[str, Output]) -> None:
    context = client.get("/en/vacancies/").context
    assert context["total"] == 1
    (theme,) = [one for one in context["filters"] if one.name == "theme"]
    assert [option.count for option in theme.options] == [1]


def test_it_is_no_neighbour_of_others(client: Client, posts: dict[str, Output]) -> None:
    near = client.get(posts["Open post"].url).context["related"]
    assert "Closed post" not in [entry.title for entry in near]


def test_the_menu_names_the_list_and_no_post(client: Client, posts: dict[str, Output]) -> None:
    cache.clear()
    html = client.get("/en/news/").content.decode()
    assert 'href="/en/vacancies/"' in html
    assert "Closed post" not in html


def test_its_page_stays_and_says_that_it_is_closed(
    client: Client, posts: dict[str, Output]
) -> None:
    answer = client.get(posts["Closed post"].url)
    assert answer.status_code == 200
    assert "This vacancy is closed" in answer.content.decode()
    assert "This vacancy is closed" not in client.get(posts["Open post"].url).content.decode()


def test_the_last_day_is_a_whole_day_of_the_portals_clock(site: MadeSite) -> None:
    make_output(site, "vacancy", closes_on=LAST_DAY)
    assert offered("en", IN_TIME).count() == 1
    assert offered("en", TOO_LATE).count() == 0
    assert readable("en", TOO_LATE).count() == 1


def test_one_without_a_last_day_stays_open_and_other_kinds_do_too(site: MadeSite) -> None:
    make_output(site, "vacancy")
    make_output(site, "news-item")
    assert offered("en").count() == 2
