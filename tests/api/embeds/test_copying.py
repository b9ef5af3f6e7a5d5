"""Where frames are copied, and oEmbed: both know the same pages."""

import logging
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from factories import MadeSite, make_concept, make_output, make_theme

from contactpoint.kit.framing import SIZES

HOW = {"language": "en", "size": "small", "look": "dark"}


@pytest.fixture
def filled(site: MadeSite, fill: Callable[[], None]) -> MadeSite:
    make_concept("reception", en="reception", fr="accueil")
    make_theme("asylum", en="Asylum", fr="Asile")
    make_output(site, "publication", title="Study of reception", themes=["asylum"])
    make_output(site, "publication", title="Hidden study", private=True)
    fill()
    return site


def copied(client: Client, path: str = "/en/embed/", **query: str) -> str:
    """The address in the code that the page offers; the preview shows the same."""
    answer = client.get(path, HOW | query)
    html = answer.content.decode()
    area = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    assert area, html
    code = unescape(area[1])
    assert "allow-scripts" not in code
    assert "allow-same-origin" not in code
    source = re.search(r'src="([^"]+)"', code)
    assert source
    address = unescape(source[1])
    shown = re.search(r'<iframe class="embed-preview" src="([^"]+)"', html)
    assert shown
    assert settings.BASE_URL + unescape(shown[1]) == address
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    assert client.get(unescape(shown[1])).status_code == 200
    return address.removeprefix(settings.BASE_URL)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"what": "term", "term": "Accueil"}, "/en/embed/concept/reception/?"),
        ({"what": "events", "theme": "asylum"}, "/en/embed/events/?theme=asylum&"),
        ({"what": "list"}, "/en/embed/list/all/?"),
        (
            {"what": "list", "of": "publications", "theme": "asylum"},
            "/en/embed/list/publications/?theme=asylum&",
        ),
        ({"what": "search", "q": "a & b", "theme": "asylum"}, "/en/embed/search/?q=a+%26+b&theme="),
        (
            {
                "what": "figures",
                "indicator": "first-time-applicants",
                "by": "month",
                "since": "2015",
            },
            "/en/statistics/first-time-applicants/embed/?by=month&since=2015-01",
        ),
        (
            {"what": "address", "address": "/fr/publications/?theme=asylum"},
            "/fr/embed/list/publications/?theme=asylum&",
        ),
        (
            {"what": "address", "address": "/fr/themes/asylum/"},
            "/fr/embed/list/all/?theme=asylum&",
        ),
    ],
)
def test_what_is_chosen_stands_in_the_code_and_is_shown(
    client: Client, filled: MadeSite, query: dict[str, str], expected: str
) -> None:
    address = copied(client, **query)
    assert address.startswith(expected)
    assert address.endswith("look=dark&size=small")


def test_the_language_of_the_frame_is_chosen(client: Client, filled: MadeSite) -> None:
    address = copied(client, what="term", term="reception", language="fr")
    assert address.startswith("/fr/embed/concept/reception/")


def test_what_there_is_not_is_said_beside_the_field(client: Client, filled: MadeSite) -> None:
    for query, said in (
        ({"what": "term", "term": "qqqqqq"}, "There is no such term in the glossary."),
        ({"what": "address", "address": "https://other.example/en/"}, "can’t be framed"),
        ({"what": "list", "of": "nothing"}, "Select a valid choice"),
    ):
        html = client.get("/en/embed/", HOW | query).content.decode()
        assert said in html
        assert "<iframe" not in html


@pytest.mark.parametrize("more", [{}, {"size": "small"}, {"look": "dark"}, {"language": ""}])
def test_what_is_not_said_is_as_usual(
    client: Client, filled: MadeSite, more: dict[str, str]
) -> None:
    html = client.get("/fr/embed/", {"what": "term", "term": "reception", **more}).content.decode()
    assert "field-error" not in html
    assert 'class="embed-preview" src="/fr/embed/concept/reception/' in html


def test_a_word_that_is_no_name_of_the_term_is_said(client: Client, filled: MadeSite) -> None:
    def shown(written: str) -> str:
        answer = client.get("/en/embed/", HOW | {"what": "term", "term": written})
        return unescape(answer.content.decode())

    assert 'You wrote “recep"”; this is “reception”.' in shown('recep"')
    assert "You wrote “recept”; this is “reception”." in shown("recept")
    for plain in ("reception", "Reception", " accueil "):
        html = shown(plain)
        assert "You wrote" not in html
        assert "<textarea" in html


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_the_page_begins_empty_in_every_language(
    client: Client, filled: MadeSite, language: str
) -> None:
    for what in ("term", "events", "figures", "list", "search", "address", "?"):
        answer = client.get(f"/{language}/embed/", {"what": what})
        assert answer.status_code == 200
        assert "<iframe" not in answer.content.decode()
        assert "field-error" not in answer.content.decode()


def told(client: Client, path: str, status: int = 200, **more: str) -> dict[str, object]:
    answer = client.get("/oembed", {"url": settings.BASE_URL + path, **more})
    assert answer.status_code == status, answer.content
    assert answer["Access-Control-Allow-Origin"] == "*"
    found: dict[str, object] = answer.json()
    return found


@pytest.mark.parametrize(
    ("path", "title", "frame"),
    [
        ("/fr/glossary/reception/", "accueil", "/fr/embed/concept/reception/"),
        ("/en/themes/asylum/", "Asylum", "/en/embed/list/all/?theme=asylum&amp;"),
        ("/en/publications/?theme=asylum", "Publications, Asylum", "/en/embed/list/publications/"),
        ("/en/events/", "Next events", "/en/embed/events/"),
        (
            "/nl/statistics/first-time-applicants/",
            "Eerste asielaanvragers",
            "/nl/statistics/first-time-applicants/embed/",
        ),
    ],
)
def test_programs_get_the_frame_from_the_address_of_a_page(
    client: Client, filled: MadeSite, path: str, title: str, frame: str
) -> None:
    found = told(client, path)
    assert found["version"] == "1.0"
    assert found["type"] == "rich"
    assert found["title"] == title
    html = str(found["html"])
    assert f'src="{settings.BASE_URL}{frame}' in html
    source = re.search(r'src="([^"]+)"', html)
    assert source
    assert client.get(unescape(source[1]).removeprefix(settings.BASE_URL)).status_code == 200


def test_a_frame_is_never_larger_than_asked(client: Client, filled: MadeSite) -> None:
    for widest in (150, 320, 500, 2000):
        found = told(client, "/en/events/", maxwidth=str(widest), maxheight="250")
        assert int(str(found["width"])) <= widest
        assert int(str(found["height"])) <= 250
        assert f'width="{found["width"]}"' in str(found["html"])
    assert told(client, "/en/events/")["width"] == SIZES["wide"][0]


@pytest.mark.parametrize(
    "path",
    [
        *("/en/glossary/nothing/", "/en/themes/nothing/", "/en/statistics/nothing/", "/xx/events/"),
        *(
            "/en/publications/?theme=nothing",
            "/en/search/?theme=nothing",
            "/admin/",
            "/en/network/",
        ),
    ],
)
def test_what_cannot_be_framed_is_not_found(client: Client, filled: MadeSite, path: str) -> None:
    told(client, path, 404)


def test_foreign_addresses_and_wrong_numbers_are_refused(client: Client, filled: MadeSite) -> None:
    for url in ("https://other.example/en/events/", "javascript:alert(1)", "", "http://[", "/en/"):
        assert client.get("/oembed", {"url": url}).status_code == 404
    told(client, "/en/events/", 400, maxwidth="wide")
    told(client, "/en/events/", 501, format="xml")


def test_whoever_asks_for_xml_writes_no_fault_into_the_log(
    client: Client, filled: MadeSite, caplog: pytest.LogCaptureFixture
) -> None:
    told(client, "/en/events/", 501, format="xml")
    assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []


@pytest.mark.parametrize(
    "path", ["/en/glossary/reception/", "/en/themes/asylum/", "/en/publications/?theme=asylum"]
)
def test_a_page_names_where_its_frame_is_found(client: Client, filled: MadeSite, path: str) -> None:
    html = client.get(path).content.decode()
    link = re.search(r'type="application/json\+oembed" href="([^"]+)"', html)
    assert link
    address = unescape(link[1]).removeprefix(settings.BASE_URL)
    assert client.get(address).json()["type"] == "rich"


def test_it_is_linked_from_where_people_look_for_it(client: Client, filled: MadeSite) -> None:
    for path in ("/en/developers/", "/en/feeds/", "/en/glossary/reception/"):
        assert 'href="/en/embed/' in client.get(path).content.decode()
