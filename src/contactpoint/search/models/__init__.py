"""What the search keeps in the database beside its index."""

from contactpoint.search.models.asked import AskedQuestion, DayKey, Unsuggested
from contactpoint.search.models.indexes import Change, Expiry, Index, Made
from contactpoint.search.models.looked_for import LookedFor
from contactpoint.search.models.pins import Pin, PinnedThing

__all__ = [
    "AskedQuestion",
    "Change",
    "DayKey",
    "Expiry",
    "Index",
    "LookedFor",
    "Made",
    "Pin",
    "PinnedThing",
    "Unsuggested",
]
