"""Studies and series: a page for each, and on each issue what stands before and after it."""

import datetime
import json
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from editing import rows, sign_in
from factories import MadeSite, make_country, make_family, make_output
from wagtail.models import Locale

from contactpoint.accounts.models import User
from contactpoint.kit.forms import LabelsFormField
from contactpoint.outputs.models import Family, FamilyLink, Output, PartElsewhere


def quarter(site: MadeSite, number: int, **fields: Any) -> Output:
    """The issue of a quarter of 2019."""
    family = make_family("quarterly", en="Quarterly", fr="Trimestriel")
    ends = datetime.date(2019, 3 * number, 28)
    fields = {"title": f"Quarter {number}", "covers_until": ends, "families": [family]} | fields
    return make_output(site, "publication", **fields)


def places(client: Client, page: Output) -> list[tuple[str, str, str]]:
    """Series, previous and next, as the page shows them."""
    return [
        (
            one.series.label,
            one.previous.label if one.previous else "",
            one.following.label if one.following else "",
        )
        for one in client.get(page.url).context["neighbours"]
    ]


def put(page: Output, family: Family, part: str) -> None:
    FamilyLink.objects.create(page=page, family=family, part=part)


def test_an_issue_leads_to_the_one_before_and_the_one_after(client: Client, site: MadeSite) -> None:
    issues = {number: quarter(site, number) for number in (2, 1, 3)}
    assert places(client, issues[1]) == [("Quarterly", "", "Quarter 2")]
    assert places(client, issues[2]) == [("Quarterly", "Quarter 1", "Quarter 3")]
    assert places(client, issues[3]) == [("Quarterly", "Quarter 2", "")]
    html = client.get(issues[2].url).content.decode()
    assert f'<a href="{issues[1].url}" rel="prev">Quarter 1</a>' in html
    assert f'<a href="{issues[3].url}" rel="next">Quarter 3</a>' in html


def test_what_an_issue_covers_counts_more_than_when_it_appeared(
    client: Client, site: MadeSite
) -> None:
    late = quarter(site, 1, published_on=datetime.date(2025, 1, 1))
    quarter(site, 2, published_on=datetime.date(2019, 7, 1))
    assert places(client, late) == [("Quarterly", "", "Quarter 2")]
    shown = client.get("/en/series/quarterly/").context["entries"]
    assert [entry.title for entry in shown] == ["Quarter 2", "Quarter 1"]


def test_issues_without_a_period_stand_by_their_date(client: Client, site: MadeSite) -> None:
    first = quarter(site, 2, covers_until=None, published_on=datetime.date(2019, 1, 1))
    quarter(site, 1, covers_until=None, published_on=datetime.date(2019, 2, 1))
    assert places(client, first) == [("Quarterly", "", "Quarter 1")]


def test_a_neighbour_is_in_the_readers_language_or_in_another(
    client: Client, site: MadeSite
) -> None:
    one, two, three = (quarter(site, number) for number in (1, 2, 3))
    family = make_family("quarterly")
    french = quarter(site, 1, language="fr", translation_of=one, title="Trimestre 1")
    middle = quarter(site, 2, language="fr", translation_of=two, title="Trimestre 2")
    assert places(client, middle) == [("Trimestriel", "Trimestre 1", "Quarter 3")]
    answer = client.get("/fr/series/quarterly/")
    shown = answer.context["entries"]
    assert [entry.url for entry in shown] == [three.url, middle.url, french.url]
    assert [entry.foreign for entry in shown] == ["Anglais", "", ""]
    assert f'<a href="{three.url}" lang="en" hreflang="en">' in answer.content.decode()
    assert family.links.count() == 5


@pytest.mark.parametrize("closed", [{"live": False}, {"private": True}])
def test_what_readers_may_not_see_is_no_neighbour(
    client: Client, site: MadeSite, closed: dict[str, Any]
) -> None:
    first = quarter(site, 1)
    quarter(site, 2, **closed)
    quarter(site, 3)
    assert places(client, first) == [("Quarterly", "", "Quarter 3")]
    for path in ("/en/series/quarterly/", "/en/series/quarterly/feed.atom"):
        text = client.get(path).content.decode()
        assert "Quarter 2" not in text
        assert "Quarter 3" in text


def test_a_draft_in_a_series_can_be_previewed(site: MadeSite) -> None:
    draft = quarter(site, 1, live=False)
    quarter(site, 2)
    answer = draft.make_preview_request()
    answer.render()
    assert answer.status_code == 200


@pytest.mark.parametrize("number", [3, 40])
def test_a_series_costs_one_query_more_however_long_it_is(
    client: Client, site: MadeSite, number: int
) -> None:
    family = make_family("long")
    pages = [
        make_output(
            site, "publication", themes=["asylum"], concepts=["reception"], families=[family]
        )
        for _number in range(number)
    ]
    for path, most in ((pages[1].url, 10), ("/en/series/long/", 6)):
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        assert len(captured) <= most, path


def test_a_study_shows_its_parts_in_their_order(client: Client, site: MadeSite) -> None:
    family = make_family("pathways", "study", en="Pathways")
    for kind, title, part in (
        ("event", "Conference", "event"),
        ("publication", "Belgium", "national"),
        ("video", "Film", "video"),
        ("publication", "All states", "synthesis"),
        ("publication", "In short", "inform"),
    ):
        put(make_output(site, kind, title=title), family, part)
    PartElsewhere.objects.create(
        family=family,
        part="national",
        country=make_country("SE", en="Sweden"),
        title="Vägar",
        language="sv",
        url="https://migration.example/report.pdf",
    )
    answer = client.get("/en/studies/pathways/")
    shown = [
        (group.heading, [entry.title for entry in group.entries])
        for group in answer.context["groups"]
    ]
    assert shown == [
        ("Synthesis report", ["All states"]),
        ("National report", ["Belgium"]),
        ("Inform", ["In short"]),
        ("Video", ["Film"]),
        ("Event", ["Conference"]),
    ]
    html = answer.content.decode()
    assert 'href="https://migration.example/report.pdf" rel="external" lang="sv"' in html
    assert "<span>Sweden</span><span>Swedish</span>" in html


def test_each_part_leads_to_its_study(client: Client, site: MadeSite) -> None:
    page = make_output(site, "video", families=[make_family("pathways", "study", en="Pathways")])
    facts = {fact.label: fact.values for fact in client.get(page.url).context["facts"]}
    assert [(value.text, value.url) for value in facts["Study"]] == [
        ("Pathways", "/en/studies/pathways/")
    ]
    assert client.get(page.url).context["neighbours"] == []


def test_a_study_names_itself_in_the_readers_language(client: Client, site: MadeSite) -> None:
    family = make_family("pathways", "study", en="Pathways", nl="Wegen")
    make_output(site, "publication", families=[family])
    Family.objects.update(summaries={"en": "About citizenship", "nl": "Over nationaliteit"})
    html = client.get("/nl/studies/pathways/").content.decode()
    assert "<h1>Wegen</h1>" in html
    assert "Over nationaliteit" in html
    assert 'hreflang="en" href="http' in html


def test_a_study_that_is_named_in_another_language_only_says_in_which(
    client: Client, site: MadeSite
) -> None:
    make_output(site, "publication", families=[make_family("paths", "study", en="Pathways")])
    Family.objects.update(summaries={"en": "About citizenship"})
    html = client.get("/de/studies/paths/").content.decode()
    assert '<h1 lang="en">Pathways</h1>' in html
    assert '<p class="standfirst" lang="en">About citizenship</p>' in html
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found is not None
    assert json.loads(found[1])["inLanguage"] == "en"
    listed = client.get("/de/studies/").content.decode()
    assert 'href="/de/studies/paths/" lang="en">Pathways</a>' in listed
    assert 'lang="en">About citizenship</p>' in listed
    assert "<h1>Pathways</h1>" in client.get("/en/studies/paths/").content.decode()


@pytest.mark.parametrize("closed", [{"live": False}, {"private": True}])
def test_a_study_of_which_readers_can_see_nothing_is_not_there(
    client: Client, site: MadeSite, closed: dict[str, Any]
) -> None:
    for form in ("study", "series"):
        make_output(site, "publication", families=[make_family(f"a-{form}", form)], **closed)
    for path in ("studies/a-study/", "series/a-series/"):
        assert client.get(f"/en/{path}").status_code == 404
        assert client.get(f"/en/{path}feed.atom").status_code == 404
    family = Family.objects.get(slug="a-study")
    PartElsewhere.objects.create(
        family=family, part="national", title="A report", url="https://example.org/"
    )
    assert client.get("/en/studies/a-study/").status_code == 200


def test_each_form_has_its_own_address(client: Client, site: MadeSite) -> None:
    make_output(site, "publication", families=[make_family("pathways", "study")])
    assert client.get("/en/studies/pathways/").status_code == 200
    for path in ("/en/series/pathways/", "/en/studies/none/", "/en/series/pathways/feed.atom"):
        assert client.get(path).status_code == 404


def test_a_title_with_marks_is_text(client: Client, site: MadeSite) -> None:
    make_output(site, "publication", families=[make_family("evil", en="<script>alert(1)</script>")])
    assert "<script>alert" not in client.get("/en/series/evil/").content.decode()


def test_a_family_with_parts_is_not_deleted(site: MadeSite) -> None:
    page = quarter(site, 1)
    with pytest.raises(ProtectedError):
        page.family_links.get().family.delete()


def test_an_editor_makes_a_study_with_a_long_summary(client: Client, site: MadeSite) -> None:
    sign_in(client)
    form = client.get(reverse("families:add")).content.decode()
    assert "<textarea" in form
    answer = client.post(
        reverse("families:add"),
        {
            "form": "study",
            "slug": "pathways",
            "labels_en": "Pathways",
            "labels_fr": "Parcours",
            "summaries_en": "A word. " * 60,
            "elsewhere-TOTAL_FORMS": "0",
            "elsewhere-INITIAL_FORMS": "0",
            "elsewhere-MIN_NUM_FORMS": "0",
            "elsewhere-MAX_NUM_FORMS": "1000",
        },
    )
    assert answer.status_code == 302
    made = Family.objects.get()
    assert made.labels == {"en": "Pathways", "fr": "Parcours"}
    assert len(made.summaries["en"]) > 400


def test_a_label_of_one_line_stays_one() -> None:
    field = LabelsFormField(label="Name")
    typed = field.widget.value_from_datadict({"x_en": "a" * 201}, {}, "x")
    with pytest.raises(ValidationError, match="longer than 200"):
        field.clean(typed)


@pytest.mark.parametrize("name", ["families:index", "families:add", "family_chooser:choose"])
def test_nobody_sees_the_admin_pages_without_the_right(
    client: Client, site: MadeSite, name: str
) -> None:
    assert client.get(reverse(name)).status_code == 302
    reader = User.objects.create_user("reader@portal.example", password="a long pass phrase")
    client.force_login(reader)
    assert client.get(reverse(name)).status_code in (302, 403)


def test_the_form_of_an_output_asks_for_studies_on_the_source_only(
    client: Client, site: MadeSite
) -> None:
    sign_in(client)
    english = quarter(site, 1)
    french = quarter(site, 1, language="fr", translation_of=english)
    assert french.locale == Locale.objects.get(language_code="fr")
    form = client.get(reverse("wagtailadmin_pages:edit", args=[english.pk])).content.decode()
    assert 'name="family_links-TOTAL_FORMS"' in form
    form = client.get(reverse("wagtailadmin_pages:edit", args=[french.pk])).content.decode()
    assert 'name="family_links-TOTAL_FORMS"' not in form


def test_an_address_is_made_of_the_title_unless_one_is_given(
    client: Client, site: MadeSite
) -> None:
    sign_in(client, administrator=True)
    given = {"form": "study", "labels_en": "Reception, and after", "slug": ""}
    empty = rows("elsewhere", [])
    client.post(reverse("families:add"), {**given, **empty})
    assert Family.objects.get().slug == "reception-and-after"
    again = client.post(reverse("families:add"), {**given, **empty})
    assert "slug" in again.context["form"].errors
    assert Family.objects.count() == 1
