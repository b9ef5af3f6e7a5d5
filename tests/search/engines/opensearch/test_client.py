"""How a cluster is spoken to when it is not at its best."""

import logging
import os
import threading
import time
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest

from contactpoint.search.engines.base import EngineError, UnavailableError
from contactpoint.search.engines.opensearch import client as client_module
from contactpoint.search.engines.opensearch.address import read
from contactpoint.search.engines.opensearch.client import Client, RefusedError

Start = Callable[[Callable[[Any], tuple[int, Any]]], Any]


def well(_node: Any) -> tuple[int, Any]:
    return 200, {"well": True}


def client(*places: str, options: str = "") -> Client:
    return Client(read(f"http://{','.join(places)}/emn?{options}"))


def test_requests_go_around_all_nodes(node: Start) -> None:
    nodes = [node(well) for _ in range(3)]
    asking = client(*(each.place for each in nodes))
    for _ in range(9):
        assert asking.read("GET", "/x").body == {"well": True}
    assert [len(each.asked) for each in nodes] == [3, 3, 3]


def test_a_node_that_is_gone_is_passed_over_and_asked_last(
    node: Start, gone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = node(well)
    asking = client(gone, there.place)
    for _ in range(4):
        assert asking.read("GET", "/x").status == 200
    tried: list[str] = []
    nodes = asking._order()
    assert nodes[-1].resting_until > time.monotonic()
    monkeypatch.setattr(nodes[-1].pool, "request", lambda *a, **k: tried.append("gone"))
    asking.read("GET", "/x")
    assert tried == []


@pytest.mark.parametrize("status", [0, 429, 502, 503, 504])
def test_a_node_that_breaks_off_or_is_busy_is_followed_by_another(node: Start, status: int) -> None:
    bad, good = node(lambda _node: (status, {"error": "busy"})), node(well)
    asking = client(bad.place, good.place)
    for _ in range(2):
        assert asking.read("POST", "/x", {"a": 1}).body == {"well": True}
        assert asking.write("POST", "/x", {"a": 1}).body == {"well": True}
    assert bad.asked
    assert set(bad.asked + good.asked) == {("POST", "/x", b'{"a":1}')}


def test_a_node_that_is_slow_is_followed_by_another(node: Start) -> None:
    is_over = threading.Event()

    def slow(_node: Any) -> tuple[int, Any]:
        is_over.wait(60)
        return 200, {"well": False}

    good = node(well)
    asking = client(node(slow).place, good.place, options="timeout=0.5")
    assert asking.read("GET", "/x").body == {"well": True}
    assert asking.read("GET", "/x").body == {"well": True}
    assert len(good.asked) == 2
    is_over.set()


def test_a_cluster_that_was_busy_for_a_moment_answers_after_all(node: Start) -> None:
    busy = node(lambda one: (503, {}) if len(one.asked) < 3 else (200, {"well": True}))
    assert client(busy.place).read("GET", "/x").body == {"well": True}
    assert len(busy.asked) == 3


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        ((503, {}), "The search cluster is busy or incomplete (status 503)."),
        ((0, b""), "The search cluster breaks off while it answers."),
        ((200, b"<html>"), "What answers is not an OpenSearch cluster."),
        ((401, b"Unauthorized"), "The search cluster refuses our name and password."),
        ((403, {"error": {"reason": "no"}}), "The search cluster refuses our name and password."),
    ],
)
def test_what_does_not_help_is_unavailable_in_a_sentence(
    node: Start, says: tuple[int, Any], sentence: str
) -> None:
    with pytest.raises(UnavailableError) as problem:
        client(node(lambda _node: says).place).read("GET", "/x")
    assert str(problem.value) == sentence


def test_without_any_node_a_reader_is_told_within_seconds(gone: str) -> None:
    started = time.monotonic()
    with pytest.raises(UnavailableError, match="does not answer"):
        client(gone).read("GET", "/x")
    assert time.monotonic() - started < 20


def test_a_write_waits_longer_than_a_reader_but_not_for_ever(
    gone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "WRITING", 2.5)
    started = time.monotonic()
    with pytest.raises(UnavailableError):
        client(gone).write("POST", "/x")
    assert 0.7 < time.monotonic() - started < 20


def test_what_the_cluster_refuses_is_said_in_its_words_and_not_asked_again(node: Start) -> None:
    error = {"type": "parsing", "reason": "all", "root_cause": [{"reason": "unknown field [x]"}]}
    refusing = node(lambda _node: (400, {"error": error}))
    with pytest.raises(RefusedError, match=r"OpenSearch refuses: unknown field \[x\]\.") as refused:
        client(refusing.place, node(well).place).read("GET", "/x")
    assert (refused.value.status, refused.value.kind) == (400, "parsing")
    assert isinstance(refused.value, EngineError)
    assert len(refusing.asked) == 1


def test_a_status_that_is_allowed_is_an_answer(node: Start) -> None:
    missing = node(lambda _node: (404, {"found": False}))
    assert client(missing.place).read("GET", "/x", allowed={404}) == (404, {"found": False})


def test_name_and_password_are_sent_and_never_told(
    node: Start, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    there = node(lambda _node: (401, {}))
    asking = Client(read(f"http://me:s%C3%A9cret@{there.place}/emn"))
    with pytest.raises(UnavailableError) as problem:
        asking.read("POST", "/x", {"query": "gezinshereniging"})
    assert there.logins == ["Basic " + b64encode("me:sécret".encode()).decode()]
    told = f"{caplog.text} {problem.value!r} {asking!r} {asking.address!r}"
    for secret in ("cret@", "sécret", b64encode("me:sécret".encode()).decode(), "gezins"):
        assert secret not in told.replace('gezinshereniging"})', "")


def test_a_redirect_is_not_followed(node: Start) -> None:
    elsewhere = node(well)
    moved = node(lambda _node: (302, b""))
    with pytest.raises(EngineError):
        client(moved.place).read("GET", "/x")
    assert elsewhere.asked == []


def test_a_child_process_has_connections_of_its_own(node: Start) -> None:
    asking = client(node(well).place)
    asking.read("GET", "/x")
    ours = asking._opened()[0].pool
    child = os.fork()
    if child == 0:
        fresh = asking._opened()[0].pool is not ours
        os._exit(0 if fresh and asking.read("GET", "/x").status == 200 else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert asking._opened()[0].pool is ours
