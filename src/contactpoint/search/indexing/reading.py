"""With which state of the glossary texts are read: when it changes, every text may mean more."""

import hashlib
from typing import Final

from contactpoint.vocabulary import Vocabulary

FORM: Final = 5
"""Counts up with every change of what is indexed: an index of an older form is built anew."""

_known: tuple[Vocabulary, str] | None = None


def state_of(vocabulary: Vocabulary) -> str:
    """The same for two states of the schemes by which texts and facets come out the same.

    Names and what is broader count, definitions and notes don't.
    """
    global _known  # noqa: PLW0603 — one vocabulary a process
    current = _known
    if current is None or current[0] is not vocabulary:
        digest = hashlib.blake2b(digest_size=16)
        for scheme in vocabulary.schemes.values():
            for concept in scheme.concepts.values():
                said = (
                    scheme.id,
                    concept.id,
                    concept.status,
                    concept.replaced_by,
                    sorted(concept.broader),
                    sorted(
                        (one.language, one.kind, one.variant, one.text) for one in concept.labels
                    ),
                )
                digest.update(repr(said).encode())
        current = _known = (vocabulary, digest.hexdigest())
    return current[1]
