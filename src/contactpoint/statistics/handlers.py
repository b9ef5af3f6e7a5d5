"""What the worker does for statistics: loads what is due. And what pages show beside what is
configured: the indicators of national tables."""

from contactpoint.kit.rounds import each_round
from contactpoint.statistics.configured import show_more
from contactpoint.statistics.nationals import nationals
from contactpoint.statistics.watching import enqueue_due

each_round(enqueue_due)
show_more(nationals)
