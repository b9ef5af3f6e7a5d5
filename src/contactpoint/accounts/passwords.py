"""What follows when somebody changes their password."""

from typing import Any

from allauth.account.signals import password_changed
from django.dispatch import receiver
from django.http import HttpRequest

from contactpoint.accounts import devices
from contactpoint.accounts.letters import tell_of_password
from contactpoint.accounts.models import User


@receiver(password_changed, dispatch_uid="accounts.passwords")
def end_other_sessions(request: HttpRequest, user: User, **_signal: Any) -> None:
    """This session goes on under another key; all others end, and a mail tells of it."""
    devices.follow(request)
    devices.end_others(request)
    tell_of_password(user)
