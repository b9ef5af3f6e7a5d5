"""Of an anonymous round the language of a response is not kept: with the list of those asked it
would tell who wrote."""

from typing import Any

from django.db import migrations


def forget(apps: Any, _schema_editor: Any) -> None:
    """Test runs, which only their editor sees, keep theirs."""
    responses = apps.get_model("consultations", "Response").objects
    responses.filter(round__is_anonymous=True, is_test=False).exclude(language="").update(
        language=""
    )


class Migration(migrations.Migration):
    dependencies = [("consultations", "0007_change_letter")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
