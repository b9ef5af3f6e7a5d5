"""What floors above hear of consultations."""

from django.dispatch import Signal

answers_changed = Signal()
"""What states answered, or who may know it, was written past `save`; `rounds` are primary keys.
Sent in the transaction that writes."""
