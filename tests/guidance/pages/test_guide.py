"""A guide: blocks, questions, steps before and after, and what is honest about it."""

import datetime
import json

import guided
import pytest
from django.conf import settings
from django.utils import timezone

from contactpoint.guidance.models import Place

INTERVIEW = "/en/guidance/procedure/interview/"


def test_each_question_is_asked_once_in_the_order_of_the_text(read) -> None:
    assert [one.text(strip=True) for one in read(INTERVIEW).css(".part h2")] == [
        "What happens?",
        "What must you do?",
        "By when?",
        "Whom can you ask?",
        "What do you bring?",
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_search_engines_read_what_a_guide_is(read, language: str) -> None:
    text = guided.text("interview", language)
    text.title = "</script> “A”"
    text.summary = "**Be** there."
    text.save()
    path = f"/{language}/guidance/procedure/interview/"
    (block,) = read(path).css('script[type="application/ld+json"]')
    told = json.loads(block.text())
    assert told["@type"] == "Article"
    assert (told["headline"], told["description"]) == (text.title, "Be there.")
    assert (told["inLanguage"], told["url"]) == (language, f"{settings.BASE_URL}{path}")
    assert all(told.values())


def test_every_block_can_be_pointed_at_by_its_id_in_any_language(read) -> None:
    ids = [one.attributes["id"] for one in read(INTERVIEW).css(".part")]
    assert ids[0] == "about"
    arabic = [
        one.attributes["id"] for one in read("/ar/guidance/procedure/interview/").css(".part")
    ]
    assert arabic == ids


def test_a_translation_follows_the_marks_of_its_source(read) -> None:
    page = read("/ar/guidance/procedure/interview/")
    assert page.css_first("#danger").css_matches(".warning")
    assert page.css_first("#do-list li").text() == "تعال في الموعد."
    assert page.css_first("#when strong").text() == "قبل"
    assert page.css_first("#whom a[href='tel:+33199000001']")


def test_strong_words_and_signs_are_shown_and_nothing_else_is_markup(read) -> None:
    text = guided.text("ask")
    text.body[0]["text"] = "**Yes** & <img src=x onerror=alert(1)> 'no'"
    text.title = "<b>A</b>"
    text.save()
    page = read("/en/guidance/procedure/ask/")
    assert page.css_first("#about p").html == (
        "<p><strong>Yes</strong> &amp; &lt;img src=x onerror=alert(1)&gt; 'no'</p>"
    )
    assert page.css_first("h1 span").text() == "<b>A</b>"


def test_numbers_keep_their_direction(read) -> None:
    page = read("/ar/guidance/procedure/interview/")
    assert page.css_first("#happens bdi").text() == "0800 12 34 56"
    assert page.css_first("#whom .call bdi").text() == "+33 1 99 00 00 01"


def test_steps_have_their_pictograms_and_hard_words_their_meaning(read) -> None:
    page = read(INTERVIEW)
    assert len(page.css("#day li svg")) == 2
    assert page.css_first("#word-officer dfn").text() == "officer"


def test_who_chose_nothing_sees_all_and_for_whom_it_is(read) -> None:
    page = read(INTERVIEW)
    assert page.css_first("#minor-guardian .for").text() == (
        "If you are under 18 and your parents are not here"
    )
    assert page.css_first("#both .for").text(strip=True) == (
        "If you are alone or If you are with your family"
    )


def test_who_chose_sees_what_is_for_them(read) -> None:
    page = read(f"{INTERVIEW}?as=minor")
    assert page.css_first("#minor-guardian")
    assert page.css_first("#both") is None
    assert page.css_first("#about")


def test_a_step_leads_to_the_one_before_and_after(read) -> None:
    page = read(f"{INTERVIEW}?as=family")
    assert page.css_first("[rel=prev]").attributes["href"] == (
        "/en/guidance/procedure/ask/?as=family"
    )
    assert page.css_first("[rel=next]") is None
    assert page.css_first(".step-of").text() == "Step 2 of 2"
    assert page.css_first(".dots [aria-current=step]")


def test_an_example_says_that_nobody_may_rely_on_it(read) -> None:
    page = read(INTERVIEW)
    assert "Do not rely on it" in page.css_first(".sample").text()
    assert "Nobody has checked this page yet." in page.css_first(".state").text()


def test_a_check_holds_for_the_words_that_were_checked(read) -> None:
    text = guided.text("interview")
    text.checked_by, text.checked_on = "The Service", datetime.date(2026, 3, 5)
    text.confirm_check()
    text.save()
    page = read(INTERVIEW)
    assert "Checked by The Service on 5 March 2026." in page.css_first(".state").text()
    assert page.css_first("header .sample") is None
    text.body[0]["text"] = "Other words."
    text.save()
    assert "Nobody has checked" in read(INTERVIEW).css_first(".state").text()


def test_a_short_address_leads_to_the_guide_with_the_choice(client, guides) -> None:
    answer = client.get("/ar/guidance/interview/?as=minor")
    assert answer["Location"] == "/ar/guidance/procedure/interview/?as=minor"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_the_short_address_is_told_where_no_theme_has_it(read) -> None:
    assert "/en/guidance/interview/" in read(INTERVIEW).css_first(".state").text()
    assert "Short address" not in read("/en/guidance/health/health/").css_first(".state").text()


def test_the_languages_of_a_page_are_those_that_it_has(read) -> None:
    links = read(INTERVIEW).css(".state a[hreflang]")
    assert [one.attributes["href"] for one in links] == ["/ar/guidance/procedure/interview/"]
    lacking = read(INTERVIEW).css(".tongues .lacking")
    assert len(lacking) == 12


def test_a_guide_in_another_language_only_is_offered_there(read) -> None:
    page = read("/ar/guidance/health/health/?as=alone", status=404)
    assert [one.attributes["href"] for one in page.css(".guides a")] == [
        "/fr/guidance/health/health/?as=alone",
        "/en/guidance/health/health/?as=alone",
    ]
    assert page.css_first("form button").attributes["value"] == "ar"


@pytest.mark.parametrize(
    "path",
    [
        "ar/guidance/nowhere/",
        "ps/guidance/procedure/nowhere/",
        "fa/nowhere/",
        "ti/feed.atom",
        "en/guidance/health/interview/",
        "uk/guidance/a/b/c/",
    ],
)
def test_an_address_that_is_not_there_is_told_in_the_language(read, path: str) -> None:
    page = read(f"/{path}", status=404)
    assert page.css_first("html").attributes["lang"] == path[:2]
    assert page.css_first("h1")


def test_a_place_that_was_taken_away_leaves_no_hole(read) -> None:
    Place.objects.filter(code="legal").delete()
    page = read("/en/guidance/procedure/ask/")
    assert page.css_first("#call") is None
    assert page.css_first("#about")


def test_a_page_of_the_past_says_when_it_changed(read) -> None:
    text = guided.text("ask")
    text.last_published_at = timezone.make_aware(datetime.datetime(2026, 1, 2, 23, 30))
    text.save()
    assert "Last changed on 2 January 2026." in (
        read("/en/guidance/procedure/ask/").css_first(".state").text()
    )
