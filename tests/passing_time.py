"""Time that passes when a test says so."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


class Clock:
    """What the portal takes for now."""

    now = datetime(2026, 11, 25, 16, 0, tzinfo=ZoneInfo("Europe/Brussels"))

    def passes(self, **some: int) -> None:
        self.now += timedelta(**some)
