"""Who follows what, what happened to it, which mail tells whom, and which post tells all."""

from contactpoint.dissemination.models.deliveries import Delivery, Mailing
from contactpoint.dissemination.models.happenings import Happening, Match
from contactpoint.dissemination.models.interests import Interest, InterestAtom
from contactpoint.dissemination.models.issues import Issue, IssueEdition
from contactpoint.dissemination.models.posts import Post
from contactpoint.dissemination.models.subscribers import Subscriber, Subscription

__all__ = [
    "Delivery",
    "Happening",
    "Interest",
    "InterestAtom",
    "Issue",
    "IssueEdition",
    "Mailing",
    "Match",
    "Post",
    "Subscriber",
    "Subscription",
]
