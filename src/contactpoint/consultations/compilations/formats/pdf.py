"""PDF for paper: tagged, set by Typst."""

from threading import BoundedSemaphore
from typing import ClassVar, Final

from contactpoint.consultations.compilations.compilation import Compilation
from contactpoint.consultations.compilations.composing import composed
from contactpoint.consultations.compilations.formats.formats import Format
from contactpoint.kit.composing.press import printed

_AT_ONCE: Final = BoundedSemaphore(1)
"""Each takes a process and its memory: of those that one of ours starts, one runs."""


class Pdf(Format):
    """After PDF/UA-1."""

    name: ClassVar[str] = "pdf"
    title: ClassVar[str] = "PDF"
    media_type: ClassVar[str] = "application/pdf"
    is_shown: ClassVar[bool] = True

    def write(self, compilation: Compilation) -> bytes:
        """Raises `press.UnprintableError`; `OSError` where no process starts."""
        document = composed(compilation)
        with _AT_ONCE:
            return printed(document).pdf
