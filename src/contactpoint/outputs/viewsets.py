"""How the work programme is kept in the admin: a list of planned outputs, and a form for each."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column

from contactpoint.kit.finding import all_names
from contactpoint.kit.forms import LabelsFormField
from contactpoint.kit.reference import Names, ReferenceIndexView, ReferenceViewSet
from contactpoint.outputs.models import PlannedOutput
from contactpoint.outputs.programme import appeared, quarter_name, standing_of


class PlannedNames(Names):
    """Titles in every language."""

    def rows(self) -> Iterable[tuple[int, Iterable[str]]]:
        for pk, labels in PlannedOutput.objects.values_list("pk", "labels"):
            yield pk, all_names("", labels)


class PlannedOutputForm(WagtailAdminModelForm):
    """Title and remark in the portal's languages."""

    labels = LabelsFormField(label=_("Title"))
    remarks = LabelsFormField(
        label=_("Remark"),
        required=False,
        help_text=_("Why it is late, say. Not shown once it is published."),
    )


class PlannedOutputIndexView(ReferenceIndexView):
    """The list, with the standing that readers see."""

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().annotate(has_appeared=appeared())


class PlannedOutputViewSet(ReferenceViewSet):
    """The work programme, in the admin's menu."""

    model = PlannedOutput
    names = PlannedNames()
    index_view_class = PlannedOutputIndexView
    name = "planned-outputs"
    icon = "calendar-alt"
    menu_label = _("Work programme")
    menu_order = 250
    add_to_admin_menu = True
    list_display = [
        "__str__",
        "kind",
        Column(
            "quarter",
            label=_("Expected"),
            accessor=lambda row: capfirst(quarter_name(row.year, row.quarter)),
        ),
        Column(
            "standing",
            label=_("Status"),
            accessor=lambda row: standing_of(row, has_appeared=row.has_appeared).label,
        ),
        Column("output", label=_("Output")),
    ]
    prefetch = ["output"]
    list_filter = ["kind", "year", "delayed"]
    edit_handler = ObjectList(
        [
            FieldPanel("labels"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("publication_type")], heading=_("Kind")),
            InlinePanel("partners", heading=_("Partners"), label=_("partner")),
            FieldPanel("theme"),
            FieldRowPanel([FieldPanel("year"), FieldPanel("quarter")], heading=_("Expected")),
            FieldRowPanel(
                [FieldPanel("first_year"), FieldPanel("first_quarter")],
                heading=_("Expected at first"),
                help_text=_(
                    "Kept by itself when the quarter above moves. Change it only to mend a mistake."
                ),
            ),
            FieldPanel("delayed"),
            FieldPanel("remarks"),
            MultiFieldPanel([FieldPanel("output")], heading=_("Published")),
        ],
        base_form_class=PlannedOutputForm,
    )
    inspect_view_fields = [
        *("labels", "kind", "publication_type", "theme", "year", "quarter", "delayed", "remarks"),
        "output",
    ]
