"""A picture stands in frames of other sites, which get nothing else of ours into theirs."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from made_answers import applicants
from storing import Keep

PATH = "/en/statistics/first-time-applicants/"


@pytest.fixture
def stored(keep: Keep) -> None:
    keep(applicants(BE=[1500, 1520, 1525, 1700, 1720, 1765], EU27_2020=[90_000] * 6))


def test_only_the_embed_may_be_framed(client: Client, stored: None) -> None:
    found = client.get(f"{PATH}embed/?place=be")
    assert found.status_code == 200
    policy = found["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "X-Frame-Options" not in found
    page = client.get(PATH)
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_it_has_picture_title_and_source_and_neither_script_nor_cookie(
    client: Client, stored: None
) -> None:
    found = client.get(f"/nl{PATH[3:]}embed/?place=be&by=quarter")
    html = found.content.decode()
    assert not found.cookies
    assert "<script" not in html
    assert " style=" not in html
    assert "<form" not in html
    assert '<html lang="nl"' in html
    assert html.count("<svg") == 2, "wide and narrow"
    assert "Bron: Eurostat (migr_asyappctzm), opgehaald op 17 juni 2019" in html
    assert "/nl/statistics/first-time-applicants/?place=be" in html
    assert re.search(r"<h1>\w", html)


def test_it_says_what_it_cannot_show(client: Client, db: None) -> None:
    assert client.get("/en/statistics/nothing/embed/").status_code == 404
    found = client.get(f"{PATH}embed/?place=atlantis").content.decode()
    assert "atlantis" in found
    assert "There is no figure to be drawn." in found
    assert "<svg" not in found


def test_the_page_offers_a_frame_to_copy_and_a_citation(client: Client, stored: None) -> None:
    html = client.get(f"{PATH}?place=be").content.decode()
    codes = re.findall(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    for code, shape in zip(codes, ("bars", "map", ""), strict=True):
        assert "&lt;iframe src=" in code
        assert f"/embed/?place=be{f'&amp;amp;as={shape}' if shape else ''}&quot;" in code
        assert "allow-scripts" not in code
    assert "Eurostat (2019). First-time asylum applicants. migr_asyappctzm." in html
    # It is found again as it was cited, whatever is revised.
    assert "?place=be&amp;known=2019-06-17" in html
    assert "Source: Eurostat (migr_asyappctzm), extracted 17 June 2019." in html
    for form in ("bib", "ris", "json"):
        assert f'{PATH}citation.{form}?place=be&amp;known=2019-06-17"' in html


@pytest.mark.parametrize("shape", ["bars", "map"])
def test_all_countries_are_shown_too(client: Client, stored: None, shape: str) -> None:
    html = client.get(f"{PATH}embed/?as={shape}").content.decode()
    assert html.count("<svg") == 2
    picture = client.get(f"{PATH[:-1]}.svg?as={shape}")
    assert picture.status_code == 200
    assert picture.content != client.get(f"{PATH[:-1]}.svg").content


def test_another_shape_is_refused(client: Client, stored: None) -> None:
    assert client.get(f"{PATH[:-1]}.svg?as=pie").status_code == 400
    assert "pie" in client.get(f"{PATH}embed/?as=pie").content.decode()


@pytest.mark.parametrize(
    ("page", "base"),
    [
        ("/en/statistics/countries/be/", "/en/statistics/countries/be/"),
        (
            "/en/statistics/compare/?indicator=first-time-applicants&place=be",
            "/en/statistics/compare/",
        ),
    ],
)
def test_every_table_is_cited(client: Client, stored: None, page: str, base: str) -> None:
    html = client.get(page).content.decode()
    address = re.search(rf'href="({re.escape(base)}citation\.bib[^"]*)"', html)
    assert address, html
    assert "known=2019-06-17" in address[1]
    told = client.get(unescape(address[1])).content.decode()
    assert told.startswith("@misc{")
    assert "extracted 17 June 2019" in told


def test_a_frame_costs_few_queries(
    client: Client, stored: None, django_assert_max_num_queries: Any
) -> None:
    client.get(f"{PATH}embed/")
    with django_assert_max_num_queries(3):
        client.get(f"{PATH}embed/?place=be")
