"""Word, as the network passes its compilations on."""

from typing import ClassVar

from contactpoint.consultations.compilations.compilation import Compilation
from contactpoint.consultations.compilations.composing import composed
from contactpoint.consultations.compilations.formats.formats import Format
from contactpoint.kit.composing.word import as_docx


class Docx(Format):
    """The same tree as the PDF."""

    name: ClassVar[str] = "docx"
    title: ClassVar[str] = "Word"
    media_type: ClassVar[str] = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )

    def write(self, compilation: Compilation) -> bytes:
        """The whole document."""
        return as_docx(composed(compilation))
