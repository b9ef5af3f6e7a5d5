"""From a reader's question to results: what was meant, what answers, in which order, and why."""

from contactpoint.search.asking.answering import ask
from contactpoint.search.asking.suggesting import suggest

__all__ = ["ask", "suggest"]
