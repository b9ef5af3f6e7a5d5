"""Links from an item's page to what was posted of it. No request is made, no script is loaded."""

from collections.abc import Iterator
from uuid import UUID

from contactpoint.dissemination.models import Post
from contactpoint.dissemination.social.channels import channels
from contactpoint.kit.context import language_name
from contactpoint.kit.posted import Posted


def also_posted(item: UUID, language: str) -> Iterator[Posted]:
    """The newest post of each account in each language, those in the page's own language first.

    Accounts that aren't ours any more are left out; where there is none nothing is asked.
    """
    known = channels()
    if not known:
        return
    rows = Post.objects.filter(item=item, state=Post.State.SENT, channel__in=known)
    seen: set[tuple[str, str]] = set()
    for post in sorted(
        rows.exclude(url="").order_by("-pk"), key=lambda one: one.language != language
    ):
        place = post.channel, post.language
        if place not in seen:
            seen.add(place)
            name = "" if post.language == language else language_name(post.language)
            label = str(known[post.channel].limits.label)
            yield Posted(label, post.url, post.language, name)
