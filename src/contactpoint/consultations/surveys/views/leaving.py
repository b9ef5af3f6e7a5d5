"""Stopping for now: the link to come back, shown and, on wish, sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from contactpoint.consultations.models import Round
from contactpoint.consultations.surveys import contexts, limits
from contactpoint.consultations.surveys.going import (
    answering_visit,
    elsewhere,
    switched,
)
from contactpoint.consultations.surveys.mailing import AddressForm, full_address, mail_link
from contactpoint.consultations.surveys.private import private
from contactpoint.consultations.surveys.reading_in import reader_language
from contactpoint.consultations.surveys.visiting import Visit
from contactpoint.consultations.surveys.walking_on import address
from contactpoint.kit.jobs import TryLaterError
from contactpoint.kit.mail import UndeliverableError, is_sent


@private
def later(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """All is saved; the link leads back. Who has a personal link in a mail has it there,
    unless the survey is anonymous."""
    visitor, response = answering_visit(request, code, secret)
    if response is None:
        return elsewhere(request, visitor)
    if request.method != "POST":
        return _page(request, visitor, AddressForm())
    return switched(request, visitor, "later") or _mailed(request, visitor)


def _mailed(request: HttpRequest, visitor: Visit) -> HttpResponse:
    form = AddressForm(request.POST)
    if not is_sent():  # it would be kept: the address beside the link
        return _page(request, visitor, AddressForm(), status=503)
    if not form.is_valid():
        return _page(request, visitor, form, status=422)
    if limits.may_mail(request):
        form.add_error("email", _("Too many mails were asked for from here. Copy the link."))
        return _page(request, visitor, form, status=429)
    try:
        mail_link(form.cleaned_data["email"], visitor, reader_language())
    except (TryLaterError, UndeliverableError):
        form.add_error("email", _("The mail could not be sent just now. Copy the link instead."))
        return _page(request, visitor, form, status=503)
    return _page(request, visitor, AddressForm(), is_mailed=True)


def _page(
    request: HttpRequest,
    visitor: Visit,
    form: AddressForm,
    *,
    is_mailed: bool = False,
    status: int = 200,
) -> HttpResponse:
    round, language = visitor.round, reader_language()
    context = {
        **contexts.around(request, round, language),
        "languages": contexts.switching(round, language),
        "link": full_address(visitor, language),
        "back_url": address("link", round.code, visitor.secret),
        "action": address("later", round.code, visitor.secret),
        "is_personal": round.access == Round.Access.PERSONAL,
        "begins_anew": round.access == Round.Access.PERSONAL and round.is_anonymous,
        "form": form,
        "can_mail": is_sent(),
        "is_mailed": is_mailed,
    }
    return render(request, "consultations/surveys/later.html", context, status=status)
