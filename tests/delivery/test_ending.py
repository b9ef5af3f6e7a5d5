"""A kept page ends when something changes by itself: a page expires, or the day is over."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone
from factories import MadeSite, make_site
from kept_pages import Site, asked

from contactpoint.delivery import beginning, ending, keeping
from contactpoint.delivery.again import Again
from contactpoint.delivery.ending import Ending
from contactpoint.delivery.keeping import Keep
from contactpoint.delivery.serving import KeptPages
from contactpoint.kit import held
from contactpoint.kit.generations import Generations


@pytest.fixture
def site(watched: Generations) -> MadeSite:
    return make_site()


@pytest.fixture
def kept(site: MadeSite, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Site, KeptPages]]:
    """As a web process begins, around an application that counts."""
    monkeypatch.setattr(Again, "begin", lambda _self: None)
    counting = Site()
    yield counting, beginning.kept(counting)
    held.end()


def expire(site: MadeSite, seconds: float) -> None:
    page = site.standard["fr"]["network"]
    page.expire_at = timezone.now() + timedelta(seconds=seconds)
    page.save()


def test_a_page_is_not_given_from_memory_once_another_has_expired(
    site: MadeSite, kept: tuple[Site, KeptPages]
) -> None:
    counting, pages = kept
    expire(site, 1.0)
    asked(pages, "/fr/"), asked(pages, "/fr/")
    assert counting.asked == 1
    time.sleep(1.1)
    asked(pages, "/fr/"), asked(pages, "/fr/")
    assert counting.asked == 2


def test_it_is_asked_of_the_database_once_a_change(
    site: MadeSite, watched: Generations, django_assert_num_queries: Any
) -> None:
    now = [timezone.now()]
    left = Ending(watched, clock=lambda: now[0])
    assert left() > 1
    with django_assert_num_queries(0):
        left()
    expire(site, 3)
    assert 0 < left() <= 5
    now[0] += timedelta(seconds=6)
    with django_assert_num_queries(1):
        assert left() > 1


def test_a_page_that_is_begun_while_nobody_can_tell_is_not_kept(
    watched: Generations, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_now: object) -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(ending, "next_by_itself", away)
    assert Ending(watched)() == 0


def test_nobody_is_given_the_old_page_while_another_makes_it_anew(watched: Generations) -> None:
    ends = [0.2]
    keep, counting = Keep(watched, ending=lambda: ends[0]), Site()
    pages = KeptPages(counting, keep)
    for _time in range(9):
        asked(pages, "/en/")
    key = keep.keys()[0]
    assert keep.wanted(2, 12.0) == [], "it would end at the same moment"
    time.sleep(0.25)
    assert keep.wanted(2, 12.0) == [key]
    assert keep.find(key, late=True) is None
    assert keep.find(key, late=True, untold=True), "where the database is away it is all there is"
    ends[0] = 2 * keeping.LONGEST
    asked(pages, "/en/")
    assert keep.left(keep.find(key)) > keeping.LONGEST - 5
