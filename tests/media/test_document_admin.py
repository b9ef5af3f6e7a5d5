"""What an editor sees of a file's text, and may have done about it."""

import re

import made_files as made
import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from editing import sign_in
from people import person
from wagtail.models import Collection, CollectionViewRestriction, GroupCollectionPermission
from wagtail.users.models import UserProfile

from contactpoint.media.collections import spoken
from contactpoint.media.models import CustomDocument, DocumentReading, DocumentText, Recording

pytestmark = pytest.mark.django_db


def document(data: bytes, name: str = "study.pdf", **fields: object) -> CustomDocument:
    return CustomDocument.objects.create(
        title="A study", file=ContentFile(data, name=name), **fields
    )


def form(client: Client, row: CustomDocument) -> str:
    answer = client.get(reverse("wagtaildocs:edit", args=[row.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (
            made.pdf(["Asylum."], ["Return."]),
            "a.pdf",
            "Read: 2 pages. Readers find it by its text.",
        ),
        (made.docx("Asylum."), "a.docx", "Read. Readers find it by its text."),
        (made.pdf([]), "a.pdf", "probably scanned"),
        (made.locked_pdf(), "a.pdf", "It asks for a password."),
    ],
)
def test_the_form_says_what_came_of_reading(
    client: Client, data: bytes, name: str, said: str
) -> None:
    sign_in(client)
    assert said in form(client, document(data, name))


def test_the_form_of_a_document_that_nobody_looked_at_says_that_it_waits(client: Client) -> None:
    sign_in(client)
    row = document(b"words", "a.txt")
    DocumentReading.objects.all().delete()
    assert "It waits to be read" in form(client, row)


def test_an_editor_has_a_file_read_again(client: Client) -> None:
    sign_in(client)
    row = document(made.pdf(["Asylum."]))
    DocumentText.objects.all().delete()
    url = reverse("media_read_again", args=[row.pk])
    page = form(client, row)
    assert f'<form id="read-again" method="post" action="{url}">' in page
    assert 'form="read-again"' in page
    assert "formaction" not in page, "Enter in a field would press that button"
    answer = client.post(url, follow=True)
    assert answer.redirect_chain == [(reverse("wagtaildocs:edit", args=[row.pk]), 302)]
    assert "“A study” will be read again." in answer.content.decode()
    assert DocumentText.objects.get().text == "Asylum."


def test_reading_again_is_a_post_by_whoever_may_change_the_document(client: Client) -> None:
    row = document(made.pdf(["Asylum."]))
    DocumentText.objects.all().delete()
    url = reverse("media_read_again", args=[row.pk])
    assert client.post(url).status_code == 302
    sign_in(client)
    assert client.get(url).status_code == 405
    GroupCollectionPermission.objects.filter(group=Group.objects.get(name="Editors")).delete()
    refused = client.post(url)
    assert refused.status_code in (302, 403)
    assert not DocumentText.objects.exists()


def test_the_dashboard_names_files_whose_text_is_not_found(client: Client) -> None:
    sign_in(client)
    home = reverse("wagtailadmin_home")
    document(made.pdf(["Asylum."]))
    document(made.zipped({"a": "b"}), "data.zip")
    assert "Files whose text is not found" not in client.get(home).content.decode()
    row = document(made.pdf([]))
    page = client.get(home).content.decode()
    assert "Files whose text is not found" in page
    assert reverse("wagtaildocs:edit", args=[row.pk]) in page


def test_the_dashboard_tells_nothing_of_files_that_are_not_ones_own(client: Client) -> None:
    sign_in(client)
    other = Collection.get_first_root_node().add_child(name="Others")
    editors = GroupCollectionPermission.objects.filter(group=Group.objects.get(name="Editors"))
    mine = Collection.objects.get(pk=Collection.get_first_root_node().pk).add_child(name="Mine")
    editors.update(collection=mine)
    document(made.pdf([]), collection=other)
    assert (
        "Files whose text is not found"
        not in client.get(reverse("wagtailadmin_home")).content.decode()
    )
    document(made.pdf([]), collection=mine)
    assert (
        "Files whose text is not found" in client.get(reverse("wagtailadmin_home")).content.decode()
    )


def test_the_language_of_a_file_is_chosen_and_one_that_was_typed_is_kept(client: Client) -> None:
    sign_in(client)
    row = document(b"words", "a.txt", language="nl")
    page = form(client, row)
    assert '<option value="nl" selected>' in page
    assert '<option value="ti">Tigrinya</option>' in page
    url = reverse("wagtaildocs:edit", args=[row.pk])
    data = {
        "title": "A study",
        "accessible": "unknown",
        "tags": "",
        "collection": row.collection_id,
    }
    client.post(url, data | {"language": "fr"})
    row.refresh_from_db()
    assert row.language == "fr"
    assert client.post(url, data | {"language": "<b>"}).status_code == 200
    CustomDocument.objects.update(language="klingon")
    assert '<option value="klingon" selected>' in form(client, row)


def test_a_file_can_be_kept_back_from_the_moment_it_is_uploaded(client: Client) -> None:
    sign_in(client)
    kept_back = Collection.objects.get(name="Not yet published")
    data = {
        "title": "Under embargo",
        "collection": kept_back.pk,
        "file": ContentFile(made.pdf(["Asylum."]), name="embargo.pdf"),
    }
    assert client.post(reverse("wagtaildocs:add"), data).status_code == 302
    row = CustomDocument.objects.get(title="Under embargo")
    assert row.collection == kept_back
    assert Client().get(row.url).status_code == 302  # to the way in
    assert client.get(row.url).status_code == 200
    client.post(
        reverse("wagtaildocs:edit", args=[row.pk]),
        {"title": "It is out", "collection": Collection.objects.get(depth=1).pk},
    )
    row.refresh_from_db()
    assert (row.title, Client().get(row.url).status_code) == ("It is out", 200)


def test_a_new_file_is_kept_back_unless_somebody_says_else(client: Client) -> None:
    sign_in(client)
    kept_back = Collection.objects.get(name="Not yet published")
    addresses = {
        "form": reverse("wagtaildocs:add"),
        "list": reverse("wagtaildocs:add_multiple"),
        "chooser": reverse("wagtaildocs_chooser:create"),
        "film": reverse("wagtailmedia:add", args=["video"]),
    }
    for name, address in addresses.items():
        shown = client.get(address).content.decode().replace("\\u0022", '"')
        shown = shown.replace('\\"', '"')
        chosen = re.search(rf'<option value="{kept_back.pk}"\s+selected', shown)
        assert chosen, name
        assert "Open to everybody" in shown, name
        assert ">Root<" not in shown, name


def test_a_file_that_is_open_already_stays_so(client: Client) -> None:
    sign_in(client)
    row = document(b"words", "a.txt")
    root = Collection.objects.get(depth=1)
    assert re.search(rf'<option value="{root.pk}"\s+selected', form(client, row))
    translation.activate("fr")
    assert str(root) == spoken(root)
    assert root.name not in ("Root", "")


def test_without_the_closed_collection_forms_work_as_ever(client: Client) -> None:
    sign_in(client)
    Collection.objects.get(name="Not yet published").delete()
    Collection.objects.get(depth=1).add_child(name="Slides")
    assert client.get(reverse("wagtaildocs:add")).status_code == 200
    assert client.get(reverse("wagtaildocs:add_multiple")).status_code == 200


def test_an_administrator_makes_a_collection_and_closes_it() -> None:
    _user, client = person("Administrators")
    root = Collection.objects.get(depth=1)
    address = reverse("wagtailadmin_collections:add")
    assert client.post(address, {"name": "The board", "parent": root.pk}).status_code == 302
    made_now = Collection.objects.get(name="The board")
    address = reverse("wagtailadmin_collections:set_privacy", args=[made_now.pk])
    assert client.post(address, {"restriction_type": "login"}).status_code == 200
    assert CollectionViewRestriction.objects.filter(collection=made_now).exists()
    client.post(reverse("wagtailadmin_collections:delete", args=[made_now.pk]))
    assert not Collection.objects.filter(name="The board").exists()


def test_who_may_not_close_collections_does_not() -> None:
    _user, client = person("Editors")
    kept_back = Collection.objects.get(name="Not yet published")
    address = reverse("wagtailadmin_collections:set_privacy", args=[kept_back.pk])
    client.post(address, {"restriction_type": "none"})
    assert CollectionViewRestriction.objects.filter(collection=kept_back).exists()


@pytest.mark.parametrize(
    ("language", "closed", "add"),
    [
        ("fr", "Pas encore publié", "Ajouter une vidéo"),
        ("nl", "Nog niet gepubliceerd", "Film toevoegen"),
        ("de", "Noch nicht veröffentlicht", "Video hinzufügen"),
    ],
)
def test_lists_of_files_are_in_the_editors_language(
    client: Client, language: str, closed: str, add: str
) -> None:
    user = sign_in(client)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    CustomDocument.objects.create(
        title="A", file="a.pdf", collection=Collection.objects.get(name="Not yet published")
    )
    shown = client.get(reverse("wagtaildocs:index")).content.decode()
    assert closed in shown.split("<table", 1)[1]
    assert "Not yet published" not in shown
    Recording.objects.create(title="B", type="video", file="b.webm", duration=1)
    media = client.get(reverse("wagtailmedia:index")).content.decode()
    assert add in media
    with translation.override(language):
        assert f"<td>{translation.gettext('Open to everybody')}</td>" in media
