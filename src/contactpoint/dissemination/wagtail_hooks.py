"""Registers the admin's pages of followers and of the newsletter with Wagtail."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from contactpoint.dissemination.following.viewsets import SubscriberViewSet
from contactpoint.dissemination.newsletter import adding, desk
from contactpoint.dissemination.newsletter.viewsets import IssueViewSet


@hooks.register("register_admin_viewset")
def followers() -> SubscriberViewSet:
    """For whoever may see or erase them."""
    return SubscriberViewSet("followers", url_prefix="followers")


@hooks.register("register_admin_viewset")
def newsletter() -> IssueViewSet:
    """For whoever may write an issue."""
    return IssueViewSet("newsletter", url_prefix="newsletter")


@hooks.register("register_admin_urls")
def newsletter_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    one = "newsletter/issue/<int:pk>/"
    return [
        path(one, desk.issue, name="newsletter_issue"),
        path(f"{one}new/", adding.what_is_new, name="newsletter_new"),
        path(f"{one}arrange/", adding.arrange_anew, name="newsletter_arrange"),
        path(f"{one}test/", desk.test, name="newsletter_test"),
        path(f"{one}leave/", desk.leave, name="newsletter_leave"),
        path(f"{one}call-back/", desk.call_back, name="newsletter_call_back"),
    ]


@hooks.register("register_log_actions")
def newsletter_log_actions(actions: Any) -> None:
    """What the history says of an issue."""
    actions.register_action("newsletter.schedule", _("Schedule"), _("Scheduled"))
    actions.register_action("newsletter.cancel", _("Call back"), _("Called back"))
    actions.register_action("newsletter.leave", _("Send"), _("Sent"))
    actions.register_action(
        "newsletter.empty",
        _("Not sent"),
        _("Not sent: nothing in it was public any more"),
    )
