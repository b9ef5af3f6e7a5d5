"""What is due is published and taken away by the worker, and what readers find follows."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from factories import MadeSite, make_output, make_site
from wagtail.models import Page, PageLogEntry, Revision

from contactpoint.desk import handlers
from contactpoint.desk.timetable import Timetable
from contactpoint.outputs.models import NewsItem
from contactpoint.search.models import Change, Index

pytestmark = pytest.mark.django_db
NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def site() -> MadeSite:
    return make_site(("en", "nl"), standard=False)


def scheduled(site: MadeSite, moment: datetime, **fields: Any) -> NewsItem:
    page = make_output(site, title="In time", live=False, **fields)
    page.go_live_at = moment
    page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live
    return page


def test_what_is_scheduled_is_published_when_its_moment_has_come(site: MadeSite) -> None:
    page = scheduled(site, NOON)
    timetable = Timetable()
    assert timetable.keep(NOON - timedelta(seconds=1)) == 0
    later = timezone.now() + timedelta(days=1)
    Revision.objects.update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    content = page.latest_revision.content
    content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    Revision.objects.filter(pk=page.latest_revision_id).update(content=content)
    assert timetable.keep(later) == 1
    page.refresh_from_db()
    assert page.live
    assert timetable.keep(later) == 0
    said = PageLogEntry.objects.filter(page=page).values_list("action", flat=True)
    assert "wagtail.publish.scheduled" in said


def test_what_has_expired_goes_from_page_feed_and_index(client: Client, site: MadeSite) -> None:
    index = Index.objects.create(name="one", state=Index.State.CURRENT)
    page = make_output(site, title="For a while", expire_at=NOON)
    assert b"For a while" in client.get("/en/news/feed.atom").content
    Change.objects.all().delete()
    assert Timetable().keep(NOON) == 1
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)
    assert client.get(page.url_path.replace("/home/", "/en/")).status_code in {404, 410}
    assert b"For a while" not in client.get("/en/news/feed.atom").content
    told = Change.objects.filter(index=index).values_list("key", flat=True)
    assert list(told) == [f"output:{page.translation_key}"]


def test_one_that_cannot_be_written_stops_no_other_and_waits(
    site: MadeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = make_output(site, title="Bad", expire_at=NOON - timedelta(hours=1))
    good = make_output(site, title="Good", expire_at=NOON)
    real = Page.unpublish
    tried = []

    def unpublish(page: Page, *args: Any, **kwargs: Any) -> None:
        tried.append(page.pk)
        if page.pk == bad.pk:
            raise ValueError("broken")
        real(page, *args, **kwargs)

    monkeypatch.setattr(Page, "unpublish", unpublish)
    timetable = Timetable()
    assert timetable.keep(NOON) == 1
    assert tried == [bad.pk, good.pk]
    assert timetable.keep(NOON + timedelta(minutes=5)) == 0
    assert tried == [bad.pk, good.pk]
    timetable.keep(NOON + timedelta(minutes=11))
    assert tried == [bad.pk, good.pk, bad.pk]


def test_a_round_without_anything_due_asks_seldom_and_little(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    now = [1000.0]
    monkeypatch.setattr(handlers, "_looked", float("-inf"))
    monkeypatch.setattr(handlers.time, "monotonic", lambda: now[0])
    with django_assert_num_queries(2):
        assert not handlers.keep_timetable()
    with django_assert_num_queries(0):
        assert not handlers.keep_timetable()
    now[0] += handlers.TIMETABLE_SECONDS
    with django_assert_num_queries(2):
        handlers.keep_timetable()
