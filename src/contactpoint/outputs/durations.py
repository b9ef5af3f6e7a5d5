"""How long a film takes, for people and for machines."""

from django.utils.translation import gettext as _


def length_of(seconds: float) -> str:
    """A duration as people say it: "45 s", "4 min 30 s", "1 h 12 min"; empty for none."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        text = _("%(hours)s h %(minutes)s min") if minutes else _("%(hours)s h")
    elif minutes:
        text = _("%(minutes)s min %(seconds)s s") if rest else _("%(minutes)s min")
    else:
        text = _("%(seconds)s s") if rest else ""
    return text % {"hours": hours, "minutes": minutes, "seconds": rest}


def iso_length(seconds: int) -> str:
    """A duration as machines read it (ISO 8601); empty for none."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "H"), (minutes, "M"), (rest, "S")]
    text = "".join(f"{number}{unit}" for number, unit in parts if number)
    return f"PT{text}" if text else ""
