"""Lists and forms: rounds, instruments, and who answers for which state."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup

from contactpoint.consultations.desk.forms import InstrumentForm, RoundForm
from contactpoint.consultations.models import Instrument, Round, Seat
from contactpoint.consultations.numbers import sent_number
from contactpoint.consultations.standing_words import state_words
from contactpoint.kit.finding import all_names
from contactpoint.kit.reference import Names, ReferenceIndexView, ReferenceViewSet


class InstrumentNames(Names):
    """Titles in every language, and the code."""

    def rows(self) -> Iterable[tuple[int, Iterable[str]]]:
        for pk, code, labels in Instrument.objects.values_list("pk", "code", "labels"):
            yield pk, all_names(code, labels)


class RoundNames(Names):
    """Titles in every language, and the address."""

    def rows(self) -> Iterable[tuple[int, Iterable[str]]]:
        for pk, code, labels in Round.objects.values_list("pk", "code", "labels"):
            yield pk, all_names(code, labels)


class SeatNames(Names):
    """The person and the state."""

    def rows(self) -> Iterable[tuple[int, Iterable[str]]]:
        for seat in Seat.objects.select_related("user", "country"):
            yield seat.pk, [str(seat.user), *all_names(seat.country.code, seat.country.labels)]


class _ToPage:
    """What was made or changed is looked at on its own page."""

    page_url_name: str
    object: Any

    def get_success_url(self) -> str:
        return reverse(self.page_url_name, args=[self.object.pk])


class _InstrumentIndex(ReferenceIndexView):
    """Leads to the page of an instrument, not to the form of its name."""

    def get_edit_url(self, instance: Any) -> str:
        return reverse("consultations_instrument", args=[instance.pk])


class _InstrumentCreate(_ToPage, generic.CreateView):
    page_url_name = "consultations_instrument"


class _InstrumentEdit(_ToPage, generic.EditView):
    page_url_name = "consultations_instrument"


class _Delete(generic.DeleteView):
    """Nothing goes that somebody may have answered."""

    page_url_name: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who may not delete is refused first, and learns nothing of how it stands."""
        if self.user_has_permission("delete") and not self.may_go():
            messages.error(
                request, _("It stays: it was opened, or something belongs to it. Close it instead.")
            )
            return HttpResponseRedirect(reverse(self.page_url_name, args=[self.object.pk]))
        return super().dispatch(request, *args, **kwargs)

    def may_go(self) -> bool:
        """Asked before the page is shown, and before anything is deleted."""
        raise NotImplementedError


class _InstrumentDelete(_Delete):
    page_url_name = "consultations_instrument"

    def may_go(self) -> bool:
        """Only without rounds."""
        return not self.object.rounds.exists()


class _RoundDelete(_Delete):
    page_url_name = "consultations_round"

    def may_go(self) -> bool:
        """Only a draft; test runs go with it."""
        is_draft: bool = self.object.status == Round.Status.DRAFT
        return is_draft and not self.object.responses.filter(is_test=False).exists()


class InstrumentViewSet(ReferenceViewSet):
    """What is asked."""

    model = Instrument
    names = InstrumentNames()
    name = "consultation_instruments"
    icon = "form"
    menu_label = _("Questionnaires")
    index_view_class = _InstrumentIndex
    add_view_class = _InstrumentCreate
    edit_view_class = _InstrumentEdit
    delete_view_class = _InstrumentDelete
    list_display = [
        "__str__",
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        "code",
    ]
    list_filter = ["kind"]
    edit_handler = ObjectList(
        [
            FieldPanel("kind"),
            FieldPanel("labels"),
            FieldPanel("code", help_text=_("Short; it stays.")),
            FieldPanel("institution"),
        ],
        base_form_class=InstrumentForm,
    )
    inspect_view_fields = ["kind", "labels", "code", "institution"]


class _RoundIndex(ReferenceIndexView):
    """Leads to the page of a round, not to its form."""

    def get_edit_url(self, instance: Any) -> str:
        return reverse("consultations_round", args=[instance.pk])


class _RoundCreate(_ToPage, generic.CreateView):
    page_url_name = "consultations_round"

    def get_initial(self) -> dict[str, Any]:
        """From the page of an instrument."""
        initial: dict[str, Any] = super().get_initial()
        asked = sent_number(self.request.GET.get("instrument", ""))
        found = Instrument.objects.filter(pk=asked).first()
        if found is not None:
            initial |= {"instrument": found.pk, "labels": found.labels}
        return initial


class _RoundEdit(_ToPage, generic.EditView):
    page_url_name = "consultations_round"


class RoundViewSet(ReferenceViewSet):
    """Who is asked, when."""

    model = Round
    names = RoundNames()
    name = "consultation_rounds"
    icon = "comment"
    menu_label = _("Rounds")
    index_view_class = _RoundIndex
    add_view_class = _RoundCreate
    edit_view_class = _RoundEdit
    delete_view_class = _RoundDelete
    prefetch = ["instrument"]
    list_display = [
        "__str__",
        Column("instrument", label=_("Kind"), accessor="instrument.get_kind_display"),
        Column("status", label=_("Status"), accessor=state_words),
        Column("closes_at", label=_("Closes")),
    ]
    list_filter = ["status", "access"]
    edit_handler = ObjectList(
        [
            FieldPanel("instrument"),
            FieldPanel("labels"),
            FieldPanel("code", help_text=_("The end of its address; it stays once it is open.")),
            FieldRowPanel(
                [FieldPanel("reference"), FieldPanel("previous")],
                heading=_("Number and wave"),
            ),
            FieldPanel("wave_names"),
            FieldPanel("introductions"),
            MultiFieldPanel(
                [
                    FieldPanel("access"),
                    FieldPanel(
                        "is_anonymous",
                        help_text=_(
                            "No address, no device, no exact time is kept. Once it is open this "
                            "can't be undone."
                        ),
                    ),
                    FieldPanel("languages"),
                    FieldPanel("states_asked"),
                    FieldRowPanel([FieldPanel("invited"), FieldPanel("quota")]),
                ],
                heading=_("Who answers"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                    FieldPanel(
                        "deadline_reason",
                        help_text=_("Of a query with less than two weeks, or more than four."),
                    ),
                ],
                heading=_("When"),
                help_text=_("Nothing opens by itself: somebody opens it on its page."),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("requested_by"),
                    FieldPanel("institution"),
                    FieldPanel("themes", widget=CheckboxSelectMultiple),
                    FieldPanel("concepts"),
                    FieldPanel("family"),
                ],
                heading=_("About"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("is_listed"),
                    FieldPanel("is_example"),
                    FieldPanel("smallest_cell"),
                    FieldPanel("background"),
                    FieldPanel("summaries"),
                    FieldPanel("disclaimers"),
                ],
                heading=_("What becomes public"),
            ),
        ],
        base_form_class=RoundForm,
    )
    inspect_view_fields = ["labels", "instrument", "code", "status", "opens_at", "closes_at"]


class SeatViewSet(ReferenceViewSet):
    """Who answers for which state. A seat opens what states tell each other, so it is given by
    administrators."""

    model = Seat
    names = SeatNames()
    name = "consultation_seats"
    icon = "group"
    menu_label = _("People of states")
    prefetch = ["user", "country"]
    list_display = ["user", Column("country", label=_("Country")), "sends"]
    list_filter = ["country", "sends"]
    edit_handler = ObjectList([FieldPanel("user"), FieldPanel("country"), FieldPanel("sends")])
    inspect_view_fields = ["user", "country", "sends"]


class ConsultationGroup(ViewSetGroup):
    """The menu."""

    menu_label = _("Consultations")
    menu_icon = "comment"
    menu_order = 245
    items = (RoundViewSet, InstrumentViewSet, SeatViewSet)
