"""The desk's page about a publication on paper and in a mail: look at both, offer, try, take.

All of it is of the newest draft, so that an editor sees what will be before anybody else does.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contactpoint.kit import mail
from contactpoint.kit.admin_pages import framed
from contactpoint.kit.composing.press import UnprintableError, printed
from contactpoint.kit.letters import Letter, letter
from contactpoint.outputs.composed import composed
from contactpoint.outputs.models import Printing, Publication
from contactpoint.outputs.printing import offer, problem_of, versions, withdraw


@require_safe
def paper_and_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """What there is of a publication beside its page, in each of its languages."""
    page = _editable(request, pk)
    rows = {
        row.page_id: row for row in Printing.objects.filter(page__in=versions(page)).defer("pdf")
    }
    names = dict(settings.LANGUAGES)
    context = framed(
        _("Paper and mail"),
        ("wagtailadmin_explore_root", _("Pages")),
        (reverse("wagtailadmin_pages:edit", args=[page.pk]), page.get_admin_display_title()),
        page=page,
        language=names.get(page.locale.language_code),
        is_offered=bool(rows),
        is_published=any(one.live for one in versions(page)),
        versions=[
            {
                "page": one,
                "name": names.get(one.locale.language_code),
                "row": rows.get(one.pk),
                "url": _print_url(one),
            }
            for one in versions(page)
        ],
        address=request.user.get_username(),
    )
    return render(request, "outputs/admin/paper_and_mail.html", context)


@require_safe
def draft_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest draft on paper; it is kept nowhere."""
    page = _draft(_editable(request, pk))
    try:
        made = printed(composed(page, is_draft=not page.live or page.has_unpublished_changes))
    except UnprintableError as error:
        messages.error(request, str(problem_of(error).label))
        return HttpResponseRedirect(reverse("outputs_paper_and_mail", args=[pk]))
    answer = HttpResponse(made.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{page.slug[:80]}.pdf"'
    return answer


@require_POST
def offer_print(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on there is a PDF, in each language."""
    page = _editable(request, pk)
    offer(page, user=request.user)
    messages.success(request, _("The PDF is made whenever the publication is published."))
    return HttpResponseRedirect(reverse("outputs_paper_and_mail", args=[pk]))


@require_POST
def withdraw_print(request: HttpRequest, pk: int) -> HttpResponse:
    """There is none any more."""
    withdraw(_editable(request, pk), user=request.user)
    messages.success(request, _("There is no PDF of this publication any more."))
    return HttpResponseRedirect(reverse("outputs_paper_and_mail", args=[pk]))


@require_safe
def mail_shown(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail in a frame of the desk; its links open beside it."""
    html = _letter(request, pk).html
    return HttpResponse(html.replace("<head>", '<head><base target="_blank">', 1))


@require_safe
def mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail's HTML as a file, to be pasted into another program."""
    return _file(_letter(request, pk).html, "text/html; charset=utf-8", f"{pk}.html")


@require_safe
def mail_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail as a draft that a mail program opens."""
    made = _letter(request, pk)
    sender = request.user.get_username()
    data = mail.unsent(sender, made.subject, made.text, made.html, language=made.language)
    return _file(data, "message/rfc822", f"{pk}.eml")


@require_POST
def send_test(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail to whoever asks, and to nobody else."""
    made = _letter(request, pk)
    to = request.user.get_username()
    mail.send(to, made.subject, made.text, html=made.html, language=made.language)
    messages.success(request, _("The mail is on its way to %(address)s.") % {"address": to})
    return HttpResponseRedirect(reverse("outputs_paper_and_mail", args=[pk]))


def _editable(request: HttpRequest, pk: int) -> Publication:
    page = get_object_or_404(Publication.objects.select_related("locale"), pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def _draft(page: Publication) -> Any:
    return page.get_latest_revision_as_object()


def _letter(request: HttpRequest, pk: int) -> Letter:
    return letter(composed(_draft(_editable(request, pk))))


def _print_url(page: Publication) -> str:
    return f"{page.url}print.pdf" if page.live else ""


def _file(content: str | bytes, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
