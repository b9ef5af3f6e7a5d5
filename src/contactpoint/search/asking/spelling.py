"""What the asker may have meant: said, offered, and never put in the place of what was written."""

from collections.abc import Iterable
from typing import Final

from contactpoint.search.asking.composing import Composer
from contactpoint.search.asking.results import Correction
from contactpoint.search.asking.syntax import Item
from contactpoint.search.asking.understanding import Question
from contactpoint.search.engines.base import Engine

SHORTEST: Final = 4
MOST: Final = 3
LOOKED_AT: Final = 8
SHORT: Final = 5


def corrections(engine: Engine, question: Question, composer: Composer) -> list[Correction]:
    """Questions with near words in the place of words that stand nowhere; the likeliest first."""
    doubted = [
        item
        for unit in question.units
        # What only a part means, or what has a slip in it, is understood and doubted all the same.
        if not any(one.whole and not one.guessed for one in unit.concepts)
        for item in unit.items
        if item.kind == "word"
        and len(item.words[0]) >= SHORTEST
        and not item.words[0].isdigit()
        and composer.is_nowhere(item)
    ]
    if not doubted:
        return []
    nearest = {item: _near(engine, item.words[0]) for item in doubted}
    if not any(nearest.values()):
        return []
    made: list[Correction] = []
    for rank in range(MOST):
        chosen = {item: near[min(rank, len(near) - 1)][0] for item, near in nearest.items() if near}
        correction = Correction(_replaced(question.text, chosen.items()), tuple(chosen.values()))
        if correction not in made:
            made.append(correction)
    return made


def _near(engine: Engine, word: str) -> list[tuple[str, int]]:
    """Words that may be meant; the first letter of a short one is hardly ever the wrong one."""
    near = engine.similar("surface", word, LOOKED_AT)
    if len(word) <= SHORT:
        near = [one for one in near if one[0][0] == word[0]]
    return near[:MOST]


def _replaced(text: str, chosen: Iterable[tuple[Item, str]]) -> str:
    for item, word in sorted(chosen, key=lambda one: -one[0].start):
        text = f"{text[: item.start]}{word}{text[item.end :]}"
    return text
