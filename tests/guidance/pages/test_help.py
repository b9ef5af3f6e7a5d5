"""Places and helplines, the way out, and which page is in which language."""

import re

import guided
import pytest

from contactpoint.guidance.languages import languages
from contactpoint.guidance.models import Click, GuideText, Place
from contactpoint.guidance.wording import words


def test_numbers_for_danger_come_first_then_phones_then_places(read) -> None:
    page = read("/en/guidance/help/")
    assert [one.text(strip=True) for one in page.css("section > h2")] == [
        "Are you in danger? Call now",
        "Help by phone",
        "Places",
    ]


def test_a_helpline_says_when_in_which_languages_and_that_it_is_an_example(read) -> None:
    card = next(one for one in read("/en/guidance/help/").css(".card") if "Legal" in one.text())
    assert card.css_first("a.call").attributes["href"] == "tel:+33199000001"
    assert "Monday to Friday 09:00–17:00" in card.text()
    assert "Saturday 10:00–12:00" in card.text()
    assert [one.attributes["lang"] for one in card.css("bdi[lang]")] == ["ar", "am"]
    assert "With an interpreter: any language" in card.text()
    assert "Example." in card.css_first(".sample").text()


def test_the_map_of_another_site_is_opened_by_nothing_but_a_click(read) -> None:
    page = read("/en/guidance/help/")
    link = page.css_first("details.map a")
    assert link.attributes["href"] == (
        "https://www.openstreetmap.org/?mlat=50.8466&mlon=4.3528#map=17/50.8466/4.3528"
    )
    assert link.attributes["rel"] == "noreferrer"
    assert "another site" in page.css_first("details.map").text()
    assert not page.css("iframe, img")


def test_an_address_without_a_point_is_looked_for_unless_it_is_an_example(read) -> None:
    office = Place.objects.get(code="office")
    office.latitude = office.longitude = None
    office.save()
    assert read("/en/guidance/help/").css_first("details.map a").attributes["href"] == (
        "https://www.openstreetmap.org/search?query=1%20Test%20Street"
    )
    Place.objects.update(is_example=True)
    assert read("/en/guidance/help/").css_first("details.map") is None


def test_words_of_another_language_are_marked_as_such(read) -> None:
    page = read("/ar/guidance/help/")
    card = next(one for one in page.css(".card") if "1 Test Street" in one.text())
    assert card.css_first("h3 bdi").attributes["lang"] == "en"


def test_the_way_out_is_a_link_that_needs_no_script(read, settings) -> None:
    settings.QUICK_EXIT_URL = "https://weather.example/today"
    page = read("/en/guidance/leaving/")
    leave = page.css_first("header a.leave")
    assert leave.attributes["href"] == "https://weather.example/today"
    assert "noreferrer" in leave.attributes["rel"]
    assert "another site opens at once: weather.example." in page.css_first("main").text()


def test_the_page_of_leaving_says_what_it_cant_hide(read) -> None:
    said = read("/en/guidance/leaving/").css_first("main").text()
    for part in ("keeps a list of the sites", "comes back to this site", "runs the internet",
                 "spies on you", "Call 112."):  # fmt: skip
        assert part in said


def test_everybody_can_see_which_page_is_in_which_language(read) -> None:
    GuideText.objects.filter(guide__code="health", language="fr").update(is_example=False)
    page = read("/en/guidance/coverage/")
    counts = {one.css_first("a").attributes["lang"]: one.css_first("span").text()
              for one in page.css(".totals li")}  # fmt: skip
    assert counts["en"] == "4 of 4 pages"
    assert counts["ar"] == "1 of 4 pages"
    assert counts["so"] == "0 of 4 pages"
    row = next(one for one in page.css("tbody tr") if one.text(strip=True).startswith("Seeing"))
    assert len(row.css("td")) == 14
    assert len(row.css("td .state-missing")) == 12
    assert row.css_first("a[href='/fr/guidance/health/health/'] .state-text")


def test_a_translation_whose_source_has_changed_is_called_old(read) -> None:
    text = guided.text("interview")
    text.body[0]["text"] = "Another sentence."
    text.save()
    page = read("/en/guidance/coverage/")
    assert page.css_first("a[href='/ar/guidance/procedure/interview/'] .state-old")
    assert page.css_first("a[href='/en/guidance/procedure/interview/'] .state-example")


@pytest.mark.parametrize("language", list(languages()))
def test_the_page_of_leaving_tells_all_that_a_click_keeps(read, language: str) -> None:
    """Whatever is stored of a click is told, in every language: its columns and no others."""
    kept = {field.name for field in Click._meta.get_fields()} - {"id", "number", "kind"}
    assert kept == {"day", "page", "language", "wanted"}
    own = words(language)
    said = read(f"/{language}/guidance/leaving/").css_first("main").text()
    assert own["report_unclear"] in said
    assert own["report_language"] in said
    assert own["leaving_copies"] in said
    # A list of four: the day, the page, its language, the language asked for.
    for key in ("leaving_counts", "report_note"):
        listed = re.split(r"[:：፦]", own[key], maxsplit=1)[1]
        listed = re.split(r"[.።]", listed, maxsplit=1)[0]
        assert len(re.findall(r"[,،፣]", listed)) >= 2, (key, listed)
