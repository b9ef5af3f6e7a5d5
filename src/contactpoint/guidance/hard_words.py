"""Words of a text that its readers may not know, each with what an editor may say instead.

Three sources: the list of the language (`hard_lists/<language>.toml`, a plainer word for each), the
glossary (its definition, to be put in plain words), and the length of words where that tells
something. What a block of the kind `word` explains is not hard any more.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

from contactpoint.glossary.naming import concept_url
from contactpoint.glossary.scheme import SCHEME_ID
from contactpoint.glossary.terms import vocabulary
from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.texts.blocks import Block, spoken
from contactpoint.guidance.texts.measuring import WITHOUT_LIX
from contactpoint.vocabulary import VocabularyConcept

FOLDER: Final = Path(__file__).parent / "hard_lists"
LONG: Final = {"de": 18, "nl": 17}
"""Letters from which a word is long: where words are written together, more."""
LONG_ELSEWHERE: Final = 13
_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class Hard:
    """A word as the text first has it, and the blocks where it stands. `plainer` is from the list,
    `meaning` the glossary's, `meaning_language` where that isn't the text's language."""

    text: str
    plainer: str = ""
    meaning: str = ""
    meaning_language: str = ""
    url: str = ""
    blocks: list[str] = field(default_factory=list)


@cache
def listed(language: str) -> dict[str, str]:
    """Hard words of a language with plainer ones; none where nobody has written a list."""
    path = FOLDER / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def hard_words(blocks: Sequence[Block], language: str) -> list[Hard]:
    """In the order of the text, each once; one query, as the glossary costs."""
    texts = {block.id: spoken(block) for block in blocks if block.kind != "word"}
    known = {block.word[0].casefold() for block in blocks if block.kind == "word"}
    found: dict[str, Hard] = {}
    for block, text in texts.items():
        for _start, one in sorted(_in(text, language), key=lambda pair: pair[0]):
            if one.text.casefold() in known:
                continue
            kept = found.setdefault(one.url or one.text.casefold(), one)
            if block not in kept.blocks:
                kept.blocks.append(block)
    return list(found.values())


def _in(text: str, language: str) -> list[tuple[int, Hard]]:
    """What is hard in a text, with its place; the list goes before the glossary, that before
    length."""
    found = _of_list(text, language) + _of_glossary(text, language)
    taken = [(start, start + len(one.text)) for start, one in found]
    if language not in WITHOUT_LIX:
        for word in _WORD.finditer(text):
            is_long = len(word[0]) >= LONG.get(language, LONG_ELSEWHERE)
            if is_long and not any(a < word.end() and word.start() < b for a, b in taken):
                found.append((word.start(), Hard(word[0])))
    return found


def _of_list(text: str, language: str) -> list[tuple[int, Hard]]:
    known = {word.casefold(): plainer for word, plainer in listed(language).items()}
    if not known:
        return []
    pattern = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
    return [
        (one.start(), Hard(one[0], plainer=known[one[0].casefold()]))
        for one in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE)
        if one[0].casefold() in known
    ]


def _of_glossary(text: str, language: str) -> list[tuple[int, Hard]]:
    words = vocabulary()
    concepts = words.schemes[SCHEME_ID].concepts
    listed_at = [(start, start + len(one.text)) for start, one in _of_list(text, language)]
    found = []
    for one in words.annotate(text, language, schemes=(SCHEME_ID,)):
        concept = concepts.get(one.concept)
        if concept is None or any(a < one.end and one.start < b for a, b in listed_at):
            continue
        meaning, spoken_in = _meaning(concept, language)
        url = concept_url(concept.id, language if language in dict(settings.LANGUAGES) else SOURCE)
        other = spoken_in if spoken_in != language else ""
        found.append((one.start, Hard(one.text, "", meaning, other, url)))
    return found


def _meaning(concept: VocabularyConcept, language: str) -> tuple[str, str]:
    """Its definition in the language of the text, else in English."""
    told = {one.language: one.text for one in concept.definitions}
    nearest = next((code for code in (language, SOURCE) if told.get(code)), "")
    return told.get(nearest, ""), nearest
