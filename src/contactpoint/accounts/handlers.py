"""What the worker forgets of signing in."""

from contactpoint.accounts.limits import forget_attempts
from contactpoint.kit.housekeeping import tidies

tidies(forget_attempts)
