"""Who may write consultations: whoever may change rounds, as `reaching.MANAGES` says."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from contactpoint.consultations.reaching import MANAGES

View = Callable[..., HttpResponseBase]


def manages(user: Any) -> bool:
    """Whether somebody writes, opens and closes consultations."""
    return bool(user.is_active and user.has_perm(MANAGES))


def for_managers(view: View) -> View:
    """A page of the admin for them alone."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not manages(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
