"""Every answer carries the headers, and the Observatory's rules would give at least 130."""

import re
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.checks.security import base as security
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings

from contactpoint.kit.headers import SecurityHeadersMiddleware

PUBLIC = ["/healthz", "/account/login/", "/en/no-such-page/", "/.well-known/security.txt"]


def answer_to(path: str, response: HttpResponse) -> HttpResponse:
    request = HttpRequest()
    request.path_info = path
    return SecurityHeadersMiddleware(lambda _request: response)(request)


def directives(response: HttpResponse) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


def observatory_score(response: HttpResponse) -> int:
    """The scoring of Mozilla's HTTP Observatory (version 4), for what a page's headers decide.

    Starts at 100; what would cost points is asserted away, what earns points is added.
    """
    policy = directives(response)
    score = 100
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in response["Content-Security-Policy"]
    score += 10  # csp-implemented-with-no-unsafe-default-src-none
    for cookie in response.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] in ("Lax", "Strict")
        assert cookie["secure"]
    score += 5  # cookies-secure-with-httponly-sessions-and-samesite, or none at all
    assert "Access-Control-Allow-Origin" not in response
    seconds = int(re.match(r"max-age=(\d+)", response["Strict-Transport-Security"])[1])
    assert seconds >= 15_768_000
    assert response["Referrer-Policy"] in ("no-referrer", "same-origin", "strict-origin")
    score += 5  # referrer-policy-private
    assert response["X-Content-Type-Options"] == "nosniff"
    assert policy["frame-ancestors"] == "'none'"
    score += 5  # x-frame-options-implemented-via-csp
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    score += 10  # cross-origin-resource-policy-implemented-with-same-origin
    return score


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/account/login/", "/healthz"])
def test_the_observatory_gives_at_least_130(path: str) -> None:
    with override_settings(
        SECURE_HSTS_SECONDS=2 * 365 * 86_400,
        SESSION_COOKIE_SECURE=True,
        CSRF_COOKIE_SECURE=True,
    ):
        assert observatory_score(Client().get(path, secure=True)) >= 130


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_every_public_answer_refuses_what_it_does_not_need(path: str) -> None:
    response = Client().get(path)
    policy = directives(response)
    assert policy["default-src"] == "'none'"
    for name in ("script-src", "style-src", "font-src", "connect-src", "form-action"):
        assert policy[name] == "'self'", name
    for name in ("base-uri", "frame-ancestors"):
        assert policy[name] == "'none'", name
    assert policy["require-trusted-types-for"] == "'script'"
    assert policy["trusted-types"] == "'none'"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    for sensor in ("camera", "microphone", "geolocation", "payment", "browsing-topics"):
        assert f"{sensor}=()" in response["Permissions-Policy"]


def test_production_asks_for_https_for_two_years() -> None:
    code = (
        "from contactpoint.config import settings as s;"
        "print(s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS,"
        " s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
    )
    environment = {"CONTACTPOINT_ENVIRONMENT": "production", "CONTACTPOINT_SECRET_KEY": "k" * 60}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["63072000", "True", "True", "True"]


def test_the_admin_may_be_framed_by_itself_only_and_loads_from_nowhere_else() -> None:
    policy = directives(answer_to("/admin/pages/", HttpResponse()))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'self'"
    assert policy["base-uri"] == "'none'"
    assert "'unsafe-eval'" not in policy["script-src"]
    assert not any("http" in value or "*" in value for value in policy.values())


@pytest.mark.parametrize("path", ["/account/login/", "/admin/"])
@pytest.mark.django_db
def test_personal_pages_are_never_stored(path: str) -> None:
    assert Client().get(path)["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("kind", "is_saved"),
    [
        ("application/pdf", True),
        ("text/html", True),
        ("image/svg+xml", True),
        ("application/xhtml+xml", True),
        ("", True),
        ("image/png", False),
        ("audio/ogg", False),
        ("video/mp4", False),
    ],
)
@pytest.mark.parametrize("path", ["/media/x", "/documents/1/x"])
def test_files_are_sandboxed_and_saved_unless_picture_sound_or_film(
    path: str, kind: str, is_saved: bool
) -> None:
    response = answer_to(path, HttpResponse(content_type=kind))
    assert directives(response) == {
        "default-src": "'none'",
        "sandbox": "",
        "frame-ancestors": "'none'",
    }
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.get("Content-Disposition", "").startswith("attachment") == is_saved


def test_a_file_keeps_its_name_when_it_is_made_to_be_saved() -> None:
    response = HttpResponse(content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="study.pdf"'
    saved = answer_to("/documents/1/study.pdf", response)
    assert saved["Content-Disposition"] == 'attachment; filename="study.pdf"'


@pytest.mark.django_db
def test_security_txt_says_where_to_report_and_until_when_it_holds() -> None:
    with override_settings(SECURITY_CONTACT="mailto:security@portal.test"):
        response = Client().get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"] == "mailto:security@portal.test"
    assert fields["Canonical"] == f"{settings.BASE_URL}/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "en, fr, nl, de"
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert 0 < left.days < 365


@pytest.mark.django_db
@override_settings(SECURITY_CONTACT="")
def test_security_txt_is_absent_while_nobody_is_named() -> None:
    assert Client().get("/.well-known/security.txt", follow=True).status_code == 404


def test_the_secret_key_passes_djangos_own_check() -> None:
    assert not security.check_secret_key(None)


def test_a_preview_keeps_the_readers_policy_but_may_be_framed_by_the_admin() -> None:
    page = answer_to("/en/news/a-page/", HttpResponse())
    assert directives(page)["frame-ancestors"] == "'none'"
    preview = answer_to("/admin/pages/3/edit/preview/", page)
    policy = directives(preview)
    assert policy["frame-ancestors"] == "'self'"
    assert policy["script-src"] == "'self'"
    assert preview["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/", "/nl/glossary/", "/en/search/?q=asylum", "/en/nothing/"])
def test_readers_get_no_cookie_and_one_page_for_all(path: str) -> None:
    response = Client().get(path)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_what_is_never_a_page_carries_no_headers_of_one() -> None:
    """A kilobyte with each part is felt on a slow line."""
    for path, kind, policy in (
        ("/static/kit/search-box.js", "text/javascript", "default-src 'none'; frame-ancestors"),
        ("/css/a.css", "text/css", "default-src 'none'; frame-ancestors"),
        ("/static/kit/img/favicon.svg", "image/svg+xml", "default-src 'none'; sandbox"),
        ("/media/images/a.avif", "image/avif", "default-src 'none'; sandbox"),
    ):
        answer = answer_to(path, HttpResponse(content_type=kind))
        assert answer["Content-Security-Policy"].startswith(policy)
        assert "Permissions-Policy" not in answer
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert sum(len(name) + len(value) for name, value in answer.headers.items()) < 260
    for path, kind in (
        ("/static/a.html", "text/html"),
        ("/media/a", "text/html"),
        ("/en/", "image/png"),
    ):
        assert "Permissions-Policy" in answer_to(path, HttpResponse(content_type=kind))
