"""Reads where ClamAV's daemon listens: unix:/run/clamav/clamd.ctl or tcp://host:3310."""

from typing import Final
from urllib.parse import urlsplit

_SHAPE: Final = (
    "CONTACTPOINT_CLAMAV must be empty, unix:/run/clamav/clamd.ctl (the path of its socket) or "
    "tcp://host:3310"
)
USUAL_PORT: Final = 3310


def clamav(text: str) -> tuple[str, int] | None:
    """Path and 0, or host and port; None where nothing is scanned. Raises ValueError."""
    if not text:
        return None
    if text.startswith("unix:"):
        path = "/" + text.removeprefix("unix:").lstrip("/")
        if not text.removeprefix("unix:").startswith("/") or path == "/":
            raise ValueError(f"{_SHAPE}.")
        return path, 0
    try:
        parts = urlsplit(text)
        port = parts.port or USUAL_PORT
    except ValueError:
        raise ValueError(f"{_SHAPE}.") from None
    if parts.scheme != "tcp" or not parts.hostname or parts.path.strip("/") or "@" in text:
        raise ValueError(f"{_SHAPE}.")
    return parts.hostname, port
