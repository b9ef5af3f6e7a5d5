"""Where somebody stands in the room: which round, for which state, with which right.

Whatever is not theirs is not there: the same answer for a round that does not exist, one that is
still drafted, and one of which their state is not asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from contactpoint.accounts.doors import to_next_step, who_knocks
from contactpoint.consultations.models import Response, Round, Seat, StateAsked
from contactpoint.network.models import Country


@dataclass(frozen=True, slots=True)
class Place:
    """One round as one state answers it."""

    round: Round
    country: Country
    seat: Seat
    response: Response | None

    @property
    def begun(self) -> Response:
        """The answer, where it was begun; otherwise there is nothing here yet."""
        if self.response is None:
            raise Http404
        return self.response


View = Callable[..., HttpResponse]


def in_room(view: View) -> View:
    """For whoever is signed in, second factor included; what they get is kept nowhere."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            answer = view(request, *args, **kwargs)
        else:
            wanted = request.get_full_path() if request.method == "GET" else request.path
            answer = to_next_step(who_knocks(request), wanted)
        patch_cache_control(answer, no_store=True)
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return guarded


def seats(user: Any) -> "QuerySet[Seat]":
    """For which states somebody answers."""
    return Seat.objects.filter(user=user.pk).select_related("country").order_by("country__code")


def asked(countries: "QuerySet[Any]") -> "QuerySet[StateAsked]":
    """Of which rounds these states are asked; a draft is nobody's yet, nor what opens later."""
    rows = StateAsked.objects.filter(country__in=countries, round__access=Round.Access.STATES)
    later = Q(round__opens_at__gt=timezone.now())
    return rows.exclude(round__status=Round.Status.DRAFT).exclude(later)


def place(user: Any, code: str, country: str) -> Place:
    """The round of that code for that state; `Http404` where it is not this person's."""
    own = seats(user).filter(country__code=country.upper()).first()
    if own is None:
        raise Http404
    mine = Seat.objects.filter(pk=own.pk).values("country")
    rows = asked(mine).select_related("round__instrument", "round__version", "round__requested_by")
    found = rows.filter(round__code=code).first()
    if found is None:
        raise Http404
    response = (
        Response.objects.select_related("version", "country", "written_by", "validated_by")
        .filter(round=found.round, country=own.country, is_test=False)
        .first()
    )
    if response is not None:
        response.round = found.round
    return Place(found.round, own.country, own, response)
