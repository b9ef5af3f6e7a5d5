"""Who the matrix asks for: every role of the settings, and the two ends of the scale."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from people import person

from contactpoint.accounts.models import User

NOBODY = "Nobody"
EVERY_RIGHT = "Every right"


@dataclass(frozen=True)
class Asker:
    """Somebody of a role, and the browser in which they are signed in."""

    role: str
    user: Any
    browser: Client


def askers() -> list[Asker]:
    """One of each role; a role that is added to `config/roles.py` is there without a word here."""
    people = [Asker(role, *person(role)) for role in settings.ROLES]
    every, browser = person("Administrators", "every-right")
    User.objects.filter(pk=every.pk).update(is_superuser=True)
    everybody = [
        Asker(NOBODY, AnonymousUser(), Client()),
        *people,
        Asker(EVERY_RIGHT, User.objects.get(pk=every.pk), browser),
    ]
    for one in everybody:
        one.browser.raise_request_exception = False
    return everybody
