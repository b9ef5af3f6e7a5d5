"""What others leave behind and nobody takes away: sessions that ended, forms half filled in, mails
in a folder."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState

from contactpoint.kit.mail import is_sent

LEFTOVERS: Final = timedelta(days=1)
MAILS: Final = timedelta(days=30)
"""In the folder that stands for a mail server; a demo has no other."""


def forget_sessions() -> int:
    """Django leaves them in the database for ever."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def forget_leftovers() -> int:
    """Who has which page open, and forms that were previewed: Wagtail takes them away only when
    somebody opens another."""
    before = timezone.now() - LEFTOVERS
    sessions = EditingSession.objects.filter(last_seen_at__lt=before).delete()[0]
    return sessions + FormState.objects.filter(last_updated_at__lt=before).delete()[0]


def forget_mails() -> int:
    """Mails that were written to the folder long ago; how many files."""
    folder = Path(settings.EMAIL_FILE_PATH)
    if is_sent() or not folder.is_dir():
        return 0
    before = (timezone.now() - MAILS).timestamp()
    old = [path for path in folder.glob("*.log") if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
