"""What the log holds, by whichever door a secret comes to it; and what it never holds."""

import io
import json
import logging
import logging.config
import os
import re
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import signing
from django.db import DatabaseError, IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver, path
from django.urls.resolvers import URLPattern, URLResolver
from django_tasks import task

from contactpoint.config.logs import FILTERS, JSON, logs, written_for_granian
from contactpoint.kit import housekeeping, outbox, rounds
from contactpoint.kit.bare_words import LONGEST, bare
from contactpoint.kit.jobs import JobRunner
from contactpoint.kit.log_lines import log_everything
from contactpoint.kit.models import OutboxEntry
from contactpoint.kit.request_ids import HEADER, NamedRequests

SIGNED = signing.dumps("0f1e2d3c4b5a69788796a5b4c3d2e1f0", salt="x")
SECRETS = {
    "e-mail address": "jan.peeters@example.org",
    "address of a network": "203.0.113.77",
    "newer address of a network": "2001:db8:1::77",
    "question": "/en/search/?q=neighbour+peeters",
    "cookie": "Cookie: contactpoint_session_ab12=s3cr3tOfASession",
    "cookie in a dictionary": "{'HTTP_COOKIE': 'contactpoint_session=s3cr3tOfASession'}",
    "token in a header": "Authorization: Bearer abcDEF123456secretTOKEN",
    "password": "smtp://portal:hunter2secret@mail.example.org:587",
    "signed link": f"/en/follow/mine/{SIGNED}/",
    "link of an answer": "/en/consultations/a/answer/abcdefghij0123456789klmn/",
    "link with a number": "/api/v1/proposals/0e5f9b7a-1c2d-4e3f-8a9b-0c1d2e3f4a5b",
    "page of guidance": "/ar/guidance/health/mind/",
    "row of a database": 'duplicate key\nDETAIL:  Key (name)=(Jan Peeters) already exists.',
}  # fmt: skip
GIVES_AWAY = (
    *("peeters", "Peeters", "203.0.113", "2001:db8", "neighbour", "s3cr3t", "abcDEF", "hunter2"),
    *(SIGNED, SIGNED.split(":")[-1], "abcdefghij0123456789klmn", "0e5f9b7a-1c2d", "health/mind"),
)
Written = Callable[[], str]
TOLD_OF = ("django.request", "axes", "django_tasks", "_granian", "django")


@pytest.fixture(params=["lines", JSON])
def written(request: pytest.FixtureRequest) -> Iterator[Written]:
    """What has been logged since the test began, at any level, in one form or the other."""
    made = logging.config.DictConfigurator(logs("DEBUG", request.param))
    made.configure()  # type: ignore[no-untyped-call]
    handler = made.config["handlers"]["stderr"]
    stream = io.StringIO()
    handler.setStream(stream)
    loggers = [logging.getLogger(name) for name in TOLD_OF]
    levels = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.DEBUG)

    def told() -> str:
        text = stream.getvalue()
        if request.param == JSON:
            for line in text.splitlines():
                assert isinstance(json.loads(line), dict)
        return text

    yield told
    logging.config.dictConfig(logs("INFO"))
    for one, level in zip(loggers, levels, strict=True):
        one.setLevel(level)  # else each test after this one tells all that a template looked for


def assert_bare(text: str) -> None:
    """Nothing of any secret."""
    assert text, "nothing was logged: the door is another"
    for word in GIVES_AWAY:
        assert word not in text, text


@pytest.fixture(params=SECRETS.values(), ids=list(SECRETS))
def secret(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@task()
def failing(said: str) -> None:
    raise ValueError(said)


def test_the_name_of_a_logger_is_no_name_of_a_secret(written: Written) -> None:
    logging.getLogger("contactpoint.api.tokens").warning("Token %s made for %s.", 1, "cgrs")
    assert "Token 1 made for cgrs." in written()
    logging.getLogger("contactpoint.api.tokens").warning("token: %s", "geheim7x")
    assert "geheim7x" not in written()


def test_a_message_its_arguments_and_what_was_raised(written: Written, secret: str) -> None:
    log = logging.getLogger("contactpoint.anything")
    log.error(secret)
    log.warning("Something with %s and %r", secret, {"given": secret})
    log.warning("Named %(given)s", {"given": secret})
    try:
        try:
            raise KeyError(secret)
        except KeyError as problem:
            raise IntegrityError(secret) from problem
    except IntegrityError:
        log.exception("It failed at %s.", secret)
    assert_bare(written())


def failed(request: HttpRequest, said: str = "") -> HttpResponse:
    raise ValueError(request.META["HTTP_X_SAID"])


def told_nothing(request: HttpRequest, *_given: object) -> HttpResponse:
    return HttpResponse(status=500)


handler500 = f"{__name__}.told_nothing"
urlpatterns = [
    path("fails/", failed), path("<path:said>", failed),
]  # fmt: skip


@pytest.mark.django_db
def test_a_view_that_fails(written: Written, secret: str) -> None:
    client = Client(raise_request_exception=False)
    with override_settings(ROOT_URLCONF=__name__):
        where = secret if secret.startswith("/") else "/fails/"
        client.get(where, headers={"X-Said": secret.replace("\n", " ")}, REMOTE_ADDR="203.0.113.77")
    assert_bare(written())


@pytest.mark.django_db
def test_what_django_refuses(written: Written, secret: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    where = secret if secret.startswith("/") else "/en/follow/"
    given = {"email": "jan.peeters@example.org"}
    client.post(where, given, headers={"Cookie": "a=s3cr3tOfASession"}, REMOTE_ADDR="203.0.113.77")
    client.get("/en/no/such/page/" + (secret if secret.startswith("/") else ""))
    assert_bare(written())


@pytest.mark.django_db
def test_signing_in_that_fails_until_it_is_locked(written: Written) -> None:
    client = Client(headers={"User-Agent": "Browser of Peeters"})
    for _time in range(9):
        client.post(
            "/account/login/?next=/admin/?q=peeters",
            {"login": "jan.peeters@example.org", "password": "hunter2hunter2"},
            REMOTE_ADDR="203.0.113.77",
        )
    logging.getLogger("axes").warning("AXES: locked %s", {"ip_address": "203.0.113.77"})
    assert_bare(written())


@pytest.mark.django_db
def test_jobs_messages_and_rounds_that_fail(
    written: Written, secret: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    failing.enqueue(secret)
    assert JobRunner().run_one()

    def fail(**_payload: Any) -> bool:
        raise DatabaseError(secret)

    monkeypatch.setitem(outbox._handlers, "test.failing", [fail])
    OutboxEntry.objects.create(topic="test.failing", attempts=outbox.MAX_ATTEMPTS - 1)
    outbox.drain()
    monkeypatch.setattr(rounds, "_rounds", [fail])
    monkeypatch.setattr(rounds, "_failed", {})
    rounds.run()
    monkeypatch.setattr(housekeeping, "_tasks", [fail])
    housekeeping.tidy()
    text = written()
    assert_bare(text)
    assert "test.failing" in text


def test_warnings_and_what_nobody_caught(
    written: Written, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    try:
        log_everything()
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            logging.captureWarnings(True)
            warnings.warn(secret, UserWarning, stacklevel=1)
        problem = RuntimeError(secret)
        sys.excepthook(RuntimeError, problem, None)
        threading.excepthook(
            SimpleNamespace(
                exc_type=RuntimeError, exc_value=problem, exc_traceback=None, thread=None
            )  # type: ignore[arg-type]
        )
    finally:
        logging.captureWarnings(False)
    assert_bare(written())


def test_the_web_server_itself(written: Written, secret: str, tmp_path: Path) -> None:
    logging.getLogger("_granian").error("Application callable raised an exception\n%s", secret)
    assert_bare(written())
    given = json.loads(written_for_granian(tmp_path).read_text(encoding="utf-8"))
    logging.config.dictConfig(given)


def _named(patterns: Any, prefix: str = "") -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _named(one.url_patterns, prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield prefix + str(one.pattern)


def test_no_address_with_a_token_is_told_with_it(written: Written) -> None:
    """Whatever addresses the portal gets: what stands for a token in them is not told."""
    kinds = re.compile(r"<(?:str|uuid|link|secret|path)?:?(?:token|secret|link|key|reference)>")
    addresses = [one for one in _named(get_resolver().url_patterns) if kinds.search(one)]
    assert len(addresses) >= 5
    for address in addresses:
        real = re.sub(r"<[^>]+>", "seven", kinds.sub(SIGNED, address))
        logging.getLogger("django.request").error("Internal Server Error: /%s", real)
    assert_bare(written())


def test_what_people_need_is_still_there() -> None:
    for text in (
        "Internal Server Error: /en/publications/annual-report-on-migration-and-asylum-2023/",
        "Job 0e5f9b7a-1c2d-4e3f-8a9b-0c1d2e3f4a5b tries again at 2026-11-27 01:15:27.123456+00:00.",
        "Port 8000 on 127.0.0.1 can't be used; ::1 neither. Why? It is taken.",
        "Forbidden (CSRF cookie not set.): /en/follow/",
    ):
        assert bare(text) == text
    assert len(bare("a" * 10 * LONGEST)) == LONGEST


def test_an_object_says_when_where_how_bad_and_for_which_request() -> None:
    made = logging.config.DictConfigurator(logs("INFO", JSON))
    formatter = made.configure_formatter(made.config["formatters"][JSON])  # type: ignore[no-untyped-call]
    try:
        raise OSError(28, "No space left on device", "/home/jan.peeters@example.org")
    except OSError:
        raised = sys.exc_info()
    record = logging.LogRecord(
        "contactpoint.a", logging.ERROR, __file__, 1, "Two\nlines of %s", ("words",), raised
    )
    line = formatter.format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert told["time"].endswith("+00:00")
    assert (told["level"], told["logger"], told["message"]) == (
        "ERROR", "contactpoint.a", "Two\nlines of words",
    )  # fmt: skip
    assert (told["error"], told["said"]) == ("OSError", "No space left on device")
    assert told["trace"][0].startswith("operations/test_logs.py:")


@pytest.mark.parametrize(("given", "taken"), [
    ("0123456789abcdef0123456789abcdef", True),
    ("0e5f9b7a-1c2d-4e3f-8a9b-0c1d2e3f4a5b", True),
    ("jan.peeters@example.org", False), ("short", False), ("a" * 65, False), ("", False),
])  # fmt: skip
def test_the_name_of_a_request_is_taken_over_and_given_back(given: str, taken: bool) -> None:
    seen: list[str] = []

    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        seen.append(environ["contactpoint.request"])
        start("200 OK", [("Content-Type", "text/plain")])
        return [b""]

    told: list[Any] = []
    NamedRequests(application)({"HTTP_X_REQUEST_ID": given}, lambda *all_: told.append(all_))
    name = dict(told[0][1])[HEADER]
    assert seen == [name]
    assert (name == given) is taken
    assert re.fullmatch(r"[0-9a-f-]{16,64}", name)


@pytest.mark.django_db
def test_what_is_logged_during_a_request_bears_its_name() -> None:
    made = logging.config.DictConfigurator(logs("INFO", JSON))
    formatter = made.configure_formatter(made.config["formatters"][JSON])  # type: ignore[no-untyped-call]
    lines: list[str] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(formatter.format(record))

    handler = Handler()
    logging.getLogger("django.request").addHandler(handler)
    try:
        client = Client(raise_request_exception=False)
        with override_settings(ROOT_URLCONF=__name__):
            client.get("/fails/", headers={"X-Said": "x", "X-Request-ID": "feedfacefeedface"})
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert [json.loads(line)["request"] for line in lines] == ["feedfacefeedface"]


def test_a_command_logs_objects_where_the_setting_says_so(tmp_path: Path) -> None:
    script = (
        "import django; django.setup(); import logging, sys;"
        "logging.getLogger('contactpoint.x').error('told to jan.peeters@example.org');"
        "raise RuntimeError('jan.peeters@example.org')"
    )
    own = {key: value for key, value in os.environ.items() if not key.startswith("CONTACTPOINT_")}
    own |= {
        "CONTACTPOINT_ENVIRONMENT": "demo",
        "CONTACTPOINT_DATA": str(tmp_path),
        "CONTACTPOINT_LOG": "json",
        "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", script], env=own, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 1
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert [one["level"] for one in told] == ["ERROR", "CRITICAL"]
    assert told[0]["message"] == "told to –"
    assert told[1]["error"] == "RuntimeError"
    assert "peeters" not in done.stderr


def test_every_filter_of_an_app_is_among_the_masks() -> None:
    """The traceback is looked at by the formatter, which knows what the filters know."""
    made = logs("INFO")
    for form in ("lines", JSON):
        assert made["formatters"][form]["masks"] == list(FILTERS.values())
