"""What changed between two versions of a vocabulary.

Every id that is new is told once, as added or renamed; every id that is gone once, as removed,
renamed, merged or split. A concept that stays may be told several times: moved, and changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contactpoint.vocabulary.diff.change import KINDS, Change, Diff, FieldChange, Kind
from contactpoint.vocabulary.diff.fields import (
    FIELDS,
    Values,
    changed_fields,
    scheme_values,
    values_of,
)
from contactpoint.vocabulary.diff.moves import Moves, moves
from contactpoint.vocabulary.model import Scheme, VocabularyConcept

__all__ = ["FIELDS", "KINDS", "Change", "Diff", "FieldChange", "Kind", "diff"]


def diff(before: Scheme, after: Scheme) -> Diff:
    """Compare two versions of a scheme. The order is that of `KINDS`, then of the ids; the order
    of labels or concepts within a scheme means nothing."""
    found = _Comparison(before, after)
    changes = sorted(found.changes(), key=lambda one: (list(KINDS).index(one.kind), one.concept))
    return Diff(
        before=before.version,
        after=after.version,
        changes=tuple(changes),
        scheme=changed_fields(scheme_values(before), scheme_values(after)),
    )


class _Comparison:
    def __init__(self, before: Scheme, after: Scheme) -> None:
        self.before, self.after = before.concepts, after.concepts
        self.moves: Moves = moves(before, after)
        self.values_before = values_of(before, self.moves.renamed)
        self.values_after = values_of(after, self.moves.renamed)

    def changes(self) -> Iterator[Change]:
        told = self.moves
        origin = {new: old for old, new in told.renamed.items()}
        swallowed = {slug for slugs in told.merged.values() for slug in slugs}
        for old, new in told.renamed.items():
            yield Change("renamed", new, self.after[new].label(), (old,), self._fields(old, new))
        for target, slugs in told.merged.items():
            yield Change("merged", target, self.after[target].label(), tuple(slugs))
        for slug, targets in told.split.items():
            yield Change("split", slug, self.before[slug].label(), tuple(targets))
        for slug, concept in self.after.items():
            if slug not in self.before and slug not in origin:
                yield Change("added", slug, concept.label(), fields=self._fields("", slug))
        for slug, concept in self.before.items():
            has_gone_elsewhere = slug in told.renamed or slug in swallowed or slug in told.split
            if slug not in self.after:
                if not has_gone_elsewhere:
                    yield Change("removed", slug, concept.label(), fields=self._fields(slug, ""))
            else:
                yield from self._of_kept(concept, self.after[slug], has_gone_elsewhere)

    def _of_kept(
        self, before: VocabularyConcept, after: VocabularyConcept, has_gone_elsewhere: bool
    ) -> Iterator[Change]:
        slug, label = after.id, after.label()
        fields = self._fields(slug, slug)
        if after.status == "deprecated" != before.status:
            if not has_gone_elsewhere:
                others = (after.replaced_by,) if after.replaced_by else ()
                fields = tuple(one for one in fields if one.field not in {"status", "successor"})
                yield Change("deprecated", slug, label, others, fields)
            return
        moved = tuple(one for one in fields if one.field == "broader")
        if moved:
            yield Change("moved", slug, label, fields=moved)
        rest = tuple(one for one in fields if one.field != "broader")
        if rest:
            yield Change("changed", slug, label, fields=rest)

    def _fields(self, old: str, new: str) -> tuple[FieldChange, ...]:
        nothing: Mapping[tuple[str, str], tuple[str, ...]] = {}
        before: Values = self.values_before.get(old, nothing)
        after: Values = self.values_after.get(new, nothing)
        return changed_fields(before, after)
