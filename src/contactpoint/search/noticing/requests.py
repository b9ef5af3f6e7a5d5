"""Which requests to the search page are a person's question."""

from typing import Final

from django.http import HttpRequest

from contactpoint.accounts import places
from contactpoint.kit.readers import is_wanted

IPV6_BITS: Final = 48
"""What one household, office or rented server has at most."""


def is_counted(request: HttpRequest) -> bool:
    """Whether a request is a question asked for the first time, by somebody who looks at it.

    Turning a page, narrowing and ordering say no question anew; whatever the browser fetches
    before it is wanted was not asked, nor what a program asks that names itself one.
    """
    if set(request.GET) != {"q"} or len(request.GET.getlist("q")) != 1:
        return False
    return is_wanted(request)


def network(request: HttpRequest) -> str:
    """Where a request comes from, as coarse as it is counted."""
    return places.network(request, six=IPV6_BITS)
