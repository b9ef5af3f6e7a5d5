"""The formats in which figures are taken away, by the end of their address."""

from collections.abc import Mapping
from typing import Final

from contactpoint.statistics.offering.formats.csv import Csv
from contactpoint.statistics.offering.formats.formats import Format
from contactpoint.statistics.offering.formats.json import Json
from contactpoint.statistics.offering.formats.jsonstat import JsonStat
from contactpoint.statistics.offering.formats.xlsx import Xlsx

FORMATS: Final[Mapping[str, Format]] = {
    one.name: one for one in (Csv(), Xlsx(), Json(), JsonStat())
}
"""In the order in which they are offered."""

__all__ = ["FORMATS", "Format"]
