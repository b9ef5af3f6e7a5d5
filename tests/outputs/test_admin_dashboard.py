"""Editors find what waits for them, in their language, and nothing that they may not use."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from editing import sign_in
from factories import MadeSite, make_output, make_site
from wagtail.models import GroupPagePermission
from wagtail.users.models import UserProfile

from contactpoint.accounts.models import User
from contactpoint.intake.models import ImportedItem, ImportRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> MadeSite:
    return make_site(standard=False)


def _dashboard(client: Client) -> str:
    answer = client.get("/admin/")
    assert answer.status_code == 200
    return answer.content.decode()


def _speak(user: User, language: str) -> None:
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})


@pytest.mark.parametrize(("language", "word"), [("en", "News"), ("nl", "Nieuws"), ("fr", "")])
def test_each_kind_is_one_click_away_in_the_list_of_the_editors_language(
    client: Client, site: MadeSite, language: str, word: str
) -> None:
    _speak(sign_in(client), language)
    page = _dashboard(client)
    for slug, model in (
        ("news", "newsitem"), ("publications", "publication"), ("events", "event"),
        ("videos", "video"), ("vacancies", "vacancy"), ("chronicle", "development"),
    ):  # fmt: skip
        parent = site.lists[language][slug]
        address = reverse("wagtailadmin_pages:add", args=["outputs", model, parent.pk])
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_drafts_and_missing_translations_are_told(client: Client, site: MadeSite) -> None:
    page = make_output(site, title="Only English")
    draft = make_output(site, title="Half written", language="nl", live=False)
    draft.has_unpublished_changes = True
    draft.save()
    make_output(site, "event", title="Everywhere")
    both = make_output(site, "video", title="Film")
    for code in ("fr", "nl", "de"):
        make_output(site, "video", title=f"Film {code}", language=code, translation_of=both)
    sign_in(client)
    shown = _dashboard(client)
    assert "Half written" in shown
    assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in shown
    address = f"{reverse('outputs_missing')}?kind=news-item&amp;language=nl"
    assert f'href="{address}">1</a>' in shown
    assert f"{reverse('outputs_missing')}?kind=video" not in shown
    listed = client.get(reverse("outputs_missing"), {"kind": "news-item", "language": "nl"})
    assert "Only English" in listed.content.decode()
    assert reverse("wagtail_localize:submit_page_translation", args=[page.pk]) in str(
        listed.content
    )


def test_missing_translations_of_pages_that_an_editor_may_not_change_are_not_told(
    client: Client, site: MadeSite
) -> None:
    make_output(site, title="Somebody else's")
    user = sign_in(client)
    GroupPagePermission.objects.filter(group__in=user.groups.all()).update(
        page=site.lists["en"]["events"]
    )
    address, asked = reverse("outputs_missing"), {"kind": "news-item", "language": "nl"}
    assert "Somebody else" not in client.get(address, asked).content.decode()
    assert "Somebody else" not in _dashboard(client)
    assert client.get(address)["Location"] == reverse("wagtailadmin_home")
    assert client.get(address, {"kind": "x", "language": "nl"}).status_code == 400
    assert client.get(address, asked | {"language": "xx"}).status_code == 400
    assert Client().get(address, asked).status_code in (302, 403)


def test_imports_wait_on_the_dashboard_until_all_is_decided(client: Client, site: MadeSite) -> None:
    run = ImportRun.objects.create(
        source="old-site.txt", format="text", language="en", digest="d", status="review"
    )
    item = ImportedItem.objects.create(
        run=run, position=1, language="en", identity="i", opening="o", closing="c", digest="d",
        original="Text",
    )  # fmt: skip
    user = sign_in(client)
    shown = _dashboard(client)
    assert "old-site.txt" in shown
    assert "1 item to review" in shown
    assert reverse("import_run", args=[run.pk]) in shown
    ImportedItem.objects.filter(pk=item.pk).update(status=ImportedItem.Status.REJECTED)
    assert "old-site.txt" not in _dashboard(client)
    ImportedItem.objects.update(status=ImportedItem.Status.PENDING)
    group = user.groups.get()
    group.permissions.remove(*group.permissions.filter(content_type__app_label="intake"))
    assert "old-site.txt" not in _dashboard(client)


def _menu(page: str) -> set[str]:
    return set(re.findall(r'"name": "([\w-]+)"', page.replace("\\u0022", '"')))


def test_the_menu_holds_what_editors_use_and_nothing_else(client: Client, site: MadeSite) -> None:
    sign_in(client)
    names = _menu(_dashboard(client))
    assert {"explorer", "imports", "images", "documents", "media", "reference"} <= names
    assert not names & {"reports", "settings", "help", "redirects", "forms", "snippets"}


def test_administrators_keep_reports_and_settings(client: Client, site: MadeSite) -> None:
    sign_in(client, administrator=True)
    names = _menu(_dashboard(client))
    assert {"explorer", "reference", "reports", "settings", "redirects", "users"} <= names
    assert "help" not in names


def test_the_dashboard_asks_the_database_little(
    client: Client, site: MadeSite, django_assert_max_num_queries: object
) -> None:
    sign_in(client)
    _dashboard(client)
    for number in range(12):
        make_output(site, title=f"Item {number}")
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        _dashboard(client)
