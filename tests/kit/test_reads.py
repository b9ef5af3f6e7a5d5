"""Reads are one number a page and day: no robots, no editors, nothing of who read."""

import datetime
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from editing import sign_in
from factories import MadeSite, make_output, make_site

from contactpoint.kit import patience, reads
from contactpoint.kit.models import PageReads
from contactpoint.outputs.models import Output

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def site(db: None) -> MadeSite:
    reads.write_down()
    return make_site(("en", "fr"), standard=False)


@pytest.fixture
def page(site: MadeSite) -> Output:
    return make_output(site, title="Words")


def _numbers() -> list[tuple[int, int]]:
    reads.write_down()
    return list(PageReads.objects.order_by("page").values_list("page", "number"))


def test_a_read_is_counted_and_added_to_those_of_the_day(page: Output) -> None:
    client = Client(headers={"User-Agent": BROWSER})
    client.get(page.url)
    client.get(f"/fr{page.url}")
    assert _numbers() == [(page.pk, 2)], "around another language, too"
    client.get(page.url)
    assert _numbers() == [(page.pk, 3)]
    assert PageReads.objects.get().day == timezone.localdate()


def test_only_the_page_the_day_and_the_number_are_kept() -> None:
    assert {field.name for field in PageReads._meta.get_fields()} == {"id", "page", "day", "number"}


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Examplebot/2.1; +https://bot.example)"},
        {"User-Agent": "curl/8.5.0"},
        {"User-Agent": ""},
        {"User-Agent": BROWSER, "Sec-Purpose": "prefetch"},
    ],
)
def test_programs_and_what_is_fetched_ahead_are_left_out(
    page: Output, headers: dict[str, str]
) -> None:
    assert Client(headers=headers).get(page.url).status_code == 200
    assert _numbers() == []


def test_editors_heads_and_what_is_not_there_are_left_out(page: Output) -> None:
    client = Client(headers={"User-Agent": BROWSER})
    client.head(page.url)
    client.get(f"{page.url}none/")
    sign_in(client)
    client.get(page.url)
    assert _numbers() == []


def test_they_are_written_in_batches(page: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(headers={"User-Agent": BROWSER})
    monkeypatch.setattr(reads, "BATCH", 3)
    for _each in range(2):
        client.get(page.url)
    assert not PageReads.objects.exists()
    client.get(page.url)
    assert PageReads.objects.get().number == 3


def test_what_could_not_be_written_is_written_later(
    page: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    Client(headers={"User-Agent": BROWSER}).get(page.url)

    def locked(*_args: Any) -> Any:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(reads, "briefly", locked)
        assert reads.write_down() == 0
    assert _numbers() == [(page.pk, 1)]
    assert reads.briefly is patience.briefly


def test_a_page_that_is_deleted_meanwhile_takes_nothing_along(page: Output, site: MadeSite) -> None:
    other = make_output(site, title="Other")
    client = Client(headers={"User-Agent": BROWSER})
    for one in (page, other):
        client.get(one.url)
    page.delete()
    assert _numbers() == [(other.pk, 1)]


def test_old_numbers_are_forgotten(page: Output) -> None:
    today = timezone.localdate()
    for days in (0, 399, 401):
        PageReads.objects.create(page=page, day=today - datetime.timedelta(days=days), number=1)
    assert reads.forget_reads() == 1
    assert PageReads.objects.count() == 2
