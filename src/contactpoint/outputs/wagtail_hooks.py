"""Registers the admin's own pages about outputs with Wagtail, and their part of the dashboard."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from contactpoint.kit import dashboard
from contactpoint.outputs import second_reading, sending_views, worklist_views
from contactpoint.outputs.admin_api import PagesAPI
from contactpoint.outputs.admin_views import suggest, untranslated
from contactpoint.outputs.approving import refuse_alone
from contactpoint.outputs.correction_viewsets import CorrectionViewSet
from contactpoint.outputs.dashboard import drafts, new_items, translations, unknown_keywords
from contactpoint.outputs.family_viewsets import FamilyViewSet, family_chooser
from contactpoint.outputs.figure_report_views import figure_report
from contactpoint.outputs.figure_reports import WRITTEN
from contactpoint.outputs.models import Publication
from contactpoint.outputs.quarterly_views import quarterly
from contactpoint.outputs.remembering import remember
from contactpoint.outputs.rights import readable
from contactpoint.outputs.viewsets import PlannedOutputViewSet
from contactpoint.outputs.worklist import may_map

for provider in (new_items, drafts, translations, unknown_keywords):
    dashboard.register(provider)
for moment in ("after_create_page", "after_edit_page"):
    hooks.register(moment, remember)
hooks.register("before_publish_page", refuse_alone)
hooks.register("before_edit_page", second_reading.before_changing)
hooks.register("after_edit_page", second_reading.after_saving)


@hooks.register("register_admin_urls")
def output_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [
        path("outputs/suggest/", suggest, name="outputs_suggest"),
        path("outputs/missing/", untranslated, name="outputs_missing"),
        path("quarterly/", quarterly, name="outputs_quarterly"),
        path("figure-report/", figure_report, name="outputs_figure_report"),
        *(
            path(f"outputs/<int:pk>/{end}", view, name=f"outputs_{name}")
            for end, view, name in (
                ("paper-and-mail/", sending_views.paper_and_mail, "paper_and_mail"),
                ("paper/draft.pdf", sending_views.draft_pdf, "draft_pdf"),
                ("paper/offer/", sending_views.offer_print, "offer_print"),
                ("paper/withdraw/", sending_views.withdraw_print, "withdraw_print"),
                ("mail/", sending_views.mail_shown, "mail"),
                ("mail/message.html", sending_views.mail_html, "mail_html"),
                ("mail/message.eml", sending_views.mail_file, "mail_file"),
                ("mail/test/", sending_views.send_test, "mail_test"),
            )
        ),
        path("keywords/", worklist_views.keywords, name="outputs_keywords"),
        path("keywords/one/", worklist_views.keyword, name="outputs_keyword"),
        path("keywords/decide/", worklist_views.quick, name="outputs_keyword_decide"),
        path("keywords/decided/", worklist_views.decided, name="outputs_keywords_decided"),
        path("keywords/undo/", worklist_views.undo, name="outputs_keyword_undo"),
        path("keywords/again/", worklist_views.again, name="outputs_keywords_again"),
    ]


@hooks.register("construct_admin_api", order=1)
def readable_pages_api(router: Any) -> None:
    """In the place of Wagtail's."""
    router.register_endpoint("pages", PagesAPI)


@hooks.register("construct_explorer_page_queryset")
def listed_pages(parent_page: Page, pages: Any, request: HttpRequest) -> Any:
    """Wagtail asks nothing of what stands in the list of a page that one may open."""
    return readable(request.user, pages)


@hooks.register("construct_page_chooser_queryset")
def choosable_pages(pages: Any, request: HttpRequest) -> Any:
    """A link can't be made to what one may not read."""
    return readable(request.user, pages)


@hooks.register("register_log_actions")
def keyword_log_actions(actions: Any) -> None:
    """What the history says of keywords."""
    actions.register_action(
        "outputs.keyword_decided", _("Decide on a keyword"), _("Keyword decided on")
    )
    actions.register_action(
        "outputs.keyword_undone", _("Take a decision back"), _("Decision on a keyword taken back")
    )


@hooks.register("register_log_actions")
def print_log_actions(actions: Any) -> None:
    """What the history of a publication says of its PDF."""
    actions.register_action("outputs.print_offered", _("Offer as PDF"), _("Offered as PDF"))
    actions.register_action(
        "outputs.print_withdrawn", _("Withdraw the PDF"), _("Its PDF withdrawn")
    )


@hooks.register("register_log_actions")
def figure_log_actions(actions: Any) -> None:
    """What the history of a report of figures says of its beginning."""
    actions.register_action(WRITTEN, _("Write from figures"), _("Written from figures"))


@hooks.register("register_page_header_buttons")
def paper_and_mail_button(page: Page, user: Any, **_options: Any) -> Iterator[Button]:
    """From the form of a publication to what becomes of it beside its page."""
    if not issubclass(page.specific_class or Page, Publication) or not page.pk:
        return
    if page.permissions_for_user(user).can_edit():
        url = reverse("outputs_paper_and_mail", args=[page.pk])
        yield Button(_("Paper and mail"), url, icon_name="mail", priority=68)


@hooks.register("register_admin_viewset")
def register_families() -> list[Any]:
    """Studies and series, and how a form asks for one."""
    return [FamilyViewSet(), family_chooser]


@hooks.register("register_admin_viewset")
def register_programme() -> PlannedOutputViewSet:
    """The work programme, for those who may look at it."""
    return PlannedOutputViewSet()


@hooks.register("register_admin_viewset")
def register_corrections() -> CorrectionViewSet:
    """What was corrected and why, for those who may look at it."""
    return CorrectionViewSet()


class KeywordsMenuItem(MenuItem):
    """Only for those who may decide."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each request by Wagtail."""
        return may_map(request.user)


@hooks.register("register_reference_menu_item")
def keywords_menu_item() -> MenuItem:
    """The entry under “Reference”."""
    return KeywordsMenuItem(
        _("Unknown keywords"),
        reverse("outputs_keywords"),
        name="unknown-keywords",
        icon_name="tag",
        order=1000,
    )
