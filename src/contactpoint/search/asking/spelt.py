"""Terms of the glossary in a question that are spelt otherwise than texts may spell them.

The annotator is strict, for it links terms in texts: a German noun has its capital there, and a
French ending its accent. Who asks types `familienzusammenfuehrung` and `réfugies`. In a question a
word may therefore lack capitals, accents, hyphens and spaces, and have `ue` for `ü`; it may not
have an accent that the label has not.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from contactpoint.glossary.remembering import PortalVocabulary
from contactpoint.search.meanings import GLOSSARY
from contactpoint.vocabulary.annotate import Annotation
from contactpoint.vocabulary.language import function_words
from contactpoint.vocabulary.model import Scheme
from contactpoint.vocabulary.normalise import tokenise

SHORTEST: Final = 5
SHORTEST_FOREIGN: Final = 8
"""Letters of a name in another language than the asker's."""
MOST_WORDS: Final = 4
REASON: Final = "spelling"
_SPELT_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_KINDS: Final = ("preferred", "alternative", "hidden")
_ENDING: Final = 2


class _Name(NamedTuple):
    """A label; `letters` are those that a word is compared with, small and without gaps."""

    kind: int
    language: str
    text: str
    concept: str
    letters: str


_Names = Mapping[str, Sequence[_Name]]
_made: tuple[Scheme, _Names] | None = None


def spelt_in(
    words: PortalVocabulary, text: str, language: str, known: Sequence[Annotation]
) -> list[Annotation]:
    """Terms among the words that nothing `known` is found in, or only in a part of; the longest
    first. Those of the asker's language go before others."""
    names = _names(words.schemes[GLOSSARY])
    tokens = tokenise(text)
    found: list[Annotation] = []
    first = 0
    while first < len(tokens):
        most = min(MOST_WORDS, len(tokens) - first)
        for size in range(most, 0, -1):
            start, end = tokens[first].start, tokens[first + size - 1].end
            raw = text[start:end]
            if "|" in raw or _is_known(start, end, known):
                continue
            if (name := _name(names, raw, language)) is not None:
                found.append(
                    Annotation(
                        concept=name.concept, scheme=GLOSSARY, label=name.text, start=start,
                        end=end, text=raw, language=name.language, reason=REASON,
                    )
                )  # fmt: skip
                first += size - 1
                break
        first += 1
    return found


def without_parts(notes: Sequence[Annotation], wider: Sequence[Annotation]) -> list[Annotation]:
    """The notes, but for those that lie within a wider one."""
    return [
        note
        for note in notes
        if not any(one.start <= note.start and note.end <= one.end for one in wider)
    ]


def _is_known(start: int, end: int, known: Sequence[Annotation]) -> bool:
    """Whether a term is found there that reaches as far, or across an end."""
    return any(
        note.start < end
        and start < note.end
        and not (start <= note.start and note.end <= end and (note.start, note.end) != (start, end))
        for note in known
    )


def _name(names: _Names, raw: str, language: str) -> _Name | None:
    written = _letters(raw)
    if len(written) < SHORTEST or raw.casefold() in function_words():
        return None
    fitting = [
        name
        for name in names.get(_plain(written), ())
        if _fits(written, name.letters)
        and (name.language == language or len(written) >= SHORTEST_FOREIGN)
    ]
    return min(fitting, key=lambda name: (name.language != language, name), default=None)


def _fits(written: str, label: str) -> bool:
    """Letter by letter the same, or without the label's accent. One that is missing at the end
    makes another word (`traite` is not `traité`), unless the label has an accent before it."""
    if len(written) != len(label):
        return False
    ends = len(label) - _ENDING
    lacks_at_end, has_before = False, False
    for place, (one, other) in enumerate(zip(written, label, strict=True)):
        is_accented = _plain(other) != other
        if one != other and not (is_accented and one == _plain(other)):
            return False
        lacks_at_end = lacks_at_end or (one != other and place >= ends)
        has_before = has_before or (is_accented and place < ends)
    return has_before or not lacks_at_end


def _names(scheme: Scheme) -> _Names:
    """All labels of a state of the glossary by their plain letters, made once."""
    global _made  # noqa: PLW0603 — as with the vocabulary that it is made of
    made = _made
    if made is None or made[0] is not scheme:
        found: defaultdict[str, list[_Name]] = defaultdict(list)
        for name in _labels(scheme):
            found[_plain(name.letters)].append(name)
        made = _made = (scheme, dict(found))
    return made[1]


def _labels(scheme: Scheme) -> Iterator[_Name]:
    for concept in scheme.concepts.values():
        for label in concept.labels:
            if label.text.isupper():  # in small letters an abbreviation is any word
                continue
            kind = _KINDS.index(label.kind)
            letters = _letters(label.text)
            spellings = {letters}
            if label.language == "de":
                spellings.add(letters.translate(_SPELT_OUT))
            for spelling in sorted(spellings):
                yield _Name(kind, label.language, label.text, concept.id, spelling)


def _letters(text: str) -> str:
    composed = unicodedata.normalize("NFC", text.casefold().replace("ß", "ss"))
    return "".join(sign for sign in composed if sign.isalnum())


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
