"""Where an everyday word of a question stands in other words, or in another language.

That a thing is about *new* is no sentence that a person would write; that it has “neue” is one.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from contactpoint.search.asking import explaining
from contactpoint.search.asking.loose import are_alike
from contactpoint.search.asking.meant import Meant
from contactpoint.search.asking.needles import Needles
from contactpoint.search.asking.seeing import Seen, seen_in
from contactpoint.search.asking.understanding import Question
from contactpoint.search.meanings import WORDS
from contactpoint.vocabulary import Label, fold


class Asking(Protocol):
    """What a presenter knows of the question."""

    question: Question

    def wanted(self, language: str) -> Needles:
        """What is sought in texts of a language."""

    def names(self, meant: Meant) -> Sequence[Label]:
        """All names of what is meant."""


def in_other_words(
    thing: Mapping[str, Any],
    versions: Mapping[str, Mapping[str, Any]],
    units: Iterable[int],
    seen: Seen,
    asking: Asking,
) -> dict[int, str]:
    """By unit, the sentence that says in which words the thing has an everyday word of it; `seen`
    is what was seen in the version that is shown."""
    reasons: dict[int, str] = {}
    looked = {seen.language: seen}
    about = thing.get("about", {})
    for number in sorted(units):
        unit = asking.question.units[number]
        meant = next((m for m in unit.concepts if m.scheme == WORDS and m.token in about), None)
        if meant is None:
            continue
        said = meant.text if meant.whole else asking.question.said(unit)
        for language in [seen.language, *(one for one in versions if one != seen.language)]:
            if language not in looked:
                looked[language] = seen_in(versions[language], asking.wanted(language))[0]
            names = [name.text for name in asking.names(meant) if name.language == language]
            words = _named_in(looked[language], number, asking.wanted(language), names)
            if words:
                reasons[number] = _sentence(said, words, language, meant, asking.question)
                break
        reasons.setdefault(number, explaining.somehow(said, is_part=not meant.whole))
    return reasons


def _sentence(said: str, words: str, language: str, meant: Meant, question: Question) -> str:
    is_part = not meant.whole
    if fold(words) == fold(said):
        reason = explaining.in_text([said])
        is_read = language == question.language
        return (
            reason if is_read else explaining.in_other_language(reason, language, question.language)
        )
    if language == meant.language:
        return explaining.in_other_words(said, words, is_part=is_part)
    return explaining.translated(said, words, language, question.language, is_part=is_part)


def _named_in(seen: Seen, number: int, wanted: Needles, names: Sequence[str]) -> str:
    """The words of a version that mean the same as a unit of the question: a form of a name."""
    for text in (seen.title_text, *(one.text for one in seen.highlights)):
        for found in wanted.find(text):
            words = text[found.start : found.end]
            if found.unit == number and any(are_alike(fold(words), fold(name)) for name in names):
                return words
    return ""
