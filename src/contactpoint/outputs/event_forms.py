"""The form of an event: hours are those of the event's own clock, wherever the editor sits."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext as _

from contactpoint.outputs.forms import OutputForm

MOMENTS: Final = ("starts_at", "ends_at", "registration_closes_at")


class EventForm(OutputForm):
    """Reads and shows hours by the clock of the event's time zone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in MOMENTS:
            moment = self.initial.get(name)
            if isinstance(moment, datetime):
                zone = ZoneInfo(self.instance.time_zone)
                self.initial[name] = timezone.make_naive(moment, zone)
            if name in self.fields:
                field: Any = self.fields[name]
                field.to_python = _as_it_stands(field.to_python)

    def clean(self) -> dict[str, Any]:
        """What was typed is taken by that clock; what can't be kept to is refused."""
        cleaned = super().clean()
        if not self.edits_facts:
            return cleaned
        zone = ZoneInfo(cleaned.get("time_zone") or self.instance.time_zone)
        with timezone.override(zone):
            for name in MOMENTS:
                if isinstance(cleaned.get(name), datetime):
                    self._take(name, cleaned)
        starts, closes = cleaned.get("starts_at"), cleaned.get("registration_closes_at")
        if isinstance(starts, datetime) and isinstance(closes, datetime) and closes > starts:
            self.add_error(
                "registration_closes_at", _("This is after the start: then nobody registers.")
            )
        if self.is_deferred_validation:
            return cleaned
        if cleaned.get("takes_registrations"):
            if not cleaned.get("starts_at"):
                self.add_error("starts_at", _("Who registers has to know when it starts."))
            if cleaned.get("registration_url"):
                self.add_error("registration_url", _("People register here or elsewhere."))
        return cleaned

    def _take(self, name: str, cleaned: dict[str, Any]) -> None:
        """An hour that the clock of the event leaves out, or has twice, is refused."""
        try:
            cleaned[name] = from_current_timezone(cleaned[name].replace(tzinfo=None))
        except ValidationError as error:
            self.add_error(name, error)


def _as_it_stands(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Reads hours by a clock that is never changed: which it is meant by is known later."""

    def to_python(value: Any) -> Any:
        with timezone.override(UTC):
            return read(value)

    return to_python
