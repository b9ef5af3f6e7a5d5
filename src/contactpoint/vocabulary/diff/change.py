"""What a comparison of two versions says: changes, each with its fields before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

Kind = Literal["added", "removed", "renamed", "merged", "split", "deprecated", "moved", "changed"]
# In the order in which they are told; the sentences are for documents and for text output.
KINDS: Final[dict[Kind, str]] = {
    "added": "A concept that was not there before.",
    "removed": "A concept that is gone, without a successor.",
    "renamed": "The same concept under another id: the same address, exact match or labels.",
    "merged": "A concept that took in others, which name it as their successor or left it their "
    "labels.",
    "split": "A concept whose labels now belong to several.",
    "deprecated": "A concept that was given up, though it can still be looked at.",
    "moved": "A concept with other broader concepts than before.",
    "changed": "A concept whose labels, definitions, notes, relations or matches changed.",
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field in one language (empty where the field has none), before and after."""

    field: str
    language: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The change with lists for tuples."""
        return {
            "field": self.field,
            "language": self.language,
            "before": list(self.before),
            "after": list(self.after),
        }


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a concept. `others` are the concepts that take part: the old id of one that
    was renamed, those that were merged into it, those that it was split into, the successor of one
    that was deprecated. `label` is its preferred label, in English where there is one."""

    kind: Kind
    concept: str
    label: str
    others: tuple[str, ...] = ()
    fields: tuple[FieldChange, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The change with lists for tuples."""
        return {
            "kind": self.kind,
            "concept": self.concept,
            "label": self.label,
            "others": list(self.others),
            "fields": [field.as_json() for field in self.fields],
        }


@dataclass(frozen=True, slots=True)
class Diff:
    """Two versions compared. `scheme` holds what changed about the scheme itself; its number alone
    is no change."""

    before: str
    after: str
    changes: tuple[Change, ...] = ()
    scheme: tuple[FieldChange, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.changes or self.scheme)

    def counts(self) -> Mapping[Kind, int]:
        """How many changes there are of each kind that occurs."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in KINDS if found[kind]}

    def as_json(self) -> dict[str, Any]:
        """`{"before", "after", "counts": {…}, "scheme": […], "changes": [{"kind", "concept", …}]}`;
        before and after are the numbers of the versions."""
        return {
            "before": self.before,
            "after": self.after,
            "counts": dict(self.counts()),
            "scheme": [field.as_json() for field in self.scheme],
            "changes": [change.as_json() for change in self.changes],
        }

    def as_text(self) -> str:
        """Lines for a terminal: a heading for each kind, a concept with its fields under it."""
        lines = [f"{self.before or '?'} → {self.after or '?'}"]
        lines += [f"the scheme: {_line(field)}" for field in self.scheme]
        for kind, count in self.counts().items():
            lines += ["", f"{kind} ({count})"]
            for change in self.changes:
                if change.kind == kind:
                    lines.append(f"  {_heading(change)}")
                    lines += [f"    {_line(field)}" for field in change.fields]
        if not self:
            lines.append("Nothing changed.")
        return "\n".join(lines)


_JOINS: Final[dict[Kind, str]] = {
    "renamed": "was",
    "merged": "took in",
    "split": "into",
    "deprecated": "see",
}


def _heading(change: Change) -> str:
    name = change.concept
    if change.label.casefold() != change.concept.replace("-", " "):
        name = f"{change.concept} “{change.label}”"
    if change.others:
        name += f" {_JOINS.get(change.kind, 'with')} {', '.join(change.others)}"
    return name


def _line(field: FieldChange) -> str:
    name = f"{field.field} {field.language}".strip()
    before = "; ".join(field.before) or "–"
    after = "; ".join(field.after) or "–"
    return f"{name}: {before} → {after}"
