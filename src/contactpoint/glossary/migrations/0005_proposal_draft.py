"""An accepted proposal knows the draft that it waits in."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def find_drafts(apps: Any, schema_editor: Any) -> None:
    """Of what was accepted and waits; where no draft is left, nothing says that there was one."""
    rows = apps.get_model("glossary", "Proposal").objects.filter(status="accepted", version=None)
    drafts = apps.get_model("glossary", "ConceptDraft").objects
    for row in rows:
        found = drafts.filter(concept=row.concept_id) if row.concept_id else drafts.filter(slug=row.slug)
        row.draft = found.first()
        row.slug = row.draft.slug if row.draft else ""
        row.save(update_fields=["draft", "slug"])


class Migration(migrations.Migration):

    dependencies = [
        ("glossary", "0004_decisions"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="draft",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="proposals",
                to="glossary.conceptdraft",
            ),
        ),
        migrations.RunPython(find_drafts, migrations.RunPython.noop),
    ]
