"""What a format is: it writes a compilation, and says how it is called."""

from abc import ABC, abstractmethod
from typing import ClassVar

from contactpoint.consultations.compilations.compilation import Compilation


class Format(ABC):
    """A way to take a compilation along. `name` ends the address and the name of the file."""

    name: ClassVar[str]
    title: ClassVar[str]
    media_type: ClassVar[str]
    is_shown: ClassVar[bool] = False
    """Whether browsers may show it instead of keeping it."""

    @abstractmethod
    def write(self, compilation: Compilation) -> bytes:
        """The whole compilation."""

    def file_name(self, compilation: Compilation) -> str:
        """As which it is kept; the network's version says so."""
        mark = "-network-only" if compilation.is_network else ""
        return f"{compilation.code}{mark}-{compilation.language}.{self.name}"
