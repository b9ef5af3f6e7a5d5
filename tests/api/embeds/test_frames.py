"""What stands in frames of other sites: true, framed nowhere else, without script and cookie."""

import datetime
import re
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from factories import MadeSite, make_concept, make_output, make_theme

from contactpoint.outputs.models import Output

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
FRAMES = (
    *("/en/embed/concept/reception/", "/en/embed/events/", "/en/embed/list/all/"),
    *("/en/embed/list/publications/", "/en/embed/search/?q=reception"),
)


@pytest.fixture
def filled(site: MadeSite, fill: Callable[[], None]) -> MadeSite:
    make_concept(
        "reception",
        en="reception",
        fr="accueil",
        definitions={"en": {"text": "Housing and care.", "source": "Directive 2013/33/EU"}},
    )
    make_output(site, "publication", title="Study of reception", concepts=["reception"])
    fill()
    return site


@pytest.mark.parametrize("path", FRAMES)
def test_a_frame_has_its_own_narrow_policy_and_may_be_kept_by_all(
    client: Client, filled: MadeSite, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Security-Policy"] == POLICY
    assert "X-Frame-Options" not in answer
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()
    expected = "private" if "search" in path else "public"
    assert answer["Cache-Control"] == f"{expected}, max-age=300"
    again = client.get(path, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    html = answer.content.decode()
    for bad in ("<script", " style=", "<form", "<img", "onclick"):
        assert bad not in html
    assert "<title>" in html
    assert '<html lang="en" dir="ltr"' in html
    assert settings.SITE_NAME in html
    links = re.findall(r"<a [^>]*>", html)
    assert links
    for link in links:
        assert 'target="_blank" rel="noopener"' in link, link
        assert f'href="{settings.BASE_URL}/' in link, link


@pytest.mark.parametrize(
    "path", ["/en/", "/en/news/", "/en/embed/", "/en/glossary/reception/", "/en/developers/"]
)
def test_nothing_else_may_be_framed(client: Client, filled: MadeSite, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_style_and_letters_reach_a_frame_that_has_no_origin(client: Client, site: MadeSite) -> None:
    sheet = re.search(r'href="(/css/[^"]+)"', client.get("/en/embed/events/").content.decode())
    assert sheet
    for path in (sheet[1], "/static/kit/fonts/portal-serif-latin.woff2"):
        assert client.get(path)["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get("/static/kit/x.js")["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_term_is_told_in_the_language_asked_for_as_far_as_it_is_there(
    client: Client, filled: MadeSite
) -> None:
    html = client.get("/fr/embed/concept/reception/").content.decode()
    assert "<h1>accueil</h1>" in html
    assert '<p lang="en" dir="ltr">Housing and care.</p>' in html
    assert f'href="{settings.BASE_URL}/fr/glossary/reception/"' in html
    english = client.get("/en/embed/concept/reception/").content.decode()
    assert "<p>Housing and care.</p>" in english
    assert "Directive 2013/33/EU" in english


@pytest.mark.parametrize("path", ["concept/nothing/", "list/nothing/"])
def test_what_is_not_there_is_not_found(client: Client, site: MadeSite, path: str) -> None:
    assert client.get(f"/en/embed/{path}").status_code == 404


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/en/embed/concept/nothing/", "This term is not in the glossary."),
        ("/en/embed/list/newz/", "There is no such list."),
        ("/en/statistics/nothing/embed/", "This indicator is not among those shown."),
    ],
)
def test_a_frame_of_what_is_not_there_says_so(
    client: Client, site: MadeSite, path: str, said: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "X-Frame-Options" not in answer
    assert answer["Content-Security-Policy"] == POLICY
    assert answer["Cache-Control"] == "no-store"
    assert f'<p class="embed-nothing">{said}</p>' in answer.content.decode()


def event(site: MadeSite, title: str, days: int, **more: Any) -> Output:
    start = timezone.now() + datetime.timedelta(days=days)
    return make_output(site, "event", title=title, starts_at=start, **more)


def test_next_events_begin_with_the_next_and_end_with_what_is_over(
    client: Client, site: MadeSite
) -> None:
    event(site, "Far", 40, themes=["asylum"])
    event(site, "Near", 2)
    event(site, "Over", -3)
    lasting = event(site, "Under way", -1)
    lasting.ends_at = timezone.now() + datetime.timedelta(days=1)
    lasting.save()
    event(site, "Secret", 3, private=True)
    event(site, "Draft", 3, live=False)
    html = client.get("/en/embed/events/").content.decode()
    assert re.findall(r">(Far|Near|Over|Under way|Secret|Draft)</a>", html) == [
        "Under way",
        "Near",
        "Far",
    ]
    of_theme = client.get("/en/embed/events/?theme=asylum").content.decode()
    assert re.findall(r">(Far|Near|Under way)</a>", of_theme) == ["Far"]
    assert "<h1>Next events, Asylum</h1>" in of_theme
    assert f'href="{settings.BASE_URL}/en/events/?theme=asylum"' in of_theme


def test_an_event_of_whole_days_is_among_them_until_the_last_is_over_where_it_is(
    client: Client, site: MadeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    brussels, athens = (ZoneInfo(f"Europe/{name}") for name in ("Brussels", "Athens"))
    whole: dict[str, Any] = {"kind": "event", "whole_day": True}
    day = datetime.datetime(2026, 11, 27, tzinfo=brussels)
    make_output(site, title="One day", starts_at=day, **whole)
    yesterday = day - datetime.timedelta(days=1)
    make_output(site, title="Two days", starts_at=yesterday, ends_at=day, **whole)
    make_output(site, title="Past", starts_at=yesterday, **whole)
    east = day.replace(tzinfo=athens)
    make_output(site, title="Eastern", starts_at=east, time_zone="Europe/Athens", **whole)

    def shown(now: datetime.datetime) -> list[str]:
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)
        html = client.get("/en/embed/events/").content.decode()
        return re.findall(r">(One day|Two days|Past|Eastern)</a>", html)

    assert shown(day.replace(hour=22, minute=30)) == ["Two days", "Eastern", "One day"]
    assert shown(day.replace(hour=23, minute=30)) == ["Two days", "One day"]
    assert shown(day + datetime.timedelta(days=1, minutes=1)) == []


@pytest.mark.parametrize(("size", "number"), [("small", 2), ("medium", 4), ("wide", 6), ("?", 4)])
def test_a_size_says_how_much_is_shown(
    client: Client, site: MadeSite, size: str, number: int
) -> None:
    for _ in range(10):
        make_output(site, "news-item")
    html = client.get(f"/en/embed/list/news/?size={size}").content.decode()
    assert html.count("<li>") == number
    assert f'class="embed embed-{size if size != "?" else "medium"}"' in html


def test_where_a_frame_is_from_stays_in_sight(client: Client, site: MadeSite) -> None:
    html = client.get("/en/embed/list/all/").content.decode()
    sheet = re.search(r'href="(/css/[^"]+)"', html)
    assert sheet
    answer = client.get(sheet[1])
    css = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()  # type: ignore[attr-defined]
    rules = re.findall(r"\.embed footer\s*\{([^}]*)\}", css)
    assert any("position: sticky" in rule or "position:sticky" in rule for rule in rules)
    assert "embed-nothing" in html
    assert html.index("</main>") < html.index("<footer>")


@pytest.mark.parametrize(
    ("look", "told", "scheme"),
    [("dark", "dark", "dark"), ("light", "light", "light"), ("x", "auto", "light dark")],
)
def test_a_look_holds_whatever_the_device_says(
    client: Client, site: MadeSite, look: str, told: str, scheme: str
) -> None:
    html = client.get(f"/en/embed/list/all/?look={look}").content.decode()
    assert f'data-look="{told}"' in html
    assert f'<meta name="color-scheme" content="{scheme}">' in html


def test_a_list_has_the_filters_of_the_list(client: Client, site: MadeSite) -> None:
    make_theme("asylum", en="Asylum")
    make_output(site, "publication", title="Within", themes=["asylum"])
    make_output(site, "publication", title="Without")
    html = client.get("/en/embed/list/publications/?theme=asylum&theme=nonsense").content.decode()
    assert "Within" in html
    assert "Without" not in html
    assert "<h1>Publications, Asylum</h1>" in html
    assert "There is no “nonsense” among the choices" in html
    of_all = client.get("/en/embed/list/all/?theme=asylum").content.decode()
    assert "<h1>Asylum</h1>" in of_all
    assert f'href="{settings.BASE_URL}/en/search/?theme=asylum"' in of_all


def test_a_search_lists_nothing_where_a_choice_is_unknown(client: Client, filled: MadeSite) -> None:
    found = client.get("/en/embed/search/?q=reception").content.decode()
    assert "Study of reception" in found
    refused = client.get("/en/embed/search/?q=reception&theme=nonsense").content.decode()
    assert "Study of reception" not in refused
    assert "nonsense" in refused


HOSTILE = ["<script>alert(1)</script>", "\x00", "%ff", "'\";--", "a" * 5000, "../../x", "\r\nX: y"]


@pytest.mark.parametrize("word", HOSTILE)
@pytest.mark.parametrize("path", ["events/", "list/all/", "search/", ""])
def test_hostile_words_do_no_harm(client: Client, site: MadeSite, word: str, path: str) -> None:
    names = ("q", "theme", "look", "size", "concept", "term", "address", "year", "what", "language")
    for what in ("term", "events", "figures", "list", "search", "address"):
        query = dict.fromkeys(names, word) | ({"what": what} if not path else {})
        answer = client.get(f"/en/embed/{path}", query)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()
        assert "X" not in answer.headers
        if path:
            break


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/en/embed/concept/reception/", 1),
        ("/en/embed/events/", 4),
        ("/en/embed/list/publications/?theme=asylum&concept=reception", 6),
    ],
)
def test_a_frame_costs_few_queries(
    client: Client, filled: MadeSite, path: str, most: int, django_assert_max_num_queries: Any
) -> None:
    make_theme("asylum")
    for _ in range(12):
        make_output(filled, "publication", themes=["asylum"], concepts=["reception"])
        event(filled, "", 4, themes=["asylum"])
    client.get(path)
    with django_assert_max_num_queries(most):
        client.get(path)
