"""Waves are named in any language, and when results were first public is kept."""

from typing import Any

from django.db import migrations, models

import contactpoint.kit.labels

PUBLISHED = "consultations.publish"


def carry_over(apps: Any, schema_editor: Any) -> None:
    """The name of a wave, and the moment of publication: of what was taken back since, as the
    history tells it."""
    rounds = apps.get_model("consultations", "Round").objects
    for round in rounds.exclude(wave=""):
        rounds.filter(pk=round.pk).update(wave_names={"en": round.wave})
    known_from_history(apps)


def known_from_history(apps: Any) -> None:
    """When each was first published."""
    rounds = apps.get_model("consultations", "Round").objects
    rounds.exclude(published_at=None).update(first_published_at=models.F("published_at"))
    entries = apps.get_model("wagtailcore", "ModelLogEntry").objects.filter(action=PUBLISHED)
    entries = entries.filter(content_type__app_label="consultations", content_type__model="round")
    for key, moment in entries.order_by("-timestamp").values_list("object_id", "timestamp"):
        rounds.filter(pk=key).update(first_published_at=moment)


def carry_back(apps: Any, schema_editor: Any) -> None:
    """One name of each wave."""
    rounds = apps.get_model("consultations", "Round").objects
    for round in rounds.exclude(wave_names={}):
        names = round.wave_names
        name = names.get("en") or next(iter(names.values()), "")
        rounds.filter(pk=round.pk).update(wave=name[:40])


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0003_reported"),
        ("wagtailcore", "0095_groupsitepermission"),
    ]

    operations = [
        migrations.AddField("round", "first_published_at", models.DateTimeField(null=True, editable=False)),
        migrations.AddField(
            "round",
            "wave_names",
            contactpoint.kit.labels.LabelsField(blank=True, default=dict, verbose_name="wave"),
        ),
        migrations.RunPython(carry_over, carry_back),
    ]
