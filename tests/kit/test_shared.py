"""What all processes share is what would be read now, whoever was held up, killed or took back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from contactpoint.kit import changes, shared
from contactpoint.kit.changes import EVERYTHING
from contactpoint.kit.generations import Generations
from contactpoint.kit.shared import Shared


class Row:
    """What stands in the database, and how often it was read."""

    def __init__(self) -> None:
        self.value, self.read = "old", 0

    def __call__(self) -> str:
        self.read += 1
        return self.value


@pytest.fixture
def numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Generations]:
    """Those of a process in which changes are told."""
    told = Generations(tmp_path / "generations")
    monkeypatch.setattr(changes, "_opened", [told])
    monkeypatch.setattr(changes, "_watching", [True])
    yield told
    told.close()


@pytest.mark.django_db(transaction=True)
def test_it_is_read_once_until_it_changes() -> None:
    row, kept = Row(), Shared("a", 60)
    assert [kept.get("en", row) for _time in range(3)] == ["old"] * 3
    assert row.read == 1
    row.value = "new"
    kept.forget()
    assert [kept.get("en", row) for _time in range(3)] == ["new"] * 3
    assert row.read == 2


@pytest.mark.django_db(transaction=True)
def test_who_read_before_a_change_and_keeps_after_it_gives_nobody_the_old_state() -> None:
    row, kept = Row(), Shared("a", 60)

    def slowly() -> str:
        found = row()
        row.value = "new"
        kept.forget()
        return found

    assert kept.get("en", slowly) == "old"
    assert kept.get("en", row) == "new"


@pytest.mark.django_db(transaction=True)
def test_who_reads_between_the_change_and_its_commit_keeps_nothing_for_later() -> None:
    row, kept = Row(), Shared("a", 60)
    with transaction.atomic():
        kept.forget()
        assert kept.get("en", row) == "old"  # another process, which sees no commit yet
        row.value = "new"
    assert kept.get("en", row) == "new"


@pytest.mark.django_db(transaction=True)
def test_a_change_whose_process_is_killed_after_its_commit_is_seen_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row, kept = Row(), Shared("a", 60)
    monkeypatch.setattr(shared, "LONGEST", 0)
    monkeypatch.setattr(transaction, "on_commit", lambda function: None)
    kept.forget()
    kept.get("en", row)
    row.value = "new"
    cache.delete("a.mark")  # its time is over
    assert kept.get("en", row) == "new"


@pytest.mark.django_db(transaction=True)
def test_where_changes_are_told_one_past_the_models_counts_too(numbers: Generations) -> None:
    row, kept, alone = Row(), Shared("a", 60), Shared("b", 60, by_numbers=False)
    assert [kept.get("en", row), kept.get("en", row), alone.get("en", row)] == ["old"] * 3
    assert row.read == 2
    row.value = "new"
    numbers.changed([EVERYTHING])
    assert [kept.get("en", row), alone.get("en", row)] == ["new", "old"]


@pytest.mark.django_db(transaction=True)
def test_what_is_read_during_a_commit_or_in_a_transaction_is_not_kept(
    numbers: Generations,
) -> None:
    row, kept = Row(), Shared("a", 60)
    with numbers.change([EVERYTHING]):
        assert [kept.get("en", row) for _time in range(2)] == ["old", "old"]
    with transaction.atomic():
        kept.get("en", row)
        assert connection.in_atomic_block
    row.value = "new"
    assert kept.get("en", row) == "new"
    assert row.read == 4


def test_nothing_at_all_is_kept_as_well() -> None:
    asked = []
    for _time in range(2):
        assert Shared("a", 60).get("en", lambda: asked.append(1)) is None
    assert asked == [1]
