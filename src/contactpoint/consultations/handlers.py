"""What the worker does for consultations."""

from contactpoint.consultations.compilations import handlers as of_states  # noqa: F401 — as below
from contactpoint.consultations.room import handlers as of_room  # noqa: F401 — registers itself
from contactpoint.consultations.subjects import reading  # noqa: F401 — what is about what
from contactpoint.consultations.surveys import handlers  # noqa: F401 — registers what surveys need
