"""Writes `contactpoint_client/generated.py` from an OpenAPI document of the portal.

    python generate.py openapi.json > contactpoint_client/generated.py

Types become TypedDicts, lists iterators that turn pages by themselves. Only what the document says
is in the client: a test makes it again and compares.
"""

import json
import keyword
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HEAD = '''"""Made from the portal's OpenAPI document by `generate.py`; don't change it by hand."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal, Required, TypedDict, cast

from contactpoint_client.asking import Asking

'''
Schema = Mapping[str, Any]


class Types:
    """Names of types as they are needed, and the classes behind them, each behind what it needs."""

    def __init__(self, document: Schema) -> None:
        self.schemas: Schema = document["components"]["schemas"]
        self.made: dict[str, str] = {}

    def of(self, schema: Schema, name: str) -> str:
        """How Python writes the type of a schema; `name` is for an object without one."""
        if "$ref" in schema:
            return self.named(schema["$ref"].rpartition("/")[2])
        if "anyOf" in schema or "oneOf" in schema:
            choices = schema.get("anyOf") or schema["oneOf"]
            return " | ".join(dict.fromkeys(self.of(one, name) for one in choices))
        if "enum" in schema:
            return f"Literal[{', '.join(json.dumps(one) for one in schema['enum'])}]"
        kinds = schema.get("type", "object")
        if isinstance(kinds, list):
            return " | ".join(self.of({**schema, "type": one}, name) for one in kinds)
        if kinds == "array":
            return f"list[{self.of(schema['items'], name)}]"
        if kinds != "object":
            plain = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
            return {**plain, "null": "None"}[kinds]
        if schema.get("properties") == {}:
            return "dict[str, Any]"
        if "properties" in schema:
            return self.object(schema, name)
        return (
            f"dict[str, {self.of(schema.get('additionalProperties', {}), name)}]"
            if ("additionalProperties" in schema)
            else "dict[str, Any]"
        )

    def named(self, name: str) -> str:
        """A schema of the document."""
        schema = self.schemas[name]
        return self.object(schema, name) if "properties" in schema else self.of(schema, name)

    def object(self, schema: Schema, name: str) -> str:
        """A TypedDict; what may be left out by choosing fields may be missing. Of what is sent,
        that which is needed is."""
        if name in self.made:
            return name
        lines = [f"class {name}(TypedDict, total=False):"]
        told = schema.get("description") or f"As the document has `{name}`."
        lines.append(f'    """{told}"""\n')
        for field, one in schema["properties"].items():
            if field.isidentifier() and not keyword.iskeyword(field):
                kind = self.of(one, f"{name}{field.title().replace('_', '')}")
                if name.startswith("Proposed") and field in schema.get("required", ()):
                    kind = f"Required[{kind}]"
                lines.append(f"    {field}: {kind}")
        self.made[name] = "\n".join(lines)
        return name


def method(path: str, operation: Schema, types: Types) -> Iterator[str]:
    """A method of the client for an address."""
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    answer = schema["$ref"].rpartition("/")[2]
    is_list = answer.endswith("List")
    kind = types.named(answer.removesuffix("List"))
    above = path.partition("/{id}/")[0].rpartition("/")[2] if "/{id}/" in path else ""
    name = path.rpartition("/")[2] if is_list else f"one_of_{path.split('/')[-2]}"
    name = f"{name}_of_{above}" if above else name
    yield f"    def {name}("
    yield "        self,"
    if "{id}" in path:
        yield "        id: str,"
    yield "        *,"
    given = [one for one in operation["parameters"] if one["in"] == "query"]
    given = [one for one in given if one["name"] != "cursor"]
    for one in given:
        yield f"        {python_name(one['name'])}: {parameter_type(one, types)} | None = None,"
    yield f"    ) -> {f'Iterator[{kind}]' if is_list else kind}:"
    about = operation["summary"].partition(". ")[0].rstrip(".")
    yield f'        """{about}."""'
    yield "        asked: dict[str, Any] = {"
    for one in given:
        yield f"            {json.dumps(one['name'])}: {python_name(one['name'])},"
    yield "        }"
    at = f"f{json.dumps(path)}" if "{id}" in path else json.dumps(path)
    if is_list:
        yield f'        return cast("Iterator[{kind}]", self.pages({at}, asked))'
    else:
        yield f'        return cast("{kind}", self.get({at}, asked))'
    yield ""


def writing(path: str, operations: Schema, types: Types) -> Iterator[str]:
    """The methods that need a token: list, propose, see, withdraw."""
    for verb, operation in operations.items():
        if "security" not in operation or verb == "head":
            continue
        name, about = operation["operationId"].removeprefix("get_"), operation["summary"]
        content = operation["responses"].get("200", {}).get("content", {})
        told = content.get("application/json", {}).get("schema", {})
        if told.get("$ref", "").endswith("List"):
            yield from method(path, operation, types)
            continue
        kind = types.of(told, "") if told else "None"
        if verb == "post":
            sent = operation["requestBody"]["content"]["application/json"]["schema"]
            types.of(sent, "")
            yield f'    def {name}(self, proposal: "Proposed", *, key: str = "") -> {kind}:'
            yield f'        """{about}. With the `key` of an earlier try, nothing comes twice."""'
            yield f"        said = self.send({json.dumps(path)}, proposal, key)"
            yield f'        return cast("{kind}", said)'
        else:
            yield f"    def {name}(self, id: str) -> {kind}:"
            yield f'        """{about}."""'
            if verb == "delete":
                yield f"        self.delete(f{json.dumps(path)})"
            else:
                yield f'        return cast("{kind}", self.get(f{json.dumps(path)}))'
        yield ""


def python_name(name: str) -> str:
    """`theme.any` is `theme_any`, `from` is `from_`."""
    plain = name.replace(".", "_")
    return f"{plain}_" if keyword.iskeyword(plain) else plain


def parameter_type(parameter: Schema, types: Types) -> str:
    """Several values are a sequence."""
    schema = parameter["schema"]
    if schema.get("type") == "array":
        return f"Sequence[{types.of(schema['items'], '')}]"
    return types.of(schema, "")


def generate(document: Schema) -> str:
    """The module as text."""
    types = Types(document)
    lines: list[str] = []
    for path, operations in document["paths"].items():
        lines += writing(path, operations, types)
        if "get" not in operations or "security" in operations["get"]:
            continue
        content = operations["get"]["responses"]["200"]["content"]
        if "$ref" in content.get("application/json", {}).get("schema", {}):
            lines += method(path, operations["get"], types)
    classes = "\n\n\n".join(types.made.values())
    if "Proposed" in types.schemas:
        classes += f"\n\n\nProposed = {types.named('Proposed')}"
    client = "\n".join(lines).rstrip()
    told = '    """Every list of the portal as an iterator, every thing by its key."""\n'
    return f"{HEAD}\n{classes}\n\n\nclass Client(Asking):\n{told}\n{client}\n"


if __name__ == "__main__":
    sys.stdout.write(generate(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
