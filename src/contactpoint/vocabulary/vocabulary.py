"""The one matcher: every feature that asks "which concept is this?" asks a `Vocabulary`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from contactpoint.vocabulary.annotate import Annotation, Annotator
from contactpoint.vocabulary.compiled import load, save
from contactpoint.vocabulary.harmonise import Harmonised, Harmoniser
from contactpoint.vocabulary.index import LabelIndex
from contactpoint.vocabulary.language import LanguageDetector
from contactpoint.vocabulary.matching import Schemes
from contactpoint.vocabulary.model import Scheme, VocabularyConcept, VocabularyError
from contactpoint.vocabulary.normalise import Cut, cut
from contactpoint.vocabulary.suggest import Ranker, Suggestion, suggest


class Vocabulary:
    """Schemes compiled for matching, all languages together. Immutable, and safe to share between
    threads; build a new one when a scheme changes.

    Everywhere, `language` is a tag such as `nl`, `schemes` restricts the answer to scheme ids, and
    schemes given earlier go before later ones where nothing else decides. An unknown scheme id in
    `schemes` raises `VocabularyError`; no text or keyword ever raises.
    """

    def __init__(self, schemes: Iterable[Scheme]) -> None:
        """Compile. Raises `VocabularyError` where two schemes share an id."""
        self.schemes: dict[str, Scheme] = {}
        for scheme in schemes:
            if scheme.id in self.schemes:
                raise VocabularyError(f"Two schemes are called {scheme.id!r}. Rename one.")
            self.schemes[scheme.id] = scheme
        self._use(LabelIndex(self.schemes.values()))

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """A vocabulary that `save` has kept; see `contactpoint.vocabulary.compiled.load`."""
        schemes, tables = load(path)
        vocabulary = cls.__new__(cls)
        vocabulary.schemes = {scheme.id: scheme for scheme in schemes}
        vocabulary._use(LabelIndex(schemes, tables))
        return vocabulary

    def save(self, path: Path) -> None:
        """Keep the compiled form in a file, for this version of the library to load again."""
        save(path, self.schemes.values(), self._index.tables)

    def _use(self, index: LabelIndex) -> None:
        self._index = index
        self._detector = LanguageDetector(index)
        self._annotator = Annotator(index, self._detector)
        self._harmoniser = Harmoniser(index, self._detector)
        self.languages = index.languages

    def harmonise(
        self, keyword: str, language: str | None = None, *, schemes: Schemes = None
    ) -> Harmonised:
        """What a keyword means, in whatever language; `language` is the item's, as a hint."""
        return self.harmonise_all([keyword], language, schemes=schemes)[0]

    def harmonise_all(
        self, keywords: Iterable[str], language: str | None = None, *, schemes: Schemes = None
    ) -> list[Harmonised]:
        """The same for the keywords of one item, which help each other to settle the language."""
        return self._harmoniser.harmonise_all(keywords, language, self._known(schemes))

    def annotate(
        self,
        text: str,
        language: str | None = None,
        *,
        schemes: Schemes = None,
        words: Cut | None = None,
    ) -> list[Annotation]:
        """Concepts in a text, in order, the longest match at each place, offsets in characters.

        Without `language` it is detected. Whoever has `cut` the text already gives its `words`."""
        return self._annotator.annotate(text, language, self._known(schemes), words)

    def suggest(
        self,
        text: str,
        limit: int = 10,
        language: str | None = None,
        *,
        title: str | None = None,
        schemes: Schemes = None,
        ranker: Ranker | None = None,
    ) -> list[Suggestion]:
        """At most `limit` concepts for a document, best first, each with the spans that speak for
        it. Spans in the `title` say so in their `field`.

        Only what the document names is suggested, unless a `ranker` is asked, such as a
        `learning.suggester.Suggester`: it guesses from all words, and from what it was taught."""
        if limit < 1:
            return []
        spoken = language or self.detect(f"{title or ''}\n{text}")
        if ranker is not None:
            return ranker.suggest(
                text, limit, language=spoken or "en", title=title, schemes=self._known(schemes)
            )
        body = self.annotate(text, spoken, schemes=schemes)
        heading = self.annotate(title, spoken, schemes=schemes) if title else []
        return suggest(self.concept, body, heading, limit)

    def detect(self, text: str) -> str | None:
        """Language of a text, or `None` where it is not clear."""
        return self._detector.detect(cut(text).raws)

    def concept(self, concept_id: str, scheme: str | None = None) -> VocabularyConcept:
        """The concept of this id, in `scheme` or the first that has it; `KeyError` if none."""
        for name in [scheme] if scheme else self.schemes:
            scheme_named = self.schemes.get(name)
            if scheme_named is not None and concept_id in scheme_named.concepts:
                return scheme_named.concepts[concept_id]
        raise KeyError(concept_id)

    def label(self, concept_id: str, language: str = "en", scheme: str | None = None) -> str:
        """Preferred label in `language`, else in English; `KeyError` for an unknown concept."""
        return self.concept(concept_id, scheme).label(language)

    def _known(self, schemes: Schemes) -> Schemes:
        if schemes is None:
            return None
        unknown = set(schemes) - set(self.schemes)
        if unknown:
            raise VocabularyError(
                f"No scheme is called {', '.join(sorted(unknown))}. "
                f"There is {', '.join(self.schemes)}."
            )
        return frozenset(schemes)
