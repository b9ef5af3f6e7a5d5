"""The admin's page of a survey with personal links: who is asked, mails, reminders, receipts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.log_actions import log

from contactpoint.consultations.actions import inviting, reminding
from contactpoint.consultations.desk.rights import for_managers
from contactpoint.consultations.models import Mailing, Respondent, Response, Round
from contactpoint.consultations.secret_links import is_receipt
from contactpoint.consultations.timing import Standing, standing
from contactpoint.kit.admin_pages import framed, paged
from contactpoint.kit.spreadsheets import as_csv

PER_PAGE = 100


class ListForm(forms.Form):
    """A list of people: pasted, or as a file."""

    people = forms.CharField(
        label=gettext_lazy("Addresses"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One a line: address, name, language (such as en), with commas, semicolons or "
            "tabs between. Name and language may be left out. Who has no address gets a link to be "
            "printed."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a CSV file"),
        required=False,
        widget=forms.ClearableFileInput({"accept": ".csv,.txt"}),
    )

    def text(self) -> str:
        """What was given; an `InvitingError` for a file that is no text."""
        file = self.cleaned_data["file"]
        if file is None:
            return str(self.cleaned_data["people"])
        if file.size > inviting.LONGEST_LIST:
            raise inviting.InvitingError(_("This list is too long. Take it over in parts."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise inviting.InvitingError(
                _("This file is no text in UTF-8. Save it as “CSV UTF-8”, and send that.")
            ) from None


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def respondents(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, and the form that adds to it."""
    round = _round(pk)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            taken = inviting.add(round, inviting.read(form.text(), round.languages))
        except inviting.InvitingError as problem:
            form.add_error("file" if request.FILES else "people", str(problem))
        else:
            log(round, "consultations.respondents", data={"added": taken.added})
            added = ngettext(
                "%(number)s respondent was added.", "%(number)s respondents were added.",
                taken.added,
            ) % {"number": taken.added}  # fmt: skip
            known = _("%(number)s stood there already.") % {"number": taken.known}
            messages.success(request, f"{added} {known}" if taken.known else added)
            return _back(pk)
    return render(
        request, "consultations/surveys/admin/respondents.html", _context(request, round, form)
    )


def _context(request: HttpRequest, round: Round, form: ListForm) -> dict[str, Any]:
    """Of an anonymous round nothing that differs with who has answered, but how many have: of
    reminders, which only the others get, neither how many nor to whom."""
    everybody, rows = Respondent.objects.filter(round=round), inviting.listed(round)
    listed = paged(request, rows.order_by("pk"), PER_PAGE)
    numbers = everybody.aggregate(
        asked=Count("pk"),
        answered=Count("pk", filter=Q(has_answered=True)),
        without=Count("pk", filter=Q(email="") & ~Q(name="")),
        written=Count("pk", filter=Q(invited_at__isnull=False)),
        off=Count("pk", filter=Q(email="", name="")),
    )
    mailings = Mailing.objects.filter(respondent__in=rows)
    if round.is_anonymous:
        mailings = mailings.filter(turn=inviting.INVITATION)
    waiting = mailings.filter(sent_at=None, is_undeliverable=False).count()
    not_invited = rows.filter(has_answered=False, invited_at=None).exclude(email="")
    code = request.GET.get("receipt", "")
    return framed(
        _("Respondents"),
        ("consultation_rounds:index", _("Rounds")),
        (reverse("consultations_round", args=[round.pk]), str(round)),
        round=round,
        form=form,
        numbers=numbers,
        unprinted=rows.filter(Q(email="") if inviting.may_mail(round) else Q(), links=None).count(),
        waiting=waiting,
        undeliverable=set(
            mailings.filter(is_undeliverable=True).values_list("respondent", flat=True)
        ),
        to_invite=not_invited.exclude(mailings__turn=inviting.INVITATION).count(),
        to_remind=None if round.is_anonymous else len(reminding.due(round)),
        reminders=mailings.aggregate(last=Max("turn"))["last"] or 0,
        is_open=standing(round) is Standing.OPEN,
        may_mail=inviting.may_mail(round),
        begun=round.responses.filter(status=Response.Status.BEGUN, is_test=False).count(),
        code=code,
        is_receipt=bool(code) and is_receipt(round, code),
        **listed,
    )


@for_managers
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Send their links to all who were not written to yet."""
    round = _round(pk)
    try:
        number = inviting.invite(round)
    except inviting.InvitingError as problem:
        messages.error(request, str(problem))
        return _back(pk)
    if number:
        log(round, "consultations.invite", data={"number": number})
    told = ngettext(
        "%(number)s person gets their link now.", "%(number)s people get their links now.", number
    )
    messages.success(request, told % {"number": number})
    return _back(pk)


@for_managers
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to all who have not answered. Of an anonymous round it is told to nobody how many that
    were, nor whether it was anybody: with somebody taken off the list before, it would tell of
    them."""
    round = _round(pk)
    try:
        number = reminding.remind(round)
    except inviting.InvitingError as problem:
        messages.error(request, str(problem))
        return _back(pk)
    if round.is_anonymous:
        log(round, "consultations.remind")
        messages.success(request, _("Who can be reminded and has not answered is reminded now."))
        return _back(pk)
    if number:
        log(round, "consultations.remind", data={"number": number})
    told = ngettext(
        "%(number)s person is reminded now.", "%(number)s people are reminded now.", number
    )
    messages.success(request, told % {"number": number})
    return _back(pk)


@for_managers
@require_POST
def links(request: HttpRequest, pk: int, respondent: int | None = None) -> HttpResponse:
    """New links of those whom no mail reaches, or of one who lost theirs, as a table; shown this
    once."""
    round = _round(pk)
    made = inviting.links(round, respondent)
    if not made:
        messages.error(request, _("Nobody is without a link: there is none to be made."))
        return _back(pk)
    log(round, "consultations.links", data={"number": len(made)})
    answer = HttpResponse(
        "\ufeff" + as_csv([(_("Name"), _("Link")), *made]), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{round.code}-links.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@for_managers
@require_POST
def remove(request: HttpRequest, pk: int, respondent: int) -> HttpResponse:
    """Take somebody off the list, such as on their wish."""
    round = _round(pk)
    if inviting.remove(round, respondent):
        log(round, "consultations.respondents", data={"removed": 1})
        messages.success(request, _("One was taken off the list."))
    return _back(pk)


def _round(pk: int) -> Round:
    return get_object_or_404(Round, pk=pk, access=Round.Access.PERSONAL)


def _back(pk: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("consultations_respondents", args=[pk]))
