"""Lists and edits the feeds that are watched."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from contactpoint.intake.models import WatchedFeed
from contactpoint.kit.fetching import FetchError, require_address
from contactpoint.network.viewsets import institution_chooser


class FeedForm(WagtailAdminModelForm):
    """A feed that was changed is looked at again at once."""

    def clean_address(self) -> str:
        """What could never be fetched is said now; whether its server is public, when it is."""
        address: str = self.cleaned_data["address"]
        try:
            require_address(address)
        except FetchError as error:
            raise forms.ValidationError(str(error)) from error
        return address

    def save(self, commit: bool = True) -> Any:
        """What the server of another address said last tells nothing."""
        feed: WatchedFeed = self.instance
        if {"address", "language"} & set(self.changed_data):
            feed.etag = feed.last_modified = feed.digest = feed.problem = ""
        feed.failures, feed.due_at = 0, timezone.now()
        return super().save(commit)


class FeedIndexView(generic.IndexView):
    """With each feed's institution, in as many queries for many as for few."""

    def get_base_queryset(self) -> Any:
        rows: Any = super().get_base_queryset()
        return rows.select_related("institution")


class FeedViewSet(ModelViewSet):
    """Watched feeds under “Imports”."""

    model = WatchedFeed
    name = "watched_feeds"
    url_prefix = "imports/feeds"
    icon = "rotate"
    menu_label = _("Watched feeds")
    menu_name = "watched-feeds"
    menu_hook = "register_imports_menu_item"
    menu_order = 300
    add_to_admin_menu = True
    index_view_class = FeedIndexView
    inspect_view_enabled = False
    copy_view_enabled = False
    add_to_reference_index = False
    search_fields = ["title", "address"]
    list_filter = ["is_active", "language"]
    list_display = [
        "title",
        Column("institution", label=_("Institution")),
        Column("language", label=_("Language"), accessor="get_language_display"),
        BooleanColumn("is_active", label=_("Watched")),
        Column("checked_at", label=_("Looked at")),
        Column("problem", label=_("Problem")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("address"),
            FieldPanel("language"),
            FieldPanel("institution", widget=institution_chooser.widget_class),
            FieldPanel("every_hours"),
            FieldPanel("is_active"),
        ],
        base_form_class=FeedForm,
    )
