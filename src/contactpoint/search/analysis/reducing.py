"""The stems that a word could have, by the endings of its language.

No stemmer is good for all of our languages, and many have none. So a word is indexed under every
stem that an ending of its language could leave: `kordony` under *kordon* and, as if it had no
ending, *kordony*. Forms of one word meet in the stem that they share, whatever their paradigms; no
choice between paradigms has to be right. Words that share a wrong stem by chance are few, because a
stem keeps at least three or four letters and must be the same to the letter.
"""

from collections.abc import Iterator
from typing import Final

from contactpoint.search.analysis.rules import Rules

_SHORTEST_AFTER_INITIAL: Final = 3
_SHORTEST_CHANGED: Final = 2
# The rows of the Ethiopic syllabary have eight places each: a consonant with its vowels.
_ETHIOPIC: Final = ("\u1200", "\u135a")
_ROW: Final = 8


def reduced(word: str, rules: Rules) -> Iterator[str]:
    """All stems of a folded word, the word itself (but for its last letters) among them."""
    for begun in _begun(word, rules):
        yield _finished(begun, rules)
        size = len(begun)
        for cut in range(max(rules.minimum, size - rules.longest), size):
            if begun[cut:] in rules.endings:
                yield _finished(begun[:cut], rules)
        short = rules.minimum - 1
        if rules.short and size > short and begun[short:] in rules.short:
            yield _finished(begun[:short], rules)
        if begun in rules.irregular:
            yield _finished(rules.irregular[begun], rules)


def _begun(word: str, rules: Rules) -> Iterator[str]:
    """The word, and what it may be without an article, a preposition or a mutation before it."""
    yield word
    for changed, plain in rules.initial:
        if word.startswith(changed) and len(word) - len(changed) >= _SHORTEST_AFTER_INITIAL:
            yield plain + word[len(changed) :]


def _finished(stem: str, rules: Rules) -> str:
    return changed(_vowelless(stem), rules)


def changed(stem: str, rules: Rules) -> str:
    """The stem with its last letters as they are before any ending."""
    for one, other in rules.final:
        if stem.endswith(one) and len(stem) - len(one) >= _SHORTEST_CHANGED:
            stem = stem[: len(stem) - len(one)] + other
    return stem


def _vowelless(stem: str) -> str:
    """An Ethiopic stem's last syllable as its bare consonant: its vowel belongs to the ending."""
    last = stem[-1:]
    if not _ETHIOPIC[0] <= last <= _ETHIOPIC[1]:
        return stem
    return stem[:-1] + chr(ord(last) - ord(last) % _ROW)
