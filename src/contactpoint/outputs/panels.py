"""The tabs and panels of an output's form in the admin."""

from collections.abc import Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, Panel, TabbedInterface
from wagtail.coreutils import safe_snake_case
from wagtail.models import Page

from contactpoint.glossary.explaining import explain
from contactpoint.glossary.models import Concept
from contactpoint.kit.checklist import Checklist
from contactpoint.outputs.forms import KEYWORDS, ClassificationForm
from contactpoint.outputs.suggesting import suggested, text_of

ABOUT: Final = _("About")
CHECKLIST: Final = _("Checklist")


def tabs(content: Sequence[Panel], about: Sequence[Panel]) -> TabbedInterface:
    """Content and files, what it is about, and how it is promoted and published,
    with what is still to do."""
    files = FactRows("files", heading=_("Files"), label=_("file"))
    return TabbedInterface(
        [
            Tab([SourceNotice(), *content, files, NextTab(heading=ABOUT)], heading=_("Content")),
            Tab([SourceNotice(), *about, NextTab(heading=CHECKLIST)], heading=ABOUT),
            Tab(Page.promote_panels, heading=_("Promote")),
            Tab(
                [
                    *Page.settings_panels,
                    FactPanel("embargo_until"),
                    FactPanel("explains_terms"),
                ],
                heading=_("Settings"),
            ),
            Tab([Checklist()], heading=CHECKLIST),
        ]
    )


class Tab(ObjectList):
    """A tab with one id in all languages: Wagtail makes it of the heading as the first who opened
    the form read it, and keeps it as long as the process lives."""

    @property
    def clean_name(self) -> str:
        """The English heading as an identifier."""
        return english_name(self.heading)


def english_name(heading: Any) -> str:
    """As Wagtail makes an identifier of a heading, whatever the reader's language."""
    with override("en"):
        return str(safe_snake_case(str(heading)))


class NextTab(Panel):
    """At the end of a tab: on to another, which would be far back by keyboard.

    Its heading is that of the tab; Wagtail's own script opens it.
    """

    class BoundPanel(Panel.BoundPanel):
        """A button."""

        template_name = "outputs/admin/next_tab.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"tab": f"tab-{english_name(self.heading)}"}


class SourceNotice(Panel):
    """On a translation: where its facts are edited."""

    class BoundPanel(Panel.BoundPanel):
        """Leads to the source's form."""

        template_name = "outputs/admin/source_notice.html"

        def is_shown(self) -> bool:
            return self.form is not None and not self.form.edits_facts

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            source = self.form.source
            return context | {
                "source": source,
                "url": reverse("wagtailadmin_pages:edit", args=[source.pk]),
            }


class FactPanel(FieldPanel):
    """A field that is the same in every language: read-only on a translation."""

    def get_bound_panel(
        self, instance: Any = None, request: Any = None, form: Any = None, prefix: str = "panel"
    ) -> Any:
        """A read-only panel where the form has no such field."""
        bound: dict[str, Any] = {"instance": instance, "request": request, "form": form}
        if form is not None and not getattr(form, "edits_facts", True):
            kwargs = {**self.clone_kwargs(), "read_only": True}
            read_only = FieldPanel(**kwargs).bind_to_model(self.model)
            return read_only.get_bound_panel(**bound, prefix=prefix)
        return super().get_bound_panel(**bound, prefix=prefix)


class FactRows(InlinePanel):
    """Rows that are the same in every language: a plain list on a translation."""

    def get_bound_panel(
        self, instance: Any = None, request: Any = None, form: Any = None, prefix: str = "panel"
    ) -> Any:
        """A list of names where the form has no such rows."""
        bound: dict[str, Any] = {"instance": instance, "request": request, "form": form}
        if form is not None and not getattr(form, "edits_facts", True):
            read_only = _Rows(self.relation_name, heading=self.heading).bind_to_model(self.model)
            return read_only.get_bound_panel(**bound, prefix=prefix)
        return super().get_bound_panel(**bound, prefix=prefix)


class _Rows(Panel):
    def __init__(self, relation_name: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.relation_name = relation_name

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "relation_name": self.relation_name}

    class BoundPanel(Panel.BoundPanel):
        """Names in the editor's language."""

        template_name = "outputs/admin/rows.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"rows": getattr(self.instance, self.panel.relation_name).all()}


class Keywords(FactRows):
    """Keywords and their concepts, each with how it was understood."""

    def __init__(self, relation_name: str = KEYWORDS, **kwargs: Any) -> None:
        kwargs.setdefault("panels", _row_panels())
        super().__init__(relation_name, **kwargs)

    def get_form_options(self) -> dict[str, Any]:
        """Rows have a form of their own."""
        options: dict[str, Any] = super().get_form_options()
        formset = options["formsets"][self.relation_name]
        formset["form"] = ClassificationForm
        return options


def _row_panels() -> list[Panel]:
    typed = FieldPanel(
        "keyword",
        heading=_("Keyword"),
        help_text=_("A word in any language: saving finds its concept, if you chose none."),
    )
    return [FieldPanel("concept"), typed, Understood()]


class Understood(Panel):
    """In a keyword's row: what it was taken for, and why."""

    class BoundPanel(Panel.BoundPanel):
        """Nothing for a new row."""

        template_name = "outputs/admin/understood.html"

        def is_shown(self) -> bool:
            row = self.instance
            return bool(row is not None and (row.keyword or row.concept_id))

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            row = self.instance
            return context | {
                "row": row,
                "why": explain(row.reason) if row.reason not in ("", row.source) else "",
                "percent": round(row.confidence * 100),
            }


class Suggestions(Panel):
    """Concepts that the text speaks for: ticked and saved, or taken with one key by the script."""

    class BoundPanel(Panel.BoundPanel):
        """Only where keywords are edited."""

        template_name = "outputs/admin/suggestions.html"

        def is_shown(self) -> bool:
            return self.form is not None and KEYWORDS in self.form.formsets

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            page, language = self.form.instance, self.form.language
            turned_down = self.form.refused
            found = suggested(
                page.title,
                text_of(page),
                language,
                chosen=self.form.chosen,
                refused=turned_down,
            )
            refused = Concept.objects.filter(pk__in=turned_down).order_by("slug")
            return context | {
                "suggestions": found,
                "refused": refused,
                "data": {
                    "suggestions": [one.as_json() for one in found],
                    "refused": [{"pk": row.pk, "label": row.label} for row in refused],
                },
                "language": language,
                "url": reverse("outputs_suggest"),
            }
