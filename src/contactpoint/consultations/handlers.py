"""What the worker does for consultations."""

from contactpoint.consultations.surveys import handlers  # noqa: F401 — registers what surveys need
