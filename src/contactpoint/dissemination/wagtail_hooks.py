"""Registers what the desk has of followers, the newsletter and social posts with Wagtail."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from contactpoint.dissemination.following.viewsets import SubscriberViewSet
from contactpoint.dissemination.newsletter import adding, desk
from contactpoint.dissemination.newsletter.viewsets import IssueViewSet
from contactpoint.dissemination.social import views
from contactpoint.outputs.models import Output


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


@hooks.register("register_admin_urls")
def social_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [
        path("social/<int:page_id>/", views.share, name="social_share"),
        path("social/<int:page_id>/<slug:name>.picture", views.picture, name="social_picture"),
        path("social/posts/", views.posts, name="social_posts"),
        path("social/posts/<int:pk>/again/", views.again, name="social_again"),
        path("social/posts/<int:pk>/remove/", views.remove, name="social_remove"),
    ]


@hooks.register("register_page_header_buttons")
def share_button(page: Page, user: Any, **_options: Any) -> Iterator[Button]:
    """From the form of an item to its posts."""
    if not issubclass(page.specific_class or Page, Output) or not page.pk:
        return
    if user.has_perm(views.MAY_SHARE) and page.permissions_for_user(user).can_edit():
        url = reverse("social_share", args=[page.pk])
        yield Button(_("Share on social networks"), url, icon_name="globe", priority=69)


class PostsMenuItem(MenuItem):
    """Only for those who may share."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each request by Wagtail."""
        return bool(request.user.has_perm(views.MAY_SHARE))


@hooks.register("register_admin_menu_item")
def posts_menu_item() -> MenuItem:
    """Beside the newsletter: editors, who share, don't have Wagtail's reports."""
    return PostsMenuItem(
        _("Social posts"), reverse("social_posts"), name="social-posts", icon_name="globe",
        order=256,
    )  # fmt: skip


@hooks.register("register_log_actions")
def social_log_actions(actions: Any) -> None:
    """What the history of an item says of its posts."""
    actions.register_action(views.APPROVED, _("Approve a social post"), _("Social post approved"))
    actions.register_action(
        views.REMOVED, _("Take a social post back"), _("Social post taken back")
    )
