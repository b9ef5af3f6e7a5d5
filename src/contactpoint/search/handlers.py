"""What the worker does for the search: keeps the index true, and forgets what was asked in time."""

from contactpoint.kit.housekeeping import tidies
from contactpoint.kit.rounds import each_round
from contactpoint.kit.spreading import register
from contactpoint.search.indexing.keeping import Keeper
from contactpoint.search.indexing.rounds import published_lately
from contactpoint.search.indexing.spreading import Reindexing
from contactpoint.search.noticing.keeping import forget_questions

_keeper = Keeper()
tidies(forget_questions)
tidies(published_lately)
register(Reindexing())


@each_round
def keep_index() -> bool:
    """Apply what has changed, build what is missing."""
    return _keeper.round()
