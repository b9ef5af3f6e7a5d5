"""What the worker does for the kit itself: old numbers of reads go."""

from contactpoint.kit.housekeeping import tidies
from contactpoint.kit.reads import forget_reads

tidies(forget_reads)
