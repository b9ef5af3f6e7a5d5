"""What editors of guidance see in the admin."""

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from contactpoint.guidance.forms import GuideForm, GuideTextForm, PlaceForm
from contactpoint.guidance.models import Click, Guide, GuideText, GuideTheme, Place
from contactpoint.guidance.panels import PlainPanel, SourcePanel


class GuideTextViewSet(SnippetViewSet):
    """Texts, one a language, with drafts, workflow, locks and preview."""

    model = GuideText
    icon = "doc-full"
    menu_label = _("Texts")
    menu_name = "guidance-texts"
    list_display = ["title", "guide", "language", "is_example", "checked_on"]
    list_filter = ["language", "guide__theme", "is_example", "live"]
    search_fields = ["title", "summary"]
    ordering = ["guide__theme__sort_order", "guide__sort_order", "language"]
    list_per_page = 60
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("guide"), FieldPanel("language")]),
            FieldPanel("title"),
            FieldPanel("summary"),
            PlainPanel(heading=_("How plain it is")),
            FieldPanel("body"),
            SourcePanel(heading=_("English text"), classname="collapsed"),
            MultiFieldPanel(
                [
                    FieldPanel("is_example"),
                    FieldRowPanel([FieldPanel("checked_by"), FieldPanel("checked_on")]),
                    FieldPanel("compared"),
                ],
                heading=_("Checked"),
            ),
        ],
        base_form_class=GuideTextForm,
    )


class GuideViewSet(SnippetViewSet):
    """Guides, whatever their language."""

    model = Guide
    icon = "list-ol"
    menu_label = _("Guides")
    menu_name = "guidance-guides"
    list_display = ["code", "theme", "step", "core", "sort_order"]
    list_filter = ["theme", "core"]
    edit_handler = ObjectList(
        [
            FieldPanel("code"),
            FieldRowPanel([FieldPanel("theme"), FieldPanel("icon")]),
            FieldRowPanel([FieldPanel("step"), FieldPanel("sort_order")]),
            FieldPanel("core"),
            FieldPanel("film"),
            FieldPanel("concepts"),
            FieldPanel("subjects", widget=CheckboxSelectMultiple),
        ],
        base_form_class=GuideForm,
    )


class GuideThemeViewSet(SnippetViewSet):
    """Themes of guidance."""

    model = GuideTheme
    icon = "tag"
    menu_label = _("Themes of guidance")
    menu_name = "guidance-themes"
    list_display = ["code", "icon", "sort_order"]
    panels = [
        FieldPanel("code"),
        FieldRowPanel([FieldPanel("icon"), FieldPanel("sort_order")]),
        FieldPanel("labels"),
    ]


class PlaceViewSet(SnippetViewSet):
    """Places and helplines."""

    model = Place
    icon = "site"
    menu_label = _("Help and places")
    menu_name = "guidance-places"
    list_display = ["__str__", "kind", "phone", "is_example"]
    list_filter = ["kind", "is_example"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("kind")]),
            FieldPanel("names"),
            FieldPanel("notes"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("phone"), FieldPanel("is_free")]),
                    FieldRowPanel([FieldPanel("email"), FieldPanel("website")]),
                    FieldPanel("languages"),
                    FieldPanel("interpreter"),
                ],
                heading=_("Reached by"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("addresses"),
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                    FieldPanel("always_open"),
                    FieldPanel("hours"),
                ],
                heading=_("Found at"),
            ),
            FieldRowPanel([FieldPanel("is_example"), FieldPanel("sort_order")]),
        ],
        base_form_class=PlaceForm,
    )


class ClickViewSet(SnippetViewSet):
    """What readers said, counted by day; to be looked at only."""

    model = Click
    icon = "help"
    menu_label = _("What readers said")
    menu_name = "guidance-clicks"
    list_display = [
        "day",
        "page",
        "language",
        Column("kind", label=_("what they said"), accessor="get_kind_display"),
        "wanted",
        "number",
    ]
    list_filter = ["kind", "language", "wanted", "page"]
    inspect_view_enabled = True


class GuidanceGroup(SnippetViewSetGroup):
    """All of it, in one place of the menu."""

    items = (GuideTextViewSet, GuideViewSet, GuideThemeViewSet, PlaceViewSet, ClickViewSet)
    menu_label = _("Guidance")
    menu_name = "guidance"
    menu_icon = "help"
    menu_order = 240
