"""What a reader who found nothing, or little, may try: concepts that are near, fewer filters."""

from dataclasses import replace
from typing import Final, NamedTuple

from contactpoint.glossary.finding import Found, find
from contactpoint.search.asking import ask
from contactpoint.search.showing.addresses import Asked
from contactpoint.search.showing.choices import Address, chosen
from contactpoint.search.showing.naming import Names

MOST_NEAR: Final = 4
MOST_TRIED: Final = 5


class Wider(NamedTuple):
    """The same question with fewer filters, and what it would bring."""

    label: str
    url: str
    count: int


def near(asked: Asked, names: Names) -> list[Found]:
    """Concepts whose names are like the question, or like one of its words."""
    found: dict[str, Found] = {}
    for text in dict.fromkeys([asked.text, *asked.text.split()[:MOST_TRIED]]):
        findings = find(names.words, text, names.language, MOST_NEAR)
        for one in (*findings.found, *findings.guesses):
            found.setdefault(one["term"].slug, one)
        if len(found) >= MOST_NEAR:
            break
    return list(found.values())[:MOST_NEAR]


def wider(asked: Asked, names: Names, to: Address) -> list[Wider]:
    """The question without one of the filters, and without all, where that brings something."""
    if not asked.is_narrowed:
        return []
    tried = [(one.label, less) for one, less in zip(
        chosen(asked, names, to), _less(asked), strict=True
    )]
    found = [
        Wider(label, to(less), count)
        for label, less in tried[:MOST_TRIED]
        if len(tried) > 1 and (count := _count(less, names))
    ]
    everything = asked.everything()
    count = _count(everything, names)
    return [*found, Wider("", to(everything), count)] if count else found


def _less(asked: Asked) -> list[Asked]:
    """Without one filter each, in the order of `choices.chosen`."""
    found = [asked.without(one.facet, one.value) for one in asked.choices]
    found += [replace(asked, since="")] if asked.since else []
    found += [replace(asked, until="")] if asked.until else []
    return found + [
        replace(asked, languages=tuple(one for one in asked.languages if one != code))
        for code in asked.languages
    ]


def _count(asked: Asked, names: Names) -> int:
    return ask(asked.text, names.language, asked.selection(), limit=0, counted=()).total
