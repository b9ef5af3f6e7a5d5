"""Tells upper floors of outputs that were written otherwise than by saving them one by one."""

from django.dispatch import Signal

outputs_changed = Signal()
"""Sent in the transaction of the change, with `keys`: the translation keys of outputs that were
made, deleted or classified anew, many at once, and `gone` as True where they were deleted."""
