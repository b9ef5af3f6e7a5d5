"""What is logged, where to, and what of it never is."""

import json
from pathlib import Path
from typing import Any, Final

# Links of respondents are secrets, and stand in addresses. So is what an applicant reads: that
# somebody read it, and when, is nobody's business.
FILTERS: Final = {
    "links": "contactpoint.consultations.surveys.masking.LinkFilter",
    "following": "contactpoint.dissemination.following.masking.FollowFilter",
    "guidance": "contactpoint.guidance.masking.GuidanceFilter",
}
JSON: Final = "json"


def logs(level: str, form: str = "lines") -> dict[str, Any]:
    """The `LOGGING` of Django for a level such as `INFO`; a line each, to the standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": "contactpoint.kit.log_lines.Line",
                "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s",
                "masks": list(FILTERS.values()),
            },
            JSON: {
                "()": "contactpoint.kit.log_lines.JsonLine",
                "masks": list(FILTERS.values()),
            },
        },
        "filters": {name: {"()": path} for name, path in FILTERS.items()},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": list(FILTERS),
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
            # The web server's own words, in the processes that answer.
            "_granian": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        },
    }


def written_for_granian(folder: Path) -> Path:
    """The same for the process of the web server that starts those that answer, as a file."""
    made = logs("WARNING", JSON)
    path = folder / "web-server-logs.json"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(made), encoding="utf-8")
    return path
