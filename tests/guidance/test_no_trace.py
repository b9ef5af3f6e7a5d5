"""Browses as an applicant, then looks for anything that is left: cookies, rows, logs, headers."""

import io
import logging
import logging.config
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from contactpoint.guidance import masking
from contactpoint.guidance.models import Click
from contactpoint.kit.headers import PUBLIC

PATHS = (
    "/guidance/",
    "/ar/",
    "/ar/guidance/",
    "/ar/guidance/?as=minor",
    "/ar/guidance/interview/",
    "/ar/guidance/procedure/",
    "/ar/guidance/procedure/interview/?as=vulnerable",
    "/ar/guidance/procedure/ask/",
    "/ar/guidance/help/",
    "/ar/guidance/leaving/",
    "/ar/guidance/coverage/",
    "/ar/guidance/said/interview/",
    "/ar/guidance/nowhere/",
    "/ar/nowhere/",
    "/en/guidance/procedure/interview/",
)


def rows() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.managed and model is not Click
    }


def test_nothing_is_left_of_a_visit(guides: None, tmp_path: Any) -> None:
    before = rows()
    client = Client(headers={"user-agent": "Phone", "cookie": "", "referer": "https://a.example/"})
    for path in PATHS:
        answer = client.get(path)
        assert "Set-Cookie" not in answer, path
        assert not answer.cookies, path
        assert "Cookie" not in answer.get("Vary", ""), path
    assert client.post("/ar/guidance/said/interview/", {"unclear": "1"}).status_code == 303
    assert not client.cookies
    assert rows() == before
    click = Click.objects.values().get()
    assert click.keys() == {"id", "day", "page", "language", "kind", "wanted", "number"}


def test_a_page_tells_others_nothing(client: Client, guides: None) -> None:
    for path in PATHS:
        answer = client.get(path)
        if answer.status_code == 302 and path in {"/ar/", "/guidance/"}:
            continue
        assert answer["Referrer-Policy"] == "no-referrer", path
        if answer.status_code == 302:
            continue
        policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
        style = policy.pop("style-src")
        assert style.startswith("'self' 'sha256-")
        assert policy == {name: value for name, value in PUBLIC.items() if name != "style-src"}
        page = answer.content.decode()
        assert " src=" in page
        assert 'src="http' not in page
        assert '<link rel="stylesheet' not in page


def test_the_same_page_is_for_everybody(client: Client, guides: None) -> None:
    one = client.get("/ar/guidance/", headers={"accept-language": "fr"})
    other = client.get("/ar/guidance/", headers={"accept-language": "en", "user-agent": "x"})
    assert one.content == other.content
    assert one["Vary"] == "Accept-Encoding"
    assert one["Cache-Control"] == "public, max-age=300"


def test_an_error_is_logged_without_the_page_on_which_it_happened(
    guides: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(masking.GuidanceFilter())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    monkeypatch.setattr("contactpoint.guidance.pages.guide.texts_of", lambda *args: 1 / 0)
    try:
        client = Client(raise_request_exception=False)
        answer = client.get("/ar/guidance/procedure/interview/?as=minor")
        assert answer.status_code == 500
        assert '<html lang="ar" dir="rtl">' in answer.content.decode()
        assert answer["Cache-Control"] == "no-store"
    finally:
        logger.removeHandler(handler)
    first = written.getvalue().splitlines()[0]
    assert first == "Internal Server Error: /ar/guidance/–"
    assert "guidance/procedure" not in written.getvalue()


def test_while_the_database_is_away_readers_are_told_to_come_again_in_their_language(
    guides: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_given: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("contactpoint.guidance.pages.guide.texts_of", away)
    client = Client(raise_request_exception=False)
    answer = client.get("/ar/guidance/procedure/interview/?as=minor")
    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
    assert int(answer["Retry-After"]) > 0
    assert '<html lang="ar" dir="rtl">' in answer.content.decode()


def test_the_log_of_the_site_leaves_pages_of_guidance_out() -> None:
    assert "guidance" in settings.LOGGING["handlers"]["stderr"]["filters"]
    assert (
        masking.GuidanceFilter.masked("GET /ar/guidance/health/mind/?as=minor 200")
        == "GET /ar/guidance/– 200"
    )
    assert masking.GuidanceFilter.masked("/en/news/guidance/") == "/en/news/guidance/"
