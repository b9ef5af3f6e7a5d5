"""The settings of a site as a backup keeps them: those that hold no secret."""

import hashlib
import hmac
import os
from typing import Final

from django.conf import settings

_PREFIX: Final = "CONTACTPOINT_"
SECRET: Final = {
    "SECRET_KEY", "DATABASE_URL", "DATABASE_REPLICA", "DATABASE_LISTEN", "CACHE_URL", "SEARCH_URL",
    "STORAGE_KEYS", "BACKUP_KEYS", "EMAIL_URL", "BOUNCES_URL", "SOCIAL", "TRANSLATOR",
    "METRICS_TOKEN",
}  # fmt: skip
"""Of these only that they were set is told: they hold keys or passwords, or lead to such."""
KEPT: Final = {
    "ENVIRONMENT", "DATA", "STORAGE_URL", "BACKUP_URL", "HOSTS", "BASE_URL", "SITE_NAME",
    "EMAIL_FROM",
    "EMAIL_BOUNCES", "MAILS_A_MINUTE", "SECURITY_CONTACT", "TRUSTED_PROXIES", "CHECK_LINKS",
    "COUNTRY", "LOAD_STATISTICS", "KEEP_PAGES", "PAGE_FILES", "REGISTRATIONS_KEPT_DAYS",
    "RESPONDENTS_KEPT_DAYS", "GUIDANCE_NEUTRAL_TITLES", "GUIDANCE_COMPUTER_VOICE", "LOG_LEVEL",
    "LOG", "QUICK_EXIT_URL",
}  # fmt: skip


def told() -> dict[str, str | None]:
    """Names and values of the environment; None where it was set and is not told."""
    found = {}
    for name, value in sorted(os.environ.items()):
        if name.startswith(_PREFIX) and value:
            found[name] = value if name.removeprefix(_PREFIX) in KEPT else None
    return found


def secret_mark() -> str:
    """Tells whether two sites have the same secret, and nothing of it (its shortest length keeps
    anybody from trying them all)."""
    return hmac.new(
        settings.SECRET_KEY.encode(), b"contactpoint backup", hashlib.sha256
    ).hexdigest()[:16]
