"""What the review list's template shows of an item, in the words of the active language."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from contactpoint.glossary.explaining import explain
from contactpoint.intake.models import ImportedItem
from contactpoint.intake.problems import ProblemSaid, say
from contactpoint.outputs.models.output import Kind

Labels = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class KeywordSaid:
    """A keyword, what it was taken for, and why."""

    source: str
    meaning: str
    kind: str
    language: str
    reason: str
    confidence: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the list; `alike` are titles and keys of pages that may be the same."""

    item: ImportedItem
    kind: str
    kind_reason: str
    themes: list[str]
    keywords: list[KeywordSaid]
    institutions: list[str]
    countries: list[str]
    problems: list[ProblemSaid]
    alike: list[tuple[str, int]]
    waits: bool
    is_edited: bool

    @property
    def found(self) -> Mapping[str, Any]:
        """The inferred fields."""
        return self.item.inferred

    @classmethod
    def of(cls, item: ImportedItem, labels: Labels, theirs: Collection[int | None]) -> "Entry":
        """`theirs` are pages that editors have worked on since they were made."""
        found = item.inferred
        named = {
            name: [labels.get(name, {}).get(key, key) for key in found[name]]
            for name in ("themes", "institutions", "countries")
        }
        return cls(
            item=item,
            kind=str(Kind(found["type"]).label),
            kind_reason=_kind_reason(found),
            keywords=[_keyword(keyword) for keyword in found["keywords"]],
            problems=[say(problem) for problem in item.problems],
            alike=[
                (problem["detail"]["title"], problem["detail"]["page"])
                for problem in item.problems
                if problem["detail"].get("page")
            ],
            waits=item.status in (ImportedItem.Status.PENDING, ImportedItem.Status.CHANGED),
            is_edited=item.page_id in theirs,
            **named,
        )


def entries(
    items: Sequence[ImportedItem], labels: Labels, theirs: Collection[int | None]
) -> list[Entry]:
    """One for each item; asks the database nothing."""
    return [Entry.of(item, labels, theirs) for item in items]


def _kind_reason(found: Mapping[str, Any]) -> str:
    if found["type_reason"] == "source":
        return _("because the source calls it “%(words)s”") % {"words": found["type_evidence"]}
    if found["type_reason"] == "keyword":
        return _("because of the keyword “%(words)s”") % {"words": found["type_evidence"]}
    if found["type_reason"] == "text":
        return _("because the text says “%(words)s”") % {"words": found["type_evidence"]}
    return _("because nothing tells of another type")


def _keyword(keyword: Mapping[str, Any]) -> KeywordSaid:
    kinds = {
        "concept": "",
        "type": _("type"),
        "place": _("place"),
        "unknown": "",
    }
    return KeywordSaid(
        source=keyword["source"],
        meaning=keyword["label"] or keyword["concept"] or _("not known"),
        kind=kinds[keyword["resolves_to"]],
        language=keyword["language"] or "",
        reason=explain(keyword["reason"]),
        confidence=round(keyword["confidence"] * 100),
    )
