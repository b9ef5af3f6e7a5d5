"""How institutions and countries are listed, chosen and edited in the admin."""

from collections.abc import Iterable

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column

from contactpoint.kit.finding import all_names
from contactpoint.kit.forms import LabelsFormField, NamesFormField
from contactpoint.kit.reference import Names, ReferenceChooserViewSet, ReferenceViewSet
from contactpoint.network.models import Country, Institution


class InstitutionNames(Names):
    """Acronym, labels and other names."""

    def rows(self) -> Iterable[tuple[int, Iterable[str]]]:
        for pk, slug, acronym, labels, others in Institution.objects.values_list(
            "pk", "slug", "acronym", "labels", "alternatives"
        ):
            yield pk, all_names(slug, acronym, labels, others)


class CountryNames(Names):
    """Code and labels."""

    def rows(self) -> Iterable[tuple[int, Iterable[str]]]:
        for pk, code, labels in Country.objects.values_list("pk", "code", "labels"):
            yield pk, all_names(code, labels)


class InstitutionForm(WagtailAdminModelForm):
    """Names in several languages."""

    labels = LabelsFormField(label=_("Name"))
    alternatives = NamesFormField(
        label=_("Other names"),
        required=False,
        help_text=_("Acronyms and former names that texts use. One a line: language, colon, name."),
    )


class CountryForm(WagtailAdminModelForm):
    """Names in several languages."""

    labels = LabelsFormField(label=_("Name"), other_languages=True)


class InstitutionViewSet(ReferenceViewSet):
    """Institutions under “Reference”."""

    model = Institution
    names = InstitutionNames()
    name = "institutions"
    prefetch = ["country"]
    icon = "group"
    menu_label = _("Institutions")
    list_display = ["__str__", "acronym", Column("country", label=_("Country"))]
    list_filter = ["kind"]
    edit_handler = MultiFieldPanel(
        [
            FieldPanel("labels"),
            FieldPanel("acronym"),
            FieldPanel("slug"),
            FieldPanel("kind"),
            FieldPanel("country"),
            FieldPanel("homepage"),
            FieldPanel("alternatives"),
            FieldPanel("two_pairs_of_eyes"),
            FieldPanel("contributors", widget=CheckboxSelectMultiple),
        ],
        base_form_class=InstitutionForm,
    )
    inspect_view_fields = [
        *("labels", "acronym", "slug", "kind", "country", "homepage", "alternatives"),
    ]


class CountryViewSet(ReferenceViewSet):
    """Countries under “Reference”."""

    model = Country
    names = CountryNames()
    name = "countries"
    icon = "globe"
    menu_label = _("Countries")
    list_display = ["__str__", "code", "emn_status"]
    list_filter = ["emn_status"]
    edit_handler = MultiFieldPanel(
        [
            FieldPanel("labels"),
            FieldPanel("code"),
            FieldPanel("emn_status"),
            FieldPanel("joined"),
        ],
        base_form_class=CountryForm,
    )
    inspect_view_fields = ["labels", "code", "emn_status", "joined"]


institution_chooser = ReferenceChooserViewSet(
    "institution_chooser",
    model=Institution,
    names=InstitutionNames(),
    icon="group",
    choose_one_text=_("Choose an institution"),
    choose_another_text=_("Choose another institution"),
    edit_item_text=_("Edit this institution"),
    more_columns=[Column("acronym", label=_("Acronym"))],
)
country_chooser = ReferenceChooserViewSet(
    "country_chooser",
    model=Country,
    names=CountryNames(),
    icon="globe",
    choose_one_text=_("Choose a country"),
    choose_another_text=_("Choose another country"),
    edit_item_text=_("Edit this country"),
    more_columns=[Column("code", label=_("Code"))],
)
