"""The soak run writes its table when it is over."""

import os
import time

from faults_told import KEPT, write


def pytest_sessionfinish() -> None:
    """Nothing is written by a run that was not asked to, or in which nothing was counted."""
    if os.environ.get("CONTACTPOINT_SOAK") and KEPT.exists():
        write(time.strftime("%Y-%m-%d"))
