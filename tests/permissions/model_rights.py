"""Everything else that is kept: each model, and what each role may do with it."""

from collections import defaultdict

from django.apps import apps
from django.contrib.auth.models import Permission
from permissions.roles import Asker
from wagtail.models import get_page_models

PAGE_MODELS = "pages are asked one by one"


def cells(people: list[Asker]) -> dict[str, dict[str, list[str]]]:
    """By model and role the rights of the role, as Django's and Wagtail's policies ask for them.

    Every permission that the database knows is asked for, of every app, so none is forgotten.
    """
    pages = {model._meta.label_lower for model in get_page_models()}
    table: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for right in Permission.objects.select_related("content_type").order_by(
        "content_type__app_label", "content_type__model", "codename"
    ):
        of = right.content_type
        label = f"{of.app_label}.{of.model}"
        if label in pages and label != "wagtailcore.page":
            continue
        is_known = of.model_class() is not None or of.app_label in ("wagtailadmin",)
        if not is_known:
            continue
        verb = right.codename.removesuffix(f"_{of.model}")
        for asker in people:
            rights = table[label].setdefault(asker.role, [])
            if asker.user.has_perm(f"{of.app_label}.{right.codename}"):
                rights.append(verb)
    return table


def model_name(label: str) -> str:
    """How people call it."""
    app, name = label.split(".")
    try:
        return str(apps.get_model(app, name)._meta.verbose_name)
    except LookupError:
        return name
