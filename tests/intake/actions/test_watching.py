"""Partners' feeds are looked at in time, brought into the queue once, and left alone when ill."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from saved_sources import COLLECTING

from contactpoint.intake.actions import accept, reject, watching
from contactpoint.intake.actions.watching import enqueue_due, look_at
from contactpoint.intake.models import ImportedItem, ImportRun, WatchedFeed
from contactpoint.kit.fetching import Fetched, FetchError
from contactpoint.kit.jobs import JobRunner
from contactpoint.network.models import Institution
from contactpoint.outputs.models import Output

RSS = (COLLECTING / "rss.xml").read_bytes()


def answered(content: bytes = b"", status: int = 200, **headers: str) -> Fetched:
    return Fetched("https://partner.example/feed", status, headers, content)


class Server:
    """Stands for the web: what it answers, and what it was asked with."""

    def __init__(self) -> None:
        self.answer: Fetched | Exception = answered(
            RSS, **{"etag": '"one"', "last-modified": "Tue, 04 Jun 2024 10:00:00 GMT"}
        )
        self.asked: list[dict[str, Any]] = []

    def fetch(self, url: str, **options: Any) -> Fetched:
        self.asked.append({"url": url, **options})
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    made = Server()
    monkeypatch.setattr(watching, "fetch", made.fetch)
    return made


@pytest.fixture
def feed(portal: None) -> WatchedFeed:
    return WatchedFeed.objects.create(
        title="Partner's news",
        address="https://partner.example/feed",
        language="en",
        institution=Institution.objects.get(slug="fedasil"),
    )


def test_what_a_feed_brings_waits_with_concepts_suggested(
    feed: WatchedFeed, server: Server
) -> None:
    result = look_at(feed)
    assert result is not None
    first, second = ImportedItem.objects.order_by("position")
    assert {first.status, second.status} == {ImportedItem.Status.PENDING}
    assert (first.run.feed, first.run.source) == (feed, "Partner's news")
    assert first.inferred["keywords"][0]["concept"] == "unaccompanied-minor"
    assert not Output.objects.exists()
    assert accept([first]) == 1
    page = Output.objects.get()
    assert page.source_url == "https://partner.example/guardians"
    link = page.institution_links.get(role="publisher")
    assert link.institution.slug == "fedasil"


def test_the_same_again_is_neither_sent_nor_read(feed: WatchedFeed, server: Server) -> None:
    look_at(feed)
    server.answer = answered(status=304)
    assert look_at(feed) is None
    first, second = (one["headers"] for one in server.asked)
    assert "If-None-Match" not in first
    assert second["If-None-Match"] == '"one"'
    assert second["If-Modified-Since"] == "Tue, 04 Jun 2024 10:00:00 GMT"
    assert all(one["keeps_https"] and one["most_bytes"] for one in server.asked)
    server.answer = answered(RSS)
    assert look_at(feed) is None
    assert ImportRun.objects.count() == 1


def test_only_what_is_new_comes_and_what_was_rejected_stays_out(
    feed: WatchedFeed, server: Server
) -> None:
    look_at(feed)
    for item in ImportedItem.objects.all():
        reject(item)
    new = b"<item><title>Something quite new</title><guid>p-102</guid></item>"
    server.answer = answered(RSS.replace(b"<item>", new + b"<item>", 1))
    result = look_at(feed)
    assert result is not None
    assert (result.summary["new"], result.summary["unchanged"]) == (1, 2)
    waiting = ImportedItem.objects.filter(status=ImportedItem.Status.PENDING)
    assert [item.inferred["title"] for item in waiting] == ["Something quite new"]


def test_two_feeds_may_name_their_entries_alike(feed: WatchedFeed, server: Server) -> None:
    look_at(feed)
    other = WatchedFeed.objects.create(
        title="Another", address="https://other.example/feed", language="en"
    )
    result = look_at(other)
    assert result is not None
    assert result.summary["new"] == 2
    found = ImportedItem.objects.filter(run__feed=other)
    codes = {problem["code"] for item in found for problem in item.problems}
    assert "duplicate-address" in codes, "the same entry of both is told to the editor"


@pytest.mark.parametrize(
    "answer",
    [
        FetchError("slow", "The server took too long."),
        answered(b"<html>no feed</html>"),
        answered(RSS, status=404),
    ],
)
def test_a_feed_that_fails_says_why_and_is_asked_less_often(
    feed: WatchedFeed, server: Server, answer: Any
) -> None:
    server.answer = answer
    waits = []
    for _attempt in range(12):
        assert look_at(feed) is None
        feed.refresh_from_db()
        waits.append(feed.due_at - (feed.checked_at or feed.due_at))
    assert feed.problem
    assert waits[:3] == [timedelta(hours=12), timedelta(hours=24), timedelta(hours=48)]
    assert waits[-1] == timedelta(days=7)
    assert feed.digest == feed.etag == ""
    server.answer = answered(RSS)
    look_at(feed)
    feed.refresh_from_db()
    assert (feed.problem, feed.failures) == ("", 0)
    assert ImportedItem.objects.count() == 2


def test_the_worker_looks_at_what_is_due_and_at_nothing_else(
    feed: WatchedFeed, server: Server, queue: None
) -> None:
    later = timezone.now() + timedelta(hours=1)
    WatchedFeed.objects.create(title="Later", address="https://b.example/", due_at=later)
    WatchedFeed.objects.create(title="Not watched", address="https://c.example/", is_active=False)
    assert enqueue_due() is False
    assert enqueue_due() is False, "it was handed over once"
    assert server.asked == [], "a round fetches nothing itself"
    runner = JobRunner()
    while runner.run_one():
        pass
    assert [one["url"] for one in server.asked] == ["https://partner.example/feed"]
    assert ImportedItem.objects.count() == 2


def test_a_feed_that_was_deleted_before_its_job_is_passed_over(
    feed: WatchedFeed, server: Server, queue: None
) -> None:
    enqueue_due()
    feed.delete()
    assert JobRunner().run_one()
    assert server.asked == []


def test_asking_what_is_due_costs_one_question(
    feed: WatchedFeed, server: Server, queue: None, django_assert_num_queries: Any
) -> None:
    WatchedFeed.objects.update(due_at=timezone.now() + timedelta(hours=1))
    with django_assert_num_queries(1):
        enqueue_due()
