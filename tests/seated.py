"""People with seats for states, signed in as they are in the room."""

from django.test import Client
from editing import PASSWORD, sign_in_as

from contactpoint.accounts.actions import create_editor
from contactpoint.accounts.models import User
from contactpoint.accounts.roles import CONTACT_POINTS
from contactpoint.consultations.models import Seat
from contactpoint.network.models import Country


def seated(state: Country, name: str, *, sends: bool = True) -> User:
    """Somebody who answers for a state."""
    email = f"{name}@{state.code.lower()}.test"
    user = create_editor(email, password=PASSWORD, role=CONTACT_POINTS).user
    Seat.objects.create(user=user, country=state, sends=sends)
    return user


def browser(user: User) -> Client:
    """A browser in which that user is signed in, second step included."""
    client = Client()
    sign_in_as(client, user)
    return client
