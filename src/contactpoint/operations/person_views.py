"""For administrators: what is kept of whom, all that is kept of one person, and erasing them."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from contactpoint.kit.admin_pages import framed
from contactpoint.kit.persons.erasing import RefusedError, erase, plan
from contactpoint.kit.persons.giving import give
from contactpoint.kit.persons.register import chapters
from contactpoint.operations.rights import require_overseer


class AddressForm(forms.Form):
    """Of whom."""

    address = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register, and where to ask for a person."""
    require_overseer(request)
    return _page(request, AddressForm())


@require_POST
@never_cache
@sensitive_post_parameters("address", "again")
def look(request: HttpRequest) -> HttpResponse:
    """What would go and what would stay; nothing is changed. The address is in no link."""
    require_overseer(request)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _looked(request, form.cleaned_data["address"])


@require_POST
@never_cache
@sensitive_post_parameters("address", "again")
def export(request: HttpRequest) -> HttpResponse:
    """All that is kept of the person, as a file to be sent to them."""
    require_overseer(request)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    told = give(form.cleaned_data["address"], by=request.user)
    response = HttpResponse(
        json.dumps(told, ensure_ascii=False, indent=2), content_type="application/json"
    )
    response["Content-Disposition"] = 'attachment; filename="personal-data.json"'
    return response


@require_POST
@never_cache
@sensitive_post_parameters("address", "again")
def forget(request: HttpRequest) -> HttpResponse:
    """Erase the person, if the address was typed a second time."""
    require_overseer(request)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    address = form.cleaned_data["address"]
    if request.POST.get("again", "").strip().lower() != address.lower():
        problem = _("Type the address once more, as above. Nothing was changed.")
        return _looked(request, address, problem, status=422)
    if address.lower() == str(getattr(request.user, "email", "")):
        problem = _("This is yourself. Ask another administrator.")
        return _looked(request, address, problem, status=422)
    try:
        done = erase(address, by=request.user)
    except RefusedError as refusal:
        return _looked(request, address, str(refusal), status=422)
    said = ngettext("%(number)s entry was erased.", "%(number)s entries were erased.", done.rows)
    messages.success(request, said % {"number": done.rows})
    return HttpResponseRedirect(reverse("operations_persons"))


def _page(request: HttpRequest, form: AddressForm, status: int = 200) -> HttpResponse:
    context = framed(_("Personal data"), form=form, chapters=chapters())
    return render(request, "operations/admin/persons.html", context, status=status)


def _looked(
    request: HttpRequest, address: str, problem: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = framed(
        _("One person"),
        ("operations_persons", _("Personal data")),
        plan=plan(address),
        address=address,
        problem=problem,
    )
    return render(request, "operations/admin/person.html", context, status=status)
