"""Chooses a concept: found by any label in any language, or by walking down the hierarchy."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Case, IntegerField, QuerySet, When
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import BaseChooser

from contactpoint.glossary.models import Concept, ConceptLabel
from contactpoint.glossary.naming import label_in
from contactpoint.glossary.paths import Hierarchy
from contactpoint.glossary.terms import vocabulary
from contactpoint.kit.finding import ranked
from contactpoint.kit.reference import (
    ReferenceChooseResultsView,
    ReferenceChooserViewSet,
    ReferenceChooseView,
)

PREFERRED, NEAR = "preferred", "near"
KINDS = {
    PREFERRED: _("preferred label"),
    "alternative": _("alternative label"),
    "hidden": _("hidden label"),
    "identifier": _("identifier"),
    NEAR: _("resembles what you typed"),
}


@dataclass(frozen=True, slots=True)
class Match:
    """The label by which a concept was found: its language, and what kind of label it is."""

    text: str
    language: str
    kind: str

    @property
    def what(self) -> str:
        """The kind in words."""
        return str(KINDS[self.kind])


def matches(query: str, language: str) -> dict[int, Match]:
    """Concepts by any label, the whole before its beginning before a part; two queries.

    Of labels that are alike the one in `language` is told. Where none has the words, what the
    vocabulary takes them for, or thinks near, is offered.
    """
    labels: dict[int, dict[str, Match]] = {}
    for pk, slug, preferred in Concept.objects.values_list("pk", "slug", "labels"):
        own = labels[pk] = {}
        for code in sorted(preferred, key=lambda code: (code != language, code != "en")):
            own.setdefault(preferred[code], Match(preferred[code], code, PREFERRED))
        own.setdefault(slug, Match(slug, "", "identifier"))
    for pk, text, code, kind in ConceptLabel.objects.values_list(
        "concept_id", "text", "language", "kind"
    ):
        labels[pk].setdefault(text, Match(text, code, kind))
    found = ranked(query, labels.items())
    return {pk: labels[pk][text] for pk, text in found.items()} or _near(query, language)


def _near(query: str, language: str) -> dict[int, Match]:
    answer = vocabulary().harmonise(query, language, schemes=["glossary"])
    told = {near.concept: near.label for near in answer.nearest}
    if answer.concept:
        told = {answer.concept: answer.matched_label} | told
    keys = dict(Concept.objects.filter(slug__in=told).values_list("slug", "pk"))
    return {keys[slug]: Match(text, "", NEAR) for slug, text in told.items() if slug in keys}


class ConceptSearch(BaseFilterForm):
    """Words in any language; without words, what is right below `under`, or the top."""

    q = forms.CharField(
        label=_("Search in any language"),
        widget=forms.TextInput(attrs={"placeholder": _("A name in any language")}),
        required=False,
    )
    under = forms.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def filter(self, objects: "QuerySet[Concept]") -> "QuerySet[Concept]":
        """In the order of the ranking, else by name."""
        language = (get_language() or "en").split("-", maxsplit=1)[0]
        query = self.cleaned_data.get("q", "").strip()
        self.found: Mapping[int, Match] = {}
        self.above: int | None = None
        if query:
            self.is_searching, self.search_query = True, query
            self.found = matches(query, language)
            place = Case(
                *(When(pk=key, then=position) for position, key in enumerate(self.found)),
                default=len(self.found),
                output_field=IntegerField(),
            )
            return objects.filter(pk__in=list(self.found)).order_by(place)
        self.above = self.cleaned_data.get("under")
        by_name = objects.annotate(name=label_in(language)).order_by(Lower("name"), "pk")
        if self.above:
            return by_name.filter(broader=self.above)
        given_up = Concept.objects.filter(status=Concept.Status.DEPRECATED)
        return by_name.exclude(
            pk__in=Concept.broader.through.objects.exclude(to_concept__in=given_up)
            .order_by()
            .values("from_concept")
        )


class _Cell(Column):
    def __init__(self, name: str, template: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.cell_template_name = template


class _Walks:
    """Tells of each concept how it was found, where it stands, and what is below it."""

    results_template_name = "glossary/admin/concept_results.html"
    filter_form: ConceptSearch

    def get_filter_form_class(self) -> type[BaseFilterForm]:
        return ConceptSearch

    @cached_property
    def hierarchy(self) -> Hierarchy:
        return Hierarchy.load()

    @property
    def columns(self) -> list[Column]:
        columns: list[Column] = super().columns[:1]  # type: ignore[misc]
        if self.filter_form.is_searching:
            found = _Cell(
                "found",
                "glossary/admin/concept_found.html",
                label=_("Found as"),
                accessor=lambda row: self.filter_form.found.get(row.pk),
            )
            columns.append(found)
        return [
            *columns,
            _Cell(
                "path",
                "glossary/admin/concept_path.html",
                label=_("Stands under"),
                accessor=lambda row: self.hierarchy.path(row.pk),
            ),
            _Cell(
                "below",
                "glossary/admin/concept_below.html",
                label=_("Narrower"),
                accessor=lambda row: len(self.hierarchy.below(row.pk)) or None,
            ),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        above = getattr(self.filter_form, "above", None)
        if above in self.hierarchy.labels:
            context |= {
                "above": {"pk": above, "label": self.hierarchy.labels[above]},
                "path": self.hierarchy.path(above),
            }
        return context


class ConceptChooseView(_Walks, ReferenceChooseView):
    """The modal."""


class ConceptChooseResultsView(_Walks, ReferenceChooseResultsView):
    """What is found or stands below, in the modal."""


class ConceptChooser(BaseChooser):
    """The field; brings the script that walks down the hierarchy in the modal."""

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=[versioned_static("glossary/admin/walking.js")])


class ConceptChooserViewSet(ReferenceChooserViewSet):
    """Offers no concept that the scheme has given up."""

    base_widget_class = ConceptChooser
    choose_view_class = ConceptChooseView
    choose_results_view_class = ConceptChooseResultsView

    def get_object_list(self) -> "QuerySet[Concept]":
        return Concept.objects.exclude(status=Concept.Status.DEPRECATED)


concept_chooser = ConceptChooserViewSet(
    "concept_chooser",
    model=Concept,
    icon="tag",
    choose_one_text=_("Choose a concept"),
    choose_another_text=_("Choose another concept"),
    edit_item_text=_("Edit this concept"),
)
