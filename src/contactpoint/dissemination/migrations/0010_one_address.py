"""After the rows are put together: PostgreSQL makes no index with what a transaction has changed."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("dissemination", "0009_consents"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="subscriber",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("address"), name="one_address"
            ),
        ),
    ]
