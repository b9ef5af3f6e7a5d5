"""What changed between two versions, as pages show it: grouped, named in the reader's language.

Works on the JSON that a version keeps, and on a comparison made just now.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from contactpoint.glossary.models import Concept
from contactpoint.glossary.naming import Named, label_in, named_concept

# In the order in which they are told: heading of the group, and what joins the other concepts.
KINDS: Final[dict[str, tuple[Any, Any]]] = {
    "added": (_("Added"), ""),
    "removed": (_("Removed"), ""),
    "renamed": (_("Renamed"), _("formerly")),
    "merged": (_("Merged"), _("now also stands for")),
    "split": (_("Split"), _("into")),
    "deprecated": (_("Withdrawn"), _("see")),
    "moved": (_("Moved"), ""),
    "changed": (_("Changed"), ""),
}
FIELDS: Final[dict[str, Any]] = {
    "preferred": _("Preferred label"),
    "alternative": _("Alternative labels"),
    "hidden": _("Hidden labels"),
    "definition": _("Definition"),
    "source": _("Source"),
    "scope": _("Scope note"),
    "note": _("Note"),
    "example": _("Example"),
    "editorial": _("Editorial note"),
    "history": _("History note"),
    "change": _("Change note"),
    "broader": _("Broader"),
    "related": _("Related"),
    "exact": _("Exact matches"),
    "close": _("Close matches"),
    "status": _("Status"),
    "successor": _("Successor"),
    "notation": _("Notation"),
    "address": _("Address"),
    "other": _("Other statements"),
}
CONCEPTS: Final = frozenset({"broader", "related", "successor"})
# What readers are not told: spellings that are matched and never shown, and technicalities.
UNSEEN: Final = frozenset({"hidden", "editorial", "address", "other"})
PROSE: Final = frozenset(
    {"definition", "scope", "note", "example", "editorial", "history", "change"}
)
_WORDS: Final = re.compile(r"\s+|[^\W_]+|[\W_]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went (`gone`) or came (`new`)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ToldField:
    """A field in one language; prose as one run of pieces, else one piece a value."""

    name: Any
    language: str
    pieces: list[Piece]
    is_prose: bool


@dataclass(frozen=True, slots=True)
class ToldChange:
    """What happened to a concept; `others` are joined to it by the words of the group."""

    concept: Named
    others: list[Named]
    fields: list[ToldField]


@dataclass(frozen=True, slots=True)
class Group:
    """All changes of a kind."""

    kind: str
    heading: Any
    joined_by: Any
    changes: list[ToldChange]


def groups(
    found: Mapping[str, Any],
    language: str,
    *,
    kind: str = "",
    field_language: str = "",
    with_unseen: bool = False,
) -> list[Group]:
    """The changes of a comparison, by kind; `kind` and `field_language` narrow them.

    A change is left out if nothing of it is left to tell. Costs one query for names.
    """
    changes = [one for one in found.get("changes", ()) if not kind or one["kind"] == kind]
    names = _Names(changes, language)
    told: dict[str, list[ToldChange]] = {}
    for change in changes:
        is_whole = change["kind"] not in {"moved", "changed"}
        fields = [
            told_field(one, names.label)
            for one in change["fields"]
            if (with_unseen or one["field"] not in UNSEEN)
            and (not field_language or one["language"] == field_language)
            and change["kind"] not in {"added", "removed"}
        ]
        if fields or (is_whole and not field_language):
            told.setdefault(change["kind"], []).append(
                ToldChange(
                    names.named(change["concept"], change["label"]),
                    # A former identifier has no name of its own but that of the concept.
                    [
                        named_concept(slug, slug, language)
                        if change["kind"] == "renamed"
                        else names.named(slug)
                        for slug in change["others"]
                    ],
                    fields,
                )
            )
    return [
        Group(name, heading, joined_by, told[name])
        for name, (heading, joined_by) in KINDS.items()
        if name in told
    ]


def languages(found: Mapping[str, Any]) -> list[str]:
    """The languages in which something changed that readers see."""
    return sorted(
        {
            field["language"]
            for change in found.get("changes", ())
            for field in change["fields"]
            if field["language"]
            and field["field"] not in UNSEEN
            and change["kind"] not in {"added", "removed"}
        }
    )


def counted(counts: Mapping[str, int]) -> list[tuple[str, Any, int]]:
    """Kind, its name and how many, for those that occur."""
    return [
        (kind, heading, counts[kind]) for kind, (heading, _) in KINDS.items() if counts.get(kind)
    ]


def told_field(field: Mapping[str, Any], label_of: Any) -> ToldField:
    """A field before and after; `label_of` gives the name of a concept by its identifier."""
    name, before, after = field["field"], list(field["before"]), list(field["after"])
    if name in CONCEPTS:
        before, after = [label_of(slug) for slug in before], [label_of(slug) for slug in after]
    if name == "status":
        labels = dict(Concept.Status.choices)
        before = [str(labels.get(value, value)) for value in before]
        after = [str(labels.get(value, value)) for value in after]
    is_prose = name in PROSE and len(before) == len(after) == 1
    pieces = (
        _prose(before[0], after[0])
        if is_prose
        else [Piece("gone", one) for one in before if one not in after]
        + [Piece("new", one) for one in after if one not in before]
    )
    return ToldField(FIELDS.get(name, name), field["language"], pieces, is_prose)


def _prose(before: str, after: str) -> list[Piece]:
    """Word by word; where little stayed, the old text whole and then the new."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.4:
        return [Piece("gone", before), Piece("new", after)]
    pieces: list[Piece] = []
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[start:end])))
        else:
            pieces += _marked("gone", "".join(old[start:end]))
            pieces += _marked("new", "".join(new[new_start:new_end]))
    return pieces


def _marked(kind: str, text: str) -> list[Piece]:
    """The words alone are marked, not the space around them."""
    words = text.strip()
    if not words:
        return [Piece("same", text)] if kind == "new" and text else []
    before, after = text[: text.index(words)], text[text.index(words) + len(words) :]
    marked = [Piece("same", before), Piece(kind, words), Piece("same", after)]
    return [piece for piece in marked if piece.text]


class _Names:
    """The names of the concepts that a comparison mentions."""

    def __init__(self, changes: Sequence[Mapping[str, Any]], language: str) -> None:
        self.language = language
        self.labels: dict[str, str] = {}
        slugs = set(_mentioned(changes))
        if slugs:
            rows = Concept.objects.filter(slug__in=slugs).annotate(label_text=label_in(language))
            self.labels = dict(rows.values_list("slug", "label_text"))

    def label(self, slug: str) -> str:
        return self.labels.get(slug, slug)

    def named(self, slug: str, label: str = "") -> Named:
        return named_concept(slug, self.labels.get(slug) or label or slug, self.language)


def _mentioned(changes: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for change in changes:
        yield change["concept"]
        yield from change["others"]
        for field in change["fields"]:
            if field["field"] in CONCEPTS:
                yield from field["before"]
                yield from field["after"]
