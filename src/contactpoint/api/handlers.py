"""What the worker does for programs that come again."""

from contactpoint.api.dumps import nightly
from contactpoint.api.harvesting import records
from contactpoint.kit.rounds import each_round


@each_round
def note_for_harvesters() -> bool:
    """Note since when records are as they are."""
    return records.keep()


@each_round
def keep_dumps() -> bool:
    """Take away dumps that are not true any more, and ask for a new one each night."""
    return nightly.keep()
