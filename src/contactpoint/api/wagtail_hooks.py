"""Puts proposals and tokens into the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from contactpoint.api.desk import proposal_views, token_views
from contactpoint.api.desk.dashboard import proposals_that_wait
from contactpoint.api.desk.rights import SEE, SEE_TOKENS
from contactpoint.kit import dashboard

dashboard.register(proposals_that_wait)


class GuardedMenuItem(MenuItem):
    """Only for those who have a right."""

    needs = ""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each request by Wagtail."""
        return request.user.has_perm(self.needs)


class ProposalsMenuItem(GuardedMenuItem):
    needs = SEE


class TokensMenuItem(GuardedMenuItem):
    needs = SEE_TOKENS


@hooks.register("register_imports_menu_item")
def proposals_menu_item() -> MenuItem:
    """Beside what their feeds brought."""
    return ProposalsMenuItem(
        _("Proposals of partners"),
        reverse("api_proposals"),
        name="proposals",
        icon_name="tasks",
        order=150,
    )


@hooks.register("register_settings_menu_item")
def tokens_menu_item() -> MenuItem:
    """For administrators."""
    return TokensMenuItem(
        _("Tokens of partners"), reverse("api_tokens"), name="tokens", icon_name="key", order=900
    )


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    views = proposal_views
    return [
        path("partner-proposals/", views.proposals, name="api_proposals"),
        path("partner-proposals/<uuid:pk>/", views.proposal, name="api_proposal"),
        path("tokens/", token_views.token_list, name="api_tokens"),
        path("tokens/make/", token_views.make_token, name="api_make_token"),
        path("tokens/<int:pk>/revoke/", token_views.revoke_token, name="api_revoke_token"),
    ]
