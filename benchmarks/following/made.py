"""Distinct rules as readers may follow, and items in four languages, the same on every machine."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from searchspeed.documents import Maker, Name

from contactpoint.dissemination.matching.atoms import Rule, digest, rule_of
from contactpoint.search.documents import Document

LANGUAGES = ("en", "fr", "nl", "de")
LONG = 10
"""Each tenth item is a report of as many times the words."""
TIMES = 40


def rules(number: int, maker: Maker, names: Sequence[Name], searches: int) -> Iterator[Rule]:
    """So many distinct ones: of themes, concepts, countries, institutions and kinds, AND and OR,
    drawn by Zipf's law; `searches` in a hundred are searches of one to three words, half of them
    narrowed."""
    dice = np.random.default_rng(17)
    zipf = {size: (1 / np.arange(1, size + 1)) / (1 / np.arange(1, size + 1)).sum()
            for size in (6, 20, 30, 200, len(names))}  # fmt: skip

    def some(what: str, size: int, most: int = 1) -> list[str]:
        drawn = dice.choice(size, int(dice.integers(1, most + 1)), replace=False, p=zipf[size])
        if what == "concept":
            return [f"concept:{names[one].slug}" for one in drawn]
        return [f"{what}:{what}-{one}" for one in drawn]

    questions = iter(
        (text, language) for text, language in maker.questions(2 * number) if language in LANGUAGES
    )
    seen: set[str] = set()
    while len(seen) < number:
        turn = 9 if dice.integers(100) < searches else int(dice.integers(8))
        if turn < 3:
            groups = [some("concept", len(names), 2), some("country", 30, 2)]
        elif turn < 5:
            groups = [some("theme", 20, 3), some("kind", 6, 2), some("country", 30, 2)]
        elif turn < 7:
            groups = [some("concept", len(names), 3), some("theme", 20, 2)]
        elif turn < 8:
            groups = [some("theme", 20, 2), some("country", 30), some("institution", 200, 2)]
        else:
            text, language = next(questions)
            also = ["", f"&country=country-{dice.integers(30)}", "", "&theme.not=theme-1"][
                int(dice.integers(4))
            ]
            groups = [[f"question:/{language}/search/?q={'+'.join(text.split())}{also}"]]
        rule = rule_of(groups)
        if digest(rule) not in seen:
            seen.add(digest(rule))
            yield rule


def items(number: int, maker: Maker, after: int) -> list[Document]:
    """Documents of about 120 words in each of four languages; each tenth of some five thousand."""
    dice = np.random.default_rng(23)
    by_language: dict[str, list[Document]] = {one: [] for one in LANGUAGES}
    for document in maker.documents(after, after + number * (TIMES // LONG + 2) * 5):
        by_language.get(document.versions[0].language, []).append(document)
    found = []
    for turn in range(number):
        size = TIMES if turn % LONG == LONG - 1 else 1
        first = by_language["en"][turn]
        versions = []
        for language, known in by_language.items():
            chosen = [known[int(one)] for one in dice.integers(len(known), size=size)]
            text = " ".join(one.versions[0].text for one in chosen)
            versions.append(replace(chosen[0].versions[0], language=language, text=text))
        found.append(replace(first, key=f"item:{turn}", versions=versions))
    return found
