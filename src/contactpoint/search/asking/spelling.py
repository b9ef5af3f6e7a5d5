"""What the asker may have meant: said, offered, and never put in the place of what was written.

A word of the reader's language is likelier than one of another, and one with which the question
names something that the glossary knows is likelier than others. A word that no slip explains may be
two: no text has *vreemdelingenwet*.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from contactpoint.glossary.remembering import PortalVocabulary
from contactpoint.search.analysis import forms
from contactpoint.search.asking.apart import apart
from contactpoint.search.asking.composing import Composer
from contactpoint.search.asking.doubting import is_foreign, unwritten
from contactpoint.search.asking.results import Correction
from contactpoint.search.asking.small_words import is_small
from contactpoint.search.asking.syntax import Item
from contactpoint.search.asking.understanding import Question
from contactpoint.search.asking.written import CAPITALISED, in_labels, in_texts
from contactpoint.search.engines.base import Engine
from contactpoint.search.meanings import GLOSSARY
from contactpoint.vocabulary import fold

SHORTEST: Final = 4
MOST: Final = 3
MOST_TRIED: Final = 6
"""Some of what is near finds nothing under the filters that are on."""
LOOKED_AT: Final = 24
SHORTEST_CHANGED: Final = 5
"""In a shorter word another letter makes another word: who writes `mode` means no *move*."""
SHORT: Final = 5
LONG: Final = 8
"""Letters from which on a word may have two slips in it, or be any word of another language."""
_TRIED: Final = {1: 12, 2: 5}
_TRIED_OF_MANY: Final = 2
_MOST_DOUBTED: Final = 4


class Near(NamedTuple):
    """A word that may be meant. `rank` says how far its language is from the reader's, and `texts`
    in about how many texts of that language it stands."""

    rank: int
    distance: int
    texts: int
    word: str
    text: str
    language: str


class _Guess(NamedTuple):
    """The question with other words; `known` and `exact` are how many of its words name something
    in the glossary, whatever their endings or just as they stand there."""

    rank: int
    known: int
    exact: int
    distance: int
    texts: int
    words: tuple[Near, ...]


def corrections(
    engine: Engine, question: Question, composer: Composer, words: PortalVocabulary
) -> list[Correction]:
    """Questions with near words in the place of words that stand nowhere; the likeliest first."""
    doubted = _doubted(question, composer)
    near = {item: near_words(engine, item.words[0], composer, words) for item in doubted}
    near = {item: found for item, found in near.items() if found}
    if not near:
        return _in_parts(engine, question, doubted, words)
    made: dict[str, Correction] = {}
    doubtful: dict[str, Correction] = {}
    for guess in _likeliest(question, near, words)[:MOST_TRIED]:
        written = [_written(engine, one, words) for one in guess.words]
        chosen = tuple(text or one.text for text, one in zip(written, guess.words, strict=True))
        text = replaced(question.text, zip(near, chosen, strict=True))
        # A stem is shared by words of other languages: `familie` looks like one of English.
        (made if all(written) else doubtful).setdefault(text, Correction(text, chosen))
    return list((made or doubtful).values())


def _doubted(question: Question, composer: Composer) -> list[Item]:
    """Words that stand nowhere, in no form, or only as the stem of a word of another language."""
    # What only a part means, or what has a slip in it, is understood and doubted all the same.
    units = [
        unit
        for unit in question.units
        if not any(one.whole and not one.guessed for one in unit.concepts)
    ]
    items = [
        item
        for unit in units
        for item in unit.items
        if item.kind == "word"
        and len(item.words[0]) >= SHORTEST
        and not item.words[0].isdigit()
        and not question.is_small(item)
    ]
    found = unwritten(items, composer)
    return [
        item
        for item in items
        if item in found and (composer.is_nowhere(item) or is_foreign(item, composer))
    ]


def _in_parts(
    engine: Engine, question: Question, doubted: Sequence[Item], words: PortalVocabulary
) -> list[Correction]:
    """The question with the parts of what is written together, where texts have them."""
    chosen: dict[Item, str] = {}
    for item in doubted:
        found = apart(engine, item, question)
        if found is None:
            continue
        language, parts = found
        labels = in_labels(words, language)
        near = [Near(0, 0, 0, part, labels.get(part, part), language) for part in parts]
        written = [_written(engine, one, words) or one.text for one in near]
        # Who asks for a nurse, *Krankenschwester*, asks for no sister that is *krank*.
        if language not in CAPITALISED or all(part[:1].isupper() for part in written):
            chosen[item] = " ".join(written)
    if not chosen:
        return []
    return [Correction(replaced(question.text, chosen.items()), list(chosen.values()))]


def near_words(
    engine: Engine, word: str, composer: Composer, words: PortalVocabulary
) -> list[Near]:
    """Words that may be meant, those of the reader's language first, then the nearest."""
    similar = [one for one, _count in engine.similar("surface", word, LOOKED_AT)]
    if len(word) <= SHORT:
        # The first letter of a short word is hardly ever the wrong one.
        similar = [one for one in similar if one[0] == word[0]]
    own = composer.question.written_in
    similar = [one for one in similar if _is_slip(word, one) and not is_small(one, own)]
    languages = _languages(composer)
    counts = _counts(engine, similar, languages)
    found = []
    for one in similar:
        distance = OSA.distance(word, one)
        rank = next(
            (rank for rank, code in enumerate(languages) if counts[one, code]), len(languages)
        )
        is_own = rank < len(own)
        if not is_own and len(word) < LONG and set(word) != set(one):
            # Letters doubled or turned round are a slip in any language.
            continue
        language = languages[rank] if rank < len(languages) else ""
        text = in_labels(words, language).get(one, one) if language else one
        found.append(Near(rank, distance, counts.get((one, language), 0), one, text, language))
    found.sort(key=lambda one: (one.rank, one.distance, -one.texts, one.word))
    return [one for one in found if not _is_outdone(one, found, len(languages))]


def _is_slip(word: str, other: str) -> bool:
    """Whether nobody has to wonder how one is written for the other."""
    distance = OSA.distance(word, other)
    if distance > 1:
        return len(word) >= LONG
    return len(word) >= SHORTEST_CHANGED or set(word) == set(other)


def _is_outdone(one: Near, found: Sequence[Near], nowhere: int) -> bool:
    """Whether a word of a nearer language is no less near; what is of no language that is written
    here is outdone by any."""
    return any(
        other.rank < one.rank and (other.distance <= one.distance or one.rank == nowhere)
        for other in found
    )


def _languages(composer: Composer) -> list[str]:
    """The reader's, the one that the question is of, and those in which there are texts."""
    return list(dict.fromkeys([*composer.question.written_in, *composer.texts]))


def _counts(
    engine: Engine, similar: Sequence[str], languages: Sequence[str]
) -> Mapping[tuple[str, str], int]:
    """In about how many names and texts of each language each word stands, in some form."""
    asked = [
        (one, code, (f"{part}_{code}", form))
        for one in similar
        for code in languages
        for form in forms(one, code)
        for part in ("title", "text")
    ]
    told = engine.frequencies([term for _one, _code, term in asked]) if asked else []
    counts = {(one, code): 0 for one in similar for code in languages}
    for (one, code, _term), count in zip(asked, told, strict=True):
        counts[one, code] += count
    return counts


def _likeliest(
    question: Question, near: Mapping[Item, Sequence[Near]], words: PortalVocabulary
) -> list[_Guess]:
    guesses = sorted(
        (
            _guess(question, dict(zip(near, chosen, strict=True)), words)
            for chosen in _choices(list(near.values()))
        ),
        key=lambda one: (one.rank, -one.known, -one.exact, one.distance, -one.texts, one.words),
    )
    best = guesses[0]
    return [one for one in guesses if one.known >= best.known or one.distance <= best.distance]


def _choices(near: Sequence[Sequence[Near]]) -> Iterator[tuple[Near, ...]]:
    """What may stand for each of the words; of further words the likeliest only."""
    most = _TRIED.get(len(near), _TRIED_OF_MANY)
    return product(
        *(found[: most if place < _MOST_DOUBTED else 1] for place, found in enumerate(near))
    )


def _guess(question: Question, chosen: Mapping[Item, Near], words: PortalVocabulary) -> _Guess:
    text = replaced(question.text, ((item, one.text) for item, one in chosen.items()))
    language = next((one.language for one in chosen.values() if one.language), question.language)
    named = [
        note
        for note in words.annotate(text, language, schemes=(GLOSSARY,))
        if not text[note.start - 1 : note.start].isalnum()
        and not text[note.end : note.end + 1].isalnum()
    ]
    return _Guess(
        max(one.rank for one in chosen.values()),
        sum(len(note.text.split()) for note in named),
        sum(len(note.text.split()) for note in named if fold(note.text) == fold(note.label)),
        sum(one.distance for one in chosen.values()),
        min(one.texts for one in chosen.values()),
        tuple(chosen.values()),
    )


def _written(engine: Engine, one: Near, words: PortalVocabulary) -> str:
    """The word as names of the glossary have it, or else as texts do; empty where neither does."""
    if one.language and one.word in in_labels(words, one.language):
        return one.text
    return in_texts(engine, one.word, one.language) if one.language else ""


def replaced(text: str, chosen: Iterable[tuple[Item, str]]) -> str:
    for item, word in sorted(chosen, key=lambda one: -one[0].start):
        text = f"{text[: item.start]}{word}{text[item.end :]}"
    return text
