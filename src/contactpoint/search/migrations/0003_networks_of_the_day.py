from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_questions_and_pins'),
    ]

    operations = [
        migrations.AddField(
            model_name='askedquestion',
            name='networks',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
    ]
