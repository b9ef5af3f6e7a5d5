"""Each post once, whatever a server answers or does not: real clients, strict counterparts."""

import logging
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from social_networks import DID, PASSWORD, TOKEN, Networks
from wagtail.models import PageViewRestriction

from contactpoint.dissemination.models import Post
from contactpoint.dissemination.social import rounds, sending
from contactpoint.dissemination.social.approving import take_back, try_again
from contactpoint.dissemination.social.channels import channels
from contactpoint.dissemination.social.networks import bluesky
from contactpoint.outputs.models import Output

State, Problem = Post.State, Post.Problem
BOTH = pytest.mark.parametrize("channel", ["fediverse", "sky"])
WRITES = {"fediverse": "status", "sky": "record"}


@pytest.fixture(autouse=True)
def _signed_out() -> None:
    bluesky._sessions.clear()


def again(post: Post) -> Post:
    """The wait is over, and so is what a dead worker had taken."""
    past = timezone.now() - timedelta(seconds=1)
    Post.objects.filter(pk=post.pk).update(due_at=past, taken_until=None)
    assert sending.work()
    post.refresh_from_db()
    return post


def posts_of(net: Networks, channel: str) -> list[str]:
    kind = "mastodon" if channel == "fediverse" else "bluesky"
    return [one["text"] for one in net.seen("posted") if one["network"] == kind]


def test_a_status_has_its_text_language_and_key(net: Networks, approved: Any) -> None:
    post = again(approved("fediverse"))
    assert post.state == State.SENT, (post.problem, post.said)
    (status,) = net.mastodon.statuses.values()
    assert status["written"] == post.text
    assert (status["language"], status["visibility"]) == ("en", "public")
    assert (post.remote, post.url) == (status["id"], status["url"])
    keys = {one["key"] for one in net.seen("key")} - {""}
    assert keys == {f"contactpoint-{post.key}"}


def test_a_record_has_facets_by_bytes_language_and_a_card(net: Networks, approved: Any) -> None:
    post = again(approved("sky"))
    assert post.state == State.SENT, (post.problem, post.said)
    record = net.bluesky.records[post.key]
    text = post.text.encode()
    found = {
        text[one["index"]["byteStart"] : one["index"]["byteEnd"]].decode()
        for one in record["facets"]
    }
    assert found == {"#Asylum", post.text.split("\n\n")[1]}
    assert record["langs"] == ["en"]
    assert record["embed"]["external"]["title"] == "Évaluer l’accueil"
    assert post.url == f"https://bsky.app/profile/{DID}/post/{post.key}"


@BOTH
@pytest.mark.parametrize("wrong", ["500", "503", "hang up", "deaf", "slow", "nonsense"])
def test_what_goes_wrong_is_tried_again_and_posted_once(
    net: Networks, approved: Any, channel: str, wrong: str
) -> None:
    net.misbehave(**{WRITES[channel]: [wrong]})
    post = again(approved(channel))
    assert (post.state, post.attempts) == (State.WAITING, 1)
    assert post.problem in (Problem.BUSY, Problem.UNREACHABLE, Problem.SLOW, Problem.MISUNDERSTOOD)
    assert post.due_at > timezone.now() + timedelta(seconds=50)
    post = again(post)
    assert post.state == State.SENT, (post.problem, post.said)
    assert posts_of(net, channel) == [post.text]


MARKED = "By @anna@social.example & <us>:\n\nhttps://one.example/?a=1&b=2\n#Asylum"


@BOTH
@pytest.mark.parametrize("text", ["", MARKED])
def test_what_was_never_answered_is_found_days_later(
    net: Networks, approved: Any, channel: str, text: str
) -> None:
    net.misbehave(**{WRITES[channel]: ["deaf"]})
    post = again(approved(channel, text))
    net.go_on(3 * 86_400)  # no server remembers an Idempotency-Key any more
    post = again(post)
    assert (post.state, posts_of(net, channel)) == (State.SENT, [post.text])
    assert post.remote in {*net.mastodon.statuses, *net.bluesky.records}


def test_another_post_with_the_same_text_is_not_taken_for_it(net: Networks, approved: Any) -> None:
    first = again(approved("fediverse", "The same"))
    net.misbehave(status=["500"])
    second = again(again(approved("fediverse", "The same")))
    assert (first.state, second.state) == (State.SENT, State.SENT)
    assert first.remote != second.remote


def test_where_it_can_not_be_looked_for_nothing_is_posted(net: Networks, approved: Any) -> None:
    net.misbehave(status=["deaf"], statuses=["500"])
    post = again(again(approved("fediverse")))
    assert (post.state, net.requests("/statuses")) == (State.WAITING, 2)
    assert again(post).state == State.SENT
    assert len(posts_of(net, "fediverse")) == 1


@BOTH
def test_a_server_that_wants_us_to_wait_is_obeyed_for_the_whole_account(
    net: Networks, approved: Any, channel: str
) -> None:
    net.misbehave(**{WRITES[channel]: ["429:1800"]})
    first, second = approved(channel, "First"), approved(channel, "Second")
    first = again(first)
    second.refresh_from_db()
    for post in (first, second):
        waits = post.due_at - timezone.now()
        assert timedelta(minutes=29) < waits <= timedelta(minutes=30)
        assert post.attempts == 0
    assert (first.state, first.problem) == (State.WAITING, Problem.LIMITED)
    assert not sending.work()
    assert again(first).state == State.SENT


def test_what_a_server_refuses_is_not_tried_again_and_says_its_words(
    net: Networks, approved: Any
) -> None:
    post = again(approved("fediverse", "x" * 501))
    assert (post.state, post.problem) == (State.FAILED, Problem.REFUSED)
    assert "limit exceeded" in post.said


@BOTH
def test_a_token_that_is_refused_is_shown_nowhere(
    net: Networks, approved: Any, channel: str, settings: Any, caplog: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    settings.SOCIAL_CHANNELS[channel]["token"] = "wrong-and-secret"
    post = again(approved(channel))
    assert (post.state, post.problem) == (State.FAILED, Problem.UNAUTHORISED)
    assert "wrong-and-secret" not in caplog.text + post.said + repr(channels()[channel])
    settings.SOCIAL_CHANNELS[channel]["token"] = TOKEN if channel == "fediverse" else PASSWORD
    assert try_again(post)
    assert again(post).state == State.SENT


def test_a_post_that_fails_for_days_waits_longer_each_time_and_then_for_the_editor(
    net: Networks, approved: Any
) -> None:
    net.misbehave(status=["500"] * 20)
    post, waits = approved("fediverse"), []
    while again(post).state == State.WAITING:
        waits.append(post.due_at - timezone.now())
    assert waits == sorted(waits)
    assert (len(waits), post.state) == (len(sending.WAITS), State.FAILED)


@BOTH
@pytest.mark.parametrize("how", ["unpublished", "closed", "deleted"])
def test_what_is_not_public_any_more_is_not_posted(
    net: Networks, approved: Any, page: Output, channel: str, how: str
) -> None:
    post = approved(channel)
    if how == "unpublished":
        Output.objects.filter(pk=page.pk).update(live=False)
    elif how == "closed":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    else:
        page.delete()
    assert again(post).state == State.DROPPED
    assert not net.seen("posted")


def test_a_redirect_leads_nowhere(net: Networks, approved: Any) -> None:
    net.misbehave(status=[f"redirect:{net.bluesky.base}/xrpc/taken"])
    post = again(approved("fediverse"))
    assert (post.state, post.problem) == (State.WAITING, Problem.MISUNDERSTOOD)
    assert not net.requests("/xrpc/taken")


def test_only_public_servers_are_asked_outside_of_tests(
    net: Networks, approved: Any, settings: Any
) -> None:
    settings.LOCAL_SERVERS = frozenset()
    post = again(approved("fediverse"))
    assert post.problem == Problem.UNREACHABLE
    assert not net.seen("request")


@BOTH
def test_a_post_is_deleted_where_it_stands(net: Networks, approved: Any, channel: str) -> None:
    post = again(approved(channel))
    assert take_back(post)
    post = again(post)
    assert (post.state, post.url) == (State.REMOVED, "")
    assert not net.mastodon.statuses
    assert not net.bluesky.records


@BOTH
def test_what_was_never_answered_is_looked_for_before_it_counts_as_deleted(
    net: Networks, approved: Any, channel: str
) -> None:
    net.misbehave(**{WRITES[channel]: ["deaf"]})
    post = again(approved(channel))
    assert take_back(post)
    assert again(post).state == State.REMOVED
    assert len(net.seen("deleted")) == 1


def test_what_is_gone_already_counts_as_deleted(net: Networks, approved: Any) -> None:
    post = again(approved("fediverse"))
    net.mastodon.statuses.clear()
    take_back(post)
    assert again(post).state == State.REMOVED


def test_what_nobody_tried_is_taken_back_without_a_word_to_anybody(
    net: Networks, approved: Any
) -> None:
    post = approved("sky")
    assert take_back(post)
    post.refresh_from_db()
    assert post.state == State.REMOVED
    assert not sending.work()
    assert not net.seen("request")


def test_what_is_taken_back_while_it_is_sent_is_deleted(
    net: Networks, approved: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = approved("fediverse")
    posted = sending._posted

    def meanwhile(*given: Any) -> Any:
        done = posted(*given)
        take_back(Post.objects.get(pk=post.pk))
        return done

    monkeypatch.setattr(sending, "_posted", meanwhile)
    assert again(post).state == State.REMOVING
    assert again(post).state == State.REMOVED
    assert not net.mastodon.statuses


def test_a_round_of_the_worker_sends_what_waits(net: Networks, approved: Any) -> None:
    approved("fediverse", "One")
    approved("sky", "Two")
    while rounds.send_posts():
        pass
    assert {one["text"] for one in net.seen("posted")} == {"One", "Two"}


def test_a_slow_server_holds_up_no_other_account(
    net: Networks, approved: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved("fediverse")
    approved("sky")
    answers, other = threading.Event(), threading.Event()

    def work(channel: str) -> bool:
        if channel == "fediverse":
            answers.wait(20)
        else:
            other.set()
        return False

    began = set(threading.enumerate())
    monkeypatch.setattr(rounds, "work", work)
    monkeypatch.setattr(threading, "main_thread", lambda: None)
    for _round in range(2):  # a slow one is given no second thread
        assert not rounds.send_posts()
    assert other.wait(10)
    slow = [one for one in threading.enumerate() if one.name == "posts fediverse"]
    answers.set()
    for thread in set(threading.enumerate()) - began:
        thread.join(10)
    assert len(slow) == 1


def test_a_worker_of_one_account_leaves_the_others_posts(net: Networks, approved: Any) -> None:
    approved("fediverse")
    post = approved("sky")
    assert sending.work("sky")
    assert not sending.work("sky")
    post.refresh_from_db()
    assert post.state == State.SENT
    assert net.requests("createSession") == 1
    assert not net.mastodon.statuses


def test_two_workers_do_not_take_the_same_post(net: Networks, approved: Any) -> None:
    approved("fediverse")
    assert sending._take() is not None
    assert sending._take() is None


def test_a_session_is_kept_and_refreshed(net: Networks, approved: Any) -> None:
    for text in ("One", "Two"):
        assert again(approved("sky", text)).state == State.SENT
    assert net.requests("createSession") == 1
    net.bluesky.access.clear()  # the server forgot it
    post = again(approved("sky", "Three"))
    assert (post.state, post.problem) == (State.WAITING, Problem.UNAUTHORISED)
    assert again(post).state == State.SENT
    assert net.requests("createSession") == 2


def test_the_command_says_which_accounts_answer(
    net: Networks, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    net.mastodon.most = 1_000
    call_command("social", "check")
    said = capsys.readouterr().out
    assert "fediverse: @portal, 1000 letters" in said
    assert "sky: @portal.test, 300 letters" in said
    settings.SOCIAL_CHANNELS["sky"]["token"] = "wrong-and-secret"
    with pytest.raises(CommandError, match="1 account can't be posted to"):
        call_command("social", "check")
    assert "wrong-and-secret" not in capsys.readouterr().out
    net.mastodon.scopes = ("read", "write:media")
    with pytest.raises(CommandError, match="2 accounts"):
        call_command("social", "check")
    assert "a new token. (write:statuses)" in capsys.readouterr().out
    assert not net.seen("posted")
