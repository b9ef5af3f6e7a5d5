"""What the worker does for the index."""

from contactpoint.kit.rounds import each_round
from contactpoint.search.indexing.keeping import Keeper

_keeper = Keeper()


@each_round
def keep_index() -> bool:
    """Apply what has changed, build what is missing."""
    return _keeper.round()
