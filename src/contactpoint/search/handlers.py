"""What the worker does for the search beside its index: forgets what was asked, in time."""

from contactpoint.kit.housekeeping import tidies
from contactpoint.search.noticing.keeping import forget_questions

tidies(forget_questions)
