"""What those who follow do: confirm, change, stop, erase, and take along what is kept of them."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from contactpoint.dissemination.following.links import Asked
from contactpoint.dissemination.matching.atoms import NEWSLETTER_RULE
from contactpoint.dissemination.matching.rules import (
    described,
    interest_for,
    interests_for,
    rule_of,
)
from contactpoint.dissemination.models import Happening, Subscriber, Subscription

MOST: Final = 50
"""Subscriptions of one address."""


class TooManyError(Exception):
    """Somebody follows as much as one may."""


def confirm(asked: Asked) -> Subscriber:
    """Keep what was asked for: only now the address is stored, with what its owner said yes to.
    All their mails come in the language that they chose last.

    Raises `TooManyError`, and `UnavailableError` where a search has to be read and can't be.
    """
    interests = interests_for(asked.rules)
    with transaction.atomic():
        now = timezone.now()
        subscriber = at(asked.address)
        if subscriber is None:
            try:
                subscriber, _made = Subscriber.objects.get_or_create(
                    address=asked.address,
                    defaults={
                        "language": asked.language,
                        "confirmed_at": now,
                        "consented_to": asked.consent,
                    },
                )
            except IntegrityError:  # at this moment, in another case
                subscriber = Subscriber.objects.alias(folded=Lower("address")).get(
                    folded=asked.address.lower()
                )
        others = subscriber.subscriptions.exclude(interest__in=interests)
        if others.count() + len(interests) > MOST:
            raise TooManyError
        # They have read a mail of ours just now.
        Subscriber.objects.filter(pk=subscriber.pk).update(
            bounces=0, held_back_since=None, language=asked.language
        )
        if subscriber.held_back_since is not None:  # what came meanwhile is told to nobody
            subscriber.subscriptions.update(since=now, is_behind=False)
        agreed = {"agreed_at": now, "agreed_to": asked.consent, "agreed_in": asked.language}
        for interest in interests:
            row, is_new = subscriber.subscriptions.get_or_create(
                interest=interest, defaults={"rhythm": asked.rhythm, **agreed}
            )
            if not is_new:
                _retime(row, asked.rhythm)
                subscriber.subscriptions.filter(pk=row.pk).update(**agreed)
    subscriber.language = asked.language
    return subscriber


def at(address: str) -> Subscriber | None:
    """Who has an address, whatever case it is written in."""
    rows = Subscriber.objects.alias(folded=Lower("address"))
    return rows.filter(folded=address.lower()).first()


@transaction.atomic
def change(subscriber: Subscriber, language: str, rhythms: Mapping[int, str]) -> None:
    """`rhythms` by the number of the subscription; those of others are passed over."""
    # This comes first: it holds the subscriber's row, as whoever fills a mailing does.
    Subscriber.objects.filter(pk=subscriber.pk).update(language=language)
    for row in subscriber.subscriptions.filter(pk__in=rhythms):
        _retime(row, rhythms[row.pk])
    subscriber.language = language


def get_newsletter(subscriber: Subscriber, consent: str, language: str) -> None:
    """From the page of one who follows something already; `consent` stands beside the button."""
    Subscription.objects.get_or_create(
        subscriber=subscriber,
        interest=interest_for(NEWSLETTER_RULE),
        defaults={
            "rhythm": Subscription.Rhythm.WEEKLY,
            "agreed_at": timezone.now(),
            "agreed_to": consent,
            "agreed_in": language,
        },
    )


def _retime(row: Subscription, rhythm: str) -> None:
    """What waited for the earlier rhythm is told with the next mail of the new one."""
    if row.rhythm != rhythm:
        row.rhythm, row.is_behind = rhythm, True
        row.save(update_fields=["rhythm", "is_behind"])


@transaction.atomic
def stop(subscriber: Subscriber, which: Collection[int] | None = None) -> bool:
    """End these subscriptions or all; whether any is left. The address goes with the last."""
    rows = subscriber.subscriptions.all()
    (rows if which is None else rows.filter(pk__in=which)).delete()
    if rows.exists():
        return True
    erase(subscriber)
    return False


def erase(subscriber: Subscriber) -> None:
    """Everything that is kept, mails that wait included."""
    Subscriber.objects.filter(pk=subscriber.pk).delete()


def exported(subscriber: Subscriber) -> dict[str, Any]:
    """All that is kept of somebody (GDPR, articles 15 and 20)."""
    return {
        "address": subscriber.address,
        "language": subscriber.language,
        "confirmed_at": subscriber.confirmed_at.isoformat(),
        "consented_to": subscriber.consented_to,
        "held_back_since": subscriber.held_back_since and subscriber.held_back_since.isoformat(),
        "bounces": subscriber.bounces,
        "follows": [
            {
                "rule": row.interest.rule,
                "in_words": described(rule_of(row.interest.rule), subscriber.language),
                "rhythm": row.rhythm,
                "since": row.since.isoformat(),
                "agreed_at": row.agreed.isoformat(),
                "agreed_to": row.agreed_to or subscriber.consented_to,
                "agreed_in": row.agreed_in or subscriber.language,
            }
            for row in subscriber.subscriptions.select_related("interest").order_by("pk")
        ],
        "mails": list(_mails(subscriber)),
    }


def _mails(subscriber: Subscriber) -> Iterator[dict[str, Any]]:
    """What was sent to somebody or waits for them: of what, and what their server said."""
    rows = list(subscriber.deliveries.select_related("mailing").order_by("pk"))
    told_of = {row.pk: [one[0] for one in row.about if isinstance(one, list)] for row in rows}
    happened = Happening.objects.in_bulk({pk for pks in told_of.values() for pk in pks})
    for row in rows:
        yield {
            "kind": row.mailing.kind,
            "of": row.mailing.key,
            "about": [
                {"thing": one.thing, "what": one.what, "at": one.at.isoformat()}
                for one in map(happened.get, told_of[row.pk])
                if one is not None
            ],
            "told_of_events": row.told,
            "state": row.state,
            "due_at": row.due_at.isoformat(),
            "done_at": row.done_at and row.done_at.isoformat(),
            "attempts": row.attempts,
            "server": row.domain,
            "server_said": row.said,
        }
