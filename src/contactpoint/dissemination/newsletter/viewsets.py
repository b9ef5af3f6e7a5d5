"""Issues in the admin: listed, begun with what is new, arranged, deleted while they are drafts."""

from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.blocks.base import BlockWidget

from contactpoint.dissemination.models import Issue
from contactpoint.dissemination.models.issues import since_the_last
from contactpoint.dissemination.newsletter.gathering import proposed
from contactpoint.dissemination.newsletter.marks import mark_of
from contactpoint.kit.forms import LabelsFormField

LONGEST: Final = 4_000


class SectionsWidget(BlockWidget):
    """Sections are arranged by a script. A form that comes without them, or with a part of them, is
    no form of an issue without sections: `kept` stays, and `is_missing` says so."""

    def __init__(self, block_def: Any, kept: Any) -> None:
        super().__init__(block_def)
        self.kept, self.is_missing = kept, False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        try:
            return super().value_from_datadict(data, files, name)
        except (KeyError, ValueError):
            self.is_missing = True
            return self.kept


class IssueForm(WagtailAdminModelForm):
    """Title and introduction in each language; none has to be written."""

    titles = LabelsFormField(
        label=_("Title"), required=False, help_text=_("Without one it is the month.")
    )
    introductions = LabelsFormField(
        label=_("Introduction"),
        required=False,
        longest=LONGEST,
        help_text=_(
            "An empty line begins a new paragraph. Where a language has none, readers get the"
            " English one (or whichever there is), with a word on that."
        ),
    )

    class Media:
        js = (versioned_static("dissemination/admin/kept-focus.js"),)

    mark = forms.CharField(required=False, widget=forms.HiddenInput)
    """Of the state from which somebody began to write."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections: Any = self.fields["sections"]
        sections.widget = SectionsWidget(sections.block, self.instance.sections)
        if self.instance.pk:
            self.fields["mark"].initial = mark_of(self.instance)


class WithSections:
    """Whoever sends the form without a script is told why it can't be saved so."""

    def is_valid(self, form: Any) -> bool:
        is_valid = bool(super().is_valid(form))  # type: ignore[misc]
        if not form.fields["sections"].widget.is_missing:
            return is_valid
        self.produced_error_code = "no_sections"
        self.produced_error_message = gettext(
            "Nothing was saved: the sections of an issue are arranged with JavaScript, which did"
            " not run on this page. Your words are still here, and the sections are as they were."
            " Switch JavaScript on, or copy your words, and load the page anew."
        )
        return False


class IssueCreateView(WithSections, generic.CreateView):
    """A new issue has what is new since the last one; `since` and `by=theme` choose."""

    def get_success_url(self) -> str:
        return _address(self.object)

    def get_initial_form_instance(self) -> Issue:
        since = _day(self.request.GET.get("since", "")) or since_the_last()
        issue = Issue(since=since)
        if self.request.method != "POST":
            found = proposed(since, by_theme=self.request.GET.get("by") == "theme")
            field: Any = Issue._meta.get_field("sections")
            issue.sections = field.stream_block.to_python(found)
        return issue


def _is_fixed(pk: str) -> bool:
    """Whether it is more than a draft; asked only for whoever has the right to know."""
    return Issue.objects.filter(pk=pk).exclude(state=Issue.State.DRAFT).exists()


class IssueEditView(WithSections, generic.EditView):
    """Drafts only: what is scheduled is called back first, and what has left stays as it was."""

    def get_success_url(self) -> str:
        return _address(self.object)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.user_has_permission("change") and _is_fixed(self.kwargs["pk"]):
            messages.warning(request, gettext("Only a draft can be changed. Call it back first."))
            return HttpResponseRedirect(reverse("newsletter_issue", args=[self.kwargs["pk"]]))
        return super().dispatch(request, *args, **kwargs)

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The row is held from the comparison until all is written."""
        held = Issue.objects.select_for_update().filter(pk=self.kwargs["pk"]).first()
        self.kept = mark_of(held) if held and held.state == Issue.State.DRAFT else ""
        return super().post(request, *args, **kwargs)

    def is_valid(self, form: Any) -> bool:
        """Whoever wrote from an older state writes over nothing, and loses no word."""
        if self.request.POST.get("mark") == self.kept:
            return bool(super().is_valid(form))
        self.produced_error_code = "conflict"
        self.produced_error_message = gettext(
            "Nothing was saved: the issue was changed elsewhere since you opened this form, by a"
            " colleague or in another window. Your words are still here. Open the issue in another"
            " window, and bring both together there."
        )
        return False


class IssueDeleteView(generic.DeleteView):
    """What has left is public and stays."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.user_has_permission("delete") and _is_fixed(self.kwargs["pk"]):
            messages.warning(request, gettext("Only a draft can be deleted."))
            return HttpResponseRedirect(reverse("newsletter_issue", args=[self.kwargs["pk"]]))
        return super().dispatch(request, *args, **kwargs)


def _address(issue: Issue) -> str:
    return reverse("newsletter_issue", args=[issue.pk])


class IssueViewSet(ModelViewSet):
    """The newsletter, in the admin's menu."""

    model = Issue
    name = "newsletter"
    icon = "mail"
    menu_label = _("Newsletter")
    menu_order = 255
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    add_view_class = IssueCreateView
    edit_view_class = IssueEditView
    delete_view_class = IssueDeleteView
    ordering = ["-created_at"]
    list_display: ClassVar[Any] = [
        TitleColumn("title", label=_("Title"), accessor=str, get_url=_address),
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("number", label=_("Number"), accessor="number"),
        Column("sent_at", label=_("When"), accessor=lambda one: one.sent_at or one.send_at),
    ]
    list_filter: ClassVar[Any] = ["state"]
    edit_handler = ObjectList(
        [
            FieldPanel("titles"),
            FieldPanel("introductions"),
            FieldPanel("sections"),
            FieldPanel("since"),
        ],
        base_form_class=IssueForm,
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
