"""A reader always gets a page: where it is not in their language, in another, and clearly said.

`/fr/nl/news/item/` is the Dutch page with all around it in French. An address that is known in
another language only, such as `/fr/news/item/` of a Dutch item, leads there.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page

from contactpoint.kit.locating import Link, address, roots
from contactpoint.kit.visibility import visible


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where a reader is led, and the kind of page that stands there."""

    url: str
    content_type_id: int


def same_address(request: HttpRequest, language: str, path: str) -> Elsewhere | None:
    """The page at the same address in another language, or its translation; at most two queries."""
    known = roots(request)
    parts = [part for part in path.split("/") if part]
    if not parts or language not in known:
        return None
    rest = "/".join(parts)
    paths = {f"{root}{rest}/": code for code, root in known.items() if code != language}
    order = {code: place for place, (code, _name) in enumerate(settings.LANGUAGES)}
    found = sorted(
        visible(Page.objects.order_by())
        .filter(slug=parts[-1], url_path__in=paths)
        .values_list("url_path", "translation_key", "content_type_id"),
        key=lambda row: order.get(paths[row[0]], len(order)),
    )
    if not found:
        return None
    url_path, key, content_type_id = found[0]
    own = (
        visible(Page.objects.order_by())
        .filter(translation_key=key, locale__language_code=language)
        .values_list("url_path", flat=True)
        .first()
    )
    if own is not None:
        return Elsewhere(address(own, language, known[language]), content_type_id)
    code = paths[url_path]
    return Elsewhere(f"/{language}{address(url_path, code, known[code])}", content_type_id)


def crumbs_in(request: HttpRequest, language: str, path: str) -> list[Link]:
    """What stands above a page that `language` lacks, as far as it is there in it; one query."""
    root = roots(request).get(language)
    parts = [part for part in path.split("/") if part][:-1]
    if root is None or not parts:
        return []
    levels = [f"{root}{'/'.join(parts[: number + 1])}/" for number in range(len(parts))]
    titles = dict(
        visible(Page.objects.order_by())
        .filter(slug__in=parts, url_path__in=levels)
        .values_list("url_path", "title")
    )
    return [
        Link(titles[level], address(level, language, root)) for level in levels if level in titles
    ]
