"""Collections in words that editors know, and where a new file goes unless somebody says else.

Wagtail calls the collection above all others *Root* and puts every file there, where anybody may
have it from the moment it is uploaded.
"""

from typing import Any, Final

from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column
from wagtail.documents.views.multiple import AddView
from wagtail.models import Collection

NOT_YET: Final = "Not yet published"
"""The name of the closed collection that stands ready; a migration makes it."""


def spoken(collection: Collection) -> str:
    """What a collection is called in the active language, where it is one of the first two."""
    if collection.depth == 1:
        return _("Open to everybody")
    if collection.depth == 2 and collection.name == NOT_YET:
        return _("Not yet published")
    return str(collection.name)


def kept_back() -> int | None:
    """The collection of what nobody may have yet; None where an administrator has deleted it."""
    found = Collection.objects.filter(depth=2, name=NOT_YET)
    key: int | None = found.values_list("pk", flat=True).first()
    return key


def help_text() -> str:
    """What a form says of the choice."""
    return _(
        "What is not yet published is given to nobody outside the desk. Move it to “Open to "
        "everybody” when its item appears."
    )


def begin_kept_back(form: Any) -> None:
    """The form of a new file begins with the closed collection, if the person may choose it."""
    field = form.fields.get("collection")
    if field is None:
        return
    field.help_text = help_text()
    if form.instance.pk is None:
        field.empty_label = None
        key = kept_back()
        if key is not None and form.collections.filter(pk=key).exists():
            form.initial.setdefault("collection", key)
            if form.instance.collection_id in (None, Collection.get_first_root_node().pk):
                form.initial["collection"] = key


def speak_plainly() -> None:
    """Wagtail's lists of choices go by two methods, its tables by their columns, others by the
    name; the page for many files by its context.
    """
    theirs, contexts = Collection.get_indented_name, AddView.get_context_data

    def get_indented_name(collection: Collection, *args: Any, **kwargs: Any) -> str:
        stored, collection.name = collection.name, spoken(collection)
        try:
            return str(theirs(collection, *args, **kwargs))
        finally:
            collection.name = stored

    def get_context_data(view: AddView, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = contexts(view, **kwargs)
        if not context["selected_collection_id"]:
            context["selected_collection_id"] = str(kept_back() or "")
        return context

    columns = Column.get_value

    def get_value(column: Column, instance: Any) -> Any:
        """The lists of documents and of pictures have a column of its name as it is stored."""
        if column.accessor == "collection.name":
            return spoken(instance.collection)
        return columns(column, instance)

    def getitem(collection: Collection, name: str) -> str:
        """Templates ask for an item before they ask for an attribute, which is the stored name."""
        if name == "name":
            return spoken(collection)
        raise KeyError(name)

    Column.get_value = get_value
    Collection.__getitem__ = getitem
    Collection.get_indented_name = get_indented_name
    Collection.__str__ = spoken
    AddView.get_context_data = get_context_data
