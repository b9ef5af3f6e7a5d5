"""Followers in the admin: found by their address, seen, erased, and what is kept of them given out.
Nothing else is anybody's to do."""

from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin.views.generic import InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from contactpoint.dissemination.following.own_views import taken_along
from contactpoint.dissemination.matching.rules import described, rule_of
from contactpoint.dissemination.models import Subscriber
from contactpoint.kit.labels import FALLBACK_LANGUAGE


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


class FollowerInspectView(InspectView):
    """With what they follow, in words."""

    take_url_name = ""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Moments by the clock that the list shows them by."""
        value = getattr(self.object, field_name, None)
        if isinstance(value, datetime):
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        return super().get_field_display_value(field_name, field)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A few queries for each rule."""
        language = get_language() or FALLBACK_LANGUAGE
        rows = self.object.subscriptions.select_related("interest").order_by("pk")
        return {
            **super().get_context_data(**kwargs),
            "follows": [
                {
                    "words": described(rule_of(row.interest.rule), language),
                    "rhythm": row.get_rhythm_display(),
                    "agreed_at": row.agreed,
                    "agreed_to": row.agreed_to or self.object.consented_to,
                    "agreed_in": row.agreed_in,
                }
                for row in rows
            ],
            "take_url": reverse(self.take_url_name, args=[self.object.pk]),
        }


class SubscriberViewSet(ModelViewSet):
    """List, details, all that is kept as a file, erase."""

    model = Subscriber
    icon = "mail"
    menu_label = _("Followers")
    menu_order = 260
    add_to_admin_menu = True
    permission_policy = SeenAndErased(Subscriber)
    inspect_view_enabled = True
    inspect_view_class = FollowerInspectView
    inspect_template_name = "dissemination/admin/follower.html"
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

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Where all that is kept is to be had."""
        return {
            **super().get_inspect_view_kwargs(**kwargs),
            "take_url_name": self.get_url_name("take"),
        }

    def get_urlpatterns(self) -> list[URLPattern]:
        """One more: for whoever asks by letter what is kept of them (GDPR, article 15)."""
        return [*super().get_urlpatterns(), path("take/<int:pk>/", self.take, name="take")]

    @property
    def take(self) -> Any:
        """The view."""

        @require_safe
        def take(request: HttpRequest, pk: int) -> HttpResponse:
            if not self.permission_policy.user_has_permission(request.user, "view"):
                raise PermissionDenied
            return taken_along(get_object_or_404(Subscriber, pk=pk))

        return take
