"""What a reader who found nothing, or little, may try: concepts that are near, fewer filters."""

from collections.abc import Collection
from typing import Final, NamedTuple

from contactpoint.glossary.finding import find
from contactpoint.search.asking import ask
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


def near(choices: Choices, known: Collection[str]) -> list[Near]:
    """Concepts whose names are like the question, or like one of its words, but for those known."""
    asked, names = choices.asked, choices.names
    found: dict[str, Near] = {}
    for text in dict.fromkeys([asked.text, *asked.text.split()[:MOST_TRIED]]):
        findings = find(names.words, text, names.language, MOST_NEAR)
        for one in (*findings.found, *findings.guesses):
            term = one["term"]
            if term.slug not in known:
                found.setdefault(term.slug, Near(term.label, choices.to(Asked(term.label))))
        if len(found) >= MOST_NEAR:
            break
    return list(found.values())[:MOST_NEAR]


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
