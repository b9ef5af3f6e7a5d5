from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):

    dependencies = [
        ('kit', '0001_initial'),
        ('wagtailcore', '0001_squashed_0016_change_page_url_path_to_text_field'),
    ]

    operations = [
        migrations.CreateModel(
            name='BorrowedWords',
            fields=[
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='borrowed', serialize=False, to='wagtailcore.page')),
                ('title', models.CharField(blank=True, max_length=12)),
                ('teaser', models.CharField(blank=True, max_length=12)),
                ('whole', models.CharField(blank=True, max_length=12)),
            ],
            options={
                'verbose_name_plural': 'borrowed words',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PageReads',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('number', models.PositiveIntegerField(default=0)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reads', to='wagtailcore.page')),
            ],
            options={
                'verbose_name_plural': 'reads of pages',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('page', 'day'), name='reads_of_a_day_once')],
            },
        ),
    ]
