"""A vacancy leaves all lists when its last day has passed, by the portal's clock, and stays."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from factories import MadeSite, make_concept, make_output, make_theme

from contactpoint.outputs.models import Output, OutputInstitution
from contactpoint.outputs.querysets import offered, readable
from contactpoint.search import sources

LAST_DAY = datetime.date(2027, 3, 31)
IN_TIME = datetime.datetime(2027, 3, 31, 21, 59, tzinfo=datetime.UTC)  # 23:59 in Brussels
TOO_LATE = datetime.datetime(2027, 3, 31, 22, 0, tzinfo=datetime.UTC)  # midnight in Brussels


@pytest.fixture
def post(site: MadeSite) -> Output:
    make_theme("asylum")
    return make_output(
        site,
        "vacancy",
        title="Protection officer",
        closes_on=LAST_DAY,
        themes=["asylum"],
        concepts=[make_concept("reception")],
        institutions=["cgrs"],
    )


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the clock of queries and pages to a moment."""

    def set_to(moment: datetime.datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to


def test_the_last_day_is_a_whole_day_of_the_portals_clock(post: Output) -> None:
    assert offered("en", IN_TIME).filter(pk=post.pk).exists()
    assert not offered("en", TOO_LATE).filter(pk=post.pk).exists()
    assert readable("en", TOO_LATE).filter(pk=post.pk).exists()


@pytest.mark.parametrize(
    "address",
    ["vacancies/", "vacancies/feed.atom", "feed.atom", "themes/asylum/feed.atom",
     "glossary/reception/feed.atom", "themes/asylum/"],
)  # fmt: skip
def test_it_leaves_every_list_and_feed_by_itself(
    post: Output, client: Client, clock: Any, address: str
) -> None:
    clock(IN_TIME)
    assert "Protection officer" in client.get(f"/en/{address}").content.decode()
    clock(TOO_LATE)
    assert "Protection officer" not in client.get(f"/en/{address}").content.decode()


def test_its_page_stays_and_says_that_it_is_closed(
    post: Output, client: Client, clock: Any
) -> None:
    clock(IN_TIME)
    assert "This vacancy is closed" not in client.get(post.url).content.decode()
    clock(TOO_LATE)
    answer = client.get(post.url)
    assert answer.status_code == 200
    assert "This vacancy is closed" in answer.content.decode()


def test_one_that_was_closed_by_hand_leaves_before_its_last_day(
    site: MadeSite, client: Client
) -> None:
    post = make_output(site, "vacancy", title="Filled early", closed=True)
    assert "Filled early" not in client.get("/en/vacancies/").content.decode()
    assert "This vacancy is closed" in client.get(post.url).content.decode()


def test_one_without_a_last_day_stays_open(site: MadeSite, client: Client) -> None:
    make_output(site, "vacancy", title="Open for long")
    assert "Open for long" in client.get("/en/vacancies/").content.decode()


def test_the_search_forgets_it_at_the_same_moment(post: Output, clock: Any) -> None:
    clock(IN_TIME)
    key = f"output:{post.translation_key}"
    (document,) = sources.documents([key])
    assert document.versions[0].expires_at == TOO_LATE
    clock(TOO_LATE)
    assert list(sources.documents([key])) == []


def test_list_and_feed_tell_employer_and_last_day(post: Output, client: Client, clock: Any) -> None:
    clock(IN_TIME)
    OutputInstitution.objects.update(role=OutputInstitution.Role.EMPLOYER)
    for address in ("vacancies/", "vacancies/feed.atom"):
        text = client.get(f"/en/{address}").content.decode()
        assert "Cgrs" in text, address
        assert "Apply until 31 March 2027" in text, address
    page = client.get(post.url).content.decode()
    assert "<dt>Employer</dt>" in page
