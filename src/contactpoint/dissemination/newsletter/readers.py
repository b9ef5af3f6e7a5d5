"""Who gets the newsletter: a rule of its own, which nothing that happens ever meets."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from contactpoint.dissemination.matching.atoms import NEWSLETTER_RULE, digest
from contactpoint.dissemination.models import Subscriber, Subscription


def subscriptions() -> "QuerySet[Subscription]":
    """Of everybody who asked for the newsletter."""
    return Subscription.objects.filter(interest__digest=digest(NEWSLETTER_RULE))


def subscriptions_of(subscriber: Subscriber) -> list[Subscription]:
    """The one of this reader, if there is one."""
    return list(subscriptions().filter(subscriber=subscriber))


def rows(issue: int) -> Iterator[tuple[int, list[Any]]]:
    """A delivery for each of them, in order."""
    people = subscriptions().order_by("subscriber_id").values_list("subscriber_id", flat=True)
    for subscriber in people.iterator(chunk_size=2_000):
        yield subscriber, [issue]


def by_language() -> dict[str, int]:
    """How many get it in which language; who is held back gets nothing."""
    found: dict[str, int] = {}
    people = Subscriber.objects.filter(
        held_back_since=None, pk__in=subscriptions().values("subscriber")
    )
    for language in people.values_list("language", flat=True):
        found[language] = found.get(language, 0) + 1
    return found
