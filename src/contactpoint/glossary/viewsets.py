"""How themes and concepts are listed, chosen and edited in the admin, with all reference data."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup

from contactpoint.glossary.concept_views import (
    ConceptAddView,
    ConceptEditView,
    ConceptIndexView,
    NeverDeleted,
)
from contactpoint.glossary.draft_forms import ConceptDraftForm
from contactpoint.glossary.draft_views import GlossaryVersionsViewSet
from contactpoint.glossary.forms import ThemeForm
from contactpoint.glossary.models import Concept, ConceptLabel, Theme
from contactpoint.kit.finding import all_names
from contactpoint.kit.reference import (
    Names,
    ReferenceViewSet,
    labels_column,
)
from contactpoint.network.viewsets import (
    CountryViewSet,
    ExpertGroupViewSet,
    InstitutionViewSet,
)


class ConceptNames(Names):
    """Preferred, alternative and hidden labels, and the identifier."""

    def rows(self) -> Iterable[tuple[int, Iterable[str]]]:
        others: dict[int, list[str]] = {}
        for pk, text in ConceptLabel.objects.values_list("concept_id", "text"):
            others.setdefault(pk, []).append(text)
        for pk, slug, labels in Concept.objects.values_list("pk", "slug", "labels"):
            yield pk, all_names(slug, labels, others.get(pk, ()))


class ThemeNames(Names):
    """Labels and other names."""

    def rows(self) -> Iterable[tuple[int, Iterable[str]]]:
        for pk, slug, labels, others in Theme.objects.values_list(
            "pk", "slug", "labels", "alternatives"
        ):
            yield pk, all_names(slug, labels, others)


class ThemeViewSet(ReferenceViewSet):
    """Themes under “Reference”."""

    model = Theme
    names = ThemeNames()
    name = "themes"
    prefetch = ["parent"]
    icon = "folder-open-inverse"
    menu_label = _("Themes")
    list_display = ["__str__", Column("parent", label=_("Part of")), "position"]
    edit_handler = MultiFieldPanel(
        [
            FieldPanel("labels"),
            FieldPanel("slug"),
            FieldPanel("parent"),
            FieldPanel("position"),
            FieldPanel("hue"),
            FieldPanel("alternatives"),
        ],
        base_form_class=ThemeForm,
    )
    inspect_view_fields = ["labels", "slug", "parent", "position", "hue", "alternatives"]


def _draft_mark(row: Concept) -> str:
    return str(_("changed")) if hasattr(row, "draft") else ""


class ConceptViewSet(ReferenceViewSet):
    """Concepts under “Reference”; what is changed here stands in the draft of the next version."""

    model = Concept
    permission_policy = NeverDeleted(Concept)
    index_view_class = ConceptIndexView
    add_view_class = ConceptAddView
    edit_view_class = ConceptEditView
    names = ConceptNames()
    name = "concepts"
    prefetch = ["broader"]
    icon = "tag"
    menu_label = _("Concepts")
    list_display = [
        "__str__",
        labels_column("broader", _("Broader"), "broader"),
        "slug",
        "status",
        Column("draft", label=_("Draft"), accessor=_draft_mark),
    ]
    list_filter = ["status"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("labels"),
                    FieldPanel("alternative_labels"),
                    FieldPanel("hidden_labels"),
                ],
                heading=_("Labels"),
            ),
            ObjectList([FieldPanel("definitions")], heading=_("Definition")),
            ObjectList(
                [
                    FieldPanel("broader"),
                    FieldPanel("related"),
                    FieldPanel("slug"),
                    FieldPanel("status"),
                    FieldPanel("successor"),
                    FieldPanel("exact_matches"),
                    FieldPanel("close_matches"),
                    FieldPanel("notation"),
                ],
                heading=_("Place in the glossary"),
            ),
        ],
        base_form_class=ConceptDraftForm,
    )
    inspect_view_fields = [
        *("labels", "slug", "status", "definitions", "broader", "related", "exact_matches"),
        *("close_matches", "notation"),
    ]


class ReferenceGroup(ViewSetGroup):
    """What items are classified with, and what other apps say of it by
    `register_reference_menu_item`.
    """

    items = (
        ThemeViewSet,
        ConceptViewSet,
        GlossaryVersionsViewSet,
        InstitutionViewSet,
        CountryViewSet,
        ExpertGroupViewSet,
    )
    menu_label = _("Reference")
    menu_name = "reference"
    """Fixed: what Wagtail makes of the label depends on the language of who asks first."""
    menu_icon = "list-ul"
    menu_order = 600

    def get_submenu_items(self) -> list[MenuItem]:
        """The lists, then the pages about them."""
        items: list[MenuItem] = super().get_submenu_items()
        return [*items, *(make() for make in hooks.get_hooks("register_reference_menu_item"))]
