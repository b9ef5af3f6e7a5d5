"""What an editor does with posts: approve, try again, take back or delete. Each is one row."""

import time
from datetime import timedelta
from typing import Any, Final

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from contactpoint.dissemination.models import Post
from contactpoint.dissemination.social.channels import Channel
from contactpoint.dissemination.social.doubles import AlreadyPostedError, Known, doubles
from contactpoint.dissemination.social.items import Shared
from contactpoint.outputs.models import Output

State = Post.State
SCRUPLES: Final = timedelta(minutes=2)
"""A server may still be at what it never answered: it isn't asked again at once."""
_DIGITS: Final = "234567abcdefghijklmnopqrstuvwxyz"
_SALT: Final = "contactpoint.social.key"


def new_key() -> str:
    """A timestamp identifier: thirteen letters that sort by time, as Bluesky wants for its records.

    https://atproto.com/specs/tid
    """
    number = int(time.time() * 1_000_000)
    letters = ""
    for _place in range(11):
        number, digit = divmod(number, 32)
        letters = _DIGITS[digit] + letters
    return letters + get_random_string(2, _DIGITS)


def form_key() -> str:
    """For a form: only keys of ours come back, so none names a post that is somebody else's."""
    return Signer(salt=_SALT).sign(new_key())


def read_key(text: str) -> str:
    """The key of a form; empty where it isn't ours."""
    try:
        return Signer(salt=_SALT).unsign(text)
    except BadSignature:
        return ""


@transaction.atomic
def approve(
    item: Shared,
    channel: Channel,
    *,
    key: str,
    text: str,
    picture: str,
    alt: str,
    user: Any,
    known: Known | None = None,
) -> bool:
    """It goes out now, once, however often the form is sent; whether it is new.

    Raises `AlreadyPostedError` where the account has what the editor, by `known`, hasn't seen.
    """
    name = item.entry.translation_key
    # Of two editors who approve in the same moment the second is asked.
    list(Output.objects.select_for_update().filter(pk=item.entry.pk).values_list("pk"))
    if known is not None and not Post.objects.filter(key=key).exists():
        found = doubles(name, item.language, channel.name, text, known)
        if found:
            raise AlreadyPostedError(found)
    _post, is_new = Post.objects.get_or_create(
        key=key,
        defaults={
            "item": name,
            "language": item.language,
            "title": item.title[:255],
            "channel": channel.name,
            "network": channel.network,
            "text": text,
            "picture": picture,
            "alt": alt if picture else "",
            "due_at": timezone.now(),
            "approved_by": user,
        },
    )
    return is_new


def try_again(post: Post) -> bool:
    """What failed for good goes out after all; it is looked for in the network first."""
    failed = Post.objects.filter(pk=post.pk, state=State.FAILED)
    return bool(
        failed.update(state=State.WAITING, due_at=timezone.now(), attempts=1, taken_until=None)
    )


def take_back(post: Post) -> bool:
    """Deleted where it was posted; where no attempt was made, it never will be."""
    now = timezone.now()
    rows = Post.objects.filter(pk=post.pk)
    if rows.filter(state=State.WAITING, attempts=0, taken_until=None).update(state=State.REMOVED):
        return True
    there = rows.filter(state__in=[State.WAITING, State.SENT, State.FAILED])
    # Of what a server never answered it may be at still.
    moment = now if post.remote else now + SCRUPLES
    return bool(there.update(state=State.REMOVING, due_at=moment, attempts=1, problem="", said=""))
