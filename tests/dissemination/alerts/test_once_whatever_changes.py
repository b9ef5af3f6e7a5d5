"""Whoever changes how often they hear is told of each thing once: neither again nor never."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contactpoint.dissemination.alerts import filling, gathering
from contactpoint.dissemination.alerts.occasions import begin_due
from contactpoint.dissemination.following import keeping
from contactpoint.dissemination.models import (
    Delivery,
    Happening,
    Interest,
    Match,
    Subscriber,
    Subscription,
)

RHYTHMS = ("at-once", "daily", "weekly")
PEOPLE = 2
INTERESTS = 2
BEGINNING = datetime(2026, 11, 25, 16, 0, tzinfo=ZoneInfo("Europe/Brussels"))

people, interests = st.integers(0, PEOPLE - 1), st.integers(0, INTERESTS - 1)
steps = st.one_of(
    st.tuples(st.just("happens"), st.sets(interests, min_size=1)),
    st.tuples(st.just("passes"), st.sampled_from([1, 3, 60, 60 * 14, 60 * 24, 60 * 47])),
    st.tuples(st.just("changes"), people, interests, st.sampled_from(RHYTHMS)),
    st.tuples(st.just("stops"), people, interests),
    st.tuples(st.just("begins")),
    st.tuples(st.just("crashes"), st.integers(0, 2), st.booleans()),
    st.tuples(st.just("sends")),
)


class KilledError(Exception):
    """Stands for the end of the process."""


class Portal:
    """Steps as they come, and what readers got by mail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = BEGINNING
        self.patch = monkeypatch
        self.patch.setattr(timezone, "now", lambda: self.now)
        self.patch.setattr(filling, "PEOPLE", 1)
        self.got: Counter[tuple[int, int]] = Counter()
        self.interests = [
            Interest.objects.create(digest=str(one), rule=[[f"theme:{one}"]])
            for one in range(INTERESTS)
        ]
        self.people = [
            Subscriber.objects.create(
                address=f"{one}@example.org", language="en", confirmed_at=self.now
            )
            for one in range(PEOPLE)
        ]
        begin_due(self.now)

    def happens(self, met: set[int]) -> None:
        number = Happening.objects.count()
        one = Happening.objects.create(
            thing=f"output:{number}", what="new", at=self.now, matched_at=self.now
        )
        for which in met:
            Match.objects.create(happening=one, interest=self.interests[which])

    def passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def changes(self, who: int, what: int, rhythm: str) -> None:
        row, is_new = Subscription.objects.get_or_create(
            subscriber=self.people[who],
            interest=self.interests[what],
            defaults={"rhythm": rhythm},
        )
        if not is_new:
            keeping.change(self.people[who], "en", {row.pk: rhythm})

    def stops(self, who: int, what: int) -> None:
        self.people[who].subscriptions.filter(interest=self.interests[what]).delete()

    def begins(self) -> None:
        for _turn in range(9):
            if not begin_due(self.now):
                return
        raise AssertionError("It never ends.")

    def crashes(self, after: int, is_written: bool) -> None:
        """Within filling, before or after the rows of somebody are written."""
        left = [after]

        def put(mailing: Any, about: Any) -> None:
            if is_written:
                real(mailing, about)
            left[0] -= 1
            if left[0] < 0:
                raise KilledError
            if not is_written:
                real(mailing, about)

        real = filling.put
        with self.patch.context() as patch:
            patch.setattr(filling, "put", put)
            with suppress(KilledError):
                self.begins()

    def sends(self) -> None:
        for row in Delivery.objects.filter(state="waiting").select_related("subscriber"):
            for happening in gathering.wanted(row):
                self.got[row.subscriber_id, happening] += 1
        Delivery.objects.update(state="sent")

    def ends(self) -> None:
        for _day in range(9):
            self.passes(60 * 24)
            self.begins()
        self.sends()


@contextmanager
def forgotten() -> Iterator[None]:
    """What one example writes is gone before the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(st.sampled_from(RHYTHMS), min_size=PEOPLE * INTERESTS, max_size=PEOPLE * INTERESTS),
    st.lists(steps, min_size=4, max_size=18),
)
def test_each_thing_is_told_once_whatever_is_changed_and_whatever_dies(
    rhythms: list[str], taken: list[tuple[Any, ...]]
) -> None:
    with pytest.MonkeyPatch.context() as patch, forgotten():
        portal = Portal(patch)
        for number, rhythm in enumerate(rhythms):
            portal.changes(number // INTERESTS, number % INTERESTS, rhythm)
        for name, *given_ in taken:
            getattr(portal, name)(*given_)
        portal.ends()
        assert not [pair for pair, times in portal.got.items() if times > 1]
        due = {
            (row.subscriber_id, match.happening_id)
            for row in Subscription.objects.all()
            for match in Match.objects.filter(
                interest=row.interest_id, happening__at__gte=row.since
            )
        }
        assert due <= portal.got.keys()
        assert not Subscription.objects.filter(is_behind=True).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("first", RHYTHMS)
@pytest.mark.parametrize("then", RHYTHMS)
def test_what_waited_for_one_rhythm_is_told_with_the_other(first: str, then: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        portal = Portal(patch)
        portal.changes(0, 0, first)
        portal.happens({0})
        portal.passes(3)
        portal.begins()
        portal.sends()
        assert sum(portal.got.values()) == (first == "at-once")
        portal.changes(0, 0, then)
        portal.begins()
        portal.sends()
        assert sum(portal.got.values()) == ("at-once" in (first, then))
        portal.ends()
        assert list(portal.got.values()) == [1]


@pytest.mark.django_db
def test_two_rhythms_that_ask_for_one_thing_tell_it_once() -> None:
    with pytest.MonkeyPatch.context() as patch:
        portal = Portal(patch)
        portal.changes(0, 0, "at-once")
        portal.changes(0, 1, "daily")
        portal.happens({0, 1})
        portal.passes(3)
        portal.begins()
        portal.ends()
        assert list(portal.got.values()) == [1]


@pytest.mark.django_db
def test_a_digest_that_was_broken_off_is_finished_before_the_next() -> None:
    with pytest.MonkeyPatch.context() as patch:
        portal = Portal(patch)
        for who in range(PEOPLE):
            portal.changes(who, 0, "daily")
        portal.happens({0})
        portal.passes(60 * 24)
        portal.crashes(1, False)
        assert Delivery.objects.count() == 1
        portal.ends()
        assert sorted(portal.got.values()) == [1, 1]


@pytest.mark.django_db
def test_who_shares_a_rule_is_told_of_what_happened_since_they_follow_it_alone() -> None:
    with pytest.MonkeyPatch.context() as patch:
        portal = Portal(patch)
        portal.changes(0, 0, "at-once")
        portal.happens({0})
        portal.passes(1)
        portal.changes(1, 0, "at-once")
        Subscription.objects.filter(subscriber=portal.people[1]).update(since=portal.now)
        weekly = Subscriber.objects.create(
            address="weekly@example.org", language="en", confirmed_at=BEGINNING
        )
        weekly.subscriptions.create(interest=portal.interests[0], rhythm="weekly")
        weekly.subscriptions.create(interest=portal.interests[1], rhythm="at-once")
        portal.passes(3)
        portal.happens({0, 1})  # lately: it goes with the next mailing
        portal.begins()
        assert list(Delivery.objects.values_list("subscriber_id", flat=True)) == [
            portal.people[0].pk
        ]
