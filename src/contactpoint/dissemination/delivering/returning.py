"""Mails that came back: from a mailbox of reports to the addresses that they tell of."""

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from contactpoint.dissemination.delivering.mailboxes import MailboxError, of_server
from contactpoint.dissemination.delivering.reports import report_of
from contactpoint.dissemination.delivering.taking import take_report

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Returned:
    """How many reports were new, how many of these blame the address, and what else there was."""

    new: int
    refused: int
    others: int


def take_all(contents: Iterable[bytes]) -> Returned:
    """Read once or twice, a report counts once."""
    found: Counter[str] = Counter()
    for content in contents:
        report = report_of(content)
        if report is None or not take_report(report.delivery, report.verdict):
            found["others"] += 1
            continue
        found["new"] += 1
        found["refused"] += report.verdict.is_bounce
    return Returned(found["new"], found["refused"], found["others"])


def read_mailbox() -> int:
    """Every hour, where the settings name a mailbox; how many reports were new."""
    if not settings.BOUNCES_URL:
        return 0
    try:
        return take_all(of_server(settings.BOUNCES_URL)).new
    except MailboxError as problem:
        log.warning("Reports of undelivered mail can't be read: %s", problem)
        return 0
