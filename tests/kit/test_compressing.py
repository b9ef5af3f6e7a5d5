"""Text goes compressed to whoever takes it so, and nothing else does."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse
from django.test import Client, RequestFactory
from factories import MadeSite, make_site

from contactpoint.kit.compressing import CompressingMiddleware

TAKES = {"accept-encoding": "gzip, br"}


@pytest.fixture
def site(db: None) -> MadeSite:
    return make_site()


def answered(response):
    request = RequestFactory().get("/", headers=TAKES)
    return CompressingMiddleware(lambda _request: response)(request)


def test_a_page_is_compressed_for_who_takes_it(client: Client, site: MadeSite) -> None:
    plain, small = client.get("/en/search/"), client.get("/en/search/", headers=TAKES)
    assert small["Content-Encoding"] == "gzip"
    assert int(small["Content-Length"]) < len(plain.content) / 2
    assert b"</html>" in gzip.decompress(small.content)
    assert "Content-Encoding" not in plain
    assert "Accept-Encoding" in plain["Vary"]
    assert "Accept-Encoding" in small["Vary"]


def test_a_known_page_is_told_to_be_known_in_any_encoding(client: Client, site: MadeSite) -> None:
    address = "/en/feed.atom"
    tag = client.get(address, headers=TAKES)["ETag"]
    assert client.get(address, headers={**TAKES, "if-none-match": tag}).status_code == 304


def test_files_and_parts_of_files_keep_their_length(tmp_path) -> None:
    path = tmp_path / "film.txt"
    path.write_bytes(b"a" * 10_000)
    assert "Content-Encoding" not in answered(FileResponse(path.open("rb")))
    for other in (
        HttpResponse(b"a" * 10_000, content_type="application/pdf"),
        HttpResponse(b"a" * 10_000, content_type="audio/ogg"),
        HttpResponse(b"a" * 10_000, content_type="text/plain", status=206),
    ):
        assert "Content-Encoding" not in answered(other)
    assert answered(HttpResponse(b"a" * 10_000, content_type="text/plain"))["Content-Encoding"]


def test_no_two_answers_of_the_same_page_tell_its_length(client: Client, site: MadeSite) -> None:
    lengths = {len(client.get("/en/search/", headers=TAKES).content) for _time in range(12)}
    assert len(lengths) > 1


def test_scripts_of_pages_go_compressed_too(client: Client) -> None:
    answer = client.get("/static/kit/combobox.js", headers=TAKES)
    assert answer["Content-Encoding"] == "gzip"
    assert b"A search field" in gzip.decompress(b"".join(answer.streaming_content))
    font = client.get("/static/kit/fonts/portal-serif-latin.woff2", headers=TAKES)
    assert "Content-Encoding" not in font
    assert "Content-Length" in font


def test_parts_of_pages_carry_few_headers(client: Client) -> None:
    """Forty lines of policy with each of ten parts are felt on a slow line."""
    for address in ("/static/kit/combobox.js", "/static/kit/fonts/portal-serif-latin.woff2"):
        answer = client.get(address)
        assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert "Permissions-Policy" not in answer
    picture = client.get("/static/kit/img/favicon.svg")
    assert "sandbox" in picture["Content-Security-Policy"]  # it may be opened by itself


def test_who_refuses_gzip_gets_none(client: Client, site: MadeSite) -> None:
    answer = client.get("/en/search/", headers={"accept-encoding": "gzip;q=0, identity"})
    assert "Content-Encoding" not in answer
    assert "Accept-Encoding" in answer["Vary"]
