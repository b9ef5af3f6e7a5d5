"""The formats by the ending of their address."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from contactpoint.kit.feeds import atom, json_feed, rss
from contactpoint.kit.feeds.represented import Feed


@dataclass(frozen=True, slots=True)
class Form:
    """What readers call it, what heads call it, and how it is written."""

    name: str
    media_type: str
    content_type: str
    write: Callable[[Feed], str]


FORMS: Final = {
    "atom": Form("Atom", atom.MEDIA_TYPE, f"{atom.MEDIA_TYPE}; charset=utf-8", atom.write),
    "rss": Form("RSS", rss.MEDIA_TYPE, f"{rss.MEDIA_TYPE}; charset=utf-8", rss.write),
    "json": Form("JSON Feed", json_feed.MEDIA_TYPE, json_feed.MEDIA_TYPE, json_feed.write),
}
