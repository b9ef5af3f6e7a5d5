"""Tells upper floors of concepts that were written otherwise than by saving them one by one."""

from django.dispatch import Signal

concepts_changed = Signal()
"""Sent in the transaction of the change, with `slugs`: identifiers of concepts, former ones too."""
