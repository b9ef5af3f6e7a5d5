"""Who may see a page: one condition that every public query uses, so that none forgets a part."""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

Pages = TypeVar("Pages", bound="QuerySet[Page]")


def restricted() -> Exists:
    """True for a page that is itself, or stands under, a page closed to some readers.

    The path of what is closed is looked up for each restriction, of which there are few: joined,
    SQLite may go through all pages instead, for each page that it asks about.
    """
    closed = Page.objects.order_by().filter(pk=OuterRef("page_id")).values("path")[:1]
    return Exists(
        PageViewRestriction.objects.annotate(
            candidate=ExpressionWrapper(OuterRef("path"), output_field=CharField()),
            closed=Subquery(closed),
        )
        .filter(candidate__startswith=F("closed"))
        .values("pk")
    )


def unexpired(now: datetime | None = None) -> Q:
    """True until the moment of expiry, even where the command that unpublishes has not run yet."""
    return Q(expire_at__isnull=True) | Q(expire_at__gt=now or timezone.now())


def words_of_its_own() -> Q:
    """True for a page of which something stands in its own language: others promise no more than
    an address."""
    return Q(borrowed__isnull=True) | Q(borrowed__whole="")


def visible(pages: Pages, now: datetime | None = None) -> Pages:
    """The pages that any reader may see: published, not expired, not closed."""
    return pages.filter(unexpired(now), ~restricted(), live=True)


def next_by_itself(now: datetime) -> datetime:
    """When readers next see something else without anybody changing it: at the portal's midnight,
    or earlier as a page expires. One query, by an index (`kit/migrations/0003`)."""
    day = timezone.localtime(now).date() + timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    expiring = Page.objects.order_by().filter(expire_at__isnull=False, expire_at__gt=now)
    first: datetime | None = expiring.aggregate(first=Min("expire_at"))["first"]
    return min(midnight, first) if first else midnight
