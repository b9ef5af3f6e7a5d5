"""Each role does what its work needs and nothing else, as the pages of the admin answer it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from editing import rows, stream
from factories import MadeSite, make_institution, make_output, make_site
from people import person

from contactpoint.desk.models import Likeness, Link
from contactpoint.network.models import Institution
from contactpoint.outputs.models import NewsItem, Output, OutputInstitution

pytestmark = pytest.mark.django_db
RELATIONS = (
    "classifications",
    "theme_links",
    "country_links",
    "related_links",
    "family_links",
    "files",
)


@pytest.fixture
def site() -> MadeSite:
    return make_site(("en", "nl"), standard=True)


@pytest.fixture
def agency(site: MadeSite) -> Institution:
    return make_institution("agency", en="The agency")


def _data(title: str, institutions: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    data = {"title": title, "slug": title.lower().replace(" ", "-"), "teaser": "What it says."}
    data |= stream("body", "") | rows("institution_links", institutions)
    for name in RELATIONS:
        data |= rows(name, [])
    return data | more


def _write(client: Client, site: MadeSite, *institutions: dict[str, Any], **more: Any) -> Any:
    parent = site.lists["en"]["news"].pk
    address = reverse("wagtailadmin_pages:add", args=["outputs", "newsitem", parent])
    return client.post(address, _data("A new text", list(institutions), **more))


def _own(page: Output, institution: Institution, role: str = "publisher") -> Output:
    OutputInstitution.objects.create(page=page, institution=institution, role=role)
    return page


def opens(client: Client, page: Any, name: str = "wagtailadmin_pages:edit") -> bool:
    """Whether an address lets in; Wagtail answers a refusal by leading away."""
    return client.get(reverse(name, args=[page.pk])).status_code == 200


PUBLISH = {"action-publish": "action-publish"}


def test_what_a_contributor_writes_is_a_draft_by_the_own_institution(
    site: MadeSite, agency: Institution
) -> None:
    _user, client = person("Contributors", institution=agency)
    assert _write(client, site, **PUBLISH).status_code == 302
    page = NewsItem.objects.get(title="A new text")
    assert not page.live
    links = page.institution_links.values_list("institution", "role")
    assert list(links) == [(agency.pk, "publisher")]
    draft = page.get_latest_revision_as_object()
    assert [row.institution_id for row in draft.institution_links.all()] == [agency.pk]


def test_an_institution_that_was_chosen_is_not_named_twice(
    site: MadeSite, agency: Institution
) -> None:
    _user, client = person("Contributors", institution=agency)
    _write(client, site, {"institution": agency.pk, "role": "author"})
    links = NewsItem.objects.get(title="A new text").institution_links
    assert list(links.values_list("institution", "role")) == [(agency.pk, "author")]


def test_a_contributor_changes_what_is_by_the_own_institution_and_nothing_else(
    site: MadeSite, agency: Institution
) -> None:
    _user, client = person("Contributors", institution=agency)
    colleagues = _own(make_output(site, title="Of a colleague", live=False), agency)
    published = _own(make_output(site, title="Published"), agency, "author")
    others = _own(make_output(site, title="Of others"), make_institution("ministry"))
    mentioned = _own(make_output(site, title="Mentions us"), agency, "mentioned")
    assert opens(client, colleagues)
    assert opens(client, published)
    for page in (others, mentioned, site.standard["en"]["network"], site.lists["en"]["news"]):
        assert not opens(client, page), page
        for name in ("wagtailadmin_pages:view_draft", "desk_checklist", "desk_languages"):
            assert not opens(client, page, name), (page, name)
    for page in (published, others):
        assert not opens(client, page, "wagtailadmin_pages:delete")
        client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
        page.refresh_from_db()
        assert page.live


def test_a_contributor_publishes_nothing_not_even_the_own(
    site: MadeSite, agency: Institution
) -> None:
    _user, client = person("Contributors", institution=agency)
    page = _own(make_output(site, title="Of a colleague", live=False), agency)
    links = list(page.institution_links.values("id", "institution", "role"))
    data = _data(page.title, [])
    data |= rows("institution_links", links, initial=1) | PUBLISH
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    page.refresh_from_db()
    assert not page.live


def test_a_contributor_adds_to_lists_only_and_for_an_institution_only(
    site: MadeSite, agency: Institution
) -> None:
    _user, client = person("Contributors", institution=agency)
    home = site.homes["en"].pk
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home])
    assert client.get(address).status_code == 302
    _nobody, lonely = person("Contributors", "lonely")
    assert _write(lonely, site).status_code == 302
    assert not NewsItem.objects.filter(title="A new text").exists()


def test_a_translator_changes_translations_and_no_originals(site: MadeSite) -> None:
    _user, client = person("Translators")
    source = make_output(site, title="Source", live=False)
    other = make_output(site, title="Vertaling", language="nl", translation_of=source, live=False)
    assert opens(client, other)
    for page in (source, site.standard["en"]["network"], site.homes["en"]):
        assert not opens(client, page), page
    assert opens(client, site.standard["nl"]["network"])
    assert not opens(client, source, "wagtailadmin_pages:delete")
    client.post(
        reverse("wagtailadmin_pages:edit", args=[other.pk]),
        {"title": "Beter", "slug": other.slug, "teaser": "", **stream("body", ""), **PUBLISH},
    )
    other.refresh_from_db()
    assert (other.title, other.live) == ("Beter", False)
    assert _write(client, site).status_code == 302
    assert not NewsItem.objects.filter(title="A new text").exists()


def test_an_editor_still_writes_and_publishes(site: MadeSite) -> None:
    _user, client = person("Editors")
    assert _write(client, site, **PUBLISH).status_code == 302
    assert NewsItem.objects.get(title="A new text").live


@pytest.mark.parametrize("role", ["Glossary editors", "Contributors", "Translators", "Editors"])
def test_every_page_of_the_desk_asks_for_rights(site: MadeSite, role: str) -> None:
    page = make_output(site, title="Some text")
    other = make_output(site, title="Some text")
    pair = Likeness.objects.create(one=page, other=other, by="title", percent=100)
    link = Link.objects.create(digest="x", url="https://a.example/", due_at="2020-01-01T00:00Z")
    _user, client = person(role)
    may = role == "Editors"
    for name in ("desk_checklist", "desk_languages", "desk_entry"):
        assert opens(client, page, name) == may
    reports = [client.get(reverse(name)) for name in ("desk_links", "desk_duplicates")]
    assert [one.status_code == 200 for one in reports] == [role != "Glossary editors"] * 2
    for report in reports:
        assert (b"Some text" in report.content) <= may
    client.post(reverse("desk_not_the_same", args=[pair.pk]))
    pair.refresh_from_db()
    assert (pair.dismissed_at is not None) == may
    client.post(reverse("desk_link_again", args=[link.pk]))
    link.refresh_from_db()
    assert link.due_at.year == 2020  # no page of theirs leads there


def test_who_writes_for_an_institution_is_an_administrators_choice(
    site: MadeSite, agency: Institution
) -> None:
    for role, may in (("Editors", False), ("Contributors", False), ("Administrators", True)):
        _user, client = person(role)
        address = reverse("institutions:edit", args=[agency.pk])
        answer = client.get(address)
        assert (answer.status_code == 200 and b'name="contributors"' in answer.content) == may


def test_an_editor_unpublishes_what_was_public_and_deletes_only_what_never_was(
    site: MadeSite,
) -> None:
    _user, client = person("Editors")
    public = make_output(site, title="Public")
    draft = make_output(site, title="Never public", live=False)
    for page in (public, draft):
        client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert list(Output.objects.values_list("title", flat=True)) == ["Public"]
    client.post(reverse("wagtailadmin_pages:unpublish", args=[public.pk]))
    public.refresh_from_db()
    assert not public.live
    Output.objects.update(first_published_at="2026-01-01T00:00Z")
    delete = reverse("wagtailadmin_pages:delete", args=[public.pk])
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(delete)
    client.post(f"{bulk}?id={public.pk}")
    assert opens(client, public, "wagtailadmin_pages:move")
    assert Output.objects.filter(pk=public.pk).exists()
    _boss, administrator = person("Administrators")
    administrator.post(delete)
    assert not Output.objects.exists()


def test_a_copy_is_a_draft_whatever_was_asked_for(site: MadeSite, agency: Institution) -> None:
    agency.two_pairs_of_eyes = True
    agency.save()
    page = _own(make_output(site, title="Read by two"), agency)
    _user, client = person("Editors")
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    assert not {"publish_copies", "alias"} & set(client.get(address).context["form"].fields)
    data = {"new_title": "The copy", "new_slug": "the-copy", "publish_copies": "on", "alias": "on"}
    client.post(address, data | {"new_parent_page": site.lists["en"]["news"].pk})
    copy = Output.objects.get(title="The copy")
    assert not copy.live
    assert copy.alias_of is None
    assert not copy.permissions_for_user(_user).can_publish()


def test_a_copy_is_offered_a_slug_that_is_free(site: MadeSite) -> None:
    page = make_output(site, title="Twice", slug="s" * 255)
    _user, client = person("Editors")
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    for title in ("Second", "Third"):
        fields = client.get(address).context["form"]
        data = {name: fields[name].value() for name in ("new_slug", "new_parent_page")}
        client.post(address, data | {"new_title": title})
    assert Output.objects.filter(title__in=("Second", "Third")).count() == 2


@pytest.mark.parametrize("role", ["Contributors", "Translators", "Editors"])
def test_many_pages_at_once_are_pages(site: MadeSite, role: str) -> None:
    _user, client = person(role)
    page = make_output(site, title="One of many", live=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    for wrong in ("con", "1.5", "9" * 40, "-1"):
        assert client.post(f"{address}?id={wrong}").status_code in (302, 404), wrong
        assert client.get(f"{address}?id={wrong}").status_code in (302, 404), wrong
    client.post(f"{address}?id={page.pk}")
    page.refresh_from_db()
    assert page.live == (role == "Editors")
