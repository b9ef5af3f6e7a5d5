"""A quarter is gathered by theme, each thing once, and becomes a draft that an editor finishes."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from editing import sign_in, sign_in_as
from factories import MadeSite, make_output, make_theme
from wagtail.models import GroupPagePermission, ReferenceIndex

from contactpoint.accounts.models import User
from contactpoint.outputs.models import Publication
from contactpoint.outputs.quarterly import Quarter, draft, gathered

Q3 = Quarter(2026, 3)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026Q1", datetime.date(2026, 1, 1), datetime.date(2026, 3, 31)),
        ("2024-q2", datetime.date(2024, 4, 1), datetime.date(2024, 6, 30)),
        ("2026 Q3", datetime.date(2026, 7, 1), datetime.date(2026, 9, 30)),
        ("2025Q4", datetime.date(2025, 10, 1), datetime.date(2025, 12, 31)),
    ],
)
def test_a_quarter_has_a_first_and_a_last_day(
    text: str, first: datetime.date, last: datetime.date
) -> None:
    quarter = Quarter.read(text)
    assert (quarter.first, quarter.last) == (first, last)
    assert Quarter.of(first) == Quarter.of(last) == quarter
    assert Quarter.of(first - datetime.timedelta(days=1)) == quarter.before


@pytest.mark.parametrize("text", ["", "2026", "2026Q5", "26Q1", "9999Q1", "2026Q12", "٢٠٢٦Q1x"])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write it as 2026Q3"):
        Quarter.read(text)


@pytest.fixture
def things(site: MadeSite) -> None:
    asylum = make_theme("asylum", en="Asylum", nl="Asiel")
    make_theme("reception", en="Reception", nl="Opvang", parent=asylum)
    make_theme("return", en="Return", nl="Terugkeer")
    day = datetime.date(2026, 8, 1)
    law = make_output(
        site, "development", title="A law", themes=["asylum"],
        published_on=datetime.date(2026, 1, 1), effective_on=datetime.date(2026, 7, 1),
    )  # fmt: skip
    make_output(site, "development", language="nl", translation_of=law, title="Een wet",
        themes=["asylum"])  # fmt: skip
    make_output(site, "development", title="Last year's law", themes=["asylum"],
        published_on=day, effective_on=datetime.date(2025, 7, 1))  # fmt: skip
    make_output(site, title="News of reception", themes=["reception", "return"], published_on=day)
    make_output(site, "publication", title="A report", themes=["return"], published_on=Q3.last)
    make_output(site, "publication", title="Too late", published_on=datetime.date(2026, 10, 1))
    start = datetime.datetime(2026, 9, 30, 22, 30, tzinfo=datetime.UTC)  # October in Brussels
    make_output(site, "event", title="In October", starts_at=start, published_on=day)
    make_output(site, "event", title="In June", published_on=datetime.date(2026, 6, 30),
        starts_at=start - datetime.timedelta(days=92))  # fmt: skip
    make_output(site, title="Without a theme", published_on=Q3.first)
    make_output(site, title="Closed", published_on=day, private=True)
    make_output(site, title="Unwritten", published_on=day, live=False)
    make_output(site, "vacancy", title="A post", published_on=day)


def told(language: str = "en") -> dict[str, list[str]]:
    return {one.label: [entry.title for entry in one.entries] for one in gathered(Q3, language)}


def test_each_thing_of_the_quarter_stands_once_under_its_first_theme(things: None) -> None:
    assert told() == {
        "Asylum": ["A law", "News of reception"],
        "Return": ["A report"],
        "Other": ["Without a theme", "In June"],
    }


def test_it_is_told_in_the_language_where_it_is_there_in_it(things: None) -> None:
    assert told("nl")["Asiel"] == ["Een wet", "News of reception"]


def test_gathering_costs_the_same_however_much_there_is(
    site: MadeSite, things: None, django_assert_max_num_queries
) -> None:
    for number in range(30):
        make_output(site, title=f"More {number}", themes=["asylum"], published_on=Q3.first)
    gathered(Q3, "en")
    with django_assert_max_num_queries(4):
        assert sum(len(one.entries) for one in gathered(Q3, "en")) == 35


def test_the_draft_has_a_heading_for_each_theme_and_links_that_follow_pages(
    site: MadeSite, things: None
) -> None:
    report = Publication.objects.get(title="A report")
    page = draft(Q3, site.lists["en"]["publications"], left_out={report.pk})
    page = Publication.objects.get(pk=page.pk)
    assert (page.live, page.publication_type, page.published_on) == (False, "quarterly", Q3.last)
    assert (page.covers_from, page.covers_until) == (Q3.first, Q3.last)
    assert page.title == "Quarterly, July to September 2026"
    blocks = [(block.block_type, str(block.value)) for block in page.body]
    assert [value for name, value in blocks if name == "heading"] == ["Asylum", "Other"]
    assert "A report" not in "".join(value for _name, value in blocks)
    assert [link.theme.slug for link in page.theme_links.all()] == ["asylum"]
    assert ReferenceIndex.get_references_for_object(page).count() >= 4
    again = draft(Q3, site.lists["en"]["publications"])
    assert (page.slug, again.slug) == ("quarterly-2026q3", "quarterly-2026q3-1")


def test_what_editors_wrote_is_text_in_the_draft(site: MadeSite) -> None:
    make_output(site, title="<script>x</script>", teaser="a & <b>", published_on=Q3.first)
    page = draft(Q3, site.lists["en"]["publications"])
    source = page.body.raw_data[1]["value"]
    assert "<script" not in source
    assert "<b>" not in source


def test_an_editor_chooses_a_period_drops_an_item_and_gets_the_draft(
    client: Client, site: MadeSite, things: None
) -> None:
    sign_in(client)
    address = reverse("outputs_quarterly")
    page = client.get(address, {"period": "2026Q3", "language": "en"})
    html = page.content.decode()
    assert "News of reception" in html
    assert "Closed" not in html
    kept = [entry.pk for one in page.context["sections"] for entry in one.entries][:2]
    answer = client.post(address, {"period": "2026Q3", "language": "en", "keep": kept})
    made = Publication.objects.get(publication_type="quarterly")
    assert answer.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert client.get(answer.headers["Location"]).status_code == 200
    assert "Without a theme" not in str(made.body.raw_data)
    refused = client.get(address, {"period": "2026Q9"}).content.decode()
    assert "Write it as 2026Q3" in refused


def test_the_quarter_before_is_offered_first(client: Client, site: MadeSite) -> None:
    sign_in(client)
    shown = client.get(reverse("outputs_quarterly")).context["quarter"]
    assert shown == str(Quarter.of(timezone.localdate()).before)


def test_who_may_not_write_publications_is_refused(client: Client, site: MadeSite) -> None:
    address = reverse("outputs_quarterly")
    assert client.get(address).status_code == 302
    user = sign_in(client)
    GroupPagePermission.objects.all().delete()
    sign_in_as(client, User.objects.get(pk=user.pk))
    assert client.get(address).status_code in (302, 403)
    assert client.post(address, {"period": "2026Q3"}).status_code in (302, 403)
    assert not Publication.objects.exists()
