"""Who follows what, what happened to it, and which mail tells whom."""

from contactpoint.dissemination.models.deliveries import Delivery, Mailing
from contactpoint.dissemination.models.happenings import Happening, Match
from contactpoint.dissemination.models.interests import Interest
from contactpoint.dissemination.models.subscribers import Subscriber, Subscription

__all__ = [
    "Delivery",
    "Happening",
    "Interest",
    "Mailing",
    "Match",
    "Subscriber",
    "Subscription",
]
