"""`/metrics`: who may read it, what it says, and what it never says."""

import re
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from contactpoint.kit import workers_seen
from contactpoint.kit.models import OutboxEntry
from contactpoint.kit.outbox import MAX_ATTEMPTS
from contactpoint.operations import readings, versions
from contactpoint.operations.keeping_numbers import write_down
from contactpoint.operations.tallies import tallies

TOKEN = "a-token-of-thirty-two-characters"
pytestmark = pytest.mark.django_db


@pytest.fixture
def prometheus(settings: Any) -> Client:
    settings.METRICS_TOKEN = TOKEN
    return Client(headers={"Authorization": f"Bearer {TOKEN}"})


def told(client: Client) -> dict[tuple[str, tuple[str, ...]], float]:
    """Values by name and labels, which stand in the order of their names."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def is_not_there(header: str) -> bool:
    """Whether the answer is that of any address that there isn't."""
    client = Client(headers={"Authorization": header})
    answer, other = client.get("/metrics", follow=True), client.get("/metrisc", follow=True)
    assert [status for _address, status in answer.redirect_chain] == [
        status for _address, status in other.redirect_chain
    ]
    return answer.status_code == other.status_code == 404


@pytest.mark.parametrize("header", [
    "", "Bearer", "Bearer ", f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", TOKEN,
])  # fmt: skip
def test_for_a_stranger_there_is_no_such_address(settings: Any, header: str) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert is_not_there(header)


@pytest.mark.parametrize("header", ["Bearer ", "Bearer", f"Bearer {TOKEN}"])
def test_without_a_token_in_the_settings_nobody_reads_it(settings: Any, header: str) -> None:
    settings.METRICS_TOKEN = ""
    assert is_not_there(header)


def test_answers_are_told_by_view_and_class_with_their_times(prometheus: Client) -> None:
    for seconds in (0.004, 0.004, 0.3):
        tallies.answered("news", 200, seconds, 3, 0.001)
    tallies.answered("news", 503, 20.0, 0, 0.0)
    found = told(prometheus)
    assert found["contactpoint_requests_total", ("2xx", "news")] == 3
    assert found["contactpoint_requests_total", ("5xx", "news")] == 1
    assert found["contactpoint_request_seconds_bucket", ("0.005", "news")] == 2
    assert found["contactpoint_request_seconds_bucket", ("0.5", "news")] == 3
    assert found["contactpoint_request_seconds_bucket", ("+Inf", "news")] == 4
    assert found["contactpoint_request_seconds_count", ("news",)] == 4
    assert found["contactpoint_request_seconds_sum", ("news",)] == pytest.approx(20.308)
    assert found["contactpoint_database_queries_total", ("news",)] == 9


def test_what_waits_is_told(prometheus: Client) -> None:
    OutboxEntry.objects.create(topic="page.changed")
    OutboxEntry.objects.create(topic="page.changed", attempts=MAX_ATTEMPTS)
    workers_seen.tell("one", "here", 0.0)
    tallies.ran("contactpoint.kit.mail.deliver", 0.5, failed=True)
    found = told(prometheus)
    assert found["contactpoint_outbox", ("waiting",)] == 1
    assert found["contactpoint_outbox", ("parked",)] == 1
    assert found["contactpoint_jobs", ("mail", "due")] == 0
    assert found["contactpoint_workers", ()] == 1
    assert found["contactpoint_job_runs_total", ("contactpoint.kit.mail.deliver", "failed")] == 1
    assert found["contactpoint_annotator_rules", ("labels",)] >= 0
    assert found["contactpoint_disk_free_bytes", ()] > 0
    assert ("contactpoint_last_dump_timestamp_seconds", ()) not in found, "there is none yet"
    assert not any(
        value for (name, _labels), value in found.items() if name == "contactpoint_reading_failed"
    )


def test_where_one_reading_fails_the_others_are_told(
    prometheus: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(readings, "queues", away)
    found = told(prometheus)
    assert found["contactpoint_reading_failed", ("queue",)] == 1
    assert found["contactpoint_reading_failed", ("machine",)] == 0
    assert found["contactpoint_disk_bytes", ()] > 0


def test_what_needs_no_database_is_told_while_it_is_away(
    prometheus: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """Disk, dump and backup most of all; the database's version again as soon as it answers."""

    def away() -> None:
        raise OperationalError("away")

    (settings.DATA / "last-backup").touch()
    for remembered in (versions._database, versions._own):
        remembered.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(connection, "get_database_version", away)
        found = told(prometheus)
    assert found["contactpoint_reading_failed", ("machine",)] == 0
    assert found["contactpoint_disk_free_bytes", ()] > 0
    assert found["contactpoint_last_backup_timestamp_seconds", ()] > 0
    assert any(name == "contactpoint_build_info" for name, _labels in found)
    assert versions.versions()["database"]


def test_a_look_costs_so_many_queries_whatever_there_is(
    prometheus: Client, django_assert_max_num_queries: Any
) -> None:
    told(prometheus)
    for number in range(30):
        OutboxEntry.objects.create(topic=f"topic.{number}")
    with django_assert_max_num_queries(10):
        told(prometheus)


def test_no_address_question_or_name_of_what_was_read_is_told(prometheus: Client) -> None:
    reader = Client(headers={"X-Forwarded-For": "203.0.113.77", "User-Agent": "SecretBrowser"})
    for address in (
        "/en/search/?q=neighbour+peeters",
        "/en/follow/mine/a-secret-token/",
        "/en/guidance/hidden/",
        "/en/news/a-certain-item/",
        "/no/such/thing-as-peeters.php",
    ):
        reader.get(address)
    write_down()
    text = prometheus.get("/metrics").content.decode()
    assert "contactpoint_requests_total" in text
    for secret in (
        *("203.0.113", "SecretBrowser", "peeters", "a-secret-token", "hidden", "a-certain-item"),
        "@",
    ):
        assert secret not in text
    assert re.search(r'view="[^"]*/', text) is None, "views by name, never by address"


def test_openmetrics_is_given_where_it_is_asked_for(prometheus: Client) -> None:
    answer = prometheus.get("/metrics", headers={"Accept": "application/openmetrics-text"})
    assert answer["Content-Type"].startswith("application/openmetrics-text")
    assert answer.content.endswith(b"# EOF\n")
