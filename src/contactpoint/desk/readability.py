"""How hard a text is to read, by LIX: long sentences and long words, counted the same everywhere.

LIX (C.-H. Björnsson, Läsbarhet, 1968) is the mean number of words in a sentence plus the percentage
of words with more than six letters. It knows no dictionary, so it holds for every language that
puts spaces between words; but languages differ in the length of their words, so the number above
which a text counts as hard is one for each. Those here were found by comparing the same texts in
four languages: `docs/editors/checklist.md` says how.
"""

import re
from dataclasses import dataclass
from typing import Final

FEWEST_WORDS: Final = 60
"""Below this the number says nothing."""
HARD: Final = {"en": 50, "fr": 54, "nl": 54, "de": 55}
"""LIX above which a text for the public should be simpler; other languages count like English."""
_LONG: Final = 6
_WORD: Final = re.compile(r"[^\W\d_]+")
_END: Final = re.compile(r"(?<=[.!?…])[\"'»”’)\]]*\s+(?=[\"'«“„‘(\[]*[^\W_a-z])")
_ABBREVIATED: Final = re.compile(
    r"(?:(?:^|[\s.(])[^\W\d_]|\b(?:art|cf|ca|dr|etc|mr|mrs|ms|nr|no|st|vol|vgl|bzw|abs|ggf|usw|ie|eg|bv|blz|"
    r"p|pp|ex|env|al|approx))\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Score:
    """`lix` is rounded; `longest` is the longest sentence, of `longest_words` words."""

    lix: int
    words: int
    sentences: int
    longest: str
    longest_words: int


def score(text: str) -> Score | None:
    """The score of a text whose paragraphs stand on lines of their own; None where it is short."""
    found = [(sentence, _WORD.findall(sentence)) for sentence in sentences(text)]
    found = [(sentence, words) for sentence, words in found if words]
    words = [word for _sentence, several in found for word in several]
    if len(words) < FEWEST_WORDS:
        return None
    long = sum(len(word) > _LONG for word in words)
    longest, most = max(found, key=lambda one: len(one[1]))
    lix = len(words) / len(found) + 100 * long / len(words)
    return Score(round(lix), len(words), len(found), longest, len(most))


def is_hard(found: Score, language: str) -> bool:
    """Whether a text with this score should be simpler."""
    return found.lix > HARD.get(language, HARD["en"])


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order; a line without a full stop is one too."""
    made: list[str] = []
    for line in text.splitlines():
        begun = ""
        for piece in _END.split(line.strip()):
            begun = f"{begun} {piece}".strip()
            if not _ABBREVIATED.search(begun):
                made.append(begun)
                begun = ""
        if begun:
            made.append(begun)
    return [one for one in made if one]
