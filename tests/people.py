"""Signs people of any role in."""

from django.test import Client
from editing import PASSWORD, sign_in_as

from contactpoint.accounts.actions import create_editor
from contactpoint.accounts.models import User
from contactpoint.network.models import Institution


def person(
    role: str, name: str = "", institution: Institution | None = None
) -> tuple[User, Client]:
    """A new user of a role, and a browser in which that user is signed in."""
    name = name or role.lower().replace(" ", "-")
    user = create_editor(f"{name}@portal.test", password=PASSWORD, role=role).user
    if institution is not None:
        institution.contributors.add(user)
    client = Client()
    sign_in_as(client, user)
    return user, client
