"""Rows beneath an item in its form: none twice, though the draft saves itself while one writes.

Whoever publishes while a draft is being saved sends rows that the draft has just made, without
their keys. They are the same rows, not further ones.
"""

from typing import Any, Final

_OF_THE_FORM: Final = frozenset({"id", "ORDER", "DELETE", "origin"})


def take_up(instance: Any, formsets: dict[str, Any]) -> None:
    """New rows that say what a row says that the form did not know: they are that row."""
    for name, formset in formsets.items():
        if name == "comments":
            continue
        known = {form.instance.pk for form in formset.forms}
        left = [row for row in getattr(instance, name).all() if row.pk and row.pk not in known]
        for form in formset.forms if left else ():
            is_new = form.instance.pk is None and form.has_changed()
            if not is_new or form in formset.deleted_forms:
                continue
            given = {key: form.cleaned_data.get(key) for key in form.fields.keys() - _OF_THE_FORM}
            same = next(
                (row for row in left if all(getattr(row, key) == given[key] for key in given)), None
            )
            if same is not None:
                form.instance.pk = same.pk
                left.remove(same)
