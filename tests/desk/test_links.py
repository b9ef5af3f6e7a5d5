"""Links are collected where they stand, asked politely, and dead only when that is sure."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from editing import sign_in
from factories import MadeSite, make_output, make_site

from contactpoint.desk import handlers
from contactpoint.desk.links import asking
from contactpoint.desk.links.asking import Asking, Result, ask, judge
from contactpoint.desk.links.collecting import collect, digest_of, is_outside, links_in
from contactpoint.desk.models import Link, LinkUse
from contactpoint.kit.fetching import Fetched, FetchError

pytestmark = pytest.mark.django_db
URL = "https://example.org/page"


@pytest.fixture
def site() -> MadeSite:
    return make_site(("en",), standard=False)


def make_link(url: str = URL, **fields: Any) -> Link:
    fields.setdefault("due_at", timezone.now())
    host = url.split("/")[2]
    return Link.objects.create(digest=digest_of(url), url=url, host=host, **fields)


def answers(monkeypatch: pytest.MonkeyPatch, *given: Any) -> list[str]:
    """Lets `fetch` give these, one after another; returns what was asked."""
    asked, left = [], list(given)

    def fetch(url: str, *, method: str = "GET", **_options: Any) -> Fetched:
        asked.append(method)
        answer = left.pop(0)
        if isinstance(answer, str):
            raise FetchError(answer, "A sentence.")
        return Fetched(url, answer, {}, b"")

    monkeypatch.setattr(asking, "fetch", fetch)
    return asked


def test_links_of_rich_text_have_their_words() -> None:
    html = (
        '<p>See <a href="https://example.org/?a=1&amp;b=2">the <b>study</b></a>, '
        '<a linktype="page" id="7">ours</a> and <a linktype="document" id="8">a file</a>.</p>'
    )
    found = [(one.words, one.url, one.page, one.document) for one in links_in(html)]
    assert found == [
        ("the study", "https://example.org/?a=1&b=2", 0, 0),
        ("ours", "", 7, 0),
        ("a file", "", 0, 8),
    ]


@pytest.mark.parametrize(
    ("url", "outside"),
    [
        ("https://example.org/", True),
        ("http://localhost:8000/en/", False),
        ("mailto:us@example.org", False),
        ("javascript:alert(1)", False),
        ("/en/news/", False),
        ("http://[broken", False),
    ],
)
def test_only_addresses_of_others_are_asked(url: str, outside: bool) -> None:
    assert is_outside(url) is outside


def test_an_address_is_one_row_and_forgotten_when_no_page_has_it(site: MadeSite) -> None:
    text = f'<a href="{URL}#one">one</a> <a href="{URL}#two">two</a>'
    one = make_output(site, text=text, source_url=URL)
    two = make_output(site, text=f'<a href="{URL}">three</a>')
    collect(one)
    collect(two)
    assert Link.objects.count() == 1
    uses = LinkUse.objects.order_by("page", "place").values_list("page", "place", "words")
    assert list(uses) == [
        (one.pk, "source", URL),
        (one.pk, "text", "one"),
        (two.pk, "text", "three"),
    ]
    one.body, one.source_url, two.body = [], "", []
    collect(one)
    assert Link.objects.count() == 1
    collect(two)
    assert Link.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "asked", "expected"),
    [
        ([200], ["HEAD"], (200, "")),
        ([404, 200], ["HEAD", "GET"], (200, "")),
        ([405, 404], ["HEAD", "GET"], (404, "")),
        (["connection", 200], ["HEAD", "GET"], (200, "")),
        (["connection", "slow"], ["HEAD", "GET"], (0, "slow")),
        (["name"], ["HEAD"], (0, "name")),
        (["private"], ["HEAD"], (0, "private")),
    ],
)
def test_head_is_asked_first_and_get_where_head_says_little(
    monkeypatch: pytest.MonkeyPatch, given: list[Any], asked: list[str], expected: tuple[int, str]
) -> None:
    methods = answers(monkeypatch, *given)
    result = ask(1, URL)
    assert (result.status, result.reason) == expected
    assert methods == asked


def judged(link: Link, days: float, **result: Any) -> str:
    judge(link, Result(link.pk, **result), timezone.now() + timedelta(days=days))
    return str(link.state)


def test_a_link_is_dead_only_when_that_is_sure() -> None:
    link = make_link()
    assert judged(link, 0, reason="connection") == "unsure"
    assert judged(link, 1, reason="slow") == "unsure"
    assert judged(link, 1.1, status=500) == "unsure"
    assert judged(link, 2.1, reason="connection") == "dead"
    assert judged(link, 9, status=200) == "alive"
    assert (link.failures, link.failing_since, link.problem) == (0, None, "")
    assert judged(link, 20, status=404) == "unsure"
    assert judged(link, 21, status=404) == "dead"


def test_a_server_that_turns_programs_away_is_not_called_dead() -> None:
    for status in (401, 403, 429, 999):
        assert judged(make_link(f"https://host{status}.example/"), 0, status=status) == "closed"
    assert judged(make_link("https://inside.example/"), 0, reason="private") == "closed"


def test_what_has_moved_for_good_says_where() -> None:
    link = make_link()
    assert judged(link, 0, status=200, url="https://example.org/new", moved=True) == "moved"
    assert link.leads_to == "https://example.org/new"


def drain(running: Asking) -> None:
    end = time.monotonic() + 5
    while running.step(wait=0.05) and time.monotonic() < end:
        pass


def test_one_host_is_asked_once_at_a_time(site: MadeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    urls = ("https://one.example/a", "https://one.example/b", "https://two.example/")
    collect(make_output(site, text="".join(f'<a href="{url}">x</a>' for url in urls)))
    asked: list[str] = []

    def asks(pk: int, url: str) -> Result:
        asked.append(url)
        return Result(pk, 200, url=url)

    now = [time.monotonic()]
    running = Asking(asks)
    drain(running)
    assert sorted(asked) == ["https://one.example/a", "https://two.example/"]
    assert Link.objects.filter(state="alive").count() == 2
    monkeypatch.setattr(asking.time, "monotonic", lambda: now[0] + 60)
    drain(running)
    assert "https://one.example/b" in asked


def test_what_only_drafts_lead_to_is_not_asked(site: MadeSite) -> None:
    collect(make_output(site, text=f'<a href="{URL}">x</a>', live=False))
    drain(Asking(lambda pk, url: Result(pk, 200)))
    assert Link.objects.get().state == "waiting"


def test_a_question_that_breaks_is_a_failure_and_not_a_hanging_thread(site: MadeSite) -> None:
    collect(make_output(site, text=f'<a href="{URL}">x</a>'))
    link = Link.objects.get()

    def asks(pk: int, url: str) -> Result:
        raise RuntimeError("unexpected")

    drain(Asking(asks))
    link.refresh_from_db()
    assert (link.state, link.problem) == ("unsure", "broken")


def test_nothing_is_asked_outside_production(settings: Any, monkeypatch: Any) -> None:
    make_link()
    monkeypatch.setattr(handlers._asking, "step", lambda: pytest.fail("asked"))
    assert settings.CHECK_LINKS is False
    assert handlers.ask_links() is False


def test_the_report_shows_the_page_and_the_place_of_a_dead_link(
    client: Client, site: MadeSite
) -> None:
    page = make_output(site, title="With a link", text=f'<a href="{URL}">The study</a>')
    draft = make_output(site, title="Only a draft", text=f'<a href="{URL}">x</a>', live=False)
    for each in (page, draft):
        collect(each)
    Link.objects.update(state="dead", problem="404", failing_since=timezone.now())
    sign_in(client)
    shown = client.get(reverse("desk_links")).content.decode()
    assert URL in shown
    assert "With a link" in shown
    assert '<q lang="en">The study</q>' in shown
    assert "404" in shown
    assert "Only a draft" not in shown
    assert URL not in client.get(reverse("desk_links") + "?state=moved").content.decode()


def test_a_link_is_asked_again_at_an_editors_word(client: Client, site: MadeSite) -> None:
    page = make_output(site, text=f'<a href="{URL}">The study</a>')
    collect(page)
    Link.objects.update(state="dead", due_at=timezone.now() + timedelta(days=7))
    link = Link.objects.get()
    address = reverse("desk_link_again", args=[link.pk])
    assert client.post(address).status_code == 302  # to the sign-in
    assert Link.objects.get().due_at > timezone.now()
    sign_in(client)
    client.post(address)
    assert Link.objects.get().due_at <= timezone.now()


def test_the_report_asks_few_queries_however_many_links(
    client: Client, site: MadeSite, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    links = "".join(f'<a href="https://example.org/{n}">n</a>' for n in range(40))
    for _number in range(3):
        collect(make_output(site, text=links))
    Link.objects.update(state="dead")
    sign_in(client)
    client.get(reverse("desk_links"))
    with django_assert_max_num_queries(30):
        client.get(reverse("desk_links"))
