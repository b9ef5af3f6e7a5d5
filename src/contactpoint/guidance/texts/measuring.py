"""How plain a text is: the length of its sentences, and LIX where that means something.

LIX (Björnsson, 1968) is the mean number of words in a sentence plus the percentage of words longer
than six letters. It was made for languages in Latin letters; Cyrillic ones read alike. Where words
are written otherwise (Arabic and Ethiopic letters), and where one word holds what others say in
four (Turkish, and Somali with its articles behind the noun), only the length of sentences is told.

`static/guidance/plain.js` counts the same while an editor types; a test holds both together.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from contactpoint.guidance.texts.blocks import Block, spoken

LIX_TARGET: Final = 35
WORDS_TARGET: Final = 12
LONGEST: Final = 20
"""Words in a sentence from which on an editor is asked to part it."""
WITHOUT_LIX: Final = frozenset(
    ["ar", "fa", "ps", "ti", "am", "ur", "zh", "tr", "so", "az", "ka", "ku", "sw", "rw", "ln"]
)
_END: Final = re.compile(r"(?<=[.!?…؟۔።፧:;؛])[»”\"')]*\s+|\n+")
_WORD: Final = re.compile("\\w[\\w'’\\-\u200c\u064b-\u065f\u0670]*")
"""The joiner of Persian and the vowel signs of Arabic part no word."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that is too long, and where it stands."""

    block: str
    words: int
    text: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted of a text."""

    words: int
    sentences: int
    long_words: int
    too_long: tuple[Sentence, ...]
    has_lix: bool = True

    @property
    def per_sentence(self) -> float:
        """The mean number of words in a sentence."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def lix(self) -> int | None:
        """LIX, rounded; None where it means nothing."""
        if not self.words or not self.has_lix:
            return None
        return int(self.per_sentence + 100 * self.long_words / self.words + 0.5)

    @property
    def is_plain(self) -> bool:
        """Whether the targets are met."""
        return self.per_sentence <= WORDS_TARGET and (self.lix or 0) <= LIX_TARGET


def measured(blocks: Iterable[Block], language: str) -> Measure:
    """The measure of what is read: headings and the names of hard words left out."""
    words = sentences = long_words = 0
    too_long = []
    for block in blocks:
        if block.kind == "heading":
            continue
        text = (
            spoken(Block(block.id, text=block.word[1])) if block.kind == "word" else spoken(block)
        )
        for sentence in filter(None, map(str.strip, _END.split(text))):
            found = _WORD.findall(sentence)
            if not found:
                continue
            words += len(found)
            sentences += 1
            long_words += sum(len(word) > 6 for word in found)
            if len(found) > LONGEST:
                too_long.append(Sentence(block.id, len(found), sentence))
    return Measure(words, sentences, long_words, tuple(too_long), language not in WITHOUT_LIX)
