"""What happened is told at least once, and one bad entry stops no other."""

from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from django.utils import timezone

from contactpoint.kit import outbox
from contactpoint.kit.models import OutboxEntry

pytestmark = pytest.mark.django_db

told: list[dict[str, object]] = []


@pytest.fixture(autouse=True)
def _handlers_of_this_test(monkeypatch: pytest.MonkeyPatch) -> None:
    told.clear()
    monkeypatch.setattr(outbox, "_handlers", outbox.defaultdict(list))

    @outbox.handles("good")
    def good(**payload: object) -> None:
        told.append(payload)

    @outbox.handles("poison")
    def poison(**payload: object) -> None:
        raise ValueError("can't be told")


def test_a_published_entry_is_told_once_with_its_payload() -> None:
    outbox.publish("good", page=7, languages=["en"])
    assert outbox.drain() == 1
    assert outbox.drain() == 0
    assert told == [{"page": 7, "languages": ["en"]}]


@pytest.mark.django_db(transaction=True)
def test_publishing_outside_a_transaction_is_an_error() -> None:
    with pytest.raises(outbox.OutsideTransactionError, match="atomic"):
        outbox.publish("good")
    assert not OutboxEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_never_told() -> None:
    with suppress(RuntimeError), transaction.atomic():
        outbox.publish("good")
        raise RuntimeError
    assert outbox.drain() == 0


def test_a_poison_entry_blocks_nobody_and_waits_longer_each_time() -> None:
    outbox.publish("poison")
    outbox.publish("good", number=1)
    assert outbox.drain() == 2
    assert told == [{"number": 1}]
    waits = []
    for _ in range(4):
        entry = OutboxEntry.objects.get(topic="poison")
        assert "ValueError: can't be told" in entry.error
        waits.append(entry.available_at - timezone.now())
        OutboxEntry.objects.update(available_at=None)
        outbox.drain()
    assert all(later > earlier for earlier, later in pairwise(waits))


def test_a_poison_entry_is_parked_in_the_end_and_can_be_tried_anew() -> None:
    outbox.publish("poison")
    for _ in range(outbox.MAX_ATTEMPTS + 3):
        OutboxEntry.objects.update(available_at=None)
        outbox.drain()
    assert outbox.parked().get().attempts == outbox.MAX_ATTEMPTS
    assert outbox.drain() == 0
    assert outbox.retry_parked() == 1
    assert outbox.drain() == 1


def test_an_entry_that_nobody_handles_waits_for_somebody() -> None:
    outbox.publish("unknown", a=1)
    outbox.drain()
    assert "nobody handles unknown" in OutboxEntry.objects.get().error
    outbox.handles("unknown")(lambda **payload: told.append(payload))
    OutboxEntry.objects.update(available_at=None)
    outbox.drain()
    assert told == [{"a": 1}]


def test_an_entry_whose_process_died_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    outbox.publish("good", number=1)

    def die(entry: OutboxEntry) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
        patched.setattr(outbox, "_tell", die)
        outbox.drain()
    assert outbox.drain() == 0, "leased to the process that died"
    OutboxEntry.objects.update(available_at=timezone.now() - timedelta(seconds=1))
    assert outbox.drain() == 1
    assert told == [{"number": 1}]


def test_the_only_worker_takes_back_what_its_forerunner_held() -> None:
    outbox.publish("good")
    outbox._claim()
    assert outbox.drain() == 0
    assert outbox.release() == 1
    assert outbox.drain() == 1


def test_releasing_leaves_failed_entries_waiting() -> None:
    outbox.publish("poison")
    outbox.drain()
    outbox.release()
    assert outbox.drain() == 0


def test_draining_stops_when_told_and_at_its_limit() -> None:
    for number in range(5):
        outbox.publish("good", number=number)
    assert outbox.drain(2) == 2
    assert outbox.drain(stop=lambda: len(told) >= 3) == 1
    assert [payload["number"] for payload in told] == [0, 1, 2]


def test_all_handlers_of_a_topic_are_called_and_each_is_registered_once() -> None:
    def second(**payload: object) -> None:
        told.append({"second": True})

    outbox.handles("good")(second)
    outbox.handles("good")(second)
    outbox.publish("good")
    outbox.drain()
    assert told == [{}, {"second": True}]


def test_old_news_is_forgotten_and_what_waits_is_kept() -> None:
    outbox.publish("good")
    outbox.publish("poison")
    outbox.drain()
    OutboxEntry.objects.update(created_at=timezone.now() - timedelta(days=30))
    assert outbox.prune() == 0
    OutboxEntry.objects.filter(topic="good").update(done_at=timezone.now() - timedelta(days=8))
    assert outbox.prune() == 1
    assert OutboxEntry.objects.get().topic == "poison"


def test_an_idle_drain_takes_one_query_and_no_lock(
    django_assert_num_queries: object,
) -> None:
    with django_assert_num_queries(1):
        outbox.drain()
