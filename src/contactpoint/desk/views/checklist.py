"""The checklist as a page of its own: for a link, and where no script runs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from wagtail.admin import messages as admin_messages
from wagtail.models import Page

from contactpoint.desk.views import frame
from contactpoint.kit.admin_pages import framed
from contactpoint.kit.checklist import checklist


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to do in the newest draft of a page."""
    page = frame.draft_for(request, pk)
    context = framed(
        _("Checklist: %(title)s") % {"title": page.draft_title or page.title},
        page=page,
        **checklist(page),
    )
    return render(request, "desk/admin/checklist.html", context)


def remind(request: HttpRequest, page: Page) -> None:
    """After publishing: how much of the list is open, without a word where there is nothing."""
    left = len(checklist(page.specific)["to_do"])
    if not left:
        return
    text = ngettext(
        "%(count)s point of the checklist is open.",
        "%(count)s points of the checklist are open.",
        left,
    )
    address = reverse("desk_checklist", args=[page.pk])
    button = admin_messages.button(address, _("See the checklist"))
    messages.info(request, admin_messages.render(text % {"count": left}, [button]))
