"""Registers the pages of queries with Wagtail's admin."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from contactpoint.consultations.actions.drafting import is_simple
from contactpoint.consultations.drafting import views
from contactpoint.consultations.models import Round


class QueriesMenuItem(MenuItem):
    """Only for those who draft queries."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each request by Wagtail."""
        return views.may_draft(request.user)


@hooks.register("register_admin_urls")
def query_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [
        path("queries/", views.index, name="consultation_queries"),
        path("queries/new/", views.draft, name="consultation_query_new"),
        path("queries/before/", views.before, name="consultation_before"),
        path("queries/<int:pk>/", views.draft, name="consultation_query"),
        path("queries/<int:pk>/states/", views.states, name="consultation_query_states"),
    ]


@hooks.register("register_admin_menu_item")
def queries_menu_item() -> MenuItem:
    """The entry in the admin's menu."""
    return QueriesMenuItem(
        gettext_lazy("Ad-hoc queries"),
        reverse("consultation_queries"),
        name="queries",
        icon_name="help",
        order=252,
    )


@hooks.register("register_round_links")
def links_of_a_round(round: Round) -> Iterator[tuple[str, str]]:
    """From the page of a round that states answer to who has sent, and to its draft."""
    if not round.is_of_states:
        return
    if round.status != Round.Status.DRAFT:
        yield _("States and deadline"), reverse("consultation_query_states", args=[round.pk])
    elif round.version is not None and is_simple(round.version.asked()):
        yield _("Draft, and what was asked before"), reverse("consultation_query", args=[round.pk])
