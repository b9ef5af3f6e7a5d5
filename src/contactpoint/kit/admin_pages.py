"""What the pages that we add to the admin share: where they stand, and how their rows are paged."""

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator

PER_PAGE: Final = 50


def framed(title: str, *above: tuple[str, Any], **more: Any) -> dict[str, Any]:
    """Title and breadcrumbs; `above` are names of addresses (or addresses, or nothing) and labels.

    The page at the end of `above` may be this very page: it is not named twice.
    """
    path = [("wagtailadmin_home", _("Home")), *above]
    crumbs = [
        {"url": reverse(name) if name and not name.startswith("/") else name, "label": label}
        for name, label in path
    ]
    if str(title) != str(path[-1][1]):
        crumbs.append({"url": "", "label": title})
    return {"page_title": title, "header_title": title, "breadcrumbs_items": crumbs, **more}


def paged(request: HttpRequest, rows: Any, size: int = PER_PAGE) -> dict[str, Any]:
    """The page `p` of rows, and how to reach the others."""
    paginator = WagtailPaginator(rows, size)
    page = paginator.get_page(request.GET.get("p"))
    elided = paginator.get_elided_page_range(page.number)
    return {"page_obj": page, "items": page, "elided_page_range": elided}
