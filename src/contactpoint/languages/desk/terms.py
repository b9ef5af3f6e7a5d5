"""The glossary's terms in a piece of an original, each with its approved translation."""

from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from contactpoint.glossary.terms import vocabulary
from contactpoint.vocabulary import Annotation, VocabularyConcept, fold
from contactpoint.vocabulary.inflection import inflections
from contactpoint.vocabulary.normalise import HYPHENS

SCHEME = "glossary"
_APART: Final = str.maketrans(dict.fromkeys(HYPHENS, " "))


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the original: plain text, or a term and its translation."""

    text: str
    translation: str = ""
    concept: str = ""


def with_terms(text: str, language: str, target: str) -> list[Part]:
    """The text in parts; a term that has no approved label in `target` is plain text.

    So is a word that only leads to the concept: a guardian is not called as guardianship is.
    """
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
        if _is_another_word(mention, concept):
            continue
        parts += [Part(text[at : mention.start])] if mention.start > at else []
        parts.append(Part(text[mention.start : mention.end], label, mention.concept))
        at = mention.end
    return [*parts, Part(text[at:])] if at < len(text) else parts


def _is_another_word(mention: Annotation, concept: VocabularyConcept) -> bool:
    """Whether what stands in the text is neither a label that readers see nor a form of one."""
    labels = [each for each in concept.labels if each.language == mention.language]
    if any(each.text == mention.label and each.kind != "hidden" for each in labels):
        return False
    seen = [each.text for each in labels if each.kind != "hidden"]
    return not any(_are_forms(mention.label, text, mention.language) for text in seen)


def _are_forms(one: str, other: str, language: str) -> bool:
    """Whether the expressions differ by nothing but endings and hyphens."""
    pairs = list(zip_longest(_words(one), _words(other), fillvalue=""))
    return "".join(_words(one)) == "".join(_words(other)) or all(
        _is_inflected(word, label, language) for word, label in pairs
    )


def _words(text: str) -> list[str]:
    return fold(text).translate(_APART).split()


def _is_inflected(word: str, other: str, language: str) -> bool:
    rules = inflections().get(language)
    if word == other or rules is None:
        return word == other
    return any(
        word[:end] == other[:end] and rules.share_paradigm(word[end:], other[end:])
        for end in range(rules.minimum, min(len(word), len(other)) + 1)
    )
