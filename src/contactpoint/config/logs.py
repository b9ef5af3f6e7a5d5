"""What is logged, where to, and what of it never is."""

from typing import Any


def logs(level: str, form: str = "lines") -> dict[str, Any]:
    """The `LOGGING` of Django for a level such as `INFO`; a line each, to the standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
        # Links of respondents are secrets, and stand in addresses.
        # So is what an applicant reads: that somebody read it, and when, is nobody's business.
        "filters": {
            "links": {"()": "contactpoint.consultations.surveys.masking.LinkFilter"},
            "following": {"()": "contactpoint.dissemination.following.masking.FollowFilter"},
            "guidance": {"()": "contactpoint.guidance.masking.GuidanceFilter"},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["links", "following", "guidance"],
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "axes": {"level": "WARNING"},
            "django.request": {"level": "ERROR"},
            # Scanners ask for names that are not ours all day; the answer 400 says it.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "django_tasks": {"level": "WARNING"},
            "wagtail": {"level": "WARNING"},
        },
    }
