"""Its names stand in `wave_names`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("consultations", "0004_waves_and_publication")]

    operations = [migrations.RemoveField("round", "wave")]
