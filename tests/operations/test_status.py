"""The operators' pages: who sees them, what they say, what they cost."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from people import person

import contactpoint
from contactpoint.kit import outbox, spreading, workers_seen
from contactpoint.kit.models import OutboxEntry, Run, RunRange
from contactpoint.operations import readings
from contactpoint.operations.judging import span
from contactpoint.operations.tallies import tallies

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
PAGES = ("operations_status", "operations_failed")


def job(status: TaskResultStatus = TaskResultStatus.FAILED, **more: Any) -> DBTaskResult:
    given = {
        "status": status, "args_kwargs": {"args": ["jan@example.org", 7], "kwargs": {}},
        "task_path": "contactpoint.kit.mail.deliver", "queue_name": "mail",
        "backend_name": "default", "run_after": get_date_max(), "finished_at": timezone.now(),
        "exception_class_path": "contactpoint.kit.mail.UndeliverableError",
        "traceback": "contactpoint.kit.mail.UndeliverableError: 550 jan@example.org unknown",
        "worker_ids": ["here:1:x"],
    }  # fmt: skip
    return DBTaskResult.objects.create(**given | more)


@pytest.fixture
def operator() -> Client:
    return person("Administrators")[1]


@pytest.mark.parametrize("role", ["Editors", "Contributors", "Translators", "Glossary editors"])
def test_only_those_who_look_after_users_see_them(role: str) -> None:
    client = person(role)[1]
    key = f"job:{job().pk}"
    for name in PAGES:
        assert client.get(reverse(name)).status_code in (302, 403)
    for name in ("operations_again", "operations_give_up"):
        client.post(reverse(name), {"key": key})
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("operations_status") not in menu


def test_a_stranger_is_led_to_the_door() -> None:
    for name in PAGES:
        assert Client().get(reverse(name)).status_code == 302


def test_the_menu_leads_an_operator_there(operator: Client) -> None:
    assert (
        reverse("operations_status") in operator.get(reverse("wagtailadmin_home")).content.decode()
    )


def test_the_page_says_what_is_wrong_and_how_much_waits(operator: Client) -> None:
    job()
    job(TaskResultStatus.READY, enqueued_at=timezone.now())
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(
        enqueued_at=timezone.now() - timedelta(minutes=40)
    )
    OutboxEntry.objects.create(topic="page.changed", attempts=outbox.MAX_ATTEMPTS)
    tallies.answered("news_list", 200, 0.25, 12, 0.1)
    tallies.answered("wagtailadmin_pages:edit", 200, 1.5, 90, 0.1, is_desk=True)
    text = operator.get(reverse("operations_status")).content.decode()
    for said in (
        "No worker is at work", "A job has been due for 40\xa0min.",
        "2 things failed for good and wait for you.", "There is no search index yet",
        "Nobody has told the portal of a backup.", "news_list", "250\xa0ms",
        "wagtailadmin_pages:edit", "1.5\xa0s", "0 waiting, 1 set aside",
    ):  # fmt: skip
        assert said in text, said
    assert "jan@example" not in text


def test_where_all_is_well_it_says_so(operator: Client, settings: Any) -> None:
    workers_seen.tell("web-1:77:abcdefgh", "web-1", 0.0)
    (settings.DATA / "last-backup").touch()
    from contactpoint.search.models import Index  # noqa: PLC0415

    Index.objects.create(name="one", state=Index.State.CURRENT, engine="embedded", documents=1234)
    text = operator.get(reverse("operations_status")).content.decode()
    assert "All is as it should be." in text
    assert "web-1:77:abcdefgh" in text
    assert "1,234" in text


def test_the_page_asks_the_same_however_much_there_is(
    operator: Client, django_assert_max_num_queries: Any
) -> None:
    operator.get(reverse("operations_status"))
    for number in range(40):
        job()
        OutboxEntry.objects.create(topic=f"topic.{number}")
        tallies.answered(f"view-{number}", 200, 0.1, 1, 0.0)
    with django_assert_max_num_queries(20):
        operator.get(reverse("operations_status"))


def test_a_queue_is_read_in_one_query_and_knows_what_is_due(
    django_assert_num_queries: Any,
) -> None:
    now = timezone.now()
    job(TaskResultStatus.READY)
    job(TaskResultStatus.READY, run_after=now + timedelta(hours=1))
    job(TaskResultStatus.READY, run_after=now - timedelta(minutes=5))
    job(TaskResultStatus.RUNNING)
    job(TaskResultStatus.SUCCESSFUL)
    with django_assert_num_queries(1):
        found = {queue.name: queue for queue in readings.queues()}
    assert found["mail"].jobs == {
        "due": 2, "later": 1, "running": 1, "failed": 0, "successful": 1,
    }  # fmt: skip
    assert 290 < found["mail"].oldest < 400
    assert found["default"].jobs["due"] == 0


def test_what_failed_is_listed_without_persons_and_sent_again(operator: Client) -> None:
    first = job()
    address = reverse("operations_failed")
    text = operator.get(address).content.decode()
    assert "kit.mail.deliver" in text
    assert "550 – unknown" in text
    assert "jan@example" not in text
    answer = operator.post(reverse("operations_again"), {"key": f"job:{first.pk}"}, follow=True)
    assert "It is sent again." in answer.content.decode()
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY
    answer = operator.post(reverse("operations_again"), {"key": f"job:{first.pk}"}, follow=True)
    assert "Somebody else was quicker" in answer.content.decode()


def test_all_are_sent_again_and_one_is_given_up(operator: Client) -> None:
    gone = job()
    job(), OutboxEntry.objects.create(topic="t", attempts=outbox.MAX_ATTEMPTS)
    operator.post(reverse("operations_give_up"), {"key": f"job:{gone.pk}"})
    assert not DBTaskResult.objects.filter(pk=gone.pk).exists()
    operator.post(reverse("operations_again"), {"key": "all"})
    assert not DBTaskResult.objects.failed().exists()
    assert not outbox.parked().exists()
    assert (
        "Nothing has failed for good."
        in operator.get(reverse("operations_failed")).content.decode()
    )


def test_everything_is_never_given_up_by_one_click(operator: Client) -> None:
    job()
    operator.post(reverse("operations_give_up"), {"key": "all"})
    assert DBTaskResult.objects.failed().count() == 1


def test_a_list_of_what_failed_has_pages(
    operator: Client, django_assert_max_num_queries: Any
) -> None:
    for _one in range(120):
        job()
    with django_assert_max_num_queries(20):
        text = operator.get(reverse("operations_failed")).content.decode()
    assert text.count("status__name") == 50
    assert operator.get(reverse("operations_failed"), {"p": "3"}).status_code == 200
    assert operator.get(reverse("operations_failed"), {"p": "x"}).status_code == 200


def test_the_command_lists_sends_again_and_gives_up(capsys: pytest.CaptureFixture[str]) -> None:
    one, two = job(), job()
    call_command("jobs", "list")
    said = capsys.readouterr().out
    assert f"job:{one.pk}" in said
    assert "mail: 0 due, 0 later, 0 running, 2 failed" in said
    assert "deliver(–, 7)" in said
    assert "jan@example" not in said
    call_command("jobs", "again", f"job:{one.pk}")
    assert DBTaskResult.objects.get(pk=one.pk).status == TaskResultStatus.READY
    call_command("jobs", "give-up", "--all")
    assert not DBTaskResult.objects.filter(pk=two.pk).exists()
    for wrong in (["again"], ["again", "job:x"], ["give-up", "--all", "job:x"]):
        with pytest.raises(CommandError):
            call_command("jobs", *wrong)


@pytest.mark.parametrize(("seconds", "said"), [
    (0.0042, "4\xa0ms"), (1.25, "1.2\xa0s"), (45, "45\xa0s"), (600, "10\xa0min"),
    (7200, "2\xa0h"), (86_400, "24\xa0h"), (3 * 86_400, "3 days"),
])  # fmt: skip
def test_how_long_something_took_is_said_in_one_unit(seconds: float, said: str) -> None:
    assert span(seconds) == said


def test_the_docs_say_of_every_job_what_running_it_twice_does() -> None:
    told = (ROOT / "docs/operators/watching.md").read_text(encoding="utf-8")
    folder = Path(contactpoint.__file__).parent
    for path in folder.rglob("*.py"):
        if re.search(r"^@task\(", path.read_text(encoding="utf-8"), re.MULTILINE):
            name = ".".join(path.relative_to(folder).with_suffix("").parts)
            named = (f"`{name}`", f"`{name}.", f"`{name.rpartition('.')[0]}`")
            assert any(one in told for one in named), f"{name} has a job"


def test_long_work_of_all_workers_is_shown_with_what_it_left_out(operator: Client) -> None:
    address = reverse("operations_status")
    run = Run.objects.create(
        kind="search.index", is_planned=True, ranges=3, things=1250, started_at=timezone.now()
    )
    for number in range(3):
        RunRange.objects.create(run=run, number=number, keys=[])
    run.pieces.filter(number=0).update(
        done_at=timezone.now(), made=499, left_out=["output:of-no-use"]
    )
    job(
        TaskResultStatus.READY, task_path="contactpoint.kit.spreading.work",
        queue_name=spreading.QUEUE, exception_class_path="",
    )  # fmt: skip
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(hours=3))
    text = operator.get(address).content.decode()
    for said in ("Search index, by all workers", "1 of 3 ranges · 499 of 1,250", "of-no-use"):
        assert said in text, said
    assert "A job has been due" not in text, "a range may wait for hours"
    spreading.finish(run)
    text = operator.get(address).content.decode()
    assert "499 in 3 ranges" in text
    assert "of-no-use" in text
