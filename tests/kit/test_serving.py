"""Pages are found in one query and fetched in one; what is unusual is left to Wagtail."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import LANGUAGES, MadeSite, make_output, make_site, place
from wagtail import hooks
from wagtail.models import PageViewRestriction, Site

from contactpoint.home.models import HomePage, StandardPage
from contactpoint.kit import prepared


@pytest.fixture
def site(db: None) -> Iterator[MadeSite]:
    yield make_site()
    Site.clear_site_root_paths_cache()


def test_a_page_takes_two_queries_and_one_for_how_it_stands_to_its_original(
    client: Client, site: MadeSite
) -> None:
    client.get("/en/network/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/en/network/").status_code == 200
    assert len(captured) == 3
    for code in ("fr", "nl", "de"):
        site.standard[code]["network"].unpublish()
    client.get("/en/network/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/en/network/").status_code == 200
    assert len(captured) == 2


@pytest.mark.parametrize(
    "path",
    ["/en/nothing/", "/en/news/nothing/", "/en/network/news/", "/de/home-de/", "/en/home/news/"],
)
def test_what_there_is_not_is_not_found(client: Client, site: MadeSite, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_address_without_its_slash_leads_to_the_page(client: Client, site: MadeSite) -> None:
    answer = client.get("/en/network")
    assert answer["Location"] == "/en/network/"


@pytest.mark.parametrize("path", ["/en/", "/en/news/", "/en/news/item/", "/en/search/", "/en/x/"])
def test_no_public_page_sets_a_cookie(client: Client, site: MadeSite, path: str) -> None:
    make_output(site, slug="item")
    answer = client.get(path)
    assert "Set-Cookie" not in answer.headers
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_breadcrumbs_and_languages_come_with_the_page(client: Client, site: MadeSite) -> None:
    below = {
        code: place(
            site.standard[code]["work-programme"],
            StandardPage(
                title=f"Below {code}",
                slug="below",
                live=True,
                locale=site.homes[code].locale,
                translation_key="00000000-0000-4000-8000-00000000000a",
            ),
        )
        for code in ("en", "nl")
    }
    context = client.get("/nl/work-programme/below/").context
    assert context["page"].pk == below["nl"].pk
    assert [(one.label, one.url) for one in context["crumbs"]] == [
        ("Werkprogramma", "/nl/work-programme/")
    ]
    assert [(one["code"], one["url"], one["elsewhere"]) for one in context["translations"]] == [
        ("en", "/en/work-programme/below/", False),
        ("fr", "/fr/nl/work-programme/below/", True),
        ("nl", "/nl/work-programme/below/", False),
        ("de", "/de/nl/work-programme/below/", True),
    ]
    assert [one["code"] for one in context["translations"] if one["current"]] == ["nl"]


def test_a_draft_above_is_not_named(client: Client, site: MadeSite) -> None:
    place(
        site.standard["en"]["work-programme"], StandardPage(title="Below", slug="below", live=True)
    )
    StandardPage.objects.filter(pk=site.standard["en"]["work-programme"].pk).update(live=False)
    answer = client.get("/en/work-programme/below/")
    assert answer.status_code == 200
    assert answer.context["crumbs"] == []


def test_a_password_closes_a_page(client: Client, site: MadeSite) -> None:
    PageViewRestriction.objects.create(
        page=site.standard["en"]["network"], restriction_type="password", password="open"
    )
    answer = client.get("/en/network/")
    assert b'name="password"' in answer.content
    assert "no-store" in answer["Cache-Control"]


def test_a_hook_before_a_page_may_answer_for_it(client: Client, site: MadeSite) -> None:
    seen = []

    def answer_first(page, request, args, kwargs):
        seen.append(page)
        return HttpResponse("instead")

    with hooks.register_temporarily("before_serve_page", answer_first):
        assert client.get("/en/network/").content == b"instead"
    assert isinstance(seen[0], StandardPage)


def test_a_hook_around_a_page_is_called(client: Client, site: MadeSite) -> None:
    def stamped(chain):
        def serve(page, request, args, kwargs):
            answer = chain(page, request, args, kwargs)
            answer["X-Stamp"] = "yes"
            return answer

        return serve

    with hooks.register_temporarily("on_serve_page", stamped):
        assert client.get("/en/network/")["X-Stamp"] == "yes"


def test_another_method_than_reading_is_refused(client: Client, site: MadeSite) -> None:
    assert client.delete("/en/network/").status_code == 405


def test_a_second_site_shows_its_own_pages(client: Client, site: MadeSite) -> None:
    root = site.homes["en"].get_parent()
    other = place(root, HomePage(title="Other portal", slug="other", live=True))
    place(other, StandardPage(title="Only there", slug="only-there", live=True))
    Site.objects.create(hostname="other.example", root_page=other)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.http.request.HttpRequest.get_host", lambda self: "other.example")
        patch.setattr("django.http.request.HttpRequest._get_raw_host", lambda self: "other.example")
        assert client.get("/en/only-there/").status_code == 200
        assert client.get("/en/network/").status_code == 404
    assert client.get("/en/only-there/").status_code == 404
    assert client.get("/en/network/").status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_is_not_found_is_told_in_the_readers_language(
    client: Client, site: MadeSite, language: str
) -> None:
    answer = client.get(f"/{language}/nothing/")
    assert answer.status_code == 404
    assert f'<html lang="{language}"' in answer.content.decode()
    assert b'rel="canonical"' not in answer.content


def test_kept_queries_are_bounded(site: MadeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST", 5)
    for number in range(20):
        prepared.rows(
            ("bounded", number),
            lambda marks: Site.objects.filter(pk=marks[0]).values_list("pk"),
            [1],
        )
    assert len(prepared._kept) <= 5


def test_a_kept_query_takes_other_values(site: MadeSite) -> None:
    def ask(slug: str, number: int) -> list[tuple[object, ...]]:
        return prepared.rows(
            ("values",),
            lambda marks: (
                HomePage.objects.order_by()
                .filter(slug=marks[0], depth__gte=marks[1])
                .values_list("slug", "translation_key")
            ),
            [slug, number],
        )

    key = site.homes["en"].translation_key
    assert ask("home", 1) == [("home", key)]
    assert ask("home-fr", 2) == [("home-fr", key)]
    assert ask("home-fr", 3) == []


def test_a_value_that_the_query_loses_is_an_error(site: MadeSite) -> None:
    with pytest.raises(ValueError, match="does not reach"):
        prepared.rows(
            ("lost",), lambda marks: HomePage.objects.order_by().values_list("pk"), ["home"]
        )
