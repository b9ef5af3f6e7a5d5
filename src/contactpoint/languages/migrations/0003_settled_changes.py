"""Changes that make a translation no older are remembered beside what it was made from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("languages", "0002_compared_once")]

    operations = [
        migrations.AddField(
            model_name="standing",
            name="settled",
            field=models.JSONField(default=list),
        ),
    ]
