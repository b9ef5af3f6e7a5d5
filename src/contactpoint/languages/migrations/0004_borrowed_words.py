"""Writes down which words of the translations that are there nobody has translated."""

from django.db import migrations


def note(apps, schema_editor):
    BorrowedWords = apps.get_model('kit', 'BorrowedWords')
    Standing = apps.get_model('languages', 'Standing')
    rows = Standing.objects.filter(unfinished__gt=0).values_list(
        'page_id', 'differences', 'basis', 'original__page__locale__language_code'
    )
    made = []
    for page, differences, basis, language in rows.iterator():
        paths = {one['path'] for one in differences if one['kind'] == 'untranslated'}
        is_whole = not any(digest for _path, digests in basis for digest in digests)
        words = {name: language for name in ('title', 'teaser') if name in paths}
        if paths and is_whole:
            words['whole'] = language
        if words:
            made.append(BorrowedWords(page_id=page, **words))
    BorrowedWords.objects.bulk_create(made, batch_size=500, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('kit', '0002_borrowed_words_and_reads'),
        ('languages', '0003_settled_changes'),
        ('wagtailcore', '0096_referenceindex_referenceindex_source_object_and_more'),
    ]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
