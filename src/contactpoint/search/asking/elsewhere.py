"""Why a thing answers where its texts do not say so: kind, further names, what it belongs to."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, Protocol

from contactpoint.search.asking import explaining
from contactpoint.search.asking.composing import Composer
from contactpoint.search.asking.meant import Meant
from contactpoint.search.asking.needles import Needles
from contactpoint.search.asking.understanding import Question
from contactpoint.search.meanings import KINDS

Thing = Mapping[str, Any]
_Answer = tuple[set[int], Callable[[], str]]
"""Units that a name answers, and the sentence that says so, made only if it is needed."""


class Asking(Protocol):
    """What a presenter knows of the question."""

    question: Question
    composer: Composer

    def wanted(self, language: str) -> Needles:
        """What is sought in texts of a language."""

    def label(self, meant: Meant) -> str:
        """What a concept of the question is called."""


def otherwise(thing: Thing, units: set[int], asking: Asking) -> tuple[list[str], set[int]]:
    """Sentences that say why a thing answers these units of the question, each unit but once; and
    the units that are left."""
    reasons: list[str] = []
    left = set(units)
    for answered, reason in chain(_by_kind(thing, units, asking), _by_names(thing, asking)):
        if answered & left:
            left -= answered
            reasons.append(reason())
        if not left:
            break
    return reasons, left


def _by_kind(thing: Thing, units: set[int], asking: Asking) -> Iterator[_Answer]:
    for number in units:
        for meant in asking.question.units[number].concepts:
            if meant.scheme == KINDS and meant.slug == thing["kind"]:
                yield {number}, partial(explaining.kind, asking.label(meant))


def _by_names(thing: Thing, asking: Asking) -> Iterator[_Answer]:
    """Further names, names of what it belongs to, keywords; the asker's language goes first."""
    asked = asking.question.language
    for language, name in _by_language(thing.get("names", {}), asked):
        yield _own_in(name, language, asking), partial(explaining.called, name, language, asked)
    for language, name in _by_language(thing.get("named", {}), asked):
        yield _own_in(name, language, asking), partial(explaining.belonging, [name])
    for keyword in thing.get("keywords", ()):
        for language in asking.composer.spoken:
            yield _own_in(keyword, language, asking), partial(explaining.keywords, [keyword])


def _by_language(names: Mapping[str, Sequence[str]], first: str) -> Iterator[tuple[str, str]]:
    for language in sorted(names, key=lambda code: (code != first, code)):
        for name in names[language]:
            yield language, name


def _own_in(text: str, language: str, asking: Asking) -> set[int]:
    """The units that the asker's own words answer in a short text."""
    wanted = asking.wanted(language)
    answered = wanted.answered(wanted.find(text))
    return {unit for unit, is_own in answered.items() if is_own}
