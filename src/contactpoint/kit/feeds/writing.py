"""XML that one bad character does not stop; the formats that are XML write with it."""

import io
from collections.abc import Mapping
from typing import Any

from django.utils.xmlutils import SimplerXMLGenerator

from contactpoint.kit.unseen import without_unseen


class SeenXML(SimplerXMLGenerator):
    """Writes any text: what XML has no place for becomes a space.

    Rows may be older than the forms that refuse such, and come from imports and other apps.
    """

    def __init__(self) -> None:
        self.written = io.StringIO()
        super().__init__(self.written, "utf-8", short_empty_elements=True)
        self.startDocument()

    def characters(self, content: str) -> None:
        """The text of an element."""
        super().characters(without_unseen(content))

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 — as SAX calls it
        """An element with its attributes, which Django writes unseen."""
        seen: Any = {key: without_unseen(attrs[key]) for key in attrs}
        super().startElement(name, seen)

    def put(self, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> None:
        """An element with a text; attributes that are empty are left out."""
        kept = {key: value for key, value in (attributes or {}).items() if value}
        self.addQuickElement(name, text, kept)
