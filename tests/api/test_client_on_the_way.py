"""The Python client on the way to a portal: redirects, answers that never come, and waiting."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from contactpoint.accounts.places import MINUTE
from contactpoint.api import limiting

FOLDER = Path(__file__).parents[2] / "clients" / "python"
VIDEO = {"kind": "video", "title": {"en": "A film"}}
Answer = Callable[[BaseHTTPRequestHandler], None]


class Portal:
    """A server that answers what a test puts in, in turn, and keeps how it was asked."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        portal = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                portal.asked.append((self.command, self.path, dict(self.headers)))
                portal.answers.pop(0)(self)

            do_POST = do_DELETE = do_GET  # noqa: N815 — as Python looks them up

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"


def said(status: int = 200, content: Any = None, **headers: str) -> Answer:
    """An answer of the interface."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(json.dumps(content or {"id": "1"}).encode())

    return answer


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """The server takes the request and says nothing."""
    handler.close_connection = True


@pytest.fixture
def opened() -> Iterator[Callable[[], Portal]]:
    made: list[Portal] = []

    def one() -> Portal:
        made.append(Portal())
        return made[-1]

    yield one
    for each in made:
        each.server.shutdown()
        each.server.server_close()


@pytest.fixture
def client_of(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    monkeypatch.syspath_prepend(str(FOLDER))
    from contactpoint_client import Client  # noqa: PLC0415 — it is no part of the portal

    return lambda url, **more: Client(url, token="cpt_secret", **more)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_token_goes_to_no_other_place(
    code: int, opened: Callable[[], Portal], client_of: Callable[..., Any]
) -> None:
    from contactpoint_client import PortalError  # noqa: PLC0415 — as above

    portal, elsewhere = opened(), opened()
    for ask in (
        lambda client: client.proposal("1"),
        lambda client: client.propose(VIDEO),
        lambda client: client.withdraw("1"),
        lambda client: client.one_of_outputs("1"),
    ):
        portal.answers = [said(code, Location=f"{elsewhere.url}/api/v1/proposals/1")]
        elsewhere.answers = [said()]
        with pytest.raises(PortalError, match=f"leads to another place, {elsewhere.url}"):
            ask(client_of(portal.url))
    assert elsewhere.asked == []


def test_a_redirect_within_the_portal_takes_the_token_only_to_proposals(
    opened: Callable[[], Portal], client_of: Callable[..., Any]
) -> None:
    portal = opened()
    portal.answers = [said(302, Location="/api/v1/proposals/2"), said(content={"id": "2"})]
    assert client_of(portal.url).proposal("1") == {"id": "2"}
    assert portal.asked[1][2]["Authorization"] == "Bearer cpt_secret"
    portal.answers = [said(302, Location="/en/"), said()]
    client_of(portal.url).proposal("1")
    assert portal.asked[3][1] == "/en/"
    assert "Authorization" not in portal.asked[3][2]


def test_what_is_sent_is_not_led_on_as_reading(
    opened: Callable[[], Portal], client_of: Callable[..., Any]
) -> None:
    from contactpoint_client import PortalError  # noqa: PLC0415 — as above

    portal = opened()
    portal.answers = [said(302, Location="/api/v1/proposals/")]
    with pytest.raises(PortalError, match="could not be sent"):
        client_of(portal.url).propose(VIDEO)
    assert [one[0] for one in portal.asked] == ["POST"]


def test_a_proposal_without_an_answer_is_sent_again_under_the_same_key(
    opened: Callable[[], Portal], client_of: Callable[..., Any]
) -> None:
    portal = opened()
    portal.answers = [hang_up, said(content={"id": "1"})]
    assert client_of(portal.url).propose(VIDEO) == {"id": "1"}
    first, second = (one[2]["Idempotency-Key"] for one in portal.asked)
    assert first == second


def test_who_gets_no_answer_is_told_the_key(
    opened: Callable[[], Portal], client_of: Callable[..., Any]
) -> None:
    from contactpoint_client import NoAnswerError, PortalError  # noqa: PLC0415 — as above

    portal = opened()
    portal.answers = [hang_up, hang_up]
    with pytest.raises(NoAnswerError, match="propose it again with key=") as caught:
        client_of(portal.url).propose(VIDEO)
    assert {one[2]["Idempotency-Key"] for one in portal.asked} == {caught.value.key}
    portal.answers = [said(502)]
    with pytest.raises(PortalError) as failed:
        client_of(portal.url).propose(VIDEO)
    assert failed.value.key == portal.asked[-1][2]["Idempotency-Key"]


def test_a_silent_server_is_no_answer_either(
    opened: Callable[[], Portal], client_of: Callable[..., Any]
) -> None:
    portal, go_on = opened(), threading.Event()
    portal.answers = [lambda _handler: go_on.wait(10) and None, said(content={"id": "1"})]
    assert client_of(portal.url, timeout=0.3).propose(VIDEO) == {"id": "1"}
    go_on.set()


def test_it_waits_more_than_once_and_not_for_ever(
    opened: Callable[[], Portal], client_of: Callable[..., Any]
) -> None:
    from contactpoint_client import PortalError  # noqa: PLC0415 — as above

    portal = opened()
    waits: list[float] = []
    client = client_of(portal.url, wait=waits.append)
    portal.answers = [said(429, Retry_After="3"), said(429, Retry_After="1"), said()]
    assert client.one_of_outputs("1") == {"id": "1"}
    assert waits == [3, 1]
    portal.answers = [said(429, Retry_After="1"), said()]
    assert client.propose(VIDEO) == {"id": "1"}
    portal.answers = [said(429, Retry_After="1") for _number in range(50)]
    with pytest.raises(PortalError):
        client.one_of_outputs("2")
    assert len(portal.asked) < 20


@pytest.mark.parametrize("past", [0.0, 0.25, 0.999, 1.5, 59.001, 59.75])
def test_who_waits_as_long_as_told_may_ask_again(
    past: float, rf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_800_000_000.0 // MINUTE * MINUTE + past
    monkeypatch.setattr(limiting, "A_MINUTE", 0)
    monkeypatch.setattr(limiting.time, "time", lambda: now)
    left = limiting.counted(rf.get("/api/v1/"))
    assert left.is_over
    monkeypatch.setattr(limiting, "A_MINUTE", 1)
    monkeypatch.setattr(limiting.time, "time", lambda: now + left.reset)
    assert not limiting.counted(rf.get("/api/v1/")).is_over


@pytest.mark.parametrize(
    "content", [{"errors": [{"message": "x"}]}, {"errors": ["x"]}, {"errors": "x"}]
)
def test_an_error_of_a_gateway_is_an_error_of_the_portal_with_the_key(
    opened: Callable[[], Portal], client_of: Callable[..., Any], content: Any
) -> None:
    from contactpoint_client import PortalError  # noqa: PLC0415 — as above

    portal = opened()
    portal.answers = [said(502, content), said(502, content)]
    with pytest.raises(PortalError) as failed:
        client_of(portal.url).propose(VIDEO)
    assert failed.value.key == portal.asked[-1][2]["Idempotency-Key"]
    with pytest.raises(PortalError):
        client_of(portal.url).one_of_outputs("1")


def test_it_waits_until_a_moment_that_is_told(
    opened: Callable[[], Portal], client_of: Callable[..., Any]
) -> None:
    portal = opened()
    waits: list[float] = []
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    portal.answers = [said(503, Retry_After=moment), said()]
    assert client_of(portal.url, wait=waits.append).one_of_outputs("1") == {"id": "1"}
    (waited,) = waits
    assert 15 < waited <= 22
