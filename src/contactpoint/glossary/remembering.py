"""The vocabulary with what editors taught it: labels that were learnt from keywords.

A learnt expression of several words is a label like any other. A learnt single word counts only
where it is the whole keyword: an editor who says what the keyword `report` stands for has said
nothing of every text in which that word occurs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from contactpoint.glossary.models import Concept, ConceptLabel
from contactpoint.glossary.models.decisions import key_of
from contactpoint.vocabulary import Annotation, Harmonised, Nearest, Scheme, Vocabulary
from contactpoint.vocabulary.language import function_words
from contactpoint.vocabulary.normalise import tokenise
from contactpoint.vocabulary.reasons import confidence_of

TOPICS: Final = "glossary"
REASON: Final = "hidden"
_SURE: Final = confidence_of(REASON)
_DOUBTFUL: Final = 0.7


@dataclass(frozen=True, slots=True)
class Learnt:
    """A single word that editors taught, in its language, and the concept that it means."""

    text: str
    language: str
    concept: str


def is_for_texts(words: str) -> bool:
    """Whether a learnt label may be looked for in texts: an expression, not a single word."""
    return len(tokenise(words)) > 1


def can_be_learnt(words: str, language: str) -> bool:
    """Whether a keyword says enough to be remembered: not a letter, nor only function words."""
    tokens = tokenise(words)
    small = [language in function_words().get(token.plain, ()) for token in tokens]
    return bool(tokens) and not all(small) and sum(len(token.plain) for token in tokens) > 1


def learnt_words(successors: Mapping[str, str]) -> Mapping[str, Sequence[Learnt]]:
    """The single words that editors taught, by key; those of a concept that was given up mean the
    one of `successors`, by its identifier, that took its place. One query.
    """
    rows = ConceptLabel.objects.filter(learnt=True).values_list(
        "text", "language", "concept__slug", "concept__status"
    )
    found: dict[str, list[Learnt]] = {}
    for text, language, slug, status in rows.order_by("pk"):
        concept = successors.get(slug) if status == Concept.Status.DEPRECATED else slug
        if concept and not is_for_texts(text):
            found.setdefault(key_of(text), []).append(Learnt(text, language, concept))
    return found


class PortalVocabulary(Vocabulary):
    """The compiled schemes, and beside them the learnt words."""

    # One that was loaded from a file knows none until it is told.
    _learnt: Mapping[str, Sequence[Learnt]] = MappingProxyType({})

    def __init__(
        self, schemes: Iterable[Scheme], learnt: Mapping[str, Sequence[Learnt]] | None = None
    ) -> None:
        super().__init__(schemes)
        self.tell(learnt or {})

    def tell(self, learnt: Mapping[str, Sequence[Learnt]]) -> None:
        """Know these learnt words from now on."""
        self._learnt = learnt

    def beside(self, *schemes: Scheme) -> "PortalVocabulary":
        """The same with further schemes, which go behind these; compiled anew."""
        return PortalVocabulary([*self.schemes.values(), *schemes], self._learnt)

    def tell_as(self, other: "PortalVocabulary") -> None:
        """Know the learnt words that another knows."""
        self.tell(other._learnt)

    def harmonise_all(
        self, keywords: Iterable[str], language: str | None = None, *, schemes: Any = None
    ) -> list[Harmonised]:
        """As in `Vocabulary`; where it is not sure, what editors decided goes before."""
        found = super().harmonise_all(keywords, language, schemes=schemes)
        if not self._learnt or (schemes is not None and TOPICS not in schemes):
            return found
        return [self._remembered(one, language) for one in found]

    def learnt_in(self, text: str, language: str | None = None) -> list[Annotation]:
        """The learnt words in a question of a few words, which is a list of keywords."""
        notes = []
        for token in tokenise(text) if self._learnt else ():
            raw = text[token.start : token.end]
            found = self._remembered(self.harmonise(raw, language), language)
            if found.concept and key_of(raw) in self._learnt and found.scheme == TOPICS:
                notes.append(
                    Annotation(
                        concept=found.concept,
                        scheme=TOPICS,
                        label=found.matched_label,
                        start=token.start,
                        end=token.end,
                        text=raw,
                        language=found.language or "",
                        reason=found.reason,
                    )
                )
        return notes

    def _remembered(self, found: Harmonised, language: str | None) -> Harmonised:
        options = self._learnt.get(key_of(found.source), ())
        if not options or found.confidence >= _SURE:
            return found
        spoken = [tag for tag in (language, found.language) if tag]
        best = min(options, key=lambda one: one.language not in spoken)
        others = [one for one in options if one.concept != best.concept]
        is_doubtful = bool(others) and best.language not in spoken
        return replace(
            found,
            scheme=TOPICS,
            concept=best.concept,
            label=self.label(best.concept, "en", TOPICS),
            matched_label=best.text,
            language=best.language,
            confidence=round(_SURE * (_DOUBTFUL if is_doubtful else 1.0), 3),
            reason=REASON,
            nearest=tuple(
                Nearest(one.concept, TOPICS, one.text, _SURE) for one in others if is_doubtful
            ),
        )
