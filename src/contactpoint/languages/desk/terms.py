"""The glossary's terms in a piece of an original, each with its approved translation."""

from dataclasses import dataclass

from contactpoint.glossary.terms import vocabulary

SCHEME = "glossary"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the original: plain text, or a term and its translation."""

    text: str
    translation: str = ""
    concept: str = ""


def with_terms(text: str, language: str, target: str) -> list[Part]:
    """The text in parts; a term that has no approved label in `target` is plain text."""
    words = vocabulary()
    parts: list[Part] = []
    at = 0
    for mention in words.annotate(text, language, schemes=(SCHEME,)):
        concept = words.concept(mention.concept, SCHEME)
        label = next(
            (
                each.text
                for each in concept.labels
                if each.kind == "preferred" and each.language == target
            ),
            "",
        )
        if mention.start < at or concept.status != "approved" or not label:
            continue
        parts += [Part(text[at : mention.start])] if mention.start > at else []
        parts.append(Part(text[mention.start : mention.end], label, mention.concept))
        at = mention.end
    return [*parts, Part(text[at:])] if at < len(text) else parts
