"""What each person on a list was told of the event, instead of one state for all of them."""

from typing import Any

from django.db import migrations, models


def take_over(apps: Any, _editor: Any) -> None:
    """So far everybody on a list counted as told what was noted of it, unless nobody was to be, or
    the mail about the last change is still to be sent."""
    changes = ("moved", "called-off", "withdrawn", "on-again")
    for held in apps.get_model("events", "EventRegister").objects.exclude(known={}):
        told = {name: value for name, value in held.known.items() if name != "is_untold"}
        if held.known.get("is_untold"):
            told["is_gone"] = False
        held.registrations.update(told=told)
        if held.before:
            unsent = {"taken_at": None, "kind__in": changes, "sequence": held.sequence}
            due = apps.get_model("events", "Notice").objects.filter(**unsent)
            held.registrations.filter(pk__in=due.values("registration")).update(told=held.before)


class Migration(migrations.Migration):

    dependencies = [("events", "0004_calendars_with_filters")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="told",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.RemoveField(model_name="eventregister", name="before"),
        migrations.AddField(
            model_name="notice",
            name="waits",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="announced",
            name="languages",
            field=models.JSONField(default=list),
        ),
    ]
