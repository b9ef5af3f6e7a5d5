"""One feed, told in three formats: what all of them hold, how each writes it, how it is answered.

Whatever has a feed makes a `Feed` and leaves the rest to `answered`; its address comes from
`feed_path`, so that no feed lacks a format.
"""

from contactpoint.kit.feeds.addresses import (
    feed_path,
    in_form,
    page_asked,
    page_of,
    subscription,
    under,
)
from contactpoint.kit.feeds.answering import answered, refused
from contactpoint.kit.feeds.forms import FORMS
from contactpoint.kit.feeds.represented import (
    MOST_ITEMS,
    MOST_PAGES,
    NEVER,
    Category,
    Enclosure,
    Feed,
    Item,
)
from contactpoint.kit.feeds.unfiltered import unfiltered

__all__ = [
    "FORMS",
    "MOST_ITEMS",
    "MOST_PAGES",
    "NEVER",
    "Category",
    "Enclosure",
    "Feed",
    "Item",
    "answered",
    "feed_path",
    "in_form",
    "page_asked",
    "page_of",
    "refused",
    "subscription",
    "under",
    "unfiltered",
]
