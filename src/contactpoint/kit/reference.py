"""Admin views of reference data: rows that are the same in all languages and found in any of them.

Whoever may only look at them gets the list and the page of a row, and no form.
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, Model, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic import chooser as chooser_views
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import ModelPermissionPolicy

from contactpoint.kit.finding import ranked
from contactpoint.kit.labels import pick

MAY_LOOK = ("view", "add", "change", "delete")


class Names:
    """Says by which names the rows of a model are found; subclass it per model."""

    def rows(self) -> Iterable[tuple[int, Iterable[str]]]:
        """Each row's key and all its names."""
        raise NotImplementedError

    def filter(self, queryset: QuerySet[Any], query: str) -> QuerySet[Any]:
        """The rows with such a name, best first; the name that fits is `row.matched`."""
        found = ranked(query, self.rows())
        place = Case(
            *(When(pk=key, then=position) for position, key in enumerate(found)),
            default=len(found),
            output_field=IntegerField(),
        )
        return queryset.filter(pk__in=list(found)).order_by(place)


class ReferenceIndexView(generic.IndexView):
    """A list that is searched by any name in any language."""

    names: Names = Names()
    prefetch: Sequence[str] = ()
    paginate_by = 50

    def get_base_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_base_queryset()
        return rows.prefetch_related(*self.prefetch)

    @cached_property
    def is_searchable(self) -> bool:
        return True

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        query = self.search_query
        return self.names.filter(queryset, query) if query else queryset


class ReferenceInspectView(generic.InspectView):
    """Labels as lines, not as a data structure."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = getattr(self.object, field_name)
        if isinstance(value, dict):
            return "\n".join(
                f"{language}: {text}" for language, texts in value.items() for text in _texts(texts)
            )
        if isinstance(value, list):
            return "\n".join(map(str, value))
        return super().get_field_display_value(field_name, field)


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        source = value.get("source")
        return [f"{value.get('text', '')} ({source})" if source else value.get("text", "")]
    return [value] if isinstance(value, str) else list(value)


class ReferenceViewSet(ModelViewSet):
    """List, page and form of one kind of reference data."""

    names: Names = Names()
    prefetch: Sequence[str] = ()
    index_view_class = ReferenceIndexView
    inspect_view_class = ReferenceInspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    list_per_page = 50
    add_to_reference_index = False
    inspect_template_name = "kit/admin/inspect.html"

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_index_view_kwargs(**kwargs),
            "names": self.names,
            "prefetch": self.prefetch,
        }


class _Search(BaseFilterForm):
    q = forms.CharField(
        label=_("Search in any language"),
        widget=forms.TextInput(attrs={"placeholder": _("A name in any language")}),
        required=False,
    )
    names: ClassVar[Names]

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        query = self.cleaned_data.get("q", "")
        if not query:
            return objects
        self.is_searching, self.search_query = True, query
        return self.names.filter(objects, query)


class _MayLook:
    """Wagtail's choosers ask for no right beyond that of entering the admin."""

    model_class: type[Model]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        policy = ModelPermissionPolicy(self.model_class)
        if not policy.user_has_any_permission(request.user, MAY_LOOK):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class _FindMixin:
    names: Names = Names()
    more_columns: list[Column] = []

    def get_filter_form_class(self) -> type[BaseFilterForm]:
        return type("SearchForm", (_Search,), {"names": self.names})

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, *self.more_columns]  # type: ignore[misc]


class ReferenceChooseView(_MayLook, _FindMixin, chooser_views.ChooseView):
    """The modal."""


class ReferenceChooseResultsView(_MayLook, _FindMixin, chooser_views.ChooseResultsView):
    """What a search in the modal finds."""


class ReferenceChosenView(_MayLook, chooser_views.ChosenView):
    """The answer to a choice."""


class ReferenceChosenMultipleView(_MayLook, chooser_views.ChosenMultipleView):
    """The answer to several choices."""


class ReferenceChooserViewSet(ChooserViewSet):
    """Chooses a row by any of its names; nothing is made here."""

    names: Names = Names()
    more_columns: list[Column] = []
    choose_view_class = ReferenceChooseView
    choose_results_view_class = ReferenceChooseResultsView
    chosen_view_class = ReferenceChosenView
    chosen_multiple_view_class = ReferenceChosenMultipleView
    per_page = 20

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_common_view_kwargs(**kwargs),
            "names": self.names,
            "more_columns": self.more_columns,
        }


def labels_column(name: str, label: Any, accessor: str) -> Column:
    """A column of the labels of related rows, in the editor's language."""

    def text(row: Any) -> str:
        return ", ".join(pick(related.labels) for related in getattr(row, accessor).all())

    return Column(name, label=label, accessor=text)
