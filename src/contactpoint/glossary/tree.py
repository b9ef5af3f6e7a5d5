"""The hierarchy as steps of nested lists: a template walks over them without calling itself.

A concept may stand under several others, and a chain may be long; neither may make a page that
never ends, so each concept is opened in a few places at most, and loops are cut.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from contactpoint.glossary.lexicon import Lexicon, Term

MOST_PLACES: Final = 4
"""In so many places a concept shows what is narrower; in further ones it is only named."""

HERE: Final = "here"
"""The fragment of an address that leads to where the reader is in the tree."""


@dataclass(frozen=True, slots=True)
class Step:
    """A line (`leaf`), a line that opens a list under it (`open`), or the end of that list."""

    kind: Literal["leaf", "open", "close"]
    term: Term | None = None
    is_open: bool = False
    is_current: bool = False
    anchor: str = ""
    count: int = 0
    elsewhere: tuple[Term, ...] = ()


CLOSE: Final = Step("close")


def whole(lexicon: Lexicon, language: str, at: str = "") -> list[Step]:
    """The whole hierarchy, open where `at` stands."""
    is_known = at in lexicon.concepts
    opened = {at, *lexicon.above(at)} if is_known else set()
    return _walk(
        lexicon,
        language,
        lexicon.roots,
        lambda slug: lexicon.concepts[slug].narrower,
        opened=opened,
        current=at,
    )


def branch(lexicon: Lexicon, slug: str, language: str) -> list[Step]:
    """The place of one concept: what is above it, itself, and what is narrower."""
    above = lexicon.above(slug)
    path = {slug, *above}
    below: dict[str, Iterable[str]] = {
        one: [child for child in lexicon.concepts[one].narrower if child in path] for one in above
    }
    return _walk(
        lexicon,
        language,
        [one for one in lexicon.roots if one in path] or [slug],
        lambda one: below.get(one, lexicon.concepts[one].narrower),
        opened=path,
        current=slug,
    )


def _walk(
    lexicon: Lexicon,
    language: str,
    roots: Iterable[str],
    narrower: Callable[[str], Iterable[str]],
    *,
    opened: set[str],
    current: str,
) -> list[Step]:
    steps: list[Step] = []
    times: dict[str, int] = {}
    path: list[str] = []
    shown: set[str] = set()
    ahead: list[tuple[Term, str] | None] = [
        (term, "") for term in reversed(lexicon.sorted_terms(roots, language))
    ]
    while ahead:
        following = ahead.pop()
        if following is None:
            path.pop()
            steps.append(CLOSE)
            continue
        term, parent = following
        children = (
            lexicon.sorted_terms(set(narrower(term.slug)) - {term.slug, *path}, language)
            if times.get(term.slug, 0) < MOST_PLACES
            else []
        )
        is_first = term.slug == current and term.slug not in shown
        shown.add(term.slug)
        steps.append(
            Step(
                "open" if children else "leaf",
                term,
                is_open=term.slug in opened,
                is_current=term.slug == current,
                anchor=HERE if is_first else "",
                count=len(children),
                elsewhere=_elsewhere(lexicon, term.slug, parent, language),
            )
        )
        if children:
            times[term.slug] = times.get(term.slug, 0) + 1
            path.append(term.slug)
            ahead.append(None)
            ahead.extend((child, term.slug) for child in reversed(children))
    return steps


def _elsewhere(lexicon: Lexicon, slug: str, parent: str, language: str) -> tuple[Term, ...]:
    """What else a concept stands under."""
    broader = set(lexicon.concepts[slug].broader) - {parent}
    return tuple(lexicon.sorted_terms(broader, language)) if broader else ()
