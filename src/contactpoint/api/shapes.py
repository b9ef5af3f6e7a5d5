"""What a thing is made of: its fields, each with its JSON Schema and its meaning elsewhere.

Document, context, field selection and the developers' page are all made from these.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

Schema = Mapping[str, Any]
SLUG: Final = "^[A-Za-z0-9_-]{1,100}$"
LANGUAGE: Final = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a thing. `term` is what JSON-LD says of it: an address, or the whole definition;
    without one the field is in no graph. Those that are `always` there can't be left out."""

    name: str
    schema: Schema
    about: str
    term: str | Mapping[str, Any] = ""
    always: bool = False


def named(name: str) -> Schema:
    """A schema of the document that has a name of its own."""
    return {"$ref": f"#/components/schemas/{name}"}


def some(schema: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": schema}


def perhaps(schema: Schema) -> Schema:
    """Null where nobody said."""
    if set(schema) <= {"type", "format", "description"}:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


TEXT: Final[Schema] = {"type": "string"}
NUMBER: Final[Schema] = {"type": "integer"}
TRUTH: Final[Schema] = {"type": "boolean"}
DAY: Final[Schema] = {"type": "string", "format": "date"}
MOMENT: Final[Schema] = {"type": "string", "format": "date-time"}
ADDRESS: Final[Schema] = {"type": "string", "format": "uri"}
WORDS: Final = named("LanguageMap")
ADDRESSES: Final = named("AddressMap")
PAGES: Final = {"@id": "foaf:page", "@type": "@id", "@container": "@index"}
"""What `ADDRESSES` of a thing are among linked data: things themselves, by their language."""
REFERENCE: Final = named("Reference")
COUNTRY: Final = named("CountryReference")


def of_object(properties: Mapping[str, Schema], required: Sequence[str] | None = None) -> Schema:
    """An object with these properties and no other; all are there unless `required` says which."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties if required is None else required),
        "additionalProperties": False,
    }


def choice(values: Sequence[str]) -> Schema:
    """One of a few words."""
    return {"type": "string", "enum": list(values)}


def shared() -> dict[str, Schema]:
    """The schemas that several things use."""
    map_of = {"type": "object", "propertyNames": {"pattern": LANGUAGE}}
    return {
        "LanguageMap": {
            **map_of,
            "description": "A text by the code of its language (BCP 47). What nobody has "
            "translated is not there: nothing stands in for it.",
            "additionalProperties": TEXT,
        },
        "AddressMap": {
            **map_of,
            "description": "The address of a page by the code of its language.",
            "additionalProperties": ADDRESS,
        },
        "Reference": of_object({"id": TEXT, "self": ADDRESS, "label": WORDS}, ["id", "self"]),
        "CountryReference": of_object(
            {"id": TEXT, "self": ADDRESS, "label": WORDS}, ["id", "self"]
        ),
        "Picture": of_object({"url": ADDRESS, "width": NUMBER, "height": NUMBER}, ["url"]),
        "Belonging": of_object(
            {
                "id": TEXT,
                "form": choice(("study", "series")),
                "part": perhaps(TEXT),
                "label": WORDS,
                "url": ADDRESSES,
            },
            ["id"],
        ),
        "Amendment": of_object({"date": DAY, "change": WORDS, "reason": WORDS}, ["date"]),
        "File": of_object(
            {
                "title": TEXT,
                "url": ADDRESS,
                "language": perhaps(TEXT),
                "format": TEXT,
                "bytes": NUMBER,
                "pages": perhaps(NUMBER),
                "sha256": perhaps(TEXT),
            },
            ["url"],
        ),
    }


def inside(schema: Schema) -> Schema:
    """The object that a field holds, or holds several of; empty where it holds none."""
    if "$ref" in schema:
        return inside(shared().get(schema["$ref"].rpartition("/")[2], {}))
    if "items" in schema:
        return inside(schema["items"])
    if "anyOf" in schema:
        return next(filter(None, map(inside, schema["anyOf"])), {})
    return schema if schema.get("properties") else {}


def choosable(field: Field) -> list[str]:
    """What can be chosen inside a field, as `themes.label`; what is always there can't."""
    held = inside(field.schema)
    return [
        f"{field.name}.{name}"
        for name in held.get("properties", {})
        if name not in held["required"]
    ]


def pruned(field: Field, value: Any, chosen: Set[str]) -> Any:
    """A field's value with only what was chosen inside, and what is always there."""
    if isinstance(value, list):
        return [pruned(field, one, chosen) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {*inside(field.schema)["required"], *chosen}
    return {name: one for name, one in value.items() if name in kept}
