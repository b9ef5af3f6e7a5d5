"""An editor composes, looks, approves and follows up; nobody else does."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from factories import MadeSite, make_output
from people import person
from social_networks import Networks
from wagtail.models import PageViewRestriction

from contactpoint.dissemination.models import Post
from contactpoint.dissemination.social import sending
from contactpoint.dissemination.social.also import also_posted
from contactpoint.dissemination.social.approving import form_key
from contactpoint.dissemination.social.channels import channels
from contactpoint.outputs.models import Output

State = Post.State


@pytest.fixture
def editor(net: Networks, site: MadeSite) -> Client:
    return person("Editors")[1]


def url(page: Output) -> str:
    return reverse("social_share", args=[page.pk])


def data(channel: str = "fediverse", **changed: str) -> dict[str, str]:
    given = {"key": form_key(), "text": "Read it: https://portal.example.org/x #Asylum",
             "picture": "", "alt": "", **changed}  # fmt: skip
    return {f"{channel}-{name}": value for name, value in given.items()}


def approving(channel: str = "fediverse", **changed: str) -> dict[str, str]:
    return data(channel, **changed) | {"approve": channel}


def checking(channel: str = "fediverse", **changed: str) -> dict[str, str]:
    return data(channel, **changed) | {"check": channel}


def test_the_page_has_a_text_a_count_and_a_picture_for_each_account(
    editor: Client, page: Output, item: Any
) -> None:
    answer = editor.get(url(page))
    html = answer.content.decode()
    for form in answer.context["forms"]:
        assert form["text"].value().startswith(f"{item.title}\n\n{item.teaser}")
        assert f">{form.count}</span> of {form.most}" in html
    assert html.count(reverse("social_picture", args=[page.pk, "cover"])) == 2
    assert escape("“Évaluer l’accueil”, beside a drawing") in html
    for label in ("LinkedIn", "Facebook", "E-mail"):
        assert f">{label}</label>" in html


def test_the_form_of_an_item_leads_there(editor: Client, page: Output) -> None:
    assert url(page) in editor.get(f"/admin/pages/{page.pk}/edit/").content.decode()


def test_the_picture_is_shown_as_it_will_be_posted(editor: Client, page: Output) -> None:
    answer = editor.get(reverse("social_picture", args=[page.pk, "cover"]))
    assert answer["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert editor.get(reverse("social_picture", args=[page.pk, "chart-1"])).status_code == 404


def test_the_server_counts_without_a_script_and_posts_nothing(editor: Client, page: Output) -> None:
    given = checking(text="é" * 600, picture="cover", alt="A drawing")
    html = editor.post(url(page), given).content.decode()
    assert ">600</span> of 500" in html
    assert "This is 100 letters too long for Mastodon." in html
    assert editor.post(url(page), checking(text="short")).status_code == 200
    assert not Post.objects.exists()


def test_what_is_approved_is_posted_with_its_picture(
    editor: Client, page: Output, net: Networks
) -> None:
    for channel in ("fediverse", "sky"):
        given = approving(channel, picture="cover", alt="What it shows")
        assert editor.post(url(page), given).status_code == 302
        assert sending.work()
    assert set(Post.objects.values_list("state", flat=True)) == {State.SENT}
    (status,) = net.mastodon.statuses.values()
    (picture,) = status["media_attachments"]
    assert (picture["description"], picture["bytes"] > 10_000) == ("What it shows", True)
    (record,) = net.bluesky.records.values()
    (shown,) = record["embed"]["images"]
    ratio = shown["aspectRatio"]
    assert (shown["alt"], ratio["width"], ratio["height"]) == ("What it shows", 1200, 630)
    html = editor.get(url(page)).content.decode()
    assert escape(status["url"]) in html


def test_a_form_that_is_sent_twice_is_one_post(editor: Client, page: Output, net: Networks) -> None:
    given = approving()
    for _time in range(2):
        editor.post(url(page), given)
    while sending.work():
        pass
    assert len(net.seen("posted")) == 1


@pytest.mark.parametrize("key", ["3n3amthmw6m55", "", "3jzfcijpj2z2a:forged"])
def test_a_key_that_is_not_of_the_portal_is_refused(editor: Client, page: Output, key: str) -> None:
    assert editor.post(url(page), approving(key=key)).status_code == 200
    assert not Post.objects.exists()


def test_a_picture_needs_words(editor: Client, page: Output) -> None:
    given = approving(picture="cover", alt=" ")
    assert "Say what the picture shows" in editor.post(url(page), given).content.decode()
    assert not Post.objects.exists()


def test_what_a_server_says_is_told_in_plain_words(
    editor: Client, page: Output, net: Networks
) -> None:
    net.misbehave(status=["503"])
    editor.post(url(page), approving())
    sending.work()
    html = editor.get(url(page)).content.decode()
    assert "The server has trouble of its own." in html
    assert "Next try:" in html


def test_an_editor_deletes_a_post_and_tries_a_failed_one_again(
    editor: Client, page: Output, net: Networks, approved: Any
) -> None:
    sent, failed = approved("fediverse"), approved("sky", "x" * 301)
    while sending.work():
        pass
    assert editor.post(reverse("social_remove", args=[sent.pk])).status_code == 302
    assert editor.post(reverse("social_again", args=[failed.pk])).status_code == 302
    sent.refresh_from_db()
    failed.refresh_from_db()
    assert (sent.state, failed.state) == (State.REMOVING, State.WAITING)
    sending.work()
    assert not net.mastodon.statuses


@pytest.mark.parametrize("role", ["Contributors", "Translators", "Glossary editors"])
def test_whoever_may_not_share_is_refused_everywhere(
    net: Networks, page: Output, approved: Any, role: str
) -> None:
    post, (_user, client) = approved("fediverse"), person(role)
    assert client.get(url(page)).status_code in (302, 403, 404)
    assert client.post(url(page), approving()).status_code in (302, 403, 404)
    picture = reverse("social_picture", args=[page.pk, "cover"])
    assert client.get(picture).status_code in (302, 403, 404)
    for name in ("social_again", "social_remove"):
        assert client.post(reverse(name, args=[post.pk])).status_code in (302, 403, 404)
    assert client.get(reverse("social_posts")).status_code in (302, 403)
    post.refresh_from_db()
    assert (Post.objects.count(), post.state) == (1, State.WAITING)


def test_nobody_shares_what_readers_can_not_see(editor: Client, site: MadeSite) -> None:
    draft = make_output(site, "news-item", title="Secret draft", live=False)
    closed = make_output(site, "news-item", title="Closed")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    for page in (draft, closed):
        html = editor.get(url(page)).content.decode()
        assert "It can be shared once it is published" in html
        editor.post(url(page), approving())
        picture = reverse("social_picture", args=[page.pk, "cover"])
        assert editor.get(picture).status_code == 404
    assert not Post.objects.exists()


def both(**more: str) -> dict[str, str]:
    """What a browser sends of the page: the forms of both accounts."""
    fediverse = data(text="For one\r\naccount", picture="cover", alt="A drawing")
    return fediverse | data("sky", text="For the other") | more


@pytest.mark.parametrize("verb", ["approve", "check"])
@pytest.mark.parametrize("text", ["For the other", "x" * 301])
def test_what_was_written_for_the_other_account_stays(
    editor: Client, page: Output, verb: str, text: str
) -> None:
    given = both(**{verb: "sky", "sky-text": text})
    answer = editor.post(url(page), given)
    other = answer.context["forms"][0]
    assert other["text"].value() == "For one\naccount"
    assert (other["picture"].value(), other["alt"].value()) == ("cover", "A drawing")
    assert other["key"].value() == given["fediverse-key"]
    assert Post.objects.count() == int(verb == "approve" and len(text) < 300)
    assert ("too long" in answer.content.decode()) == (len(text) > 300)


def test_after_an_approval_the_same_account_has_a_new_form(editor: Client, page: Output) -> None:
    given = both(approve="sky")
    form = editor.post(url(page), given).context["forms"][1]
    assert form["key"].value() != given["sky-key"]
    assert form["seen"].value() == str(Post.objects.get().pk)


def test_the_enter_key_posts_nothing_and_keeps_all(editor: Client, page: Output) -> None:
    forms = editor.post(url(page), both(check="")).context["forms"]
    assert [form["text"].value() for form in forms] == ["For one\naccount", "For the other"]
    assert not Post.objects.exists()


def test_what_was_written_for_an_item_that_went_meanwhile_stays(
    editor: Client, page: Output
) -> None:
    page.unpublish()
    given = both(approve="sky")
    answer = editor.post(url(page), given)
    html = answer.content.decode()
    assert escape("Nothing was posted: readers can't see this page any more.") in html
    assert "For one\naccount" in html
    assert "For the other" in html
    assert 'name="fediverse-picture" value="cover"' in html
    assert not Post.objects.exists()
    page.save_revision().publish()
    assert editor.post(url(page), given).status_code == 200
    assert Post.objects.get().text == "For the other"


def test_an_account_of_other_languages_is_not_offered(
    editor: Client, page: Output, settings: Any
) -> None:
    settings.SOCIAL_CHANNELS["sky"]["languages"] = ("fr",)
    forms = editor.get(url(page)).context["forms"]
    assert [form.channel.name for form in forms] == ["fediverse"]
    editor.post(url(page), approving("sky"))
    assert not Post.objects.exists()


def test_all_posts_are_listed_the_failed_ones_first(
    editor: Client, page: Output, net: Networks, approved: Any
) -> None:
    failed = approved("sky", "x" * 301)
    approved("fediverse")
    while sending.work():
        pass
    answer = editor.get(reverse("social_posts"))
    assert answer.context["posts"][0]["row"] == failed
    assert url(page) in answer.content.decode()


@pytest.mark.parametrize("gone", ["en", "fr", "neither"])
def test_a_post_whose_own_page_went_is_told_to_be_an_orphan(
    editor: Client, page: Output, site: MadeSite, approved: Any, gone: str
) -> None:
    french = make_output(site, "publication", title="L’accueil", language="fr", translation_of=page)
    for language in ("en", "fr"):
        post = approved("fediverse")
        Post.objects.filter(pk=post.pk).update(state=State.SENT, language=language)
    if gone != "neither":
        {"en": page, "fr": french}[gone].unpublish()
    for address in (url(page), url(french), reverse("social_posts")):
        shown = editor.get(address).context["posts"]
        orphans = {one["row"].language for one in shown if one["is_orphan"]}
        assert (len(shown), orphans) == (2, {gone} - {"neither"})


def test_more_posts_cost_no_query_more(
    editor: Client, site: MadeSite, page: Output, approved: Any
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            editor.get(reverse("social_posts"))
        return len(asked)

    approved("fediverse")
    Post.objects.update(state=State.SENT)
    queries()
    before = queries()
    for _time in range(3):
        other = make_output(site, "news-item", title="Another")
        post = approved("sky")
        Post.objects.filter(pk=post.pk).update(state=State.SENT, item=other.translation_key)
    assert queries() == before


def test_a_post_waits_until_a_worker_is_at_it(editor: Client, page: Output, approved: Any) -> None:
    approved("fediverse")
    now = timezone.now()
    for until, said in (
        (None, "waits"),
        (now - timedelta(minutes=1), "waits"),
        (now + timedelta(minutes=1), "is being sent"),
    ):
        Post.objects.update(taken_until=until)
        for address in (url(page), reverse("social_posts")):
            html = editor.get(address).content.decode()
            assert ("· waits" in html, "· is being sent" in html) == (
                said == "waits", said == "is being sent"
            )  # fmt: skip


def test_moments_are_written_as_everywhere_in_the_portal(
    editor: Client, page: Output, approved: Any
) -> None:
    for _post in range(2):
        approved("fediverse")
    sent, waiting = Post.objects.order_by("pk")
    moment = datetime(2026, 11, 26, 21, 55, tzinfo=timezone.get_current_timezone())
    Post.objects.filter(pk=sent.pk).update(state=State.SENT, sent_at=moment)
    Post.objects.filter(pk=waiting.pk).update(due_at=moment, problem=Post.Problem.BUSY)
    for address in (url(page), reverse("social_posts")):
        html = editor.get(address).content.decode()
        assert "posted · 26 November 2026, 21:55" in html
        assert "Next try: 26 November 2026, 21:55" in html


def test_a_long_text_without_spaces_is_shortened(
    editor: Client, page: Output, approved: Any
) -> None:
    approved("fediverse", "x" * 5_000)
    html = editor.get(reverse("social_posts")).content.decode()
    assert "x" * 200 in html
    assert "x" * 300 not in html


def test_no_page_shows_a_token(editor: Client, page: Output, approved: Any) -> None:
    approved("sky")
    for address in (url(page), reverse("social_posts")):
        html = editor.get(address).content.decode()
        assert not any(channel.token in html for channel in channels().values())


def test_the_page_of_an_item_links_to_its_posts(
    client: Client, page: Output, net: Networks, site: MadeSite, approved: Any
) -> None:
    approved("fediverse")
    approved("sky", "x" * 301)
    while sending.work():
        pass
    french = make_output(site, "publication", title="L’accueil", language="fr", translation_of=page)
    (status,) = net.mastodon.statuses.values()
    link = f'<a href="{status["url"]}" rel="me syndication external" hreflang="en">Mastodon'
    html = client.get(page.url).content.decode()
    assert f"{link}</a>" in html
    assert "Bluesky" not in html
    assert f"{link} (anglais)</a>" in client.get(french.url).content.decode()
    Post.objects.update(state=State.REMOVED)
    assert "syndication" not in client.get(page.url).content.decode()


def test_where_there_is_no_account_a_page_costs_no_query_more(
    page: Output, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert list(also_posted(page.translation_key, "en")) == []
