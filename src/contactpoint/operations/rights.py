"""Who may see how the portal is: those who look after its users, as elsewhere."""

from typing import Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

OVERSEE: Final = "accounts.change_user"


def require_overseer(request: HttpRequest) -> None:
    """A `PermissionDenied` for everybody else."""
    if not request.user.has_perm(OVERSEE):
        raise PermissionDenied
