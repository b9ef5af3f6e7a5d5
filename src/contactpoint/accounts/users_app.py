"""Wagtail's app for users, with our views in it."""

from wagtail.users.apps import WagtailUsersAppConfig


class PortalUsersConfig(WagtailUsersAppConfig):
    """Stands for `wagtail.users` among the installed apps."""

    user_viewset = "contactpoint.accounts.user_views.PortalUserViewSet"
