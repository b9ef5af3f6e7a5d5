"""Files hang on every kind of output, no longer on publications alone; none is lost.

A publication's key is that of the output it is, so the column keeps its values.
"""

import django.db.models.deletion
import modelcluster.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("media", "0002_text_of_files"),
        ("outputs", "0002_explains_terms"),
    ]

    operations = [
        migrations.RenameModel("PublicationFile", "OutputFile"),
        migrations.AlterField(
            model_name="outputfile",
            name="page",
            field=modelcluster.fields.ParentalKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="files",
                to="outputs.output",
            ),
        ),
    ]
