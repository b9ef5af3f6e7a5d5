"""Which notes of the annotator count in a question: terms, places, kinds, and everyday words.

Terms and names are read in all languages. An everyday word is one only in a language of the
question: the asker's, or the one that the question is detected to be of. *LOI* is a law in French
and a reception place in Dutch, *pays* a country in French alone.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from contactpoint.glossary.remembering import PortalVocabulary
from contactpoint.search.asked import ASKED, meant_by
from contactpoint.search.asking.spelt import spelt_in, without_parts
from contactpoint.search.meanings import GLOSSARY, KINDS, OF_QUESTIONS, WORDS
from contactpoint.vocabulary.annotate import Annotation

_NAMING: Final = tuple(scheme for scheme in OF_QUESTIONS if scheme != WORDS)


def notes_in(
    words: PortalVocabulary, text: str, language: str, slips: Sequence[Annotation] = ()
) -> list[Annotation]:
    """What the words of a question mean, in its order, the widest first; `slips` go before."""
    spoken = _spoken(words, text, language)
    named = words.annotate(text, schemes=_NAMING) or words.annotate(text, language, schemes=_NAMING)
    named = [note for note in named if led_to(note)[0] != WORDS]
    everyday: list[Annotation] = []
    for one in spoken:
        found = words.annotate(text, one, schemes=(WORDS,))
        asked = words.annotate(text, one, schemes=(ASKED,))
        found += [note for note in asked if led_to(note)[0] == WORDS]
        everyday += [note for note in _widest(found) if not _across(note, everyday)]
    notes = _together(named, everyday, language)
    taken = [(note.start, note.end) for note in notes]
    notes += [
        note
        for note in words.learnt_in(text, language)
        if not any(start <= note.start < end for start, end in taken)
    ]
    spelt = [*slips, *spelt_in(words, text, language, [*notes, *slips])]
    notes = [*without_parts(notes, spelt), *spelt]
    return sorted(notes, key=lambda note: (note.start, -note.end))


def led_to(note: Annotation) -> tuple[str, str]:
    """The scheme and the identifier of what a note means."""
    return meant_by(note.concept) if note.scheme == ASKED else (note.scheme, note.concept)


def _spoken(words: PortalVocabulary, text: str, language: str) -> list[str]:
    """The languages of a question, the surer first: of several words it is the one detected."""
    detected = words.detect(text) or language
    both = (detected, language) if len(text.split()) > 1 else (language, detected)
    return list(dict.fromkeys(both))


def _together(
    named: Sequence[Annotation], everyday: Sequence[Annotation], language: str
) -> list[Annotation]:
    """Both, without those that others go before: the wider ones, and of what is as wide the name.

    What asks for a kind of thing is a word as well: `jobs` are vacancies, and what texts on work
    are about. A term of the glossary is no part of a word of another language than the asker's.
    """
    kept = []
    for note in everyday:
        others = _across(note, named)
        is_foreign = note.language != language and GLOSSARY in (led_to(one)[0] for one in others)
        if not is_foreign and all(
            _wide(one) < _wide(note) or (_span(one) == _span(note) and led_to(one)[0] == KINDS)
            for one in others
        ):
            kept.append(note)
    return [*(one for one in named if one in _widest([one, *kept])), *kept]


def _widest(notes: Sequence[Annotation]) -> list[Annotation]:
    """The notes without those that share a letter with a wider one."""
    return [
        note for note in notes if not any(_wide(note) < _wide(one) for one in _across(note, notes))
    ]


def _across(note: Annotation, others: Iterable[Annotation]) -> list[Annotation]:
    """Those of the others that share a letter with it."""
    return [one for one in others if one.start < note.end and note.start < one.end]


def _span(note: Annotation) -> tuple[int, int]:
    return note.start, note.end


def _wide(note: Annotation) -> int:
    return note.end - note.start
