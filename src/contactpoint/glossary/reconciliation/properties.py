"""What can be asked of a concept, and by what a query may be narrowed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contactpoint.glossary.lexicon import Lexicon
from contactpoint.glossary.reconciliation.showing import named
from contactpoint.vocabulary import VocabularyConcept

CONCEPT_TYPE: Final = "http://www.w3.org/2004/02/skos/core#Concept"
Values = Callable[[VocabularyConcept, Lexicon, str], Iterator[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Property:
    """Something that is known of a concept: `narrows` where a query may ask for it."""

    id: str
    name: Any
    values: Values
    is_concept: bool = False
    narrows: bool = False


def concept_type() -> dict[str, str]:
    """The one type that there is."""
    return {"id": CONCEPT_TYPE, "name": _("Concept")}


def described(one: Property) -> dict[str, Any]:
    """A property as clients show it."""
    shown: dict[str, Any] = {"id": one.id, "name": str(one.name)}
    return {**shown, "type": concept_type()} if one.is_concept else shown


def _texts(pairs: Iterable[tuple[str, str]], language: str) -> Iterator[dict[str, str]]:
    """The texts in a language; `*` is all of them, each with its own."""
    for text, code in pairs:
        if language == "*":
            yield {"str": f"{text} ({code})"}
        elif code == language:
            yield {"str": text}


def _labels(kind: str) -> Values:
    def values(
        concept: VocabularyConcept, _words: Lexicon, language: str
    ) -> Iterator[dict[str, str]]:
        pairs = ((one.text, one.language) for one in concept.labels if one.kind == kind)
        return _texts(pairs, language)

    return values


def _near(field: str) -> Values:
    def values(
        concept: VocabularyConcept, known: Lexicon, language: str
    ) -> Iterator[dict[str, str]]:
        spoken = "en" if language == "*" else language
        return (
            named(known, slug, spoken) for slug in getattr(concept, field) if slug in known.concepts
        )

    return values


def _plain(field: str) -> Values:
    def values(
        concept: VocabularyConcept, _words: Lexicon, _language: str
    ) -> Iterator[dict[str, str]]:
        found = getattr(concept, field)
        return ({"str": one} for one in ([found] if isinstance(found, str) else found) if one)

    return values


def _definitions(
    concept: VocabularyConcept, _words: Lexicon, language: str
) -> Iterator[dict[str, str]]:
    return _texts(((one.text, one.language) for one in concept.definitions), language)


def _sources(
    concept: VocabularyConcept, _words: Lexicon, _language: str
) -> Iterator[dict[str, str]]:
    return ({"str": one} for one in dict.fromkeys(d.source for d in concept.definitions) if one)


def _languages(
    concept: VocabularyConcept, _words: Lexicon, _language: str
) -> Iterator[dict[str, str]]:
    return ({"str": one} for one in dict.fromkeys(label.language for label in concept.labels))


PROPERTIES: Final[dict[str, Property]] = {
    one.id: one
    for one in (
        Property("prefLabel", gettext_lazy("Preferred label"), _labels("preferred")),
        Property("altLabel", gettext_lazy("Other labels"), _labels("alternative")),
        Property("definition", gettext_lazy("Definition"), _definitions),
        Property("source", gettext_lazy("Source"), _sources),
        Property("broader", gettext_lazy("Broader"), _near("broader"), True, True),
        Property("narrower", gettext_lazy("Narrower"), _near("narrower"), True),
        Property("related", gettext_lazy("Related"), _near("related"), True),
        Property(
            "exactMatch", gettext_lazy("Exact matches"), _plain("exact_matches"), narrows=True
        ),
        Property("closeMatch", gettext_lazy("Close matches"), _plain("close_matches")),
        Property("notation", gettext_lazy("Notation"), _plain("notation"), narrows=True),
        Property("status", gettext_lazy("Status"), _plain("status")),
        Property("address", gettext_lazy("Permanent address"), _plain("uri")),
        Property("language", gettext_lazy("Languages"), _languages),
    )
}
