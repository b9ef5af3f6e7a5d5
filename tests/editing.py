"""Signs an editor or administrator in for tests of the admin, second step included."""

import json
import time
from typing import Any

from allauth.account.internal.flows import login
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.models import Authenticator
from django.test import Client

from contactpoint.accounts.actions import create_editor
from contactpoint.accounts.models import User

PASSWORD = "correct horse battery staple"


def sign_in(client: Client, *, administrator: bool = False) -> User:
    """A new user of that role, whose session has shown a second factor."""
    name = "administrator" if administrator else "editor"
    made = create_editor(f"{name}@portal.test", password=PASSWORD, administrator=administrator)
    sign_in_as(client, made.user)
    return made.user


def sign_in_as(client: Client, user: User) -> None:
    """The session of a user who has a factor already."""
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    factor = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    session = client.session
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time()},
        {"method": "mfa", "type": "totp", "id": factor.pk, "at": time.time()},
    ]
    session.save()


def stream(name: str, html: str) -> dict[str, str]:
    """The POST of a stream field that holds one paragraph."""
    return {
        f"{name}-count": "1" if html else "0",
        **(
            {
                f"{name}-0-deleted": "",
                f"{name}-0-order": "0",
                f"{name}-0-type": "paragraph",
                f"{name}-0-id": "",
                f"{name}-0-value": rich_text(html),
            }
            if html
            else {}
        ),
    }


def rich_text(text: str) -> str:
    """What the rich text editor sends for one paragraph of plain text."""
    block = {
        "key": "a1b2c", "text": text, "type": "unstyled", "depth": 0,
        "inlineStyleRanges": [], "entityRanges": [],
    }  # fmt: skip
    return json.dumps({"blocks": [block], "entityMap": {}})


def rows(name: str, given: list[dict[str, Any]], *, initial: int = 0) -> dict[str, str]:
    """The POST of an inline panel."""
    data = {
        f"{name}-TOTAL_FORMS": str(len(given)),
        f"{name}-INITIAL_FORMS": str(initial),
        f"{name}-MIN_NUM_FORMS": "0",
        f"{name}-MAX_NUM_FORMS": "1000",
    }
    for index, row in enumerate(given):
        values = {"id": "", "ORDER": str(index + 1), "DELETE": "", **row}
        data |= {f"{name}-{index}-{key}": str(value) for key, value in values.items()}
    return data
