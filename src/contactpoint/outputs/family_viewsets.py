"""How studies and series are kept in the admin: a list, a form for each, and a chooser."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column

from contactpoint.kit.finding import all_names
from contactpoint.kit.forms import LabelsFormField
from contactpoint.kit.labels import pick
from contactpoint.kit.reference import Names, ReferenceChooserViewSet, ReferenceViewSet
from contactpoint.outputs.models import Family

LONGEST_SUMMARY: Final = 1000


class FamilyNames(Names):
    """Titles in every language."""

    def rows(self) -> Iterable[tuple[int, Iterable[str]]]:
        for pk, slug, labels in Family.objects.values_list("pk", "slug", "labels"):
            yield pk, all_names(slug, labels)


class FamilyForm(WagtailAdminModelForm):
    """Title and summary in the portal's languages; an address is made of the title."""

    labels = LabelsFormField(label=_("Title"))
    summaries = LabelsFormField(label=_("Summary"), required=False, longest=LONGEST_SUMMARY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        """Whoever gives no slug gets that of the title; Django then sees whether it is taken."""
        cleaned: dict[str, Any] = super().clean()
        if not cleaned.get("slug") and "slug" not in self.errors:
            longest = Family._meta.get_field("slug").max_length
            cleaned["slug"] = slugify(pick(cleaned.get("labels") or {}, "en"))[:longest].strip("-")
            if not cleaned["slug"]:
                self.add_error("slug", _("Write an address: the title gives none."))
        return cleaned


class FamilyViewSet(ReferenceViewSet):
    """Studies and series, in the admin's menu."""

    model = Family
    names = FamilyNames()
    name = "families"
    icon = "doc-full-inverse"
    menu_label = _("Studies and series")
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["__str__", Column("form", label=_("Kind"), accessor="get_form_display")]
    list_filter = ["form"]
    edit_handler = ObjectList(
        [
            FieldPanel("form"),
            FieldPanel("labels"),
            FieldPanel("slug", help_text=_("Made of the title where you leave it empty.")),
            FieldPanel("summaries"),
            InlinePanel("elsewhere", heading=_("Parts on other sites"), label=_("part")),
        ],
        base_form_class=FamilyForm,
    )
    inspect_view_fields = ["form", "labels", "slug", "summaries"]


family_chooser = ReferenceChooserViewSet(
    "family_chooser",
    model=Family,
    names=FamilyNames(),
    icon="doc-full-inverse",
    choose_one_text=_("Choose a study or series"),
    choose_another_text=_("Choose another study or series"),
    edit_item_text=_("Edit this study or series"),
    more_columns=[Column("form", label=_("Kind"), accessor="get_form_display")],
)
