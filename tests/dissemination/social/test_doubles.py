"""Two editors, or one twice: nobody posts a thing a second time unawares."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from people import person
from social_networks import Networks

from contactpoint.dissemination.models import Post
from contactpoint.dissemination.social import sending
from contactpoint.outputs.models import Output

State = Post.State


@pytest.fixture
def two(net: Networks, page: Output) -> tuple[Client, Client]:
    return person("Editors", "anna")[1], person("Editors", "bert")[1]


def opened(client: Client, page: Output, **changed: str) -> dict[str, str]:
    """What a browser would send of the form of one account."""
    answer = client.get(reverse("social_share", args=[page.pk]))
    form = next(one for one in answer.context["forms"] if one.channel.name == "fediverse")
    given = {name: form[name].value() or "" for name in ("key", "seen", "text", "picture", "alt")}
    given |= changed
    return {f"fediverse-{name}": one for name, one in given.items()}


def approve(client: Client, page: Output, given: dict[str, str]) -> Any:
    return client.post(reverse("social_share", args=[page.pk]), given | {"approve": "fediverse"})


@pytest.mark.parametrize("is_sent", [True, False])
def test_the_second_of_two_editors_is_asked_and_told_by_whom_and_when(
    two: tuple[Client, Client], page: Output, is_sent: bool
) -> None:
    anna, bert = two
    hers, his = opened(anna, page), opened(bert, page, text="His own words")
    assert approve(anna, page, hers).status_code == 302
    if is_sent:
        sending.work()
    answer = approve(bert, page, his)
    assert Post.objects.count() == 1
    html = answer.content.decode()
    assert ("anna@portal.test posted" if is_sent else "anna@portal.test approved") in html
    assert "His own words" in html
    (post,) = Post.objects.all()
    assert f'name="fediverse-sure" value="{post.pk}"' in html
    assert approve(bert, page, his | {"fediverse-sure": str(post.pk)}).status_code == 302
    assert Post.objects.count() == 2


def test_the_same_text_is_asked_about_by_whoever_knew_of_it(
    two: tuple[Client, Client], page: Output
) -> None:
    anna, bert = two
    approve(anna, page, opened(anna, page))
    html = approve(bert, page, opened(bert, page)).content.decode()
    assert "It has the same text." in html
    assert Post.objects.count() == 1
    assert approve(bert, page, opened(bert, page, text="Another")).status_code == 302


def test_what_was_taken_back_or_is_in_another_account_is_asked_about_by_nobody(
    two: tuple[Client, Client], page: Output, approved: Any
) -> None:
    anna, _bert = two
    given = opened(anna, page)
    approved("sky", given["fediverse-text"])
    approved("fediverse", given["fediverse-text"])
    Post.objects.filter(channel="fediverse").update(state=State.REMOVED)
    assert approve(anna, page, given).status_code == 302


def test_what_the_form_says_to_have_seen_may_be_nonsense(
    two: tuple[Client, Client], page: Output, approved: Any
) -> None:
    approved("fediverse")
    given = opened(two[0], page, seen="x,-," + "9" * 60)
    assert approve(two[0], page, given).status_code == 200
    assert Post.objects.count() == 1
