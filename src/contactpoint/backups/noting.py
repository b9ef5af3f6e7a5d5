"""The last backup, noted in the data folder for the page of the state and for Prometheus."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings

NAME: Final = "last-backup"
"""Others who copy the data may touch it, too; only its time counts then."""


def note(told: dict[str, Any]) -> None:
    """A backup was made just now."""
    path = Path(settings.DATA) / NAME
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps({"at": datetime.now(UTC).isoformat(), **told}), encoding="utf-8")
    os.replace(partial, path)
