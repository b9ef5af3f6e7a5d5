"""What Mozilla's Observatory would give the portal, with the settings of production."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import observatory
import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client, override_settings
from editing import sign_in
from saved_sources import png

from contactpoint.media.models import CustomDocument, CustomImage

pytestmark = pytest.mark.django_db

NAMES = (
    *("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_CONTENT_TYPE_NOSNIFF"),
    *("SECURE_REFERRER_POLICY", "SECURE_CROSS_ORIGIN_OPENER_POLICY", "X_FRAME_OPTIONS"),
    *("SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE"),
    *("CSRF_COOKIE_SECURE", "CSRF_COOKIE_HTTPONLY", "CSRF_COOKIE_SAMESITE"),
    *("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME"),
)
OPEN = (
    *("/", "/en/", "/nl/glossary/", "/en/search/?q=asylum", "/en/guidance/", "/ar/"),
    *("/en/no-such-page/", "/healthz", "/robots.txt", "/sitemap.xml", "/en/feed.atom"),
    *("/.well-known/security.txt", "/account/login/", "/admin/login/", "/admin/"),
    "/static/none.js",
)
FOR_OTHER_SITES = ("/api/v1/", "/api/v1/openapi.json", "/oai?verb=Identify", "/css/none.css")


@pytest.fixture(scope="module")
def production() -> dict[str, object]:
    """As a process with nothing but a secret key has them."""
    code = (
        "import json; from contactpoint.config import settings as s;"
        f"print(json.dumps({{name: getattr(s, name) for name in {NAMES!r}}}))"
    )
    environment = {
        "CONTACTPOINT_ENVIRONMENT": "production",
        "CONTACTPOINT_SECRET_KEY": "k" * 60,
        "PYTHONPATH": ":".join(filter(None, sys.path)),
    }
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return dict(json.loads(ran.stdout))


@pytest.fixture(autouse=True)
def _in_production(production: dict[str, object]) -> Iterator[None]:
    with override_settings(**production):
        yield


def score_of(client: Client, path: str) -> observatory.Score:
    answer = client.get(path, secure=True, headers={"Origin": "https://elsewhere.test"})
    return observatory.score(answer)


@pytest.mark.parametrize("path", OPEN)
def test_what_anybody_may_ask_earns_at_least_130_of_140(path: str) -> None:
    found = score_of(Client(), path)
    assert found.points >= 130, found.findings
    assert not [name for name, points in found.findings.items() if points < 0]


@pytest.mark.parametrize("path", FOR_OTHER_SITES)
def test_what_other_sites_may_load_loses_nothing_and_earns_120(path: str) -> None:
    """The interface, and the styles of figures in frames: 10 less, as any site may have them."""
    found = score_of(Client(), path)
    assert found.findings["cross-origin-resource-policy-implemented-with-cross-origin"] == 0
    assert found.points == 120
    assert "cookies-not-found" in found.findings


def test_the_page_to_sign_in_sets_its_cookie_as_it_should_be_and_earns_135() -> None:
    found = score_of(Client(), "/account/login/")
    assert found.findings["cookies-secure-with-httponly-sessions-and-samesite"] == 5
    assert found.points == 135


def test_cookies_are_for_this_host_alone() -> None:
    """A browser refuses `__Host-` where any of this is missing, and takes it from no other host."""
    answer = Client().get("/account/login/", secure=True)
    assert answer.cookies
    for name, cookie in answer.cookies.items():
        assert name.startswith("__Host-contactpoint_")
        assert cookie["secure"]
        assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_files_earn_at_least_130() -> None:
    document = CustomDocument.objects.create(title="A", file=ContentFile(b"%PDF-1.4", name="a.pdf"))
    picture = CustomImage.objects.create(title="B", file=ContentFile(png(), name="b.png"))
    rendition = picture.get_rendition("width-10")
    for path in (document.url, f"/media/{rendition.file.name}", "/media/images/none.png"):
        assert score_of(Client(), path).points >= 130, path


def test_the_admin_loses_for_the_scripts_that_wagtail_writes_into_pages_and_nothing_else(
    client: Client,
) -> None:
    sign_in(client)
    for path in ("/admin/", "/admin/pages/", "/admin/documents/", "/admin/images/add/"):
        found = score_of(client, path)
        lost = {name: points for name, points in found.findings.items() if points < 0}
        assert lost == {"csp-implemented-with-unsafe-inline": -20}, path
        assert found.points == 80


def test_the_proxy_that_we_ship_leads_from_http_to_https_on_the_same_host() -> None:
    shipped = Path(__file__).parents[2] / "deploy" / "nginx" / "contactpoint.conf"
    plain = shipped.read_text(encoding="utf-8").split("listen 80;")[1].split("}")[0]
    assert "return 301 https://$host$request_uri;" in plain
    led = observatory.redirection("http://portal.test/en/", "https://portal.test/en/")
    assert led == ("redirection-to-https", 0)


@pytest.mark.parametrize(
    ("name", "value", "finding"),
    [
        ("Content-Security-Policy", "default-src *", "csp-implemented-with-unsafe-inline"),
        ("Content-Security-Policy", "default-src 'self'", "csp-implemented-with-no-unsafe"),
        ("Content-Security-Policy", "", "csp-not-implemented"),
        (
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'",
            "csp-implemented-with-unsafe-inline-in-style-src-only",
        ),
        (
            "Strict-Transport-Security",
            "max-age=60",
            "hsts-implemented-max-age-less-than-six-months",
        ),
        ("Referrer-Policy", "unsafe-url", "referrer-policy-unsafe"),
        ("X-Content-Type-Options", "sniff", "x-content-type-options-header-invalid"),
        ("X-Frame-Options", "perhaps", "x-frame-options-header-invalid"),
        ("Cross-Origin-Resource-Policy", "me", "cross-origin-resource-policy-header-invalid"),
    ],
)
def test_the_rules_find_what_is_bad(name: str, value: str, finding: str) -> None:
    response = HttpResponse(content_type="text/plain")
    response[name] = value
    assert finding in observatory.score(response).findings


def test_the_rules_count_cookies_scripts_and_sharing_as_the_observatory_does() -> None:
    response = HttpResponse("<script src='//cdn.test/a.js'></script>")
    response.set_cookie("session", "1")
    response["Access-Control-Allow-Origin"] = "https://elsewhere.test"
    response["Access-Control-Allow-Credentials"] = "true"
    found = observatory.score(response)
    assert found.findings["cookies-session-without-httponly-flag"] == -30
    assert found.findings["sri-not-implemented-and-external-scripts-not-loaded-securely"] == -50
    assert found.findings["cross-origin-resource-sharing-implemented-with-universal-access"] == -50
    assert found.points == 0
