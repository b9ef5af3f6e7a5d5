"""Terms of the glossary that a question has but for a slip of the keyboard.

Only of words that stand in no text as they are written, and mean nothing: whatever stands somewhere
may be meant. That a stem stands there is no matter: *gezinsherenniging* has that of a word, and so
is it none that a part is a term: *gezinshereneging* has that of a family. What is understood so is
shown as such, and other spellings are offered beside it.

The harmoniser believes but few slips, for it writes down what a keyword means. A question may go
further, as long as no dictionary has the word and only one term is as near (`_only_term`).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from contactpoint.glossary.remembering import PortalVocabulary
from contactpoint.search.asking.composing import Composer
from contactpoint.search.asking.doubting import unwritten
from contactpoint.search.asking.results import Guess
from contactpoint.search.asking.spelling import near_words, replaced
from contactpoint.search.asking.syntax import Item
from contactpoint.search.asking.understanding import SCHEME, SLIP, Question
from contactpoint.search.dictionaries import LANGUAGES, is_word
from contactpoint.vocabulary.annotate import Annotation

MOST_WORDS: Final = 4
SHORTEST: Final = 5
"""Letters of a word that may be a term but for a slip."""
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
        else:
            found += _only_term(question, item, composer, words)
    return found


def _only_term(
    question: Question, item: Item, composer: Composer, words: PortalVocabulary
) -> list[Annotation]:
    """The term that stands there with one of the nearest words in the place of one that no
    dictionary has; nothing where that may be another term as well, or a name."""
    spoken = [language for language in question.written_in if language in LANGUAGES]
    word = item.words[0]
    is_told_apart = len(item.words) == 1 and len(word) >= SHORTEST and word.isalpha()
    if not (spoken and is_told_apart) or _may_be_a_name(question, item, spoken):
        return []
    found = [
        one for one in near_words(composer.engine, word, composer, words) if one.language in spoken
    ]
    least = min((one.distance for one in found), default=0)
    notes: dict[str, Annotation] = {}
    for one in found:
        if one.distance == least:
            text = replaced(question.text, [(item, one.text)])
            longer = len(text) - len(question.text)
            for note in words.annotate(text, one.language, schemes=(SCHEME,)):
                if note.start <= item.start and item.end + longer <= note.end:
                    end = note.end - longer
                    written = question.text[note.start : end]
                    notes.setdefault(
                        note.concept, note._replace(end=end, text=written, reason=SLIP)
                    )
    is_word_there = any(
        is_word(spelling, language)
        for language in spoken
        for spelling in (item.text.lower(), item.text.capitalize())
    )
    return list(notes.values()) if len(notes) == 1 and not is_word_there else []


def _may_be_a_name(question: Question, item: Item, spoken: Sequence[str]) -> bool:
    """A capital within a question, where nouns have none: *Mr Visar* asks for no visas."""
    is_within = bool(question.text[: item.start].strip())
    return is_within and item.text.istitle() and "de" not in spoken


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
