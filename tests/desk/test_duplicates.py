"""Items that are there already are found by source, title and text, whatever is there besides."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from editing import sign_in
from factories import MadeSite, make_output, make_site

from contactpoint.desk.likeness.finding import alike, known_of, remember
from contactpoint.desk.likeness.keys import keys, known, likeness, plain_address
from contactpoint.desk.models import Likeness, PageKey, PageReading
from contactpoint.desk.reading import read_some
from contactpoint.kit.checking import findings
from contactpoint.outputs.models import NewsItem

pytestmark = pytest.mark.django_db
TEXT = (
    "Since the first of March the agency receives people who ask for protection in a new centre. "
    "It has two hundred places, a school for the children, and lawyers who come twice a week. "
    "The network compared how other states receive families, and what that costs them each year."
)


@pytest.fixture
def site() -> MadeSite:
    return make_site(("en", "nl"), standard=False)


def found(page: Any) -> list[tuple[int, str]]:
    rows = alike(known_of(page), page.locale.language_code, but=page.translation_key)
    return [(one.page.pk, str(one.by)) for one in rows]


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://www.example.org/News/5/", "example.org/News/5"),
        ("http://example.org/News/5#top", "example.org/News/5"),
        ("https://example.org/?id=5", "example.org?id=5"),
        ("https://example.org/", ""),
        ("https://www.example.org/b/?utm_source=x&q=1&a=2", "example.org/b?a=2&q=1"),
        ("https://example.org/?utm_source=x", ""),
        ("no address", ""),
        ("", ""),
        ("http://[broken", ""),
    ],
)
def test_an_address_is_compared_without_what_leads_nowhere_else(url: str, plain: str) -> None:
    assert plain_address(url) == plain


def test_a_text_of_which_some_words_were_changed_is_found(site: MadeSite) -> None:
    one = make_output(site, title="A new centre", text=TEXT)
    make_output(site, title="Something else", text="Nothing of this is the same at all. " * 9)
    remember(one)
    changed = TEXT.replace("two hundred", "some 200")
    assert found(make_output(site, title="Opening", text=changed)) == [(one.pk, "text")]


def test_a_title_in_another_order_or_with_another_word_is_found(site: MadeSite) -> None:
    one = make_output(site, title="How states receive families with children")
    remember(one)
    for title in (
        "With children: how states receive families",
        "How states receive families without children",
        "HOW STATES RECEIVE FAMILIES WITH CHILDREN!",
    ):
        assert found(make_output(site, title=title)) == [(one.pk, "title")], title
    assert found(make_output(site, title="How states return families to Albania")) == []


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Detention of families", "Detention of familes"),
        (
            "How the states of the union receive families with small children who have come alone",
            "How the states of the union receive families with small children who have come alome",
        ),
    ],
)
def test_a_title_with_a_slip_in_it_is_found_be_it_short_or_long(
    site: MadeSite, title: str, other: str
) -> None:
    one = make_output(site, title=title)
    remember(one)
    assert found(make_output(site, title=other)) == [(one.pk, "title")]


def test_a_teaser_is_found_again_without_the_text_that_belongs_to_it(site: MadeSite) -> None:
    teaser = "The list of those who wait for a bed has grown again this week."
    one = make_output(site, title="No room", teaser=teaser, text=TEXT)
    remember(one)
    assert found(make_output(site, title="Beds", teaser=teaser)) == [(one.pk, "text")]
    assert found(make_output(site, title="Beds 2", teaser="Another: " + teaser)) == []


def test_the_next_of_a_series_is_no_duplicate(site: MadeSite) -> None:
    remember(make_output(site, title="Annual report on migration and asylum 2018"))
    assert found(make_output(site, title="Annual report on migration and asylum 2019")) == []


def test_a_source_is_the_same_in_every_language_but_a_translation_is_no_duplicate(
    site: MadeSite,
) -> None:
    one = make_output(site, title="Study", source_url="https://example.org/study")
    own = make_output(
        site, title="Studie", language="nl", translation_of=one, source_url=one.source_url
    )
    remember(one)
    remember(own)
    assert not Likeness.objects.exists()
    other = make_output(
        site, title="Een studie", language="nl", source_url="http://www.example.org/study/"
    )
    assert found(other) == [(own.pk, "source")]


def test_what_many_share_says_nothing_and_costs_nothing(
    site: MadeSite, django_assert_max_num_queries: Any
) -> None:
    title = "Newsletter of the network"
    pages = [make_output(site, title=title) for _number in range(16)]
    for page in pages:
        remember(page)
    page = make_output(site, title=title)
    with django_assert_max_num_queries(4):
        assert found(page) == []


def test_the_lookup_uses_the_index(site: MadeSite) -> None:
    plan = PageKey.objects.filter(value__in=[1, 2, 3]).explain()
    assert connection.vendor != "sqlite" or "USING INDEX" in plan.upper(), plan


def test_a_page_is_read_again_when_it_has_changed_and_only_then(site: MadeSite) -> None:
    page = make_output(site, title="First words of a title", text=TEXT)
    while read_some():
        pass
    assert PageReading.objects.filter(page=page).exists()
    assert read_some() == 0
    page = NewsItem.objects.get(pk=page.pk)
    page.title = "Other words"
    page.save_revision().publish()
    assert read_some() == 1
    numbers = set(PageKey.objects.filter(page=page).values_list("value", flat=True))
    assert numbers == {value for _by, value in keys(known_of(page), "en")}


def test_the_checklist_names_what_an_item_looks_like(site: MadeSite) -> None:
    one = make_output(site, title="A new centre for families opens", text=TEXT)
    remember(one)
    draft = make_output(site, title="A new centre for families opens", live=False)
    said = [(one.quote, one.url) for one in findings(draft) if one.name == "duplicate"]
    assert said == [(one.title, reverse("wagtailadmin_pages:edit", args=[one.pk]))]


def test_two_that_are_not_the_same_are_not_shown_again(client: Client, site: MadeSite) -> None:
    one = make_output(site, title="A new centre", teaser="", text=TEXT)
    two = make_output(site, title="The same again", teaser="", text=TEXT)
    remember(one)
    remember(two)
    pair = Likeness.objects.get()
    assert (pair.one_id, pair.other_id, pair.by, pair.percent) == (one.pk, two.pk, "text", 100)
    editor = sign_in(client)
    shown = client.get(reverse("desk_duplicates")).content.decode()
    assert "The same again" in shown
    client.post(reverse("desk_not_the_same", args=[pair.pk]))
    pair.refresh_from_db()
    assert pair.dismissed_by == editor
    remember(one)
    assert Likeness.objects.count() == 1
    assert "The same again" not in client.get(reverse("desk_duplicates")).content.decode()
    assert not [one for one in findings(two) if one.name == "duplicate"]


def test_texts_that_share_a_third_are_not_alike() -> None:
    one = known("One", TEXT, "")
    other = known("Two", TEXT[: len(TEXT) // 3] + "Other words follow, and more of them. " * 6, "")
    assert likeness(one, other) is None
    assert json.dumps(keys(one, "en"))
