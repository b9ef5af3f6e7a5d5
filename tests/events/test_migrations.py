"""Lists of an older portal: what each person was told is taken over from what was noted for all."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from contactpoint.events.models import Registration

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("events", "0004_calendars_with_filters")]


def moved_to(targets: Any) -> Any:
    """The tables as they were at that time, and the models of then."""
    MigrationExecutor(connection).migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.fixture
def old() -> Iterator[Any]:
    """The models of before; afterwards all is as it is now, whatever happened."""
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        yield moved_to(BEFORE)
    finally:
        moved_to(newest)


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
    moved_to(MigrationExecutor(connection).loader.graph.leaf_nodes())
    assert dict(Registration.objects.values_list("ticket", "told")) == {
        "told": {"online": True, "is_gone": False},
        "unsent": {"online": False},
        "quiet": {"is_gone": False},
    }
