from django.db import migrations


class Migration(migrations.Migration):
    """Which page expires next is asked by `kit.visibility.next_by_itself`; the table is Wagtail's, so
    the index is made here. Where a migration of Wagtail takes it away nothing breaks: the few pages
    that expire are then looked for among all."""

    dependencies = [
        ('kit', '0003_spread_work'),
        ('wagtailcore', '0096_referenceindex_referenceindex_source_object_and_more'),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS contactpoint_page_expires ON wagtailcore_page (expire_at) "
            "WHERE expire_at IS NOT NULL",
            "DROP INDEX IF EXISTS contactpoint_page_expires",
        ),
    ]
