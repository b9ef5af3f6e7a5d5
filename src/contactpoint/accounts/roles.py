"""Keeps the groups of the portal exactly as the settings say."""

import fnmatch
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)

EDITORS = "Editors"
GLOSSARY_EDITORS = "Glossary editors"
ADMINISTRATORS = "Administrators"
CONTRIBUTORS = "Contributors"
TRANSLATORS = "Translators"
CONTACT_POINTS = "Contact points of states"


@transaction.atomic
def ensure_roles() -> None:
    """Makes each group of `settings.ROLES` and gives it those rights and no others."""
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    root_page = Page.objects.get(depth=1)
    root_collection = Collection.objects.get(depth=1)
    for name, role in settings.ROLES.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set(_named(known, role["permissions"]))
        GroupPagePermission.objects.filter(group=group).delete()
        GroupPagePermission.objects.bulk_create(
            GroupPagePermission(group=group, page=root_page, permission=permission)
            for permission in _named(known, [f"wagtailcore.{name}" for name in role["pages"]])
        )
        GroupCollectionPermission.objects.filter(group=group).delete()
        GroupCollectionPermission.objects.bulk_create(
            GroupCollectionPermission(
                group=group, collection=root_collection, permission=permission
            )
            for permission in _named(known, role["files"])
        )
    _drop_wagtails_own_groups()


def ensure_after_migrate(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    """Runs once, after the last app's permissions were made, and only on a whole database."""
    if sender != [app for app in apps.get_app_configs() if app.models_module][-1]:
        return
    executor = MigrationExecutor(connections[using])
    half_migrated = executor.migration_plan(executor.loader.graph.leaf_nodes())
    emptied_by_a_test = not half_migrated and not Page.objects.filter(depth=1).exists()
    if not half_migrated and not emptied_by_a_test:
        ensure_roles()


def _named(known: dict[str, Permission], patterns: list[str]) -> list[Permission]:
    """Permissions that match; a pattern without a match is a `LookupError`: a right got lost."""
    found: dict[str, Permission] = {}
    for pattern in patterns:
        names = fnmatch.filter(known, pattern)
        if not names:
            raise LookupError(
                f"No permission is called {pattern}; see contactpoint/config/roles.py."
            )
        found |= {name: known[name] for name in names}
    return list(found.values())


def _drop_wagtails_own_groups() -> None:
    """Wagtail's first migrations make “Moderators” and a workflow of theirs for every page; a group
    that nobody is in misleads, and what only it approves would never be approved."""
    Group.objects.filter(name="Moderators", user__isnull=True).delete()
    for_nobody = GroupApprovalTask.objects.filter(groups=None)
    Workflow.objects.filter(workflow_tasks__task__in=for_nobody).delete()
    for_nobody.delete()
