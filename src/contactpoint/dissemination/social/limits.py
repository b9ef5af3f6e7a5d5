"""What each network takes: how long a text may be as it counts, and how large a picture.

Mastodon: https://docs.joinmastodon.org/user/posting/ (its servers may allow more: `channels.most`).
Bluesky: the lexicons app.bsky.feed.post and app.bsky.embed.images of atproto.com.
X: https://docs.x.com/fundamentals/counting-characters
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from contactpoint.dissemination.social.counting import letters, units, weighted, with_links


@dataclass(frozen=True, slots=True)
class Limits:
    """`most` is in what `count` counts, 0 where there is no limit; a text has `most_bytes` in UTF-8
    at most, a picture `picture_bytes`, its alternative text `alt_letters`. `counts_as` is told to
    the browser, which counts while somebody writes."""

    label: Any
    most: int
    count: Callable[[str], int]
    counts_as: str
    most_bytes: int = 0
    picture_bytes: int = 0
    alt_letters: int = 0
    tags: int = 4
    """So many hashtags are proposed."""

    def fits(self, text: str, most: int = 0) -> bool:
        """Whether the network takes the text."""
        most = most or self.most
        return (not most or self.count(text) <= most) and (
            not self.most_bytes or len(text.encode()) <= self.most_bytes
        )


LIMITS: Final[dict[str, Limits]] = {
    "mastodon": Limits(
        "Mastodon", 500, with_links, "links", picture_bytes=8_000_000, alt_letters=1_500
    ),
    "bluesky": Limits(
        "Bluesky", 300, letters, "letters", most_bytes=3_000, picture_bytes=976_000,
        alt_letters=2_000,
    ),
    "x": Limits("X", 280, weighted, "weights", tags=2),
    "linkedin": Limits("LinkedIn", 3_000, units, "units", tags=3),
    "facebook": Limits("Facebook", 63_206, units, "units", tags=0),
    "e-mail": Limits(_("E-mail"), 0, letters, "letters", tags=0),
}  # fmt: skip
BY_HAND: Final = ("linkedin", "x", "facebook", "e-mail")
"""Networks for which there is a text to copy."""
