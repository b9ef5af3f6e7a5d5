"""Who composes which kind of mail, and occasions to write to many.

@composer("alert", stops=subscriptions_of)
def alert(delivery: Delivery) -> Letter | None: ...

begin("daily:2026-11-26", "alert", [(subscriber.pk, [happening.pk]), …])
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, TypeVar

from django.utils import timezone

from contactpoint.dissemination.models import Delivery, Mailing, Subscriber, Subscription
from contactpoint.kit.letters import Letter

BATCH: Final = 500

Compose = TypeVar("Compose", bound=Callable[[Delivery], Letter | None])


@dataclass(frozen=True, slots=True)
class Composer:
    """`compose` is asked at the moment of sending; None: there is nothing to say any more.

    `stops` tells which subscriptions one click ends; None: all of them.
    """

    compose: Callable[[Delivery], Letter | None]
    stops: Callable[[Delivery], list[Subscription] | None]


class UnknownKindError(LookupError):
    """Nobody composes such mails: an app is missing, or the kind is misspelt."""


_composers: dict[str, Composer] = {}


def composer(
    kind: str, *, stops: Callable[[Delivery], list[Subscription] | None] = lambda _delivery: None
) -> Callable[[Compose], Compose]:
    """Registers who composes mails of a kind; put it where `handlers` imports it."""

    def register(function: Compose) -> Compose:
        _composers[kind] = Composer(function, stops)
        return function

    return register


def composer_of(kind: str) -> Composer:
    """Raises `UnknownKindError`."""
    try:
        return _composers[kind]
    except KeyError:
        raise UnknownKindError(f"nobody composes mails of the kind {kind!r}") from None


def begin(key: str, kind: str, rows: Iterable[tuple[int, list[Any]]]) -> Mailing:
    """Write a delivery for each pair of a subscriber and what their mail is about.

    It may be killed anywhere and called again with the same rows: whoever has a delivery of this
    key keeps it. One that was filled takes no more. Who is held back or gone gets none.
    """
    mailing = opened(key, kind)
    if mailing.filled_at is not None:
        return mailing
    remaining = iter(rows)
    while some := dict(islice(remaining, BATCH)):
        put(mailing, some)
    filled(mailing)
    return mailing


def opened(key: str, kind: str) -> Mailing:
    """The mailing of a key, made where there is none. Raises `UnknownKindError`."""
    composer_of(kind)
    return Mailing.objects.get_or_create(key=key, defaults={"kind": kind})[0]


def filled(mailing: Mailing) -> None:
    """All its deliveries are written."""
    mailing.filled_at = timezone.now()
    mailing.save(update_fields=["filled_at"])


def put(mailing: Mailing, about: dict[int, list[Any]]) -> None:
    """Deliveries by subscriber, in the caller's transaction if there is one."""
    now = timezone.now()
    addresses = Subscriber.objects.filter(pk__in=about, held_back_since=None)
    Delivery.objects.bulk_create(
        (
            Delivery(
                mailing=mailing,
                subscriber_id=pk,
                about=about[pk],
                domain=address.rpartition("@")[2].lower(),
                due_at=now,
            )
            for pk, address in addresses.order_by("pk").values_list("pk", "address")
        ),
        ignore_conflicts=True,
    )
