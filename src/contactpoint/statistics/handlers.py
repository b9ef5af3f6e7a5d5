"""What the worker does for statistics: loads what is due."""

from contactpoint.kit.rounds import each_round
from contactpoint.statistics.watching import enqueue_due

each_round(enqueue_due)
