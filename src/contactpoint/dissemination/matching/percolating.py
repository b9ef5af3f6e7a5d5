"""Each happening is held once against all that is followed, whoever follows it.

What the thing is (its lookups) tells which rules have all they need (`standing_rules`); of those
only a search is read. It is asked of the sources what the thing is now and whether everybody may
see it, never of the index.
"""

import json
import logging
import time
from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from contactpoint.dissemination.matching.atoms import QUESTION, value_of, what_of
from contactpoint.dissemination.matching.happenings import set_aside
from contactpoint.dissemination.matching.questions import Questions, Standing
from contactpoint.dissemination.matching.sheets import Sheet
from contactpoint.dissemination.matching.standing_rules import Groups, StandingRules
from contactpoint.dissemination.matching.translations import leave_for_later, parted
from contactpoint.dissemination.models import Happening, Interest, Match
from contactpoint.search import engines, sources
from contactpoint.search.engines.base import Engine, UnavailableError
from contactpoint.search.indexing.preparing import prepare
from contactpoint.search.meanings import meanings
from contactpoint.search.models import PinnedThing

log = logging.getLogger(__name__)
WRITTEN: Final = 5_000
"""So many matches by one statement."""


class Percolator:
    """Holds things against rules with one state of the glossary. Rules and searches that were
    taken apart are kept from thing to thing; what is followed and what stands in the index is asked
    anew for each round."""

    def __init__(self, engine: Engine | None = None) -> None:
        self.words = meanings()
        self._engine = engine or engines.engine()
        self._questions = Questions(self.words, self._engine)
        self._standing = Standing(self._engine)
        self._rules: StandingRules | None = None
        self._cold: list[str] = []

    def begin_round(self) -> None:
        """Forget what stood in the index, hear what is followed since."""
        self._standing = Standing(self._engine)
        if self._rules is not None:
            self._rules.refresh()

    def warm(self, seconds: float) -> bool:
        """Take searches apart before a thing asks for it, for so long; whether some are left."""
        end = time.monotonic() + seconds
        if not self._cold:
            self._cold = self._questions.unknown(
                value_of(atom)
                for groups in self.rules.searches.values()
                for group in groups
                for atom in group
                if what_of(atom) == QUESTION
            )
        while self._cold and time.monotonic() < end:
            self._questions.followed(self._cold.pop()).compose(self._standing)
        return bool(self._cold)

    @property
    def rules(self) -> StandingRules:
        """All that is followed; read when it is first asked for."""
        if self._rules is None:
            self._rules = StandingRules()
            self._rules.refresh()
        return self._rules

    def sheet(self, thing: str) -> Sheet | None:
        """The thing as any reader may see it now; None where none may."""
        found = sources.documents([thing])
        if not found:
            return None
        return Sheet(prepare(found[0], self.words), self.words, _pinned(thing))

    def met(self, sheet: Sheet) -> list[int]:
        """The primary keys of the interests whose rules hold for a thing.

        Raises `UnavailableError` where a search has to be read and the index is away.
        """
        searches = self.rules.searches
        return [
            pk
            for pk in self.rules.met(sheet.lookups)
            if pk not in searches or self._holds(searches[pk], sheet)
        ]

    def _holds(self, rule: Groups, sheet: Sheet) -> bool:
        return all(any(self._meets(atom, sheet) for atom in group) for group in rule)

    def _meets(self, atom: str, sheet: Sheet) -> bool:
        if what_of(atom) != QUESTION:
            return atom in sheet.lookups
        return self._questions.followed(value_of(atom)).lists(sheet, self._standing)


def percolate(happening: Happening, percolator: Percolator | None = None) -> int:
    """Match a happening, once; how many interests it concerns.

    Repeated, or broken off anywhere, it leaves the same rows. Where nobody may see the thing there
    are none, and the happening is set aside until it is opened, or forgotten.
    """
    return percolate_all([happening], percolator or Percolator())


def percolate_all(happenings: Iterable[Happening], percolator: Percolator) -> int:
    """The same for several; of those of one thing it is read once."""
    by_thing: dict[str, list[Happening]] = {}
    for one in happenings:
        by_thing.setdefault(one.thing, []).append(one)
    return sum(_percolated(thing, several, percolator) for thing, several in by_thing.items())


def _percolated(thing: str, happenings: Sequence[Happening], percolator: Percolator) -> int:
    try:
        sheet = percolator.sheet(thing)
        met = percolator.met(sheet) if sheet else []
    except (UnavailableError, DatabaseError):
        raise
    except Exception:
        # One thing that nobody can read must not keep the others waiting.
        log.exception("%s can't be matched, and nobody is told of it.", thing)
        return _match(happenings, [])
    with transaction.atomic():
        languages = None if sheet is None else sheet.document.languages
        seen, hidden = parted(happenings, languages)
        for one in seen:
            leave_for_later(one, languages or ())
        _hidden(hidden)
        return _match(seen, met)


def _hidden(happenings: Sequence[Happening]) -> None:
    """Set aside what may be opened; the rest is forgotten."""
    if not happenings:
        return
    rows = Happening.objects.filter(pk__in=[one.pk for one in happenings])
    set_aside(rows)
    rows.filter(matched_at=None).delete()


@transaction.atomic
def _match(happenings: Sequence[Happening], interests: Sequence[int]) -> int:
    """Write down whom they concern."""
    pks = [one.pk for one in happenings]
    if not pks:
        return 0
    for pk in pks:
        for start in range(0, len(interests), WRITTEN):
            _write(pk, interests[start : start + WRITTEN])
    now = timezone.now()
    Happening.objects.filter(pk__in=pks).update(matched_at=now)
    for one in happenings:
        one.matched_at = now
    return len(pks) * len(interests)


def _write(happening: int, interests: Sequence[int]) -> None:
    """One statement, by numbers alone: what nobody follows any more, or stands there, is passed
    over."""
    is_postgresql = connection.vendor == "postgresql"
    some = "= ANY(%s)" if is_postgresql else "IN (SELECT value FROM json_each(%s))"
    given: Any = list(interests) if is_postgresql else json.dumps(interests)
    names = [connection.ops.quote_name(one._meta.db_table) for one in (Match, Interest)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {names[0]} (happening_id, interest_id)"  # noqa: S608 — names of tables
            f" SELECT %s, id FROM {names[1]} WHERE id {some} ON CONFLICT DO NOTHING",
            [happening, given],
        )


def _pinned(thing: str) -> list[tuple[str, str]]:
    """The questions for which editors put a thing first, with the reader's language or none."""
    source, _sign, own = thing.partition(":")
    if source == "concept":
        is_it = Q(concept__slug=own)
    elif _is_uuid(own):
        is_it = Q(page__translation_key=own)
    else:
        return []
    is_valid = Q(pin__until=None) | Q(pin__until__gte=timezone.localdate())
    rows = PinnedThing.objects.filter(is_it & is_valid).order_by()
    return list(rows.values_list("pin__folded", "pin__language"))


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
