"""What a reader asks for: words, and the concepts that the glossary recognises in them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from contactpoint.glossary.models import Concept
from contactpoint.glossary.naming import Named, hierarchy, label_in, named_concept, with_narrower
from contactpoint.glossary.terms import vocabulary
from contactpoint.vocabulary.normalise import tokenise

LONGEST: Final = 200
MOST_WORDS: Final = 12
EMPTY_WORDS_FILE: Final = Path(__file__).parent / "data" / "empty_words.txt"
EMPTY: Final = frozenset(
    word
    for line in EMPTY_WORDS_FILE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A concept met in the question: the words that mean it, and the rows that count as it."""

    concept: Named
    text: str
    language: str
    pks: tuple[int, ...]
    slugs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and the concepts that it is a part of the name of."""

    text: str
    folded: str
    meanings: tuple[Meaning, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood; `language` is the asker's."""

    text: str
    language: str
    words: list[Word] = field(default_factory=list)
    meanings: list[Meaning] = field(default_factory=list)


def understand(text: str, language: str) -> Question:
    """Cut the text into words and look up what they mean in any language; four queries at most."""
    asked = " ".join(text.split())[:LONGEST]
    tokens = tokenise(asked)
    found = _meanings(asked, language)
    words = [
        Word(
            asked[token.start : token.end],
            token.folded,
            tuple(
                meaning
                for start, end, meaning in found
                if start <= token.start and token.end <= end
            ),
        )
        for token in tokens
    ]
    telling = [word for word in words if word.meanings or word.folded not in EMPTY] or words
    once = {word.folded: word for word in telling}
    meanings = {meaning.concept.slug: meaning for _start, _end, meaning in found}
    return Question(asked, language, list(once.values())[:MOST_WORDS], list(meanings.values()))


def _meanings(text: str, language: str) -> list[tuple[int, int, Meaning]]:
    words = vocabulary()
    schemes = ["glossary"]
    notes = words.annotate(text, schemes=schemes) or words.annotate(text, language, schemes=schemes)
    taken = [(note.start, note.end) for note in notes]
    notes += [
        note
        for note in words.learnt_in(text, language)
        if not any(start <= note.start < end for start, end in taken)
    ]
    rows = {
        slug: (pk, label)
        for pk, slug, label in Concept.objects.filter(slug__in={note.concept for note in notes})
        .annotate(label_text=label_in(language))
        .values_list("pk", "slug", "label_text")
    }
    if not rows:
        return []
    below = hierarchy()
    counted = {slug: with_narrower({pk}, below) for slug, (pk, _label) in rows.items()}
    slugs = dict(
        Concept.objects.filter(pk__in=set().union(*counted.values())).values_list("pk", "slug")
    )
    return [
        (
            note.start,
            note.end,
            Meaning(
                named_concept(note.concept, rows[note.concept][1], language),
                note.text,
                note.language,
                tuple(sorted(counted[note.concept])),
                frozenset(slugs[pk] for pk in counted[note.concept]),
            ),
        )
        for note in notes
        if note.concept in rows
    ]
