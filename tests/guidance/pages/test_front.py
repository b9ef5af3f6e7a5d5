"""Where all begins, and how one comes there."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from contactpoint.guidance.models import GuideText


def test_the_number_for_danger_stands_before_everything_else(read) -> None:
    page = read("/en/guidance/")
    call = page.css_first('.frame > section a[href="tel:112"]')
    assert call.css_first("bdi").text() == "112"
    assert page.html.index("tel:112") < page.html.index("<h1")


def test_the_steps_stand_in_a_line_from_arrival_on(read) -> None:
    steps = read("/en/guidance/").css(".line a")
    assert [one.attributes["href"] for one in steps] == [
        "/en/guidance/procedure/ask/",
        "/en/guidance/procedure/interview/",
    ]
    assert [one.css_first(".number").text() for one in steps] == ["1", "2"]


def test_every_theme_has_its_pictogram_and_its_words(read) -> None:
    themes = read("/en/guidance/").css(".themes a")
    assert [one.css_first("b").text() for one in themes] == [
        "Asylum and procedure",
        "Health",
        "Children and young people without parents",
        "Help and places",
    ]
    assert all(one.css_first("svg[aria-hidden=true]") for one in themes)


def test_who_says_to_be_alone_under_18_finds_that_theme_first(read) -> None:
    assert read("/en/guidance/?as=minor").css_first(".themes a").attributes["href"] == (
        "/en/guidance/minors/?as=minor"
    )


def test_a_choice_goes_along_with_every_link_and_nowhere_else(read) -> None:
    page = read("/en/guidance/?as=minor")
    inside = [
        one.attributes["href"]
        for one in page.css("a[href^='/en/guidance/'], a[href^='/ar/guidance/']")
        if not one.parent.parent.css_matches(".who")
    ]
    assert len(inside) > 10
    assert all(url.endswith("?as=minor") for url in inside)
    assert page.css_first(".who [aria-current]").text(strip=True).startswith("I am under 18")


def test_a_choice_that_is_none_of_ours_is_no_choice(read) -> None:
    assert "as=" not in read('/en/guidance/?as="><script>').css_first(".themes").html


def test_every_language_is_named_in_its_own_script_and_direction(read) -> None:
    page = read("/en/guidance/")
    assert len(page.css(".tongues[open] li")) == 14
    arabic = next(one for one in page.css(".tongues bdi") if one.attributes["lang"] == "ar")
    assert arabic.attributes["dir"] == "rtl"
    assert arabic.text(strip=True) == "العربية"


def test_a_page_runs_in_the_direction_of_its_language(read) -> None:
    html = read("/ar/guidance/").css_first("html")
    assert (html.attributes["lang"], html.attributes["dir"]) == ("ar", "rtl")
    assert read("/ti/guidance/").css_first("html").attributes["dir"] == "ltr"


def test_a_guide_that_a_language_lacks_is_offered_in_another_and_said_so(read) -> None:
    step = read("/ar/guidance/").css(".line a")[0]
    assert step.attributes["href"] == "/en/guidance/procedure/ask/"
    assert step.css_first("small").text() == "English"


@pytest.mark.django_db
def test_a_language_of_applicants_leads_to_its_guidance(client: Client) -> None:
    for path in ("/ar/", "/ti/"):
        assert client.get(path)["Location"] == f"{path}guidance/"
    assert client.get("/ps")["Location"] == "/ps/"
    assert client.get("/fa/guidance")["Location"] == "/fa/guidance/"


@pytest.mark.parametrize(
    ("asked", "led"),
    [("ps,en;q=0.5", "ps"), ("am, uk-UA;q=0.8, en;q=0.7", "uk"), ("zz", "en"), ("", "en")],
)
def test_the_bare_address_leads_to_a_language_of_the_browser(client, asked: str, led: str) -> None:
    answer = client.get("/guidance/", headers={"accept-language": asked})
    assert answer["Location"] == f"/{led}/guidance/"
    assert answer["Vary"] == "Accept-Language"


def test_a_draft_is_no_guide(read) -> None:
    GuideText.objects.filter(guide__code="ask").update(live=False)
    assert len(read("/en/guidance/").css(".line a")) == 1
    read("/en/guidance/procedure/ask/", status=404)


@pytest.mark.parametrize("title", ["The personal interview", "Information"])
def test_titles_tell_nothing_where_that_is_wanted(read, settings, title: str) -> None:
    settings.GUIDANCE_NEUTRAL_TITLES = title == "Information"
    for path in ("procedure/interview/", "", "help/"):
        page = read(f"/en/guidance/{path}")
        if settings.GUIDANCE_NEUTRAL_TITLES:
            assert page.css_first("title").text() == "Information"
    if not settings.GUIDANCE_NEUTRAL_TITLES:
        page = read("/en/guidance/procedure/interview/")
        assert page.css_first("title").text() == "The personal interview – Asylum guide"


@pytest.mark.parametrize(
    ("path", "most"),
    [("", 3), ("procedure/", 2), ("procedure/interview/", 5), ("help/", 1), ("coverage/", 4)],
)
def test_a_page_costs_few_queries(
    client: Client,
    guides: None,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    path: str,
    most: int,
) -> None:
    with django_assert_max_num_queries(most):
        assert client.get(f"/ar/guidance/{path}").status_code == 200
