"""What is kept, for whom, in which form, and how often it is made."""

import gzip
import threading
import time
from pathlib import Path
from typing import Any

import brotli
import pytest
from kept_pages import BODY, HTML, Site, asked

from contactpoint.delivery import keeping
from contactpoint.delivery.keeping import Keep
from contactpoint.delivery.serving import KeptPages
from contactpoint.kit import changes, generations
from contactpoint.kit.generations import Generations


@pytest.fixture
def numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generations:
    monkeypatch.setattr(generations, "SETTLING", 0.0)
    return Generations(tmp_path / "generations")


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def kept(site: Site, numbers: Generations) -> KeptPages:
    return KeptPages(site, Keep(numbers))


def test_a_page_is_made_once_and_given_in_the_best_encoding(site: Site, kept: KeptPages) -> None:
    bodies = {
        taken: asked(kept, "/en/", HTTP_ACCEPT_ENCODING=taken)
        for taken in ("", "gzip", "gzip, br", "br;q=0, gzip;q=0.5")
    }
    assert site.asked == 1
    assert bodies[""][2] == BODY
    assert gzip.decompress(bodies["gzip"][2]) == BODY
    assert brotli.decompress(bodies["gzip, br"][2]) == BODY
    assert gzip.decompress(bodies["br;q=0, gzip;q=0.5"][2]) == BODY
    for _status, headers, body in bodies.values():
        assert headers["content-length"] == str(len(body))
        assert headers["vary"] == "Accept-Encoding"
    assert len({headers["etag"] for _status, headers, _body in bodies.values()}) == 3


def test_who_has_the_page_is_told_that_it_has_not_changed(site: Site, kept: KeptPages) -> None:
    etag = asked(kept, "/en/")[1]["etag"]
    status, headers, body = asked(kept, "/en/", HTTP_IF_NONE_MATCH=f'"other", W/{etag}')
    assert (status, body) == ("304 Not Modified", b"")
    assert headers["etag"] == etag
    assert "content-length" not in headers
    assert asked(kept, "/en/", HTTP_IF_NONE_MATCH='"other"')[0] == "200 OK"


@pytest.mark.parametrize(("asked_for", "first", "last"), [
    ("bytes=0-9", 0, 10), ("bytes=590-", 590, 600), ("bytes=-7", 593, 600),
    ("bytes=10-9999", 10, 600),
])  # fmt: skip
def test_a_part_is_given_of_the_page_as_it_is_sent(
    site: Site, kept: KeptPages, asked_for: str, first: int, last: int
) -> None:
    assert len(BODY) == 600
    for _time in range(2):  # made, and kept
        status, headers, body = asked(kept, "/en/", HTTP_RANGE=asked_for)
        assert (status, body) == ("206 Partial Content", BODY[first:last])
        assert headers["content-range"] == f"bytes {first}-{last - 1}/600"
        assert headers["content-length"] == str(last - first)
    packed = asked(kept, "/en/", HTTP_ACCEPT_ENCODING="br")
    part = asked(kept, "/en/", HTTP_ACCEPT_ENCODING="br", HTTP_RANGE="bytes=3-5")
    assert part[2] == packed[2][3:6]
    assert part[1]["content-encoding"] == "br"
    assert part[1]["etag"] == packed[1]["etag"]
    assert site.asked == 1


@pytest.mark.parametrize("more", [
    {"HTTP_RANGE": "bytes=0-1,3-4"}, {"HTTP_RANGE": "bytes=5-1"}, {"HTTP_RANGE": "lines=1-2"},
    {"HTTP_RANGE": "bytes=-"}, {"HTTP_RANGE": "bytes=0-1", "HTTP_IF_RANGE": '"another"'},
    {"HTTP_RANGE": "bytes=0-1", "HTTP_IF_RANGE": "Wed, 21 Oct 2037 07:28:00 GMT"},
])  # fmt: skip
def test_the_whole_is_given_where_a_part_can_not_be(
    site: Site, kept: KeptPages, more: dict[str, str]
) -> None:
    for _time in range(2):
        status, headers, body = asked(kept, "/en/", **more)
        assert (status, body) == ("200 OK", BODY)
        assert "content-range" not in headers


@pytest.mark.parametrize("asked_for", ["bytes=600-", "bytes=999-1000", "bytes=-0"])
def test_a_part_beyond_the_end_is_refused(site: Site, kept: KeptPages, asked_for: str) -> None:
    status, headers, body = asked(kept, "/en/", HTTP_RANGE=asked_for)
    assert (status, body) == ("416 Range Not Satisfiable", b"")
    assert headers["content-range"] == "bytes */600"


def test_head_has_the_headers_alone(site: Site, kept: KeptPages) -> None:
    status, headers, body = asked(kept, "/en/", REQUEST_METHOD="HEAD")
    assert (status, body, headers["content-length"]) == ("200 OK", b"", str(len(BODY)))
    assert asked(kept, "/en/")[2] == BODY
    assert site.asked == 1


def test_whoever_has_a_cookie_of_ours_is_answered_each_time(
    site: Site, kept: KeptPages, settings: Any
) -> None:
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        before = site.asked
        asked(kept, "/en/", HTTP_COOKIE=f"other=1; {name}=x")
        asked(kept, "/en/", HTTP_COOKIE=f"{name}=x")
        assert site.asked == before + 2


@pytest.mark.parametrize("more", [
    {"HTTP_COOKIE": "a=b; sessionid=x"}, {"HTTP_AUTHORIZATION": "Bearer x"},
    {"REQUEST_METHOD": "POST"}, {"PATH_INFO": "/admin/pages/"},
    {"PATH_INFO": "/en/search/"}, {"QUERY_STRING": "q=" + "x" * 400},
])  # fmt: skip
def test_somebody_in_particular_is_answered_each_time(
    site: Site, kept: KeptPages, more: dict[str, str]
) -> None:
    for _time in range(2):
        asked(kept, "/en/", **more)
    assert site.asked == 2


@pytest.mark.parametrize(("status", "headers"), [
    ("404 Not Found", [HTML]), ("302 Found", [HTML]), ("200 OK", [("Content-Type", "image/png")]),
    ("200 OK", [HTML, ("Set-Cookie", "a=b")]), ("200 OK", [HTML, ("Cache-Control", "no-store")]),
    ("200 OK", [HTML, ("Cache-Control", "private")]), ("200 OK", [HTML, ("Vary", "Accept")]),
    ("200 OK", [HTML, ("Vary", "Cookie, Accept-Language")]),
])  # fmt: skip
def test_what_is_not_for_everybody_is_not_kept(
    site: Site, kept: KeptPages, status: str, headers: list[tuple[str, str]]
) -> None:
    site.status, site.headers = status, headers
    for _time in range(2):
        assert asked(kept, "/en/")[0] == status
    assert site.asked == 2


def test_only_views_that_are_known_to_know_nobody_are_kept(site: Site, kept: KeptPages) -> None:
    site.view = "contactpoint.dissemination.following.own_views"
    asked(kept, "/en/follow/mine/token/"), asked(kept, "/en/follow/mine/token/")
    assert site.asked == 2


def test_what_says_that_it_is_for_one_is_not_kept(site: Site, kept: KeptPages) -> None:
    site.meanwhile = lambda: changes.made_from(changes.NEVER)
    asked(kept, "/en/"), asked(kept, "/en/")
    assert site.asked == 2


def test_a_change_drops_what_was_made_from_it_and_nothing_else(
    site: Site, kept: KeptPages, numbers: Generations
) -> None:
    asked(kept, "/en/news/")
    site.meanwhile = lambda: changes.made_from("consultations_answer")
    asked(kept, "/en/consultations/")
    numbers.changed(["consultations_answer"])
    asked(kept, "/en/news/")
    assert site.asked == 2
    asked(kept, "/en/consultations/")
    assert site.asked == 3
    numbers.changed([changes.EVERYTHING])
    asked(kept, "/en/news/")
    assert site.asked == 4


def test_what_changed_while_it_was_made_is_not_kept(
    site: Site, kept: KeptPages, numbers: Generations
) -> None:
    site.meanwhile = lambda: numbers.changed([changes.EVERYTHING])
    asked(kept, "/en/")
    site.meanwhile = lambda: None
    asked(kept, "/en/"), asked(kept, "/en/")
    assert site.asked == 2


def test_while_a_change_is_committed_nothing_is_taken_from_what_is_kept(
    site: Site, kept: KeptPages, numbers: Generations
) -> None:
    asked(kept, "/en/")
    with numbers.change([changes.EVERYTHING]):
        asked(kept, "/en/")
    assert site.asked == 2


def test_a_page_is_made_once_however_many_ask(site: Site, kept: KeptPages) -> None:
    site.wait = 0.2
    given: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: given.append(asked(kept, "/en/")[2])) for _one in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given == [BODY] * 12
    assert site.asked == 1


def test_beyond_its_time_a_page_is_given_only_while_another_is_made_or_can_not_be(
    site: Site, numbers: Generations
) -> None:
    now = [0.0]
    kept = KeptPages(site, Keep(numbers, clock=lambda: now[0]))
    asked(kept, "/en/")
    now[0] = time.monotonic() + 2 * keeping.LONGEST
    site.status = "503 Service Unavailable"
    status, headers, body = asked(kept, "/en/")
    assert (status, body) == ("200 OK", BODY)
    assert "age" in headers
    numbers.changed([changes.EVERYTHING])
    assert asked(kept, "/en/")[0].startswith("503")


@pytest.mark.parametrize("wait", [keeping.WAIT, 0.1])
def test_whoever_waits_for_a_page_that_can_not_be_made_gets_the_last_one_too(
    site: Site, numbers: Generations, monkeypatch: pytest.MonkeyPatch, wait: float
) -> None:
    """Nobody can say whether it holds elsewhere, as while the database is away; some ask by
    themselves, having waited long enough."""
    monkeypatch.setattr(keeping, "WAIT", wait)
    told = [True]
    kept = KeptPages(site, Keep(numbers, is_told=lambda: told[0]))
    asked(kept, "/en/")
    told[0], site.status, site.wait, site.asked = False, "503 Service Unavailable", 0.5, 0
    given: list[tuple[str, bytes, bool]] = []

    def read() -> None:
        status, headers, body = asked(kept, "/en/")
        given.append((status, body, "age" in headers))

    threads = [threading.Thread(target=read) for _one in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given == [("200 OK", BODY, True)] * 12
    assert site.asked <= (3 if wait > site.wait else 12), "whoever learns of it asks nobody"


def test_there_is_room_for_so_much_and_the_oldest_go(
    site: Site, numbers: Generations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "ROOM", 2200)
    keep = Keep(numbers)
    kept = KeptPages(site, keep)
    for number in range(5):
        asked(kept, f"/en/{number}/")
    assert [key[3] for key in keep.keys()] == ["/en/2/", "/en/3/", "/en/4/"]  # noqa: SIM118


def test_a_change_that_begins_while_the_numbers_are_read_is_not_missed(
    site: Site, kept: KeptPages, numbers: Generations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is made then may be as old as before the change."""
    real, change = numbers.total, numbers.change([changes.EVERYTHING])

    def total() -> int:
        before = real()
        monkeypatch.setattr(numbers, "total", real)
        change.__enter__()
        return before

    monkeypatch.setattr(numbers, "total", total)
    site.meanwhile = lambda: change.__exit__(None, None, None)
    asked(kept, "/en/")
    site.meanwhile = lambda: None
    asked(kept, "/en/")
    assert site.asked == 2


def test_what_is_not_kept_still_goes_compressed(site: Site, kept: KeptPages) -> None:
    site.headers = [("Content-Type", "text/html"), ("Cache-Control", "private"), ("ETag", '"one"')]
    status, headers, body = asked(kept, "/en/", HTTP_ACCEPT_ENCODING="br, gzip")
    assert (status, headers["content-encoding"]) == ("200 OK", "gzip")
    assert gzip.decompress(body) == BODY
    assert int(headers["content-length"]) == len(body)
    assert headers["etag"] == 'W/"one"'
    assert asked(kept, "/en/")[2] == BODY
