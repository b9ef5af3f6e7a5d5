"""Lists of an older portal: what each person was told is taken over from what was noted for all."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from earlier_tables import as_it_was, forward

from contactpoint.events.models import Registration

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("events", "0004_calendars_with_filters")]


@pytest.fixture
def old() -> Iterator[Any]:
    with as_it_was(BEFORE) as apps:
        yield apps


def test_each_is_told_what_was_noted_but_for_mails_that_are_unsent_and_quiet_ends(old: Any) -> None:
    lists = old.get_model("events", "EventRegister").objects
    people = old.get_model("events", "Registration").objects
    moved = lists.create(
        key=uuid4(), sequence=2, before={"online": False}, known={"online": True, "is_gone": False}
    )
    quiet = lists.create(key=uuid4(), known={"is_gone": True, "is_untold": True})
    for held, name in ((moved, "told"), (moved, "unsent"), (quiet, "quiet")):
        people.create(register=held, email=f"{name}@example.org", status="place", ticket=name)
    old.get_model("events", "Notice").objects.create(
        registration=people.get(ticket="unsent"), kind="moved", sequence=2
    )
    forward()
    assert dict(Registration.objects.values_list("ticket", "told")) == {
        "told": {"online": True, "is_gone": False},
        "unsent": {"online": False},
        "quiet": {"is_gone": False},
    }
