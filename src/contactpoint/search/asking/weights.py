"""What counts how much. All numbers of the ranking stand here; `benchmarks/search_quality.py`
says what a change does."""

from typing import Final

TITLE: Final = 2.4
TEXT: Final = 1.0
FILES: Final = 0.4
CONCEPT: Final = 0.9
"""A concept, beside the asker's own words that mean it: always below them."""
PART: Final = 0.5
"""A concept that is only a part of a word."""
ABOUT: Final = 4
"""From this weight on a thing is about a concept; with less it mentions it in passing. One in the
title and the text weighs as much, one that editors gave more."""
KIND: Final = 2.0
"""A thing of the kind that a word of the question names, such as `video`."""
KIND_ALONE: Final = 100.0
"""The same where nothing else is asked for: who types `vacancies` wants to see those first."""
LOOSE: Final = 0.6
"""A word of a concept's name, where the whole name is not there; only among partial answers."""
EXACT_TITLE: Final = 1.5
"""All words in a title, one after the other as they were asked."""
TIE: Final = 0.1
"""What a word counts in further languages than the one in which it counts most."""

OTHER_LANGUAGE: Final = 0.9
"""A thing that the asker can't read in the language of asking."""
OLDEST: Final = 0.85
"""What a very old thing is worth beside one of today, all else being equal."""
HALF_LIFE_DAYS: Final = 3 * 365
CONCEPTS: Final = 0.3
"""Pages of concepts and themes, of which there are many around each word and which answer few
questions, unless the question is about that very concept."""
MEANT: Final = 0.8
"""The page of the very concept that a question is about."""
DEFINED: Final = 2.0
"""The page of a concept, where the question is what that is."""

WINDOW: Final = 100
"""So many of the engine's best are put in order anew; what comes after stays in the engine's."""
FEW: Final = 8
"""With fewer things that answer all of the question, those that answer some of it are shown too."""
MOST_PARTIAL: Final = 10
PIN: Final = 10_000.0
