"""Tells of what is written to many rows at once, which `save` and its signals don't hear of.

A mark that is taken away by `update` has to reach the search in the same transaction as one that is
taken away by `save`. What respondents of a survey write is told to nobody, and costs nothing.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models, transaction

from contactpoint.consultations.signals import answers_changed


class ToldQuerySet(models.QuerySet):
    """Sends `answers_changed` for what it writes of states."""

    of_round: ClassVar[str] = "pk"
    """From a row to its round."""
    of_states: ClassVar[dict[str, Any]] = {}
    """Which rows belong to states."""
    silent: ClassVar[frozenset[str]] = frozenset()
    """Columns of which nothing is shown."""

    def update(self, **kwargs: Any) -> int:
        """Rows are asked for before, since afterwards they may not be found any more."""
        if self.silent.issuperset(kwargs):
            return super().update(**kwargs)
        with transaction.atomic():
            told = self._rounds()
            changed = super().update(**kwargs)
            _tell(told)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Also where it writes over what was there."""
        rows = list(objs)
        with transaction.atomic():
            made = super().bulk_create(rows, *args, **kwargs)
            _tell({round for one in rows if (round := self.round_of(one)) is not None})
        return made

    def _rounds(self) -> set[int]:
        rows = self.order_by().filter(**self.of_states).values_list(self.of_round, flat=True)
        return set(rows.distinct())

    @staticmethod
    def round_of(row: Any) -> int | None:
        """The round of a row that belongs to a state."""
        raise NotImplementedError


class RoundQuerySet(ToldQuerySet):
    """Rounds that states answer."""

    of_states = {"access": "states"}

    @staticmethod
    def round_of(row: Any) -> int | None:
        return row.pk if row.access == "states" else None


class ResponseQuerySet(ToldQuerySet):
    """Responses of states."""

    of_round = "round"
    of_states = {"country__isnull": False}
    silent = frozenset({"revision", "validated_by", "written_by"})

    @staticmethod
    def round_of(row: Any) -> int | None:
        return row.round_id if row.country_id is not None else None


class AnswerQuerySet(ToldQuerySet):
    """Answers of states."""

    of_round = "response__round"
    of_states = {"response__country__isnull": False}

    @staticmethod
    def round_of(row: Any) -> int | None:
        return row.response.round_id if row.response.country_id is not None else None


def _tell(rounds: set[int]) -> None:
    if rounds:
        answers_changed.send(sender=ToldQuerySet, rounds=sorted(rounds))
