"""What the search keeps in the database beside its index."""

from contactpoint.search.models.asked import AskedQuestion, DayKey, Unsuggested
from contactpoint.search.models.looked_for import LookedFor
from contactpoint.search.models.pins import Pin, PinnedThing

__all__ = ["AskedQuestion", "DayKey", "LookedFor", "Pin", "PinnedThing", "Unsuggested"]
