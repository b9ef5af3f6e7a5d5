"""Pages of the tree as things: the versions that any reader may see, grouped by translation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from contactpoint.kit.locating import address, roots
from contactpoint.kit.visibility import visible

OWN: Final = (
    "translation_key",
    "locale__language_code",
    "pk",
    "url_path",
    "title",
    "expire_at",
    "borrowed__title",
    "borrowed__teaser",
    "borrowed__whole",
)
"""What is asked of every page; further columns come behind."""


def uuids(keys: Iterable[str]) -> list[UUID]:
    """Translation keys from texts; what is none is passed over."""
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found


def things(
    pages: "QuerySet[Any]", keys: Iterable[str], further: Sequence[str]
) -> Iterator[tuple[UUID, list[dict[str, Any]]]]:
    """Each thing with its public versions: columns by name, and `url`; one query.

    The portal's first language first; a page that stands under no front page has no address. One
    of which nothing is translated is no version of its own where that which it repeats is there.
    """
    known = roots()
    order = {code: place for place, (code, _name) in enumerate(settings.LANGUAGES)}
    columns = (*OWN, *further)
    found = []
    for values in (
        visible(pages.order_by()).filter(translation_key__in=uuids(keys)).values_list(*columns)
    ):
        row = dict(zip(columns, values, strict=True))
        url = _url(row, known)
        if url:
            found.append({**row, "url": url})
    found.sort(
        key=lambda row: (
            row["translation_key"],
            order.get(row["locale__language_code"], len(order)),
            row["pk"],
        )
    )
    for key, group in groupby(found, key=lambda row: row["translation_key"]):
        versions = _one_a_language(group)
        there = {row["locale__language_code"] for row in versions}
        yield key, [row for row in versions if row["borrowed__whole"] not in there]


def _url(row: Mapping[str, Any], known: Mapping[str, str]) -> str:
    language = row["locale__language_code"]
    root = known.get(language)
    if root is None or not row["url_path"].startswith(root):
        return ""
    return address(row["url_path"], language, root)


def spoken(row: Mapping[str, Any]) -> Any:
    """What a version says of words that nobody has translated, as its arguments."""
    return {
        "title_language": row["borrowed__title"] or "",
        "teaser_language": row["borrowed__teaser"] or "",
    }


def _one_a_language(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    first: dict[str, dict[str, Any]] = {}
    for row in rows:
        first.setdefault(row["locale__language_code"], row)
    return list(first.values())
