"""JSON Feed 1.1 as https://www.jsonfeed.org/version/1.1/ says it, strictly: what it doesn't name
has to be an extension."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

Check = Callable[[Any], bool]
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _url(value: Any) -> bool:
    return _text(value) and re.match(r"https?://\S+$", value) is not None


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(_text(one) for one in value)


def _time(value: Any) -> bool:
    return isinstance(value, str) and _TIME.fullmatch(value) is not None


def _list(value: Any) -> bool:
    return isinstance(value, list)


def _language(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[a-z]{2,3}(-\w+)*", value) is not None


_AUTHOR: Final[Mapping[str, Check]] = {"name": _text, "url": _url, "avatar": _url}
_FILE: Final[Mapping[str, Check]] = {
    "url": _url,
    "mime_type": lambda value: _text(value) and re.fullmatch(r"[a-z]+/[\w.+-]+", value) is not None,
    "title": _text,
    "size_in_bytes": _number,
    "duration_in_seconds": _number,
}
_ITEM: Final[Mapping[str, Check]] = {
    **dict.fromkeys(("id", "title", "content_html", "content_text", "summary"), _text),
    **dict.fromkeys(("url", "external_url", "image", "banner_image"), _url),
    **dict.fromkeys(("date_published", "date_modified"), _time),
    "tags": _texts,
    "language": _language,
    "authors": _list,
    "attachments": _list,
}
_FEED: Final[Mapping[str, Check]] = {
    "version": lambda value: value == "https://jsonfeed.org/version/1.1",
    **dict.fromkeys(("title", "description", "user_comment"), _text),
    **dict.fromkeys(("home_page_url", "feed_url", "next_url", "icon", "favicon"), _url),
    "language": _language,
    "authors": _list,
    "items": _list,
    "hubs": _list,
    "expired": lambda value: isinstance(value, bool),
}


def faults(feed: Any) -> list[str]:
    """What is wrong with a JSON Feed; nothing where it is right."""
    found = list(_of(feed, _FEED, ("version", "title", "items"), "feed"))
    for author in feed.get("authors", ()):
        found += _of(author, _AUTHOR, (), "author")
        found += [] if author else ["author: says nothing"]
    for item in feed.get("items", ()):
        found += _of(item, _ITEM, ("id",), "item")
        if not {"content_text", "content_html"} & set(item):
            found.append("item: has no content")
        for file in item.get("attachments", ()):
            found += _of(file, _FILE, ("url", "mime_type"), "attachment")
    ids = [item.get("id") for item in feed.get("items", ())]
    return found if len(set(ids)) == len(ids) else [*found, "ids: not unique"]


def _of(made: Any, known: Mapping[str, Check], needed: tuple[str, ...], what: str) -> Iterator[str]:
    for name in needed:
        if name not in made:
            yield f"{what}: lacks {name}"
    for name, value in made.items():
        if name.startswith("_"):
            if not isinstance(value, dict) or "." in name:
                yield f"{what}: {name} is no extension"
        elif name not in known:
            yield f"{what}: has {name}"
        elif not known[name](value):
            yield f"{what}: {name} is {value!r}"
