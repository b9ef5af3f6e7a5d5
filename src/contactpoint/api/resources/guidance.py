"""Guidance for applicants, in each language in which a text is published."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar, Final

from django.db.models import F, QuerySet

from contactpoint.api.cursors import Order
from contactpoint.api.parameters import Asked, Facet
from contactpoint.api.resources.narrowing import ABOUT_FACETS, narrowed_by_links, needed
from contactpoint.api.resources.outputs import iso
from contactpoint.api.resources.resource import Thing, reference, whole
from contactpoint.api.resources.rows import Rows
from contactpoint.api.rights import Rights
from contactpoint.api.shapes import (
    ADDRESSES,
    DAY,
    LANGUAGE,
    PAGES,
    REFERENCE,
    TEXT,
    WORDS,
    Field,
    of_object,
    perhaps,
    some,
)
from contactpoint.guidance.addresses import Addresses
from contactpoint.guidance.languages import SOURCE, languages
from contactpoint.guidance.models import Guide, GuideText
from contactpoint.guidance.texts.blocks import arranged, spoken
from contactpoint.kit.visibility import unexpired

_CHECKED: Final = of_object({"by": perhaps(TEXT), "on": perhaps(DAY)})


class Guidance(Rows):
    """Guides with a text in any language."""

    name: ClassVar[str] = "guidance"
    schema_name: ClassVar[str] = "Guide"
    about: ClassVar[str] = (
        "Guidance for applicants, in plain words and in the languages of applicants. Say where it "
        "is from and from which day: what is checked may change."
    )
    key: ClassVar[str] = "code"
    orders: ClassVar[Mapping[str, Order]] = {"id": Order("id", F("code"), str)}
    rights: ClassVar[Rights | None] = Rights.TEXTS
    not_ours: ClassVar[tuple[str, ...]] = ("text",)
    only_one: ClassVar[tuple[str, ...]] = ("text",)
    facets: ClassVar[tuple[Facet, ...]] = (
        *(one for one in ABOUT_FACETS if one.name in ("theme", "concept")),
        Facet(
            "language", {"type": "string", "pattern": LANGUAGE}, "languages in which it is there."
        ),
    )
    examples: ClassVar[tuple[tuple[str, str], ...]] = (
        ("fields=title,summary", "What there is, in all languages."),
    )
    fields: ClassVar[tuple[Field, ...]] = (
        Field("title", WORDS, "Its title.", {"@id": "dcterms:title", "@container": "@language"}),
        Field("summary", WORDS, "What the reader knows afterwards."),
        Field("text", WORDS, "All that it says, as plain text."),
        Field("part", TEXT, "What it is about, as its address says."),
        Field("step", perhaps({"type": "integer"}), "Its place on the way from arrival on."),
        Field(
            "checked",
            {
                "type": "object",
                "propertyNames": {"pattern": LANGUAGE},
                "additionalProperties": _CHECKED,
            },
            "Who says, and since when, that these very words are true, by language.",
        ),
        Field("examples", some(TEXT), "Languages in which it is an example that nobody checked."),
        Field("url", ADDRESSES, "Its pages.", PAGES),
        Field("themes", some(REFERENCE), "Themes of the site.", "dcat:theme"),
        Field("concepts", some(REFERENCE), "Concepts of the glossary.", "dcterms:subject"),
    )

    def rows(self) -> "QuerySet[Any]":
        texts = live().order_by()
        found = Guide.objects.filter(pk__in=texts.values("guide")).select_related("theme")
        return found.prefetch_related("subjects", "concepts")

    def narrowed(self, found: "QuerySet[Any]", asked: Asked) -> "QuerySet[Any]":
        columns = {"theme": "subjects__slug", "concept": "concepts__slug"}
        found = narrowed_by_links(found, asked, columns)
        if chosen := asked.chosen.get("language"):
            for is_wanted, codes in needed(chosen):
                own = live().filter(language__in=codes).order_by().values("guide")
                found = found.filter(pk__in=own) if is_wanted else found.exclude(pk__in=own)
        return found

    def told(self, rows: Sequence[Any], fields: Collection[str]) -> dict[str, Thing]:
        """Three queries more."""
        texts: dict[int, dict[str, GuideText]] = defaultdict(dict)
        for text in live().filter(guide__in=rows).order_by("language"):
            texts[text.guide_id][text.language] = text
        return {
            one.code: Thing(self._values(one, texts[one.pk], has_text="text" in fields))
            for one in rows
            if texts[one.pk]
        }

    def _values(
        self, one: Guide, texts: Mapping[str, GuideText], *, has_text: bool
    ) -> dict[str, Any]:
        living = [each for each in one.concepts.all() if each.status != "deprecated"]
        return {
            "id": one.code,
            "self": self.url(one.code),
            "title": {code: text.title for code, text in texts.items()},
            "summary": {
                code: text.summary.replace("**", "") for code, text in texts.items() if text.summary
            },
            "text": {code: _plain(text, texts.get(SOURCE)) for code, text in texts.items()}
            if has_text
            else {},
            "part": one.theme.code,
            "step": one.step,
            "checked": {
                code: {"by": text.checked_by or None, "on": iso(text.checked_on)}
                for code, text in texts.items()
                if text.is_checked
            },
            "examples": [code for code, text in texts.items() if text.is_example],
            "url": {code: whole(Addresses(code).guide(one.theme.code, one.code)) for code in texts},
            "themes": [
                reference("themes", each.slug, each.labels)
                for each in sorted(one.subjects.all(), key=lambda each: each.slug)
            ],
            "concepts": [
                reference("concepts", each.slug, each.labels)
                for each in sorted(living, key=lambda each: each.slug)
            ],
        }


def live() -> "QuerySet[GuideText]":
    """The texts that anybody may read."""
    return GuideText.objects.filter(unexpired(), live=True, language__in=languages())


def _plain(text: GuideText, source: GuideText | None) -> str:
    blocks = arranged(text.blocks, source.blocks) if source and source != text else text.blocks
    return "\n\n".join(filter(None, map(spoken, blocks)))
