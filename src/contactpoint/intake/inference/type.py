"""Which kind of output an item is, and by what that was recognised."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from contactpoint.intake.inference.sentences import sentences, shorten
from contactpoint.intake.inference.terms import Terms
from contactpoint.intake.phrases import phrases
from contactpoint.outputs.models import Publication
from contactpoint.outputs.models.output import Kind

DEFAULT: Final = "news-item"
_READ: Final = 4
_SURE: Final = 0.7
_PUBLICATION_TYPES: Final = (
    ("inform", Publication.Type.EMN_INFORM),
    ("ad-hoc query", Publication.Type.AD_HOC_QUERY_COMPILATION),
    ("factsheet", Publication.Type.COUNTRY_FACTSHEET),
    ("quarterly", Publication.Type.QUARTERLY),
    ("study", Publication.Type.STUDY),
    ("studie", Publication.Type.STUDY),
    ("étude", Publication.Type.STUDY),
    ("survey", Publication.Type.STUDY),
)


@dataclass(frozen=True, slots=True)
class TypeFound:
    """`reason` is source, keyword, text or default; `evidence` the words that it rests on;
    `told_in` the sentence that tells of a film, where it isn't the first."""

    type: str
    reason: str
    evidence: str = ""
    publication_type: str = ""
    told_in: str = ""


def type_of(text: str, language: str, keywords: Sequence[tuple[str, str]]) -> TypeFound:
    """`keywords` are pairs of a kind of output and the keyword that names it; the first decides.

    Else the opening sentences of the cleaned `text` do: each is held against the rules of the
    language, and the first rule that holds anywhere wins, in the order of `data/phrases.toml`.
    An event that is over is still an event; its date says so.
    """
    opening = [part.text for part in sentences(text, language)][:_READ]
    for kind, keyword in keywords:
        evidence = _evidence(opening, language, kind)
        return _found(kind, "keyword", keyword, evidence[2] if evidence else "")
    evidence = _evidence(opening, language)
    return _found(evidence[0], "text", *evidence[1:]) if evidence else TypeFound(DEFAULT, "default")


def kind_of(said: str, language: str, terms: Terms) -> TypeFound | None:
    """The kind that a source's own word for it names; none where it names no kind of ours."""
    if said in Kind.values:
        return _found(said, "source", said)
    if not said:
        return None
    found = terms.vocabulary.harmonise_all([said], language, schemes=["kinds"])[0]
    if found.concept and found.confidence >= _SURE:
        return _found(found.concept, "source", said)
    return None


def _evidence(
    opening: Sequence[str], language: str, wanted: str = ""
) -> tuple[str, str, str] | None:
    """Kind, words and the sentence they stand in (empty for the first)."""
    for kind, pattern in phrases(language).evidence:
        if wanted in ("", kind):
            for position, part in enumerate(opening):
                match = pattern.search(part)
                if match:
                    return kind, match.group(), part if position else ""
    return None


def _found(kind: str, reason: str, evidence: str, told_in: str = "") -> TypeFound:
    publication_type = ""
    if kind == "publication":
        words = evidence.lower()
        publication_type = next(
            (str(value) for word, value in _PUBLICATION_TYPES if word in words),
            str(Publication.Type.REPORT),
        )
    told_in = told_in if kind == "video" else ""
    return TypeFound(kind, reason, shorten(evidence, 90), publication_type, told_in)
