"""How corrections are kept in the admin."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList

from contactpoint.kit.finding import all_names
from contactpoint.kit.forms import LabelsFormField
from contactpoint.kit.reference import Names, ReferenceViewSet
from contactpoint.outputs.models import Correction

LONGEST: Final = 1000


class CorrectionNames(Names):
    """The title of the item, and what was changed in every language."""

    def rows(self) -> Iterable[tuple[int, Iterable[str]]]:
        for pk, title, changes in Correction.objects.values_list("pk", "page__title", "changes"):
            yield pk, all_names(title or "", changes)


class CorrectionForm(WagtailAdminModelForm):
    """What and why in the portal's languages."""

    changes = LabelsFormField(label=_("What was changed"), longest=LONGEST)
    reasons = LabelsFormField(label=_("Why"), required=False, longest=LONGEST)


class CorrectionViewSet(ReferenceViewSet):
    """Corrections, in the admin's menu."""

    model = Correction
    names = CorrectionNames()
    name = "corrections"
    icon = "warning"
    menu_label = _("Corrections")
    menu_order = 265
    add_to_admin_menu = True
    list_display = ["__str__", "kind"]
    list_filter = ["kind"]
    prefetch = ["page"]
    edit_handler = ObjectList(
        [
            FieldPanel("page"),
            FieldPanel("kind"),
            FieldPanel("corrected_on"),
            FieldPanel("changes"),
            FieldPanel("reasons"),
            FieldPanel("names_item"),
        ],
        base_form_class=CorrectionForm,
    )
    inspect_view_fields = ["page", "kind", "corrected_on", "changes", "reasons", "names_item"]
