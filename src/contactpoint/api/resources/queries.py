"""Ad-hoc queries and studies of the network: what was asked, and what states let everybody know.

Answers come from `compilations` for the public circle, which takes them from `reaching`: what is
not for wider dissemination is not here, nor is that it was given.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db.models import F, QuerySet

from contactpoint.api.cursors import Order
from contactpoint.api.parameters import Asked, Facet
from contactpoint.api.resources.narrowing import ABOUT_FACETS, narrowed_by_links
from contactpoint.api.resources.outputs import iso
from contactpoint.api.resources.resource import Thing, reference, whole
from contactpoint.api.resources.rows import Rows
from contactpoint.api.rights import Rights
from contactpoint.api.shapes import (
    ADDRESS,
    ADDRESSES,
    DAY,
    PAGES,
    REFERENCE,
    TEXT,
    TRUTH,
    WORDS,
    Field,
    choice,
    of_object,
    perhaps,
    some,
)
from contactpoint.consultations import reaching
from contactpoint.consultations.compilations.addresses import round_url
from contactpoint.consultations.compilations.compilation import Compilation, Given
from contactpoint.consultations.compilations.gathering import compiled_all
from contactpoint.consultations.models import Instrument
from contactpoint.consultations.reaching import Circle

LANGUAGES: Final = tuple(code for code, _name in settings.LANGUAGES)
_ANSWER: Final = of_object(
    {
        "country": TEXT,
        "question": TEXT,
        "text": WORDS,
        "remark": WORDS,
        "chosen": {"type": "object", "additionalProperties": some(TEXT)},
        "sources": some(of_object({"title": TEXT, "url": perhaps(ADDRESS)})),
        "answered": DAY,
        "is_past": TRUTH,
    }
)


class Queries(Rows):
    """Rounds that are public. The list has no answers: each round by itself has."""

    name: ClassVar[str] = "queries"
    schema_name: ClassVar[str] = "Query"
    about: ClassVar[str] = (
        "Ad-hoc queries and studies of the network, with the answers that states let everybody "
        "know. An answer is in the language in which it was given."
    )
    key: ClassVar[str] = "code"
    sorts: ClassVar[tuple[str, ...]] = ("id",)
    orders: ClassVar[Mapping[str, Order]] = {"id": Order("id", F("code"), str)}
    facets: ClassVar[tuple[Facet, ...]] = (
        Facet("kind", choice(Instrument.Kind.values), "kinds.", ("any", "none")),
        *(one for one in ABOUT_FACETS if one.name in ("theme", "concept")),
    )
    rights: ClassVar[Rights | None] = Rights.ANSWERS
    not_ours: ClassVar[tuple[str, ...]] = ("background", "summary", "questions", "answers")
    only_one: ClassVar[tuple[str, ...]] = ("answers",)
    examples: ClassVar[tuple[tuple[str, str], ...]] = (
        ("fields=title,answered_by", "What was asked, and who answered for everybody."),
    )
    fields: ClassVar[tuple[Field, ...]] = (
        Field("kind", choice(Instrument.Kind.values), "What it is."),
        Field("reference", perhaps(TEXT), "Its number in the network."),
        Field("title", WORDS, "Its title.", {"@id": "dcterms:title", "@container": "@language"}),
        Field("background", WORDS, "Why it was asked."),
        Field("summary", WORDS, "What came of it."),
        Field("url", ADDRESSES, "Its pages.", PAGES),
        Field("asked", perhaps(DAY), "When it was asked."),
        Field("is_example", TRUTH, "Whether it is made up to show how it works."),
        Field("themes", some(REFERENCE), "Main themes.", "dcat:theme"),
        Field("concepts", some(REFERENCE), "Concepts of the glossary.", "dcterms:subject"),
        Field(
            "questions",
            some(of_object({"id": TEXT, "number": TEXT, "text": WORDS})),
            "What was asked.",
        ),
        Field("answered_by", some(TEXT), "Codes of states whose answers anybody may know."),
        Field("answers", some(_ANSWER), "The answers that anybody may know."),
    )

    def rows(self) -> "QuerySet[Any]":
        return reaching.rounds(Circle.PUBLIC).select_related(
            "instrument", "version", "requested_by", "institution"
        ).prefetch_related("themes", "concepts")  # fmt: skip

    def narrowed(self, found: "QuerySet[Any]", asked: Asked) -> "QuerySet[Any]":
        columns = {
            "kind": "instrument__kind", "theme": "themes__slug", "concept": "concepts__slug",
        }  # fmt: skip
        return narrowed_by_links(found, asked, columns)

    def told(self, rows: Sequence[Any], fields: Collection[str]) -> dict[str, Thing]:
        """Two queries and at most three a language, whatever the number of rounds."""
        by_language = {code: compiled_all(rows, Circle.PUBLIC, code) for code in LANGUAGES}
        return {
            one.code: Thing(self._values(one, [by_language[code][at] for code in LANGUAGES]))
            for at, one in enumerate(rows)
        }

    def _values(self, one: Any, told: Sequence[Compilation]) -> dict[str, Any]:
        first = told[0]
        living = [each for each in one.concepts.all() if each.status != "deprecated"]
        return {
            "id": one.code,
            "self": self.url(one.code),
            "kind": first.kind,
            "reference": first.reference or None,
            "title": spoken(each.title for each in told),
            "background": spoken(each.background for each in told),
            "summary": spoken(each.summary for each in told),
            "url": {code: whole(round_url(one.code, code)) for code in LANGUAGES},
            "asked": iso(first.asked_on),
            "is_example": first.is_example,
            "themes": [
                reference("themes", each.slug, each.labels)
                for each in sorted(one.themes.all(), key=lambda each: each.slug)
            ],
            "concepts": [
                reference("concepts", each.slug, each.labels)
                for each in sorted(living, key=lambda each: each.slug)
            ],
            "questions": [
                {
                    "id": question.code,
                    "number": question.number,
                    "text": spoken(each.questions[at].text for each in told),
                }
                for at, question in enumerate(first.questions)
            ],
            "answered_by": sorted(state.code for state in first.states),
            "answers": [
                _answer(state.code, question.code, [each.given[state.code, question.code]
                                                    for each in told])
                for state, question, _given in first.rows()
            ],
        }  # fmt: skip


def _answer(state: str, question: str, told: Sequence[Given]) -> dict[str, Any]:
    first = told[0]
    return {
        "country": state,
        "question": question,
        "text": {each.language or "und": each.text for each in told if each.text},
        "remark": {first.remark_language or "und": first.remark} if first.remark else {},
        "chosen": {row or question: list(codes) for row, codes in first.chosen.items()},
        "sources": [{"title": each.title, "url": each.url or None} for each in first.sources],
        "answered": first.said_on.isoformat(),
        "is_past": first.is_past,
    }


def spoken(said: Iterable[Any]) -> dict[str, str]:
    """Texts by the language that they are really in."""
    return {language: text for text, language in said if text and language}
