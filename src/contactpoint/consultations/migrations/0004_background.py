from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0003_respondents"),
        ("consultations", "0006_validity"),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="background",
            field=models.CharField(
                blank=True,
                help_text="Code of a question with one answer. Public results can be read by its groups; once they are published it stays.",
                max_length=64,
                verbose_name="question to compare groups by",
            ),
        )
    ]
