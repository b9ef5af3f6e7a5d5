"""What the worker does for surveys: writes to respondents, and forgets in time."""

from contactpoint.consultations.surveys import letters  # noqa: F401 — registers its handlers
from contactpoint.consultations.surveys.keeping import cut_links, forget, shuffle
from contactpoint.kit.housekeeping import tidies

for each in (cut_links, forget, shuffle):
    tidies(each)
