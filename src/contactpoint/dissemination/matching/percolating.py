"""Each happening is held once against all that is followed, whoever follows it.

What the thing is (its lookups) finds the rules that may hold; of those the other needs are compared
in memory, and only a search that is left is read. So work grows with the rules that nearly hold,
not with all of them. It is asked of the sources what the thing is now and whether everybody may see
it, never of the index.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from contactpoint.dissemination.matching.atoms import QUESTION, value_of, what_of
from contactpoint.dissemination.matching.questions import Questions, Standing
from contactpoint.dissemination.matching.sheets import Sheet
from contactpoint.dissemination.models import Happening, Interest, InterestAtom, Match
from contactpoint.search import engines, sources
from contactpoint.search.engines.base import Engine, UnavailableError
from contactpoint.search.indexing.preparing import prepare
from contactpoint.search.meanings import meanings
from contactpoint.search.models import PinnedThing

log = logging.getLogger(__name__)
LOOKED_UP: Final = 5_000
"""So many lookups go into one query."""
WRITTEN: Final = 2_000


class Percolator:
    """Holds things against rules with one state of the glossary. Searches that were taken apart are
    kept from thing to thing; what stands in the index is asked anew for each `round`."""

    def __init__(self, engine: Engine | None = None) -> None:
        self.words = meanings()
        self._engine = engine or engines.engine()
        self._questions = Questions(self.words, self._engine)
        self._standing = Standing(self._engine)

    def begin_round(self) -> None:
        """Forget what stood in the index."""
        self._standing = Standing(self._engine)

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
        found: list[int] = []
        have = sheet.lookups
        for pk, rule, needs, has_search in _candidates(have):
            # A rule without a search is nothing but its needs.
            if any(have.isdisjoint(need) for need in needs):
                continue
            if not has_search or self._holds(rule, sheet):
                found.append(pk)
        return found

    def _holds(self, rule: Sequence[Sequence[str]], sheet: Sheet) -> bool:
        return all(any(self._meets(atom, sheet) for atom in group) for group in rule)

    def _meets(self, atom: str, sheet: Sheet) -> bool:
        if what_of(atom) != QUESTION:
            return atom in sheet.lookups
        return self._questions.followed(value_of(atom)).lists(sheet, self._standing)


def percolate(happening: Happening, percolator: Percolator | None = None) -> int:
    """Match a happening, once; how many interests it concerns.

    Repeated, or broken off anywhere, it leaves the same rows. Where nobody may see the thing there
    are none, and the happening is forgotten.
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
    there = [one for one in happenings if sheet and _is_told(one, sheet)]
    _match([one for one in happenings if one not in there], None)
    return _match(there, met)


def _is_told(happening: Happening, sheet: Sheet) -> bool:
    """Whether readers see what is said to have happened; a translation may be none yet."""
    is_translation = happening.what == Happening.What.TRANSLATED
    return not is_translation or happening.language in sheet.document.languages


@transaction.atomic
def _match(happenings: Sequence[Happening], interests: Sequence[int] | None) -> int:
    """Write down whom they concern; None: what nobody may see is forgotten."""
    pks = [one.pk for one in happenings]
    if not pks:
        return 0
    if interests is None:
        Happening.objects.filter(pk__in=pks).delete()
        return 0
    Match.objects.bulk_create(
        (Match(happening_id=pk, interest_id=interest) for pk in pks for interest in interests),
        ignore_conflicts=True,
        batch_size=WRITTEN,
    )
    now = timezone.now()
    Happening.objects.filter(pk__in=pks).update(matched_at=now)
    for one in happenings:
        one.matched_at = now
    return len(pks) * len(interests)


def _candidates(lookups: Iterable[str]) -> Iterator[tuple[int, Any, Any, str]]:
    """Interests of which the rarest need is met, each once: key, rule, needs, state of reading."""
    seen: set[int] = set()
    every = sorted(lookups)
    for start in range(0, len(every), LOOKED_UP):
        atoms = (
            InterestAtom.objects.filter(atom__in=every[start : start + LOOKED_UP])
            .order_by()
            .values("interest")
        )
        rows = Interest.objects.filter(pk__in=atoms).order_by()
        for row in rows.values_list("pk", "rule", "needs", "read_with").iterator():
            if row[0] not in seen:
                seen.add(row[0])
                yield row


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
