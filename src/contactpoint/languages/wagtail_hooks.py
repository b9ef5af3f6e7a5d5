"""Registers the translators' desk with Wagtail: addresses, the menu, a word after publishing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from contactpoint.languages.desk import (
    beside_views,
    board_views,
    change_views,
    further_views,
)
from contactpoint.languages.desk.rights import may_have_translated, may_publish_all, may_see
from contactpoint.languages.desk.starting import translation_of

hooks.register("after_publish_page", change_views.ask_after_publishing)
hooks.register("after_publish_page", further_views.offer_after_publishing)


def submit(request: HttpRequest, page_id: int) -> HttpResponse:
    """wagtail-localize's own view asks for the right to translate, but not for that to the page."""
    page = get_object_or_404(Page, pk=page_id, depth__gt=1)
    if not may_have_translated(request.user, page):
        raise PermissionDenied
    return SubmitPageTranslationView.as_view()(request, page_id=page_id)


def update(request: HttpRequest, translation_source_id: int) -> HttpResponse:
    """The same for “Sync translated pages”, which doesn't ask who may publish them, either."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    page = source.get_source_instance()
    if isinstance(page, Page) and not may_have_translated(request.user, page):
        raise PermissionDenied
    if "publish_translations" in request.POST and not may_publish_all(request.user, source):
        raise PermissionDenied
    return UpdateTranslationsView.as_view()(request, translation_source_id=translation_source_id)


@hooks.register("register_admin_urls", order=-1)
def desk_urls() -> list[URLPattern]:
    """Under `/admin/`; the last five stand before wagtail-localize's own at the same addresses."""
    return [
        path("translations/", board_views.translations, name="languages_board"),
        path("translations/start/", board_views.begin, name="languages_start"),
        path("translations/<int:pk>/further/", further_views.further, name="languages_further"),
        path("translations/<int:pk>/", beside_views.beside, name="languages_beside"),
        path("translations/<int:pk>/changes/", change_views.changes, name="languages_changes"),
        path(
            "localize/translate/<int:translation_id>/pofile/download/",
            beside_views.download,
            name="languages_download",
        ),
        path(
            "localize/translate/<int:translation_id>/pofile/upload/",
            beside_views.upload,
            name="languages_upload",
        ),
        path(
            "localize/translate/<int:translation_id>/machine_translate/",
            beside_views.machine,
            name="languages_machine",
        ),
        path("localize/submit/page/<int:page_id>/", submit, name="languages_submit"),
        path("localize/update/<int:translation_source_id>/", update, name="languages_update"),
    ]


class BoardMenuItem(MenuItem):
    """Only for those who may translate."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each request by Wagtail."""
        return may_see(request.user)


@hooks.register("register_admin_menu_item")
def board_menu_item() -> MenuItem:
    """The entry in the admin's menu."""
    return BoardMenuItem(
        _("Translations"),
        reverse("languages_board"),
        name="translations",
        icon_name="wagtail-localize-language",
        order=250,
    )


@hooks.register("register_page_header_buttons")
def beside_button(page: Page, user: Any, view_name: str = "", next_url: str = "") -> Any:
    """From the form of a translation to its pieces beside the original."""
    if isinstance(page, Page) and page.pk and may_see(user) and translation_of(page) is not None:
        url = reverse("languages_beside", args=[page.pk])
        yield Button(_("Side by side"), url, icon_name="wagtail-localize-language", priority=50)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """What the history of a page says beyond Wagtail's own."""
    actions.register_action(
        "languages.cosmetic", _("Changes without meaning"), _("Changes marked as cosmetic")
    )
