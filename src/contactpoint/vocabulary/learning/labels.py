"""The labels of all schemes in one language, by the keys of their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contactpoint.vocabulary.learning.postings import Floats, Numbers, Postings, postings
from contactpoint.vocabulary.learning.words import FORM, WordKeys, plain_of, stopwords, words_of
from contactpoint.vocabulary.model import Scheme

_QUALIFIER: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_FORM_SHARE: Final = 0.25
_MOST_SEEN: Final = 1 << 17
PREFERRED: Final = 1
QUALIFIED: Final = 2


@dataclass(frozen=True, slots=True)
class LabelTable:
    """Labels of one language. `by_key` lists for the number of a key (`numbers`) the labels that
    have it and how much that says; `mass` is what all words of a label say together."""

    language: str
    keys: WordKeys
    numbers: dict[str, int]
    by_key: Postings
    concepts: Numbers
    mass: Floats
    lengths: Numbers
    kinds: NDArray[np.uint8]
    is_form: NDArray[np.bool_]
    seen: dict[str, tuple[str, tuple[int, ...]] | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def look_up(self, raw: str) -> tuple[str, tuple[int, ...]] | None:
        """Plain form of a word as it is written and the numbers of those keys of it that labels
        have; `None` for a word that says nothing. Remembered."""
        if len(self.seen) > _MOST_SEEN:
            self.seen.clear()
        plain = plain_of(raw)
        answer = None
        if plain not in stopwords(self.language):
            keys = (self.numbers.get(key) for key in self.keys.keys(plain))
            answer = plain, tuple(key for key in keys if key is not None)
        self.seen[raw] = answer
        return answer


@dataclass(frozen=True, slots=True)
class _Label:
    concept: int
    words: tuple[str, ...]
    kinds: int


def concepts_of(schemes: Iterable[Scheme]) -> list[tuple[str, str]]:
    """(scheme, id) of every concept that may be suggested: what is deprecated may not."""
    return [
        (scheme.id, concept.id)
        for scheme in schemes
        for concept in scheme.concepts.values()
        if concept.status != "deprecated"
    ]


def label_table(
    schemes: Sequence[Scheme], numbers: dict[tuple[str, str], int], language: str
) -> LabelTable:
    """Compile the labels of `language`; `numbers` are those of `concepts_of`."""
    labels = list(_labels(schemes, numbers, language))
    keys = WordKeys.with_parts(language, {word for label in labels for word in label.words})
    key_numbers: dict[str, int] = {}
    rows: list[int] = []
    targets: list[int] = []
    for place, label in enumerate(labels):
        for key in {key for word in label.words for key in keys.keys(word)}:
            rows.append(key_numbers.setdefault(key, len(key_numbers)))
            targets.append(place)
    row_array = np.array(rows, np.int64)
    counts = np.bincount(row_array, minlength=len(key_numbers))
    share = np.array([_FORM_SHARE if key[0] == FORM else 1 - _FORM_SHARE for key in key_numbers])
    worth = share * np.log((len(labels) + 1) / np.maximum(counts, 1)) if labels else share
    weights = worth[row_array] if len(row_array) else np.zeros(0)
    target_array = np.array(targets, np.int64)
    return LabelTable(
        language,
        keys,
        key_numbers,
        postings(row_array, target_array, weights, len(key_numbers)),
        np.array([label.concept for label in labels], np.int32),
        np.bincount(target_array, weights, minlength=len(labels)).astype(np.float32),
        np.array([len(label.words) for label in labels], np.int32),
        np.array([label.kinds for label in labels], np.uint8),
        np.array([key[0] == FORM for key in key_numbers], bool),
    )


def _labels(
    schemes: Sequence[Scheme], numbers: dict[tuple[str, str], int], language: str
) -> Iterable[_Label]:
    """Each label once, and without what its brackets add."""
    for scheme in schemes:
        for concept in scheme.concepts.values():
            target = concept.id if concept.status != "deprecated" else concept.replaced_by
            number = numbers.get((scheme.id, target))
            if number is None:
                continue
            seen: set[tuple[str, ...]] = set()
            for label in concept.labels:
                if label.language.partition("-")[0] != language:
                    continue
                bare = _QUALIFIER.sub("", label.text) or label.text
                for text in (bare, label.text):
                    words = tuple(word.plain for word in words_of(text, language))
                    if words and words not in seen:
                        seen.add(words)
                        kinds = PREFERRED * (label.kind == "preferred")
                        kinds += QUALIFIED * (text != bare)
                        yield _Label(number, words, kinds)
