import itertools

from django.db import migrations
from treebeard.mp_tree import MP_Node

NAME = "Not yet published"


def make_it(apps, schema_editor):
    """A closed collection stands ready from the first day; whoever has one of that name keeps it."""
    collection = apps.get_model("wagtailcore", "Collection")
    restriction = apps.get_model("wagtailcore", "CollectionViewRestriction")
    root = collection.objects.get(depth=1)
    inside = collection.objects.filter(depth=2)
    if inside.filter(name=NAME).exists():
        return
    taken = set(inside.values_list("path", flat=True))
    paths = (MP_Node._get_path(root.path, 2, step) for step in itertools.count(1))
    path = next(one for one in paths if one not in taken)
    made = collection.objects.create(name=NAME, depth=2, path=path, numchild=0)
    collection.objects.filter(pk=root.pk).update(numchild=inside.count())
    restriction.objects.create(collection=made, restriction_type="login")


class Migration(migrations.Migration):

    dependencies = [
        ("media", "0006_warnings"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(make_it, migrations.RunPython.noop)]
