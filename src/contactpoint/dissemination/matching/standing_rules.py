"""All that is followed, in the memory of the process that matches: which rules a thing may meet is
told by a few sums over arrays, not by reading rows.

Many rules need the same (Belgium, or one of three themes), so a need is kept once, by the lookups
that meet it, and a rule is the numbers of its needs. A hundred thousand rules are some megabytes.
"""

import hashlib
from array import array
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from django.db.models import Count, Max, QuerySet

from contactpoint.dissemination.matching.sheets import ALWAYS
from contactpoint.dissemination.models import Interest

AT_ONCE: Final = 500
"""Rows that are asked for by their numbers; of more all are read."""
Groups = Sequence[Sequence[str]]


class StandingRules:
    """`refresh` takes in what was followed or forgotten since; rules that were read anew with
    another glossary want another `StandingRules`."""

    def __init__(self) -> None:
        self.searches: dict[int, Groups] = {}
        """Rules that need more than their needs: a search has to be read."""
        self._seen: tuple[int | None, int] = (None, 0)
        self._needs: dict[bytes, int] = {}
        self._met_by: dict[str, array[int]] = {}
        self._rules: dict[int, tuple[int, ...]] = {}
        self._arranged: tuple[Any, Any, Any] | None = None

    def __len__(self) -> int:
        """How many rules."""
        return len(self._rules)

    def refresh(self) -> None:
        """One query where nothing has changed."""
        said = Interest.objects.aggregate(newest=Max("pk"), number=Count("pk"))
        seen = (said["newest"], said["number"])
        if seen == self._seen:
            return
        there = set(Interest.objects.values_list("pk", flat=True))
        for gone in self._rules.keys() - there:
            del self._rules[gone]
            self.searches.pop(gone, None)
        self._take_in(sorted(there - self._rules.keys()))
        self._seen, self._arranged = seen, None

    def met(self, lookups: Iterable[str]) -> list[int]:
        """The numbers of the rules of which a thing with these lookups meets every need."""
        if not self._rules:
            return []
        pks, flat, starts = self._arrays()
        hits: array[int] = array("i")
        known = self._met_by
        for lookup in lookups:
            found = known.get(lookup)
            if found is not None:
                hits.extend(found)
        is_met = np.zeros(len(self._needs), dtype=bool)
        is_met[np.frombuffer(hits, dtype=np.intc)] = True
        holds = np.logical_and.reduceat(is_met[flat], starts)
        found_pks: list[int] = pks[holds].tolist()
        return found_pks

    def _arrays(self) -> tuple[Any, Any, Any]:
        if self._arranged is None:
            sizes = np.fromiter(map(len, self._rules.values()), dtype=np.int64)
            every = (need for needs in self._rules.values() for need in needs)
            self._arranged = (
                np.fromiter(self._rules, dtype=np.int64),
                np.fromiter(every, dtype=np.int32),
                np.concatenate(([0], np.cumsum(sizes)[:-1])),
            )
        return self._arranged

    def _take_in(self, new: Sequence[int]) -> None:
        wanted = set(new)
        parts: list[QuerySet[Interest]] = [Interest.objects.all()]
        if len(new) <= AT_ONCE:
            parts = [Interest.objects.filter(pk__in=new)]
        for rows in parts:
            for pk, needs in rows.order_by().values_list("pk", "needs").iterator():
                if pk in wanted:
                    # A rule that needs nothing is met by everything.
                    self._rules[pk] = tuple(map(self._need, needs)) or (self._need([ALWAYS]),)
            searches = rows.exclude(read_with="").order_by()
            for pk, rule in searches.values_list("pk", "rule").iterator():
                if pk in self._rules:
                    self.searches[pk] = rule

    def _need(self, lookups: Sequence[str]) -> int:
        """The number of a need; one without lookups is met by nothing."""
        text = "\0".join(lookups)
        key = hashlib.blake2b(text.encode(), digest_size=16).digest()
        number = self._needs.get(key)
        if number is None:
            number = self._needs[key] = len(self._needs)
            for lookup in lookups:
                self._met_by.setdefault(lookup, array("i")).append(number)
        return number
