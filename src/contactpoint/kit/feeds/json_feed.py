"""JSON Feed 1.1 (jsonfeed.org/version/1.1).

What it has no place for stands under `_contactpoint`."""

import json
from typing import Any, Final

from django.conf import settings
from django.utils.feedgenerator import rfc3339_date

from contactpoint.kit.feeds.represented import NEVER, Feed, Item
from contactpoint.kit.unseen import without_unseen

MEDIA_TYPE: Final = "application/feed+json"
VERSION: Final = "https://jsonfeed.org/version/1.1"


def write(feed: Feed) -> str:
    """The feed as JSON."""
    made: dict[str, Any] = {
        "version": VERSION,
        "title": without_unseen(feed.full_title),
        "home_page_url": feed.home_url,
        "feed_url": feed.url("json", page=feed.page),
        "next_url": feed.pages("json").get("next", ""),
        "description": without_unseen(feed.description),
        "language": feed.language,
        "authors": [{"name": settings.SITE_NAME, "url": f"{settings.BASE_URL}/"}],
        "items": [_item(item, feed.language) for item in feed.items],
        "_contactpoint": {
            "about": f"{settings.BASE_URL}/{feed.language}/feeds/",
            "alternates": {code: feed.url("json", code) for code in feed.other_languages},
        },
    }
    return json.dumps(_without_empty(made), ensure_ascii=False)


def _item(item: Item, language: str) -> dict[str, Any]:
    """The text is never empty: some readers show nothing else."""
    summary = without_unseen(item.summary)
    made: dict[str, Any] = {
        "id": item.key.urn,
        "url": item.url,
        "title": without_unseen(item.title),
        "content_text": summary or without_unseen(item.title),
        "content_html": without_unseen(item.content),
        "summary": summary,
        "date_published": rfc3339_date(item.published) if item.published else "",
        "date_modified": rfc3339_date(item.updated) if item.updated != NEVER else "",
        "tags": [without_unseen(one.label) for one in item.categories if one.label],
        "language": item.language or language,
        "attachments": [
            _without_empty(
                {
                    "url": file.url,
                    "mime_type": file.media_type,
                    "title": without_unseen(file.title),
                    "size_in_bytes": file.length,
                    "duration_in_seconds": round(file.seconds),
                }
            )
            for file in item.enclosures
        ],
        "_contactpoint": _without_empty(
            {
                "title_language": item.title_language,
                "summary_language": item.summary_language,
                "alternates": dict(item.alternates),
                "categories": [
                    _without_empty(
                        {
                            "url": one.address,
                            "scheme": one.scheme,
                            "term": one.term,
                            "label": without_unseen(one.label),
                        }
                    )
                    for one in item.categories
                ],
            }
        ),
    }
    return _without_empty(made)


def _without_empty(made: dict[str, Any]) -> dict[str, Any]:
    """Of what may be left out; `items` has to be there."""
    return {key: value for key, value in made.items() if value or key == "items"}
