"""The search as readers have it: words and concepts over all that is public, with counts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final

from django.conf import settings
from django.utils.translation import override

from contactpoint.api.cursors import taken_apart, written, wrong
from contactpoint.api.parameters import Asked, Facet, Parameter
from contactpoint.api.problems import ProblemError
from contactpoint.api.resources.found import names as found_names
from contactpoint.api.resources.narrowing import ABOUT_FACETS, LANGUAGES
from contactpoint.api.resources.resource import ID, SELF, Listed, Resource, Thing, whole
from contactpoint.api.shapes import (
    ADDRESS,
    ADDRESSES,
    DAY,
    NUMBER,
    TEXT,
    WORDS,
    Field,
    Schema,
    choice,
    named,
    of_object,
    perhaps,
    some,
)
from contactpoint.search.asking.results import Result
from contactpoint.search.documents import FACETS
from contactpoint.search.engines.base import UnavailableError
from contactpoint.search.showing import addresses
from contactpoint.search.showing.limits import LONGEST
from contactpoint.search.showing.naming import KINDS, TYPES, Names, known_languages
from contactpoint.search.views.answers import answer

MOST_OFFSET: Final = 10_000
_SORTS: Final = ("fit", "newest", "oldest")
_KINDS: Final = {"kind": tuple(KINDS), "type": tuple(dict.fromkeys(TYPES))}
_YEAR: Final[Schema] = {"type": "string", "pattern": "^[0-9]{4}$"}
_ID: Final = replace(ID, about="Its key in the list that `self` leads to; else its key here.")
_SELF: Final = replace(
    SELF,
    about="Its address in this interface, and its name in the graph; of what has none, its page.",
)


class Search(Resource):
    """All that the search finds; each result leads on to what it is."""

    name: ClassVar[str] = "search"
    schema_name: ClassVar[str] = "Result"
    about: ClassVar[str] = (
        "All that is public, by words in any language and by what they mean, with counts for each "
        "filter. Nothing that is asked is kept with who asked it."
    )
    has_items: ClassVar[bool] = False
    facets: ClassVar[tuple[Facet, ...]] = (
        Facet("kind", choice(_KINDS["kind"]), "kinds."),
        Facet("type", choice(_KINDS["type"]), "types of publications and consultations."),
        *(one for one in ABOUT_FACETS if one.name != "language"),
        Facet("language", choice(tuple(known_languages())), "languages in which it can be read."),
        Facet("year", _YEAR, "years."),
    )
    further: ClassVar[tuple[Parameter, ...]] = (
        Parameter(
            "q", {"type": "string", "minLength": 1, "maxLength": LONGEST},
            "What is looked for; without it, all that the filters leave.",
        ),
        Parameter(
            "language", choice(LANGUAGES),
            "The language of who reads: by it the version and the labels are chosen.",
        ),
        Parameter("from", DAY, "Dated that day or later."),
        Parameter("to", DAY, "Dated that day or earlier."),
    )  # fmt: skip
    sorts: ClassVar[tuple[str, ...]] = _SORTS
    more: ClassVar[Mapping[str, Schema]] = {
        "total": NUMBER,
        "facets": {
            "type": "object",
            "propertyNames": {"enum": list(FACETS)},
            "additionalProperties": some(
                of_object({"value": TEXT, "label": TEXT, "count": NUMBER})
            ),
        },
        "concepts": some(of_object({"id": TEXT, "label": TEXT, "text": TEXT})),
        "did_you_mean": some(TEXT),
    }
    examples: ClassVar[tuple[tuple[str, str], ...]] = (
        ("q=family+reunification&limit=5", "What is there on family reunification?"),
        (
            "q=regroupement+familial&language=fr&kind.any=publication",
            "Publications, asked in French.",
        ),
    )
    # What fits best depends on all that is there, so no place in the order lasts.
    cursor_about: ClassVar[str] = (
        "Where to go on, from “next” of the page before: so many results further. Where something "
        "is published or taken away between two pages, a result may come twice or be passed over; "
        "the lists hold still."
    )
    fields: ClassVar[tuple[Field, ...]] = (
        Field("kind", choice(_KINDS["kind"]), "What it is."),
        Field("type", perhaps(TEXT), "Its type, of a publication or consultation."),
        Field("title", WORDS, "Its title, in the language that this reader reads best."),
        Field("teaser", WORDS, "What it is about, in the same language."),
        Field("url", ADDRESSES, "Its pages."),
        Field("link", ADDRESS, "Its page, in the language that this reader reads best."),
        Field("date", perhaps(DAY), "Its day."),
        Field("themes", some(TEXT), "Keys of its themes."),
        Field("concepts", some(TEXT), "Keys of its concepts."),
        Field("highlights", some(TEXT), "Sentences in which the words stand."),
        Field("reasons", some(TEXT), "Why it answers."),
        Field("page", named("PageOfFile"), "Where in a file the words stand first."),
    )  # fmt: skip

    @property
    def every_field(self) -> tuple[Field, ...]:
        """With those that every thing has; a result is named as what it leads to."""
        return (_ID, _SELF, *self.fields)

    def listed(self, asked: Asked) -> Listed:
        """Four to nine queries, whatever the number of results."""
        language = asked.values.get("language", settings.LANGUAGE_CODE)
        offset = _offset(asked)
        with override(language):
            question = self._question(asked, Names(language))
            try:
                found = answer(question, language, offset=offset, limit=asked.limit)
            except UnavailableError as problem:
                raise ProblemError(
                    "unavailable", "The search is not available.", headers={"Retry-After": "60"}
                ) from problem
            names = Names(language)
            names.learn((facet, one) for facet, values in found.facets.items() for one in values)
            facets = {
                facet: [
                    {"value": value, "label": names.label(facet, value), "count": count}
                    for value, count in sorted(values.items(), key=lambda one: (-one[1], one[0]))
                ]
                for facet, values in found.facets.items()
            }
        further = offset + asked.limit
        known = found_names(one.key for one in found.results)
        return Listed(
            [
                self._thing(one, asked.fields, *known.get(one.key, (one.key, whole(one.url))))
                for one in found.results
            ],
            written(asked.sort, further) if further < min(found.total, MOST_OFFSET) else "",
            {
                "total": found.total,
                "facets": facets,
                "concepts": [
                    {"id": one.token, "label": one.label, "text": one.text} for one in found.chips
                ],
                "did_you_mean": [one.text for one in found.corrections],
            },
        )

    def _question(self, asked: Asked, names: Names) -> addresses.Asked:
        """As the page of the search reads it."""
        choices = []
        seen: dict[tuple[str, str], str] = {}
        for facet, chosen in asked.chosen.items():
            for mode in ("any", "all", "none"):
                for value in getattr(chosen, mode):
                    if seen.setdefault((facet, value), mode) != mode:
                        continue  # wanted and needed, or wanted and unwanted: the first counts
                    choices.append(addresses.Choice(facet, mode, value))
        since, until = asked.values.get("from"), asked.values.get("to")
        return addresses.Asked(
            text=" ".join(_printable(asked.values.get("q", "")).split()),
            choices=tuple(choices),
            since=since.isoformat() if since else "",
            until=until.isoformat() if until else "",
            sort=asked.sort,  # type: ignore[arg-type]
        )

    def _thing(
        self, one: Result, fields: Sequence[str] | frozenset[str], key: str, url: str
    ) -> Thing:
        file = next((each for each in one.highlights if each.file), None)
        values: dict[str, Any] = {
            "id": key,
            "self": url,
            "kind": one.kind,
            "type": one.type or None,
            "title": _in(one.title_language or one.language, one.title_text),
            "teaser": _in(one.teaser_language or one.language, one.teaser),
            "url": {code: whole(url) for code, url in one.alternates.items()},
            "link": whole(one.url),
            "date": one.day.isoformat() if one.day else None,
            "themes": list(one.themes),
            "concepts": list(one.concepts),
            "highlights": [each.text for each in one.highlights],
            "reasons": list(dict.fromkeys(one.reasons)),
        }
        if file:
            values["page"] = {"file": file.file, "url": whole(file.url), "number": file.page}
        return Thing({name: value for name, value in values.items() if name in fields})


def _in(language: str, text: str) -> dict[str, str]:
    return {language: text} if text else {}


def _printable(text: str) -> str:
    return "".join(
        sign if sign.isprintable() and not 0xD800 <= ord(sign) <= 0xDFFF else " " for sign in text
    )


def _offset(asked: Asked) -> int:
    if not asked.cursor:
        return 0
    parts = taken_apart(asked.cursor, asked.sort)
    if len(parts) != 1 or type(parts[0]) is not int or not 0 < parts[0] < MOST_OFFSET:
        raise wrong()
    return parts[0]
