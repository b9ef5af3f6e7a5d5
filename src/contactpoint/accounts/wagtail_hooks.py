"""Keeps accounts that have every right from people who have not, whatever they may change."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from wagtail import hooks

from contactpoint.accounts.models import User


@hooks.register("before_edit_user")
def refuse_to_edit(request: HttpRequest, user: User) -> None:
    """Address, password and groups of such an account are for its like alone."""
    _refuse(request, [user])


@hooks.register("before_bulk_action")
def refuse_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> None:
    """The same for roles and states that are given to several at once."""
    _refuse(request, [one for one in objects if isinstance(one, User)])


def _refuse(request: HttpRequest, users: Iterable[User]) -> None:
    is_every_right = isinstance(request.user, User) and request.user.is_superuser
    if not is_every_right and any(user.is_superuser for user in users):
        raise PermissionDenied


@hooks.register("register_log_actions")
def account_log_actions(actions: Any) -> None:
    """What the history of an account says beyond creating and editing."""
    actions.register_action(
        "accounts.factor", gettext_lazy("Set the second factor"), gettext_lazy("Second factor set")
    )
