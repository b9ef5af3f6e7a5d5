"""Sessions are written so that no database can search them; each has to be opened."""

import json
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Model, QuerySet

from contactpoint.kit.persons.links import Person


def sessions_of(rows: "QuerySet[Model]", person: Person) -> "QuerySet[Model]":
    """Where the person is signed in, or has typed their address."""
    found = [row.pk for row in rows.iterator() if _is_of(row, person)]
    return rows.filter(pk__in=found)


def _is_of(row: Any, person: Person) -> bool:
    held = SessionStore().decode(row.session_data)
    signed_in = person.account is not None and str(held.get(SESSION_KEY)) == str(person.account.pk)
    return signed_in or person.address in json.dumps(held, default=str, ensure_ascii=False).lower()
