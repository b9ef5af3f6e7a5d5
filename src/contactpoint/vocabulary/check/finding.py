"""What a check says, and the registry of checks that code, documents and tests all read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal

from contactpoint.vocabulary.model import Scheme, VocabularyConcept
from contactpoint.vocabulary.normalise import fold

Severity = Literal["error", "warning", "hint"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "hint")


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a check struck: a concept, a language if there is one, and words for its sentence."""

    concept: str
    language: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `message` says it and the mend in English; `words` are what stands in the
    sentence, for whoever says it in another language by `code`."""

    code: str
    severity: Severity
    scheme: str
    concept: str
    language: str
    message: str
    words: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The finding as the command lines print it."""
        return {
            "code": self.code,
            "severity": self.severity,
            "scheme": self.scheme,
            "concept": self.concept or None,
            "language": self.language or None,
            "message": self.message,
        }


class Survey:
    """A scheme as the checks look at it, with what several of them need prepared once.

    `others` are further schemes that its matches may lead to; `languages` are those in which
    labels and definitions are expected, or None to take those that the scheme itself nearly fills.
    """

    def __init__(
        self, scheme: Scheme, others: Sequence[Scheme], languages: Sequence[str] | None
    ) -> None:
        self.scheme, self.others, self.given_languages = scheme, others, languages

    @cached_property
    def concepts(self) -> Mapping[str, VocabularyConcept]:
        """Every concept by its id, in the order of the ids, so that findings are too."""
        return dict(sorted(self.scheme.concepts.items()))

    @cached_property
    def living(self) -> Mapping[str, VocabularyConcept]:
        """The concepts that are not deprecated."""
        return {
            slug: concept
            for slug, concept in self.concepts.items()
            if concept.status != "deprecated"
        }

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """Each label that is in use without capitals and accents, which takes time to find out."""
        texts = {label.text for concept in self.living.values() for label in concept.labels}
        return {text: fold(text) for text in texts}

    @cached_property
    def shared(self) -> Mapping[tuple[str, str], Mapping[str, set[str]]]:
        """Labels in use of several concepts: by language and text, each concept's kinds of it."""
        first: dict[tuple[str, str], str] = {}
        several: set[tuple[str, str]] = set()
        for slug, concept in self.living.items():
            for label in concept.labels:
                key = (label.language, label.text)
                if first.setdefault(key, slug) != slug:
                    several.add(key)
        found: dict[tuple[str, str], dict[str, set[str]]] = {key: {} for key in sorted(several)}
        for slug, concept in self.living.items():
            for label in concept.labels:
                bearers = found.get((label.language, label.text))
                if bearers is not None:
                    bearers.setdefault(slug, set()).add(label.kind)
        return found

    @cached_property
    def broader(self) -> Mapping[str, tuple[str, ...]]:
        """What stands right above each concept, whichever of the two says so; known ones only."""
        above: dict[str, set[str]] = {slug: set() for slug in self.concepts}
        for slug, concept in self.concepts.items():
            above[slug].update(target for target in concept.broader if target in above)
            for target in concept.narrower:
                if target in above:
                    above[target].add(slug)
        return {slug: tuple(sorted(targets)) for slug, targets in above.items()}


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: `sentence` has places in braces for the words of a hit, `meaning` is for the
    documents."""

    code: str
    severity: Severity
    sentence: str
    meaning: str
    find: Callable[[Survey], Iterable[Hit]]

    def findings(self, survey: Survey) -> Iterator[Finding]:
        """What this check finds in a scheme."""
        for hit in self.find(survey):
            yield Finding(
                code=self.code,
                severity=self.severity,
                scheme=survey.scheme.id,
                concept=hit.concept,
                language=hit.language,
                message=self.sentence.format_map(hit.words),
                words=hit.words,
            )


RULES: Final[dict[str, Rule]] = {}
Find = Callable[[Survey], Iterable[Hit]]


def rule(code: str, severity: Severity, sentence: str) -> Callable[[Find], Find]:
    """Register a check; the function's docstring is its meaning."""

    def register(find: Find) -> Find:
        if code in RULES:
            raise LookupError(f"Two checks are called {code}.")
        meaning = " ".join((find.__doc__ or "").split())
        RULES[code] = Rule(code, severity, sentence, meaning, find)
        return find

    return register
