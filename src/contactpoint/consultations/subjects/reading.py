"""The concepts of a query's words, by the one annotator of the portal; what it finds is kept.

A query is read in each of its languages; the surest reading of a concept counts. What an editor
chose counts as sure.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final

from contactpoint.consultations.models import Round, Subject
from contactpoint.glossary.terms import known_as_of, vocabulary
from contactpoint.kit.housekeeping import tidies

MOST: Final = 30
LONGEST: Final = 100_000
GLOSSARY: Final = "glossary"
_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Words:
    """What a query says, language → text; `chosen` are identifiers of concepts."""

    titles: Mapping[str, str] = field(default_factory=dict)
    backgrounds: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    chosen: Collection[str] = ()

    def languages(self) -> list[str]:
        """Those in which anything is said."""
        texts = [self.titles, self.backgrounds, *self.questions.values()]
        return sorted({code for each in texts for code, text in each.items() if text.strip()})


@dataclass(frozen=True, slots=True)
class About:
    """Concept → how much it is about it, 0 to 1; question → its concepts; concept → the words."""

    concepts: dict[str, float] = field(default_factory=dict)
    questions: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)


def about(said: Words) -> About:
    """What a query is about. One query of the database, and none for its words."""
    terms = vocabulary()
    found = About(dict.fromkeys(said.chosen, 1.0))
    for language in said.languages():
        parts = [texts.get(language, "") for texts in said.questions.values()]
        text = "\n".join([said.backgrounds.get(language, ""), *parts])[:LONGEST]
        title = said.titles.get(language, "")
        for one in terms.suggest(text, MOST, language, title=title, schemes=[GLOSSARY]):
            found.concepts[one.concept] = max(found.concepts.get(one.concept, 0.0), one.score)
            words = found.words.setdefault(one.concept, [])
            for span in one.evidence:
                if span.text.casefold() not in {known.casefold() for known in words}:
                    words.append(span.text)
    for code, texts in said.questions.items():
        named = (
            one.concept
            for language, text in texts.items()
            for one in terms.annotate(text[:LONGEST], language, schemes=[GLOSSARY])
        )
        found.questions[code] = list(dict.fromkeys(named))
    return found


def words_of(held: Round) -> Words:
    """What a round says; its version where it has one, else the newest of its instrument."""
    version = held.version or held.instrument.versions.order_by("-number").first()
    asked = version.asked() if version else None
    return Words(
        titles=held.labels,
        backgrounds=held.introductions,
        questions={one.code: one.labels for one in asked.questions()} if asked else {},
        chosen=list(held.concepts.values_list("slug", flat=True)),
    )


def remember(held: Round) -> Subject:
    """Read a round, unless nothing changed, and keep what it is about."""
    said = words_of(held)
    stamp = _stamp(said)
    known = Subject.objects.filter(round=held).first()
    if known is not None and known.read_with == stamp:
        return known
    read = about(said)
    kept, _made = Subject.objects.update_or_create(
        round=held,
        defaults={"concepts": read.concepts, "questions": read.questions, "read_with": stamp},
    )
    return kept


def remember_all() -> int:
    """Read what changed: rounds, or the glossary. Returns 0, since nothing is deleted."""
    for held in _rounds().iterator(_AT_ONCE):
        remember(held)
    return 0


tidies(remember_all)


def _rounds() -> Any:
    rows = Round.objects.filter(access=Round.Access.STATES).exclude(status=Round.Status.DRAFT)
    return rows.select_related("instrument", "version").order_by("pk")


def _stamp(said: Words) -> str:
    """The same as long as the words and the glossary are."""
    parts: Iterable[Any] = [
        *(dict(said.titles), dict(said.backgrounds), sorted(said.chosen)),
        {code: dict(texts) for code, texts in said.questions.items()},
        str(known_as_of()),
    ]
    return blake2b(json.dumps(parts, sort_keys=True).encode(), digest_size=16).hexdigest()
