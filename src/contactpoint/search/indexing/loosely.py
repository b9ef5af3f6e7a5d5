"""Titles that have the words of a label, in another form or order than the annotator accepts.

The annotator is strict, for it links terms: `turbine` is no form of a label `turbines`, nor
`reunification of families` one of `family reunification`. A reader who asks with these words in the
language of the title finds them, because words are looked for as stems, one by one. So that a
reader of another language finds them too, the title counts as a weak mention of the concept.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from contactpoint.search.analysis import forms, plain_words, stems
from contactpoint.vocabulary import VocabularyConcept, fold
from contactpoint.vocabulary.language import function_words
from contactpoint.vocabulary.tables import false_friends

# Languages whose endings live by their accents.
_ACCENTS_TELL: Final = frozenset(["fr"])
_KINDS: Final = frozenset(["preferred", "alternative"])


class _Label(NamedTuple):
    """The words of a label of the concept, and what each is indexed as."""

    concept: str
    words: tuple[str, ...]
    forms: tuple[frozenset[str], ...]


class LooseLabels:
    """Labels by their stems; each language is prepared when it is met.

    Hidden labels are left out: many are words that a concept is only filed under.
    """

    def __init__(self, concepts: Mapping[str, VocabularyConcept]) -> None:
        """`concepts` by what they are called in the index."""
        self._concepts = concepts
        self._by_language: dict[str, Mapping[str, list[_Label]]] = {}

    def mentioned(self, title: str, language: str) -> set[str]:
        """Concepts of which some label has all its words in the title."""
        known = self._by_language.get(language)
        if known is None:
            known = self._by_language[language] = self._prepared(language)
        if not known:
            return set()
        written: dict[str, str] = {}
        for word in plain_words(title):
            # What looks like a form of a label and is none: Dutch *gelden* is no money.
            if fold(word) not in _as_written():
                for token in stems([word], language):
                    written.setdefault(token, word)
        return {
            label.concept
            for token in written
            for label in known.get(token, ())
            if not any(map(written.keys().isdisjoint, label.forms))
            and (language not in _ACCENTS_TELL or _accents_fit(label, written))
        }

    def _prepared(self, language: str) -> Mapping[str, list[_Label]]:
        """Labels under each form of their longest word, which is likely the rarest."""
        found: defaultdict[str, list[_Label]] = defaultdict(list)
        for name, concept in self._concepts.items():
            bags = {
                _telling(label.text, language)
                for label in concept.labels
                if label.language == language and label.kind in _KINDS
            }
            for words in bags - {()}:
                label = _Label(
                    name, words, tuple(frozenset(forms(word, language)) for word in words)
                )
                for form in label.forms[words.index(max(words, key=len))]:
                    found[form].append(label)
        return dict(found)


def _accents_fit(label: _Label, written: Mapping[str, str]) -> bool:
    """`traite` is no form of `traité`: what differs by an accent only is another word."""
    return all(
        any(
            all(one == two or fold(one) != fold(two) for one, two in zip(word, other, strict=False))
            for other in map(written.get, forms_of_it & written.keys())
            if other is not None
        )
        for word, forms_of_it in zip(label.words, label.forms, strict=True)
    )


def _telling(label: str, language: str) -> tuple[str, ...]:
    """The words of a label but those that only hold it together; `D` in `visa D` does not.

    None of a label that needs such a word: `Recht auf` is a right, `Recht` is law as often.
    """
    small = _small(language)
    capitals = {word.casefold() for word in label.split() if word.isupper()}
    words = [word for word in plain_words(label) if word not in small or word in capitals]
    needs_small = len(words) == 1 and len(plain_words(label)) > 1
    return () if needs_small else tuple(dict.fromkeys(words))


@cache
def _small(language: str) -> frozenset[str]:
    return frozenset(word for word, spoken in function_words().items() if language in spoken)


@cache
def _as_written() -> frozenset[str]:
    return frozenset(fold(word) for words in false_friends()["words"].values() for word in words)
