"""Checks of labels, translations and definitions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from contactpoint.vocabulary.check.finding import Hit, Survey, rule
from contactpoint.vocabulary.model import Label, VocabularyConcept

NEARLY_ALL: Final = 0.9
_NAMED: Final = 4


def expected_languages(survey: Survey) -> list[str]:
    """The languages given, else those in which nine concepts of ten have a preferred label."""
    return _expected(survey, [_languages(concept.labels) for concept in survey.living.values()])


def _languages(labels: Iterable[Label]) -> set[str]:
    return {label.language for label in labels if label.kind == "preferred"}


def _expected(survey: Survey, filled: list[set[str]]) -> list[str]:
    if survey.given_languages is not None:
        return list(survey.given_languages)
    counts = Counter(language for languages in filled for language in languages)
    return sorted(code for code, count in counts.items() if count >= NEARLY_ALL * len(filled))


@rule(
    "preferred-missing",
    "error",
    "It has no preferred label in any language. Add one, in English first.",
)
def _preferred_missing(survey: Survey) -> Iterator[Hit]:
    """A concept without a preferred label has no name to be shown by."""
    for slug, concept in survey.concepts.items():
        if not _languages(concept.labels):
            yield Hit(slug)


@rule(
    "preferred-twice",
    "error",
    "It has several preferred labels in this language: {labels}. Keep one and make the others "
    "alternative labels.",
)
def _preferred_twice(survey: Survey) -> Iterator[Hit]:
    """A concept has at most one preferred label in a language (SKOS S14); labels of different
    national variants are told apart."""
    for slug, concept in survey.concepts.items():
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for label in concept.labels:
            if label.kind == "preferred":
                found[label.language, label.variant].append(label.text)
        for (language, _variant), texts in sorted(found.items()):
            if len(texts) > 1:
                yield Hit(slug, language, {"labels": _quoted(texts)})


@rule(
    "label-repeated",
    "error",
    "“{label}” is its {kinds} label at once. Keep it as the first of them.",
)
def _label_repeated(survey: Survey) -> Iterator[Hit]:
    """The preferred, alternative and hidden labels of a concept have none in common in a language
    (SKOS S13)."""
    order = ("preferred", "alternative", "hidden")
    for slug, concept in survey.concepts.items():
        kinds: dict[tuple[str, str], set[str]] = defaultdict(set)
        for label in concept.labels:
            kinds[label.language, label.text].add(label.kind)
        for (language, text), found in sorted(kinds.items()):
            if len(found) > 1:
                named = " and ".join(kind for kind in order if kind in found)
                yield Hit(slug, language, {"label": text, "kinds": named})


def _shared(survey: Survey, wanted: str) -> Iterator[Hit]:
    """Labels that several concepts bear, graded by the weakest bearer of the strongest two."""
    for (language, text), bearers in survey.shared.items():
        preferred = sum("preferred" in kinds for kinds in bearers.values())
        visible = sum(kinds != {"hidden"} for kinds in bearers.values())
        grade = "preferred" if preferred > 1 else "visible" if visible > 1 else "hidden"
        if grade == wanted:
            first, *rest = sorted(bearers)
            yield Hit(first, language, {"label": text, "others": _some(rest)})


@rule(
    "preferred-shared",
    "error",
    "“{label}” is also the preferred label of {others}. Tell them apart with a qualifier in "
    "brackets, or merge the concepts.",
)
def _preferred_shared(survey: Survey) -> Iterator[Hit]:
    """Two concepts have the same preferred label in a language."""
    return _shared(survey, "preferred")


@rule(
    "label-shared",
    "warning",
    "“{label}” is also a label of {others}. Keep it where it is used most, or merge the concepts.",
)
def _label_shared(survey: Survey) -> Iterator[Hit]:
    """A label that readers see, preferred or alternative, belongs to two concepts in a language."""
    return _shared(survey, "visible")


@rule(
    "hidden-shared",
    "hint",
    "“{label}” also leads to {others}. Remove it from one of them if the words should be certain.",
)
def _hidden_shared(survey: Survey) -> Iterator[Hit]:
    """A hidden label of one concept is a label of another."""
    return _shared(survey, "hidden")


@rule(
    "label-near",
    "hint",
    "{labels} differ only by case or accent. One is enough: the matcher finds the others.",
)
def _label_near(survey: Survey) -> Iterator[Hit]:
    """Two labels of one concept in a language differ only by capitals or accents."""
    for slug, concept in survey.living.items():
        forms: dict[tuple[str, str], list[str]] = defaultdict(list)
        for language, text in {(label.language, label.text) for label in concept.labels}:
            forms[language, survey.folded[text]].append(text)
        near = [(language, sorted(texts)) for (language, _), texts in forms.items() if texts[1:]]
        for language, texts in sorted(near):
            yield Hit(slug, language, {"labels": _quoted(texts)})


@rule(
    "label-near-other",
    "warning",
    "“{label}” differs only by case or accent from “{other}” of {others}. Readers and the matcher "
    "can't tell them apart: add a qualifier in brackets, or merge the concepts.",
)
def _label_near_other(survey: Survey) -> Iterator[Hit]:
    """Labels that readers see of two concepts differ only by capitals or accents."""
    forms: dict[tuple[str, str], set[str]] = defaultdict(set)
    for concept in survey.living.values():
        for label in concept.labels:
            if label.kind != "hidden":
                forms[label.language, survey.folded[label.text]].add(label.text)
    near = {
        (language, text)
        for (language, _form), texts in forms.items()
        if len(texts) > 1
        for text in texts
    }
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for slug, concept in survey.living.items():
        for label in concept.labels:
            if label.kind != "hidden" and (label.language, label.text) in near:
                bearers[label.language, label.text].add(slug)
    for language, form in sorted({(code, survey.folded[text]) for code, text in near}):
        first, *rest = sorted(forms[language, form])
        for text in rest:
            others = sorted(bearers[language, text] - bearers[language, first])
            mine = sorted(bearers[language, first] - bearers[language, text])
            if others and mine:
                words = {"label": first, "other": text, "others": _some(others)}
                yield Hit(mine[0], language, words)


@rule(
    "translation-missing",
    "warning",
    "It has no preferred label in this language. Add it.",
)
def _translation_missing(survey: Survey) -> Iterator[Hit]:
    """A concept lacks a preferred label in a language that is expected: one of those asked for, or
    one in which nine concepts of ten have a label."""
    expected = expected_languages(survey)
    for slug, concept in survey.living.items():
        have = _languages(concept.labels)
        for language in expected:
            if have and language not in have:
                yield Hit(slug, language)


@rule("definition-missing", "hint", "It has no definition. Write one, with its source.")
def _definition_missing(survey: Survey) -> Iterator[Hit]:
    """A concept has no definition in any language."""
    for slug, concept in survey.living.items():
        if not concept.definitions:
            yield Hit(slug)


@rule(
    "definition-untranslated",
    "hint",
    "It is defined in {languages}, not in this language. Translate the definition.",
)
def _definition_untranslated(survey: Survey) -> Iterator[Hit]:
    """A concept has a definition, but not in a language in which nine of ten that have one do, or
    in one of those asked for."""
    defined: list[tuple[VocabularyConcept, set[str]]] = [
        (concept, {definition.language for definition in concept.definitions})
        for concept in survey.living.values()
        if concept.definitions
    ]
    for language in _expected(survey, [languages for _concept, languages in defined]):
        for concept, languages in defined:
            if language not in languages:
                yield Hit(concept.id, language, {"languages": ", ".join(sorted(languages))})


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts)


def _some(concepts: list[str]) -> str:
    return ", ".join([*concepts[:_NAMED], *(["…"] if len(concepts) > _NAMED else [])])
