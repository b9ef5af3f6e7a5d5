"""What the worker does for the kit itself: old numbers go, and what others leave behind."""

from contactpoint.kit.forgetting import forget_leftovers, forget_mails, forget_sessions
from contactpoint.kit.housekeeping import tidies
from contactpoint.kit.persons.requests import forget_requests
from contactpoint.kit.reads import forget_reads

for each in (forget_reads, forget_sessions, forget_leftovers, forget_mails, forget_requests):
    tidies(each)
