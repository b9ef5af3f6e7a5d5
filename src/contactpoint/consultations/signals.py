"""What this app tells those above it, within the transaction of the change.

`answers_changed(round: int)`: what anybody may know of a round's answers is not what it was: one
was sent, taken back, marked otherwise, or the round was published or closed. What is written of
states to many rows at once (`update`, `bulk_create`) is told by the managers of the models. Whoever
keeps anything made of answers hides it now, and makes it anew when the transaction stands: an
answer that must not leave the network is gone from everywhere with the change itself, not some time
after it.
"""

from typing import Final

from django.dispatch import Signal

answers_changed: Final = Signal()
