"""Studies and series, of which nothing is told while readers can see nothing of them."""

from django.db.models import Case, QuerySet, Value, When
from wagtail.models import Page

from contactpoint.outputs.models import Family
from contactpoint.search.indexing.changes import changed
from contactpoint.search.sources.families import told


def hears(pages: "QuerySet[Page]") -> None:
    """Some of these pages may be closed now, or open again. What is seen nowhere any more is
    hidden at once; the others are found as they were until the index has caught up. One query,
    and those that keep what changed."""
    families = Family.objects.filter(links__page__in=pages).order_by().distinct()
    is_told = Case(When(told(), then=Value(True)), default=Value(False))
    rows = list(families.annotate(is_told=is_told).values_list("slug", "is_told"))
    for seen in (True, False):
        changed([f"family:{slug}" for slug, is_seen in rows if is_seen is seen], hides=not seen)


def parts(path: str) -> "QuerySet[Page]":
    """The pages at and under a place in the tree."""
    return Page.objects.order_by().filter(path__startswith=path)
