"""Where concepts went that are no longer in use: renamed, merged or split.

A successor that is named counts first. Where none is, the address, an exact match, and then the
labels tell: a concept went where its labels are now and were not before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from contactpoint.vocabulary.model import Scheme, VocabularyConcept

Names = set[tuple[str, str]]


@dataclass(slots=True)
class Moves:
    """Ids by what became of them. `renamed` is old to new, `merged` is the one that stays to those
    that it took in, `split` is the old one to those that share its labels now."""

    renamed: dict[str, str] = field(default_factory=dict)
    merged: dict[str, list[str]] = field(default_factory=dict)
    split: dict[str, list[str]] = field(default_factory=dict)


def moves(before: Scheme, after: Scheme) -> Moves:
    """Follow every concept that was in use before and is not now, and every label that left."""
    traces = _Traces(before, after)
    found = Moves()
    sources: dict[str, list[str]] = defaultdict(list)
    for slug in traces.gone:
        targets = traces.heirs(slug)
        if len(targets) > 1:
            found.split[slug] = targets
        elif targets:
            sources[targets[0]].append(slug)
    for target, slugs in sorted(sources.items()):
        same = [slug for slug in slugs if traces.is_same(slug, target)]
        if target in traces.new and len(slugs) == 1:
            if same:
                found.renamed[slugs[0]] = target
        else:
            found.merged[target] = slugs
    for slug in traces.kept:
        parts = traces.parts(slug)
        if parts:
            found.split[slug] = [slug, *parts]
    found.split = dict(sorted(found.split.items()))
    return found


class _Traces:
    def __init__(self, before: Scheme, after: Scheme) -> None:
        self.before, self.after = before.concepts, after.concepts
        self.gone = sorted(
            slug
            for slug, concept in self.before.items()
            if concept.status != "deprecated" and not _in_use(self.after, slug)
        )
        self.kept = sorted(
            slug
            for slug, concept in self.before.items()
            if concept.status != "deprecated" and _in_use(self.after, slug)
        )
        self.new = {slug for slug in self.after if slug not in self.before}
        self.names_before = {slug: _names(one) for slug, one in self.before.items()}
        self.names_after = {slug: _names(one) for slug, one in self.after.items()}
        self.at_address: dict[str, list[str]] = defaultdict(list)
        self.at_match: dict[str, list[str]] = defaultdict(list)
        self.holders: dict[tuple[str, str], list[str]] = defaultdict(list)
        for slug, concept in sorted(self.after.items()):
            if concept.status == "deprecated":
                continue
            for name in self.names_after[slug]:
                self.holders[name].append(slug)
            if slug in self.new:
                self.at_address[concept.uri].append(slug)
                for address in concept.exact_matches:
                    self.at_match[address].append(slug)

    def heirs(self, slug: str) -> list[str]:
        """The concepts in use that took the place of one that is not."""
        old = self.before[slug]
        now = self.after.get(slug)
        named = now.replaced_by if now is not None else old.replaced_by
        if named:
            return [named] if named in self.after and named != slug else []
        if old.uri and self.at_address[old.uri]:
            return self.at_address[old.uri][:1]
        matched = sorted({one for uri in old.exact_matches for one in self.at_match[uri]})
        if len(matched) == 1:
            return matched
        return self._by_labels(slug)

    def _by_labels(self, slug: str) -> list[str]:
        """Those that bear now, and did not before, a preferred label of the old concept or at least
        half of its labels."""
        taken: dict[str, int] = defaultdict(int)
        names = self.names_before[slug]
        for name in names:
            for holder in self.holders[name]:
                if holder != slug and name not in self.names_before.get(holder, ()):
                    taken[holder] += 1
        preferred = _preferred(self.before[slug])
        return sorted(
            holder
            for holder, count in taken.items()
            if 2 * count >= len(names) or preferred & self.names_after[holder]
        )

    def is_same(self, slug: str, target: str) -> bool:
        """Whether the new concept is the old one under another id, not just its successor."""
        old, new = self.before[slug], self.after[target]
        return bool(
            (old.uri and old.uri == new.uri)
            or set(old.exact_matches) & set(new.exact_matches)
            or _preferred(old) & self.names_after[target]
        )

    def parts(self, slug: str) -> list[str]:
        """The new concepts that took a label of one that stays as their preferred label."""
        left = self.names_before[slug] - self.names_after[slug]
        return sorted(
            {
                holder
                for name in left
                for holder in self.holders[name]
                if holder in self.new and name in _preferred(self.after[holder])
            }
        )


def _in_use(concepts: Mapping[str, VocabularyConcept], slug: str) -> bool:
    concept = concepts.get(slug)
    return concept is not None and concept.status != "deprecated"


def _names(concept: VocabularyConcept) -> Names:
    """What readers call the concept, by language, whatever the capitals."""
    return {
        (label.language, label.text.casefold())
        for label in concept.labels
        if label.kind != "hidden"
    }


def _preferred(concept: VocabularyConcept) -> Names:
    return {
        (label.language, label.text.casefold())
        for label in concept.labels
        if label.kind == "preferred"
    }
