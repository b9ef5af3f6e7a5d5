"""From what a source tells to what an engine takes: words, concepts, facets, and what is shown.

What is stored with a document, and given back with a hit (JSON; minutes count from 1970):

    {"kind", "type", "day": iso or null, "themes": [own slugs, in order], "concepts": [slugs that
     editors gave], "about": {slug: weight}, "keywords": […], "named": {language: [names of its
     institutions and countries]}, "names": {language: [further names]}, "versions": {language:
     {"title", "url", "teaser", "text", "pk", "expires": minute or null,
      "files": [[title, url, document pk, number of pages], …]}}}
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from contactpoint.search.analysis import LANGUAGES, indexed
from contactpoint.search.documents import Document, Prepared, Version
from contactpoint.search.indexing.mentions import Weights
from contactpoint.search.indexing.wholes import Whole
from contactpoint.vocabulary import Vocabulary
from contactpoint.vocabulary.normalise import Cut

STORED: Final = 20_000
"""Characters of a version's text that are kept to be quoted; all of it is searched."""
GAP: Final = "\n"
"""Stands for the space between two texts across which no phrase goes."""

FILLER: Final = "·"
SHORTEST_ABOUT: Final = 24
"""So many words stand in the field of concepts at least. An engine counts a word more, the shorter
the field: a notice that mentions one concept would outdo a report that is about it and ten more."""

_languages: Final = frozenset(LANGUAGES)
_weights: Weights | None = None


def prepare(document: Document, vocabulary: Vocabulary, *, number: int = 0) -> Prepared:
    """The document, analysed; `number` is that of the change."""
    document = _with_texts(document)
    weights = _weights_of(vocabulary)
    wholes = [Whole(version) for version in document.versions]
    about = weights.about(document, wholes)
    above = weights.above(about)
    texts = _texts(document, wholes)
    mentioned = " ".join(" ".join([slug] * weight) for slug, weight in about.items())
    if mentioned:
        mentioned = " ".join([mentioned, *[FILLER] * (SHORTEST_ABOUT - sum(about.values()))])
        texts["about"] = mentioned
        texts["under"] = " ".join([mentioned, *above])
    languages = [version.language for version in document.versions]
    expiries = [one.expires_at for one in document.versions if one.expires_at is not None]
    return Prepared(
        key=document.key,
        texts=texts,
        facets=_facets(document, languages, weights),
        languages=[language for language in languages if language in _languages],
        day=document.day.toordinal() if document.day else None,
        until=minute(min(expiries)) if expiries else None,
        stored=_stored(document, about),
        number=number,
    )


def _with_texts(document: Document) -> Document:
    """The same with the texts of its files, which are read from the database here, once."""
    if not any(version.files for version in document.versions):
        return document
    versions = [replace(version, files=list(version.files)) for version in document.versions]
    return replace(document, versions=versions)


def minute(moment: datetime) -> int:
    """The whole minute since 1970 in which a moment falls."""
    return int(moment.timestamp()) // 60


def _weights_of(vocabulary: Vocabulary) -> Weights:
    """One process prepares with one vocabulary at a time."""
    global _weights  # noqa: PLW0603 — as with the vocabulary that it is made of
    current = _weights
    if current is None or current.vocabulary is not vocabulary:
        current = _weights = Weights(vocabulary)
    return current


def _texts(document: Document, wholes: Sequence[Whole]) -> dict[str, str]:
    stems: dict[str, list[str]] = defaultdict(list)
    titles: list[str] = []
    others: list[str] = []
    for whole in wholes:
        version, language = whole.version, whole.version.language
        _add(stems, titles, ("title", language), whole.text, whole.title)
        _add(stems, others, ("text", language), whole.text, whole.teaser)
        _add(stems, others, ("text", language), whole.text, whole.body)
        # Keywords belong to no version more than to another.
        for text in (*document.keywords, *document.named.get(language, ())):
            _add(stems, others, ("text", language), text)
        for page in version.files:
            _add(stems, others, ("files", page.language or language), page.text)
    for language, names in document.names.items():
        for name in names:
            _add(stems, titles, ("title", language), name)
    spoken = {version.language for version in document.versions}
    for language, names in document.named.items():
        if language not in spoken:
            for name in names:
                _add(stems, others, ("text", language), name)
    texts = {name: " ".join(tokens) for name, tokens in stems.items() if tokens}
    if titles:
        texts["surface_title"] = GAP.join(titles)
    if titles or others:
        texts["surface"] = GAP.join([*titles, *others])
    return texts


def _add(
    stems: dict[str, list[str]],
    parts: list[str],
    where: tuple[str, str],
    text: str,
    cut_already: Cut | None = None,
) -> None:
    """Tokens of a text, or of some words of it, to the field of its language, and its words as
    they are written to the others."""
    field, language = where
    # Where there is no field of the language, the stems of another are made and left.
    words, tokens = indexed(text, language, cut_already)
    if language in _languages:
        stems[f"{field}_{language}"] += tokens
    if words:
        parts.append(" ".join(words))


def _facets(
    document: Document, languages: Sequence[str], weights: Weights
) -> dict[str, Sequence[str]]:
    concepts = list(dict.fromkeys(document.concepts))
    values: dict[str, Sequence[str]] = {
        "kind": [document.kind],
        "type": _given(document.type),
        "theme": list(dict.fromkeys([*document.themes, *document.parents])),
        "concept": [*concepts, *weights.above(concepts)],
        "institution": document.institutions,
        "country": document.countries,
        "language": languages,
        "year": _given(str(document.day.year) if document.day else ""),
    }
    return {name: given for name, given in values.items() if given}


def _given(value: str) -> list[str]:
    return [value] if value else []


def _stored(document: Document, about: Mapping[str, int]) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "type": document.type,
        "day": document.day.isoformat() if document.day else None,
        "themes": list(document.themes),
        "concepts": list(document.concepts),
        "about": dict(about),
        "keywords": list(document.keywords),
        "named": {language: list(names) for language, names in document.named.items()},
        "names": {language: list(names) for language, names in document.names.items()},
        "versions": {version.language: _shown(version) for version in document.versions},
    }


def _shown(version: Version) -> dict[str, Any]:
    return {
        "title": version.title,
        "url": version.url,
        "teaser": version.teaser,
        "text": version.text[:STORED],
        "pk": version.pk,
        "expires": minute(version.expires_at) if version.expires_at else None,
        "files": _files(version),
        "spoken": [version.title_language, version.teaser_language],
    }


def _files(version: Version) -> Iterable[list[Any]]:
    pages: dict[tuple[str, str, int], int] = {}
    for page in version.files:
        file = (page.file, page.url, page.document)
        pages[file] = max(page.number, pages.get(file, 0))
    return [[*file, number] for file, number in pages.items()]
