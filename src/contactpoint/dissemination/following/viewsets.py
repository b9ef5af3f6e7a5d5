"""Followers in the admin: found by their address, seen, erased; nothing else is anybody's to do."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from contactpoint.dissemination.models import Subscriber


class SeenAndErased(ModelPermissionPolicy):
    """Nobody adds or changes, superusers neither: an address is its owner's to give."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """`add` and `change` are no rights that there are."""
        return action in ("view", "delete") and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Asked for the menu and the list."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """The same for each."""
        return self.user_has_permission(user, action)


class SubscriberViewSet(ModelViewSet):
    """List, details, erase."""

    model = Subscriber
    icon = "mail"
    menu_label = _("Followers")
    menu_order = 260
    add_to_admin_menu = True
    permission_policy = SeenAndErased(Subscriber)
    inspect_view_enabled = True
    copy_view_enabled = False
    list_display: ClassVar[Any] = [
        "address",
        "language",
        "confirmed_at",
        "bounces",
        "held_back_since",
    ]
    search_fields: ClassVar[Any] = ["address"]
    search_backend_name = None
    ordering = "-confirmed_at"
    form_fields: ClassVar[Any] = ["language"]
    inspect_view_fields: ClassVar[Any] = [
        "address",
        "language",
        "confirmed_at",
        "consented_to",
        "bounces",
        "held_back_since",
    ]
