"""Which concepts a text is about, and what a typed keyword means: for the forms of the admin.

The one vocabulary answers; here its answers become what an editor reads and what is stored.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from wagtail.fields import StreamField

from contactpoint.glossary.explaining import explain
from contactpoint.glossary.models import Concept
from contactpoint.glossary.terms import vocabulary
from contactpoint.kit.labels import pick
from contactpoint.vocabulary import Harmonised, Suggestion

MOST: Final = 10
LONGEST_TITLE: Final = 500
LONGEST_TEXT: Final = 100_000
_MOST_WORDS: Final = 3
_RESOLVES: Final = {"glossary": "concept", "kinds": "type", "places": "place"}


@dataclass(frozen=True, slots=True)
class Suggested:
    """A concept for a text: `evidence` are the words that speak for it, `why` says how."""

    pk: int
    slug: str
    label: str
    broader: str
    score: float
    evidence: list[str]
    times: int
    reason: str
    why: str

    def as_json(self) -> dict[str, Any]:
        """What the script gets."""
        return asdict(self)


def suggested(
    title: str, text: str, language: str, *, chosen: Collection[int] = (), limit: int = MOST
) -> list[Suggested]:
    """At most `limit` concepts of a text in `language` that are not among `chosen` (keys)."""
    title, text = title[:LONGEST_TITLE], text[:LONGEST_TEXT]
    if not (title or text).strip():
        return []
    terms = vocabulary()
    found = terms.suggest(
        text, limit + len(chosen) + MOST, language, title=title, schemes=["glossary"]
    )
    reasons = {
        (part, one.concept, one.start): one.reason
        for part, content in (("title", title), ("text", text))
        for one in terms.annotate(content, language, schemes=["glossary"])
    }
    rows = {
        row.slug: row
        for row in Concept.objects.filter(slug__in=[one.concept for one in found])
        .exclude(status=Concept.Status.DEPRECATED)
        .exclude(pk__in=chosen)
        .prefetch_related("broader")
    }
    return [_suggested(one, rows[one.concept], reasons) for one in found if one.concept in rows][
        :limit
    ]


def _suggested(
    one: Suggestion, row: Concept, reasons: dict[tuple[str, str, int], str]
) -> Suggested:
    first = one.evidence[0]
    reason = reasons.get((first.field, one.concept, first.start), "")
    words = list(dict.fromkeys(span.text for span in one.evidence))
    return Suggested(
        pk=row.pk,
        slug=row.slug,
        label=row.label,
        broader=", ".join(pick(above.labels) for above in row.broader.all()),
        score=one.score,
        evidence=words[:_MOST_WORDS],
        times=len(one.evidence),
        reason=reason,
        why=explain(reason),
    )


def text_of(page: Any) -> str:
    """Teaser and body of a page as plain text."""
    body = next(
        (field for field in page._meta.get_fields() if isinstance(field, StreamField)), None
    )
    parts = [getattr(page, "teaser", "")]
    if body is not None:
        value = body.value_from_object(page)
        parts += body.stream_block.get_searchable_content(value)
    return "\n".join(str(part) for part in parts if part)


def harmonise_rows(rows: Sequence[Any], language: str) -> None:
    """Fill in what the keywords of classification rows mean; a string without a meaning stays."""
    for row, found in zip(
        rows, vocabulary().harmonise_all([row.keyword for row in rows], language), strict=True
    ):
        resolve(row, found)


def resolve(row: Any, found: Harmonised) -> None:
    """Store an answer of the vocabulary in a classification row."""
    concept = None
    if found.scheme == "glossary" and found.concept:
        concept = Concept.objects.filter(slug=found.concept).first()
    row.concept = concept
    row.language = found.language or ""
    row.confidence = found.confidence
    row.reason = found.reason
    row.resolves_to = _RESOLVES.get(found.scheme or "", "unknown")


def keys_of(values: Iterable[Any]) -> set[int]:
    """The numbers among values that came from outside."""
    return {int(value) for value in values if str(value).isdigit() and len(str(value)) < 19}
