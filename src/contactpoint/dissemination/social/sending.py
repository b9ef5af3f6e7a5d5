"""The worker's part: takes a post, sends or deletes it, writes down what became of it.

A post is committed as taken before a word is said to a server. Whoever takes it again, because the
first worker was killed or heard no answer, looks for it in the network before it posts.
"""

import logging
from datetime import timedelta
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from contactpoint.dissemination.models import Post
from contactpoint.dissemination.social.approving import SCRUPLES
from contactpoint.dissemination.social.channels import channels
from contactpoint.dissemination.social.items import Shared, shared
from contactpoint.dissemination.social.networks import network
from contactpoint.dissemination.social.networks.networks import (
    Message,
    Network,
    NetworkError,
    Posted,
    Problem,
)
from contactpoint.dissemination.social.pictures import NoPictureError, image

log = logging.getLogger(__name__)

State = Post.State
OPEN: Final = (State.WAITING, State.REMOVING)
LEASE: Final = timedelta(minutes=8)
"""For so long nobody else takes a post: longer than three times what `wire.TOGETHER` allows, and
the drawing of a picture."""
WAITS: Final = tuple(timedelta(minutes=one) for one in (1, 5, 15, 60, 180, 360, 720))
"""After an attempt that failed; then the editor decides."""
_OTHERS: Final = 200


def due(channel: str = "") -> "QuerySet[Post]":
    """What could be done now, of one account or of all, oldest first."""
    now = timezone.now()
    free = Q(taken_until=None) | Q(taken_until__lt=now)
    rows = Post.objects.filter(free, state__in=OPEN, due_at__lte=now).order_by("due_at", "pk")
    return rows.filter(channel=channel) if channel else rows


def work(channel: str = "") -> bool:
    """Do one, of one account or of all; whether there was any."""
    post = _take(channel)
    if post is None:
        return False
    if post.state == State.REMOVING:
        _remove(post)
    else:
        _send(post)
    return True


def _take(channel: str = "") -> Post | None:
    """By a condition in one statement, so that of two workers one gets it."""
    now = timezone.now()
    for post in due(channel)[:10]:
        mine = Post.objects.filter(pk=post.pk, state=post.state, taken_until=post.taken_until)
        if mine.update(
            taken_until=now + LEASE,
            attempts=F("attempts") + 1,
            tried_at=Coalesce("tried_at", now),
        ):
            post.refresh_from_db()
            return post
    return None


def _send(post: Post) -> None:
    channel = channels().get(post.channel)
    if channel is None:
        _write(post, State.FAILED, problem=Problem.NO_CHANNEL)
        return
    try:
        speaker = network(channel)
        done = speaker.find(_message(post, None)) if post.attempts > 1 else None
        item = shared(post.item, post.language)
        if done is None and item is None:
            _write(post, State.DROPPED)
            return
        if done is None:
            done = _posted(speaker, post, item)
    except NetworkError as error:
        _failed(post, error)
    except NoPictureError as error:
        log.warning("The picture of %s could not be made: %s", post, error)
        _failed(post, NetworkError(Problem.NO_PICTURE))
    else:
        now = timezone.now()
        _write(post, State.SENT, remote=done.remote, url=done.url, sent_at=now)
        learn(speaker)


def _posted(speaker: Network, post: Post, item: Shared | None) -> Posted:
    """Another worker may have been given it meanwhile, or an editor taken it back."""
    message = _message(post, item)
    still = Post.objects.filter(pk=post.pk, state=State.WAITING, taken_until=post.taken_until)
    if not still.exists():
        raise NetworkError(Problem.SLOW)
    return speaker.post(message)


def _message(post: Post, item: Shared | None) -> Message:
    others = Post.objects.filter(channel=post.channel).exclude(pk=post.pk).exclude(remote="")
    picture = image(item, post.picture, post.network, post.alt) if item and post.picture else None
    return Message(
        key=post.key,
        text=post.text,
        language=post.language,
        began_at=post.tried_at or post.approved_at,
        url=item.url if item else "",
        title=item.title if item else "",
        teaser=item.teaser if item else "",
        image=picture,
        others=frozenset(others.order_by("-pk").values_list("remote", flat=True)[:_OTHERS]),
    )


def _remove(post: Post) -> None:
    """What was never seen to be there is looked for first."""
    channel = channels().get(post.channel)
    if channel is None:
        _write(post, State.SENT if post.remote else State.FAILED, problem=Problem.NO_CHANNEL)
        return
    try:
        speaker = network(channel)
        remote = post.remote
        if not remote:
            found = speaker.find(_message(post, None))
            remote = found.remote if found else ""
        if remote:
            speaker.remove(remote)
    except NetworkError as error:
        _failed(post, error)
    else:
        _write(post, State.REMOVED, url="")


def _failed(post: Post, error: NetworkError) -> None:
    """Waits and comes again, longer each time; where the server wants us to wait, no attempt is
    counted."""
    said = error.said[:300]
    log.warning("%s: %s %s", post, error.problem.value, said)
    is_limited = error.problem == Problem.LIMITED
    last = post.attempts > len(WAITS)
    if error.is_final or (last and not is_limited):
        ends = State.SENT if post.state == State.REMOVING and post.remote else State.FAILED
        _write(post, ends, problem=error.problem, said=said)
        return
    wait = WAITS[min(post.attempts, len(WAITS)) - 1]
    if error.problem == Problem.SLOW:
        wait = max(wait, SCRUPLES)
    if error.wait is not None:
        wait = timedelta(seconds=error.wait)
    moment = timezone.now() + wait
    _write(
        post, post.state, problem=error.problem, said=said, due_at=moment,
        attempts=F("attempts") - int(is_limited),
    )  # fmt: skip
    if is_limited:  # the account has to wait, not this post alone
        others = Post.objects.filter(channel=post.channel, state__in=OPEN, due_at__lt=moment)
        others.update(due_at=moment)


def _write(post: Post, state: State | str, **what: Any) -> None:
    """An editor may have taken it back meanwhile: that stays, and what is known is kept with it."""
    values = {"problem": "", "said": "", "taken_until": None, **what}
    mine = Post.objects.filter(pk=post.pk, taken_until=post.taken_until)
    if mine.filter(state=post.state).update(state=state, **values):
        return
    kept = {name: value for name, value in what.items() if name in ("remote", "url", "sent_at")}
    mine.update(taken_until=None, **kept)


def learn(speaker: Network) -> None:
    """What the server allows may have changed; nothing hangs on it."""
    try:
        speaker.learn()
    except NetworkError as error:
        log.info("%s did not say its limits: %s", speaker.channel, error)
