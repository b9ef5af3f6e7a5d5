"""What a reader who found nothing, or little, may try: concepts that are near, fewer filters."""

from collections.abc import Iterable, Mapping
from itertools import chain, zip_longest
from typing import Final, NamedTuple

from contactpoint.glossary.finding import find
from contactpoint.search.asking import ask
from contactpoint.search.asking.results import Chip
from contactpoint.search.asking.understanding import SCHEME, understand
from contactpoint.search.showing.addresses import Asked
from contactpoint.search.showing.choices import Choices

MOST_NEAR: Final = 4
MOST_TRIED: Final = 5


class Near(NamedTuple):
    """A concept by its name, and the search for it."""

    label: str
    url: str


class Wider(NamedTuple):
    """The same question with fewer filters, and what it would bring."""

    label: str
    url: str
    total: int


def near(choices: Choices, chips: Iterable[Chip], others: Iterable[str] = ()) -> list[Near]:
    """Neighbours of the concepts that the question is about: broader, narrower, related ones. Where
    there are none, what `others` mean, which may have been meant, and concepts whose names are like
    the question, or like one of its words."""
    asked, names = choices.asked, choices.names
    known = {chip.token: chip.on for chip in chips}
    neighbours = _neighbours(choices, known)
    if neighbours:
        return neighbours
    found = {
        slug: Near(label, choices.to(Asked(label)))
        for other in others
        for slug in _understood(other, names.language)
        if slug in names.words.concepts and slug not in known
        for label in [names.words.term(slug, names.language).label]
    }
    for text in dict.fromkeys([asked.text, *asked.text.split()[:MOST_TRIED]]):
        findings = find(names.words, text, names.language, MOST_NEAR)
        for one in (*findings.found, *findings.guesses):
            term = one["term"]
            if term.slug not in known:
                found.setdefault(term.slug, Near(term.label, choices.to(Asked(term.label))))
        if len(found) >= MOST_NEAR:
            break
    return list(found.values())[:MOST_NEAR]


def _understood(text: str, language: str) -> list[str]:
    question = understand(text, language)
    return [one.slug for unit in question.units for one in unit.concepts if one.scheme == SCHEME]


def _neighbours(choices: Choices, known: Mapping[str, bool]) -> list[Near]:
    """In turn one of each kind and concept, so that none of them takes all the places; none of a
    concept that the reader has switched off."""
    words, language = choices.names.words, choices.names.language
    concepts = [
        words.concepts[slug] for slug, is_on in known.items() if is_on and slug in words.concepts
    ]
    kinds = [
        [term for term in words.sorted_terms(slugs, language) if term.slug not in known]
        for slugs in (
            *(one.broader for one in concepts),
            *(one.narrower for one in concepts),
            *(one.related for one in concepts),
        )
    ]
    turns = chain.from_iterable(zip_longest(*kinds))
    terms = dict.fromkeys(term for term in turns if term)
    return [Near(term.label, choices.to(Asked(term.label))) for term in [*terms][:MOST_NEAR]]


def wider(choices: Choices) -> list[Wider]:
    """The question without one of the filters, and without all, where that brings something."""
    asked, names = choices.asked, choices.names
    if not asked.is_narrowed:
        return []
    tried = choices.chosen()
    fewer = [(one.label, one.without) for one in tried[:MOST_TRIED]] if len(tried) > 1 else []
    return [
        Wider(label, choices.to(less), total)
        for label, less in [*fewer, ("", asked.everything())]
        if (total := ask(asked.text, names.language, less.selection(), limit=0, counted=()).total)
    ]
