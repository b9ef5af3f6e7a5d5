"""Words as they are written, with accents and capitals: what stands in the index has lost them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from django.utils import timezone

from contactpoint.glossary.remembering import PortalVocabulary
from contactpoint.search.engines.base import Engine, Request
from contactpoint.search.engines.queries import AllOf, Facet, Term
from contactpoint.search.meanings import GLOSSARY, WORDS
from contactpoint.vocabulary import fold
from contactpoint.vocabulary.model import Scheme
from contactpoint.vocabulary.normalise import cut

CAPITALISED: Final = frozenset({"de"})
"""Languages in which a capital belongs to the word, not to its place or to what it names."""
LOOKED_AT: Final = 3
_ENDS: Final = frozenset(".!?…:;\n«“„\"'")

_Words = Mapping[str, str]
_made: tuple[Scheme, dict[str, _Words]] | None = None


def in_labels(words: PortalVocabulary, language: str) -> _Words:
    """Words of the glossary's names in a language, as they are written, by their folded form; of
    hidden names none. Made once for each language and state of the glossary."""
    global _made  # noqa: PLW0603 — as with the vocabulary that it is made of
    scheme = words.schemes[GLOSSARY]
    made = _made
    if made is None or made[0] is not scheme:
        made = _made = (scheme, {})
    if language not in made[1]:
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for name in (GLOSSARY, WORDS):
            for text in _names(words.schemes[name], language):
                for raw in cut(text).raws:
                    found[fold(raw)][raw] += 1
        made[1][language] = {word: _likeliest(raws, language) for word, raws in found.items()}
    return made[1][language]


def in_texts(engine: Engine, word: str, language: str) -> str:
    """A word that stands in the index, as the best of the texts in that language have it; empty
    where none of them has it."""
    now = int(timezone.now().timestamp()) // 60
    query = AllOf((Term("surface", word), Facet("language", language)))
    answer = engine.search(Request(query, now, limit=LOOKED_AT))
    within: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for thing in engine.stored(answer.hits):
        version = thing["versions"].get(language, {})
        for part in ("title", "teaser", "text"):
            for raw, is_first in _occurrences(version.get(part, ""), word):
                (first if is_first else within)[raw] += 1
    # At the head of a sentence a capital says nothing of the word.
    raws = within or first
    if not raws:
        return ""
    likeliest = _likeliest(raws, language)
    return likeliest if language in CAPITALISED else likeliest.lower()


def _names(scheme: Scheme, language: str) -> Iterator[str]:
    for concept in scheme.concepts.values():
        for label in concept.labels:
            if label.language == language and label.kind != "hidden":
                yield label.text


def _occurrences(text: str, word: str) -> Iterator[tuple[str, bool]]:
    """Each place where the word stands, as it does, and whether a sentence begins with it."""
    words = cut(text)
    for raw, start in zip(words.raws, words.starts, strict=True):
        if fold(raw) == word:
            before = text[max(0, start - 3) : start].rstrip(" ")
            yield raw, not before or before[-1] in _ENDS


def _likeliest(raws: Mapping[str, int], language: str) -> str:
    """The spelling that occurs most; where capitals belong to no word, one with fewer of them."""
    if language in CAPITALISED:
        return min(raws, key=lambda raw: (raw.isupper(), -raws[raw], raw))
    return min(raws, key=lambda raw: (sum(map(str.isupper, raw)), -raws[raw], raw))
