"""The mail of an issue to one reader: asked at the moment of sending."""

from typing import Final

from contactpoint.dissemination.delivering.mailings import composer
from contactpoint.dissemination.models import Delivery, Issue, Subscription
from contactpoint.dissemination.newsletter.editions import kept
from contactpoint.dissemination.newsletter.mails import mail, of_a_reader
from contactpoint.dissemination.newsletter.readers import subscriptions_of
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.letters import Letter

KIND: Final = "newsletter"


def _subscriptions(delivery: Delivery) -> list[Subscription]:
    """One click ends the newsletter, and nothing else that they follow."""
    return subscriptions_of(delivery.subscriber)


@composer(KIND, stops=_subscriptions)
def newsletter(delivery: Delivery) -> Letter | None:
    """None where they stopped it meanwhile, or nothing of the issue is public any more."""
    followed = _subscriptions(delivery)
    issue = Issue.objects.filter(pk__in=delivery.about[:1]).exclude(sent_at=None).first()
    if issue is None or not followed:
        return None
    edition = kept(issue, delivery.subscriber.language) or kept(issue, FALLBACK_LANGUAGE)
    if not edition:
        return None
    return mail(edition, of_a_reader(delivery.subscriber, followed))
