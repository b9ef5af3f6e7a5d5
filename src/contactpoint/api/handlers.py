"""What the worker does for programs that come again."""

from contactpoint.api.harvesting.records import keep
from contactpoint.kit.rounds import each_round


@each_round
def note_for_harvesters() -> bool:
    """Note since when records are as they are."""
    return keep()
