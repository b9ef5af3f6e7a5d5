"""Tells upper floors of outputs that were written otherwise than by saving them one by one."""

from django.dispatch import Signal

outputs_changed = Signal()
"""Sent in the transaction of the change, with `keys`: the translation keys of outputs that were
made, deleted or classified anew, many at once, and `gone` as True where they were deleted."""

output_corrected = Signal()
"""Sent in the transaction of the change, with `key`, the translation key of what was corrected
after it was published, `number`, which no other correction of it has (the `key` of a `Correction`,
which holds the words in all languages), and `note`, what readers are told where there is none."""
