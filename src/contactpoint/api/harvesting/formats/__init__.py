"""In what forms a record is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from contactpoint.api.harvesting.formats import datacite, dublin_core
from contactpoint.kit.feeds.writing import SeenXML

Write = Callable[[SeenXML, Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A form by its prefix: where its schema stands, its namespace, and what writes it."""

    prefix: str
    schema: str
    namespace: str
    write: Write


FORMATS: Final[Mapping[str, Format]] = {
    one.prefix: one
    for one in (
        Format("oai_dc", dublin_core.SCHEMA, dublin_core.NAMESPACE, dublin_core.write),
        Format("oai_datacite", datacite.SCHEMA, datacite.NAMESPACE, datacite.write),
    )
}
