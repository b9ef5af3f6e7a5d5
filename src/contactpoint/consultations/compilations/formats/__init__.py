"""The files in which a compilation is taken away, by the end of their address."""

from collections.abc import Mapping
from typing import Final

from contactpoint.consultations.compilations.formats.csv import Csv
from contactpoint.consultations.compilations.formats.docx import Docx
from contactpoint.consultations.compilations.formats.formats import Format
from contactpoint.consultations.compilations.formats.json import Json
from contactpoint.consultations.compilations.formats.pdf import Pdf
from contactpoint.consultations.compilations.formats.xlsx import Xlsx

FORMATS: Final[Mapping[str, Format]] = {
    one.name: one for one in (Pdf(), Docx(), Xlsx(), Csv(), Json())
}
"""In the order in which they are offered."""

__all__ = ["FORMATS", "Format"]
