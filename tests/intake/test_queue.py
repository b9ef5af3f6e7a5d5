"""The moderation queue and the list of watched feeds: who may see and do what."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from editing import PASSWORD, sign_in, sign_in_as
from saved_sources import COLLECTING

from contactpoint.accounts.actions import create_editor
from contactpoint.intake.actions import read_source
from contactpoint.intake.models import ImportedItem, ImportRun, WatchedFeed
from contactpoint.outputs.models import Output

Status = ImportedItem.Status
ADDRESS = "https://partner.example/feed"


def limited(client: Client, name: str, *permissions: str) -> Client:
    user = create_editor(f"{name}@portal.test", password=PASSWORD).user
    user.groups.clear()
    names = ["access_admin", *permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    sign_in_as(client, user)
    return client


@pytest.fixture
def feed(portal: None) -> WatchedFeed:
    found = WatchedFeed.objects.create(
        title="Partner's <b>news</b>", address=ADDRESS, language="en"
    )
    read_source(COLLECTING / "rss.xml", feed=found)
    return found


@pytest.fixture
def editor(portal: None, client: Client) -> Client:
    sign_in(client)
    return client


def filled(**changes: str) -> dict[str, str]:
    values = {"title": "News", "address": "https://new.example/feed", "language": "en"}
    return {**values, "institution": "", "every_hours": "6", "is_active": "on", **changes}


def refused(response: Any) -> bool:
    return response.status_code == 302 and response["Location"] == reverse("wagtailadmin_home")


@pytest.mark.parametrize("name", ["import_queue", "watched_feeds:index", "watched_feeds:add"])
def test_nobody_gets_in_without_signing_in_or_without_the_right(
    feed: WatchedFeed, client: Client, name: str
) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response["Location"].startswith("/account/")
    outsider = limited(client, "outsider")
    assert refused(outsider.get(reverse(name)))
    assert refused(outsider.post(reverse("watched_feeds:add"), filled()))
    assert refused(outsider.post(reverse("watched_feeds:delete", args=[feed.pk])))
    assert WatchedFeed.objects.get() == feed
    assert reverse("import_queue") not in outsider.get("/admin/").content.decode()


def test_an_onlooker_sees_the_queue_and_can_do_nothing(feed: WatchedFeed, client: Client) -> None:
    onlooker = limited(client, "onlooker", "view_importrun", "view_watchedfeed")
    page = onlooker.get(reverse("import_queue")).content.decode()
    assert "Fewer unaccompanied minors wait for a guardian" in page
    assert "<button" not in page.split('class="review-list"')[1].split("</ol>")[0]
    assert onlooker.get(reverse("watched_feeds:index")).status_code == 200
    assert refused(onlooker.get(reverse("watched_feeds:edit", args=[feed.pk])))
    assert refused(onlooker.post(reverse("watched_feeds:edit", args=[feed.pk]), filled()))
    item = ImportedItem.objects.first()
    assert refused(onlooker.post(reverse("import_accept", args=[item.pk]), {"queue": "1"}))
    assert not Output.objects.exists()


def test_the_queue_shows_where_each_item_comes_from_and_nothing_of_it_is_markup(
    feed: WatchedFeed, editor: Client
) -> None:
    page = editor.get(reverse("import_queue")).content.decode()
    assert "Partner&#x27;s &lt;b&gt;news&lt;/b&gt;" in page
    assert '<a href="https://partner.example/guardians" rel="noopener noreferrer">' in page
    assert "unaccompanied minor" in page
    assert "javascript:" not in page
    assert "<b>news" not in page


def test_an_item_is_decided_in_the_queue_and_leads_back_to_it(
    feed: WatchedFeed, editor: Client
) -> None:
    first, second = ImportedItem.objects.order_by("position")
    response = editor.post(reverse("import_accept", args=[first.pk]), {"queue": "1", "p": "1"})
    assert response["Location"] == reverse("import_queue") + "?p=1"
    response = editor.post(reverse("import_reject", args=[second.pk]), {"queue": "1"})
    assert response["Location"] == reverse("import_queue")
    assert Output.objects.get().title == first.inferred["title"]
    assert "Nothing waits here." in editor.get(reverse("import_queue")).content.decode()


def test_mending_keeps_the_marks_of_a_text_that_was_not_touched(
    feed: WatchedFeed, editor: Client
) -> None:
    item = ImportedItem.objects.get(position=1)
    address = reverse("import_mend", args=[item.pk])
    form = editor.get(address + "?queue=1").context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value()}
    response = editor.post(address, data | {"title": "Guardians", "queue": "1"})
    assert response["Location"] == reverse("import_queue")
    item.refresh_from_db()
    assert "<b>half</b>" in item.inferred["blocks"][0]["value"]
    editor.post(address, data | {"title": "Guardians", "body": "Our <b>own</b>.\n\nWords."})
    editor.post(reverse("import_accept", args=[item.pk]))
    source = Output.objects.get().specific.body[0].value.source
    assert source == "<p>Our &lt;b&gt;own&lt;/b&gt;.</p><p>Words.</p>"


def test_a_page_that_may_be_the_same_is_one_click_away(feed: WatchedFeed, editor: Client) -> None:
    editor.post(reverse("import_accept", args=[ImportedItem.objects.get(position=1).pk]))
    other = WatchedFeed.objects.create(title="Other", address="https://o.example/", language="en")
    read_source(COLLECTING / "rss.xml", feed=other)
    page = editor.get(reverse("import_queue") + f"?feed={other.pk}").content.decode()
    twin = reverse("wagtailadmin_pages:edit", args=[Output.objects.get().pk])
    assert f'<a href="{twin}">Compare with' in page
    assert "came from the same address" in page


@pytest.mark.parametrize("given", ["x", "-1", "99999", "²"])
def test_a_feed_that_does_not_exist_is_no_error(
    feed: WatchedFeed, editor: Client, given: str
) -> None:
    assert editor.get(reverse("import_queue"), {"feed": given}).status_code == 200


def test_items_of_an_import_by_command_are_not_in_the_queue(portal: None, editor: Client) -> None:
    read_source(COLLECTING / "rss.xml")
    assert "Nothing waits here." in editor.get(reverse("import_queue")).content.decode()


def test_editors_change_feeds_and_administrators_make_them(
    feed: WatchedFeed, client: Client
) -> None:
    sign_in(client)
    assert refused(client.post(reverse("watched_feeds:add"), filled()))
    WatchedFeed.objects.update(etag='"one"', digest="x", failures=4, problem="Too slow.")
    edit = reverse("watched_feeds:edit", args=[feed.pk])
    client.post(edit, filled(address=ADDRESS, title="Other words"))
    feed.refresh_from_db()
    assert (feed.title, feed.etag, feed.failures) == ("Other words", '"one"', 0)
    client.post(edit, filled())
    feed.refresh_from_db()
    assert (feed.address, feed.etag, feed.digest, feed.problem) == (
        "https://new.example/feed",
        *("", "", ""),
    )
    administrator = Client()
    sign_in(administrator, administrator=True)
    administrator.post(reverse("watched_feeds:add"), filled(address="https://b.example/feed"))
    assert WatchedFeed.objects.count() == 2
    assert "Other" not in administrator.get(reverse("watched_feeds:index")).content.decode()


@pytest.mark.parametrize(
    "address", ["ftp://a.example/feed", "https://a.example:22/", "https://me:pw@a.example/"]
)
def test_an_address_that_could_never_be_fetched_is_refused_in_the_form(
    feed: WatchedFeed, editor: Client, address: str
) -> None:
    edit = reverse("watched_feeds:edit", args=[feed.pk])
    response = editor.post(edit, filled(address=address))
    assert response.status_code == 200
    assert response.context["form"].errors["address"]


def test_a_long_queue_costs_as_many_questions_as_a_short_one(
    feed: WatchedFeed, editor: Client
) -> None:
    editor.get(reverse("import_queue"))
    with CaptureQueriesContext(connection) as few:
        editor.get(reverse("import_queue"))
    other = WatchedFeed.objects.create(title="Other", address="https://o.example/", language="en")
    run = ImportRun.objects.get()
    template = ImportedItem.objects.filter(run=run).first()
    run.pk, run.feed = None, other
    run.save()
    copies = []
    for number in range(40):
        template.pk, template.run, template.identity = None, run, f"copy {number}"
        copies.append(ImportedItem(**{field.attname: getattr(template, field.attname)
                                      for field in ImportedItem._meta.fields}))  # fmt: skip
    ImportedItem.objects.bulk_create(copies)
    with CaptureQueriesContext(connection) as many:
        page = editor.get(reverse("import_queue")).content.decode()
    assert page.count("<article") == 20
    assert len(many) <= len(few) + 1
    assert len(many) <= 50
