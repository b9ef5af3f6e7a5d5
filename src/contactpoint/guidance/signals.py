"""What other floors may hear of guidance."""

from typing import Final

from django.dispatch import Signal

guides_loaded: Final = Signal()
"""Texts were made many at a time, in this transaction: `texts`, of the `guides` with these keys."""
