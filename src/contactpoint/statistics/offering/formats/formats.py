"""What a format of data is: it writes a table, and says how it is called."""

from abc import ABC, abstractmethod
from typing import ClassVar

from contactpoint.statistics.offering.describing import MEDIA_TYPES
from contactpoint.statistics.offering.tables import Table


class Format(ABC):
    """A way to take figures along. `name` ends the address and the name of the file."""

    name: ClassVar[str]
    title: ClassVar[str]
    ending: ClassVar[str] = ""
    """Of the file, where programs know another one than that of the address."""

    @abstractmethod
    def write(self, table: Table) -> bytes:
        """The whole table, with what has to be said beside it."""

    @property
    def media_type(self) -> str:
        """As HTTP has it."""
        return MEDIA_TYPES[self.name]

    def file_name(self, table: Table) -> str:
        """As which browsers keep it."""
        return f"{table.name}.{self.ending or self.name}"


def number(value: float) -> int | float:
    """A whole number without a point."""
    return int(value) if value.is_integer() and abs(value) < 2**53 else value
