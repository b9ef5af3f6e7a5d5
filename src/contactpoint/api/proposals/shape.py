"""What may be proposed: a JSON Schema a kind, by which it is read and which the document shows.

The names are those of what is read: `title` is a map from languages to words, themes and concepts
are keys. What isn't here is refused, files among it.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings

from contactpoint.api.models import Scope
from contactpoint.api.problems import Fault, ProblemError
from contactpoint.api.shapes import DAY, MOMENT, SLUG, TRUTH, Schema, choice, named
from contactpoint.outputs.models import Publication
from contactpoint.outputs.models.output import Kind

LANGUAGES: Final = tuple(code for code, _name in settings.LANGUAGES)
LONGEST_BODY: Final = 50_000
CORRECTION: Final = "correction"
TRANSLATION: Final = "translation"
_HAS_A_WORD: Final = "[0-9A-Za-zÀ-ɏ]"
_CODE: Final[Schema] = {"type": "string", "pattern": "^[A-Z]{2}$", "examples": ["BE"]}
_KEY: Final[Schema] = {"type": "string", "pattern": SLUG, "examples": ["reception"]}
_UUID: Final = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"


def words(most: int, about: str) -> Schema:
    """A map from the portal's languages to text."""
    text = {"type": "string", "maxLength": most, "pattern": _HAS_A_WORD}
    return {
        "type": "object",
        "properties": dict.fromkeys(LANGUAGES, text),
        "minProperties": 1,
        "additionalProperties": False,
        "description": about,
    }


def several(one: Schema, most: int, about: str) -> Schema:
    """A list."""
    return {"type": "array", "items": one, "maxItems": most, "description": about}


def _told(schema: Schema, about: str) -> Schema:
    return {**schema, "description": about}


_TEXTS: Final[Mapping[str, Schema]] = {
    "title": words(255, "Its title. The first language leads; each other one is a translation."),
    "teaser": words(600, "What it is about, in a sentence or two."),
    "body": words(LONGEST_BODY, "Its text: HTML of which the usual marks are kept, or plain."),
}
_NOTE: Final[Schema] = {
    "type": "string", "maxLength": 1000, "pattern": _HAS_A_WORD,
    "description": "What the editors should know; nobody else reads it.",
}  # fmt: skip
_ADDRESS: Final[Schema] = {
    "type": "string", "maxLength": 500, "pattern": r"^https?://[A-Za-z0-9.-]{1,200}(/[!-~]*)?$",
    "examples": ["https://example.org/reports/2026.pdf"],
    "description": "Where it stands with you; files, too, are named so and not sent.",
}  # fmt: skip
_ABOUT_IT: Final[Mapping[str, Schema]] = {
    "date": _told(DAY, "The day that it is dated."),
    "themes": several(_KEY, 10, "Keys of main themes, the most important first."),
    "concepts": several(_KEY, 30, "Keys of concepts of the glossary."),
    "keywords": several(
        {"type": "string", "maxLength": 100, "pattern": _HAS_A_WORD}, 30,
        "Your own keywords in any language; each is matched to a concept.",
    ),
    "countries": several(_CODE, 30, "Countries that it is about, by ISO code."),
    "institutions": several(_KEY, 20, "Keys of institutions that it is about."),
    "source": _ADDRESS,
    "note": _NOTE,
}  # fmt: skip
_OWN: Final[Mapping[str, Mapping[str, Schema]]] = {
    Kind.NEWS_ITEM: {},
    Kind.PUBLICATION: {"type": _told(choice(Publication.Type.values), "Its type.")},
    Kind.EVENT: {
        "starts": _told(MOMENT, "When it begins."),
        "ends": _told(MOMENT, "When it ends."),
        "whole_day": _told(TRUTH, "Whether only the days count."),
        "online": _told(TRUTH, "Whether one may take part from elsewhere."),
        "place": words(200, "Where it is."),
    },
    Kind.VIDEO: {},
    Kind.VACANCY: {"closes": _told(DAY, "The last day to apply.")},
    Kind.DEVELOPMENT: {
        "effective": _told(DAY, "When it takes effect."),
        "legal_reference": {
            "type": "string", "maxLength": 200, "pattern": _HAS_A_WORD,
            "description": "By which law.",
        },
    },
}  # fmt: skip
_ITEM: Final[Schema] = {
    "type": "string", "pattern": _UUID, "examples": ["3f2a1c9e-5b7d-4e8f-9a0b-1c2d3e4f5a6b"],
    "description": "The key of what it is about, of /outputs.",
}  # fmt: skip


def _of(kind: str, properties: Mapping[str, Schema], *required: str) -> Schema:
    return {
        "type": "object",
        "properties": {"kind": choice([kind]), **properties},
        "required": ["kind", *required],
        "additionalProperties": False,
    }


def _schemas() -> dict[str, Schema]:
    found = {
        kind: _of(
            kind, {**_TEXTS, **own, **_ABOUT_IT}, "title", *(["starts"] if "starts" in own else [])
        )
        for kind, own in _OWN.items()
    }
    found[CORRECTION] = _of(
        CORRECTION,
        {
            "about": _ITEM,
            "text": words(5000, "What is wrong, and what would be right."),
            "source": _ADDRESS,
            "note": _NOTE,
        },
        "about",
        "text",
    )
    found[TRANSLATION] = _of(
        TRANSLATION, {"about": _ITEM, **_TEXTS, "note": _NOTE}, "about", "title"
    )
    return {str(kind): schema for kind, schema in found.items()}


SCHEMAS: Final[Mapping[str, Schema]] = _schemas()
"""By kind."""
KINDS: Final = tuple(SCHEMAS)


def schema_name(kind: str) -> str:
    """What a kind is called in the document: ProposedNewsItem."""
    return "Proposed" + "".join(part.title() for part in kind.split("-"))


def in_document() -> dict[str, Schema]:
    """The schemas of the document, `Proposed` standing for any of them."""
    found: dict[str, Any] = {}
    for kind, schema in SCHEMAS.items():
        properties = dict(schema["properties"])
        for name, one in schema["properties"].items():
            if one["type"] == "object":
                found[f"Proposed{name.title()}"] = one
                properties[name] = named(f"Proposed{name.title()}")
        found[schema_name(kind)] = {**schema, "properties": properties}
    names = {kind: f"#/components/schemas/{schema_name(kind)}" for kind in KINDS}
    found["Proposed"] = {
        "oneOf": [named(schema_name(kind)) for kind in KINDS],
        "discriminator": {"propertyName": "kind", "mapping": names},
    }
    return found


def schema_for(value: Any) -> Schema:
    """The schema by which something sent is read. Raises `ProblemError` where it says no kind."""
    kind = value.get("kind") if isinstance(value, dict) else None
    if isinstance(kind, str) and kind in SCHEMAS:
        return SCHEMAS[kind]
    known = ", ".join(KINDS)
    if not isinstance(value, dict):
        fault = Fault("", "This is no object.", "Give an object with “kind”.", kind="pointer")
    else:
        said = "This is missing." if "kind" not in value else "This is none of its values."
        fault = Fault("/kind", said, f"Use {known}.", kind="pointer")
    raise ProblemError("invalid-content", f"A proposal is of a kind: {known}.", [fault])


def scope_of(kind: str) -> str:
    """What a token must allow for it."""
    others = {
        str(Kind.EVENT): Scope.EVENTS,
        CORRECTION: Scope.CORRECTIONS,
        TRANSLATION: Scope.TRANSLATIONS,
    }
    return str(others.get(kind, Scope.OUTPUTS))
