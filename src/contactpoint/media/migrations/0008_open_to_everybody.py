"""The collection above all others gets a name that says what it means; a name that somebody gave it
stays."""

from django.db import migrations


def rename(old, new):
    def renamed(apps, schema_editor):
        collection = apps.get_model("wagtailcore", "Collection")
        collection.objects.filter(depth=1, name=old).update(name=new)

    return renamed


class Migration(migrations.Migration):

    dependencies = [
        ("media", "0007_not_yet_published"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.RunPython(
            rename("Root", "Open to everybody"), rename("Open to everybody", "Root")
        )
    ]
