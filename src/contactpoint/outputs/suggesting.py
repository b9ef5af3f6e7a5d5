"""Which concepts a text is about, and what a typed keyword means: for the forms of the admin.

The one vocabulary answers; here its answers become what an editor reads and what is stored.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from wagtail.fields import StreamField
from wagtail.models import Page

from contactpoint.glossary.explaining import explain
from contactpoint.glossary.models import Concept
from contactpoint.glossary.paths import Hierarchy
from contactpoint.glossary.terms import vocabulary
from contactpoint.glossary.weighing import Opinions, opinions, said, weighed
from contactpoint.vocabulary import Harmonised, Span, Suggestion

SHOWN: Final = "suggestions-shown"
REFUSED: Final = "refused"
MOST: Final = 10
LONGEST_TITLE: Final = 500
LONGEST_TEXT: Final = 100_000
_MOST_WORDS: Final = 3
_MOST_QUOTES: Final = 2
_MOST_REMEMBERED: Final = 8
_AROUND: Final = 60
_RESOLVES: Final = {"glossary": "concept", "kinds": "type", "places": "place"}


@dataclass(frozen=True, slots=True)
class Quote:
    """A mention with what stands around it; `field` is `title` or `text`."""

    before: str
    words: str
    after: str
    field: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """A concept for a text: `evidence` are the words that speak for it, `quotes` the first of them
    where they stand, `why` says how, `said` what editors decided on them before; `path` is the way
    down to the concept."""

    pk: int
    slug: str
    label: str
    broader: str
    path: list[str]
    score: float
    evidence: list[str]
    quotes: list[Quote]
    times: int
    reason: str
    why: str
    said: str

    def as_json(self) -> dict[str, Any]:
        """What the script gets."""
        return asdict(self)


def suggested(
    title: str,
    text: str,
    language: str,
    *,
    chosen: Collection[int] = (),
    refused: Collection[int] = (),
    limit: int = MOST,
) -> list[Suggested]:
    """At most `limit` concepts of a text in `language` that are not among `chosen` and `refused`
    (keys). What editors decided on the same words before moves a concept up or down."""
    title, text = title[:LONGEST_TITLE], text[:LONGEST_TEXT]
    if not (title or text).strip():
        return []
    terms = vocabulary()
    left_out = {*chosen, *refused}
    found = terms.suggest(
        text, limit + len(left_out) + MOST, language, title=title, schemes=["glossary"]
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
        .exclude(pk__in=left_out)
    }
    usable = [one for one in found if one.concept in rows]
    known = opinions(list(rows), language)
    scores = {
        one.concept: weighed(one.score, one.concept, (span.text for span in one.evidence), known)
        for one in usable
    }
    best = sorted(usable, key=lambda one: -scores[one.concept])[:limit]
    reading = _Reading({"title": title, "text": text}, reasons, known)
    if best:
        reading.hierarchy = Hierarchy.load()
    return [_suggested(one, rows[one.concept], scores[one.concept], reading) for one in best]


@dataclass(slots=True)
class _Reading:
    """What the text says, why its words were taken for concepts, and what was decided on them."""

    texts: Mapping[str, str]
    reasons: Mapping[tuple[str, str, int], str]
    known: Opinions
    hierarchy: Hierarchy = field(default_factory=Hierarchy)


def _suggested(one: Suggestion, row: Concept, score: float, reading: _Reading) -> Suggested:
    first = one.evidence[0] if one.evidence else None
    reason = reading.reasons.get((first.field, one.concept, first.start), "") if first else ""
    hierarchy = reading.hierarchy
    return Suggested(
        pk=row.pk,
        slug=row.slug,
        label=row.label,
        broader=", ".join(
            hierarchy.labels[above] for above in sorted(hierarchy.broader.get(row.pk, ()))
        ),
        path=[step.label for step in hierarchy.path(row.pk)],
        score=score,
        evidence=list(dict.fromkeys(span.text for span in one.evidence))[:_MOST_WORDS],
        quotes=[quote(reading.texts[span.field], span) for span in one.evidence[:_MOST_QUOTES]],
        times=len(one.evidence),
        reason=reason,
        why=explain(reason) if reason else "",
        said=said(one.concept, (span.text for span in one.evidence), reading.known),
    )


def quote(text: str, span: Span) -> Quote:
    """The words with their neighbours in the same paragraph, cut between words."""
    before = text[max(0, span.start - _AROUND) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + _AROUND].partition("\n")[0]
    if len(before) == _AROUND:
        before = f"… {before.partition(' ')[2]}"
    if len(after) == _AROUND:
        after = f"{after.rpartition(' ')[0]} …"
    return Quote(before, text[span.start : span.end], after, span.field)


def evidence_of(
    title: str, text: str, language: str, concepts: Collection[int]
) -> dict[int, list[str]]:
    """The words of a text that speak for each of some concepts, by the concepts' keys."""
    title, text = title[:LONGEST_TITLE], text[:LONGEST_TEXT]
    slugs = dict(Concept.objects.filter(pk__in=concepts).values_list("slug", "pk"))
    words: dict[int, dict[str, None]] = {pk: {} for pk in slugs.values()}
    for content in (title, text):
        for one in vocabulary().annotate(content, language, schemes=["glossary"]):
            if one.concept in slugs:
                words[slugs[one.concept]].setdefault(one.text)
    return {pk: list(each)[:_MOST_REMEMBERED] for pk, each in words.items()}


def subject_of(page: Page) -> str:
    """The name of a page among decisions: `outputs.newsitem:123`."""
    return f"{page._meta.label_lower}:{page.pk}"


def text_of(page: Any) -> str:
    """Teaser and body of a page as plain text."""
    body = next((one for one in page._meta.get_fields() if isinstance(one, StreamField)), None)
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
