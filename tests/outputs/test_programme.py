"""The work programme: planned, delayed and published, each by itself, as page and as feed."""

import datetime
import re
import uuid
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from editing import sign_in
from factories import MadeSite, make_institution, make_output, make_site, make_theme, place

from contactpoint.outputs.models import PlannedOutput, PlannedPartner, WorkProgramme
from contactpoint.search import sources
from contactpoint.search.models import Change, Index

KEY = uuid.UUID(int=5)
NOW = datetime.datetime(2026, 11, 25, 12, tzinfo=datetime.UTC)


@pytest.fixture
def site(db: None, monkeypatch: pytest.MonkeyPatch) -> MadeSite:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    made = make_site(standard=False)
    for code, home in made.homes.items():
        page = WorkProgramme(
            title=f"Programme {code}", slug="work-programme", live=True, translation_key=KEY
        )
        place(home, page)
    return made


def plan(
    title: str = "A study", year: int = 2027, quarter: int = 2, **fields: Any
) -> PlannedOutput:
    row = PlannedOutput(labels={"en": title, "fr": f"{title} (fr)"}, year=year, quarter=quarter)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


def parts(client: Client, language: str = "en") -> dict[str, list[str]]:
    """Titles by standing, as the page has them."""
    text = client.get(f"/{language}/work-programme/").content.decode()
    found = re.split(r'<section class="programme-part" aria-labelledby="(\w+)"', text)[1:]
    titles = r'<h3 class="plan-title">(?:<a [^>]*>)?([^<]*)'
    return {
        name: re.findall(titles, part) for name, part in zip(found[::2], found[1::2], strict=True)
    }


def test_what_is_to_come_is_planned_and_says_with_whom_and_when(
    site: MadeSite, client: Client
) -> None:
    row = plan(theme=make_theme("asylum"), publication_type="thematic-study")
    PlannedPartner.objects.create(planned=row, institution=make_institution("myria"))
    assert parts(client) == {"planned": ["A study"]}
    text = client.get("/en/work-programme/").content.decode()
    assert "Second quarter of 2027" in text
    assert "Thematic study" in text
    assert '<a class="plan-partner" href="/en/network/myria/">Myria</a>' in text


def test_a_plan_that_is_named_in_another_language_only_says_in_which(
    site: MadeSite, client: Client
) -> None:
    plan(remarks={"en": "Late"})
    german = client.get("/de/work-programme/").content.decode()
    assert '<h3 class="plan-title" lang="en">A study</h3>' in german
    assert '<p class="plan-remark" lang="en">Late</p>' in german
    assert '<h3 class="plan-title">A study (fr)</h3>' in (
        client.get("/fr/work-programme/").content.decode()
    )


def test_what_did_not_come_in_its_quarter_is_delayed_the_day_after(
    site: MadeSite, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(year=2026, quarter=4)
    last_hour = datetime.datetime(2026, 12, 31, 22, 59, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: last_hour)
    assert parts(client) == {"planned": ["A study"]}
    monkeypatch.setattr(timezone, "now", lambda: last_hour + datetime.timedelta(minutes=1))
    assert parts(client) == {"delayed": ["A study"]}


def test_what_is_put_off_is_delayed_and_keeps_its_first_quarter(
    site: MadeSite, client: Client
) -> None:
    row = plan(year=2027, quarter=1)
    row.quarter = 3
    row.save()
    assert parts(client) == {"delayed": ["A study"]}
    text = client.get("/en/work-programme/").content.decode()
    assert "Third quarter of 2027" in text
    assert "at first: </span><s>First quarter of 2027</s>" in text
    row.year, row.quarter = 2026, 4
    row.save()
    assert parts(client) == {"planned": ["A study"]}


def test_an_editor_may_say_that_it_is_late_and_why(site: MadeSite, client: Client) -> None:
    plan(delayed=True, remarks={"en": "Two answers are missing."})
    assert parts(client) == {"delayed": ["A study"]}
    assert "Two answers are missing." in client.get("/en/work-programme/").content.decode()


def test_it_becomes_the_output_when_readers_may_see_it_and_not_before(
    site: MadeSite, client: Client
) -> None:
    page = make_output(site, "publication", title="The study itself", live=False)
    plan(output=page, delayed=True, remarks={"en": "Two answers are missing."})
    assert parts(client) == {"delayed": ["A study"]}
    assert page.url not in client.get("/en/work-programme/").content.decode()
    page.live = True
    page.save()
    assert parts(client) == {"published": ["The study itself"]}
    text = client.get("/en/work-programme/").content.decode()
    assert f'<a href="{page.url}">The study itself</a>' in text
    assert "Two answers are missing." not in text
    page.unpublish()
    assert parts(client) == {"delayed": ["A study"]}


def test_a_reader_is_led_to_the_output_in_their_language_where_it_is_in_it(
    site: MadeSite, client: Client
) -> None:
    page = make_output(site, "publication", title="The study itself")
    plan(output=page)
    text = client.get("/fr/work-programme/").content.decode()
    assert f'<a href="{page.url}" hreflang="en">A study (fr)</a>' in text
    other = make_output(site, "publication", title="L'étude", language="fr", translation_of=page)
    text = client.get("/fr/work-programme/").content.decode()
    assert f'<a href="{other.url}">L&#x27;étude</a>' in text


def test_a_page_that_is_dated_ahead_only_announces_it(site: MadeSite, client: Client) -> None:
    page = make_output(
        site, "publication", title="Soon", published_on=NOW.date() + datetime.timedelta(1)
    )
    plan(output=page)
    assert parts(client) == {"planned": ["Soon"]}
    assert page.url in client.get("/en/work-programme/").content.decode()


def test_a_vacancy_that_closed_has_still_appeared(site: MadeSite, client: Client) -> None:
    plan(output=make_output(site, "vacancy", title="A post", closed=True), kind="vacancy")
    assert parts(client) == {"published": ["A post"]}


def test_the_feed_tells_each_once_with_its_standing_and_keeps_its_id(
    site: MadeSite, client: Client
) -> None:
    page = make_output(site, "publication", title="The study itself", live=False)
    row = plan(output=page)
    plan("Another", delayed=True)
    before = client.get("/en/work-programme/feed.atom").content.decode()
    assert "<title>Planned: A study</title>" in before
    assert "<title>Delayed: Another</title>" in before
    assert f"/en/work-programme/#plan-{row.pk}" in before
    page.live, page.last_published_at = True, NOW + datetime.timedelta(days=9)
    page.save()
    after = client.get("/en/work-programme/feed.atom").content.decode()
    assert "<title>Published: The study itself</title>" in after
    assert page.url in after
    ids = [set(re.findall(r"<id>([^<]+)</id>", text)) for text in (before, after)]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 3
    assert after.index("Published:") < after.index("Delayed:")


@pytest.mark.parametrize("number", [2, 60])
def test_the_page_takes_the_same_queries_whatever_is_planned(
    site: MadeSite, client: Client, number: int
) -> None:
    for index in range(number):
        page = make_output(site, "publication") if index % 2 else None
        row = plan(f"Study {index}", output=page)
        PlannedPartner.objects.create(planned=row, institution=make_institution(f"i-{index}"))
    client.get("/en/work-programme/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/en/work-programme/")
    assert len(captured) <= 6


def test_the_list_of_editors_says_what_readers_see(site: MadeSite, client: Client) -> None:
    sign_in(client)
    page = make_output(site, "publication", language="fr", published_on=NOW.date())
    draft = make_output(site, "publication", live=False)
    ahead = make_output(site, "publication", published_on=NOW.date() + datetime.timedelta(days=1))
    for title, year, output in (
        ("There in French", 2025, page), ("A late draft", 2025, draft), ("Dated ahead", 2027, ahead)
    ):  # fmt: skip
        plan(title, year, output=output)
    text = client.get(reverse("planned-outputs:index")).content.decode()
    rows = {
        title: re.search(rf"{title}.*?(Planned|Delayed|Published)\s*<", text, re.DOTALL)
        for title in ("There in French", "A late draft", "Dated ahead")
    }
    assert {title: found and found[1] for title, found in rows.items()} == {
        "There in French": "Published", "A late draft": "Delayed", "Dated ahead": "Planned",
    }  # fmt: skip


FORM = {
    "labels_en": "A study in four languages",
    "kind": "publication", "publication_type": "thematic-study",
    "theme": "", "year": "2027", "quarter": "2", "output": "",
    "first_year": "", "first_quarter": "",
    "partners-TOTAL_FORMS": "0", "partners-INITIAL_FORMS": "0",
    "partners-MIN_NUM_FORMS": "0", "partners-MAX_NUM_FORMS": "1000",
}  # fmt: skip


def test_a_quarter_that_was_a_slip_of_the_hand_can_be_mended(
    site: MadeSite, client: Client
) -> None:
    row = plan(year=2026, quarter=1)
    address = reverse("planned-outputs:edit", args=[row.pk])
    sign_in(client)
    kept = {**FORM, "first_year": "2026", "first_quarter": "1"}
    assert client.post(address, kept).status_code == 302
    assert parts(client) == {"delayed": ["A study in four languages"]}
    assert client.post(address, FORM).status_code == 302
    assert parts(client) == {"planned": ["A study in four languages"]}


def test_editors_keep_the_programme_and_nobody_else(site: MadeSite, client: Client) -> None:
    address = reverse("planned-outputs:add")
    assert client.get(address).status_code == 302
    user = sign_in(client)
    assert client.get(address).status_code == 200
    institution = make_institution("myria")
    answer = client.post(
        address,
        {
            **FORM,
            "partners-TOTAL_FORMS": "1",
            "partners-0-institution": str(institution.pk), "partners-0-id": "",
            "partners-0-ORDER": "1", "partners-0-DELETE": "",
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    row = PlannedOutput.objects.get()
    assert (row.label, row.first_year, row.first_quarter) == ("A study in four languages", 2027, 2)
    assert [str(partner) for partner in row.partners.all()] == ["Myria"]
    assert "Second quarter of 2027" in client.get(reverse("planned-outputs:index")).content.decode()
    user.groups.set([Group.objects.get(name="Glossary editors")])
    assert client.get(address).status_code == 302
    assert client.get(reverse("planned-outputs:index")).status_code == 302


def test_the_search_finds_what_is_planned_and_hears_of_it(site: MadeSite) -> None:
    Change.objects.all().delete()
    Index.objects.create(name="any", state=Index.State.CURRENT)
    plan("Statelessness in the Union")
    key = f"page:{KEY}"
    assert set(Change.objects.values_list("key", flat=True)) == {key}
    (document,) = sources.documents([key])
    assert "Statelessness in the Union" in document.versions[0].text
