"""Terms of the glossary that a question has but for a slip of the keyboard.

Only of words that stand in no text as they are written, and mean nothing: whatever stands somewhere
may be meant. That a stem stands there is no matter: *gezinsherenniging* has that of a word. What is
understood so is shown as such, and other spellings are offered beside it.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from contactpoint.glossary.remembering import PortalVocabulary
from contactpoint.search.asking.composing import Composer
from contactpoint.search.asking.doubting import unwritten
from contactpoint.search.asking.results import Guess
from contactpoint.search.asking.syntax import Item
from contactpoint.search.asking.understanding import SCHEME, SLIP, Question
from contactpoint.vocabulary.annotate import Annotation

MOST_WORDS: Final = 4
MOST_DOUBTED: Final = 3
"""Comparing a word with all names takes some milliseconds."""


def slips(question: Question, composer: Composer, words: PortalVocabulary) -> list[Annotation]:
    """Notes for what `understand` should read the question with instead."""
    found: list[Annotation] = []
    items = [item for unit in question.units for item in unit.items]
    open_items = [
        item
        for unit in question.units
        if not any(one.whole for one in unit.concepts)
        for item in unit.items
    ]
    not_written = unwritten(open_items, composer)
    doubted = [item for item in open_items if item in not_written]
    for item in doubted[:MOST_DOUBTED]:
        if any(note.start <= item.start < note.end for note in found):
            continue
        for start, end in _stretches(question.text, items, items.index(item)):
            said = words.harmonise(question.text[start:end], question.language, schemes=(SCHEME,))
            if said.concept and said.reason == SLIP:
                found.append(
                    Annotation(
                        concept=said.concept, scheme=SCHEME, label=said.matched_label, start=start,
                        end=end, text=question.text[start:end], language=said.language or "",
                        reason=SLIP,
                    )
                )  # fmt: skip
                break
    return found


def guesses(question: Question, composer: Composer, words: PortalVocabulary) -> list[Guess]:
    """Words that stand nowhere of which a part is understood, as what no chip shows."""
    return [
        Guess(
            item.text,
            list(
                dict.fromkeys(
                    words.label(one.slug, question.language, one.scheme) for one in unit.concepts
                )
            ),
        )
        for unit in question.units
        for item in unit.items
        if unit.concepts
        and not any(one.whole or one.scheme == SCHEME for one in unit.concepts)
        and composer.is_nowhere(item)
    ]


def _stretches(text: str, items: Sequence[Item], place: int) -> Iterator[tuple[int, int]]:
    """Places of up to four words in a row with the one at `place` among them, the longest first."""
    for size in range(MOST_WORDS, 0, -1):
        for first in range(max(0, place - size + 1), min(place, len(items) - size) + 1):
            row = items[first : first + size]
            gaps = [text[one.end : other.start] for one, other in pairwise(row)]
            if all(item.kind == "word" for item in row) and all(gap in (" ", "-") for gap in gaps):
                yield row[0].start, row[-1].end
