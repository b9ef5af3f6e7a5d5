"""Somebody's account goes: the work stays, and nobody is locked out."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from contactpoint.accounts.models import User
from contactpoint.accounts.roles import ADMINISTRATORS
from contactpoint.kit.persons.declaring import RefusedError


def keep_one_administrator(rows: "QuerySet[Any]") -> None:
    """Raises `RefusedError` for the last who looks after the portal."""
    looking_after = User.objects.filter(
        Q(is_superuser=True) | Q(groups__name=ADMINISTRATORS), is_active=True
    )
    if looking_after.filter(pk__in=rows).exists() and not looking_after.exclude(pk__in=rows):
        raise RefusedError(_("This is the only administrator. Give somebody else this role first."))
