"""What readers ask, counted so that nobody can be told from it.

A view says `asked` after it has answered, and `opened` when a result was opened; neither ever
fails or waits. `frequent` gives questions that several people asked, `is_counted` says which
requests count, `network` where one comes from.
"""

from contactpoint.search.noticing.counting import asked, opened
from contactpoint.search.noticing.repeated import frequent
from contactpoint.search.noticing.requests import is_counted, network

__all__ = ["asked", "frequent", "is_counted", "network", "opened"]
