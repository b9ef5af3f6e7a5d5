"""Lists and edits what stands first for a question."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from contactpoint.glossary.choosing import concept_chooser
from contactpoint.search.models import Pin
from contactpoint.search.models.pins import LONGEST, MOST


class PinAddView(generic.CreateView):
    """Begins with the question and the language of the address, if it names some."""

    def get_initial_form_instance(self) -> Pin:
        language = self.request.GET.get("language", "")
        return Pin(
            question=self.request.GET.get("question", "")[:LONGEST],
            language=language if language in dict(settings.LANGUAGES) else "",
        )


class PinIndexView(generic.IndexView):
    """With what stands first, in as many queries for many as for few."""

    def get_base_queryset(self) -> Any:
        rows: Any = super().get_base_queryset()
        return rows.prefetch_related("things__page", "things__concept")


def _things(pin: Pin) -> str:
    return " · ".join(str(thing) for thing in pin.things.all())


class PinViewSet(ModelViewSet):
    """Pinned results under “Search”."""

    model = Pin
    name = "pinned_results"
    url_prefix = "search/pinned"
    icon = "thumbtack"
    menu_label = _("Pinned results")
    menu_name = "pinned-results"
    menu_hook = "register_search_menu_item"
    menu_order = 300
    add_to_admin_menu = True
    add_view_class = PinAddView
    index_view_class = PinIndexView
    inspect_view_enabled = False
    copy_view_enabled = False
    add_to_reference_index = False
    search_fields = ["question"]
    list_display = [
        "question",
        Column("language", label=_("Asked in"), accessor="get_language_display"),
        Column("things", label=_("Stand first"), accessor=_things),
        Column("until", label=_("Until")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("question"),
            FieldPanel("language"),
            FieldPanel("until"),
            InlinePanel(
                "things",
                panels=[
                    PageChooserPanel("page"),
                    FieldPanel("concept", widget=concept_chooser.widget_class),
                ],
                heading=_("Stand first, in this order"),
                label=_("page or concept"),
                min_num=1,
                max_num=MOST,
            ),
        ]
    )
