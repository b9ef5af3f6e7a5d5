"""What harmonising made of the portal's keywords: strings before, concepts after.

Counted are strings as they were written (distinct) and the items in which they are used.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from contactpoint.glossary.models import Concept
from contactpoint.glossary.terms import vocabulary
from contactpoint.glossary.uses import NO_TOPIC, KeywordUse, keyword_uses
from contactpoint.kit.labels import pick

UNKNOWN: Final = "unknown"
WAYS: Final = ("concept", "type", "place", NO_TOPIC, UNKNOWN)
_OPEN: Final = (NO_TOPIC, UNKNOWN)
HEADING: Final = (
    *("keyword", "language", "items", "resolves_to", "concept", "label", "reason", "ambiguous"),
)


@dataclass(slots=True)
class Merged:
    """A concept with the strings that mean it, the most used first."""

    slug: str
    label: str
    strings: list[str] = field(default_factory=list)
    items: int = 0


@dataclass(slots=True)
class Share:
    """Of the strings with one reason or language: how many, how many of them resolved."""

    name: str
    strings: int = 0
    resolved: int = 0
    items: int = 0


@dataclass(slots=True)
class Report:
    """`rows` are all strings; the rest is counted from them."""

    rows: list[tuple[KeywordUse, str, bool]] = field(default_factory=list)
    strings: int = 0
    ways: dict[str, int] = field(default_factory=dict)
    concepts: list[Merged] = field(default_factory=list)
    reasons: list[Share] = field(default_factory=list)
    languages: list[Share] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)
    no_topic: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def resolved(self) -> int:
        """How many strings were taken for something."""
        return self.strings - sum(self.ways[way] for way in _OPEN)

    @property
    def share(self) -> float:
        """The same of all strings, from 0 to 1."""
        return self.resolved / self.strings if self.strings else 0.0

    @property
    def merged(self) -> list[Merged]:
        """The concepts that several strings mean."""
        return [each for each in self.concepts if len(each.strings) > 1]

    def as_json(self) -> dict[str, Any]:
        """All of it; strings in the order of use."""
        return {
            "strings": self.strings,
            "resolved": self.resolved,
            "share": round(self.share, 4),
            "concepts": len(self.concepts),
            "by_kind": self.ways,
            "by_reason": {each.name: each.strings for each in self.reasons},
            "by_language": {
                each.name or "none": {"strings": each.strings, "resolved": each.resolved}
                for each in self.languages
            },
            "merged": [
                {"concept": each.slug, "label": each.label, "strings": each.strings}
                for each in self.merged
            ],
            "ambiguous": self.ambiguous,
            "no_topic": self.no_topic,
            "unknown": self.unknown,
        }

    def as_rows(self) -> Iterator[Sequence[Any]]:
        """A row a string, for a spreadsheet, under a heading."""
        yield HEADING
        for use, label, is_ambiguous in self.rows:
            yield (
                use.keyword,
                use.language,
                use.items,
                use.resolves_to,
                use.concept or "",
                label,
                use.reason,
                "yes" if is_ambiguous else "",
            )


def report(user: Any = None, language: str | None = None) -> Report:
    """The report of what `user` may see (None: everything), with labels in `language`."""
    uses = sorted(keyword_uses(user), key=lambda use: (-use.items, use.keyword, use.language))
    labels = {
        slug: pick(names, language)
        for slug, names in Concept.objects.filter(
            slug__in={use.concept for use in uses if use.concept}
        ).values_list("slug", "labels")
    }
    doubtful = _ambiguous(uses)
    found = Report(
        rows=[
            (use, labels.get(use.concept or "", ""), (use.keyword, use.language) in doubtful)
            for use in uses
        ]
    )
    _count(found, uses, labels)
    found.ambiguous = list(dict.fromkeys(use.keyword for use, _label, is_so in found.rows if is_so))
    return found


def _count(found: Report, uses: Iterable[KeywordUse], labels: dict[str, str]) -> None:
    by_way: defaultdict[str, set[str]] = defaultdict(set)
    merged: dict[str, Merged] = {}
    reasons: dict[str, Share] = {}
    languages: dict[str, Share] = {}
    seen: Counter[tuple[str, str, str]] = Counter()
    for use in uses:
        by_way[use.resolves_to].add(use.keyword)
        if use.concept:
            each = merged.setdefault(use.concept, Merged(use.concept, labels[use.concept]))
            each.items += use.items
            if use.keyword not in each.strings:
                each.strings.append(use.keyword)
        for what, shares, name in (
            ("reason", reasons, use.reason or UNKNOWN),
            ("language", languages, use.language),
        ):
            share = shares.setdefault(name, Share(name))
            share.items += use.items
            if not seen[what, name, use.keyword]:
                share.strings += 1
                share.resolved += use.resolves_to not in _OPEN
            seen[what, name, use.keyword] += 1
    known = set().union(*(by_way[way] for way in WAYS if way not in _OPEN))
    by_way[NO_TOPIC] -= known
    by_way[UNKNOWN] -= known | by_way[NO_TOPIC]
    found.ways = {way: len(by_way[way]) for way in WAYS}
    found.strings = len(known | by_way[NO_TOPIC] | by_way[UNKNOWN])
    found.concepts = sorted(merged.values(), key=lambda each: (-len(each.strings), -each.items))
    found.reasons = sorted(reasons.values(), key=lambda each: -each.strings)
    found.languages = sorted(languages.values(), key=lambda each: -each.strings)
    found.no_topic, found.unknown = (
        list(dict.fromkeys(use.keyword for use in uses if use.keyword in by_way[way]))
        for way in _OPEN
    )


def _ambiguous(uses: Iterable[KeywordUse]) -> set[tuple[str, str]]:
    """Strings that are labels of several concepts as well, so that the language had to decide."""
    words = vocabulary()
    return {
        (use.keyword, use.language)
        for use in uses
        if use.resolves_to not in _OPEN
        and use.reason not in ("decided", "editor", "suggested")
        and (answer := words.harmonise(use.keyword, use.language or None)).concept
        and answer.nearest
    }
