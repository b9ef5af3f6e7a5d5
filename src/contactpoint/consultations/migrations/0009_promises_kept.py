"""What was promised to who answers is kept also of what was stored before. No number under 5 is
public. Of an anonymous round the language of a response is not kept: with the list of those asked it
would tell who wrote."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import migrations, models


def forget(apps: Any, _schema_editor: Any) -> None:
    """Test runs, which only their editor sees, keep theirs."""
    responses = apps.get_model("consultations", "Response").objects
    responses.filter(round__is_anonymous=True, is_test=False).exclude(language="").update(
        language=""
    )


def raise_smallest(apps: Any, _schema_editor: Any) -> None:
    """To the smallest number that may be shown."""
    apps.get_model("consultations", "Round").objects.filter(smallest_cell__lt=5).update(
        smallest_cell=5
    )


class Migration(migrations.Migration):
    dependencies = [("consultations", "0008_parts_of_reported_answers")]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.RunPython(raise_smallest, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="round",
            name="smallest_cell",
            field=models.PositiveSmallIntegerField(
                default=5,
                validators=[MinValueValidator(5)],
                verbose_name="smallest number shown in public",
            ),
        ),
    ]
