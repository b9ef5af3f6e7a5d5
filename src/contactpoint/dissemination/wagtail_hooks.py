"""Registers the admin's list of followers with Wagtail."""

from wagtail import hooks

from contactpoint.dissemination.following.viewsets import SubscriberViewSet


@hooks.register("register_admin_viewset")
def followers() -> SubscriberViewSet:
    """For whoever may see or erase them."""
    return SubscriberViewSet("followers", url_prefix="followers")
