"""What stands in an account already when a post is approved: nobody posts twice unawares.

A form carries which posts its editor could see (`seen`). What came since, or has the very same
text, is asked about once more; the answer (`sure`) names the posts that it was given for.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Q

from contactpoint.dissemination.models import Post

_LIVE: Final = (Post.State.WAITING, Post.State.SENT)
_NUMBER: Final = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Known:
    """Numbers of posts: those that stood there when the form was made, and those that an editor
    was asked about."""

    seen: frozenset[int] = frozenset()
    sure: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Double:
    """A post that stands in the account, or is on its way there."""

    post: Post
    is_same_text: bool


class AlreadyPostedError(Exception):
    """The editor is to be asked about `doubles` first."""

    def __init__(self, doubles: list[Double]) -> None:
        super().__init__(f"{len(doubles)} posts stand there already")
        self.doubles = doubles


def numbers(text: str) -> frozenset[int]:
    """As a form carries them; what is no number is passed over."""
    return frozenset(map(int, _NUMBER.findall(text)))


def as_text(found: Iterable[int]) -> str:
    """For a form."""
    return ",".join(map(str, sorted(found)))


def standing(item: UUID, language: str) -> dict[str, list[int]]:
    """What was posted of an item or waits, by account; one query."""
    rows = Post.objects.filter(item=item, language=language, state__in=_LIVE)
    found: dict[str, list[int]] = {}
    for channel, number in rows.values_list("channel", "pk"):
        found.setdefault(channel, []).append(number)
    return found


def doubles(item: UUID, language: str, channel: str, text: str, known: Known) -> list[Double]:
    """What the editor of a form doesn't know of, and what has the same text; the newest first."""
    came = Q(item=item, language=language) & ~Q(pk__in=known.seen)
    rows = Post.objects.filter(came | Q(text=text), channel=channel, state__in=_LIVE)
    found = rows.exclude(pk__in=known.sure).select_related("approved_by").order_by("-pk")[:5]
    return [Double(post, post.text == text) for post in found]
